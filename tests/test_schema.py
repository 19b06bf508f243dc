"""The schema and the check besides it: whatever breaks the format is refused, whatever keeps it is taken."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from small_record import make_record
from telusur.export.check import check_record, schema
from telusur.export.json import from_json, to_json
from telusur.model.claim import CERTAINTIES, CHAIN_ROLES, CLAIM_TYPES, PARTICIPANT_ROLES, POLARITIES, TENSES
from telusur.model.document import BLOCK_KINDS, CREDIT_ROLES
from telusur.model.layers import ENTITY_TYPES, STYLES, TIME_BASES, TIME_MODS, TIME_TYPES

Json = dict[str, Any]


@cache
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


def complaints(record: Json) -> list[str]:
    """What the schema says, else what the check says: the check takes for granted what the schema holds."""
    found = [f"{error.json_path}: {error.message}" for error in validator().iter_errors(record)]
    return found or check_record(record)


def good() -> Json:
    value: Json = json.loads(json.dumps(to_json(make_record())))
    return value


DROP = object()


def changed(path: str, value: object) -> Json:
    """The good record with the value at a path such as ``claims.0.type`` changed, added or dropped."""
    record = good()
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    target: Any = record
    for step in steps:
        target = target[step]
    if value is DROP:
        del target[last]
    else:
        target[last] = value
    return record


REQUIRED = [
    "format", "source", "source.sha256", "source.url", "text", "article", "article.title", "article.credits", "blocks", "blocks.0.kind",
    "blocks.0.start", "sentences", "sentences.0.end", "entities", "entities.0.name", "entities.0.link", "mentions", "mentions.0.entity",
    "mentions.0.text", "times", "times.0.from", "times.0.to", "times.0.mod", "attributions", "attributions.0.cue", "attributions.0.chain",
    "attributions.0.chain.0.entity", "claims", "claims.0.trigger.text", "claims.0.time", "claims.0.according_to", "claims.0.casualties",
    "claims.0.participants.0.role", "analysis", "analysis.model",
]  # fmt: skip

BROKEN: list[tuple[str, object, str]] = [
    ("format", "telusur/2", "another format"),
    ("id", 7, "an id that is no string"),
    ("tambahan", 1, "a key that the format does not know"),
    ("text", "", "no text"),
    ("text", None, "a null text"),
    ("blocks", [], "no block"),
    ("source.sha256", "abc", "a short hash"),
    ("source.sha256", "A" * 64, "a hash in capitals"),
    ("source.url", "kabar.example/1", "a URL without a scheme"),
    ("source.media_type", "application/pdf", "a type that is not read"),
    ("source.retrieved", "2024-05-07", "a moment without its time"),
    ("source.retrieved", "2024-05-07T03:00:00+07:00", "a moment that is not UTC"),
    ("source.bytes", 3, "an extra key in the source"),
    ("article.published", "7 Mei 2024", "a date in words"),
    ("article.published", "2024-13-01", "a month of no calendar"),
    ("article.published", "2024-02-30", "a day of no calendar"),
    ("article.published", "2024-05-07T09:30", "a time of day without offset"),
    ("article.language", "Indonesia", "a language by its name"),
    ("article.title", "", "an empty title"),
    ("article.credits.0.role", "penulis", "a role in another language"),
    ("article.credits.0.end", DROP, "half a span"),
    ("article.images.0.photo", "x", "an extra key in an image"),
    ("article.wires", "Cakra", "a wire that is no list"),
    ("blocks.0.kind", "advertisement", "an unknown kind of block"),
    ("blocks.0.start", -1, "a negative offset"),
    ("blocks.0.start", 0.5, "a broken offset"),
    ("blocks.0.start", "0", "an offset in quotation marks"),
    ("blocks.1.start", 3, "blocks that overlap"),
    ("blocks.0.end", 0, "a block that ends where it starts"),
    ("sentences.0.end", 100_000, "a span past the text"),
    ("sentences.0", {"start": 0, "end": 4}, "a sentence in the chrome"),
    ("entities.0.id", "E1", "an id of another pattern"),
    ("entities.1.id", "e1", "an id that is taken"),
    ("entities.0.type", "GPE", "an unknown type of entity"),
    ("entities.2.link", {}, "a link to nothing"),
    ("entities.2.link", {"geonames": "1", "wikidata": "Q1"}, "two links in one"),
    ("entities.2.link", {"wikidata": "77"}, "a Wikidata id without its Q"),
    ("entities.2.link", "geonames:123", "a link that is no object"),
    ("entities.0.link", {"wikidata": "Q1"}, "a link beside candidates"),
    ("entities.0.candidates", [{"wikidata": "Q1"}], "one candidate alone"),
    ("entities.2.lat", 91, "a latitude beyond the pole"),
    ("entities.2.lon", -181, "a longitude too far"),
    ("entities.2.lon", DROP, "a latitude alone"),
    ("entities.2.country", "IDN", "a country of three letters"),
    ("entities.2.precision_m", -5, "a negative precision"),
    ("entities.1.lat", 1.0, "a person with a latitude"),
    ("entities.1.joins.0.mentions", ["m3"], "a join of one mention"),
    ("entities.1.joins.0.mentions", ["m3", "m99"], "a join of a mention that is not there"),
    ("entities.1.joins.0.mentions", ["m3", "m1"], "a join of another's mention"),
    ("entities.1.joins.0.because", "", "a join without a reason"),
    ("entities.1.confidence", {"name": 1.5}, "a confidence over 1"),
    ("entities.1.confidence", {}, "a confidence in nothing"),
    ("entities.1.confidence", 0.9, "a confidence that names no field"),
    ("mentions.0.text", "Polres", "a text that is not there"),
    ("mentions.0.entity", "e99", "an entity that is not there"),
    ("mentions.0.type", "PER", "a type that is not its entity's"),
    ("mentions.0.confidence", {"speaker": 0.5}, "a confidence in a field it has not"),
    ("times.0.type", "date", "a type in small letters"),
    ("times.0.value", "kemarin", "a value in words"),
    ("times.0.value", "2024-5-6", "a value without its zeros"),
    ("times.0.mod", "MORE_THAN", "an unknown modifier"),
    ("times.0.from", "2024-05", "an interval that starts on no day"),
    ("times.0.from", "2024-05-09", "an interval that ends before it starts"),
    ("times.0.to", "2024-02-31", "an interval that ends on no day of the calendar"),
    ("times.0.basis", "guess", "an unknown basis"),
    ("attributions.0.style", "paraphrase", "an unknown style"),
    ("attributions.0.content", [], "no content"),
    ("attributions.0.chain", [], "nobody"),
    ("attributions.0.chain.1.role", "relay", "no speaker"),
    ("attributions.0.chain.0.role", "speaker", "two speakers"),
    ("attributions.0.chain.0.role", "source", "an unknown role"),
    ("attributions.0.chain.0.stated", "guessed", "an unknown way of stating"),
    ("attributions.0.chain.0.text", "seorang awak", "a link in other words"),
    ("attributions.0.cue", {"start": 9, "end": 5}, "a cue that ends before it starts"),
    ("claims.0.type", "ATTACK", "an unknown type of claim"),
    ("claims.0.trigger", {"start": 1, "end": 3}, "a trigger without its text"),
    ("claims.1.trigger", "tahan", "a trigger that is no span"),
    ("claims.0.participants.0.role", "victim", "an unknown role in a claim"),
    ("claims.2.time", "t99", "a time that is not there"),
    ("claims.1.according_to", "c1", "a word that is no attribution"),
    ("claims.1.according_to", "a99", "an attribution that is not there"),
    ("claims.0.certainty", "likely", "an unknown certainty"),
    ("claims.0.polarity", "neutral", "an unknown polarity"),
    ("claims.0.tense", "sekarang", "an unknown tense"),
    ("claims.2.casualties", {}, "casualties without a count"),
    ("claims.2.casualties", {"dead": 2}, "an unknown casualty"),
    ("claims.2.casualties", {"killed": -2}, "less than nobody killed"),
    ("claims.2.casualties", {"killed": "dua"}, "a count in words"),
    ("claims.0.differs_from", [], "a difference from nothing"),
    ("claims.0.differs_from", ["c1"], "a difference from itself"),
    ("claims.0.differs_from", ["c99"], "a difference from a claim that is not there"),
    ("analysis.seconds", -1, "negative time"),
    ("analysis.version", "", "no version"),
]


def test_the_good_record_is_taken() -> None:
    assert complaints(good()) == []


@pytest.mark.parametrize("path", REQUIRED)
def test_a_record_without_a_required_key_is_refused(path: str) -> None:
    assert complaints(changed(path, DROP)) != []


@pytest.mark.parametrize(("path", "value", "reason"), BROKEN, ids=[row[2] for row in BROKEN])
def test_a_broken_record_is_refused(path: str, value: object, reason: str) -> None:
    assert complaints(changed(path, value)) != [], reason


def test_each_way_of_breaking_is_told_with_its_place() -> None:
    """Whoever made the record must find the item."""
    for path, value, _ in BROKEN:
        first = path.split(".")[0]
        if first in good():
            assert any(first in line or "$:" in line for line in complaints(changed(path, value))), path


def test_two_claims_on_one_trigger_are_refused() -> None:
    record = good()
    record["claims"].append({**copy.deepcopy(record["claims"][4]), "id": "c99", "type": "holds-office"})
    assert any("one span triggers one claim" in line for line in complaints(record))


def test_chains_run_from_the_fact_to_the_reader() -> None:
    record = good()
    record["attributions"][0]["chain"].reverse()
    assert any("origins come first" in line for line in complaints(record))


def test_chrome_holds_no_names() -> None:
    record = good()
    record["mentions"].append({"id": "m99", "start": 0, "end": 4, "text": "Menu", "type": "ORG", "entity": "e6"})
    assert any("not the article's" in line for line in complaints(record))


@pytest.mark.parametrize(
    "value",
    ["", "2024", "2024-05", "2024-05-06", "2024-W18", "2024-W18-WE", "2024-Q2", "2024-H1", "199", "2024-05-06T14:30", "2024-05-06TMO",
     "2024-05-06TNI", "XXXX-WXX-5", "XXXX-12-25", "P3D", "PT2H", "P1Y6M", "PXD", "P2.5Y", "PT30M", "2024-05-06/2024-05-08", "PRESENT_REF",
     "PAST_REF", "FUTURE_REF", "2024-SU"],
)  # fmt: skip
def test_values_of_time_expressions_are_taken(value: str) -> None:
    record = good()
    record["times"][0] |= {"value": value}
    assert complaints(record) == []


def test_the_schema_closes_every_object() -> None:
    """No object of the format takes a key that it does not name."""

    def open_objects(value: object, at: str) -> list[str]:
        found = []
        if isinstance(value, dict):
            if value.get("type") == "object" and value.get("additionalProperties") is not False:
                found.append(at)
            for key, item in value.items():
                found += open_objects(item, f"{at}.{key}")
        elif isinstance(value, list):
            for number, item in enumerate(value):
                found += open_objects(item, f"{at}.{number}")
        return found

    assert open_objects(schema(), "$") == []


def test_the_schema_names_the_same_words_as_the_types() -> None:
    """A kind added to the model and not to the schema would make our own records invalid."""
    definitions = schema()["$defs"]

    def enum(*path: str) -> set[Any]:
        at = definitions
        for step in path:
            at = at[step]
        return set(at["enum"])

    assert enum("block", "properties", "kind") == set(BLOCK_KINDS)
    assert enum("credit", "properties", "role") == set(CREDIT_ROLES)
    assert enum("entityType") == set(ENTITY_TYPES)
    assert enum("time", "properties", "type") == set(TIME_TYPES)
    assert enum("time", "properties", "mod") == {*TIME_MODS, None}
    assert enum("time", "properties", "basis") == set(TIME_BASES)
    assert enum("attribution", "properties", "style") == set(STYLES)
    assert enum("chainLink", "properties", "role") == set(CHAIN_ROLES)
    assert enum("participant", "properties", "role") == set(PARTICIPANT_ROLES)
    assert enum("claim", "properties", "type") == set(CLAIM_TYPES)
    assert enum("claim", "properties", "certainty") == set(CERTAINTIES)
    assert enum("claim", "properties", "polarity") == set(POLARITIES)
    assert enum("claim", "properties", "tense") == set(TENSES)


@pytest.mark.parametrize("name", ["dev", "train"])
def test_every_hand_made_record_is_taken(gold: Callable[[str], Mapping[str, Json]], name: str) -> None:
    """Gold files with the fields added that hand-made records lack: sentences, intervals, links, analysis."""
    for article, told in gold(name).items():
        record = to_json(from_json(told))
        record["analysis"] |= {"software": "hand", "version": "1"}
        assert complaints(record) == [], article
