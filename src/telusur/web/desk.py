"""One item to be reviewed, as the page shows it: its sentence with its words marked, its fields, what each may be.

Comes in: a record and an item's key. Goes out: plain values. Items are looked at in the order of `archive.queue`: the most
doubtful first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ..archive.doubts import confidence
from ..archive.fields import CHOICES, FIELDS
from ..archive.overlay import Laying
from ..export.wording import clean, shorten
from .article_view import readable

Json = Mapping[str, Any]

BEFORE, LONGEST = 1, 1400
REVIEWED = ("claims", "attributions")

MEASURED = {
    "type": "type", "certainty": "certainty", "polarity": "polarity", "tense": "tense", "time": "time", "speaker": "speaker", "content": "content",
    "style": "style", "chain": "chain", "span": "trigger",
}  # fmt: skip
"""Under which name a field's confidence stands, where it has one."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: what it holds, in words to be typed again, and how sure the machine is of it."""

    name: str
    value: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of the sentence; ``role``: ``core`` for the item's own words, else a participant's or a link's role."""

    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reviewer sees of one item."""

    article: str
    key: str
    layer: str
    item: Json
    record: Json
    sentence: tuple[Stretch, ...]
    fields: tuple[FieldRow, ...]
    confidence: float
    names: tuple[str, ...]

    @property
    def doubtful(self) -> str:
        """The field that the machine is least sure of: the first to be looked at."""
        told = [row for row in self.fields if row.confidence is not None]
        return min(told, key=lambda row: row.confidence or 0.0).name if told else self.fields[0].name

    def stretches(self, field: str) -> tuple[tuple[int, int], ...]:
        """Where the words of a field stand in the text; none for a field that is no words, or that has none."""
        return tuple(_stretches(self.layer, self.item, field))

    @property
    def around(self) -> tuple[int, str]:
        """The text that stretches are chosen in, with where it begins."""
        low, high = _bounds(self.record, *_core(self.layer, self.item))
        return low, str(self.record["text"][low:high])

    def choices(self, field: str) -> Sequence[str]:
        return CHOICES.get((self.layer, field), ())


def open_desk(article: str, record: Json, layer: str, key: str, item: Json) -> Desk:
    """An item ready to be reviewed."""
    names = dict.fromkeys(clean(entity["name"]) for entity in record["entities"])
    return Desk(article, key, layer, item, record, tuple(_sentence(record, layer, item)), tuple(_fields(record, layer, item)), confidence(item), tuple(names)[:60])


def _fields(record: Json, layer: str, item: Json) -> list[FieldRow]:
    held = _attribution(record, item) if layer == "attributions" else _claim(record, item)
    sure = item.get("confidence") or {}
    rows = []
    for name in FIELDS[layer]:
        measured = sure.get(MEASURED.get(name, ""))
        if measured is None and name in ("actor", "recipient", "place"):
            parts = [p.get("confidence") or {} for p in item["participants"] if p["role"] == name]
            measured = min((value for part in parts for value in part.values()), default=None)
        rows.append(FieldRow(name, held.get(name, "-"), measured))
    return rows


def _attribution(record: Json, item: Json) -> dict[str, str]:
    text, chain = record["text"], item["chain"]
    return {
        "speaker": next((clean(link["text"]) for link in chain if link["role"] == "speaker"), "?"),
        "chain": " | ".join(f"{link['role']}: {clean(link['text'])}" for link in chain),
        "content": " | ".join(shorten(clean(text[s["start"] : s["end"]]), 160) for s in item["content"]),
        "cue": clean(text[item["cue"]["start"] : item["cue"]["end"]]) if item["cue"] else "-",
        "style": item["style"],
    }


def _claim(record: Json, item: Json) -> dict[str, str]:
    laying = Laying(record)
    time, word = laying.by_id("times", item["time"]), laying.by_id("attributions", item["according_to"])
    roles = {role: " | ".join(clean(p["text"]) for p in item["participants"] if p["role"] == role) or "-" for role in ("actor", "recipient", "place")}
    return roles | {
        "type": item["type"],
        "span": clean(item["trigger"]["text"]),
        "time": clean(time["text"]) if time else "-",
        "certainty": item["certainty"],
        "polarity": item["polarity"],
        "tense": item["tense"],
        "casualties": " ".join(f"{name}={count}" for name, count in (item["casualties"] or {}).items()) or "-",
        "according_to": next((clean(link["text"]) for link in word["chain"] if link["role"] == "speaker"), "?") if word else "-",
    }


def _stretches(layer: str, item: Json, field: str) -> list[tuple[int, int]]:
    if layer == "claims":
        parts = [item["trigger"]] if field == "span" else [p for p in item["participants"] if p["role"] == field]
    else:
        parts = {"content": item["content"], "cue": [item["cue"]] if item["cue"] else [], "speaker": [p for p in item["chain"] if p["role"] == "speaker"]}.get(field, [])
    return [(int(part["start"]), int(part["end"])) for part in parts]


def _core(layer: str, item: Json) -> tuple[int, int]:
    """From the first of an item's own words to the last."""
    spans = _stretches(layer, item, "span" if layer == "claims" else "content")
    return min(start for start, _ in spans), max(end for _, end in spans)


def _sentence(record: Json, layer: str, item: Json) -> list[Stretch]:
    """The sentence before the item's first, to the end of its last, cut at the edges of its marks."""
    if layer == "claims":
        marks = [(item["trigger"]["start"], item["trigger"]["end"], "core")]
        marks += [(p["start"], p["end"], str(p["role"])) for p in item["participants"]]
    else:
        marks = [(s["start"], s["end"], "core") for s in item["content"]]
        marks += [(link["start"], link["end"], str(link["role"])) for link in item["chain"]]
    low, high = _bounds(record, *_core(layer, item))
    inside = [m for m in marks if low <= m[0] and m[1] <= high][:40]
    edges = sorted({low, high, *(edge for start, end, _ in inside for edge in (start, end))})
    out = []
    for start, end in pairwise(edges):
        over = [role for first, last, role in inside if first <= start and end <= last]
        # a participant inside what is said stands out of it
        role = next((one for one in over if one != "core"), over[0] if over else "")
        if role != "core" and "core" in over and layer == "attributions":
            role = "core"
        out.append(Stretch(readable(record["text"][start:end]), role))
    return out


def _bounds(record: Json, start: int, end: int) -> tuple[int, int]:
    sentences = sorted((s["start"], s["end"]) for s in record["sentences"] or record["blocks"])
    at = max(0, bisect_right(sentences, (start, 1 << 60)) - 1)
    low = sentences[max(0, at - BEFORE)][0] if sentences else start
    after = next((last for first, last in sentences[at:] if last >= end), end)
    return max(low, start - LONGEST), min(max(after, end), end + LONGEST)
