"""Which claims of different articles tell of one happening, each with the reasons.

Comes in: a claim of an archive. Goes out: its `Group`: the claims, and the sentences in which no claim was read, that tell the
same, each with why it is held to. A group belongs to the claim that was asked about: everything in it was compared with that
claim itself, so that nothing drifts; and since two claims are compared by what stands in their two articles alone, it is the
same in whatever order the articles came.

A false group is worse than two groups: where parties, words and time do not agree in enough ways, claims stay apart. Claims of
opposite polarity never stand together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import Connection, and_, or_, select

from ..analyse.stems import fold, stem
from ..archive.engine import Archive
from ..archive.places import first_number, iso_day
from ..archive.schema import REJECTED, actors, articles, claims, entities
from ..lexicon import read_table
from ..model.claim import STATE_TYPES
from ..model.span import Span
from .parties import Party, any_same, same_party, share_a_word
from .tellings import Place, Report, Telling, alike, denies, open_reports, small_words, weigh

Mirrored = Callable[[str, Span], Sequence[tuple[str, Span]]]
"""Where else the characters of an article are printed; see `copies.mirrored`."""

WINDOW_DAYS = 4
"""Articles whose claims are compared are published at most so many days apart."""

UNDATED_DAYS = 14
"""A page without a date is of the latest day that its text names, or so many days later at most."""

MOST_ARTICLES = 30
"""With how many articles, those that share the most and rarest names, one is compared."""

_NEAR = 0.24
"""How much two articles must share to be compared: a name counts by how few articles of the stretch bear it. One that 15 bear is
enough; so are two that 250 bear, or three that 4,000 do."""

_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "allied-with", "rival-of"})
"""Kinds in which each party does it with the other."""

_FAR_EVENTS = 2
_ENDS = frozenset(".!?\"”’')…")
_SLACK, _FEWEST_WORDS, _RETOLD = 0.1, 5, 0.55
_SOME, _ALIKE, _RATHER_ALIKE, _MUCH_ALIKE, _NEARLY_ONE = 0.2, 0.3, 0.35, 0.5, 0.7
_MAYBE, _MAYBE_IN_STORY, _SOME_WORDS = 0.65, 0.4, 0.2
_STORY_WORDS, _STORY_NAMES, _STORY_SHARE = 3, 4, 0.5


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in which two claims agree. ``kind``: copy, type, trigger, actor, recipient, place, time, figure, words; ``what`` is
    the thing itself."""

    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Bond:
    """A telling that is held to tell the same as the claim that was asked about, and why."""

    telling: Telling
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class Group:
    """All who tell what a claim tells: the claim itself first, then by article id and place. ``near`` are the articles that it was
    compared with; ``possible`` what may tell the same in those that hold nothing that surely does, the likeliest of each."""

    asked: Telling
    bonds: tuple[Bond, ...]
    reports: Mapping[str, Report]
    near: tuple[Report, ...] = ()
    possible: tuple[Bond, ...] = ()

    @property
    def tellings(self) -> tuple[Telling, ...]:
        return self.asked, *(bond.telling for bond in self.bonds)


class Reports:
    """Articles opened once each."""

    def __init__(self, archive: Archive, connection: Connection) -> None:
        self.archive, self.connection = archive, connection
        self._opened: dict[int, Report] = {}

    def __call__(self, number: int) -> Report:
        return self.several((number,))[0]

    def several(self, numbers: Sequence[int]) -> list[Report]:
        """These articles, opened with one question for all.

        Raises:
            KeyError: one of them is not there.
        """
        missing = [number for number in dict.fromkeys(numbers) if number not in self._opened]
        if missing:
            self._opened |= open_reports(self.archive, self.connection, missing)
        return [self._opened[number] for number in numbers]


def group_of(reports: Reports, number: int, claim: int, mirrored: Mirrored | None = None) -> Group:
    """Who else tells what the claim at this place of the article's list tells.

    Raises:
        KeyError: there is no such article or claim.
    """
    own = reports(number)
    asked = next((telling for telling in own.tellings if telling.claim == claim), None)
    if asked is None:
        raise KeyError((number, claim))
    return gather(asked, own, _near(reports, own, asked, mirrored), mirrored)


def group_of_sentence(reports: Reports, number: int, place: Place, mirrored: Mirrored | None = None) -> Group:
    """Who else tells what a sentence tells in which no claim was read: sentences nearly the same, and copies of it.

    Raises:
        KeyError: there is no such article.
    """
    own = reports(number)
    telling = sentence_telling(own, place)
    asked = replace(telling, stems=frozenset(telling.words))
    return gather(asked, own, _near(reports, own, asked, mirrored), mirrored)


def _near(reports: Reports, own: Report, asked: Telling, mirrored: Mirrored | None) -> list[Report]:
    """The articles to compare a claim with: those near, and those that print its sentence."""
    numbers = near_articles(reports.connection, own, asked.sentence)
    copies = [id for id, _ in mirrored(own.id, Span(*asked.sentence))] if mirrored else []
    if copies:
        found = reports.connection.execute(select(articles.c.number).where(articles.c.id.in_(copies[:MOST_ARTICLES]))).scalars()
        numbers = list(dict.fromkeys((*map(int, found), *numbers)))
    return reports.several([number for number in numbers if number != own.number])


def gather(asked: Telling, own: Report, near: Iterable[Report], mirrored: Mirrored | None = None) -> Group:
    """The group of a claim among some articles; a function of those articles alone."""
    printed = {id: span for id, span in mirrored(own.id, Span(*asked.sentence))} if mirrored else {}
    bonds: list[Bond] = []
    possible: list[Bond] = []
    opened = {own.id: own}
    compared = tuple(sorted((own, *near), key=lambda report: report.id))
    for report in compared:
        found = list(_bonds(asked, own, report, printed.get(report.id)))
        if found:
            opened[report.id] = report
            bonds += found
        elif report is not own and (perhaps := _perhaps(asked, own, report)):
            possible.append(perhaps)
    return Group(asked, tuple(bonds), opened, compared, tuple(possible))


def _bonds(asked: Telling, own: Report, report: Report, copied: Span | None) -> Iterable[Bond]:
    """The tellings of another article that are one with a claim: those of the same sentence, else those that agree with it."""
    best: dict[Place, tuple[tuple[float, ...], Bond]] = {}
    for telling in report.tellings:
        if telling is asked:
            continue
        same_words = copied is not None and copied.start <= telling.trigger[0] < copied.end
        if reasons := compare(asked, own, telling, report, copied=same_words):
            rank = len(reasons), alike(asked.clause, telling.clause), -telling.trigger[0]
            if telling.sentence not in best or rank > best[telling.sentence][0]:
                best[telling.sentence] = rank, Bond(telling, reasons)
    found = [bond for _, bond in best.values()]
    if found or asked.headline or report is own:
        return found
    if copied is not None and (copy := _copied_sentence(asked, own, report, copied)):
        return [copy]
    return _sentences(asked, own, report)


def _perhaps(asked: Telling, own: Report, report: Report) -> Bond | None:
    """What of an article may tell the same, though not enough agrees to say so: the likeliest claim, else the likeliest sentence."""
    if asked.type in STATE_TYPES or not published_near(own, report):
        return None
    story = same_story(own, report)
    best: tuple[float, Bond] | None = None
    for telling in report.tellings:
        if telling.polarity != asked.polarity or telling.type in STATE_TYPES or not times_agree(asked, own, telling, report):
            continue
        shared = _parties_agree(asked, telling, copied=False)
        if shared is None:
            continue
        trigger = bool(asked.stems & telling.stems) or bool(_families(asked.stems) & _families(telling.stems))
        words = max(alike(asked.words, telling.words), alike(asked.clause, telling.clause))
        weight = words + 0.3 * trigger + 0.3 * shared.named + 0.15 * (shared.described + shared.place)
        if weight >= (_MAYBE_IN_STORY if story else _MAYBE) and (trigger or words >= _ALIKE) and (best is None or weight > best[0]):
            best = weight, Bond(telling, (Reason("type", telling.type), *shared.reasons, Reason("words", f"{words:.2f}")))
    if best:
        return best[1]
    for place in report.sentences:
        words_, _ = report.weighed(place)
        near = min(alike(asked.words, words_), alike(asked.clause, words_) + _SLACK)
        if near < (_SOME_WORDS if story else _MUCH_ALIKE) or len(words_) < _FEWEST_WORDS or (best and near <= best[0]) or not asked.stems & words_.keys():
            continue
        if _negations(report, place) == _negations(own, asked.sentence):
            best = near, Bond(sentence_telling(report, place), (Reason("words", f"{near:.2f}"),))
    return best[1] if best else None


# --- which articles ---------------------------------------------------------------------------------------------


def near_articles(connection: Connection, report: Report, sentence: Place | None = None) -> list[int]:
    """Numbers of the articles near in time that share the most and rarest names with an article, and one at least of the names in
    a sentence of it, where that has any."""
    shared: dict[int, set[int]] = {}
    for mine, other in _sharing(connection, report.number, _stretches(report)):
        shared.setdefault(other, set()).add(mine)
    shared.pop(report.number, None)
    spread: dict[int, int] = {}
    for names in shared.values():
        for name in names:
            spread[name] = spread.get(name, 0) + 1
    needed = {report.places[party] for party in _entities_in(report, sentence)} if sentence else set()
    needed &= spread.keys()  # a name that no other article bears, perhaps since it was printed wrongly, asks nothing of them
    weighed = ((sum(1 / math.log2(1 + spread[name]) for name in names), number) for number, names in shared.items() if not needed or names & needed)
    ranked = sorted((-weight, number) for weight, number in weighed if weight >= _NEAR)
    return [number for _, number in ranked[:MOST_ARTICLES]]


def _stretches(report: Report) -> list[tuple[int, int]]:
    """The stretches of article numbers in which the same happening is told: near in time, or undated."""
    undated = (0, first_number(1))
    day = report.day or report.not_before
    if day is None:
        return [undated]
    behind = WINDOW_DAYS if report.day else UNDATED_DAYS
    return [(first_number(max(1, day - WINDOW_DAYS)), first_number(day + behind + 1)), undated]


def _sharing(connection: Connection, number: int, stretches: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Entity of this article, and number of another that has the same name or the same actor."""
    own, other = entities.alias("own"), entities.alias("other")
    one, two = actors.alias("one"), actors.alias("two")
    within = or_(*(and_(other.c.article >= low, other.c.article < high) for low, high in stretches))
    by_name = select(own.c.entity, other.c.article).join(other, other.c.name == own.c.name).where(own.c.article == number, within)
    by_actor = (
        select(own.c.entity, other.c.article)
        .join(one, one.c.number == own.c.actor)
        .join(two, two.c.whole == one.c.whole)
        .join(other, other.c.actor == two.c.number)
        .where(own.c.article == number, within)
    )
    return {(int(entity), int(article)) for query in (by_name, by_actor) for entity, article in connection.execute(query)}


# --- two claims -------------------------------------------------------------------------------------------------


def compare(one: Telling, own: Report, other: Telling, report: Report, *, copied: bool = False) -> tuple[Reason, ...]:
    """In what two claims agree, if it is enough to hold them for one; empty where it is not.

    ``copied``: the one's sentence is printed in the other article, and the other's trigger stands there.
    """
    return agreement(one, own, other, report, copied=copied) if one.polarity == other.polarity else ()


def agreement(one: Telling, own: Report, other: Telling, report: Report, *, copied: bool = False) -> tuple[Reason, ...]:
    """The same, whether or not the one says that the other is not so: what a denial is held to what it denies by."""
    if not types_agree(one.type, other.type):
        return ()
    trigger = bool(one.stems & other.stems) or bool(_families(one.stems) & _families(other.stems))
    reasons = [Reason("type", one.type if one.type == other.type else f"{one.type}/{other.type}")]
    if trigger:
        reasons.append(Reason("trigger", one.verb if fold(one.verb) == fold(other.verb) else f"{one.verb} / {other.verb}"))
    shared = _parties_agree(one, other, copied=copied)
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
    if words >= _ALIKE:
        reasons.append(Reason("words", f"{words:.2f}"))
    if figures := one.numbers & other.numbers:
        reasons.append(Reason("figure", ", ".join(sorted(figures)[:4])))
    return tuple(reasons) if _enough(one, other, shared, trigger, words, clause, same_story(own, report)) else ()


def _enough(one: Telling, other: Telling, shared: _Shared, trigger: bool, words: float, clause: float, story: bool) -> bool:
    """Whether two claims agree in enough ways to be one. ``words`` compares their sentences, ``clause`` what stands round their
    triggers; ``story``: their articles tell one story, so that less is needed."""
    core, clash = shared.named + shared.described, figures_clash(one, other)
    if one.type in STATE_TYPES or other.type in STATE_TYPES:
        return core >= 2 or (core == 1 and trigger and words >= _MUCH_ALIKE and one.type == other.type)
    if _beaten() in _families(one.stems) and core < 2 and not one.numbers & other.numbers:
        return False  # a team loses to many: both sides, or the score
    if story and one.type == other.type and trigger and core and set(one.casualties) & set(other.casualties):
        return True  # one toll, whatever the count
    if shared.named and core >= 2:
        return trigger or max(words, clause) >= (_NEARLY_ONE if clash or one.type != other.type else _MUCH_ALIKE)
    if shared.named:
        least = _MUCH_ALIKE if clash else _SOME if story else _RATHER_ALIKE
        return (trigger and words >= least and clause >= (_SOME if story else _ALIKE)) or min(words, clause) >= _NEARLY_ONE
    if shared.described:  # `terdakwa`, `hakim`: there are many
        if story and trigger and not clash and words >= _RATHER_ALIKE and clause >= _SOME:
            return True
        return trigger and not clash and words >= _MUCH_ALIKE and clause >= _ALIKE and (words >= _NEARLY_ONE or shared.place or core >= 2)
    if _apart(one, other):
        return False
    if shared.place:
        return trigger and words >= (_NEARLY_ONE if clash else _RATHER_ALIKE if story else _MUCH_ALIKE) and clause >= (_ALIKE if story else _MUCH_ALIKE)
    return trigger and not clash and words >= (_MUCH_ALIKE if story else _NEARLY_ONE) and clause >= _MUCH_ALIKE


def same_story(one: Report, other: Report) -> bool:
    """Whether two articles tell one story: their titles are much alike, or they share most of the names of the shorter."""
    if not published_near(one, other):
        return False
    titles = [{stem(word) for word in fold(report.title).split() if len(word) > 2 and word not in small_words()} for report in (one, other)]
    if all(titles) and len(titles[0] & titles[1]) >= max(_STORY_WORDS, min(map(len, titles)) * _STORY_SHARE):
        return True
    both = one.names & other.names
    return len(both) >= _STORY_NAMES and len(both) >= min(len(one.names), len(other.names)) * _STORY_SHARE


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


def _families(stems: Iterable[str]) -> set[int]:
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


def published_near(one: Report, other: Report) -> bool:
    """Whether two articles may be of the same days. A page without a date is of the latest day that its text names, or later."""
    mine, theirs = one.day or one.not_before, other.day or other.not_before
    if mine is None or theirs is None:
        return True
    ahead = WINDOW_DAYS if one.day else UNDATED_DAYS
    behind = WINDOW_DAYS if other.day else UNDATED_DAYS
    return mine - theirs <= behind and theirs - mine <= ahead


def _days_shared(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> str:
    """The days that two intervals share, as ISO 8601; empty where either is open."""
    (a, b), (c, d) = one, other
    if a is None or b is None or c is None or d is None:
        return ""
    start, end = max(a, c), min(b, d)
    return iso_day(start) if end - start <= 1 else f"{iso_day(start)}/{iso_day(end - 1)}"


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


def _parties_agree(one: Telling, other: Telling, *, copied: bool) -> _Shared | None:
    """The parties that two claims share, role by role; None where both name somebody in a role and nobody is shared. In a copied
    sentence a name may have been read longer or shorter."""
    if (one.type in _MUTUAL and other.type in _MUTUAL) or (_beaten() in _families(one.stems) & _families(other.stems)):
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


# --- sentences without a claim ----------------------------------------------------------------------------------


def sentence_telling(report: Report, place: Place) -> Telling:
    """A sentence as a telling without a claim, on the word of whom the article lays it to."""
    from .origins import saying_at

    words, numbers = weigh(report.text, place)
    saying = saying_at(report, place)
    return Telling(
        article=report.id, number=report.number, claim=None, key=f"s{place[0]}-{place[1]}", type="", trigger=place, verb="", stems=frozenset(), parties=(),
        days=None, certainty="", polarity="positive", tense="", casualties={}, sentence=place, words=words, clause=words, numbers=numbers,
        hands=report.sayings[saying] if saying is not None else (), cue=None, saying=saying, headline=False,
    )  # fmt: skip


def _same_voice(asked: Telling, report: Report, place: Place) -> bool:
    """Whether a sentence is laid to the person who is named as telling the claim."""
    from .origins import saying_at

    saying = saying_at(report, place)
    mine = [hand.who for hand in asked.hands if hand.role == "speaker" and hand.who.named]
    return saying is not None and any_same(mine, (hand.who for hand in report.sayings[saying] if hand.role == "speaker" and hand.who.named)) is not None


def _copied_sentence(asked: Telling, own: Report, report: Report, copied: Span) -> Bond | None:
    """The copy of a claim's sentence in which no claim was read, where the claim's own words were copied with it."""
    place = report.sentence_at(copied.start)
    words, numbers = report.weighed(place)
    read = asked.claim is not None and any(telling.sentence == place and telling.stems & asked.stems for telling in report.tellings)
    if read or not asked.stems & words.keys() or alike(asked.clause, words) < _NEARLY_ONE or (asked.numbers and numbers and not asked.numbers & numbers):
        return None
    if _negations(report, place) != _negations(own, asked.sentence) or _about_others(asked, report, place):
        return None
    return Bond(sentence_telling(report, place), (Reason("copy", report.words(place)),))


def _sentences(asked: Telling, own: Report, report: Report) -> list[Bond]:
    """The sentence of an article that tells nearly in the same words what a claim tells, where it was not read as that claim."""
    best: tuple[float, Place] | None = None
    if not published_near(own, report) or asked.type in STATE_TYPES:
        return []
    read = {telling.sentence for telling in report.tellings if telling.stems & asked.stems} if asked.claim is not None else set()
    for place in report.sentences:
        words, numbers = report.weighed(place)
        if place in read:
            continue  # the claim that was read there was compared, and is another
        if not asked.stems & words.keys() or bool(asked.numbers) != bool(numbers) or (asked.numbers and not asked.numbers & numbers):
            continue
        shared = min(alike(asked.words, words), alike(asked.clause, words) + _SLACK)
        if shared < _RETOLD or min(len(asked.words), len(words)) < _FEWEST_WORDS or (best and shared <= best[0]):
            continue
        if shared < _NEARLY_ONE and not _same_voice(asked, report, place):
            continue
        if _is_sentence(report, place) and _negations(report, place) == _negations(own, asked.sentence) and not _about_others(asked, report, place):
            best = shared, place
    named = [party for party in asked.parties if party.named] if asked.claim is not None else _named_in(own, asked.sentence)
    if best is None or (best[0] >= _NEARLY_ONE and not any(same_party(a, b) for a in named for b in report.parties.values())):
        return []
    return [Bond(sentence_telling(report, best[1]), (Reason("words", f"{best[0]:.2f}"),))]


def _about_others(asked: Telling, report: Report, place: Place) -> bool:
    """Whether a sentence names people, and none of those of whom a claim tells."""
    mine = [party for party in asked.parties if party.named and party.type == "PER"]
    theirs = [party for party in _named_in(report, place) if party.type == "PER"]
    return bool(mine and theirs) and any_same(mine, theirs) is None


def _is_sentence(report: Report, place: Place) -> bool:
    """Whether a stretch ends as a sentence does, or is a title; tags that were read as text do not."""
    return report.text[place[1] - 1] in _ENDS or any(b["start"] <= place[0] < b["end"] and b["kind"] != "paragraph" for b in report.record["blocks"])


def _named_in(report: Report, place: Place) -> list[Party]:
    """The names in a sentence."""
    inside = _entities_in(report, place)
    return [party for key, party in report.parties.items() if key in inside]


def _entities_in(report: Report, place: Place) -> set[str]:
    """The entities that a sentence names."""
    return {m["entity"] for m in report.record["mentions"] if place[0] <= m["start"] < place[1] and m["entity"] in report.places}


def _negations(report: Report, place: Place) -> bool:
    """Whether a sentence says of something that it is not so."""
    return any(word in _not_so() or denies(word) for word in report.words(place).casefold().replace(",", " ").split())


@cache
def _not_so() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("clause-words", ("word", "kind")) if row["kind"] == "negation")


def held_claims(connection: Connection, number: int) -> list[int]:
    """Places of the claims of an article that nobody rejected."""
    wanted = select(claims.c.claim).where(claims.c.article == number, claims.c.review != REJECTED)
    return [int(claim) for claim in connection.execute(wanted.order_by(claims.c.claim)).scalars()]
