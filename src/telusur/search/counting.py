"""How many articles answer, and how many of them have which outlet, types, certainties, agencies, months.

Comes in: a tree. Goes out: numbers that equal what paging returns. All facets of one question are counted in one walk over
the rows of the articles that answer, where types and certainties stand as bits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from ..archive.parts import CERTAINTY_WORDS, certainty_bit, type_bit
from ..archive.places import DAY_BITS, iso_day
from ..archive.schema import CLAIM_WORDS, articles, outlets, tags
from .conditions import narrowed, numbers_are_cheap, numbers_of
from .names import meaning
from .paging import Slice, article_page, conditions_of, everywhere, write_key
from .query import Node

Facet = Literal["outlet", "type", "certainty", "wire", "month"]
FACETS: tuple[Facet, ...] = ("outlet", "type", "certainty", "wire", "month")

Counted = list[tuple[str, int]]
"""Values and how many articles have each, most first."""

_FEW = 400
"""Articles whose agencies are looked up by themselves; of more, all agencies are gone through."""


def count_articles(connection: Connection, node: Node | None) -> int:
    """How many articles answer."""
    node = None if node is None else meaning(connection, node)
    told = None if node is None else numbers_of(node, everywhere(connection))
    if told is not None:
        return int(connection.execute(select(func.count()).select_from(told.subquery())).scalar_one())
    inside = narrowed(node, everywhere(connection))
    found = select(func.count()).select_from(articles).where(*conditions_of(node, inside))
    return int(connection.execute(found).scalar_one())


MOST_COUNTED = 500
"""Where single claims must be looked at, so many articles are counted exactly."""


def count_most(connection: Connection, node: Node | None) -> tuple[int, bool]:
    """How many articles answer, and whether these are all: where a query asks for several things of one claim, only the first
    `MOST_COUNTED` are counted, for what is in half of all articles takes as long as all of them together."""
    if node is None or numbers_are_cheap(node):
        return count_articles(connection, node), True
    found = article_page(connection, node, MOST_COUNTED)
    return len(found.keys), found.next is None


def counted_page(connection: Connection, node: Node | None, size: int, after: str | None) -> tuple[Slice, tuple[int, bool] | None]:
    """A page of articles, and what `count_most` gives where finding the one tells the other."""
    if after is not None or node is None or numbers_are_cheap(node):
        page = article_page(connection, node, size, after)
        return page, (len(page.keys), True) if after is None and page.next is None else None
    found = article_page(connection, node, max(size, MOST_COUNTED))
    keys = found.keys[:size]
    following = write_key(keys[-1]) if len(found.keys) > size else found.next
    return Slice(keys, following), (len(found.keys), found.next is None)


def facet(connection: Connection, node: Node | None, name: Facet) -> Counted:
    """One facet: see `facets`."""
    return facets(connection, node, (name,))[name]


def facets(connection: Connection, node: Node | None, names: Sequence[Facet]) -> dict[str, Counted]:
    """How many of the articles that answer have each value.

    The number beside a value is that of the articles which ``(QUERY) NAME:VALUE`` gives; for months, those published in it.
    """
    if not names:
        return {}
    rows = _rows(connection, node)
    made: dict[str, Counted] = {}
    numbers, outlets_, kinds = zip(*rows, strict=True) if rows else ((), (), ())
    for name in names:
        if name == "outlet":
            made[name] = _outlets(connection, Counter(outlets_))
        elif name == "month":
            made[name] = _months(numbers)
        elif name == "wire":
            made[name] = _wires(connection, node is None, numbers)
        else:
            words, bit = (CLAIM_WORDS, type_bit) if name == "type" else (CERTAINTY_WORDS, certainty_bit)
            made[name] = _by_bits(kinds, {word: bit(word) for word in words})
    return made


def _rows(connection: Connection, node: Node | None) -> Sequence[Any]:
    """Number, outlet and kinds of all articles that answer."""
    node = None if node is None else meaning(connection, node)
    wanted = select(articles.c.number, articles.c.outlet, articles.c.kinds)
    told = None if node is None else numbers_of(node, everywhere(connection))
    hits = [articles.c.number.in_(told)] if told is not None else conditions_of(node, narrowed(node, everywhere(connection)))
    # Plain tuples of numbers, as the driver gives them: there may be a row for every article.
    return connection.execute(wanted.where(*hits)).cursor.fetchall()


def _ordered(counted: Counter[str]) -> Counted:
    return sorted(counted.items(), key=lambda told: (-told[1], told[0]))


def _outlets(connection: Connection, counted: Counter[int | None]) -> Counted:
    names = {number: name for number, name in connection.execute(select(outlets.c.number, outlets.c.name))}
    return _ordered(Counter({names[number]: count for number, count in counted.items() if number is not None}))


def _by_bits(kinds: Sequence[int], bits: dict[str, int]) -> Counted:
    """How many articles have each bit. There are nearly as many combinations as articles, so that they are counted in one array."""
    import numpy as np

    held = np.fromiter(kinds, dtype=np.int64, count=len(kinds))
    return _ordered(Counter({word: count for word, bit in bits.items() if (count := int(np.count_nonzero(held & bit)))}))


def _wires(connection: Connection, everything: bool, numbers: Sequence[int]) -> Counted:
    told = select(tags.c.value, tags.c.article).where(tags.c.field == "wire")
    if everything:
        counted = select(tags.c.value, func.count()).where(tags.c.field == "wire").group_by(tags.c.value)
        return _ordered(Counter({value: count for value, count in connection.execute(counted)}))
    if len(numbers) <= _FEW:
        told = told.where(tags.c.article.in_(numbers))
    hits = set(numbers)
    return _ordered(Counter(value for value, article in connection.execute(told).cursor.fetchall() if article in hits))


def _months(numbers: Sequence[int]) -> Counted:
    """Months, the latest first."""
    import numpy as np

    days, counts = np.unique(np.fromiter(numbers, dtype=np.int64, count=len(numbers)) >> DAY_BITS, return_counts=True)
    counted: Counter[str] = Counter()
    for day, count in zip(days.tolist(), counts.tolist(), strict=True):
        if day:
            counted[iso_day(day)[:7]] += count
    return sorted(counted.items(), reverse=True)
