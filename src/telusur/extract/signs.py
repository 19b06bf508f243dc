"""Whether a trigger word names a claim here: signs around it, weighed.

Comes in: drafts of the lexicon with their participants. Goes out: for each its signs (`in the title`, `has an actor who
is named`), and with ``words/signs.tsv`` a score in [0, 1]. The same words tell news from scene setting: what names who did it
is recorded more often than `serangan itu` said again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from telusur.model.claim import Attribution
from telusur.model.span import Span

from .chunks import is_verb
from .drafts import Draft
from .grammar import group
from .logistic import chance_of, odds, weight_of
from .participants import form_of
from .units import Reading

_CUE = "is a cue"


Filling = Callable[[Draft], Draft]
"""Gives a draft its participants."""
Worth = Callable[[Draft, float], bool]
"""Whether a draft is worth its participants, if it were so likely to name a claim."""


def weighed(reading: Reading, drafts: Iterable[Draft], attributions: tuple[Attribution, ...], filled: Filling, worth: Worth) -> Iterator[Draft]:
    """Drafts with their participants and how likely their words name a claim here.

    Those are left out that would not be ``worth`` it whoever took part: participants cost most of the time, and most words name nothing.
    """
    for draft, signs in _signs_but_people(reading, list(drafts), attributions):
        if not worth(draft, chance_of("signs", signs, _most_of_people(draft.type))):
            continue
        whole = filled(draft)
        yield replace(whole, score=chance_of("signs", _with_people(reading, whole, signs)))


def signs_of(
    reading: Reading, drafts: list[Draft], attributions: tuple[Attribution, ...]
) -> Iterator[tuple[Draft, dict[str, float]]]:
    """The signs of each draft, by name: 1 where a sign is there, a size for the word's own weight."""
    for draft, signs in _signs_but_people(reading, drafts, attributions):
        yield draft, _with_people(reading, draft, signs)


def _with_people(reading: Reading, draft: Draft, signs: dict[str, float]) -> dict[str, float]:
    out = signs | _of_people(reading, draft)
    if out.pop(_CUE, None):
        out["reports speech" if "recipient none" not in out else "reports speech of nobody"] = 1.0
    return out


@cache
def _most_of_people(kind: str) -> float:
    """The most that its participants can add to the log odds of a draft of this type."""
    hows = ("named", "described", "none")
    most = max(0.0, weight_of("signs", "reports speech"), weight_of("signs", "reports speech of nobody")) + max(0.0, weight_of("signs", f"{kind} of a place"))
    for role in ("actor", "recipient", "place"):
        most += max(weight_of("signs", f"{role} {how}") + (weight_of("signs", f"{kind} {role} {how}") if role != "place" else 0.0) for how in hows)
    return most


def _signs_but_people(
    reading: Reading, drafts: list[Draft], attributions: tuple[Attribution, ...]
) -> Iterator[tuple[Draft, dict[str, float]]]:
    """The signs of each draft that do not hang on its participants."""
    seen: dict[str, int] = {}
    strongest: dict[int, float] = {}
    for draft in drafts:
        sentence = reading.units[draft.first].sentence
        strongest[sentence] = max(strongest.get(sentence, 0.0), draft.score)
    ranks = _paragraph_sentences_before(reading)
    times = [at for at, unit in enumerate(reading.units) if unit.kind == "time"]
    cues = {a.cue.start: a for a in attributions if a.cue is not None}
    inside = sorted((c.start, c.end, a.style) for a in attributions for c in a.content)
    begins = [start for start, _, _ in inside]
    for draft in drafts:
        signs = _of_word(reading, draft)
        signs.update(_of_place(reading, draft, strongest, ranks, times))
        low = draft.trigger.of(reading.text).casefold()
        signs[f"told before {min(seen.get(low, 0), 3)}"] = 1.0
        seen[low] = seen.get(low, 0) + 1
        if draft.trigger.start in cues:
            signs[_CUE] = 1.0
        last = bisect_right(begins, draft.trigger.start)
        styles = [style for _, end, style in inside[max(0, last - 24) : last] if draft.trigger.start < end]
        signs[f"inside {styles[-1] if styles else 'nobody'}'s words"] = 1.0
        yield draft, signs


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


def _of_place(reading: Reading, draft: Draft, strongest: Mapping[int, float], ranks: list[int], times: list[int]) -> dict[str, float]:
    sentence = reading.units[draft.first].sentence
    rank = ranks[sentence]
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
    near = bisect_left(times, max(start, draft.first - 60))
    if near < len(times) and times[near] < min(stop, draft.last + 60):
        signs["time in sentence"] = 1.0
    if not any(reading.units[k].name for k in range(max(0, draft.first - 3), min(len(reading.units), draft.last + 4))):
        signs["no name near"] = 1.0
    if any(reading.low(k) in {"undang-undang", "pasal", "uu", "kitab"} for k in range(draft.last + 1, min(stop, draft.last + 4))):
        signs["law follows"] = 1.0
    return signs


def _is_place(reading: Reading, span: Span) -> bool:
    at = reading.first_at(span)
    name = reading.units[at].name if at is not None else None
    return name is not None and name.type == "LOC"


def _of_people(reading: Reading, draft: Draft) -> dict[str, float]:
    signs: dict[str, float] = {}
    for role in ("actor", "recipient", "place"):
        here = [p for p in draft.participants if p.role == role]
        how = "named" if any(p.entity for p in here) else "described" if here else "none"
        signs[f"{role} {how}"] = 1.0
        if role == "recipient" and any(_is_place(reading, p.span) for p in here):
            signs[f"{draft.type} of a place"] = 1.0
        if role != "place":
            signs[f"{draft.type} {role} {how}"] = 1.0
    return signs
