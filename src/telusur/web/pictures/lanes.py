"""Lanes: who held, led or controlled what, and from when to when, each end as sure as the text makes it.

An end that no text dates fades out; one that is dated to a month or a year fades over that month or year. Nothing is drawn
longer than it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ...export.marks import escape
from ...export.wording import clean
from .drawing import (
    Days,
    Picture,
    Table,
    Tongue,
    aside,
    axis,
    cut,
    element,
    gridlines,
    key_of,
    link,
    number,
    per_cent,
    spanning,
    tip,
)

Mood = Literal["told", "forecast", "denied", "unclear"]

MOST_LANES, MOST_STRETCHES = 40, 12
FADE = 0.05
"""How much of the axis an open end fades over, where no text says when it was."""
_ROW, _BAR = 15.0, 9.0


@dataclass(frozen=True, slots=True)
class End:
    """When something began or ended: within [first, last). Both the same day where it is known to the day."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that lasted. An end that is None is not told. ``seen``: days on which texts tell of it as lasting."""

    label: str
    begins: End | None
    ends: End | None
    seen: tuple[date, ...] = ()
    mood: Mood = "told"
    note: str = ""
    href: str | None = None

    def days(self) -> list[date]:
        told = [day for end in (self.begins, self.ends) if end for day in (end.first, end.last)]
        return [*told, *self.seen]


@dataclass(frozen=True, slots=True)
class Lane:
    """All stretches of one holder, office or place."""

    name: str
    stretches: tuple[Stretch, ...]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where a stretch lies on an axis, from 0 to 1: it fades in from ``x0`` to ``x1`` and out from ``x2`` to ``x3``."""

    x0: float
    x1: float
    x2: float
    x3: float


def place(stretch: Stretch, days: Days) -> Drawn | None:
    """Where a stretch lies; None where no text dates it at all."""
    told = stretch.days()
    if not told:
        return None
    seen = [days.at(day) for day in stretch.seen]
    if stretch.begins:
        x0, x1 = days.at(stretch.begins.first), days.at(stretch.begins.last)
    else:
        x1 = min(map(days.at, told))
        x0 = x1 - FADE
    if stretch.ends:
        x2, x3 = days.at(stretch.ends.first), days.at(stretch.ends.last)
    else:
        x2 = max(x1, *seen) if seen else x1
        x3 = x2 + FADE
    if x2 < x1:  # begun and ended within one month: sure of nothing but that
        x1 = x2 = (max(x0, min(x1, x2)) + min(x3, max(x1, x2))) / 2
    return Drawn(x0, x1, x2, x3)


def lanes(rows: Sequence[Lane], tongue: Tongue, *, title: str = "", name: str = "lanes", days: Days | None = None) -> Picture:
    """Lanes over one axis. ``name`` keeps the parts of several pictures on one page apart."""
    shown = rows[:MOST_LANES]
    days = days or spanning((day for lane in shown for s in lane.stretches for day in s.days()), room=FADE * 1.3)
    title = title or tongue.gettext("Who held what, and when")
    body = "".join(_lane(lane, days, tongue) for lane in shown)
    top = aside(axis(days, tongue, 20, grid=24), height=24, class_="axis")
    drawn = fades() + top + element("ol", body, class_="lanes")
    dropped = len(rows) - len(shown) + sum(max(0, len(lane.stretches) - MOST_STRETCHES) for lane in shown)
    if dropped > 0:
        drawn += element("p", escape(tongue.gettext("{n} more stand in the table.").format(n=tongue.whole(dropped))), class_="more")
    key = key_of((
        ("told", tongue.gettext("told")), ("faded", tongue.gettext("when it began or ended is not known")),
        ("forecast", tongue.gettext("forecast")), ("denied", tongue.gettext("denied")),
    ))  # fmt: skip
    columns = (tongue.gettext("Who or what"), tongue.gettext("Holds"), tongue.gettext("From"), tongue.gettext("To"), tongue.gettext("Note"))
    return Picture(name, title, _says(shown, tongue), drawn, Table(columns, tuple(_rows(rows, tongue))), key)


def fades() -> str:
    """The fades that all lanes of all pictures use: of one name, and alike wherever they stand."""
    made = "".join(
        element("linearGradient", _stop(0, mood, "off" if way == "in" else "on") + _stop(1, mood, "on" if way == "in" else "off"), id=f"fade-{way}-{mood}")
        for mood in ("told", "forecast")
        for way in ("in", "out")
    )
    return element("svg", element("defs", made), class_="defs", width=0, height=0, aria_hidden="true", focusable="false")


def _stop(offset: int, mood: str, state: str) -> str:
    return element("stop", offset=offset, class_=f"fade-{mood} {state}")


def _lane(lane: Lane, days: Days, tongue: Tongue) -> str:
    head = element("div", element("b", link(escape(cut(lane.name, 80)), lane.href)), class_="lane-name")
    items = "".join(element("li", _label(s, tongue) + (_bar(s, days) if s.days() else "")) for s in lane.stretches[:MOST_STRETCHES])
    return element("li", head + element("ol", items))


def _label(stretch: Stretch, tongue: Tongue) -> str:
    when = span_words(stretch, tongue)
    parts = [element("span", link(escape(cut(stretch.label, 90)), stretch.href)), element("span", escape(when), class_="soft")]
    if stretch.mood != "told":
        parts.append(element("span", escape(_mood(stretch.mood, tongue)), class_="tag"))
    if stretch.note:
        parts.append(element("span", escape(clean(stretch.note)), class_="soft"))
    return element("div", " ".join(parts), class_="line")


def _bar(stretch: Stretch, days: Days) -> str:
    at = place(stretch, days)
    drawn = gridlines(days, _ROW)
    if at is not None:
        y, mood = (_ROW - _BAR) / 2, stretch.mood
        faded = "forecast" if mood == "forecast" else "told"
        if mood in ("told", "forecast"):
            drawn += _part(at.x0, at.x1, y, fill=f"url(#fade-in-{faded})") + _part(at.x2, at.x3, y, fill=f"url(#fade-out-{faded})")
            drawn += _part(at.x1, at.x2, y, class_=mood)
        else:
            drawn += _part(at.x0, max(at.x3, at.x0 + 0.01), y, class_=mood)
        for day in stretch.seen[:60]:
            drawn += element("circle", tip(day.isoformat()), cx=per_cent(days.at(day)), cy=_ROW / 2, r=2.2, class_="seen")
        if at.x0 == at.x1 and at.x2 == at.x3 and at.x3 - at.x0 < 0.012:  # so short that it would not be seen
            drawn += element("circle", cx=per_cent((at.x0 + at.x3) / 2), cy=_ROW / 2, r=4.5, class_=mood)
    return aside(drawn, height=_ROW, class_="lane")


def _part(first: float, last: float, y: float, **looks: str) -> str:
    return element("rect", x=per_cent(first), width=per_cent(max(0.0, last - first)), y=number(y), height=_BAR, **looks) if last > first else ""


def _mood(mood: Mood, tongue: Tongue) -> str:
    return {
        "told": tongue.gettext("told"), "forecast": tongue.gettext("forecast"), "denied": tongue.gettext("denied"), "unclear": tongue.gettext("not known"),
    }[mood]  # fmt: skip


def end_words(end: End | None, tongue: Tongue) -> str:
    """``17 Apr 2017``, ``Apr 2017``, ``2017``, or two days with a dash; "?" where it is not told."""
    if end is None:
        return "?"
    long = (end.last - end.first).days
    if long <= 1:
        return tongue.day(end.first)
    if end.first.day == 1 and 28 <= long <= 31:
        return tongue.month(end.first)
    if (end.first.month, end.first.day) == (1, 1) and 365 <= long <= 366:
        return str(end.first.year)
    return f"{tongue.day(end.first)} – {tongue.day(date.fromordinal(end.last.toordinal() - 1))}"


def span_words(stretch: Stretch, tongue: Tongue) -> str:
    """When, in words; what no text tells stays open."""
    if stretch.begins is None and stretch.ends is None:
        if not stretch.seen:
            return tongue.gettext("no date")
        first, last = min(stretch.seen), max(stretch.seen)
        told = tongue.day(first) if first == last else f"{tongue.day(first)} – {tongue.day(last)}"
        return tongue.gettext("told as so: {when}").format(when=told)
    return f"{end_words(stretch.begins, tongue)} → {end_words(stretch.ends, tongue)}"


def _rows(rows: Sequence[Lane], tongue: Tongue) -> Iterable[tuple[str, ...]]:
    for lane in rows[: 10 * MOST_LANES]:
        for s in lane.stretches[: 10 * MOST_STRETCHES]:
            told = span_words(s, tongue) if s.begins is None and s.ends is None else ""
            mood = "" if s.mood == "told" else _mood(s.mood, tongue)
            note = " · ".join(filter(None, (mood, clean(s.note), told)))
            yield clean(lane.name), clean(s.label), end_words(s.begins, tongue), end_words(s.ends, tongue), note


def _says(rows: Sequence[Lane], tongue: Tongue) -> str:
    many = sum(len(lane.stretches) for lane in rows)
    if not many:
        return tongue.gettext("Nothing is told of who held what.")
    open_ = sum((s.begins is None) + (s.ends is None) for lane in rows for s in lane.stretches)
    said = tongue.ngettext("{n} stretch of time in {lanes} lanes.", "{n} stretches of time in {lanes} lanes.", many)
    said = said.format(n=tongue.whole(many), lanes=tongue.whole(len(rows)))
    return f"{said} " + tongue.gettext("Ends that no text dates: {n}.").format(n=tongue.whole(open_))
