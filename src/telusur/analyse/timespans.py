"""From a TIMEX3 value to the interval it means, and sums of days that stay inside the calendar.

Intervals are ``[from, to)`` in ISO 8601 dates. Conventions, where the language sets no bounds: the start, middle and
end of a month are its days 1-10, 11-20 and 21 to the last; of a year January-April, May-August and
September-December; of a week Monday-Tuesday, Wednesday-Thursday and Friday-Sunday; of anything else its thirds.
``akhir pekan`` is Saturday and Sunday.
"""

from __future__ import annotations

from datetime import date, timedelta

from ..model.layers import TimeMod

_FIRST, _LAST = date(1, 1, 8), date(9998, 12, 20)


def interval(value: str, mod: TimeMod | None) -> tuple[str | None, str | None]:
    """``[from, to)`` of a DATE value as ISO 8601 dates; None twice where the value has no bounds."""
    if "/" in value:
        first, last = value.split("/", 1)
        return interval(first, None)[0], interval(last, None)[1]
    bounds = _bounds(value)
    if bounds is None:
        return None, None
    start, end = bounds
    if mod in ("START", "MID", "END"):
        start, end = _third(value, start, end, mod)
    return start.isoformat(), end.isoformat()


def _bounds(value: str) -> tuple[date, date] | None:
    try:
        if len(value) == 2 and value.isdigit():
            return date(max(1, int(value) * 100), 1, 1), date(int(value) * 100 + 100, 1, 1)
        if len(value) == 3 and value.isdigit():
            return date(max(1, int(value) * 10), 1, 1), date(int(value) * 10 + 10, 1, 1)
        if not value[:4].isdigit() or (len(value) > 4 and value[4] != "-"):
            return None
        year, rest = int(value[:4]), value[5:]
        if not rest:
            return date(year, 1, 1), date(year + 1, 1, 1)
        if rest[0] == "W" and rest[1:3].isdigit():
            monday = date.fromisocalendar(year, int(rest[1:3]), 1)
            return (plus(monday, 5) if rest.endswith("WE") else monday), plus(monday, 7)
        if rest[0] in "QH" and rest[1:].isdigit():
            size = 3 if rest[0] == "Q" else 6
            return _month_span(year, (int(rest[1]) - 1) * size + 1, size)
        if len(rest) == 2 and rest.isdigit():
            return _month_span(year, int(rest), 1)
        if len(rest) == 5:
            day = date.fromisoformat(value)
            return day, plus(day, 1)
    except ValueError:
        return None
    return None


def _month_span(year: int, month: int, size: int) -> tuple[date, date]:
    after = year * 12 + month - 1 + size
    return date(year, month, 1), date(after // 12, after % 12 + 1, 1)


def _third(value: str, start: date, end: date, mod: str) -> tuple[date, date]:
    if len(value) == 7 and value[5:].isdigit():
        cuts = (start, start.replace(day=11), start.replace(day=21), end)
    elif len(value) == 4:
        cuts = (start, start.replace(month=5), start.replace(month=9), end)
    elif "W" in value:
        cuts = (start, plus(start, 2), plus(start, 4), end)
    else:
        size = (end - start).days
        cuts = (start, plus(start, size // 3), plus(start, 2 * size // 3), end)
    at = {"START": 0, "MID": 1, "END": 2}[mod]
    return cuts[at], cuts[at + 1]


def plus(day: date, days: int) -> date:
    """``day`` and so many days on, held inside the calendar that Python knows."""
    if days > (_LAST - day).days:
        return _LAST
    if days < (_FIRST - day).days:
        return _FIRST
    return day + timedelta(days)


def make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
