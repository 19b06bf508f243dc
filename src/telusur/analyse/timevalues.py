"""What a time expression means on a given day: from its words to a TIMEX3 value and an interval.

Values are never more exact than the words. Intervals are ``[from, to)`` in ISO 8601. Conventions, where the
language sets no bounds: the start, middle and end of a month are its days 1-10, 11-20 and 21 to the last, those of a
year January-April, May-August and September-December; of a week Monday-Tuesday, Wednesday-Thursday and
Friday-Sunday. ``akhir pekan`` is Saturday and Sunday. The morning is 00:00-12:00, the afternoon 12:00-18:00, the
night 18:00-24:00. A year without number is the one in which the date lies nearest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ..model.layers import TimeBasis, TimeMod, TimeType
from .timelengths import length_value
from .timemeaning import Calendar, Echo, Fixed, Length, Meaning, Offset, Period, Range
from .timespans import interval, make_date, plus

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PART_HOURS = {"TMO": (0, 12), "TAF": (12, 18), "TNI": (18, 24)}
_OTHER_YEAR = 120
"""Another year than the article's must be nearer by so many days: in August ``20 Januari`` is the one gone by."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value with its interval, where it came from, and what does not fit together."""

    type: TimeType
    value: str
    mod: TimeMod | None = None
    from_: str | None = None
    to: str | None = None
    basis: TimeBasis | None = "text"
    note: str | None = None
    day: date | None = None
    """The one day meant, if one: what ``pukul 14.00`` further on goes by."""


@dataclass(frozen=True, slots=True)
class Now:
    """What the words are measured from. ``anchor`` is the article's day, ``spoken`` the day of ``hari ini``."""

    anchor: date | None
    basis: TimeBasis | None
    hour: str | None = None
    spoken: date | None = None
    told: Resolved | None = None
    """The time told last in this paragraph or the one before."""
    told_day: date | None = None
    """The last day told in the article so far."""
    told_ago: int = 99
    """So many paragraphs ago ``told`` was told: 0 for this one."""
    day_ago: int = 99
    """The same for ``told_day``."""


def resolve(meaning: Meaning, now: Now) -> Resolved:
    """The value and interval of ``meaning``; value "" where it cannot be known."""
    if isinstance(meaning, Fixed):
        return Resolved(meaning.type, meaning.value, meaning.mod, *interval(meaning.value, meaning.mod), note=meaning.note)
    if isinstance(meaning, Calendar):
        return _calendar(meaning, now)
    if isinstance(meaning, Range):
        return _range(meaning, now)
    if isinstance(meaning, Period):
        return _period(meaning, now)
    if isinstance(meaning, Offset):
        return _offset(meaning, now)
    if isinstance(meaning, Length):
        return _length(meaning, now)
    return _echo(meaning, now)


def _unknown(type_: TimeType, mod: TimeMod | None = None) -> Resolved:
    return Resolved(type_, "", mod, basis=None)


def _calendar(one: Calendar, now: Now) -> Resolved:
    type_: TimeType = "TIME" if one.part or one.clock else "DATE"
    if not one.valid:
        return replace(_unknown(type_), note="what is printed is no date of the calendar")
    if not one.names_day and type_ != "TIME":
        return _month_or_year(one, now)
    day, basis = _day_of(one, now)
    notes = _notes(one, day, now)
    if day is None:
        return _dayless(one, type_, notes)
    value = day.isoformat()
    if one.clock:
        return Resolved(type_, f"{value}T{one.clock}", None, f"{value}T{one.clock}", _clock_end(day, one.clock), basis, notes, day)
    if one.part:
        first, last = _PART_HOURS[one.part]
        to = f"{value}T{last}:00" if last < 24 else f"{plus(day, 1)}T00:00"
        return Resolved(type_, value + one.part, None, f"{value}T{first:02d}:00", to, basis, notes, day)
    return Resolved(type_, value, one.mod, *interval(value, one.mod), basis=basis, note=notes, day=day)


def _clock_end(day: date, clock: str) -> str:
    hour, minute, *second = (int(x) for x in clock.split(":"))
    total = hour * 3600 + minute * 60 + (second[0] + 1 if second else 60)
    ahead, rest = divmod(total, 86_400)
    end = f"{plus(day, ahead)}T{rest // 3600:02d}:{rest // 60 % 60:02d}"
    return f"{end}:{rest % 60:02d}" if second else end


def _dayless(one: Calendar, type_: TimeType, notes: str | None) -> Resolved:
    """What is left where the day cannot be known: the printed month and day, the weekday, the hour."""
    if one.month and one.day:
        value = f"XXXX-{one.month:02d}-{one.day:02d}"
    elif one.weekday and one.shift is None:
        value = f"XXXX-WXX-{one.weekday}"
    elif one.clock:
        return Resolved(type_, f"XXXX-XX-XXT{one.clock}", basis=None, note=notes)
    elif one.part and one.deictic is None and not one.weekday:
        return Resolved(type_, f"XXXX-XX-XX{one.part}", basis=None, note=notes)
    else:
        return replace(_unknown(type_), note=notes)
    return Resolved(type_, value + (f"T{one.clock}" if one.clock else one.part or ""), basis=None, note=notes)


def _day_of(one: Calendar, now: Now) -> tuple[date | None, TimeBasis | None]:
    """The day meant and what tells it. A printed date stands against every other sign."""
    if one.day is not None and one.month is not None:
        year: int | None = one.year
        if year is not None:
            return _slipped_year(one, now) or make_date(year, one.month, one.day), "text"
        if now.anchor is None:
            return None, None
        if one.year_shift is not None:
            return make_date(now.anchor.year + one.year_shift, one.month, one.day), now.basis
        return _nearest(one, now.anchor), now.basis
    if one.deictic is not None and one.weekday is None:
        start = now.spoken or now.anchor
        return (plus(start, one.deictic) if start else None), now.basis
    if one.weekday is not None:
        if now.anchor is None:
            return None, None
        return _weekday_near(one, now), now.basis
    if now.day_ago > 1 and not (one.clock and now.basis == "page date") and not one.told:
        return None, None  # "malam hari" far from any day may be any night
    if now.told_day is not None:
        return now.told_day, "text"
    return now.spoken or now.anchor, now.basis


def _slipped_year(one: Calendar, now: Now) -> date | None:
    """The article's year where the printed one is a slip: weekday, day and month fit the page's date, the year fits neither."""
    assert one.year is not None and one.month is not None and one.day is not None  # noqa: PT018
    if now.anchor is None or now.basis != "page date" or one.weekday is None or one.year == now.anchor.year:
        return None
    printed, meant = make_date(one.year, one.month, one.day), make_date(now.anchor.year, one.month, one.day)
    if printed is None or meant is None or printed.isoweekday() == one.weekday or meant.isoweekday() != one.weekday:
        return None
    return meant if abs((meant - now.anchor).days) <= 7 else None


def _nearest(one: Calendar, anchor: date) -> date | None:
    """The year in which day and month fit: the weekday, then the direction, then the distance decides."""
    assert one.month is not None
    assert one.day is not None
    days = [d for y in (-1, 0, 1) if (d := make_date(anchor.year + y, one.month, one.day))]
    if not days:
        return next((d for y in (-2, 2, -3, 3, -4, 4) if (d := make_date(anchor.year + y, one.month, one.day))), None)
    if one.shift == -1:
        days = [d for d in days if d <= anchor] or days
    elif one.shift == 1:
        days = [d for d in days if d >= anchor] or days

    def misfit(day: date) -> tuple[bool, int]:
        wrong_name = one.weekday is not None and day.isoweekday() != one.weekday and abs((day - anchor).days) > 45
        return wrong_name, abs((day - anchor).days) + (_OTHER_YEAR if day.year != anchor.year else 0)

    return min(days, key=misfit)


def _weekday_near(one: Calendar, now: Now) -> date | None:
    """The day of that name: the last one unless the words look ahead."""
    anchor = (now.spoken or now.anchor) if one.deictic is not None else now.anchor
    assert anchor is not None
    assert one.weekday is not None
    if one.deictic is not None:  # "Besok (Kamis)", said the day before the page came out: the name decides
        day = plus(anchor, one.deictic)
        return plus(day, (one.weekday - day.isoweekday() + 3) % 7 - 3)
    monday = plus(anchor, 1 - anchor.isoweekday())
    if one.week_shift is not None:
        return plus(monday, 7 * one.week_shift + one.weekday - 1)
    back = (anchor.isoweekday() - one.weekday) % 7
    if one.shift == 1:
        return plus(anchor, 7 - back)
    if one.shift == -1:
        return plus(anchor, -(back or 7))
    return plus(anchor, -back)


def _notes(one: Calendar, day: date | None, now: Now) -> str | None:
    """Where the printed weekday or the page's date does not agree with the printed date."""
    if day is None:
        return None
    if one.year is not None and one.day is not None and one.year != day.year:
        return f"the text prints the year {one.year}; its weekday and the page's date {now.anchor} fit {day.year} alone"
    if one.day is not None and one.weekday is not None and day.isoweekday() != one.weekday:
        return f"the text prints {_DAYS[one.weekday - 1]}, but {day.isoformat()} is a {_DAYS[day.isoweekday() - 1]}; the date stands"
    if one.deictic is not None and one.day is not None and now.anchor and day != plus(now.anchor, one.deictic):
        return f"the text speaks of a day {one.deictic:+d} from its own, the date {now.anchor.isoformat()} disagrees; the printed date stands"
    if one.year is not None and one.weekday is not None and now.anchor and abs((day - now.anchor).days) > 300:
        return f"far from the article's date {now.anchor.isoformat()}, though a weekday is printed; the date stands"
    return None


def _month_or_year(one: Calendar, now: Now) -> Resolved:
    if one.month is None:
        assert one.year is not None
        value = f"{one.year:04d}"
        return Resolved("DATE", value, one.mod, *interval(value, one.mod))
    year = one.year
    basis: TimeBasis | None = "text"
    if year is None:
        if now.anchor is None:
            return Resolved("DATE", f"XXXX-{one.month:02d}", one.mod, basis=None)
        year, basis = _year_of_month(one, now.anchor), now.basis
    value = f"{year:04d}-{one.month:02d}"
    return Resolved("DATE", value, one.mod, *interval(value, one.mod), basis=basis)


def _year_of_month(one: Calendar, anchor: date) -> int:
    assert one.month is not None
    if one.year_shift is not None:
        return anchor.year + one.year_shift
    ahead = one.month - anchor.month
    if one.shift == -1:
        return anchor.year - (ahead > 0 or (ahead == 0 and one.mod is None))
    if one.shift == 1:
        return anchor.year + (ahead < 0)
    return anchor.year + (ahead < -10) - (ahead > 8)  # in December January is the next one, in November the one gone by


def _range(both: Range, now: Now) -> Resolved:
    first, last = resolve(both.first, now), resolve(both.last, now)
    if both.first.year is None and both.last.year is not None and both.last.month is not None and both.first.month:
        first = resolve(replace(both.first, year=both.last.year), now)
    if both.last.day is not None and both.last.year is None and first.day and last.day and last.day < first.day:
        later = make_date(last.day.year + 1, last.day.month, last.day.day)
        last = resolve(replace(both.last, year=later.year), now) if later else last
    if both.last.weekday and both.last.day is None and first.day and last.day and last.day < first.day:
        later = plus(last.day, 7)  # `Senin-Jumat` on a Monday: the Friday to come
        last = replace(resolve(replace(both.last, weekday=None, year=later.year, month=later.month, day=later.day), now), basis=last.basis)
    if both.first.clock and last.day is None and first.day:
        last = resolve(both.last, replace(now, told_day=first.day))
    backwards = first.from_ is not None and last.to is not None and last.to <= first.from_
    if not first.value or not last.value or backwards:  # `hari ini hingga 11 September` where the article's day is not the one meant
        return _unknown(first.type)
    return Resolved(first.type, f"{first.value}/{last.value}", None, first.from_, last.to, last.basis, first.note or last.note, None)


def _period(one: Period, now: Now) -> Resolved:
    if one.year is None and now.anchor is None:
        return _unknown("DATE", one.mod)
    anchor = now.anchor or date(one.year or 2000, 1, 1)
    basis: TimeBasis | None = "text" if one.year is not None else now.basis
    year = one.year if one.year is not None else anchor.year
    shift = one.shift or 0
    if one.unit == "W":
        back = one.code == "WE" and one.shift is None and anchor.isoweekday() < 6
        day = plus(anchor, 7 * (shift - back))
        iso = day.isocalendar()
        value = f"{iso.year}-W{iso.week:02d}" + ("-WE" if one.code else "")
    elif one.unit == "M":
        at = anchor.year * 12 + anchor.month - 1 + shift
        value = f"{at // 12:04d}-{at % 12 + 1:02d}"
    elif one.unit == "Y":
        value = f"{year + shift:04d}"
    elif one.unit in ("Q", "HY"):
        value = f"{year + shift}-{'Q' if one.unit == 'Q' else 'H'}{one.number}"
    elif one.unit == "season":
        value = f"{_season_year(one, anchor) if one.year is None else year}-{one.code}"
    elif one.unit == "sport-season" and one.year is not None:
        value = f"{year:04d}"
    elif one.unit == "sport-season":
        start = year + shift - (one.year is None and anchor.month < 7)
        value = f"{start}/{start + 1}"
    elif one.unit == "DE":
        value = f"{(year // 10 + shift):03d}"
    elif one.unit == "CE":
        value = f"{(year // 100 + shift):02d}"
    else:
        return _unknown("DATE", one.mod)
    return Resolved("DATE", value, one.mod, *interval(value, one.mod), basis=basis)


def _season_year(one: Period, anchor: date) -> int:
    """``musim panas lalu`` is the last one that is over: in August that of the year before."""
    over = {"SP": 5, "SU": 8, "FA": 11, "WI": 2}[one.code or "SU"]
    if one.shift == -1:
        return anchor.year - (anchor.month <= over)
    return anchor.year + (one.shift == 1 and anchor.month > over)


def _offset(one: Offset, now: Now) -> Resolved:
    """A distance told in days is a day, in weeks a week, and so on; one week or hour alone is told to the day or hour."""
    hours = one.unit in ("H", "MIN", "S")
    start = now.told_day if one.from_told else now.anchor
    basis: TimeBasis | None = "text" if one.from_told else now.basis
    if one.from_told and start is None:
        start, basis = now.anchor, now.basis
    if start is None or (one.from_told and one.unit == "D" and now.day_ago > 1):
        return _unknown("TIME" if hours else "DATE")
    if hours:
        return _hours_off(one, start, now, basis)
    if one.from_told and one.unit in ("Y", "M") and now.told and now.told.value[:4].isdigit():
        start = _told_start(now.told.value) or start
    days = {"D": 1, "W": 7}.get(one.unit)
    signed = one.direction * one.count
    if days is not None:
        day = plus(start, int(signed * days))
        if one.unit == "W" and one.counted:
            iso = day.isocalendar()
            value = f"{iso.year}-W{iso.week:02d}"
            return Resolved("DATE", value, one.mod, *interval(value, one.mod), basis=basis)
        return Resolved("DATE", day.isoformat(), one.mod, *interval(day.isoformat(), None), basis=basis, day=day)
    if one.unit == "M" and abs(signed) < 12 * start.year:
        at = start.year * 12 + start.month - 1 + int(signed)
        value = f"{at // 12:04d}-{at % 12 + 1:02d}"
    elif one.unit == "Y" and 0 < start.year + signed < 9990:
        value = f"{start.year + int(signed):04d}"
    elif one.unit == "DE" and 0 < start.year + signed * 10 < 9990:
        value = f"{int(start.year + signed * 10) // 10:03d}"
    else:
        return _unknown("DATE")
    return Resolved("DATE", value, one.mod, *interval(value, one.mod), basis=basis)


def _told_start(value: str) -> date | None:
    try:
        return date(int(value[:4]), int(value[5:7]) if value[5:7].isdigit() else 1, 1)
    except ValueError:
        return None


def _hours_off(one: Offset, start: date, now: Now, basis: TimeBasis | None) -> Resolved:
    """``3 jam lalu`` can be told only where the hour of now is known."""
    if now.hour is None or one.from_told or one.count != int(one.count):
        return _unknown("TIME")
    hour, minute = int(now.hour[:2]), int(now.hour[3:5])
    size = {"H": 60, "MIN": 1, "S": 0}[one.unit]
    ahead, left = divmod(hour * 60 + minute + one.direction * int(one.count) * size, 1440)
    day = plus(start, ahead)
    clock = f"{left // 60:02d}:{left % 60:02d}"
    return Resolved("TIME", f"{day.isoformat()}T{clock}", None, f"{day.isoformat()}T{clock}", _clock_end(day, clock), basis, None, day)


def _length(one: Length, now: Now) -> Resolved:
    value = length_value(one.count, one.unit)
    if one.upper is not None:
        value = f"{value}/{length_value(one.upper, one.unit)}"
    from_ = to = None
    basis: TimeBasis | None = "text"
    if one.anchored and now.anchor and one.upper is None and one.count.isdecimal() and one.unit in ("D", "W", "M", "Y", "DE"):
        far = _shifted(now.anchor, one.unit, one.anchored * int(one.count))
        if far is not None:
            ends = sorted((far, now.anchor))
            from_, to, basis = ends[0].isoformat(), ends[1].isoformat(), now.basis
    return Resolved("DURATION", value, None, from_, to, basis)


def _shifted(day: date, unit: str, count: int) -> date | None:
    if count > 9999 or count < -9999:
        return None
    if unit in ("D", "W"):
        return plus(day, count * (7 if unit == "W" else 1))
    months = count * {"M": 1, "Y": 12, "DE": 120}[unit]
    at = day.year * 12 + day.month - 1 + months
    if not 12 <= at < 12 * 9999:
        return None
    return make_date(at // 12, at % 12 + 1, min(day.day, 28)) if day.day > 28 else make_date(at // 12, at % 12 + 1, day.day)


def _echo(one: Echo, now: Now) -> Resolved:
    told = now.told
    if one.unit in ("D",):
        day = None if one.near and now.day_ago > 1 else now.told_day
        if day is None:
            return _unknown("DATE")
        return Resolved("DATE", day.isoformat(), None, *interval(day.isoformat(), None), day=day)
    if told is None or not told.value or (one.unit is None and now.told_ago > 1):
        return _unknown("DATE")
    if one.unit is None:
        return replace(told, basis="text", note=None)
    size = {"Y": 4, "M": 7}.get(one.unit)
    if size is None or len(told.value) < size or not told.value[:4].isdigit():
        return _unknown("DATE")
    return Resolved("DATE", told.value[:size], None, *interval(told.value[:size], None))
