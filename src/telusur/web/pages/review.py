"""The review queue: one doubtful item after another, decided by a key or a form; every decision can be undone.

What a reader skips travels in the address, so that nothing is kept of it. A decision is made whole in one transaction, or not at all.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...answers.lines import Article
from ...archive import decisions
from ...archive.decisions import Wish
from ...archive.fields import read_value
from ...archive.keep import load_record
from ...archive.overlay import Laying, is_key, layer_of
from ...archive.queue import copies_of, next_waiting, waiting
from ...archive.review import decide, decide_all
from ...errors import BadRequest
from ...search import paging
from ...search.query import parse
from .. import links
from ..desk import REVIEWED, Desk, open_desk
from ..rendering import render
from ..security import person, require, writes
from ..snapshots import Snapshot, reading
from .article import find_article
from .together import ROUTES as TOGETHER
from .together import alike, kind_of, several

MOST_SKIPPED = 40
MOST_AMONG = 2000
RECENT = 12


def queue(request: Request) -> Response:
    """The next item that waits, among those of a query or of one article."""
    skipped = _skipped(request.query_params.get("lewati", ""))
    asked, article = request.query_params.get("q", "").strip(), request.query_params.get("artikel", "").strip()
    with reading(request) as archive, archive.reading() as connection:
        among = _among(archive, asked, article)
        one = next_waiting(archive, among=among, skipped=skipped)
        left = waiting(connection) if among is None else len(among)
        desk = open_desk(one.article, one.record, one.layer, one.key, one.item) if one else None
        recent = _recent(archive, person(request).name)
    return _page(request, desk, recent, left=left, here=one.left if one else 0, copies=one.copies if one else 0, asked=asked, among=article, single=False)


def item(request: Request) -> Response:
    """One item, whoever chose it and whatever was decided of it."""
    key = request.path_params["key"]
    with reading(request) as archive, archive.reading() as connection:
        id, number = find_article(connection, request.path_params["id"])
        record = load_record(archive, connection, number)
        if not is_key(key) or layer_of(key) not in REVIEWED or (found := Laying(record).find(key)) is None:
            raise HTTPException(404, f"article {id} holds no claim or statement {key[:40]!r}")
        desk = open_desk(id, record, layer_of(key), key, found)
        copies, recent = len(copies_of(connection, id)), _recent(archive, person(request).name)
    return _page(request, desk, recent, left=0, here=0, copies=copies, asked="", among="", single=True)


def _page(request: Request, desk: Desk | None, recent: list[dict[str, Any]], **told: Any) -> Response:
    field = request.query_params.get("bidang", "")
    known = [row.name for row in desk.fields] if desk else []
    reference = Article(desk.article, desk.record).reference if desk else None
    kind = kind_of(desk.layer, desk.item) if desk else ""
    return render(
        request, "review.html", desk=desk, reference=reference, recent=recent, field=field if field in known else "", back=request.url.query,
        made=several(request.query_params.get("baru", "")), kind=kind, alike=len(alike(desk.record, kind)) if desk and not desk.item.get("review") else 0,
        latest=next((row["id"] for row in recent if row["stands"] and row["action"] != "undo"), ""), may=person(request).may("reviewer"), **told,
    )  # fmt: skip


def _among(archive: Snapshot, asked: str, article: str) -> list[int] | None:
    """Numbers of the articles to look in; None for all."""
    with archive.reading() as connection:
        if article:
            return [find_article(connection, article)[1]]
        if not asked:
            return None
        return [key[0] for key in paging.article_page(connection, parse(asked), MOST_AMONG).keys]


def _skipped(told: str) -> set[tuple[str, str]]:
    parts = [part.partition("~") for part in told.split(",")[-MOST_SKIPPED:] if "~" in part]
    return {(article, key) for article, _, key in parts}


def _recent(archive: Snapshot, who: str) -> list[dict[str, Any]]:
    """The last decisions of a person, each with whether it stands."""
    with archive.reading() as connection:
        rows = decisions.listed(connection, who=who, most=RECENT)
        undone = decisions.undone_by(connection, [row["id"] for row in rows])
    return [{**row, "stands": row["id"] not in undone} for row in rows]


@writes("reviewer")
def put(request: Request, form: FormData) -> Response:
    """A decision on one item; what is skipped is only put behind the others."""
    article, key, action = (str(form.get(name, "")) for name in ("article", "key", "verdict"))
    why, back = str(form.get("why", "")).strip() or None, parse_qs(str(form.get("back", ""))[:8000])
    single = bool(form.get("single"))
    if action == "skip":
        kept = [*back.get("lewati", [""])[0].split(","), f"{article}~{key}"][-MOST_SKIPPED:]
        return _back(back | {"lewati": [",".join(filter(None, kept))]}, "", "", "")
    who = require(request, "reviewer").name
    archive = request.app.state.archive
    if action == "correct":
        with archive.reading() as connection:
            id, number = find_article(connection, article)
            record = load_record(archive, connection, number)
        field, value = read_value(record, key, str(form.get("field", "")), str(form.get("value", "")))
        wish = Wish("correct", who, why, id, key, field, value)
    elif action in ("accept", "reject"):
        wish = Wish(action, who, why, article, key)
    else:
        raise BadRequest(f"{action[:20]!r} is no decision; nothing was done; an item is accepted, rejected, corrected or skipped")
    made = decide(archive, wish)
    return _back(back, made.id, article if single else "", key)


@writes("reviewer")
def take_back(request: Request, form: FormData) -> Response:
    """Undoes a decision, whichever it is, or several that were made at once."""
    who, why = person(request).name, str(form.get("why", "")).strip() or None
    wishes = [Wish("undo", who, why, undoes=one) for one in several(str(form.get("decision", "")))] or [Wish("undo", who, why, undoes="")]
    made = decide_all(request.app.state.archive, wishes)
    back = parse_qs(str(form.get("back", ""))[:8000])
    told = next(iter(made[0].articles), "")
    return _back(back, ",".join(one.id for one in made), told if form.get("single") else "", str(form.get("key", "")))


def _back(query: dict[str, list[str]], made: str, article: str, key: str) -> Response:
    """To the next item, or to the article that the item stands in."""
    if article and key:
        return RedirectResponse(links.article(article, key), 303)
    kept = {name: values[0] for name, values in query.items() if name in ("q", "artikel", "lewati") and values[0]}
    told = kept | ({"baru": made} if made else {})
    return RedirectResponse(f"/periksa?{urlencode(told)}" if told else "/periksa", 303)


ROUTES = [
    *TOGETHER,
    Route("/periksa", queue),
    Route("/periksa/putus", put, methods=["POST"]),
    Route("/periksa/urungkan", take_back, methods=["POST"]),
    Route("/periksa/{id}/{key}", item),
]
