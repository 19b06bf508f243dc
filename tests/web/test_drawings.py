"""Pictures: what they say is what the rows say, nothing a text says can break out of them, and none grows without bound."""

from __future__ import annotations

import csv
import io
import itertools
import random
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from cpu_time import least
from telusur.web.pictures import (
    Picture,
    Table,
    Tongue,
    attention,
    basemap,
    dotmap,
    heat,
    lanes,
    moments,
    network,
    strips,
    sureness,
    tree,
)
from telusur.web.pictures.attention import Printed
from telusur.web.pictures.drawing import Days, safe_link, spanning
from telusur.web.pictures.lanes import End, Lane, Stretch
from telusur.web.pictures.moments import Event
from web import gallery

ID, EN = gallery.tongue_of("id"), gallery.tongue_of("en")

ELEMENTS = frozenset(
    "figure h2 h3 div p ul ol li span b q a table caption thead tbody tr th td details summary svg g rect circle line path text title desc defs linearGradient "
    "stop pattern".casefold().split()
)
ATTRIBUTES = frozenset(
    ["class", "href", "id", "role", "aria-label", "aria-hidden", "tabindex", "scope", "title", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "d", "fill", "offset", "viewbox", "xmlns", "preserveaspectratio", "patternunits", "text-anchor", "stroke-width", "overflow", "focusable"]
)


class Reader(HTMLParser):
    """Reads markup as a browser does, and notes what there is."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def classed(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.elements if name in (attributes.get("class") or "").split()]


@pytest.mark.parametrize("make", gallery.ALL, ids=lambda make: make.__name__)
@pytest.mark.parametrize("name", [gallery.plain, gallery.hostile], ids=["plain", "hostile"])
def test_a_picture_is_made_of_known_parts_alone(make: gallery.Callable[..., Picture], name: gallery.Name) -> None:
    """No element, attribute or link that the style sheet and the strict policy do not know, whatever the words try."""
    figure = make(ID, name).figure(ID)
    read = Reader(figure)
    assert {tag for tag, _ in read.elements} <= ELEMENTS
    assert {key for _, attributes in read.elements for key in attributes} <= ATTRIBUTES
    links = [attributes["href"] for attributes in read.all("a")]
    assert all(link and link.startswith(("/", "?")) for link in links)
    assert ("<script" not in figure)
    assert ("\u202e" not in figure)
    ET.fromstring(figure.replace("&nbsp;", " "))  # well-formed too, so that a drawing can stand alone


@pytest.mark.parametrize("make", gallery.ALL, ids=lambda make: make.__name__)
def test_a_picture_says_itself_in_words_and_as_a_table(make: gallery.Callable[..., Picture]) -> None:
    """Alternative text with numbers, and a twin whose rows are those of the CSV."""
    for tongue in (ID, EN):
        picture = make(tongue)
        assert any(ch.isdigit() for ch in picture.says)
        assert picture.title
        assert picture.table.rows
        assert "{" not in picture.says
        read = Reader(picture.figure(tongue))
        for drawing in read.classed("chart"):
            named = drawing.get("aria-label") or drawing.get("aria-hidden")
            assert named, drawing
        told = list(csv.reader(io.StringIO(picture.table.to_csv())))
        assert len(told) == len(picture.table.rows) + 1
        assert len({len(row) for row in told}) == 1
        assert len(picture.table.to_dicts()) == len(picture.table.rows)


def test_the_two_languages_differ() -> None:
    """Every picture speaks Indonesian where it is asked to."""
    for make in gallery.ALL:
        assert make(ID).title != make(EN).title
        assert make(ID).says != make(EN).says
        assert make(ID).table.columns != make(EN).table.columns


def test_no_cell_runs_in_a_spreadsheet() -> None:
    """A name that begins as a formula is quoted."""
    table = Table(("a",), (("=1+1",), ("+x",), ("-x",), ("@x",), ("x",), (-5,)))
    assert [row[0] for row in csv.reader(io.StringIO(table.to_csv()))][1:] == ["'=1+1", "'+x", "'-x", "'@x", "x", "-5"]


@pytest.mark.parametrize(
    ("target", "kept"),
    [("/a/1", True), ("?q=x", True), ("#t1", True), ("https://x.example", True), ("//x.example", False), ("javascript:alert(1)", False),
     ("JaVaScRiPt:alert(1)", False), ("data:text/html,x", False), (" javascript:x", False), ("", False), (None, False)],
)  # fmt: skip
def test_links_lead_here_or_to_the_web(target: str | None, kept: bool) -> None:
    """Nothing that runs when it is clicked."""
    assert (safe_link(target) is not None) is kept


# --- what each one shows ----------------------------------------------------------------------------------------


def test_articles_are_counted_by_the_finest_unit_that_can_be_seen() -> None:
    """Days, then weeks, months, years; no article is lost, and empty periods are there."""
    first = date(2020, 1, 1)
    for days, unit in ((20, "day"), (200, "week"), (1500, "month"), (9000, "year")):
        printed = [Printed(first, True), Printed(first + timedelta(days=days - 1), False, 2)]
        told, periods = attention.by_period(printed)
        assert told == unit
        assert (sum(p.copies for p in periods), sum(p.originals for p in periods), sum(p.new_origins for p in periods)) == (1, 1, 2)
        assert len(periods) <= attention.MOST_BARS + 2
        assert all(one.first < other.first for one, other in itertools.pairwise(periods))


def test_bars_are_as_high_as_their_counts() -> None:
    """Ten originals are twice as high as five copies in the same picture."""
    periods = [attention.Period(date(2020, 1, 1), 5, 10), attention.Period(date(2020, 1, 2), 15, 0, 3)]
    read = Reader(attention.attention("day", periods, EN).drawing)
    highs = {attributes["class"]: [] for attributes in read.all("rect")}
    for attributes in read.all("rect"):
        highs[attributes["class"]].append(float(attributes["height"] or 0))
    assert highs["original"][0] == pytest.approx(2 * highs["copy"][0], rel=0.01)
    assert highs["copy"][1] == pytest.approx(3 * highs["copy"][0], rel=0.01)
    assert len(read.classed("new")) == 1


def test_a_strip_tells_how_much_is_copied() -> None:
    """Of what is the article's own, not of menus."""
    strip = strips.Strip("x", 100, (strips.Piece(0, 50, "skipped"), strips.Piece(50, 90, "copied"), strips.Piece(90, 100, "own")))
    assert strip.copied == pytest.approx(0.8)
    assert strips.Strip("empty", 0, ()).copied == 0


def test_an_end_that_no_text_dates_fades_and_is_not_made_up() -> None:
    """What is drawn as sure is never longer than what is told."""
    days = Days(date(2020, 1, 1), date(2021, 1, 1))
    day = End(date(2020, 4, 1), date(2020, 4, 1))
    month = End(date(2020, 9, 1), date(2020, 10, 1))
    begun = lanes.place(Stretch("x", day, None), days)
    assert begun is not None
    assert begun.x0 == begun.x1 == begun.x2 == pytest.approx(days.at(day.first))
    assert begun.x3 == pytest.approx(begun.x2 + lanes.FADE)
    both = lanes.place(Stretch("x", day, month), days)
    assert both is not None
    assert (both.x2, both.x3) == (pytest.approx(days.at(month.first)), pytest.approx(days.at(month.last)))
    seen = lanes.place(Stretch("x", None, None, (date(2020, 5, 1), date(2020, 8, 1))), days)
    assert seen is not None
    assert (seen.x1, seen.x2) == (pytest.approx(days.at(date(2020, 5, 1))), pytest.approx(days.at(date(2020, 8, 1))))
    assert lanes.place(Stretch("x", None, None), days) is None
    same = lanes.place(Stretch("x", month, month), days)
    assert same is not None
    assert same.x0 <= same.x1 <= same.x2 <= same.x3


@pytest.mark.parametrize(
    ("end", "told"),
    [(None, "?"), (End(date(2017, 4, 17), date(2017, 4, 18)), "17 Apr 2017"), (End(date(2017, 4, 1), date(2017, 5, 1)), "Apr 2017"),
     (End(date(2017, 1, 1), date(2018, 1, 1)), "2017"), (End(date(2017, 3, 11), date(2017, 3, 21)), "11 Mar 2017 – 20 Mar 2017")],
)  # fmt: skip
def test_a_date_is_told_as_exactly_as_it_is_known(end: End | None, told: str) -> None:
    """A month is not its first day."""
    assert lanes.end_words(end, EN) == told


def test_undated_events_stand_apart_and_have_no_mark() -> None:
    """A day is a dot, a month a bar, a missing end a fade; no date, no mark."""
    events = [
        Event("day", date(2020, 3, 2), date(2020, 3, 3)), Event("month", date(2020, 5, 1), date(2020, 6, 1)), Event("open", date(2020, 7, 1), None),
        Event("none", None, None, when="“tiga pekan”"), Event("none", None, None),
    ]  # fmt: skip
    picture = moments.timeline(events, EN)
    read = Reader(picture.drawing)
    assert len(read.classed("lane")) == 3
    assert len(read.classed("within")) == 1
    assert [row[4] for row in picture.table.rows] == ["a day", "a month", "end not told", "not known", "not known"]
    assert [row[2:4] for row in picture.table.rows][2:] == [("2020-07-01", ""), ("", ""), ("", "")]


def test_months_are_parted_by_how_sure_they_are_told() -> None:
    """Each month's parts make its whole; months without claims are there, and empty."""
    months = sureness.by_month([(date(2020, 1, 5), "certain"), (date(2020, 1, 9), "denied"), (date(2020, 3, 1), "possible")])
    assert [m.counts() for m in months] == [(1, 0, 0, 1), (0, 0, 0, 0), (0, 1, 0, 0)]
    assert sureness.by_month([]) == []
    read = Reader(sureness.certainty_strip(months, EN).drawing)
    assert len(read.classed("certain")) == len(read.classed("denied")) == len(read.classed("possible")) == 1


def test_heat_grows_with_the_count_and_small_rows_are_told_to_be_missing() -> None:
    """The largest cell is the darkest; what is left out is said."""
    cells = [heat.Cell(f"s{n}", f"o{n % 3}", n) for n in range(1, 60)]
    picture = heat.speaker_matrix(cells, EN)
    read = Reader(picture.drawing)
    assert len(read.all("tr")) == heat.MOST_ROWS + 1
    assert "34" in picture.drawing[picture.drawing.index("Not shown") :]
    assert "heat5" in picture.drawing
    assert len(picture.table.rows) == 59
    shares = heat.dependence([heat.Cell("a", "w", 50), heat.Cell("b", "w", 2)], {"a": 100, "b": 2}, EN)
    assert ("50%" in shares.drawing)
    assert ("100%" in shares.drawing)


def test_a_tree_tells_what_is_inferred_and_how_deep_it_goes() -> None:
    """Dashed where no text writes the step; a chain without end is cut, and the rest counted."""
    node = tree.Node("page", "outlet", stated="inferred")
    for n in range(40):
        node = tree.Node(f"hand {n}", "relay", children=(node,))
    picture = tree.attribution_tree([node], EN)
    assert len(Reader(picture.drawing).all("li")) == tree.MOST_DEEP
    assert "29 more are not shown." in picture.drawing
    shallow = tree.attribution_tree([tree.Node("a", "origin", children=(tree.Node("b", "outlet", stated="inferred"),))], EN)
    assert len(Reader(shallow.drawing).classed("inferred")) == 1
    assert "1 step is inferred, not written" in shallow.says


# --- the map ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("places", "view"),
    [([(106.8, -6.2), (140.7, -2.5)], "indonesia"), ([(43.1, 36.3), (106.8, -6.2), (-118.2, 34.0)], "world")],
)  # fmt: skip
def test_a_map_holds_what_it_shows(places: list[tuple[float, float]], view: str) -> None:
    """Near things near, far things on the map of the world."""
    seen = basemap.fitting(places)
    assert seen == basemap.VIEWS[view]
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in (seen.at(*place) for place in places))


def test_any_places_fit_on_their_map() -> None:
    """Whatever is to be shown lies within the view that is chosen for it."""
    chance = random.Random(7)
    for _ in range(300):
        lon, lat, wide = chance.uniform(-170, 170), chance.uniform(-55, 70), chance.choice([0.01, 1, 5, 30, 100])
        places = [(max(-179.0, min(179.0, lon + chance.uniform(-wide, wide))), max(-55.0, min(75.0, lat + chance.uniform(-wide, wide) / 2))) for _ in range(5)]
        seen = basemap.fitting(places)
        assert all(-0.01 <= x <= 1.01 and -0.01 <= y <= 1.01 for x, y in (seen.at(*place) for place in places)), (places, seen)


@pytest.mark.parametrize(
    ("lon", "lat", "view", "is_land"),
    [(113.9, -1.6, "indonesia", True), (110.4, -7.3, "indonesia", True), (110.0, -5.0, "indonesia", False), (20.0, 10.0, "world", True), (-30.0, 0.0, "world", False),
     (178.0, 66.5, "world", True), (0.0, 66.5, "world", False)],
)  # fmt: skip
def test_land_is_where_land_is(lon: float, lat: float, view: str, is_land: bool) -> None:
    """Borneo and Java are land, the sea between is not; nothing runs across the map from Chukotka."""
    seen = basemap.VIEWS[view]
    x, y = seen.at(lon, lat)
    inside = sum(_holds(outline, x * basemap.WIDTH, y * basemap.HEIGHT) for path in basemap.land(seen) for outline in _outlines(path))
    assert (inside % 2 == 1) is is_land


def _outlines(path: str) -> list[list[tuple[float, float]]]:
    """The outlines of a path of ours."""
    found = []
    for part in path.split("M")[1:]:
        start, _, steps = part.rstrip("z").partition("l")
        x, y = map(float, start.split(","))
        points = [(x, y)]
        for step in steps.split(" "):
            dx, dy = step.split(",") if "," in step else (step[: step.index("-", 1)], step[step.index("-", 1) :])
            x, y = x + float(dx), y + float(dy)
            points.append((x, y))
        found.append(points)
    return found


def _holds(outline: list[tuple[float, float]], x: float, y: float) -> bool:
    inside = False
    for n, (x1, y1) in enumerate(outline):
        x0, y0 = outline[n - 1]
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def test_a_ring_is_as_wide_as_the_place_is_inexact() -> None:
    """Precision in metres becomes a radius on the map; a region is hollow; a state has no ring that covers the map."""
    dots = [dotmap.Dot("kota", -2.5, 118.0, 4, 200_000), dotmap.Dot("titik", -6.2, 106.8, 1, 1000), dotmap.Dot("negara", 0.0, 115.0, 1, 2_000_000)]
    read = Reader(dotmap.dot_map(dots, EN, view="indonesia").drawing)
    (ring,) = read.classed("ring")
    across = 200_000 / 111_320 / 49 / basemap.VIEWS["indonesia"].shortened
    assert float((ring["r"] or "").rstrip("%")) == pytest.approx(100 * across / (0.625**0.5), rel=0.01)
    assert (len(read.classed("dot")), len(read.classed("hollow"))) == (1, 2)


def test_a_dots_area_goes_with_its_count() -> None:
    """Four times as many is twice as wide, beyond the smallest size."""
    assert dotmap.radius(100, 100) - 3.5 == pytest.approx(2 * (dotmap.radius(25, 100) - 3.5), rel=0.02)


def test_places_beyond_the_world_are_not_drawn() -> None:
    """A wrong coordinate is no dot."""
    assert "No place" in dotmap.dot_map([dotmap.Dot("x", 999.0, 0.0, 1)], EN).says


def test_the_map_says_whose_borders_it_shows() -> None:
    """Under every map."""
    assert "Natural Earth" in gallery.map_of(ID).legend


# --- the graph --------------------------------------------------------------------------------------------------


def test_a_graph_is_laid_out_the_same_each_time_and_within_its_frame() -> None:
    """No chance, no node outside, no two on one spot."""
    nodes = [network.GraphNode(f"n{n}", f"nama {n}", "PER") for n in range(60)]
    edges = [network.Edge(f"n{n}", f"n{n // 3}", "x", 1, 1) for n in range(1, 60)]
    at = network.layout(nodes, edges)
    assert at == network.layout(nodes, edges)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in at.values())
    assert len({(round(x, 2), round(y, 2)) for x, y in at.values()}) > 55
    assert network.layout(nodes[:1], []) == {"n0": (0.5, 0.5)}
    assert network.layout([], []) == {}


def test_what_is_drawn_of_a_great_graph_hangs_together() -> None:
    """The heaviest ties first, then whatever they lead to: no lonely nodes beside a great component."""
    nodes = [network.GraphNode(f"n{n}", f"nama {n}", "PER", n % 7) for n in range(3000)]
    edges = [network.Edge(f"n{n}", f"n{n // 2}", "x", 1, 1 + n % 5) for n in range(1, 2000)]
    shown, ties = network.bounded(nodes, edges)
    assert len(shown) == network.MOST_NODES
    assert len(ties) <= network.MOST_EDGES
    tied = {id for edge in ties for id in (edge.a, edge.b)}
    assert {node.id for node in shown} == tied


def test_what_was_asked_for_is_drawn() -> None:
    """The centre, however light, is on the picture."""
    nodes = [network.GraphNode("c", "pusat", "PER", 1, centre=True), *(network.GraphNode(f"n{n}", f"nama {n}", "ORG", 50) for n in range(200))]
    edges = [network.Edge(f"n{n}", "n0", "x", 9, 9) for n in range(1, 200)]
    shown, _ = network.bounded(nodes, edges)
    assert shown[0].id == "c"


# --- bounds -----------------------------------------------------------------------------------------------------


def test_no_picture_grows_without_bound() -> None:
    """Thousands of rows: less than 100 kB of markup each, in a few seconds of the processor for all."""
    first, many = date(2000, 1, 1), 3000
    chance = random.Random(3)
    days = [first + timedelta(days=chance.randrange(9000)) for _ in range(many)]

    def draw() -> list[Picture]:
        return [
            attention.attention("day", [attention.Period(first + timedelta(days=n), n % 9, n % 4) for n in range(many)], EN),
            strips.copy_strips([strips.Strip(f"s{n}", 3000, (strips.Piece(0, 1500, "copied"), strips.Piece(1500, 3000, "own"))) for n in range(many)], EN),
            lanes.lanes([Lane(f"l{n}", tuple(Stretch(f"x{k}", End(day, day), None) for k in range(3))) for n, day in enumerate(days)], EN),
            heat.speaker_matrix([heat.Cell(f"s{n % 300}", f"o{n % 170}", 1 + n % 9, "/cari?q=x") for n in range(many)], EN),
            sureness.certainty_strip(sureness.by_month((day, "certain") for day in days), EN),
            moments.timeline([Event(f"e{n}", day, day + timedelta(days=1)) for n, day in enumerate(days)], EN),
            dotmap.dot_map([dotmap.Dot(f"d{n}", chance.uniform(-50, 70), chance.uniform(-170, 170), n, 5000, href="/cari?q=x") for n in range(many)], EN),
            network.network([network.GraphNode(f"n{n}", f"nama {n}", "PER", href="/x") for n in range(many)], [network.Edge(f"n{n}", f"n{n // 3}", "x", 1, 1) for n in range(1, many)], EN),
            tree.attribution_tree([tree.Node(f"r{n}", "origin") for n in range(many)], EN),
        ]  # fmt: skip

    sizes: Counter[str] = Counter()

    def all_of_them() -> None:
        sizes.clear()
        sizes.update({picture.name: len(picture.figure(EN)) for picture in draw()})

    assert least(all_of_them, 6.0, attempts=3) < 6.0
    assert not {name: size for name, size in sizes.items() if size > 100_000}


def test_an_axis_has_few_round_ticks() -> None:
    """However long it is: from a day to ten thousand years."""
    for first, last in ((date(2020, 1, 1), date(2020, 1, 2)), (date(2020, 1, 1), date(2020, 6, 1)), (date(1990, 5, 1), date(2024, 1, 1)), (date.min, date.max)):
        ticks = Days(first, last).ticks(5)
        assert 1 <= len(ticks) <= 6
        assert all(first <= tick < last for tick in ticks)
    assert spanning([]).length > 0
    assert spanning([date.min, date.max]).length > 3_000_000


def test_empty_pictures_say_that_they_are_empty() -> None:
    """Nothing to draw is told in words, and is no error."""
    made = [
        attention.attention("day", [], EN), strips.copy_strips([], EN), lanes.lanes([], EN), heat.speaker_matrix([], EN), heat.dependence([], {}, EN),
        sureness.certainty_strip([], EN), moments.timeline([], EN), dotmap.dot_map([], EN), network.network([], [], EN), tree.attribution_tree([], EN),
    ]  # fmt: skip
    for picture in made:
        assert picture.says
        ET.fromstring(picture.figure(EN))


def test_pictures_speak_without_a_catalogue_too() -> None:
    """`Tongue` by itself is English."""
    assert gallery.attention_of(Tongue()).title == "Copies and originals over time"
