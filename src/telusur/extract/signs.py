"""Whether a trigger word names a claim here: signs around it, weighed.

Comes in: drafts of the lexicon with their participants. Goes out: for each its signs (`in the title`, `has an actor who
is named`), and with ``words/signs.tsv`` a score in [0, 1]. The same words tell news from scene setting: what names who did it
is recorded more often than `serangan itu` said again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from telusur.model.claim import Attribution
from telusur.model.span import Span

from .chunks import is_verb
from .drafts import Draft
from .grammar import group
from .logistic import added, chance, odds, weight_of
from .participants import form_of
from .units import Reading

_TABLE = "signs"
_LAWS = frozenset({"undang-undang", "pasal", "uu", "kitab"})

Filling = Callable[[Draft], Draft]
"""Gives a draft its participants."""
Worth = Callable[[Draft, float], bool]
"""Whether a draft is worth its participants, if it were so likely to name a claim."""


def weighed(reading: Reading, drafts: Iterable[Draft], attributions: tuple[Attribution, ...], filled: Filling, worth: Worth) -> Iterator[Draft]:
    """Drafts with their participants and how likely their words name a claim here.

    Those are left out that would not be ``worth`` it whoever took part: participants cost most of the time, and most words name nothing.
    """
    always = weight_of(_TABLE, "always")
    for draft, signs, is_cue in _signs_but_people(reading, list(drafts), attributions):
        found = added(_TABLE, signs)
        if not worth(draft, chance(always + found + _most_of_people(draft.type))):
            continue
        whole = filled(draft)
        yield whole._replace(score=chance(always + added(_TABLE, _of_people(reading, whole, is_cue), found)))


def signs_of(
    reading: Reading, drafts: list[Draft], attributions: tuple[Attribution, ...]
) -> Iterator[tuple[Draft, dict[str, float]]]:
    """The signs of each draft, by name: 1 where a sign is there, a size for the word's own weight."""
    for draft, signs, is_cue in _signs_but_people(reading, drafts, attributions):
        yield draft, signs | _of_people(reading, draft, is_cue)


@cache
def _most_of_people(kind: str) -> float:
    """The most that its participants can add to the log odds of a draft of this type."""
    hows = ("named", "described", "none")
    most = max(0.0, weight_of(_TABLE, "reports speech"), weight_of(_TABLE, "reports speech of nobody")) + max(0.0, weight_of(_TABLE, f"{kind} of a place"))
    for role in ("actor", "recipient", "place"):
        most += max(weight_of(_TABLE, f"{role} {how}") + (weight_of(_TABLE, f"{kind} {role} {how}") if role != "place" else 0.0) for how in hows)
    return most


def _signs_but_people(
    reading: Reading, drafts: list[Draft], attributions: tuple[Attribution, ...]
) -> Iterator[tuple[Draft, dict[str, float], bool]]:
    """The signs of each draft that do not hang on its participants, and whether it is the cue of an attribution."""
    seen: dict[str, int] = {}
    strongest: dict[int, float] = {}
    for draft in drafts:
        sentence = reading.units[draft.first].sentence
        strongest[sentence] = max(strongest.get(sentence, 0.0), draft.score)
    around = _Around.of(reading)
    cues = {a.cue.start for a in attributions if a.cue is not None}
    inside = sorted((c.start, c.end, a.style) for a in attributions for c in a.content)
    begins = [start for start, _, _ in inside]
    for draft in drafts:
        signs = _of_word(reading, draft)
        signs.update(_of_place(reading, draft, strongest, around))
        low = draft.trigger.of(reading.text).casefold()
        signs[f"told before {min(seen.get(low, 0), 3)}"] = 1.0
        seen[low] = seen.get(low, 0) + 1
        last = bisect_right(begins, draft.trigger.start)
        style = next((style for _, end, style in reversed(inside[max(0, last - 24) : last]) if draft.trigger.start < end), "nobody")
        signs[f"inside {style}'s words"] = 1.0
        yield draft, signs, draft.trigger.start in cues


@dataclass(frozen=True, slots=True)
class _Around:
    """What is asked of an article for all of its triggers: the paragraph sentences before each sentence, and where times, names and laws stand."""

    ranks: list[int]
    times: list[int]
    names: list[int]
    laws: list[int]

    @classmethod
    def of(cls, reading: Reading) -> _Around:
        units = reading.units
        times = [at for at, unit in enumerate(units) if unit.kind == "time"]
        names = [at for at, unit in enumerate(units) if unit.name is not None]
        laws = [at for at, unit in enumerate(units) if unit.low in _LAWS]
        return cls(_paragraph_sentences_before(reading), times, names, laws)


def _is_within(places: list[int], start: int, stop: int) -> bool:
    """Whether one of ``places``, in order, lies in units ``[start, stop)``."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] < stop


def _paragraph_sentences_before(reading: Reading) -> list[int]:
    """For each sentence, how many of earlier paragraphs stand before it."""
    ranks: list[int] = []
    count = in_block = 0
    for number, kind in enumerate(reading.kinds):
        if number and reading.blocks[number] != reading.blocks[number - 1]:
            count, in_block = count + in_block, 0
        ranks.append(count)
        in_block += kind == "paragraph"
    return ranks


def _of_word(reading: Reading, draft: Draft) -> dict[str, float]:
    form = form_of(reading.low(draft.first))
    signs = {"weight": odds(draft.score, 0.02), f"form {form}": 1.0, f"type {draft.type}": 1.0}
    if draft.last > draft.first:
        signs["phrase"] = 1.0
    return signs


def _of_place(reading: Reading, draft: Draft, strongest: Mapping[int, float], around: _Around) -> dict[str, float]:
    sentence = reading.units[draft.first].sentence
    rank = around.ranks[sentence]
    kind = reading.kinds[sentence]
    signs = {f"block {kind}": 1.0}
    if kind == "paragraph":
        signs[f"sentence {'0' if rank == 0 else '1' if rank == 1 else '2-4' if rank < 5 else '5-11' if rank < 12 else '12+'}"] = 1.0
    start, stop = reading.bounds[sentence]
    before, after = (reading.low(draft.first - 1) if draft.first > start else "^"), reading.low(draft.last + 1)
    if before in group("signs before") or before == "^":
        signs[f"before {before}"] = 1.0
    elif is_verb(before):
        signs["before verb"] = 1.0
    if after in {"itu", "ini", "tersebut"}:
        signs["after itu"] = 1.0
    elif after in {",", ".", "dan", "yang", "oleh", "di", "ke", "terhadap", "bahwa", "agar", "untuk", "dengan"}:
        signs[f"after {after}"] = 1.0
    if reading.low(stop - 1) == "?":
        signs["question"] = 1.0
    if strongest[sentence] > draft.score + 0.05:
        signs["stronger word in sentence"] = 1.0
    if stop - start > 45:
        signs["long sentence"] = 1.0
    if _is_within(around.times, max(start, draft.first - 60), min(stop, draft.last + 60)):
        signs["time in sentence"] = 1.0
    if not _is_within(around.names, draft.first - 3, draft.last + 4):
        signs["no name near"] = 1.0
    if _is_within(around.laws, draft.last + 1, min(stop, draft.last + 4)):
        signs["law follows"] = 1.0
    return signs


def _is_place(reading: Reading, span: Span) -> bool:
    at = reading.first_at(span)
    name = reading.units[at].name if at is not None else None
    return name is not None and name.type == "LOC"


def _of_people(reading: Reading, draft: Draft, is_cue: bool) -> dict[str, float]:
    signs: dict[str, float] = {}
    for role in ("actor", "recipient", "place"):
        here = [p for p in draft.participants if p.role == role]
        how = "named" if any(p.entity for p in here) else "described" if here else "none"
        signs[f"{role} {how}"] = 1.0
        if role == "recipient" and any(_is_place(reading, p.span) for p in here):
            signs[f"{draft.type} of a place"] = 1.0
        if role != "place":
            signs[f"{draft.type} {role} {how}"] = 1.0
    if is_cue:
        signs["reports speech" if "recipient none" not in signs else "reports speech of nobody"] = 1.0
    return signs
