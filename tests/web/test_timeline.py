"""The timeline: every date as exact as its text, none made up, whatever is asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archive.records import keep_records
from telusur.answers.printing import printing
from telusur.archive import open_archive
from telusur.trace.update import update
from telusur.web.settings import RoomSettings
from web.dispatches import dispatch
from web.drawing_rooms import FROM_EVIL, Page, drawing_room
from web.rooms import Client, Room, open_room

LONG = (
    "Warga pasar menutup kios lebih awal karena jalan menuju dermaga digenangi air sejak subuh. Petugas kecamatan membagikan perahu karet kepada keluarga "
    "yang tinggal di tepi kali, sedangkan murid sekolah dasar belajar di balai desa sampai hujan reda. Menurut catatan kelurahan, tiga gudang ikan dan satu "
    "jembatan kayu rusak, tetapi listrik sudah menyala kembali menjelang malam dan angkutan umum berjalan seperti biasa."
)
"""Enough words to be compared."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with drawing_room(tmp_path_factory.mktemp("waktu")) as (opened, _):
        yield opened


@pytest.fixture
def client(room: Room) -> Client:
    return room.client(Accept="text/html", Accept_Language="id")


def test_without_a_time_the_last_days_are_shown(client: Client) -> None:
    """And it says which, and that what is dated to a year alone is left out."""
    told = Page(client.get("/waktu").text)
    assert "Hari-hari terakhir yang ada isinya" in told.words
    assert "Sukamaju" not in told.words
    assert "Rawa Indah" in told.words
    assert "Sukamaju" in Page(client.get("/waktu?kasar=1").text).words


def test_undated_claims_stand_apart(client: Client) -> None:
    """What has no date is at the end, under its own heading, in an article of that time."""
    told = Page(client.get("/waktu?dari=2024-05&sampai=2024-05").text)
    dated, _, undated = told.words.partition("Tanpa tanggal: 1")
    assert "tanpa tanggal" not in dated
    assert "Bandung" in undated


def test_what_is_denied_or_forecast_is_told_to_be(client: Client) -> None:
    """In words, not by colour alone."""
    told = Page(client.get("/waktu?dari=2024-05-09&q=who%3A%22Samuel+Tabor%22").text)
    assert [told.words.count(words) for words in ("belum jelas benar tidaknya", "dibantah", "ramalan atau mungkin")] >= [2, 2, 2]


def test_a_place_narrows(client: Client) -> None:
    """Only what happened there."""
    told = Page(client.get("/waktu?dari=2024&sampai=2024&tempat=Surabaya").text)
    assert "Surabaya" in told.words
    assert "Papua" not in told.words


def test_every_event_leads_to_its_claim(client: Client) -> None:
    """Each link opens."""
    links = [link for link in Page(client.get("/waktu?dari=2024-05-03&sampai=2024-05-05").text).links if link.startswith("/k/")]
    assert len(links) == 4  # three days, and what is told of that month
    assert client.get(links[0]).status == 200


def test_who_held_what(client: Client) -> None:
    """One stretch for two articles that tell the same; a denied one says so; nothing has a beginning that no text gives."""
    told = Page(client.get("/waktu?lihat=jalur").text)
    assert "Marek Adunye memimpin Milisi Sadeng" in told.words
    assert "disebut demikian: 1 Apr 2024 – 7 Mei 2024" in told.words
    assert "disebut 2 media" in told.words
    assert "dibantah" in told.words


def test_how_sure_it_was_told(client: Client) -> None:
    """By the month of printing, from all claims that answer."""
    told = Page(client.get("/waktu?lihat=kepastian&q=who%3A%22Samuel+Tabor%22", Accept_Language="en").text)
    assert "3 claims from May 2024 to May 2024: certain 0%, possible, forecast 33%, not known 33%, denied 33%." in told.words


def test_copies_and_originals(tmp_path: Path) -> None:
    """The oldest article of a text is the original, whoever asks for what; what was not compared yet is counted apart; agencies by outlet."""
    with open_archive(str(tmp_path / "a.db"), create=True) as archive:
        told = [dispatch(n, title="Kabar yang sama", more=LONG, published=f"2024-05-{10 + n}", outlet=outlet) for n, outlet in enumerate(("Kabar Rawa", "Suara Tepian", "Tepi Kota"))]
        told[1]["article"]["wires"] = ["Cakra"]
        keep_records(archive, [*told, dispatch(9, title="Kabar lain", place="Papua", published="2024-05-20")])
        update(archive)
        keep_records(archive, [dispatch(10, title="Belum dibandingkan", published="2024-05-21")])
        found = printing(archive)
        assert [copy for _, copy in sorted(found.days)] == [False, True, True, False]
        assert (found.untraced, found.counted, found.more) == (1, 5, False)
        assert found.wires == {("Suara Tepian", "Cakra"): 1}
        assert found.outlets == {"Kabar Rawa": 3, "Suara Tepian": 1, "Tepi Kota": 1}
        assert [copy for _, copy in printing(archive, 'outlet:"Suara Tepian"').days] == [True]
        with open_room(archive, RoomSettings()) as room:
            shown = Page(room.client(Accept="text/html", Accept_Language="en").get("/waktu?lihat=salinan").text).words
    assert "2 copies and 2 texts of their own" in shown
    assert "most: Suara Tepian from Cakra, 1." in shown


@pytest.mark.parametrize("query", ["dari=2024-13", "dari=2025&sampai=2024", "dari=x", "q=%22", "q=nosuch%3Ax", "sesudah=zzz"])
def test_what_cannot_be_understood_is_told_with_what_to_do(client: Client, query: str) -> None:
    """An error in words on the same page, with the form still there."""
    answer = client.get(f"/waktu?{query}")
    assert answer.status == 400
    assert 'name="dari"' in answer.text
    assert 'role="alert"' in answer.text


def test_other_forms_hold_the_same(client: Client) -> None:
    """CSV and JSON have the events of the page; dates only where the text has one."""
    rows = list(csv.DictReader(io.StringIO(client.get("/waktu.csv?dari=2024-05&sampai=2024-05").text)))
    assert len(rows) == len(client.get("/waktu.json?dari=2024-05&sampai=2024-05").json["items"])
    for row in rows:
        assert bool(row["time_from"]) == bool(row["time_text"])
        assert not row["time_from"] or date.fromisoformat(row["time_from"])
    assert client.get("/waktu.atom").media == "application/atom+xml"


@pytest.mark.parametrize("path", ["/waktu?kasar=1", "/waktu?dari=2024&kasar=1", "/waktu?lihat=jalur", "/waktu?lihat=kepastian", "/waktu?lihat=salinan", "/waktu?q=%3Cscript%3Ewindow.pwned%3D1%3C/script%3E"])
def test_nothing_breaks_out(client: Client, path: str) -> None:
    """Names that are markup are words."""
    text = client.get(path).text
    assert not [evil for evil in FROM_EVIL if evil in text]
    assert "49" not in Page(text).words.partition("{{7*7}}")[0][-3:]
    assert len(text) < 100_000
