"""A caption and its credit are taken apart."""

from __future__ import annotations

import pytest

from telusur.parse.pictures import has_sure_credit, split_caption


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        (
            "Warga antre, Rabu (29/3). ANTARA FOTO/REUTERS/Stringer/djo/17",
            "Warga antre, Rabu (29/3).",
            "ANTARA FOTO/REUTERS/Stringer/djo/17",
        ),
        ("Presiden di istana. (AFP/AHMAD GHOFUR)", "Presiden di istana.", "AFP/AHMAD GHOFUR"),
        ("Indra Birawa. (Foto: Vania/Harian)", "Indra Birawa.", "Vania/Harian"),
        ("Gedung baru. Foto: Rina", "Gedung baru.", "Rina"),
        ("Wisuda angkatan ke-15(Dok.Kampus )", "Wisuda angkatan ke-15", "Dok.Kampus"),
        ("Lomba lari. Doc. kampus.ac.id", "Lomba lari.", "Doc. kampus.ac.id"),
        ("Telepon genggam (ist)", "Telepon genggam", "ist"),
        ("Musisi di panggung. (Grammy)", "Musisi di panggung.", "Grammy"),
        ("Pesta ulang tahun © Instagram.com", "Pesta ulang tahun", "Instagram.com"),
        (
            "KOMPAS.com/SITI AMINAH Menteri berbicara di kantornya",
            "Menteri berbicara di kantornya",
            "KOMPAS.com/SITI AMINAH",
        ),
        ("Twitter @klub Pemain baru berlatih.", "Pemain baru berlatih.", "Twitter @klub"),
        ("Bupati (kiri) dan wakilnya (kanan)", "Bupati (kiri) dan wakilnya (kanan)", None),
        ("Sidang ditunda, Selasa (3/2)", "Sidang ditunda, Selasa (3/2)", None),
        ("Kepala Badan Pusat Statistik (BPS)", "Kepala Badan Pusat Statistik (BPS)", None),
        ("Baris pertama\nAntara/Teresa", "Baris pertama", "Antara/Teresa"),
    ],
)
def test_captions(text: str, caption: str, credit: str | None) -> None:
    image = split_caption(text)
    assert (image.caption, image.credit) == (caption, credit)


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Warga menyeberang. Foto: Rina/Harian", True),
        ("Demikian dikutip dari Reuters.", False),
        ("Rapat itu ditutup tengah malam. (Antara)", False),
        ("Ia menyebut Undang-Undang Sistem Pendidikan (UU Sisdiknas).", False),
    ],
)
def test_a_paragraph_is_no_caption(text: str, so: bool) -> None:
    """Inside an article only a credit that can be nothing else makes a caption."""
    assert has_sure_credit(text) is so
