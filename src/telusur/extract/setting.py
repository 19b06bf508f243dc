"""What participants are looked up in: who holds which office, for whom he speaks, and who says what.

Comes in: the article in units, its names and attributions. Goes out: a `Setting`, which gives drafts their participants.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from telusur.model.claim import Attribution, Participant
from telusur.model.layers import Mention
from telusur.model.signals import Frame
from telusur.model.span import Span

from .casting import Bystander, Casting, cast, lay_out
from .chunks import STAND_FOR_SOMEBODY, Chunk, Chunks
from .drafts import Draft
from .participants import Scene, find_participants, form_of
from .states import Holding, find_offices, find_states, heads_in
from .tiers import TierJudges
from .units import Reading

_DEEPEST = 24
"""How many contents before a trigger may hold it: words within words are not nested deeper."""
_PRONOUN_WITHIN = 4
"""How many units before a trigger its subject `pihaknya` may stand."""
_MOST_BYSTANDERS = 24
"""Of one sentence: none that people wrote comes near."""
_SIGHT = 80
"""How many units to each side of a trigger are looked at."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What participants are looked up in: who holds which office, for whom he speaks, and who says what."""

    reading: Reading
    states: tuple[Draft, ...]
    holders: Holders
    bodies: Mapping[str, Mention]
    chunks: Chunks
    _cast_by_rule: dict[tuple[int, int, str], tuple[Participant, ...]] = field(default_factory=dict)
    _scenes: dict[tuple[int, int, str], Scene] = field(default_factory=dict)
    _named: dict[int, tuple[Bystander, ...]] = field(default_factory=dict)

    def filled(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """Drafts with the participants that rules find; a role that they leave empty keeps whom the finder gave."""
        return map(self.filled_one, drafts)

    def filled_one(self, draft: Draft) -> Draft:
        ruled = self._ruled(draft)
        roles = {p.role for p in ruled}
        return draft._replace(participants=each_once([*ruled, *(p for p in draft.participants if p.role not in roles)]))

    def cast(self, drafts: Iterable[Draft], frames: Iterable[Frame], judges: TierJudges) -> Iterator[Draft]:
        """Drafts with the participants that rules and model together find likeliest."""
        seen = list(self.castings(drafts, frames))
        for (_, draft), found in zip(seen, cast([casting for casting, _ in seen], judges), strict=True):
            yield draft._replace(participants=with_areas(self.reading, self._for_the_speaker(draft, tuple(one for one, _ in found))))

    def _for_the_speaker(self, draft: Draft, participants: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """`pihaknya telah memeriksa 12 orang`: the body that the speaker heads or speaks for acts, or he where he has none."""
        reading = self.reading
        around = range(draft.first - 1, max(reading.around(draft.first)[0], draft.first - _PRONOUN_WITHIN) - 1, -1)
        subject = next((k for k in around if reading.low(k) == "pihaknya" or reading.units[k].name is not None), None)
        if subject is None or reading.low(subject) != "pihaknya" or form_of(reading.low(draft.first)) == "passive":
            return participants
        speaker = _speaker_chunk(self.holders.of(draft.trigger))
        if speaker is None:
            return participants
        body = self.bodies.get(speaker.entity) if speaker.entity is not None else None
        acts = Participant("actor", speaker.span, speaker.entity)
        if body is not None and body.type == "ORG":
            acts = Participant("actor", body.span, body.entity or None)
        return each_once([acts, *(p for p in participants if p.role != "actor" or p.entity not in {speaker.entity, None})])

    def castings(self, drafts: Iterable[Draft], frames: Iterable[Frame]) -> Iterator[tuple[Casting, Draft]]:
        """What the caster sees of each draft: the rules' participants, the model's where it saw the same trigger, and bystanders."""
        at: dict[int, Frame] = {}
        for frame in frames:
            first, last = self.reading.first_at(frame.span), self.reading.last_at(frame.span)
            if first is not None and last is not None:
                at.update((unit, frame) for unit in range(first, last + 1) if unit not in at or at[unit].score < frame.score)
        for draft in drafts:
            seen = next((at[unit] for unit in range(draft.first, draft.last + 1) if unit in at), None)
            heard = lay_out(self.reading, seen.arguments) if seen is not None else ()
            yield Casting(self.reading, draft.first, draft.last, draft.type, self._ruled(draft), heard, self._bystanders(draft), draft.score), draft

    def _bystanders(self, draft: Draft) -> tuple[Bystander, ...]:
        """Whom a trigger's sentence names, and who is named in the one before."""
        reading, pieces = self.reading, self._scene(draft).pieces
        if len(pieces) > _MOST_BYSTANDERS:
            nearest = sorted(pieces, key=lambda c: abs(c.first - draft.first))[:_MOST_BYSTANDERS]
            pieces = tuple(sorted(nearest, key=lambda c: c.first))
        here = [Bystander(c.span, c.entity, c.before) for c in pieces if c.entity is not None or reading.low(c.first) not in STAND_FOR_SOMEBODY]
        sentence = reading.units[draft.first].sentence
        return (*here, *self._named_in(sentence - 1)) if sentence else tuple(here)

    def _named_in(self, sentence: int) -> tuple[Bystander, ...]:
        """Whom a sentence names, for the triggers of the next: looked up once for all of them."""
        if sentence not in self._named:
            start, stop = self.reading.bounds[sentence]
            names = [u for u in self.reading.units[max(start, stop - _SIGHT) : stop] if u.name is not None and u.name.type != "LOC"]
            self._named[sentence] = tuple(Bystander(u.span, u.name.entity or None, earlier=True) for u in names[:_MOST_BYSTANDERS] if u.name is not None)
        return self._named[sentence]

    def _ruled(self, draft: Draft) -> tuple[Participant, ...]:
        """Whom the rules cast for a trigger: found once, though lexicon and model both ask."""
        key = (draft.first, draft.last, draft.type)
        if key not in self._cast_by_rule:
            self._cast_by_rule[key] = find_participants(self._scene(draft))
        return self._cast_by_rule[key]

    def _scene(self, draft: Draft) -> Scene:
        """A trigger with its sentence in chunks; it parts them: `serangan Israel` is none where `serangan` is one."""
        key = (draft.first, draft.last, draft.type)
        if key not in self._scenes:
            self._scenes[key] = self._laid_out(draft)
        return self._scenes[key]

    def _laid_out(self, draft: Draft) -> Scene:
        start, stop = near(self.reading, draft)
        left = self.chunks.between(start, draft.first)
        right = self.chunks.between(draft.last + 1, stop)
        speaker = _speaker_chunk(self.holders.of(draft.trigger))
        body = self.bodies.get(speaker.entity) if speaker is not None and speaker.entity is not None else None
        return Scene(self.reading, left + right, draft.first, draft.last, draft.type, speaker, body)


def setting_of(reading: Reading, mentions: tuple[Mention, ...], holders: Holders) -> Setting:
    holdings = find_offices(reading)
    states = find_states(reading, holdings)
    return Setting(reading, states, holders, _bodies(states, mentions), Chunks(reading, _office_phrases(reading, holdings)))


class Holders:
    """Whose words a stretch of text is, by the attributions' contents."""

    def __init__(self, attributions: tuple[Attribution, ...]) -> None:
        contents = [(c, sum(len(one) for one in a.content), a) for a in attributions for c in a.content]
        self._contents = sorted(contents, key=lambda item: (item[0].start, -item[0].end))
        self._starts = [c.start for c, _, _ in self._contents]

    def of(self, trigger: Span) -> Attribution | None:
        """The innermost attribution whose content holds ``trigger``, or None in the outlet's own voice."""
        at = bisect_right(self._starts, trigger.start) - 1
        around = [(size, a) for content, size, a in reversed(self._contents[max(0, at - _DEEPEST) : at + 1]) if content.covers(trigger)]
        return min(around, key=lambda item: item[0])[1] if around else None


def each_once(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    """The best for each thing: what is already in one role is not in another."""
    kept: list[Participant] = []
    for one in participants:
        if not any(one.span.overlaps(k.span) or (one.entity is not None and one.entity == k.entity) for k in kept):
            kept.append(one)
    order = {"actor": 0, "recipient": 1, "place": 2}
    return tuple(sorted(kept, key=lambda p: (order[p.role], p.span)))


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
    for start, stop in reading.bounds if holders else ():
        for at, head in heads_in(reading, start, stop):
            if at in phrases or head[2] not in holders or reading.low(at + 1) in {"itu", "ini", "tersebut"}:
                continue
            if reading.low(at - 1) in {"para", "calon", "wakil", "pemilihan", "kantor"}:
                continue
            after = reading.units[head[0]] if head[0] < len(reading.units) else None
            if after is None or (after.name is None and not after.capital):
                phrases[at] = (head[0], holders[head[2]])
    return phrases


def with_areas(reading: Reading, participants: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Participants with the areas that a place is told to lie in: `di Desa Batu, Kecamatan Rupit, Kabupaten Musi`."""
    taken = {p.span for p in participants}
    entities = {p.entity for p in participants if p.entity is not None}
    more: list[Participant] = []
    for one in participants:
        at = reading.last_at(one.span) if one.role == "place" else None
        while at is not None and reading.low(at + 1) == ",":
            name = reading.units[at + 2].name if at + 2 < reading.around(at)[1] else None
            if name is None or name.type != "LOC" or name.span in taken or name.entity in entities:
                break
            more.append(Participant("place", name.span, name.entity or None))
            taken.add(name.span)
            at += 2
    return each_once([*participants, *more]) if more else participants


def near(reading: Reading, draft: Draft) -> tuple[int, int]:
    """The part of a trigger's sentence that may bear on it: all of it, unless it is longer than sentences are."""
    start, stop = reading.around(draft.first)
    return max(start, draft.first - _SIGHT), min(stop, draft.last + _SIGHT)


def _speaker_chunk(attribution: Attribution | None) -> Chunk | None:
    if attribution is None:
        return None
    link = attribution.speaker
    return Chunk(-1, -1, link.span, link.entity, None, True, "")
