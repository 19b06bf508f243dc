"""Claims as plain sentences: what happens to people, what takes place, who does what, in both languages."""

from __future__ import annotations

import pytest

from telusur.analyse.stems import stems
from telusur.answers import english, indonesian
from telusur.answers.expressions import whole
from telusur.answers.telling import Told, Who
from telusur.lexicon import read_table


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
        (told("DISASTER", "menggenangi", recipient="17 rumah"), "Ada yang menggenangi 17 rumah.", "17 houses were flooded."),
        (told("ECONOMY", "berdampak", "Perang", "Muara"), "Perang berdampak pada Muara.", None),
        (told("CONSULT", "komunikasi", "Lina", "Tono", tense="present"), "Sedang ada komunikasi antara Lina dan Tono.", "There are talks between Lina and Tono."),
        (told("DISASTER", "gempa", tense="future", certainty="possible"), "Mungkin akan terjadi gempa.", "There may be an earthquake."),
        (told("ASSAULT", "dibakar", "KKB"), "Ada yang dibakar KKB.", "KKB burned …"),
        (told("COERCE", "ditahan", recipient="dua warga"), "Dua warga ditahan.", "Two residents were detained."),
        (told("REJECT", "menolak", "Lina Okaro"), "Lina Okaro menolak …", "Lina Okaro rejected …"),
        (told("ECONOMY", "mencapai", "Bank Muara", tense="future"), "Bank Muara akan mencapai …", "Bank Muara will reach …"),
        (told("ECONOMY", "menang", "Lina", "Tono"), "Lina menang atas Tono.", "Lina beat Tono."),
        (told("ECONOMY", "menang", "Lina"), "Lina menang.", "Lina won."),
        (told("ECONOMY", "menguat", recipient="Rupiah"), "Rupiah menguat.", "Rupiah strengthened."),
        (told("POLICY", "bertahan", "Bank Muara"), "Bank Muara bertahan.", "Bank Muara held out."),
        (told("COERCE", "menahan", "Polisi Muara", "Tono"), "Polisi Muara menahan Tono.", "Polisi Muara detained Tono."),
        (told("COERCE", "amankan", "Polisi Muara", "Tono"), "Polisi Muara amankan Tono.", "Polisi Muara detained Tono."),
        (told("POLICY", "mengamankan", "Polisi Muara", "Tono"), "Polisi Muara mengamankan Tono.", "Polisi Muara secured Tono."),
        (told("COERCE", "segel", recipient="Hotel Muara"), "Ada yang segel Hotel Muara.", "Hotel Muara was sealed off."),
        (told("DISASTER", "meninggal", "tiga orang"), "Tiga orang meninggal.", "Three people died."),
        (told("RETREAT", "meninggalkan", "ribuan orang", place="Muara"), "Ribuan orang meninggalkan Muara.", "Thousands of people left Muara."),
        (told("AGREE", "bersedia", "Tono", tense="future"), "Tono akan bersedia.", "Tono will be willing."),
        (told("REQUEST", "berharap", "Tono", "Lina"), "Tono berharap kepada Lina.", "Tono hoped for Lina."),
        (told("COOPERATE", "kolaborasi", recipient="Tono", tense="future"), "Akan ada kolaborasi dengan Tono.", "There will be cooperation with Tono (“kolaborasi”)."),
        (told("AID", "mendapat", recipient="Kota Muara"), "Kota Muara mendapat …", "Kota Muara got …"),
        (told("CONSULT", "diskusi", "Lina", "Tono"), "Ada diskusi antara Lina dan Tono.", "Lina held talks with Tono."),
    ],
)
def test_a_claim_is_told_as_people_tell_it(claim: Told, in_indonesian: str, in_english: str | None) -> None:
    assert indonesian.sentence(claim, {}, "") == in_indonesian
    if in_english is not None:
        assert english.sentence(claim, {}, "") == in_english


@pytest.mark.parametrize(
    ("sentence", "trigger", "shown"),
    [
        ("Kami siap bekerja sama dengan Lina", "sama", "bekerja sama"),
        ("Kami siap bekerja sama dengan Lina", "bekerja", "bekerja sama"),
        ("Tono mengundurkan diri kemarin", "mengundurkan", "mengundurkan diri"),
        ("Wali kota menyambut baik layanan itu", "baik", "menyambut baik"),
        ("Terima kasih atas dukungannya", "Terima", "Terima kasih"),
        ("Polisi menahan diri dan dua warga", "menahan", "menahan"),
        ("Kami terima, kasih sayang itu", "terima", "terima"),
        ("Mereka bekerja di pelabuhan", "bekerja", "bekerja"),
        ("bekerja sama", "bekerja sama", "bekerja sama"),
    ],
)
def test_a_part_of_an_expression_is_told_as_all_of_it(sentence: str, trigger: str, shown: str) -> None:
    start = sentence.index(trigger)
    low, high = whole(sentence, start, start + len(trigger))
    assert sentence[low:high] == shown


def test_verbs_are_written_once_and_whole() -> None:
    """A verb that stands twice under one key hides the other, and one without its forms makes no sentence."""
    rows = read_table("trigger-verbs", ("stem", "verb", "past", "ing", "participle", "kind"))
    keys = [row["stem"] if "=" in row["stem"] else row["stem"].rpartition(":")[0] + ":" + " ".join(stems(row["stem"].rpartition(":")[2])) for row in rows]
    assert not {key for key in keys if keys.count(key) > 1}
    for row in rows:
        assert row["kind"] in ("t", "b", "i"), row
        assert row["ing"].split()[0].endswith("ing"), row


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("seorang pria", "a man"),
        ("seorang warga", "a resident"),
        ("satu orang", "one person"),
        ("para saksi", "witnesses"),
        ("sejumlah perusahaan", "a number of companies"),
        ("sebanyak 73 personel", "73 personnel"),
        ("20 ribu prajurit", "20 thousand soldiers"),
        ("dua kapal", "two ships"),
        ("negara-negara Barat", "Western countries"),
        ("nilai tukar rupiah", "the rupiah's exchange rate"),
        ("para nakama", "“para nakama”"),
    ],
)
def test_descriptions_are_english_where_the_tables_know_all_of_them(text: str, shown: str) -> None:
    assert english.describe(text) == shown
