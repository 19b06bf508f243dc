"""Datelines of outlets that no table knows, told by their form: a short head of names before a dash.

Comes in: a paragraph's opening. Comes out: the head's place and outlet. ``KOTA, Outlet -``, ``OUTLET, KOTA --``,
``Kota (AGENSI) -``, ``(Outlet) KOTA -`` and ``Kabar Selat -`` are datelines; ``Nama Orang - ...`` is none, nor is a
sentence that holds a dash. What the page says elsewhere of its outlet goes before what the words look like.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from ..lexicon import words

_TOKEN = r"[A-Z0-9][\w.'’&/-]*"
_NAMES = rf"{_TOKEN}(?: (?:{_TOKEN}|dan|di|van|al|de|la)){{0,4}}"
_DASH = r"\s{0,2}(?:--|[-–—]){1,2}(?:\s{1,3}|(?=[A-Z\"“]))"
_DATE = r"(?:\s?,?\s?(?:(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu)[, ]{0,2})?\(?\d{1,2}[/ ](?:\d{1,2}|[A-Z][a-z]{2,8})(?:[/ ]\d{2,4})?\)?)?"
_NEXT = r"(?=[A-Z\"“‘'(]|\d)"
_BRACKET = re.compile(
    rf"^(?P<place>{_NAMES}(?:, {_NAMES})?)\s?[(\[](?P<outlet>{_NAMES})[)\]]{_DATE}\s?(?:{_DASH}|[:.]\s)\s?{_NEXT}"
)
_BRACKET_FIRST = re.compile(
    rf"^[(\[](?P<outlet>{_NAMES})[)\]][,\s]{{0,2}}(?P<place>{_NAMES}(?:, {_NAMES})?){_DATE}{_DASH}{_NEXT}"
)
_PAIR = re.compile(
    rf"^(?P<first>{_NAMES})\s?[,|/]\s?(?P<second>{_NAMES})(?:\s?,\s?(?P<third>{_NAMES}))?{_DATE}{_DASH}{_NEXT}"
)
_ALONE = re.compile(rf"^(?P<first>{_NAMES}){_DATE}{_DASH}{_NEXT}")
_SITE = re.compile(r"^[\w-]{2,30}(?:\.[\w-]{2,15})?\.[A-Za-z]{2,7}$")
_AREA_BEFORE = r"\b(?:di|ke|dari|kota|kabupaten|kecamatan|kab\.|provinsi|desa|pulau|wilayah|warga|bupati|gubernur|polres|polresta)\s"
_LOOKED = 6000
"""How far into the text the words of a head are looked up."""


@dataclass(frozen=True, slots=True)
class Head:
    """How long a dateline is, and the outlet that it names. ``by_agency``: in brackets, as an agency's copy is signed."""

    length: int
    outlet: str | None
    by_agency: bool = False


def read_head(opening: str, text: str, outlets: Set[str] = frozenset()) -> Head | None:
    """The dateline that opens a paragraph, or None.

    Args:
        opening: the paragraph's first characters.
        text: what the names may be looked up in, for the words around them.
        outlets: names of outlets, lower-cased, that the page itself prints.
    """
    if not re.match(r"[A-Z0-9(\[]", opening) or not any(dash in opening for dash in "-–—"):
        return None
    for pattern in (_BRACKET, _BRACKET_FIRST):
        if (found := pattern.match(opening)) is not None:
            outlet = found["outlet"]
            if any(c.isdigit() for c in outlet) and "." not in outlet:
                continue
            if is_outlet_name(outlet, outlets) or outlet.isupper() or found["place"].isupper():
                return Head(len(found[0].rstrip()), outlet, True)
    if (found := _PAIR.match(opening)) is not None:
        return _of_pair(found, outlets)
    if (found := _ALONE.match(opening)) is not None:
        return _of_one(found, text, outlets)
    return None


def is_outlet_name(name: str, outlets: Set[str] = frozenset()) -> bool:
    """Whether a name is an outlet's: the page says so, or it is a web address, or a word of the trade stands at its edge."""
    low = name.casefold()
    if low in outlets or _SITE.match(name) is not None:
        return True
    parts = re.split(r"[\s-]", low)
    return low not in words("dateline_areas") | words("section_names") and bool(
        {parts[0], parts[-1]} & words("outlet_words")
    )


def _of_pair(found: re.Match[str], outlets: Set[str]) -> Head | None:
    """Two or three names: the outlet is the one that is known as such, else the one that cannot be an area."""
    names = [name for name in (found["first"], found["second"], found["third"]) if name]
    length = len(found[0].rstrip())
    known = [name for name in names if is_outlet_name(name, outlets)]
    if known:
        return Head(length, known[0])
    if any(name.isdigit() for name in names):
        return None
    first, last = names[0], names[-1]
    if last.isupper() and len(last) > 3 and len(first.split()) <= 3 and not first.isupper():
        # `Kota, NAMA MEDIA -`
        return Head(length, last) if last.casefold() not in words("dateline_areas") else Head(length, None)
    if not first.isupper():
        # `Kota, Wilayah -` names no outlet; `Nama, Jabatan - ...` is no dateline at all.
        is_area = last.casefold() in words("dateline_areas") or len(first.split()) == len(last.split()) == 1
        return Head(length, None) if is_area else None
    if last.casefold() in words("dateline_areas"):
        return Head(length, None)
    if first.casefold() in words("dateline_areas") or not last.isupper():
        return Head(length, last)
    # Both in capitals: an outlet before its place, unless the first is one word and the second is more.
    outlet = last if len(first.split()) < len(last.split()) else first
    return Head(length, outlet)


def _of_one(found: re.Match[str], text: str, outlets: Set[str]) -> Head | None:
    name = found["first"]
    length = len(found[0].rstrip())
    if is_outlet_name(name, outlets):
        return Head(length, name)
    if len(name) > 40 or len(name.split()) > 3 or any(c.isdigit() for c in name) or " dan " in name:
        return None
    if name.isupper() or len(name.split()) == 1 or name.casefold() in words("dateline_areas"):
        return Head(length, None)
    return None if _is_person(name, text[:_LOOKED]) else Head(length, None)


def _is_person(name: str, text: str) -> bool:
    """Whether a part of the name stands alone in the text, as parts of people's names do and of places' do not."""
    low = text.casefold()
    if re.search(_AREA_BEFORE + re.escape(name.casefold()), low) is not None:
        return False
    whole = low.count(name.casefold())
    return any(
        len(re.findall(rf"\b{re.escape(part)}\b", low)) > whole
        for part in (name.split()[0].casefold(), name.split()[-1].casefold())
        if len(part) > 2
    )
