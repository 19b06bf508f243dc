"""Pages by key: the newest first, and no page costs more for standing further back.

Numbers rise with the date of publication, so a page is read downwards from its key: in a stretch of the newest articles
first, then in longer ones, until the page is full. What is common is found in the first stretch; what is rare costs
little in the longest. Nothing is skipped over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from ..archive.schema import articles
from ..errors import BadRequest
from .conditions import Stretch, narrowed, of_article
from .names import meaning
from .narrowing import answering, easier, left_to_ask
from .query import Node

BEYOND = 1 << 46
"""Above every article's number."""

_FIRST, _GROWTH = 2000, 8
_COUNTED = _FIRST * _GROWTH


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of keys, in order; ``next`` is the key that the next page starts behind, None at the end."""

    keys: tuple[tuple[int, ...], ...]
    next: str | None


Lookup = Callable[[Stretch, int], list[tuple[int, ...]]]


def everywhere(connection: Connection) -> Stretch:
    """All articles."""
    return Stretch(connection.dialect.name, 0, BEYOND)


def conditions_of(node: Node | None, stretch: Stretch) -> list[ColumnElement[bool]]:
    """A tree as conditions on the row of `schema.articles`: none for no tree."""
    return [of_article(node, stretch)] if node is not None else []


def article_page(connection: Connection, node: Node | None, size: int, after: str | None = None) -> Slice:
    """Numbers of articles that answer, newest first.

    Raises:
        BadRequest: ``after`` is no key of a page.
    """

    node = None if node is None else meaning(connection, node)
    told = easier(node)

    def look(stretch: Stretch, wanted: int) -> list[tuple[int, ...]]:
        if told is None or node is None:
            return numbers(stretch, node, wanted)
        left = left_to_ask(node)
        return answering(connection, told, stretch, wanted, lambda inside: numbers(inside, left, wanted))

    def numbers(stretch: Stretch, asked: Node | None, wanted: int) -> list[tuple[int, ...]]:
        found = select(articles.c.number).where(stretch.holds(articles.c.number), *conditions_of(asked, stretch))
        rows = connection.execute(found.order_by(articles.c.number.desc()).limit(wanted))
        return [tuple(row) for row in rows]

    (before,) = read_key(after, 1) or (BEYOND,)
    return page_by_key(connection, look, before, size, narrowed(node, everywhere(connection)))


def page_by_key(connection: Connection, look: Lookup, before: int, size: int, within: Stretch) -> Slice:
    """Stretch after stretch downwards, until there is one more than a page holds, which says that there is a next one."""
    found: list[tuple[int, ...]] = []
    length, high, width = _FIRST, min(before, within.high), 0
    while True:
        low, width = _low_end(connection, high, length, width * _GROWTH)
        low = max(low, within.low)
        found += look(Stretch(connection.dialect.name, low, high), size + 1 - len(found))
        if len(found) > size or low <= within.low:
            break
        length, high = length * _GROWTH, low
    keys = tuple(found[:size])
    return Slice(keys, write_key(keys[-1]) if len(found) > size and keys else None)


def _low_end(connection: Connection, high: int, length: int, width: int) -> tuple[int, int]:
    """Where a stretch of about so many articles below a number begins, 0 for all that are left; and how wide it is. Short stretches
    are counted; a long one is as many times wider than the one before as it is to be longer: it is wide, not exact."""
    if length > _COUNTED:
        return max(0, high - width), width
    below = select(articles.c.number).where(articles.c.number < high).order_by(articles.c.number.desc()).limit(length).subquery()
    count, low, top = connection.execute(select(func.count(), func.min(below.c.number), func.max(below.c.number))).one()
    return (int(low), int(top) - int(low)) if count == length else (0, 0)


def write_key(key: Sequence[int]) -> str:
    """A page's key as text."""
    return ".".join(f"{part:x}" for part in key)


def read_key(text: str | None, parts: int) -> tuple[int, ...] | None:
    """The parts of a page's key; None for the first page.

    Raises:
        BadRequest: it is no such key.
    """
    if text is None:
        return None
    try:
        key = tuple(int(part, 16) for part in text.split("."))
    except ValueError:
        key = ()
    if len(key) != parts or any(not 0 <= part < 1 << 62 for part in key) or len(text) > 60:
        raise BadRequest(f"{text[:60]!r} is no key of a page; nothing was searched; give the one that the page before printed")
    return key
