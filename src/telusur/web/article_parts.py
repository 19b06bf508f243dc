"""An article cut into parts, each of which makes a page of bounded size: a long text comes in several, and so does one that is full of marks.

Comes in: a text, its blocks, the places of its marks and records. Goes out: parts that follow one another and hold every character. How many
bytes a stretch takes on a page is reckoned: its letters as markup writes them, its marks by how many lie over one another, its records.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from ..model.document import Block
from ..model.span import Span

__all__ = ["ROOM", "SKIPPED", "Part", "parts_of", "written"]

ROOM, TEXT_ROOM = 76_000, 37_000
"""Bytes of one page for text and records, and for the text alone: the frame and what stands once take twenty thousand more. An ordinary
article of seven thousand characters takes as much."""

SKIPPED = ("chrome", "related")
"""Blocks that are not the article's: only their beginnings are shown."""

_RECORD, _EDGE, _LAYER, _MOST_LAYERS = 1000, 15, 8, 8
_SKIPPED_BYTES = 400
_STEP = 400
"""Characters: no block is cut finer."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text that makes one page; ``bytes`` of its text on it, about."""

    number: int
    start: int
    end: int
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What is not cut; ``whole``: it ends with its block."""

    end: int
    text_bytes: int
    record_bytes: int
    whole: bool


def parts_of(text: str, blocks: Iterable[Block], marks: Iterable[Span], records: Iterable[int]) -> tuple[Part, ...]:
    """The text as parts, cut between blocks where that is possible.

    Args:
        text: of the article.
        blocks: of it.
        marks: stretches that are marked.
        records: where each record that stands beside the text begins.
    """
    parts: list[Part] = []
    held: list[_Stretch] = []
    start = 0
    for stretch in _stretches(text, blocks, tuple(marks), sorted(records)):
        while held and _is_full([*held, stretch]):
            cut = _cut(held)
            parts.append(Part(len(parts) + 1, start, held[cut - 1].end, sum(one.text_bytes for one in held[:cut])))
            start, held = held[cut - 1].end, held[cut:]
        held.append(stretch)
    return (*parts, Part(len(parts) + 1, start, max(len(text), start + 1), sum(one.text_bytes for one in held)))


def _is_full(held: Sequence[_Stretch]) -> bool:
    text = sum(one.text_bytes for one in held)
    return text > TEXT_ROOM or text + sum(one.record_bytes for one in held) > ROOM


def _cut(held: Sequence[_Stretch]) -> int:
    """Behind which of them: the last block that ends in the second half, else the last of all."""
    return next((n for n in range(len(held), len(held) // 2, -1) if held[n - 1].whole), len(held))


def _stretches(text: str, blocks: Iterable[Block], marks: Sequence[Span], records: Sequence[int]) -> Iterator[_Stretch]:
    opens, closes = sorted(mark.start for mark in marks), sorted(mark.end for mark in marks)
    edges = sorted({*opens, *closes})

    def stretch(start: int, end: int, shown: bool, whole: bool) -> _Stretch:
        beside = _RECORD * (bisect_left(records, end) - bisect_left(records, start))
        if not shown:
            return _Stretch(end, min(written(text[start : start + _SKIPPED_BYTES]), _SKIPPED_BYTES), beside, whole)
        inside = bisect_left(edges, end) - bisect_left(edges, start)
        deep = max(bisect_right(opens, at) - bisect_right(closes, at) for at in (start, (start + end) // 2, end))
        return _Stretch(end, written(text[start:end]) + inside * (_EDGE + _LAYER * min(deep, _MOST_LAYERS)), beside, whole)

    at = 0
    for block in sorted(blocks, key=lambda block: block.span.start):
        shown = block.kind not in SKIPPED
        while shown and block.span.end - at > _STEP:
            yield stretch(at, at + _STEP, True, False)
            at += _STEP
        if block.span.end > at:
            yield stretch(at, block.span.end, shown, True)
            at = block.span.end


def written(text: str) -> int:
    """How many bytes a text takes in markup."""
    return len(escape(text).encode("utf-8", "replace"))
