"""Pictures on pages: in the reader's language, and their numbers in other forms.

    figure = show(request, attention.attention(unit, periods, tongue_of(request)))
    ROUTES = [Route("/peta", page), *forms_of("/peta", make)]
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..config import Lang
from .languages import language_of, translations
from .pictures import Picture, Tongue
from .rendering import style_sheet, tagged

Make = Callable[[Request], Picture]


@cache
def tongue(lang: Lang) -> Tongue:
    """The words of pictures in a language."""
    told = translations(lang)
    return Tongue(lang, told.gettext, told.ngettext)


def tongue_of(request: Request) -> Tongue:
    return tongue(language_of(request))


def show(picture: Picture, tongue: Tongue, *, level: int = 2) -> Markup:
    """A picture as markup for a template; all text in it is escaped already."""
    return Markup(picture.figure(tongue, level=level))


def forms_of(path: str, make: Make) -> list[Route]:
    """Routes for a picture's numbers (``.csv``, ``.json``) and for the picture by itself (``.svg``, where it is one drawing)."""

    def csv_(request: Request) -> Response:
        picture = make(request)
        headers = {"content-disposition": f'attachment; filename="{picture.name}.csv"'}
        return Response(picture.table.to_csv().encode("utf-8", "replace"), headers=headers, media_type="text/csv; charset=utf-8")

    def json_(request: Request) -> Response:
        picture = make(request)
        told = {"title": picture.title, "says": picture.says, "rows": picture.table.to_dicts()}
        return tagged(request, Response(json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace"), media_type="application/json"))

    return [Route(f"{path}.csv", csv_), Route(f"{path}.json", json_)]


def svg_of(path: str, make: Make) -> Route:
    """A route for a picture that is one drawing, as a file that stands alone."""

    def svg_(request: Request) -> Response:
        picture = make(request)
        headers = {"content-disposition": f'attachment; filename="{picture.name}.svg"'}
        return Response(alone(picture).encode("utf-8", "replace"), headers=headers, media_type="image/svg+xml")

    return Route(f"{path}.svg", svg_)


def alone(picture: Picture) -> str:
    """A drawing as a file of its own: light colours, its style inside it, without the links of this room."""
    import re

    sheet = re.sub(r"/\*.*?\*/|@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", style_sheet("pictures.css"), flags=re.DOTALL)
    room = style_sheet("room.css")
    colours = room[room.index(":root {") :].split("}")[0] + "}"
    sheet = "\n".join(line for line in (colours + sheet).splitlines() if "data-theme" not in line)
    drawing = re.sub(r'</?a(?: [^>]*)?>', "", picture.drawing)
    drawing = drawing.replace(' height="100%"', ' height="500"', 1) if picture.name == "map" else drawing
    return drawing.replace(' width="100%"', ' width="1000"', 1).replace(">", f"><style>{sheet}</style>", 1)
