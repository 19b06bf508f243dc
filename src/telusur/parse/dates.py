"""The date lines of a page: ``Senin, 17 April 2017 | 14:30 WIB``, ``20/1/2026 18:30``, ``2017-04-17T14:30:00+07:00``.

Comes in: a line of a page or a value of its metadata. Comes out: ISO 8601, a date or a date with time of day, with
an offset where the page states a zone; never more exact than the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from ..lexicon import read_table

_ZONES = {"wib": "+07:00", "wita": "+08:00", "wit": "+09:00", "gmt": "+00:00", "utc": "+00:00", "z": "+00:00"}

_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(
    r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"
    r"(?:[T ]{1,2}(?P<hh>\d\d):(?P<mm>\d\d)(?::(?P<ss>\d\d))?(?:\.\d{1,9})?\s?(?P<zone>Z|[+-]\d\d:?\d\d|WIB|WITA|WIT)?)?",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:\s{0,3}(?:[,|•·/–—-]|pukul|pkl\.?|jam|at)?\s{0,3}(?:pukul|pkl\.?|jam)?\s{0,3}"
    r"(?P<hh>[01]?\d|2[0-3])[:.](?P<mm>[0-5]\d)(?:[:.](?P<ss>[0-5]\d))?\s{0,3}(?P<zone>WIB|WITA|WIT|GMT\s?[+-]\d{1,2}|UTC\s?[+-]\d{1,2}|GMT|UTC)?\b)?"
)


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date as a line prints it: ISO form, and where in the line it stands."""

    iso: str
    start: int
    end: int


@cache
def _months() -> dict[str, int]:
    return {row["name"]: int(row["month"]) for row in read_table("page_months", ("name", "month"))}


@cache
def _day_names() -> str:
    return r"(?:senin|selasa|rabu|kamis|jum['’`]?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday|sen|sel|rab|kam|jum|sab|min|ming|mon|tue|wed|thu|fri|sat|sun)\.?"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    months = "|".join(sorted(_months(), key=len, reverse=True))
    day = rf"(?:\b{_day_names()}\s{{0,3}}[,(]?\s{{0,3}})?"
    return (
        re.compile(
            rf"{day}(?<!\d)(?P<d>\d{{1,2}})[ -]{{1,3}}(?P<name>{months})\.?,?[ -]{{1,3}}(?P<y>(?:19|20)\d\d)(?!\d)\)?{_CLOCK}",
            re.IGNORECASE,
        ),
        re.compile(
            rf"{day}\b(?P<name>{months})\.?\s{{1,3}}(?P<d>\d{{1,2}}),\s{{0,3}}(?P<y>(?:19|20)\d\d)(?!\d)\)?{_CLOCK}",
            re.IGNORECASE,
        ),
        re.compile(
            rf"{day}(?<![\d/.])(?P<d>\d{{1,2}})(?P<sep>[/.-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d)\)?{_CLOCK}",
            re.IGNORECASE,
        ),
    )


def find_page_date(line: str) -> PageDate | None:
    """The first date in a line, with its time of day where one follows. Looks at the line's first 300 characters."""
    line = line[:300]
    if _YEAR.search(line) is None:  # every form of a date holds one
        return None
    if (found := _ISO.search(line)) and (iso := _iso_of(found)):
        return PageDate(iso, found.start(), found.end())
    for pattern in _patterns():
        if (found := pattern.search(line)) and (iso := _iso_of(found)):
            return PageDate(iso, found.start(), found.end())
    return None


def _iso_of(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    month = int(parts["m"]) if parts.get("m") else _months()[parts["name"].casefold()]
    day = int(parts["d"])
    try:
        iso = date(int(parts["y"]), month, day).isoformat()
    except ValueError:
        return None
    if parts["hh"] is None:
        return iso
    iso += f"T{int(parts['hh']):02}:{parts['mm']}"
    if parts["ss"]:
        iso += f":{parts['ss']}"
    return iso + _offset(parts["zone"] or "")


def _offset(zone: str) -> str:
    bare = zone.casefold().replace(" ", "")
    if not bare:
        return ""
    if bare in _ZONES:
        return _ZONES[bare]
    bare = bare.removeprefix("gmt").removeprefix("utc")
    digits = bare[1:].replace(":", "")
    return (
        f"{bare[0]}{digits[:2]:0>2}:{digits[2:] or '00'}"
        if len(digits) != 4
        else f"{bare[0]}{digits[:2]}:{digits[2:]}"
    )


def normalise_date(value: str | None) -> str | None:
    """A date of a page's metadata in our form, or None where it is none."""
    found = find_page_date(value.strip()) if value else None
    return found.iso if found else None
