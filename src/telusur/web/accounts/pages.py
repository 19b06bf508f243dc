"""Logging in and out, one's own account with its tokens, and for admins: people, and the log of what was done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...errors import BadRequest
from ..rendering import render
from ..security import ROLES, person, require, writes
from .gate import COOKIE, is_safe, is_secure, people_of
from .limits import Limit
from .store import LASTS, People, key_of

_LOG_PAGE = 50


def _(text: str) -> str:
    return text


def _people(request: Request) -> People:
    return people_of(request.app.state)


def _limit(request: Request) -> Limit:
    """How often an address may try to log in."""
    state = request.app.state
    found: Limit | None = getattr(state, "logins", None)
    if found is None:
        found = state.logins = Limit(state.settings.logins_a_minute)
    return found


def address_of(request: Request) -> str:
    return request.client.host if request.client else "?"


def _text(form: FormData, name: str) -> str:
    found = form.get(name)
    return found if isinstance(found, str) else ""


def safe_way(told: str) -> str:
    """Where to go after logging in: an address of this room, never another's."""
    parts = urlsplit(told)
    inside = told.startswith("/") and not told.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return told if inside and told.isprintable() and "\\" not in told and len(told) < 2000 else "/"


_SHOWN: tuple[tuple[str, str], ...] = (
    ("fewer than 10", _("The password has fewer than 10 characters. Nothing was changed; some words in a row are easy to keep in mind.")),
    ("longer than 1000", _("The password is too long, or holds a character that cannot be typed. Nothing was changed.")),
    ("easy to guess", _("The password is easy to guess. Nothing was changed; choose another.")),
    ("has an account already", _("Somebody of this name has an account already. Nothing was changed.")),
    ("no name for an account", _("This is no name for an account. Nobody was added; give one of 1 to 60 letters.")),
    ("would be admin", _("Nobody would be admin any more. Nothing was changed; make somebody else admin first.")),
    ("has no label", _("The token has no label, or a very long one. Nothing was made; say what it is for.")),
    ("no token", _("There is no such token any more.")),
    ("is called", _("Nobody of this name has an account any more.")),
)


def shown(error: BadRequest) -> str:
    """What went wrong as a page tells it, without the command line's advice: a text that is translated."""
    told = str(error)
    return next((text for needle, text in _SHOWN if needle in told), told)


# --- in and out -------------------------------------------------------------------------------------------------


def show_login(request: Request) -> Response:
    if not request.app.state.settings.accounts:
        return RedirectResponse("/", 303)
    if person(request).known:
        return RedirectResponse(safe_way(request.query_params.get("ke", "/")), 303)
    return _login_page(request, safe_way(request.query_params.get("ke", "/")))


def _login_page(request: Request, way: str, *, problem: str = "", name: str = "", status: int = 200, wait: int = 0) -> Response:
    headers = {"cache-control": "no-store", **({"retry-after": str(wait)} if wait else {})}
    return render(request, "accounts/login.html", status=status, headers=headers, way=way, problem=problem, name=name, wait=wait)


@writes("reader")
def log_in(request: Request, form: FormData) -> Response:
    way, name = safe_way(_text(form, "ke") or "/"), _text(form, "name")[:200]
    settings = request.app.state.settings
    if not settings.accounts:
        return RedirectResponse("/", 303)
    if not is_safe(request):
        return _login_page(request, way, problem="plain", name=name, status=403)
    if wait := _limit(request).wait(address_of(request)):
        return _login_page(request, way, problem="often", name=name, status=429, wait=wait)
    secret = _people(request).log_in(name, _text(form, "password"), address_of(request))
    if secret is None:
        return _login_page(request, way, problem="wrong", name=name, status=401)
    _limit(request).give_back(address_of(request))  # a newsroom that comes in together is no attack
    response = RedirectResponse(way, 303, {"cache-control": "no-store"})
    response.set_cookie(COOKIE, secret, max_age=int(LASTS.total_seconds()), path="/", secure=is_secure(request), httponly=True, samesite="lax")
    return response


@writes("reader")
def log_out(request: Request, form: FormData) -> Response:
    if secret := request.cookies.get(COOKIE):
        _people(request).log_out(secret, person(request).name)
    response = RedirectResponse("/masuk", 303, {"cache-control": "no-store", "clear-site-data": '"cache"'})
    response.delete_cookie(COOKIE, path="/", secure=is_secure(request), httponly=True, samesite="lax")
    return response


# --- one's own account ------------------------------------------------------------------------------------------


def show_account(request: Request) -> Response:
    if not request.app.state.settings.accounts:
        return RedirectResponse("/", 303)
    return _account_page(request)


def _account_page(request: Request, *, made: str = "", problem: str = "", status: int = 200) -> Response:
    who = require(request, "reader")
    tokens = _people(request).tokens(who.name)
    done = request.query_params.get("sudah", "") if request.method == "GET" else ""
    return render(
        request, "accounts/account.html", status=status, headers={"cache-control": "no-store"}, tokens=tokens, made=made, problem=problem, done=done,
        roles=[role for role in ROLES if who.may(role)],
    )  # fmt: skip


@writes("reader")
def change_password(request: Request, form: FormData) -> Response:
    who, people = require(request, "reader"), _people(request)
    if _limit(request).wait(f"password of {who.name}"):
        return _account_page(request, problem=_("Too many tries. Come again in a minute."), status=429)
    if not people.is_password(who.name, _text(form, "old")):
        return _account_page(request, problem=_("The present password is not right. Nothing was changed."), status=422)
    if _text(form, "new") != _text(form, "again"):
        return _account_page(request, problem=_("The two new passwords differ. Nothing was changed."), status=422)
    try:
        people.set_password(who.name, _text(form, "new"), who.name, keep=request.cookies.get(COOKIE))
    except BadRequest as error:
        return _account_page(request, problem=shown(error), status=422)
    return RedirectResponse("/akun?sudah=sandi", 303)


@writes("reader")
def add_token(request: Request, form: FormData) -> Response:
    """The answer shows the token, this once."""
    who = require(request, "reader")
    days = _text(form, "days")
    try:
        _token, secret = _people(request).add_token(who.name, _text(form, "label"), who.name, role=_text(form, "role") or None, days=int(days) if days in ("30", "365") else None)
    except BadRequest as error:
        return _account_page(request, problem=shown(error), status=422)
    return _account_page(request, made=secret, status=201)


@writes("reader")
def revoke_token(request: Request, form: FormData) -> Response:
    who = require(request, "reader")
    try:
        _people(request).revoke(_text(form, "id"), who.name, of=who.name)
    except BadRequest as error:
        return _account_page(request, problem=shown(error), status=422)
    return RedirectResponse("/akun?sudah=kunci", 303)


# --- everybody --------------------------------------------------------------------------------------------------


def show_people(request: Request) -> Response:
    if not request.app.state.settings.accounts:
        return RedirectResponse("/", 303)
    return _people_page(request)


def _people_page(request: Request, *, problem: str = "", status: int = 200) -> Response:
    require(request, "admin")
    people = _people(request)
    told: dict[str, Any] = {"people": [one for one in people.all() if one.removed is None], "log": people.log(most=10), "roles": ROLES}
    return render(request, "accounts/people.html", status=status, headers={"cache-control": "no-store"}, problem=problem, **told)


def _changed(request: Request, act: Any) -> Response:
    try:
        act()
    except BadRequest as error:
        return _people_page(request, problem=shown(error), status=422)
    return RedirectResponse("/orang", 303)


@writes("admin")
def add_person(request: Request, form: FormData) -> Response:
    by = person(request).name
    return _changed(request, lambda: _people(request).add(_text(form, "name"), _text(form, "role"), _text(form, "password"), by))


@writes("admin")
def give_role(request: Request, form: FormData) -> Response:
    by = person(request).name
    return _changed(request, lambda: _people(request).set_role(_text(form, "name"), _text(form, "role"), by))


@writes("admin")
def remove_person(request: Request, form: FormData) -> Response:
    by, name = person(request).name, _text(form, "name")
    if key_of(name) == key_of(by):
        return _people_page(request, problem=_("You cannot remove yourself. Nothing was changed; another admin can."), status=422)
    return _changed(request, lambda: _people(request).remove(name, by))


def show_log(request: Request) -> Response:
    require(request, "admin")
    before = request.query_params.get("sesudah", "")
    entries = _people(request).log(most=_LOG_PAGE + 1, below=int(before) if before.isdecimal() and len(before) < 10 else None)
    following = str(entries[_LOG_PAGE - 1].number) if len(entries) > _LOG_PAGE else None
    return render(request, "accounts/log.html", headers={"cache-control": "no-store"}, log=entries[:_LOG_PAGE], following=following)


ROUTES = [
    Route("/masuk", show_login),
    Route("/masuk", log_in, methods=["POST"]),
    Route("/keluar", log_out, methods=["POST"]),
    Route("/akun", show_account),
    Route("/akun/sandi", change_password, methods=["POST"]),
    Route("/akun/kunci", add_token, methods=["POST"]),
    Route("/akun/kunci/hapus", revoke_token, methods=["POST"]),
    Route("/orang", show_people),
    Route("/orang", add_person, methods=["POST"]),
    Route("/orang/peran", give_role, methods=["POST"]),
    Route("/orang/hapus", remove_person, methods=["POST"]),
    Route("/orang/catatan", show_log),
]
