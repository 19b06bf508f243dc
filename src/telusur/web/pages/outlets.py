"""Outlets: how much of each the archive holds, and whose each is, with source and date; what is not known stays not known."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...archive.places import DAY_BITS, day_of_number, iso_day
from ...archive.schema import articles, outlets
from ...errors import BadRequest
from ...trace.owners import NONE, list_outlets, set_owner
from .. import links
from ..lists import Batch, Form, in_form
from ..recent import recent
from ..rendering import render
from ..security import person, writes
from ..snapshots import Snapshot

MOST = 400

DATED = 1 << DAY_BITS
"""Below it stand the numbers of undated articles."""


def rows(archive: Snapshot) -> list[dict[str, Any]]:
    """Every outlet, those of most articles first."""
    with archive.reading() as connection:
        n = articles.c.number
        wanted = select(outlets.c.name, func.min(n).filter(n >= DATED), func.max(n).filter(n >= DATED)).join(articles, articles.c.outlet == outlets.c.number).group_by(outlets.c.name)
        spans = {name: (_day(first), _day(last)) for name, first, last in connection.execute(wanted)}
        return [
            {
                "outlet": row.name, "articles": row.articles, "first": spans.get(row.name, (None, None))[0], "last": spans.get(row.name, (None, None))[1],
                "owner": row.fact.owner, "source": row.fact.source, "as_of": row.fact.as_of, "set_by": row.fact.who,
            }
            for row in list_outlets(connection)
        ]  # fmt: skip


def _day(number: int | None) -> str | None:
    day = day_of_number(number or 0)
    return iso_day(day) if day else None


def show(request: Request) -> Response:
    return _page(request)


def _page(request: Request, trouble: str = "", typed: dict[str, str] | None = None) -> Response:
    told = recent(request, "outlets", rows)
    by_owner = request.query_params.get("urut") == "pemilik"
    found = told.value
    if by_owner:
        found = sorted(found, key=lambda row: (row["owner"] in ("", NONE), row["owner"].casefold(), -row["articles"]))
    chosen = request.query_params.get("ubah", "")
    return render(request, "outlets.html", status=400 if trouble else 200, rows=found[:MOST], more=max(0, len(found) - MOST), by_owner=by_owner, none=NONE,
                  chosen=next((row for row in found if row["outlet"] == chosen), None), trouble=trouble, typed=typed or {})  # fmt: skip


@writes("reviewer")
def put(request: Request, form: FormData) -> Response:
    """Notes whose an outlet is."""
    typed = {name: str(form.get(name, "")).strip() for name in ("outlet", "owner", "kind", "source", "as_of")}
    owner = {"none": NONE, "unknown": ""}.get(typed["kind"], typed["owner"])
    try:
        set_owner(request.app.state.archive, typed["outlet"], owner, typed["source"], typed["as_of"], person(request).name)
    except BadRequest as error:
        return _page(request, str(error), typed)
    request.app.state.answers.told.pop("outlets", None)
    return RedirectResponse(links.with_query("/media", disimpan=typed["outlet"]), 303)


def _give(form: Form) -> Any:
    def endpoint(request: Request) -> Response:
        return in_form(request, form, lambda archive, after, size: Batch(rows(archive), None), "telusur", "telusur-media")

    return endpoint


FORMS: tuple[Form, ...] = ("csv", "json", "jsonl")

ROUTES = [*(Route(f"/media.{form}", _give(form)) for form in FORMS), Route("/media", show), Route("/media", put, methods=["POST"])]
