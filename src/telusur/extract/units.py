"""An article cut into units: the words between names, and each name and time expression as one piece.

In come the layers below (sentences, mentions, times); out goes one `Reading`, over which the rules of this
room look for triggers, participants and marks. A name is one unit because rules speak of "a person's name, a
comma, an office", never of the words inside the name; words that a site ran into a name part from it here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from telusur.model.document import BlockKind, Document
from telusur.model.layers import Mention, Sentence, Time
from telusur.model.span import Span

UnitKind = Literal["word", "number", "name", "time", "mark"]

_LEADING_ON = ("dilansir", "dikutip", "mengutip", "melansir", "dinukil", "diberitakan", "kepada", "menurut", "dari", "berita", "laman", "kata", "ujar", "tutur", "ungkap")
# Only with small letters behind the first: `BERITASATU` and `DARING` are one word each.
_RUN_ON = "|".join([*(f"[{w[0]}{w[0].upper()}]{w[1:]}(?=[A-Z])" for w in _LEADING_ON), r"[A-Z]{2,}(?=(?:pada|bahwa|dan|di|dari)\b)"])
"""Words that lead to a source or a carrier, or follow one, where the space of a link was lost: `dilansirAFP`, `kepadaCNN`, `AFPpada`."""
_PIECE = r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|\S"
_PIECES, _PIECES_RUN_ON = re.compile(_PIECE), re.compile(f"{_RUN_ON}|{_PIECE}")
_MAY_RUN_ON = re.compile("[a-z][A-Z]|[A-Z]{2}[a-z]")
"""Where this is not in a sentence, no word of `_RUN_ON` can be: in 95 of 100, which are parted without trying all of them at each word."""


class Unit(NamedTuple):
    """One piece of a sentence. ``low`` is its text in lower case; ``name`` and ``time`` are set for those kinds.

    A named tuple: an article has hundreds of them, and a frozen dataclass takes several times as long to make.
    """

    kind: UnitKind
    span: Span
    low: str
    capital: bool
    sentence: int
    name: Mention | None = None
    time: Time | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All units of the article in order. ``bounds[i]`` are the first unit of sentence i and the one after its last."""

    text: str
    units: tuple[Unit, ...]
    bounds: tuple[tuple[int, int], ...]
    kinds: tuple[BlockKind, ...]
    """The kind of block that each sentence stands in."""
    blocks: tuple[int, ...]
    """Which block each sentence stands in, by its number in the document."""
    starts: tuple[int, ...]
    lows: tuple[str, ...]
    """The text of each unit in lower case."""
    low: Callable[[int], str]
    """The same of one unit, "" outside the article: asked for thousands of times an article, so a look-up with no function of ours around it."""

    def around(self, at: int) -> tuple[int, int]:
        """First unit of the sentence that holds unit ``at``, and the one after its last."""
        return self.bounds[self.units[at].sentence]

    def first_at(self, span: Span) -> int | None:
        """The first unit that shares a character with ``span``, or None."""
        after = bisect_right(self.starts, span.start)
        if after and self.units[after - 1].span.end > span.start:
            return after - 1
        return after if after < len(self.starts) and self.starts[after] < span.end else None

    def last_at(self, span: Span) -> int | None:
        """The last unit that shares a character with ``span``, or None."""
        at = bisect_right(self.starts, span.end - 1) - 1
        return at if at >= 0 and self.units[at].span.end > span.start else None

    def span(self, start: int, end: int) -> Span:
        """From the start of unit ``start`` to the end of the unit before ``end``."""
        return Span(self.units[start].span.start, self.units[end - 1].span.end)


class _Lows(dict[int, str]):
    def __missing__(self, at: int) -> str:
        return ""


def read_units(
    document: Document, sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...], times: tuple[Time, ...]
) -> Reading:
    """The article's sentences as units. Sentences must be in order; names and times outside them are left out."""
    fixed: list[tuple[Span, Mention | None, Time | None]] = [(m.span, m, None) for m in mentions]
    fixed += [(t.span, None, t) for t in times]
    # A name beats a time where the two overlap: `Jumat waktu Gaza` still has its place.
    fixed.sort(key=lambda item: (item[0].start, item[1] is None, -item[0].end))
    fixed_starts = [item[0].start for item in fixed]
    block_starts = [b.span.start for b in document.blocks]
    units: list[Unit] = []
    bounds: list[tuple[int, int]] = []
    kinds: list[BlockKind] = []
    blocks: list[int] = []
    for number, sentence in enumerate(sentences):
        first = len(units)
        low, high = bisect_right(fixed_starts, sentence.span.start - 1), bisect_right(fixed_starts, sentence.span.end - 1)
        _cut(units, document.text, sentence.span, fixed[low:high], number)
        bounds.append((first, len(units)))
        block = max(bisect_right(block_starts, sentence.span.start) - 1, 0)
        blocks.append(block)
        kinds.append(document.blocks[block].kind if document.blocks else "paragraph")
    starts, lows = tuple(u.span.start for u in units), tuple(u.low for u in units)
    return Reading(document.text, tuple(units), tuple(bounds), tuple(kinds), tuple(blocks), starts, lows, _Lows(enumerate(lows)).__getitem__)


def _cut(
    units: list[Unit], text: str, sentence: Span, fixed: list[tuple[Span, Mention | None, Time | None]], number: int
) -> None:
    """Adds the units of a sentence, in order."""
    at = sentence.start
    pieces = _PIECES_RUN_ON if _MAY_RUN_ON.search(text, sentence.start, sentence.end) else _PIECES
    for span, name, time in fixed:
        if span.start < at or span.end > sentence.end:
            continue
        if at < span.start:
            _add_words(units, text, at, span.start, number, pieces)
        whole = span.of(text)
        units.append(Unit("name" if name else "time", span, whole.casefold(), whole[:1].isupper(), number, name, time))
        at = span.end
    _add_words(units, text, at, sentence.end, number, pieces)


def _add_words(units: list[Unit], text: str, start: int, end: int, number: int, pieces: re.Pattern[str]) -> None:
    for found in pieces.finditer(text, start, end):
        word, (begins, ends) = found.group(), found.span()
        first = word[0]
        kind: UnitKind = "word" if first.isalpha() else "number" if first.isdigit() else "mark"
        units.append(Unit(kind, Span(begins, ends), word.casefold(), first.isupper(), number))
