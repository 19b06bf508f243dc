"""Datelines, and whose copy an article uses."""

from __future__ import annotations

import pytest

from telusur.model.span import Span
from telusur.parse.wires import find_dateline, find_wires


@pytest.mark.parametrize(
    ("text", "dateline", "outlet"),
    [
        ("JAKARTA, KOMPAS.com - Warga mengeluh.", "JAKARTA, KOMPAS.com -", "KOMPAS.com"),
        ("PATI, KOMPAS.com -Warga mengeluh.", "PATI, KOMPAS.com -", "KOMPAS.com"),
        ("TEMPO.CO, Jakarta - Warga mengeluh.", "TEMPO.CO, Jakarta -", "TEMPO.CO"),
        ("Liputan6.com, Jakarta Warga mengeluh.", "Liputan6.com, Jakarta", "Liputan6.com"),
        ("REPUBLIKA.CO.ID, DENPASAR -- Warga mengeluh.", "REPUBLIKA.CO.ID, DENPASAR --", "REPUBLIKA.CO.ID"),
        ("KONTAN.CO.ID - JAKARTA. Warga mengeluh.", "KONTAN.CO.ID - JAKARTA.", "KONTAN.CO.ID"),
        ("SURYA.co.id | BLITAR - Warga mengeluh.", "SURYA.co.id | BLITAR -", "SURYA.co.id"),
        ("Mataram, NTB (ANTARA News) - Warga mengeluh.", "Mataram, NTB (ANTARA News) -", "ANTARA News"),
        ("tirto.id - Warga mengeluh.", "tirto.id -", "tirto.id"),
        ("POS-KUPANG. COM, OELAMASI - Warga mengeluh.", "POS-KUPANG. COM, OELAMASI -", "POS-KUPANG.COM"),
        ("Jakarta - Warga mengeluh.", "Jakarta -", None),
        ("SURABAYA, Kabar Laut - Warga mengeluh.", "SURABAYA, Kabar Laut -", "Kabar Laut"),
        ("HARIAN LEMBAH, BUMIJAWA -- Warga mengeluh.", "HARIAN LEMBAH, BUMIJAWA --", "HARIAN LEMBAH"),
        ("BUMIJAWA, HARIAN LEMBAH — Warga mengeluh.", "BUMIJAWA, HARIAN LEMBAH —", "HARIAN LEMBAH"),
        ("JAKARTA (SENTRA) - Warga mengeluh.", "JAKARTA (SENTRA) -", "SENTRA"),
        ("(Kabar Laut) KINTAP - Warga mengeluh.", "(Kabar Laut) KINTAP -", "Kabar Laut"),
        ("kabarlaut.news - Warga mengeluh.", "kabarlaut.news -", "kabarlaut.news"),
        ("Kintap, Kalsel - Warga mengeluh.", "Kintap, Kalsel -", None),
        ("Muara Kintap - Banjir di Kabupaten Muara Kintap.", "Muara Kintap -", None),
        ("Ratih Lasmi - Penari itu wafat. Lasmi dikenal luas.", None, None),
        ("Ratih Lasmi, penari - dan pelatih - wafat.", None, None),
        ("Warga mengeluh - dan menuntut ganti rugi.", None, None),
        ("Menurut Amir, harga naik.", None, None),
    ],
)
def test_datelines(text: str, dateline: str | None, outlet: str | None) -> None:
    found = find_dateline(text, 0, len(text))
    assert (found.span.of(text) if found else None) == dateline
    assert (found.outlet if found else None) == outlet


def wires(*paragraphs: str, publisher: str | None = None, byline: str = "") -> tuple[str, ...]:
    text = "\n".join([*paragraphs, byline])
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 1
    return find_wires(text, spans, [Span(at, len(text))] if byline else [], publisher)


@pytest.mark.parametrize(
    ("paragraph", "found", "why"),
    [
        ("Dua orang tewas, dilansir AFP, Senin (4/8).", ("AFP",), "the plain case"),
        (
            "Dua orang tewas, seperti dilansirAFPdanReuters, Rabu.",
            ("AFP", "Reuters"),
            "words that a site ran together",
        ),
        ("Ia menolak, seperti dikutip dari Antara.", ("Antara",), "dikutip dari"),
        ("Mengutip Channel News Asia, harga turun.", ("Channel News Asia",), "a medium"),
        ("AFP memberitakan dua orang tewas.", ("AFP",), "the agency as the one that reports"),
        ("Juru bicara itu mengatakan kepada Reuters bahwa ia mundur.", ("Reuters",), "told to an agency"),
        (
            "Menurut The New York Times yang dilansir AFP, ia mundur.",
            ("AFP",),
            "the last hand is the one that counts",
        ),
        ("Ia mundur, melansir Harian Lembah, Senin.", ("Harian Lembah",), "a medium that no list knows"),
        ("Ia mundur, dikutip Senin (4/8).", (), "a day is no agency"),
        ("Dikutip dari akun Instagram resmi dinas itu.", (), "a platform is no agency"),
        ("Berdasarkan laporan Badan Pusat Statistik, inflasi naik.", (), "an office is no agency"),
        ("Rapat ditutup tengah malam. (Antara)", ("Antara",), "the closing bracket"),
        ("Rapat ditutup tengah malam. (DPR)", (), "an acronym in the closing bracket"),
        ("Presiden melaporkan hasil rapat kepada DPR.", (), "told to somebody else"),
    ],
)
def test_wires_of_a_paragraph(paragraph: str, found: tuple[str, ...], why: str) -> None:
    assert wires(paragraph) == found, why


def test_the_publisher_is_not_its_own_wire() -> None:
    assert wires("Ia mundur, dikutip dari Antara.", publisher="ANTARA") == ()
    assert wires("Ia mundur, dikutip dari CNN.", publisher="cnnindonesia.com") == ("CNN",)


def test_a_source_line_names_a_wire() -> None:
    assert wires("Ia mundur.", byline="Sumber : Antara") == ("Antara",)
