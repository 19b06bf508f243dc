"""Settings of one reader: language, theme, layers of marks, keys. They are cookies of this browser."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from .. import keys, languages
from ..rendering import THEME, THEMES, render, set_cookie
from ..security import writes

LAYERS_COOKIE = "telusur-layers"


def _(text: str) -> str:
    return text


LAYERS: tuple[tuple[str, str], ...] = (
    ("per", _("people")), ("org", _("organisations")), ("loc", _("places")), ("time", _("times")), ("said", _("statements and claims")),
)  # fmt: skip


def layers_of(request: Request) -> tuple[str, ...]:
    """The layers of marks that this reader wants to see; all, unless some were switched off."""
    told = request.cookies.get(LAYERS_COOKIE)
    known = tuple(code for code, _name in LAYERS)
    return known if told is None else tuple(code for code in known if code in told.split("."))


def show(request: Request) -> Response:
    return _page(request, saved="tersimpan" in request.query_params)


def _page(request: Request, *, saved: bool = False, clashing: list[str] | None = None, status: int = 200) -> Response:
    return render(request, "preferences.html", status=status, saved=saved, clashing=clashing or [], layers=LAYERS, shown=layers_of(request))


@writes("reader")
def save(request: Request, form: FormData) -> Response:
    chosen = {key.action: _key(str(form.get(f"key-{key.action}") or key.key)) for key in keys.KEYS}
    if form.get("keys-reset"):
        chosen = {}
    elif clashing := keys.clashes(chosen):
        return _page(request, clashing=clashing, status=422)
    response = RedirectResponse("/atur?tersimpan=1", 303)
    lang, theme = str(form.get("lang", "")), str(form.get("theme", ""))
    if lang in languages.LANGS:
        set_cookie(request, response, languages.COOKIE, lang)
    if theme in THEMES:
        set_cookie(request, response, THEME, theme)
    wanted = set(map(str, form.getlist("layer")))
    set_cookie(request, response, LAYERS_COOKIE, ".".join(code for code, _name in LAYERS if code in wanted) or "none")
    set_cookie(request, response, keys.COOKIE, keys.OFF if form.get("keys-off") else keys.write(chosen))
    return response


def _key(told: str) -> str:
    """A key as typed: its words for the space bar become a space."""
    plain = told.strip()
    return " " if plain.casefold() in ("space", "spasi", "") else " ".join(plain.split())


ROUTES = [Route("/atur", show), Route("/atur", save, methods=["POST"])]
