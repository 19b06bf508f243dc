"""What an article holds and what its entities do in it, as bits: questions that need no single claim are told by them.

Comes in: a record with people's decisions laid over it. Goes out: `schema.articles.kinds` and `schema.entities.part`.
What people rejected counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .columns import CLAIM_WORDS

ACTS, SPEAKS, TAKES_PART, PLACE, HOLDS, HELD = 1, 2, 4, 8, 16, 32
"""Bits of a part: an actor of a claim; the speaker of a saying; in a claim at all; where something happens, or a place that
takes part; an actor of a lasting state; the other side of one."""

HOLDS_TYPES = ("holds-office", "leads", "member-of", "controls", "capital-of", "part-of", "allied-with", "rival-of", "family-of")
HELD_TYPES = ("leads", "controls", "capital-of", "holds-office", "member-of")
"""The states that a profile tells of an actor, and of whom or what is acted on."""

CERTAINTY_WORDS = ("certain", "probable", "possible", "unknown")
_CERTAINTIES_FROM = 48


def type_bit(type_: str) -> int:
    """The bit of a type of claims; 0 for a word that is none."""
    return 1 << CLAIM_WORDS.index(type_) if type_ in CLAIM_WORDS else 0


def certainty_bit(certainty: str) -> int:
    """The bit of a certainty; 0 for a word that is none."""
    return 1 << _CERTAINTIES_FROM + CERTAINTY_WORDS.index(certainty) if certainty in CERTAINTY_WORDS else 0


def kinds_of(claims: Iterable[Mapping[str, Any]]) -> int:
    """The types and certainties of an article's claims."""
    kinds = 0
    for claim in claims:
        if claim.get("review") != "rejected":
            kinds |= type_bit(claim["type"]) | certainty_bit(claim["certainty"])
    return kinds


def parts_of(record: Mapping[str, Any], at: Mapping[str, int], types: Sequence[str]) -> tuple[int, ...]:
    """For each entity, by the places in ``at`` and with the types in ``types``, what it does."""
    found = [0] * len(types)
    for claim in record["claims"]:
        if claim.get("review") == "rejected":
            continue
        for who in claim["participants"]:
            if (place := at.get(who["entity"] or "")) is not None:
                found[place] |= part_of(who["role"], claim["type"], types[place])
    for attribution in record["attributions"]:
        speaker = next((link.get("entity") for link in attribution["chain"] if link["role"] == "speaker"), None)
        if attribution.get("review") != "rejected" and (place := at.get(speaker or "")) is not None:
            found[place] |= SPEAKS
    return tuple(found)


def part_of(role: str, claim_type: str, entity_type: str) -> int:
    """What one participant of a claim does."""
    part = TAKES_PART
    if role == "actor":
        part |= ACTS | (HOLDS if claim_type in HOLDS_TYPES else 0)
    if role == "recipient" and claim_type in HELD_TYPES:
        part |= HELD
    if role == "place" or entity_type == "LOC":
        part |= PLACE
    return part
