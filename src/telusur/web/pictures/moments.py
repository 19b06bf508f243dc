"""The timeline: what happened when, each as exact as the text is.

A day is a dot, a month or a year a bar as long as the month or year, an end that is not told fades out. What has no date
stands apart, below; no date is ever made up.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    per_cent,
    spanning,
)
from .lanes import FADE, fades

Mood = Literal["told", "forecast", "denied", "unclear"]
SIGNS = {"told": "◆", "forecast": "◇", "denied": "⊘", "unclear": "○"}

MOST_EVENTS = 120
_ROW = 16.0
_LONGEST = 220


@dataclass(frozen=True, slots=True)
class Event:
    """Something told to have happened within [first, last); ``last`` None where its end is not told, both None where no date is.
    ``when``: the text's own granularity in words; ``source``: on whose word, where; ``basis``: how the date was found."""

    label: str
    first: date | None
    last: date | None
    when: str = ""
    mood: Mood = "told"
    about: bool = False
    source: str = ""
    place: str = ""
    href: str | None = None

    @property
    def long(self) -> int | None:
        """Days that it may have been on; None where unknown."""
        return (self.last - self.first).days if self.first and self.last else None


def timeline(events: Sequence[Event], tongue: Tongue, *, title: str = "", days: Days | None = None) -> Picture:
    """Events in the order of time, each with its own stretch of one axis; those without a date at the end."""
    shown = events[:MOST_EVENTS]
    dated = sorted((e for e in shown if e.first), key=lambda e: (e.first or date.min, e.long or 0))
    undated = [e for e in shown if not e.first]
    days = days or spanning(day for e in dated for day in (e.first, e.last))
    title = title or tongue.gettext("What happened when")
    drawn = ""
    if dated:
        top = aside(axis(days, tongue, 20, grid=24), height=24, class_="axis")
        drawn = fades() + top + element("ol", "".join(_item(e, days, tongue) for e in dated), class_="moments")
    if undated:
        drawn += element("h3", escape(tongue.ngettext("Without a date: {n}", "Without a date: {n}", len(undated)).format(n=tongue.whole(len(undated)))))
        drawn += element("ol", "".join(element("li", _words(e, tongue)) for e in undated), class_="moments undated")
    columns = (tongue.gettext("What"), tongue.gettext("When"), tongue.gettext("From"), tongue.gettext("Before"), tongue.gettext("Exact to"), tongue.gettext("How sure"), tongue.gettext("Place"), tongue.gettext("On whose word"))
    table = Table(columns, tuple(_row(e, tongue) for e in (*dated, *undated)))
    key = key_of((
        ("day", tongue.gettext("a day")), ("span", tongue.gettext("sometime within")), ("faded", tongue.gettext("end not told")),
    )) + element("p", " · ".join(f"{SIGNS[m]} {escape(_mood(m, tongue))}" for m in ("told", "forecast", "denied", "unclear")), class_="signs")  # fmt: skip
    return Picture("moments", title, _says(dated, undated, tongue), drawn, table, key)


def exactness(event: Event, tongue: Tongue) -> str:
    """How exact the date is: to the day, month, year, some other stretch, or not known."""
    long = event.long
    if event.first is None:
        return tongue.gettext("not known")
    if long is None:
        return tongue.gettext("end not told")
    if long <= 1:
        return tongue.gettext("a day")
    if event.first.day == 1 and 28 <= long <= 31:
        return tongue.gettext("a month")
    if (event.first.month, event.first.day) == (1, 1) and 365 <= long <= 366:
        return tongue.gettext("a year")
    return tongue.ngettext("{n} day", "{n} days", long).format(n=tongue.whole(long))


def _mood(mood: Mood, tongue: Tongue) -> str:
    return {
        "told": tongue.gettext("told as happened"), "forecast": tongue.gettext("forecast or possible"), "denied": tongue.gettext("denied"),
        "unclear": tongue.gettext("not known whether"),
    }[mood]  # fmt: skip


def _item(event: Event, days: Days, tongue: Tongue) -> str:
    return element("li", _words(event, tongue) + aside(gridlines(days, _ROW) + _mark(event, days), height=_ROW, class_="lane"), class_=event.mood)


def _words(event: Event, tongue: Tongue) -> str:
    when = clean(event.when) or (tongue.day(event.first) if event.first else tongue.gettext("no date"))
    sign = element("span", SIGNS[event.mood] + ("~" if event.about else ""), class_="sign", title=_mood(event.mood, tongue), aria_hidden="true")
    parts = [
        element("span", escape(when), class_="when"), sign, element("span", escape(_mood(event.mood, tongue)), class_="out"),
        element("span", link(escape(cut(event.label, _LONGEST)), event.href), class_="what"),
    ]  # fmt: skip
    if event.place:
        parts.append(element("span", escape(cut(event.place, 60)), class_="place"))
    if event.source:
        parts.append(element("span", escape(cut(event.source, 120)), class_="soft"))
    return element("div", " ".join(parts), class_="line")


def _mark(event: Event, days: Days) -> str:
    assert event.first is not None
    at, middle, mood = days.at(event.first), _ROW / 2, event.mood
    if event.last is None:
        faded = "forecast" if mood == "forecast" else "told"
        return (
            element("rect", x=per_cent(at), width=per_cent(FADE), y=4, height=8, fill=f"url(#fade-out-{faded})")
            + element("circle", cx=per_cent(at), cy=middle, r=4, class_=mood)
        )  # fmt: skip
    until = days.at(event.last)
    if until - at < 0.012:
        return element("circle", cx=per_cent((at + until) / 2), cy=middle, r=4.5, class_=mood)
    return element("rect", x=per_cent(at), width=per_cent(until - at), y=4, height=8, rx=4, class_=f"within {mood}")


def _row(event: Event, tongue: Tongue) -> tuple[str, ...]:
    return (
        cut(event.label, _LONGEST), clean(event.when), event.first.isoformat() if event.first else "", event.last.isoformat() if event.last else "",
        exactness(event, tongue), _mood(event.mood, tongue), clean(event.place), cut(event.source, 120),
    )  # fmt: skip


def _says(dated: Sequence[Event], undated: Sequence[Event], tongue: Tongue) -> str:
    if not dated and not undated:
        return tongue.gettext("Nothing is told of this time.")
    exact = sum((e.long or 99) <= 1 for e in dated)
    return tongue.gettext("{n} events with a date, {exact} of them to the day; {undated} without a date.").format(
        n=tongue.whole(len(dated)), exact=tongue.whole(exact), undated=tongue.whole(len(undated))
    )
