"""Claims: what the article says to be so, with who, where, when, how sure, and on whose word.

Comes in: the document with its sentences, names, entities, times and attributions, and what the trained model saw.
Goes out: claims in order of the text. Frames of the model become claims; offices are read by rule, with or without
it; without a model the lexicon of triggers finds what events it can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from telusur.model.claim import STATE_TYPES, Attribution, Casualties, Claim
from telusur.model.document import Document
from telusur.model.layers import Entity, Mention, Sentence, Time
from telusur.model.signals import Signals

from .casualties import HARM, Figures, may_have_victims, with_victims
from .certainty import Marks, find_marks
from .chunks import is_verb
from .dates import dated_by, is_over
from .drafts import Draft
from .events import find_triggers
from .frames import OFFICES, from_frames, handed_on_alone, likely, offices_seen, weighed_together
from .grammar import group
from .outcomes import may_have_outcomes, with_outcomes
from .participants import form_of
from .retold import told_once
from .setting import Holders, each_once, setting_of
from .signs import weighed
from .tiers import TierJudges
from .units import Reading, read_units

_LEAST_WORD = 0.28
"""How sure the lexicon must be where no model ran."""
_LEAST_ANNOUNCED = 0.1
"""How sure it must be of a word in a title, where the body tells such an event of the same people."""

_DOUBTFUL = 0.45
_MUCH_SURER = 0.2
"""Of two events that stand word beside word, the doubtful one goes where the other is this much surer: of 29 such in the
articles read by hand, four were claims."""
_SHADOWED = 0.4
"""How sure a second event of one type in a sentence must be: of 77 less sure ones, 16 were claims."""
_FORECAST = 0.3
"""How sure a forecast in somebody's own words is taken to be."""
_VERB_STARTS = ("ber", "me", "di", "ter")


def find_claims(
    document: Document,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    entities: tuple[Entity, ...],
    times: tuple[Time, ...],
    attributions: tuple[Attribution, ...],
    signals: Signals,
    reading: Reading | None = None,
) -> tuple[Claim, ...]:
    """The article's claims, in order of the text.

    ``signals.frames`` may be empty: offices come from rules anyway, events from the lexicon of triggers then.
    ``reading`` is the article in units, where the caller has it already.
    One span is the trigger of one claim only; every span lies inside one sentence.
    """
    reading = reading or read_units(document, sentences, mentions, times)
    holders = Holders(attributions)
    setting = setting_of(reading, mentions, holders)
    states = list(setting.states)
    frames = [f for f in signals.frames if f.kind == "claim"]
    seen = list(from_frames(reading, frames))
    words = list(find_triggers(reading))
    judges = TierJudges(signals, reading, (draft.first for draft in (*seen, *words)))
    worded = list(weighed(reading, words, attributions, setting.filled_one, _hoped_for(reading, seen, judges)))
    if frames:
        states += offices_seen(reading, seen, states)
        events = weighed_together(reading, [d for d in seen if d.type not in OFFICES], worded, judges)
        events = list(setting.cast([d for d in events if likely(d) or _may_be_counted(reading, d) or _names_a_taking(reading, d)], frames, judges))
    else:
        events = [d for d in worded if d.score >= _LEAST_WORD]
    told = [d for d in events if not frames or likely(d) or _takes_a_place(reading, d)]
    known = {id(d) for d in told}
    counted = [d for d in events if id(d) not in known and d.type in HARM]
    told += _announced(reading, worded, told)
    told += [d for d in setting.filled(_forecasts(reading, holders, told)) if any(p.entity for p in d.participants)]
    told, counted = with_outcomes(reading, told, counted, holders)
    drafts = _merged(reading, _apart(states, told))
    dated = {t.id: t for t in times}
    published = document.article.published
    found = [_settled(reading, draft, victims, holders, dated, published) for draft, victims in _with_victims(reading, drafts, counted, holders)]
    return told_once(reading, _unshadowed(reading, found))


def _hoped_for(reading: Reading, seen: list[Draft], judges: TierJudges) -> Callable[[Draft, float], bool]:
    """Which words of the lexicon may still be told, if they are at most so sure: those that the model saw something in, those that are sure
    enough without it, and what a title announces."""
    heard = {unit for d in seen for unit in range(d.first, d.last + 1)}

    def hoped_for(draft: Draft, most: float) -> bool:
        if not heard.isdisjoint(range(draft.first, draft.last + 1)) or (most >= _LEAST_ANNOUNCED and _in_title(reading, draft)):
            return True
        return most >= _LEAST_WORD if not seen else handed_on_alone(reading.low(draft.first), draft, most, judges.of(draft.first))

    return hoped_for


def _takes_a_place(reading: Reading, draft: Draft) -> bool:
    """`Barisan Merah menguasai Maruna`: who holds which place is asked for more often than it is told, and a word for it
    with a place behind it means that in 12 of 19 places of the articles read by hand, oftener than claims are right at large."""
    if not _names_a_taking(reading, draft):
        return False
    names = (reading.units[at].name for p in draft.participants if p.role != "actor" and (at := reading.first_at(p.span)) is not None)
    return any(name is not None and name.type == "LOC" for name in names)


def _may_be_counted(reading: Reading, draft: Draft) -> bool:
    """Whether a count of victims, or an outcome, may yet bring in an event that is too unlikely by itself."""
    return draft.type in HARM and (may_have_victims(reading, draft) or may_have_outcomes(reading, draft))


def _names_a_taking(reading: Reading, draft: Draft) -> bool:
    return draft.type in {"COERCE", "controls"} and reading.low(draft.first) in group("holding")


def _with_victims(reading: Reading, drafts: list[Draft], counted: list[Draft], holders: Holders) -> list[tuple[Draft, Casualties | None]]:
    """Drafts with their victims, and those of ``counted`` for which alone the text gives a count: too unlikely by
    themselves, but who reads of 75 dead wants to see them, and on whose word: of `serangan yang menurut Palang Merah menewaskan 40
    orang` the count is the Red Cross's."""
    figures = Figures(reading)
    told = list(with_victims(figures, drafts))
    if not counted:
        return told

    def on_word(draft: Draft) -> str | None:
        holder = holders.of(draft.trigger)
        return holder.id if holder else None

    known = {(reading.units[d.first].sentence, v, on_word(d)) for d, v in told if v is not None}
    ids = {id(d) for d in counted}
    more = [
        d
        for d, v in with_victims(figures, _apart(drafts, counted))
        if id(d) in ids and v is not None and (reading.units[d.first].sentence, v, on_word(d)) not in known
    ]
    return list(with_victims(figures, _apart(drafts, more))) if more else told


def _announced(reading: Reading, worded: list[Draft], events: list[Draft]) -> Iterator[Draft]:
    """What a title announces of an event that the body tells: kept in the end only where the two tell it differently."""
    body = {(d.type, p.entity) for d in events if not _in_title(reading, d) for p in d.participants if p.entity}
    known = {d.trigger for d in events}
    for draft in worded:
        likely = draft.score >= _LEAST_ANNOUNCED and draft.trigger not in known and _in_title(reading, draft)
        if likely and any((draft.type, p.entity) in body for p in draft.participants if p.entity):
            yield draft


def _forecasts(reading: Reading, holders: Holders, events: list[Draft]) -> Iterator[Draft]:
    """`"Mereka akan bertahan," kata Rini`: what a source expects of others in its own words, where no table knows the deed."""
    taken = {unit for d in events for unit in range(d.first, d.last + 1)}
    for at in range(1, len(reading.units)):
        if reading.low(at) not in {"akan", "bakal"} or reading.low(at - 1) != "mereka":
            continue
        verb = at + 3 if reading.low(at + 1) == "secara" else at + 1
        holder = holders.of(reading.units[at].span)
        known = verb >= reading.around(at)[1] or verb in taken or not reading.low(verb).startswith(_VERB_STARTS)
        if holder is not None and holder.style == "direct" and not known:
            yield Draft("plans", reading.span(verb, verb + 1), verb, verb, score=_FORECAST)


def _in_title(reading: Reading, draft: Draft) -> bool:
    return reading.kinds[reading.units[draft.first].sentence] == "title"


def drafts_of_words(
    reading: Reading, mentions: tuple[Mention, ...], attributions: tuple[Attribution, ...]
) -> list[Draft]:
    """Every word of the lexicon in the article with its participants, sure or not; what the weights are fitted on."""
    return list(setting_of(reading, mentions, Holders(attributions)).filled(find_triggers(reading)))


def _apart(states: list[Draft], events: list[Draft]) -> list[Draft]:
    """Drafts in order of the text, one for each trigger: offices before events, then the surer."""
    kept: list[Draft] = []
    offices = {id(d) for d in states}
    for draft in sorted([*states, *events], key=lambda d: (d.trigger, -d.score)):
        if kept and draft.trigger.overlaps(kept[-1].trigger):
            if (id(draft) in offices, draft.score) > (id(kept[-1]) in offices, kept[-1].score):
                kept[-1] = draft
            continue
        kept.append(draft)
    return kept


def _merged(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Drafts with words of one type that name one event together as one trigger: `kerja sama`, `diskusi dan dialog`."""
    out: list[Draft] = []
    for draft in drafts:
        last = out[-1] if out else None
        if last is not None and _side_by_side(reading, last, draft):
            surer, other = (last, draft) if last.score >= draft.score else (draft, last)
            if last.type == draft.type and is_verb(reading.low(draft.first)) and not is_verb(reading.low(last.last)):
                out[-1] = surer  # `banjir merendam`: what it is and what it does
                continue
            if last.type == draft.type:
                out[-1] = surer._replace(trigger=reading.span(last.first, draft.last + 1), first=last.first, last=draft.last)
                continue
            if other.score < _DOUBTFUL and surer.score - other.score >= _MUCH_SURER:
                out[-1] = surer
                continue
        if (
            last is not None
            and last.type == draft.type
            and draft.first == last.last + 2
            and reading.low(last.last + 1) == "dan"
            and form_of(reading.low(draft.first)) in {"noun", "deed"}
            and form_of(reading.low(last.first)) in {"noun", "deed"}
        ):
            whole = each_once([*last.participants, *draft.participants])
            out[-1] = last._replace(trigger=reading.span(last.first, draft.last + 1), last=draft.last, participants=whole)
            continue
        out.append(draft)
    return out


def _unshadowed(reading: Reading, claims: list[Claim]) -> list[Claim]:
    """Claims without those too doubtful beside a surer one of their type in the same sentence; what counts victims stays."""
    surest: dict[tuple[int, str], float] = {}
    places: list[tuple[int, str]] = []
    for claim in claims:
        at = reading.first_at(claim.trigger)
        places.append((reading.units[at].sentence if at is not None else -1, claim.type))
        surest[places[-1]] = max(surest.get(places[-1], 0.0), claim.score or 0.0)
    return [
        c for c, place in zip(claims, places, strict=True)
        if c.casualties is not None or c.type in STATE_TYPES or (c.score or 0.0) >= min(_SHADOWED, surest[place])
    ]  # fmt: skip


def _side_by_side(reading: Reading, one: Draft, other: Draft) -> bool:
    """Whether two events stand word beside word: most often two words for one (`ditembak` `mati`), or one and its object."""
    offices = {one.type, other.type} & OFFICES
    return not offices and other.first == one.last + 1 and reading.units[other.first].sentence == reading.units[one.last].sentence


def _settled(
    reading: Reading,
    draft: Draft,
    victims: Casualties | None,
    holders: Holders,
    times: Mapping[str, Time],
    published: str | None,
) -> Claim:
    """A draft with its time, marks, victims and the word it rests on."""
    if draft.type in OFFICES:
        tense = draft.tense or "present"
        return Claim("", draft.type, draft.trigger, draft.participants, draft.time, tense=tense, score=draft.score)
    holder = holders.of(draft.trigger)
    content = next((c for c in holder.content if c.covers(draft.trigger)), None) if holder is not None else None
    moment = times.get(draft.time) if draft.time is not None else None
    if moment is None and draft.type not in STATE_TYPES:
        moment = dated_by(reading, draft, content)
    marks = find_marks(reading, draft.first, draft.last, draft.type, moment, published, draft.marks)
    kind = "controls" if _holds(reading, draft, marks) else draft.type
    if marks.polarity == "negative" or marks.certainty == "possible":
        victims = None
    if draft.time is None and marks.tense == "future" and moment is not None and is_over(moment, published):
        moment = None
    time = moment.id if moment is not None else None
    return Claim(
        "", kind, draft.trigger, draft.participants, time, marks.certainty, marks.polarity,
        draft.tense or marks.tense, victims, holder.id if holder else None, (), draft.score,
    )  # fmt: skip


def _holds(reading: Reading, draft: Draft, marks: Marks) -> bool:
    """Whether a taking is a holding: `masih menguasai` tells who controls, `berhasil menguasai` who took."""
    return draft.type == "COERCE" and reading.low(draft.first) in group("holding") and marks.tense == "present"
