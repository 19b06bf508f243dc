"""Which short form of a name goes to which fuller one: ``Lestari`` to ``Rini Lestari``, ``Gaza`` to ``Jalur Gaza``.

Comes in: the forms of one article and the groups joined so far. Goes out: the groups, joined further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..model.layers import EntityType, Mention
from . import names
from .nameforms import SHORT, Form, Groups
from .names import Words
from .places import is_place_name


def join_short(mentions: list[Mention], forms: list[Form], groups: Groups) -> dict[int, tuple[int, int]]:
    """Joins a short form to the one fuller name that it fits.

    Returns:
        For mentions of a person's short form that fits several: the form named last before it, and its mention.
    """
    by_word: dict[str, list[Form]] = {}
    for form in forms:
        for word in {w for r in form.readings for w in r}:
            by_word.setdefault(word, []).append(form)
    nearest: dict[int, tuple[int, int]] = {}
    chosen: set[int] = set()
    for form in sorted(forms, key=lambda f: -len(f.words)):
        # a form that is now this, now that fuller name is itself no fuller name
        fuller = [o for o in _fuller(form, by_word) if o.at not in chosen]
        if form.type == "LOC":
            fuller = _widest(form, fuller, forms)
        tops = {groups.top(o.at) for o in fuller} - {groups.top(form.at)}
        if len(tops) == 1:
            groups.join(form.at, next(o.at for o in fuller if groups.top(o.at) in tops), SHORT)
        elif len(tops) > 1 and form.type in ("PER", "ORG") and groups.is_alone(form.at):
            nearest.update(_named_last(mentions, form, fuller))
            chosen.add(form.at)
    return nearest


def join_mistyped(forms: list[Form], groups: Groups) -> None:
    """Joins a single word marked as a body or place to the one person whose name it is part of: the mark-up erred."""
    people: dict[str, list[Form]] = {}
    for form in forms:
        for word in form.words if form.type == "PER" and len(form.words) > 1 else ():
            people.setdefault(word, []).append(form)
    for form in forms:
        if form.type == "PER" or len(form.words) > 1 or len(form.text) < 4 or not groups.is_alone(form.at):
            continue
        bearers = people.get(form.words[0], [])
        known = form.words in names.short_forms().names or is_place_name(form.text)
        if len({groups.top(o.at) for o in bearers}) == 1 and not known and not form.text.isupper():
            groups.join(form.at, bearers[0].at, SHORT)


_WIDTH = {
    "jalur": 6,
    "negara": 6,
    "provinsi": 5,
    "kabupaten": 4,
    "kota": 3,
    "kecamatan": 2,
    "distrik": 2,
    "kelurahan": 1,
    "desa": 1,
}


def _widest(form: Form, fuller: list[Form], forms: list[Form]) -> list[Form]:
    """Of several areas of one name the widest: bare ``Gaza`` beside ``Jalur Gaza`` and ``Kota Gaza`` is the strip.

    Where the article names the regency only inside a body's name (``Pemkab Karanganyar``), the bare name is that
    regency and not the district.
    """
    if not fuller:
        return fuller
    widths = [_WIDTH.get(o.words[0], 3) for o in fuller]
    most = max(widths)
    if most <= 2:
        wider = ("kabupaten", *form.words)
        if any(_holds(r, wider) for f in forms if f.type == "ORG" for r in f.readings):
            return []
    return [o for o, width in zip(fuller, widths, strict=True) if width == most]


def _holds(name: Words, part: Words) -> bool:
    return any(name[i : i + len(part)] == part for i in range(len(name) - len(part) + 1))


def _fuller(form: Form, by_word: dict[str, list[Form]]) -> Iterator[Form]:
    """The names of which this one may be the short form."""
    fits = _SHORTENS[form.type]
    seen: set[int] = {form.at}
    for reading in form.readings:
        found = False
        for other in by_word.get(_telling(form.type, reading, by_word), ()):
            if len(other.words) < len(form.words) or other.at in seen or other.type != form.type:
                continue
            if form.type == "PER" and _is_pair(other, by_word):
                continue
            both = "(" in form.text and "(" in other.text  # brackets alone make no short form
            if any(fits(reading, r) for r in (other.readings[:1] if both else other.readings)):
                seen.add(other.at)
                found = True
                yield other
        if found:
            return  # `DPR` as it stands is short for `DPR RI`; written out it would also begin `DPRD`


def _is_pair(form: Form, by_word: dict[str, list[Form]]) -> bool:
    """Whether a name is two people's (``Jokowi-JK``): each side known by itself or borne by another in the article."""
    sides = [names.words_of(side) for side in re.split("[-–/]", form.text)]
    if len(sides) != 2 or not all(sides) or any(names.is_kind(w, "particle") for side in sides for w in side):
        return False
    if any(side in names.short_forms().names for side in sides):
        return True
    left, right = ({f.at for f in by_word.get(side[0], ())} - {form.at} for side in sides)
    return bool(left and right) and not left & right


def _telling(type: EntityType, short: Words, by_word: dict[str, list[Form]]) -> str:
    """The rarest word that every fuller form of a name must hold; looking only there keeps the search short."""
    if type == "PER":
        return short[-1]  # the first may be cut short: `Mo Salah`
    telling = names.behind(short, "place") if type == "LOC" else names.drop(short, "form", "state", "place")
    return min(telling, key=lambda w: len(by_word.get(w, ())))


_SHORTENS: dict[EntityType, Callable[[Words, Words], bool]] = {
    "PER": names.shortens_person,
    "ORG": names.shortens_body,
    "LOC": names.shortens_place,
}


def _named_last(
    mentions: list[Mention], form: Form, fuller: list[Form]
) -> Iterator[tuple[int, tuple[int, int]]]:
    """For each mention of a short form the fuller name that was named last before it, if any was."""
    told = sorted((i, o.at) for o in fuller for i in o.mentions)
    for i in form.mentions:
        before = [t for t in told if t[0] < i]
        if before:
            yield i, (before[-1][1], before[-1][0])
