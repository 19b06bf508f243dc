"""A claim: who says so, from whom they have it, in which words, who tells it otherwise. A statement: what it says, on whose word."""

from __future__ import annotations

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...answers import ask, traced
from ...answers.lines import Article, Line
from ...archive.keep import load_record
from ...archive.overlay import Laying, is_key, layer_of
from ...archive.places import item_key
from ...errors import BadRequest
from .. import links
from ..citing import cite
from ..claim_view import ClaimView, view_claim
from ..languages import language_of, wording
from ..lists import TYPES, Batch, Form, in_form
from ..rendering import render, tagged
from ..snapshots import Snapshot, reading
from .article import LONGEST_TRACED, chars_of, find_article


def show(request: Request) -> Response:
    lang = language_of(request)
    with reading(request) as archive, archive.reading() as connection:
        id, number = find_article(connection, request.path_params["id"])
        key = request.path_params["key"]
        if id != request.path_params["id"]:
            return RedirectResponse(links.claim(f"{id}#{key}"), 302)
        article = Article(id, load_record(archive, connection, number))
        line = _line(article, key)
        if line.kind == "saying":
            return _saying(request, article, line, key)
        too_long = chars_of(connection, number) > LONGEST_TRACED
        view = None if too_long else _view(request, archive, number, f"{id}#{key}")
    return render(request, "claim.html", line=line, view=view, citation=cite(line, lang), key=key, too_long=too_long)


def _line(article: Article, key: str) -> Line:
    """An item of an article as a line.

    Raises:
        HTTPException: 404 where it holds none.
    """
    if is_key(key) and layer_of(key) in ("claims", "attributions"):
        layer = layer_of(key)
        for place, item in enumerate(article.record[layer]):
            if item_key(layer, item) == key:
                return article.claim(place) if layer == "claims" else article.saying(place)
    raise HTTPException(404, f"article {article.id} holds no claim or statement {key[:40]!r}")


def _view(request: Request, archive: Snapshot, number: int, id: str) -> ClaimView | None:
    """The claim traced; None where a person rejected it, so that nobody tells it."""
    lang = language_of(request)

    def make() -> ClaimView | None:
        try:
            return view_claim(traced.trace(archive, id), wording(lang))
        except BadRequest:
            return None

    kept: ClaimView | None = request.app.state.traces.get(archive.connection, number, (id, lang), make)
    return kept


def _saying(request: Request, article: Article, line: Line, key: str) -> Response:
    """A statement, with the claims that are told on its word."""
    laying = Laying(article.record)
    told = laying.find(key) or {}
    claims = [article.claim(place) for place, claim in enumerate(article.record["claims"]) if claim.get("according_to") == told.get("id")]
    lang = language_of(request)
    return render(request, "saying.html", line=line, claims=claims, citation=cite(line, lang), key=key, cited={one.id: cite(one, lang) for one in claims})


def as_json(request: Request) -> Response:
    """The whole proof, for programs."""
    with reading(request) as archive, archive.reading() as connection:
        id, number = find_article(connection, request.path_params["id"])
        key = request.path_params["key"]
        line = _line(Article(id, load_record(archive, connection, number)), key)
        told: dict[str, Any] = line.to_dict() if line.kind == "saying" else traced.trace(archive, f"{id}#{key}").to_dict()
    return tagged(request, Response(json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace"), media_type=TYPES["json"]))


def _give(form: Form) -> Any:
    def endpoint(request: Request) -> Response:
        id, key = request.path_params["id"], request.path_params["key"]

        def rows(archive: Snapshot, after: str | None, size: int) -> Batch:
            with archive.reading() as connection:
                whole, number = find_article(connection, id)
                article = Article(whole, load_record(archive, connection, number))
                line = _line(article, key)
                if line.kind == "saying":
                    return Batch([line], None)
                found = traced.trace(archive, f"{whole}#{key}").found
                lines = [ask.show(archive, telling.id) for telling in found.group.tellings if telling.claim is not None]
                return Batch([one for one in lines if isinstance(one, Line)], None)

        return in_form(request, form, rows, f"telusur: {key}", f"telusur-{id[:12]}-{key}")

    return endpoint


# --- counts by themselves: what lists load when a line comes into sight ------------------------------------------


def counted(request: Request) -> Response:
    """The counts of one claim as a part of a page."""
    with reading(request) as archive, archive.reading() as connection:
        id, number = find_article(connection, request.path_params["id"])
        key = request.path_params["key"]
        if chars_of(connection, number) > LONGEST_TRACED:
            return Response(status_code=204)
        if not is_key(key) or layer_of(key) != "claims":
            raise HTTPException(404, f"article {id} holds no claim {key[:40]!r}")
        view = _view(request, archive, number, f"{id}#{key}")
    if view is None:
        return Response(status_code=204)
    return render(request, "counts.html", counts=view.counts, id=id, key=key)


ROUTES = [
    Route("/k/{id}/{key}.json", as_json),
    *(Route(f"/k/{{id}}/{{key}}.{form}", _give(form)) for form in ("csv", "jsonl", "atom")),
    Route("/k/{id}/{key}/hitung", counted),
    Route("/k/{id}/{key}", show),
]
