"""Who is in the archive: actors, and outlets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

from sqlalchemy import Connection, func, select

from ...archive import actors as faces
from ...archive.actors import Actor, Listed
from ...archive.faces import better_name
from ...archive.offices import read_role
from ...archive.places import day_of_number, iso_day
from ...archive.schema import actors, articles, entities, outlets
from ...errors import BadRequest
from ...search.find import read_key, write_key
from . import questions, shapes
from .asked import Asked
from .problems import Refused

MOST_NAMED = 1000
"""Actors of one name that are put in order; nobody's name is borne by more."""

_DATED = 1 << 24


def list_actors(asked: Asked) -> shapes.Actors:
    told: questions.ActorList = asked.told
    if told.name:
        return _named(asked, told)
    items, after = _page(asked, told.size, asked.after)
    count = asked.connection.execute(select(func.count(func.distinct(actors.c.whole)))).scalar_one()
    return shapes.Actors(items=items, alone=[], next=after, count=count, count_is_exact=True, snapshot=asked.state)


def _named(asked: Asked, told: questions.ActorList) -> shapes.Actors:
    """Those of most articles first; a page's key is the place in that order."""
    found = faces.find_actors(asked.connection, told.name, MOST_NAMED)
    key = read_key(asked.after, 1)
    start = key[0] if key else 0
    items = found[start : start + told.size]
    following = start + len(items)
    return shapes.Actors(
        items=items, alone=faces.find_alone(asked.connection, told.name, told.size) if start == 0 else [],
        next=write_key((following,)) if following < len(found) else None, count=len(found), count_is_exact=len(found) < MOST_NAMED, snapshot=asked.state,
    )  # fmt: skip


def _page(asked: Asked, size: int, after: str | None) -> tuple[list[Listed], str | None]:
    """All actors, in the order of their first joining; a page is told by few questions, however many there are."""
    key = read_key(after, 1)
    wanted = select(actors.c.whole).where(actors.c.whole > (key[0] if key else 0)).distinct().order_by(actors.c.whole).limit(size + 1)
    wholes = list(asked.connection.execute(wanted).scalars())
    items = _listed(asked.connection, wholes[:size])
    return items, write_key((wholes[size - 1],)) if len(wholes) > size else None


def _listed(connection: Connection, wholes: Sequence[int]) -> list[Listed]:
    rows: dict[int, list[Any]] = {whole: [] for whole in wholes}
    for row in connection.execute(select(actors).where(actors.c.whole.in_(wholes)).order_by(actors.c.number)):
        rows[row.whole].append(row)
    article = entities.c.article
    told = (
        select(actors.c.whole, func.count(func.distinct(article)), func.min(article).filter(article >= _DATED), func.max(article))
        .join(entities, entities.c.actor == actors.c.number)
        .where(actors.c.whole.in_(wholes))
        .group_by(actors.c.whole)
    )
    counts = {whole: (count, day(first), day(last)) for whole, count, first, last in connection.execute(told)}
    return [_one(some, *counts.get(whole, (0, None, None))) for whole, some in rows.items()]


def _one(rows: Sequence[Any], count: int, first: str | None, last: str | None) -> Listed:
    chief = next((row for row in rows if row.number == row.whole), rows[0])
    roles = [role for row in rows if (role := read_role(row.role))]
    offices = tuple(dict.fromkeys(f"{role.office} {role.where}".strip() for role in roles))
    return Listed(chief.id, chief.type, reduce(better_name, [str(row.name) for row in rows]), chief.link, offices, count, (first, last))


def every_actor(asked: Asked) -> Iterator[Listed]:
    if asked.told.name:
        yield from faces.find_actors(asked.connection, asked.told.name, MOST_NAMED)
        return
    after: str | None = None
    while True:
        items, after = _page(asked, 100, after)
        yield from items
        if after is None:
            return


def show_actor(asked: Asked) -> Actor:
    try:
        return faces.show_actor(asked.connection, asked.path["id"])
    except BadRequest as error:
        raise Refused("not-found", str(error)) from error


# --- outlets ----------------------------------------------------------------------------------------------------


def list_outlets(asked: Asked) -> shapes.Outlets:
    """By name. A page's key is the number of the outlet in the archive."""
    found = list(every_outlet(asked))
    key = read_key(asked.after, 1)
    start = key[0] if key else 0
    items = found[start : start + asked.told.size]
    following = start + len(items)
    after = write_key((following,)) if following < len(found) else None
    return shapes.Outlets(items=items, next=after, count=len(found), count_is_exact=True, snapshot=asked.state)


def every_outlet(asked: Asked) -> Iterator[shapes.Outlet]:
    """There are thousands at most: counted in one go."""
    number = articles.c.number
    wanted = (
        select(outlets.c.name, func.count().label("articles"), func.min(number).filter(number >= _DATED).label("first"), func.max(number).label("last"))
        .join(articles, articles.c.outlet == outlets.c.number)
        .group_by(outlets.c.name)
    )
    for row in sorted(asked.connection.execute(wanted), key=lambda row: str(row.name)):
        yield shapes.Outlet(row.name, int(row.articles), day(row.first), day(row.last))


def day(number: Any) -> str | None:
    found = day_of_number(number or 0)
    return iso_day(found) if found else None
