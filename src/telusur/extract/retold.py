"""What is told twice: kept once where it is told alike, side by side where it is not.

Comes in: claims without numbers. Goes out: claims numbered in order of the text, each naming those that tell the same thing otherwise.
"""

from __future__ import annotations

from dataclasses import replace

from telusur.model.claim import Claim

from .units import Reading

_MEMORY = 60
"""With how many earlier claims of its type a claim is compared."""


def told_once(reading: Reading, claims: list[Claim]) -> tuple[Claim, ...]:
    """Claims in order of the text, numbered, none told twice.

    The same thing told again in the same way stays at its fullest place in the body. Told with another certainty,
    polarity, tense or figure (a title that announces what the body calls possible) it stays, and each names the other.
    """
    kept: list[Claim] = []
    who: list[frozenset[tuple[str, str]]] = []
    by_type: dict[str, list[int]] = {}
    pairs: list[tuple[int, int]] = []
    for claim in sorted(claims, key=lambda c: c.trigger):
        mine = _who(reading, claim)
        known = next((n for n in by_type.get(claim.type, [])[-_MEMORY:] if _same_thing(reading, claim, mine, kept[n], who[n])), None)
        if known is not None and _same_telling(claim, kept[known]):
            if _fullness(reading, claim) > _fullness(reading, kept[known]):
                kept[known], who[known] = claim, mine
            continue
        if known is not None:
            pairs.append((known, len(kept)))
        by_type.setdefault(claim.type, []).append(len(kept))
        kept.append(claim)
        who.append(mine)
    order = sorted(range(len(kept)), key=lambda n: kept[n].trigger)
    ids = {n: f"c{place}" for place, n in enumerate(order, 1)}
    differs: dict[int, list[str]] = {}
    for one, other in pairs:
        differs.setdefault(one, []).append(ids[other])
        differs.setdefault(other, []).append(ids[one])
    return tuple(replace(kept[n], id=ids[n], differs_from=tuple(differs.get(n, ()))) for n in order)


def _same_thing(reading: Reading, one: Claim, mine: frozenset[tuple[str, str]], other: Claim, theirs: frozenset[tuple[str, str]]) -> bool:
    """Whether two claims of one type tell of one thing: the same people, and the same word or one of them the title's."""
    if not mine or not theirs or not (mine <= theirs or theirs <= mine):
        return False
    words = one.trigger.of(reading.text).casefold(), other.trigger.of(reading.text).casefold()
    return words[0] == words[1] or "title" in (_kind_at(reading, one), _kind_at(reading, other))


def _who(reading: Reading, claim: Claim) -> frozenset[tuple[str, str]]:
    core = (p for p in claim.participants if p.role != "place")
    return frozenset((p.role, p.entity or p.span.of(reading.text).casefold()) for p in core)


def _same_telling(one: Claim, other: Claim) -> bool:
    told = [(c.certainty, c.polarity, c.tense == "future", c.casualties) for c in (one, other)]
    return told[0] == told[1]


def _kind_at(reading: Reading, claim: Claim) -> str:
    at = reading.first_at(claim.trigger)
    return reading.kinds[reading.units[at].sentence] if at is not None else "paragraph"


def _fullness(reading: Reading, claim: Claim) -> tuple[int, int, int]:
    body = _kind_at(reading, claim) in {"paragraph", "lead"}
    return int(body), len(claim.participants) + (claim.time is not None), -claim.trigger.start
