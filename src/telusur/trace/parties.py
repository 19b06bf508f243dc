"""Who is one, within one story: two names, or two descriptions, in two articles on one happening.

Comes in: names as the articles write them, with what the archive has joined. Goes out: whether they mean one person, body or
place, and why. Across a whole archive a bare surname is nobody in particular; in two articles of one story, which already
agree on other things, it is the one who bears the full name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..analyse.names import (
    is_kind,
    is_slip,
    readings,
    shortens_body,
    shortens_person,
    shortens_place,
    words_of,
)
from ..analyse.stems import stems
from ..archive.spellings import sound_key
from ..lexicon import words

LONGEST_NAME = 120

VOICES = re.compile(r"\b(?:kuasa hukum|pengacara|penasihat hukum|manajer|juru bicara|jubir)\b", re.IGNORECASE)
"""Words by which somebody speaks for whom they stand before: `kuasa hukum Rini Astuti, Budi Hartono`."""

VOICE_REACH = 80
"""Characters before a name in which they may stand."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody or something in one article. ``name`` is empty for a description (``tiga tersangka``); ``ids`` are ids of the
    archive's actors and of public registers, by which two names are surely one; ``start`` and ``end`` its place."""

    role: str
    text: str
    name: str
    type: str
    ids: frozenset[str]
    start: int
    end: int

    @property
    def named(self) -> bool:
        return bool(self.name)

    @property
    def shown(self) -> str:
        return self.name or self.text


def same_party(one: Party, other: Party) -> str:
    """Why two are one: ``id``, ``name``, ``short`` (one name shortens the other), ``slip`` (a slip of a letter or two), ``words`` (descriptions alike); else empty."""
    if one.named and other.named:
        if one.ids & other.ids:
            return "id"
        return same_name(one.name, one.type, other.name, other.type)
    if one.named or other.named:
        named, told = (one, other) if one.named else (other, one)
        if _describes(told.text, named.name, named.type):
            return "words"
        short = words_of(told.text[:LONGEST_NAME])
        return "short" if named.type == "ORG" and len(short) > 1 and shortens_body(short, words_of(named.name[:LONGEST_NAME])) else ""
    mine, theirs = _head(one.text), _head(other.text)
    return "words" if mine and theirs and (mine <= theirs or theirs <= mine) else ""


def _describes(text: str, name: str, type_: str) -> bool:
    """Whether a description is a name with what it is before it: `kapal feri Cendana Raya`. Not `karyawan PT Cendana`, who are
    others, nor `warga Rawa`; but `gunung berapi Rawa`."""
    told, borne = words_of(text[:LONGEST_NAME]), words_of(name[:LONGEST_NAME])
    if type_ == "LOC":
        return len(told) > len(borne) and told[-len(borne) :] == borne and all(is_kind(word, "head") for word in told[: -len(borne)])
    return type_ != "LOC" and len(told) >= len(borne) and told[-len(borne) :] == borne and told[0] not in words("agents")


def share_a_word(one: Party, other: Party) -> bool:
    """Whether two names have a word in common: enough to be one where the sentence is a copy."""
    return bool(set(words_of(one.shown)) & set(words_of(other.shown)))


@lru_cache(maxsize=50_000)
def same_name(one: str, type_: str, other: str, other_type: str) -> str:
    """Why two names are one, in one story; empty where nothing says so."""
    one, other = one[:LONGEST_NAME], other[:LONGEST_NAME]
    if sound_key(one) == sound_key(other):
        return "name"
    if "PER" in (type_, other_type) and type_ != other_type:
        return ""
    shortens = {"PER": shortens_person, "ORG": shortens_body, "LOC": shortens_place}.get(type_, shortens_body)
    for mine in readings(one):
        for theirs in readings(other):
            if mine == theirs:
                return "name"
            if type_ == other_type and len(mine) == len(theirs) > 1 and is_slip(mine, theirs):
                return "slip"
            if shortens(mine, theirs) or shortens(theirs, mine):
                return "short"
    return ""


def any_same(some: Iterable[Party], others: Iterable[Party]) -> tuple[Party, Party, str] | None:
    """The first two of two lists that are one, with the reason."""
    others = tuple(others)
    for one in some:
        for other in others:
            if why := same_party(one, other):
                return one, other, why
    return None


@lru_cache(maxsize=50_000)
def _head(text: str) -> frozenset[str]:
    """The stems of a description that tell it from others."""
    return frozenset(stem for stem in stems(text[:LONGEST_NAME]) if stem not in words("common-words") and not stem.isdigit())
