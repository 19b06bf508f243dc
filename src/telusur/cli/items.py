"""Items of a record in a line each, by the names that commands take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..archive.overlay import Laying
from ..archive.places import entity_keys, item_key
from ..export.wording import Wording, clean, shorten

MARKS = {"accepted": "✓", "corrected": "✎", "added": "✚", "rejected": "✗"}
"""What a person decided, in one sign; nothing where nobody did."""

_LONGEST = 70


def item_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """All items, layer by layer."""
    keys = entity_keys(record)
    for entity in record["entities"]:
        link = ", ".join(f"{scheme}:{id}" for scheme, id in (entity.get("link") or {}).items())
        yield _row(entity, keys[entity["id"]], f"{entity['type']} {clean(entity['name'])}{f' ({link})' if link else ''}")
    for layer in ("mentions", "times", "attributions", "claims"):
        for item in record[layer]:
            yield _row(item, item_key(layer, item), one_line(record, layer, item))


def _row(item: Mapping[str, Any], key: str, told: str) -> str:
    return f"{MARKS.get(item.get('review', ''), ' ')} {item['id']:5} {key:18} {told}"


def one_line(record: Mapping[str, Any], layer: str, item: Mapping[str, Any]) -> str:
    """What an item says, in short."""
    text = record["text"]
    if layer == "attributions":
        speaker = next((link["text"] for link in item["chain"] if link["role"] == "speaker"), "?")
        said = " … ".join(clean(text[s["start"] : s["end"]]) for s in item["content"])
        cue = clean(text[item["cue"]["start"] : item["cue"]["end"]]) if item["cue"] else "-"
        return f"{item['style']}: {clean(speaker)} [{cue}] “{shorten(said, _LONGEST)}”"
    if layer == "claims":
        parts = "; ".join(f"{p['role']}: {shorten(clean(p['text']), 40)}" for p in item["participants"])
        return f"{item['type']} “{clean(item['trigger']['text'])}” ({parts or 'nobody'}) {item['certainty']}, {item['polarity']}, {item['tense']}"
    if layer == "times":
        return f"{item['type']} “{clean(item['text'])}” = {item['value'] or '?'}"
    return f"{item['type']} “{clean(item['text'])}” of {item['entity']}"


def in_words(words: Wording, field: str, value: str) -> str:
    """A field's value in the language of the screen; words of the article stay as they are."""
    if field == "type":
        return words.verb(value)
    if field == "certainty":
        return words.say(f"certainty.{value}")
    if field in ("polarity", "tense"):
        return words.say(f"value.{value}")
    if field == "style":
        return words.say(f"view.{value}")
    if field == "chain":
        hands = (hand.partition(":") for hand in value.split(" | "))
        return " | ".join(f"{words.say(f'value.{role}')}:{name}" for role, _, name in hands)
    if field == "casualties" and value != "-":
        return " ".join(f"{words.say(f'value.{name}')}={n}" for name, _, n in (part.partition("=") for part in value.split()))
    return value


def fields_of(record: Mapping[str, Any], layer: str, item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The fields of an item that a person can correct, with what they hold now."""
    laying = Laying(record)
    text = laying.text
    if layer == "attributions":
        chain = item["chain"]
        return [
            ("speaker", next((clean(link["text"]) for link in chain if link["role"] == "speaker"), "?")),
            ("chain", " | ".join(f"{link['role']}: {clean(link['text'])}" for link in chain)),
            ("content", " | ".join(shorten(clean(text[s["start"] : s["end"]]), 120) for s in item["content"])),
            ("cue", clean(text[item["cue"]["start"] : item["cue"]["end"]]) if item["cue"] else "-"),
            ("style", item["style"]),
        ]
    time = laying.by_id("times", item["time"])
    word = laying.by_id("attributions", item["according_to"])
    roles = {role: " | ".join(clean(p["text"]) for p in item["participants"] if p["role"] == role) or "-" for role in ("actor", "recipient", "place")}
    counts = " ".join(f"{name}={count}" for name, count in (item["casualties"] or {}).items()) or "-"
    speaker = next((clean(link["text"]) for link in word["chain"] if link["role"] == "speaker"), "?") if word else "-"
    return [
        ("type", item["type"]),
        ("span", clean(item["trigger"]["text"])),
        *roles.items(),
        ("time", f"{clean(time['text'])} ({time['value'] or '?'})" if time else "-"),
        ("certainty", item["certainty"]),
        ("polarity", item["polarity"]),
        ("tense", item["tense"]),
        ("casualties", counts),
        ("according_to", speaker),
    ]
