"""The graph: who is told to be bound to whom; who speaks about whom. At most 60 are drawn; the files hold all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ... import messages
from ...answers.ties import Ties, spoken, ties, to_gexf, to_graphml
from ...errors import BadRequest
from ...model.claim import EVENT_TYPES, STATE_TYPES
from .. import drawn, links
from ..languages import language_of
from ..pictures import Picture, Tongue, heat, network
from ..rendering import render
from ..snapshots import Snapshot, reading


def _(text: str) -> str:
    return text


VIEWS = (("ikatan", _("ties")), ("matriks", _("who speaks about whom")))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for. ``types``: kinds of claims that bind."""

    query: str
    centre: str
    from_: str
    to: str
    types: tuple[str, ...]
    view: str

    @property
    def whole(self) -> str:
        """As one query."""
        return " ".join(filter(None, (self.query, f"from:{self.from_}" if self.from_ else "", f"to:{self.to}" if self.to else "")))


def asked_of(request: Request) -> Asked:
    told = request.query_params
    known = (*STATE_TYPES, *EVENT_TYPES)
    types = tuple(type_ for type_ in known if type_ in told.getlist("jenis"))
    view = told.get("lihat", "ikatan")
    return Asked(
        told.get("q", "").strip(), told.get("pusat", "").strip()[:200], told.get("dari", "").strip(), told.get("sampai", "").strip(), types or STATE_TYPES,
        view if view in dict(VIEWS) else "ikatan",
    )  # fmt: skip


def bound(archive: Snapshot, asked: Asked) -> Ties:
    return ties(archive, asked.whole, centre=asked.centre, types=asked.types)


def network_of(told: Ties, asked: Asked, tongue: Tongue) -> Picture:
    """The ties as a graph."""
    edges = [network.Edge(t.a, t.b, tongue.wording.verb(t.type), t.claims, t.articles, t.denied == t.claims) for t in told.ties]
    nodes = [network.GraphNode(p.id, p.name, p.type, p.articles, centre=p.id in told.centre) for p in told.parties]
    drawn_ = {node.id for node in network.bounded(nodes, edges)[0]}  # only these lead somewhere: addresses of thousands take long to make
    linked = [replace(node, href=links.with_query("/jejaring", pusat=node.name)) if node.id in drawn_ else node for node in nodes]
    return network.network(linked, edges, tongue)


def matrix_of(archive: Snapshot, asked: Asked, tongue: Tongue) -> tuple[Picture, int, bool]:
    """Who speaks about whom, how many articles were looked at, and whether there are more."""
    query = f"{asked.whole} about:{links.quoted(asked.centre)}".strip() if asked.centre else asked.whole
    cells, counted, more = spoken(archive, query)
    rows = [heat.Cell(c.speaker, c.subject, c.sayings) for c in cells]
    lines, columns = heat.drawn(rows)
    linked = [replace(cell, href=to_sayings(cell)) if cell.row in lines and cell.column in columns else cell for cell in rows]
    return heat.speaker_matrix(linked, tongue), counted, more


def to_sayings(cell: heat.Cell) -> str:
    """Where what somebody says about somebody is listed."""
    return links.search(f"who:{links.quoted(cell.row)} about:{links.quoted(cell.column)}", apa="pernyataan")


def drawn_of(archive: Snapshot, asked: Asked, tongue: Tongue) -> tuple[Picture, int, bool]:
    if asked.view == "matriks":
        return matrix_of(archive, asked, tongue)
    told = bound(archive, asked)
    return network_of(told, asked, tongue), told.counted, told.more


def page(request: Request) -> Response:
    asked, tongue = asked_of(request), drawn.tongue_of(request)
    beside: dict[str, Any] = {"told": asked, "views": VIEWS, "states": STATE_TYPES, "events": EVENT_TYPES}
    try:
        with reading(request) as archive:
            picture, counted, more = drawn_of(archive, asked, tongue)
    except BadRequest as error:
        return render(request, "pictures/graph.html", status=400, trouble=messages.told(str(error), language_of(request)), figure="", counted=0, more=False, rows=(), **beside)
    return render(request, "pictures/graph.html", trouble="", figure=drawn.show(picture, tongue), counted=counted, more=more, rows=picture.table.rows, **beside)


def picture(request: Request) -> Picture:
    with reading(request) as archive:
        return drawn_of(archive, asked_of(request), drawn.tongue(language_of(request)))[0]


def gexf(request: Request) -> Response:
    return _file(request, to_gexf, "gexf")


def graphml(request: Request) -> Response:
    return _file(request, to_graphml, "graphml")


def _file(request: Request, write: Callable[[Ties], str], suffix: str) -> Response:
    """All ties, not the drawn ones alone, as a file for other programs."""
    with reading(request) as archive:
        told = bound(archive, asked_of(request))
    headers = {"content-disposition": f'attachment; filename="telusur-jejaring.{suffix}"'}
    return Response(write(told).encode("utf-8", "replace"), media_type=f"application/{suffix}+xml", headers=headers)


ROUTES = [
    Route("/jejaring", page), *drawn.forms_of("/jejaring", picture), drawn.svg_of("/jejaring", picture),
    Route("/jejaring.gexf", gexf), Route("/jejaring.graphml", graphml),
]  # fmt: skip
