"""Claims as plain sentences: what happens to people, what takes place, who does what, in both languages."""

from __future__ import annotations

import pytest

from telusur.answers import english, indonesian
from telusur.answers.telling import Told, Who


def told(type_: str, trigger: str, actor: str = "", recipient: str = "", place: str = "", *, tense: str = "past", certainty: str = "certain") -> Told:
    parties = (("actor", actor), ("recipient", recipient), ("place", place))
    named = tuple(Who(role, text, text if text[:1].isupper() else "", "") for role, text in parties if text)
    return Told(type_, trigger, certainty, "positive", tense, named, None, None)


@pytest.mark.parametrize(
    ("claim", "in_indonesian", "in_english"),
    [
        (told("DISASTER", "tewas", recipient="12 orang"), "12 orang tewas.", "12 people were killed."),
        (told("DISASTER", "tewas", recipient="12"), "12 orang tewas.", "12 were killed."),
        (told("ASSAULT", "tewas", "Milisi Sadeng", "dua warga"), "Dua warga tewas oleh Milisi Sadeng.", "Milisi Sadeng killed two residents."),
        (told("DISASTER", "luka", actor="tiga orang"), "Tiga orang luka.", "Three people were injured."),
        (told("DISASTER", "erupsi", place="Gunung Batara"), "Terjadi erupsi di Gunung Batara.", "There was an eruption at Gunung Batara."),
        (told("DISASTER", "Kebakaran", recipient="tiga rumah"), "Terjadi kebakaran yang menimpa tiga rumah.", "Three houses were burned."),
        (told("CONSULT", "rapat", "Lina Okaro", place="Muara"), "Ada rapat dengan Lina Okaro di Muara.", "Lina Okaro met in Muara."),
        (told("CONSULT", "pertemuan", "Lina", "Tono"), "Ada pertemuan antara Lina dan Tono.", "Lina met Tono."),
        (told("AID", "bantuan", "Kota Muara", "petani"), "Ada bantuan dari Kota Muara untuk petani.", "Kota Muara helped farmers."),
        (told("POLICY", "wajibkan", "Lina Okaro", "para nelayan", tense="future"), "Lina Okaro akan wajibkan para nelayan.", None),
        (told("ECONOMY", "turun", actor="harga cabai", tense="present"), "Harga cabai sedang turun.", "“harga cabai” was falling."),
        (told("RETREAT", "meninggalkan", "ribuan orang", place="Muara"), "Ribuan orang meninggalkan Muara.", None),
        (told("DISASTER", "menggenangi", recipient="17 rumah"), "Ada yang menggenangi 17 rumah.", "There was a disaster affecting 17 houses (“menggenangi”)."),
        (told("ECONOMY", "berdampak", "Perang", "Muara"), "Perang berdampak pada Muara.", None),
        (told("CONSULT", "komunikasi", "Lina", "Tono", tense="present"), "Sedang ada komunikasi antara Lina dan Tono.", "There are talks between Lina and Tono."),
        (told("DISASTER", "gempa", tense="future", certainty="possible"), "Mungkin akan terjadi gempa.", "There may be an earthquake."),
    ],
)
def test_a_claim_is_told_as_people_tell_it(claim: Told, in_indonesian: str, in_english: str | None) -> None:
    assert indonesian.sentence(claim, {}, "") == in_indonesian
    if in_english is not None:
        assert english.sentence(claim, {}, "") == in_english
