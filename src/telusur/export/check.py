"""Whether a published record keeps the rules of its format that a JSON Schema cannot say.

Comes in: a dict that the schema (``data/schema.json``) accepts. Goes out: one line for each broken rule.
The rules: every span ends after it starts, lies in the text and quotes it; ids are unique and all that is pointed at
is there; a chain runs origins, one speaker, relays; blocks follow one another, and only the article's own hold records.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from ..lexicon import data_file
from ..model.claim import CHAIN_ROLES
from ..model.document import ARTICLE_KINDS

Item = Mapping[str, Any]

LAYERS = ("entities", "mentions", "times", "attributions", "claims")


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record, as ``telusur schema`` prints it."""
    loaded: dict[str, Any] = json.loads(data_file("schema.json").read_text(encoding="utf-8"))
    return loaded


def check_record(record: Item) -> list[str]:
    """Every rule that ``record`` breaks, one line each with the place; empty where it keeps all.

    The record must be one that the schema accepts: types and required keys are not checked again here.
    """
    return [
        *_check_spans(record),
        *_check_ids(record),
        *_check_chains(record),
        *_check_claims(record),
        *_check_blocks(record),
        *_check_places_of_records(record),
        *_check_dates(record),
    ]


def _spans(record: Item) -> Iterator[tuple[str, Item]]:
    """Every object with a start and an end, with its path."""
    for number, credit in enumerate(record["article"]["credits"]):
        if "start" in credit:
            yield f"article.credits[{number}]", credit
    for layer in ("blocks", "sentences", "mentions", "times"):
        for number, item in enumerate(record[layer]):
            yield f"{layer}[{number}]", item
    for number, attribution in enumerate(record["attributions"]):
        at = f"attributions[{number}]"
        yield from ((f"{at}.content[{n}]", span) for n, span in enumerate(attribution["content"]))
        if attribution["cue"]:
            yield f"{at}.cue", attribution["cue"]
        for n, link in enumerate(attribution["chain"]):
            yield f"{at}.chain[{n}]", link
            if "evidence" in link:
                yield f"{at}.chain[{n}].evidence", link["evidence"]
    for number, claim in enumerate(record["claims"]):
        yield f"claims[{number}].trigger", claim["trigger"]
        for n, participant in enumerate(claim["participants"]):
            yield f"claims[{number}].participants[{n}]", participant


def _check_spans(record: Item) -> Iterator[str]:
    text = record["text"]
    for at, span in _spans(record):
        start, end = span["start"], span["end"]
        if not start < end:
            yield f"{at}: ends at {end}, which is not after its start {start}"
        elif end > len(text):
            yield f"{at}: ends at {end}, past the text's {len(text)} characters"
        elif "text" in span and text[start:end] != span["text"]:
            yield f"{at}: says {span['text']!r} where the text has {text[start:end]!r}"


def _check_ids(record: Item) -> Iterator[str]:
    ids: dict[str, set[str]] = {}
    for layer in LAYERS:
        ids[layer] = set()
        for number, item in enumerate(record[layer]):
            if item["id"] in ids[layer]:
                yield f"{layer}[{number}]: the id {item['id']} is taken already"
            ids[layer].add(item["id"])
    for at, layer, key in _pointers(record):
        if key is not None and key not in ids[layer]:
            yield f"{at}: points at {key}, which is not among the {layer}"
    types = {entity["id"]: entity["type"] for entity in record["entities"]}
    owner = {mention["id"]: mention["entity"] for mention in record["mentions"]}
    for number, mention in enumerate(record["mentions"]):
        if types.get(mention["entity"], mention["type"]) != mention["type"]:
            yield f"mentions[{number}]: is {mention['type']}, its entity is {types[mention['entity']]}"
    for number, entity in enumerate(record["entities"]):
        if entity["link"] is not None and "candidates" in entity:
            yield f"entities[{number}]: has both a link and candidates for one"
        for join in entity.get("joins", ()):
            if any(owner.get(key, entity["id"]) != entity["id"] for key in join["mentions"]):
                yield f"entities[{number}]: joins a mention of another entity"


def _pointers(record: Item) -> Iterator[tuple[str, str, str | None]]:
    """Every id that points at another item: its path, the layer it points into, the id."""
    for number, entity in enumerate(record["entities"]):
        for join in entity.get("joins", ()):
            yield from ((f"entities[{number}].joins", "mentions", key) for key in join["mentions"])
    for number, mention in enumerate(record["mentions"]):
        yield f"mentions[{number}].entity", "entities", mention["entity"]
    for number, attribution in enumerate(record["attributions"]):
        for n, link in enumerate(attribution["chain"]):
            yield f"attributions[{number}].chain[{n}].entity", "entities", link["entity"]
    for number, claim in enumerate(record["claims"]):
        at = f"claims[{number}]"
        yield f"{at}.time", "times", claim["time"]
        yield f"{at}.according_to", "attributions", claim["according_to"]
        yield from ((f"{at}.differs_from", "claims", key) for key in claim.get("differs_from", ()))
        for n, participant in enumerate(claim["participants"]):
            yield f"{at}.participants[{n}].entity", "entities", participant["entity"]


def _check_chains(record: Item) -> Iterator[str]:
    for number, attribution in enumerate(record["attributions"]):
        roles = [link["role"] for link in attribution["chain"]]
        if roles.count("speaker") != 1:
            yield f"attributions[{number}].chain: {roles.count('speaker')} speakers; there must be one"
        if roles != sorted(roles, key=CHAIN_ROLES.index):
            yield f"attributions[{number}].chain: runs {', '.join(roles)}; origins come first, relays last"
        spans = [(span["start"], span["end"]) for span in attribution["content"]]
        if any(a[1] > b[0] for a, b in pairwise(spans)):
            yield f"attributions[{number}].content: the spans overlap or are out of order"


def _check_claims(record: Item) -> Iterator[str]:
    seen: dict[tuple[int, int], str] = {}
    for number, claim in enumerate(record["claims"]):
        trigger = (claim["trigger"]["start"], claim["trigger"]["end"])
        if other := seen.get(trigger):
            yield f"claims[{number}]: has the trigger of {other}; one span triggers one claim"
        seen[trigger] = claim["id"]
        if claim["id"] in claim.get("differs_from", ()):
            yield f"claims[{number}]: differs from itself"


def _check_blocks(record: Item) -> Iterator[str]:
    for layer in ("blocks", "sentences"):
        last = 0
        for number, item in enumerate(record[layer]):
            if item["start"] < last:
                yield f"{layer}[{number}]: starts at {item['start']}, before the one before it ends"
            last = item["end"]


def _check_places_of_records(record: Item) -> Iterator[str]:
    """Chrome, related lines and bylines are not the article's words: nothing is read out of them."""
    blocks = record["blocks"]
    starts = [block["start"] for block in blocks]

    def block_at(position: int) -> Item | None:
        at = bisect_right(starts, position) - 1
        return blocks[at] if at >= 0 and position < blocks[at]["end"] else None

    for number, sentence in enumerate(record["sentences"]):
        block = block_at(sentence["start"])
        if block is None or block["kind"] not in ARTICLE_KINDS or sentence["end"] > block["end"]:
            yield f"sentences[{number}]: lies in no block of the article's own words"
    found = [(f"mentions[{n}]", m) for n, m in enumerate(record["mentions"])]
    found += [(f"times[{n}]", t) for n, t in enumerate(record["times"])]
    found += [(f"claims[{n}].trigger", c["trigger"]) for n, c in enumerate(record["claims"])]
    for at, span in found:
        block = block_at(span["start"])
        if block is not None and block["kind"] in ("chrome", "related"):
            yield f"{at}: lies in a block that is not the article's"


def _check_dates(record: Item) -> Iterator[str]:
    """A day that the calendar knows; an interval that ends after it starts."""
    for key in ("published", "modified"):
        if not _is_moment(record["article"][key]):
            yield f"article.{key}: {record['article'][key]} is no day of the calendar"
    if not _is_moment(record["source"]["retrieved"]):
        yield f"source.retrieved: {record['source']['retrieved']} is no day of the calendar"
    for number, time in enumerate(record["times"]):
        if not (_is_moment(time["from"]) and _is_moment(time["to"])):
            yield f"times[{number}]: {time['from']} to {time['to']} are not days of the calendar"
        elif time["from"] and time["to"] and not time["from"] < time["to"]:
            yield f"times[{number}]: ends at {time['to']}, which is not after its start {time['from']}"


def _is_moment(value: str | None) -> bool:
    try:
        if value is not None:
            date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
