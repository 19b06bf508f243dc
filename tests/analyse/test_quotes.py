"""Which stretches stand between quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpu_time import least
from telusur.analyse.quotes import find_quotations
from telusur.model.document import Article, Block, BlockKind, Document, Hints, Source
from telusur.model.span import Span


def document(*paragraphs: str, kind: BlockKind = "paragraph") -> Document:
    blocks: list[Block] = []
    text = ""
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        if paragraph:
            blocks.append(Block(kind, Span(len(text), len(text) + len(paragraph))))
        text += paragraph
    return Document(Source(b"", "text/plain", "0" * 64), Hints(), text, tuple(blocks), Article())


ROWS: list[tuple[str, list[str], list[tuple[str, bool]]]] = [
    ("straight marks", ['"Kami siap," kata Rini.'], [("Kami siap,", True)]),
    ("curly marks", ["“Kami siap,” kata Rini."], [("Kami siap,", True)]),
    ("angle and low marks", ["«Siap» dan „Tunggu” katanya."], [("Siap", True), ("Tunggu", True)]),
    ("the closing form on both sides", ["”Kami siap,” kata Rini."], [("Kami siap,", True)]),
    ("the opening form on both sides", ["“Kami siap,“ kata dia. “Tunggu,“ katanya."], [("Kami siap,", True), ("Tunggu,", True)]),
    ("a closing mark forgotten before the next quote", ["“Kami siap, kata Rini. “Tunggu,” katanya."], [("Kami siap, kata Rini.", False), ("Tunggu,", True)]),
    ("a lost character for a mark", ["�Kami siap,� kata Rini."], [("Kami siap,", True)]),
    ("one lost character alone is a dash", ["MARUNA �Bupati Rini datang ke pasar."], []),
    ("opened curly, closed straight", ['“Kami siap," kata Rini.'], [("Kami siap,", True)]),
    ("no space after the closing mark", ['"Siap,"ujar Rini.'], [("Siap,", True)]),
    ("no space before the opening mark", ['Rapat selesai."Kami siap," kata Rini.'], [("Kami siap,", True)]),
    ("single marks as a pair", ["Ia berkata 'kami siap' lalu pergi."], [("kami siap", True)]),
    ("single curly marks as a pair", ["Ia menyebut ‘jalan tengah’ itu."], [("jalan tengah", True)]),
    ("apostrophes are no quotes", ["Salat Jum'at dan membaca Qur'an di Ma'had."], []),
    ("an apostrophe for lost letters is no quote", ["Tahun '98 'kan sudah lama."], []),
    ("single marks inside double ones belong to the outer quote", ["\"Ia bilang 'tunggu' kepada kami,\" kata Rini."], [("Ia bilang 'tunggu' kepada kami,", True)]),
    ("a stray closing mark is no quote", ['Ia pergi ke pasar". Lalu pulang.'], []),
    ("an opening mark never closed runs to the end of its paragraph", ['"Kami siap, kata Rini.'], [("Kami siap, kata Rini.", False)]),
    ("a closing mark forgotten before the next quote", ["“Kami siap. “Kami pergi,” kata Rini."], [("Kami siap.", False), ("Kami pergi,", True)]),
    ("a speech over two paragraphs, opened in each", ['"Kami siap.', '"Kami pergi," kata Rini.'], [("Kami siap.", False), ("Kami pergi,", True)]),
    ("a speech over two paragraphs, opened once", ["“Kami siap.", "Kami pergi,” kata Rini."], [("Kami siap.", False), ("Kami pergi,", True)]),
    ("nothing between the marks", ['Tanda "" saja.'], []),
    ("two quotes in one sentence", ['"Ya," kata Rini, "besok."'], [("Ya,", True), ("besok.", True)]),
    ("inches are closed like a quote that opens nothing", ['Layar 32" itu pecah.'], []),
]


@pytest.mark.parametrize(("reason", "paragraphs", "expected"), ROWS, ids=[r[0] for r in ROWS])
def test_finds_what_stands_between_marks(reason: str, paragraphs: list[str], expected: list[tuple[str, bool]]) -> None:
    doc = document(*paragraphs)
    assert [(q.span.of(doc.text), q.closed) for q in find_quotations(doc)] == expected, reason


@pytest.mark.parametrize("kind", ["chrome", "related", "byline"])
def test_leaves_what_is_not_the_articles_alone(kind: BlockKind) -> None:
    assert find_quotations(document('"Baca ini," kata situs.', kind=kind)) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab .,\n\"'“”‘’«»�", max_size=40), max_size=4))
def test_quotations_are_sorted_apart_and_inside_their_block(paragraphs: list[str]) -> None:
    doc = document(*paragraphs)
    found = find_quotations(doc)
    for one, after in pairwise(found):
        assert one.span.end <= after.span.start
    for one in found:
        assert any(b.span.covers(one.span) for b in doc.blocks)
        assert one.span.of(doc.text) == one.span.of(doc.text).strip()


@pytest.mark.parametrize("mark", ['"', '" ', "“", "'", " '", "‘a’ "])
def test_time_grows_with_the_text_only(mark: str) -> None:
    doc = document(mark * (100_000 // len(mark)))
    assert least(lambda: find_quotations(doc), 3) < 3
