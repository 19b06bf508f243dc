"""The dot map: where things are told to have happened, and how exactly. A dot's area tells how many, a ring how far off the place may
be; a hollow dot stands for a whole region or state."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...export.marks import escape
from ...export.wording import clean
from .basemap import HEIGHT, VIEWS, WIDTH, View, fitting, land, states
from .drawing import (
    Picture,
    Table,
    Tongue,
    cut,
    element,
    key_of,
    link,
    number,
    per_cent,
    safe_link,
    svg,
    text,
    tip,
)

ViewName = Literal["fit", "indonesia", "world"]

MOST_DOTS, MOST_LABELS, LABELS_ON_A_PHONE = 300, 16, 6
AREA_M = 40_000
"""From this precision on, a place stands for a region: its dot is hollow."""
WIDEST_RING = 0.1
"""How much of the map's width a ring may reach to either side: one round a whole state would cover what it should explain."""
_DIAGONAL = math.sqrt((1 + 0.25) / 2)
"""SVG counts a radius in per cent of this, where a drawing is half as high as it is wide."""
_DRAWN_AT = 700.0
"""Width in pixels at which labels are laid out."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A place with what was told of it. ``precision_m``: within so many metres the place lies, None where it is not known."""

    name: str
    lat: float
    lon: float
    count: int
    precision_m: float | None = None
    origins: int | None = None
    kind: str = ""
    href: str | None = None


def dot_map(dots: Sequence[Dot], tongue: Tongue, *, view: ViewName = "fit", title: str = "") -> Picture:
    """Dots on the base map, the largest beneath."""
    known = sorted((d for d in dots if -90 <= d.lat <= 90 and -180 <= d.lon <= 180), key=lambda d: (-d.count, d.name))
    shown = known[:MOST_DOTS]
    seen = fitting([(d.lon, d.lat) for d in shown]) if view == "fit" else VIEWS[view]
    title = title or tongue.gettext("Where it happened")
    says = _says(known, tongue)
    words, taken = _labels(shown, seen)
    drawn = _ground(seen) + _states(seen, tongue, taken) + _marks(shown, seen, tongue) + words
    columns = (tongue.gettext("Place"), tongue.gettext("Kind"), tongue.gettext("Latitude"), tongue.gettext("Longitude"), tongue.gettext("Within (km)"), tongue.gettext("Count"))
    table = Table(columns, tuple(_row(d) for d in known))
    key = key_of((
        ("dot", tongue.gettext("a place; its area tells how many")), ("ring", tongue.gettext("within this ring")),
        ("hollow", tongue.gettext("a region or state: somewhere in it")),
    )) + element("p", escape(borders_note(tongue)), class_="more")  # fmt: skip
    return Picture("map", title, says, svg(drawn, title, says, height="100%", class_="map", linked=any(d.href for d in shown)), table, key)


def borders_note(tongue: Tongue) -> str:
    """Whose view of borders the map shows."""
    return tongue.gettext("Land and borders: Natural Earth, in its own view of them, which need not be that of any state or outlet.")


def _ground(view: View) -> str:
    """Sea and land. The paths are in a drawing of their own, which keeps its shape; dots and letters keep their size."""
    home, abroad = land(view)
    paths = element("path", d=abroad, class_="land") + element("path", d=home, class_="land home")
    return element("svg", paths, viewBox=f"0 0 {WIDTH} {HEIGHT}", width="100%", height="100%", preserveAspectRatio="none", aria_hidden="true")


def radius(count: int, most: int) -> float:
    """A dot's radius in pixels: its area goes with the count."""
    return round(3.5 + 9.5 * math.sqrt(count / most), 1) if most else 3.5


def _marks(dots: Sequence[Dot], view: View, tongue: Tongue) -> str:
    most = max((d.count for d in dots), default=0)
    rings, marks = [], []
    for dot in dots:
        x, y = view.at(dot.lon, dot.lat)
        if not (0 <= x <= 1 and 0 <= y <= 1):
            continue
        size, across = radius(dot.count, most), view.across(dot.precision_m or 0)
        hollow = (dot.precision_m or 0) >= AREA_M
        if size / _DRAWN_AT < across < WIDEST_RING:
            rings.append(element("circle", cx=per_cent(x), cy=per_cent(y), r=per_cent(across / _DIAGONAL), class_="ring"))
        mark = element("circle", cx=per_cent(x), cy=per_cent(y), r=size, class_="hollow" if hollow else "dot")
        told = tip(_told(dot, tongue))
        marks.append(link(told + mark, dot.href) if safe_link(dot.href) else element("g", told + mark))
    return "".join(rings) + "".join(marks)


def _told(dot: Dot, tongue: Tongue) -> str:
    told = f"{cut(dot.name, 60)}: {tongue.whole(dot.count)}"
    if dot.precision_m:
        told += " · " + tongue.gettext("within {km} km").format(km=tongue.whole(max(1, round(dot.precision_m / 1000))))
    return told


Box = tuple[float, float, float, float]


def _states(view: View, tongue: Tongue, taken: Sequence[Box]) -> str:
    """The states' names on the land, where no dot or its name stands."""
    drawn = []
    for name, x, y in states(view, tongue.lang):
        px, py, wide = x * _DRAWN_AT, y * _DRAWN_AT / 2, len(name) * 8.5
        box = (px - wide / 2, py - 9, px + wide / 2, py + 9)
        if box[0] > 0 and box[2] < _DRAWN_AT and not any(_cross(box, other) for other in taken):
            drawn.append(text(name, per_cent(x), per_cent(y), class_="state", anchor="middle"))
    return element("g", "".join(drawn), aria_hidden="true")


def _labels(dots: Sequence[Dot], view: View) -> tuple[str, list[Box]]:
    """Names of the largest, where they cover no other name and no dot; and what they and the dots cover."""
    most = max((d.count for d in dots), default=0)
    taken: list[Box] = []
    for dot in dots:
        (x, y), r = view.at(dot.lon, dot.lat), radius(dot.count, most)
        taken.append((x * _DRAWN_AT - r, y * _DRAWN_AT / 2 - r, x * _DRAWN_AT + r, y * _DRAWN_AT / 2 + r))
    drawn: list[str] = []
    for dot in dots:
        if len(drawn) >= MOST_LABELS:
            break
        x, y = view.at(dot.lon, dot.lat)
        if not (0.01 <= x <= 0.99 and 0.03 <= y <= 0.97):
            continue
        name, size = cut(dot.name, 24), radius(dot.count, most)
        wide, px, py = len(name) * 7.2, x * _DRAWN_AT, y * _DRAWN_AT / 2
        for anchor, left, base in (("start", px + size + 3, py), ("end", px - size - 3 - wide, py), ("middle", px - wide / 2, py - size - 9), ("middle", px - wide / 2, py + size + 10)):
            box = (left, base - 8, left + wide, base + 8)
            if box[0] > 2 and box[2] < _DRAWN_AT - 2 and box[1] > 2 and box[3] < _DRAWN_AT / 2 - 2 and not any(_cross(box, other) for other in taken):
                taken.append(box)
                shift = {"start": size + 4, "end": -size - 4, "middle": 0.0}[anchor]
                down = base - py + 4
                words = text(name, number(shift), number(round(down, 1)), class_="label" + " minor" * (len(drawn) >= LABELS_ON_A_PHONE), anchor=anchor)
                drawn.append(element("svg", words, x=per_cent(x), y=per_cent(y), overflow="visible", aria_hidden="true"))
                break
    return "".join(drawn), taken


def _cross(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _row(dot: Dot) -> tuple[str | int | float | None, ...]:
    within = None if dot.precision_m is None else max(1, round(dot.precision_m / 1000))
    return clean(dot.name), clean(dot.kind), round(dot.lat, 4), round(dot.lon, 4), within, dot.count


def _says(dots: Sequence[Dot], tongue: Tongue) -> str:
    if not dots:
        return tongue.gettext("No place of these can be put on a map.")
    most, hollow = dots[0], sum((d.precision_m or 0) >= AREA_M for d in dots)
    said = tongue.gettext("{n} places; most: {name}, {count}.").format(n=tongue.whole(len(dots)), name=cut(most.name, 60), count=tongue.whole(most.count))
    if hollow:
        said += " " + tongue.ngettext("{n} stands for a whole region or state.", "{n} stand for whole regions or states.", hollow).format(n=tongue.whole(hollow))
    if len(dots) > MOST_DOTS:
        said += " " + tongue.gettext("The {n} largest are drawn.").format(n=tongue.whole(MOST_DOTS))
    return said
