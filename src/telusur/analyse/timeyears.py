"""Months, years, decades and centuries: ``Maret 2017``, ``tahun 2014 lalu``, ``1990-an``, and which bare number is a year."""

from __future__ import annotations

from dataclasses import replace

from .timehours import shift_at
from .timemeaning import Calendar, Fixed, Meaning
from .timewords import Words, lexicon

_YEAR_KINDS = ("anggaran", "ajaran", "pelajaran", "akademik", "buku", "fiskal", "pajak")


def with_year(words: Words, one: Calendar, i: int) -> tuple[Calendar, int]:
    """``one`` with the year that stands at ``i``, if any (``2025``, ``tahun lalu``)."""
    j = i + 1 if words.at(i) in ("tahun", "di") else i
    j += words.at(j) == "tahun" and words.at(i) == "di"
    if (year := words.year(j)) is not None:
        return replace(one, year=year), j + 1
    if words.at(i) == "tahun":
        shift, after = shift_at(words, i + 1)
        if shift is not None:
            return replace(one, year_shift=shift), after
    return one, i


def month_year(words: Words, at: int) -> tuple[Calendar, int] | None:
    """``Maret``, ``bulan Maret lalu``, ``Maret 2017``, ``November di 2020``."""
    i = at + 1 if words.at(at) == "bulan" else at
    month = words.known("month", i)
    led = i > at or words.mod(at - 1) is not None
    if month is None or not (words.capital(i) or led) or words.at(i).endswith("nya"):
        return None
    one, after = with_year(words, Calendar(month=int(month)), i + 1)
    if one.year is None and not led and _is_name(words, i):
        return None
    shift, end = shift_at(words, after)
    return (replace(one, shift=shift), end) if shift is not None else (one, after)


def _is_name(words: Words, i: int) -> bool:
    """A month's name beside another capital is a person's (``Raja Juli Antoni``), a school's, a firm's."""
    before = words.capital(i - 1) and words.end[i - 1] + 1 >= words.start[i] and words.at(i - 1) not in lexicon("year-lead")
    after = words.capital(i + 1) and words.start[i + 1] == words.end[i] + 1
    personal = words.at(i) in ("april", "mei", "juni", "juli")
    if words.title:
        return before and after and personal
    opens = i < 2 or words.at(i - 2) in (".", '"', "“", "?", "!", ":")
    return words.at(i - 1) == "sebelas" or (before and not opens and words.at(i) in ("juli", "april", "mei")) or (after and personal)


def year_at(words: Words, at: int, led: bool) -> tuple[Calendar, int] | None:
    """``tahun 2014 lalu``, or a bare ``2014`` where the words around make it a year."""
    named = words.at(at) in ("tahun", "thn")
    i = at + 1 if named else at
    if named and words.at(i) in _YEAR_KINDS:
        i += 2 if words.at(i + 1) == "baru" else 1
    year = words.year(i)
    if year is None or (named and not words.title and words.capital(at) and (words.capital(at - 1) or words.at(at - 1) == ")")):
        return None  # "Program Bantuan Sosial Tahun 2025" is a name
    if not named and not (led and year >= 1900) and not _is_year(words, i):
        return None
    shift, after = shift_at(words, i + 1)
    return (Calendar(year=year, shift=shift), after) if shift is not None else (Calendar(year=year), i + 1)


def decade_at(words: Words, at: int) -> tuple[Meaning, int] | None:
    """``tahun 1990-an``, ``era 80-an``, ``abad ke-20``."""
    mod = words.mod(at)
    i = at + 1 if mod else at
    if words.at(i) == "abad":
        j = i + 3 if words.at(i + 1) == "ke" and words.at(i + 2) == "-" else i + 1
        number = words.number(j) or int(words.known("roman", j) or 0)
        return (Fixed("DATE", f"{number - 1:02d}", mod), j + 1) if 1 <= number <= 21 else None
    i += words.at(i) in ("tahun", "era", "dekade", "dasawarsa")
    digits = words.printed(i)
    j = i + 1 + (words.at(i + 1) == "-")
    if not digits.isdecimal() or words.at(j) != "an" or not words.touches(j) or not digits.endswith("0"):
        return None
    if len(digits) == 4 and digits[:2] in ("17", "18", "19", "20"):
        return Fixed("DATE", digits[:3], mod), j + 1
    if len(digits) == 2 and i > at + bool(mod) and int(digits) >= 20:
        return Fixed("DATE", f"19{digits[0]}", mod), j + 1
    return None


def double_year(words: Words, at: int) -> tuple[Meaning, int] | None:
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
    if before in ("tahun", *_YEAR_KINDS) and words.capital(i - 1) and not words.title:
        return False
    if before in lexicon("year-lead") and (words.title or not words.printed(i - 1).isupper()):
        return True
    if before == "(":
        return words.at(i + 1) in (")", "-", "–", "—", ",", ";")
    if before in ("dan", "atau", ",", "hingga", "sampai") and i >= 2:
        return words.year(i - 2) is not None or (words.at(i - 2) not in lexicon("counted") and before != "," and words.capital(i - 2) is False)
    if not before.isalpha() or (words.capital(i - 1) and not words.title):
        return False
    return before not in lexicon("not-year-lead") and not any(words.at(j) in lexicon("event") for j in range(i - 3, i))
