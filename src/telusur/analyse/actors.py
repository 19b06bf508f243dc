"""The shipped table of actors and sites: who bears a name, what offices they held, which ids they have.

A name key comes in (folded words without spaces); out go the rows that bear it, each with how it bears it.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..lexicon import data_file, read_table
from ..model.layers import EntityType, Place
from . import names

Mark = Literal["n", "a", "c", "~", "="]
"""How a name is borne: the name, another name, another name in capitals only, a short form that needs the office or,
of a club, the game beside it, a common name for which another person in high office is no sign."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office with its period; the ends are dates, months or years (ISO 8601), "" where open or unknown."""

    title: str
    from_: str
    to: str

    def __str__(self) -> str:
        period = " to ".join(filter(None, (self.from_, self.to or ("now" if self.from_ else ""))))
        return f"{self.title} ({period})" if period else self.title


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, body or site. ``known``: written by hand, so that its full name alone is enough.

    ``near``: words of which one must stand in the article, else a common name is not this one.
    """

    scheme: str
    id: str
    type: EntityType
    kind: str
    country: str
    name: str
    known: bool
    offices: tuple[Office, ...]
    near: tuple[str, ...]
    place: Place | None


@dataclass(frozen=True, slots=True)
class Actors:
    """Rows as they stand in the file, and the marked row numbers of each name key; a row is read when asked for."""

    rows: list[str]
    names: dict[str, str]
    ids: dict[tuple[str, str], int]

    def holder(self, link: tuple[str, str]) -> Actor | None:
        """The actor of an id."""
        return _actor(self.rows[self.ids[link]]) if link in self.ids else None

    def bearers(self, key: str, type: EntityType) -> tuple[tuple[Mark, Actor], ...]:
        """All actors of a type that bear a name, each with how it bears it."""
        found = ((mark(n[0]), _actor(self.rows[int(n[1:])])) for n in self.names.get(key, "").split())
        return tuple((m, a) for m, a in found if a.type == type)


def mark(letter: str) -> Mark:
    """The mark that a letter of the file stands for."""
    return {"n": "n", "a": "a", "c": "c", "=": "="}.get(letter, "~")  # type: ignore[return-value]


@cache
def actors() -> Actors:
    """The table that ships, loaded once."""
    with data_file("actors.tsv.gz").open("rb") as packed:
        rows, keys = gzip.decompress(packed.read()).decode("utf-8").split("\n\n", 1)
    lines = rows.split("\n")
    ids = {(r[0], r[1]): i for i, r in enumerate(line.split("\t", 2) for line in lines)}
    return Actors(lines, dict(line.split("\t") for line in keys.split("\n")), ids)


@cache
def _actor(row: str) -> Actor:
    scheme, id, type, kind, country, name, known, offices, near, lat, lon, precision = row.split("\t")
    place = Place(float(lat), float(lon), country or None, int(precision)) if lat else None
    return Actor(
        scheme, id, _type(type), kind, country, name, known == "y", tuple(map(_office, filter(None, offices.split("|")))),
        tuple(near.split()), place,
    )  # fmt: skip


def _type(word: str) -> EntityType:
    return "PER" if word == "PER" else "LOC" if word == "LOC" else "ORG"


def _office(cell: str) -> Office:
    title, _, period = cell.partition("@")
    from_, _, to = period.partition("..")
    return Office(title, from_, to)


@cache
def office_signs() -> dict[names.Words, str]:
    """Words that tell an office, to its class; ``other`` for those of people whom the table does not hold."""
    return {tuple(r["word"].split()): r["class"] for r in read_table("office-signs", ("word", "class"))}


@cache
def longest_sign() -> int:
    """Words in the longest sign."""
    return max(map(len, office_signs()))


def signs_in(words: names.Words) -> list[tuple[str, names.Words]]:
    """The offices that some folded words tell of, longest reading first, each with its class."""
    found: list[tuple[str, names.Words]] = []
    at = 0
    while at < len(words):
        for size in range(min(longest_sign(), len(words) - at), 0, -1):
            if kind := office_signs().get(words[at : at + size]):
                found.append((kind, words[at : at + size]))
                at += size - 1
                break
        at += 1
    return found


@cache
def class_of(title: str) -> str:
    """The class of an office by its title; "" where no sign tells it."""
    found = signs_in(names.words_of(title))
    return found[0][0] if found else ""


CHAMBERS = frozenset({"dpr", "dpd", "mpr"})
"""Bodies that hundreds belong to and every second article names: they say nothing of one person."""


@cache
def bodies_of(title: str) -> tuple[tuple[str, str], ...]:
    """The bodies that an office belongs to, by its title: of `ketua umum pdip` the party, of `menteri agama` the ministry."""
    words = names.words_of(title)
    sign = max((size for size in range(1, longest_sign() + 1) if words[:size] in office_signs()), default=0)
    rest = words[sign:]
    if not sign or not rest or CHAMBERS & set(rest):
        return ()
    tries = [rest, ("kementerian", *rest), ("kementerian", "koordinator", "bidang", *rest), ("partai", *rest)]
    return tuple((a.scheme, a.id) for words in tries for _, a in actors().bearers("".join(words), "ORG"))


@cache
def byname_words() -> dict[tuple[str, str], tuple[str, ...]]:
    """Words of an article that speak for the bearer of a short name, by the bearer's id."""
    rows = read_table("byname-words", ("scheme", "id", "words"))
    return {(r["scheme"], r["id"]): tuple(r["words"].split()) for r in rows}


@dataclass(frozen=True, slots=True)
class LocalBody:
    """A kind of body that every area has: ``words`` begin its name, ``kinds`` are the areas that have one."""

    key: str
    words: names.Words
    kinds: frozenset[str]


@cache
def local_bodies() -> tuple[LocalBody, ...]:
    """The kinds of body that areas have, those with more words first."""
    rows = read_table("local-bodies", ("key", "words", "kinds"))
    found = [LocalBody(r["key"], tuple(r["words"].split()), frozenset(r["kinds"].split())) for r in rows]
    return tuple(sorted(found, key=lambda b: (-len(b.words), b.words)))


@cache
def local_bodies_by_word() -> dict[str, tuple[LocalBody, ...]]:
    """The same by their first word, in the same order."""
    out: dict[str, tuple[LocalBody, ...]] = {}
    for body in local_bodies():
        out[body.words[0]] = (*out.get(body.words[0], ()), body)
    return out
