"""Plots for notebooks: drawn offline, from the same rows as the pictures of the reading room."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.records import keep_records
from telusur import plot
from telusur.archive import open_archive
from telusur.web.pictures import attention, dotmap, heat, lanes, moments, network, strips, sureness, tree
from web import gallery
from web.dispatches import EVIL, several

DRAWN: dict[str, tuple[Any, str, Callable[..., Any], int, Callable[..., Any]]] = {
    "attention": (attention, "attention", gallery.attention_of, 1, plot.attention),
    "tree": (tree, "attribution_tree", gallery.tree_of, 0, plot.attribution_tree),
    "strips": (strips, "copy_strips", gallery.strips_of, 0, plot.copy_strips),
    "lanes": (lanes, "lanes", gallery.lanes_of, 0, plot.lanes),
    "matrix": (heat, "speaker_matrix", gallery.matrix_of, 0, plot.speaker_matrix),
    "certainty": (sureness, "certainty_strip", gallery.sureness_of, 0, plot.certainty_strip),
    "timeline": (moments, "timeline", gallery.moments_of, 0, plot.timeline),
    "map": (dotmap, "dot_map", gallery.map_of, 0, plot.place_map),
}
"""By name: where the picture is drawn, by what, the gallery's rows, which argument they are, the chart."""


def rows_of(name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The rows that the gallery draws a picture from."""
    module, draw, make, place, _ = DRAWN[name]
    seen: list[Any] = []
    real = getattr(module, draw)
    monkeypatch.setattr(module, draw, lambda *told, **more: (seen.append(told[place]), real(*told, **more))[1])
    make(gallery.tongue_of("en"))
    return seen[0]


def drawn(chart: Any, folder: Path) -> ET.Element:
    """The chart as a drawing, made without a network."""
    chart.save(str(folder / "x.svg"))
    return ET.parse(folder / "x.svg").getroot()


@pytest.mark.parametrize("name", DRAWN)
def test_every_chart_is_drawn(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a mark for its rows, and its title."""
    rows = rows_of(name, monkeypatch)
    root = drawn(DRAWN[name][4](rows), tmp_path)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) > len(rows) / 2
    assert "".join(root.itertext()).strip()


def test_a_graph_and_a_share(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The two that take more than rows; names that mean harm are words."""
    nodes = [network.GraphNode("a", EVIL, "PER"), network.GraphNode("b", "Front", "ORG")]
    words = "".join(drawn(plot.network(nodes, [network.Edge("a", "b", "x", 1, 1, True)]), tmp_path).itertext())
    assert "Front" in words
    assert "<script>" in words
    words = "".join(drawn(plot.dependence([heat.Cell("Kabar", "Cakra", 5)], {"Kabar": 10}), tmp_path).itertext())
    assert "50%" in words


def test_rows_of_an_archive(tmp_path: Path) -> None:
    """What the pages show, as rows: events with and without a date, places, ties, months, speakers, lanes."""
    with open_archive(str(tmp_path / "a.db"), create=True) as archive:
        keep_records(archive, several())
        events = plot.rows.events(archive, "2024")
        assert {event.first is None for event in events} == {True, False}
        assert {dot.name for dot in plot.rows.places(archive)} == {"Kota Bandung", "Kota Surabaya", "Papua"}
        nodes, edges = plot.rows.ties(archive, centre="Marek Adunye")
        assert [node.name for node in nodes if node.centre] == ["Marek Adunye"]
        assert edges
        assert plot.rows.speakers(archive)
        assert sum(month.total for month in plot.rows.months(archive)) == 24
        assert plot.rows.holders(archive)
    chart = plot.timeline(events)
    assert "without a date are not drawn" in str(chart.title)


def test_the_library_loads_with_the_first_chart() -> None:
    """`import telusur.plot` is quick, and works where Altair is not installed."""
    code = "import sys; sys.modules['altair'] = None; import telusur.plot as p\ntry: p.timeline([])\nexcept Exception as e: print(type(e).__name__, e)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.startswith("MissingExtra")
    assert "pip install 'telusur[plot]'" in told
