"""Every line of a plain page gets its kind, from the looks of the text alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.ingest import from_text
from telusur.model.document import BLOCK_KINDS, Hints, Page
from telusur.parse.plain import parse_plain

PAGE = """\
= chrome
Langsung ke konten utama
= chrome
Beranda
= chrome
Nasional
= chrome
Daerah
= chrome
Masuk | Daftar
= chrome
Terpopuler
= chrome
Harga Cabai di Pasar Induk Turun Tajam
= chrome
25 menit lalu
= title
Jembatan Gantung Sukasirna Ambruk, Warga Menyeberang dengan Rakit
= lead
Lima pelajar selamat setelah tali baja jembatan itu putus pada Rabu pagi.
= byline
Rabu, 12 November 2025 | 15:04 WIB
= byline
Oleh: Ratna Puspasari
= chrome
Bagikan
= chrome
Salin tautan
= caption
Warga menyeberangi Sungai Cileuya dengan rakit bambu, Rabu (12/11). ANTARA FOTO/Marlin Ruata/nym/25
= paragraph
SUKASIRNA, WartaLembah.com - Jembatan gantung yang menghubungkan Desa Karangloa dan Desa Ciburial ambruk pada Rabu (12/11/2025) pagi.
= paragraph
Kepala Desa Karangloa Usep Suryana mengatakan, tali baja jembatan putus saat lima pelajar melintas di atasnya.
= chrome
ADVERTISEMENT
= chrome
SCROLL TO CONTINUE WITH CONTENT
= paragraph
"Anak-anak selamat, hanya satu yang lecet karena sempat berpegangan pada kayu," kata Usep saat ditemui di lokasi kejadian.
= related
Baca juga: Dua Jembatan di Hulu Cileuya Rusak Diterjang Banjir
= heading
Rakit bambu
= paragraph
Sejak siang, warga menyeberang dengan rakit bambu yang ditarik dengan tali. Ongkosnya Rp 2.000 sekali jalan.
= paragraph
Dinas Pekerjaan Umum setempat berjanji akan memasang jembatan darurat paling lambat pada pekan depan.
= byline
(rpu/dwi)
= byline
Editor: Dadan Wiguna
= chrome
Berita Terkait
= related
Warga Karangloa Iuran untuk Perahu Penyeberangan
= related
Tali Baja Jembatan Sukasirna Terakhir Diganti 2009
= chrome
Komentar
= chrome
Copyright 2008 - 2025 Warta Lembah. All Rights Reserved.
= title
Jembatan Gantung Sukasirna Ambruk, Warga Menyeberang dengan Rakit
"""

CLEAN_WITH_TITLE = """\
= title
Wali Kota Larang Truk Tambang Melintas Siang Hari
= paragraph
Wali Kota Tegalwaru Sri Wahyuningsih melarang truk tambang melintas di jalan kota pada siang hari. Larangan itu berlaku mulai pekan depan.
= paragraph
"Sudah tiga nyawa melayang tahun ini. Cukup," kata Sri kepada wartawan di balai kota.
= paragraph
Berikut daftar jalan yang ditutup:
= paragraph
1. Jalan Kiarapayung
= paragraph
2. Jalan Lingkar Barat
"""

CLEAN_WITHOUT_TITLE = """\
= paragraph
Gubernur Watampoi Andi Baso Rewa melantik empat bupati di halaman kantornya pada Senin pagi.
= chrome
ADVERTISEMENT
= paragraph
Ia meminta mereka segera bekerja karena musim tanam sudah dekat dan irigasi belum selesai diperbaiki.
= paragraph
Dua bupati lain akan dilantik setelah sengketa pemilihan di daerahnya diputus oleh pengadilan.
"""

SECTION_ONLY = """\
= byline
Ekonomi
= paragraph
REPUBLIKA.CO.ID, CIKARANG -- Sebuah pabrik sabun menambah lini produksi untuk pasar ekspor. Pabrik itu menyerap dua ratus pekerja baru dari desa sekitar.
"""


def marked(source: str) -> tuple[str, list[str]]:
    """A page written with its kinds: the text, and the kind of each line."""
    lines = source.strip().split("\n")
    return "\n\n".join(lines[1::2]), [line.removeprefix("= ") for line in lines[0::2]]


def read(text: str, hints: Hints | None = None) -> Page:
    return parse_plain(from_text(text, media_type="text/plain"), hints or Hints())


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(PAGE, id="a page with all its chrome"),
        pytest.param(CLEAN_WITH_TITLE, id="a clean text with its title"),
        pytest.param(CLEAN_WITHOUT_TITLE, id="a clean text without a title"),
        pytest.param(SECTION_ONLY, id="a section's name instead of a title"),
    ],
)
def test_each_line_gets_its_kind(source: str) -> None:
    text, kinds = marked(source)
    page = read(text)
    got = [(block.kind, block.span.of(text)) for block in page.blocks]
    assert got == list(zip(kinds, text.split("\n\n"), strict=True))


def test_the_text_is_left_as_it_is() -> None:
    text = "  Judul   Berita \n\n\n\tIsi berita itu panjang sekali dan ditulis oleh seorang wartawan yang tekun.  \n"
    page = read(text)
    assert page.text == text
    assert all(block.span.of(text) == block.span.of(text).strip() for block in page.blocks)


def test_a_stated_title_is_found_among_the_lines() -> None:
    text, _ = marked(CLEAN_WITH_TITLE)
    page = read(
        "Kabar Kota Hari Ini\n\n" + text, Hints(title="Wali Kota Larang Truk Tambang Melintas Siang Hari")
    )
    assert [block.span.of(page.text) for block in page.blocks if block.kind == "title"] == [
        "Wali Kota Larang Truk Tambang Melintas Siang Hari"
    ]


@pytest.mark.parametrize(
    ("ending", "says"),
    [
        ("Halaman selanjutnya", "another page"),
        ("Simak selengkapnya di halaman berikutnya", "another page"),
        ("Jembatan itu kini sedang diperiksa oleh tim dari dinas dan akan...", "ellipsis"),
    ],
)
def test_an_article_that_is_not_whole_is_said_so(ending: str, says: str) -> None:
    text, _ = marked(CLEAN_WITHOUT_TITLE)
    assert any(says in warning for warning in read(f"{text}\n\n{ending}").warnings)
    assert read(text).warnings == ()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=600), st.sampled_from(["", "\n\n" + marked(CLEAN_WITH_TITLE)[0]]))
def test_any_text_is_all_blocks(text: str, tail: str) -> None:
    """Every character that is not blank lies in exactly one block, in order; reading twice gives the same."""
    source = (
        from_text("a" + text + tail, media_type="text/plain") if not _binary(text) else from_text("a" + tail)
    )
    page = parse_plain(source, Hints())
    covered = "".join(block.span.of(page.text) for block in page.blocks)
    assert "".join(covered.split()) == "".join(page.text.split())
    assert all(block.kind in BLOCK_KINDS for block in page.blocks)
    assert parse_plain(source, Hints()) == page


def _binary(text: str) -> bool:
    return sum(ord(c) < 32 for c in text) * 12 > len(text)
