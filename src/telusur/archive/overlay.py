"""A record with what people decided laid over it.

Comes in: the machine's record, and the decisions on it that stand, in their order. Goes out: another record of the same
format, in which every item that somebody decided on carries ``review``: accepted, corrected, added or rejected. Rejected
items stay in their place.

Items are found by their place in the text (`places.item_key`), so that decisions hold for another reading too. What a
person accepted or corrected and another reading does not find is put back from the decision, which keeps the item as it
was: without its words, which the text has, and with places instead of ids.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .places import entity_keys, item_key

Json = dict[str, Any]
Decision = Mapping[str, Any]
"""A row of `schema.decisions`, its ``value`` read from JSON."""

LAYERS = {"m": "mentions", "e": "entities", "t": "times", "a": "attributions", "c": "claims"}
"""The layer that a key's first letter names."""

ACCEPTED, CORRECTED, ADDED, REJECTED = "accepted", "corrected", "added", "rejected"

_KEY = re.compile(r"[metac]\d+(-\d+){1,2}")


def is_key(word: str) -> bool:
    """Whether a word is the name of an item, and no id of a record: ``c499-511``."""
    return _KEY.fullmatch(word) is not None


def layer_of(key: str) -> str:
    return LAYERS[key[0]]


class Laying:
    """A record while decisions are laid over it: its items by their keys, old and new."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.record: Json = copy.deepcopy(dict(record))
        self.text: str = self.record["text"]
        self.items: dict[str, Json] = {}
        for layer in LAYERS.values():
            if layer != "entities":
                for item in self.record[layer]:
                    self.items.setdefault(item_key(layer, item), item)
        keys = entity_keys(self.record)
        for entity in self.record["entities"]:
            self.items[keys[entity["id"]]] = entity

    # --- finding ---

    def find(self, key: str) -> Json | None:
        """The item of a key. An entity is found by the place of any of its mentions."""
        if (item := self.items.get(key)) is not None:
            return item
        if key[:1] == "e" and (mention := self.items.get(f"m{key[1:]}")):
            return self.by_id("entities", mention["entity"])
        return None

    def by_id(self, layer: str, id: str | None) -> Json | None:
        return next((item for item in self.record[layer] if item["id"] == id), None)

    def key_of(self, layer: str, id: str | None) -> str | None:
        """The key of an item by its id."""
        if (item := self.by_id(layer, id)) is None:
            return None
        return entity_keys(self.record)[item["id"]] if layer == "entities" else item_key(layer, item)

    def id_of(self, key: str | None) -> str | None:
        found = self.find(key) if key else None
        return found["id"] if found else None

    # --- an item without ids and words, and back ---

    def portable(self, layer: str, item: Mapping[str, Any]) -> Json:
        """An item as a decision keeps it."""
        bare = {key: value for key, value in item.items() if key not in ("id", "text", "confidence", "review", "joins")}
        if layer == "entities":
            mine = [m for m in self.record["mentions"] if m["entity"] == item["id"]]
            return bare | {"mentions": [item_key("mentions", m) for m in mine]}
        if layer == "mentions":
            bare["entity"] = self.key_of("entities", item["entity"])
        elif layer == "attributions":
            bare["chain"] = [self._bare_part(link) for link in item["chain"]]
        elif layer == "claims":
            bare["trigger"] = _span(item["trigger"])
            bare["participants"] = [self._bare_part(part) for part in item["participants"]]
            bare["time"] = self.key_of("times", item["time"])
            bare["according_to"] = self.key_of("attributions", item["according_to"])
            bare["differs_from"] = [key for id in item.get("differs_from") or () if (key := self.key_of("claims", id))]
        return bare

    def _bare_part(self, part: Mapping[str, Any]) -> Json:
        bare = {key: value for key, value in part.items() if key not in ("text", "confidence")}
        return bare | {"entity": self.key_of("entities", part["entity"])}

    def whole(self, layer: str, bare: Mapping[str, Any]) -> Json:
        """The item that a decision keeps, with this record's ids and words; its id is not given yet."""
        item: Json = {"id": "", **bare}
        if layer in ("mentions", "times"):
            item["text"] = self.text[item["start"] : item["end"]]
        if layer == "mentions":
            item["entity"] = self.id_of(bare.get("entity")) or ""
        elif layer == "attributions":
            item["chain"] = [self.whole_part(link) for link in bare["chain"]]
        elif layer == "claims":
            item["trigger"] = self.quoted(bare["trigger"])
            item["participants"] = [self.whole_part(part) for part in bare["participants"]]
            item["time"] = self.id_of(bare.get("time"))
            item["according_to"] = self.id_of(bare.get("according_to"))
            differs = [id for key in bare.get("differs_from") or () if (id := self.id_of(key))]
            item.pop("differs_from", None)
            item |= {"differs_from": differs} if differs else {}
        return item

    def whole_part(self, bare: Mapping[str, Any]) -> Json:
        part = {**self.quoted(bare), "role": bare["role"], "entity": self.id_of(bare.get("entity"))}
        return {**part, **{key: value for key, value in bare.items() if key not in part}}

    def quoted(self, span: Mapping[str, Any]) -> Json:
        return {"start": span["start"], "end": span["end"], "text": self.text[span["start"] : span["end"]]}

    # --- changing ---

    def put_in(self, layer: str, item: Json) -> Json:
        """Puts an item among those of its layer, in the order of the text, under an id of its own."""
        items = self.record[layer]
        taken = [int(found[1]) for other in items if (found := re.fullmatch(r"[a-z]+(\d+)", other["id"]))]
        item["id"] = f"{layer[0]}{max(taken, default=0) + 1}"
        if layer == "entities":
            items.append(item)
            return item
        at = _place(layer, item)
        items.insert(next((n for n, other in enumerate(items) if _place(layer, other) > at), len(items)), item)
        self.items.setdefault(item_key(layer, item), item)
        return item

    def drop(self, layer: str, item: Json) -> None:
        self.record[layer] = [other for other in self.record[layer] if other is not item]

    def moved(self, layer: str, item: Json) -> None:
        """An item that stands elsewhere now is found by its new place too."""
        self.items.setdefault(item_key(layer, item), item)


def _span(value: Mapping[str, Any]) -> Json:
    return {"start": value["start"], "end": value["end"]}


def _place(layer: str, item: Mapping[str, Any]) -> int:
    if layer == "claims":
        return int(item["trigger"]["start"])
    return int(item["content"][0]["start"] if layer == "attributions" else item["start"])


# --- decisions --------------------------------------------------------------------------------------------------


def lay_over(record: Mapping[str, Any], standing: Sequence[Decision]) -> Json:
    """The record as people left it."""
    laying = Laying(record)
    for decision in standing:
        _ACTIONS[decision["action"]](laying, decision)
    return laying.record


def _accept(laying: Laying, decision: Decision) -> None:
    if item := laying.find(decision["item"]):
        item.setdefault("review", ACCEPTED)
        if item["review"] == REJECTED:
            item["review"] = ACCEPTED
    elif decision["value"]:
        _put_back(laying, decision["item"], decision["value"], ACCEPTED)


def _reject(laying: Laying, decision: Decision) -> None:
    if item := laying.find(decision["item"]):
        item["review"] = REJECTED


def _add(laying: Laying, decision: Decision) -> None:
    layer = layer_of(decision["item"])
    if item := laying.find(decision["item"]):
        item.setdefault("review", ACCEPTED)  # another reading found it too
    elif layer != "entities":
        _put_back(laying, decision["item"], decision["value"], ADDED)


def _correct(laying: Laying, decision: Decision) -> None:
    layer, value = layer_of(decision["item"]), decision["value"]
    item = laying.find(decision["item"])
    if item is None:
        # Another reading may have found it where the person had moved it to.
        then = {**value["was"], decision["field"]: value["to"]}
        if decision["field"] in _MOVES.get(layer, ()):
            _MOVES[layer][decision["field"]](then, value["to"])
            item = laying.find(item_key(layer, then))
        item = item or _put_back(laying, decision["item"], value["was"], CORRECTED)
    if item is not None:
        _set(laying, layer, item, decision["field"], value["to"], decision)
        item["review"] = CORRECTED


def _put_back(laying: Laying, key: str, bare: Mapping[str, Any], review: str) -> Json | None:
    """An item as a decision keeps it, into a record that has no such item. An entity stands by its mentions alone."""
    layer = layer_of(key)
    if layer == "entities" or _end(layer, bare) > len(laying.text):
        return None
    item = laying.whole(layer, bare)
    if layer == "mentions" and not item["entity"]:
        entity = {"type": item["type"], "name": item["text"], "link": None, "review": review}
        item["entity"] = laying.put_in("entities", {"id": "", **entity})["id"]
    elif layer == "mentions":
        entity = laying.by_id("entities", item["entity"]) or {}
        item["type"] = entity.get("type", item["type"])
    put = laying.put_in(layer, item | {"review": review})
    laying.items[key] = put
    return put


def _end(layer: str, bare: Mapping[str, Any]) -> int:
    if layer == "claims":
        return int(bare["trigger"]["end"])
    return int(bare["content"][-1]["end"] if layer == "attributions" else bare["end"])


def _merge(laying: Laying, decision: Decision) -> None:
    """An entity into another of the same article; or into an actor that other articles show."""
    one = laying.find(decision["item"])
    if one is None:
        return
    if decision["field"] == "actor":
        one |= {"actor": {**decision["value"], "decision": decision["id"]}, "review": CORRECTED}
        return
    other = laying.find(decision["value"])
    if other is None or other is one:
        return
    mine = [m for m in laying.record["mentions"] if m["entity"] == one["id"]]
    theirs = [m for m in laying.record["mentions"] if m["entity"] == other["id"]]
    for mention in mine:
        mention |= {"entity": other["id"], "type": other["type"]}
    for part in _parts(laying.record):
        if part["entity"] == one["id"]:
            part["entity"] = other["id"]
    joins = [*(other.get("joins") or ()), *(one.get("joins") or ())]
    if mine and theirs:
        joins.append({"mentions": [theirs[0]["id"], mine[0]["id"]], "because": f"{decision['who']} decided it"})
    other |= {"joins": joins} if joins else {}
    other["review"] = CORRECTED
    laying.drop("entities", one)
    laying.items |= {key: other for key, item in laying.items.items() if item is one}


def _split(laying: Laying, decision: Decision) -> None:
    """Some mentions of an entity to an entity of their own; or the entity out of the actor that it was joined to."""
    one = laying.find(decision["item"])
    if one is None:
        return
    if decision["field"] == "actor":
        one |= {"actor": {"decision": decision["id"]}, "review": CORRECTED}
        return
    found = (laying.find(key) for key in decision["value"])
    parted = [m for m in found if m and m.get("entity") == one["id"]]
    if not parted or len(parted) == sum(m["entity"] == one["id"] for m in laying.record["mentions"]):
        return
    name = max((m["text"] for m in parted), key=len)
    new = laying.put_in("entities", {"id": "", "type": one["type"], "name": name, "link": None, "review": CORRECTED})
    spans = {(m["start"], m["end"]) for m in parted}
    for mention in parted:
        mention["entity"] = new["id"]
    for part in _parts(laying.record):
        if part["entity"] == one["id"] and (part["start"], part["end"]) in spans:
            part["entity"] = new["id"]
    _drop_joins(laying, one)
    one["review"] = CORRECTED


def _drop_joins(laying: Laying, entity: Json) -> None:
    """Joins of mentions that are no longer the entity's say nothing any more."""
    owner = {m["id"]: m["entity"] for m in laying.record["mentions"]}
    kept = [j for j in entity.get("joins") or () if all(owner.get(key) == entity["id"] for key in j["mentions"])]
    entity.pop("joins", None)
    entity |= {"joins": kept} if kept else {}


def _parts(record: Mapping[str, Any]) -> list[Json]:
    """Everybody in chains and claims."""
    found = [link for attribution in record["attributions"] for link in attribution["chain"]]
    return found + [part for claim in record["claims"] for part in claim["participants"]]


_ACTIONS: Mapping[str, Callable[[Laying, Decision], None]] = {
    "accept": _accept,
    "reject": _reject,
    "correct": _correct,
    "add": _add,
    "merge": _merge,
    "split": _split,
}

# --- fields -----------------------------------------------------------------------------------------------------


def _set(laying: Laying, layer: str, item: Json, field: str, value: Any, decision: Decision) -> None:
    """One field of one item, with all that hangs on it."""
    if field == "span":
        span = laying.quoted(value)
        item |= {"trigger": span} if layer == "claims" else span
    elif field == "content":
        item["content"] = value
    elif field in ("chain", "participants"):
        item[field] = [laying.whole_part(part) for part in value]
    elif layer == "claims" and field in ("time", "according_to"):
        item[field] = laying.id_of(value)
    elif layer == "mentions" and field == "entity":
        old = laying.by_id("entities", item["entity"])
        if new := laying.find(value):
            item |= {"entity": new["id"], "type": new["type"]}
            if old is not None:
                _drop_joins(laying, old)
    elif field == "type" and layer in ("mentions", "entities"):
        entity = item if layer == "entities" else laying.by_id("entities", item["entity"])
        for thing in [entity, *(m for m in laying.record["mentions"] if entity and m["entity"] == entity["id"])]:
            if thing is not None:
                thing["type"] = value
    elif field == "link":
        item["link"] = value
        for key in ("candidates", "link_because", "lat", "lon", "country", "precision_m"):
            item.pop(key, None)
        item["link_because"] = f"{decision['who']} decided it"
    else:
        item[field] = value
    laying.moved(layer, item) if layer != "entities" else None


def _move_span(item: Json, span: Mapping[str, Any]) -> None:
    item |= _span(span)


def _move_trigger(item: Json, span: Mapping[str, Any]) -> None:
    item["trigger"] = _span(span)


_MOVES: Mapping[str, Mapping[str, Callable[[Json, Any], None]]] = {
    "mentions": {"span": _move_span},
    "times": {"span": _move_span},
    "claims": {"span": _move_trigger},
    "attributions": {"content": lambda item, value: item.update(content=value), "chain": lambda item, value: item.update(chain=value)},
}
"""Fields that say where an item stands, and how they do it."""
