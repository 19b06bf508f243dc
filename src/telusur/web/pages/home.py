"""The start page: what the archive holds, what is new, what is doubtful."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...answers import ask
from ...archive.stats import stats
from ..rendering import render
from ..snapshots import reading


def home(request: Request) -> Response:
    with reading(request) as archive:
        figures = stats(archive)
        newest = ask.search(archive, "", size=8)
    return render(request, "home.html", figures=figures, newest=newest.hits)


ROUTES = [Route("/", home)]
