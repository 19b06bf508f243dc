"""Names: what the rules make of the marks that a model left, and what they find by themselves.

In the tables ``[words|TYPE]`` is what a model marked. The text is the line without the marks; expected are the
names in the order of the text.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.analyse.mentions import find_mentions
from telusur.analyse.namecuts import is_run_together
from telusur.analyse.nametables import known_types, name_parts, sure_names
from telusur.lexicon import read_table, words
from telusur.model.document import Article, Block, BlockKind, Document, Hints, Source
from telusur.model.layers import Mention
from telusur.model.signals import Named, Signals
from telusur.model.span import Span

MARK = re.compile(r"\[([^\]|]+)\|(PER|ORG|LOC)\]")


def read(marked: str, kind: BlockKind = "paragraph", first: BlockKind | None = None) -> tuple[tuple[Mention, ...], str]:
    """The mentions of an article whose lines are blocks, the first of another kind if that is given, from the names that a model marked in it."""
    text, names, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        names.append(Named(Span(len(text), len(text) + len(match[1])), match[2], 0.9))  # type: ignore[arg-type]
        text += match[1]
        at = match.end()
    text += marked[at:]
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(kind if blocks else first or kind, Span(start, start + len(line))))
        start += len(line) + 1
    document = Document(Source(b"", "text/plain", ""), Hints(), text, tuple(blocks), Article())
    return find_mentions(document, Signals(tuple(names))), text


def names(marked: str, kind: BlockKind = "paragraph") -> list[str]:
    mentions, text = read(marked, kind)
    return [f"{m.span.of(text)}|{m.type}" for m in mentions]


CUT = [
    # (marked, expected, why)
    ("Hari ini [Walkot Surya|PER] hadir.", ["Surya|PER"], "an office is no part of a name"),
    ("Hari ini [AKP Surya|PER] hadir.", ["Surya|PER"], "nor is a rank"),
    ("Hari ini [dr. Surya|PER] hadir.", ["Surya|PER"], "nor is a degree with its stop"),
    ("Hari ini [Gus Surya|PER] hadir.", ["Gus Surya|PER"], "a byname that people go by stays"),
    ("Hari ini [Imam Surya|PER] hadir.", ["Imam Surya|PER"], "a title that is a first name stays"),
    ("Ia [asal Rantau|LOC] itu.", ["Rantau|LOC"], "a small word that the model took in"),
    ("Ia tiba di [Rantau tengah|LOC].", ["Rantau|LOC"], "a side that is written small"),
    ("Kata [Menlu Iran|ORG] kemarin.", ["Iran|LOC"], "the office goes, what is left is a country"),
    ("Itu [BNI Surya Dharma|PER] katakan.", ["BNI|ORG", "Surya Dharma|PER"], "a known body before a person"),
    ("Di [Kecamatan Rantau Kota Sela|LOC] hujan.", ["Kecamatan Rantau|LOC", "Kota Sela|LOC"], "two areas side by side"),
    ("Di [Kantor Kemenhub|LOC] ramai.", ["Kemenhub|ORG"], "the office building of a ministry is named by the ministry"),
    ("Warga [Ma|ORG]'[had Sela|ORG] pulang.", ["Ma'had Sela|ORG"], "an apostrophe inside a name"),
    ("Anggota [OPEC|ORG]+ sepakat.", ["OPEC+|ORG"], "a sign at the end of a name"),
    ("Kata juru bicara kepada [Rantaunews, Senin|ORG] (2/1).", ["Rantaunews|ORG"], "a date is no part of a name"),
]  # fmt: skip

DROPPED = [
    ("Warga [DPO|ORG] itu lari.", "a common short form"),
    ("Bantuan [UMKM|ORG] cair.", "small firms are no body"),
    ("Ia ke [kelurahan|LOC] itu.", "a common noun"),
    ("Ia sebut [Letnan Jenderal|ORG] itu.", "ranks alone"),
    ("Harga [XR|ORG]40 turun.", "part of a code"),
    ("Warga [Suryamengatakan|PER] itu. Kata Surya, warga pulang.", "run together with a verb"),
    ("Kepala Seksi [Penerangan Warga|ORG] hadir.", "the field of an office"),
    ("Kata Rini Astuti, S.H., [M|PER].H. kemarin.", "a letter of a degree"),
    ("Bagi umat [Yahudi|LOC] itu penting.", "a people"),
    ("[Indonesia|LOC] Emas 2045 dibahas.", "a programme that begins with a country"),
]  # fmt: skip

GROWN = [
    ("Kata [Polres|ORG] [Rantau Sela|LOC] kemarin.", ["Polres Rantau Sela|ORG"], "a police post and its place"),
    ("Kata Polres [Rantau Sela|LOC] kemarin.", ["Polres Rantau Sela|ORG"], "the head unmarked"),
    ("Kata [Kejati|ORG] Jabar kemarin.", ["Kejati Jabar|ORG"], "the place known from a table"),
    ("[Pemerintah Kota|ORG] [Rantau|LOC] hadir.", ["Pemerintah Kota Rantau|ORG"], "the head has two words"),
    ("Kata [Kejaksaan Tinggi|ORG] ([Kejati|ORG]) [Rantau|LOC] kemarin.", ["Kejaksaan Tinggi (Kejati) Rantau|ORG"], "an acronym inside a name"),
    ("Kata [Polresta Rantau|ORG] Kota kemarin.", ["Polresta Rantau Kota|ORG"], "a side of an area"),
    ("Kata [Fraksi|ORG] [Golkar|ORG] [DPR RI|ORG] kemarin.", ["Fraksi Golkar DPR RI|ORG"], "a unit takes party and house"),
    ("Pabrik [PT|ORG] Rantau Jaya, kemarin.", ["PT Rantau Jaya|ORG"], "a firm takes the capitals"),
    ("Data [Badan Hutan|ORG], Air, dan Tanah kemarin.", ["Badan Hutan, Air, dan Tanah|ORG"], "a list of fields"),
    ("Kata [Badan Hutan|ORG], [Surya|PER], dan [Rini|PER] kemarin.", ["Badan Hutan|ORG", "Surya|PER", "Rini|PER"], "a list of people is none"),
    ("Kerja sama [PT Rantau|ORG] (Persero) kemarin.", ["PT Rantau (Persero)|ORG"], "the legal form in brackets"),
    ("Korban di [RSD|ORG] dr [Surya Sela|PER].", ["RSD dr Surya Sela|LOC"], "a hospital named after a person"),
    ("Kantor Imigrasi Kelas II TPI [Rantau|LOC] penuh.", ["Kantor Imigrasi Kelas II TPI Rantau|ORG"], "a class between head and place"),
    ("Kata Kanit [Reskrim|ORG] [Polsek Rantau|ORG] kemarin.", ["Polsek Rantau|ORG"], "the unit's word belongs to the office of its head"),
    ("Kata [Satreskrim|ORG] [Polresta Rantau|ORG] kemarin.", ["Satreskrim Polresta Rantau|ORG"], "the unit itself"),
    ("Ditemui di [Kompleks|LOC] [Istana Rantau|LOC] kemarin.", ["Kompleks Istana Rantau|LOC"], "a compound takes what stands in it"),
    ("Di Kecamatan [Rantau|LOC] hujan.", ["Kecamatan Rantau|LOC"], "a district with its head"),
    ("Di Ibu Kota [Iran|LOC] hujan.", ["Iran|LOC"], "the capital's words are no name"),
    ("Kata Kapolsek [Rantau|ORG] kemarin.", ["Rantau|LOC"], "the area of an office is a place"),
    ("Kata Wali Kota [Rantau|LOC] kemarin.", ["Rantau|LOC"], "`Kota` belongs to the office"),
    ("Kata pemerintah [Indonesia|LOC] kemarin.", ["Indonesia|LOC"], "of a government only the place is marked"),
    ("Kata Jenderal [TNI|ORG] [Surya|PER] kemarin.", ["TNI|ORG", "Surya|PER"], "a force and an officer"),
    ("Kata [Kementerian Hutan|ORG] dan [Polri|ORG] kemarin.", ["Kementerian Hutan|ORG", "Polri|ORG"], "two bodies"),
]  # fmt: skip

JOINED = [
    ("Kata Menteri Keuangan [Surya|PER] [Dharma Sela|PER] kemarin.", ["Surya Dharma Sela|PER"], "one person cut in two"),
    ("Kata [Surya|PER] Dharma kemarin.", ["Surya Dharma|PER"], "the surname unmarked"),
    ("Kata dokter Surya [Dharma|PER] kemarin.", ["Surya Dharma|PER"], "the first name unmarked behind a title"),
    ("Kata Menteri Pangan [Surya Dharma|PER] kemarin.", ["Surya Dharma|PER"], "the field of a ministry is no first name"),
    ("Kata [Amerika|LOC] [Serikat|ORG] kemarin.", ["Amerika Serikat|LOC"], "a country cut in two"),
    ("Kata [Rantau Group|ORG] [Hong Kong|LOC] kemarin.", ["Rantau Group Hong Kong|ORG"], "a firm and its place"),
    ("Kata [Rantau|LOC] [Sela|LOC] kemarin.", ["Rantau|LOC", "Sela|LOC"], "two places stay two"),
    ("Kata [Rantau Group|ORG], [Hong Kong|LOC], kemarin.", ["Rantau Group|ORG", "Hong Kong|LOC"], "a comma parts"),
    ("[Kementerian Hutan (Kemenhut|ORG]) hadir.", ["Kementerian Hutan|ORG", "Kemenhut|ORG"], "long and short form are two"),
]  # fmt: skip

FOUND = [
    ("Warga Indonesia dan Bali hadir.", ["Indonesia|LOC", "Bali|LOC"], "a country and a province"),
    ("Kata Komisi itu, KPK dan BNPB hadir.", ["KPK|ORG", "BNPB|ORG"], "known short forms"),
    ("Dibayar US$ 5 juta.", [], "money is no country"),
    ("Militer itu Serang warga.", [], "a verb with a capital"),
    ("Ia juara Denmark Open kemarin.", [], "part of a longer name that nobody marked"),
    ("Kata [Bank Indonesia|ORG] (BI) kemarin.", ["Bank Indonesia|ORG", "BI|ORG"], "a short form in brackets"),
    ("Kata [Surya Dharma Wijaya|PER] (SDW) kemarin. Lalu SDW pulang.", ["Surya Dharma Wijaya|PER", "SDW|PER", "SDW|PER"], "initials, and where they come again"),
    ("Warga [Rantau Sela|LOC] (Ransel) hadir.", ["Rantau Sela|LOC", "Ransel|LOC"], "a place put together of syllables"),
    ("Kata [Surya Dharma|PER]. Lalu Dharma pulang.", ["Surya Dharma|PER", "Dharma|PER"], "part of a person's name"),
    ("Kata [Zeta|ORG]. Lalu Zeta pulang.", ["Zeta|ORG", "Zeta|ORG"], "marked here, left out there"),
    ("Kata [Harapan|ORG]. Lalu harapan itu hilang. Harapan tetap ada.", ["Harapan|ORG"], "a word that the article writes small too"),
    ("Kata warga kepada detikRantau kemarin.", ["detikRantau|ORG"], "an outlet's branch"),
    ("Tulis akun @Indonesia_Maju kemarin.", [], "part of an account's name"),
]  # fmt: skip

SIGNS = [
    ("[TRIBUN|ORG]-[RANTAU|LOC].com - Warga pulang.", ["TRIBUN-RANTAU.com|ORG"], "an outlet's address that the model cut"),
    ("Dikutip dari RANTAU.CO.ID, Senin.", ["RANTAU.CO.ID|ORG"], "an address that the model left out"),
    ("Unduh di https://rantau.co.id/unduh sekarang.", [], "a link is no outlet"),
    ("Warga berinisial QX lari. Lalu [QX|ORG] pulang.", ["QX|PER", "QX|PER"], "initials of a person"),
    ("Tiga warga berinisial QX, QY dan QZ lari.", ["QX|PER", "QY|PER", "QZ|PER"], "initials in a list"),
    ("Kata QX (49) kemarin.", ["QX|PER"], "initials with an age"),
    ("Tarif Pajak Bumi Raya (PBR) naik. Kini [PBR|ORG] turun.", [], "a short form that the article explains as no name"),
    ("[Badan Hutan|ORG] ([BH) Rantau|ORG] hadir.", ["Badan Hutan (BH) Rantau|ORG"], "a name begun anew inside its bracket"),
    ("Layanan [Google|ORG] Cloud mati.", [], "a product named after its maker"),
    ("Wakil rektor [II|ORG] hadir.", [], "a number alone"),
]  # fmt: skip

TYPED = [
    ("Di [Jepang|PER] hujan.", ["Jepang|LOC"], "a country is a place"),
    ("Kata [Hamas|LOC] kemarin.", ["Hamas|ORG"], "a known body"),
    ("Kata [Zeta|ORG]. Lalu [Zeta|ORG] dan [Zeta|LOC] pulang.", ["Zeta|ORG"] * 3, "most places decide"),
    ("Di [Jember|PER] hujan.", ["Jember|LOC"], "a regency"),
    ("Korban dibawa ke [RSUD Rantau|ORG], kata [RSUD Rantau|ORG].", ["RSUD Rantau|LOC", "RSUD Rantau|ORG"], "a hospital is a place where something happens at it"),
    ('"Sudah," kata [Jember|LOC] kemarin. Lalu [Jember|PER] pulang.', ["Jember|PER", "Jember|PER"], "a regency does not speak behind a quotation"),
    ('"Sudah," kata [Jepang|LOC] kemarin.', ["Jepang|LOC"], "a country does"),
    ("Di [Polsek Rantau|ORG] ia diperiksa.", ["Polsek Rantau|ORG"], "a police station stays a body"),
    ("Kata Kompol [Jember|PER] kemarin.", ["Jember|PER"], "a title says that it is a person"),
    ("Kata [Surya Dharma|PER]. Lalu [Dharma|LOC] pulang.", ["Surya Dharma|PER", "Dharma|PER"], "part of a person's name is the person"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected", "why"), CUT + GROWN + JOINED + FOUND + SIGNS + TYPED)
def test_what_becomes_of_names(marked: str, expected: list[str], why: str) -> None:
    assert names(marked) == expected, why


@pytest.mark.parametrize(("marked", "why"), DROPPED)
def test_what_is_no_name(marked: str, why: str) -> None:
    dropped = MARK.search(marked)
    assert dropped is not None
    assert not any(n.startswith(dropped[1]) for n in names(marked)), why


def test_a_title_proves_no_name_by_its_capitals() -> None:
    assert names("Kata [Surya|PER] Ajak Warga Pulang", "title") == ["Surya|PER"]
    assert names("[PT|ORG] Rantau Jaya Naikkan Harga", "title") == []


@pytest.mark.parametrize(
    ("marked", "expected", "why"),
    [
        ("[Milisi Sadeng Runding|ORG] soal Orun\n[Milisi Sadeng|ORG] tengah merundingkan itu.", "Milisi Sadeng", "the body writes a form of the verb"),
        ("[Rantau Terendam|LOC] Banjir\nSawah di [Rantau|LOC] terendam sejak pagi.", "Rantau", "the body writes the word itself"),
        ("[Surya Tunjung|PER] Kalah\n[Surya|PER] kalah kemarin.", "Surya Tunjung", "a fuller name, whose words the body does not write small"),
        ("[Milisi Sadeng Runding|ORG] Lagi\n[Milisi Sadeng|ORG] dan [Milisi Sadeng Runding|ORG] merundingkan itu.", "Milisi Sadeng Runding", "the body names the longer one too"),
        ("Kata [Forum Pemegang Polis|ORG]\n[Forum|ORG] itu berkata bahwa forum pemegang polis senang.", "Forum Pemegang Polis", "all its words are written small somewhere"),
        ("[Surya Runding|PER] Lagi\nMereka merundingkan itu.", "Surya Runding", "the body does not name him"),
    ],
)  # fmt: skip
def test_a_titles_capitals_make_no_name_longer(marked: str, expected: str, why: str) -> None:
    mentions, text = read(marked, first="title")
    assert mentions[0].span.of(text) == expected, why


def test_a_dateline_names_a_place() -> None:
    text = "RANTAU, KOMPAS.com - Warga pulang."
    blocks = (Block("paragraph", Span(0, len(text))),)
    document = Document(Source(b"", "text/plain", ""), Hints(), text, blocks, Article(), (Span(0, 20),))
    found = find_mentions(document, Signals())
    assert [(m.span.of(text), m.type) for m in found] == [("RANTAU", "LOC"), ("KOMPAS.com", "ORG")]


@pytest.mark.parametrize("kind", ["chrome", "related", "byline"])
def test_words_of_the_site_hold_no_names(kind: BlockKind) -> None:
    assert names("Warga [Rantau|LOC] dan Indonesia", kind) == []


def test_a_score_is_the_models_or_none() -> None:
    mentions, text = read("Kata [Polres|ORG] [Rantau|LOC] di Indonesia.")
    assert [(m.span.of(text), m.score) for m in mentions] == [("Polres Rantau", 0.9), ("Indonesia", None)]


@pytest.mark.parametrize(
    ("word", "glued"),
    [("Suryamengatakan", True), ("PresidenSurya", True), ("Rantaudan", True), ("YouTube", False), ("NasDem", False), ("Suryani", False), ("Rantau", False)],
)  # fmt: skip
def test_words_run_together(word: str, glued: bool) -> None:
    assert is_run_together(word, frozenset({"dan", "presiden"}), frozenset({"Surya", "Rantau", "Presiden"})) == glued


def test_tables_do_not_contradict_each_other() -> None:
    """What is marked wherever it stands must not be dropped where a model marks it."""
    assert not {n for n in sure_names() if n.casefold() in words("unnamed-words")}
    assert {r["type"] for r in read_table("name-heads", ("head", "type", "grows"))} == {"ORG", "LOC", "-"}
    assert {r["grows"] for r in read_table("name-heads", ("head",))} == {"area", "unit", "name", "office", "section", "none"}
    assert set(known_types().values()) == {"ORG", "LOC", "PER"}
    assert all(name_parts(k) for k in ("personal", "body", "small", "link", "side", "area", "honour", "day", "initials"))


WORDS = st.sampled_from(["Polres", "Kota", "PT", "Surya", "dan", ",", "(", ")", "Amerika", "Serikat", "Kepala", "Seksi", "-", "'", "II", "warga", "Kabupaten", ".", "Fraksi", "@"])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "", "PER", "ORG", "LOC"]), st.sampled_from(["", " ", "\n"])), max_size=30))
def test_mentions_lie_in_order_inside_their_blocks(parts: list[tuple[str, str, str]]) -> None:
    marked = "".join((f"[{w}|{t}]" if t and w not in "()" else w) + gap for w, t, gap in parts)
    mentions, text = read(marked)
    end = 0
    for mention in mentions:
        assert mention.span.start >= end
        assert "\n" not in mention.span.of(text)
        assert mention.span.of(text).strip() == mention.span.of(text)
        end = mention.span.end
    assert [m.id for m in mentions] == [f"m{i}" for i in range(1, len(mentions) + 1)]


@pytest.mark.parametrize("unit", ['"', "1/", "(", "Amerika Serikat ", "Polres Kota ( ", "Kementerian Alam, dan ", "Rantau.com "])
def test_hostile_text_takes_no_long_time(unit: str) -> None:
    text = unit * 5_000
    assert len(names(text)) <= 5_000
