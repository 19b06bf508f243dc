"""Claims: what the article says to be so, with who, where, when, how sure, and on whose word.

Comes in: the document with its sentences, names, entities, times and attributions, and what the trained model saw.
Goes out: claims in order of the text. Frames of the model become claims; offices are read by rule, with or without
it; without a model the lexicon of triggers finds what events it can.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from telusur.model.claim import STATE_TYPES, Attribution, Casualties, Claim, Participant, ParticipantRole
from telusur.model.document import Document
from telusur.model.layers import Entity, Mention, Sentence, Time
from telusur.model.signals import Frame, Signals
from telusur.model.span import Span

from .casualties import Figure, casualties_of, fate_of, find_figures, one_victim
from .certainty import Marks, find_marks
from .chunks import Chunk, chunks
from .drafts import Draft
from .events import find_triggers
from .grammar import group
from .participants import Scene, find_participants, form_of
from .signs import weighed
from .states import Holding, find_offices, find_states, head_at
from .units import Reading, read_units

_OFFICES = frozenset({"leads", "holds-office"})
_PARTING = frozenset({",", "yang", "setelah", "bahwa", "dan", "sejak"})
_BEFORE_YEAR = frozenset({"pada", "tahun", "di", "sejak", "hingga", "sampai", "dalam", "selama", "mulai", ",", "(", "awal", "akhir"})
_HARMING = frozenset({"ASSAULT", "DISASTER"})
_DEEPEST = 24
"""How many contents before a trigger may hold it: words within words are not nested deeper."""
_MEMORY = 60
"""With how many earlier claims of its type a claim is compared."""
_SIGHT = 80
"""How many units to each side of a trigger are looked at."""
_LEAST_WORD = 0.28
"""How sure the lexicon must be where no model ran."""
_LEAST_TOGETHER = 0.25
"""How sure both together must be. The weights below are for log odds, fitted on articles that neither had seen."""
_ALONE, _NO_WORD = 0.7, -0.9
_BESIDE, _WORD, _AGREED = 0.45, 0.75, 0.25
_QUARREL, _DISAGREED = 0.15, -0.35
_PASSED_OVER = -1.1
_SURE = 0.6
"""From here on a frame stands by itself."""
_LEAST_OFFICE = 0.4
_LEAST_ARGUMENT = 0.4


def find_claims(
    document: Document,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    entities: tuple[Entity, ...],
    times: tuple[Time, ...],
    attributions: tuple[Attribution, ...],
    signals: Signals,
) -> tuple[Claim, ...]:
    """The article's claims, in order of the text.

    ``signals.frames`` may be empty: offices come from rules anyway, events from the lexicon of triggers then.
    One span is the trigger of one claim only; every span lies inside one sentence.
    """
    reading = read_units(document, sentences, mentions, times)
    holders = Holders(attributions)
    setting = _setting(reading, mentions, holders)
    states = list(setting.states)
    worded = [replace(d, score=score) for d, score in weighed(reading, list(setting.filled(find_triggers(reading))), attributions)]
    frames = [f for f in signals.frames if f.kind == "claim"]
    if frames:
        seen = list(setting.filled(_from_frames(reading, frames)))
        states += _offices_seen(reading, seen, states)
        events = _weighed_together([d for d in seen if d.type not in _OFFICES], worded)
    else:
        events = [d for d in worded if d.score >= _LEAST_WORD]
    drafts = _merged(reading, _apart(states, events))
    dated = {t.id: t for t in times}
    published = document.article.published
    found = [_settled(reading, draft, victims, holders, dated, published) for draft, victims in _with_figures(reading, drafts)]
    return _told_once(reading, found)


def drafts_of_words(
    reading: Reading, mentions: tuple[Mention, ...], attributions: tuple[Attribution, ...]
) -> list[Draft]:
    """Every word of the lexicon in the article with its participants, sure or not; what the weights are fitted on."""
    return list(_setting(reading, mentions, Holders(attributions)).filled(find_triggers(reading)))


@dataclass(frozen=True, slots=True)
class _Setting:
    """What participants are looked up in: who holds which office, for whom he speaks, and who says what."""

    reading: Reading
    states: tuple[Draft, ...]
    holders: Holders
    bodies: Mapping[str, Mention]
    offices: Mapping[int, tuple[int, Mention | None]]

    def filled(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """Drafts with the participants that rules find; a role that they leave empty keeps whom the finder gave."""
        for draft in drafts:
            ruled = find_participants(self._scene(draft))
            roles = {p.role for p in ruled}
            yield replace(draft, participants=_each_once([*ruled, *(p for p in draft.participants if p.role not in roles)]))

    def _scene(self, draft: Draft) -> Scene:
        """A trigger with its sentence in chunks; it parts them: `serangan Israel` is none where `serangan` is one."""
        start, stop = _near(self.reading, draft)
        left = chunks(self.reading, start, draft.first, self.offices)
        right = chunks(self.reading, draft.last + 1, stop, self.offices)
        speaker = _speaker_chunk(self.holders.of(draft.trigger))
        body = self.bodies.get(speaker.entity) if speaker is not None and speaker.entity is not None else None
        return Scene(self.reading, left + right, draft.first, draft.last, draft.type, speaker, body)


def _setting(reading: Reading, mentions: tuple[Mention, ...], holders: Holders) -> _Setting:
    holdings = find_offices(reading)
    states = find_states(reading, holdings)
    return _Setting(reading, states, holders, _bodies(states, mentions), _office_phrases(reading, holdings))


def _from_frames(reading: Reading, frames: Iterable[Frame]) -> Iterator[Draft]:
    """Drafts from the model's frames, arguments laid on the names they overlap."""
    for frame in frames:
        first, last = reading.first_at(frame.span), reading.last_at(frame.span)
        if first is None or last is None:
            continue
        time = None
        participants: list[Participant] = []
        for argument in sorted(frame.arguments, key=lambda a: -a.score):
            if argument.score < _LEAST_ARGUMENT:
                continue
            if argument.role == "time":
                time = time or _time_at(reading, argument.span)
            elif argument.role in ("actor", "recipient", "place"):
                participants.append(_laid(reading, argument.role, argument.span))
        yield Draft(frame.label, frame.span, first, last, _each_once(participants), frame.score, None, time, frame.marks)


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


def _each_once(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    """The best for each thing: what is already in one role is not in another."""
    kept: list[Participant] = []
    for one in participants:
        if not any(one.span.overlaps(k.span) or (one.entity is not None and one.entity == k.entity) for k in kept):
            kept.append(one)
    order = {"actor": 0, "recipient": 1, "place": 2}
    return tuple(sorted(kept, key=lambda p: (order[p.role], p.span)))


def _time_at(reading: Reading, span: Span) -> str | None:
    first, last = reading.first_at(span), reading.last_at(span)
    if first is None or last is None:
        return None
    return next((t.id for k in range(first, last + 1) if (t := reading.units[k].time) is not None), None)


def _bodies(states: Iterable[Draft], mentions: tuple[Mention, ...]) -> dict[str, Mention]:
    """For whom a person speaks: by his entity, the body of the office that he holds now."""
    at = {m.span: m for m in mentions}
    bodies: dict[str, Mention] = {}
    for draft in states:
        who = next((p.entity for p in draft.participants if p.role == "actor"), None)
        body = next((at.get(p.span) for p in draft.participants if p.role == "recipient"), None)
        if who is not None and body is not None and draft.tense == "present":
            bodies.setdefault(who, body)
    return bodies


def _office_phrases(reading: Reading, holdings: tuple[Holding, ...]) -> dict[int, tuple[int, Mention | None]]:
    """Where office phrases stand, by their first unit: their end, and whom one without a name means."""
    phrases: dict[int, tuple[int, Mention | None]] = {}
    holders: dict[str, Mention] = {}
    for holding in holdings:
        office = holding.office
        phrases[office.first] = (office.stop, None)
        if office.type == "holds-office":
            holders.setdefault(office.full, holding.person)
    for at, unit in enumerate(reading.units):
        if unit.kind != "word" or at in phrases or reading.low(at + 1) in {"itu", "ini", "tersebut"}:
            continue
        head = head_at(reading, at, reading.around(at)[1])
        if head is None or head[2] not in holders or reading.low(at - 1) in {"para", "calon", "wakil", "pemilihan", "kantor"}:
            continue
        after = reading.units[head[0]] if head[0] < len(reading.units) else None
        if after is None or (after.name is None and not after.capital):
            phrases[at] = (head[0], holders[head[2]])
    return phrases


def _near(reading: Reading, draft: Draft) -> tuple[int, int]:
    """The part of a trigger's sentence that may bear on it: all of it, unless it is longer than sentences are."""
    start, stop = reading.around(draft.first)
    return max(start, draft.first - _SIGHT), min(stop, draft.last + _SIGHT)


def _speaker_chunk(attribution: Attribution | None) -> Chunk | None:
    if attribution is None:
        return None
    link = attribution.speaker
    return Chunk(-1, -1, link.span, link.entity, None, True, "")


class Holders:
    """Whose words a stretch of text is, by the attributions' contents."""

    def __init__(self, attributions: tuple[Attribution, ...]) -> None:
        contents = [(c, a) for a in attributions for c in a.content]
        self._contents = sorted(contents, key=lambda item: (item[0].start, -item[0].end))
        self._starts = [c.start for c, _ in self._contents]

    def of(self, trigger: Span) -> Attribution | None:
        """The innermost attribution whose content holds ``trigger``, or None in the outlet's own voice."""
        best: tuple[int, Attribution] | None = None
        at = bisect_right(self._starts, trigger.start) - 1
        for content, attribution in reversed(self._contents[max(0, at - _DEEPEST) : at + 1]):
            if content.covers(trigger):
                size = sum(len(c) for c in attribution.content)
                if best is None or size < best[0]:
                    best = (size, attribution)
        return best[1] if best else None


def _offices_seen(reading: Reading, seen: list[Draft], states: list[Draft]) -> Iterator[Draft]:
    """Offices that the model is sure of and the rules did not read, of named persons who hold no such office yet."""
    known = {(d.type, p.entity) for d in states for p in d.participants if p.role == "actor"}
    for draft in sorted(seen, key=lambda d: -d.score):
        actor = next((p.entity for p in draft.participants if p.role == "actor"), None)
        if draft.type in _OFFICES and draft.score >= _LEAST_OFFICE and actor is not None and (draft.type, actor) not in known:
            known.add((draft.type, actor))
            yield replace(draft, tense="past" if reading.low(draft.first - 1) in {"mantan", "eks", "bekas"} else "present")


def _weighed_together(seen: list[Draft], worded: list[Draft]) -> list[Draft]:
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
        elif word.type == draft.type:
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
    """Drafts with two nouns of one type that `dan` joins as one trigger: `diskusi dan dialog`."""
    out: list[Draft] = []
    for draft in drafts:
        last = out[-1] if out else None
        if (
            last is not None
            and last.type == draft.type
            and draft.first == last.last + 2
            and reading.low(last.last + 1) == "dan"
            and form_of(reading.low(draft.first)) in {"noun", "deed"}
            and form_of(reading.low(last.first)) in {"noun", "deed"}
        ):
            whole = _each_once([*last.participants, *draft.participants])
            out[-1] = replace(last, trigger=reading.span(last.first, draft.last + 1), last=draft.last, participants=whole)
            continue
        out.append(draft)
    return out


def _with_figures(reading: Reading, drafts: list[Draft]) -> Iterator[tuple[Draft, Casualties | None]]:
    """Each draft with the victims that it reports.

    A figure belongs to the trigger that says what befell them (`tewas`), else to the nearest attack or disaster before it in
    its sentence, else to the first after it.
    """
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(reading.units[draft.first].sentence, []).append(draft)
    for sentence, here in by_sentence.items():
        given: dict[Span, list[Figure]] = {}
        for figure in find_figures(reading, *reading.bounds[sentence]):
            owner = _owner(figure, here)
            if owner is not None:
                given.setdefault(owner.trigger, []).append(figure)
        for draft in here:
            yield draft, casualties_of(tuple(given.get(draft.trigger, ()))) or _single_victim(reading, draft)


def _owner(figure: Figure, drafts: list[Draft]) -> Draft | None:
    own = [d for d in drafts if d.first <= figure.fate <= d.last]
    harming = [d for d in drafts if d.type in _HARMING]
    before = [d for d in harming if d.last < figure.fate]
    return next(iter([*own, *reversed(before), *harming]), None)


def _single_victim(reading: Reading, draft: Draft) -> Casualties | None:
    """One where the trigger says that one named person died, was hurt or went missing."""
    kind = fate_of(draft.trigger.of(reading.text))
    hit = [p for p in draft.participants if p.role == "recipient"]
    if kind is None or len(hit) != 1 or draft.type not in _HARMING:
        return None
    at = reading.first_at(hit[0].span)
    unit = reading.units[at] if at is not None else None
    if unit is None or not (unit.low == "seorang" or (unit.name is not None and unit.name.type == "PER")):
        return None
    return one_victim(kind)


def _settled(
    reading: Reading,
    draft: Draft,
    victims: Casualties | None,
    holders: Holders,
    times: Mapping[str, Time],
    published: str | None,
) -> Claim:
    """A draft with its time, marks, victims and the word it rests on."""
    if draft.type in _OFFICES:
        tense = draft.tense or "present"
        return Claim("", draft.type, draft.trigger, draft.participants, draft.time, tense=tense, confidence=draft.score)
    holder = holders.of(draft.trigger)
    content = next((c for c in holder.content if c.covers(draft.trigger)), None) if holder is not None else None
    moment = times.get(draft.time) if draft.time is not None else None
    if moment is None and draft.type not in STATE_TYPES:
        moment = _dated(reading, draft, content)
    marks = find_marks(reading, draft.first, draft.last, draft.type, moment, published, draft.marks)
    kind = "controls" if _holds(reading, draft, marks) else draft.type
    if marks.polarity == "negative" or marks.certainty == "possible":
        victims = None
    if draft.time is None and marks.tense == "future" and moment is not None and _is_over(moment, published):
        moment = None
    time = moment.id if moment is not None else None
    return Claim(
        "", kind, draft.trigger, draft.participants, time, marks.certainty, marks.polarity,
        draft.tense or marks.tense, victims, holder.id if holder else None, (), draft.score,
    )  # fmt: skip


def _is_over(time: Time, published: str | None) -> bool:
    """Whether a time lies before the page's day, so that nothing to come falls on it."""
    return published is not None and len(time.value) >= 10 and time.value[:10] < published[:10]


def _holds(reading: Reading, draft: Draft, marks: Marks) -> bool:
    """Whether a taking is a holding: `masih menguasai` tells who controls, `berhasil menguasai` who took."""
    return draft.type == "COERCE" and reading.low(draft.first) in group("holding") and marks.tense == "present"


def _dated(reading: Reading, draft: Draft, content: Span | None) -> Time | None:
    """The time expression that dates a trigger: the nearest of its clause, else of its sentence.

    ``content`` are the words of another that hold the trigger: a time outside them says when they were spoken.
    """
    start, stop = _near(reading, draft)
    best: tuple[int, Time] | None = None
    for cursor in range(start, stop):
        time = reading.units[cursor].time
        if time is None or time.type == "SET" or (content is not None and not content.covers(time.span)):
            continue
        if not _can_date(reading, cursor, time):
            continue
        low, high = (draft.last + 1, cursor) if cursor > draft.last else (cursor + 1, draft.first)
        walls = sum(reading.low(k) in _PARTING for k in range(low, high))
        far = (high - low) + 6 * walls
        if best is None or far < best[0]:
            best = (far, time)
    return best[1] if best else None


def _can_date(reading: Reading, at: int, time: Time) -> bool:
    """Whether a time may date an event: not how long it took, not when an agency wrote, not the year in a name."""
    before = [reading.low(k) for k in range(max(0, at - 5), at)]
    if time.type == "DURATION":
        words = time.span.of(reading.text).casefold()
        return words.endswith("terakhir") or words.endswith("lalu")
    if any(w.endswith(("dilansir", "dikutip", "melansir", "mengutip")) for w in before):
        return False
    return len(time.value) != 4 or reading.low(at)[:1].isalpha() or not before or before[-1] in _BEFORE_YEAR


def _told_once(reading: Reading, claims: list[Claim]) -> tuple[Claim, ...]:
    """Claims in order of the text, numbered, none told twice.

    The same thing told again in the same way stays at its fullest place in the body. Told with another certainty,
    polarity, tense or figure (a title that announces what the body calls possible) it stays, and each names the other.
    """
    kept: list[Claim] = []
    by_type: dict[str, list[int]] = {}
    pairs: list[tuple[int, int]] = []
    for claim in sorted(claims, key=lambda c: c.trigger):
        known = next((n for n in by_type.get(claim.type, [])[-_MEMORY:] if _same_thing(reading, claim, kept[n])), None)
        if known is not None and _same_telling(claim, kept[known]):
            if _fullness(reading, claim) > _fullness(reading, kept[known]):
                kept[known] = claim
            continue
        if known is not None:
            pairs.append((known, len(kept)))
        by_type.setdefault(claim.type, []).append(len(kept))
        kept.append(claim)
    order = sorted(range(len(kept)), key=lambda n: kept[n].trigger)
    ids = {n: f"c{place}" for place, n in enumerate(order, 1)}
    differs: dict[int, list[str]] = {}
    for one, other in pairs:
        differs.setdefault(one, []).append(ids[other])
        differs.setdefault(other, []).append(ids[one])
    return tuple(replace(kept[n], id=ids[n], differs_from=tuple(differs.get(n, ()))) for n in order)


def _same_thing(reading: Reading, one: Claim, other: Claim) -> bool:
    """Whether two claims of one type tell of one thing: the same people, and the same word or one of them the title's."""
    mine, theirs = _who(reading, one), _who(reading, other)
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
