"""Records with their finders' scores, which the published form leaves out: what calibration is fitted on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from telusur.export.json import from_json, to_json
from telusur.model.claim import Attribution, Claim
from telusur.model.record import Record

Json = dict[str, Any]


def to_scored_json(record: Record) -> Json:
    """The published record, and on each item that a finder rated its ``score``."""
    out = to_json(record)
    for item, value in zip(_rated(out), _items(record), strict=True):
        if value is not None:
            item["score"] = value
    return out


def from_scored_json(value: Json) -> Record:
    """The record with its scores. Records of before there were tables told their scores as confidence."""
    record = from_json(value)
    early = not record.analysis.calibration

    def score(item: Json) -> float | None:
        told = item.get("confidence") or {}
        found: float | None = item.get("score", next(iter(told.values()), None) if early else None)
        return found

    def attribution(read: Attribution, item: Json) -> Attribution:
        links = tuple(replace(x, score=score(i)) for x, i in zip(read.chain, item["chain"], strict=True))
        return replace(read, score=score(item), chain=links)

    def claim(read: Claim, item: Json) -> Claim:
        parties = zip(read.participants, item["participants"], strict=True)
        return replace(read, score=score(item), participants=tuple(replace(p, score=score(i)) for p, i in parties))

    return replace(
        record,
        mentions=tuple(replace(m, score=score(i)) for m, i in zip(record.mentions, value["mentions"], strict=True)),
        attributions=tuple(attribution(a, i) for a, i in zip(record.attributions, value["attributions"], strict=True)),
        claims=tuple(claim(c, i) for c, i in zip(record.claims, value["claims"], strict=True)),
    )


def _rated(value: Json) -> Iterator[Json]:
    yield from value["mentions"]
    for attribution in value["attributions"]:
        yield attribution
        yield from attribution["chain"]
    for claim in value["claims"]:
        yield claim
        yield from claim["participants"]


def _items(record: Record) -> Iterator[float | None]:
    yield from (m.score for m in record.mentions)
    for attribution in record.attributions:
        yield attribution.score
        yield from (link.score for link in attribution.chain)
    for claim in record.claims:
        yield claim.score
        yield from (p.score for p in claim.participants)
