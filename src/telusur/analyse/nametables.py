"""What the tables of places and short forms know of a name by itself."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache

from ..lexicon import read_table
from ..lexicon import words as word_list
from ..model.layers import EntityType
from .names import words_of
from .places import gazetteer, is_area_name
from .words import split_words

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
    return any(s.kind in ("country", "province", "continent") for s in gazetteer().spots("".join(words_of(name))))


@cache
def known_types() -> dict[str, EntityType]:
    """Short forms of which the tables know what they stand for, by their spelling; those with two meanings left out."""
    out: dict[str, EntityType] = {}
    meanings = Counter(r["acronym"] for r in read_table("acronyms", ("acronym",)))
    heads = {r["head"] for r in read_table("name-heads", ("head",))}
    for row in read_table("acronyms", ("acronym", "name")):
        short, name = row["acronym"], row["name"]
        folded = short.casefold()
        if meanings[short] > 1 or folded in heads or folded in word_list("unnamed-words"):
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
    return any(s.kind == "capital" for s in gazetteer().spots("".join(words_of(name))))


@lru_cache(maxsize=8192)
def is_plain_area(name: str) -> bool:
    """Whether a regency or a city of Indonesia has just this name, no short form of it."""
    return len(name) > 3 and any(s.kind in ("regency", "city") for s in gazetteer().spots("".join(words_of(name))))


@cache
def _bodies() -> frozenset[str]:
    return frozenset(r["head"] for r in read_table("name-heads", ("head", "type")) if r["type"] == "ORG")


def _is_body(name: str) -> bool:
    folded = name.casefold().split()
    return any(" ".join(folded[:n]) in _bodies() for n in (1, 2, 3))


@lru_cache(maxsize=8192)
def is_big_city(name: str) -> bool:
    """Whether a capital or a city of many people has this name."""
    return any(s.kind == "capital" or (s.kind == "town" and s.people >= MANY_PEOPLE) for s in gazetteer().spots("".join(words_of(name))))
