"""Decisions: what people decided, what waits for them, and new ones.

A decision is made by `archive.review` in one transaction, with the name of whoever asks: it is there whole, or not at all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from heapq import heappop, heappush, heapreplace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, or_, select, tuple_

from ...answers.lines import Article
from ...archive import decisions as made
from ...archive.decisions import Wish
from ...archive.doubts import open_items
from ...archive.engine import Archive
from ...archive.fields import read_value
from ...archive.keep import find_number, load_record
from ...archive.queue import resolve_article, waiting
from ...archive.review import Decided, decide, key_in
from ...archive.schema import articles, decisions, doubts
from ...errors import BadRequest
from ...search.find import article_page, read_key, write_key
from ...search.query import parse
from ..security import Person
from . import questions, shapes
from .asked import Asked, counted
from .lists import line
from .problems import Refused

_AT_ONCE = 200
_FIELDS = tuple(name for name in shapes.Decision.__struct_fields__ if name != "stands")


def list_decisions(asked: Asked) -> shapes.Decisions:
    told: questions.DecisionList = asked.told
    article = _article(asked.connection, told.article)
    key = read_key(asked.after, 1)
    rows = made.listed(asked.connection, article=article, who=told.who or None, below=key[0] if key else None, most=told.size + 1)
    count, exact = counted(asked.connection, _wanted(asked.connection, article, told.who))
    return shapes.Decisions(
        items=_told(asked.connection, rows[: told.size]), next=write_key((rows[told.size - 1]["number"],)) if len(rows) > told.size else None,
        count=count, count_is_exact=exact, snapshot=asked.state,
    )  # fmt: skip


def every_decision(asked: Asked) -> Iterator[shapes.Decision]:
    article, below = _article(asked.connection, asked.told.article), None
    while rows := made.listed(asked.connection, article=article, who=asked.told.who or None, below=below, most=_AT_ONCE):
        yield from _told(asked.connection, rows)
        below = rows[-1]["number"]


def _article(connection: Connection, id: str) -> str | None:
    return resolve_article(connection, id) if id else None


def _wanted(connection: Connection, article: str | None, who: str) -> Any:
    wanted = select(decisions.c.number)
    if article is not None:
        same = connection.execute(select(articles.c.text_hash).where(articles.c.id == article)).scalar()
        wanted = wanted.where(or_(decisions.c.article == article, decisions.c.text_hash == same))
    return wanted.where(decisions.c.who == who) if who else wanted


def _told(connection: Connection, rows: list[Mapping[str, Any]]) -> list[shapes.Decision]:
    undone = made.undone_by(connection, [row["id"] for row in rows])
    return [shapes.Decision(**{name: row[name] for name in _FIELDS}, stands=row["id"] not in undone) for row in rows]


# --- what waits -------------------------------------------------------------------------------------------------


def list_queue(asked: Asked) -> shapes.Queue:
    told: questions.QueueList = asked.told
    among = [key[0] for key in article_page(asked.connection, parse(told.q), 1000).keys] if told.q else None
    items = list(islice(_waiting(asked, among), told.size))
    return shapes.Queue(items, len(among) if among is not None else waiting(asked.connection))


def _waiting(asked: Asked, among: list[int] | None) -> Iterator[shapes.Waiting]:
    """Items of all articles, the most doubtful first. An article is opened when its first item may be the next, and once."""
    open_: list[tuple[float, int, _Opened]] = []
    for doubt, number in _doubts(asked.connection, among):
        while open_ and open_[0][0] <= doubt / 1000:
            yield _next(open_)
        one = _Opened(asked, number)
        if one.items:
            heappush(open_, (one.items[0][0], number, one))
    while open_:
        yield _next(open_)


def _doubts(connection: Connection, among: list[int] | None) -> Iterator[tuple[int, int]]:
    """Articles in which something waits, by the least confidence in them."""
    wanted = select(doubts.c.doubt, doubts.c.article).order_by(doubts.c.doubt, doubts.c.article).limit(_AT_ONCE)
    wanted = wanted if among is None else wanted.where(doubts.c.article.in_(among))
    after: tuple[int, int] | None = None
    while rows := connection.execute(wanted if after is None else wanted.where(tuple_(doubts.c.doubt, doubts.c.article) > after)).all():
        yield from ((int(row.doubt), int(row.article)) for row in rows)
        after = (rows[-1].doubt, rows[-1].article)


def _next(open_: list[tuple[float, int, _Opened]]) -> shapes.Waiting:
    _, number, one = open_[0]
    told = one.take()
    if one.items:
        heapreplace(open_, (one.items[0][0], number, one))
    else:
        heappop(open_)
    return told


class _Opened:
    """An article with what waits in it."""

    def __init__(self, asked: Asked, number: int) -> None:
        connection = asked.connection
        row = connection.execute(select(articles.c.id, articles.c.text_hash).where(articles.c.number == number)).one()
        self.article = Article(row.id, load_record(asked.archive, connection, number))
        self.copies = connection.execute(select(func.count()).where(articles.c.text_hash == row.text_hash)).scalar_one() - 1
        self.items = deque(open_items(self.article.record))

    def take(self) -> shapes.Waiting:
        left = len(self.items)
        sure, layer, item = self.items.popleft()
        ordinal = next(n for n, other in enumerate(self.article.record[layer]) if other is item)
        told = self.article.claim(ordinal) if layer == "claims" else self.article.saying(ordinal)
        return shapes.Waiting(line(told), "claims" if layer == "claims" else "attributions", round(min(max(sure, 0.0), 1.0), 3), self.copies, left)


# --- deciding ---------------------------------------------------------------------------------------------------


def make(archive: Archive, person: Person, body: questions.Decide) -> shapes.Decided:
    """Makes a decision in the name of whoever asks.

    Raises:
        Refused: there is no such article, item or decision.
        BadRequest: it cannot be done; nothing was.
    """
    decided: Decided = decide(archive, _wish(archive, person.name, body))
    return shapes.Decided(decided.id, person.name, list(decided.articles))


def _wish(archive: Archive, who: str, body: questions.Decide) -> Wish:
    if isinstance(body, questions.Undo):
        return Wish("undo", who, body.why, undoes=body.decision)
    with archive.reading() as connection:
        try:
            article = resolve_article(connection, body.article)
        except BadRequest as error:
            raise Refused("not-found", str(error)) from error
        record = load_record(archive, connection, find_number(connection, article) or 0)
    key = key_in(record, body.item)
    if isinstance(body, questions.Correct):
        field, value = read_value(record, key, body.field, body.value)
        return Wish("correct", who, body.why, article, key, field, value)
    return Wish("accept" if isinstance(body, questions.Accept) else "reject", who, body.why, article, key)


