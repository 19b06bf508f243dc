"""The texts of the pages in Indonesian and English, and which of them a reader wants.

Texts stand in English in templates and code; ``locale/id/LC_MESSAGES/*.po`` hold them in Indonesian, a catalogue for each part of the
room. ``make catalogues`` (`telusur.web.catalogues`) turns each .po into the .mo that ships. What the report says in words (types, stances,
dates) comes from the report's own table (`export.wording`).
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from typing import cast

from starlette.requests import HTTPConnection

from ..config import Lang
from ..export.wording import Wording

COOKIE = "telusur-lang"
LANGS: tuple[Lang, ...] = ("id", "en")


@cache
def translations(lang: Lang) -> NullTranslations:
    """All catalogues of a language as one; English needs none."""
    whole = NullTranslations()
    folder = resources.files(__package__) / "locale" / lang / "LC_MESSAGES"
    if not folder.is_dir():
        return whole
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".mo"):
            with file.open("rb") as opened:
                catalogue = GNUTranslations(opened)
            catalogue.add_fallback(whole)
            whole = catalogue
    return whole


@cache
def wording(lang: Lang) -> Wording:
    """The report's words in a language."""
    return Wording(lang)


def language_of(request: HTTPConnection) -> Lang:
    """As the address says (``?lang=en``), else as the reader once chose, else as the browser asks, else the room's own."""
    default: Lang = request.app.state.settings.lang
    for chosen in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if chosen in LANGS:
            return chosen
    return accepted(request.headers.get("accept-language", ""), default)


def accepted(header: str, default: Lang) -> Lang:
    """The language of ours that an ``Accept-Language`` header likes best; Malay readers get Indonesian."""
    best, weight = default, 0.0
    for part in header[:500].split(","):
        tag, _, quality = part.strip().partition(";q=")
        lang = {"id": "id", "in": "id", "ms": "id", "en": "en"}.get(tag.split("-")[0].casefold())
        try:
            liked = float(quality) if quality else 1.0
        except ValueError:
            liked = 0.0
        if lang and liked > weight:
            best, weight = cast(Lang, lang), liked
    return best
