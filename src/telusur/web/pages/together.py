"""Items of one kind in one article, looked at together: all that is right is accepted at once, and taken back at once.

The page is the preview: each item stands there as a sentence and in its own, ticked; what is wrong is unticked and stays in the
queue. The decisions are made in one transaction, one for each item, so that each can be undone by itself too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...answers.lines import Article, Line
from ...archive.decisions import Wish
from ...archive.doubts import open_items
from ...archive.keep import load_record
from ...archive.overlay import is_key
from ...archive.places import item_key
from ...archive.queue import copies_of
from ...archive.review import decide_all
from ...errors import BadRequest
from ...model.claim import CLAIM_TYPES
from ..rendering import render
from ..security import person, require, writes
from ..snapshots import reading
from .article import find_article

MOST = 60
"""Items on one page: more than that are not looked at, only clicked through."""

SAYINGS = "saying"
KINDS = (*CLAIM_TYPES, SAYINGS)


@dataclass(frozen=True, slots=True)
class Together:
    """One item of the page: its key, its line, and how sure the machine is of it."""

    key: str
    line: Line
    confidence: float


def kind_of(layer: str, item: Mapping[str, Any]) -> str:
    """What an item is looked at together with: a claim's type; all that is said."""
    return str(item["type"]) if layer == "claims" else SAYINGS


def alike(record: Mapping[str, Any], kind: str) -> list[tuple[str, str, float]]:
    """Key, layer and confidence of the items of a kind that nobody has decided on, the surest first."""
    found = [(item_key(layer, item), layer, sure) for sure, layer, item in open_items(record) if kind_of(layer, item) == kind]
    return sorted(found, key=lambda one: -one[2])


def show(request: Request) -> Response:
    """The items of one kind of an article, each with its sentence."""
    kind = request.query_params.get("jenis", "")
    if kind not in KINDS:
        raise HTTPException(404, f"there is no kind {kind[:40]!r}")
    with reading(request) as archive, archive.reading() as connection:
        id, number = find_article(connection, request.query_params.get("artikel", ""))
        record = load_record(archive, connection, number)
        copies = len(copies_of(connection, id))
    opened = Article(id, record)
    places = {item_key(layer, item): place for layer in ("claims", "attributions") for place, item in enumerate(record[layer])}
    found = alike(record, kind)
    rows = [Together(key, opened.claim(places[key]) if layer == "claims" else opened.saying(places[key]), sure) for key, layer, sure in found[:MOST]]
    return render(
        request, "review-together.html", rows=rows, more=len(found) - len(rows), kind=kind, article=id, reference=opened.reference, copies=copies,
        may=person(request).may("reviewer"),
    )  # fmt: skip


@writes("reviewer")
def accept(request: Request, form: FormData) -> Response:
    """Accepts what is ticked: all of it, or nothing."""
    keys = [str(key) for key in form.getlist("key")][:MOST]
    if not keys or not all(map(is_key, keys)):
        raise BadRequest("nothing is ticked; nothing was done; tick what is right, or go back to the queue")
    who, why, article = require(request, "reviewer").name, str(form.get("why", "")).strip() or None, str(form.get("article", ""))
    made = decide_all(request.app.state.archive, [Wish("accept", who, why, article, key) for key in dict.fromkeys(keys)])
    return RedirectResponse(f"/periksa?{urlencode({'baru': ','.join(one.id for one in made)})}", 303)


def several(told: str) -> Sequence[str]:
    """The decisions that an address or a form names, parted by commas."""
    return [one for one in told.split(",")[:MOST] if one]


ROUTES = [Route("/periksa/bersama", show), Route("/periksa/bersama", accept, methods=["POST"])]
