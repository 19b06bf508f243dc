"""Rows for pictures from the lines of an answer: events, lanes, months.

Comes in: lines about claims, a language. Goes out: the rows that `moments`, `lanes` and `sureness` draw. What a line does not say stays
open: an event without a date has none, a state without a beginning begins nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ...answers import english, indonesian
from ...answers.lines import Line
from ...answers.telling import Told
from ...answers.times import when
from ...answers.uncounted import Judged
from ...config import Lang
from ...export.wording import clean
from .. import links
from .drawing import Tongue
from .lanes import End, Lane, Stretch
from .moments import Event, Mood
from .sureness import Month, by_month

_LASTING = ("controls", "leads", "holds-office", "capital-of", "member-of", "part-of", "allied-with", "rival-of")
_SINCE = ("sejak", "mulai", "semenjak", "dari", "since", "from")
_UNTIL = ("hingga", "sampai", "until", "till")


def day(told: str | None) -> date | None:
    """The day of an ISO date or time; None where it is none."""
    try:
        return date.fromisoformat((told or "")[:10])
    except ValueError:
        return None


def mood(told: Told) -> Mood:
    """How a claim is told: as happened, as forecast or possible, as denied, as not known."""
    return _mood(told.certainty, told.polarity, told.tense)


def _mood(certainty: str, polarity: str, tense: str) -> Mood:
    if certainty == "unknown":
        return "unclear"
    if polarity == "negative":
        return "denied"
    return "forecast" if tense == "future" or certainty in ("possible", "probable") else "told"


def sentence(line: Line, lang: Lang) -> str:
    """What a line tells, without on whose word and when."""
    bare = replace(line.told, time=None)
    return (english.sentence(bare, {}, "") if lang == "en" else indonesian.sentence(bare, {}, "")).removesuffix(".")


def source(line: Line, tongue: Tongue) -> str:
    """On whose word, and where it was printed: ``Harun Tesfari lewat Cakra · Kabar Rawa``."""
    speakers = [link.name for link in line.chain if link.role == "speaker"]
    relays = [link.name for link in line.chain if link.role == "relay"]
    told = ", ".join(speakers)
    if relays:
        told = f"{told} {tongue.gettext('through')} {', '.join(relays)}".strip()
    return " · ".join(part for part in (clean(told), clean(line.article.outlet or "")) if part)


def event(line: Line, tongue: Tongue) -> Event:
    """A claim as an event of a timeline."""
    time = line.told.time or {}
    return Event(
        label=sentence(line, tongue.lang), first=day(time.get("from")), last=day(time.get("to")), when=when(line.told.time, tongue.lang),
        mood=mood(line.told), about=time.get("mod") == "APPROX", source=source(line, tongue),
        place=", ".join(party.shown() for party in line.told.of("place")), href=links.claim(line.id),
    )  # fmt: skip


def events(lines: Iterable[Line], tongue: Tongue) -> list[Event]:
    """Claims as events, in the order in which they come."""
    return [event(line, tongue) for line in lines if line.kind == "claim"]


def lanes(lines: Iterable[Line], tongue: Tongue) -> list[Lane]:
    """States that last, by who is in them: one stretch for all lines that tell the same, from the most told on."""
    held: dict[str, dict[tuple[str, str, str, Mood], list[Line]]] = {}
    for line in lines:
        if line.kind != "claim" or line.told.type not in _LASTING:
            continue
        actor = ", ".join(party.shown() for party in line.told.of("actor"))
        what = ", ".join(party.shown() for party in line.told.of("recipient"))
        if not actor or not (what or line.told.type == "holds-office"):
            continue
        office = line.told.trigger.casefold() if line.told.type in ("holds-office", "leads") else ""
        held.setdefault(actor, {}).setdefault((line.told.type, office, what, mood(line.told)), []).append(line)
    made = [
        Lane(actor, tuple(sorted((_stretch(key, told, tongue) for key, told in groups.items()), key=_begins)), links.name(actor))
        for actor, groups in held.items()
    ]
    return sorted(made, key=lambda lane: (-sum(len(told) for told in held[lane.name].values()), lane.name))


def _begins(stretch: Stretch) -> tuple[date, str]:
    return min(stretch.days(), default=date.max), stretch.label


def _stretch(key: tuple[str, str, str, Mood], told: Sequence[Line], tongue: Tongue) -> Stretch:
    type_, _, what, how = key
    verb = told[0].told.trigger if type_ == "holds-office" else tongue.wording.verb(type_)
    begins, ends, seen = _ends(told)
    outlets = len({line.article.outlet or line.article.id for line in told})
    note = tongue.ngettext("told by {n} outlet", "told by {n} outlets", outlets).format(n=tongue.whole(outlets))
    label = f"{verb} {what}".strip()
    return Stretch(label, begins, ends, tuple(sorted(set(seen))), how, note, links.claim(told[0].id))


def _ends(told: Sequence[Line]) -> tuple[End | None, End | None, list[date]]:
    """When it began and ended, as far as these lines say, and the days on which it was so."""
    begins: End | None = None
    ends: End | None = None
    seen: list[date] = []
    for line in told:
        time, printed = line.told.time or {}, day(line.article.published)
        first, last = day(time.get("from")), day(time.get("to"))
        word = (time.get("text") or "").casefold().split(" ")[0]
        if word in _SINCE and first:
            begins = End(first, min(last, first + timedelta(days=366)) if last else first)
        elif word in _UNTIL and first:
            ends = End(first, last or first)
        elif first and last and (last - first).days <= 366:
            seen += [first]
        if line.told.tense == "present" and printed:
            seen.append(printed)
    return begins, ends, seen


def months(told: Iterable[Judged]) -> list[Month]:
    """Claims by the month in which they were printed, and how sure they are told."""
    return by_month((date.fromordinal(claim.day), _SURENESS[_mood(claim.certainty, claim.polarity, claim.tense)]) for claim in told)


_SURENESS: dict[Mood, str] = {"told": "certain", "forecast": "possible", "denied": "denied", "unclear": "unknown"}
