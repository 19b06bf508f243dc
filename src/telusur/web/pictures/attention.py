"""Attention: how much was printed, and how much of it was new. Pale bars are copies, dark ones texts of their own, a dot a
new origin: somebody who knows of themselves and had not been heard before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .drawing import Days, Picture, Table, Tongue, axis, element, key_of, number, per_cent, svg, text, tip

Unit = Literal["day", "week", "month", "year"]

MOST_BARS = 62
MOST_DRAWN = 300
"""Of more periods the latest are drawn; `by_period` gives no more than `MOST_BARS` or so."""
_HEIGHT, _FLOOR, _TOP = 190.0, 160.0, 34.0


@dataclass(frozen=True, slots=True)
class Period:
    """What was printed from ``first`` on, for a day, a week, a month or a year."""

    first: date
    copies: int
    originals: int
    new_origins: int = 0


@dataclass(frozen=True, slots=True)
class Printed:
    """An article's day, and whether its text is a copy; ``origins``: origins first heard in it."""

    day: date
    copy: bool
    origins: int = 0


def by_period(printed: Iterable[Printed]) -> tuple[Unit, list[Period]]:
    """Articles counted by the finest unit that gives no more than `MOST_BARS` bars; empty periods are there too."""
    rows = list(printed)
    if not rows:
        return "day", []
    first, last = min(row.day for row in rows), max(row.day for row in rows)
    days = (last - first).days + 1
    unit: Unit = "day" if days <= MOST_BARS else "week" if days <= 7 * MOST_BARS else "month" if days <= 30 * MOST_BARS else "year"
    counts: dict[date, list[int]] = {}
    at = _floor(first, unit)
    while at <= last and len(counts) < 10 * MOST_BARS:
        counts[at] = [0, 0, 0]
        at = _next(at, unit)
    for row in rows:
        told = counts.setdefault(_floor(row.day, unit), [0, 0, 0])
        told[0 if row.copy else 1] += 1
        told[2] += row.origins
    return unit, [Period(day, *told) for day, told in sorted(counts.items())]


def _floor(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day if unit == "day" else day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _next(day: date, unit: Unit) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=1 if unit == "day" else 7)
    if unit == "month":
        return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)
    return day.replace(year=day.year + 1)


def attention(unit: Unit, periods: Sequence[Period], tongue: Tongue, *, title: str = "") -> Picture:
    """Copies against originals over time."""
    periods = periods[-MOST_DRAWN:]
    most = max((p.copies + p.originals for p in periods), default=0)
    title = title or tongue.gettext("Copies and originals over time")
    says = _says(periods, tongue)
    drawn = _scale(most, tongue) + "".join(_bar(n, p, len(periods), most, unit, tongue) for n, p in enumerate(periods))
    if periods:
        drawn += element("line", x1="0%", x2="100%", y1=_FLOOR, y2=_FLOOR, class_="base")
        drawn += _ticks(periods, unit, tongue)
    columns = (tongue.gettext("From"), tongue.gettext("Copies"), tongue.gettext("Originals"), tongue.gettext("New origins"))
    table = Table(columns, tuple((p.first.isoformat(), p.copies, p.originals, p.new_origins) for p in periods))
    samples = [("copy", tongue.gettext("copies")), ("original", tongue.gettext("texts of their own")), ("new", tongue.gettext("a new origin"))]
    key = key_of(samples if any(p.new_origins for p in periods) else samples[:2])
    return Picture("attention", title, says, svg(drawn, title, says, height=_HEIGHT), table, key)


def _bar(n: int, period: Period, many: int, most: int, unit: Unit, tongue: Tongue) -> str:
    slot = 1 / many
    gap = slot * (0.3 if many > 12 else 0.4)
    x, width = per_cent(n * slot + gap / 2), per_cent(slot - gap)
    own, copied = (_tall(count, most) for count in (period.originals, period.copies))
    drawn = ""
    if period.copies:
        drawn += element("rect", x=x, width=width, y=_FLOOR - own - copied, height=copied, class_="copy")
    if period.originals:
        drawn += element("rect", x=x, width=width, y=_FLOOR - own, height=own, class_="original")
    if period.new_origins:
        above, middle = _FLOOR - own - copied - 9, per_cent((n + 0.5) * slot)
        drawn += element("circle", cx=middle, cy=above, r=4, class_="new")
        if period.new_origins > 1 and many <= 20:
            drawn += text(str(period.new_origins), middle, above - 7, class_="small", anchor="middle")
    when = tongue.day(period.first) if unit in ("day", "week") else tongue.month(period.first) if unit == "month" else str(period.first.year)
    words = tongue.gettext("{when}: {copies} copies, {originals} originals")
    if period.new_origins:
        words = tongue.gettext("{when}: {copies} copies, {originals} originals, {origins} new origins")
    told = words.format(when=when, copies=period.copies, originals=period.originals, origins=period.new_origins)
    return element("g", tip(told) + drawn) if drawn else ""


def _tall(count: int, most: int) -> float:
    return round((_FLOOR - _TOP) * count / most, 1) if most else 0.0


def _scale(most: int, tongue: Tongue) -> str:
    """One or two lines to read heights by."""
    if not most:
        return ""
    step = next(s * 10**e for e in range(12) for s in (1, 2, 5) if most / (s * 10**e) <= 4)
    drawn = []
    for value in range(step, most + 1, step):
        y = _FLOOR - _tall(value, most)
        drawn.append(element("line", x1="0%", x2="100%", y1=number(y), y2=number(y), class_="grid"))
        drawn.append(text(tongue.whole(value), 0, y - 3, class_="tick"))
    return "".join(drawn)


def _ticks(periods: Sequence[Period], unit: Unit, tongue: Tongue) -> str:
    return axis(Days(periods[0].first, _next(periods[-1].first, unit)), tongue, _HEIGHT - 8, grid=_FLOOR)


def _says(periods: Sequence[Period], tongue: Tongue) -> str:
    copies, originals = sum(p.copies for p in periods), sum(p.originals for p in periods)
    if not copies + originals:
        return tongue.gettext("Nothing was printed in this time.")
    busiest = max(periods, key=lambda p: p.copies + p.originals)
    said = tongue.gettext("{copies} copies and {originals} texts of their own; most from {day} on: {most}.").format(
        copies=tongue.whole(copies), originals=tongue.whole(originals), day=tongue.day(busiest.first), most=tongue.whole(busiest.copies + busiest.originals)
    )
    origins = sum(p.new_origins for p in periods)
    return said + (" " + tongue.gettext("New origins: {n}.").format(n=tongue.whole(origins)) if origins else "")
