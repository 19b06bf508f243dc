"""Several things of one claim: first the articles in which each holds of some claim, which indexes tell, then claim by claim.

Comes in: a tree that asks several things of one claim or saying. Goes out: an easier tree that holds wherever it does, and of the
articles that answer that one, the newest first, those that answer it. So common names cost no more than the articles that
are looked at until a page is full, and rare ones no more than the rarest of what is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from ..archive.schema import articles
from .conditions import Stretch, asks_rejected, items_of, numbers_are_cheap, of_article
from .query import And, Field, Node, Or

Rows = list[tuple[int, ...]]

_FIRST, _MOST = 200, 3200
"""Articles that are looked at claim by claim at once: few at first, for a page is soon full."""


def easier(node: Node | None) -> Node | None:
    """A tree that holds wherever this one does, and that no single claim must be looked at for; None where there is none, or
    where this one is such a tree itself."""
    return None if node is None or numbers_are_cheap(node) or _by_type_index(node) else _relaxed(node)


def _by_type_index(node: Node) -> bool:
    """Types and certainties alone, of one claim: an index of claims tells them as they are asked."""
    fields = node.parts if isinstance(node, And) else ()
    return bool(fields) and all(isinstance(part, Field) and part.name in ("type", "certainty") for part in fields)


def _relaxed(node: Node) -> Node | None:
    if isinstance(node, Or):
        parts = [_relaxed(part) for part in node.parts]
        kept = [part for part in parts if part is not None]
        return Or(tuple(kept)) if len(kept) == len(parts) else None
    if isinstance(node, And):
        together, apart = items_of(node)
        if asks_rejected(together):
            together = []  # what was rejected stands in no index of what articles hold
        found = [And((part,)) for part in together if isinstance(part, Field) and part.name != "review"]
        return _all(found + [part for part in map(_relaxed, apart) if part is not None])
    return node if numbers_are_cheap(node) else None


def _all(parts: Sequence[Node]) -> Node | None:
    return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


def left_to_ask(node: Node) -> Node:
    """What of a tree the easier one does not tell."""
    if not isinstance(node, And):
        return node
    together, apart = items_of(node)
    return And((*together, *(part for part in apart if not numbers_are_cheap(part))))


def answering(connection: Connection, told: Node, stretch: Stretch, wanted: int, look: Callable[[Stretch], Iterable[Any]]) -> Rows:
    """So many rows that ``look`` finds in the articles of a stretch that answer the easier tree ``told``, newest articles first."""
    found: Rows = []
    may = select(articles.c.number).where(stretch.holds(articles.c.number), of_article(told, stretch)).order_by(articles.c.number.desc())
    for some in _growing(connection.execute(may).scalars().all()):
        found += [tuple(row) for row in look(Stretch.of(stretch.dialect, some))]
        if len(found) >= wanted:
            break
    return found[:wanted]


def every_answer(connection: Connection, node: Node, stretch: Stretch) -> list[int] | None:
    """The numbers of all articles that answer, newest first; None for a tree without an easier one."""
    if (told := easier(node)) is None:
        return None
    left = left_to_ask(node)

    def look(inside: Stretch) -> Iterable[Any]:
        found = select(articles.c.number).where(inside.holds(articles.c.number), of_article(left, inside))
        return connection.execute(found.order_by(articles.c.number.desc()))

    return [row[0] for row in answering(connection, told, stretch, sys.maxsize, look)]


def _growing(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    at, size = 0, _FIRST
    while at < len(numbers):
        yield numbers[at : at + size]
        at, size = at + size, min(size * 2, _MOST)


