"""Days, months, years and hours by the calendar: ``Senin (17/4/2017) malam``, ``10-11 Juni``, ``pukul 14.30 WIB``.

A date is read as a chain of parts, each at most once: part of the day, ``hari ini``, the day's name, the date (in
brackets or not), its direction (``lalu``), the hour. What is printed stands; nothing is checked or filled in here.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from .timemeaning import Calendar, Fixed, Meaning, Range
from .timewords import Words, lexicon

_UNTIL = ("-", "–", "—", "hingga", "sampai", "s")
_BEFORE_PART = frozenset(["pada", "saat", "hingga", "sejak", "sepanjang", "sampai", "menjelang", "mulai", "jelang"])
_YEAR_KINDS = ("anggaran", "ajaran", "pelajaran", "akademik", "buku", "fiskal", "pajak")
_HOUR_LEADS = ("pukul", "jam", "pkl")
_ABOUT = ("sekitar", "sekira", "sekitaran", "kira", "tepatnya")


def read_date(words: Words, at: int) -> tuple[Meaning, int] | None:
    """The longest date, time of day or year that begins at ``at``, and the word after it."""
    if words.at(at - 1) in lexicon("name-head") and (words.capital(at - 1) or words.known("weekday", at)):
        return None
    fixed = _decade(words, at) or _double_year(words, at) or _day_range(words, at)
    if fixed is not None:
        return fixed
    found = _read_one(words, at)
    if found is None:
        return None
    first, after = found
    return _read_range(words, at, first, after) or found


def _read_one(words: Words, at: int) -> tuple[Calendar, int] | None:
    chain = _Chain(words, at)
    chain.follow()
    if chain.made is not None:
        return chain.made, chain.after
    mod = words.known("mod", at)
    if mod:
        found = month_year(words, at + 1) or _year(words, at + 1, led=True)
        return (replace(found[0], mod=mod), found[1]) if found else None  # type: ignore[arg-type]
    return month_year(words, at) or _year(words, at, led=False)


def _read_range(words: Words, at: int, first: Calendar, after: int) -> tuple[Meaning, int] | None:
    """``10 Juni hingga 2 Juli``, ``2018-2022``, ``Senin-Rabu``: two dates of one grain with a word of range between."""
    i = _after_until(words, after)
    if i == after or _grain(first) == "part":
        return None
    if first.year and _grain(first) == "year" and words.at(after) in ("-", "–", "—"):
        last_year = words.number(i)
        if last_year is not None and len(words.raw[i]) == 4 and first.year < last_year <= first.year + 100:
            shift, end = _suffix(words, i + 1)
            return Range(first, Calendar(year=last_year)), end if shift == -1 else i + 1
        return None
    second = _read_one(words, i)
    if second is None or _grain(second[0]) != _grain(first) or (first.mod or second[0].mod):
        return None
    if _grain(first) in ("month", "year") and (words.at(after) in ("-", "–", "—") or first.year) is None:
        return None
    last = second[0]
    if first.year is None and last.year is not None and first.deictic is None:
        first = replace(first, year=last.year)
    return Range(first, last), second[1]


def _after_until(words: Words, i: int) -> int:
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
    second = i + 2 if joined else _after_until(words, i + 1)
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
        shift, after = _suffix(words, after)
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
        for read in (_part_lead, _day_lead, _weekday, full_date, _clock):
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
            clock = _clock(words, j)
            if clock is not None:
                made_part = made.part
                if made_part:
                    self.made = replace(made, part=None)
                    clock = (replace(clock[0], clock=_to_24(clock[0].clock or "", made_part)), clock[1])
                if self._put(*clock):
                    return True
                self.made = made
        return not comma and self._suffix(i)

    def _suffix(self, i: int) -> bool:
        """Part of the day, ``lalu``, ``besok``, ``pekan depan`` after a day."""
        words, made = self.words, self.made
        assert made is not None
        if made.names_day and not made.part and not made.clock and (part := words.known("part", i) or _early(words, i)):
            after = i + 2 if words.at(i) == "dini" or words.at(i + 1) == "hari" else i + 1
            return self._put(Calendar(part=part), after + (words.at(after) == "tadi"))
        if words.known("day-lead", i) and made.names_day and made.deictic is None and made.shift is None and not self.spoken:
            self.spoken = True
            if words.at(i) == "kemarin" or made.weekday or made.day:
                self.after = i + 1
                if made.day is None and made.weekday:
                    shift = -1 if words.at(i) == "kemarin" else 1
                    self.made = replace(made, shift=shift)
                return True
        if words.at(i) in ("pekan", "minggu") and made.weekday and made.day is None and made.week_shift is None:
            shift, after = _suffix(words, i + 1)
            if shift is not None:
                return self._put(Calendar(week_shift=shift), after)
        if made.shift is None and made.deictic is None and not made.clock:
            shift, after = _suffix(words, i)
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
        for read in (_slashed, full_date, _weekday, _day_lead, _clock):
            found = read(words, i + 1)
            if found is None:
                continue
            part, after = found
            if read is _weekday and (rest := _slashed(words, after) or full_date(words, after)):
                part, after = replace(rest[0], weekday=part.weekday), rest[1]
            if words.at(after) == ")" and self._put(part, after + 1):
                return True
        return False


def _part_lead(words: Words, at: int) -> tuple[Calendar, int] | None:
    """A part of the day that opens an expression. A bare ``malam`` is a time only where the words around say so."""
    before, word, following = words.at(at - 1), words.at(at), words.at(at + 1)
    if word == "semalam":
        return Calendar(deictic=-1, part="TNI"), at + 1
    if word in ("tadi", "nanti") and (part := words.known("part", at + 1) or _early(words, at + 1)):
        after = at + (3 if words.at(at + 1) == "dini" else 2)
        return Calendar(deictic=-1 if word == "tadi" and part == "TNI" else 0, part=part), after
    if word == "tengah" and following == "hari":
        return Calendar(clock="12:00"), at + 2
    if word == "tengah" and following == "malam":
        return Calendar(part="TNI"), at + 2
    part = words.known("part", at) or _early(words, at)
    if part is None:
        return None
    after = at + 2 if word == "dini" else at + 1
    following = words.at(after)
    if following == "hari" and word != "dini":
        return Calendar(part=part), after + 1
    if following == "tadi":
        return Calendar(deictic=-1 if part == "TNI" else 0, part=part), after + 1
    if following == "kemarin":
        return Calendar(deictic=-1, part=part), after + 1
    if following in ("ini", "nanti", "itu"):
        return Calendar(deictic=None if following == "itu" else 0, part=part, told=following == "itu" or None), after + 1
    if before in _BEFORE_PART or word in ("dini", "dinihari", "subuh") or (following == "," and words.known("weekday", after + 1)):
        return Calendar(part=part), after
    return None


def _early(words: Words, at: int) -> str | None:
    return "TMO" if words.at(at) == "dini" and words.at(at + 1) == "hari" else None


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
        return _with_year(words, Calendar(day=day, month=int(month)), i)
    if (year := words.year(at)) and words.at(at + 1) == "-" and words.at(at + 3) == "-":
        month_number, day_number = words.number(at + 2), words.number(at + 4)
        if month_number and day_number and month_number <= 12 and day_number <= 31:
            return Calendar(year=year, month=month_number, day=day_number), at + 5
    found = _slashed(words, at)
    return found if found and found[0].year is not None and found[0].valid else None


def _with_year(words: Words, one: Calendar, i: int) -> tuple[Calendar, int]:
    """``one`` with the year that stands at ``i``, if any (``2025``, ``tahun lalu``)."""
    j = i + 1 if words.at(i) in ("tahun", "di") else i
    j += words.at(j) == "tahun" and words.at(i) == "di"
    if (year := words.year(j)) is not None:
        return replace(one, year=year), j + 1
    if words.at(i) == "tahun":
        shift, after = _suffix(words, i + 1)
        if shift is not None:
            return replace(one, year_shift=shift), after
    return one, i


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


def month_year(words: Words, at: int) -> tuple[Calendar, int] | None:
    """``Maret``, ``bulan Maret lalu``, ``Maret 2017``, ``November di 2020``."""
    i = at + 1 if words.at(at) == "bulan" else at
    month = words.known("month", i)
    led = i > at or words.known("mod", at - 1) is not None
    if month is None or not (words.capital(i) or led) or words.at(i).endswith("nya"):
        return None
    one, after = _with_year(words, Calendar(month=int(month)), i + 1)
    if one.year is None and not led and _is_name(words, i):
        return None
    shift, end = _suffix(words, after)
    return (replace(one, shift=shift), end) if shift is not None else (one, after)


def _is_name(words: Words, i: int) -> bool:
    """A month's name beside another capital is a person's (``Raja Juli Antoni``), a school's, a firm's."""
    before = words.capital(i - 1) and words.end[i - 1] + 1 >= words.start[i] and words.at(i - 1) not in lexicon("year-lead")
    after = words.capital(i + 1) and words.start[i + 1] <= words.end[i] + 1
    personal = words.at(i) in ("april", "mei", "juni", "juli")
    if words.title:
        return before and after and personal
    opens = i < 2 or words.at(i - 2) in (".", '"', "“", "?", "!", ":")
    return words.at(i - 1) == "sebelas" or (before and not opens and words.at(i) in ("juli", "april", "mei")) or (after and personal)


def _year(words: Words, at: int, led: bool) -> tuple[Calendar, int] | None:
    """``tahun 2014 lalu``, or a bare ``2014`` where the words around make it a year."""
    named = words.at(at) in ("tahun", "thn")
    i = at + 1 if named else at
    if named and words.at(i) in _YEAR_KINDS:
        i += 2 if words.at(i + 1) == "baru" else 1
    year = words.year(i)
    if year is None or (named and not words.title and words.capital(at) and words.capital(at - 1)):
        return None  # "Program Bantuan Sosial Tahun 2025" is a name
    if not named and not (led and year >= 1900) and not _is_year(words, i):
        return None
    shift, after = _suffix(words, i + 1)
    return (Calendar(year=year, shift=shift), after) if shift is not None else (Calendar(year=year), i + 1)


def _decade(words: Words, at: int) -> tuple[Meaning, int] | None:
    """``tahun 1990-an``, ``era 80-an``, ``abad ke-20``."""
    mod = words.known("mod", at)
    i = at + 1 if mod else at
    if words.at(i) == "abad":
        j = i + 3 if words.at(i + 1) == "ke" and words.at(i + 2) == "-" else i + 1
        number = words.number(j) or int(words.known("roman", j) or 0)
        return (Fixed("DATE", f"{number - 1:02d}", mod), j + 1) if 1 <= number <= 21 else None  # type: ignore[arg-type]
    i += words.at(i) in ("tahun", "era", "dekade", "dasawarsa")
    digits = words.printed(i)
    j = i + 1 + (words.at(i + 1) == "-")
    if not digits.isdecimal() or words.at(j) != "an" or not words.touches(j) or not digits.endswith("0"):
        return None
    if len(digits) == 4 and digits[:2] in ("17", "18", "19", "20"):
        return Fixed("DATE", digits[:3], mod), j + 1  # type: ignore[arg-type]
    if len(digits) == 2 and i > at + bool(mod) and int(digits) >= 20:
        return Fixed("DATE", f"19{digits[0]}", mod), j + 1  # type: ignore[arg-type]
    return None


def _double_year(words: Words, at: int) -> tuple[Meaning, int] | None:
    """``tahun ajaran 2025/2026``: a year that begins in one and ends in the next."""
    if words.at(at) != "tahun":
        return None
    i = at + 1
    if words.at(i) in _YEAR_KINDS:
        i += 2 if words.at(i + 1) == "baru" else 1
    first = words.year(i)
    if first is None or words.at(i + 1) != "/" or words.year(i + 2) != first + 1:
        return None
    return Fixed("DATE", f"{first}/{first + 1}"), i + 3


def _is_year(words: Words, i: int) -> bool:
    """Whether four bare digits are a year: by the word before, and not a count by the word after."""
    if not 1900 <= int(words.raw[i]) <= 2100 or words.at(i + 1) in lexicon("counted"):
        return False
    if words.at(i + 1) in ("/", ".", ",", ":") and words.touches(i + 1) and words.touches(i + 2) and words.number(i + 2) is not None:
        return False
    if words.at(i + 1) in ("ribu", "juta", "miliar", "triliun", "%"):
        return False
    before = words.at(i - 1)
    if before in lexicon("year-lead") and (words.title or not words.printed(i - 1).isupper()):
        return True
    if before == "(":
        return words.at(i + 1) in (")", "-", "–", "—", ",", ";")
    if before in ("dan", "atau", ",", "hingga", "sampai") and i >= 2:
        return words.year(i - 2) is not None or (words.at(i - 2) not in lexicon("counted") and before != "," and words.capital(i - 2) is False)
    if not before.isalpha() or (words.capital(i - 1) and not words.title):
        return False
    return before not in lexicon("not-year-lead") and not any(words.at(j) in lexicon("event") for j in range(i - 3, i))


def _suffix(words: Words, i: int) -> tuple[int | None, int]:
    """``lalu`` -1, ``ini`` 0, ``mendatang`` 1 at ``i``, with ``yang`` before or not."""
    if words.at(i) == "yang":
        if words.at(i + 1) in ("lalu", "silam"):
            return -1, i + 2
        if words.at(i + 1) == "akan" and words.at(i + 2) in ("datang", "mendatang"):
            return 1, i + 3
        return None, i
    meaning = words.known("shift", i)
    if meaning is None or words.at(i).endswith("nya"):
        return None, i
    return int(meaning), i + 1


def _clock(words: Words, at: int) -> tuple[Calendar, int] | None:
    """``pukul 14.30 WIB``, ``jam 9 pagi``, ``09.00 WIB``: hours need their word, their zone or their part of the day."""
    led = words.at(at) in _HOUR_LEADS
    i = at + 1 if led else at
    i += led and words.at(i) == "."
    hour = words.number(i)
    if hour is None or hour > 24 or len(words.raw[i]) > 2:
        return None
    after, text = i + 1, f"{hour:02d}:00"
    if words.at(after) in (".", ":") and words.touches(after) and words.touches(after + 1) and len(words.printed(after + 1)) == 2:
        minute = words.number(after + 1)
        if minute is None or minute > 59:
            return None
        text, after = f"{hour:02d}:{minute:02d}", after + 2
        if words.at(after) in (".", ":") and words.touches(after) and words.touches(after + 1) and len(words.printed(after + 1)) == 2:
            second = words.number(after + 1)
            if second is not None and second < 60:
                text, after = f"{text}:{second:02d}", after + 2
    elif words.at(after) in (",", ".") and words.touches(after + 1) and words.number(after + 1) is not None:
        return None
    zone = words.known("zone", after) if words.printed(after)[:1].isupper() or led else None
    after += zone is not None
    part = words.known("part", after) or _early(words, after)
    if not zone and not part and not led:
        return None
    if not led and not zone and text.endswith(":00") and i + 1 == after:
        return None
    if words.at(at) == "jam" and not zone and not part and i + 1 == after and words.at(after) in ("tangan", "kerja", "dinding"):
        return None
    if part:
        after += 2 if words.at(after) == "dini" else 1
        text = _to_24(text, part if words.at(after - 1) != "siang" else "NOON")
    return Calendar(clock=text), after


def _to_24(clock: str, part: str) -> str:
    """``9 malam`` is 21:00; an hour past twelve is left as it is."""
    hour, rest = int(clock[:2]), clock[2:]
    if part == "TNI":
        hour = 0 if hour == 12 else hour + 12 if 5 <= hour < 12 else hour
    elif part in ("TAF", "NOON"):
        hour += 12 if hour < (8 if part == "TAF" else 6) else 0
    elif part == "TMO" and hour == 12:
        hour = 0
    return f"{hour:02d}{rest}"
