"""Who it is that says so, as the text puts it: the noun phrase beside a cue.

In comes a stretch of units before or after a cue; out goes a `Source`: a name, a description (`seorang saksi mata`)
or a word that points back (`dia`, `politikus itu`, `Gubernur`), which `speakers` then resolves to a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from telusur.lexicon import read_table
from telusur.model.layers import Mention
from telusur.model.span import Span

from .units import Reading, Unit

Points = Literal["person", "people", "office", "group"]

_LONGEST_PHRASE = 14
_LONGEST_WALK = 70
_CLITIC = "nya"
_NEVER_IN_PHRASE = frozenset({"yang", "bahwa", "lanjut", "adalah", "menjadi"})
_MARKS_IN_NAMES = frozenset("-'’.&/")


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks. ``points``: not named here, but pointing back to a person, several, an office or a group.

    ``head`` is the noun that must fit what it points to (`gubernur`, `kementerian`); ``after`` is the unit that follows.
    """

    span: Span
    after: int
    name: Mention | None = None
    points: Points | None = None
    head: str = ""
    solid: bool = True
    """Whether the phrase is one that can speak: a name, a person, a body; not just any noun."""


@cache
def clause_words(kind: str) -> frozenset[str]:
    """The words of one kind in ``data/words/clause-words.tsv``."""
    return frozenset(r["word"] for r in read_table("clause-words", ("word", "kind")) if r["kind"] == kind)


@cache
def role_nouns(kind: str) -> frozenset[str]:
    """The nouns of one kind in ``data/words/role-nouns.tsv``."""
    return frozenset(r["word"] for r in read_table("role-nouns", ("word", "kind")) if r["kind"] == kind)


def is_adjunct_start(unit: Unit) -> bool:
    """Whether a stretch that begins with this unit says when, where or how, not who."""
    return unit.kind == "time" or unit.low in clause_words("preposition") or unit.low.removesuffix(_CLITIC) in ("menurut",)


def source_before(reading: Reading, low: int, at: int) -> Source | None:
    """The subject that ends before unit ``at`` and stands in units ``[low, at)``, or None."""
    low = max(low, at - _LONGEST_WALK)
    units = reading.units
    end = _skip_back(units, low, at)
    if end > low and units[end - 1].low == "yang":
        end = _skip_back(units, low, end - 1)
    fallback: Source | None = None
    for start, stop in reversed(_segments(units, low, end)):
        start = _skip_openers(units, start, stop)
        if start >= stop:
            continue
        if is_adjunct_start(units[start]):
            fallback = fallback or _named_within(reading, start, stop)
            continue
        source = read_phrase(reading, start, stop)
        if source is not None and source.solid:
            return source
        fallback = fallback or source
    return fallback


def source_after(reading: Reading, at: int, high: int) -> Source | None:
    """The source that begins at unit ``at`` and stands in units ``[at, high)``, or None.

    An apposition counts: in `kata juru bicara KPK, Rini Astuti, di Jakarta` it is the name.
    """
    units = reading.units
    high = min(high, at + _LONGEST_WALK)
    while at < high and (units[at].low in clause_words("adverb") or units[at].low in ("oleh", "dari", "kepada")):
        at += 1
    if at >= high:
        return None
    source = read_phrase(reading, at, high)
    if source is None or (source.name is not None and source.name.type == "PER"):
        return source
    comma = source.after
    if comma + 1 < high and units[comma].low == ",":
        following = units[comma + 1]
        if following.name is not None and following.name.type == "PER" and source.points == "office":
            return Source(following.span, comma + 2, following.name)
    return source


def read_phrase(reading: Reading, start: int, stop: int) -> Source | None:
    """The noun phrase that begins at unit ``start``, not running past ``stop``."""
    units = reading.units
    start = _skip_openers(units, start, stop)
    end = _phrase_end(units, start, min(stop, start + _LONGEST_PHRASE))
    if end <= start:
        return None
    if units[start].low in clause_words("pronoun"):
        many = units[start].low in ("mereka", "keduanya", "ketiganya")
        return Source(units[start].span, start + 1, points="people" if many else "person")
    return _name_in(reading, start, end) or _description(reading, start, end)


def _name_in(reading: Reading, start: int, end: int) -> Source | None:
    """The phrase as a name: a person's, or a body's or place's that nothing but its rank stands before."""
    units = reading.units
    for at in range(start, end):
        name = units[at].name
        if name is None:
            continue
        if name.type == "PER":
            if _is_related(units, start, at):
                return Source(reading.span(start, at + 1), at + 1)
            return Source(units[at].span, at + 1, name)
        if at == start or all(u.kind == "mark" for u in units[start:at]):
            person = next((i for i in range(at + 1, end) if (n := units[i].name) is not None and n.type == "PER"), None)
            if person is not None:
                return Source(units[person].span, person + 1, units[person].name)
            return Source(units[at].span, at + 1, name)
    return None


def _is_related(units: Sequence[Unit], start: int, at: int) -> bool:
    """Whether the words before a person's name make someone else of it: `pengacara Rini`, `pemerintahan Presiden Rini`."""
    at -= 1
    while at > start and units[at].low in role_nouns("person") and units[at].low not in clause_words("relational"):
        at -= 1
    if at >= start and units[at].low == "hukum":
        return True
    return at >= start and units[at].low in clause_words("relational")


def _description(reading: Reading, start: int, end: int) -> Source | None:
    """The phrase as a description, and what it points back to."""
    units = reading.units
    while end > start and units[end - 1].kind == "mark":
        end -= 1
    if end <= start:
        return None
    span = reading.span(start, end)
    lows = [u.low for u in units[start:end]]
    person = next((w for w in lows if w.removesuffix(_CLITIC) in role_nouns("person")), "")
    group = next((w for w in lows if w.removesuffix(_CLITIC) in role_nouns("group")), "")
    counted = lows[0] in clause_words("quantifier") or units[start].kind == "number"
    named = any(u.name is not None for u in units[start:end])
    solid = bool(counted or person or group or named or lows[0] in clause_words("relational"))
    if lows[-1] in clause_words("demonstrative") and len(lows) > 1 and not counted:
        if person:
            return Source(span, end, points="person", head=person)
        return Source(span, end, points="group", head=group or lows[0], solid=bool(group))
    if person and not counted and lows[0] == person:
        return Source(span, end, points="office", head=person)
    return Source(span, end, solid=solid)


def _phrase_end(units: Sequence[Unit], start: int, stop: int) -> int:
    """Where the noun phrase that begins at ``start`` ends: at an adjunct, a clause, an adverb or a mark."""
    depth = 0
    for at in range(start, stop):
        unit = units[at]
        if unit.low in ("(", "["):
            depth += 1
        elif unit.low in (")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0 and _ends_phrase(units, at, start):
            return at
    return stop


def _ends_phrase(units: Sequence[Unit], at: int, start: int) -> bool:
    unit = units[at]
    if unit.kind == "time" or unit.low in _NEVER_IN_PHRASE:
        return True
    if unit.kind == "mark":
        # A short word before a full stop is an abbreviation (`Kol.`), a longer one the end of the sentence.
        return unit.low not in _MARKS_IN_NAMES or (unit.low == "." and at > start and len(units[at - 1].low) > 3)
    return at > start and any(unit.low in clause_words(kind) for kind in ("preposition", "adverb", "negation"))


def _segments(units: Sequence[Unit], low: int, end: int) -> list[tuple[int, int]]:
    """Units ``[low, end)`` parted at commas and dashes; what stands in brackets parts nothing."""
    out: list[tuple[int, int]] = []
    depth, start = 0, low
    for at in range(low, end):
        if units[at].low in ("(", "["):
            depth += 1
        elif units[at].low in (")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0 and units[at].low in (",", ";", ":", "–", "—", '"', "”", "“", "-"):
            if units[at].low == "-" and not _spaced(units, at):
                continue
            out.append((start, at))
            start = at + 1
    out.append((start, end))
    return [(a, b) for a, b in out if a < b]


def _spaced(units: Sequence[Unit], at: int) -> bool:
    """Whether a hyphen is a dash: white space on one side at least."""
    return (at > 0 and units[at - 1].span.end < units[at].span.start) or (
        at + 1 < len(units) and units[at + 1].span.start > units[at].span.end
    )


def _skip_openers(units: Sequence[Unit], start: int, stop: int) -> int:
    """Past the words that only tie a sentence to the one before (`Sementara itu`, `Namun`)."""
    while start < stop:
        low = units[start].low
        if low in clause_words("opener") or low in clause_words("adverb") or units[start].kind == "mark" or (low in clause_words("demonstrative") and start + 1 < stop):
            start += 1
        else:
            break
    return start


def _skip_back(units: Sequence[Unit], low: int, end: int) -> int:
    """Back over what may stand between a subject and its verb: adverbs, `secara ...`, a comma, a time."""
    while end > low:
        unit = units[end - 1]
        if unit.kind == "time" or unit.low == "," or unit.low in clause_words("adverb"):
            end -= 1
        elif end - 2 >= low and units[end - 2].low in ("secara", "dengan") and unit.kind == "word":
            end -= 2
        else:
            break
    return end


def _named_within(reading: Reading, start: int, stop: int) -> Source | None:
    """The last person named in an adjunct that swallowed its subject (`Dalam pidatonya Rini mengatakan`)."""
    units = reading.units
    for at in range(stop - 1, start, -1):
        name = units[at].name
        if name is not None and name.type == "PER" and units[at - 1].low not in ("oleh", "dengan", "kepada", "dan", "bersama"):
            return Source(units[at].span, at + 1, name)
    return None
