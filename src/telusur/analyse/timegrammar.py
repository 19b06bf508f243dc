"""From words to time expressions: what each says by itself, before the article's date is known.

Comes in: a stretch of text. Goes out: `Expression` in text order, never overlapping. Each ``_read_*`` function
tries one form at one word and gives the meaning and the word after it, or None. Forms that can be read more than
one way are tried the longest first: fixed phrases, repeats, dates, periods, lengths.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ..model.span import Span
from .timedates import full_date, month_year, read_date
from .timemeaning import Calendar, Echo, Expression, Fixed, Length, Meaning, Offset, Period, Unit
from .timewords import Words, eras, hijri_months, holidays, lexicon, phrases, pieces

Read = tuple[Meaning, int] | None

_UNITS: dict[str, Unit] = {u: u for u in ("D", "W", "M", "Y", "DE", "CE", "Q", "HY", "H", "MIN", "S")}  # type: ignore[misc]
_BEFORE_FUTURE = ("di", "pada", "untuk", "dalam", "hingga", "sampai", "bagi")
_CLOCK_UNITS = ("H", "MIN", "S")
_JOINING = ("dan", "atau", "hingga", "sampai", "serta", ",", "-", "–")


def find_expressions(text: str, start: int, end: int, title: bool = False) -> Iterator[Expression]:
    """The time expressions of ``text[start:end]``. ``title``: every word may begin with a capital."""
    for words in pieces(text, start, end, title):
        at = 0
        while at < len(words):
            after = _skip_name(words, at)
            if after > at:
                at = after
                continue
            found = _read(words, at)
            if found is None:
                at += 1
                continue
            meaning, after = found
            yield Expression(Span(words.start[at], words.end[after - 1]), meaning, words.at(after) in _JOINING)
            at = after


def _read(words: Words, at: int) -> Read:
    for read in (_read_phrase, _read_set, _read_special, read_date, _read_plural, _read_period, _read_length, _read_echo):
        found = read(words, at)
        if found is not None:
            return found
    return None


def _skip_name(words: Words, at: int) -> int:
    """The word after the name of a law that begins at ``at`` (``Nomor 12 Tahun 2011``), or ``at``."""
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
    return at


def _names_law(words: Words, at: int) -> bool:
    return any(words.at(i) in lexicon("law") and words.capital(i) for i in range(max(0, at - 5), at))


def _read_phrase(words: Words, at: int) -> Read:
    for phrase, kind, value in phrases().get(words.at(at), ()):
        if all(words.at(at + i) == word for i, word in enumerate(phrase)):
            if phrase == ("masa", "depan") and words.at(at - 1) not in _BEFORE_FUTURE:
                return None  # "penentuan masa depan Palestina" is a fate, not a time
            return Fixed(kind, value), at + len(phrase)  # type: ignore[arg-type]
    return None


def _read_set(words: Words, at: int) -> Read:
    """``setiap hari``, ``per tahun``, ``tiap Jumat``, ``hampir setiap dua jam``."""
    i = at + 1 if words.at(at) == "hampir" and words.at(at + 1) in ("setiap", "tiap") else at
    lead = words.at(i)
    if lead not in ("setiap", "tiap", "per", "saban") or words.at(i - 1) == "-":
        return None
    i += 1
    if lead == "tiap" and words.at(i) == "-" and words.at(i + 1) == "tiap":
        i += 2
    if lead != "per":
        j = i + 1 if words.at(i) in ("hari", "malam") and words.known("weekday", i + 1) else i
        day = words.known("weekday", j)
        if day and (words.capital(j) or j > i):
            return Fixed("SET", f"XXXX-WXX-{day}"), j + 1
        part = words.known("part", i)
        if part:
            return Fixed("SET", f"XXXX-XX-XX{part}"), i + 2 if words.at(i + 1) == "hari" else i + 1
        if words.at(i) == "waktu" or words.at(i) == "saat":
            return Fixed("SET", ""), i + 1
        month = words.known("month", i)
        if month and words.capital(i):
            return Fixed("SET", f"XXXX-{int(month):02d}"), i + 1
        if words.at(i) == "akhir" and words.at(i + 1) in ("pekan", "minggu"):
            return Fixed("SET", "XXXX-WXX-WE"), i + 2
        if words.at(i) == "tanggal" or words.number(i) is not None:
            yearly = full_date(words, i + (words.at(i) == "tanggal"))
            if yearly and yearly[0].year is None and yearly[0].valid:
                return Fixed("SET", f"XXXX-{yearly[0].month:02d}-{yearly[0].day:02d}"), yearly[1]
    unit, after, count = words.known("unit", i), i + 1, "1"
    if not unit and lead != "per":
        number = read_number(words, i)
        if number and words.known("unit", number[1]):
            count, unit, after = number[0], words.known("unit", number[1]), number[1] + 1
    if not unit or (lead == "per" and not _is_rate(words, i)):
        return None
    after += words.at(after) == "sekali"
    return Fixed("SET", length_value(count, _UNITS[unit])), after


def _is_rate(words: Words, i: int) -> bool:
    """``per`` before a unit is a rate, unless a date follows (``per hari ini``, ``per tahun 2024``) or it is a speed."""
    if words.at(at := i - 2) in ("km", "kilometer", "mil", "meter", "m") and words.number(at - 1) is not None:
        return False
    following = words.at(i + 1)
    return not (following in ("ini", "lalu", "depan") or words.number(i + 1) is not None or words.known("month", i + 1))


def _read_special(words: Words, at: int) -> Read:
    """Holidays, anniversaries of the Republic, eras, Hijri dates: only where the calendar is certain."""
    for days, table in ((True, holidays()), (False, eras())):
        for name, (first, second) in table.items():
            lead = 0 if days or words.at(at) not in ("era", "masa", "zaman", "rezim") else 1
            if not days and lead == 0:
                continue
            if all(words.at(at + lead + i) == word for i, word in enumerate(name)) and words.capital(at + lead + len(name) - 1):
                after = at + lead + len(name)
                if not days:
                    return Fixed("DATE", f"{first}/{second}"), after
                return _holiday(words, first, second, after)
    if words.at(at) in ("hut", "dirgahayu") and words.at(at + 1) in ("ri", "republik", "kemerdekaan"):
        return _anniversary(words, at)
    return _read_hijri(words, at)


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
    mod = words.known("mod", at)
    i = at + 1 if mod else at
    if words.at(i) == "musim":
        return _read_season(words, i, mod)
    if words.at(i) == "q" and words.touches(i + 1) and (quarter := words.number(i + 1)) in (1, 2, 3, 4):
        return _read_part_of_year(words, i + 2, "Q", quarter, mod)
    unit = words.known("unit", i)
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
        return (Fixed("TIME", ""), number[1]) if number and unit == "MIN" else None
    if mod == "END" and unit == "W" and words.at(i) == "pekan":
        shift, after = _shift(words, i + 1)
        return Period("W", shift=shift, code="WE"), after
    return _read_unit(words, i, _UNITS[unit], mod)


def _read_unit(words: Words, i: int, unit: Unit, mod: str | None) -> Read:
    """A unit with what stands after it: ``ini``, ``sebelumnya``, ``yang sama``, ``pertama``; a part of it alone."""
    shift, after = _shift(words, i + 1)
    if words.at(i) == "minggu" and words.capital(i) and not mod and _is_sunday(words, i):
        return None
    if shift is not None and unit != "D":
        return Period(unit, shift=shift, mod=mod), after  # type: ignore[arg-type]
    if words.at(i + 1) in ("sebelumnya", "berikutnya", "selanjutnya") and unit != "D":
        return Offset(1, unit, -1 if words.at(i + 1) == "sebelumnya" else 1, True, True, mod), i + 2  # type: ignore[arg-type]
    if words.at(i + 1) in ("itu", "tersebut") and not mod:
        return Echo(unit), i + 2
    if words.at(i + 1) == "yang" and words.at(i + 2) == "sama":
        return Echo(unit), i + 3
    number = _ordinal(words, i + 1)
    if number and words.at(i + 1) not in lexicon("roman"):
        month = month_year(words, number[1])
        if unit == "W" and month and number[0] <= 5:
            part = {1: "START", 2: "MID", 3: "MID"}.get(number[0], "END")
            return _with_mod(month[0], part), month[1]
        return (Echo("D") if unit == "D" else Fixed("DATE", "")), number[1]
    if mod and unit in ("W", "M", "Y") and not words.capital(i) | (words.at(i + 1) in ("pertama",)):
        return Period(unit, shift=0, mod=mod), i + 1  # type: ignore[arg-type]
    return None


def _is_sunday(words: Words, i: int) -> bool:
    return not words.title and i > 0 and words.at(i - 1) not in (".", '"', "“", "?", "!")


def _with_mod(meaning: Meaning, mod: str) -> Meaning:
    return replace(meaning, mod=mod)  # type: ignore[call-arg]


def _read_season(words: Words, i: int, mod: str | None) -> Read:
    code = words.known("season", i + 1)
    after = i + 2 if code else i + 1
    if not code and (first := words.year(after)) and words.at(after + 1) in ("/", "-") and (last := words.number(after + 2)):
        return Fixed("DATE", f"{first}/{last if last > 100 else first // 100 * 100 + last}"), after + 3
    year = words.year(after)
    shift, end = _shift(words, after)
    if year:
        return Period("season" if code else "sport-season", year=year, code=code, mod=mod), after + 1  # type: ignore[arg-type]
    if shift is not None:
        return Period("season" if code else "sport-season", shift=shift, code=code, mod=mod), end  # type: ignore[arg-type]
    return None


def _read_part_of_year(words: Words, i: int, unit: str, number: int, mod: str | None) -> Read:
    if not 1 <= number <= (4 if unit == "Q" else 2):
        return None
    after = i
    if words.at(i) in ("-", "/", ",", "–", "pada", "di"):
        i += 1
    if words.at(i) == "tahun":
        i += 1
    if year := words.year(i):
        return Period(unit, year=year, number=number, mod=mod), i + 1  # type: ignore[arg-type]
    shift, end = _shift(words, i)
    if words.at(i - 1) == "tahun" and shift is not None:
        return Period(unit, shift=shift, number=number, mod=mod), end  # type: ignore[arg-type]
    return Period(unit, number=number, mod=mod), after  # type: ignore[arg-type]


def _shift(words: Words, i: int) -> tuple[int | None, int]:
    """The direction of ``lalu``, ``yang lalu``, ``ini``, ``depan`` at ``i``, and the word after it."""
    j = i + 1 if words.at(i) == "yang" and words.at(i + 1) in ("lalu", "silam") else i
    if words.at(i) == "yang" and words.at(i + 1) == "akan" and words.at(i + 2) in ("datang", "mendatang"):
        return 1, i + 3
    meaning = words.known("shift", j)
    if meaning is None or (words.at(j) == "kemarin" and words.at(j + 1) in ("lusa",)):
        return None, i
    return int(meaning), j + 1


def _ordinal(words: Words, i: int) -> tuple[int, int] | None:
    """``kedua``, ``ke-2``, ``II`` or ``2`` after a unit: the number and the word after it."""
    if (value := lexicon("ordinal").get(words.at(i))) and value != "0":
        return int(value), i + 1
    if words.at(i) == "ke" and words.at(i + 1) == "-" and (number := words.number(i + 2)) is not None:
        return number, i + 3
    if words.printed(i).isupper() and (value := words.known("roman", i)):
        return int(value), i + 1
    number = words.number(i)
    if number is not None and number <= 4 and words.known("unit", i - 1) in ("Q", "HY"):
        return number, i + 1
    return None


def read_number(words: Words, at: int) -> tuple[str, int] | None:
    """A count in digits or words (``3``, ``2,5``, ``dua belas``, ``beberapa``: X) and the word after it."""
    digits = words.number(at)
    if digits is not None:
        if words.at(at + 1) in (",", ".") and words.touches(at + 1) and words.touches(at + 2) and words.number(at + 2) is not None:
            tail = words.printed(at + 2)
            return (f"{digits}{tail}" if words.at(at + 1) == "." and len(tail) == 3 else f"{digits}.{tail}"), at + 3
        return str(digits), at + 1
    if words.known("vague", at):
        return "X", at + 1
    if words.at(at) == "setengah":
        return "0.5", at + 1
    first = words.known("number", at)
    if not first:
        return None
    value, after = int(first), at + 1
    if words.at(after) == "belas":
        return str(10 + value), after + 1
    for name, size in (("ratus", 100), ("puluh", 10)):
        if words.at(after) == name:
            value, after = value * size, after + 1
            if (rest := words.known("number", after)) and int(rest) < size:
                tail = read_number(words, after)
                if tail and tail[0].isdigit() and int(tail[0]) < size:
                    return str(value + int(tail[0])), tail[1]
            return str(value), after
    if words.at(after) == "setengah":
        return f"{value}.5", after + 1
    return str(value), after


def _read_length(words: Words, at: int) -> Read:
    """``dua tahun``, ``sepekan terakhir``, ``3 jam lalu``, ``sehari sebelumnya``, ``2-3 hari``."""
    i = _after_about(words, at)
    upper: str | None = None
    if unit := lexicon("one-unit").get(words.at(i)):
        if words.at(i + 1) == "-":
            return None  # "sehari-hari"
        count, after, counted = "1", i + 1, False
    elif words.at(i + 1) == "-" and (unit := lexicon("many-unit").get(f"{words.at(i)}-{words.at(i + 2)}")):
        count, after, counted = "X", i + 3, True
    else:
        number = read_number(words, i)
        if number is None or not _may_count(words, i):
            return None
        count, after, counted = number[0], number[1], True
        second = read_number(words, after + 1) if words.at(after) in ("-", "–", "hingga", "sampai", "atau") else None
        if second and words.known("unit", second[1]):
            upper, after = second
        unit = words.known("unit", after)
        if not unit or unit in ("Q",) or (words.at(after) == "minggu" and words.capital(after) and not words.title and words.at(after + 1) == "("):
            return None
        if words.at(after) == "tahun" and words.year(after + 1):
            return None
        after += 1
        if unit == "Y" and _is_age_limit(words, i, after, upper is not None):
            return None
    found = _finish_length(words, count, upper, _UNITS[unit], counted, after)
    # "lebih dari" belongs to a duration, but not to a point in time ("lebih dari | empat tahun lalu").
    return None if i > at and found and not isinstance(found[0], Length) else found


def _after_about(words: Words, at: int) -> int:
    if words.at(at) == "hampir":
        return at + 1
    return at + 2 if words.at(at) == "lebih" and words.at(at + 1) == "dari" else at


def _is_age_limit(words: Words, i: int, after: int, ranged: bool) -> bool:
    """``usia 24 hingga 28 tahun``, ``40 tahun ke atas``, ``di bawah 40 tahun``: a bound, not a time that passed."""
    if words.at(after) == "ke" and words.at(after + 1) in ("atas", "bawah"):
        return True
    if words.at(i - 1) == "bawah" and words.at(i - 2) in ("di", "ke"):
        return True
    ranged = ranged or (words.at(i - 1) in ("-", "–", "hingga", "sampai") and words.number(i - 2) is not None)
    return ranged and any(words.at(j) in ("usia", "berusia", "umur", "berumur", "antara") for j in range(i - 10, i))


def _may_count(words: Words, i: int) -> bool:
    """Whether the number at ``i`` counts: not the rest of a longer number, a rank, a price or an article."""
    before = words.at(i - 1)
    if words.at(i + 1) == "detik" and words.touches(i + 1):
        return False  # "20detik" is a programme of one outlet
    if before in (".", ",", "/", "-", ":") and words.touches(i) and words.number(i - 2) is not None:
        return False
    return not (before in ("rp", "pasal", "ayat", "nomor", "no", "rw", "rt") or (before == "-" and words.at(i - 2) in ("ke", "u")))


def _finish_length(words: Words, count: str, upper: str | None, unit: Unit, counted: bool, after: int) -> Read:
    """A count and a unit with what stands after them: a distance from now, from the time told, or a duration."""
    word = words.at(after)
    lagi = word == "lagi"
    shift, end = _shift(words, after)
    if unit == "D" and word == "kerja":
        return Length(count, unit, 0, upper), after + 1
    if (word == "ke" and words.at(after + 1) in ("depan", "depannya")) or word == "kedepan":
        return Length(count, unit, 1, upper), after + (2 if word == "ke" else 1)
    if (word == "ke" and words.at(after + 1) == "belakang") or word == "kebelakang":
        return Length(count, unit, -1, upper), after + (2 if word == "ke" else 1)
    if word == "mendatang":
        return Length(count, unit, 1, upper), after + 1
    if word in ("terakhir", "belakangan"):
        return Length(count, unit, -1, upper), after + (2 if words.at(after + 1) == "ini" else 1)
    if word == "ini" and not counted:
        return Length(count, unit, -1, upper), after + 1
    if shift == -1 and word != "kemarin":
        if count == "X":
            return Fixed("DATE", "PAST_REF"), end
        return Offset(float(count), unit, -1, False, counted), end
    if word in ("sebelumnya", "kemudian", "setelahnya", "berikutnya", "selanjutnya", "berselang") or lagi:
        if count == "X" or unit in _CLOCK_UNITS:
            return Fixed("TIME" if unit in _CLOCK_UNITS else "DATE", ""), after + 1
        return Offset(float(count), unit, -1 if word == "sebelumnya" else 1, not lagi, counted), after + 1
    return Length(count, unit, 0, upper), after


def length_value(count: str, unit: Unit) -> str:
    """The TIMEX3 duration: ``P3D``, ``PT2H``, ``PXY``; half a year is six months."""
    if count == "0.5" and unit == "Y":
        return "P6M"
    if unit == "HY":
        return f"P{int(count) * 6}M" if count.isdecimal() else "PXM"
    if unit == "Q":
        return f"P{int(count) * 3}M" if count.isdecimal() else "PXM"
    if unit in _CLOCK_UNITS:
        return f"PT{count}{'M' if unit == 'MIN' else unit}"
    return f"P{count}{unit}"


def _read_plural(words: Words, at: int) -> Read:
    """``hari-hari mendatang``, ``minggu-minggu sebelumnya``."""
    unit = words.known("unit", at)
    if unit in (None, *_CLOCK_UNITS) or words.at(at + 1) != "-" or words.at(at + 2) != words.at(at):
        return None
    word = words.at(at + 3)
    if word in ("sebelumnya", "lalu", "terakhir", "silam"):
        return Fixed("DATE", "PAST_REF"), at + 4
    if word in ("mendatang", "berikutnya", "depan"):
        return Fixed("DATE", "FUTURE_REF"), at + 4
    return None


def _read_echo(words: Words, at: int) -> Read:
    first, second = words.at(at), words.at(at + 1)
    if first in ("saat", "ketika", "kala") and second in ("itu", "tersebut"):
        return Echo(None), at + 2
    if first == "waktu" and second == "itu":
        return Fixed("DATE", "PAST_REF"), at + 2
    if first == "keesokan" and second.startswith("hari"):
        return Offset(1, "D", 1, True, True), at + 2
    if first in ("besoknya", "esoknya", "lusanya"):
        return Offset(2 if first == "lusanya" else 1, "D", 1, True, True), at + 1
    if first == "semalaman":
        return Fixed("DURATION", "PT1NI"), at + 1
    return None
