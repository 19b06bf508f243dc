"""Where sentences end: from a document's blocks to its sentences.

Comes in: a `Document` with its blocks. Goes out: `Sentence` spans of the blocks that hold the article's own words.
The spans are trimmed, in text order, never cross a block and together cover every character that is not white space.

How a full stop is judged, in this order: inside a number or a domain name it is part of it; after an abbreviation
or an initial the next word decides; inside quotation marks see `_Quote`. Where the site lost the space after a
stop (``selesai.Ia``) the sentence ends all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..lexicon import read_table, words
from ..model.document import ARTICLE_KINDS, Document
from ..model.layers import Sentence
from ..model.span import Span, trim

_STOP = re.compile(r"[.!?…]{1,60}")
_QUOTE_MARK = re.compile(r"[\"“”„«»�]")
_CLOSERS = "\"”»’'�)]}"
_OPENERS = "\"“„«‘'`�([{"
_DASHES = "-–—•*"
_LOOK_BACK = 24
"""An abbreviation with inner stops (``M.Kom.``) is shorter than this; looking no further keeps the work linear."""
_LONG_BRACKETS = 60
"""Brackets that hold more than this before or after a stop may hold sentences."""
_DOMAIN_ENDS = frozenset(["com", "id", "co", "net", "org", "tv", "news", "go", "ac", "or", "info", "web", "gov", "edu", "io", "my", "sg"])
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3}){1,4}")
_ITEM = re.compile(r"\s{0,9}(\d{1,2})\. ")
_GLUED = re.compile(r"[^\W\d_][)\]]?(\d{1,2})$")
_DOTTED_CAPITALS = re.compile(r"(?:[^\W\d_]\.){1,8}[^\W\d_]")


def find_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of titles, leads, headings, captions and paragraphs, sorted by start, never overlapping."""
    return tuple(
        Sentence(span)
        for block in document.blocks
        if block.kind in ARTICLE_KINDS
        for span in split_sentences(document.text, block.span.start, block.span.end)
    )


def split_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of ``text[start:end]``.

    A quotation that a speech tag holds together is one sentence (``"Kami tidak tahu. Kami hanya mendengar," kata
    Budi``), and so is one that the sentence leads up to (``Ia berkata: "Saya siap. Namun nanti."``). A quotation
    that stands alone is cut at its inner stops, however long it is.
    """
    quotes = _find_quotes(text, start, end)
    at_quote = 0
    begin = start
    for stop in _STOP.finditer(text, start, end):
        while at_quote < len(quotes) and quotes[at_quote].close < stop.start():
            at_quote += 1
        quote = quotes[at_quote] if at_quote < len(quotes) and quotes[at_quote].open < stop.start() else None
        if quote is not None and quote.holds(text, begin, stop.end()):
            continue
        next_open = next((q.open for q in quotes[at_quote : at_quote + 2] if q.open >= stop.end()), end)
        cut = _cut_after(text, begin, stop, end, next_open)
        if cut is not None and (span := trim(text, begin, cut)):
            yield span
            begin = cut
    if span := trim(text, begin, end):
        yield span


@dataclass(frozen=True, slots=True)
class _Quote:
    """A pair of quotation marks: the positions of both; ``close`` is the block's end where the mark is missing."""

    open: int
    close: int
    closed: bool
    tagged: bool
    """Whether what follows the closing mark belongs to the same sentence (``," kata``, ``!" serunya``)."""

    def holds(self, text: str, begin: int, stop_end: int) -> bool:
        """Whether the sentence that begins at ``begin`` runs on through the stop that ends at ``stop_end``."""
        if not self.closed or self.tagged:
            return self.closed
        return stop_end < self.close and bool(text[begin : min(self.open, begin + 80)].strip(" \t\n" + _DASHES))


def _find_quotes(text: str, start: int, end: int) -> list[_Quote]:
    """Pairs of marks in order. Straight marks take turns; a mark that can only open closes nothing."""
    quotes: list[_Quote] = []
    opened: int | None = None
    for mark in _QUOTE_MARK.finditer(text, start, end):
        at = mark.start()
        opens = mark.group() in "“„«" or (mark.group() != "”" and mark.group() != "»" and _looks_opening(text, at, start, end))
        if opened is None:
            if mark.group() not in "”»":
                opened = at
        elif opens:
            quotes.append(_Quote(opened, at, False, False))
            opened = at
        else:
            quotes.append(_Quote(opened, at, True, _is_tagged(text, at, end)))
            opened = None
    if opened is not None:
        quotes.append(_Quote(opened, end, False, False))
    return quotes


def _looks_opening(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return (before.isspace() or before in "([") and not after.isspace()


def _is_tagged(text: str, close: int, end: int) -> bool:
    """A comma before the mark, or a small letter or a comma after it: the sentence goes on."""
    if text[close - 1] in ",;:":
        return True
    at = close + 1
    while at < end and text[at].isspace():
        at += 1
    return at < end and (text[at].islower() or text[at] in ",;")


def _cut_after(text: str, begin: int, stop: re.Match[str], end: int, next_open: int) -> int | None:
    """Where the sentence ends if ``stop`` ends it, else None."""
    if (glued := _glued_number(text, begin, stop)) is not None:
        return glued
    after = stop.end()
    while after < end and text[after] in _CLOSERS and after != next_open:
        after += 1
    if after >= end:
        return None
    spaced = text[after].isspace()
    head = after
    while head < end and text[head].isspace():
        head += 1
    if head >= end:
        return None
    if not _may_begin(text, head, end, spaced or after > stop.end() or text[after] in _OPENERS) or _in_brackets(text, begin, stop.start(), after, end):
        return None
    if stop.group() == "." and not text[stop.end() : after].strip(")]") and not _stop_ends(text, begin, stop.start(), head, spaced):
        return None
    return after


def _glued_number(text: str, begin: int, stop: re.Match[str]) -> int | None:
    """Where the next item of a list begins whose number a site glued to this one: ``1. Beras 5 kilo2. Gula``."""
    own = _ITEM.match(text, begin)
    found = _GLUED.search(text, max(begin, stop.start() - 5), stop.start())
    return found.start(1) if own and found and int(found.group(1)) == int(own.group(1)) + 1 else None


def _in_brackets(text: str, begin: int, stop: int, after: int, end: int) -> bool:
    """Whether the stop stands inside short brackets that the sentence opened: ``Bandara Rimba (RIM. II) ditutup``."""
    opened = text.rfind("(", max(begin, stop - _LONG_BRACKETS), stop)
    if opened < 0 or not text[begin:opened].strip() or text.find(")", opened, after) >= 0:
        return False
    closed = text.find(")", after, min(end, after + _LONG_BRACKETS))
    return closed >= 0 and text.find("(", after, closed) < 0


def _may_begin(text: str, head: int, end: int, parted: bool) -> bool:
    """Whether a sentence may begin at ``head``. ``parted``: a space or a mark stands between it and the stop."""
    first = head
    while first < end and first < head + 3 and text[first] in _OPENERS:
        first += 1
    if first >= end:
        return False
    letter = text[first]
    if letter.isupper():
        # A word the site glued on has small letters in it (``selesai.Ia``); ``A.S`` and ``S.Pd`` are judged later.
        return parted or (first + 1 < end and (text[first + 1].islower() or text[first : first + 4].isupper()))
    if not parted:
        return first > head
    if letter.isdigit() or letter in _DASHES:
        return True
    return (letter.islower() and first + 1 < end and text[first + 1].isupper()) or (first > head and letter.islower())


def _stop_ends(text: str, begin: int, dot: int, head: int, spaced: bool) -> bool:
    """Whether a single full stop at ``dot`` ends a sentence, by the word before it and the word at ``head``."""
    back = dot
    while back > begin and dot - back < _LOOK_BACK and (text[back - 1].isalnum() or text[back - 1] == "."):
        back -= 1
    word = text[back:dot]
    following = _word_at(text, head)
    if following.casefold() in _DOMAIN_ENDS and (not spaced or (following.isupper() and word.isupper())):
        return False  # "POS-KUPANG. COM" too: sites break their own name
    ending = following.partition("-")[0]
    if not spaced and ending.casefold() in _DOMAIN_ENDS and (ending.isupper() or ending.islower()):
        return False  # "TRIBUNRIMBA.COM- Berikut": a dash is glued to the name; "selesai.Go-Jek" begins a sentence
    if not spaced and (text[back - 1 : back] == "/" or text[head + len(following) : head + len(following) + 1] == "/"):
        return False  # "4265 K/Pid.Sus/2023": the number of a court's file
    if back - begin < 12 and len(word) <= 3 and (word.isdigit() or len(word) == 1) and not text[begin:back].strip(" \t\n" + _OPENERS):
        return False  # "1. Membawa kartu" and "a. Fotokopi": the mark of a list, not a sentence
    if _THREE_DIGITS.match(text, head) and _GROUPED.fullmatch(word):
        return False  # "2.904. 678": a site broke the number
    closes = abbreviations().get(word.casefold())
    if closes == "never":
        return False
    if closes == "likely":
        return spaced and _is_full_word(following) and text[head] not in "(["  # "Tbk. (RIMB) naik" and "Pte. Ltd. C/O" go on
    if closes == "maybe" and word.islower() and text[max(begin, back - 2) : back].strip()[-1:].isdigit():
        return spaced  # "380 kg. Warga": units take no stop of their own
    if closes == "maybe" or (len(word) == 1 and word.isupper()) or _DOTTED_CAPITALS.fullmatch(word):
        return spaced and following.casefold() in words("sentence_openers")
    return spaced or not (len(word) == 1 and word.isalpha())


def _is_full_word(word: str) -> bool:
    """Whether a word with a capital is no initial and no abbreviation."""
    return word[:1].isupper() and not (word.isupper() and len(word) < 3) and abbreviations().get(word.casefold()) is None


def _word_at(text: str, at: int) -> str:
    while at < len(text) and text[at] in _OPENERS:
        at += 1
    end = at
    while end < len(text) and end - at < _LOOK_BACK and (text[end].isalnum() or text[end] == "-"):
        end += 1
    return text[at:end]


@cache
def abbreviations() -> dict[str, str]:
    """Each abbreviation, lower-cased without its last stop, and whether it may close a sentence."""
    return {row["word"].casefold(): row["closes"] for row in read_table("abbreviations", ("word", "closes"))}
