"""Links between two texts: how the verdict on them is kept, and read again.

Comes in: verdicts. Goes out: rows of `schema.traced_copies`, and `Link`s. The text with the lesser hash comes first, so that a
pair is judged, and stored, the same whichever came first into the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from ..archive.tracing_tables import traced_copies
from .judge import Kind, Verdict, judge
from .texts import Piece, pack_numbers, unpack_numbers

KINDS: tuple[Kind, ...] = ("verbatim", "abridged", "extended", "rewritten", "partial")
"""As they are numbered in the archive, from 1."""

STRONG: frozenset[Kind] = frozenset({"verbatim", "abridged", "extended", "rewritten"})
_PARTIAL = KINDS.index("partial") + 1
_MIRRORED: dict[Kind, Kind] = {"abridged": "extended", "extended": "abridged"}
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Tie:
    """Words [a, a_end) of one text answer to words [b, b_end) of the other; ``same`` of them are the same."""

    a: int
    a_end: int
    b: int
    b_end: int
    same: int

    def turned(self) -> Tie:
        return Tie(self.b, self.b_end, self.a, self.a_end, self.same)


@dataclass(frozen=True, slots=True)
class Link:
    """A text's link to another. ``kind``: how the text stands to the other; shares of 0 to 1."""

    text: int
    other: int
    kind: Kind
    share: float
    other_share: float
    packed: bytes
    seen_from_other: bool = False

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Which words of the one answer to which of the other, in the order of the text. They are unpacked when they are asked for: families
        are made from thousands of links, and few of these are looked into."""
        return _ties(self.packed, self.seen_from_other)

    @property
    def strong(self) -> bool:
        return self.kind in STRONG

    def turned(self) -> Link:
        """The same link, seen from the other text."""
        return Link(self.other, self.text, _MIRRORED.get(self.kind, self.kind), self.other_share, self.share, self.packed, not self.seen_from_other)


@lru_cache(maxsize=1 << 12)
def _ties(packed: bytes, turned: bool) -> tuple[Tie, ...]:
    numbers = iter(unpack_numbers(packed))
    ties = tuple(Tie(a, a + a_length, b, b + b_length, same) for a, a_length, b, b_length, same in zip(*[numbers] * 5, strict=True))
    return tuple(sorted((tie.turned() for tie in ties), key=lambda tie: (tie.a, tie.b))) if turned else ties


def judge_pair(a: tuple[int, Piece], b: tuple[int, Piece]) -> dict[str, Any] | None:
    """The row of the link between two texts (number and piece); None where they are no copies."""
    (number, piece), (other, other_piece) = (a, b) if a[1].hash <= b[1].hash else (b, a)
    verdict = judge(piece.side, other_piece.side, one_outlet=piece.outlet == other_piece.outlet)
    return None if verdict.kind is None else _row(number, other, verdict)


def _row(text: int, other: int, verdict: Verdict) -> dict[str, Any]:
    assert verdict.kind is not None
    return {
        "text": text,
        "other": other,
        "kind": KINDS.index(verdict.kind) + 1,
        "share": round(verdict.share * 1000),
        "other_share": round(verdict.other_share * 1000),
        "stretches": pack_numbers(number for s in verdict.stretches for number in (s.a, s.a_end - s.a, s.b, s.b_end - s.b, s.same)),
    }


def links_of(connection: Connection, texts: Iterable[int], *, strong: bool = False) -> Iterator[Link]:
    """The links of these texts, each seen from the text that was asked for; one between two of them comes twice."""
    wanted = list(texts)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        asked = set(some)
        query = select(traced_copies).where(or_(traced_copies.c.text.in_(some), traced_copies.c.other.in_(some)))
        if strong:
            query = query.where(traced_copies.c.kind != _PARTIAL)
        for row in connection.execute(query):
            link = _link(row)
            if link.text in asked:
                yield link
            if link.other in asked:
                yield link.turned()


def strong_links(connection: Connection) -> Iterator[Link]:
    """All links that make two texts one, each once."""
    for row in connection.execute(select(traced_copies).where(traced_copies.c.kind != _PARTIAL).order_by(traced_copies.c.text, traced_copies.c.other)):
        link = _link(row)
        yield link if link.text < link.other else link.turned()


def _link(row: Row[Any]) -> Link:
    return Link(row.text, row.other, KINDS[row.kind - 1], row.share / 1000, row.other_share / 1000, bytes(row.stretches))
