"""What of a text is its own prose: outside quotation marks, sentence by sentence; and which words name a day or a figure.

Comes in: a text and its `Words`. Goes out: a `Prose`, word for word beside them. Two reporters in one room write down the
same quotation, and a table of prices recurs with other figures: neither shows that one text was copied from another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..lexicon import read_table
from .prints import Words

_OPENING, _CLOSING = "“„«", "”»"
_STRAIGHT = '"'
_MARK = re.compile(f"[{_OPENING}{_CLOSING}{_STRAIGHT}]")
_LONGEST_QUOTE = 1500
"""Characters: a mark that nobody closes ends here."""

BARE_CUE = 16
"""Words beside a quotation, with a word of saying among them, that are no more than who said it, to whom and when."""

LIST_WORDS, LIST_FIGURES = 12, 0.33
"""A sentence of so many words, of which so many are figures, is a table."""

MONTHS = ("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember")

_END = re.compile(r"[.!?…]+[\"”’')\]]{0,3}(?:\s+|(?=[A-Z\"“]))|\n+|;\s")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WEEK = frozenset({"senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad"})
_TIMES = frozenset({"pagi", "siang", "sore", "malam", *MONTHS})


@dataclass(frozen=True, slots=True)
class Prose:
    """By word: whether it stands in quotation marks (``quoted``), counts as the text's own prose (``counts``: outside of them, of who said
    them, of tables, and of what outlets print under any article), is a figure or names a time (``dated``; a year is neither, since all of one year share it), names a day, by its name or by ``9/8/2023`` (``days``), is neither name nor
    figure nor quoted (``plain``), and how much it tells (``weights``: short words tell nothing). ``sentences`` are stretches of words,
    [first, end), all words in order; ``reported``: whether such a one has a word of saying."""

    quoted: tuple[bool, ...]
    counts: tuple[bool, ...]
    dated: tuple[bool, ...]
    days: tuple[bool, ...]
    plain: tuple[bool, ...]
    weights: tuple[float, ...]
    sentences: tuple[tuple[int, int], ...]
    reported: tuple[bool, ...]

    @property
    def size(self) -> int:
        """How many words are the text's own prose."""
        return sum(self.counts)


def prose_of(text: str, words: Words) -> Prose:
    """The prose of a text."""
    quoted = _quoted(text, words)
    spelled = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    folded = [word.casefold() for word in spelled]
    sentences = tuple(_sentences(text, words))
    days = tuple(word in _WEEK or (word[0].isdigit() and _is_date_part(text, start, end)) for word, start, end in zip(folded, words.starts, words.ends, strict=True))
    dated = tuple(day or (word[:1].isdigit() and not _YEAR.fullmatch(word)) or word in _TIMES for day, word in zip(days, folded, strict=True))
    opening = {first for first, _ in sentences}
    plain = tuple(
        not told and not dates and (word[:1].islower() or (at in opening and not word[:1].isdigit()))
        for at, (told, dates, word) in enumerate(zip(quoted, dated, spelled, strict=True))
    )
    reported = tuple(any(word in _cues() for word in folded[first:end]) for first, end in sentences)
    aside = {at for first, end in sentences if _is_invitation(folded[first:end]) for at in range(first, end)}
    aside |= {at for (first, end), told in zip(sentences, reported, strict=True) if told and _is_bare_cue(quoted[first:end]) for at in range(first, end)}
    aside |= {at for first, end in sentences if _is_list(dated[first:end]) for at in range(first, end)}
    counts = tuple(not told and at not in aside for at, told in enumerate(quoted))
    weights = tuple(0.0 if len(word) <= 3 else min(len(word), 9) / 9 for word in spelled)
    return Prose(quoted, counts, dated, days, plain, weights, sentences, reported)


def _is_date_part(text: str, start: int, end: int) -> bool:
    """Whether a figure is one of ``9/8/2023``."""
    return "/" in text[end : end + 1] or "/" in text[max(0, start - 1) : start]


@cache
def _invitations() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The words with which invitations begin, by the first of them."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in read_table("invitations", ("begins", "gloss")):
        words = tuple(row["begins"].split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(some) for first, some in found.items()}


def _is_invitation(sentence: Sequence[str]) -> bool:
    return any(tuple(sentence[: len(begins)]) == begins for begins in _invitations().get(sentence[0], ())) if sentence else False


@cache
def _cues() -> frozenset[str]:
    """Words by which something is laid in a mouth: `kata`, `menurut`."""
    forms = ("active", "bare", "passive", "source")
    return frozenset(row["word"] for row in read_table("cues", ("word", "form", "trust")) if row["form"] in forms and row["trust"] == "high")


def _is_bare_cue(quoted: Sequence[bool]) -> bool:
    """Whether a sentence is a quotation with little else than who said it, and when."""
    own = len(quoted) - sum(quoted)
    return own < len(quoted) and own <= BARE_CUE


def _is_list(dated: Sequence[bool]) -> bool:
    """Whether a sentence is a table set as text: prices by weight, results."""
    return len(dated) >= LIST_WORDS and sum(dated) >= LIST_FIGURES * len(dated)


def _quoted(text: str, words: Words) -> tuple[bool, ...]:
    quotes = [quote for part in words.parts for quote in _quotes(text, part.span.start, part.span.end)]
    quoted, at = [], 0
    for start in words.starts:
        while at < len(quotes) and quotes[at][1] <= start:
            at += 1
        quoted.append(at < len(quotes) and quotes[at][0] <= start)
    return tuple(quoted)


def _quotes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches between quotation marks. A straight mark opens after a blank or a bracket, and closes before one."""
    found: list[tuple[int, int]] = []
    opened = -1
    for marked in _MARK.finditer(text, start, end):
        at, mark = marked.start(), marked.group()
        if opened >= 0 and at - opened > _LONGEST_QUOTE:
            opened = -1
        opens = mark in _OPENING or (mark == _STRAIGHT and _may_open(text, at, start, end))
        if opened < 0:
            opened = at if opens or mark == _STRAIGHT else -1
        elif mark in _CLOSING or mark == _STRAIGHT:
            found.append((opened, at))
            opened = -1
    if opened >= 0:
        found.append((opened, min(end, opened + _LONGEST_QUOTE)))
    return found


def _may_open(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return not after.isspace() and not (before.isalnum() and after.isalnum() is False)


def _sentences(text: str, words: Words) -> list[tuple[int, int]]:
    """Stretches of words between ends of sentences; a part ends one in any case."""
    bounds: list[int] = []
    for part in words.parts:
        bounds.append(part.first)
        at = part.first
        for found in _END.finditer(text, part.span.start, part.span.end):
            while at < part.end and words.starts[at] < found.start():
                at += 1
            if bounds[-1] < at < part.end:
                bounds.append(at)
    return list(zip(bounds, [*bounds[1:], len(words)], strict=True)) if bounds else []
