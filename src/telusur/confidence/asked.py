"""Precision on demand: a record without what is less sure than asked.

Comes in: a record with confidence, and the least that a field must have. Goes out: what is sure enough, and how much was
left out. Nothing that stays may point at what is gone, and nothing may read as more than it was: a claim whose source is
left out goes with it, since it would stand as the outlet's own word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..model.claim import Attribution, Claim
from ..model.layers import Confidence
from ..model.record import LeftOut, Record

_OF_MENTION = ("type",)
_OF_ATTRIBUTION = ("speaker",)
_OF_CLAIM = ("type", "certainty", "polarity", "according_to")
"""What a claim says stands or falls with these; a doubtful participant or time is taken from it instead."""


def keep_sure(record: Record, least: float) -> Record:
    """The record with only what is at least ``least`` sure; what was never measured stays.

    How much was left out stands in ``analysis.left_out``, and in words among the document's warnings.
    """
    attributions = {a.id: a for a in record.attributions if _is_sure(a.confidence, _OF_ATTRIBUTION, least)}
    times = tuple(t for t in record.times if _is_sure(t.confidence, ("value",), least))
    mentions = tuple(m for m in record.mentions if _is_sure(m.confidence, _OF_MENTION, least))
    claims = [c for c in record.claims if _stays(c, attributions, least)]
    named, dated = {m.entity for m in mentions}, {t.id for t in times}
    kept = {m.id for m in mentions}
    told = {c.id for c in claims}
    entities = tuple(
        replace(e, joins=tuple(j for j in e.joins if kept.issuperset(j.mentions))) for e in record.entities if e.id in named
    )
    thinned = tuple(_thinned(c, named, dated, told, least) for c in claims)
    left = LeftOut(
        least,
        len(record.mentions) - len(mentions),
        len(record.times) - len(times),
        len(record.attributions) - len(attributions),
        len(record.claims) - len(claims),
        sum(len(c.participants) for c in claims) - sum(len(c.participants) for c in thinned),
    )
    said = tuple(_without_names(a, named) for a in attributions.values())
    return replace(
        record,
        document=replace(record.document, warnings=(*record.document.warnings, in_words(left))),
        entities=entities,
        mentions=mentions,
        times=times,
        attributions=said,
        claims=thinned,
        analysis=replace(record.analysis, left_out=left),
    )


def in_words(left: LeftOut) -> str:
    """How much was left out, in one line."""
    return (
        f"left out as less sure than {left.below:g}: {left.mentions} names, {left.times} times, "
        f"{left.attributions} attributions, {left.claims} claims, {left.participants} participants"
    )


def _is_sure(confidence: Confidence, fields: tuple[str, ...], least: float) -> bool:
    return all(confidence.get(field, 1.0) >= least for field in fields)


def _stays(claim: Claim, attributions: Mapping[str, Attribution], least: float) -> bool:
    on_a_word = claim.according_to is None or claim.according_to in attributions
    return on_a_word and _is_sure(claim.confidence, _OF_CLAIM, least)


def _without_names(attribution: Attribution, named: set[str]) -> Attribution:
    """Its links in their words; those of names that are left out point nowhere."""
    chain = tuple(link if link.entity is None or link.entity in named else replace(link, entity=None) for link in attribution.chain)
    return attribution if chain == attribution.chain else replace(attribution, chain=chain)


def _thinned(claim: Claim, named: set[str], dated: set[str], told: set[str], least: float) -> Claim:
    participants = tuple(
        p if p.entity is None or p.entity in named else replace(p, entity=None)
        for p in claim.participants
        if _is_sure(p.confidence, ("role",), least)
    )
    dates = claim.time in dated and _is_sure(claim.confidence, ("time",), least)
    return replace(
        claim,
        participants=participants,
        time=claim.time if dates else None,
        differs_from=tuple(key for key in claim.differs_from if key in told),
    )
