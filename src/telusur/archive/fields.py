"""What a person may correct, and how it is written on a command line.

Comes in: a record, an item's key, a field and a text as typed. Goes out: the value that a decision keeps, with places
instead of ids. Words of the article stand for the place where they stand: the one nearest to the item.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..errors import BadRequest
from ..model.claim import CERTAINTIES, CHAIN_ROLES, CLAIM_TYPES, POLARITIES, TENSES
from ..model.layers import ENTITY_TYPES, STYLES, TIME_MODS, TIME_TYPES
from .overlay import Json, Laying, is_key, layer_of

NONE = "-"
"""What is typed for nothing: no time, no recipient, no link."""

CHOICES: Mapping[tuple[str, str], Sequence[str]] = {
    ("claims", "type"): CLAIM_TYPES,
    ("claims", "certainty"): CERTAINTIES,
    ("claims", "polarity"): POLARITIES,
    ("claims", "tense"): TENSES,
    ("attributions", "style"): STYLES,
    ("mentions", "type"): ENTITY_TYPES,
    ("entities", "type"): ENTITY_TYPES,
    ("times", "type"): TIME_TYPES,
    ("times", "mod"): (*TIME_MODS, NONE),
}
"""Fields that take one of some words."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "claims": ("type", "span", "actor", "recipient", "place", "time", "certainty", "polarity", "tense", "casualties", "according_to"),
    "attributions": ("speaker", "chain", "content", "cue", "style"),
    "mentions": ("span", "type", "entity"),
    "entities": ("name", "type", "link"),
    "times": ("span", "value", "from", "to", "type", "mod"),
}
"""What can be corrected, by layer, in the order in which it is offered."""

_SPAN = re.compile(r"(\d{1,12})-(\d{1,12})")
_COUNTED = ("killed", "injured", "missing", "displaced")


def read_value(record: Mapping[str, Any], key: str, field: str, typed: str) -> tuple[str, Any]:
    """The field to set, and its value.

    Raises:
        BadRequest: there is no such field, or the text is no value of it; the message says what is.
    """
    laying = Laying(record)
    layer = layer_of(key)
    if field not in FIELDS[layer]:
        raise BadRequest(f"{layer} have no field {field!r} to correct; nothing was done; they have {', '.join(FIELDS[layer])}")
    item = laying.find(key)
    if item is None:
        raise BadRequest(f"there is no item {key}; nothing was done")
    typed = typed.strip()
    if choices := CHOICES.get((layer, field)):
        return field, _choice(field, typed, choices)
    if layer == "claims" and field in ("actor", "recipient", "place"):
        return "participants", _participants(laying, item, field, typed)
    if field == "speaker":
        return "chain", _chain_with_speaker(laying, item, typed)
    return field, _READERS[field](laying, item, typed)


_ALSO = {
    "pasti": "certain", "kemungkinan besar": "probable", "kemungkinan-besar": "probable", "mungkin": "possible", "belum diketahui": "unknown", "belum-jelas": "unknown", "ya": "positive", "tidak": "negative",
    "lampau": "past", "kini": "present", "mendatang": "future", "langsung": "direct", "tidak langsung": "indirect", "campuran": "mixed",
    "asal": "origin", "penutur": "speaker", "perantara": "relay",
    "tewas": "killed", "luka": "injured", "hilang": "missing", "mengungsi": "displaced",
}  # fmt: skip
"""Words of the format as an Indonesian screen shows them: they may be typed so."""


def _word(typed: str) -> str:
    told = typed.strip().casefold()
    return _ALSO.get(told, told)


def _choice(field: str, typed: str, choices: Sequence[str]) -> str | None:
    if typed == NONE and NONE in choices:
        return None
    found = [word for word in choices if word.casefold() == _word(typed)] or [word for word in choices if word.casefold() == typed.casefold()]
    if not found:
        raise BadRequest(f"{field} cannot be {typed!r}; nothing was done; it is one of {', '.join(choices)}")
    return found[0]


# --- places -----------------------------------------------------------------------------------------------------


def read_span(laying: Laying, typed: str, near: int) -> Json:
    """A stretch of the text: ``499-511``, or its words, where they stand nearest to ``near``.

    Raises:
        BadRequest: they stand nowhere.
    """
    if found := _SPAN.fullmatch(typed):
        start, end = int(found[1]), int(found[2])
        if not start < end <= len(laying.text):
            raise BadRequest(f"{typed} is no stretch of this text of {len(laying.text)} characters; nothing was done")
        return {"start": start, "end": end}
    places = [m.start() for m in re.finditer(re.escape(typed), laying.text)] if typed else []
    places = places or ([m.start() for m in re.finditer(re.escape(typed), laying.text, re.IGNORECASE)] if typed else [])
    if not places:
        raise BadRequest(f"the article does not say {typed!r}; nothing was done; give words of it, or a stretch like 499-511")
    start = min(places, key=lambda place: abs(place - near))
    return {"start": start, "end": start + len(typed)}


def near_of(item: Mapping[str, Any]) -> int:
    """Where an item stands."""
    if "trigger" in item:
        return int(item["trigger"]["start"])
    return int(item["content"][0]["start"] if "content" in item else item.get("start", 0))


def _entity_at(laying: Laying, span: Mapping[str, Any]) -> str | None:
    """The key of the entity that a stretch names: of the mention that stands there, or of one inside it."""
    inside = [m for m in laying.record["mentions"] if span["start"] <= m["start"] and m["end"] <= span["end"]]
    exact = [m for m in inside if (m["start"], m["end"]) == (span["start"], span["end"])]
    return laying.key_of("entities", exact[0]["entity"]) if exact else None


def _part(laying: Laying, role: str, typed: str, near: int) -> Json:
    span = read_span(laying, typed, near)
    return {"role": role, **span, "entity": _entity_at(laying, span)}


def _participants(laying: Laying, claim: Mapping[str, Any], role: str, typed: str) -> list[Json]:
    """The claim's participants with others in one role; several are parted by ``|``."""
    kept = [laying.portable("claims", claim)["participants"][n] for n, p in enumerate(claim["participants"]) if p["role"] != role]
    new = [] if typed == NONE else [_part(laying, role, word.strip(), near_of(claim)) for word in typed.split("|")]
    order = ("actor", "recipient", "place")
    return sorted([*kept, *new], key=lambda part: order.index(part["role"]))


def _chain_with_speaker(laying: Laying, attribution: Mapping[str, Any], typed: str) -> list[Json]:
    chain: list[Json] = laying.portable("attributions", attribution)["chain"]
    new = _part(laying, "speaker", typed, near_of(attribution)) | {"stated": "written"}
    return [new if link["role"] == "speaker" else link for link in chain]


def _chain(laying: Laying, item: Mapping[str, Any], typed: str) -> list[Json]:
    """``origin: kontak-kontak Irak | speaker: Allawi | relay: Antara``, from the fact towards the reader."""
    links = []
    for part in typed.split("|"):
        role, colon, words = part.partition(":")
        role = _word(role)
        if not colon or role not in CHAIN_ROLES:
            raise BadRequest(f"a chain is written like 'origin: WORDS | speaker: WORDS | relay: WORDS', not {typed!r}; nothing was done")
        links.append(_part(laying, role, words.strip(), near_of(item)) | {"stated": "written"})
    if sum(link["role"] == "speaker" for link in links) != 1:
        raise BadRequest("a chain has exactly one speaker; nothing was done")
    return sorted(links, key=lambda link: CHAIN_ROLES.index(link["role"]))


def _content(laying: Laying, item: Mapping[str, Any], typed: str) -> list[Json]:
    spans = [read_span(laying, part.strip(), near_of(item)) for part in typed.split("|")]
    return sorted(spans, key=lambda span: int(span["start"]))


def _span(laying: Laying, item: Mapping[str, Any], typed: str) -> Json:
    return read_span(laying, typed, near_of(item))


def _cue(laying: Laying, item: Mapping[str, Any], typed: str) -> Json | None:
    return None if typed == NONE else read_span(laying, typed, near_of(item))


# --- references and plain values --------------------------------------------------------------------------------


def _reference(layer: str, letter: str) -> Callable[[Laying, Mapping[str, Any], str], str | None]:
    def read(laying: Laying, item: Mapping[str, Any], typed: str) -> str | None:
        if typed == NONE and letter != "e":
            return None
        key = typed if is_key(typed) else laying.key_of(layer, typed)
        if key is None or not key.startswith(letter) or laying.find(key) is None:
            key = _key_at(laying, layer, letter, typed, item)
        return key

    return read


def _key_at(laying: Laying, layer: str, letter: str, typed: str, item: Mapping[str, Any]) -> str:
    """The key of the item of a layer that stands where these words do."""
    span = read_span(laying, typed, near_of(item))
    if letter == "e" and (entity := _entity_at(laying, span)):
        return entity
    found = laying.find(f"{letter}{span['start']}-{span['end']}")
    if found is None:
        raise BadRequest(f"{typed!r} is none of the {layer} of this article; nothing was done; give its key, or add it first")
    return f"{letter}{span['start']}-{span['end']}"


def _name(laying: Laying, item: Mapping[str, Any], typed: str) -> str:
    if not typed:
        raise BadRequest("a name cannot be empty; nothing was done")
    return typed


def _link(laying: Laying, item: Mapping[str, Any], typed: str) -> dict[str, str] | None:
    if typed == NONE:
        return None
    scheme, colon, key = typed.partition(":")
    if not (colon and scheme and key):
        raise BadRequest(f"a link is written like wikidata:Q42, or - for none, not {typed!r}; nothing was done")
    return {scheme: key}


def _casualties(laying: Laying, item: Mapping[str, Any], typed: str) -> dict[str, int] | None:
    """``killed=2 injured=5``."""
    if typed == NONE:
        return None
    found = {_word(name): count for name, count in re.findall(r"([a-z]+)=(\d{1,9})", typed)}
    if not found or set(found) - set(_COUNTED):
        raise BadRequest(f"counts are written like killed=2 injured=5 ({', '.join(_COUNTED)}), not {typed!r}; nothing was done")
    return {name: int(found[name]) for name in _COUNTED if name in found}


def _day(laying: Laying, item: Mapping[str, Any], typed: str) -> str | None:
    if typed != NONE and not re.fullmatch(r"\d{4}-\d\d-\d\d", typed):
        raise BadRequest(f"a day is written like 2024-05-06, or - for none, not {typed!r}; nothing was done")
    return None if typed == NONE else typed


def _text(laying: Laying, item: Mapping[str, Any], typed: str) -> str:
    return "" if typed == NONE else typed


_READERS: Mapping[str, Callable[[Laying, Mapping[str, Any], str], Any]] = {
    "span": _span,
    "content": _content,
    "cue": _cue,
    "chain": _chain,
    "time": _reference("times", "t"),
    "according_to": _reference("attributions", "a"),
    "entity": _reference("entities", "e"),
    "name": _name,
    "link": _link,
    "casualties": _casualties,
    "from": _day,
    "to": _day,
    "value": _text,
}


# --- new items --------------------------------------------------------------------------------------------------


def new_item(record: Mapping[str, Any], layer: str, typed: str) -> tuple[str, Json]:
    """An item to add, as a decision keeps it, and its key: ``{"trigger": "menahan", "type": "COERCE", "actor": "Polres"}``.

    Places are written as words of the article or as stretches; what is not said is as usual.

    Raises:
        BadRequest: it cannot be understood.
    """
    from .places import item_key

    try:
        told = json.loads(typed)
        make = {"claims": _new_claim, "attributions": _new_attribution, "mentions": _new_mention, "times": _new_time}[layer]
        item = make(Laying(record), told)
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadRequest(f"the new item cannot be understood ({type(error).__name__}: {error}); nothing was done; see docs/review.md") from error
    return item_key(layer, item), item


def _new_claim(laying: Laying, told: Mapping[str, Any]) -> Json:
    trigger = read_span(laying, told["trigger"], int(told.get("near", 0)))
    near = {"trigger": trigger, "participants": []}
    parts = [_part(laying, role, word, trigger["start"]) for role in ("actor", "recipient", "place") for word in _several(told.get(role))]
    item: Json = {
        "type": _choice("type", told["type"], CLAIM_TYPES),
        "trigger": trigger,
        "participants": parts,
        "time": _READERS["time"](laying, near, told.get("time", NONE)),
        "certainty": _choice("certainty", told.get("certainty", "certain"), CERTAINTIES),
        "polarity": _choice("polarity", told.get("polarity", "positive"), POLARITIES),
        "tense": _choice("tense", told.get("tense", "past"), TENSES),
        "casualties": _casualties(laying, near, told.get("casualties", NONE)),
        "according_to": _READERS["according_to"](laying, near, told.get("according_to", NONE)),
    }
    return item


def _several(words: Any) -> list[str]:
    return [] if words is None else [words] if isinstance(words, str) else list(words)


def _new_attribution(laying: Laying, told: Mapping[str, Any]) -> Json:
    near = {"content": [read_span(laying, _several(told["content"])[0], int(told.get("near", 0)))]}
    content = [read_span(laying, words, near_of(near)) for words in _several(told["content"])]
    item = {"content": content}
    chain = told.get("chain") or f"speaker: {told['speaker']}"
    return {
        "style": _choice("style", told.get("style", "indirect"), STYLES),
        "content": content,
        "cue": _cue(laying, item, told.get("cue", NONE)),
        "chain": _chain(laying, item, chain),
    }


def _new_mention(laying: Laying, told: Mapping[str, Any]) -> Json:
    span = read_span(laying, told["text"], int(told.get("near", 0)))
    entity = _READERS["entity"](laying, span, told["entity"]) if told.get("entity") else None
    return {**span, "type": _choice("type", told["type"], ENTITY_TYPES), "entity": entity}


def _new_time(laying: Laying, told: Mapping[str, Any]) -> Json:
    span = read_span(laying, told["text"], int(told.get("near", 0)))
    item: Json = {**span, "type": _choice("type", told.get("type", "DATE"), TIME_TYPES), "value": told.get("value", ""), "mod": None}
    return item | {"from": _day(laying, span, told.get("from", NONE)), "to": _day(laying, span, told.get("to", NONE))}
