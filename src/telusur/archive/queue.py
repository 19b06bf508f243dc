"""What waits for a person: articles by their most doubtful item, and the items of one article.

Comes in: an archive. Goes out: one `Waiting` after another; a decision on the first changes who comes next.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from ..errors import BadRequest
from .doubts import open_items
from .engine import Archive
from .keep import load_record
from .places import item_key
from .schema import articles, doubts

Skipped = Collection[tuple[str, str]]
"""Article and key of items that a person wants to see later."""

_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """One item to be reviewed, in its article's record. ``copies``: how many other articles have the same text."""

    article: str
    number: int
    key: str
    layer: str
    item: dict[str, Any]
    confidence: float
    record: dict[str, Any]
    copies: int
    left: int


def resolve_article(connection: Connection, id: str) -> str:
    """The whole id of an article by an unmistakable beginning of it.

    Raises:
        BadRequest: there is none, or several begin so.
    """
    begin = (articles.c.id >= id) & (articles.c.id < f"{id}g")  # ids are hex digits: by the index
    found = connection.execute(select(articles.c.id).where(begin).limit(2)).scalars().all() if id else []
    if len(found) != 1:
        what = "there is no article" if not found else "several articles have an id that begins with"
        raise BadRequest(f"{what} {id!r}; nothing was done; searches print ids")
    return str(found[0])


def next_waiting(archive: Archive, *, among: Collection[int] | None = None, skipped: Skipped = ()) -> Waiting | None:
    """The most doubtful item that nobody has decided on and that is not skipped; ``among``: numbers of articles to look in."""
    with archive.reading() as connection:
        below = None
        while rows := _page(connection, among, below, _AT_ONCE if below or skipped else 1):
            found = [one for row in rows if (one := _first(archive, connection, row.article, skipped))]
            if found:
                return min(found, key=lambda one: (one.confidence, one.number))
            below = (rows[-1].doubt, rows[-1].article)
    return None


def _page(connection: Connection, among: Collection[int] | None, after: tuple[int, int] | None, most: int) -> list[Any]:
    wanted = select(doubts.c.article, doubts.c.doubt).order_by(doubts.c.doubt, doubts.c.article).limit(most)
    if among is not None:
        wanted = wanted.where(doubts.c.article.in_(among))
    if after is not None:
        doubt, article = after
        wanted = wanted.where((doubts.c.doubt > doubt) | ((doubts.c.doubt == doubt) & (doubts.c.article > article)))
    return list(connection.execute(wanted).all())


def _first(archive: Archive, connection: Connection, number: int, skipped: Skipped) -> Waiting | None:
    row = connection.execute(select(articles.c.id, articles.c.text_hash).where(articles.c.number == number)).one()
    record = load_record(archive, connection, number)
    items = open_items(record)
    for confidence, layer, item in items:
        key = item_key(layer, item)
        if (row.id, key) not in skipped:
            same = connection.execute(select(func.count()).where(articles.c.text_hash == row.text_hash)).scalar_one()
            return Waiting(row.id, number, key, layer, dict(item), confidence, record, same - 1, len(items))
    return None


def waiting(connection: Connection) -> int:
    """How many articles hold something that nobody has decided on."""
    return connection.execute(select(func.count()).select_from(doubts)).scalar_one()


def copies_of(connection: Connection, article: str) -> list[str]:
    """Ids of the other articles that have the same text."""
    same = select(articles.c.text_hash).where(articles.c.id == article).scalar_subquery()
    return list(connection.execute(select(articles.c.id).where(articles.c.text_hash == same, articles.c.id != article).order_by(articles.c.id)).scalars())
