"""Rows for plots, asked of an archive.

Comes in: an archive, what to look for. Goes out: the rows that `charts` and the reading room draw.
"""

from __future__ import annotations

from ..answers import places as places_
from ..answers import ties as ties_
from ..answers import uncounted
from ..archive.engine import Archive
from ..config import Lang
from ..web.pictures import Tongue, from_lines
from ..web.pictures.dotmap import Dot
from ..web.pictures.heat import Cell
from ..web.pictures.lanes import Lane
from ..web.pictures.moments import Event
from ..web.pictures.network import Edge, GraphNode
from ..web.pictures.sureness import Month

STATES = "type:(leads controls holds-office capital-of)"


def events(archive: Archive, from_: str, to: str | None = None, *, place: str | None = None, query: str = "", most: int = 100, lang: Lang = "en") -> list[Event]:
    """What happened in a time; ``from_`` and ``to`` are a year, a month or a day each."""
    found = uncounted.timeline(archive, place, from_, to, query=query, size=most)
    return from_lines.events(found.lines, Tongue(lang))


def holders(archive: Archive, query: str = "", *, most: int = 200, lang: Lang = "en") -> list[Lane]:
    """Who held, led or controlled what."""
    found = uncounted.claims_of(archive, f"{STATES} {query}".strip(), size=most)
    return from_lines.lanes(found.lines, Tongue(lang))


def months(archive: Archive, query: str = "", *, most: int = 5000) -> list[Month]:
    """How sure claims are told, by the month in which they were printed."""
    told, _more = uncounted.judged(archive, query, most)
    return from_lines.months(told)


def places(archive: Archive, query: str = "") -> list[Dot]:
    """Where it happened; only what has a place."""
    return [Dot(s.name, s.lat, s.lon, s.claims, s.precision_m, kind=s.kind) for s in places_.places(archive, query).spotted]


def ties(archive: Archive, query: str = "", *, centre: str = "", lang: Lang = "en") -> tuple[list[GraphNode], list[Edge]]:
    """Who is bound to whom, perhaps round a centre."""
    told, words = ties_.ties(archive, query, centre=centre), Tongue(lang).wording
    nodes = [GraphNode(p.id, p.name, p.type, p.articles, centre=p.id in told.centre) for p in told.parties]
    return nodes, [Edge(t.a, t.b, words.verb(t.type), t.claims, t.articles, t.denied == t.claims) for t in told.ties]


def speakers(archive: Archive, query: str = "") -> list[Cell]:
    """Who speaks about whom, how often."""
    cells, _counted, _more = ties_.spoken(archive, query)
    return [Cell(c.speaker, c.subject, c.sayings) for c in cells]
