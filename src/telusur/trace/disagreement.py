"""Who tells it otherwise: what articles on one happening say against each other, each side with its words.

Comes in: a claim's group with its sources, and the articles near it. Goes out: `Disagreement`. Nothing is decided: figures may
have grown, things may have changed, one side may be wrong.

  figure     another count of the dead, injured, missing or displaced, by source and time
  denial     somebody denies what others tell (`membantah`), or tells that it is not so
  rival      a state that one holds at a time is told of two: who leads, who controls
  headline   a title says more than its body: surer, or as done what the body has as planned
  hardened   a copy tells as sure what the text or the source it has it from tells as possible
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, and_, select

from ..archive.schema import REJECTED, actors, claims, entities, participants
from .agreeing import agreement, times_agree
from .groups import Group, Reports
from .independence import Independence
from .origins import saying_at
from .parties import any_same
from .tellings import Place, Report, Telling, alike, denies, weigh

Kind = Literal["figure", "denial", "rival", "headline", "hardened"]

ONE_AT_A_TIME = frozenset({"leads", "controls", "capital-of"})
"""States of which an object has, as a rule, one subject."""

MOST_RIVALS = 200
_SURE = {"certain": 3, "probable": 2, "possible": 1, "unknown": 0}
_DENIED_WORDS = 0.5
_SAME_WORDS = 0.6
_LEAST_WORDS = 0.2


@dataclass(frozen=True, slots=True)
class Figure:
    """One count, with all who give it, the earliest first."""

    counted: str
    count: int
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two who tell it otherwise. ``one`` is the side of the claim that was asked about, ``other`` the other; ``why`` the words or
    marks in which they differ, such as ``possible → certain``."""

    kind: Kind
    one: Telling
    other: Telling
    why: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """All of it. ``figures`` is empty unless there are two or more counts of one thing."""

    figures: tuple[Figure, ...]
    differences: tuple[Difference, ...]
    reports: Mapping[str, Report]

    def __bool__(self) -> bool:
        return bool(self.figures or self.differences)


def disagreement(found: Independence, reports: Reports | None = None) -> Disagreement:
    """What is told against a claim, or against how it is told.

    Args:
        reports: the archive, to look for rivals of a state at other times; None looks among the articles near the claim alone.
    """
    group = found.group
    opened = {report.id: report for report in group.near} | dict(group.reports)
    everybody = list(opened.values())
    differences = [*_denials(group, everybody), *_headlines(group), *_hardened(found)]
    if group.asked.type in ONE_AT_A_TIME:
        more = reports.several(_same_object(reports.connection, group.asked)) if reports else []
        opened |= {report.id: report for report in more}
        differences += _rivals(group, {report.id: report for report in (*everybody, *more)}.values())
    return Disagreement(tuple(_figures(group, everybody)), tuple(differences), opened)


# --- figures ----------------------------------------------------------------------------------------------------


def _figures(group: Group, near: Iterable[Report]) -> list[Figure]:
    """Counts of one kind for one happening, where there are several."""
    asked = group.asked
    told = {(t.article, t.key): t for t in group.tellings}
    own = group.reports[asked.article]
    if asked.casualties:
        for report in near:
            for other in report.tellings:
                if other.casualties and (other.article, other.key) not in told and _same_toll(asked, own, other, report):
                    told[other.article, other.key] = other
    found: dict[tuple[str, int], list[Telling]] = {}
    for telling in told.values():
        for counted, count in telling.casualties.items():
            found.setdefault((counted, count), []).append(telling)
    several = {counted for counted, _ in found if sum(1 for kind, _ in found if kind == counted) > 1}
    every = {**group.reports, **{report.id: report for report in near}}

    def when(telling: Telling) -> tuple[str, str, int]:
        return every[telling.article].published or "~", telling.article, telling.trigger[0]

    rows = [Figure(counted, count, tuple(sorted(some, key=when))) for (counted, count), some in found.items() if counted in several]
    return sorted(rows, key=lambda row: (row.counted, when(row.tellings[0])))


def _same_toll(one: Telling, own: Report, other: Telling, report: Report) -> bool:
    """Whether two counts are of one happening: near in time, one kind of happening, a party or a place in common."""
    if one.polarity != other.polarity or one.type != other.type or not set(one.casualties) & set(other.casualties):
        return False
    if not times_agree(one, own, other, report):
        return False
    shared = any_same((p for p in one.parties if p.named), (p for p in other.parties if p.named))
    return shared is not None and alike(one.words, other.words) >= _LEAST_WORDS


# --- denials ----------------------------------------------------------------------------------------------------


def _denials(group: Group, near: Iterable[Report]) -> list[Difference]:
    """Claims that agree with this one but for their polarity, and denials whose content it is."""
    asked, own = group.asked, group.reports[group.asked.article]
    found: list[Difference] = []
    for report in near:
        seen: set[Place] = set()
        for telling in report.tellings:
            if telling.polarity != asked.polarity and (reasons := agreement(asked, own, telling, report)):
                found.append(Difference("denial", asked, telling, ", ".join(reason.kind for reason in reasons)))
                seen.add(telling.sentence)
        for telling in _denying(asked, report):
            if telling.sentence not in seen:
                found.append(Difference("denial", asked, telling, report.words(telling.cue or telling.trigger)))
                seen.add(telling.sentence)
    return found


def _denying(asked: Telling, report: Report) -> Iterable[Telling]:
    """Sayings that deny what a claim tells, as tellings without a claim."""
    if asked.polarity != "positive":
        return
    for n, said in enumerate(report.record["attributions"]):
        cue = said.get("cue")
        if not cue or not denies(report.text[cue["start"] : cue["end"]]):
            continue
        content = said["content"][0]["start"], said["content"][-1]["end"]
        words, numbers = weigh(report.text, content)
        tells = asked.stems & words.keys()
        if not tells or alike(asked.clause, words) < _DENIED_WORDS:
            continue
        sentence = report.sentence_at(cue["start"])
        yield Telling(
            article=report.id, number=report.number, claim=None, key=f"s{sentence[0]}-{sentence[1]}", type="", trigger=content, verb="", stems=frozenset(),
            parties=(), days=None, certainty="", polarity="negative", tense="", casualties={}, sentence=sentence, words=words, clause=words,
            numbers=numbers, hands=report.sayings[n], cue=(cue["start"], cue["end"]), saying=n, headline=False,
        )  # fmt: skip


# --- rivals -----------------------------------------------------------------------------------------------------


def _same_object(connection: Connection, asked: Telling) -> list[int]:
    """Numbers of articles that tell the same kind of state of the same object, at any time, the newest first."""
    own, other = entities.alias("own"), entities.alias("other")
    one, two = actors.alias("one"), actors.alias("two")
    objects = select(participants.c.entity).where(
        participants.c.article == asked.number, participants.c.claim == asked.claim, participants.c.role == "recipient"
    )
    by_name = select(other.c.article, other.c.entity).join(own, own.c.name == other.c.name).where(own.c.article == asked.number, own.c.entity.in_(objects))
    by_actor = (
        select(other.c.article, other.c.entity)
        .join(two, two.c.number == other.c.actor)
        .join(one, one.c.whole == two.c.whole)
        .join(own, own.c.actor == one.c.number)
        .where(own.c.article == asked.number, own.c.entity.in_(objects))
    )
    found = by_name.union(by_actor).subquery()
    told = (
        select(claims.c.article)
        .join(participants, and_(participants.c.article == claims.c.article, participants.c.claim == claims.c.claim, participants.c.role == "recipient"))
        .join(found, and_(found.c.article == participants.c.article, found.c.entity == participants.c.entity))
        .where(claims.c.type == asked.type, claims.c.review != REJECTED)
        .distinct()
        .order_by(claims.c.article.desc())
        .limit(MOST_RIVALS)
    )
    return [int(number) for number in connection.execute(told).scalars()]


def _rivals(group: Group, near: Iterable[Report]) -> list[Difference]:
    """States of the same kind and object with another subject; one of each subject, the newest."""
    asked = group.asked
    mine, of = asked.of("actor"), asked.of("recipient")
    found: list[Difference] = []
    for report in sorted(near, key=lambda report: (report.published or "", report.id), reverse=True):
        for other in report.tellings:
            if other.type != asked.type or other.polarity != "positive" or asked.polarity != "positive" or other.tense != asked.tense:
                continue
            theirs = [party for party in other.of("actor") if party.named]
            if not theirs or not any(p.named for p in mine) or any_same(mine, theirs) or not any_same(of, other.of("recipient")):
                continue
            if asked.type == "leads" and asked.stems != other.stems:
                continue
            if not any(any_same(known.other.of("actor"), theirs) for known in found):
                found.append(Difference("rival", asked, other, f"{mine[0].shown} / {theirs[0].shown}"))
    return found


# --- surer than it was ------------------------------------------------------------------------------------------


def _headlines(group: Group) -> list[Difference]:
    """Titles that say more than their bodies, in the articles of a group."""
    found: list[Difference] = []
    for report in group.reports.values():
        at = {telling.claim: telling for telling in report.tellings}
        mine = {telling.claim for telling in group.tellings if telling.article == report.id}
        for title in report.tellings:
            if not title.headline:
                continue
            for n in title.differs:
                body = at.get(n)
                if body and not body.headline and {title.claim, body.claim} & mine and (why := says_more(title, body)):
                    found.append(Difference("headline", title, body, why))
    return found


def says_more(one: Telling, other: Telling) -> str:
    """In what one telling says more than another: surer, done rather than to come, so rather than not so. Empty where not."""
    if one.polarity != other.polarity:
        return f"{other.polarity} → {one.polarity}" if one.polarity == "positive" else ""
    if _SURE.get(one.certainty, 0) > _SURE.get(other.certainty, 3):
        return f"{other.certainty} → {one.certainty}"
    if other.tense == "future" and one.tense != "future" and one.certainty == "certain":
        return f"future → {one.tense}"
    return ""


def _hardened(found: Independence) -> list[Difference]:
    """Tellings surer than those they come from: of the same source, in nearly the same words, published later or from that wire."""
    by_source: dict[int, list[Telling]] = {}
    cluster = {n: at for at, some in enumerate(found.clusters) for n in some}
    for source in found.sources:
        for n in source.paths:
            by_source.setdefault(cluster[source.number], []).append(found.paths[n].telling)
    differences: list[Difference] = []
    seen: set[tuple[str, str]] = set()
    for tellings in by_source.values():
        for before in tellings:
            for after in tellings:
                pair = before.article, after.article
                if before.article == after.article or pair in seen or not before.certainty or not after.certainty or after.headline:
                    continue
                if not _comes_after(found.group.reports, before, after) or alike(before.words, after.words) < _SAME_WORDS:
                    continue
                if before.type == after.type and _SURE[after.certainty] > _SURE[before.certainty]:
                    seen.add(pair)
                    differences.append(Difference("hardened", before, after, f"{before.certainty} → {after.certainty}"))
    return differences


def _comes_after(reports: Mapping[str, Report], before: Telling, after: Telling) -> bool:
    """Whether one article is later than another, or credits its outlet."""
    one, other = reports[before.article], reports[after.article]
    if any(wire.casefold() in one.outlet.casefold() or one.outlet.casefold().startswith(wire.casefold()) for wire in other.wires):
        return True
    return bool(one.published and other.published and one.published < other.published)


def voice(telling: Telling, report: Report) -> str:
    """Who tells it: the speaker, or the outlet itself."""
    hands = telling.hands
    if not hands and (saying := saying_at(report, telling.sentence)) is not None:
        hands = report.sayings[saying]
    speaker = next((hand.who.shown for hand in hands if hand.role == "speaker"), "")
    return speaker or report.outlet
