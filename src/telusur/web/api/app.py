"""The application below `/api/v1`: every request measured, asked in one snapshot of the archive, answered in one shape.

Errors of any kind go out as problem documents; so do addresses that lead nowhere.
"""

from __future__ import annotations

import hashlib
import logging
import re
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import msgspec
from anyio import CancelScope
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from ...errors import TelusurError
from ...export.json import dump_json
from ..languages import language_of
from ..security import person, require
from ..snapshots import reading, snapshot
from . import deciding, openapi, questions, streams
from .asked import Asked, state_of
from .operations import READS, WRITES, Operation, Rows, Who, Writing
from .problems import Refused, problem, refused
from .questions import FORMS
from .reader import Reader

LONGEST_BODY = 5_000_000
"""Bytes of a body; a longer one is refused before it is read."""

STREAMS = 4
"""Whole lists that are sent at once."""

STREAM_SECONDS = 600.0
"""How long a whole list may take to be read."""

_log = logging.getLogger("telusur.web")


# --- reading ----------------------------------------------------------------------------------------------------


def _asks(operation: Operation) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        _allow(request, operation.role)
        told = questions.read_parameters(operation.parameters, request.query_params.multi_items())
        state = state_of(request.app.state.archive)
        with reading(request) as opened:
            found = operation.run(Asked(opened, state, person(request), told, dict(request.path_params)))
        return _answer(request, encode(found), getattr(found, "next", None))

    return endpoint


def encode(found: Any) -> bytes:
    """An answer as JSON; a record as the command line prints it."""
    return dump_json(found).encode() if isinstance(found, dict) else msgspec.json.encode(found)


def _answer(request: Request, body: bytes, after: str | None) -> Response:
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"etag": tag, "vary": "accept-language, authorization, cookie", "cache-control": "private, no-cache"}
    if after:
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
        headers["link"] = f'<{request.url.path}?{urlencode([*kept, ("after", after)])}>; rel="next"'
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, "application/json")


def _streams(operation: Operation, rows: Rows, form: questions.Form) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        _allow(request, operation.role)
        told = questions.read_parameters(rows.parameters, request.query_params.multi_items())
        archive, who = request.app.state.archive, person(request)

        def written() -> Generator[bytes, None, None]:
            with _a_place(), snapshot(archive, STREAM_SECONDS) as opened:
                asked = Asked(opened, "", who, told, {})
                yield from streams.write(rows.every(asked), form, rows.columns)

        headers = {"content-disposition": f'attachment; filename="{operation.name}.{form}"', "vary": "authorization, cookie", "cache-control": "private, no-store"}
        if request.method == "HEAD":
            return Response(None, 200, headers, streams.MEDIA[form])
        return _Whole(written(), headers, streams.MEDIA[form])

    return endpoint


_PLACES = threading.BoundedSemaphore(STREAMS)


@contextmanager
def _a_place() -> Iterator[None]:
    """Room for one more whole list: each holds a connection for as long as it is sent."""
    if not _PLACES.acquire(blocking=False):
        raise Refused("busy", f"{STREAMS} whole lists are being sent already; nothing was looked up; try again when one is done", headers={"retry-after": "10"})
    try:
        yield
    finally:
        _PLACES.release()


class _Whole(StreamingResponse):
    """A stream that is made in threads, and closed in one, however it ends: also when the reader goes away.

    Its first part is made before the answer begins, so that what goes wrong at once is still told as a problem.
    """

    def __init__(self, parts: Generator[bytes, None, None], headers: Mapping[str, str], media: str) -> None:
        self.parts, self.first = parts, next(parts, b"")
        super().__init__(self._sent(), 200, headers, media)

    async def _sent(self) -> AsyncIterator[bytes]:
        yield self.first
        while part := await run_in_threadpool(next, self.parts, b""):
            yield part

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with CancelScope(shield=True):
                await run_in_threadpool(self.parts.close)


# --- writing ----------------------------------------------------------------------------------------------------


def _takes(writing: Writing, act: Callable[[Request, Any], Response]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        _allow(request, writing.role)
        questions.read_parameters(questions.Nothing, request.query_params.multi_items())
        media = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
        kinds = dict(writing.media)
        if media not in kinds:
            told = f"a body of {media[:80] or 'no stated kind'} is not taken; nothing was done; send {' or '.join(kinds)}"
            raise Refused("wrong-media", told, headers={"accept": ", ".join(kinds)})
        data = await _body(request)
        body = questions.read_body(kinds[media], data) if kinds[media] is not None else (media, data)
        return await run_in_threadpool(act, request, body)

    return endpoint


async def _body(request: Request) -> bytes:
    """The whole body, if it is not too long."""
    too_long = Refused("body-too-long", f"the body has more than {LONGEST_BODY:,} bytes; nothing was done; send less at once", headers={"connection": "close"})
    stated = request.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > LONGEST_BODY:
        raise too_long
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LONGEST_BODY:
            raise too_long
        parts.append(part)
    return b"".join(parts)


def _read(request: Request, body: Any) -> Response:
    if isinstance(body, tuple):
        media, data = body
        line = {"html" if media == "text/html" else "text": data.decode("utf-8", "replace")}
    else:
        line = {name: value for name in body.__struct_fields__ if (value := getattr(body, name)) is not None}
    reader: Reader | None = getattr(request.app.state, "reader", None)
    if reader is None:
        reader = request.app.state.reader = Reader()
    record = reader.read(msgspec.json.encode(line))
    return Response(record, 200, {"cache-control": "no-store"}, "application/json")


def _decide(request: Request, body: Any) -> Response:
    made = deciding.make(request.app.state.archive, person(request), body)
    _log.info("decision %s by %s", made.id, made.who)
    return Response(msgspec.json.encode(made), 201, {"cache-control": "no-store"}, "application/json")


ACTS: Mapping[str, Callable[[Request, Any], Response]] = {"read": _read, "decide": _decide}


# --- who may ----------------------------------------------------------------------------------------------------


def _allow(request: Request, role: Who) -> None:
    if role != "anyone":
        require(request, role)


def _description(request: Request) -> Response:
    questions.read_parameters(questions.Nothing, request.query_params.multi_items())
    return _answer(request, openapi.document_text(), None)


# --- put together -----------------------------------------------------------------------------------------------


def _routes() -> list[BaseRoute]:
    """A route for each address, with all methods that it takes."""
    routes: list[BaseRoute] = [Route("/openapi.json", _description, methods=["GET"], name="api-openapi")]
    writing = {told.path: _takes(told, ACTS[told.name]) for told in WRITES}
    for operation in READS:
        if operation.rows:
            for form in FORMS:
                routes.append(Route(f"{operation.path}.{form}", _streams(operation, operation.rows, form), methods=["GET"], name=f"api-{operation.name}-{form}"))
        asks, takes = _asks(operation), writing.pop(operation.path, None)
        endpoint, methods = (_either(asks, takes), ["GET", "POST"]) if takes else (asks, ["GET"])
        routes.append(Route(operation.path or "/", endpoint, methods=methods, name=f"api-{operation.name}"))
    routes += [Route(path, takes, methods=["POST"], name=f"api{path.replace('/', '-')}") for path, takes in writing.items()]
    return routes


def _either(asks: Callable[[Request], Response], takes: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """One address that is read and written."""

    async def endpoint(request: Request) -> Response:
        return await takes(request) if request.method == "POST" else await run_in_threadpool(asks, request)

    return endpoint


class _Problems:
    """Whatever goes wrong inside goes out as a problem."""

    def __init__(self, app: Router) -> None:
        self.routes = app.routes
        self.app: ASGIApp = ExceptionMiddleware(app, {HTTPException: _http, TelusurError: _told, Refused: _told})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_on(message: Any) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        except ClientDisconnect:
            return
        except Exception:
            if started:
                raise
            _log.exception("a fault while answering %s", scope["path"])
            told = Refused("fault", "the program met a fault of its own; nothing was changed; the log of telusur serve tells more")
            await problem(told, language_of(Request(scope)))(scope, receive, send)


_HTTP = {401: "not-logged-in", 403: "not-allowed", 404: "not-found", 405: "no-such-method", 413: "body-too-long", 429: "too-often"}
_SAID = {
    401: "nobody is logged in; nothing was done; send a token: Authorization: Bearer TOKEN",
    404: "there is nothing at this address; /api lists what there is",
    405: "this address does not take that method; Allow says which it takes",
}


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 401:
        headers["www-authenticate"] = 'Bearer realm="telusur"'
    told = Refused(_HTTP.get(error.status_code, "bad-request"), _SAID.get(error.status_code, error.detail), headers=headers)
    return problem(told, language_of(request))


async def _told(request: Request, error: Exception) -> Response:
    told = error if isinstance(error, Refused) else refused(error)  # type: ignore[arg-type]
    return problem(told, language_of(request))


def _mount() -> Mount:
    """All addresses below, also those that hold a line break, which would else fall through to the pages."""
    mount = Mount("/api/v1", app=_Problems(Router(_routes(), redirect_slashes=False)))
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


ROUTES: list[BaseRoute] = [_mount()]
