"""The reading view: an article with its marks, the records beside it, and what was skipped shown as skipped."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from sqlalchemy import Connection, select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...answers.lines import Article
from ...archive.actors import entity_because
from ...archive.keep import load_record
from ...archive.schema import articles
from ...export.concerns import concerns
from ...export.wording import shorten
from ...trace.families import members_of
from .. import links
from ..article_parts import written
from ..article_view import key_range, view_article
from ..citing import cite_article
from ..languages import language_of, wording
from ..lists import TYPES
from ..rendering import render, tagged
from ..snapshots import Snapshot, reading
from .preferences import layers_of

SHORTEST_ID = 6
MOST_CONCERN_BYTES, MOST_HEADS = 6000, 40

LONGEST_TRACED = 200_000
"""Characters of an article that is traced for a page: what compares texts takes seconds for longer ones."""


def find_article(connection: Connection, begin: str) -> tuple[str, int]:
    """Id and number of the article whose id begins so.

    Raises:
        HTTPException: 404 where there is none, or several.
    """
    if SHORTEST_ID <= len(begin) <= 64 and all(ch in "0123456789abcdef" for ch in begin):
        alike = select(articles.c.id, articles.c.number).where(articles.c.id >= begin, articles.c.id < f"{begin}g").limit(2)
        if len(found := connection.execute(alike).all()) == 1:
            return str(found[0].id), int(found[0].number)
    raise HTTPException(404, f"there is no article {begin[:64]!r} in this archive")


def chars_of(connection: Connection, number: int) -> int:
    """How many characters an article has."""
    return int(connection.execute(select(articles.c.chars).where(articles.c.number == number)).scalar_one())


def show(request: Request) -> Response:
    """The article, at an item (``/a/ID/c499-511``) or at a stretch (``?range=499-511``)."""
    key = str(request.path_params.get("key", ""))
    told = key or request.query_params.get("range", "")
    at = key_range(told) if told else None
    if told and at is None:
        raise HTTPException(404, f"{told[:60]!r} names no place in a text; one is written like c499-511, or 499-511")
    lang = language_of(request)
    words = wording(lang)
    with reading(request) as archive, archive.reading() as connection:
        id, number = find_article(connection, request.path_params["id"])
        if id != request.path_params["id"]:
            return RedirectResponse(links.article(id, key, range=request.query_params.get("range", "")), 302)
        record = load_record(archive, connection, number)
        actors = entity_because(connection, number)
        neighbours = _neighbours(connection, number)
        copies = _copies(connection, id)
    view = view_article(record, words, part=_number(request, "bagian"), at=at, first=_number(request, "mulai") or 0)
    document, opened = view.digest.record.document, Article(id, record)
    places = {entity.id: at for at, entity in enumerate(view.digest.record.entities)}
    who = {entity: actors[place] for entity, place in places.items() if place in actors}
    return render(
        request, "article.html", id=id, view=view, document=document, article=document.article, reference=opened.reference, who=who, chosen=key,
        ranged=request.query_params.get("range", ""), concerns=_short(concerns(view.digest, words)), citation=cite_article(opened.reference, lang),
        layers=layers_of(request), copies=copies, neighbours=neighbours, branches=branches(view.digest), analysis=view.digest.record.analysis,
    )  # fmt: skip


def _number(request: Request, name: str) -> int | None:
    """A number of the address; None where there is none."""
    told = request.query_params.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 6 else None


def _short(lines: Sequence[str]) -> list[str]:
    """As many lines as a page has room for, each shortened."""
    told = [shorten(line, 400) for line in lines[:40]]
    return [line for line, end in zip(told, accumulate(map(written, told)), strict=True) if end <= MOST_CONCERN_BYTES]


def branches(digest: Any) -> list[dict[str, Any]]:
    """On whose word: ways that end the same are told once, with the numbers of the statements that came each."""
    shown, left = [], MOST_HEADS
    for branch in digest.branches[:14]:
        heads = [(head, numbers) for head, numbers in branch.heads[: max(1, min(12, left))]]
        left -= len(heads)
        shown.append({"heads": heads, "tail": branch.tail, "more": len(branch.heads) - len(heads)})
    return shown


def _neighbours(connection: Connection, number: int) -> tuple[str | None, str | None]:
    """The next newer and the next older article."""
    n, id = articles.c.number, articles.c.id
    newer = connection.execute(select(id).where(n > number).order_by(n).limit(1)).scalar()
    older = connection.execute(select(id).where(n < number).order_by(n.desc()).limit(1)).scalar()
    return newer, older


def _copies(connection: Connection, id: str) -> int:
    """How many other articles print its text, as far as copies were looked for."""
    return max(0, len(members_of(connection, id)) - 1)


def _opened(request: Request) -> tuple[Snapshot, str, dict[str, Any]]:
    with reading(request) as archive, archive.reading() as connection:
        id, number = find_article(connection, request.path_params["id"])
        return archive, id, load_record(archive, connection, number)


def as_json(request: Request) -> Response:
    """The record, with people's decisions laid over it."""
    import json

    _, _, record = _opened(request)
    return tagged(request, Response(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"), media_type=TYPES["json"]))


def as_text(request: Request) -> Response:
    """The text alone; offsets of records count its characters."""
    _, _, record = _opened(request)
    return tagged(request, Response(str(record["text"]).encode("utf-8", "replace"), media_type="text/plain; charset=utf-8"))


def as_csv(request: Request) -> Response:
    """Claims and statements, one a line."""
    from ...answers import tables

    _, id, record = _opened(request)
    headers = {"content-disposition": f'attachment; filename="telusur-{id[:12]}.csv"'}
    return Response(tables.write(Article(id, record), "csv").encode("utf-8", "replace"), media_type=TYPES["csv"], headers=headers)


def record_place(request: Request) -> Response:
    """Any record by its id: to its place in its article."""
    return RedirectResponse(links.article(request.path_params["id"], request.path_params["key"]), 303)


ROUTES = [
    Route("/a/{id}.json", as_json),
    Route("/a/{id}.txt", as_text),
    Route("/a/{id}.csv", as_csv),
    Route("/a/{id}", show),
    Route("/a/{id}/{key}", show),
    Route("/r/{id}/{key}", record_place),
]
