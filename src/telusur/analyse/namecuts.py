"""What is no part of a name is cut off it, what is two names is parted, what is no name is dropped.

In: a line with the names that the model marked. Out: the same line, its names changed in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lexicon import words as word_list
from .namelines import TITLED, Draft, Line, head_at, small_words, text_of
from .names import is_kind, plain
from .nametables import (
    ROMAN,
    front_words,
    is_acronym_word,
    is_area,
    is_medium,
    known_types,
    name_parts,
    titles,
)
from .stems import fold, stem

LONGEST_WORD = 40
"""A longer word is no word, and is not looked into."""
LONGEST_BRACKET = 4
"""Words that a bracket inside a name may hold: ``(Sat Reskrim)``."""


def tidy(line: Line) -> None:
    """Cuts what is no part of a name off its edges, parts long form and acronym, and drops what is no name."""
    for draft in line.drafts:
        _stretch(line, draft)
    line.drafts = [
        d
        for draft in _apart(line)
        for part in _parted(line, draft)
        if _cut(line, part)
        for d in _split(line, part)
        if _is_name(line, d)
    ]


def _apart(line: Line) -> list[Draft]:
    """The names, each that now touches the one before it, or closes its bracket, made one with it."""
    out: list[Draft] = []
    for draft in line.drafts:
        if out and draft.start < out[-1].end:
            out[-1].end = max(out[-1].end, draft.end)
        elif out and _closes(line, out[-1], draft):
            out[-1].end = draft.end
        else:
            out.append(draft)
    return out


def _closes(line: Line, long: Draft, short: Draft) -> bool:
    """``Kejaksaan Tinggi`` + ``(`` + ``Kejati) Jabar``: the model began a name anew inside the bracket of another."""
    inner = line.words[short.start : short.end - 1]
    return (
        long.type == short.type == "ORG"
        and short.start == long.end + 1
        and line.words[long.end] == "("
        and ")" in inner
        and "(" not in inner
    )


def _stretch(line: Line, draft: Draft) -> None:
    """Gives a name the signs and letters that are written in one with it: ``Ma | 'had``, ``OPEC | +``, ``Linud 330/ | Tri Dharma``."""
    words = line.words
    while (
        draft.end + 1 < len(words)
        and line.gap(draft.end) == line.gap(draft.end + 1) == ""
        and _is_inside(line, draft.end, draft)
    ):
        draft.end += 2
    while (
        draft.start > 1
        and line.gap(draft.start) == line.gap(draft.start - 1) == ""
        and _is_inside(line, draft.start - 1, draft)
    ):
        draft.start -= 2
    if draft.end < len(words) and line.gap(draft.end) == "" and words[draft.end] == "+":
        draft.end += 1


def _is_inside(line: Line, at: int, draft: Draft) -> bool:
    """Whether a sign between two words is part of a name."""
    sign, before, after = line.words[at], line.words[at - 1], line.words[at + 1]
    if sign in _APOSTROPHES or sign == "_":
        return before[-1].isalpha() and after[0].isalpha()
    if sign == "-":
        return before in ("Al", "El", "An", "Ar", "As", "al", "el") and after[0].isupper()
    return (
        sign == "/" and draft.type == "ORG" and (before in ROMAN or before.isdigit()) and after[0].isupper()
    )


_APOSTROPHES = frozenset("'’‘`ʼ")


def _parted(line: Line, draft: Draft) -> Iterator[Draft]:
    """``Kementerian Perhubungan (Kemenhub`` is two names; a bracket with words of the name behind it stays inside."""
    words = line.words
    if (
        day := next(
            (i for i in range(draft.start + 1, draft.end) if line.low[i] in name_parts("day")), None
        )
    ) is not None:
        draft = Draft(draft.start, day, draft.type, draft.score)
    opened = next((i for i in range(draft.start + 1, draft.end) if words[i] == "("), None)
    if opened is None:
        yield draft
        return
    closed = next((i for i in range(opened, min(len(words), opened + 12)) if words[i] == ")"), None)
    if closed is not None and closed < draft.end - 1:
        yield draft
        return
    if closed is not None and closed - opened <= LONGEST_BRACKET and _continues(line, closed + 1, draft):
        yield draft  # `join_brackets` puts it together with what follows
        return
    yield Draft(draft.start, opened, draft.type, draft.score)
    end = min(draft.end, closed if closed is not None else draft.end)
    if opened + 1 < end:
        yield Draft(opened + 1, end, draft.type, draft.score)


def _split(line: Line, draft: Draft) -> Iterator[Draft]:
    """``Kecamatan Batuampar Kota Batam`` is two places; ``BNI Okki`` is a body and a person."""
    start = draft.start
    if (
        draft.type == "PER"
        and draft.end - start > 1
        and (kind := known_types().get(line.words[start]))
        and line.follows(start + 1)
    ):
        yield Draft(start, start + 1, kind, draft.score)
        start += 1
    if (
        draft.type == "LOC"
        and draft.end - start == 2
        and line.words[start] == "Kantor"
        and known_types().get(line.words[start + 1]) == "ORG"
    ):
        yield Draft(start + 1, draft.end, "ORG", draft.score)
        return
    if draft.type == "LOC" and (first := head_at(line, start)) is not None and first.type == "LOC":
        for i in range(start + first.size + 1, draft.end - 1):
            inner = head_at(line, i) if line.follows(i) and line.is_capital(i) else None
            if (
                inner is not None
                and inner.type == "LOC"
                and i + inner.size < draft.end
                and line.low[i] in name_parts("area")
            ):
                yield Draft(start, i, "LOC", draft.score)
                start = i
    yield Draft(start, draft.end, draft.type, draft.score)


def _continues(line: Line, at: int, draft: Draft) -> bool:
    return (
        draft.type == "ORG"
        and any(d.start == at and d.type == "LOC" for d in line.drafts)
        and line.follows(at)
    )


def _cut(line: Line, draft: Draft) -> bool:
    """Cuts a name's edges; False where nothing is left."""
    while draft.start < draft.end:
        first = line.words[draft.start]
        if (_is_edge(first) and not (first == "(" and ")" in line.words[draft.start : draft.end])) or (
            draft.end - draft.start > 1 and _is_front(line, draft)
        ):
            draft.start += 1
        else:
            break
    while draft.start < draft.end:
        last = line.words[draft.end - 1]
        whole = last == ")" and "(" in line.words[draft.start : draft.end]
        dotted = last == "." and draft.end - draft.start > 1 and len(line.words[draft.end - 2]) <= 3
        if (
            (_is_edge(last) and not whole and not dotted)
            or last in name_parts("small")
            or (last in name_parts("side") and draft.end - draft.start > 1 and draft.type == "LOC")
        ):
            draft.end -= 1
        else:
            break
    return draft.start < draft.end


def _is_edge(word: str) -> bool:
    return not word[0].isalnum() and word[0] not in "@["


def _is_front(line: Line, draft: Draft) -> bool:
    """Whether the first word of a name is a title or a small word that the model took in."""
    first = line.words[draft.start]
    if (first == "." and draft.type == "PER") or (
        first in ROMAN and draft.type == "ORG" and line.follows(draft.start + 1)
    ):
        return True
    if draft.type == "PER":
        return first.casefold() in titles() and (
            line.follows(draft.start + 1) or line.words[draft.start + 1] == "."
        )
    if not line.follows(draft.start + 1):
        return False
    unnamed = is_acronym_word(first) and first.casefold() in word_list("unnamed-words")
    if (
        (unnamed or first.casefold() in front_words())
        and line.is_capital(draft.start + 1)
        and head_at(line, draft.start) is None
    ):
        return True
    if not first[0].islower():
        return False
    return (
        head_at(line, draft.start) is None
        and any(line.is_capital(i) for i in range(draft.start + 1, draft.end))
        and not is_kind(plain(first), "particle", "head", "place")
    )


def _is_name(line: Line, draft: Draft) -> bool:
    """Whether anything in it can be a name: a capital, an address, a name that a reader of the tables knows."""
    name = line.written(draft)
    unnamed = word_list("unnamed-words")
    if all(w in ROMAN for w in line.words[draft.start : draft.end]) and name != "X":
        return False
    if all(
        w == "." or w in front_words() or w in ("pol", "h")
        for w in line.low[draft.start : draft.end]
    ):
        return False
    if line.folded(draft.start, draft.end) in unnamed or line.folded(draft.start, draft.end + 1) in unnamed:
        return False
    if _is_degree(line, draft):
        return False
    if is_glued(line, draft) or (draft.type != "LOC" and _CODE.search(name)):
        return False
    if len(name) == 1:
        return draft.type == "ORG" and name.isupper()
    if any(c.isupper() for c in name):
        return True
    return (
        "." in name.strip(".") or name[0] == "@" or (draft.end - draft.start > 1 and (draft.score or 0) > 0.9)
    )


def _is_degree(line: Line, draft: Draft) -> bool:
    """Whether it is one letter group of the degrees behind a name: ``, S.H., M.H.``."""
    words = line.words[draft.start - 1 : draft.end + 2]
    alone = draft.start > 0 and draft.end - draft.start == 1 and len(words) > 2 and len(words[1]) <= _LONGEST_DEGREE
    return alone and words[0] in {",", "."} and words[2] == "." and not (len(words) > 3 and line.is_capital(draft.end + 1) and line.gap(draft.end + 1) != "")


_LONGEST_DEGREE = 4
_CODE = re.compile(r"\b[A-Z]{2,3}\d{2,3}\b")
"""The code of a product, ``BJ40``: vehicles and devices are no names."""


def is_glued(line: Line, draft: Draft) -> bool:
    """Whether the site ran the name together with other words (``dilansirdetikFinance``), or it is part of a code (``BJ40``)."""
    if draft.end < len(line.words) and line.gap(draft.end) == "" and line.words[draft.end][0].isdigit():
        return True
    word = line.words[draft.start]
    return (
        draft.end - draft.start == 1
        and word[0].islower()
        and any(c.isupper() for c in word[4:])
        and not is_medium(word)
    )


# --- titles in which every word has a capital -----------------------------------------------------------------


def cut_in_titles(lines: list[Line]) -> None:
    """Cuts off what a title's capitals put behind a name: `Milisi Sadeng Runding`, where the body says *Milisi Sadeng* and *berunding*.

    The body must name the shorter form and never the longer one, and write each word that is cut off, or another form of it, small; not
    all words of the name, as it does of `Forum Pemegang Polis`. Of 2,544 names in titles and headings of 2,200 articles it cut five,
    each rightly.
    """
    titled = [line for line in lines if line.kind in TITLED and any(d.end - d.start > 1 for d in line.drafts)]
    if not titled:
        return
    body = [line for line in lines if line.kind not in TITLED]
    named = {line.written(d) for line in body for d in line.drafts}
    small: set[str] | None = None
    for line in titled:
        for draft in line.drafts:
            shorter = (end for end in range(draft.end - 1, draft.start, -1) if text_of(line, draft.start, end) in named)
            if line.written(draft) in named or (end := next(shorter, None)) is None:
                continue
            if small is None:
                small = {stem(fold(word)) for word in small_words(body)}
            alike = [stem(fold(word)) in small for word in line.words[draft.start : draft.end]]
            if all(alike[end - draft.start :]) and not all(alike):
                draft.end = end


# --- run together -------------------------------------------------------------------------------------------------


def drop_glued(lines: list[Line]) -> None:
    """Drops names that the site ran together with other words: ``Trumpmengatakan``, ``PresidenLee``."""
    small = small_words(lines)
    large = frozenset(w for line in lines for w in line.words if w[0].isupper())
    for line in lines:
        line.glue(
            frozenset(
                i
                for i, w in enumerate(line.words)
                if 5 < len(w) <= LONGEST_WORD and not w.islower() and is_run_together(w, small, large)
            )
        )
        if line.glued:
            line.drafts = [d for d in line.drafts if not _touches_glued(line, d)]


def _touches_glued(line: Line, draft: Draft) -> bool:
    """Whether a name holds a word that was run together, or stands right behind one that ends in a name of its own."""
    if any(i in line.glued for i in range(draft.start, draft.end)):
        return True
    return (
        draft.type == "PER"
        and draft.start - 1 in line.glued
        and line.follows(draft.start)
        and not line.words[draft.start - 1][1:].islower()
    )


def is_run_together(word: str, small: frozenset[str], large: frozenset[str]) -> bool:
    """Whether a word is two that lost the space between them, as the article's other words show.

    Args:
        word: the word in question.
        small: words that the article writes small.
        large: words that the article writes with a capital.
    """
    if word.islower():
        return False
    changes = (i for i in range(2, len(word) - 1) if word[i].isupper() != word[i - 1].isupper())
    cut = 0 if word[1:].islower() else next(changes, 0)
    if cut and word[cut].isupper():  # `kemanusiaanPerserikatan`
        front = word[:cut]
        return not is_medium(word) and (
            front in small
            or front in large
            or front.casefold() in small
            or front.casefold() in titles()
            or is_area(front)
        )
    if cut > 2 and word[:cut].isupper():  # `AFPmemberitakan`
        return word[:cut] in large or word[:cut] in known_types()
    if not word[0].isupper() or not word[1:].islower():
        return False
    return any(
        word[:n] in large and (word[n:] in small or _VERB.fullmatch(word[n:]))
        for n in range(4, len(word) - 2)
    )


_VERB = re.compile(r"(?:me|ber|di|ter)[a-z]{4,}")
