"""The base map: land and borders of a view, as a path. Natural Earth's own view of borders; the map says so beneath.

A view is twice as wide as it is high. Closer views are drawn as degrees, with longitudes shortened as at the middle of the view;
the whole world in the Natural Earth projection.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from ...config import Lang
from ...lexicon import data_file

WIDTH, HEIGHT = 1000, 500
"""Units of a view: a path counts in whole ones, that of the whole world, with its many states, in steps of two."""

INDONESIA = "ID"
NARROWEST = 5.0
"""Degrees of longitude of the closest view: nearer, the lines would be coarser than the dots."""
_UNIT = 0.01

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows: its middle and its width in degrees of longitude; the whole world at a width of 360."""

    lon: float
    lat: float
    width: float

    @property
    def is_world(self) -> bool:
        return self.width >= 300

    @property
    def shortened(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, in the middle."""
        return max(0.2, math.cos(math.radians(self.lat)))

    @property
    def height(self) -> float:
        """Degrees of latitude."""
        return self.width * self.shortened / 2

    def at(self, lon: float, lat: float) -> Point:
        """Where a place lies, from 0 to 1 both ways; outside these where it is not in the view."""
        if self.is_world:
            x, y = _natural_earth(lon, lat)
            return 0.5 + x / _WORLD_WIDE, 0.5 - (y - _WORLD_MIDDLE) * 2 / _WORLD_WIDE
        return 0.5 + (lon - self.lon) / self.width, 0.5 - (lat - self.lat) / self.height

    def across(self, metres: float) -> float:
        """How much of the view's width these metres are, about."""
        width = 360 if self.is_world else self.width
        return metres / 111_320 / (width * (1 if self.is_world else self.shortened))


_WORLD_WIDE, _WORLD_MIDDLE = 5.62, 0.2

VIEWS = {"indonesia": View(118.0, -2.5, 49.0), "world": View(0.0, 0.0, 360.0)}


def _natural_earth(lon: float, lat: float) -> Point:
    """Tom Patterson's projection, as the polynomial of Šavrič and others (2011)."""
    turn, up = math.radians(lon), math.radians(lat)
    two = up * up
    four = two * two
    x = turn * (0.8707 - 0.131979 * two + four * (-0.013791 + four * (0.003971 * two - 0.001529 * four)))
    return x, up * (1.007226 + two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four)))


def fitting(places: Sequence[Point]) -> View:
    """The closest view that holds these places (longitude, latitude), rounded, so that near ones share their map."""
    if not places:
        return VIEWS["indonesia"]
    lons, lats = [p[0] for p in places], [p[1] for p in places]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    shortened = max(0.2, math.cos(math.radians(lat)))
    width = max((max(lons) - min(lons)) * 1.3, (max(lats) - min(lats)) * 1.4 * 2 / shortened, NARROWEST)
    if width > 150:
        return VIEWS["world"]
    home = VIEWS["indonesia"]
    if width > 28 and all(0.02 < x < 0.98 and 0.02 < y < 0.98 for x, y in (home.at(*p) for p in places)):
        return home
    width = next(w for w in (5, 7, 10, 14, 20, 28, 40, 56, 80, 110, 150) if w >= width)
    step = width / 20
    return View(round(lon / step) * step, round(lat / step) * step, float(width))


# --- land -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outline:
    """One island or one part of a state, with the box round it: west, south, east, north."""

    state: str
    points: tuple[Point, ...]
    box: tuple[float, float, float, float]


@cache
def _outlines(layer: str) -> tuple[Outline, ...]:
    """The outlines of a layer, read once."""
    return tuple(_outline(row) for row in _table() if row.startswith(f"{layer}\t"))


def _table() -> list[str]:
    return gzip.decompress(data_file("basemap.tsv.gz").read_bytes()).decode("utf-8").splitlines()


@cache
def _names() -> dict[str, dict[Lang, str]]:
    """The states' names by their letters."""
    rows = (row.split("\t") for row in _table() if row.startswith("name\t"))
    return {code: {"id": ours, "en": english} for _, code, ours, english in rows}


def _outline(row: str) -> Outline:
    _, state, told = row.split("\t")
    x = y = 0
    points = []
    for step in told.split(" "):
        dx, _, dy = step.partition(",")
        x, y = x + int(dx), y + int(dy)
        points.append((x * _UNIT, y * _UNIT))
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Outline(state, tuple(points), (min(xs), min(ys), max(xs), max(ys)))


@lru_cache(maxsize=64)
def land(view: View) -> tuple[str, str]:
    """The paths of a view: of Indonesia, and of all other land."""
    home: list[str] = []
    abroad: list[str] = []
    for outline in _seen(view):
        path = _path(outline.points, view)
        (home if outline.state == INDONESIA else abroad).append(path)
    return "".join(home), "".join(abroad)


def land_polygons(view: View) -> list[tuple[bool, tuple[Point, ...]]]:
    """The outlines of a view as longitudes and latitudes, each with whether it is Indonesia's; clockwise, as d3 wants them."""
    return [(outline.state == INDONESIA, outline.points if _turned(outline.points) < 0 else outline.points[::-1]) for outline in _seen(view)]


def _turned(points: Sequence[Point]) -> float:
    """The area inside an outline, negative where it is walked clockwise."""
    return sum(points[n - 1][0] * y - x * points[n - 1][1] for n, (x, y) in enumerate(points)) / 2


@lru_cache(maxsize=128)
def states(view: View, lang: Lang, most: int = 9) -> tuple[tuple[str, float, float], ...]:
    """The names of the states that a view shows, where there is room for them: name and the middle of what is seen of it."""
    if view.is_world:
        return ()
    found: dict[str, tuple[float, float, float]] = {}
    for outline in _seen(view):
        placed = _clipped([view.at(*point) for point in outline.points], 0.0)
        size, x, y = _middle(placed)
        if outline.state and size > found.get(outline.state, (0.004, 0, 0))[0]:
            found[outline.state] = (size, x, y)
    largest = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:most]
    return tuple((_names()[code][lang], x, y) for code, (_, x, y) in largest if code in _names())


def _middle(points: Sequence[Point]) -> tuple[float, float, float]:
    """Area and centre of an outline."""
    area = x = y = 0.0
    for n, (x1, y1) in enumerate(points):
        x0, y0 = points[n - 1]
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross / 2, x + (x0 + x1) * cross / 6, y + (y0 + y1) * cross / 6
    return (abs(area), x / area, y / area) if area else (0.0, 0.0, 0.0)


def _seen(view: View) -> Iterator[Outline]:
    layers = ("world",) if view.width > 90 else ("home", "near")
    west, east = view.lon - view.width / 2, view.lon + view.width / 2
    south, north = view.lat - view.height / 2, view.lat + view.height / 2
    least = view.width / WIDTH * (4 if view.is_world else 2)  # smaller than two units is not seen
    for layer in layers:
        for outline in _outlines(layer):
            w, s, e, n = outline.box
            inside = view.is_world or (w <= east and e >= west and s <= north and n >= south)
            if inside and max(e - w, n - s) >= least:
                yield outline


def _path(points: Iterable[Point], view: View) -> str:
    """An outline as a path in whole units, cut where it leaves the view."""
    placed = [view.at(*point) for point in points]
    if any(not (-0.05 < x < 1.05 and -0.05 < y < 1.05) for x, y in placed):
        placed = _clipped(placed)
    step = 2 if view.is_world else 1
    whole = [(step * round(x * WIDTH / step), step * round(y * HEIGHT / step)) for x, y in placed]
    kept = [p for n, p in enumerate(whole) if n == 0 or p != whole[n - 1]]
    if len(kept) < 3:
        return ""
    steps = " ".join(f"{b[0] - a[0]},{b[1] - a[1]}" for a, b in pairwise(kept)).replace(",-", "-")
    return f"M{kept[0][0]},{kept[0][1]}l{steps}z"


def _clipped(points: list[Point], room: float = 0.05) -> list[Point]:
    """Sutherland and Hodgman's way: the outline cut by each side of a box a little greater than the view."""
    for axis, limit, sign in ((0, -room, 1), (0, 1 + room, -1), (1, -room, 1), (1, 1 + room, -1)):
        out: list[Point] = []
        for n, here in enumerate(points):
            before = points[n - 1]
            was, is_ = (before[axis] - limit) * sign >= 0, (here[axis] - limit) * sign >= 0
            if was != is_:
                part = (limit - before[axis]) / (here[axis] - before[axis])
                other = before[1 - axis] + part * (here[1 - axis] - before[1 - axis])
                out.append((limit, other) if axis == 0 else (other, limit))
            if is_:
                out.append(here)
        points = out
        if not points:
            break
    return points
