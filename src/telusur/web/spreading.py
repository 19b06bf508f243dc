"""Where a page is made: here, in another process, or not at all because it was made a moment ago.

Stands inside all walls (`security.Guard`, `accounts.gate`): who may not ask does not come here. Pages that only read are taken apart
(`passing.asked_of`), kept (`keeping.Kept`), made by `makers.Makers` where there are any, and completed for the browser that asked: with its
own token, and as "unchanged" where it has the page. All else (forms, imports, accounts, lists of any length) goes on as it came.
"""

from __future__ import annotations

import hashlib
import secrets

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import security
from .accounts.rules import part_of
from .keeping import Kept
from .makers import Died, Makers
from .passing import Asked, Made, asked_of, make
from .rendering import set_cookie
from .settings import RoomSettings

__all__ = ["Spreading"]

PARTS = frozenset({"", "cari", "a", "k", "o", "c", "r", "waktu", "peta", "jejaring", "periksa", "media", "berkas", "bantuan", "atur", "api"})
"""Parts of the room whose pages depend on the archive and on what `Asked` carries. Not: files, imports, logins."""

HERE = frozenset({"media"})
"""Made in the process that listens, which knows at once when a form has changed what it remembers."""

STREAMED = (".csv", ".jsonl")
"""Lists that are sent while they are made."""

UNCHANGING = frozenset({"/api/v1/read", "/masuk", "/keluar"})
"""Forms that write nothing that a page shows."""


class Spreading:
    """The middleware. ``app.state`` has ``kept``, ``blank`` and ``makers``, which `app.create_app` puts there."""

    def __init__(self, app: ASGIApp, settings: RoomSettings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["method"] not in security.SAFE:
            await self.app(scope, receive, self._noticing(scope, send))
        elif scope["method"] == "OPTIONS" or part_of(scope["path"]) not in PARTS or scope["path"].endswith(STREAMED):
            await self.app(scope, receive, send)
        else:
            response = await self._response(scope)
            await response(scope, receive, send)

    def _noticing(self, scope: Scope, send: Send) -> Send:
        """Before a form is answered, what was kept is forgotten: the page that the browser is sent to is new."""

        async def noticed(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400 and scope["path"] not in UNCHANGING:
                kept: Kept = scope["app"].state.kept
                kept.written()
            await send(message)

        return noticed

    async def _response(self, scope: Scope) -> Response:
        state = scope["app"].state
        asked = asked_of(scope, self.settings.lang)

        async def made(asked: Asked) -> Made:
            return await self._made(scope, asked)

        try:
            # What programs ask is answered by what is there now; their lists carry names of the state.
            found = await (made(asked) if asked.path.startswith("/api/") else state.kept.get(asked, made))
        except Died:
            told = "the process that made this page has ended, twice; nothing was changed; try again, and ask for less at once"
            return PlainTextResponse(told + "\n", 503, {"retry-after": "5"})
        return _completed(scope, found, state.blank)

    async def _made(self, scope: Scope, asked: Asked) -> Made:
        makers: Makers | None = scope["app"].state.makers
        if makers is not None and part_of(asked.path) not in HERE and (made := await makers.make(asked)) is not None:
            return made
        return await make(self.app, asked, scope["app"].state.blank, app=scope["app"], server=scope.get("server"), client=scope.get("client"))


def _completed(scope: Scope, made: Made, blank: str) -> Response:
    """The page for this browser: its token put in, and nothing sent that it has."""
    request, body, tag = Request(scope), made.body, made.header(b"etag")
    if blank.encode() in body:
        token = security.token(request).encode()
        body = body.replace(blank.encode(), token)
        tag = f'"{hashlib.sha256(tag + token).hexdigest()[:24]}"'.encode() if tag else None
    unchanged = made.status == 200 and tag is not None and _has(request.headers, tag.decode())
    response = Response(None if unchanged else body, 304 if unchanged else made.status)
    left_out = (b"etag", *((b"content-length", b"content-type", b"content-disposition") if unchanged else ()))
    response.raw_headers = [(name, value) for name, value in made.headers if name not in left_out] + ([(b"etag", tag)] if tag else [])
    if security.VISITOR not in request.cookies and hasattr(request.state, "visitor"):  # a token was made of a number that the browser has not yet
        set_cookie(request, response, security.VISITOR, security.visitor(request), hidden=True)
    return response


def _has(headers: Headers, tag: str) -> bool:
    """Whether the browser says that it has what carries this tag."""
    known = headers.get("if-none-match", "")
    return known.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in known.split(","))


def new_blank() -> str:
    """As long as a token, and known to nobody: no article can hold it."""
    return secrets.token_hex(20)
