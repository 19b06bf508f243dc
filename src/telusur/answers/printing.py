"""What was printed: which articles carry a text that an earlier one carries, and how much of an outlet is an agency's copy.

Comes in: a query. Goes out: counts over the newest articles that answer. The oldest article of a text in the archive counts as the original:
what the archive does not hold nobody can tell. Articles that were not compared yet are counted apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from ..archive.engine import Archive
from ..archive.places import DAY_BITS, day_of_number
from ..archive.schema import articles, outlets, tags
from ..archive.tracing_tables import traced, traced_texts
from ..search import find
from ..search.query import parse

MOST_ARTICLES = 3000
_AT_ONCE = 500
_DATED = 1 << DAY_BITS
"""The least number of a dated article."""


@dataclass(frozen=True, slots=True)
class Printing:
    """``days``: of each dated and compared article its day, as `places.day_of` counts, and whether it is a copy. ``wires``: articles by outlet and
    agency; ``outlets``: all articles by outlet. ``untraced`` are not compared yet; ``more``: older ones answer too."""

    days: tuple[tuple[int, bool], ...]
    wires: dict[tuple[str, str], int]
    outlets: dict[str, int]
    untraced: int
    counted: int
    more: bool


def printing(archive: Archive, query: str = "") -> Printing:
    """What was printed of what a query finds.

    Raises:
        BadRequest: the query cannot be understood.
    """
    with archive.reading() as connection:
        page = find.article_page(connection, parse(query), MOST_ARTICLES)
        numbers = [key[0] for key in page.keys]
        families = _families(connection, numbers)
        first = _first_of(connection, sorted(set(families.values())))
        wires, printed = _by_outlet(connection, numbers)
    days = [(day, first.get(families[n], n) != n) for n in numbers if n in families and (day := day_of_number(n)) is not None]
    return Printing(tuple(days), dict(wires), dict(printed), len(numbers) - len(families), len(numbers), page.next is not None)


def _families(connection: Connection, numbers: list[int]) -> dict[int, int]:
    """The text that each article carries, those that are one text counted as one; without those that were not compared yet."""
    found: dict[int, int] = {}
    for at in range(0, len(numbers), _AT_ONCE):
        rows = select(traced.c.article, traced_texts.c.family).join(traced_texts, traced_texts.c.number == traced.c.text)
        found |= {int(a): int(f) for a, f in connection.execute(rows.where(traced.c.article.in_(numbers[at : at + _AT_ONCE])))}
    return found


def _first_of(connection: Connection, families: list[int]) -> dict[int, int]:
    """The oldest dated article of each text, in the whole archive."""
    found: dict[int, int] = {}
    for at in range(0, len(families), _AT_ONCE):
        rows = select(traced_texts.c.family, func.min(traced.c.article)).join(traced, traced.c.text == traced_texts.c.number)
        wanted = rows.where(traced_texts.c.family.in_(families[at : at + _AT_ONCE]), traced.c.article >= _DATED).group_by(traced_texts.c.family)
        found |= {int(f): int(a) for f, a in connection.execute(wanted)}
    return found


def _by_outlet(connection: Connection, numbers: list[int]) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    wires: Counter[tuple[str, str]] = Counter()
    printed: Counter[str] = Counter()
    named = articles.join(outlets, outlets.c.number == articles.c.outlet)
    for at in range(0, len(numbers), _AT_ONCE):
        some = articles.c.number.in_(numbers[at : at + _AT_ONCE])
        for outlet, count in connection.execute(select(outlets.c.name, func.count()).select_from(named).where(some).group_by(outlets.c.name)):
            printed[str(outlet)] += int(count)
        carried = select(outlets.c.name, tags.c.value, func.count()).select_from(named.join(tags, tags.c.article == articles.c.number))
        for outlet, wire, count in connection.execute(carried.where(some, tags.c.field == "wire").group_by(outlets.c.name, tags.c.value)):
            wires[(str(outlet), str(wire))] += int(count)
    return wires, printed
