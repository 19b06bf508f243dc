"""Who asks, found before anything else. Who has not logged in gets no further than the login page, programs than a 401.

Stands inside the guard (`security.Guard`), before all pages. Where nobody has an account it lets everything through, and refuses
tokens, since nobody can have one.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..api.problems import Refused, problem
from ..languages import language_of
from ..security import ROLES, Person, host_name
from ..settings import LOOPBACK, RoomSettings
from . import tables
from .limits import Limit
from .rules import rule_of
from .store import People

COOKIE = "telusur-login"

_log = logging.getLogger("telusur.web")


def middleware(settings: RoomSettings) -> Middleware:
    return Middleware(Gate, settings=settings)


def people_of(state: Any) -> People:
    """The people of the room's archive, opened once."""
    found: People | None = getattr(state, "people", None)
    if found is None:
        found = state.people = People(tables.connect(state.archive))
    return found


def is_secure(request: Request) -> bool:
    """Whether the request came over HTTPS."""
    return bool(request.app.state.settings.https) or request.url.scheme == "https"


def is_safe(request: Request) -> bool:
    """Whether a secret comes here unread by others: over HTTPS, or inside this machine."""
    return is_secure(request) or host_name(request.headers.get("host", "")) in LOOPBACK


class Gate:
    """Finds who asks, and turns away who may not."""

    def __init__(self, app: ASGIApp, settings: RoomSettings) -> None:
        self.app, self.settings = app, settings
        self.asks = Limit(settings.asks_a_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        refusal = await self._refusal(request)
        await (refusal or self.app)(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if not self.settings.accounts:
            return _not_logged_in(request, "nobody has an account here, so no token is good; send none") if kind else None
        people, asker = people_of(request.app.state), ""
        found: Person | None = None
        if kind and not is_safe(request):
            return _not_logged_in(request, "this came over plain HTTP, where others can read the token; nothing was done; revoke it, and use HTTPS")
        if kind:
            carried = await run_in_threadpool(people.who_carries, secret.strip()) if kind.casefold() == "bearer" else None
            if carried is None:
                return _not_logged_in(request, "this token is not, or no longer, good; nothing was done; make another with `telusur tokens add`")
            found, asker = carried[0], f"token {carried[1]}"
        elif login := request.cookies.get(COOKIE):
            found = await run_in_threadpool(people.who_logged_in, login)
            asker = f"login {found.name}" if found else ""
        person = found or Person("", "reader", known=False)
        request.state.person = person
        return self._turned_away(request, person) or self._too_often(request, asker)

    def _turned_away(self, request: Request, person: Person) -> Response | None:
        needed = rule_of(request.method, request.url.path)
        if needed == "anyone":
            return None
        if not person.known:
            return _not_logged_in(request, "nobody is logged in; nothing was done; send a token: Authorization: Bearer TOKEN")
        if ROLES.index(person.role) < ROLES.index(needed):
            return _not_allowed(request, f"this needs the role {needed}, and yours is {person.role}; nothing was done; ask whoever looks after the accounts")
        return None

    def _too_often(self, request: Request, asker: str) -> Response | None:
        if not asker or not _is_for_programs(request):
            return None
        wait = self.asks.wait(asker)
        if not wait:
            return None
        told = f"more than {self.asks.most} requests in a minute; this one was not done; come again in {wait} s"
        return problem(Refused("too-often", told, headers={"retry-after": str(wait)}), language_of(request))


def _is_for_programs(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _not_logged_in(request: Request, why: str) -> Response:
    """To the login page, and from there back; a program is told."""
    page = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")
    if _is_for_programs(request) or not page:
        return problem(Refused("not-logged-in", why, headers={"www-authenticate": 'Bearer realm="telusur"'}), language_of(request))
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse("/masuk" + (f"?ke={quote(here, safe='')}" if here != "/" else ""), 303, {"cache-control": "no-store"})


def _not_allowed(request: Request, why: str) -> Response:
    if _is_for_programs(request) or "text/html" not in request.headers.get("accept", ""):
        return problem(Refused("not-allowed", why), language_of(request))
    from ..rendering import render

    return render(request, "error.html", status=403, headers={"cache-control": "no-store"}, code=403, message=why)
