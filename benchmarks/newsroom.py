"""A newsroom's worth of records: made of real sentences, telling nothing that happened.

Paragraphs of articles that have nothing to do with one another are put one below the other, the names in them are changed
for others, and one article in ten is a copy of an earlier one at another address. Each record keeps the rules of its
format, and the same seed gives the same records.

The paragraphs come from articles that were read once (`read_base`): the gold articles where they are at hand, else
the samples.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CACHE = ROOT / "out" / "benchmark-base.jsonl"

OUTLETS = tuple(f"Kabar {place}" for place in ["Pesisir", "Hulu", "Hilir", "Muara", "Tanjung", "Rimba", "Bukit", "Lembah", "Telaga", "Samudra", "Selat", "Teluk"])
WIRES = ("Cakra", "Warta Nusantara", "Lintas")
FIRST_NAMES = ["Agus", "Bambang", "Candra", "Dewi", "Eko", "Fitri", "Gunawan", "Hesti", "Indra", "Joko", "Kartika", "Lukman", "Maya", "Nanang", "Oki", "Putri", "Rahmat", "Sari", "Teguh", "Umar", "Vina", "Wahyu", "Yanti", "Zaki"]
LAST_NAMES = ["Adinata", "Baskara", "Cahyadi", "Darmawan", "Effendi", "Firmansyah", "Ginting", "Hidayat", "Irawan", "Jatmiko", "Kusuma", "Lestari", "Mahendra", "Nasution", "Oktavian", "Pradana", "Ramadhan", "Santoso", "Tarigan", "Utomo", "Wibowo", "Yulianto", "Zulkarnain"]
FIRST_DAY = datetime(2015, 1, 1)
DAYS = 4000
PARAGRAPHS = (5, 14)
COPIES = 0.1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of a record with what stands wholly inside it; places are counted from its start."""

    kind: str
    text: str
    items: Mapping[str, Sequence[Mapping[str, Any]]]
    names: Mapping[str, tuple[str, str]]


def read_base(limit: int = 200) -> list[dict[str, Any]]:
    """Records of real articles, read once and kept beside the repository's other output."""
    if CACHE.exists():
        return [json.loads(line) for line in CACHE.read_text(encoding="utf-8").splitlines()]
    from telusur.export.json import to_json
    from telusur.ingest.files import from_text
    from telusur.pipeline import read

    shared = Path(os.environ.get("TELUSUR_SHARED") or ROOT.parent / "shared") / "gold"
    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted([*shared.glob("dev/*.json"), *shared.glob("train/*.json")])[:limit]]
    texts = texts or [path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples").glob("*.txt"))]
    records = [to_json(read(from_text(text))) for text in texts]
    CACHE.parent.mkdir(exist_ok=True)
    CACHE.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return records


def generate(base: Sequence[Mapping[str, Any]], count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """So many records, the same for the same base and seed."""
    chance = random.Random(seed)
    paragraphs = [part for record in base for part in cut(record)]
    bodies = [part for part in paragraphs if part.kind in ("paragraph", "lead") and len(part.text) > 60]
    titles = [part for part in paragraphs if part.kind == "title"]
    places = sorted({name for part in bodies for kind, name in part.names.values() if kind != "PER"})
    recent: list[dict[str, Any]] = []
    for number in range(count):
        if recent and chance.random() < COPIES:
            record = dict(chance.choice(recent))
        else:
            parts = [chance.choice(titles), *(chance.choice(bodies) for _ in range(chance.randint(*PARAGRAPHS)))]
            record = splice([swap(part, chance, places) for part in parts])
            recent = [*recent[-200:], record]
        yield dress(record, number, chance)


def dress(record: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any]:
    """The record as one outlet printed it at one time."""
    outlet = chance.choice(OUTLETS)
    moment = FIRST_DAY + timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(1440))
    article = {**record["article"], "publisher": outlet, "published": moment.isoformat(timespec="minutes") + "+07:00"}
    article["wires"] = [chance.choice(WIRES)] if chance.random() < 0.3 else []
    source = {**record["source"], "url": f"https://{outlet.split()[1].lower()}.example/{moment:%Y/%m}/{number}"}
    return {**record, "article": article, "source": source}


# --- cutting apart ----------------------------------------------------------------------------------------------


def cut(record: Mapping[str, Any]) -> Iterator[Paragraph]:
    """The blocks of a record, each with what stands wholly inside it. What points out of its block points at nothing."""
    names = {entity["id"]: (entity["type"], entity["name"]) for entity in record["entities"]}
    for block in record["blocks"]:
        start, end = block["start"], block["end"]
        items = {layer: [moved(i, -start) for i in record[layer] if within(i, start, end)] for layer in ("sentences", "mentions", "times", "attributions", "claims")}
        yield Paragraph(block["kind"], record["text"][start:end], items, names)


def spans(item: Any) -> Iterator[tuple[int, int]]:
    """All places that an item names."""
    if isinstance(item, dict):
        if "start" in item and "end" in item:
            yield item["start"], item["end"]
        for value in item.values():
            yield from spans(value)
    elif isinstance(item, list):
        for value in item:
            yield from spans(value)


def within(item: Any, start: int, end: int) -> bool:
    return all(start <= a and b <= end for a, b in spans(item))


def moved(item: Any, by: int) -> Any:
    """The item, so many characters further on."""
    if isinstance(item, dict):
        return {key: value + by if key in ("start", "end") else moved(value, by) for key, value in item.items()}
    return [moved(value, by) for value in item] if isinstance(item, list) else item


# --- other names ------------------------------------------------------------------------------------------------


def swap(part: Paragraph, chance: random.Random, places: Sequence[str]) -> Paragraph:
    """The paragraph with other names: a full name for a full one, its last word for a short form."""
    new: dict[str, str] = {}
    changes: list[tuple[int, int, str]] = []
    last = 0
    for mention in sorted(part.items["mentions"], key=lambda m: m["start"]):
        if mention["start"] < last:
            continue
        entity = mention["entity"]
        name = new.setdefault(entity, person(chance) if mention["type"] == "PER" else place(chance, places))
        words = part.text[mention["start"] : mention["end"]].split()
        changes.append((mention["start"], mention["end"], name if len(words) > 1 or mention["type"] != "PER" else name.split()[-1]))
        last = mention["end"]
    text, remap = rewritten(part.text, changes)
    names = {key: (kind, new.get(key, name)) for key, (kind, name) in part.names.items()}
    return Paragraph(part.kind, text, {layer: [remapped(i, remap) for i in items] for layer, items in part.items.items()}, names)


def person(chance: random.Random) -> str:
    """A name; a few are told of everywhere, most seldom."""
    at = int(chance.paretovariate(0.7)) % (len(FIRST_NAMES) * len(LAST_NAMES) * 20)
    middle = "" if at < 500 else f" {LAST_NAMES[at // 500 % len(LAST_NAMES)]}"
    return f"{FIRST_NAMES[at % len(FIRST_NAMES)]}{middle} {LAST_NAMES[at // len(FIRST_NAMES) % len(LAST_NAMES)]}"


def place(chance: random.Random, places: Sequence[str]) -> str:
    return places[int(chance.paretovariate(0.5)) % len(places)]


@dataclass(frozen=True, slots=True)
class Remap:
    """Where places of the old text stand in the new one. A place inside a changed stretch goes to its nearer side."""

    olds: tuple[int, ...]
    ends: tuple[int, ...]
    news: tuple[int, ...]
    new_ends: tuple[int, ...]

    def start(self, position: int) -> int:
        at = bisect_right(self.olds, position) - 1
        if at < 0:
            return position
        return self.news[at] if position < self.ends[at] else position - self.ends[at] + self.new_ends[at]

    def end(self, position: int) -> int:
        at = bisect_right(self.olds, position - 1) - 1
        if at < 0:
            return position
        return self.new_ends[at] if position <= self.ends[at] else position - self.ends[at] + self.new_ends[at]


def rewritten(text: str, changes: Sequence[tuple[int, int, str]]) -> tuple[str, Remap]:
    parts, news, new_ends, at, length = [], [], [], 0, 0
    for start, end, name in changes:
        parts += [text[at:start], name]
        length += start - at
        news.append(length)
        length += len(name)
        new_ends.append(length)
        at = end
    remap = Remap(tuple(c[0] for c in changes), tuple(c[1] for c in changes), tuple(news), tuple(new_ends))
    return "".join([*parts, text[at:]]), remap


def remapped(item: Any, remap: Remap) -> Any:
    if isinstance(item, dict):
        told = {key: remapped(value, remap) for key, value in item.items()}
        if "start" in item and "end" in item:
            told |= {"start": remap.start(item["start"]), "end": remap.end(item["end"])}
        return told
    return [remapped(value, remap) for value in item] if isinstance(item, list) else item


# --- putting together -------------------------------------------------------------------------------------------


def splice(parts: Sequence[Paragraph]) -> dict[str, Any]:
    """One record of these paragraphs. Names that are spelled alike become one entity."""
    layers: dict[str, list[Any]] = {"blocks": [], "sentences": [], "mentions": [], "times": [], "attributions": [], "claims": []}
    entities: dict[tuple[str, str], str] = {}
    text, triggers = "", set()
    for part in parts:
        start = len(text)
        text += part.text + "\n\n"
        layers["blocks"].append({"kind": part.kind, "start": start, "end": start + len(part.text)})
        known: dict[str, str] = {}

        def entity(old: str | None, part: Paragraph = part) -> str | None:
            name = part.names.get(old or "")
            return None if name is None else entities.setdefault(name, f"e{len(entities) + 1}")

        for layer in ("sentences", "mentions", "times", "attributions", "claims"):
            for item in part.items[layer]:
                item = moved(item, start)
                if "id" in item:
                    known[item["id"]] = f"{layer[0]}{len(layers[layer]) + 1}"
                    item["id"] = known[item["id"]]
                if layer == "claims":
                    trigger = (item["trigger"]["start"], item["trigger"]["end"])
                    if trigger in triggers:
                        continue
                    triggers.add(trigger)
                    item |= {"time": known.get(item["time"]), "according_to": known.get(item["according_to"])}
                    item.pop("differs_from", None)
                    for who in item["participants"]:
                        who["entity"] = entity(who["entity"])
                if layer == "mentions":
                    item["entity"] = entity(item["entity"])
                if layer == "attributions":
                    for link in item["chain"]:
                        link["entity"] = entity(link["entity"])
                layers[layer].append(item)
    quote(layers, text)
    title = parts[0].text if parts[0].kind == "title" else None
    return {
        "format": "telusur/1",
        "source": {"url": None, "name": None, "media_type": "text/plain", "sha256": hashlib.sha256(text.encode()).hexdigest(), "retrieved": None},
        "text": text,
        "article": {"title": title, "lead": None, "publisher": None, "section": None, "language": "id", "published": None, "modified": None, "credits": [], "wires": [], "images": [], "topics": []},
        "blocks": layers["blocks"],
        "sentences": layers["sentences"],
        "entities": [{"id": id, "type": kind, "name": name, "link": None} for (kind, name), id in entities.items()],
        "mentions": layers["mentions"],
        "times": layers["times"],
        "attributions": layers["attributions"],
        "claims": layers["claims"],
        "analysis": {"software": "telusur-benchmark", "version": "1", "model": "", "seconds": 0.0},
    }  # fmt: skip


def quote(item: Any, text: str) -> None:
    """Puts the words that each place quotes in their field."""
    if isinstance(item, dict):
        if "text" in item and "start" in item:
            item["text"] = text[item["start"] : item["end"]]
        for value in item.values():
            quote(value, text)
    elif isinstance(item, list):
        for value in item:
            quote(value, text)


@cache
def base() -> tuple[dict[str, Any], ...]:
    return tuple(read_base())
