"""How long and how often: durations, distances from now, repeats. ``tiga tahun terakhir``, ``3 jam lalu``, ``tiap Jumat``."""

from __future__ import annotations

from .timedates import after_until, full_date
from .timehours import clock_at, shift_at
from .timemeaning import UNITS, Fixed, Length, Meaning, Offset, Unit
from .timewords import Words, lexicon

Read = tuple[Meaning, int] | None

_CLOCK_UNITS = ("H", "MIN", "S")


def read_set(words: Words, at: int) -> Read:
    """``setiap hari``, ``per tahun``, ``tiap Jumat``, ``hampir setiap dua jam``, ``Senin-Jumat pukul 08.00``."""
    if (hours := _days_with_hours(words, at)) is not None:
        return hours
    i = at + 1 if words.at(at) == "hampir" and words.at(at + 1) in ("setiap", "tiap") else at
    lead = words.at(i)
    if lead not in ("setiap", "tiap", "per", "saban") or words.at(i - 1) == "-":
        return None
    i += 1
    if lead == "tiap" and words.at(i) == "-" and words.at(i + 1) == "tiap":
        i += 2
    named = _named_repeat(words, i) if lead != "per" else None
    if named is not None:
        return named
    unit, after, count = words.unit(i), i + 1, "1"
    if not unit and lead != "per":
        number = read_number(words, i)
        if number and words.unit(number[1]):
            count, unit, after = number[0], words.unit(number[1]), number[1] + 1
    if not unit or (lead == "per" and not _is_rate(words, i)):
        return None
    after += words.at(after) == "sekali"
    return Fixed("SET", length_value(count, unit)), after


def _days_with_hours(words: Words, at: int) -> Read:
    """``Senin-Jumat pukul 08.00 sampai 16.00 WIB``, ``setiap Senin hingga Kamis``: days of every week, not two days of one.

    Joined by a word and followed by one hour, they may as well be from one day until the next: that is no repeat.
    """
    i = at
    if led := words.at(i) in ("setiap", "tiap"):
        i += 1
    i += words.at(i) == "hari"
    first, joint = words.known("weekday", i), words.at(i + 1)
    j = after_until(words, i + 1)
    j += words.at(j) == "hari"
    last = words.known("weekday", j)
    if not first or not last or j == i + 1 or not (words.capital(i) and words.capital(j)):
        return None
    after = j + 1
    opening = clock_at(words, after + (words.at(after) in (",", "(")))
    until = opening and clock_at(words, after_until(words, opening[1]))
    if not led and (opening is None or (until is None and joint not in ("-", "–", "—"))):
        return None
    if opening is not None:
        until = until if until is not None and after_until(words, opening[1]) > opening[1] else None
        after = until[1] if until else opening[1]
    return Fixed("SET", f"XXXX-WXX-{first}/XXXX-WXX-{last}"), after


def _named_repeat(words: Words, i: int) -> Read:
    """What has a name and comes again: a weekday, a part of the day, a month, a day of the year."""
    j = i + 1 if words.at(i) in ("hari", "malam") and words.known("weekday", i + 1) else i
    day = words.known("weekday", j)
    if day and (words.capital(j) or j > i):
        part = words.known("part", j + 1)
        return Fixed("SET", f"XXXX-WXX-{day}{part or ''}"), j + (2 if part else 1)
    if part := words.known("part", i):
        return Fixed("SET", f"XXXX-XX-XX{part}"), i + 2 if words.at(i + 1) == "hari" else i + 1
    if words.at(i) in ("waktu", "saat"):
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
    return None


def _is_rate(words: Words, i: int) -> bool:
    """``per`` before a unit is a rate, unless a date follows (``per hari ini``, ``per tahun 2024``) or it is a speed."""
    if words.at(at := i - 2) in ("km", "kilometer", "mil", "meter", "m") and words.number(at - 1) is not None:
        return False
    following = words.at(i + 1)
    return not (following in ("ini", "lalu", "depan") or words.number(i + 1) is not None or words.known("month", i + 1))


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
    if words.at(after) == "ratus" or value == 100:
        value, after = (value * 100, after + 1) if value < 10 else (value, after)
        rest = _below_hundred(words, after)
        return (str(value + rest[0]), rest[1]) if rest else (str(value), after)
    small = _below_hundred(words, at) or (value, after)
    if words.at(small[1]) == "setengah":
        return f"{small[0]}.5", small[1] + 1
    return str(small[0]), small[1]


def _below_hundred(words: Words, at: int) -> tuple[int, int] | None:
    """``tujuh``, ``dua belas``, ``dua puluh lima``."""
    value = int(words.known("number", at) or 100)
    if value >= 100:
        return None
    if value < 10 and words.at(at + 1) == "belas":
        return 10 + value, at + 2
    if value < 10 and words.at(at + 1) == "puluh":
        ones = int(words.known("number", at + 2) or 0)
        return (10 * value + ones, at + 3) if 0 < ones < 10 else (10 * value, at + 2)
    return value, at + 1


def read_length(words: Words, at: int) -> Read:
    """``dua tahun``, ``sepekan terakhir``, ``3 jam lalu``, ``sehari sebelumnya``, ``2-3 hari``."""
    i = _after_about(words, at)
    upper: str | None = None
    if unit := UNITS.get(lexicon("one-unit").get(words.at(i), "")):
        if words.at(i + 1) == "-":
            return None  # "sehari-hari"
        count, after, counted = "1", i + 1, False
    elif words.at(i + 1) == "-" and (unit := UNITS.get(lexicon("many-unit").get(f"{words.at(i)}-{words.at(i + 2)}", ""))):
        count, after, counted = "X", i + 3, True
    else:
        number = read_number(words, i)
        if number is None or not _may_count(words, i):
            return None
        count, after, counted = number[0], number[1], True
        second = read_number(words, after + 1) if words.at(after) in ("-", "–", "hingga", "sampai", "atau") else None
        if second and words.unit(second[1]):
            upper, after = second
        unit = words.unit(after)
        if not unit or unit in ("Q",) or (words.at(after) == "minggu" and words.capital(after) and not words.title and words.at(after + 1) == "("):
            return None
        if words.at(after) == "tahun" and words.year(after + 1):
            return None
        after += 1
        if unit == "Y" and _is_age_limit(words, i, after, upper is not None):
            return None
    if counted and upper is None and (rest := _smaller_length(words, count, unit, after)):
        return rest
    found = _finish_length(words, count, upper, unit, counted, i, after)
    # "lebih dari" belongs to a duration, but not to a point in time ("lebih dari | empat tahun lalu").
    return None if i > at and found and not isinstance(found[0], Length) else found


_SMALLER: dict[Unit, tuple[Unit, ...]] = {"Y": ("M",), "M": ("D",), "W": ("D",), "D": ("H",), "H": ("MIN",), "MIN": ("S",)}


def _smaller_length(words: Words, count: str, unit: Unit, after: int) -> Read:
    """``2 tahun 6 bulan``, ``1 jam dan 30 menit``: a length told in two units."""
    i = after + (words.at(after) == "dan")
    number = read_number(words, i) if count.isdecimal() else None
    smaller = words.unit(number[1]) if number else None
    if number is None or smaller not in _SMALLER.get(unit, ()) or number[0] == "X":
        return None
    first, second = length_value(count, unit), length_value(number[0], smaller)
    joined = first + second[2:] if first.startswith("PT") else first + second[1:]
    return Fixed("DURATION", joined), number[1] + 1


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


def _finish_length(words: Words, count: str, upper: str | None, unit: Unit, counted: bool, begin: int, after: int) -> Read:
    """A count and a unit with what stands after them: a distance from now, from the time told, or a duration."""
    word = words.at(after)
    lagi = word == "lagi"
    shift, end = shift_at(words, after)
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
    lasting = words.at(begin - 1) in ("dalam", "selama", "sepanjang")
    if word == "ini" and (not counted or unit in ("D", "W", "M") or lasting):
        return Length(count, unit, -1, upper), after + 1
    if shift == -1 and word != "kemarin":
        if count == "X":
            return Fixed("DATE", "PAST_REF"), end
        return Offset(float(count), unit, -1, False, counted), end
    if lasting and word in ("sebelumnya", "berikutnya", "selanjutnya"):
        return Length(count, unit, 0, upper), after
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


def read_plural(words: Words, at: int) -> Read:
    """``hari-hari mendatang``, ``minggu-minggu sebelumnya``."""
    unit = words.unit(at)
    if unit in (None, *_CLOCK_UNITS) or words.at(at + 1) != "-" or words.at(at + 2) != words.at(at):
        return None
    word = words.at(at + 3)
    if word in ("sebelumnya", "lalu", "terakhir", "silam"):
        return Fixed("DATE", "PAST_REF"), at + 4
    if word in ("mendatang", "berikutnya", "depan"):
        return Fixed("DATE", "FUTURE_REF"), at + 4
    return None
