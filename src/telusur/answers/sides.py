"""Who tells the same, and who tells otherwise.

Comes in: lines about claims. Goes out: `Side`s: lines that tell the same of the same parties, each with the sides that cannot be
so together with it: another who leads, holds or controls the same; the same denied, or told as unclear. Nothing is decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..archive.spellings import sound_key
from ..config import Lang
from . import english, indonesian
from .lines import Line

_ONE_AT_A_TIME = frozenset({"leads", "holds-office", "controls", "capital-of"})
"""States of which an object has, as a rule, one subject. Two are shown side by side: it may also have changed."""

_MANY_HOLD = frozenset({"anggota", "menteri", "juru bicara", "wakil", "pejabat", "hakim", "utusan", "duta besar", "jaksa"})
"""Offices that several hold at once."""


@dataclass(slots=True)
class Side:
    """Lines that tell the same, the newest first. ``against``: sides that tell otherwise."""

    key: str
    about: str
    subject: str
    lines: list[Line] = field(default_factory=list)
    against: list[Side] = field(default_factory=list)

    def headline(self, lang: Lang) -> str:
        """What this side tells, without on whose word."""
        told = self.lines[0].told
        return english.sentence(told, {}, "") if lang == "en" else indonesian.sentence(told, {}, "")


def sides(lines: Iterable[Line]) -> list[Side]:
    """The sides of some lines, in the order in which they come."""
    found: dict[str, Side] = {}
    for line in lines:
        if line.kind != "claim" or line.review == "rejected":
            continue
        subject, about = _key(line, "actor"), f"{line.told.type}|{_office(line)}|{_key(line, 'recipient')}"
        told = line.told
        key = f"{about}|{subject}|{told.polarity}|{'unclear' if told.certainty == 'unknown' else 'told'}|{told.tense == 'future'}"
        found.setdefault(key, Side(key, about, subject)).lines.append(line)
    all_sides = list(found.values())
    _oppose(all_sides)
    return all_sides


def _oppose(told: list[Side]) -> None:
    by_about: dict[str, list[Side]] = {}
    for side in told:
        by_about.setdefault(side.about, []).append(side)
    for group in by_about.values():
        for side in group[:20]:
            side.against = [other for other in group[:20] if other is not side and _differ(side, other)]


def _differ(one: Side, other: Side) -> bool:
    first, second = one.lines[0].told, other.lines[0].told
    if one.subject == other.subject:
        return bool(one.subject) and (first.polarity != second.polarity or (first.certainty == "unknown") != (second.certainty == "unknown"))
    if first.type not in _ONE_AT_A_TIME or first.polarity != "positive" or second.polarity != "positive":
        return False
    named = bool(one.subject and other.subject and one.about.split("|")[2])
    return named and first.tense == second.tense and not any(word in _office(one.lines[0]) for word in _MANY_HOLD)


def _office(line: Line) -> str:
    return line.told.trigger.casefold() if line.told.type == "holds-office" else ""


def _key(line: Line, role: str) -> str:
    return "+".join(sorted(sound_key(party.shown()) for party in line.told.of(role)))
