"""The signs by which a field of a record proves right or wrong: plain facts, each a name and a number.

Comes in: a record whose items carry their finders' scores. Goes out: for each item that has fields to judge, the signs
of each field. The same signs serve to fit the weights (``training.calibration``) and to apply them (`calibrated`).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from ..model.claim import Attribution, Claim, Participant
from ..model.layers import Mention, Time
from ..model.record import Record
from ..model.span import Span

Signs = dict[str, float]

CLAIM_MARKS = ("time", "certainty", "polarity", "tense", "according_to")

_MOST_ODDS = 5.0
_KNEES = (0.5, 0.8, 0.95)
"""Where the line from score to log odds may bend."""
_NEAR, _FAR = 40, 150


class Context:
    """One record, indexed by what the signs ask for."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.text = record.text
        self.entity = {e.id: e for e in record.entities}
        self.size = Counter(m.entity for m in record.mentions)
        self.time = {t.id: t for t in record.times}
        self.word = {a.id: a for a in record.attributions}
        self._kinds = [b.kind for b in record.document.blocks]
        self._starts = [b.span.start for b in record.document.blocks]
        self._sentences = [s.span.start for s in record.sentences]
        self.joined: dict[str, str] = {}
        for entity in record.entities:
            for join in entity.joins:
                for mention in join.mentions:
                    self.joined.setdefault(mention, join.because)
        self.best: dict[str, float] = {}
        for named in record.mentions:
            self.best[named.entity] = max(self.best.get(named.entity, 0.0), named.score or 0.0)
        self.company = Counter(self.sentence_of(c.trigger) for c in record.claims)
        self.told = Counter((c.type, p.entity) for c in record.claims for p in c.participants if p.entity)

    def kind_of(self, span: Span) -> str:
        at = bisect_right(self._starts, span.start) - 1
        return self._kinds[at] if at >= 0 else "paragraph"

    def sentence_of(self, span: Span) -> int:
        return bisect_right(self._sentences, span.start)

    def sort_of(self, entity: str | None, span: Span) -> str:
        """PER, ORG or LOC where a name is meant; else whether it is described or pointed at."""
        known = self.entity.get(entity or "")
        if known is not None:
            return known.type if span.of(self.text)[:1].isupper() else f"{known.type} by other words"
        return "described"


def mention_signs(context: Context, mention: Mention) -> dict[str, Signs]:
    """Signs of ``type`` (name, span and type are right) and of ``entity`` (it stands with the right names)."""
    name = mention.span.of(context.text)
    size = context.size[mention.entity]
    entity = context.entity.get(mention.entity)
    plain = {
        mention.type: 1.0,
        f"in {context.kind_of(mention.span)}": 1.0,
        f"words {_many(len(name.split()), 4)}": 1.0,
        "capitals": float(name.isupper() and len(name) > 1),
        "linked": float(entity is not None and entity.link is not None),
        f"named {_many(size, 4)} times": 1.0,
    }
    seen = plain | _scored("score", mention.score) | {f"{mention.type} score": _odds(mention.score or 0.5)}
    seen["best score of its thing"] = _odds(context.best.get(mention.entity) or 0.5)
    because = context.joined.get(mention.id, "alone" if size == 1 else "written alike")
    return {"type": seen, "entity": plain | {because: 1.0, f"{mention.type} {because}": 1.0}}


def time_signs(context: Context, time: Time) -> dict[str, Signs]:
    """Signs of ``value``: expression, value and modifier are right."""
    words = time.span.of(context.text)
    return {
        "value": {
            time.type: 1.0,
            f"on {time.basis or 'nothing'}": 1.0,
            f"modified {time.mod}": float(time.mod is not None),
            "noted": float(time.note is not None),
            f"{time.type} of {_many(len(time.value), 12)} signs": 1.0,
            f"words {_many(len(words.split()), 5)}": 1.0,
            "figures": float(any(ch.isdigit() for ch in words)),
            f"in {context.kind_of(time.span)}": 1.0,
        }
    }


def attribution_signs(context: Context, attribution: Attribution) -> dict[str, Signs]:
    """Signs of content, cue, speaker and chain: the same facts, weighed for each; who speaks also by what the model heard."""
    speaker, content = attribution.speaker, attribution.content[0]
    who = context.sort_of(speaker.entity, speaker.span)
    cue = attribution.cue
    order = "no cue" if cue is None else "cue first" if cue.start < content.start else "cue last"
    away = max(content.start - speaker.span.end, speaker.span.start - content.end, 0)
    signs = {
        attribution.style: 1.0,
        speaker.stated: 1.0,
        f"by {who}": 1.0,
        f"{attribution.style} {order}": 1.0,
        f"{attribution.style} {speaker.stated}": 1.0,
        "passed on": float(len(attribution.chain) > 1),
        "in pieces": float(len(attribution.content) > 1),
        f"in {context.kind_of(content)}": 1.0,
        f"words {_length(content.of(context.text))}": 1.0,
        f"speaker {_distance(away)}": 1.0,
    }
    signs |= _scored("score", attribution.score) | {f"{attribution.style} score": _odds(attribution.score or 0.5)}
    heard = signs | _scored("speaker's score", speaker.score)
    return {"content": signs, "cue": signs, "speaker": heard, "chain": heard}


def claim_signs(context: Context, claim: Claim) -> dict[str, Signs]:
    """Signs of ``type`` and ``participants``, and of each mark with its own value among them."""
    trigger, block = claim.trigger.of(context.text), context.kind_of(claim.trigger)
    roles = {p.role for p in claim.participants}
    parties = [p for p in claim.participants if p.role != "place"]
    plain = {
        claim.type: 1.0,
        f"in {block}": 1.0,
        f"form {_form(trigger)}": 1.0,
        f"words {_many(len(trigger.split()), 3)}": 1.0,
        **{f"has {role}": 1.0 for role in roles},
        f"parties {_many(len(parties), 4)}": 1.0,
        "nameless": float(not any(p.entity for p in claim.participants)),
        "dated": float(claim.time is not None),
        "on a word": float(claim.according_to is not None),
        "differs": float(bool(claim.differs_from)),
        "told again": float(any(context.told[claim.type, p.entity] > 1 for p in claim.participants if p.entity)),
        f"beside {_many(context.company[context.sentence_of(claim.trigger)] - 1, 3)}": 1.0,
    }
    signs = plain | _scored("score", claim.score)
    scores = [p.score for p in parties if p.score is not None]
    least = {"least party": _odds(min(scores))} if scores else {}
    out = {"type": signs | _mean_of(scores), "participants": signs | least}
    word = context.word.get(claim.according_to or "")
    values = {
        "time": claim.time is not None,
        "certainty": claim.certainty,
        "polarity": claim.polarity,
        "tense": claim.tense,
        "according_to": word.style if word is not None else "none",
    }
    for mark in CLAIM_MARKS:
        value = f"{mark} {values[mark]}"
        out[mark] = plain | {value: 1.0, f"{value} in {block}": 1.0, f"{value} {claim.type}": 1.0}
    return out


def participant_signs(context: Context, claim: Claim, participant: Participant) -> Signs:
    """Signs that the right one stands in the right role of a claim that is right."""
    role, trigger = participant.role, claim.trigger.of(context.text)
    who = context.sort_of(participant.entity, participant.span)
    side = "before" if participant.span.end <= claim.trigger.start else "after"
    away = max(participant.span.start - claim.trigger.end, claim.trigger.start - participant.span.end, 0)
    near = context.sentence_of(participant.span) == context.sentence_of(claim.trigger)
    alike = sum(p.role == role for p in claim.participants)
    return {
        role: 1.0,
        f"{role} {claim.type}": 1.0,
        f"{role} {who}": 1.0,
        f"{role} {_form(trigger)} {side if near else 'elsewhere'}": 1.0,
        f"{role} {_distance(away)}": 1.0,
        f"{role} one of {_many(alike, 3)}": 1.0,
        f"in {context.kind_of(claim.trigger)}": 1.0,
        **_scored(f"{role} score", participant.score),
        **_scored("claim", claim.score),
    }


def all_signs(record: Record) -> Iterator[tuple[str, str, Signs]]:
    """Every field of every item: ``layer.field``, the item's id, its signs. A participant's id is ``c1.0``, ``c1.1``, ..."""
    context = Context(record)
    for mention in record.mentions:
        yield from _named("mentions", mention.id, mention_signs(context, mention))
    for time in record.times:
        yield from _named("times", time.id, time_signs(context, time))
    for attribution in record.attributions:
        yield from _named("attributions", attribution.id, attribution_signs(context, attribution))
    for claim in record.claims:
        yield from _named("claims", claim.id, claim_signs(context, claim))
        for n, participant in enumerate(claim.participants):
            yield "participants.role", f"{claim.id}.{n}", participant_signs(context, claim, participant)


def _named(layer: str, key: str, fields: dict[str, Signs]) -> Iterable[tuple[str, str, Signs]]:
    return ((f"{layer}.{field}", key, signs) for field, signs in fields.items())


def _odds(score: float) -> float:
    score = min(max(score, 0.0001), 0.9999)
    return max(-_MOST_ODDS, min(_MOST_ODDS, math.log(score / (1 - score))))


@cache
def _knees(name: str) -> tuple[tuple[str, float], ...]:
    return tuple((f"{name} over {knee}", _odds(knee)) for knee in _KNEES)


def _scored(name: str, score: float | None) -> Signs:
    """A score as a line that may bend: its log odds, and how far they lie beyond each knee."""
    if score is None:
        return {f"{name} not given": 1.0}
    signs = {name: (odds := _odds(score))}
    for over, knee in _knees(name):
        if odds > knee:
            signs[over] = odds - knee
    return signs


def _mean_of(scores: list[float]) -> Signs:
    return {"parties' score": _odds(sum(scores) / len(scores))} if scores else {}


def _many(number: int, most: int) -> str:
    return str(number) if number < most else f"{most}+"


def _length(text: str) -> str:
    words = len(text.split())
    return next((f"under {most}" for most in (4, 8, 16, 32) if words < most), "32+")


def _distance(letters: int) -> str:
    return "near" if letters <= _NEAR else "apart" if letters <= _FAR else "far"


def _form(trigger: str) -> str:
    """The shape of a trigger: what the prefix says of who stands where."""
    word = trigger.split()[0].casefold()
    for prefix in ("di", "ter", "ber", "me", "pe", "ke"):
        if word.startswith(prefix) and len(word) > len(prefix) + 3:
            return prefix
    return "bare"
