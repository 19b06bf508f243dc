"""In what two claims agree, and whether that is enough to hold them for one.

Comes in: two claims with their articles. Goes out: the reasons, none where it is not enough. A false group is worse than two
groups: where parties, words and time do not agree in enough ways, claims stay apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ..analyse.stems import fold, stem
from ..archive.places import iso_day
from ..lexicon import read_table
from ..model.claim import STATE_TYPES
from .nearness import named_in, published_near, same_story
from .parties import Party, any_same, share_a_word
from .tellings import Report, Telling, alike, peculiar

_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "allied-with", "rival-of"})
"""Kinds in which each party does it with the other."""

_FAR_EVENTS = 2

_SOME = 0.2

ALIKE = 0.3

_RATHER_ALIKE = 0.35

MUCH_ALIKE = 0.5

_NAMED_BESIDE = 0.45
"""How alike sentences of one word are that tell the same, where both name somebody who was not read as a party."""

NEARLY_ONE = 0.7

PECULIAR = 4
"""Digits of figures that two stretches share and few others have: `ke level 7.107,78`, `4,6-5,4 persen`."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in which two claims agree. ``kind``: copy, type, trigger, actor, recipient, place, time, figure, words, name; ``what`` is
    the thing itself."""

    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Bond:
    """A telling that is held to tell the same as the claim that was asked about, and why."""

    telling: Telling
    reasons: tuple[Reason, ...]


def compare(one: Telling, own: Report, other: Telling, report: Report, *, copied: bool = False) -> tuple[Reason, ...]:
    """In what two claims agree, if it is enough to hold them for one; empty where it is not.

    ``copied``: the one's sentence is printed in the other article, and the other's trigger stands there.
    """
    return agreement(one, own, other, report, copied=copied) if one.polarity == other.polarity else ()


def agreement(one: Telling, own: Report, other: Telling, report: Report, *, copied: bool = False) -> tuple[Reason, ...]:
    """The same, whether or not the one says that the other is not so: what a denial is held to what it denies by."""
    if not types_agree(one.type, other.type):
        return ()
    trigger = bool(one.stems & other.stems) or bool(families(one.stems) & families(other.stems))
    reasons = [Reason("type", one.type if one.type == other.type else f"{one.type}/{other.type}")]
    if trigger:
        reasons.append(Reason("trigger", one.verb if fold(one.verb) == fold(other.verb) else f"{one.verb} / {other.verb}"))
    shared = parties_agree(one, other, copied=copied)
    if shared is None:
        return ()
    if copied and one.stems & other.stems and not figures_clash(one, other):
        return (Reason("copy", report.words(other.sentence)), *reasons)
    if not times_agree(one, own, other, report):
        return ()
    reasons += shared.reasons
    if one.days and other.days and (days := _days_shared(one.days, other.days)):
        reasons.append(Reason("time", days))
    words, clause = alike(one.words, other.words), alike(one.clause, other.clause)
    if words >= ALIKE:
        reasons.append(Reason("words", f"{words:.2f}"))
    if figures := one.numbers & other.numbers:
        reasons.append(Reason("figure", ", ".join(sorted(figures)[:4])))
    if _enough(one, other, shared, trigger, words, clause, same_story(own, report)):
        return tuple(reasons)
    if trigger and one.type == other.type and not shared.named and _same_name(one, own, other, report, words, clause, reasons):
        return tuple(reasons)
    return ()


def _same_name(one: Telling, own: Report, other: Telling, report: Report, words: float, clause: float, reasons: list[Reason]) -> bool:
    """Whether two events of one kind and word, told much alike, have somebody or something in their sentences that both name, though it was
    not read as a party; adds it to the reasons."""
    if one.type in STATE_TYPES or figures_clash(one, other) or words < _NAMED_BESIDE or clause < _RATHER_ALIKE:
        return False
    mine, theirs = (tuple(party for party in named_in(page, telling.sentence) if party.type != "LOC") for page, telling in ((own, one), (report, other)))
    if (both := any_same(mine, theirs)) is None:
        return False
    reasons.append(Reason("name", both[0].shown))
    return True


@dataclass(slots=True)
class _Shared:
    """The parties that two claims share: how many of them are named, how many only described; whether a place is."""

    reasons: list[Reason]
    named: int = 0
    described: int = 0
    place: bool = False

    def add(self, role: str, both: tuple[Party, Party, str]) -> None:
        self.reasons.append(Reason(role, both[0].shown))
        if role == "place":
            self.place = True
        elif both[0].named or both[1].named:
            self.named += 1
        else:
            self.described += 1


def _enough(one: Telling, other: Telling, shared: _Shared, trigger: bool, words: float, clause: float, story: bool) -> bool:
    """Whether two claims agree in enough ways to be one. ``words`` compares their sentences, ``clause`` what stands round their
    triggers; ``story``: their articles tell one story, so that less is needed."""
    core, clash = shared.named + shared.described, figures_clash(one, other)
    if one.type in STATE_TYPES or other.type in STATE_TYPES:
        return core >= 2 or (core == 1 and trigger and words >= MUCH_ALIKE and one.type == other.type)
    if _beaten() in families(one.stems) and core < 2 and not one.numbers & other.numbers:
        return False  # a team loses to many: both sides, or the score
    if (core or words >= MUCH_ALIKE) and words >= _SOME and figures_shared(one.clause, other.clause):
        return True
    if story and one.type == other.type and trigger and core and set(one.casualties) & set(other.casualties):
        return True  # one toll, whatever the count
    if story and shared.named and one.type == other.type and words >= NEARLY_ONE and one.numbers & other.numbers:
        return True
    if shared.named and core >= 2:
        return trigger or max(words, clause) >= (NEARLY_ONE if clash or one.type != other.type else MUCH_ALIKE)
    if shared.named:
        least = MUCH_ALIKE if clash else _SOME if story else _RATHER_ALIKE
        return (trigger and words >= least and clause >= (_SOME if story else ALIKE)) or min(words, clause) >= NEARLY_ONE
    if shared.described:  # `terdakwa`, `hakim`: there are many
        if story and trigger and not clash and words >= _RATHER_ALIKE and clause >= _SOME:
            return True
        return trigger and not clash and words >= MUCH_ALIKE and clause >= ALIKE and (words >= NEARLY_ONE or shared.place or core >= 2)
    if _apart(one, other):
        return False
    if shared.place:
        return trigger and words >= (NEARLY_ONE if clash else _RATHER_ALIKE if story else MUCH_ALIKE) and clause >= (ALIKE if story else MUCH_ALIKE)
    return trigger and not clash and words >= (MUCH_ALIKE if story else NEARLY_ONE) and clause >= MUCH_ALIKE


def figures_shared(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    """The figures that two stretches share and few others have, where they have digits enough to tell a thing; else none."""
    found = peculiar(one, other)
    return tuple(sorted(found)) if sum(found.values()) >= PECULIAR else ()


def figures_clash(one: Telling, other: Telling) -> bool:
    """Whether both sentences hold figures, and none in common."""
    return bool(one.numbers and other.numbers and not one.numbers & other.numbers)


def _apart(one: Telling, other: Telling) -> bool:
    """Whether both tell who did or met it, and nobody is shared: `sektor energi naik`, `sektor keuangan naik`."""
    return any(one.of(role) and other.of(role) for role in ("actor", "recipient"))


def types_agree(one: str, other: str) -> bool:
    """Whether one happening is read now as the one type, now as the other."""
    return one == other or frozenset((one, other)) in _compatible()


@cache
def _compatible() -> frozenset[frozenset[str]]:
    return frozenset(frozenset((row["type"], other)) for row in read_table("types-alike", ("type", "also")) for other in row["also"].split())


@cache
def _verbs() -> Mapping[str, int]:
    rows = read_table("verbs-alike", ("words",))
    return {stem(fold(word)): n for n, row in enumerate(rows) for word in row["words"].split()}


def families(stems: Iterable[str]) -> set[int]:
    """Sets of verbs that tell the same deed: `tangkap`, `ringkus`, `bekuk`."""
    return {_verbs()[word] for word in stems if word in _verbs()}


def times_agree(one: Telling, own: Report, other: Telling, report: Report) -> bool:
    """Whether two times may be one: what they mean overlaps; where a claim has none, its article was published near."""
    if one.days and other.days:
        (a, b), (c, d) = one.days, other.days
        return (a is None or d is None or a < d) and (b is None or c is None or c < b)
    mine, theirs = own.day or own.not_before, report.day or report.not_before
    if mine is None or theirs is None or (one.type in STATE_TYPES and other.type in STATE_TYPES):
        return True
    for days, published in ((one.days, theirs), (other.days, mine)):
        if days and days[0] is not None and days[1] is not None and one.tense == other.tense == "past":
            return days[0] <= published and published - days[1] <= _FAR_EVENTS * 7
    return published_near(own, report)


def _days_shared(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> str:
    """The days that two intervals share, as ISO 8601; empty where either is open."""
    (a, b), (c, d) = one, other
    if a is None or b is None or c is None or d is None:
        return ""
    start, end = max(a, c), min(b, d)
    return iso_day(start) if end - start <= 1 else f"{iso_day(start)}/{iso_day(end - 1)}"


def parties_agree(one: Telling, other: Telling, *, copied: bool) -> _Shared | None:
    """The parties that two claims share, role by role; None where both name somebody in a role and nobody is shared. In a copied
    sentence a name may have been read longer or shorter."""
    if (one.type in _MUTUAL and other.type in _MUTUAL) or (_beaten() in families(one.stems) & families(other.stems)):
        return _mutual(one, other)
    shared = _Shared([])
    for role in ("actor", "recipient"):
        mine, theirs = one.of(role), other.of(role)
        if both := any_same(mine, theirs):
            shared.add(role, both)
        elif copied and any(share_a_word(a, b) for a in mine for b in theirs):
            continue
        elif _named(mine) and _named(theirs) and not any_same(one.of("actor", "recipient"), theirs):
            return None
    if both := any_same((*one.of("place"), *_places(one)), (*other.of("place"), *_places(other))):
        shared.add("place", both)
    return shared


def _mutual(one: Telling, other: Telling) -> _Shared | None:
    """The parties that two claims of a kind share in which each does it with the other: who signs and with whom is one pair."""
    mine, theirs = list(one.of("actor", "recipient")), list(other.of("actor", "recipient"))
    named = _named(mine) and _named(theirs)
    shared = _Shared([])
    while both := any_same(mine, theirs):
        shared.add("recipient" if shared.reasons else "actor", both)
        mine.remove(both[0])
        theirs.remove(both[1])
    if named and not shared.reasons:
        return None
    if both := any_same(one.of("place"), other.of("place")):
        shared.add("place", both)
    return shared


@cache
def _beaten() -> int:
    """The set of verbs that tell a match from either side: who beats is who is not beaten."""
    return _verbs()[stem("kalah")]


def _named(parties: Iterable[Party]) -> bool:
    return any(party.named for party in parties)


def _places(telling: Telling) -> tuple[Party, ...]:
    """Parties of any role that are places: a town that is hit is where it happened too."""
    return tuple(party for party in telling.of("recipient") if party.type == "LOC")
