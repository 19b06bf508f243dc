"""From scores and signs to confidence: how likely each field of a record is right.

Comes in: a record whose items carry their finders' scores. Goes out: the same record with ``confidence`` by field.
The method is logistic regression: each field has a table of signs with weights (``words/confidence.tsv``), fitted on
articles read by hand that the model had not seen (``training.calibration``). It says nothing about how certain the text
is of its own facts.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from ..lexicon import data_file, read_table
from ..model.claim import Claim, Participant
from ..model.layers import Confidence, Mention
from ..model.record import Record
from .signs import (
    Context,
    Signs,
    attribution_signs,
    claim_signs,
    mention_signs,
    participant_signs,
    time_signs,
)

TABLE = "confidence"
ALWAYS = "always"
"""The sign that every item has."""
_FARTHEST = 30.0
"""Log odds beyond this are all the same, and their exponent must stay a number."""

Weights = Mapping[str, Mapping[str, float]]
"""By ``layer.field``, or by the field of one layer: the weight of each sign."""


def with_confidence(record: Record) -> Record:
    """The record with the confidence of each field that the tables know."""
    weights, context = _by_layer(), Context(record)
    mentions, times, attributions = weights["mentions"], weights["times"], weights["attributions"]
    return replace(
        record,
        mentions=tuple(
            Mention(m.id, m.span, m.type, m.entity, _sure(mentions, mention_signs(context, m)), m.score, m.review) for m in record.mentions
        ),
        times=tuple(replace(t, confidence=_sure(times, time_signs(context, t))) for t in record.times),
        attributions=tuple(replace(a, confidence=_sure(attributions, attribution_signs(context, a))) for a in record.attributions),
        claims=tuple(_sure_claim(weights, context, c) for c in record.claims),
        analysis=replace(record.analysis, calibration=calibration_name()),
    )


def _sure_claim(weights: Mapping[str, Weights], context: Context, claim: Claim) -> Claim:
    roles = weights["participants"]
    participants = tuple(
        Participant(p.role, p.span, p.entity, p.score, _sure(roles, {"role": participant_signs(context, claim, p)})) for p in claim.participants
    )
    return replace(claim, participants=participants, confidence=_sure(weights["claims"], claim_signs(context, claim)))


def _sure(known: Weights, fields: Mapping[str, Signs]) -> Confidence:
    return {field: chance(known[field], signs) for field, signs in fields.items() if field in known}


def chance(weights: Mapping[str, float], signs: Signs) -> float:
    """How likely a field with these signs is right."""
    total = 0.0
    for sign, value in signs.items():  # a loop: this is asked of every field of every item
        if (weight := weights.get(sign)) is not None:
            total += value * weight
    odds = weights.get(ALWAYS, 0.0) + total
    if not -_FARTHEST < odds < _FARTHEST:
        odds = math.copysign(_FARTHEST, odds)
    return round(1 / (1 + math.exp(-odds)), 4)


@cache
def load_weights() -> Weights:
    """The weights that ship with the package."""
    return collect((row["field"], row["sign"], float(row["weight"])) for row in read_table(TABLE, ("field", "sign", "weight")))


@cache
def _by_layer() -> Mapping[str, Weights]:
    """The same by layer, then by field."""
    out: dict[str, dict[str, Mapping[str, float]]] = {}
    for name, signs in load_weights().items():
        layer, field = name.split(".")
        out.setdefault(layer, {})[field] = signs
    return out


def collect(rows: Iterable[tuple[str, str, float]]) -> Weights:
    """Weights by field from rows of (field, sign, weight)."""
    out: dict[str, dict[str, float]] = {}
    for field, sign, weight in rows:
        out.setdefault(field, {})[sign] = weight
    return out


@cache
def calibration_name() -> str:
    """Names the method and the very table: another fit has another name."""
    return f"logistic {hashlib.sha256(data_file(f'words/{TABLE}.tsv').read_bytes()).hexdigest()[:8]}"
