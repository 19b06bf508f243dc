"""Templates to pages.

    return render(request, "outlets.html", outlets=…)

Every template is filled with autoescape on, whatever its name; values that nobody gave are errors. What all templates know:
`page` (a `Page`), ``_`` and ``ngettext`` through ``{% trans %}``, ``link`` (`links`), and the filters below.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from .. import messages
from ..config import Lang
from ..export.wording import Wording, clean, shorten
from . import keys, languages, links, security
from .static_files import static_url

_CODE = re.compile(r"`{1,2}([^`]+)`{1,2}")
THEME = "telusur-theme"
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Page:
    """What the frame of a page needs to know about the request."""

    request: Request
    lang: Lang
    theme: str
    words: Wording
    keys: Mapping[str, str]
    person: security.Person

    @property
    def path(self) -> str:
        return self.request.url.path

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query_params

    @property
    def token(self) -> str:
        """For the hidden field of every form that writes; a blank where the page is made for several browsers (`spreading`)."""
        blank: str | None = getattr(self.request.state, "blank", None)
        return blank or security.token(self.request)

    @property
    def is_part(self) -> bool:
        """Whether a script asks for a part of the page, not for all of it."""
        return self.request.headers.get("hx-request") == "true" and self.request.headers.get("hx-history-restore-request") != "true"

    @property
    def nav(self) -> list[tuple[str, str]]:
        return [(path, name) for path, name in NAV if path in self.request.app.state.paths]

    @property
    def archive(self) -> str:
        """The archive's name, without where it lies."""
        return str(self.request.app.state.archive_name)

    @property
    def accounts(self) -> bool:
        return bool(self.request.app.state.settings.accounts)

    def here(self, **changes: object) -> str:
        """This page with other parameters; None takes one out."""
        told = {**dict(self.request.query_params), **{name.rstrip("_"): value for name, value in changes.items()}}
        kept = {name: str(value) for name, value in told.items() if value not in (None, "")}
        return self.path + (f"?{urlencode(kept)}" if kept else "")

    def with_suffix(self, suffix: str) -> str:
        """This list in another form (``.csv``), from its beginning."""
        kept = {name: value for name, value in self.request.query_params.items() if name not in ("sesudah", "lang", "theme")}
        path = self.path.rstrip("/") or "/index"
        return path + suffix + (f"?{urlencode(kept)}" if kept else "")


def _(text: str) -> str:
    return text


NAV: tuple[tuple[str, str], ...] = (
    ("/cari", _("Search")),
    ("/o", _("People")),
    ("/waktu", _("Timeline")),
    ("/peta", _("Map")),
    ("/jejaring", _("Graph")),
    ("/media", _("Outlets")),
    ("/periksa", _("Review")),
    ("/berkas", _("Case folder")),
    ("/impor", _("Import")),
)
"""The bar on top; what has no route yet is not shown."""


def page_of(request: Request) -> Page:
    """What the frame of a page needs to know about a request."""
    lang = languages.language_of(request)
    theme = request.query_params.get("theme") or request.cookies.get(THEME, "auto")
    chosen = keys.keys_of(request.cookies.get(keys.COOKIE, ""))
    return Page(request, lang, theme if theme in THEMES else "auto", languages.wording(lang), chosen, security.person(request))


def render(request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any) -> Response:
    """A page, with a tag by which a browser can ask whether it has changed.

    Args:
        request: what was asked.
        template: its name below templates/.
        status, headers: of the response.
        context: what the template is filled with, besides ``page``.
    """
    page = page_of(request)
    body = environment(page.lang).get_template(template).render(page=page, **context).encode("utf-8", "replace")
    response = Response(body, status, {"vary": "cookie, accept-language, hx-request", **(headers or {})}, "text/html; charset=utf-8")
    if security.VISITOR not in request.cookies and hasattr(request.state, "visitor"):
        set_cookie(request, response, security.VISITOR, security.visitor(request), hidden=True)
    return tagged(request, response) if status == 200 else response


def tagged(request: Request, response: Response) -> Response:
    """The response with a tag of its content; 304 and nothing else where the browser has it."""
    tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:24]}"'
    response.headers["etag"] = tag
    known = request.headers.get("if-none-match", "")
    if request.method in security.SAFE and tag in (part.strip().removeprefix("W/") for part in known.split(",")):
        kept = {name: value for name, value in response.headers.items() if name not in ("content-length", "content-type")}
        return Response(status_code=304, headers=kept)
    return response


def set_cookie(request: Request, response: Response, name: str, value: str, *, hidden: bool = False) -> None:
    """A cookie for a year, of this room alone. ``hidden``: scripts cannot read it."""
    secure = bool(request.app.state.settings.https)
    response.set_cookie(name, value, max_age=365 * 24 * 3600, path="/", secure=secure, httponly=hidden, samesite="lax")


@cache
def environment(lang: Lang) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"], auto_reload=False, cache_size=-1,
    )  # fmt: skip
    told = languages.translations(lang)
    made.install_gettext_callables(told.gettext, told.ngettext, newstyle=True)  # type: ignore[attr-defined]
    words = languages.wording(lang)
    made.globals.update(
        lang=lang, words=words, say=words.say, link=links, static=static_url, all_keys=keys.KEYS, themes=THEMES
    )
    made.filters.update(
        clean=clean, short=shorten, n=words.whole, dec=words.decimal, day=words.day, pieces=pieces, whole_json=_json, host=_host,
        caps=lambda key: keys.caps(key, lang), coded=coded, said=lambda message: messages.told(message, lang),
        low=lambda text: text[:1].lower() + text[1:], up=lambda text: text[:1].upper() + text[1:],
    )  # fmt: skip
    return made


def coded(text: str) -> Markup:
    """A text with what stands between ` as code; all of it is escaped."""
    parts = _CODE.split(text)
    return Markup("").join(Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in enumerate(parts))


def _json(value: Any) -> str:
    """A value as JSON for an attribute; autoescape does the rest."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _host(url: str | None) -> str:
    """The host of an address that can be opened; "" where it cannot: only http and https can."""
    told = (url or "").strip()
    if not told.casefold().startswith(("http://", "https://")):
        return ""
    return clean(told.split("/")[2])[:80]


def pieces(text: str, marks: Iterable[tuple[int, int]], most: int = 420) -> list[tuple[str, bool]]:
    """A sentence cut at its marks: each piece with whether it is marked. A very long one is shown round its first mark."""
    spans = sorted((max(0, a), min(len(text), b)) for a, b in marks)
    low, high = _window(text, spans[0][0] if spans else 0, most)
    out: list[tuple[str, bool]] = [("… ", False)] if low else []
    at = low
    for start, end in spans:
        start = max(start, at)
        if end > high or start >= end:
            continue
        if start > at:
            out.append((_flat(text[at:start]), False))
        out.append((_flat(text[start:end]), True))
        at = end
    if at < high:
        out.append((_flat(text[at:high]), False))
    return [*out, (" …", False)] if high < len(text) else out


def _window(text: str, first: int, most: int) -> tuple[int, int]:
    if len(text) <= most:
        return 0, len(text)
    low = max(0, min(first - most // 4, len(text) - most))
    low = text.rfind(" ", 0, low) + 1 if low else 0
    return low, min(len(text), low + most)


def _flat(text: str) -> str:
    """Harmless characters in one line; blanks at the edges kept, since pieces are put together."""
    told = clean(text)
    if not told:
        return " " if text else ""
    return f"{' ' if text[:1].isspace() else ''}{told}{' ' if text[-1:].isspace() else ''}"


@cache
def style_sheet(name: str) -> str:
    """A style sheet of ours as text: for pages that must stand alone."""
    return (resources.files(__package__) / "static" / name).read_text(encoding="utf-8")
