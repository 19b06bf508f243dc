"""The room put together: its routes, what stands before them, and what a reader sees when something goes wrong.

A part of the room is a module with ``ROUTES``; `PARTS` names them. Endpoints are plain functions where they read (Starlette runs
them in threads), made by `security.writes` where they write.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..archive.engine import Archive, is_url
from ..archive.stats import stats
from ..errors import ArchiveBusy, ArchiveError, BadRequest, TelusurError, TooSlow
from .imports import place_of
from .keeping import Kept, Version
from .makers import Makers, Opening
from .pages import actor, outlets
from .recent import Answers, warm
from .rendering import render
from .security import Guard
from .settings import RoomSettings
from .spreading import Spreading, new_blank
from .traces import Traces

_log = logging.getLogger("telusur.web")

PARTS: tuple[str, ...] = (
    "static_files",
    "api.app",
    "api.page",
    "accounts.pages",
    "pages.home",
    "pages.timeline",
    "pages.map",
    "pages.graph",
    "pages.importing",
    "pages.folders",
    "pages.search",
    "pages.article",
    "pages.claim",
    "pages.story",
    "pages.actor",
    "pages.review",
    "pages.outlets",
    "pages.help",
    "pages.preferences",
)
"""Modules of this package that have ``ROUTES``, in the order in which they are asked."""

MIDDLEWARE: tuple[str, ...] = ("accounts.gate",)
"""Modules with ``middleware(settings) -> Middleware``: they run inside the guard, in this order, on every request."""


def create_app(archive: Archive, settings: RoomSettings | None = None) -> Starlette:
    """The reading room over an open archive.

    Args:
        archive: what is read; whoever opened it closes it.
        settings: see `RoomSettings`.
    """
    settings = settings or RoomSettings()
    inner = [import_module(f"{__package__}.{name}").middleware(settings) for name in MIDDLEWARE]
    app = _assembled(archive, settings, [Middleware(Guard, settings=settings), Middleware(_Faults), *inner, Middleware(Spreading, settings=settings)], _lifespan)
    version = Version(archive)
    app.state.kept, app.state.version = Kept(version.now, settings.behind_seconds), version
    app.state.blank, app.state.makers = new_blank(), None
    return app


def create_inner(archive: Archive, settings: RoomSettings) -> Starlette:
    """The pages without the walls: for a process that only the one that listens can ask (`maker`)."""
    return _assembled(archive, settings, [], _inner_lifespan)


def _assembled(archive: Archive, settings: RoomSettings, middleware: list[Middleware], lifespan: Any) -> Starlette:
    routes = [route for part in PARTS for route in _routes(part)]
    app = Starlette(routes=routes, middleware=middleware, exception_handlers={HTTPException: _http_error, TelusurError: _told_error, 500: _fault}, lifespan=lifespan)
    app.state.archive, app.state.settings = archive, settings
    app.state.answers, app.state.traces = Answers(), Traces()
    app.state.archive_name = archive.place.rpartition("/")[2] if is_url(archive.place) else PurePath(archive.place).name
    app.state.paths = frozenset(route.path for route in routes if isinstance(route, Route))
    return app


def _routes(part: str) -> list[BaseRoute]:
    routes: list[BaseRoute] = import_module(f"{__package__}.{part}").ROUTES
    return routes


ANSWERS = {"outlets": outlets.rows, "stats": stats, "actors": actor.most_told}
"""What is made before the first reader asks (`recent`); the first belongs to the process that listens (`spreading.HERE`)."""


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[Mapping[str, Any]]:
    """No more threads than the processor can use: readers wait in a line rather than in each other's way."""
    from anyio import CapacityLimiter

    _limit_threads(app)
    settings: RoomSettings = app.state.settings
    app.state.writers = CapacityLimiter(settings.writers)  # who waits for the archive to be written keeps no reader waiting
    if settings.processes:
        opening = Opening(place_of(app.state.archive), replace(settings, processes=0), app.state.blank)
        app.state.makers = makers = Makers(opening, settings.processes)
        await makers.start()
        warm(app.state, {"outlets": ANSWERS["outlets"]})
    else:
        warm(app.state, ANSWERS)
    try:
        yield {}
    finally:
        if settings.processes:
            await makers.close()
        await app.state.kept.close()
        app.state.version.close()


@asynccontextmanager
async def _inner_lifespan(app: Starlette) -> AsyncIterator[Mapping[str, Any]]:
    _limit_threads(app)
    warm(app.state, {name: make for name, make in ANSWERS.items() if name != "outlets"})
    yield {}


def _limit_threads(app: Starlette) -> None:
    from anyio.to_thread import current_default_thread_limiter

    current_default_thread_limiter().total_tokens = app.state.settings.threads


# --- when something goes wrong ----------------------------------------------------------------------------------

_STATUSES: tuple[tuple[type[TelusurError], int], ...] = ((TooSlow, 503), (ArchiveBusy, 503), (BadRequest, 400), (ArchiveError, 500))


def status_of(error: TelusurError) -> int:
    """The HTTP status that an error of ours means."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code in (204, 304):
        return Response(status_code=error.status_code, headers=error.headers)
    return _error_page(request, error.status_code, error.detail, error.headers)


async def _told_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, TelusurError)
    return _error_page(request, status_of(error), str(error), None)


class _Faults:
    """What nobody foresaw becomes a page inside the wall, so that it carries the same safe headers as every other."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_on(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            _log.exception("a fault while answering %s", scope["path"])
            await (await _fault(Request(scope), error))(scope, receive, send)


async def _fault(request: Request, error: Exception) -> Response:
    """What nobody foresaw: the log has it, the reader is told that nothing is lost."""
    return _error_page(request, 500, f"{type(error).__name__}: the room made a mistake; nothing was changed; the log of telusur serve tells more", None)


def _error_page(request: Request, status: int, message: str, headers: Mapping[str, str] | None) -> Response:
    if request.url.path.startswith("/static/") or "text/html" not in request.headers.get("accept", "text/html,*/*").replace("*/*", "text/html"):
        return PlainTextResponse(message + "\n", status, headers)
    try:
        return render(request, "error.html", status=status, headers={**(headers or {}), "cache-control": "no-store"}, code=status, message=message)
    except Exception:  # whatever broke the page may break this one too
        return PlainTextResponse(message + "\n", status, headers)
