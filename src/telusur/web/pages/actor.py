"""An actor: names, offices over time, what it says, what is said of it, relations; and the list of actors."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, cast

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...archive.actors import Actor, Listed, find_actors, find_alone, reason, show_actor
from ...archive.decisions import Wish
from ...archive.review import decide, face_named
from ...errors import BadRequest
from ...export.wording import clean
from .. import links, people
from ..citing import cite
from ..drawn import show as drawn
from ..drawn import tongue_of
from ..languages import language_of
from ..lists import Batch, Form, forms_of, in_form
from ..pictures import from_lines, lanes
from ..recent import recent
from ..rendering import render
from ..security import person, writes
from ..snapshots import Snapshot, reading

SIZE = 20
MOST = 60
MOST_LANES = 12

TABS: dict[str, people.Kind] = {"berkata": "said", "tentang": "about", "hubungan": "states"}


def show(request: Request) -> Response:
    asked = request.query_params.get("apa", "")
    tab = asked if asked in TABS else "berkata"
    with reading(request) as archive, archive.reading() as connection:
        actor = _actor(connection, request.path_params["id"])
        if not actor.id.startswith(request.path_params["id"]) or len(request.path_params["id"]) < len(actor.id):
            return RedirectResponse(links.actor(actor.id), 302)
        faces = people.faces_of(connection, (face.id for face in actor.faces))
        keys, next_ = people.page(connection, faces, TABS[tab], SIZE, request.query_params.get("sesudah"))
        if not keys and "apa" not in request.query_params:  # a place says nothing: what is told about it is shown at once
            for other in ("tentang", "hubungan"):
                if people.page(connection, faces, TABS[other], 1, None)[0]:
                    return RedirectResponse(f"{links.actor(actor.id)}?apa={other}", 302)
        lines = people.lines(archive, keys, TABS[tab])
    lang = language_of(request)
    picture = _lanes(actor, request) if actor.offices else None
    return render(request, "actor.html", picture=picture, actor=actor, tab=tab, lines=lines, next=next_, reason=reason,
                  cited={line.id: cite(line, lang) for line in lines})  # fmt: skip


def _lanes(actor: Actor, request: Request) -> Any:
    """Offices over time: from the first to the last article that tells of each; when it began and ended no article may say."""
    rows = []
    for held in actor.offices[:MOST_LANES]:
        seen = tuple(day for told in (held.first, held.last) if (day := from_lines.day(told)))
        body = clean(held.body or "")
        stretch = lanes.Stretch(body or clean(held.office), None, None, seen, "told", ", ".join(map(clean, held.outlets[:3])), links.article(held.sources[0]))
        if seen:
            rows.append(lanes.Lane(clean(held.office), (stretch,)))
    tongue = tongue_of(request)
    return drawn(lanes.lanes(rows, tongue, title=tongue.gettext("Offices, from the first to the last article that tells of them"), name="offices"), tongue) if rows else None


def _actor(connection: Connection, id: str) -> Actor:
    if not id or not all(ch in "0123456789abcdef" for ch in id):
        raise HTTPException(404, f"{id[:40]!r} is no id of an actor")
    try:
        return show_actor(connection, id)
    except BadRequest as error:
        raise HTTPException(404, f"there is no one actor whose id begins with {id[:40]!r}") from error


def give(request: Request, form: Form) -> Response:
    kind = TABS.get(request.query_params.get("apa", "berkata"), "said")
    id = request.path_params["id"]
    with reading(request) as archive, archive.reading() as connection:
        actor = _actor(connection, id)
        faces = people.faces_of(connection, (face.id for face in actor.faces))

    def rows(archive: Snapshot, after: str | None, size: int) -> Batch:
        with archive.reading() as connection:
            keys, next_ = people.page(connection, faces, kind, size, after)
            return Batch(people.lines(archive, keys, kind), next_)

    return in_form(request, form, rows, f"telusur: {actor.name}", f"telusur-{actor.id}")


def listed(request: Request) -> Response:
    name = request.query_params.get("nama", "").strip()[:200]
    if not name:
        return render(request, "actors.html", name="", found=recent(request, "actors", most_told).value, alone=[])
    with reading(request) as archive, archive.reading() as connection:
        found = find_actors(connection, name, MOST) if any(ch.isalnum() for ch in name) else []
        alone = find_alone(connection, name, 20)
    if name and len(found) == 1 and not alone:
        return RedirectResponse(links.actor(found[0].id), 302)
    return render(request, "actors.html", name=name, found=found, alone=alone)


def most_told(archive: Snapshot) -> list[Listed]:
    """Actors of most articles."""
    with archive.reading() as connection:
        return find_actors(connection, None, MOST)


def give_listed(request: Request, form: Form) -> Response:
    name = request.query_params.get("nama", "").strip()[:200]

    def rows(archive: Snapshot, after: str | None, size: int) -> Batch:
        with archive.reading() as connection:
            return Batch(cast(list[dict[str, Any]], [asdict(one) for one in find_actors(connection, name or None, 500)]), None)

    if form == "atom":
        raise HTTPException(404, "the list of actors is no feed; an actor's page has one")
    return in_form(request, form, rows, "telusur", "telusur-tokoh")


@writes("reviewer")
def merge(request: Request, form: FormData) -> Response:
    """Says that two actors are one."""
    archive = request.app.state.archive
    with archive.reading() as connection:
        ids = [_actor(connection, id).id for id in (request.path_params["id"], str(form.get("other", "")).strip().rpartition("/")[2])]
    wish = Wish("merge", person(request).name, str(form.get("why", "")).strip() or None, item=ids[0], value=[ids[1]])
    decide(archive, wish)
    return RedirectResponse(links.actor(ids[0]), 303)


@writes("reviewer")
def split(request: Request, form: FormData) -> Response:
    """Takes a face out of its actor."""
    archive = request.app.state.archive
    with archive.reading() as connection:
        face = face_named(connection, str(form.get("face", "")))
    decide(archive, Wish("split", person(request).name, str(form.get("why", "")).strip() or None, item=face))
    return RedirectResponse(links.actor(face), 303)


ROUTES = [
    *forms_of("/o", give_listed),
    Route("/o", listed),
    *forms_of("/o/{id}", give),
    Route("/o/{id}", show),
    Route("/o/{id}/gabung", merge, methods=["POST"]),
    Route("/o/{id}/pisah", split, methods=["POST"]),
]
