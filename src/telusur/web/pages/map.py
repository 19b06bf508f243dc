"""The map: where it happened, how exactly, and what cannot be put on a map."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ... import messages
from ...answers.places import Places, Spotted, places, to_geojson
from ...config import Lang
from ...errors import BadRequest
from .. import drawn, links
from ..languages import language_of
from ..pictures import Picture, Tongue, dotmap
from ..rendering import render, tagged
from ..snapshots import reading

LISTED = 40
"""Places in the list beside the map; the table has all."""


def _(text: str) -> str:
    return text


VIEWS = (("fit", _("what was found")), ("indonesia", "Indonesia"), ("world", _("the world")))

KINDS = {
    "continent": _("continent"), "country": _("state"), "state": _("part of a state"), "province": _("province"), "regency": _("regency"), "city": _("city"),
    "district": _("district"), "town": _("town"), "capital": _("capital"), "region": _("region"), "island": _("island"), "mountain": _("mountain"),
    "water": _("water"), "building": _("building"), "airport": _("airport"), "port": _("port"), "stadium": _("stadium"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for."""

    query: str
    from_: str
    to: str
    view: dotmap.ViewName

    @property
    def whole(self) -> str:
        """As one query."""
        return " ".join(filter(None, (self.query, f"from:{self.from_}" if self.from_ else "", f"to:{self.to}" if self.to else "")))


def asked_of(request: Request) -> Asked:
    told = request.query_params
    view = told.get("lihat", "fit")
    known = view if view in dict(VIEWS) else "fit"
    return Asked(told.get("q", "").strip(), told.get("dari", "").strip(), told.get("sampai", "").strip(), cast(dotmap.ViewName, known))


def found(request: Request) -> tuple[Asked, Places]:
    asked = asked_of(request)
    with reading(request) as archive:
        return asked, places(archive, asked.whole)


def picture_of(told: Places, asked: Asked, tongue: Tongue) -> Picture:
    """The map of some places."""
    dots = [
        dotmap.Dot(
            shown_name(s, tongue.lang), s.lat, s.lon, s.claims, s.precision_m, kind=tongue.gettext(KINDS.get(s.kind, s.kind)), href=to_claims(s.name, asked)
        )
        for s in told.spotted
    ]
    return dotmap.dot_map(dots, tongue, view=asked.view)


def shown_name(spot: Spotted, lang: Lang) -> str:
    return spot.name


def to_claims(name: str, asked: Asked) -> str:
    """Where the claims of a place are listed."""
    return links.search(f"where:{links.quoted(name)} {asked.whole}".strip(), apa="klaim")


def page(request: Request) -> Response:
    tongue = drawn.tongue_of(request)
    try:
        asked, told = found(request)
    except BadRequest as error:
        empty = Places((), (), 0, False)
        return render(request, "pictures/map.html", status=400, told=asked_of(request), trouble=messages.told(str(error), language_of(request)), figure="", places=empty, views=VIEWS, kinds=KINDS, listed=LISTED, to_claims=to_claims)
    figure = drawn.show(picture_of(told, asked, tongue), tongue)
    return render(request, "pictures/map.html", told=asked, trouble="", figure=figure, places=told, views=VIEWS, kinds=KINDS, listed=LISTED, to_claims=to_claims)


def picture(request: Request) -> Picture:
    asked, told = found(request)
    return picture_of(told, asked, drawn.tongue(language_of(request)))


def geojson(request: Request) -> Response:
    _asked, told = found(request)
    body = json.dumps(to_geojson(told.spotted), ensure_ascii=False).encode("utf-8", "replace")
    return tagged(request, Response(body, media_type="application/geo+json", headers={"content-disposition": 'attachment; filename="telusur-peta.geojson"'}))


ROUTES = [Route("/peta", page), *drawn.forms_of("/peta", picture), drawn.svg_of("/peta", picture), Route("/peta.geojson", geojson)]
