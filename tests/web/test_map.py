"""The map: what has a place is on it, what has none is beside it, with the reason."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from telusur.answers.places import NOT_KNOWN, places, spot_of
from web.drawing_rooms import FROM_EVIL, Page, drawing_room
from web.rooms import Client, Room


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with drawing_room(tmp_path_factory.mktemp("peta")) as (opened, _):
        yield opened


@pytest.fixture
def client(room: Room) -> Client:
    return room.client(Accept="text/html", Accept_Language="id")


def test_places_are_counted_by_claims(room: Room) -> None:
    """Twelve dispatches in turn of three towns, and those told besides; unknown ones apart."""
    told = places(room.app.state.archive)
    counts = {spot.name: spot.claims for spot in told.spotted}
    assert counts["Kota Surabaya"] == counts["Papua"] == 4
    assert counts["Kota Bandung"] == 12
    assert {one.name: (one.reason, one.claims) for one in told.unplaced}["Rawa Indah"] == (NOT_KNOWN, 1)
    assert not told.more
    assert sum(counts.values()) + sum(one.claims for one in told.unplaced) == told.counted


def test_a_query_narrows_what_is_counted(room: Room) -> None:
    """Fields of claims speak of the claim that happened there, not of its article alone."""
    told = places(room.app.state.archive, 'who:"Samuel Tabor"')
    assert {spot.name: spot.claims for spot in told.spotted} == {"Kota Bandung": 3}
    assert places(room.app.state.archive, "from:2030").spotted == ()


def test_only_the_newest_articles_are_counted_and_it_says_so(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an archive of any size the map costs the same."""
    monkeypatch.setattr("telusur.answers.places.newest_articles.__defaults__", (5,))
    told = places(room.app.state.archive)
    assert (told.counted, told.more) == (5, True)
    assert sum(s.claims for s in told.spotted) + sum(u.claims for u in told.unplaced) == 5


@pytest.mark.parametrize(("link", "name"), [("kemendagri:32.73", "Kota Bandung"), ("kemendagri:91", "Papua"), ("telusur:jalur-gaza", "Jalur Gaza"), ("telusur:ghf", None), ("kemendagri:0", None), ("", None)])
def test_links_lead_to_places(link: str, name: str | None) -> None:
    """By scheme and id, as records carry them."""
    spot = spot_of(link)
    assert (spot.name if spot else None) == name


def test_the_page_lists_both(client: Client) -> None:
    """Places with their kind and count, unplaced ones with the reason, and whose borders it shows."""
    told = Page(client.get("/peta").text)
    assert "Kota Bandung kota 12" in told.words
    assert "Rawa Indah tidak ada tempat bernama ini di daftar 1" in told.words
    assert "Natural Earth" in told.words
    assert "1 mewakili seluruh wilayah atau negara." in told.words


@pytest.mark.parametrize("view", ["", "?lihat=indonesia", "?lihat=world", "?lihat=%3Cx%3E"])
def test_views(client: Client, view: str) -> None:
    """All are drawn, bounded, and nothing breaks out."""
    answer = client.get(f"/peta{view}")
    assert answer.status == 200
    assert answer.text.count('class="land') == 2
    assert len(answer.text) < 100_000
    assert not [evil for evil in FROM_EVIL if evil in answer.text]


def test_every_dot_leads_to_its_claims(client: Client) -> None:
    """A place's link finds what happened there."""
    link = next(link for link in Page(client.get("/peta").text).links if "Surabaya" in link)
    assert "Surabaya" in Page(client.get(link).text).words


def test_other_forms(client: Client) -> None:
    """CSV, JSON, GeoJSON with longitude first, and a drawing that stands alone."""
    rows = list(csv.DictReader(io.StringIO(client.get("/peta.csv", Accept_Language="en").text)))
    assert {row["Place"]: row["Count"] for row in rows}["Papua"] == "4"
    assert client.get("/peta.json").json["rows"]
    geo = client.get("/peta.geojson")
    assert geo.media == "application/geo+json"
    (papua,) = (feature for feature in geo.json["features"] if feature["properties"]["name"] == "Papua")
    assert papua["geometry"]["coordinates"] == [137.2807, -2.1104]
    assert papua["properties"]["place_precision_m"] == 332000
    drawing = ET.fromstring(client.get("/peta.svg").text)
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert not list(drawing.iter("{http://www.w3.org/2000/svg}a"))
    style = drawing.find("{http://www.w3.org/2000/svg}style")
    assert style is not None
    assert "--pic-land" in (style.text or "")


def test_what_cannot_be_understood_is_told(client: Client) -> None:
    """With the form still there."""
    answer = client.get("/peta?q=%22&dari=x")
    assert answer.status == 400
    assert 'name="dari"' in answer.text
