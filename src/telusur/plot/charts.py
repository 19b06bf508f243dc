"""Rows to Altair charts.

Colours and order are those of the reading room: pale is copied, dark is new; what is not told fades or stays open. Charts carry
their rows, so that they can be saved and opened again without an archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtra
from ..web.pictures import lanes as lanes_
from ..web.pictures import network as network_
from ..web.pictures import tree as tree_
from ..web.pictures.attention import Period
from ..web.pictures.basemap import VIEWS, View, fitting, land_polygons
from ..web.pictures.dotmap import AREA_M, Dot
from ..web.pictures.drawing import spanning
from ..web.pictures.heat import Cell
from ..web.pictures.moments import Event
from ..web.pictures.strips import Strip
from ..web.pictures.sureness import KINDS, Month

if TYPE_CHECKING:
    import altair as alt

BLUE, PALE, BRICK, GOLD, GREEN, VIOLET, GREY = "#1d4f80", "#b7c6d3", "#9c2f1d", "#b88a2a", "#27623a", "#6d2077", "#cfcac0"
MOODS = {"told": BLUE, "forecast": GOLD, "denied": BRICK, "unclear": VIOLET}
_WIDTH = 640
_ROW = 22
_SHORT = 3  # days: shorter marks would not be seen


def _altair() -> Any:
    """The library, loaded with the first chart.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        import altair
    except ImportError as error:
        raise MissingExtra("plots need Altair, not installed here; nothing was drawn; pip install 'telusur[plot]'") from error
    return altair


def _data(rows: Sequence[Mapping[str, Any]]) -> Any:
    return _altair().Data(values=list(rows))


def _finished(chart: Any, **looks: Any) -> alt.Chart:
    made: alt.Chart = chart.properties(**looks)
    return made


def _layered(charts: Sequence[Any], **looks: Any) -> alt.LayerChart:
    """Charts over one another."""
    made: alt.LayerChart = _altair().layer(*charts).properties(**looks)
    return made


def attention(periods: Sequence[Period], *, title: str = "Copies and originals over time") -> alt.LayerChart:
    """Copies (pale) on originals (dark) over time, a dot for each period with new origins."""
    alt = _altair()
    rows = [
        {"from": p.first.isoformat(), "kind": kind, "articles": count, "order": order}
        for p in periods
        for order, (kind, count) in enumerate((("originals", p.originals), ("copies", p.copies)))
    ]
    bars = (
        alt.Chart(_data(rows))
        .mark_bar()
        .encode(
            x=alt.X("from:T", title=None), y=alt.Y("sum(articles):Q", title="articles"), order="order:O",
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=["copies", "originals"], range=[PALE, BLUE])), tooltip=["from:T", "kind:N", "articles:Q"],
        )
    )  # fmt: skip
    new = [{"from": p.first.isoformat(), "articles": p.copies + p.originals, "origins": p.new_origins} for p in periods if p.new_origins]
    dots = (
        alt.Chart(_data(new)).mark_circle(color=BRICK, size=60, yOffset=-8).encode(x="from:T", y="articles:Q", tooltip=["from:T", "origins:Q"])
    )
    return _layered([bars, dots], width=_WIDTH, height=200, title=title)


def copy_strips(strips: Sequence[Strip], *, title: str = "Who copied what, who added what") -> alt.Chart:
    """Each text as a bar: grey where it is copied, blue where its own."""
    alt = _altair()
    rows = [{"text": s.label, "kind": p.kind, "start": p.start, "end": p.end, "copied": round(s.copied, 3)} for s in strips for p in s.pieces]
    return _finished(
        alt.Chart(_data(rows))
        .mark_bar(height=14)
        .encode(
            x=alt.X("start:Q", title="characters"), x2="end:Q", y=alt.Y("text:N", sort=None, title=None),
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=["copied", "own", "skipped"], range=[GREY, BLUE, "#eee8da"])),
            tooltip=["text:N", "kind:N", "start:Q", "end:Q", "copied:Q"],
        ),
        width=_WIDTH, height=max(40, _ROW * len(strips)), title=title,
    )  # fmt: skip


def lanes(rows: Sequence[lanes_.Lane], *, title: str = "Who held what, and when") -> alt.LayerChart:
    """Stretches of time by who is in them; ends that no text dates are pale."""
    alt = _altair()
    days = spanning((day for lane in rows for s in lane.stretches for day in s.days()), room=lanes_.FADE * 1.3)
    told: list[dict[str, Any]] = []
    seen: list[dict[str, Any]] = []
    for lane in rows:
        for stretch in lane.stretches:
            if (at := lanes_.place(stretch, days)) is None:
                continue
            name = f"{lane.name}: {stretch.label}"
            parts = ((at.x0, at.x1, 0.3), (at.x1, at.x2, 1.0), (at.x2, at.x3, 0.3))
            for first, last, sure in parts:
                if last > first:
                    start, end = (days.first + timedelta(days=round(part * days.length)) for part in (first, last))
                    told.append({"who": name, "from": start.isoformat(), "to": end.isoformat(), "mood": stretch.mood, "sure": sure})
            seen += [{"who": name, "from": day.isoformat()} for day in stretch.seen]
    x, y = alt.X("from:T", title=None), alt.Y("who:N", sort=None, title=None, axis=alt.Axis(labelLimit=320))
    colour = alt.Color("mood:N", title=None, scale=alt.Scale(domain=list(MOODS), range=list(MOODS.values())))
    bars = alt.Chart(_data(told)).mark_bar(height=9).encode(x=x, x2="to:T", y=y, color=colour, opacity=alt.Opacity("sure:Q", scale=None, legend=None), tooltip=["who:N", "mood:N"])
    dots = alt.Chart(_data(seen)).mark_circle(size=14, color="white", stroke=BLUE, strokeWidth=1).encode(x="from:T", y=y)
    return _layered([bars, dots], width=_WIDTH, height=max(40, _ROW * len({row["who"] for row in told})), title=title)


def timeline(events: Sequence[Event], *, title: str = "What happened when") -> alt.LayerChart:
    """Dated events, each as long as its date is inexact; those without a date are left out, and counted in the title."""
    alt = _altair()
    dated = sorted((e for e in events if e.first), key=lambda e: (e.first or date.min, e.label))
    days = spanning(day for e in dated for day in (e.first, e.last))
    rows = []
    for n, event in enumerate(dated):
        assert event.first is not None
        last = event.last or event.first + timedelta(days=max(1, round(days.length * lanes_.FADE)))
        rows.append({
            "n": n, "what": f"{event.when or event.first.isoformat()}  {event.label}", "from": event.first.isoformat(), "to": last.isoformat(), "mood": event.mood,
            "source": event.source, "open": event.last is None, "short": (last - event.first).days <= max(_SHORT, days.length * 0.008),
        })  # fmt: skip
    y = alt.Y("what:N", sort=alt.SortField("n"), title=None, axis=alt.Axis(labelLimit=420))
    colour = alt.Color("mood:N", title=None, scale=alt.Scale(domain=list(MOODS), range=list(MOODS.values())))
    chart = alt.Chart(_data(rows))
    bars = chart.transform_filter("!datum.short").mark_bar(height=8, cornerRadius=4).encode(
        x=alt.X("from:T", title=None), x2="to:T", y=y, color=colour, opacity=alt.condition("datum.open", alt.value(0.3), alt.value(0.6)), tooltip=["what:N", "mood:N", "source:N"]
    )  # fmt: skip
    dots = chart.transform_filter("datum.short").mark_circle(size=70).encode(x="from:T", y=y, color=colour, tooltip=["what:N", "mood:N", "source:N"])
    left = len(events) - len(dated)
    return _layered([bars, dots], width=_WIDTH, height=max(40, _ROW * len(rows)), title=title + (f" ({left} without a date are not drawn)" if left else ""))


def certainty_strip(months: Sequence[Month], *, title: str = "How sure it was told, month by month") -> alt.Chart:
    """A column a month, parted by how sure its claims are told."""
    alt = _altair()
    rows = [
        {"month": m.first.isoformat(), "how sure": kind, "claims": count, "order": order}
        for m in months
        for order, (kind, count) in enumerate(zip(KINDS, m.counts(), strict=True))
        if count
    ]
    colours = alt.Scale(domain=list(KINDS), range=[GREEN, GOLD, "#e3d5e6", BRICK])
    return _finished(
        alt.Chart(_data(rows))
        .mark_bar()
        .encode(
            x=alt.X("yearmonth(month):T", title=None), y=alt.Y("claims:Q", stack="normalize", title=None, axis=alt.Axis(format="%")), order="order:O",
            color=alt.Color("how sure:N", title=None, scale=colours), tooltip=["yearmonth(month):T", "how sure:N", "claims:Q"],
        ),
        width=_WIDTH, height=160, title=title,
    )  # fmt: skip


def speaker_matrix(cells: Sequence[Cell], *, title: str = "Who speaks about what", most: int = 25) -> alt.LayerChart:
    """Who speaks about whom; the rows and columns with the most."""
    return _heat(cells, title, most, "statements", None)


def dependence(cells: Sequence[Cell], printed: Mapping[str, int], *, title: str = "Who lives on whose copy", most: int = 25) -> alt.LayerChart:
    """Which share of an outlet's articles carries which agency's copy. ``printed``: all articles of each outlet."""
    return _heat(cells, title, most, "share", printed)


def _heat(cells: Sequence[Cell], title: str, most: int, name: str, printed: Mapping[str, int] | None) -> alt.LayerChart:
    alt = _altair()
    rows, columns = (_largest(cells, side, most) for side in ("row", "column"))
    told: list[dict[str, Any]] = [
        {"row": c.row, "column": c.column, name: c.count if printed is None else c.count / max(1, c.count, printed.get(c.row, 0))}
        for c in cells
        if c.row in rows and c.column in columns
    ]
    base = alt.Chart(_data(told)).encode(
        x=alt.X("column:N", sort=columns, title=None, axis=alt.Axis(orient="top", labelAngle=-40, labelLimit=160)), y=alt.Y("row:N", sort=rows, title=None, axis=alt.Axis(labelLimit=260))
    )
    squares = base.mark_rect().encode(color=alt.Color(f"{name}:Q", scale=alt.Scale(scheme="blues"), legend=None), tooltip=["row:N", "column:N", f"{name}:Q"])
    half = max((row[name] for row in told), default=0) / 2
    numbers = base.mark_text(fontSize=11).encode(
        text=alt.Text(f"{name}:Q", format=".0%" if printed is not None else "d"), color=alt.condition(f"datum['{name}'] > {half}", alt.value("white"), alt.value("#1d1b18"))
    )
    return _layered([squares, numbers], width=max(60, 46 * len(columns)), height=max(40, _ROW * len(rows)), title=title)


def _largest(cells: Sequence[Cell], side: str, most: int) -> list[str]:
    counts: dict[str, int] = {}
    for cell in cells:
        key = cell.row if side == "row" else cell.column
        counts[key] = counts.get(key, 0) + cell.count
    return [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]]


def place_map(dots: Sequence[Dot], *, view: str = "fit", title: str = "Where it happened") -> alt.LayerChart:
    """Dots on the base map that ships (Natural Earth, in its own view of borders); hollow ones stand for a whole region or state."""
    alt = _altair()
    seen = fitting([(d.lon, d.lat) for d in dots]) if view == "fit" else VIEWS[view]
    ground = alt.Chart(_data(_land(seen))).mark_geoshape(stroke="white", strokeWidth=0.6).encode(
        color=alt.condition("datum.properties.home", alt.value("#cbc2ac"), alt.value("#d9d3c4"))
    )  # fmt: skip
    rows = [
        {"place": d.name, "lat": d.lat, "lon": d.lon, "count": d.count, "within km": round((d.precision_m or 0) / 1000), "area": (d.precision_m or 0) >= AREA_M}
        for d in dots
        if _inside(d, seen)
    ]
    spots = (
        alt.Chart(_data(rows))
        .mark_circle(color=BRICK, stroke=BRICK, strokeWidth=1.2)
        .encode(
            longitude="lon:Q", latitude="lat:Q", size=alt.Size("count:Q", scale=alt.Scale(range=[30, 500]), title="claims"),
            fillOpacity=alt.condition("datum.area", alt.value(0.1), alt.value(0.8)), tooltip=["place:N", "count:Q", "within km:Q"],
        )
    )  # fmt: skip
    scale = _WIDTH / (2 * 3.14159265 if seen.is_world else seen.width * 3.14159265 / 180)
    projection = alt.Projection(type="naturalEarth1") if seen.is_world else alt.Projection(type="equirectangular", center=[seen.lon, seen.lat], scale=scale)
    return _layered([ground, spots], projection=projection.to_dict(), width=_WIDTH, height=_WIDTH // 2, title=title)


def _inside(dot: Dot, view: View) -> bool:
    x, y = view.at(dot.lon, dot.lat)
    return 0 <= x <= 1 and 0 <= y <= 1


def _land(view: View) -> list[dict[str, Any]]:
    return [
        {"type": "Feature", "properties": {"home": home}, "geometry": {"type": "Polygon", "coordinates": [[list(p) for p in points]]}}
        for home, points in land_polygons(view)
    ]


def network(nodes: Sequence[network_.GraphNode], edges: Sequence[network_.Edge], *, title: str = "Who is bound to whom") -> alt.LayerChart:
    """Nodes with their ties, laid out as in the reading room; at most sixty."""
    alt = _altair()
    shown, ties = network_.bounded(nodes, edges)
    at = network_.layout(shown, ties)
    lines = [
        {"x": at[e.a][0], "y": at[e.a][1], "x2": at[e.b][0], "y2": at[e.b][1], "tie": e.kind, "articles": e.sources, "denied": e.denied} for e in ties
    ]
    spots = [{"x": at[n.id][0], "y": at[n.id][1], "name": n.name, "type": n.type, "articles": n.count} for n in shown]
    none, down = alt.Axis(labels=False, ticks=False, grid=False, domain=False, title=None), alt.Scale(domain=[1, 0], nice=False)
    x, y = alt.X("x:Q", axis=none, scale=alt.Scale(domain=[0, 1.08], nice=False)), alt.Y("y:Q", axis=none, scale=down)
    drawn = alt.Chart(_data(lines)).mark_rule().encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=alt.StrokeWidth("articles:Q", scale=alt.Scale(range=[1, 5]), legend=None),
        color=alt.condition("datum.denied", alt.value(BRICK), alt.value("#b9b1a1")), tooltip=["tie:N", "articles:Q"],
    )  # fmt: skip
    points = alt.Chart(_data(spots)).encode(x=x, y=y)
    marks = points.mark_point(filled=True, opacity=1).encode(
        size=alt.Size("articles:Q", scale=alt.Scale(range=[60, 400]), legend=None),
        shape=alt.Shape("type:N", title=None, scale=alt.Scale(domain=["PER", "ORG", "LOC"], range=["circle", "square", "diamond"])),
        color=alt.Color("type:N", title=None, scale=alt.Scale(domain=["PER", "ORG", "LOC"], range=["#0f4c81", "#7d3c00", "#1f5f2b"])), tooltip=["name:N", "articles:Q"],
    )  # fmt: skip
    names = points.mark_text(align="left", dx=9, fontSize=10).encode(text="name:N")
    return _layered([drawn, marks, names], width=_WIDTH + 160, height=480, title=title)


def attribution_tree(roots: Sequence[tree_.Node], *, title: str = "On whose word") -> alt.LayerChart:
    """Who has it from whom, from left to right; a dashed step is inferred."""
    alt = _altair()
    hands: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    for row, (node, deep, above) in enumerate(_walk(roots)):
        hands.append({"x": deep, "y": row, "name": node.name + (" (not in the archive)" if node.absent else ""), "kind": node.kind, "note": node.note})
        if above is not None:
            steps.append({"x": deep - 1, "y": above, "x2": deep, "y2": row, "inferred": node.stated == "inferred"})
    none = alt.Axis(labels=False, ticks=False, grid=False, domain=False, title=None)
    deepest = max((hand["x"] for hand in hands), default=0)
    x, y = alt.X("x:Q", axis=none, scale=alt.Scale(domain=[-0.1, deepest + 1.6], nice=False)), alt.Y("y:Q", axis=none, scale=alt.Scale(domain=[len(hands), -1], nice=False))
    lines = alt.Chart(_data(steps)).mark_rule(color="#b9b1a1", strokeWidth=1.5).encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q", strokeDash=alt.condition("datum.inferred", alt.value([4, 3]), alt.value([1, 0]))
    )  # fmt: skip
    base = alt.Chart(_data(hands)).encode(x=x, y=y)
    colours = alt.Scale(domain=["origin", "speaker", "relay", "outlet"], range=[BRICK, BLUE, GOLD, "#5d5850"])
    dots = base.mark_circle(size=70, opacity=1).encode(color=alt.Color("kind:N", title=None, scale=colours), tooltip=["name:N", "kind:N", "note:N"])
    names = base.mark_text(align="left", dx=8, fontSize=12).encode(text="name:N")
    return _layered([lines, dots, names], width=_WIDTH, height=max(60, 26 * len(hands)), title=title)


def _walk(roots: Sequence[tree_.Node]) -> Iterator[tuple[tree_.Node, int, int | None]]:
    """Nodes from above, with how deep they stand and in which row the one above them does; no more than a page shows."""
    open_: list[tuple[tree_.Node, int, int | None]] = [(root, 0, None) for root in reversed(roots)]
    row = 0
    while open_ and row < tree_.MOST_NODES:
        node, deep, above = open_.pop()
        yield node, deep, above
        open_ += [(child, deep + 1, row) for child in reversed(node.children) if deep + 1 < tree_.MOST_DEEP]
        row += 1
