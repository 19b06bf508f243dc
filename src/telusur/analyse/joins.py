"""Which names of one article are one thing: the rules that join them, each join with its reason.

Forms (the different ways in which names are written) come in; groups of forms go out. First the names that are one name
written otherwise are joined (case, hyphens, known and stated short forms, acronyms made of the long name), then short
forms go to the one fuller name that they fit, then misspellings to their neighbour. Where two fuller names fit alike,
a person or body is the one named last before; where none was, none is picked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model.layers import EntityType, Mention
from . import names
from .clubs import join_clubs
from .nameforms import BRACKET, INITIALS, KNOWN, LETTERS, SPELLING, STATED, Form, Groups
from .names import Words
from .places import is_area_name
from .shortnames import join_mistyped, join_short

MOST_FORMS = 600
"""Past this many different names in one article only equal names are joined: time must stay bounded."""


@dataclass(slots=True)
class Joined:
    """What the rules found. ``nearest``: for a mention of a short form that fits several names, the form named last
    before it, and the mention that named it."""

    groups: Groups
    nearest: dict[int, tuple[int, int]]


def join_forms(text: str, mentions: list[Mention], forms: list[Form], form_of: list[int]) -> Joined:
    """Joins the forms of one article by all rules, in the order of their strength.

    Args:
        text: the article's text; what stands between two names may say that they are one.
        mentions: in the order of the text.
        forms: the different names, see `find_forms`.
        form_of: the form of each mention, as its place in ``forms``.
    """
    groups = Groups(len(forms))
    if len(forms) > MOST_FORMS:
        return Joined(groups, {})
    _join_stated(text, mentions, forms, form_of, groups)
    _join_readings(forms, groups)
    _join_letters(forms, groups)
    _join_spelling(
        [f for f in forms if len(f.words) > 1], groups
    )  # before short forms: two spellings are one fuller name
    nearest = join_short(mentions, forms, groups)
    settled = {form_of[i] for i in nearest}
    rest = [f for f in forms if f.at not in settled]
    join_clubs(rest, groups)
    join_mistyped(rest, groups)
    _join_spelling(rest, groups)
    return Joined(groups, nearest)


# Stated in the text

_ALIAS = re.compile(
    r"\s*,?\s*\(?\s*(?:alias|a\.?k\.?a\.?|atau (?:yang )?(?:lebih )?(?:akrab |biasa |sering )?(?:dikenal|disebut|disapa|dipanggil|disingkat)"
    r"(?: (?:sebagai|dengan(?: (?:nama|sebutan))?))?|yang (?:akrab |biasa |sering |lebih )?(?:dikenal|disebut|disapa|dipanggil|disingkat)"
    r"(?: (?:sebagai|dengan(?: (?:nama|sebutan))?))?|(?:sapaan|panggilan) akrab|(?:akrab |biasa )?disapa|disingkat|dulu(?:nya)?(?: bernama)?"
    r"|sebelumnya bernama|dulu dikenal sebagai)\s*[\"“]?\s*",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\s*[\[(]\s*[\"“]?")
_LONGEST_BRIDGE = 60


def _join_stated(
    text: str, mentions: list[Mention], forms: list[Form], form_of: list[int], groups: Groups
) -> None:
    """Joins what the text itself equates: ``Long Name (LN)``, ``X alias Y``, ``X, sapaan akrab Y``."""
    for i in range(len(mentions) - 1):
        left, right = forms[form_of[i]], forms[form_of[i + 1]]
        start, end = mentions[i].span.end, mentions[i + 1].span.start
        if left is right or not 0 <= end - start <= _LONGEST_BRIDGE:
            continue
        bridge = text[start:end]
        if _OPEN.fullmatch(bridge):
            after = text[mentions[i + 1].span.end : mentions[i + 1].span.end + 1]
            if after in (")", "]", "/", ";", ",") and _is_short_of(right, left):
                groups.join(right.at, left.at, BRACKET)
        elif (_ALIAS.fullmatch(bridge) and left.type == right.type) or (
            bridge.strip() == "atau"
            and names.stands_for(right.text, left.words)
            and names.is_acronym(right.text)
        ):
            groups.join(right.at, left.at, STATED)


def _is_short_of(short: Form, full: Form) -> bool:
    """Whether a name in brackets is the short form of the name before it, not its party, town or owner."""
    if any(names.stands_for(short.text, r) for r in full.readings):
        return True
    if set(short.readings) & set(full.readings):
        return True
    if full.type == "PER" or short.type == "PER" or len(full.words) < 2 or len(short.words) > 1:
        return False
    if names.is_subsequence(short.words[0], "".join(full.words)) and 4 <= len(short.text) <= 16:
        return True
    if short.words in names.short_forms().names:
        return False
    return names.is_acronym(short.text) and short.text.isupper() and short.type == full.type


# The same name by what is known


def _join_readings(forms: list[Form], groups: Groups) -> None:
    """Joins names that share a reading: ``KPK`` and its long form, ``Polda Sulsel`` and ``Polda Sulawesi Selatan``.

    A short form whose readings lead to two things of the article (``PBB``: the nations or the party) joins neither.
    """
    by_reading: dict[str, list[Form]] = {}
    for form in forms:
        for key in dict.fromkeys("".join(r) for r in form.readings):
            by_reading.setdefault(key, []).append(form)
    others: list[list[Form]] = []
    for form in forms:
        found = {
            o.at: o
            for r in form.readings
            for o in by_reading["".join(r)]
            if o is not form and _may_be_one(form, o)
        }
        others.append(list(found.values()))
    torn = {form.at for form in forms if len(others[form.at]) > 1 and not _are_one(others[form.at])}
    for form in forms:
        for other in others[form.at]:
            if form.at not in torn and other.at not in torn:
                groups.join(form.at, other.at, KNOWN)
    for at in torn:
        forms[at].readings = forms[at].readings[:1]  # no later rule may pick one of the two


def _are_one(forms: list[Form]) -> bool:
    """Whether names hang together by their readings."""
    linked = [{"".join(r) for r in forms[0].readings}]
    rest = forms[1:]
    while rest:
        found = next((f for f in rest if any("".join(r) in linked[0] for r in f.readings)), None)
        if found is None:
            return False
        linked[0] |= {"".join(r) for r in found.readings}
        rest.remove(found)
    return True


def _may_be_one(one: Form, other: Form) -> bool:
    """Whether the types allow that two names are one thing: a person is never anything else.

    Two long names that share their bracket alone (``Partai Kebangkitan Bangsa (PKB)``, ``Partai Kedaulatan Bangsa (PKB)``)
    are two things.
    """
    if "(" in one.text and "(" in other.text and one.readings[0] != other.readings[0]:
        return False
    return one.type == other.type or "PER" not in (one.type, other.type)


def _join_letters(forms: list[Form], groups: Groups) -> None:
    """Joins an acronym to the one name of the article whose words begin with its letters."""
    by_first: dict[str, list[Form]] = {}
    by_short: dict[tuple[EntityType, Words], list[Form]] = {}
    for form in forms:
        if len(form.words) < 2:
            continue
        for first in {w[0] for r in form.readings for w in (r[0], names.behind(r, "form", "place")[0])}:
            by_first.setdefault(first, []).append(form)
        for short in {a for r in form.readings for a in names.abbreviations(r)} if form.type != "PER" else ():
            by_short.setdefault((form.type, short), []).append(form)
    for form in forms:
        if form.text.isdigit() or not form.text[0].isalnum():
            continue
        if len(form.words) > 1:
            near = [o for r in form.readings for o in by_short.get((form.type, r), ())]
        else:
            near = [o for o in by_first.get(form.words[0][0], ()) if _letters_fit(form, o)]
        fits = [o for o in near if o is not form and not groups.same(o.at, form.at)]
        if len({groups.top(o.at) for o in fits}) == 1:
            groups.join(form.at, fits[0].at, INITIALS if fits[0].type == "PER" else LETTERS)


def _letters_fit(short: Form, full: Form) -> bool:
    """Whether a single word is put together of the letters of the full name."""
    if full.type == "PER":
        return names.is_acronym(short.text) and names.initials(full.words) == short.words[0]
    if short.type == "PER":
        return False
    if short.words in names.short_forms().names:
        return False
    if names.is_acronym(short.text):
        return any(names.stands_for(short.text, r) for r in full.readings)
    return short.type == full.type and any(names.is_syllables(short.text, r) for r in full.readings)


# Slips of spelling


def _join_spelling(forms: list[Form], groups: Groups) -> None:
    """Joins a name to the one other name that differs from it by a slip."""
    # a slip leaves the first letter of each word, so only names with the same first letters are compared
    alike: dict[tuple[EntityType, str], list[Form]] = {}
    parts: dict[str, list[Form]] = {}
    for form in forms:
        alike.setdefault((form.type, names.initials(form.words)), []).append(form)
        for first in {w[0] for w in form.words} if form.type == "PER" else ():
            parts.setdefault(first, []).append(form)
    for form in forms:
        if not groups.is_alone(form.at):
            continue
        near = [
            o for o in alike[form.type, names.initials(form.words)] if o is not form and _is_slip(form, o)
        ]
        near = near or [
            o for o in parts.get(form.words[0][0], ()) if o is not form and _is_slip_of_part(form, o)
        ]
        if len({groups.top(o.at) for o in near}) == 1:
            groups.join(form.at, near[0].at, SPELLING)


def _is_slip(one: Form, other: Form) -> bool:
    """Whether two names are alike word by word, so that one is a misspelling of the other."""
    if not names.is_slip(one.words, other.words):
        return False
    # `Malang` and `Magelang`, `Kemenhan` and `Kemenham`: both are right
    return one.type == "PER" or not all(
        _is_known(w) for a, b in zip(one.words, other.words, strict=True) if a != b for w in (a, b)
    )


def _is_known(word: str) -> bool:
    return (word,) in names.short_forms().names or is_area_name(word)


def _is_slip_of_part(one: Form, other: Form) -> bool:
    """Whether a single word misspells one word of a person's name."""
    if one.type != "PER" or len(one.words) > 1 or len(one.text) < 4:
        return False
    return any(names.is_slip(one.words, (w,)) for w in other.words)
