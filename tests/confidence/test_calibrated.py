"""Confidence: what it is made of, that it follows its score, and that it changes nothing else."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from tests.small_record import make_record

from telusur.confidence.calibrated import ALWAYS, calibration_name, chance, load_weights, with_confidence
from telusur.confidence.signs import all_signs
from telusur.export.json import to_json
from telusur.model.record import Record
from telusur.model.span import Span

FIELDS = {
    "mentions.type", "mentions.entity", "times.value", "attributions.content", "attributions.cue", "attributions.speaker",
    "attributions.chain", "claims.type", "claims.participants", "claims.time", "claims.certainty", "claims.polarity",
    "claims.tense", "claims.according_to", "participants.role",
}  # fmt: skip


def scored(score: float | None) -> Record:
    record = make_record()
    return replace(
        record,
        mentions=tuple(replace(m, score=score) for m in record.mentions),
        attributions=tuple(replace(a, score=score) for a in record.attributions),
        claims=tuple(replace(c, score=score) for c in record.claims),
    )


def test_every_field_that_is_judged_has_weights_and_no_other() -> None:
    weights = load_weights()
    assert set(weights) == FIELDS == {field for field, _, _ in all_signs(make_record())}
    assert all(ALWAYS in signs for signs in weights.values())


def test_each_item_tells_the_confidence_of_its_fields() -> None:
    published = to_json(with_confidence(scored(0.7)))
    assert set(published["mentions"][0]["confidence"]) == {"type", "entity"}
    assert set(published["times"][0]["confidence"]) == {"value"}
    assert set(published["attributions"][0]["confidence"]) == {"content", "cue", "speaker", "chain"}
    assert set(published["claims"][0]["confidence"]) == {field.partition(".")[2] for field in FIELDS if field.startswith("claims.")}
    assert set(published["claims"][0]["participants"][0]["confidence"]) == {"role"}
    assert published["analysis"]["calibration"] == calibration_name()


@pytest.mark.parametrize(("layer", "field"), [("mentions", "type"), ("attributions", "speaker"), ("claims", "type")])
def test_what_the_finder_is_surer_of_is_more_likely_right(layer: str, field: str) -> None:
    """From doubt to near certainty, with all else equal, confidence never falls by more than noise and rises in the end."""
    told = [getattr(with_confidence(scored(s)), layer)[0].confidence[field] for s in (0.3, 0.5, 0.7, 0.9, 0.99)]
    assert told[0] < told[-1]
    assert all(two > one - 0.05 for one, two in itertools.pairwise(told))


def test_confidence_changes_nothing_but_itself() -> None:
    before, after = scored(0.7), with_confidence(scored(0.7))
    assert (before.document, before.sentences, before.entities) == (after.document, after.sentences, after.entities)
    for claim, sure in zip(before.claims, after.claims, strict=True):
        parties = tuple(replace(p, confidence={}) for p in sure.participants)
        assert replace(sure, confidence={}, participants=parties) == replace(
            claim, confidence={}, participants=tuple(replace(p, confidence={}) for p in claim.participants)
        )


def test_certainty_of_the_text_is_not_confidence() -> None:
    """A claim that the text doubts can be surely read: its type is as likely right as that of a plain one."""
    record = scored(0.7)
    doubted = replace(record, claims=tuple(replace(c, certainty="possible") for c in record.claims))
    one, two = with_confidence(record).claims[0], with_confidence(doubted).claims[0]
    assert one.confidence["type"] == two.confidence["type"]
    assert two.certainty == "possible"


def test_an_empty_record_has_nothing_to_be_sure_of() -> None:
    empty = replace(make_record(), entities=(), mentions=(), times=(), attributions=(), claims=())
    assert list(all_signs(empty)) == []
    assert with_confidence(empty).claims == ()


@pytest.mark.parametrize(
    ("weights", "signs", "expected"),
    [
        ({}, {"a": 1.0}, 0.5),  # nothing known: even
        ({ALWAYS: 2.1972}, {}, 0.9),
        ({ALWAYS: 1.0, "a": -1.0}, {"a": 1.0}, 0.5),
        ({"a": 1000.0}, {"a": 1000.0}, 1.0),  # no overflow
        ({"a": 1000.0}, {"a": -1000.0}, 0.0),
        ({"a": 1.0}, {"b": 5.0}, 0.5),  # a sign that the table does not know weighs nothing
    ],
)
def test_chance(weights: dict[str, float], signs: dict[str, float], expected: float) -> None:
    assert chance(weights, signs) == pytest.approx(expected, abs=1e-4)


def test_signs_of_odd_spans() -> None:
    """Before the first block, on one character, with nobody named: signs are given all the same."""
    record = make_record()
    odd = replace(record.claims[0], trigger=Span(0, 1), participants=())
    record = replace(record, document=replace(record.document, blocks=()), sentences=(), claims=(odd,))
    assert {field for field, key, _ in all_signs(record) if key == odd.id} >= {"claims.type", "claims.participants"}
