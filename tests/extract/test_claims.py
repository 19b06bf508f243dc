"""What is said to be so: offices, events and their people, figures, dates, and what must not be found."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_article import marked

from cpu_time import least
from telusur.extract.casualties import number_at
from telusur.extract.claims import find_claims
from telusur.extract.units import read_units
from telusur.lexicon import read_table
from telusur.model.claim import CLAIM_TYPES, Casualties, Claim
from telusur.model.document import Article, Block, Document, Hints, Source
from telusur.model.layers import Mention, Sentence
from telusur.model.signals import Argument, Frame, Signals
from telusur.model.span import Span

Office = tuple[str, str, str, tuple[str, ...], str]

OFFICES: list[tuple[str, list[str], list[Office]]] = [
    ("office, place, person", ["Wakil Presiden [Norlandia|LOC1] [Sari Wulan|PER1] tiba."], [("holds-office", "Wakil Presiden", "Sari Wulan", ("Norlandia",), "present")]),
    ("a comma before the person", ["Ketua [Komisi Banding|ORG1], [Sari Wulan|PER1], tiba."], [("leads", "Ketua", "Sari Wulan", ("Komisi Banding",), "present")]),
    ("a rank before the person", ["Kapolres [Maruna|LOC1] AKBP [Sari Wulan|PER1] tiba."], [("leads", "Kapolres", "Sari Wulan", ("Maruna",), "present")]),
    ("a rank written out, with its letters", ["Kapolres [Maruna|LOC1], Ajun Komisaris Besar Polisi (AKBP) [Sari Wulan|PER1], tiba."], [("leads", "Kapolres", "Sari Wulan", ("Maruna",), "present")]),
    ("the head of a firm with its short name", ["Direktur Utama [PT Samudra Jaya|ORG1] ([SJ|ORG1]) [Sari Wulan|PER1] tiba."], [("leads", "Direktur Utama", "Sari Wulan", ("PT Samudra Jaya",), "present")]),
    ("a portfolio belongs to the office", ["Menteri Luar Negeri [Norlandia|LOC1] [Sari Wulan|PER1] tiba."], [("holds-office", "Menteri Luar Negeri", "Sari Wulan", ("Norlandia",), "present")]),
    ("a list of portfolios", ["Menteri Pendidikan, Riset, dan Teknologi [Sari Wulan|PER1] tiba."], [("holds-office", "Menteri Pendidikan, Riset, dan Teknologi", "Sari Wulan", (), "present")]),
    ("the person first", ["[Sari Wulan|PER1], Bupati [Maruna|LOC1], tiba."], [("holds-office", "Bupati", "Sari Wulan", ("Maruna",), "present")]),
    ("selaku", ["[Sari Wulan|PER1] selaku Kepala [Dinas Sosial Maruna|ORG1] tiba."], [("leads", "Kepala", "Sari Wulan", ("Dinas Sosial Maruna",), "present")]),
    ("yang juga", ["[Sari Wulan|PER1] yang juga Ketua [Partai Fajar|ORG1] tiba."], [("leads", "Ketua", "Sari Wulan", ("Partai Fajar",), "present")]),
    ("former by a word", ["Mantan Gubernur [Maruna|LOC1] [Sari Wulan|PER1] tiba."], [("holds-office", "Gubernur", "Sari Wulan", ("Maruna",), "past")]),
    ("former by pernah", ["[Sari Wulan|PER1] pernah menjabat sebagai Kepala [Dinas Sosial Maruna|ORG1]."], [("leads", "Kepala", "Sari Wulan", ("Dinas Sosial Maruna",), "past")]),
    ("the head of a unit holds an office", ["Kepala Seksi Intelijen [Kejari Maruna|ORG1], [Sari Wulan|PER1], tiba."], [("holds-office", "Kepala Seksi Intelijen", "Sari Wulan", ("Kejari Maruna",), "present")]),
    ("a deputy leads nobody", ["Wakil Ketua [Komisi Banding|ORG1] [Sari Wulan|PER1] tiba."], [("holds-office", "Wakil Ketua", "Sari Wulan", ("Komisi Banding",), "present")]),
    ("acting", ["Plt Bupati [Maruna|LOC1] [Sari Wulan|PER1] tiba."], [("holds-office", "Plt Bupati", "Sari Wulan", ("Maruna",), "present")]),
    ("a member of a parliament", ["Anggota [DPRD Maruna|ORG1] [Sari Wulan|PER1] tiba."], [("holds-office", "Anggota", "Sari Wulan", ("DPRD Maruna",), "present")]),
    ("a member of a party", ["Politikus [Partai Fajar|ORG1] [Sari Wulan|PER1] tiba."], [("member-of", "Politikus", "Sari Wulan", ("Partai Fajar",), "present")]),
    ("of a country, to a body", ["Duta Besar [Norlandia|LOC1] untuk [PBB|ORG1], [Sari Wulan|PER1], tiba."], [("holds-office", "Duta Besar", "Sari Wulan", ("Norlandia", "PBB"), "present")]),
    ("a spokesman of an office that has its own holder", ["Juru Bicara Sekretaris Jenderal [PBB|ORG1] [Ivo Kask|PER2], [Sari Wulan|PER1], tiba."], [("holds-office", "Juru Bicara", "Sari Wulan", ("PBB",), "present"), ("leads", "Sekretaris Jenderal", "Ivo Kask", ("PBB",), "present")]),
    ("two spellings of one office are one", ["Perdana Menteri [Norlandia|LOC1] [Sari Wulan|PER1] tiba.", "PM [Wulan|PER1] lalu pergi."], [("holds-office", "Perdana Menteri", "Sari Wulan", ("Norlandia",), "present")]),
    ("the fullest place, not the first", ["Presiden [Wulan|PER1] tiba.", "Presiden [Norlandia|LOC1] [Sari Wulan|PER1] lalu pergi."], [("holds-office", "Presiden", "Sari Wulan", ("Norlandia",), "present")]),
    ("a career in one sentence", ["[Sari Wulan|PER1] pernah menjabat Danrem [Maruna|ORG1] pada [2011|T=2011], serta Pangdam [Utara|ORG2] pada [2013|T=2013]."], [("leads", "Danrem", "Sari Wulan", ("Maruna",), "past"), ("leads", "Pangdam", "Sari Wulan", ("Utara",), "past")]),
    ("pointing back", ["[Sari Wulan|PER1] tiba kemarin.", "Hal itu dibenarkan mantan Gubernur [Maruna|LOC1] itu."], [("holds-office", "Gubernur", "Sari Wulan", ("Maruna",), "past")]),
    ("pointing back to whom the article calls so", ["Bupati [Maruna|LOC1] [Sari Wulan|PER1] tiba.", "[Tono Basri|PER2] memantau operasi terhadap bupati [Maruna|LOC1] tersebut."], [("holds-office", "Bupati", "Sari Wulan", ("Maruna",), "present")]),
    ("not to who held it once", ["Eks PM [Norlandia|LOC1] [Sari Wulan|PER1] tiba.", "[Tono Basri|PER2] murka.", "Rencana itu dibela PM [Norlandia|LOC1] itu."], [("holds-office", "PM", "Sari Wulan", ("Norlandia",), "past"), ("holds-office", "PM", "Tono Basri", ("Norlandia",), "present")]),
    ("a pronoun is not the name in front of it", ["[Sari Wulan|PER1] tiba.", "Di partai besutan [Tono Basri|PER2] itu, ia menjabat sebagai Ketua [Bidang Hukum|ORG1]."], [("leads", "Ketua", "Sari Wulan", ("Bidang Hukum",), "present")]),
    ("tied to the person before it, not to the next in the list", ["[Sari Wulan|PER1] selaku Kepala [Badan Ukur|ORG1], Letjen [Tono Basri|PER2] hadir."], [("leads", "Kepala", "Sari Wulan", ("Badan Ukur",), "present")]),
    ("whom another appointed", ["[Sari Wulan|PER1] ditunjuk oleh Presiden [Tono Basri|PER2] sebagai Kepala [Badan Ukur|ORG1]."], [("leads", "Kepala", "Sari Wulan", ("Badan Ukur",), "present"), ("holds-office", "Presiden", "Tono Basri", (), "present")]),
    ("whose word it is holds no office by that", ["Menurut [Sari Wulan|PER1], pemilik tidak tahu."], []),
    ("according to one, another did", ["Menurut majelis hakim, [Sari Wulan|PER1] tidak bisa membuktikan asal uang itu."], []),
    ("told to one, another did", ["Kepada petugas [Damkar Maruna|ORG1], [Sari Wulan|PER1] sebenarnya sudah bercerita."], []),
    ("according to an office with its holder", ["Menurut Direktur [PT Fajar|ORG1], [Sari Wulan|PER1], harga turun."], [("leads", "Direktur", "Sari Wulan", ("PT Fajar",), "present")]),
    ("a headline's verb parts an office from a name", ["# Gubernur [Maruna|LOC1] Gugat [Sari Wulan|PER1]"], []),
    ("a pilot's rank is no office", ["Pilot pesawat itu, Kapten [Sari Wulan|PER1], selamat."], []),
    ("a team's captain leads it", ["Kapten [Timnas Norlandia|ORG1] [Sari Wulan|PER1] cedera."], [("leads", "Kapten", "Sari Wulan", ("Timnas Norlandia",), "present")]),
    ("a candidate holds nothing yet", ["Calon Bupati [Maruna|LOC1] [Sari Wulan|PER1] tiba."], []),
    ("an office without a person", ["Bupati [Maruna|LOC1] belum tiba."], []),
    ("a person beside another office's holder", ["[Sari Wulan|PER1] menemui Bupati [Maruna|LOC1] [Tono Basri|PER2]."], [("holds-office", "Bupati", "Tono Basri", ("Maruna",), "present")]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "paragraphs", "expected"), OFFICES, ids=[row[0] for row in OFFICES])
def test_offices(why: str, paragraphs: list[str], expected: list[Office]) -> None:
    """Who holds which office of what, and whether still."""
    article = marked(*paragraphs)
    found = [
        (c.type, article.words(c.trigger), article.people(c, "actor")[0], tuple(article.people(c, "recipient")), c.tense)
        for c in article.claims()
        if c.type in {"leads", "holds-office", "member-of"}
    ]
    assert sorted(found) == sorted(expected), why


People = tuple[str, list[str], list[str], list[str]]

EVENTS: list[tuple[str, str, People]] = [
    ("active", "Pasukan [Norlandia|LOC1] <<menyerang>> [Vestara|LOC2] pada malam hari.", ("ASSAULT", ["Pasukan Norlandia"], ["Vestara"], [])),
    ("passive, agent after the verb", "Tiga tersangka <<ditangkap>> polisi di [Maruna|LOC1].", ("COERCE", ["polisi"], ["Tiga tersangka"], ["Maruna"])),
    ("passive, agent after oleh", "[Tono Basri|PER1] <<diperiksa>> selama lima jam oleh [Komisi Banding|ORG1].", ("INVESTIGATE", ["Komisi Banding"], ["Tono Basri"], [])),
    ("ter- is passive too", "[Barisan Merah|ORG1] <<terkepung>> di [Maruna|LOC1].", ("COERCE", [], ["Barisan Merah"], ["Maruna"])),
    ("a noun: its actor behind it, its object after ke", "<<Serangan>> [Norlandia|LOC1] ke [Vestara|LOC2] berlanjut.", ("ASSAULT", ["Norlandia"], ["Vestara"], ["Vestara"])),
    ("a deed: its object behind it, its actor after oleh", "<<Penangkapan>> [Tono Basri|PER1] oleh [Polres Maruna|ORG1] menuai protes.", ("COERCE", ["Polres Maruna"], ["Tono Basri"], [])),
    ("a relative clause", "[Barisan Merah|ORG1] yang <<menyerang>> [Maruna|LOC1] kembali ke hutan.", ("ASSAULT", ["Barisan Merah"], ["Maruna"], [])),
    ("two who act", "[Norlandia|LOC1] dan [Vestara|LOC2] <<mengecam>> [Barisan Merah|ORG1].", ("ACCUSE", ["Norlandia", "Vestara"], ["Barisan Merah"], [])),
    ("two acted upon", "[Sari Wulan|PER1] <<melantik>> [Tono Basri|PER2] dan [Rudi Hasan|PER3].", ("OFFICE", ["Sari Wulan"], ["Tono Basri", "Rudi Hasan"], [])),
    ("with whom", "[Sari Wulan|PER1] <<bertemu>> dengan Menteri Luar Negeri [Norlandia|LOC1] [Ivo Kask|PER2] di [Maruna|LOC2].", ("CONSULT", ["Sari Wulan"], ["Ivo Kask"], ["Maruna"])),
    ("an office before the actor is seen through", "Bupati [Maruna|LOC1] [Sari Wulan|PER1] <<mengecam>> [Barisan Merah|ORG1].", ("ACCUSE", ["Sari Wulan"], ["Barisan Merah"], [])),
    ("verbs share their subject", "Polisi mendatangi rumah itu lalu <<menangkap>> [Tono Basri|PER1].", ("COERCE", ["Polisi"], ["Tono Basri"], [])),
    ("who is asked does what is asked", "[Sari Wulan|PER1] meminta warga untuk <<mendukung>> [Tono Basri|PER2].", ("SUPPORT", ["warga"], ["Tono Basri"], [])),
    ("of whom it is asked", "[Sari Wulan|PER1] <<menyerukan>> agar warga mengungsi.", ("REQUEST", ["Sari Wulan"], ["warga"], [])),
    ("a light verb gives a noun its actor", "[Norlandia|LOC1] melancarkan <<serangan>> terhadap [Vestara|LOC2].", ("ASSAULT", ["Norlandia"], ["Vestara"], [])),
    ("between two", "<<Perang>> antara [Norlandia|LOC1] dan [Vestara|LOC2] pecah lagi.", ("ASSAULT", ["Norlandia", "Vestara"], [], [])),
    ("kelompok only says what kind of thing it is", "Kelompok [Barisan Merah|ORG1] <<menyerang>> [Maruna|LOC1].", ("ASSAULT", ["Barisan Merah"], ["Maruna"], [])),
    ("a description that points back", "[Barisan Merah|ORG1] datang. Kelompok itu <<menyerang>> [Maruna|LOC1].", ("ASSAULT", ["Kelompok itu"], ["Maruna"], [])),
    ("a pronoun", "[Sari Wulan|PER1] datang. Ia <<mengecam>> [Barisan Merah|ORG1].", ("ACCUSE", ["Sari Wulan"], ["Barisan Merah"], [])),
    ("I am who speaks", '"{Kami <<menolak>> [Norlandia|LOC1]|PER1}," kata [Sari Wulan|PER1].', ("REJECT", ["Sari Wulan"], ["Norlandia"], [])),
    ("a disaster has no actor", "Banjir <<merendam>> ratusan rumah di [Maruna|LOC1].", ("DISASTER", [], ["ratusan rumah"], ["Maruna"])),
    ("what stands before an eruption is no victim", "[Gunung Kelam|LOC1] kembali <<erupsi>> pagi tadi.", ("DISASTER", [], [], [])),
    ("a price that rises is acted upon", "Harga beras <<naik>> di [Maruna|LOC1].", ("POLICY", [], ["Harga beras"], ["Maruna"])),
    ("a figure is no recipient", "Ekspor kopi <<tumbuh>> 12 persen.", ("ECONOMY", ["Ekspor kopi"], [], [])),
    ("a plan has no object", "[Norlandia|LOC1] <<berencana>> membangun pangkalan.", ("plans", ["Norlandia"], [], [])),
    ("whose act is praised", "[Sari Wulan|PER1] <<mengapresiasi>> langkah [Komisi Banding|ORG1].", ("SUPPORT", ["Sari Wulan"], ["Komisi Banding"], [])),
    ("a relation", "[Vestara|LOC1] adalah <<sekutu>> [Norlandia|LOC2].", ("allied-with", ["Vestara"], ["Norlandia"], [])),
    ("a capital", "[Orlo|LOC1] menjadi <<ibu kota>> [Norlandia|LOC2].", ("capital-of", ["Orlo"], ["Norlandia"], [])),
    ("who is driven out retreats", "[Barisan Merah|ORG1] <<terusir>> dari [Maruna|LOC1].", ("RETREAT", ["Barisan Merah"], [], ["Maruna"])),
    ("places one inside the other", "Polisi <<menangkap>> [Tono Basri|PER1] di [Desa Uwi|LOC1], [Maruna|LOC2].", ("COERCE", ["Polisi"], ["Tono Basri"], ["Desa Uwi", "Maruna"])),
    ("all that a place lies in", "Polisi <<menangkap>> [Tono Basri|PER1] di [Desa Uwi|LOC1], [Kecamatan Batu|LOC2], [Maruna|LOC3].", ("COERCE", ["Polisi"], ["Tono Basri"], ["Desa Uwi", "Kecamatan Batu", "Maruna"])),
    ("a thing without its worth", "Dua pria <<mencuri>> kalung berlian senilai Rp50 juta di [Maruna|LOC1].", ("COERCE", ["Dua pria"], ["kalung berlian"], ["Maruna"])),
    ("a thing without by how much it is changed", "[Bank Sentral|ORG1] <<menurunkan>> suku bunga sebesar 25 basis poin.", ("POLICY", ["Bank Sentral"], ["suku bunga"], [])),
    ("more than so many", "Lebih dari 40 warga <<mengungsi>> ke [Maruna|LOC1].", ("RETREAT", ["40 warga"], [], ["Maruna"])),
]  # fmt: skip


@pytest.mark.parametrize(("why", "sentence", "expected"), EVENTS, ids=[row[0] for row in EVENTS])
def test_participants(why: str, sentence: str, expected: People) -> None:
    """Who does what to whom, where: the type and trigger given, the people found by rule."""
    article = marked(sentence)
    claim = next(c for c in article.framed(expected[0]) if c.trigger == article.triggers[0])
    assert (claim.type, *(article.people(claim, role) for role in ("actor", "recipient", "place"))) == (
        expected[0], *expected[1:3], [p for p in expected[3] if p not in expected[1] + expected[2]],
    ), why  # fmt: skip


LEXICON: list[tuple[str, str, str | None]] = [
    ("an attack with both sides named", "Pasukan [Norlandia|LOC1] <<menyerang>> [Vestara|LOC2] pada [Selasa|T=2025-06-10].", "ASSAULT"),
    ("an arrest", "Polisi telah <<menangkap>> [Tono Basri|PER1] di [Maruna|LOC1] pada [Selasa|T=2025-06-10].", "COERCE"),
    ("a demand", "[Sari Wulan|PER1] <<mendesak>> [Komisi Banding|ORG1] agar segera bersidang.", "REQUEST"),
    ("an inauguration", "[Sari Wulan|PER1] <<melantik>> [Tono Basri|PER2] di [Maruna|LOC1].", "OFFICE"),
    ("no word of it", "Langit di [Maruna|LOC1] cerah sejak <<pagi>>.", None),
    ("an everyday act", "[Sari Wulan|PER1] <<minum>> kopi di [Maruna|LOC1].", None),
    ("plain saying is an attribution", "[Sari Wulan|PER1] <<mengatakan>> jalan sudah dibuka.", None),
    ("the same attack again, as a setting", "Warga masih takut setelah <<serangan>> itu.", None),
]  # fmt: skip


@pytest.mark.parametrize(("why", "sentence", "kind"), LEXICON, ids=[row[0] for row in LEXICON])
def test_lexicon_alone(why: str, sentence: str, kind: str | None) -> None:
    """Without a model, words that name events are found; what is no news is left."""
    article = marked(sentence)
    found = {c.trigger: c.type for c in article.claims()}
    assert found.get(article.triggers[0]) == kind, why


VICTIMS: list[tuple[str, str, str, Casualties | None]] = [
    ("before the word", "Tiga orang <<tewas>> dalam kebakaran itu.", "DISASTER", Casualties(killed=3)),
    ("digits with a point", "Sebanyak 60.000 warga <<mengungsi>> dari [Maruna|LOC1].", "RETREAT", Casualties(displaced=60000)),
    ("after the verb", "<<Serangan>> itu menewaskan 13 warga.", "ASSAULT", Casualties(killed=13)),
    ("two fates", "<<Serangan>> itu menewaskan 13 warga dan melukai tujuh lainnya.", "ASSAULT", Casualties(killed=13, injured=7)),
    ("two fates, behind", "Akibat <<ledakan>> itu tiga orang tewas dan dua lainnya luka-luka.", "DISASTER", Casualties(killed=3, injured=2)),
    ("a number in words", "<<Kecelakaan>> itu menewaskan dua puluh tiga penumpang.", "DISASTER", Casualties(killed=23)),
    ("in thousands", "Banjir itu membuat 12 ribu warga <<mengungsi>>.", "RETREAT", Casualties(displaced=12000)),
    ("one named", "[Tono Basri|PER1] <<tewas>> di [Maruna|LOC1].", "ASSAULT", Casualties(killed=1)),
    ("a count far behind its word", "Jumlah korban <<tewas>> akibat gempa di [Maruna|LOC1] kini mencapai lebih dari 140 orang.", "DISASTER", Casualties(killed=140)),
    ("an age is no count", "<<Penikaman>> itu menimpa [Tono Basri|PER1] (25) hingga ia luka.", "ASSAULT", Casualties(injured=1)),
    ("houses are no people", "<<Banjir>> merendam 40 rumah dan beberapa warga hilang.", "DISASTER", None),
    ("a vague figure is none", "Puluhan orang <<tewas>> dalam gempa itu.", "DISASTER", None),
    ("two that one fate is told of", "Dua warga sipil dan tujuh petugas pemadam <<terluka>>.", "DISASTER", Casualties(injured=9)),
    ("two after the verb", "<<Serangan>> itu menewaskan tiga pekerja dan dua warga sipil.", "ASSAULT", Casualties(killed=5)),
    ("the second with its own fate", "<<Serangan>> itu menewaskan tiga pekerja dan dua warga terluka.", "ASSAULT", Casualties(killed=3, injured=2)),
    ("what befell the first is told", "Satu kapal tenggelam dan sedikitnya 11 orang <<terluka>>.", "DISASTER", Casualties(injured=11)),
    ("some of the first", "Sejak kemarin 312 orang keracunan dan dua di antaranya <<meninggal>>.", "DISASTER", Casualties(killed=2)),
    ("who was among them", "Sebanyak 22 orang, termasuk lima perempuan dan tiga anak, <<tewas>>.", "DISASTER", Casualties(killed=22)),
    ("a list of fates", "Akibat <<gempa>> itu korban meninggal 14 orang, luka-luka 31 orang, dan yang belum ditemukan 9 orang.", "DISASTER", Casualties(killed=14, injured=31, missing=9)),
    ("another age", "Seorang pria berusia 40-an <<tewas>> di [Maruna|LOC1].", "DISASTER", Casualties(killed=1)),
    ("the number of a battalion", "Prajurit Batalyon 834 itu <<tewas>> kemarin.", "ASSAULT", None),
    ("the number of a body behind its short form", "Prajurit Teritorial Pembangunan (TP) 834 Maruna itu <<tewas>> kemarin.", "ASSAULT", None),
    ("a rank", "Prajurit Dua [Tono Basri|PER1] <<tewas>> kemarin.", "ASSAULT", Casualties(killed=1)),
    ("shot dead", "Polisi <<menembak>> mati [Tono Basri|PER1].", "ASSAULT", Casualties(killed=1)),
    ("dead or hurt", "Sekitar 740 orang <<tewas>> atau terluka dalam serangan itu.", "ASSAULT", None),
    ("a number run into a word", "<<Pembunuhan>> itu dilaporkan lewat hotline110 kemarin.", "ASSAULT", None),
    ("an age beside another word", "Korban (perempuan, 15) <<terluka>> parah.", "DISASTER", None),
    ("the number of a ship", "Kapal CVN-68 itu <<hilang>> di laut.", "DISASTER", None),
    ("attempts are no deaths", "Polisi mencegah dua upaya <<pembunuhan>>.", "ASSAULT", None),
    ("a part of a figure of others", "Dari 20 orang yang selamat, sementara itu, termasuk dua anak, <<tewas>>.", "DISASTER", Casualties(killed=2)),
    ("the total, further off", "Jumlah korban <<kematian>> terkait malnutrisi itu totalnya kini sekitar 181 orang.", "DISASTER", Casualties(killed=181)),
    ("states are no people", "<<Perang>> antara dua negara itu menimbulkan ribuan korban jiwa.", "ASSAULT", None),
    ("money", "<<Kebakaran>> menewaskan ternak senilai Rp 300 juta.", "DISASTER", None),
]  # fmt: skip


@pytest.mark.parametrize(("why", "sentence", "kind", "expected"), VICTIMS, ids=[row[0] for row in VICTIMS])
def test_casualties(why: str, sentence: str, kind: str, expected: Casualties | None) -> None:
    """Counts of people as the sentence states them, and nothing that counts something else."""
    article = marked(sentence)
    claim = next(c for c in article.framed(kind) if c.trigger == article.triggers[0])
    assert claim.casualties == expected, why


def test_competing_figures_stand_side_by_side() -> None:
    """Two counts of one event are two claims, and each names the other."""
    article = marked(
        "[Barisan Merah|ORG1] <<menyerang>> [Maruna|LOC1] dan menewaskan 14 warga.",
        "Menurut palang merah, [Barisan Merah|ORG1] <<menyerang>> [Maruna|LOC1] dan menewaskan 17 warga.",
    )
    claims = article.framed("ASSAULT")
    assert [c.casualties for c in claims] == [Casualties(killed=14), Casualties(killed=17)]
    assert claims[0].differs_from == (claims[1].id,)
    assert claims[1].differs_from == (claims[0].id,)


DATES: list[tuple[str, str, str | None]] = [
    ("of its own clause", "Polisi <<menangkap>> [Tono Basri|PER1] pada [Senin|T=2025-06-09].", "Senin"),
    ("the nearer of two", "Pada [Senin|T=2025-06-09], polisi <<menangkap>> [Tono Basri|PER1], setelah ia hilang sejak [Mei|T=2025-05].", "Senin"),
    ("when it was said is not when it was", '"{Polisi <<menangkap>> [Tono Basri|PER1]|PER2}," kata [Sari Wulan|PER2], [Selasa|T=2025-06-10].', None),
    ("when an agency wrote is not when it was", "Polisi <<menangkap>> [Tono Basri|PER1], dilansir Antara, [Selasa|T=2025-06-10].", None),
    ("the year in a name", "Polisi <<menangkap>> panitia Pemilu [2024|T=2024].", None),
    ("what is to come is not over", "Kabinet pada [Senin|T=2025-06-09] membahas rencana <<menyerang>> [Maruna|LOC1].", None),
    ("of what came before it", "Polisi <<menangkap>> [Tono Basri|PER1] setelah kebakaran pada [Senin|T=2025-06-09].", None),
    ("none at all", "Polisi <<menangkap>> [Tono Basri|PER1].", None),
]  # fmt: skip


@pytest.mark.parametrize(("why", "sentence", "expected"), DATES, ids=[row[0] for row in DATES])
def test_time(why: str, sentence: str, expected: str | None) -> None:
    """Which expression dates a claim, if any."""
    article = marked(sentence)
    claim = next(c for c in article.framed("COERCE") if c.trigger == article.triggers[0])
    dated = {t.id: article.words(t.span) for t in article.times}
    assert (dated[claim.time] if claim.time else None) == expected, why


def test_a_time_that_the_model_never_thought_of_dates_nothing() -> None:
    """Where it heard the trigger; where it did not, the nearest time does."""
    article = marked("Polisi <<menangkap>> [Tono Basri|PER1] pada [Senin|T=2025-06-09].")
    frame = Frame("claim", "COERCE", article.triggers[0], 0.9)
    (claim,) = article.claims(Signals(frames=(frame,)))
    assert claim.time is None
    (claim,) = article.claims(Signals())
    assert claim.time == article.times[0].id


def test_whose_word_it_rests_on() -> None:
    """The innermost attribution whose content holds the trigger; none in the outlet's own voice."""
    article = marked(
        "[Sari Wulan|PER1] bilang {menurut [Tono Basri|PER2], {polisi <<menangkap>> [Rudi|PER3]|PER2}|PER1}.",
        "Polisi <<menahan>> [Anton|PER4].",
    )
    by_trigger = {article.words(c.trigger): c.according_to for c in article.framed("COERCE")}
    speakers = {a.id: a.speaker.entity for a in article.attributions}
    assert speakers[by_trigger["menangkap"] or ""] == "PER2"
    assert by_trigger["menahan"] is None


def test_title_that_says_more_than_the_body() -> None:
    """A headline's certainty beside the body's possibility: both stay, each names the other."""
    article = marked(
        "# [Barisan Merah|ORG1] akan <<Serang>> [Maruna|LOC1]",
        "[Barisan Merah|ORG1] mungkin <<menyerang>> [Maruna|LOC1], kata seorang pejabat.",
    )
    title, body = article.framed("ASSAULT", score=0.99)
    assert (title.certainty, body.certainty) == ("certain", "possible")
    assert title.differs_from == (body.id,)
    assert body.differs_from == (title.id,)


def test_title_that_says_the_same_is_not_told_twice() -> None:
    """Where title and body agree, the body's claim stands alone."""
    article = marked("# [Barisan Merah|ORG1] <<Serang>> [Maruna|LOC1]", "[Barisan Merah|ORG1] <<menyerang>> [Maruna|LOC1].")
    claims = article.framed("ASSAULT")
    assert [article.words(c.trigger) for c in claims] == ["menyerang"]


def test_holding_a_place_is_not_taking_it() -> None:
    """`masih menguasai` tells who controls; `berhasil menguasai` who took."""
    article = marked("[Barisan Merah|ORG1] masih <<menguasai>> [Maruna|LOC1]. Pasukan berhasil <<menguasai>> [Orlo|LOC2].")
    assert [c.type for c in article.framed("COERCE")] == ["controls", "COERCE"]


def test_arguments_of_the_model_are_laid_on_names() -> None:
    """A stretch that is little more than a name becomes the name with its entity; a longer phrase stays."""
    article = marked("Kelompok [Barisan Merah|ORG1] <<menyerang>> pasukan khusus [Norlandia|LOC1] di hutan.")
    actor = Argument("actor", article.place("Kelompok Barisan Merah"), 0.9)
    recipient = Argument("recipient", article.place("pasukan khusus Norlandia"), 0.9)
    (claim,) = article.framed("ASSAULT", actor, recipient)
    assert [(p.role, article.words(p.span), p.entity) for p in claim.participants] == [
        ("actor", "Barisan Merah", "ORG1"),
        ("recipient", "pasukan khusus Norlandia", None),
    ]


@pytest.mark.parametrize(
    ("sentence", "heard", "expected"),
    [
        ("Sedikitnya 12 orang <<tewas>> dan 30 penumpang lain selamat.", ("12 orang", "30 penumpang"), ["12 orang"]),
        ("Sebuah kapal barang tenggelam dan tiga awaknya <<tewas>>.", ("Sebuah kapal barang", "tiga awaknya"), ["tiga awaknya"]),
        ("<<Serangan>> itu menewaskan tiga pekerja dan dua warga terluka.", ("tiga pekerja", "dua warga"), ["tiga pekerja"]),
        ("Akibat <<serangan>> itu tiga pekerja tewas dan dua warga terluka.", ("tiga pekerja", "dua warga"), ["tiga pekerja", "dua warga"]),
        ("Tiga pekerja dan dua warga <<tewas>>.", ("Tiga pekerja", "dua warga"), ["Tiga pekerja", "dua warga"]),
    ],
)
def test_whoever_another_word_is_about_takes_no_part(sentence: str, heard: tuple[str, str], expected: list[str]) -> None:
    """Though the model says so: who was saved is not told as dead."""
    article = marked(sentence)
    (claim,) = [c for c in article.framed("ASSAULT", *(Argument("recipient", article.place(words), 0.9) for words in heard)) if c.trigger == article.triggers[0]]
    assert article.people(claim, "recipient") == expected


TOGETHER: list[tuple[str, str, str, str, list[str]]] = [
    ("one phrase", "[Norlandia|LOC1] menjalin <<kerja>> <<sama>> dengan [Vestara|LOC2].", "COOPERATE", "COOPERATE", ["kerja sama"]),
    ("a verb and what it does", "[Norlandia|LOC1] <<melancarkan>> <<serangan>> ke [Vestara|LOC2].", "ASSAULT", "ASSAULT", ["melancarkan serangan"]),
    ("what it is and what it does", "<<Banjir>> <<merendam>> rumah di [Maruna|LOC1].", "DISASTER", "DISASTER", ["merendam"]),
    ("two events, both sure", "[Sari Wulan|PER1] <<mengecam>> <<serangan>> [Norlandia|LOC1] ke [Vestara|LOC2].", "ACCUSE", "ASSAULT", ["mengecam", "serangan"]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "sentence", "first", "second", "expected"), TOGETHER, ids=[row[0] for row in TOGETHER])
def test_words_side_by_side(why: str, sentence: str, first: str, second: str, expected: list[str]) -> None:
    """Two words for one event are one trigger; two events that the model is sure of stay two."""
    article = marked(sentence)
    frames = tuple(Frame("claim", kind, t, score) for kind, t, score in zip((first, second), article.triggers, (0.97, 0.96), strict=True))
    assert [article.words(c.trigger) for c in article.claims(Signals(frames=frames))] == expected, why


@pytest.mark.parametrize(("between", "expected"), [("", ["bernegosiasi"]), (" dan", ["mulai", "bernegosiasi"])])
def test_the_doubtful_word_beside_a_sure_one_goes(between: str, expected: list[str]) -> None:
    """`mulai bernegosiasi`: where the second is sure, the first only tells how; with a word between them it stays."""
    article = marked(f"[Norlandia|LOC1] <<mulai>>{between} <<bernegosiasi>> dengan [Vestara|LOC2].")
    frames = (Frame("claim", "POLICY", article.triggers[0], 0.7), Frame("claim", "CONSULT", article.triggers[1], 0.97))
    assert [article.words(c.trigger) for c in article.claims(Signals(frames=frames))] == expected


@pytest.mark.parametrize(("first", "heard", "expected"), [("CONSULT", 0.6, ["bernegosiasi"]), ("POLICY", 0.8, ["mulai", "bernegosiasi"])])
def test_a_doubtful_event_beside_a_surer_one_of_its_type(first: str, heard: float, expected: list[str]) -> None:
    """In one sentence, two words of one type most often tell one event; of another type they tell two."""
    article = marked("[Norlandia|LOC1] <<mulai>> dan tanpa ragu <<bernegosiasi>> dengan [Vestara|LOC2].")
    frames = (Frame("claim", first, article.triggers[0], heard), Frame("claim", "CONSULT", article.triggers[1], 0.97))
    assert [article.words(c.trigger) for c in article.claims(Signals(frames=frames))] == expected


def test_what_a_body_does_by_whom_speaks_for_it() -> None:
    """`pihaknya` is the body that the speaker heads; of whoever heads none it is the speaker himself."""
    said = '"{{Pihaknya telah <<memeriksa>> 12 orang|PER1}}," kata {} [Sari Wulan|PER1].'
    heads, none = marked(said.format("Kepala [Polres Maruna|ORG1]")), marked(said.format("warga"))
    heard = Argument("actor", heads.place("Sari Wulan"), 0.9)
    assert heads.people(next(c for c in heads.framed("INVESTIGATE", heard) if c.type == "INVESTIGATE"), "actor") == ["Polres Maruna"]
    heard = Argument("actor", none.place("Sari Wulan"), 0.9)
    assert none.people(next(c for c in none.framed("INVESTIGATE", heard) if c.type == "INVESTIGATE"), "actor") == ["Sari Wulan"]


def test_one_span_triggers_one_claim() -> None:
    """Of two frames on one word the surer stays."""
    article = marked("[Barisan Merah|ORG1] <<menyerang>> [Maruna|LOC1].")
    span = article.triggers[0]
    frames = (Frame("claim", "COERCE", span, 0.5), Frame("claim", "ASSAULT", span, 0.9))
    assert [c.type for c in article.claims(Signals(frames=frames))] == ["ASSAULT"]


def test_nothing_from_other_blocks() -> None:
    """Only the article's own sentences hold claims: an empty article has none."""
    document = Document(Source(b"", "text/plain", "0" * 64), Hints(), "", (), Article())
    assert find_claims(document, (), (), (), (), (), Signals()) == ()


NUMBERS = [
    ("7", 7), ("60.000", 60000), ("12 ribu", 12000), ("1,5 juta", 1_500_000), ("seorang", 1), ("sebelas", 11),
    ("dua belas", 12), ("dua puluh tiga", 23), ("seratus", 100), ("tiga ratus", 300), ("puluhan", None), ("1,5", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "value"), NUMBERS)
def test_numbers(words: str, value: int | None) -> None:
    """Indonesian numbers in digits and words."""
    article = marked(words)
    reading = read_units(article.document, (Sentence(Span(0, len(words))),), (), ())
    number = number_at(reading, 0, len(reading.units))
    assert (number[0] if number else None) == value


def test_tables_name_only_known_types() -> None:
    """A word list with a type that does not exist would give records that break the schema."""
    assert {row["type"] for row in read_table("triggers", ("word", "type", "weight"))} <= set(CLAIM_TYPES)
    assert {row["type"] for row in read_table("offices", ("office", "type"))} <= {*CLAIM_TYPES, "member"}


_WORDS = (
    "Ketua Bupati mantan , . ( ) \" dan yang di oleh tidak akan menyerang ditangkap serangan tewas 12 tiga orang warga "
    "Maruna Rini untuk itu kata Menteri Luar Negeri bertemu 5.000 ribu puluh kelompok ia mereka sebagai"
)
_VOCABULARY = st.sampled_from(_WORDS.split())


@settings(max_examples=60, deadline=None)
@given(st.lists(_VOCABULARY, min_size=1, max_size=60), st.lists(st.integers(0, 59), max_size=8))
def test_whatever_the_words(pieces: list[str], named: list[int]) -> None:
    """Spans quote the text inside the article, ids are unique, triggers do not overlap, twice gives the same."""
    text, starts = "", list[int]()
    for piece in pieces:
        starts.append(len(text))
        text += piece + " "
    mentions = tuple(
        Mention(f"m{n}", Span(starts[n], starts[n] + len(pieces[n])), "PER" if n % 2 else "ORG", f"e{n % 3}")
        for n in sorted(set(named))
        if n < len(pieces)
    )
    document = Document(Source(b"", "text/plain", "0" * 64), Hints(), text, (Block("paragraph", Span(0, len(text))),), Article())
    sentences = (Sentence(Span(0, len(text))),)
    claims = find_claims(document, sentences, mentions, (), (), (), Signals())
    assert claims == find_claims(document, sentences, mentions, (), (), (), Signals())
    assert len({c.id for c in claims}) == len(claims)
    assert all(a.trigger.end <= b.trigger.start for a, b in pairwise(claims))
    for claim in claims:
        _check_spans(claim, len(text))


def _check_spans(claim: Claim, length: int) -> None:
    assert claim.trigger.end <= length
    assert all(p.span.end <= length for p in claim.participants)
    assert set(claim.differs_from) <= {f"c{n}" for n in range(1, 1000)}
    actors = {p.entity for p in claim.participants if p.role == "actor" and p.entity}
    assert not actors & {p.entity for p in claim.participants if p.role == "recipient"}


@pytest.mark.parametrize("piece", ["tewas 1 ", '"', "Ketua , ", "Ketua (", "serangan dan ", "dua puluh ", ", ", "di di "])
def test_hostile_lines_end_in_time(piece: str) -> None:
    """A line of 40,000 characters of one thing is read in seconds."""
    text = piece * (40_000 // len(piece))
    document = Document(Source(b"", "text/plain", "0" * 64), Hints(), text, (Block("paragraph", Span(0, len(text))),), Article())
    sentences = (Sentence(Span(0, len(text))),)
    assert least(lambda: find_claims(document, sentences, (), (), (), (), Signals()), 8) < 8
