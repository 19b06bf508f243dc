"""The case folder: claims, sayings, stretches of text and articles that somebody collects, with notes; shared by its address, given away
as one document with its sources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...answers.lines import Article, Line
from ...answers.tables import to_csv
from ...archive import folders as kept
from ...archive.engine import Archive
from ...archive.folders import Folder, Kept
from ...archive.keep import find_number, load_record
from ...archive.places import item_key
from ...errors import BadRequest
from ..folder_document import Found, markdown, sources
from ..languages import language_of, translations, wording
from ..rendering import environment, render, style_sheet
from ..security import person, require, writes
from ..snapshots import Snapshot, reading

LISTED = 100


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- what is in it ----------------------------------------------------------------------------------------------


def found_in(archive: Snapshot, connection: Connection, items: Sequence[Kept]) -> list[Found]:
    """The things of a folder as the archive has them now; each article is opened once."""
    opened: dict[str, Article | None] = {}
    out = []
    for one in items:
        id, _, key = one.item.partition("#")
        if id not in opened:
            number = find_number(connection, id)
            opened[id] = None if number is None else Article(id, load_record(archive, connection, number))
        article = opened[id]
        out.append(Found(one) if article is None else _found(one, article, key))
    return out


def _found(one: Kept, article: Article, key: str) -> Found:
    if not key:
        return Found(one, article.reference)
    if key.startswith("r"):
        start, end = (min(int(part), len(article.text)) for part in key[1:].split("-"))
        return Found(one, article.reference, excerpt=article.excerpt(start, end, [(start, end)])) if start < end else Found(one)
    for layer, line in (("claims", article.claim), ("attributions", article.saying)):
        for ordinal, told in enumerate(article.record[layer]):
            if item_key(layer, told) == key:
                return Found(one, article.reference, line=line(ordinal))
    return Found(one, article.reference)  # another reading of the text has no such thing


def _folder(connection: Connection, id: str) -> Folder:
    there = kept.folder(connection, id)
    if there is None:
        raise HTTPException(404, "there is no such folder in this archive")
    return there


# --- pages ------------------------------------------------------------------------------------------------------


def listed(request: Request) -> Response:
    with reading(request) as archive, archive.reading() as connection:
        all_ = kept.folders(connection)
    return render(request, "folder/list.html", folders=all_[:LISTED], more=max(0, len(all_) - LISTED))


def show(request: Request) -> Response:
    with reading(request) as archive, archive.reading() as connection:
        there = _folder(connection, request.path_params["id"])
        found = found_in(archive, connection, there.items)
        acts = kept.history(connection, there.id)
    lang = language_of(request)
    return render(request, "folder/folder.html", folder=there, found=found, acts=acts, cited={one.kept.item: one.citation(lang) for one in found})


def choose(request: Request) -> Response:
    """Which folder something goes into."""
    item = request.query_params.get("butir", "")
    with reading(request) as archive, archive.reading() as connection:
        found = found_in(archive, connection, [Kept(item, "", "", "")]) if kept.is_item(item) else []
        open_ = [one for one in kept.folders(connection) if not one.closed][:LISTED]
    if not found or found[0].article is None:
        raise BadRequest(f"{item[:60]!r} names nothing in this archive; nothing was done; take it from a line's own link")
    return render(request, "folder/add.html", item=item, one=found[0], folders=open_)


# --- what is done to it -----------------------------------------------------------------------------------------


def _archive(request: Request) -> Archive:
    archive: Archive = request.app.state.archive
    return archive


@writes("reviewer")
def open_new(request: Request, form: FormData) -> Response:
    who, name = person(request).name, str(form.get("nama") or "")
    id = _archive(request).write(lambda connection: kept.open_folder(connection, name, who, now()))
    return RedirectResponse(f"/berkas/{id}", 303)


@writes("reviewer")
def add(request: Request, form: FormData) -> Response:
    """Puts something into a folder, a new one where its name is given; in one transaction."""
    who, item, note = person(request).name, str(form.get("butir") or ""), str(form.get("catatan") or "").strip()
    chosen, name, at = str(form.get("berkas") or ""), str(form.get("nama") or "").strip(), now()

    def act(connection: Connection) -> str:
        id = kept.open_folder(connection, name, who, at) if name else chosen
        kept.act(connection, id, "add", who, at, item=item, text=note)
        return id

    return RedirectResponse(f"/berkas/{_archive(request).write(act)}", 303)


@writes("reviewer")
def do(request: Request, form: FormData) -> Response:
    action = str(form.get("apa") or "")
    if action not in kept.ACTIONS or action == "open":
        raise BadRequest("that cannot be done to a folder; nothing was done")
    who, item, text = person(request).name, str(form.get("butir") or "") or None, str(form.get("teks") or "").strip()
    id = request.path_params["id"]
    told = text if action in ("rename", "describe", "add", "note") else None
    _archive(request).write(lambda connection: kept.act(connection, id, cast(kept.Action, action), who, now(), item=item, text=told))
    return RedirectResponse(f"/berkas/{id}", 303)


# --- as one document --------------------------------------------------------------------------------------------


def _whole(request: Request) -> tuple[Folder, list[Found]]:
    require(request, "reader")
    with reading(request) as archive, archive.reading() as connection:
        there = _folder(connection, request.path_params["id"])
        return there, found_in(archive, connection, there.items)


def _words(request: Request, there: Folder) -> dict[str, str]:
    lang = language_of(request)
    _ = translations(lang).gettext
    day = wording(lang).day(now()[:10])
    made = _("Case folder of the archive {archive}, put together by {who}, written out on {day} by telusur.").format(
        archive=request.app.state.archive_name, who=_people(there), day=day
    )
    return {"made": made, "gone": _("not in the archive any more"), "note": _("Note"), "sources": _("Sources"), "inferred": _("inferred")}


def _people(there: Folder) -> str:
    return ", ".join(dict.fromkeys([there.who, *(one.who for one in there.items)]))


def _attached(body: str, there: Folder, suffix: str, media: str) -> Response:
    name = "".join(ch if ch.isascii() and ch.isalnum() else "-" for ch in there.name.casefold()).strip("-")[:60] or "berkas"
    return Response(body.encode("utf-8", "replace"), media_type=media, headers={"content-disposition": f'attachment; filename="{name}.{suffix}"'})


def as_html(request: Request) -> Response:
    there, found = _whole(request)
    lang = language_of(request)
    body = environment(lang).get_template("folder/document.html").render(
        folder=there, found=found, words_=_words(request, there), sources=sources(found, lang), sheet=style_sheet("folder.css"), lang=lang
    )
    return _attached(body, there, "html", "text/html; charset=utf-8")


def as_markdown(request: Request) -> Response:
    there, found = _whole(request)
    return _attached(markdown(there, found, language_of(request), _words(request, there)), there, "md", "text/markdown; charset=utf-8")


def as_json(request: Request) -> Response:
    there, found = _whole(request)
    told: dict[str, Any] = {
        "id": there.id, "name": there.name, "about": there.about, "by": there.who, "at": there.at, "changed": there.changed, "closed": there.closed,
        "items": [one.to_dict() for one in found],
    }  # fmt: skip
    return _attached(json.dumps(told, ensure_ascii=False, indent=1), there, "json", "application/json")


def as_csv(request: Request) -> Response:
    there, found = _whole(request)
    lines: list[Line] = [one.line for one in found if one.line is not None]
    return _attached(to_csv(lines), there, "csv", "text/csv; charset=utf-8")


ROUTES = [
    Route("/berkas", listed), Route("/berkas", open_new, methods=["POST"]),
    Route("/berkas/tambah", choose), Route("/berkas/tambah", add, methods=["POST"]),
    Route("/berkas/{id}.html", as_html), Route("/berkas/{id}.md", as_markdown), Route("/berkas/{id}.json", as_json), Route("/berkas/{id}.csv", as_csv),
    Route("/berkas/{id}", show), Route("/berkas/{id}", do, methods=["POST"]),
]  # fmt: skip
