"""What an event did to people is told with the event: `serangan itu menewaskan 13 orang` is one claim, of the attack.

Comes in: drafts of one article. Goes out: the same, less the words that only say how somebody fared where their event is
told in the same sentence and on the same word; their victims and places are the event's. In the articles read by hand
`menewaskan` never stands for an event of its own (0 of 12), and of 27 sentences in which both were told, 19 have the event alone and 2
have both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from telusur.model.claim import Participant

from .casualties import HARM
from .certainty import find_marks
from .drafts import Draft
from .grammar import group
from .setting import Holders, each_once
from .units import Reading

_LISTED = 10
"""How many units may stand between two outcomes of one list: `tewas dan tiga penumpang lainnya terluka`."""
_TO_CAUSE = 8
"""How many units after an outcome the word may stand that leads to its event, and how many after that the event itself."""
_DOUBTFUL = 0.5
"""An event that is not sure enough to be told alone must be at least this much as sure as its outcome: `luka karena melompat`."""
_FURTHEST = 40
"""How many units before an outcome its event may stand."""


def with_outcomes(reading: Reading, told: list[Draft], counted: list[Draft], holders: Holders) -> tuple[list[Draft], list[Draft]]:
    """Drafts that are told, and those that only a count of victims may bring in, with outcomes joined to their events.

    An event that is joined is told where one of its words was.
    """
    likely = {id(d) for d in told}
    sentences: dict[int, list[Draft]] = {}
    for draft in sorted([*told, *counted], key=lambda d: (d.first, -d.last)):
        if draft.type in HARM:
            sentences.setdefault(reading.units[draft.first].sentence, []).append(draft)
    gone: set[int] = set()
    joined: dict[int, Draft] = {}
    for here in sentences.values():
        events = [d for d in here if not _is_outcome(reading, d)]
        unseen = list(_unseen(reading, here))
        bare = {id(d) for d in unseen}
        found = sorted([*unseen, *(d for d in here if _is_outcome(reading, d))], key=lambda d: d.first)
        for outcomes in _listed(reading, found, events, holders):
            cause = _cause(reading, outcomes, events, holders)
            if cause is not None and id(cause) not in likely and cause.score < _DOUBTFUL * max(d.score for d in outcomes):
                cause = None
            head = cause or next((d for d in outcomes if id(d) not in bare), None)
            if head is None:
                continue
            parts = [d for d in outcomes if d is not head]
            if not parts:
                continue
            gone.update(id(d) for d in parts)
            joined[id(head)] = _with(reading, joined.get(id(head), head), parts)
            if any(id(d) in likely for d in parts):
                likely.add(id(head))
    kept = [d for d in (*told, *counted) if id(d) not in gone]
    return [joined.get(id(d), d) for d in kept if id(d) in likely], [joined.get(id(d), d) for d in kept if id(d) not in likely]


def may_have_outcomes(reading: Reading, draft: Draft) -> bool:
    """Whether a word for an outcome stands in the trigger's sentence."""
    start, stop = reading.around(draft.first)
    return not group("outcomes").isdisjoint(reading.lows[start : max(stop, draft.last + 1)])


def _unseen(reading: Reading, drafts: list[Draft]) -> Iterator[Draft]:
    """The words for outcomes in a sentence that no draft stands on: `MA tewas lantaran dianiaya` tells of one event, in which one died."""
    taken = {unit for d in drafts for unit in range(d.first, d.last + 1)}
    for at in range(*reading.around(drafts[0].first)):
        if at not in taken and reading.low(at) in group("outcomes"):
            yield Draft(drafts[0].type, reading.span(at, at + 1), at, at, score=0.0)


def _is_outcome(reading: Reading, draft: Draft) -> bool:
    return any(reading.low(at) in group("outcomes") for at in range(draft.first, draft.last + 1))


def _with(reading: Reading, event: Draft, outcomes: list[Draft]) -> Draft:
    """An event with those whom its outcomes hit, and where."""
    hit = [p for d in outcomes for p in d.participants if p.role != "actor"]
    units = tuple(unit for d in outcomes for unit in (*range(d.first, d.last + 1), *d.outcomes))
    own = [left for p in event.participants if (left := _apart_from(reading, p, hit, units)) is not None]
    score = max(event.score, *(d.score for d in outcomes))
    return event._replace(participants=each_once([*own, *hit]), score=score, outcomes=(*event.outcomes, *units))


def _apart_from(reading: Reading, one: Participant, hit: list[Participant], outcomes: tuple[int, ...]) -> Participant | None:
    """What is left of an event's participant where it ran over a victim and his fate: of `sembilan orang meninggal ketika kapal itu` the ship."""
    if one.role == "actor" or not any(one.span.overlaps(h.span) and len(h.span) < len(one.span) for h in hit):
        return one
    first, last = reading.first_at(one.span), reading.last_at(one.span)
    if first is None or last is None:
        return None
    start = max((unit + 1 for unit in outcomes if first <= unit < last), default=last + 1)
    while start <= last and reading.low(start) in group("comes of"):
        start += 1
    return replace(one, span=reading.span(start, last + 1), entity=None) if start <= last else None


def _listed(reading: Reading, outcomes: list[Draft], events: list[Draft], holders: Holders) -> Iterator[list[Draft]]:
    """Outcomes that one list tells: `tewas dan tiga lainnya terluka`."""
    run: list[Draft] = []
    for draft in outcomes:
        if not _is_so(reading, draft):
            continue
        if run and not _is_listed(reading, run[-1], draft, events, holders):
            yield run
            run = []
        run.append(draft)
    if run:
        yield run


def _is_so(reading: Reading, draft: Draft) -> bool:
    """Whether the text says that it happened: what is denied or only possible is not told of the event."""
    marks = find_marks(reading, draft.first, draft.last, draft.type, None, None, draft.marks)
    return marks.polarity == "positive" and marks.certainty not in {"possible", "unknown"} and marks.tense != "future"


def _is_listed(reading: Reading, one: Draft, other: Draft, events: list[Draft], holders: Holders) -> bool:
    between = [reading.low(at) for at in range(one.last + 1, other.first)]
    if len(between) > _LISTED or not _on_one_word(one, other, holders) or any(one.last < e.first < other.first for e in events):
        return False
    return not group("list breaks").intersection(between) and not group("begins a clause").isdisjoint([*between, "serta" if "," in between else ""])


def _cause(reading: Reading, outcomes: list[Draft], events: list[Draft], holders: Holders) -> Draft | None:
    """The event that a list of outcomes comes of: named behind it, or before it where words lead from it to the outcome."""
    first, last = outcomes[0], outcomes[-1]
    behind = _named_behind(reading, last, events)
    if behind is not None and _on_one_word(behind, first, holders):
        return behind
    near = [e for e in events if e.last < first.first and first.first - e.last <= _FURTHEST]
    if not near:
        return None
    event = near[-1]
    between = [reading.low(at) for at in range(event.last + 1, first.first)]
    leads = reading.low(first.first) in group("outcomes with an object") or not group("leads to").isdisjoint(between)
    leads = leads or any(reading.low(at) in group("comes of") for at in range(max(event.first - 3, 0), event.first))
    if leads and group("cause breaks").isdisjoint(between) and _on_one_word(event, first, holders):
        return event
    return None


def _named_behind(reading: Reading, outcome: Draft, events: list[Draft]) -> Draft | None:
    """The first event after an outcome, where words say that it is its cause: `tewas di Iran akibat serangkaian serangan udara`."""
    event = next((e for e in events if e.first > outcome.last), None)
    if event is None or event.first - outcome.last > 2 * _TO_CAUSE:
        return None
    between = [reading.low(at) for at in range(outcome.last + 1, event.first)]
    link = next((n for n, low in enumerate(between[:_TO_CAUSE]) if low in group("comes of")), None)
    if link is None or len(between) - link > _TO_CAUSE or not (group("cause breaks") | group("begins a clause")).isdisjoint(between[:link]):
        return None
    return event


def _on_one_word(one: Draft, other: Draft, holders: Holders) -> bool:
    """Whether two drafts rest on one source, or both on the outlet's own word."""
    mine, theirs = holders.of(one.trigger), holders.of(other.trigger)
    return (mine.id if mine else None) == (theirs.id if theirs else None)
