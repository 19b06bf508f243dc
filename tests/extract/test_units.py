"""Units: where a word ends, also where a site lost the space before a link."""

from __future__ import annotations

import pytest

from telusur.extract.units import read_units
from telusur.model.document import Article, Block, Document, Hints, Source
from telusur.model.layers import Sentence
from telusur.model.span import Span

CASES = [
    ("a carrier run on", "seperti dilansirAFP", ["seperti", "dilansir", "AFP"]),
    ("at both ends", "kepadaCNNpada Senin", ["kepada", "CNN", "pada", "Senin"]),
    ("at the beginning of a sentence", "MenurutKedubes Rusia", ["Menurut", "Kedubes", "Rusia"]),
    ("capitals throughout are one word", "BERITASATU dan KATADATA DARING", ["BERITASATU", "dan", "KATADATA", "DARING"]),
    ("a name with a capital inside", "akun YouTube detikNews", ["akun", "YouTube", "detikNews"]),
]


@pytest.mark.parametrize(("reason", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_words_that_lead_to_a_source_part_from_it(reason: str, text: str, expected: list[str]) -> None:
    whole = Span(0, len(text))
    document = Document(Source(b"", "text/plain", "0" * 64), Hints(), text, (Block("paragraph", whole),), Article())
    units = read_units(document, (Sentence(whole),), (), ()).units
    assert [u.span.of(text) for u in units] == expected, reason
