"""Lists of articles, claims, sayings and hits, page by page: the questions of `answers.ask`, counted.

Comes in: an `Asked`. Goes out: a page of a shape, and the rows of a whole list one after another for `streams`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Connection, func, literal, select

from ...answers import ask as answers
from ...answers.ask import MOST, Hit, Profile
from ...answers.lines import Article, Line, Reference
from ...archive.keep import load_record
from ...archive.schema import REJECTED, articles, claims, sayings
from ...search import find
from ...search.conditions import Stretch, items_of, of_article, of_claim, of_saying
from ...search.query import And, Field, Node, Not, parse
from ...trace.proof import Tracer
from . import questions, shapes
from .asked import Asked, counted

Key = str | None
Part = Callable[[int, Key], tuple[list[Any], Key]]
"""So many items behind a key, and the key of what follows."""


def shaped(told: Any, shape: Any) -> Any:
    """A plain value of the library as the shape that is sent; what does not fit is a fault of ours, and is found by tests."""
    return msgspec.convert(told, shape, from_attributes=True)


def line(told: Line) -> shapes.Line:
    shape: shapes.Line = shaped(told.to_dict(), shapes.Line)
    return shape


def reference(told: Reference) -> shapes.Reference:
    shape: shapes.Reference = shaped(told.to_dict(), shapes.Reference)
    return shape


def filled(part: Part, size: int, after: Key) -> tuple[list[Any], Key]:
    """A page of more items than one answer of the library holds: several answers of the same moment."""
    found: list[Any] = []
    while True:
        some, after = part(min(size - len(found), MOST), after)
        found += some
        if after is None or len(found) >= size:
            return found, after


def everything(part: Part) -> Iterator[Any]:
    """All items, however many, page after page."""
    after: Key = None
    while True:
        some, after = part(MOST, after)
        yield from some
        if after is None:
            return


# --- articles ---------------------------------------------------------------------------------------------------


def articles_part(asked: Asked) -> Part:
    node = parse(asked.told.q)

    def part(size: int, after: Key) -> tuple[list[Any], Key]:
        page = find.article_page(asked.connection, node, size, after)
        return references(asked, [key[0] for key in page.keys]), page.next

    return part


def references(asked: Asked, numbers: list[int]) -> list[shapes.Reference]:
    """Articles by their numbers, in the order of these."""
    ids = dict(asked.connection.execute(select(articles.c.number, articles.c.id).where(articles.c.number.in_(numbers))).tuples().all())
    opened = (Article(ids[n], load_record(asked.archive, asked.connection, n)) for n in numbers)
    return [reference(one.reference) for one in opened]


def list_articles(asked: Asked) -> shapes.Articles:
    items, after = filled(articles_part(asked), asked.told.size, asked.after)
    return shapes.Articles(items=items, next=after, snapshot=asked.state, **_article_count(asked.connection, parse(asked.told.q)))


def _everywhere(connection: Connection) -> Stretch:
    return Stretch(connection.dialect.name, 0, find.BEYOND)


def _article_count(connection: Connection, node: Node | None) -> dict[str, Any]:
    if node is None:
        return _counts(connection.execute(select(func.count()).select_from(articles)).scalar_one(), True)
    return _counts(*counted(connection, select(articles.c.number).where(of_article(node, _everywhere(connection)))))


def _counts(count: int, exact: bool) -> dict[str, Any]:
    return {"count": count, "count_is_exact": exact}


# --- claims and sayings -----------------------------------------------------------------------------------------


COUNTED_MOST = 50
"""The most claims of a page whose sources are counted: what takes long is not done a thousand times at once."""


class _Opened:
    """Articles opened once each, and their claims as lines; with how many sources tell each, where that is asked for."""

    def __init__(self, asked: Asked, sources: bool) -> None:
        self.asked = asked
        self.tracer = Tracer(asked.archive, asked.connection) if sources else None
        self.articles: dict[int, Article] = {}

    def claim(self, number: int, ordinal: int) -> Line:
        if number not in self.articles:
            id = self.asked.connection.execute(select(articles.c.id).where(articles.c.number == number)).scalar_one()
            self.articles[number] = Article(id, load_record(self.asked.archive, self.asked.connection, number))
        told = self.articles[number].claim(ordinal)
        return told if self.tracer is None or told.review == "rejected" else replace(told, sources=self.tracer.counts(number, ordinal))

    def claims(self, keys: Iterable[Sequence[int]]) -> list[Line]:
        return [self.claim(number, ordinal) for number, ordinal in keys]


def claims_part(asked: Asked) -> Part:
    node = parse(asked.told.q)

    def part(size: int, after: Key) -> tuple[list[Any], Key]:
        page = find.claim_page(asked.connection, node, size, after)
        return _Opened(asked, asked.told.sources).claims(page.keys), page.next

    return part


def sayings_part(asked: Asked) -> Part:
    def part(size: int, after: Key) -> tuple[list[Any], Key]:
        page = answers.sayings_of(asked.archive, asked.told.q, size=size, after=after)
        return list(page.lines), page.next

    return part


def timeline_part(asked: Asked) -> Part:
    told: questions.WholeTimeline = asked.told

    def part(size: int, after: Key) -> tuple[list[Any], Key]:
        keys, following = answers.timeline_keys(asked.connection, told.place or None, told.from_, told.to or None, query=told.q, size=size, after=after)
        return _Opened(asked, told.sources).claims(keys), following

    return part


def _page_size(asked: Asked) -> int:
    size: int = asked.told.size
    return min(size, COUNTED_MOST) if asked.told.sources else size


def list_claims(asked: Asked) -> shapes.Lines:
    return _lines(asked, claims_part(asked), _page_size(asked), _count_items(asked.connection, asked.told.q, claims, of_claim))


def list_attributions(asked: Asked) -> shapes.Lines:
    return _lines(asked, sayings_part(asked), asked.told.size, _count_items(asked.connection, asked.told.q, sayings, of_saying))


def _lines(asked: Asked, part: Part, size: int, counts: dict[str, Any]) -> shapes.Lines:
    items, after = filled(part, size, asked.after)
    return shapes.Lines(items=[line(one) for one in items], next=after, snapshot=asked.state, **counts)


def list_timeline(asked: Asked) -> shapes.Lines:
    """Not counted beyond its page: dates are laid over whole stretches of the archive."""
    items, after = filled(timeline_part(asked), _page_size(asked), asked.after)
    exact = after is None and not asked.after
    return shapes.Lines(
        items=[line(one) for one in items], next=after, snapshot=asked.state, count=len(items), count_is_exact=exact
    )


def _count_items(connection: Connection, query: str, table: Any, holds: Callable[[list[Field | Not], Stretch], Any]) -> dict[str, Any]:
    """How many claims or sayings answer a query."""
    node, stretch = parse(query), _everywhere(connection)
    together, apart = items_of(node if isinstance(node, And) else And((node,))) if node is not None else ([], [])
    wanted = select(literal(1)).select_from(table).where(table.c.review != REJECTED, holds(together, stretch))
    if apart:
        inside = select(articles.c.number).where(of_article(And(tuple(apart)), stretch))
        wanted = wanted.where(table.c.article.in_(inside))
    return _counts(*counted(connection, wanted))


# --- search, who ------------------------------------------------------------------------------------------------


def search(asked: Asked) -> shapes.Found:
    told: questions.Search = asked.told
    facets: tuple[Any, ...] = tuple(part for part in told.facets.split(",") if part)
    first = answers.search(asked.archive, told.q, size=told.size, after=asked.after, best=told.best, facets=facets)

    def part(size: int, after: Key) -> tuple[list[Any], Key]:
        page = first if after == asked.after else answers.search(asked.archive, told.q, size=size, after=after, best=told.best)
        return list(page.hits), page.next

    hits, after = filled(part, told.size, asked.after)
    counted_facets = {name: [shapes.FacetValue(value, count) for value, count in found] for name, found in first.facets.items()}
    return shapes.Found(
        items=[hit(one) for one in hits], facets=shapes.Facets(**counted_facets), all_ranked=first.all_ranked,
        next=after, count=first.count, count_is_exact=first.count_exact, snapshot=asked.state,
    )  # fmt: skip


def hit(told: Hit) -> shapes.Hit:
    shape: shapes.Hit = shaped(told.to_dict(), shapes.Hit)
    return shape


def who(asked: Asked) -> shapes.Profile:
    told: questions.Who = asked.told
    found: Profile = answers.who(
        asked.archive, told.name, about=told.about or None, from_=told.from_ or None, to=told.to or None, size=told.size, after=asked.after
    )
    return shapes.Profile(
        asked=found.asked,
        names=[shaped({"name": name, "type": kind, "articles": count}, shapes.Name) for name, kind, count in found.names],
        holds=[line(one) for one in found.holds],
        held=[line(one) for one in found.held],
        said=[line(one) for one in found.said],
        next=found.next,
        snapshot=asked.state,
    )
