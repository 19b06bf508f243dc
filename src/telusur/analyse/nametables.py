"""What the tables know: heads and titles, short forms, places and bodies of public life.

All of it is about words and names by themselves; nothing here looks at the article.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from ..lexicon import read_table
from ..lexicon import words as word_list
from ..model.layers import EntityType
from .names import is_acronym, is_syllables, stands_for, words_of
from .places import gazetteer, is_area_name
from .words import split_words

ROMAN = frozenset(
    {
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "VII",
        "VIII",
        "IX",
        "X",
        "XI",
        "XII",
        "XIII",
        "IA",
        "IB",
        "IIA",
        "IIB",
    }
)
"""Numbers of army commands, committees and classes of offices."""
MANY_PEOPLE = 500_000
"""A city of so many people is known by its name alone."""


@cache
def traps() -> frozenset[str]:
    return frozenset(r["word"] for r in read_table("place-traps", ("word",)))


@lru_cache(maxsize=8192)
def is_area(name: str) -> bool:
    """Whether a country, province, regency or city has this name, as it stands or as a known short form."""
    return len(name) < 60 and name.casefold() not in traps() and is_area_name(name)


@lru_cache(maxsize=8192)
def is_country(name: str) -> bool:
    """Whether a country or a province has this name: names that hardly ever are anything else."""
    return not _LANDS.isdisjoint(gazetteer().kinds("".join(words_of(name))))


_LANDS = frozenset({"country", "province", "continent"})


@cache
def known_types() -> dict[str, EntityType]:
    """Short forms of which the tables know what they stand for, by their spelling; those with two meanings left out."""
    out: dict[str, EntityType] = {}
    meanings = Counter(r["acronym"] for r in read_table("acronyms", ("acronym",)))
    for row in read_table("acronyms", ("acronym", "name")):
        short, name = row["acronym"], row["name"]
        folded = short.casefold()
        if meanings[short] > 1 or folded in heads() or folded in word_list("unnamed-words"):
            continue
        if is_area_name(name):
            out[short] = "LOC"
        elif _is_body(name):
            out[short] = "ORG"
    out |= {n: kind for n, (kind, _) in known_names().items()}
    return out


@cache
def known_names() -> dict[str, tuple[EntityType, bool]]:
    """Names of public life with their type, and whether each stands for nothing else."""
    rows = read_table("known-names", ("name", "type", "sure"))
    return {r["name"]: (r["type"], r["sure"] == "yes") for r in rows}  # type: ignore[misc]


@cache
def sure_names() -> frozenset[str]:
    """Known names that are marked wherever they stand, though no model saw them."""
    return frozenset(name for name in known_types() if known_names().get(name, ("ORG", True))[1])


@cache
def _known_sizes() -> dict[str, frozenset[int]]:
    sizes: dict[str, set[int]] = {}
    for name in known_types():
        split = split_words(name, 0, len(name))
        sizes.setdefault(split[0].of(name), set()).add(len(split))
    return {first: frozenset(found) for first, found in sizes.items()}


@lru_cache(maxsize=4096)
def sizes_from(first: str) -> tuple[int, ...]:
    """Numbers of words that a known name that begins with this word may have, longest first."""
    return tuple(sorted(_known_sizes().get(first, frozenset()) | {1, 2, 3}, reverse=True))


@lru_cache(maxsize=8192)
def is_capital_city(name: str) -> bool:
    """Whether a country's capital has this name."""
    return "capital" in gazetteer().kinds("".join(words_of(name)))


@lru_cache(maxsize=8192)
def is_plain_area(name: str) -> bool:
    """Whether a regency or a city of Indonesia has just this name, no short form of it."""
    return len(name) > 3 and not _PLAIN_AREAS.isdisjoint(gazetteer().kinds("".join(words_of(name))))


_PLAIN_AREAS = frozenset({"regency", "city"})


def _is_body(name: str) -> bool:
    folded = name.casefold().split()
    bodies = {head for head, (kind, _) in heads().items() if kind == "ORG"}
    return any(" ".join(folded[:n]) in bodies for n in (1, 2, 3))


@lru_cache(maxsize=8192)
def is_big_city(name: str) -> bool:
    """Whether a capital or a city of many people has this name."""
    return any(
        s.kind == "capital" or (s.kind == "town" and s.people >= MANY_PEOPLE)
        for s in gazetteer().spots("".join(words_of(name)))
    )


@cache
def heads() -> dict[str, tuple[str, str]]:
    """The words and phrases that names begin with: what type they give and what they grow."""
    return {r["head"]: (r["type"], r["grows"]) for r in read_table("name-heads", ("head", "type", "grows"))}


@cache
def head_sizes() -> dict[str, tuple[int, ...]]:
    """By first word the numbers of words that heads have, longest first."""
    sizes: dict[str, set[int]] = {}
    for head in heads():
        split = re.findall(r"[^\W\d_]+|[^\w\s]|\d+", head)
        sizes.setdefault(split[0], set()).add(len(split))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


@cache
def name_parts(kind: str) -> frozenset[str]:
    """Words of one kind that names are put together of or parted by; see ``words/name-parts.tsv``."""
    return frozenset(r["word"] for r in read_table("name-parts", ("word", "kind")) if r["kind"] == kind)


@cache
def titles() -> frozenset[str]:
    """Single words that stand before a person's name without being part of it."""
    offices = {r["office"].split()[-1] for r in read_table("offices", ("office",))}
    return (word_list("ranks") | offices | word_list("name-titles")) - name_parts("personal")


@cache
def personal_titles() -> frozenset[str]:
    """Titles that nothing but a person's name follows: ranks, degrees, ``dokter``, ``tersangka``."""
    offices = {w for r in read_table("offices", ("office",)) for w in r["office"].split()}
    return (word_list("ranks") | word_list("name-titles")) - name_parts("personal") - offices


@cache
def front_words() -> frozenset[str]:
    """Offices and words of no name that a body's or a place's name does not begin with: ``Menlu Iran``, ``HAM Amnesty International``."""
    offices = frozenset(r["office"] for r in read_table("offices", ("office",)) if " " not in r["office"])
    return (
        (offices | word_list("ranks") | word_list("name-titles"))
        - name_parts("body")
        - name_parts("personal")
    )


def is_acronym_word(word: str) -> bool:
    """Whether a word is written in capitals alone."""
    return len(word) > 1 and word.isupper()


_BRANCHED = ("detik",)
"""Outlets whose branches write their own name behind that of the house."""


def is_medium(word: str) -> bool:
    """Whether a word is an outlet's name with its branch, ``detikBali``."""
    return word[:1] == "d" and word.startswith(_BRANCHED) and any(word[len(stem) : len(stem) + 1].isupper() for stem in _BRANCHED if word.startswith(stem))


def is_short_form(short: str, long: str) -> bool:
    """Whether a word may be the short form in brackets behind a long one: initials, beginnings, syllables."""
    if not short[0].isupper() or short.casefold() in word_list("unnamed-words"):
        return False
    name = words_of(long)
    return ((is_acronym(short) or len(short) > 3) and stands_for(short, name)) or is_syllables(
        short.casefold(), name
    )


@cache
def rank_words() -> frozenset[str]:
    """Ranks behind which a person's name stands; not the forces named in ranks."""
    return word_list("ranks") - name_parts("body") - name_parts("personal")
