"""How many articles answer, and how many of them have which outlet, types, certainties, agencies, months.

Comes in: a tree. Goes out: numbers that equal what paging returns. All facets of one question are counted from columns of all
articles (`columns`), where types and certainties stand as bits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, func, select

from ..archive.columns import CLAIM_WORDS
from ..archive.parts import CERTAINTY_WORDS, certainty_bit, type_bit
from ..archive.places import DAY_BITS, iso_day
from ..archive.schema import articles, outlets
from .columns import Columns, columns_of, table_of
from .conditions import narrowed, numbers_are_cheap, numbers_of
from .names import meaning
from .narrowing import every_answer
from .paging import Slice, article_page, conditions_of, everywhere, write_key
from .query import Node

if TYPE_CHECKING:
    from .columns import Column

Facet = Literal["outlet", "type", "certainty", "wire", "month"]
FACETS: tuple[Facet, ...] = ("outlet", "type", "certainty", "wire", "month")

Counted = list[tuple[str, int]]
"""Values and how many articles have each, most first."""

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
    import numpy as np

    node = None if node is None else meaning(connection, node)
    every = columns_of(connection)
    hits = None if node is None else np.searchsorted(every.numbers, _numbers(connection, node))
    numbers, outlets_, kinds = (column if hits is None else column[hits] for column in (every.numbers, every.outlets, every.kinds))
    made: dict[str, Counted] = {}
    for name in names:
        if name == "outlet":
            made[name] = _outlets(connection, outlets_)
        elif name == "month":
            made[name] = _months(numbers)
        elif name == "wire":
            made[name] = _wires(every, hits)
        else:
            words, bit = (CLAIM_WORDS, type_bit) if name == "type" else (CERTAINTY_WORDS, certainty_bit)
            made[name] = _by_bits(kinds, {word: bit(word) for word in words})
    return made


def _numbers(connection: Connection, node: Node) -> Column:
    """The numbers of the articles that answer, each once."""
    import numpy as np

    inside = everywhere(connection)
    told = numbers_of(node, inside)
    if told is None and (found := every_answer(connection, node, narrowed(node, inside))) is not None:
        return np.array(found, dtype=np.int64)
    rows = select(articles.c.number).where(*conditions_of(node, narrowed(node, inside))) if told is None else told
    return table_of(connection, rows, 1)[:, 0]


def _ordered(counted: Counter[str]) -> Counted:
    return sorted(counted.items(), key=lambda told: (-told[1], told[0]))


def _outlets(connection: Connection, told: Column) -> Counted:
    names = {number: name for number, name in connection.execute(select(outlets.c.number, outlets.c.name))}
    return _ordered(Counter({names[number]: count for number, count in _counts(told) if number >= 0}))


def _counts(column: Column) -> Iterable[tuple[int, int]]:
    """Each value and how often it is there."""
    import numpy as np

    values, counts = np.unique(column, return_counts=True)
    return zip(values.tolist(), counts.tolist(), strict=True)


def _by_bits(kinds: Column, bits: dict[str, int]) -> Counted:
    """How many articles have each bit. There are nearly as many combinations as articles, so that they are counted in one array."""
    import numpy as np

    return _ordered(Counter({word: count for word, bit in bits.items() if (count := int(np.count_nonzero(kinds & bit)))}))


def _wires(every: Columns, hits: Column | None) -> Counted:
    import numpy as np

    codes = every.wire_codes
    if hits is not None:
        among = np.zeros(len(every.numbers), dtype=np.bool_)
        among[hits] = True
        codes = codes[among[every.wires]]
    return _ordered(Counter({every.wire_names[code]: count for code, count in _counts(codes)}))


def _months(numbers: Column) -> Counted:
    """Months, the latest first."""
    counted: Counter[str] = Counter()
    for day, count in _counts(numbers >> DAY_BITS):
        if day:
            counted[iso_day(day)[:7]] += count
    return sorted(counted.items(), reverse=True)
