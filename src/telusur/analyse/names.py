"""How names are compared: their words, their fuller and shorter readings, their likeness.

A name comes in as it stands in the text; out go its folded words, the readings that its brackets and its known
short forms allow, and answers to "may this be that, written otherwise?". Nothing here looks at the article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import eq

from ..lexicon import read_table

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_BRACKET = re.compile(r"\(([^()]{1,80})\)")
_DOMAIN = re.compile(r"\.\s?(?:co\.id|com|id|net|org)$", re.IGNORECASE)
_JOINERS = dict.fromkeys(map(ord, "'’‘`´ʼ"), None)
MAX_READINGS = 12
"""A name with many ambiguous short forms has many readings; past this many they say nothing."""
LONG_NAME = 200
"""A 'name' longer than this many characters is noise and is compared by its words alone."""


def plain(text: str) -> str:
    """The text without accents, apostrophes and case, so that ``Sa'ar`` meets ``Saar``."""
    if text.isalpha() and text.isascii():
        return text.lower()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.translate(_JOINERS).casefold()


def words_of(name: str) -> Words:
    """The folded words of a name: letters and digits only, hyphens part words."""
    return _words_of(name) if len(name) <= LONG_NAME else tuple(_WORD.findall(plain(name)))


@lru_cache(maxsize=4096)
def _words_of(name: str) -> Words:
    return tuple(_WORD.findall(plain(name)))


@cache
def word_kinds() -> dict[str, str]:
    """What a word does inside names (``place``, ``form``, ``particle`` ...), by its folded form."""
    return {row["word"]: row["kind"] for row in read_table("name-words", ("word", "kind"))}


def is_kind(word: str, *kinds: str) -> bool:
    """Whether a word does one of these things inside names."""
    return word_kinds().get(word) in kinds


def behind(name: Words, *kinds: str) -> Words:
    """The name without the words of the given kinds that stand before it: ``Kabupaten Pati`` is ``Pati``."""
    table = word_kinds()
    start = 0
    while start < len(name) - 1 and table.get(name[start]) in kinds:
        start += 1
    return name[start:]


def drop(name: Words, *kinds: str) -> Words:
    """The words of a name without those of the given kinds; the name itself where nothing would be left."""
    table = word_kinds()
    return tuple(w for w in name if table.get(w) not in kinds) or name


@dataclass(frozen=True, slots=True)
class ShortForms:
    """Known short forms and aliases: ``names`` leads from folded words to the folded names they may stand for; ``openers`` are the words
    that one of them begins with."""

    names: dict[Words, tuple[Words, ...]]
    capitals: frozenset[Words]
    longest: int
    openers: frozenset[str]


@cache
def short_forms() -> ShortForms:
    """The tables of acronyms and aliases, loaded once."""
    names: dict[Words, tuple[Words, ...]] = {}
    capitals: set[Words] = set()
    rows = [(r["acronym"], r["name"]) for r in read_table("acronyms", ("acronym", "name"))]
    rows += [(r["alias"], r["name"]) for r in read_table("aliases", ("alias", "name"))]
    for short, name in rows:
        key = words_of(short)
        names[key] = (*names.get(key, ()), words_of(name))
        if len(short) <= 3 and short.isupper():
            capitals.add(key)
    return ShortForms(names, frozenset(capitals), max(map(len, names)), frozenset(key[0] for key in names if key))


def readings(name: str) -> tuple[Words, ...]:
    """All that a name may be in full, the plainest first.

    ``Kejaksaan Negeri (Kejari) Lembata`` reads with and without its bracket, ``Polda Sulsel`` also as
    ``kepolisian daerah sulawesi selatan``. A short form that stands for several names gives several readings.
    """
    if len(name) > LONG_NAME:
        return (words_of(name) or (name,),)
    return _readings(name)


@lru_cache(maxsize=4096)
def _readings(name: str) -> tuple[Words, ...]:
    found: dict[Words, None] = {}
    for variant in _without_brackets(name):
        for words in _expanded(tuple(_WORD.findall(variant.translate(_JOINERS)))):
            if words:
                found.setdefault(words)
            if len(found) >= MAX_READINGS:
                return tuple(found)
    return tuple(found) or (words_of(name) or (name,),)


def _without_brackets(name: str) -> Iterator[str]:
    """The name without what its brackets hold, with the bracket in place of the words before it, and as it is."""
    if "(" not in name:
        yield name
        if "." in name and (bare := _DOMAIN.sub("", name)) != name and bare:
            yield bare
        return
    yield _BRACKET.sub(" ", name)
    if match := _BRACKET.search(name):
        yield match[1] + name[match.end() :]
    yield name


def _expanded(raw: Words) -> Iterator[Words]:
    """The folded words, then every way to write out the short forms among them."""
    folded = tuple(map(plain, raw))
    yield folded
    table = short_forms()
    if table.openers.isdisjoint(folded) and not any(map(eq, folded, folded[1:])):
        return
    partial: list[Words] = [()]
    at = 0
    while at < len(folded):
        step, options = _at(table, raw, folded, at)
        # `Kementerian Kemenkeu` and its like: a word said twice is said once
        partial = [p + (o[1:] if p[-1:] == o[:1] else o) for p in partial for o in options][:MAX_READINGS]
        at += step
    yield from partial


def _at(table: ShortForms, raw: Words, folded: Words, at: int) -> tuple[int, tuple[Words, ...]]:
    """How many words from ``at`` on are one short form, and what they may stand for."""
    for size in range(min(table.longest, len(folded) - at), 0, -1):
        key = folded[at : at + size]
        if key in table.names and (key not in table.capitals or raw[at].isupper()):
            full = tuple(w for name in table.names[key] for w in (name, *table.names.get(name, ())))
            return size, full
    return 1, (folded[at : at + 1],)


def is_acronym(short: str) -> bool:
    """Whether a name looks like letters put together: one word, two capitals or more, not too long."""
    return (
        2 <= len(short) <= 14
        and " " not in short
        and sum(map(str.isupper, short)) >= 2
        and short[0].isalpha()
    )


def stands_for(short: str, name: Words) -> bool:
    """Whether ``short`` is made of the beginnings of the name's words, in order: ``BNPB``, ``Kemenkeu``, ``Akmil``.

    Words may be skipped where they fill (``dan``, ``untuk``); the first word must begin it and the last content word
    must take part.
    """
    letters = "".join(words_of(short))
    content = drop(behind(name, "form", "place"), "filler", "form")
    if len(content) < 2 or not 2 <= len(letters) <= 20 or len(content) > 12 or letters[0] != content[0][0]:
        return False
    return _made_of(letters, content) or (content != name and len(name) <= 12 and _made_of(letters, name))


def is_syllables(short: str, name: Words) -> bool:
    """Whether a word is put together of at least two letters of each word of a name: ``Labusel``, ``Askrindo``."""
    words = drop(behind(name, "form", "place"), "filler")
    letters = words_of(short)
    if len(letters) != 1 or not 6 <= len(short) <= 14 or not 2 <= len(words) <= 5:
        return False
    states = {0}
    for word in words:
        # six letters at least, three of the last word: `Labusel`, but `Jaten` is a district, not Jawa Tengah
        least = 3 if word is words[-1] else 2
        states = {
            at + size
            for at in states
            for size in range(least, 6)
            if len(word) > size and letters[0][at : at + size] == word[:size]
        }
    return len(letters[0]) in states


def abbreviations(full: Words) -> Iterator[Words]:
    """The name with its last words as initials: ``Kabupaten TTU`` of ``Kabupaten Timor Tengah Utara``."""
    for head in range(1, min(len(full) - 1, 8)):
        for rest in (full[head:], drop(behind(full[head:], "place"), "filler")):
            if 2 <= len(rest) <= 6:
                yield (*full[:head], initials(rest))


def is_subsequence(short: str, full: str) -> bool:
    """Whether all letters of the one stand in the other, in order, beginning alike."""
    rest = iter(full)
    return short[:1] == full[:1] and all(c in rest for c in short)


def _made_of(letters: str, words: Words) -> bool:
    """Whether the letters split into one beginning of each word, in order, at most every third word skipped."""
    skips = len(words) // 4
    states = {(0, 0)}
    for word in words:
        after: set[tuple[int, int]] = set()
        for at, skipped in states:
            if at and skipped < skips:
                after.add((at, skipped + 1))
            size = 0
            while size < min(len(word), 6) and at + size < len(letters) and letters[at + size] == word[size]:
                size += 1
                after.add((at + size, skipped))
        states = after
    return any(at == len(letters) for at, _ in states)


def initials(name: Words) -> str:
    """The first letter of each word."""
    return "".join(w[0] for w in name)


def differ_by(one: str, other: str, most: int) -> int:
    """Edits (insert, drop, change, swap neighbours) between two words; ``most + 1`` where more are needed."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        after = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j] + 1, after[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            after.append(cost)
        if min(after) > most:
            return most + 1
        before, row = row, after
    return row[-1]


def shortens_person(short: Words, full: Words) -> bool:
    """``Allawi`` of ``Ayad Allawi``, ``Mo Salah`` of ``Mohamed Salah``: each word in the fuller name, in order."""
    if all(is_kind(w, "particle") for w in short):
        return False
    if len(short) < len(full):
        rest = iter(full)
        return all(w in rest for w in short)
    if len(short) == len(full) > 1:
        return all(
            f == s or (f.startswith(s) and i == 0) for i, (s, f) in enumerate(zip(short, full, strict=True))
        )
    return False


def shortens_body(short: Words, full: Words) -> bool:
    """``NasDem`` of ``Partai NasDem``, ``Unilever`` of ``PT Unilever Indonesia Tbk``, ``Garda Nasional`` of ``Garda Nasional AS``."""
    bare, core = drop(full, "form"), drop(short, "form")
    if drop(core, "state") == drop(bare, "state") or drop(core, "place") == drop(bare, "place"):
        return True
    if len(core) >= len(bare):
        return False
    if bare[: len(core)] == core:
        return not is_kind(bare[len(core)], "branch", "particle")
    if core == behind(bare, "head") or (len(core) > 2 and core == behind(bare, "office", "head")):
        return True
    return len(core) > 1 and core[0] == bare[0] and core[-1] == bare[-1] and _in_order(core, bare)


def _in_order(short: Words, full: Words) -> bool:
    rest = iter(full)
    return all(w in rest for w in short)


def shortens_place(short: Words, full: Words) -> bool:
    """``Pati`` of ``Kabupaten Pati``, ``Lewotobi`` of ``Gunung Lewotobi``; a part of a place is another place."""
    if len(short) >= len(full):
        return False
    if behind(short, "place") == behind(full, "place") or short == behind(full, "head"):
        return True
    return is_kind(short[0], "head") and len(short) > 1 and full[: len(short)] == short


def is_slip(one: Words, other: Words) -> bool:
    """Whether two names of equally many words differ by a letter or two in a word, three in all."""
    total = 0
    for a, b in zip(one, other, strict=True):
        if a == b:
            continue
        if one != other and (a.startswith(b) or b.startswith(a)) and abs(len(a) - len(b)) > 1:
            return False  # `Brasil` and `Brasilia`: a longer name is another name
        longest = max(len(a), len(b))
        if longest < 5 or any(map(str.isdigit, a + b)):
            return False
        most = 1 if longest < 8 else 2
        edits = differ_by(a, b, most)
        if edits > most:
            return False
        total += edits
    return 0 < total <= 3
