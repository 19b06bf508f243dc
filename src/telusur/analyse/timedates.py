"""Days, months, years and hours by the calendar: ``Senin (17/4/2017) malam``, ``10-11 Juni``, ``pukul 14.30 WIB``.

A date is read as a chain of parts, each at most once: part of the day, ``hari ini``, the day's name, the date (in
brackets or not), its direction (``lalu``), the hour. What is printed stands; nothing is checked or filled in here.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from .timehours import clock_at, early, part_of_day, shift_at, to_24
from .timemeaning import Calendar, Fixed, Meaning, Range
from .timewords import Words, lexicon
from .timeyears import decade_at, double_year, month_year, with_year, year_at

_UNTIL = ("-", "–", "—", "hingga", "sampai", "s")
_ABOUT = ("sekitar", "sekira", "sekitaran", "kira", "tepatnya")


def read_date(words: Words, at: int) -> tuple[Meaning, int] | None:
    """The longest date, time of day or year that begins at ``at``, and the word after it."""
    fixed = decade_at(words, at) or double_year(words, at) or _day_range(words, at)
    if fixed is not None:
        return fixed
    found = _read_one(words, at)
    if found is None:
        return None
    first, after = found
    if first.day and first.month and first.year is None and words.at(after) == "sebagai" and words.at(after + 1) == "hari":
        return Fixed("DATE", f"XXXX-{first.month:02d}-{first.day:02d}"), after  # "10 Juni sebagai Hari Pasar": every year
    return _read_range(words, at, first, after) or found


def skip_place(words: Words, at: int) -> int:
    """The word after a date that names a place, a school or a rite (``Jalan 10 November``, ``salat Jumat``), or ``at``."""
    if words.at(at - 1) not in lexicon("name-head") or not (words.capital(at - 1) or words.known("weekday", at)):
        return at
    found = _read_one(words, at)
    return found[1] if found and not found[0].part and not found[0].clock else at


def _read_one(words: Words, at: int) -> tuple[Calendar, int] | None:
    chain = _Chain(words, at)
    chain.follow()
    if chain.made is not None:
        return chain.made, chain.after
    mod = words.mod(at)
    if mod:
        found = month_year(words, at + 1) or year_at(words, at + 1, led=True)
        return (replace(found[0], mod=mod), found[1]) if found else None
    return month_year(words, at) or year_at(words, at, led=False)


def _read_range(words: Words, at: int, first: Calendar, after: int) -> tuple[Meaning, int] | None:
    """``10 Juni hingga 2 Juli``, ``2018-2022``, ``Senin-Rabu``: two dates of one grain with a word of range between."""
    i = after_until(words, after)
    if i == after or _grain(first) == "part":
        return None
    if first.year and _grain(first) == "year" and words.at(after) in ("-", "–", "—"):
        last_year = words.number(i)
        if last_year is not None and len(words.raw[i]) == 4 and first.year < last_year <= first.year + 100:
            shift, end = shift_at(words, i + 1)
            return Range(first, Calendar(year=last_year)), end if shift == -1 else i + 1
        return None
    second = _read_one(words, i)
    if second is None or _grain(second[0]) != _grain(first) or (first.mod or second[0].mod):
        return None
    last = second[0]
    if first.year is None and last.year is not None and first.deictic is None:
        first = replace(first, year=last.year)
    return Range(first, last), second[1]


def after_until(words: Words, i: int) -> int:
    """The word after ``hingga``, ``sampai dengan``, ``s.d.`` or a dash at ``i``; ``i`` where none stands there."""
    if words.at(i) not in _UNTIL:
        return i
    if words.at(i) == "s":
        if words.at(i + 1) not in (".", "/") or words.at(i + 2) != "d":
            return i
        i += 4 if words.at(i + 3) == "." else 3
    else:
        i += 1
    i += words.at(i) == "dengan"
    return i + (words.at(i) == "tanggal")


def _day_range(words: Words, at: int) -> tuple[Meaning, int] | None:
    """``10-11 Juni 2025``, ``10 hingga 16 Juni``, ``Kamis-Jumat (3-4/7/2025)``: one month for two days."""
    i, closing = at, 0
    first_name = _weekday(words, at)
    if first_name:
        j = first_name[1]
        second_name = _weekday(words, j + 1) if words.at(j) in _UNTIL or words.at(j) == "dan" else None
        i = second_name[1] if second_name else j
        if words.at(i) == "(":
            i, closing = i + 1, 1
        elif words.at(i) == ",":
            i += 1
    day = words.number(i)
    if day is None or not 1 <= day <= 31 or (words.touches(i) and words.at(i - 1) in ("/", ".", ",")):
        return None
    joined = words.at(i + 1) == "dan"
    second = i + 2 if joined else after_until(words, i + 1)
    found = full_date(words, second) or (_slashed(words, second) if closing else None)
    if second == i + 1 or found is None or not found[0].valid or found[0].day is None or found[0].day <= day:
        return None
    if joined and found[0].day != day + 1:
        return None  # "10 dan 16 Juni" are two days, not a stretch
    if closing and words.at(found[1]) != ")":
        return None
    last, after = found[0], found[1] + closing
    first = replace(last, day=day, weekday=first_name[0].weekday if first_name and i > first_name[1] + 1 else None)
    if last.year is None:
        shift, after = shift_at(words, after)
        first, last = replace(first, shift=shift), replace(last, shift=shift)
    return Range(replace(first, weekday=None), last), after


def _grain(one: Calendar) -> str:
    if one.clock:
        return "clock"
    if one.part:
        return "part"
    if one.names_day:
        return "day"
    return "month" if one.month is not None else "year"


class _Chain:
    """The parts of one date, gathered word by word."""

    def __init__(self, words: Words, at: int) -> None:
        self.words = words
        self.begin = at
        self.after = at
        self.made: Calendar | None = None
        self.spoken = False
        """Whether ``besok`` or ``kemarin`` has been read after the date (``Kamis (7/8/2025) besok``)."""

    def follow(self) -> None:
        """Take part after part as long as each is new and may stand there."""
        self._lead()
        while self.made is not None and self._one_more():
            pass

    def _put(self, part: Calendar, after: int) -> bool:
        """Lay ``part`` over what is there; False where it says again what is said."""
        if self.made is None:
            self.made, self.after = part, after
            return True
        new = {f.name: said for f in fields(part) if (said := getattr(part, f.name)) is not None and said is not True}
        if any(getattr(self.made, name) is not None and name != "valid" for name in new):
            return False
        self.made, self.after = replace(self.made, **new), after
        return True

    def _lead(self) -> None:
        words, at = self.words, self.begin
        for read in (part_of_day, _day_lead, _weekday, full_date, clock_at):
            found = read(words, at)
            if found is not None:
                self._put(*found)
                return

    def _one_more(self) -> bool:
        words, i, made = self.words, self.after, self.made
        assert made is not None
        comma = words.at(i) == ","
        opening = i + 1 if comma and made.weekday else i
        if words.at(opening) == "(" and self._bracket(opening):
            return True
        j = i + 1 if comma else i
        if made.year is None and made.month is None and not made.clock:
            for read in (_weekday, full_date):
                if read is _weekday and (made.weekday or made.day):
                    continue
                found = read(words, j)
                if found is not None and (not comma or found[0].day or made.part or made.deictic is not None) and self._put(*found):
                    return True
        if not made.clock and (made.names_day or made.part):
            j += words.at(j) in _ABOUT
            j += 2 if words.at(j) == "-" and words.at(j + 1) == "kira" else 0
            clock = clock_at(words, j)
            if clock is not None:
                made_part = made.part
                if made_part:
                    self.made = replace(made, part=None)
                    clock = (replace(clock[0], clock=to_24(clock[0].clock or "", made_part)), clock[1])
                if self._put(*clock):
                    return True
                self.made = made
        return not comma and self._suffix(i)

    def _suffix(self, i: int) -> bool:
        """Part of the day, ``lalu``, ``besok``, ``pekan depan`` after a day."""
        words, made = self.words, self.made
        assert made is not None
        if made.names_day and not made.part and not made.clock and (part := words.known("part", i) or early(words, i)):
            after = i + 2 if words.at(i) == "dini" or words.at(i + 1) == "hari" else i + 1
            return self._put(Calendar(part=part), after + (words.at(after) == "tadi"))
        if words.known("day-lead", i) and made.names_day and made.deictic is None and made.shift is None and not self.spoken:
            self.spoken = True
            if words.at(i) == "kemarin" or made.weekday or made.day:
                self.after = i + 1
                if made.day is None and made.weekday:
                    self.made = replace(made, shift=-1 if words.at(i) == "kemarin" else 1)
                return True
        if words.at(i) in ("pekan", "minggu") and made.weekday and made.day is None and made.week_shift is None:
            shift, after = shift_at(words, i + 1)
            if shift is not None:
                return self._put(Calendar(week_shift=shift), after)
        if made.shift is None and made.deictic is None and not made.clock:
            shift, after = shift_at(words, i)
            if shift is not None and not (made.part and not made.names_day and words.at(i) not in ("ini", "nanti", "tadi", "kemarin")):
                return self._put(Calendar(shift=shift), after)
            if words.at(i) in ("sebelumnya", "berikutnya") and made.weekday and made.day is None:
                return self._put(Calendar(shift=-1 if words.at(i) == "sebelumnya" else 1), i + 1)
        if made.part and not made.names_day and words.at(i) == "tadi":
            return self._put(Calendar(deictic=0), i + 1)
        return False

    def _bracket(self, i: int) -> bool:
        """A date, day or hour in brackets. Brackets that hold anything else end the chain."""
        words, made = self.words, self.made
        assert made is not None
        if not (made.names_day or made.part) or made.day is not None:
            return False
        for read in (_slashed, full_date, _weekday, _day_lead, clock_at):
            found = read(words, i + 1)
            if found is None:
                continue
            part, after = found
            if read is _weekday and (rest := _slashed(words, after) or full_date(words, after)):
                part, after = replace(rest[0], weekday=part.weekday), rest[1]
            if words.at(after) == ")" and self._put(part, after + 1):
                return True
        return False


def _day_lead(words: Words, at: int) -> tuple[Calendar, int] | None:
    """``hari ini``, ``kemarin``, ``besok``, ``lusa``, with or without ``hari`` before or after."""
    i = at + 1 if words.at(at) == "hari" else at
    if i > at and words.at(i) == "ini":
        return Calendar(deictic=0), i + 1
    days = words.known("day-lead", i)
    if days is None or words.at(i) != words.at(i).removesuffix("nya"):
        return None
    if words.at(i + 1) == "-" and words.at(i + 2) == words.at(i):
        return None  # "kemarin-kemarin" is no day
    if words.at(i + 1) == "harinya":
        return None
    if words.at(i) == "kemarin" and words.at(i + 1) == "lusa":
        return Calendar(deictic=-2), i + 2
    after = i + 2 if i == at and words.at(i + 1) == "hari" and words.at(i) != "kemarin" else i + 1
    return Calendar(deictic=int(days)), after


def _weekday(words: Words, at: int) -> tuple[Calendar, int] | None:
    """A day's name. ``minggu`` in small letters is the week, unless ``hari`` or a date says otherwise."""
    named = words.at(at) == "hari"
    i = at + 1 if named else at
    day = words.known("weekday", i)
    if day is None or words.at(i).endswith("nya"):
        return None
    if day == "7" and not named and words.at(i + 1) != "(":
        if not words.capital(i):
            return None
        starts = i == 0 or words.at(i - 1) in (".", '"', "“", "?", "!")
        if (words.title or starts) and words.known("shift", i + 1) is not None:
            return None
        if words.at(i + 1).endswith("nya") and words.at(i + 1) not in ("sebelumnya", "berikutnya"):
            return None
        if words.known("ordinal", i + 1) or words.number(i - 1) is not None or words.known("number", i - 1):
            return None
    if not words.capital(i) and not named and words.at(i + 1) != "(" and day in ("3",):
        return None
    return Calendar(weekday=int(day)), i + 1


def full_date(words: Words, at: int) -> tuple[Calendar, int] | None:
    """``12 Juni``, ``12 Juni 2025``, ``12/6/2025``, ``2025-06-12``: a date that tells the day."""
    day = words.number(at)
    if day is None or (words.at(at - 1) in ("/", ".") and words.touches(at)):
        return None
    month = words.known("month", at + 1) or words.known("short-month", at + 1)
    if month and 1 <= day <= 31 and (words.capital(at + 1) or words.known("month", at + 1)):
        i = at + 3 if words.at(at + 2) == "." and words.known("short-month", at + 1) and words.year(at + 3) else at + 2
        return with_year(words, Calendar(day=day, month=int(month)), i)
    if (year := words.year(at)) and words.at(at + 1) == "-" and words.at(at + 3) == "-":
        month_number, day_number = words.number(at + 2), words.number(at + 4)
        if month_number and day_number and month_number <= 12 and day_number <= 31:
            return Calendar(year=year, month=month_number, day=day_number), at + 5
    found = _slashed(words, at)
    return found if found and found[0].year is not None and found[0].valid else None


def _slashed(words: Words, at: int) -> tuple[Calendar, int] | None:
    """``29/3``, ``17/4/2017``, ``17-4-2017``; also what slips at the keyboard: ``18/102025``, ``18/6/225``."""
    day, month = words.number(at), words.number(at + 2)
    mark = words.at(at + 1)
    if day is None or month is None or mark not in ("/", "-", ".") or len(words.raw[at]) > 2:
        return None
    if len(words.raw[at + 2]) == 6 and mark == "/":
        month, year, after = month // 10_000, month % 10_000, at + 3
        return _checked(day, month, year if 1900 <= year <= 2100 else None, after)
    if len(words.raw[at + 2]) > 2:
        return None
    year_text = words.printed(at + 4) if words.at(at + 3) == mark else ""
    if year_text.isdecimal() and len(year_text) in (2, 3, 4):
        full = int(year_text) if len(year_text) == 4 else 2000 + int(year_text) if len(year_text) == 2 else None
        return _checked(day, month, full, at + 5)
    if mark != "/":
        return None
    return _checked(day, month, None, at + 4 if words.at(at + 3) == "/" else at + 3)


def _checked(day: int, month: int, year: int | None, after: int) -> tuple[Calendar, int]:
    try:
        date(year or 2024, month, day)
    except ValueError:
        return Calendar(year=year, month=month, day=day, valid=False), after
    return Calendar(year=year, month=month, day=day), after
