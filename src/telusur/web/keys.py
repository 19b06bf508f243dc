"""The keys: what each does, what it is unless the reader changed it, and how a cookie keeps the change.

Single keys act outside of inputs only, and can be switched off (WCAG 2.1.4). A key that is global means nothing else on any page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

COOKIE = "telusur-keys"
OFF = "off"
LONGEST = 12


def _(text: str) -> str:
    """Marks a text for the catalogue; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Key:
    """One action with its key as the browser names it (``KeyboardEvent.key``); two keys one after another are parted by a blank."""

    action: str
    key: str
    says: str
    group: str


KEYS: tuple[Key, ...] = (
    Key("help", "?", _("show the keys"), _("Everywhere")),
    Key("search", "/", _("go to the search box"), _("Everywhere")),
    Key("home", "g a", _("go to the start page"), _("Everywhere")),
    Key("timeline", "g w", _("go to the timeline"), _("Everywhere")),
    Key("map", "g p", _("go to the map"), _("Everywhere")),
    Key("graph", "g j", _("go to the graph"), _("Everywhere")),
    Key("review", "g r", _("go to the review queue"), _("Everywhere")),
    Key("outlets", "g m", _("go to the outlets"), _("Everywhere")),
    Key("case", "g b", _("go to the case folder"), _("Everywhere")),
    Key("next", "j", _("next record or line"), _("Lists and articles")),
    Key("previous", "k", _("previous record or line"), _("Lists and articles")),
    Key("next-page", "n", _("next article, page or difference"), _("Lists and articles")),
    Key("previous-page", "p", _("previous article, page or difference"), _("Lists and articles")),
    Key("open", "Enter", _("open what is chosen"), _("Lists and articles")),
    Key("back", "Escape", _("close, or let go of what is chosen"), _("Lists and articles")),
    Key("marks", "m", _("marks on or off"), _("Lists and articles")),
    Key("cite", "c", _("copy the citation"), _("Lists and articles")),
    Key("link", ".", _("copy the link"), _("Lists and articles")),
    Key("accept", "a", _("accept"), _("Review")),
    Key("reject", "x", _("reject"), _("Review")),
    Key("correct", "e", _("correct"), _("Review")),
    Key("skip", " ", _("look at it later"), _("Review")),
    Key("undo", "Backspace", _("undo the last decision"), _("Review")),
    Key("together", "t", _("look at all of this kind together"), _("Review")),
    Key("start-earlier", "[", _("correcting: begin one word earlier"), _("Review")),
    Key("start-later", "]", _("correcting: begin one word later"), _("Review")),
    Key("end-earlier", "{", _("correcting: end one word earlier"), _("Review")),
    Key("end-later", "}", _("correcting: end one word later"), _("Review")),
    Key("article", "o", _("open in the article"), _("Review")),
)

LAYERS = {"1": "per", "2": "org", "3": "loc", "4": "time", "5": "said"}
"""On the reading view, digits turn single layers of marks on and off."""

_BY_ACTION = {key.action: key for key in KEYS}


def keys_of(cookie: str) -> dict[str, str]:
    """Each action's key as this reader has it; empty where single keys are switched off."""
    if cookie == OFF:
        return {}
    return {key.action: key.key for key in KEYS} | _read(cookie)


def _read(cookie: str) -> dict[str, str]:
    """``action=key`` pairs, keys as hex digits of their characters, so that a cookie can hold them."""
    changed: dict[str, str] = {}
    for part in cookie[:2000].split("."):
        action, _, told = part.partition("-")
        action = action.replace("_", "-")
        try:
            key = bytes.fromhex(told).decode()
        except ValueError:
            continue
        if action in _BY_ACTION and 0 < len(key) <= LONGEST:
            changed[action] = key
    return changed


def write(chosen: Mapping[str, str]) -> str:
    """The cookie of a reader's keys: only what differs from the usual."""
    changed = {action: key for action, key in chosen.items() if action in _BY_ACTION and 0 < len(key) <= LONGEST and key != _BY_ACTION[action].key}
    return ".".join(f"{action.replace('-', '_')}-{key.encode().hex()}" for action, key in sorted(changed.items()))


def clashes(chosen: Mapping[str, str]) -> list[str]:
    """Keys that were given to two actions, or that begin a pair of keys that another action has."""
    found: dict[str, list[str]] = {}
    for action, key in chosen.items():
        found.setdefault(key, []).append(action)
    firsts = {key.split(" ")[0] for key in chosen.values() if " " in key.strip()}
    return sorted({key for key, actions in found.items() if len(actions) > 1} | (firsts & set(found)))


_CAPS = {" ": ("spasi", "space"), "Escape": ("Esc", "Esc"), "Backspace": ("⌫", "⌫"), "Enter": ("↵", "↵"), "ArrowDown": ("↓", "↓"), "ArrowUp": ("↑", "↑")}


def caps(key: str, lang: str) -> list[str]:
    """A key as the caps of the keyboard have it, one after another."""
    parts = [key] if key in _CAPS else key.split()
    return [_CAPS[part][lang != "id"] if part in _CAPS else part for part in parts]
