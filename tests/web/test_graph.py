"""The graph: ties as the texts tell them, counted by articles, bounded on the page, whole in the files."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from telusur.answers.ties import Party, Tie, Ties, spoken, ties, to_gexf, to_graphml
from web.dispatches import EVIL
from web.drawing_rooms import FROM_EVIL, Page, drawing_room
from web.rooms import Client, Room

GEXF, GRAPHML = "{http://gexf.net/1.3}", "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with drawing_room(tmp_path_factory.mktemp("jejaring")) as (opened, _):
        yield opened


@pytest.fixture
def client(room: Room) -> Client:
    return room.client(Accept="text/html", Accept_Language="id")


def test_ties_are_counted_by_articles(room: Room) -> None:
    """Two articles that tell the same are one tie of weight two; a denied one says so."""
    told = ties(room.app.state.archive)
    names = {party.id: party.name for party in told.parties}
    found = {(names[t.a], t.type, names[t.b]): (t.claims, t.articles, t.denied) for t in told.ties}
    assert found[("Marek Adunye", "leads", "Milisi Sadeng")] == (2, 2, 0)
    assert found[("Harun Tesfari", "leads", "Front Tepi")] == (1, 1, 1)
    assert found[("Front Tepi", "rival-of", "Milisi Sadeng")] == (1, 1, 0)
    assert told.ties[0].articles == max(t.articles for t in told.ties)


def test_a_centre_leaves_what_is_bound_to_it(room: Room) -> None:
    """And marks it; a name that nobody bears gives nothing."""
    told = ties(room.app.state.archive, centre="Marek Adunye")
    names = {party.id: party.name for party in told.parties}
    assert set(names.values()) == {"Marek Adunye", "Milisi Sadeng"}
    assert {names[id] for id in told.centre} == {"Marek Adunye"}
    assert ties(room.app.state.archive, centre="Tidak Ada").ties == ()


def test_kinds_of_ties_can_be_chosen(room: Room) -> None:
    """Only those."""
    assert {t.type for t in ties(room.app.state.archive, types=("rival-of",)).ties} == {"rival-of"}


def test_who_speaks_about_whom(room: Room) -> None:
    """Speakers of sayings, and those who take part in what they tell."""
    cells, counted, more = spoken(room.app.state.archive)
    found = {(c.speaker, c.subject): c.sayings for c in cells}
    assert found[("Lina Okaro", "Samuel Tabor")] == 3
    assert found[("Lina Okaro", "Milisi Sadeng")] == 3
    assert counted == 24
    assert not more


def test_the_page_has_a_picture_and_a_table(client: Client) -> None:
    """Each name leads to itself as centre, each tie to its claims."""
    told = Page(client.get("/jejaring").text)
    assert "Marek Adunye memimpin Milisi Sadeng 2" in told.words
    assert any(link.startswith("/jejaring?pusat=") for link in told.links)
    tie = next(link for link in told.links if link.startswith("/cari?") and "Marek" in link)
    assert client.get(tie).status == 200
    assert "Marek" in Page(client.get("/jejaring?pusat=Marek+Adunye").text).words


@pytest.mark.parametrize("path", ["/jejaring", "/jejaring?lihat=matriks", "/jejaring?pusat=Harun", "/jejaring?jenis=leads&jenis=ASSAULT&jenis=%3Cx", "/jejaring?pusat=" + "x" * 3000])
def test_pages_are_bounded_and_safe(client: Client, path: str) -> None:
    """Names that are markup are words."""
    answer = client.get(path)
    assert answer.status == 200
    assert len(answer.text) < 100_000
    assert not [evil for evil in FROM_EVIL if evil in answer.text]


def test_files_hold_all_of_it(client: Client) -> None:
    """GEXF and GraphML have the same nodes and weights, whatever their names; CSV the same ties."""
    gexf, graphml = ET.fromstring(client.get("/jejaring.gexf").text), ET.fromstring(client.get("/jejaring.graphml").text)
    nodes = [node.get("label") for node in gexf.iter(f"{GEXF}node")]
    assert {"Marek Adunye", "Milisi Sadeng"} <= set(nodes)
    assert any("<script>" in (name or "") for name in nodes)
    assert len(nodes) == len(list(graphml.iter(f"{GRAPHML}node")))
    weights = sorted(int(edge.get("weight") or 0) for edge in gexf.iter(f"{GEXF}edge"))
    assert weights == sorted(int(data.text or 0) for data in graphml.iter(f"{GRAPHML}data") if data.get("key") == "weight")
    rows = list(csv.reader(io.StringIO(client.get("/jejaring.csv").text)))
    assert len(rows) == len(weights) + 1
    assert client.get("/jejaring.svg").media == "image/svg+xml"
    ET.fromstring(client.get("/jejaring.svg").text)


def test_names_that_no_file_can_hold_are_made_harmless() -> None:
    """Control characters and broken halves of characters: XML knows none."""
    told = Ties((Party("a", f"x\0\x1b\ud800{EVIL}", "PER", 1), Party("b", "y", "ORG", 1)), (Tie("a", "b", "leads", 1, 1, 0),), 1, False)
    for made in (to_gexf(told), to_graphml(told)):
        ET.fromstring(made.encode("utf-8"))


def test_what_cannot_be_understood_is_told(client: Client) -> None:
    """With the form still there."""
    answer = client.get("/jejaring?q=%22")
    assert answer.status == 400
    assert 'name="pusat"' in answer.text
