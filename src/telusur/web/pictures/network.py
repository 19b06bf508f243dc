"""The graph: who is bound to whom, by what, on how many origins' word. At most `MOST_NODES`, laid out here, the same each time."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...export.wording import clean
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

MOST_NODES, MOST_EDGES = 60, 180
_STEPS = 160
_HEIGHT = 560.0
_DRAWN_AT = 900.0


@dataclass(frozen=True, slots=True)
class GraphNode:
    """Somebody or something. ``type``: PER, ORG, LOC or MISC; ``count``: articles that name it; ``centre``: what was asked for."""

    id: str
    name: str
    type: str
    count: int = 1
    href: str | None = None
    centre: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie. ``kind`` in words; ``count``: claims that tell it; ``sources``: articles or origins they come from; ``denied``: only denied."""

    a: str
    b: str
    kind: str
    count: int
    sources: int
    denied: bool = False
    href: str | None = None


def network(nodes: Sequence[GraphNode], edges: Sequence[Edge], tongue: Tongue, *, title: str = "") -> Picture:
    """Nodes with their ties; those with the most ties and mentions, where there are too many."""
    shown, ties = bounded(nodes, edges)
    title = title or tongue.gettext("Who is bound to whom")
    says = _says(nodes, edges, shown, tongue)
    at = layout(shown, ties)
    drawn = "".join(_tie(tie, at, tongue) for tie in ties) + "".join(_node(node, at[node.id], tongue) for node in shown) + _labels(shown, at)
    by_id = {node.id: clean(node.name) for node in nodes}
    columns = (tongue.gettext("Who"), tongue.gettext("Tie"), tongue.gettext("Whom or what"), tongue.gettext("Claims"), tongue.gettext("Articles"))
    rows = tuple((by_id.get(e.a, ""), clean(e.kind), by_id.get(e.b, ""), e.count, e.sources) for e in sorted(edges, key=_heavier)[: 10 * MOST_EDGES])
    key = key_of((
        ("per", tongue.gettext("person")), ("org", tongue.gettext("organisation")), ("loc", tongue.gettext("place")), ("tie-denied", tongue.gettext("denied")),
    ))  # fmt: skip
    return Picture("graph", title, says, svg(drawn, title, says, height=_HEIGHT, class_="graph", linked=True), Table(columns, rows), key, wide="w45")


def _heavier(edge: Edge) -> tuple[int, int, str, str, str]:
    return -edge.sources, -edge.count, edge.a, edge.b, edge.kind


def bounded(nodes: Sequence[GraphNode], edges: Sequence[Edge]) -> tuple[list[GraphNode], list[Edge]]:
    """The nodes and ties to draw: what was asked for, then those with the heaviest ties."""
    by_id = {node.id: node for node in nodes}
    ties = sorted((e for e in edges if e.a != e.b and e.a in by_id and e.b in by_id), key=_heavier)
    at: dict[str, list[int]] = {}
    for n, edge in enumerate(ties):
        at.setdefault(edge.a, []).append(n)
        at.setdefault(edge.b, []).append(n)
    weight = {id: sum(ties[n].sources for n in found) for id, found in at.items()}
    order = sorted(by_id.values(), key=lambda n: (not n.centre, -weight.get(n.id, 0), -n.count, n.name, n.id))
    chosen: dict[str, None] = {}
    for start in order:  # from the weightiest on, whatever hangs together; then from the next that is left
        open_ = [] if start.id in chosen or len(chosen) >= MOST_NODES else _enter(start.id, chosen, at)
        while open_ and len(chosen) < MOST_NODES:
            edge = ties[heapq.heappop(open_)]
            for id in (edge.a, edge.b):
                if id not in chosen and len(chosen) < MOST_NODES:
                    for n in _enter(id, chosen, at):
                        heapq.heappush(open_, n)
    shown = [node for node in order if node.id in chosen]
    return shown, [e for e in ties if e.a in chosen and e.b in chosen][:MOST_EDGES]


def _enter(id: str, chosen: dict[str, None], at: dict[str, list[int]]) -> list[int]:
    """Takes a node in; gives its ties, the heaviest first, which a heap may begin with."""
    chosen[id] = None
    return list(at.get(id, ()))


Place = tuple[float, float]


def layout(nodes: Sequence[GraphNode], edges: Sequence[Edge]) -> dict[str, Place]:
    """Where each node stands, from 0 to 1 both ways: all push each other off, ties pull. Nothing is left to chance."""
    import numpy as np

    many = len(nodes)
    if many <= 1:
        return {node.id: (0.5, 0.5) for node in nodes}
    number_of = {node.id: n for n, node in enumerate(nodes)}
    turn = np.arange(many) * 2.399963  # the golden angle: no two begin in one line
    out = 0.15 + 0.85 * np.sqrt(np.arange(many) / many)
    at = np.stack([np.cos(turn) * out, np.sin(turn) * out], axis=1)
    ends = np.array([(number_of[e.a], number_of[e.b]) for e in edges], dtype=np.int64).reshape(-1, 2)
    pull = np.array([1 + math.log1p(e.sources) for e in edges])
    near = 1.6 / math.sqrt(many)
    for step in range(_STEPS):
        apart = at[:, None, :] - at[None, :, :]
        far = np.sqrt((apart**2).sum(axis=2)) + 1e-6
        move = (apart / far[:, :, None] * (near * near / far)[:, :, None]).sum(axis=1)
        if len(ends):
            along = at[ends[:, 0]] - at[ends[:, 1]]
            force = along * (np.sqrt((along**2).sum(axis=1)) / near * np.minimum(pull, 3) * 0.28)[:, None]
            np.add.at(move, ends[:, 0], -force)
            np.add.at(move, ends[:, 1], force)
        move -= at * 0.35  # towards the middle, so that what is bound to nothing stays in sight
        long = np.sqrt((move**2).sum(axis=1)) + 1e-9
        at = at + move / long[:, None] * np.minimum(long, 0.18 * (1 - step / _STEPS) + 0.002)[:, None]
    low, high = at.min(axis=0), at.max(axis=0)
    scaled = (at - low) / np.maximum(high - low, 1e-6)
    return {node.id: (round(0.06 + 0.82 * float(x), 4), round(0.06 + 0.88 * float(y), 4)) for node, (x, y) in zip(nodes, scaled, strict=True)}


def _tie(edge: Edge, at: dict[str, Place], tongue: Tongue) -> str:
    (x1, y1), (x2, y2) = at[edge.a], at[edge.b]
    told = tongue.gettext("{kind}: {n} claims in {articles} articles").format(kind=cut(edge.kind, 40), n=edge.count, articles=edge.sources)
    width = number(round(1 + min(5.0, 1.2 * math.log2(max(1, edge.sources))), 1))
    line = element(
        "line", tip(told), x1=per_cent(x1), y1=per_cent(y1), x2=per_cent(x2), y2=per_cent(y2), stroke_width=width, class_="tie" + " tie-denied" * edge.denied
    )
    return line


def size_of(node: GraphNode) -> float:
    return round(min(16.0, 4.5 + 1.8 * math.log2(max(1, node.count))), 1)


def _node(node: GraphNode, at: Place, tongue: Tongue) -> str:
    told = f"{cut(node.name, 60)}: {tongue.ngettext('{n} article', '{n} articles', node.count).format(n=tongue.whole(node.count))}"
    class_ = {"PER": "per", "ORG": "org", "LOC": "loc"}.get(node.type, "misc") + " centre" * node.centre
    x, y, size = per_cent(at[0]), per_cent(at[1]), size_of(node)
    if class_.startswith("org"):  # told apart without colour: people round, bodies square, places a ring
        shape = element("svg", element("rect", x=-size, y=-size, width=2 * size, height=2 * size, class_=class_), x=x, y=y, overflow="visible")
    else:
        shape = element("circle", cx=x, cy=y, r=size, class_=class_)
    return link(tip(told) + shape, node.href) if safe_link(node.href) else element("g", tip(told) + shape)


def _labels(nodes: Sequence[GraphNode], at: dict[str, Place]) -> str:
    """Names beside their nodes, the weightiest first; where two would cover each other, the lighter one is left to its tip."""
    taken: list[tuple[float, float, float, float]] = []
    for node in nodes:
        px, py, size = at[node.id][0] * _DRAWN_AT, at[node.id][1] * _HEIGHT, size_of(node)
        taken.append((px - size, py - size, px + size, py + size))
    drawn = []
    for node in nodes:
        x, y = at[node.id]
        px, py, size, name = x * _DRAWN_AT, y * _HEIGHT, size_of(node), cut(node.name, 26)
        wide = len(name) * 6.8
        for anchor, shift, down in (
            ("start", size + 4, 4.0), ("end", -size - 4, 4.0), ("middle", 0.0, size + 15), ("middle", 0.0, -size - 6),
            ("start", size, -size - 2), ("end", -size, -size - 2), ("start", size, size + 10), ("end", -size, size + 10),
        ):  # fmt: skip
            left = px + shift - {"start": 0.0, "end": wide, "middle": wide / 2}[anchor]
            box = (left, py + down - 12, left + wide, py + down + 4)
            if box[0] > 0 and box[2] < _DRAWN_AT and not any(_cross(box, other) for other in taken):
                taken.append(box)
                words = text(name, number(shift), number(down), class_="label" + " strong" * node.centre, anchor=anchor)
                drawn.append(element("svg", words, x=per_cent(x), y=per_cent(y), overflow="visible", aria_hidden="true"))
                break
    return "".join(drawn)


def _cross(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _says(nodes: Sequence[GraphNode], edges: Sequence[Edge], shown: Sequence[GraphNode], tongue: Tongue) -> str:
    if not nodes:
        return tongue.gettext("Nobody here is told to be bound to anybody.")
    said = tongue.gettext("{n} people, bodies and places, {ties} ties.").format(n=tongue.whole(len(nodes)), ties=tongue.whole(len(edges)))
    if len(shown) < len(nodes):
        said += " " + tongue.gettext("The {n} most bound are drawn; the table has all.").format(n=tongue.whole(len(shown)))
    return said


