"""Files, bytes and strings come in as sources, or are refused in words."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

from telusur.errors import EmptySource, TelusurError, TooLarge, UnreadableSource, WrongMedia
from telusur.ingest import from_bytes, from_text, read_file

STORY = "Pasar Lama Dibuka Kembali\n\nPedagang kembali berjualan pada Senin pagi.\n"


def test_a_file_keeps_its_name_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "pasar.txt"
    path.write_bytes(STORY.encode())
    source = read_file(path, url="https://contoh.id/pasar")
    assert (source.name, source.url, source.media_type) == (
        "pasar.txt",
        "https://contoh.id/pasar",
        "text/plain",
    )
    assert source.data == STORY.encode()
    assert source.sha256 == hashlib.sha256(STORY.encode()).hexdigest()


def test_a_string_is_its_utf8_bytes() -> None:
    source = from_text(STORY)
    assert (source.data, source.charset) == (STORY.encode(), "utf-8")


@pytest.mark.parametrize(
    ("given", "name", "kind"),
    [
        (b"<!DOCTYPE html><html><body>x</body></html>", None, "text/html"),
        (b"\xef\xbb\xbf  <html lang=id><p>x", None, "text/html"),
        (b"<!-- dibuat 2016 -->\n<div class='a'>x</div>", None, "text/html"),
        ("<html><body>x</body></html>".encode("utf-16"), None, "text/html"),
        (b"Harga beras naik <5 persen> pekan ini.", None, "text/plain"),
        (b"Judul saja", "halaman.html", "text/html"),
        (b"Judul saja", "halaman.txt", "text/plain"),
    ],
)
def test_html_is_told_from_plain_text(given: bytes, name: str | None, kind: str) -> None:
    """By content first, by the file's name where the content does not tell."""
    assert from_bytes(given, name=name).media_type == kind


def test_a_stated_media_type_wins_and_brings_its_charset() -> None:
    source = from_bytes(b"<p>x</p>", media_type="text/plain; charset=iso-8859-1")
    assert (source.media_type, source.charset) == ("text/plain", "iso-8859-1")


@pytest.mark.parametrize(
    ("given", "name", "says"),
    [
        (b"%PDF-1.7\n...", "berita.pdf", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "foto.png", "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(200), None, "picture"),
        (b"PK\x03\x04" + bytes(60), "berita.docx", "office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "lama.doc", "office document"),
        (b"\x7fELF" + bytes(60), "program", "program"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "umpan.xml", "feed"),
        (bytes(range(1, 32)) * 20, "data", "binary"),
        (gzip.compress(b"x" * 100, mtime=0), "arsip.tar.gz", "gzip"),
    ],
)
def test_what_is_no_page_is_refused_with_a_remedy(given: bytes, name: str | None, says: str) -> None:
    """What it is, why it is not read, and what to do, in one line."""
    with pytest.raises(WrongMedia, match=says) as caught:
        from_bytes(given, name=name)
    assert str(caught.value).count(";") >= 1
    assert "\n" not in str(caught.value)


def test_a_stated_foreign_type_is_refused() -> None:
    with pytest.raises(WrongMedia, match="application/pdf"):
        from_bytes(b"teks", media_type="application/pdf")


@pytest.mark.parametrize("given", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\x00\x00\x00", b"\xff\xfe"])
def test_nothing_in_it_is_said_so(given: bytes) -> None:
    with pytest.raises(EmptySource):
        from_bytes(given)


def test_an_empty_string_is_said_so() -> None:
    with pytest.raises(EmptySource):
        from_text("\ufeff \n")


@pytest.mark.parametrize("name", ["halaman.html.gz", "halaman.txt.gz", None])
def test_gzipped_pages_are_read(name: str | None) -> None:
    """The data is what was inside, the hash is of the file as given."""
    packed = gzip.compress(STORY.encode(), mtime=0)
    source = from_bytes(packed, name=name)
    assert source.data == STORY.encode()
    assert source.sha256 == hashlib.sha256(packed).hexdigest()


def test_a_gzip_cut_short_is_unreadable() -> None:
    with pytest.raises(UnreadableSource, match="cut short"):
        from_bytes(gzip.compress(STORY.encode() * 100)[:-20], name="a.txt.gz")


def test_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(TooLarge, match="raise the limit"):
        read_file(path)


def test_a_gzip_bomb_is_not_inflated() -> None:
    bomb = gzip.compress(bytes(30_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(TooLarge):
        from_bytes(bomb, name="a.txt.gz")


def test_the_limit_is_an_argument() -> None:
    with pytest.raises(TooLarge, match="more than 10 bytes"):
        from_text(STORY, limit=10)


@pytest.mark.parametrize("name", ["tidak-ada.txt", "."])
def test_a_file_that_cannot_be_opened_is_unreadable(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_file(tmp_path / name)
    assert isinstance(caught.value, TelusurError)
    assert caught.value.code == "unreadable-source"
