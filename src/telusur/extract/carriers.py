"""Who carries words on to the outlet: agencies, outlets and platforms, told by their names.

In comes a name as it is written; out goes its kind, by a table, by how names of outlets end, or by whose edition it is.
"""

from __future__ import annotations

import re
from functools import cache

from telusur.lexicon import read_table

_FAMILIES = frozenset({"kompas", "tribun", "detik", "antara", "liputan6", "okezone", "cnn", "bbc", "tempo", "tribunnews"})
"""Outlets with local and special editions: `Tribun Bali`."""
_EDITION = re.compile(r"[Dd]etik(?!nya)[a-zA-Z]|(?:Kompas|Liputan6|Okezone|Tribun)[-A-Z]")
"""How the edition's name begins where it is one word with the outlet's: `TribunLombok`, `detikOto`; a `Tribunal` is none."""
_SITES = (".com", ".id", ".co", ".net", ".co.id", ".tv", ".org")
_LAST_WORDS = frozenset({"news", "times", "post", "tv", "daily", "herald", "tribune", "chronicle", "today", "journal", "press", "online"})
_OF_MEDIA = frozenset({"tv", "berita", "news", "channel"})
"""Words in the name of a channel that show it to be an outlet's."""


@cache
def carriers() -> dict[str, str]:
    """Outlets, agencies and platforms by lower-case name, with their kind."""
    return {row["word"].casefold(): row["kind"] for row in read_table("carriers", ("word", "kind"))}


def carrier_kind(text: str) -> str | None:
    """`agency`, `outlet` or `platform`, where the name is one that carries words."""
    name = text.casefold().removeprefix("@")
    if kind := carriers().get(name):
        return kind
    if name.endswith(_SITES) or name.rsplit(" ", 1)[-1] in _LAST_WORDS:
        return "outlet"
    return "outlet" if name.split(" ", 1)[0] in _FAMILIES or _EDITION.match(text) else None


def is_channel(text: str) -> bool:
    """Whether the owner of a channel on a platform is an outlet himself: `kanal YouTube Kompas TV`, not `kanal YouTube DKPP`."""
    words = [word for word in text.split() if word.casefold() != "official"]  # `kanal YouTube Official iNews`
    return carrier_kind(" ".join(words)) in ("agency", "outlet") or any(word.casefold() in _OF_MEDIA for word in words)


def is_written_small(word: str) -> bool:
    """Whether a word carries words though it has no capital: `dihubungi detikcom`, `lewat akun instagram`."""
    return bool(_EDITION.match(word)) or carriers().get(word.casefold()) == "platform"
