"""From words to time expressions: what each says by itself, before the article's date is known.

Comes in: a stretch of text. Goes out: `Expression` in text order, never overlapping. Each ``_read_*`` function
tries one form at one word and gives the meaning and the word after it, or None. Forms that can be read more than
one way are tried the longest first: fixed phrases, repeats, dates, periods, lengths.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from ..model.layers import TimeMod
from ..model.span import Span
from .timedates import read_date, skip_place
from .timehours import shift_at
from .timelengths import read_length, read_plural, read_set
from .timemeaning import Calendar, Echo, Expression, Fixed, Meaning, Offset, Period, Unit
from .timewords import Kind, Words, eras, hijri_months, holidays, lexicon, phrases, pieces
from .timeyears import month_year

Read = tuple[Meaning, int] | None

_BEFORE_FUTURE = ("di", "pada", "untuk", "dalam", "hingga", "sampai", "bagi")
_CLOCK_UNITS = ("H", "MIN", "S")
_WEEK_OF_MONTH: tuple[TimeMod, ...] = ("START", "MID", "MID", "END", "END")
_NUMBERED = frozenset({"nomor", "no", "nmr", "u", "ulang", "tahun"})
"""Words with which the name of something that has a number begins."""
_JOINING = ("dan", "atau", "hingga", "sampai", "serta", ",", "-", "–")


def find_expressions(text: str, start: int, end: int, title: bool = False) -> Iterator[Expression]:
    """The time expressions of ``text[start:end]``. ``title``: every word may begin with a capital."""
    openers, heads = _openers(), lexicon("name-head")
    for words in pieces(text, start, end, title):
        done, low = 0, words.low
        for at, word in enumerate(low):
            opens = word in openers or word[0].isdecimal()
            behind = word in _NUMBERED or (at > 0 and low[at - 1] in heads)
            if at < done or not (opens or behind):
                continue
            if behind and (after := _skip_name(words, at)) > at:
                done = after
            elif opens and (found := _read(words, at)) is not None:
                meaning, done = found
                yield Expression(Span(words.start[at], words.end[done - 1]), meaning, words.at(done) in _JOINING)


@cache
def _openers() -> frozenset[str]:
    """Every word that can open an expression: nothing else is worth a try."""
    kinds: tuple[Kind, ...] = ("month", "weekday", "number", "vague", "unit", "one-unit", "part", "mod", "day-lead", "hijri", "opener")
    words = {word for kind in kinds for word in lexicon(kind)}
    words |= {word.split("-")[0] for word in lexicon("many-unit")} | phrases().keys()
    words |= {name[0] for name in holidays()}
    return frozenset(words)


def _read(words: Words, at: int) -> Read:
    for read in (_read_phrase, read_set, _read_special, read_date, read_plural, _read_period, read_length, _read_echo):
        found = read(words, at)
        if found is not None:
            return found
    return None


def _skip_name(words: Words, at: int) -> int:
    """The word after the name of a law that begins at ``at`` (``Nomor 12 Tahun 2011``), or ``at``."""
    if words.low[at] not in _NUMBERED:
        return skip_place(words, at)
    if words.at(at) in ("nomor", "no", "nmr"):
        i = at + 2 if words.at(at + 1) == "." else at + 1
        if words.number(i) is None:
            return at
        i += 1
        while words.at(i) in ("/", "-") and i < at + 12:
            i += 2
        return i + 2 if words.at(i) == "tahun" and words.number(i + 1) is not None else i
    if words.at(at) == "u" and words.at(at + 1) == "-" and words.number(at + 2) is not None:
        i = at + 3
        return i + 2 if words.at(i) == "tahun" and words.year(i + 1) else i
    if words.at(at) == "ulang" and words.at(at + 1).startswith("tahun"):
        return at + 2
    if words.at(at) == "tahun" and words.year(at + 1) and words.capital(at - 1) and _names_law(words, at):
        return at + 2
    return skip_place(words, at)


def _names_law(words: Words, at: int) -> bool:
    return any(words.at(i) in lexicon("law") and words.capital(i) for i in range(max(0, at - 5), at))


def _read_phrase(words: Words, at: int) -> Read:
    for phrase, kind, value in phrases().get(words.at(at), ()):
        if all(words.at(at + i) == word for i, word in enumerate(phrase)):
            if phrase == ("masa", "depan") and words.at(at - 1) not in _BEFORE_FUTURE:
                return None  # "penentuan masa depan Palestina" is a fate, not a time
            return Fixed(kind, value), at + len(phrase)
    return None


def _read_special(words: Words, at: int) -> Read:
    """Holidays, anniversaries of the Republic, eras, Hijri dates: only where the calendar is certain."""
    if words.at(at) == "hari" or words.at(at) == "malam":
        for name, (month, day) in holidays().items():
            if _stands(words, at, name):
                return _holiday(words, month, day, at + len(name))
    if words.at(at) in ("era", "masa", "zaman", "rezim"):
        for name, (first, last) in eras().items():
            if _stands(words, at + 1, name):
                return Fixed("DATE", f"{first}/{last}"), at + 1 + len(name)
    if words.at(at) in ("hut", "dirgahayu") and words.at(at + 1) in ("ri", "republik", "kemerdekaan"):
        return _anniversary(words, at)
    return _read_hijri(words, at)


def _stands(words: Words, at: int, name: tuple[str, ...]) -> bool:
    last = at + len(name) - 1
    return words.capital(last) and all(words.at(at + i) == word for i, word in enumerate(name)) and not words.capital(last + 1)


def _holiday(words: Words, month: int, day: int, after: int) -> Read:
    year = words.year(after)
    if year:
        return Calendar(year=year, month=month, day=day), after + 1
    if words.at(after) == "tahun" and (shift := words.known("shift", after + 1)) is not None:
        return Calendar(month=month, day=day, year_shift=int(shift)), after + 2
    return Calendar(month=month, day=day), after


def _anniversary(words: Words, at: int) -> Read:
    """``HUT RI ke-72``: the day 72 years after 17 August 1945."""
    i = at + 1
    while i < at + 5 and words.at(i) in ("ri", "republik", "indonesia", "kemerdekaan"):
        i += 1
    if words.at(i) == "ke" and words.at(i + 1) == "-" and (number := words.number(i + 2)) and number <= 150:
        return Fixed("DATE", f"{1945 + number}-08-17"), i + 3
    return None


def _read_hijri(words: Words, at: int) -> Read:
    """``1 Syawal 1438 H``, ``Ramadan 1438 Hijriah``. A month that the table does not hold stays unresolved."""
    day = words.number(at)
    i = at if day is None else at + 1
    month = words.known("hijri", i)
    year = words.number(i + 1)
    if not month or not year or not 1300 <= year <= 1600 or (day is not None and not 1 <= day <= 30):
        return None
    after = i + 2
    if words.at(after) in ("h", "hijriah", "hijriyah"):
        after += 1
    first = hijri_months().get((year, int(month)))
    if first is None:
        return Fixed("DATE", "", note=f"the Hijri month {int(month)} of {year} is in no table"), after
    begin = date.fromisoformat(first)
    if day is not None:
        return Fixed("DATE", (begin + timedelta(day - 1)).isoformat()), after
    following = hijri_months().get((year, int(month) + 1))
    if following is None:
        return Fixed("DATE", "", note=f"the end of the Hijri month {int(month)} of {year} is in no table"), after
    return Fixed("DATE", f"{first}/{(date.fromisoformat(following) - timedelta(1)).isoformat()}"), after


def _read_period(words: Words, at: int) -> Read:
    """``pekan lalu``, ``akhir tahun ini``, ``kuartal II 2017``, ``musim panas 2025``, ``tahun 1990-an``."""
    mod = words.mod(at)
    i = at + 1 if mod else at
    if words.at(i) == "musim":
        return _read_season(words, i, mod)
    if words.at(i) == "q" and words.touches(i + 1) and (quarter := words.number(i + 1)) in (1, 2, 3, 4):
        return _read_part_of_year(words, i + 2, "Q", quarter, mod)
    unit = words.unit(i)
    if not unit or words.at(i) != words.at(i).removesuffix("nya"):
        return None
    if unit in ("Q", "HY"):
        number = _ordinal(words, i + 1)
        found = _read_part_of_year(words, number[1], unit, number[0], mod) if number else None
        if found and number and words.number(i + 1) is not None and found[1] == number[1]:
            return None  # "semester 5" of a school, not of a year
        return found
    if unit in _CLOCK_UNITS:
        number = _ordinal(words, i + 1)
        minute = i + 2 if unit == "MIN" and (words.number(i + 1) or 999) <= 130 and not words.unit(i + 2) else 0
        return (Fixed("TIME", ""), number[1] if number else minute) if unit == "MIN" and (number or minute) else None
    if mod == "END" and unit == "W" and words.at(i) == "pekan":
        shift, after = shift_at(words, i + 1)
        return Period("W", shift=shift, code="WE"), after
    return _read_unit(words, i, unit, mod)


def _read_unit(words: Words, i: int, unit: Unit, mod: TimeMod | None) -> Read:
    """A unit with what stands after it: ``ini``, ``sebelumnya``, ``yang sama``, ``pertama``; a part of it alone."""
    shift, after = shift_at(words, i + 1)
    if words.at(i) == "minggu" and words.capital(i) and not mod and _is_sunday(words, i):
        return None
    if shift is not None and unit != "D":
        return Period(unit, shift=shift, mod=mod), after
    if words.at(i + 1) in ("sebelumnya", "berikutnya", "selanjutnya") and unit != "D":
        return Offset(1, unit, -1 if words.at(i + 1) == "sebelumnya" else 1, True, True, mod), i + 2
    if words.at(i + 1) in ("itu", "tersebut") and not mod:
        return Echo(unit), i + 2
    if words.at(i + 1) == "yang" and words.at(i + 2) == "sama":
        return Echo(unit), i + 3
    number = _ordinal(words, i + 1)
    if number and words.at(i + 1) not in lexicon("roman"):
        month = month_year(words, number[1])
        if unit == "W" and month and 1 <= number[0] <= 5:
            return replace(month[0], mod=_WEEK_OF_MONTH[number[0] - 1]), month[1]
        return (Echo("D", near=True) if unit == "D" else Fixed("DATE", "")), number[1]
    if mod and unit in ("W", "M", "Y") and (words.title or not words.capital(i)):
        return Period(unit, shift=0, mod=mod), i + 1
    return None


def _is_sunday(words: Words, i: int) -> bool:
    return not words.title and i > 0 and words.at(i - 1) not in (".", '"', "“", "?", "!")


def _read_season(words: Words, i: int, mod: TimeMod | None) -> Read:
    code = words.known("season", i + 1)
    after = i + 2 if code else i + 1
    if not code and (first := words.year(after)) and words.at(after + 1) in ("/", "-") and (last := words.number(after + 2)):
        return Fixed("DATE", f"{first}/{last if last > 100 else first // 100 * 100 + last}"), after + 3
    year = words.year(after)
    shift, end = shift_at(words, after + (code is not None and words.at(after) == "tahun"))
    if year:
        return Period("season" if code else "sport-season", year=year, code=code, mod=mod), after + 1
    if shift is not None:
        return Period("season" if code else "sport-season", shift=shift, code=code, mod=mod), end
    return None


def _read_part_of_year(words: Words, i: int, unit: Unit, number: int, mod: TimeMod | None) -> Read:
    if not 1 <= number <= (4 if unit == "Q" else 2):
        return None
    after = i
    if words.at(i) in ("-", "/", ",", "–", "pada", "di"):
        i += 1
    if words.at(i) == "tahun":
        i += 1
    if year := words.year(i):
        return Period(unit, year=year, number=number, mod=mod), i + 1
    shift, end = shift_at(words, i)
    if words.at(i - 1) == "tahun" and shift is not None:
        return Period(unit, shift=shift, number=number, mod=mod), end
    return Period(unit, number=number, mod=mod), after


def _ordinal(words: Words, i: int) -> tuple[int, int] | None:
    """``kedua``, ``ke-2``, ``II`` or ``2`` after a unit: the number and the word after it."""
    if (value := lexicon("ordinal").get(words.at(i))) and value != "0":
        return int(value), i + 1
    if words.at(i) == "ke" and words.at(i + 1) == "-" and (number := words.number(i + 2)) is not None:
        return number, i + 3
    if words.printed(i).isupper() and (value := words.known("roman", i)):
        return int(value), i + 1
    number = words.number(i)
    if number is not None and number <= 4 and words.unit(i - 1) in ("Q", "HY"):
        return number, i + 1
    return None


def _read_echo(words: Words, at: int) -> Read:
    first, second = words.at(at), words.at(at + 1)
    if first in ("saat", "ketika", "kala") and second in ("itu", "tersebut"):
        return Echo(None), at + 2
    if first == "waktu" and second == "itu":
        return Fixed("DATE", "PAST_REF"), at + 2
    if (first == "keesokan" and second.startswith("hari")) or (first == "esok" and second == "harinya"):
        return Offset(1, "D", 1, True, True), at + 2
    if first in ("besoknya", "esoknya", "lusanya"):
        return Offset(2 if first == "lusanya" else 1, "D", 1, True, True), at + 1
    if first == "semalaman":
        return Fixed("DURATION", "PT1NI"), at + 1
    return None
