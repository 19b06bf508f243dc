"""Pages of hits as quick as a page must be: nothing is counted but what is shown.

As `answers.ask`, which counts all articles that answer and all sources of each claim. Here a page of hits opens its own articles and
no others; counts come when a reader asks for them (`pages.claim.counted`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from ..answers import uncounted
from ..answers.ask import LINES_A_HIT, Hit, Lines
from ..answers.hits import best_sentence
from ..answers.lines import Article, Line
from ..archive.keep import load_records
from ..archive.schema import claims, sayings
from ..search import find, paging, ranking
from ..search.conditions import Stretch, of_claim, of_saying
from ..search.query import Node, parse
from .snapshots import Snapshot


class Opened:
    """Articles opened once each."""

    def __init__(self, archive: Snapshot) -> None:
        self.archive = archive
        self._opened: dict[int, Article] = {}

    def __call__(self, number: int) -> Article:
        self.open((number,))
        return self._opened[number]

    def open(self, numbers: Iterable[int]) -> None:
        """Opens several by one question."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self._opened]
        read = load_records(self.archive, self.archive.connection, missing) if missing else {}
        self._opened |= {number: Article(*read[number]) for number in missing}


def search(archive: Snapshot, query: str, *, size: int, after: str | None = None, best: bool = False) -> tuple[list[Hit], str | None, bool]:
    """Hits, the key of the next page, and whether all that answer were ranked.

    Raises:
        BadRequest: the query or the key cannot be understood.
    """
    node, connection = parse(query), archive.connection
    ranked = best and node is not None
    if best and node is not None:
        page, whole = _best(connection, node, size, after)
    else:
        page, whole = paging.article_page(connection, node, size, after), True
    numbers = [key[-1] if ranked else key[0] for key in page.keys]
    return hits_at(archive, node, numbers), page.next, whole


def hits_at(archive: Snapshot, node: Node | None, numbers: Sequence[int]) -> list[Hit]:
    """These articles as hits of a query, in this order."""
    opened = Opened(archive)
    opened.open(numbers)
    lines, wanted = _lines(archive.connection, opened, node, numbers), find.positive_words(node)
    hits = []
    for number in numbers:
        article, told = opened(number), tuple(lines.get(number, ()))
        why = told[0].sentence if told and not wanted else best_sentence(article, wanted)
        hits.append(Hit(article.reference, why, told))
    return hits


def _best(connection: Connection, node: Node, size: int, after: str | None) -> tuple[paging.Slice, bool]:
    ranked = ranking.rank(connection, node)
    keys = [(round(score * 1e6), number) for number, score in ranked.scored]
    if before := paging.read_key(after, 2):
        keys = [key for key in keys if (-key[0], -key[1]) > (-before[0], -before[1])]
    return paging.Slice(tuple(keys[:size]), paging.write_key(keys[size - 1]) if len(keys) > size else None), ranked.all


def _lines(connection: Connection, opened: Opened, node: Node | None, numbers: Sequence[int]) -> dict[int, list[Line]]:
    """The claims and sayings that the query's fields mean, a few of each article."""
    found: dict[int, list[Line]] = {}
    for group in find.item_groups(node) if numbers else ():
        stretch = Stretch(connection.dialect.name, min(numbers), max(numbers) + 1)
        c, s = claims.c, sayings.c
        rows: Any = select(c.article, c.claim).where(of_claim(group, stretch), c.article.in_(numbers)).order_by(c.article, c.claim)
        _keep(found, connection.execute(rows), lambda number, place: opened(number).claim(place))
        if find.by_saying(group):
            rows = select(s.article, s.saying).where(of_saying(group, stretch), s.article.in_(numbers)).order_by(s.article, s.saying)
            _keep(found, connection.execute(rows), lambda number, place: opened(number).saying(place))
    return found


def _keep(found: dict[int, list[Line]], rows: Any, make: Callable[[int, int], Line]) -> None:
    for number, place in rows:
        lines = found.setdefault(number, [])
        if len(lines) < LINES_A_HIT:
            lines.append(make(number, place))


def claims_of(archive: Snapshot, query: str, *, size: int, after: str | None = None) -> Lines:
    """Claims that answer, without their sources counted."""
    return uncounted.claims_of(archive, query, size=size, after=after)


def sayings_of(archive: Snapshot, query: str, *, size: int, after: str | None = None) -> Lines:
    """Sayings that answer."""
    page = find.saying_page(archive.connection, parse(query), size, after)
    opened = Opened(archive)
    opened.open(number for number, _ in page.keys)
    return Lines(tuple(opened(number).saying(place) for number, place in page.keys), page.next)
