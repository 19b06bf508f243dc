"""Which names of one article are one thing: the rules that join them, each join with its reason.

Forms (the different ways in which names are written) come in; groups of forms go out. First the names that are one name
written otherwise are joined (case, hyphens, known and stated short forms, acronyms made of the long name), then short
forms go to the one fuller name that they fit, then misspellings to their neighbour. Where two fuller names fit alike,
a person or body is the one named last before; where none was, none is picked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ..model.layers import EntityType, Mention
from . import names
from .names import Words
from .places import is_area_name, is_place_name

SAME = "same name"
WRITTEN = "same name, written otherwise"
BRACKET = "the article gives it in brackets after the full name"
STATED = "the article says that both are one"
KNOWN = "known short form or other name"
LETTERS = "made of the letters of the full name"
SHORT = "short form of a fuller name in this article"
INITIALS = "initials of a person named in this article"
NEAREST = "short form; of several fuller names the one named last"
SPELLING = "differs from it by a slip of spelling"

MOST_FORMS = 600
"""Past this many different names in one article only equal names are joined: time must stay bounded."""


@dataclass(slots=True, eq=False)
class Form:
    """One way a name is written in the article, with all its mentions (positions in the list of mentions)."""

    at: int
    text: str
    type: EntityType
    words: Words
    readings: tuple[Words, ...]
    mentions: list[int] = field(default_factory=list)


class Groups:
    """Forms joined so far, with the reason for each join: a union-find that remembers."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))
        self.sizes = [1] * size
        self.reasons: list[tuple[int, int, str]] = []

    def top(self, at: int) -> int:
        while self.parent[at] != at:
            self.parent[at] = self.parent[self.parent[at]]
            at = self.parent[at]
        return at

    def join(self, one: int, other: int, because: str) -> None:
        a, b = self.top(one), self.top(other)
        if a != b:
            self.parent[max(a, b)] = min(a, b)
            self.sizes[min(a, b)] += self.sizes[max(a, b)]
            self.reasons.append((one, other, because))

    def is_alone(self, at: int) -> bool:
        return self.sizes[self.top(at)] == 1

    def same(self, one: int, other: int) -> bool:
        return self.top(one) == self.top(other)


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
    nearest = _join_short(mentions, forms, groups)
    settled = {form_of[i] for i in nearest}
    rest = [f for f in forms if f.at not in settled]
    _join_mistyped(rest, groups)
    _join_spelling(rest, groups)
    return Joined(groups, nearest)


def find_forms(text: str, mentions: list[Mention]) -> tuple[list[Form], list[int]]:
    """The different names, equal where only case, accents, spaces and signs differ; and the form of each mention.

    A form takes the type of most of its mentions: one name is one thing within an article, and where the types
    disagree, the mark-up erred.
    """
    forms: list[Form] = []
    by_key: dict[str, Form] = {}
    form_of: list[int] = []
    for i, mention in enumerate(mentions):
        name = mention.span.of(text)
        words = names.words_of(name)
        key = "".join(words) or name
        form = by_key.get(key)
        if form is None:
            form = by_key[key] = Form(len(forms), name, mention.type, words or (name,), ())
            forms.append(form)
        form.mentions.append(i)
        form_of.append(form.at)
    for form in forms:
        form.type = Counter(mentions[i].type for i in form.mentions).most_common(1)[0][0]
        spellings = Counter(mentions[i].span.of(text) for i in form.mentions)
        form.text = max(spellings, key=lambda t: (fullness(t), spellings[t]))
        found = dict.fromkeys(r for t in spellings for r in names.readings(t))
        form.readings = tuple(r for r in found if r) or (form.words,)
        form.words = max((names.words_of(t) for t in spellings), key=len) or form.words
    return forms, form_of


def fullness(name: str) -> tuple[int, int, bool]:
    """How full a form is: words, then letters; capitals throughout (a dateline, a title) count less."""
    return len(names.words_of(name)), len(name), not name.isupper()


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


# Short forms


def _join_short(mentions: list[Mention], forms: list[Form], groups: Groups) -> dict[int, tuple[int, int]]:
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


def _join_mistyped(forms: list[Form], groups: Groups) -> None:
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
