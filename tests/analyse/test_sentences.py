"""Sentence ends in news: every row of the tables is a promise with its reason. All texts are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpu_time import grows_no_faster
from telusur.analyse.sentences import abbreviations, find_sentences, split_sentences
from telusur.model.document import Article, Block, Document, Hints, Source
from telusur.model.span import Span

PARAGRAPHS: list[tuple[str, list[str]]] = [
    ("two plain sentences", ["Hujan turun sejak pagi.", "Warga Desa Sukamulya mengungsi ke balai desa."]),
    ("titles before a name", ["Rapat dipimpin Prof. Dr. Rahman Wibawa, S.H., M.Sc. di Jl. Kenanga No. 7, Bandung.", "Hasilnya belum diumumkan."]),
    ("initials of a name", ["Bupati H. M. Sulaiman hadir bersama Susanto B. Prawira.", "Keduanya menolak berkomentar."]),
    ("an initial may close a sentence before an opener", ["Korban berinisial R.", "Ia berusia 30 tahun."]),
    ("numbers with stops", ["Harga cabai menembus Rp 120.000 per kilogram pada pukul 06.30 WIB.", "Pedagang mengeluh."]),
    ("a number closes a sentence", ["Jumlah korban menjadi 45.", "Tim masih mencari."]),
    ("firms", ["PT. Sinar Rimba Tbk. dan CV. Maju Terus belum menanggapi.", "Saham keduanya turun."]),
    ("a firm's suffix closes before an opener", ["Gugatan itu dilayangkan PT Sinar Rimba Tbk.", "Perseroan meminta ganti rugi."]),
    ("a firm's suffix closes before any full word", ["Kontrak itu dimenangkan PT Sinar Rimba Tbk.", "Rencana pembangunannya dimulai Mei."]),
    ("a firm's suffix goes on before brackets and its like", ["Rimba Asia Pte. Ltd. (RIMB) menjual sahamnya.", "Nilainya dirahasiakan."]),
    ("a unit closes, an initial of the same letter does not", ["Berat batu itu 380 kg.", "Warga bernama M. Yusuf menemukannya.", "Panjangnya 2 m.", "Jalan ditutup."]),
    ("a stop in short brackets", ["Bandara Rimba Raya (RIM. II) ditutup sementara.", "Penumpang dialihkan."]),
    ("a number that the site broke", ["Kini laman itu punya 2.904. 678 pengikut.", "Jumlahnya terus naik."]),
    ("ranks and retired officers", ["Mayjen. TNI (Purn.) A. Y. Lukito datang pkl. 20.00.", "Acara ditutup doa."]),
    ("a dateline with a domain", ["harianrimba.id - Gempa mengguncang Kota Palu.", "Tidak ada korban."]),
    ("a domain in capitals", ["JAKARTA, HARIANRIMBA.COM - Polisi menangkap dua orang.", "Keduanya mengaku."]),
    ("a domain broken by the site", ["POS-RIMBA. COM, KUPANG - Dua kapal tenggelam.", "Awaknya selamat."]),
    ("a dash that stands at a domain", ["KABARRIMBA.COM- Dua kapal tenggelam.", "Awaknya selamat."]),
    ("a name that begins like a domain", ["Pekerjaan itu selesai.", "Go-Rimba melanjutkannya."]),
    ("glued before a name that begins like a domain", ["Pekerjaan itu selesai.", "Go-Rimba melanjutkannya."]),
    ("a domain at the sentence's end", ["Data lengkap ada di www.contoh.go.id.", "Pendaftaran gratis."]),
    ("a glued sentence", ["Sidang itu selesai.", "Dia langsung pulang."]),
    ("glued after a bracket and before a quote", ["Hal itu disampaikan Selasa (25/8).", "\"Kami siap,\" katanya."]),
    ("a quote before its tag is one sentence", ["\"Kami tidak tahu. Kami hanya mendengar,\" kata Laras kepada wartawan.", "Ia enggan merinci."]),
    ("curly marks the same", ["“Itu tidak benar. Saya di rumah,” ujar Bagas.", "Polisi masih memeriksanya."]),
    ("a quote after its tag is one sentence", ["Ia berkata: \"Saya siap. Namun, waktunya belum tepat.\"", "Massa bubar."]),
    ("a small letter after the mark goes on", ["\"Tidak!\" serunya.", "Sidang ditunda."]),
    ("a question in a quote with its tag", ["\"Siapa yang salah? Kita semua?\" tanya Wulan.", "Tak ada jawaban."]),
    ("a quote that stands alone is cut inside", ["\"Kami sudah rapat.", "Kami sepakat mundur.", "Surat dikirim besok.\""]),
    ("an open quote that is never closed is cut inside", ["\"Kami sudah rapat.", "Kami sepakat mundur."]),
    ("quoted words inside a sentence", ["Film \"Dr. Laut\" tayang pekan ini.", "Tiketnya habis."]),
    ("question and exclamation", ["Apakah harga akan turun?", "Belum tentu!", "Semua menunggu."]),
    ("ellipsis that goes on", ["Ia terdiam... lalu pergi.", "Ruangan sepi."]),
    ("ellipsis that ends", ["Ia terdiam...", "Ruangan sepi."]),
    ("law and article numbers", ["Pasal 5 ayat (1) UU No. 12 Tahun 2011 mengatur hal itu, dkk. tidak hadir.", "Sidang berlanjut."]),
    ("the law's jo. and a photo's dok.", ["Ia dijerat Pasal 3 jo. Pasal 18 UU Rimba.", "Foto: dok. Kementerian Rimba."]),
    ("the number of a court's file", ["Putusan 4265 K/Pid.Sus/2023 dibacakan.", "Terdakwa diam."]),
    ("a roman number before an opener", ["IHSG melemah pada sesi I.", "Berdasarkan data bursa, 300 saham turun."]),
    ("a list's number is no sentence", ["1. Membawa kartu identitas.", "2. Mengisi formulir."]),
    ("a glued list", ["1. Beras (lima kilo)", "2. Gula dua kilo", "3. Minyak satu liter."]),
    ("a number after a name is no list", ["Warga terjangkit Covid19.", "Mereka dirawat."]),
    ("months cut short", ["Inflasi tercatat 4,3 persen per 31 Des. 2016.", "Angka itu naik."]),
    ("et cetera may end", ["Pasar menjual sayur, buah, dll.", "Namun pembeli sepi."]),
    ("a trailing credit in brackets stands alone", ["Kasus ini masih diselidiki.", "(nov)"]),
    ("a name that starts small", ["Ponsel itu hilang.", "iPhone miliknya dijual."]),
    ("initials of a state", ["Menlu A.S. John Carter tiba di Kab. Tangerang.", "Ia disambut Sdr. Anton a.n. panitia."]),
    ("ages cut short", ["Mereka adalah AB (25 th.) dan CD (30 th.) asal Kec. Rimba.", "Polisi menahan keduanya."]),
    ("degree with inner stops", ["Kepala dinas dijabat Ratna Dewi, S.Pd., M.Pd. sejak Mei.", "Ia pernah mengajar."]),
    ("a stop then a closing bracket", ["Ia tiba pagi hari.", "(Foto menyusul.)", "Rapat dimulai."]),
    ("a headline without a stop", ["Gempa Magnitudo 5,2 Guncang Palu, Tidak Berpotensi Tsunami"]),
]


def sentences_of(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text, 0, len(text))]


def glue(parts: list[str], reason: str) -> str:
    return ("" if reason.startswith("a glued ") or reason.startswith("glued") else " ").join(parts)


@pytest.mark.parametrize(("reason", "expected"), PARAGRAPHS, ids=[reason for reason, _ in PARAGRAPHS])
def test_sentence_ends(reason: str, expected: list[str]) -> None:
    """Every paragraph is cut where its row says, and nowhere else."""
    assert sentences_of(glue(expected, reason)) == expected


def document(text: str, *blocks: Block) -> Document:
    source = Source(data=text.encode(), media_type="text/plain", sha256="0" * 64)
    return Document(source=source, hints=Hints(), text=text, blocks=blocks, article=Article())


def test_only_the_articles_own_blocks_hold_sentences() -> None:
    """Chrome, related links and bylines hold none; a sentence never crosses a block."""
    text = "Menu utama.\nHarga beras naik\nHarga naik. Warga resah.\nBaca juga: Pasar sepi.\nEditor: Laras."
    kinds = ("chrome", "title", "paragraph", "related", "byline")
    blocks, at = [], 0
    for kind, line in zip(kinds, text.split("\n"), strict=True):
        blocks.append(Block(kind, Span(at, at + len(line))))  # type: ignore[arg-type]
        at += len(line) + 1
    found = [s.span.of(text) for s in find_sentences(document(text, *blocks))]
    assert found == ["Harga beras naik", "Harga naik.", "Warga resah."]


PIECES = st.sampled_from(["Ia pergi", "pada 12.30", ". ", ".", "? ", "\"", "“", "”", ",\" kata", " ", "\n", "PT", "Dr", "S.H", "(", ")", "…", "a", "KOMPAS.com", "�", "1", "\u200b", "é"])


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_sentences_cover_all_that_is_written(text: str) -> None:
    """Spans rise, do not overlap, are trimmed, and leave out white space only."""
    spans = list(split_sentences(text, 0, len(text)))
    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)


@pytest.mark.parametrize("piece", ['"', "a.", "A. ", '." ', ".", 'x. "', "“", "(.", ". ", "”", "M.Si.", '",'])
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """A hostile text four times as long takes about four times as long."""

    def work(count: int) -> None:
        text = piece * count
        for _ in split_sentences(text, 0, len(text)):
            pass

    assert grows_no_faster(work, 10_000, 40_000, factor=10)


def test_every_abbreviation_says_whether_it_closes() -> None:
    """The word list knows three answers only, and holds no ordinary word of the language."""
    assert set(abbreviations().values()) == {"never", "maybe", "likely"}
    assert not {"hal", "ibu", "pas", "ia", "itu"} & abbreviations().keys()
