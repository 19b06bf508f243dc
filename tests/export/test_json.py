"""The published form: keys in their order, nothing lost on the way there and back, one line whatever the text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_record import make_document, make_record
from telusur.errors import BadRequest
from telusur.export.json import dump_json, dumps, from_json, to_json
from telusur.model.claim import (
    CERTAINTIES,
    POLARITIES,
    TENSES,
    Attribution,
    Casualties,
    ChainLink,
    Claim,
    Participant,
)
from telusur.model.document import Article, Hints
from telusur.model.layers import STYLES, TIME_BASES, TIME_MODS, TIME_TYPES, Entity, Join, Mention, Place, Time
from telusur.model.record import Record
from telusur.model.span import Span

# --- records of any shape ---------------------------------------------------------------------------------------

TEXT = "Kabar dari Rawa Indah: 👩‍🌾 dan e\u0301. " * 3
words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8)
ids = st.integers(1, 99)
shares = st.integers(0, 1000).map(lambda n: n / 1000)


def sure(*fields: str) -> st.SearchStrategy[dict[str, float]]:
    return st.dictionaries(st.sampled_from(fields), shares)


spans = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 20)).map(lambda p: Span(p[0], min(p[0] + p[1], len(TEXT))))


def named(letter: str) -> st.SearchStrategy[str]:
    return ids.map(lambda n: f"{letter}{n}")


entity_keys, links = st.none() | named("e"), st.tuples(st.just("wikidata"), ids.map(lambda n: f"Q{n}"))
places = st.builds(Place, st.integers(-90, 90).map(float), st.integers(-180, 180).map(float), st.none() | st.just("ID"), st.none() | ids)
joins = st.builds(Join, st.tuples(named("m"), named("m")), words)
entities = st.builds(
    Entity, named("e"), st.sampled_from(["PER", "ORG", "LOC"]), words, st.none() | links,
    st.lists(links, max_size=2).map(tuple), st.lists(joins, max_size=2).map(tuple), st.none() | places, sure("name"),
)  # fmt: skip
mentions = st.builds(Mention, named("m"), spans, st.sampled_from(["PER", "ORG", "LOC"]), named("e"), sure("type", "entity"))
times = st.builds(
    Time, named("t"), spans, st.sampled_from(TIME_TYPES), words, st.none() | st.sampled_from(TIME_MODS),
    st.none() | st.just("2024-05-01"), st.none() | st.just("2024-06-01"), st.none() | st.sampled_from(TIME_BASES), st.none() | words, sure("type", "value"),
)  # fmt: skip
chain_links = st.builds(
    ChainLink, st.sampled_from(["origin", "speaker", "relay"]), spans, entity_keys, st.sampled_from(["written", "inferred"]), st.none() | spans
)
attributions = st.builds(
    Attribution, named("a"), st.sampled_from(STYLES), st.lists(spans, min_size=1, max_size=2).map(tuple), st.none() | spans,
    st.lists(chain_links, min_size=1, max_size=3).map(tuple), confidence=sure("speaker", "chain"),
)  # fmt: skip
counts = st.none() | st.integers(0, 9)
casualties = st.builds(Casualties, counts, counts, counts, counts).filter(lambda c: c != Casualties())
claims = st.builds(
    Claim, named("c"), st.sampled_from(["ASSAULT", "leads"]), spans,
    st.lists(st.builds(Participant, st.sampled_from(["actor", "place"]), spans, entity_keys, confidence=sure("role")), max_size=2).map(tuple),
    st.none() | named("t"), st.sampled_from(CERTAINTIES), st.sampled_from(POLARITIES), st.sampled_from(TENSES),
    st.none() | casualties, st.none() | named("a"), st.lists(named("c"), max_size=2, unique=True).map(tuple), confidence=sure("type", "tense"),
)  # fmt: skip
articles = st.builds(Article, title=st.none() | words, publisher=st.none() | words, published=st.none() | st.just("2024-05-07"))


def tuples(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=2).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> Record:
    article = draw(articles)
    document = make_document(
        text=TEXT,
        blocks=(),
        article=article,
        hints=Hints(id=draw(st.none() | words)),
        published_basis="page" if article.published else None,
    )
    layers = {"entities": entities, "mentions": mentions, "times": times, "attributions": attributions, "claims": claims}
    return make_record(document=document, sentences=(), **{name: draw(tuples(items)) for name, items in layers.items()})


@settings(max_examples=40, deadline=None)
@given(records())
def test_a_record_comes_back_from_json_as_it_went(record: Record) -> None:
    """Through text, so that what JSON cannot tell apart (tuples, lists) does not hide a loss."""
    assert from_json(json.loads(dumps(record))) == record


def test_the_full_record_comes_back_as_it_went() -> None:
    assert from_json(json.loads(dumps(make_record()))) == make_record()


def test_every_field_of_a_record_is_published_or_known_to_be_left_out() -> None:
    """A field added to a type and forgotten here would be lost in silence: each changes what is printed."""
    left_out = {"data", "charset", "datelines", "published_basis", "warnings", "url", "published", "publisher", "title", "score", "review"}
    record = make_record()

    def names(value: object) -> set[str]:
        found: set[str] = set()
        if isinstance(value, tuple):
            return found.union(*map(names, value))
        if is_dataclass(value):
            for field in fields(value):
                found |= {field.name, *names(getattr(value, field.name))}
        return found

    printed = dumps(record)
    structure = {"document", "hints", "span", "link", "place", "article", "source", "analysis", "basis", "from_", "media_type"}
    for name in names(record) - left_out - structure:
        assert f'"{name}"' in printed, name


# --- the form ---------------------------------------------------------------------------------------------------


def test_keys_stand_in_their_published_order() -> None:
    published = to_json(make_record())
    assert list(published) == [
        "format", "id", "source", "text", "article", "blocks", "sentences", "entities", "mentions", "times",
        "attributions", "claims", "analysis",
    ]  # fmt: skip
    assert list(published["source"]) == ["url", "name", "media_type", "sha256", "retrieved"]
    assert list(published["mentions"][0]) == ["id", "start", "end", "text", "type", "entity", "confidence"]
    assert list(published["times"][1]) == ["id", "start", "end", "text", "type", "value", "mod", "from", "to", "basis", "note"]
    assert list(published["attributions"][0]["chain"][0]) == ["role", "text", "start", "end", "entity", "stated", "evidence"]
    assert list(published["claims"][1]) == [
        "id", "type", "trigger", "participants", "time", "certainty", "polarity", "tense", "casualties", "according_to",
        "differs_from", "confidence",
    ]  # fmt: skip


def test_what_is_unknown_is_null_or_left_out_as_the_format_says() -> None:
    bare = make_record(
        document=replace(make_document(), hints=Hints(), article=Article()),
        entities=(Entity("e1", "LOC", "Rawa"),),
        mentions=(),
        times=(Time("t1", Span(0, 4), "DATE", ""),),
        attributions=(),
        claims=(Claim("c1", "leads", Span(0, 4), (), casualties=Casualties()),),
    )
    published = to_json(bare)
    assert "id" not in published
    assert published["entities"][0] == {"id": "e1", "type": "LOC", "name": "Rawa", "link": None}
    assert published["times"][0] == {
        "id": "t1", "start": 0, "end": 4, "text": "Menu", "type": "DATE", "value": "", "mod": None, "from": None, "to": None,
    }  # fmt: skip
    assert published["claims"][0]["casualties"] is None
    assert "differs_from" not in published["claims"][0]
    assert published["article"]["published"] is None


@pytest.mark.parametrize(
    ("start", "end", "first", "after"),
    [
        ("2024-05-06T14:30", "2024-05-06T14:31", "2024-05-06", "2024-05-07"),  # a minute lies in its day
        ("2024-12-31T18:00", "2025-01-01T00:00", "2024-12-31", "2025-01-01"),  # an evening ends where the day does
        ("2024-05-06", "2024-05-08", "2024-05-06", "2024-05-08"),
        (None, None, None, None),
    ],
)
def test_intervals_are_of_days(start: str | None, end: str | None, first: str | None, after: str | None) -> None:
    times = (Time("t1", Span(0, 4), "TIME", "2024-05-06T14:30", None, start, end),)
    published = to_json(make_record(times=times, claims=()))["times"][0]
    assert (published["from"], published["to"]) == (first, after)


def test_a_place_and_the_confidence_stand_on_their_items() -> None:
    published = to_json(make_record())
    assert published["entities"][2] | {"lat": -1.25, "lon": 110.5, "country": "ID", "precision_m": 2000} == published["entities"][2]
    assert published["mentions"][0]["confidence"] == {"type": 0.8, "entity": 0.7}
    assert published["attributions"][0]["confidence"] == {"speaker": 0.4, "cue": 0.9}
    assert published["claims"][1]["confidence"] == {"type": 0.3}


def test_a_number_more_exact_than_machines_agree_on_is_rounded() -> None:
    mention = replace(make_record().mentions[0], confidence={"type": 0.123456789})
    assert to_json(make_record(mentions=(mention,)))["mentions"][0]["confidence"] == {"type": 0.123}


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\r", "\n", "\x0b", "\x1c"])
def test_no_character_breaks_the_line(odd: str) -> None:
    """Readers of JSON Lines split where their language splits lines, not only at the line feed."""
    line = dump_json({"text": f"satu{odd}dua"})
    assert line.splitlines() == [line]
    assert json.loads(line) == {"text": f"satu{odd}dua"}


def test_a_lone_surrogate_does_not_stop_the_printing() -> None:
    line = dump_json({"text": "rusak \ud83d"})
    assert json.loads(line.encode()) == {"text": "rusak \ud83d"}


def test_letters_stay_readable() -> None:
    assert "“Juragannya" in dumps(make_record())


def test_the_same_record_gives_the_same_text() -> None:
    assert dumps(make_record()) == dumps(make_record())


# --- what others made -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dev", "train"])
def test_hand_made_records_are_taken(gold: Callable[[str], Mapping[str, dict[str, Any]]], name: str) -> None:
    """What a gold file says stands in the record that is made of it, field by field."""
    for article, told in gold(name).items():
        published = to_json(from_json(told))
        assert published["text"] == told["text"]
        for layer in ("blocks", "entities", "mentions", "attributions", "claims"):
            for mine, theirs in zip(published[layer], told[layer], strict=True):
                assert {key: mine[key] for key in theirs if key != "chain"} == {k: v for k, v in theirs.items() if k != "chain"}, article


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"format": "telusur/2"},
        {"format": "telusur/1"},
        {**to_json(make_record()), "mentions": [{"id": "m1"}]},
        {**to_json(make_record()), "mentions": None},
        {**to_json(make_record()), "text": None, "claims": [3]},
        {**to_json(make_record()), "times": [{"id": "t1", "start": 9, "end": 3, "type": "DATE", "value": ""}]},
    ],
)
def test_what_is_no_record_is_refused_in_words(broken: dict[str, Any]) -> None:
    with pytest.raises(BadRequest, match="format"):
        from_json(broken)


def test_what_a_person_decided_is_told_and_read_back() -> None:
    """Of every kind of item; where nobody decided, nothing is printed."""
    told = to_json(make_record())
    assert '"review"' not in dumps(make_record())
    for layer in ("entities", "mentions", "times", "attributions", "claims"):
        for item, review in zip(told[layer], ("accepted", "corrected", "added", "rejected"), strict=False):
            item["review"] = review
    assert to_json(from_json(told)) == told
