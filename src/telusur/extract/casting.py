"""Who plays which part: what the rules and the trained model propose for a trigger, weighed against each other.

Comes in: a draft with the model's arguments, what the rules cast, whom the text names near, and the scene. Goes out: participants with how sure
both together are. The signs are few and plain (who proposes, how surely, what kind of thing it is, on which side of the
trigger); their weights stand in ``words/casting.tsv``, for the fast tier in ``casting-fast.tsv``, and are fitted by logistic regression on articles that the model
had not seen (``training.judgement``). What `judges` say of the words themselves is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple, get_args

from telusur.model.claim import CLAIM_TYPES, PARTICIPANT_ROLES, Participant, ParticipantRole
from telusur.model.signals import Argument
from telusur.model.span import Span

from .grammar import group
from .logistic import chance, odds, odds_of
from .participants import Form, form_of
from .tiers import TierJudges
from .units import Reading

ROLES = PARTICIPANT_ROLES
"""In the order in which participants are told, and in which `Judges.parts` gives its odds."""
_AT = {role: number for number, role in enumerate(ROLES)}
_TOGETHER = 0.25
"""How likely it must be that an event is one and somebody takes part in it, for him to be told: half the F1 that is reached, where F1 is
highest (Lipton, Elkan and Naryanaswamy 2014). Of a sure event doubtful parts are told as well, of a doubtful one sure parts alone."""
_LEAST, _MOST = 0.3, 0.6
"""How likely a part must be at least, however sure its event is; and how likely is enough, however doubtful it is."""
_FOR_JOINED = 0.2
"""How much less is asked of whoever is joined to one who is likely enough."""
_ELSE_NOBODY = 0.25
"""How likely somebody must be where nobody else would act or be acted on."""
_WORTH_ASKING = 0.02
"""How likely somebody whom nobody proposes must be by plain signs for the judge to be asked about him."""
_RULES_ALONE = 0.5
"""The chance that is told of what rules alone say."""
_SUREST = 0.003
"""The model's scores of arguments count as this far from 0 and 1 at least; the weights are fitted so."""
_LONGEST = 80
"""Characters of a participant: a name or the core of a noun phrase."""
_NEXT_CLAUSE = 5
"""Units from a word to whoever stands first in the next clause: `tewas dan sedikitnya 30 penumpang`."""
_PLACES = frozenset({"di", "ke", "dari"})
_BEFORE = (
    "antara", "atas", "bagi", "bersama", "dalam", "dari", "dengan", "di", "ke", "kepada", "melawan", "menurut", "oleh", "pada", "sebagai", "tentang",
    "terhadap", "termasuk", "untuk",
)  # fmt: skip
"""Prepositions that `marks_of` tells apart; the others are one."""
_NOBODY = -6.0
"""Log odds of an argument that the model did not even propose."""


class Bystander(NamedTuple):
    """Somebody whom the text names near a trigger: in its sentence, after the preposition ``before`` or "", or in the sentence before."""

    span: Span
    entity: str | None
    before: str = ""
    earlier: bool = False


@dataclass(slots=True)
class Candidate:
    """Something that may take part: its span and entity, what the model gives it by role, what the rules say it is."""

    span: Span
    entity: str | None
    kind: str
    heard: dict[str, float] = field(default_factory=dict)
    ruled: ParticipantRole | None = None
    before: str = ""
    """The preposition before it, or ""."""
    by: Bystander | None = None
    """Set where neither rules nor model propose it."""


MARKS = tuple(
    f"{what} {which}"
    for what, each in (
        ("type", CLAIM_TYPES),
        ("form", get_args(Form)),
        ("kind", ("PER", "ORG", "LOC", "described")),
        ("before", ("nothing", *_BEFORE, "another")),
        ("ruled", ("nothing", *ROLES)),
        ("heard", ("nothing", *ROLES)),
        ("named", ("near", "earlier")),
    )
    for which in each
)
"""What is said in plain words of an event and somebody who may take part in it, one of each kind."""
_MARKS = {name: n for n, name in enumerate(MARKS)}


@dataclass(frozen=True, slots=True)
class Casting:
    """A trigger as the caster sees it."""

    reading: Reading
    first: int
    last: int
    type: str
    ruled: tuple[Participant, ...]
    heard: tuple[tuple[Participant, float], ...]
    """The model's proposals, laid on names, each with its score."""
    bystanders: tuple[Bystander, ...] = ()
    """Whom the text names near, proposed or not."""
    sure: float = 1.0
    """How likely the trigger names an event at all."""


def cast(castings: Sequence[Casting], judges: TierJudges) -> Iterator[tuple[tuple[Participant, float], ...]]:
    """Participants of each trigger with their chances, each thing in its likeliest role, in the order of roles and text.

    Where the model gives nobody, and there is no judge to ask, what the rules say stands. All triggers of an article are judged at once.
    """
    each = [judges.of(casting.first) for casting in castings]
    asked = [_worth_asking(casting, judge.casting) if casting.heard or judge.judges.at_hand else None for casting, judge in zip(castings, each, strict=True)]
    told: dict[int, list[float]] = {}
    for judge in judges.each:
        about = [(casting, one) for casting, parts, its in zip(castings, asked, each, strict=True) if its is judge for one in _asked_about(parts or ())]
        said = judge.judges.parts([casting.first for casting, _ in about], [one.span for _, one in about], [marks_of(*both) for both in about])
        told.update((id(one), row) for (_, one), row in zip(about, said.tolist(), strict=True))
    for casting, parts in zip(castings, asked, strict=True):
        if parts is None:
            yield tuple((one, _RULES_ALONE) for one in casting.ruled)
        else:
            least = min(max(_TOGETHER / casting.sure, _LEAST), _MOST)
            yield _likeliest([(chance(plain + told[id(one)][_AT[role]]), one, role) for one, role, plain in parts], least)


def _worth_asking(casting: Casting, table: str) -> list[tuple[Candidate, ParticipantRole, float]]:
    """Each candidate in each role that it may have by plain signs, with the log odds that these give."""
    weighed = ((one, role, odds_of(table, sizes, plain)) for one, role, plain, sizes in _parts(casting))
    return [part for part in weighed if part[0].by is None or chance(part[2]) >= _WORTH_ASKING]


def _asked_about(parts: Iterable[tuple[Candidate, ParticipantRole, float]]) -> Iterable[Candidate]:
    return {id(one): one for one, _, _ in parts}.values()


def _likeliest(judged: Sequence[tuple[float, Candidate, ParticipantRole]], least: float) -> tuple[tuple[Participant, float], ...]:
    """Who is likely enough, each thing in one role, with the chances."""
    # Whom the rules join by `dan` stand or fall together: where one is likely enough, the others need less.
    joined = {role for sure, candidate, role in judged if candidate.ruled == role and sure >= least}
    likely = [
        (sure, Participant(role, candidate.span, candidate.entity))
        for sure, candidate, role in judged
        if sure >= least - (_FOR_JOINED if candidate.ruled == role and role in joined else 0.0)
    ]
    if not any(one.role != "place" for _, one in likely):
        nobody = [(sure, Participant(role, candidate.span, candidate.entity)) for sure, candidate, role in judged if role != "place" and sure >= _ELSE_NOBODY]
        likely += [max(nobody, key=lambda item: item[0])] if nobody else []
    kept: list[tuple[Participant, float]] = []
    for sure, one in sorted(likely, key=lambda item: -item[0]):
        if not any(one.span.overlaps(k.span) or (one.entity is not None and one.entity == k.entity) for k, _ in kept):
            kept.append((one, sure))
    return tuple(sorted(kept, key=lambda item: (_AT[item[0].role], item[0].span)))


def signs_of(casting: Casting) -> Iterable[tuple[Candidate, ParticipantRole, Mapping[str, float]]]:
    """Each candidate in each role with the signs for it."""
    for candidate, role, plain, sizes in _parts(casting):
        yield candidate, role, dict.fromkeys(plain, 1.0) | sizes


def _parts(casting: Casting) -> Iterator[tuple[Candidate, ParticipantRole, tuple[str, ...], dict[str, float]]]:
    """Each candidate in each role with the signs for it: first those that are there in full, which many share, then those of a size."""
    candidates = _candidates(casting)
    form, place = form_of(casting.reading.low(casting.first)), _Place.of(casting)
    others = _of_another_clause(casting, candidates)
    asked = [(c, c.by, c.ruled, c.kind, place.side_of(c.span)) for c in candidates if c.span not in others]
    proposed = [c for c in candidates if c.by is None]
    for role in ROLES:
        heard = [(c.heard[role], c.ruled) for c in proposed if role in c.heard]
        best = max((odds for odds, _ in heard), default=_NOBODY)
        # Those whom the rules join (`Qalun, Hawa dan Tal Abar`) do not stand in each other's way.
        stranger = max((odds for odds, ruled in heard if ruled != role), default=_NOBODY)
        filled = any(c.ruled == role for c in proposed)
        for candidate, by, ruled, kind, side in asked:
            if by is not None:
                if role != "place" or kind == "LOC" or by.before in _PLACES:
                    yield candidate, role, _signs_of_bystander(role, kind, "earlier" if by.earlier else side, form, casting.type, by.before, filled or bool(heard)), {}
            elif role in candidate.heard or ruled is not None:
                who = "ruled" if ruled == role else "ruled otherwise" if ruled else "unruled"
                also = "alone" if not filled or ruled == role else "among others"
                where = f"{form} {side if place.holds(candidate.span) else 'elsewhere'}"
                sizes = _sizes(candidate, role, who, stranger if ruled == role else best)
                if not casting.heard:
                    sizes[f"{role} silent"] = 1.0
                yield candidate, role, _signs_of_proposed(role, who, also, kind, casting.type, where), sizes


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a trigger and its sentence stand in the text."""

    trigger: int
    start: int
    end: int

    @classmethod
    def of(cls, casting: Casting) -> _Place:
        units, (start, stop) = casting.reading.units, casting.reading.around(casting.first)
        return cls(units[casting.first].span.start, units[start].span.start, units[stop - 1].span.end)

    def side_of(self, span: Span) -> str:
        return "before" if span.end <= self.trigger else "after"

    def holds(self, span: Span) -> bool:
        return self.start <= span.start and span.end <= self.end


def _of_another_clause(casting: Casting, candidates: Iterable[Candidate]) -> set[Span]:
    """Whom another word of a sentence is about: `sebuah kapal tenggelam dan tiga awaknya tewas`, `12 orang tewas dan 30 penumpang selamat`."""
    reading = casting.reading
    placed = sorted((at, end, c.span) for c in candidates if (at := reading.first_at(c.span)) is not None and (end := reading.last_at(c.span)) is not None)
    if reading.low(casting.last) not in group("befalls") and not any(reading.low(end + 1) in group("befalls") for _, end, _ in placed):
        return set()  # most sentences
    before = [one for one in placed if one[1] < casting.first]
    after = [one for one in placed if one[0] > casting.last]
    found: set[Span] = set()
    if before and after and reading.low(casting.last) in group("befalls") and reading.low(casting.last + 1) in group("begins a clause"):
        found |= {span for at, _, span in after[:1] if at - casting.last <= _NEXT_CLAUSE}
    for number, (_, end, span) in enumerate(before[:-1]):
        own = reading.low(end + 1) in group("befalls") and reading.low(end + 2) in group("begins a clause")
        if own and before[number + 1][0] > end + 2:
            found.add(span)
    # Of what a noun names, all whose fate is told are victims: `serangan itu: tiga orang tewas dan dua lainnya terluka`.
    if after and reading.low(after[0][1] + 1) not in group("befalls"):
        found |= {span for at, end, span in after[1:] if reading.low(at - 1) in group("begins a clause") and reading.low(end + 1) in group("befalls")}
    return found


@cache
def _signs_of_proposed(role: ParticipantRole, who: str, also: str, kind: str, type: str, where: str) -> tuple[str, ...]:
    """The signs for somebody whom rules or model propose, but for how surely. ``where``: the trigger's form, and the side of it."""
    return role, f"{role} {who} {also}", f"{role} {kind}", f"{role} {type}", f"{role} {who} {type}", f"{role} {who} {kind}", f"{role} {where}"


def _sizes(candidate: Candidate, role: ParticipantRole, who: str, best: float) -> dict[str, float]:
    """How surely the model proposes somebody, and how surely others."""
    heard = candidate.heard.get(role)
    other = max((v for r, v in candidate.heard.items() if r != role), default=_NOBODY)
    signs: dict[str, float] = {}
    if heard is None:
        signs[f"{role} {who} unheard"] = 1.0
    else:
        signs[f"{role} heard"] = heard
        signs[f"{role} heard {candidate.kind}"] = heard
        signs[f"{role} {who} heard"] = heard
    if other > _NOBODY:
        signs[f"{role} heard otherwise"] = max(other, -3.0) + 3.0
    if best > _NOBODY and (heard is None or heard < best):
        signs[f"{role} another is likelier"] = min(best - (heard if heard is not None else _NOBODY), 4.0)
    return signs


def marks_of(casting: Casting, candidate: Candidate) -> tuple[int, ...]:
    """The numbers of its `MARKS`."""
    likeliest = max(candidate.heard.items(), key=lambda item: item[1], default=("nothing", 0.0))[0]
    before = candidate.before if candidate.before in _BEFORE else "another" if candidate.before else "nothing"
    named = "earlier" if candidate.by is not None and candidate.by.earlier else "near"
    return _marks(casting.type, form_of(casting.reading.low(casting.first)), candidate.kind, before, candidate.ruled or "nothing", likeliest, named)


@lru_cache(maxsize=1 << 14)
def _marks(type: str, form: str, kind: str, before: str, ruled: str, heard: str, named: str) -> tuple[int, ...]:
    said = (f"type {type}", f"form {form}", f"kind {kind}", f"before {before}", f"ruled {ruled}", f"heard {heard}", f"named {named}")
    return tuple(_MARKS[name] for name in said)


@cache
def _signs_of_bystander(role: ParticipantRole, kind: str, side: str, form: str, type: str, before: str, others: bool) -> tuple[str, ...]:
    """The signs for somebody whom neither rules nor model propose."""
    name = f"{role} bystander"
    found = (name, f"{name} {kind} {side}", f"{name} {form} {side}", f"{name} {type}", f"{name} after {before or 'nothing'}")
    return *found, f"{name} among others" if others else f"{name} alone"


def _candidates(casting: Casting) -> list[Candidate]:
    out: list[Candidate] = []

    def slot(span: Span, entity: str | None) -> Candidate:
        start, end = span.start, span.end
        for known in out:
            if (known.span.start < end and start < known.span.end) or (entity is not None and entity == known.entity):
                return known
        made = Candidate(span, entity, _kind(casting.reading, span, entity))
        out.append(made)
        return made

    for one in casting.ruled:
        slot(one.span, one.entity).ruled = one.role
    for one, score in sorted(casting.heard, key=lambda item: -item[1]):
        heard = slot(one.span, one.entity).heard
        heard[one.role] = max(heard.get(one.role, _NOBODY), odds(score, _SUREST))
    known, trigger = len(out), casting.reading.span(casting.first, casting.last + 1)
    for by in casting.bystanders:
        if by.span.overlaps(trigger) or len(by.span) > _LONGEST:
            continue
        made = slot(by.span, by.entity)
        made.before = made.before or ("" if by.earlier else by.before)
        if made.by is None and len(out) > known:
            made.by, known = by, len(out)
    return out


def _kind(reading: Reading, span: Span, entity: str | None) -> str:
    if entity is None:
        return "described"
    at = reading.first_at(span)
    name = reading.units[at].name if at is not None else None
    return name.type if name is not None else "described"


def lay_out(reading: Reading, arguments: Iterable[Argument]) -> tuple[tuple[Participant, float], ...]:
    """The model's arguments as participants: the name where it is little more than the name, else its own words.

    Who stands behind `menurut` only tells of it: `serangan yang menurut Palang Merah menewaskan 40 orang`. A stretch that
    runs over a sentence's end, or over half a sentence, is a beginning and an end that do not belong together.
    """
    return tuple((laid(reading, a.role, a.span), a.score) for a in arguments if a.role in ROLES and len(a.span) <= _LONGEST and _may_take_part(reading, a.span))


def _may_take_part(reading: Reading, span: Span) -> bool:
    first, last = reading.first_at(span), reading.last_at(span)
    if first is None or last is None or (first == last and reading.low(first) in group("no noun")):
        return False
    return reading.units[first].sentence == reading.units[last].sentence and reading.low(first - 1) != "menurut"


def laid(reading: Reading, role: ParticipantRole, span: Span) -> Participant:
    """An argument as a participant: the name where it is little more than the name, else its own words."""
    first, last = reading.first_at(span), reading.last_at(span)
    if first is None or last is None:
        return Participant(role, span)
    named = [unit for unit in reading.units[first : last + 1] if unit.name is not None]
    for unit in named:
        if len(named) == 1 and unit.name is not None and 2 * len(unit.span) > len(span):
            return Participant(role, unit.span, unit.name.entity or None)
    core = next((k for k in range(first + 1, last + 1) if reading.low(k) in group("measures")), last + 1)
    return Participant(role, reading.span(first, core))
