"""Claims traced to their origins, and stories: articles that are one text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, select

from ...answers import traced as answers
from ...answers.lines import Article
from ...archive.keep import load_record
from ...archive.places import ID_LENGTH
from ...archive.queue import resolve_article
from ...archive.schema import articles
from ...archive.tracing_tables import traced, traced_texts
from ...errors import BadRequest
from ...search.find import read_key, write_key
from ...trace.copies import copies_page
from ...trace.origin import Origin, origin_of
from ...trace.stories import Comparison, compare_articles, story_of
from . import questions, shapes
from .asked import Asked, counted
from .lists import shaped
from .people import day
from .problems import Refused

_DATED = 1 << 24
_AT_ONCE = 100


def trace(asked: Asked) -> shapes.Traced:
    id = asked.path["id"].replace(":", "#", 1)
    if "#" not in id:
        raise Refused("not-found", f"{id[:80]!r} is no id of a claim; nothing was traced; lists of claims print ids, like 0f0083c8#c499-511")
    try:
        found = answers.trace(asked.archive, id)
    except BadRequest as error:
        raise Refused("not-found", str(error)) from error
    told: shapes.Traced = shaped(found.to_dict(), shapes.Traced)
    return told


def list_copies(asked: Asked) -> shapes.Copies:
    article = _article(asked, asked.path["id"])
    page = copies_page(asked.connection, article, size=asked.told.size, after=asked.after)
    return shapes.Copies(article, list(page.copies), next=page.next, count=page.count, count_is_exact=True, snapshot=asked.state)


def _article(asked: Asked, id: str) -> str:
    try:
        return resolve_article(asked.connection, id)
    except BadRequest as error:
        raise Refused("not-found", str(error)) from error


def show_story(asked: Asked) -> shapes.Story:
    """By the id of the story, or of any of its articles; a page of it."""
    id = asked.path["id"]
    article = _article(asked, id[1:] if id[:1] == "f" and len(id) == ID_LENGTH + 1 else id)
    told = story_of(asked.connection, article, size=asked.told.size, after=asked.after)
    return shapes.Story(
        told.asked, told.family, told.base, list(told.retellings), list(told.elsewhere), list(told.versions),
        next=told.next, count=told.count, count_is_exact=True, snapshot=asked.state,
    )  # fmt: skip


def diff(asked: Asked) -> Comparison:
    told: questions.Diff = asked.told
    return compare_articles(asked.connection, _article(asked, told.one), _article(asked, told.other))


def origin(asked: Asked) -> Origin:
    return origin_of(asked.connection, asked.told.text)


# --- all of them ------------------------------------------------------------------------------------------------


def list_stories(asked: Asked) -> shapes.Stories:
    items, after = _page(asked, asked.told.size, asked.after)
    count, exact = counted(asked.connection, _families())
    return shapes.Stories(items=items, next=after, count=count, count_is_exact=exact, snapshot=asked.state)


def every_story(asked: Asked) -> Iterator[shapes.StoryShort]:
    after: str | None = None
    while True:
        items, after = _page(asked, _AT_ONCE, after)
        yield from items
        if after is None:
            return


def _families() -> Select[Any]:
    """Numbers of families that more than one article carries."""
    joined = traced_texts.join(traced, traced.c.text == traced_texts.c.number)
    return select(traced_texts.c.family).select_from(joined).group_by(traced_texts.c.family).having(func.count() > 1)


def _page(asked: Asked, size: int, after: str | None) -> tuple[list[shapes.StoryShort], str | None]:
    key = read_key(after, 1)
    wanted = _families().order_by(traced_texts.c.family.desc()).limit(size + 1)
    found = list(asked.connection.execute(wanted if key is None else wanted.where(traced_texts.c.family < key[0])).scalars())
    items = [_story(asked, family) for family in found[:size]]
    return items, write_key((found[size - 1],)) if len(found) > size else None


def _story(asked: Asked, family: int) -> shapes.StoryShort:
    number = articles.c.number
    joined = traced_texts.join(traced, traced.c.text == traced_texts.c.number).join(articles, number == traced.c.article)
    told = select(
        func.min(articles.c.id).label("id"), func.count().label("articles"), func.count(func.distinct(articles.c.outlet)).label("outlets"),
        func.min(number).filter(number >= _DATED).label("first"), func.max(number).label("last"),
    )  # fmt: skip
    row = asked.connection.execute(told.select_from(joined).where(traced_texts.c.family == family)).one()
    opened = Article("", load_record(asked.archive, asked.connection, row.first or row.last))
    return shapes.StoryShort(f"f{row.id}", opened.reference.title, row[1], row.outlets, day(row.first), day(row.last))
