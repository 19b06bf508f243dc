"""What the trained model saw, as drafts, and its judgement beside the lexicon's.

Comes in: frames of `signals` and the lexicon's drafts. Goes out: drafts whose scores say how sure both together are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from telusur.model.claim import STATE_TYPES, Participant
from telusur.model.signals import Frame
from telusur.model.span import Span

from .casting import laid
from .drafts import Draft
from .logistic import chance_of, odds
from .setting import each_once
from .tiers import TierJudge, TierJudges
from .units import Reading

OFFICES = frozenset({"leads", "holds-office"})
_LEAST_TOGETHER = 0.28
"""How sure both together must be: near the best F1 on the development articles."""
_LEAST_STATE = 0.2
"""The same of states: articles tell few, so that the weights drew them down; who asks who controls what wants them."""
_LEAST_AT_ALL = 0.08
"""Below this nothing is handed on. Between this and the others, `claims` tells what the text gives a count of victims, or
a place that is taken: who reads of 75 dead wants to see them."""
_TAKING_AND_HOLDING = {"COERCE", "controls"}
"""`menguasai` names both, and the words around it decide later: no quarrel."""
_LEAST_OFFICE = 0.4
_LEAST_ARGUMENT = 0.4
_LEAST_TIME = 0.2
"""Of 215 times beside a word that the model heard which it did not take by itself, 40 of the 65 that it gives this much date the
claim, and 35 of the other 150."""


def from_frames(reading: Reading, frames: Iterable[Frame]) -> Iterator[Draft]:
    """Drafts from the model's frames. Offices have their arguments, laid on the names they overlap; whoever takes part in an
    event `setting.cast` finds, once it is likely enough to be told."""
    for frame in frames:
        first, last = reading.first_at(frame.span), reading.last_at(frame.span)
        if first is None or last is None:
            continue
        ranked = sorted(frame.arguments, key=lambda a: -a.score)
        times = [(a.score, t) for a in ranked if a.role == "time" and a.score >= _LEAST_TIME and (t := _time_at(reading, a.span)) is not None]
        time = times[0][1] if times and times[0][0] >= _LEAST_ARGUMENT else None
        participants: list[Participant] = []
        for argument in ranked:
            if argument.score < _LEAST_ARGUMENT:
                break
            if frame.label in OFFICES and argument.role in ("actor", "recipient", "place") and argument.role not in {p.role for p in participants}:
                participants.append(laid(reading, argument.role, argument.span))  # one holder and one body: the likeliest
        yield Draft(frame.label, frame.span, first, last, each_once(participants), frame.score, None, time, frame.marks, times=frozenset(t for _, t in times))


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
            yield draft._replace(tense="past" if reading.low(draft.first - 1) in {"mantan", "eks", "bekas"} else "present")


def weighed_together(reading: Reading, seen: list[Draft], worded: list[Draft], judges: TierJudges) -> list[Draft]:
    """What model and lexicon find, each judged beside the other.

    Where both speak of one word, agreement on its type counts for it; in a quarrel the likelier of the two types stands.
    A word on which the other is silent must be all the surer. The weights stand in ``words/weighing.tsv``, or the table of the
    tier that read the word (`tiers`); what its networks say of the words around it is added. What is too unlikely to be told by itself is among them; `likely` tells it.
    """
    best: dict[int, tuple[float, Draft]] = {}
    for draft, signs in pairs(reading, seen, worded):
        judge = judges.of(draft.first)
        chance = chance_of(judge.weighing, signs, judge.judges.event(draft.first, draft.type))
        if chance >= _LEAST_AT_ALL and (draft.first not in best or best[draft.first][0] < chance):
            best[draft.first] = (chance, draft)
    return [draft._replace(score=chance) for chance, draft in best.values()]


def handed_on_alone(word: str, draft: Draft, score: float, judge: TierJudge) -> bool:
    """Whether a word that the lexicon would be so sure of, and the model is silent on, is handed on."""
    signs = _signs("worded alone", word, draft.type, None, odds(score))
    return chance_of(judge.weighing, signs, judge.judges.event(draft.first, draft.type)) >= _LEAST_AT_ALL


def likely(draft: Draft) -> bool:
    """Whether a draft is sure enough without a count of victims."""
    return draft.score >= (_LEAST_STATE if draft.type in STATE_TYPES else _LEAST_TOGETHER)


def pairs(reading: Reading, seen: list[Draft], worded: list[Draft]) -> Iterator[tuple[Draft, dict[str, float]]]:
    """Each type that model or lexicon gives a word, with the signs for it: who says so, how surely, what the other says."""
    at = {unit: d for d in worded for unit in range(d.first, d.last + 1)}
    covered: set[int] = set()
    for draft in seen:
        covered.update(range(draft.first, draft.last + 1))
        heard, name = odds(draft.score), reading.low(draft.first)
        word = next((at[u] for u in range(draft.first, draft.last + 1) if u in at), None)
        if word is None:
            yield draft, _signs("heard alone", name, draft.type, heard, None)
        elif word.type == draft.type or {word.type, draft.type} == _TAKING_AND_HOLDING:
            yield draft, _signs("agreed", name, draft.type, heard, odds(word.score))
        else:
            yield draft, _signs("heard against", name, draft.type, heard, odds(word.score))
            other = word._replace(time=draft.time, marks=draft.marks, times=draft.times)
            yield other, _signs("worded against", name, word.type, heard, odds(word.score))
    for word in worded:
        if not covered.intersection(range(word.first, word.last + 1)):
            yield word, _signs("worded alone", reading.low(word.first), word.type, None, odds(word.score))


def _signs(case: str, word: str, kind: str, heard: float | None, worded: float | None) -> dict[str, float]:
    signs = {case: 1.0, f"{case} {kind}": 1.0, kind: 1.0, f"word {word}": 1.0}
    if heard is not None:
        signs[f"{case} heard"] = heard
    if worded is not None:
        signs[f"{case} worded"] = worded
    return signs
