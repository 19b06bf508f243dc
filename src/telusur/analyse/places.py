"""Where the places of an article are: links from its places to the gazetteer that ships.

Entities come in, entities go out; those that are places carry a link and a point where the gazetteer knows them and
the article decides between namesakes. Where several places fit alike, none is picked: they stand as candidates. A
place that the gazetteer does not know keeps no link; it is never put at its nearest namesake.
"""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from ..lexicon import data_file, read_table
from ..lexicon import words as word_list
from ..model.layers import Entity, Place
from . import names

LEAST = 2.9
"""A place scores at least this much to be linked."""
MARGIN = 1.0
"""Another place within this distance of the best leaves both as candidates."""
MOST_CANDIDATES = 5
LARGE = 500_000
"""A town abroad of so many inhabitants is known without its country."""
BORROWED_FROM_M = 10_000
BORROWED = "; its point is the middle of its regency"
BARE = "the bare name is the city's, where nothing tells of the regency around it"
MOST_TEXT = 50_000
"""Area words are looked for in this many characters of an article; a book would take too long."""

Kinds = frozenset[str]


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the gazetteer. ``kind``: continent, country, state, province, regency, city,
    district, town, capital."""

    scheme: str
    id: str
    kind: str
    name: str
    country: str
    place: Place | None
    people: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Rows as they stand in the file, and the row numbers of each name key; a row is read when it is asked for."""

    rows: list[str]
    names: dict[str, str]

    def spots(self, key: str) -> tuple[Spot, ...]:
        """All places that bear a name (given as its folded letters)."""
        return tuple(_spot(self.rows[int(n)]) for n in self.names.get(key, "").split())

    def kinds(self, key: str) -> frozenset[str]:
        """The kinds of the places that bear a name."""
        return frozenset(self.rows[int(n)].split("\t", 3)[2] for n in self.names.get(key, "").split())


@cache
def gazetteer() -> Gazetteer:
    """The table that ships, loaded once."""
    with data_file("places.tsv.gz").open("rb") as packed:
        places, keys = gzip.decompress(packed.read()).decode("utf-8").split("\n\n", 1)
    return Gazetteer(places.split("\n"), dict(line.split("\t") for line in keys.split("\n")))


def _spot(row: str) -> Spot:
    scheme, id, kind, name, country, lat, lon, precision, people = row.split("\t")
    place = Place(float(lat), float(lon), country or None, int(precision)) if lat else None
    return Spot(scheme, id, kind, name, country, place, int(people))


@cache
def _area_words() -> dict[str, Kinds]:
    return {
        row["word"]: frozenset(row["kinds"].split()) for row in read_table("place-areas", ("word", "kinds"))
    }


@cache
def _traps() -> dict[str, str]:
    return {row["word"]: row["country"] for row in read_table("place-traps", ("word", "country"))}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A place of the article: which spots bear its name, and whether an area word says what it is."""

    entity: int
    spots: tuple[Spot, ...]
    explicit: bool
    told: str
    """A country that the name tells of without being one: ``Jalur Gaza`` of Palestine; "" where it tells of none."""


@dataclass(slots=True)
class _Context:
    """What the article names without doubt: countries by code, areas of Indonesia by code with the places that say so."""

    countries: set[str]
    areas: dict[str, set[int]]

    def beside(self, asked: _Asked) -> set[str]:
        """The areas that places other than the one asked for name."""
        return {code for code, by in self.areas.items() if by - {asked.entity}}

    def is_home(self, asked: _Asked) -> bool:
        """Whether the article is about Indonesia, the place asked for left aside."""
        return "ID" in self.countries or bool(self.beside(asked))


def link_places(
    text: str,
    entities: tuple[Entity, ...],
    forms: dict[str, tuple[str, ...]],
    datelines: frozenset[str] = frozenset(),
) -> tuple[Entity, ...]:
    """The entities, places among them linked where one place of the gazetteer fits clearly best.

    Args:
        text: the article's text; area words in it (``Bupati Pati``) decide between a regency and a city of one name.
        entities: all entities of the article.
        forms: by entity id the ways in which the article writes its name.
        datelines: ids of the entities that a dateline names; ``BANDUNG, KOMPAS.com -`` is the city.
    """
    asked = [_asked(i, forms.get(e.id, (e.name,))) for i, e in enumerate(entities) if e.type == "LOC"]
    context = _context(asked)
    linked = list(entities)
    for a in asked:
        entity = entities[a.entity]
        best = _best(a, context) if a.spots else []
        one = _decided(text, entity, best, entity.id in datelines) if len(best) > 1 else best
        several, one = one, _usual(text, entity, one, asked) if len(one) > 1 else one
        because = _because(a, best, one) if len(one) == len(several) else BARE
        if len(one) == 1:
            link = (one[0].scheme, one[0].id)
            linked[a.entity] = replace(entity, link=link, place=one[0].place, because=because)
        else:
            candidates = tuple((s.scheme, s.id) for s in one)
            linked[a.entity] = replace(entity, candidates=candidates, because=because)
    return tuple(linked)


def _because(asked: _Asked, best: list[Spot], one: list[Spot]) -> str:
    """Why a place has its link, its candidates, or none."""
    if not asked.spots:
        return "no place of this name in the tables"
    if not one:
        return "no place of this name fits the places that the article names"
    if len(one) > 1:
        return "several places of this name fit alike"
    if len(best) > 1:
        because = f"the dateline, an office or a body says that the {one[0].kind} is meant"
    elif asked.explicit:
        because = f"the area word says that a {one[0].kind} is meant"
    elif len(asked.spots) == 1:
        because = f"the one place of this name in the tables, a {one[0].kind}"
    else:
        because = f"of {len(asked.spots)} places of this name the {one[0].kind} that fits the article best"
    return because + BORROWED * _is_borrowed(one[0])


def _is_borrowed(spot: Spot) -> bool:
    """Whether a district has no point of its own in the tables; its precision is then that of its regency."""
    return (
        spot.kind == "district"
        and spot.place is not None
        and (spot.place.precision_m or 0) >= BORROWED_FROM_M
    )


def _asked(entity: int, forms: tuple[str, ...]) -> _Asked:
    """The spots that bear one of the forms; only those of the kind that an area word names, if one does."""
    found: dict[tuple[str, str], Spot] = {}
    kinds: Kinds | None = None
    told = ""
    thing = any(names.is_kind(w[0], "head") for w in map(names.words_of, forms) if len(w) > 1)
    for form in forms:
        said, keys = _read(form)
        told = told or next((c for k in keys if (c := _traps().get(k))), "")
        if said is not None:
            kinds = said if kinds is None else kinds & said or kinds
        if said is None and keys and keys[0] in _traps():
            continue
        for key in keys:
            for spot in gazetteer().spots(key):
                found.setdefault((spot.scheme, spot.id), spot)
    spots = tuple(
        s
        for s in found.values()
        if (s.kind in kinds if kinds is not None else not (thing and s.kind == "district"))
    )
    return _Asked(entity, spots, kinds is not None, told)


_SPECIAL = (("daerah", "istimewa"), ("daerah", "khusus"))


def _read(form: str) -> tuple[Kinds | None, list[str]]:
    """What kind of area a form says it is, and the name keys to look up."""
    said: Kinds | None = None
    keys: dict[str, None] = {}
    for reading in names.readings(form):
        keys.setdefault("".join(reading))
        kinds = _area_words().get(reading[0])
        if kinds is not None and len(reading) > 1:
            said = kinds
            keys = {"".join(reading[1:]): None, **keys}
        elif reading[:2] in _SPECIAL:
            said = frozenset({"province"})
    return said, list(keys)


def _context(asked: Iterable[_Asked]) -> _Context:
    """Countries and areas that the article names without doubt."""
    context = _Context(set(), {})
    context.countries.update(a.told for a in asked if a.told)
    for a in (a for a in asked if a.spots):
        best = max(a.spots, key=lambda s: _BASE[s.kind])
        if best.kind == "country":
            context.countries.add(best.id)
        elif best.scheme == "kemendagri" and best.kind != "district":
            for spot in a.spots:
                if spot.scheme == "kemendagri" and spot.kind != "district":
                    context.areas.setdefault(spot.id, set()).add(a.entity)
    return context


_AREAS = frozenset({"country", "province", "regency", "city"})
_BASE = {
    "country": 10.0, "continent": 9.0, "province": 7.5, "regency": 7.0, "city": 7.0, "capital": 3.5, "state": 3.0,
    "town": 2.0, "district": 1.0,
}  # fmt: skip


def _score(spot: Spot, asked: _Asked, context: _Context) -> float:
    """How well a spot fits, in points; see the docs page on entities for the reasons."""
    score = _BASE[spot.kind]
    if spot.scheme == "kemendagri":
        beside = context.beside(asked)
        if spot.kind == "district":
            near = 4.0 * (spot.id[:5] in beside or _bears_its_city(spot)) or 2.0 * (spot.id[:2] in beside)
            # where the article names other areas only, even the one district of its name is likely another thing
            score += 2.0 * asked.explicit + (near or -1.0 * bool(beside))
        elif context.countries and not context.is_home(asked) and not asked.explicit:
            score -= 3.5  # an article about other countries: `Batu` there is not Batu in East Java
        return score
    if spot.kind in ("town", "capital"):
        if not asked.explicit and any(s.kind == "country" and s.country == spot.country for s in asked.spots):
            return score  # `Singapura` is the state, `Kota Singapura` the city
        score += 1.5 * math.log10(max(spot.people, 5_000) / 50_000) + 1.5 * asked.explicit
    return score + _nearness(spot, asked, context)


def _bears_its_city(spot: Spot) -> bool:
    """Whether a district's name tells its city: `Bekasi Timur` of Bekasi, but not `Sukabumi` of Bandar Lampung."""
    first, *rest = names.behind(names.words_of(spot.name), "place")
    return bool(rest) and any(s.id == spot.id[:5] and s.kind == "city" for s in gazetteer().spots(first))


def _nearness(spot: Spot, asked: _Asked, context: _Context) -> float:
    """What the countries of the article say for or against a place abroad or a town at home."""
    if spot.kind in ("country", "continent", "province"):
        return 0.0
    home = context.is_home(asked)
    if spot.country in context.countries or (spot.country == "ID" and (home or not context.countries)):
        return 3.0
    # `Nagoya` in an article about Batam is a quarter of Batam; `Paramount` where no United States stand is a firm
    unlikely = home or (spot.people < LARGE and not asked.explicit)
    return (-1.0 if spot.kind == "capital" else -2.5) * unlikely


def _best(asked: _Asked, context: _Context) -> list[Spot]:
    """The spots that fit best, none where even the best fits badly."""
    scored = sorted(
        ((_score(s, asked, context), i) for i, s in enumerate(asked.spots)), key=lambda x: (-x[0], x[1])
    )
    top = scored[0][0]
    if top < LEAST:
        return []
    near = [asked.spots[i] for score, i in scored if score >= LEAST and top - score < MARGIN]
    return near if len(near) <= MOST_CANDIDATES else []


_SAID = {
    "regency": r"(?:kabupaten|kab\.?|pemkab|bupati|wakil bupati)",
    "city": r"(?:kota|pemkot|wali ?kota|wakil wali ?kota|polresta|polrestabes)",
    "province": r"(?:provinsi|pemprov|gubernur|wakil gubernur|polda)",
}


def _decided(text: str, entity: Entity, spots: list[Spot], dateline: bool) -> list[Spot]:
    """Of a regency, a city and a province of one name the one whose offices or bodies the article names with it."""
    if dateline and any(s.kind == "city" for s in spots):
        return [s for s in spots if s.kind == "city"]
    name = " ".join(names.behind(names.words_of(entity.name), "place"))
    said = {s.kind for s in spots if s.kind in _SAID and _says(text, _SAID[s.kind], name)}
    if len(said) != 1:
        return spots
    return [s for s in spots if s.kind in said]


def _usual(text: str, entity: Entity, spots: list[Spot], asked: Iterable[_Asked]) -> list[Spot]:
    """Of a regency and a city of one name the city where the bare name is the city's, and nothing tells of the regency."""
    name = " ".join(names.behind(names.words_of(entity.name), "place"))
    cities = [s for s in spots if s.kind == "city"]
    others = {s.id for s in spots} - {s.id for s in cities}
    if len(cities) != 1 or name not in word_list("bare-cities") or _says(text, _SAID["regency"], name):
        return spots
    if any(s.kind == "district" and s.id[:5] in others for a in asked for s in a.spots) or not _is_bare(text, name):
        return spots
    return cities


_BEFORE = re.compile(r"([^\W_]+)(\W*)$")


def _is_bare(text: str, name: str) -> bool:
    """Whether a name stands for itself somewhere: `ke Bandung`, `Jakarta-Bandung`.

    In `Stadion Si Jalak Harupat, Bandung` it says where something is, which may be the regency around the city as well.
    """
    for found in re.finditer(rf"\b{re.escape(name)}\b", text[:MOST_TEXT], re.IGNORECASE):
        before = _BEFORE.search(text, max(0, found.start() - 40), found.start())
        if before is None or (before[2] == " " and (before[1].islower() or before[1] in ("Di", "Ke", "Dari"))):
            return True
        if before[2] in (", ", "-", "–", "—") and is_area_name(before[1]):
            return True
    return False


def _says(text: str, area: str, name: str) -> bool:
    pattern = rf"\b{area}\s{{1,3}}{re.escape(name).replace(chr(92) + ' ', '[ -]?')}\b"
    return re.search(pattern, text[:MOST_TEXT], re.IGNORECASE) is not None


def areas_named(words: names.Words, kinds: Kinds) -> tuple[Spot, ...]:
    """The provinces, regencies and cities of some kinds that bear a name, in which the kind may stand first."""
    said, keys = _read(" ".join(words))
    kinds = kinds & said if said is not None else kinds
    found: dict[str, Spot] = {}
    for key in keys:
        found |= {s.id: s for s in gazetteer().spots(key) if s.scheme == "kemendagri" and s.kind in kinds}
    return tuple(found.values())


def is_place_name(name: str) -> bool:
    """Whether the gazetteer knows a place of this name."""
    return any(gazetteer().kinds(key) for key in _read(name)[1])


def is_area_named(name: str) -> bool:
    """Whether a name is that of an area of Indonesia with its area word: `Kota Bandung`."""
    said, keys = _read(name)
    return said is not None and any(
        s.kind in said and s.scheme == "kemendagri" for key in keys for s in gazetteer().spots(key)
    )


def is_area_name(name: str) -> bool:
    """Whether a country, province, regency or city has this name."""
    return any(not _AREAS.isdisjoint(gazetteer().kinds(key)) for key in _read(name)[1])
