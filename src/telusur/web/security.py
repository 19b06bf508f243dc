"""Who may ask what: which hosts, which pages may send forms, which headers go out, who decides.

Three walls stand before anything is written:
  1. `Guard`: the request calls the room by a name it has (no rebinding of names), and comes from its own pages
     (Sec-Fetch-Site, else Origin; programs that send neither pass on to the second).
  2. `writes`: a form carries a token that only our own page could read; programs carry theirs in a header.
  3. `require`: whoever asks has the role for it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Literal
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .settings import RoomSettings

Role = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = ("reader", "reviewer", "admin")

VISITOR = "telusur-visitor"
TOKEN_FIELD, TOKEN_HEADER = "token", "x-csrf-token"
LONGEST_FORM = 1 << 20
SAFE = ("GET", "HEAD", "OPTIONS")

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'",
    "form-action 'self'", "manifest-src 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. ``known``: logged in, or named by whoever started the room on this machine."""

    name: str
    role: Role
    known: bool = True

    def may(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


def person(request: HTTPConnection) -> Person:
    """Who asks: whom the login found (``request.state.person``), else, where nobody logs in, whoever sits at this machine."""
    found: Person | None = getattr(request.state, "person", None)
    if found is not None:
        return found
    settings: RoomSettings = request.app.state.settings
    if settings.accounts:
        return Person("", "reader", known=False)
    return Person(settings.by or "web", "admin")


def require(request: HTTPConnection, role: Role) -> Person:
    """Whoever asks, if that person has at least this role.

    Raises:
        HTTPException: 401 where nobody has logged in, 403 where the role is too small.
    """
    who = person(request)
    if not who.may(role):
        raise HTTPException(403 if who.known else 401, f"this needs the role {role}; nothing was done")
    return who


# --- tokens -----------------------------------------------------------------------------------------------------


def visitor(request: HTTPConnection) -> str:
    """A number of this browser's, made with the first page; `render` hands it out as a cookie."""
    told = request.cookies.get(VISITOR, "")
    if len(told) == 32 and told.isalnum():
        return told
    made: str | None = getattr(request.state, "visitor", None)
    if made is None:
        made = request.state.visitor = secrets.token_hex(16)
    return made


def token(request: HTTPConnection) -> str:
    """What a form of this browser must carry: nobody makes it without the room's secret."""
    settings: RoomSettings = request.app.state.settings
    return hmac.new(settings.secret, visitor(request).encode(), hashlib.sha256).hexdigest()[:40]


def check_token(request: HTTPConnection, told: str) -> None:
    """Refuses a request whose token is not this browser's.

    Raises:
        HTTPException: 403.
    """
    if VISITOR not in request.cookies or not hmac.compare_digest(told.encode(), token(request).encode()):
        raise HTTPException(403, "this form was not made by this room, or before it was opened anew; nothing was done; load the page again and send it again")


Handler = Callable[[Request, FormData], Response]


def writes(role: Role) -> Callable[[Handler], Callable[[Request], Awaitable[Response]]]:
    """Makes an endpoint of a function that changes something: it is called with the form, in a thread, and only where the
    form carries the right token and whoever asks has the role."""

    def around(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        @wraps(handler)
        async def endpoint(request: Request) -> Response:
            length = request.headers.get("content-length", "")
            if not length.isdigit():
                raise HTTPException(411, "the form does not say how long it is; nothing was done")
            if int(length) > LONGEST_FORM:
                raise HTTPException(413, "the form is too long; nothing was done")
            async with request.form(max_files=0, max_fields=200, max_part_size=LONGEST_FORM) as form:
                check_token(request, str(form.get(TOKEN_FIELD) or request.headers.get(TOKEN_HEADER) or ""))
                require(request, role)
                return await to_thread.run_sync(handler, request, form, limiter=request.app.state.writers)

        return endpoint

    return around


# --- the wall round everything ----------------------------------------------------------------------------------


class Guard:
    """Turns away what calls the room by a strange name or writes from a strange page; puts safe headers on what goes out."""

    def __init__(self, app: ASGIApp, settings: RoomSettings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "private, no-cache")
                if self.settings.https:
                    headers.setdefault("strict-transport-security", "max-age=31536000")
            await send(message)

        refused = self._refusal(scope)
        await (refused or self.app)(scope, receive, send_safely)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host_name(host) not in self.settings.hosts:
            told = f"this room does not answer to the name {host_name(host)[:80]!r}; start it with --host-name to let it"
            return self._refused(scope, 421, "wrong-host", told)
        if scope["method"] not in SAFE and not own_page(headers, host):
            return self._refused(scope, 403, "other-site", "this request comes from another site's page; nothing was done")
        return None

    def _refused(self, scope: Scope, status: int, code: str, told: str) -> Response:
        """In words; to programs as a problem."""
        if not scope["path"].startswith("/api/"):
            return PlainTextResponse(told + "\n", status)
        from .api.problems import Refused, problem
        from .languages import accepted

        return problem(Refused(code, told), accepted(Headers(scope=scope).get("accept-language", ""), self.settings.lang))


def host_name(host: str) -> str:
    """A Host header without its port, in small letters."""
    name = host.casefold()
    return name[: name.index("]") + 1] if name.startswith("[") and "]" in name else name.partition(":")[0]


def own_page(headers: Headers, host: str) -> bool:
    """Whether a request can come from one of our pages, as far as the browser tells."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.casefold() == host.casefold()
