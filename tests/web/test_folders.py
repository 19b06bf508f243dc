"""The case folder in the browser: collected, noted, shared by its address, given away as one document; safe and whole in every form."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest

from telusur.archive import folders
from telusur.archive.removals import Removal, remove
from telusur.web.folder_document import plain
from web.dispatches import EVIL
from web.drawing_rooms import FROM_EVIL, Page, drawing_room
from web.rooms import Client, Room


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Room, list[str]]]:
    with drawing_room(tmp_path_factory.mktemp("berkas")) as told:
        yield told


@pytest.fixture
def client(opened: tuple[Room, list[str]]) -> Client:
    return opened[0].client(Accept="text/html", Accept_Language="id")


def claim(client: Client) -> str:
    return str(client.get("/waktu.json?dari=2024-05-03&sampai=2024-05-04").json["items"][0]["id"])


def filled(client: Client, ids: list[str], name: str = "Kasus") -> str:
    """The address of a folder that holds a claim, an article, a stretch, and what means harm."""
    first = claim(client)
    at = client.form(f"/berkas/tambah?butir={first.replace('#', '%23')}", "/berkas/tambah", butir=first, nama=name, catatan=f"Catatan pertama.\n{EVIL}").headers["location"]
    for item in (ids[0], f"{ids[1]}#r0-14", ids[-1]):
        client.form(f"/berkas/tambah?butir={item.replace('#', '%23')}", "/berkas/tambah", butir=item, berkas=at.rpartition("/")[2])
    return str(at)


def test_things_are_collected_with_notes(client: Client, opened: tuple[Room, list[str]]) -> None:
    """A claim with its chain, an article, a stretch of it; whoever added it stands there, and the folder is on the list."""
    at = filled(client, opened[1])
    told = Page(client.get(at).text)
    assert "Menurut Lina Okaro" in told.words
    assert "Catatan pertama." in told.words
    assert "Sari" in told.words
    assert told.words.count("Keluarkan") == 4
    assert "Kasus" in Page(client.get("/berkas").text).words
    links = [link.partition("#")[0] for link in told.links if link.startswith(("/k/", "/a/"))]
    assert {link: client.get(link).status for link in links} == dict.fromkeys(links, 200)


def test_a_folder_is_changed_by_forms(client: Client, opened: tuple[Room, list[str]]) -> None:
    """Named, described, noted, emptied, closed: each stands in its history."""
    at = filled(client, opened[1])
    for fields in ({"apa": "rename", "teks": "Nama baru"}, {"apa": "describe", "teks": "Perihal\nlain"}, {"apa": "note", "butir": opened[1][0], "teks": "Lihat ini"}, {"apa": "remove", "butir": opened[1][-1]}, {"apa": "close"}):
        assert client.form(at, at, **fields).status == 303
    told = Page(client.get(at).text)
    assert "Nama baru" in told.words
    assert "Perihal lain" in told.words
    assert "Lihat ini" in told.words
    assert "ditutup" in told.words
    assert "Keluarkan" not in told.words
    for did in ("membukanya", "memasukkan", "memberi nama", "memberi keterangan", "mencatat", "mengeluarkan", "menutupnya"):
        assert did in told.words, did
    assert client.form(at, at, apa="note", butir=opened[1][0], teks="x").status == 400
    assert client.form(at, at, apa="reopen").status == 303


def test_it_is_one_document_with_its_sources(client: Client, opened: tuple[Room, list[str]]) -> None:
    """HTML that stands alone, Markdown, JSON, CSV: the same things, safe in each."""
    at = filled(client, opened[1], name=f"Kasus {EVIL}")
    page = client.get(f"{at}.html")
    assert "attachment" in page.headers["content-disposition"]
    assert not re.search(r"<(script|link|img|iframe)\b", page.text)
    assert not re.search(r"(?:src|href)=\"(?!https?://)", page.text)
    assert not [evil for evil in FROM_EVIL if evil in page.text]
    words = Page(page.text).words
    assert "Sumber" in words
    assert words.count("https://kabar.example/") >= 4
    told = client.get(f"{at}.json").json
    assert [bool(item.get("line")) for item in told["items"]] == [True, False, False, False]
    assert told["items"][0]["note"].startswith("Catatan pertama.")
    assert len(list(csv.DictReader(io.StringIO(client.get(f"{at}.csv").text)))) == 1
    markdown = client.get(f"{at}.md").text
    assert markdown.count("\n## ") == 5
    assert "<script" not in re.sub(r"\\<", "", markdown)
    assert json.dumps(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [("# x", r"\# x"), ("- x", r"\- x"), ("1. x", r"\1. x"), ("a*b_c", r"a\*b\_c"), ("[x](javascript:1)", r"\[x\](javascript:1)"), ("<b>&amp;", r"\<b\>&amp;amp;"), ("`x`", r"\`x\`")],
)  # fmt: skip
def test_words_are_no_markdown(text: str, told: str) -> None:
    """Whatever an article or a note holds."""
    assert plain(text) == told


def test_what_was_removed_says_so(client: Client, opened: tuple[Room, list[str]]) -> None:
    """In the folder and in every form of it, without a word of it."""
    at = filled(client, opened[1])
    gone = opened[1][5]
    client.form(f"/berkas/tambah?butir={gone}", "/berkas/tambah", butir=gone, berkas=at.rpartition("/")[2])
    assert "Kabar nomor 5" in client.get(at).text
    remove(opened[0].app.state.archive, Removal("article", gone, "Sari", "keliru"), at="2026-02-01T00:00:00Z")
    for form in ("", ".html", ".md", ".json"):
        text = client.get(at + form).text
        assert "Kabar nomor 5" not in text
        assert gone in text


@pytest.mark.parametrize("butir", ["", "x", "abcdef", "abcdef123456%23c1-2", "%3Cscript%3E"])
def test_nothing_is_added_that_is_not_there(client: Client, butir: str) -> None:
    """The address of no article opens no form."""
    assert client.get(f"/berkas/tambah?butir={butir}").status == 400


def test_strange_folders_and_forms(client: Client, opened: tuple[Room, list[str]]) -> None:
    """Not found, not understood, not from here."""
    at = filled(client, opened[1])
    assert client.get("/berkas/nosuch").status == 404
    assert client.get("/berkas/nosuch.html").status == 404
    assert client.form(at, at, apa="open", teks="x").status == 400
    assert client.form(at, at, apa="xyz").status == 400
    assert client.form("/berkas", "/berkas", nama=" ").status == 400
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.ask("POST", at, b"apa=close", **kind).status == 403
    assert client.ask("POST", "/berkas", b"nama=x&token=y", **kind).status == 403


def test_a_full_folder_is_a_page_still(client: Client, opened: tuple[Room, list[str]]) -> None:
    """Two hundred things, most of them not in the archive: bounded, and quick enough to be read."""
    archive = opened[0].app.state.archive

    def fill(connection: object) -> str:
        id = folders.open_folder(connection, "Penuh", "Sari", "2026-01-01T00:00:00Z")  # type: ignore[arg-type]
        for n in range(folders.MOST_ITEMS):
            folders.append(connection, id, "add", "Sari", f"2026-01-01T00:{n // 60:02d}:{n % 60:02d}Z", item=f"{n:024x}", text="x")  # type: ignore[arg-type]
        return id

    id = archive.write(fill)
    assert client.get(f"/berkas/{id}").text.count("sudah tidak ada di arsip") == folders.MOST_ITEMS
