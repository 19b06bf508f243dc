"""Messages are told in the reader's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import telusur
from telusur import errors, messages
from telusur.archive.actors import Listed
from telusur.cli.decided import decision_line
from telusur.cli.houses import _owner as owner_of
from telusur.cli.people import _line as listed_actor
from telusur.config import message_language
from telusur.errors import BadRequest
from telusur.export.wording import Wording
from telusur.model.claim import CLAIM_TYPES
from telusur.search.query import parse
from telusur.trace.owners import shipped


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ('"banjir', 'ada tanda kutip yang belum ditutup; tidak ada yang dicari; tutup dengan " lagi'),
        ("banjir)", "ada kurung tutup yang berlebih; tidak ada yang dicari; hapus, atau apit kata-katanya dengan tanda kutip"),
        ("hwo:Allawi", "tidak ada bidang 'hwo'; tidak ada yang dicari; maksudnya who:? Untuk mencari kata-katanya sendiri, apit dengan tanda kutip"),
        ("xyzzy:merah", "tidak ada bidang 'xyzzy'; tidak ada yang dicari; bidangnya: siapa:"),
        ("type:ASSAULTS", "type: tidak mengenal 'ASSAULTS'; tidak ada yang dicari; maksudnya ASSAULT?"),
        ("jenis:perundingan", "jenis: tidak mengenal 'perundingan', yaitu kata untuk jenis CONSULT; tidak ada yang dicari; tulis jenis:CONSULT"),
        ("from:kemarin", "from: tanggal 'kemarin' tidak terbaca; tidak ada yang dicari; tulis sebagai tahun"),
        ("who:", "who: belum berisi; tidak ada yang dicari; tulis langsung di belakang titik dua, seperti who:"),
        ("b*", "'b*' terlalu pendek sebagai awal kata; tidak ada yang dicari; tulis 2 huruf atau lebih sebelum *"),
        ("banjir OR", "ATAU, atau tanda kurung, berdiri"),
        ("AND banjir", "DAN harus diapit dua hal"),
        ("banjir NOT", "BUKAN berdiri di ujung"),
    ],
)
def test_a_trouble_is_told_in_indonesian(query: str, told: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse(query)
    assert messages.told(str(refused.value), "id").startswith(told)
    assert messages.told(str(refused.value), "en") == str(refused.value)


def test_what_the_table_does_not_know_stays_whole() -> None:
    """Half a translation would be harder to read than none."""
    message = "a quotation mark is open; nothing was searched; ask somebody"
    assert messages.told(message, "id") == message


# --- every message that a command, a page or a query can end with -------------------------------------------------

KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.TelusurError)} | {"UsageError"}
UNSEEN = {"BadLexicon"}
"""Whoever meets these writes the program, or speaks to it as a program."""


def shape(node: ast.expr) -> list[str] | None:
    """The messages that an expression makes, what it fills in as a 7; None where it is not written there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        found = [""]
        for part in node.values:
            inner = part.value if isinstance(part, ast.FormattedValue) else part
            choices = (shape(inner) if isinstance(inner, ast.IfExp | ast.Constant) else None) or ["7"]
            found = [f"{before}{choice}" for before in found for choice in choices]
        return found
    if isinstance(node, ast.IfExp):
        return [*(shape(node.body) or ["7"]), *(shape(node.orelse) or ["7"])]
    return None


def written() -> Iterator[tuple[str, str]]:
    house = Path(telusur.__file__).parent
    for file in sorted(set(house.rglob("*.py")) - set((house / "mcp").iterdir())):  # mcp speaks to programs
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in KINDS - UNSEEN:
                    yield from ((file.name, one) for one in shape(node.args[0]) or ())


SELF_MADE = ("7 is 7", "7 cannot be 7", "7 7; nothing was shown", "7 7; nothing was done", "7 an id that begins", "7; nothing was searched; 7", "7: 7: 7;", "7 7 (7)", "7 7")
"""Messages whose words come from elsewhere: told below, one by one."""


def test_every_message_that_is_written_here_is_told_in_indonesian() -> None:
    known = [(file, one) for file, one in written() if not one.startswith(SELF_MADE)]
    assert len(known) > 120
    left = sorted({f"{file}: {one}" for file, one in known if messages.told(one, "id") == one and one != "7"})
    assert not left, "\n".join(left)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("no article has an id that begins with 'abc'; nothing was shown; give another", "tidak ada artikel yang id-nya diawali 'abc'; tidak ada yang ditampilkan; beri yang lain"),
        ("/a.db is being written by another program; nothing of this step was kept; try again", "/a.db sedang ditulis program lain; langkah ini tidak disimpan; coba lagi"),
        ("'x.pdf' is a PDF, not a news page; only plain text and HTML are read; copy its text into a .txt file", "'x.pdf' adalah PDF, bukan halaman berita; hanya teks biasa dan HTML yang dibaca; salin teksnya ke berkas .txt"),
        ("'a.txt' cannot be read: No such file or directory; check the path and the file's rights", "'a.txt' tidak dapat dibaca: berkas atau folder itu tidak ada; periksa tempat dan hak berkasnya"),
        ("TELUSUR_WIDTH is 'x'; it must be a whole number from 40 to 400; set it so, or unset it", "TELUSUR_WIDTH berisi 'x'; harus bilangan bulat dari 40 sampai 400; isi begitu, atau kosongkan"),
        ("certainty cannot be 'x'; nothing was done; it is one of certain, possible", "certainty tidak boleh 'x'; tidak ada yang dilakukan; pilihannya: pasti, mungkin"),
        ("No such option '--foo'. Did you mean '--format'?", "tidak ada opsi '--foo'. Maksudnya '--format'?"),
        ("3 new, 1 there already, 2 failed, in 4.0 s; archive /a.db", "3 baru, 1 sudah ada, 2 gagal, dalam 4.0 s; arsip /a.db"),
    ],
)  # fmt: skip
def test_what_stands_for_a_star_is_kept_or_named(message: str, told: str) -> None:
    assert messages.told(message, "id") == told


def test_kinds_of_claims_are_named_not_only_coded() -> None:
    """Nobody knows the codes: a wrong type: lists the words that pages show, in the reader's language."""
    with pytest.raises(BadRequest) as refused:
        parse("type:xyz")
    assert "talks (CONSULT), " in str(refused.value)
    assert "pertemuan (CONSULT), " in messages.told(str(refused.value), "id")


@pytest.mark.parametrize(
    ("environ", "stated", "lang"),
    [({}, None, "en"), ({"LANG": "C.UTF-8"}, None, "en"), ({"LANG": "id_ID.UTF-8"}, None, "id"), ({"TELUSUR_LANG": "id"}, None, "id"), ({"LANG": "id_ID"}, "en", "en"), ({}, "id", "id")],
)  # fmt: skip
def test_messages_are_indonesian_where_that_is_asked_for_or_spoken(environ: dict[str, str], stated: str | None, lang: str) -> None:
    assert message_language(environ, stated) == lang


# --- lists on the command line -------------------------------------------------------------------------------------


def test_decisions_are_listed_in_the_readers_language() -> None:
    told = {"id": "b846fc", "at": "2024-05-06T07:08:09Z", "who": "Sari", "action": "correct", "field": "certainty", "value": {"to": "probable"}, "article": "f0083", "item": "c1-2", "why": None, "stands": False, "undoes": None}  # fmt: skip
    assert decision_line(told, Wording("id")) == "b846fc  2024-05-06 07:08:09  Sari  koreksi certainty = probable  f0083:c1-2  (diurungkan)"
    assert decision_line(told, Wording("en")) == "b846fc  2024-05-06 07:08:09  Sari  correct certainty = probable  f0083:c1-2  (undone)"


def test_actors_are_listed_in_the_readers_language() -> None:
    one = Listed("22ce4c", "PER", "Jumadi Prasetya", "", ("ketua serikat",), 2, ("2024-05-06", "2024-05-08"))
    assert listed_actor(one, Wording("id")) == "22ce4c  PER  Jumadi Prasetya  2 artikel, 2024-05-06 sampai 2024-05-08  (ketua serikat)"
    assert listed_actor(one, Wording("en")) == "22ce4c  PER  Jumadi Prasetya  2 articles, 2024-05-06 to 2024-05-08  (ketua serikat)"


def test_owners_are_told_in_the_readers_language() -> None:
    fact = next(iter(shipped().values()))
    assert "per 20" in owner_of(fact, Wording("id"))
    assert "as of 20" in owner_of(fact, Wording("en"))


@pytest.mark.parametrize(("type_", "indonesian", "english"), [("ASSAULT", "terhadap", "on"), ("REQUEST", "kepada", "to"), ("CONSULT", "dengan", "with"), ("AID", "untuk", "for"), ("DISASTER", "menimpa", "struck")])
def test_who_is_concerned_stands_behind_the_right_word(type_: str, indonesian: str, english: str) -> None:
    """*kepada* one who is asked, *terhadap* one who is attacked."""
    assert (Wording("id").part("recipient", type_), Wording("en").part("recipient", type_)) == (indonesian, english)


def test_every_kind_of_claim_says_what_stands_before_the_one_concerned() -> None:
    assert all(Wording(lang).part("recipient", kind) for kind in CLAIM_TYPES for lang in ("id", "en"))
