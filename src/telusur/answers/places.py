"""Where it happened: the places of claims, counted, with where they lie and how exactly.

Comes in: a query. Goes out: `Spotted` places, the most told of first, and those that lie nowhere for sure, with the reason. Only
the newest articles that answer are counted, so that the answer costs the same in an archive of any size; how many is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, and_, func, select

from ..analyse.actors import actors
from ..analyse.places import Spot, _read, _spot, gazetteer
from ..archive.engine import Archive
from ..archive.schema import REJECTED, claims, entities, names, participants
from ..search import find
from ..search.conditions import Stretch
from ..search.find import BEYOND
from ..search.query import Node, parse

MOST_ARTICLES = 1000
"""The newest articles that answer; older ones are not counted."""
MOST_PLACES = 2000

NOT_KNOWN, SEVERAL, UNFITTING = "not-known", "several", "unfitting"
"""Why a place lies nowhere: the tables have none of its name; several; one, which does not fit the article."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """A place with where it lies. ``claims`` that happen there in so many ``articles``; ``precision_m``: within so many metres."""

    link: str
    name: str
    kind: str
    country: str
    lat: float
    lon: float
    precision_m: float | None
    claims: int
    articles: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A name without a place. ``reason``: one of the three above; ``like``: how many places bear the name."""

    name: str
    reason: str
    like: int
    claims: int
    articles: int


@dataclass(frozen=True, slots=True)
class Places:
    """All of them. ``counted`` articles were looked at; ``more``: older ones answer too, and are not in it."""

    spotted: tuple[Spotted, ...]
    unplaced: tuple[Unplaced, ...]
    counted: int
    more: bool


def places(archive: Archive, query: str = "") -> Places:
    """Where what a query finds happened.

    Raises:
        BadRequest: the query cannot be understood.
    """
    node = parse(query)
    with archive.reading() as connection:
        newest = newest_articles(connection, node)
        rows = _counted(connection, node, newest)
    spotted: dict[str, Spotted] = {}
    unplaced: list[Unplaced] = []
    for name, link, told, many in rows:
        spot = spot_of(link)
        if spot is None or spot.place is None:
            unplaced.append(Unplaced(name, *_why(name), told, many))
            continue
        before = spotted.get(link)
        told, many = told + (before.claims if before else 0), many + (before.articles if before else 0)
        at = spot.place
        spotted[link] = Spotted(link, spot.name, spot.kind, spot.country, at.lat, at.lon, at.precision_m, told, many)
    order = sorted(spotted.values(), key=lambda s: (-s.claims, s.name))
    return Places(tuple(order), tuple(sorted(unplaced, key=lambda u: (-u.claims, u.name))), newest.count, newest.more)


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest articles that answer: numbers from ``low`` on, ``count`` of them."""

    low: int
    count: int
    more: bool


def newest_articles(connection: Connection, node: Node | None, most: int = MOST_ARTICLES) -> Newest:
    """How far down the newest ``most`` answering articles reach."""
    page = find.article_page(connection, node, most)
    return Newest(page.keys[-1][0] if page.keys else BEYOND, len(page.keys), page.next is not None)


def of_newest(connection: Connection, node: Node | None, newest: Newest, column: Any) -> list[Any]:
    """The conditions that a claim answers, and a column of article numbers is one of the newest articles."""
    stretch = Stretch(connection.dialect.name, newest.low, BEYOND)
    return [stretch.holds(column), *find.item_conditions(node, stretch)]


def _counted(connection: Connection, node: Node | None, newest: Newest) -> list[tuple[str, str, int, int]]:
    p, c, e = participants.c, claims.c, entities.c
    joined = (
        participants.join(claims, and_(c.article == p.article, c.claim == p.claim))
        .join(entities, and_(e.article == p.article, e.entity == p.entity))
        .join(names, names.c.number == e.name)
    )  # fmt: skip
    each = (
        select(names.c.number.label("name"), p.article.label("article"), p.claim.label("claim"))
        .select_from(joined)
        .where(p.role == "place", names.c.type == "LOC", c.review != REJECTED, *of_newest(connection, node, newest, p.article))
        .distinct()
        .subquery()
    )
    told = select(each.c.name, func.count().label("claims"), func.count(each.c.article.distinct()).label("articles")).group_by(each.c.name).subquery()
    rows = select(names.c.name, names.c.link, told.c.claims, told.c.articles).join(told, told.c.name == names.c.number)
    found = connection.execute(rows.order_by(told.c.claims.desc(), names.c.name).limit(MOST_PLACES))
    return [(str(name), str(link), int(told), int(many)) for name, link, told, many in found]


@cache
def _spots() -> dict[str, str]:
    """The gazetteer's rows by the links that records carry."""
    return {":".join(row.split("\t", 2)[:2]): row for row in gazetteer().rows}


def spot_of(link: str) -> Spot | None:
    """The place of a link such as ``kemendagri:31.71``, or of a site such as ``telusur:jalur-gaza``."""
    if row := _spots().get(link):
        return _spot(row)
    scheme, _, key = link.partition(":")
    site = actors().holder((scheme, key))
    return Spot(scheme, key, site.kind, site.name, site.country, site.place, 0) if site and site.place else None


def _why(name: str) -> tuple[str, int]:
    """Why a name has no place."""
    like = {(s.scheme, s.id) for key in _read(name)[1] for s in gazetteer().spots(key)}
    return (NOT_KNOWN if not like else UNFITTING if len(like) == 1 else SEVERAL), len(like)


def to_geojson(spotted: Iterable[Spotted]) -> dict[str, Any]:
    """Places as GeoJSON (RFC 7946): a point each, longitude first."""
    features = [
        {
            "type": "Feature", "id": s.link, "geometry": {"type": "Point", "coordinates": [s.lon, s.lat]},
            "properties": {
                "name": s.name, "kind": s.kind, "country": s.country, "place_precision_m": s.precision_m, "claims": s.claims, "articles": s.articles,
            },
        }
        for s in spotted
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}
