"""Lines without their sources counted: for pictures, which show many at once, and lead to the claim that has its counts.

Comes in: an archive, a query. Goes out: the lines of `ask`, in the same order, read from their articles alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from ..archive.engine import Archive
from ..archive.keep import load_records
from ..archive.places import day_of_number
from ..archive.schema import claims
from ..search import find
from ..search.query import parse
from .ask import Lines, timeline_keys
from .lines import Article, Line


def opened(archive: Archive, connection: Connection, keys: Iterable[Sequence[int]]) -> tuple[Line, ...]:
    """The claims at these places, each article opened once."""
    keys = [(key[0], key[1]) for key in keys]
    records = load_records(archive, connection, list(dict.fromkeys(number for number, _ in keys)))
    read = {number: Article(id, record) for number, (id, record) in records.items()}
    return tuple(read[number].claim(ordinal) for number, ordinal in keys)


def claims_of(archive: Archive, query: str, *, size: int, after: str | None = None) -> Lines:
    """As `ask.claims_of`, without counts."""
    with archive.reading() as connection:
        page = find.claim_page(connection, parse(query), size, after)
        return Lines(opened(archive, connection, page.keys), page.next)


def timeline(
    archive: Archive, place: str | None, from_: str, to: str | None, *, query: str = "", size: int, after: str | None = None, longest: int | None = None
) -> Lines:
    """As `ask.timeline`, without counts; ``longest`` as in `ask.timeline_keys`."""
    with archive.reading() as connection:
        keys, next_ = timeline_keys(connection, place, from_, to, query=query, size=size, after=after, longest=longest)
        return Lines(opened(archive, connection, keys), next_)


@dataclass(frozen=True, slots=True)
class Judged:
    """How one claim is told, and the day on which it was printed."""

    day: int
    certainty: str
    polarity: str
    tense: str


def judged(archive: Archive, query: str, most: int) -> tuple[list[Judged], bool]:
    """How the newest claims that answer are told, from the tables alone, and whether there are more. Undated articles have no month."""
    with archive.reading() as connection:
        page = find.claim_page(connection, parse(query), most)
        wanted: dict[int, set[int]] = {}
        for number, ordinal in page.keys:
            wanted.setdefault(number, set()).add(ordinal)
        found = []
        numbers = list(wanted)
        for at in range(0, len(numbers), 500):
            some = numbers[at : at + 500]
            rows = connection.execute(select(claims.c.article, claims.c.claim, claims.c.certainty, claims.c.polarity, claims.c.tense).where(claims.c.article.in_(some)))
            found += [
                Judged(day, certainty, polarity, tense)
                for number, ordinal, certainty, polarity, tense in rows
                if ordinal in wanted[number] and (day := day_of_number(number)) is not None
            ]
        return found, page.next is not None
