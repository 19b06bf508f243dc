"""The rules on names that look at one block only: what is cut off, what is grown, what is put together.

In: a line with the names that the model marked. Each rule changes the line's names in place; what a rule finds by
itself carries no score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..lexicon import read_table
from ..lexicon import words as word_list
from ..model.layers import EntityType
from .namelines import TITLED, Draft, Line
from .names import is_kind, plain
from .nametables import known_types

LONGEST_BRACKET = 4
"""Words that a bracket inside a name may hold: ``(Sat Reskrim)``."""
MOST_GROWN = 8
"""Words that a head may take on by rule alone."""


@dataclass(frozen=True, slots=True)
class Head:
    """A word or phrase that a name begins with; see ``words/name-heads.tsv`` for what it ``grows``."""

    size: int
    type: str
    grows: str


@cache
def _heads() -> dict[str, tuple[str, str]]:
    return {r["head"]: (r["type"], r["grows"]) for r in read_table("name-heads", ("head", "type", "grows"))}


@cache
def _head_sizes() -> dict[str, tuple[int, ...]]:
    """By first word the numbers of words that heads have, longest first."""
    sizes: dict[str, set[int]] = {}
    for head in _heads():
        split = re.findall(r"[^\W\d_]+|[^\w\s]|\d+", head)
        sizes.setdefault(split[0], set()).add(len(split))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


@cache
def titles() -> frozenset[str]:
    """Single words that stand before a person's name without being part of it."""
    offices = {r["office"].split()[-1] for r in read_table("offices", ("office",))}
    return (word_list("ranks") | offices | word_list("name-titles")) - _NAME_TITLES


@cache
def personal_titles() -> frozenset[str]:
    """Titles that nothing but a person's name follows: ranks, degrees, ``dokter``, ``tersangka``."""
    offices = {w for r in read_table("offices", ("office",)) for w in r["office"].split()}
    return (word_list("ranks") | word_list("name-titles")) - _NAME_TITLES - offices


@cache
def front_words() -> frozenset[str]:
    """Offices and words of no name that a body's or a place's name does not begin with: ``Menlu Iran``, ``HAM Amnesty International``."""
    offices = {r["office"] for r in read_table("offices", ("office",)) if " " not in r["office"]}
    return (offices | word_list("ranks") | word_list("name-titles")) - _BODY_TITLES - _NAME_TITLES


_BODY_TITLES = frozenset({"ombudsman", "pimpinan", "tni", "polisi", "pol", "inf", "ir", "h"})
"""Words of no name that names may begin with."""
_NAME_TITLES = frozenset("gus raja ratu sultan imam pangeran putra mahkota syekh sheikh paus mas bung besar agung muda desa kota negara".split())
"""Titles that are as often names, and words that end the name of an office: they are not cut off."""
_SMALL = frozenset("dan di ke dari pada untuk yang itu ini tersebut oleh dengan serta atau para sang si".split())
_LINKS = frozenset("kota kabupaten provinsi prov kab kepulauan daerah istimewa khusus ibukota ri republik kelas tpi pusat resor resort sektor besar negeri tinggi pratama madya utama wilayah cabang".split())
_DIRECTIONS = frozenset("utara selatan barat timur tengah tenggara barat raya kota ri".split())
_AREA_HEADS = frozenset("desa kelurahan kecamatan kabupaten kota provinsi".split())
_HONOURS = frozenset("dr prof h hj kh ir m".split())
"""Titles inside the names of hospitals, schools and streets: ``RSD dr Soebandi``."""
_ROMAN = frozenset("I II III IV V VI VII VIII IX X XI XII XIII IIA IIB IA IB".split())


def head_at(line: Line, at: int) -> Head | None:
    """The longest head that begins at a word."""
    table = _heads()
    for size in _head_sizes().get(line.words[at].casefold(), ()):
        if at + size > len(line.words) or any(not line.follows(i) and line.words[i] != "." for i in range(at + 1, at + size)):
            continue
        key = line.folded(at, at + size).replace(" .", ".").replace(" - ", "-")
        if key in table:
            return Head(size, *table[key])
    return None


def is_title(line: Line, at: int) -> bool:
    """Whether a word is a title, rank or office before a name (a stop after it is not looked at)."""
    return 0 <= at < len(line.words) and line.words[at].casefold() in titles()


def is_acronym_word(word: str) -> bool:
    """Whether a word is written in capitals alone."""
    return len(word) > 1 and word.isupper()


# --- cutting ------------------------------------------------------------------------------------------------------


def tidy(line: Line) -> None:
    """Cuts what is no part of a name off its edges, parts long form and acronym, and drops what is no name."""
    for draft in line.drafts:
        _stretch(line, draft)
    line.drafts = [
        d
        for draft in _apart(line.drafts)
        for part in _parted(line, draft)
        if _cut(line, part)
        for d in _split(line, part)
        if _is_name(line, d)
    ]


def _apart(drafts: list[Draft]) -> list[Draft]:
    """The names, each that now touches the one before it made one with it."""
    out: list[Draft] = []
    for draft in drafts:
        if out and draft.start < out[-1].end:
            out[-1].end = max(out[-1].end, draft.end)
        else:
            out.append(draft)
    return out


def _stretch(line: Line, draft: Draft) -> None:
    """Gives a name the signs and letters that are written in one with it: ``Ma | 'had``, ``OPEC | +``, ``Linud 330/ | Tri Dharma``."""
    words = line.words
    while draft.end + 1 < len(words) and line.gap(draft.end) == line.gap(draft.end + 1) == "" and _is_inside(line, draft.end, draft):
        draft.end += 2
    while draft.start > 1 and line.gap(draft.start) == line.gap(draft.start - 1) == "" and _is_inside(line, draft.start - 1, draft):
        draft.start -= 2
    if draft.end < len(words) and line.gap(draft.end) == "" and words[draft.end] == "+":
        draft.end += 1


def _is_inside(line: Line, at: int, draft: Draft) -> bool:
    """Whether a sign between two words is part of a name."""
    sign, before, after = line.words[at], line.words[at - 1], line.words[at + 1]
    if sign in _APOSTROPHES or sign == "_":
        return before[-1].isalpha() and after[0].isalpha()
    if sign == "-":
        return before in ("Al", "El", "An", "Ar", "As", "al", "el") and after[0].isupper()
    return sign == "/" and draft.type == "ORG" and (before in _ROMAN or before.isdigit()) and after[0].isupper()


_APOSTROPHES = frozenset("'’‘`ʼ")


def _parted(line: Line, draft: Draft) -> Iterator[Draft]:
    """``Kementerian Perhubungan (Kemenhub`` is two names; a bracket with words of the name behind it stays inside."""
    words = line.words
    if (day := next((i for i in range(draft.start + 1, draft.end) if words[i].casefold() in _days()), None)) is not None:
        draft = Draft(draft.start, day, draft.type, draft.score)
    opened = next((i for i in range(draft.start + 1, draft.end) if words[i] == "("), None)
    if opened is None:
        yield draft
        return
    closed = next((i for i in range(opened, min(len(words), opened + 12)) if words[i] == ")"), None)
    if closed is not None and closed < draft.end - 1:
        yield draft
        return
    if closed is not None and closed - opened <= LONGEST_BRACKET and _continues(line, closed + 1, draft):
        yield draft  # `join_brackets` puts it together with what follows
        return
    yield Draft(draft.start, opened, draft.type, draft.score)
    end = min(draft.end, closed if closed is not None else draft.end)
    if opened + 1 < end:
        yield Draft(opened + 1, end, draft.type, draft.score)


def _split(line: Line, draft: Draft) -> Iterator[Draft]:
    """``Kecamatan Batuampar Kota Batam`` is two places; ``BNI Okki`` is a body and a person."""
    start = draft.start
    if draft.type == "PER" and draft.end - start > 1 and (kind := known_types().get(line.words[start])) and line.follows(start + 1):
        yield Draft(start, start + 1, kind, draft.score)
        start += 1
    if draft.type == "LOC" and draft.end - start == 2 and line.words[start] == "Kantor" and known_types().get(line.words[start + 1]) == "ORG":
        yield Draft(start + 1, draft.end, "ORG", draft.score)
        return
    if draft.type == "LOC" and (first := head_at(line, start)) is not None and first.type == "LOC":
        for i in range(start + first.size + 1, draft.end - 1):
            inner = head_at(line, i) if line.follows(i) and line.is_capital(i) else None
            if inner is not None and inner.type == "LOC" and i + inner.size < draft.end and line.words[i].casefold() in _AREA_HEADS:
                yield Draft(start, i, "LOC", draft.score)
                start = i
    yield Draft(start, draft.end, draft.type, draft.score)


@cache
def _days() -> frozenset[str]:
    """Days of the week: a date begins there, no name goes on."""
    return frozenset({"senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"})


def _continues(line: Line, at: int, draft: Draft) -> bool:
    return draft.type == "ORG" and any(d.start == at and d.type == "LOC" for d in line.drafts) and line.follows(at)


def _cut(line: Line, draft: Draft) -> bool:
    """Cuts a name's edges; False where nothing is left."""
    while draft.start < draft.end:
        first = line.words[draft.start]
        if _is_edge(first) and not (first == "(" and ")" in line.words[draft.start : draft.end]):
            draft.start += 1
        elif draft.end - draft.start > 1 and _is_front(line, draft):
            draft.start += 1
        else:
            break
    while draft.start < draft.end:
        last = line.words[draft.end - 1]
        whole = last == ")" and "(" in line.words[draft.start : draft.end]
        dotted = last == "." and draft.end - draft.start > 1 and len(line.words[draft.end - 2]) <= 3
        if (_is_edge(last) and not whole and not dotted) or last in _SMALL or (last in _DIRECTIONS and draft.end - draft.start > 1 and draft.type == "LOC"):
            draft.end -= 1
        else:
            break
    return draft.start < draft.end


def _is_edge(word: str) -> bool:
    return not word[0].isalnum() and word[0] not in "@["


def _is_front(line: Line, draft: Draft) -> bool:
    """Whether the first word of a name is a title or a small word that the model took in."""
    first = line.words[draft.start]
    if (first == "." and draft.type == "PER") or (first in _ROMAN and draft.type == "ORG" and line.follows(draft.start + 1)):
        return True
    if draft.type == "PER":
        return first.casefold() in titles() and (line.follows(draft.start + 1) or line.words[draft.start + 1] == ".")
    if not line.follows(draft.start + 1):
        return False
    unnamed = is_acronym_word(first) and first.casefold() in word_list("unnamed-words")
    if (unnamed or first.casefold() in front_words()) and line.is_capital(draft.start + 1) and head_at(line, draft.start) is None:
        return True
    if not first[0].islower():
        return False
    return head_at(line, draft.start) is None and any(line.is_capital(i) for i in range(draft.start + 1, draft.end)) and not is_kind(plain(first), "particle", "head", "place")


def _is_name(line: Line, draft: Draft) -> bool:
    """Whether anything in it can be a name: a capital, an address, a name that a reader of the tables knows."""
    name = line.written(draft)
    unnamed = word_list("unnamed-words")
    if all(w == "." or w.casefold() in front_words() or w.casefold() in ("pol", "h") for w in line.words[draft.start : draft.end]):
        return False
    if line.folded(draft.start, draft.end) in unnamed or line.folded(draft.start, draft.end + 1) in unnamed:
        return False
    if is_glued(line, draft):
        return False
    if len(name) == 1:
        return draft.type == "ORG" and name.isupper()
    if any(c.isupper() for c in name):
        return True
    return "." in name.strip(".") or name[0] == "@" or (draft.end - draft.start > 1 and (draft.score or 0) > 0.9)


def is_glued(line: Line, draft: Draft) -> bool:
    """Whether the site ran the name together with other words (``dilansirdetikFinance``), or it is part of a code (``BJ40``)."""
    if draft.end < len(line.words) and line.gap(draft.end) == "" and line.words[draft.end][0].isdigit():
        return True
    word = line.words[draft.start]
    return draft.end - draft.start == 1 and word[0].islower() and any(c.isupper() for c in word[4:]) and not is_medium(word)


def is_medium(word: str) -> bool:
    """Whether a word is an outlet's name with its branch, ``detikBali``."""
    return any(word.startswith(stem) and word[len(stem) : len(stem) + 1].isupper() for stem in ("detik",))


# --- growing ------------------------------------------------------------------------------------------------------


def grow(line: Line) -> None:
    """Gives each head the words behind it that belong to its name: ``Polres | Bangka Barat`` is one name."""
    owners = line.owners()
    at = 0
    while at < len(line.words):
        head = head_at(line, at) if line.is_capital(at) or (owners[at] is not None and owners[at - 1] is not owners[at]) else None
        if head is None:
            at += 1
            continue
        if head.grows in ("none", "office", "section"):
            _stand_aside(line, owners, at, head)
            at += head.size
            continue
        end = _grown(line, owners, at, head)
        at = _settle(line, owners, at, end, head)


def _stand_aside(line: Line, owners: list[Draft | None], at: int, head: Head) -> None:
    """Cuts an office off the name that took it in; what follows the office of an area is a place."""
    held = owners[at + head.size - 1]
    if held is not None and held.start >= at - 1:
        for i in range(held.start, at + head.size):
            owners[i] = None
        if held.end > at + head.size:
            held.start = at + head.size
        else:
            line.drafts.remove(held)
    after = at + head.size
    if head.grows == "none" or after >= len(line.words):
        return
    named = owners[after]
    if head.grows == "section":
        if named is not None and named.type == "ORG" and named.start == after and head_at(line, after) is None and is_area_like(line, named):
            line.drafts.remove(named)
            owners[after : named.end] = [None] * (named.end - after)
        return
    if named is not None and named.type == "ORG" and named.start == after and line.follows(after) and head_at(line, after) is None and is_area_like(line, named):
        named.type = "LOC"


def is_area_like(line: Line, draft: Draft) -> bool:
    """Whether a name is written like a place: no acronym, no sign in it."""
    return all(w[0].isalpha() and not is_acronym_word(w) for w in line.words[draft.start : draft.end])


def _grown(line: Line, owners: list[Draft | None], at: int, head: Head) -> int:
    """Where the name that begins with a head ends."""
    own = owners[at + head.size - 1] or owners[at]
    start = max(at + head.size, own.end if own is not None and own.start <= at else 0)
    bare = start == at + head.size
    end = at = start
    while at < len(line.words) and at - start < MOST_GROWN * 3:
        step = _step(line, owners, at, head, bare, end > start or not bare)
        if step is None:
            break
        at, solid = step
        if solid:
            end = at
    return max(end, start)


def _step(line: Line, owners: list[Draft | None], at: int, head: Head, bare: bool, taken: bool) -> tuple[int, bool] | None:
    """How far the name goes on from word ``at``, and whether it may end there; None where it does not go on."""
    word = line.words[at]
    if word == "(" and [w.casefold() for w in line.words[at + 1 : at + 3]] == ["persero", ")"]:
        return at + 3, True
    if word == "(" and head.type == "ORG" and (closed := _closing(line, at)) and line.follows(closed + 1):
        beyond = closed + 1 + (line.is_capital(closed + 1) and line.words[closed + 1].casefold() in _LINKS)
        after = owners[beyond] if beyond < len(line.words) else None
        if after is not None and (after.type == "LOC" or line.words[after.start].casefold() in _LINKS or (after.type == "ORG" and head.grows == "unit")):
            return closed + 1, False
        return None
    if word in (",", "dan") and head.grows == "name" and head.type == "ORG" and (end := _listed(line, owners, at)):
        return end, True
    if not line.follows(at):
        return None
    if head.type == "LOC" and taken and head.grows != "unit":
        return None
    named = owners[at]
    if named is not None:
        return (named.end, True) if _takes(line, named, at, head, bare and not taken) else None
    if word.casefold() == "kelas":
        return at + 1, False
    if head.grows == "name" and bare and not taken and word.casefold() in _HONOURS:
        return at + 1 + (line.words[at + 1 : at + 2] == (".",)), False
    if not (line.is_capital(at) or word.isdigit()) or is_title(line, at):
        return None
    if word in _ROMAN or word.casefold() in _LINKS:
        return at + 1, taken and word.casefold() in _DIRECTIONS
    if line.kind in TITLED:
        return None
    if head.grows == "name" and bare and head_at(line, at) is None:
        return (at + 1, True) if line.is_capital(at) else None
    return None


def _listed(line: Line, owners: list[Draft | None], at: int) -> int | None:
    """Where a list of fields ends that a body's name holds: ``Badan Meteorologi, Klimatologi, dan Geofisika``."""
    commas = fields = 0
    for i in range(at, min(len(line.words), at + MOST_GROWN)):
        word = line.words[i]
        if word == ",":
            commas += 1
            continue
        if word != "dan":
            if not _is_field(line, owners, i):
                return None
            fields += 1
            continue
        end = i + 1
        while end < len(line.words) and end < i + 4 and line.follows(end) and _is_field(line, owners, end):
            end += 1
        if end < len(line.words) and end > i + 2 and (held := owners[end]) is not None and held.type == "PER" and owners[end - 1] is None:
            end -= 1  # `Teknologi Togar | Mangihut`: the last word begins the person's name
        return end if end > i + 1 and ((commas > 0 and fields > 0) or _same_field(owners, at, end)) else None
    return None


def _is_field(line: Line, owners: list[Draft | None], at: int) -> bool:
    """Whether a word may name a field of work: a capital, no acronym, no person, place or body of its own."""
    held = owners[at]
    if held is not None and (held.type != "ORG" or (held.start == at and head_at(line, at) is not None)):
        return False
    word = line.words[at]
    return line.is_capital(at) and not is_acronym_word(word) and word not in known_types() and not is_title(line, at)


def _same_field(owners: list[Draft | None], at: int, end: int) -> bool:
    """Whether the model took the words behind ``dan`` for part of a body."""
    held = owners[end - 1]
    return held is not None and held.type == "ORG" and held.end >= end


def _takes(line: Line, named: Draft, at: int, head: Head, empty: bool) -> bool:
    """Whether a head takes in the name that follows."""
    if named.start < at:
        return True
    inner = head_at(line, at)
    if head.type == "LOC":
        if head.grows == "unit":
            return named.type != "PER"
        return (named.type == "LOC" and inner is None) or (named.type == "PER" and empty and line.kind not in TITLED)
    if named.type == "LOC":
        return True
    if head.grows == "area":
        return line.words[at].casefold() in _LINKS
    if named.type == "ORG":
        return head.grows == "unit" and not (inner is not None and inner.grows == "unit" and not empty) or (empty and inner is None)
    return empty and head.grows == "name" and line.kind not in TITLED


def _closing(line: Line, at: int) -> int | None:
    return next((i for i in range(at + 2, min(len(line.words), at + 2 + LONGEST_BRACKET)) if line.words[i] == ")"), None)


def _settle(line: Line, owners: list[Draft | None], at: int, end: int, head: Head) -> int:
    """Makes one name of words ``at`` to ``end`` and all names that they touch; where to read on."""
    touched: list[Draft] = []
    for i in range(at, end):
        held = owners[i]
        if held is not None and (not touched or touched[-1] is not held):
            touched.append(held)
    if not touched and end == at + head.size:
        return end
    start = min([at, *(d.start for d in touched[:1] if not _is_office_front(line, d, at))])
    end = max([end, *(d.end for d in touched)])
    if not touched and not any(line.is_capital(i) for i in range(at + head.size, end)):
        return end
    scores = [d.score for d in touched if d.score is not None]
    kind: EntityType = touched[0].type if touched and touched[0].start < at and start < at else head.type  # type: ignore[assignment]
    whole = Draft(start, end, kind, max(scores) if scores else None)
    line.drafts = sorted([d for d in line.drafts if all(d is not t for t in touched)] + [whole], key=lambda d: d.start)
    for i in range(start, end):
        owners[i] = whole
    return end


def _is_office_front(line: Line, draft: Draft, at: int) -> bool:
    """Whether the words of a name before its head are an office: ``Katim Buser Polres Jember``."""
    return draft.start < at and (is_title(line, draft.start) or is_title(line, draft.start - 1))


# --- putting together ---------------------------------------------------------------------------------------------


def join(line: Line) -> None:
    """Puts together what the model cut: a person's name, a body and its place, a body with its acronym and place."""
    out: list[Draft] = []
    for draft in line.drafts:
        last = out[-1] if out else None
        if last is not None and last.end == draft.start and line.follows(draft.start) and _belong(line, last, draft):
            last.end = draft.end
            last.score = _least(last.score, draft.score)
        elif len(out) > 1 and _is_bracketed(line, out[-2], out[-1], draft):
            out.pop()
            out[-1].end = draft.end
        else:
            out.append(draft)
    line.drafts = out


def _least(one: float | None, other: float | None) -> float | None:
    known = [s for s in (one, other) if s is not None]
    return min(known) if known else None


def _belong(line: Line, one: Draft, other: Draft) -> bool:
    if one.type == other.type == "PER":
        return True
    return one.type == "ORG" and other.type == "LOC" and not line.written(one).endswith((".com", ".id"))


def _is_bracketed(line: Line, long: Draft, short: Draft, rest: Draft) -> bool:
    """``Kejaksaan Tinggi`` + ``(Kejati)`` + ``Jabar``: one name."""
    return (
        long.type == short.type == "ORG"
        and rest.type == "LOC"
        and line.gap(short.start).endswith("(") is False
        and long.end + 1 == short.start
        and line.words[long.end] == "("
        and short.end + 1 == rest.start
        and line.words[short.end] == ")"
        and line.follows(rest.start)
    )
