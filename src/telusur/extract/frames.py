"""What the trained model saw, as drafts, and its judgement beside the lexicon's.

Comes in: frames of `signals` and the lexicon's drafts. Goes out: drafts whose scores say how sure both together are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from telusur.model.claim import Participant, ParticipantRole
from telusur.model.signals import Frame
from telusur.model.span import Span

from .drafts import Draft
from .setting import each_once
from .units import Reading

OFFICES = frozenset({"leads", "holds-office"})
_LEAST_TOGETHER = 0.25
"""How sure both together must be. The weights below are for log odds, fitted on the development articles."""
_ALONE, _NO_WORD = 0.7, -0.9
_BESIDE, _WORD, _AGREED = 0.25, 0.75, 0.25
_QUARREL, _DISAGREED = 0.15, -0.35
_TAKING_AND_HOLDING = {"COERCE", "controls"}
"""`menguasai` names both, and the words around it decide later: no quarrel."""
_PASSED_OVER = -1.1
_SURE = 0.9
"""From here on a frame stands by itself."""
_LEAST_OFFICE = 0.4
_LEAST_ARGUMENT = 0.4


def from_frames(reading: Reading, frames: Iterable[Frame]) -> Iterator[Draft]:
    """Drafts from the model's frames, arguments laid on the names they overlap."""
    for frame in frames:
        first, last = reading.first_at(frame.span), reading.last_at(frame.span)
        if first is None or last is None:
            continue
        time = None
        participants: list[Participant] = []
        for argument in sorted(frame.arguments, key=lambda a: -a.score):
            if argument.score < _LEAST_ARGUMENT or (frame.label in OFFICES and argument.role in {p.role for p in participants}):
                continue  # an office has one holder and one body: the likeliest
            if argument.role == "time":
                time = time or _time_at(reading, argument.span)
            elif argument.role in ("actor", "recipient", "place"):
                participants.append(_laid(reading, argument.role, argument.span))
        yield Draft(frame.label, frame.span, first, last, each_once(participants), frame.score, None, time, frame.marks)


def _laid(reading: Reading, role: ParticipantRole, span: Span) -> Participant:
    """An argument as a participant: the name where it is little more than the name, else its own words."""
    first, last = reading.first_at(span), reading.last_at(span)
    if first is None or last is None:
        return Participant(role, span)
    named = [reading.units[k] for k in range(first, last + 1) if reading.units[k].name is not None]
    for unit in named:
        if len(named) == 1 and unit.name is not None and 2 * len(unit.span) > len(span):
            return Participant(role, unit.span, unit.name.entity or None)
    return Participant(role, reading.span(first, last + 1))


def _time_at(reading: Reading, span: Span) -> str | None:
    first, last = reading.first_at(span), reading.last_at(span)
    if first is None or last is None:
        return None
    return next((t.id for k in range(first, last + 1) if (t := reading.units[k].time) is not None), None)


def offices_seen(reading: Reading, seen: list[Draft], states: list[Draft]) -> Iterator[Draft]:
    """Offices that the model is sure of and the rules did not read, of named persons who hold no such office yet."""
    known = {(d.type, p.entity) for d in states for p in d.participants if p.role == "actor"}
    read = {unit for d in states for unit in range(d.first, d.last + 1)}
    for draft in sorted(seen, key=lambda d: -d.score):
        actor = next((p.entity for p in draft.participants if p.role == "actor"), None)
        if not read.isdisjoint(range(draft.first, draft.last + 1)):
            continue  # the rules have read this phrase
        if draft.type in OFFICES and draft.score >= _LEAST_OFFICE and actor is not None and (draft.type, actor) not in known:
            known.add((draft.type, actor))
            yield replace(draft, tense="past" if reading.low(draft.first - 1) in {"mantan", "eks", "bekas"} else "present")


def weighed_together(seen: list[Draft], worded: list[Draft]) -> list[Draft]:
    """What model and lexicon find, each judged beside the other.

    Where both speak of one word, agreement on its type counts for it, and in a quarrel the lexicon says the type: it knows
    the word, the model only its like. A word on which the other is silent must be all the surer.
    """
    at = {unit: d for d in worded for unit in range(d.first, d.last + 1)}
    covered: set[int] = set()
    out: list[Draft] = []
    for draft in seen:
        covered.update(range(draft.first, draft.last + 1))
        word = next((at[u] for u in range(draft.first, draft.last + 1) if u in at), None)
        if draft.score >= _SURE:
            out.append(draft)
        elif word is None:
            out.append(replace(draft, score=_chance(_ALONE * _odds(draft.score) + _NO_WORD)))
        elif word.type == draft.type or {word.type, draft.type} == _TAKING_AND_HOLDING:
            out.append(replace(draft, score=_chance(_BESIDE * _odds(draft.score) + _WORD * _odds(word.score) + _AGREED)))
        else:
            score = _chance(_QUARREL * _odds(draft.score) + _WORD * _odds(word.score) + _DISAGREED)
            out.append(replace(word, score=score, time=draft.time, marks=draft.marks))
    silent = (d for d in worded if not covered.intersection(range(d.first, d.last + 1)))
    out.extend(replace(d, score=_chance(_WORD * _odds(d.score) + _PASSED_OVER)) for d in silent)
    return [d for d in out if d.score >= _LEAST_TOGETHER]


def _odds(chance: float) -> float:
    chance = min(max(chance, 0.001), 0.999)
    return math.log(chance / (1 - chance))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
