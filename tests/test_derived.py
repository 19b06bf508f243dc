"""Pairs made from articles by known changes: what each kind keeps and what it alters."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.derived import FOOTER, KINDS, PARTIAL, WORD, derived

sys.path.pop(0)

HARBOUR = """Tirtajaya - Pelabuhan lama di muara sungai akan dibuka kembali bulan depan, setelah pengerukan alur selesai dilakukan oleh kontraktor daerah.

Kepala pelabuhan Sarwo Panuluh mengatakan kapal dengan sarat empat meter sudah bisa masuk, sementara kapal besar masih harus menunggu di luar.

"Kami tidak ingin tergesa-gesa membuka dermaga sebelum seluruh rambu selesai dipasang dan diuji pada malam hari," kata Sarwo, Senin (4/5).

Biaya pengerukan mencapai Rp 12 miliar, naik 8 persen dari rencana, karena batu karang di mulut muara ternyata lebih tebal.

Nelayan setempat meminta pemerintah menyediakan tambatan khusus, sebab perahu mereka kerap terdesak oleh kapal barang.

Dinas perhubungan menjanjikan tambatan itu dibangun tahun depan, jika anggaran perubahan disetujui oleh dewan."""

SCHOOL = """Karangbaru - Tiga sekolah dasar di lereng bukit memulai kelas sore pekan ini, karena ruang belajar rusak diterjang longsor bulan lalu.

Menurut guru kelas lima Ratmi Wilujeng, murid membawa tikar dari rumah dan belajar di balai warga yang dipinjamkan kepala dusun.

Orang tua murid mengeluhkan jarak yang jauh, meski mereka bersyukur pelajaran tidak berhenti sama sekali.

"Anak saya berjalan hampir satu jam setiap hari tetapi dia tidak mau membolos karena teman-temannya menunggu di tikungan," ujar seorang ibu.

Dinas pendidikan menghitung kerusakan enam ruang kelas, dua perpustakaan, dan satu rumah dinas guru.

Perbaikan dimulai setelah musim hujan, sehingga kelas sore diperkirakan berlangsung sampai akhir tahun."""

MARKET = """Muara Tenang - Pedagang ikan asin di pasar pagi memilih tutup dua hari, sebagai protes atas kenaikan retribusi lapak.

Ketua paguyuban pedagang Harun Dirga menyebut kenaikan itu diumumkan tanpa pembicaraan, padahal penjualan turun sejak awal tahun.

Pengelola pasar menerangkan tarif lama tidak berubah selama sembilan tahun, sedangkan biaya kebersihan terus bertambah.

Pembeli dari kota tetangga terpaksa pulang dengan tangan kosong, beberapa di antaranya sudah berangkat sebelum subuh.

Kedua pihak sepakat duduk bersama pada hari Kamis, dengan lurah sebagai penengah."""

TEXTS = [HARBOUR, SCHOOL, MARKET]


@pytest.fixture(scope="module")
def made() -> list[tuple[str, str, str, bool]]:
    return list(derived(TEXTS, 11))


def words(text: str) -> list[str]:
    return [m.group().lower() for m in WORD.finditer(text)]


def kept(text_a: str, text_b: str) -> float:
    """The share of the first text's words that stand in the second in the same order."""
    first, second = words(text_a), words(text_b)
    blocks = difflib.SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(first)


def of_kind(made: list[tuple[str, str, str, bool]], kind: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b, k, _ in made if k == kind]


def test_same_texts_and_seed_give_the_same_pairs(made: list[tuple[str, str, str, bool]]) -> None:
    assert made == list(derived(TEXTS, 11))
    assert made != list(derived(TEXTS, 12))


def test_each_kind_once_for_each_article(made: list[tuple[str, str, str, bool]]) -> None:
    assert [kind for _, _, kind, _ in made] == [*KINDS] * len(TEXTS)
    assert {kind: family for _, _, kind, family in made} == {kind: family for kind, (_, family) in KINDS.items()}
    assert all(a.strip() and b.strip() for a, b, _, _ in made)
    assert not [kind for a, b, kind, _ in made if a == b]


@pytest.mark.parametrize("kind", ["cut-first", "cut-random"])
def test_a_cut_is_part_of_the_whole(made: list[tuple[str, str, str, bool]], kind: str) -> None:
    for whole, part in of_kind(made, kind):
        assert set(part.split("\n\n")) < set(whole.split("\n\n"))
        assert 0.3 < len(words(part)) / len(words(whole)) < 0.75


@pytest.mark.parametrize(("kind", "share"), [("reworded-10", 0.10), ("reworded-20", 0.20)])
def test_as_many_words_are_changed_as_it_says(made: list[tuple[str, str, str, bool]], kind: str, share: float) -> None:
    for text_a, text_b in of_kind(made, kind):
        assert share / 2 < 1 - kept(text_a, text_b) < share * 1.5


@pytest.mark.parametrize("kind", ["shuffled", "recast"])
def test_another_order_of_the_same_words(made: list[tuple[str, str, str, bool]], kind: str) -> None:
    for text_a, text_b in of_kind(made, kind):
        assert sorted(words(text_a)) == sorted(words(text_b))
        assert words(text_a) != words(text_b)


def test_a_splice_carries_a_passage_of_prose_into_a_stranger(made: list[tuple[str, str, str, bool]]) -> None:
    for text_a, text_b in of_kind(made, "spliced"):
        shared = [part for part in text_b.split("\n\n") if part in text_a]
        assert len(" ".join(shared).split()) >= 18
        assert kept(text_b, text_a) < 0.5
    assert set(KINDS) >= PARTIAL


def test_negatives_share_only_what_is_not_copying(made: list[tuple[str, str, str, bool]]) -> None:
    for text_a, text_b in of_kind(made, "same-footer"):
        assert kept(text_a.removesuffix(FOOTER), text_b.removesuffix(FOOTER)) < 0.2
    for text_a, text_b in of_kind(made, "same-quotation"):
        shared = [part for part in text_b.split("\n\n") if part.split('"')[1:2] and part.split('"')[1] in text_a]
        assert len(shared) == 1
    for text_a, text_b in of_kind(made, "same-form"):
        assert text_a != text_b
        assert kept(text_a, text_b) > 0.8


def test_copies_among_the_articles_are_refused() -> None:
    with pytest.raises(ValueError, match="article 0 of 2"):
        list(derived([HARBOUR, HARBOUR.replace("bulan depan", "tahun depan")], 1))
