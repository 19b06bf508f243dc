"""Positions in a text. Every record points at its characters through these types.

All offsets are Unicode code points into one text, start included, end excluded:
``text[span.start:span.end]`` is the quoted text, always.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A stretch of text: code points ``[start, end)``, never empty."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        if not 0 <= start < end:
            raise ValueError(f"a span needs 0 <= start < end, got {start}:{end}")
        _set_start(self, start)
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span quotes."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The same stretch, ``by`` characters further on."""
        return Span(self.start + by, self.end + by)


# A reading makes spans by the thousand: their slots are filled directly, which takes half the time of what dataclasses write for frozen ones.
_set_start, _set_end = vars(Span)["start"].__set__, vars(Span)["end"].__set__


def trim(text: str, start: int, end: int) -> Span | None:
    """``text[start:end]`` without white space at either end, or None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
