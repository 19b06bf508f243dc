"""Hours and parts of the day, and the words of direction: ``pukul 14.30 WIB``, ``tadi malam``, ``lalu``."""

from __future__ import annotations

from .timemeaning import Calendar
from .timewords import Words

_BEFORE_PART = frozenset(["pada", "saat", "hingga", "sejak", "sepanjang", "sampai", "menjelang", "mulai", "jelang"])
_HOUR_LEADS = ("pukul", "jam", "pkl")


def part_of_day(words: Words, at: int) -> tuple[Calendar, int] | None:
    """A part of the day that opens an expression. A bare ``malam`` is a time only where the words around say so."""
    before, word, following = words.at(at - 1), words.at(at), words.at(at + 1)
    if word == "semalam":
        return Calendar(deictic=-1, part="TNI"), at + 1
    if word in ("tadi", "nanti") and (part := words.known("part", at + 1) or early(words, at + 1)):
        after = at + (3 if words.at(at + 1) == "dini" else 2)
        return Calendar(deictic=-1 if word == "tadi" and part == "TNI" else 0, part=part), after
    if word == "tengah" and following == "hari":
        return Calendar(clock="12:00"), at + 2
    if word == "tengah" and following == "malam":
        return Calendar(part="TNI"), at + 2
    part = words.known("part", at) or early(words, at)
    if part is None:
        return None
    after = at + 2 if word == "dini" else at + 1
    following = words.at(after)
    if following == "hari" and words.at(after + 1) == "ini":
        return Calendar(deictic=0, part=part), after + 2
    if following == "hari" and word != "dini":
        return Calendar(part=part), after + 1
    if following == "harinya":
        return Calendar(part=part, told=True), after + 1
    if following == "tadi":
        return Calendar(deictic=-1 if part == "TNI" else 0, part=part), after + 1
    if following == "kemarin":
        return Calendar(deictic=-1, part=part), after + 1
    if following in ("ini", "nanti", "itu"):
        return Calendar(deictic=None if following == "itu" else 0, part=part, told=following == "itu" or None), after + 1
    if before in _BEFORE_PART or word in ("dini", "dinihari", "subuh") or (following == "," and words.known("weekday", after + 1)):
        return Calendar(part=part), after
    return None


def early(words: Words, at: int) -> str | None:
    return "TMO" if words.at(at) == "dini" and words.at(at + 1) == "hari" else None


def shift_at(words: Words, i: int) -> tuple[int | None, int]:
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


def clock_at(words: Words, at: int) -> tuple[Calendar, int] | None:
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
    part = words.known("part", after) or early(words, after)
    if not zone and not part and not led:
        return None
    if not led and not zone and text.endswith(":00") and i + 1 == after:
        return None
    if words.at(at) == "jam" and not zone and not part and i + 1 == after and words.at(after) in ("tangan", "kerja", "dinding"):
        return None
    if part:
        after += 2 if words.at(after) == "dini" else 1
        text = to_24(text, part if words.at(after - 1) != "siang" else "NOON")
    return Calendar(clock=text), after


def to_24(clock: str, part: str) -> str:
    """``9 malam`` is 21:00; an hour past twelve is left as it is."""
    hour, rest = int(clock[:2]), clock[2:]
    if part == "TNI":
        hour = 0 if hour == 12 else hour + 12 if 5 <= hour < 12 else hour
    elif part in ("TAF", "NOON"):
        hour += 12 if hour < (8 if part == "TAF" else 6) else 0
    elif part == "TMO" and hour == 12:
        hour = 0
    return f"{hour:02d}{rest}"
