"""Precision on demand: what goes, what stays, and that what stays still keeps the rules of a record."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator
from tests.small_record import make_record

import telusur
from telusur.confidence.asked import in_words, keep_sure
from telusur.export.check import check_record, schema
from telusur.export.json import from_json, to_json
from telusur.model.record import Record


def sure_of(record: Record, layer: str, *confidences: dict[str, float]) -> Record:
    """The record with these confidences on the first items of a layer."""
    items = list(getattr(record, layer))
    items[: len(confidences)] = [replace(item, confidence=c) for item, c in zip(items, confidences, strict=False)]
    return replace(record, **{layer: tuple(items)})


def bare() -> Record:
    """The small record with nothing measured."""
    record = make_record()
    return replace(
        record,
        mentions=tuple(replace(m, confidence={}) for m in record.mentions),
        attributions=tuple(replace(a, confidence={}) for a in record.attributions),
        claims=tuple(replace(c, confidence={}) for c in record.claims),
    )


def test_what_was_never_measured_stays() -> None:
    kept = keep_sure(bare(), 1.0)
    assert kept.claims == bare().claims
    assert kept.analysis.left_out is not None
    assert kept.analysis.left_out.claims == 0


def test_a_name_that_goes_takes_its_entity_but_not_the_words() -> None:
    record = bare()
    gone = record.mentions[0].entity
    record = replace(record, mentions=tuple(replace(m, confidence={"type": 0.4 if m.entity == gone else 0.9}) for m in record.mentions))
    kept = keep_sure(record, 0.8)
    assert gone not in {e.id for e in kept.entities}
    assert len(kept.claims) == len(record.claims)
    parties = [p for c in record.claims for p in c.participants]
    assert any(p.entity == gone for p in parties)
    assert [p.span for p in parties] == [p.span for c in kept.claims for p in c.participants]
    assert all(p.entity != gone for c in kept.claims for p in c.participants)


def test_a_claim_goes_with_the_word_it_stands_on() -> None:
    """Else it would read as the outlet's own word."""
    record = bare()
    told = next(c for c in record.claims if c.according_to)
    record = replace(
        record, attributions=tuple(replace(a, confidence={"speaker": 0.1 if a.id == told.according_to else 0.9}) for a in record.attributions)
    )
    kept = keep_sure(record, 0.5)
    assert told.id not in {c.id for c in kept.claims}
    assert kept.analysis.left_out is not None
    assert kept.analysis.left_out.attributions == 1


@pytest.mark.parametrize(
    ("confidence", "stays"),
    [
        ({"type": 0.8}, True),  # at least
        ({"type": 0.79}, False),
        ({"type": 0.9, "polarity": 0.5}, False),  # whether it is so at all
        ({"type": 0.9, "tense": 0.1}, True),  # not what it stands or falls with
        ({"type": 0.9, "participants": 0.1}, True),  # the doubtful participant goes, not the claim
    ],
)
def test_what_a_claim_stands_or_falls_with(confidence: dict[str, float], stays: bool) -> None:
    record = sure_of(bare(), "claims", confidence)
    first = record.claims[0].id
    assert (first in {c.id for c in keep_sure(record, 0.8).claims}) is stays


def test_a_doubtful_participant_and_time_are_taken_from_their_claim() -> None:
    record = bare()
    claim = next(c for c in record.claims if c.participants and c.time)
    doubtful = replace(
        claim, confidence={"type": 0.9, "time": 0.3}, participants=tuple(replace(p, confidence={"role": 0.2}) for p in claim.participants)
    )
    kept = keep_sure(replace(record, claims=(doubtful,)), 0.8)
    assert (kept.claims[0].participants, kept.claims[0].time) == ((), None)
    assert kept.analysis.left_out is not None
    assert kept.analysis.left_out.participants == len(claim.participants)


@pytest.mark.parametrize("least", [0.0, 0.35, 0.5, 0.85, 0.96, 1.0])
def test_what_is_kept_is_a_record_like_any_other(least: float) -> None:
    kept = keep_sure(make_record(), least)
    published = json.loads(json.dumps(to_json(kept)))
    assert list(Draft202012Validator(schema()).iter_errors(published)) == []
    assert check_record(published) == []
    assert from_json(published).analysis.left_out == kept.analysis.left_out


def test_how_much_was_left_out_is_said() -> None:
    kept = keep_sure(sure_of(bare(), "claims", {"type": 0.1}), 0.5)
    assert kept.analysis.left_out is not None
    assert kept.document.warnings[-1] == in_words(kept.analysis.left_out)
    assert "1 claims" in kept.document.warnings[-1]


def test_the_front_door_takes_it() -> None:
    page = "Bupati Sukamaju Rini Lestari mengatakan jembatan itu dibuka Senin (3/6/2024). Warga menyambutnya di Rawa Indah."
    whole, sure = telusur.read(page), telusur.read(page, least_confidence=0.97)
    assert whole.analysis.left_out is None
    assert sure.analysis.left_out is not None
    assert len(whole.mentions) == len(sure.mentions) + sure.analysis.left_out.mentions
    assert all(m.confidence["type"] >= 0.97 for m in sure.mentions)
