"""Chunks: what of a sentence may take part in something, the same however often and from where it is asked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.extract.chunks import Chunks
from telusur.extract.units import Reading, read_units
from telusur.model.document import Article, Block, Document, Hints, Source
from telusur.model.layers import EntityType, Mention, Sentence
from telusur.model.span import Span

_WORDS = ["warga", "kelompok", "bersenjata", "kota", "lama", "itu", "ini", "di", "dari", "lebih", "dan", ",", ".", "yang", "mereka", "ia", "Presiden", "12", "dua", "orang", "menyerang", "Pasalnya", "Rini", "Maruna", "PUKM"]
_NAMES: dict[str, EntityType] = {"Rini": "PER", "Maruna": "LOC", "PUKM": "ORG"}


def reading_of(pieces: list[str]) -> Reading:
    """One sentence of these words, in which ``Rini``, ``Maruna`` and ``PUKM`` are names."""
    text, mentions = "", list[Mention]()
    for piece in pieces:
        span = Span(len(text), len(text) + len(piece))
        if piece in _NAMES:
            mentions.append(Mention(f"m{len(mentions) + 1}", span, _NAMES[piece], piece))
        text += piece + " "
    whole = Span(0, len(text))
    document = Document(Source(b"", "text/plain", "0" * 64), Hints(), text, (Block("paragraph", whole),), Article())
    return read_units(document, (Sentence(whole),), tuple(mentions), ())


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12), st.integers(0, 9), st.integers(1, 3))
def test_asked_again_it_gives_the_same(pieces: list[str], first: int, size: int) -> None:
    """What was found for one stretch of a sentence is not told of another: one that ends earlier reads as a sentence that does."""
    reading = reading_of(pieces)
    offices = {first: (first + size, None)} if first + size <= len(reading.units) else {}
    kept = Chunks(reading, offices)
    for start in range(len(reading.units)):
        for stop in range(len(reading.units), start, -1):
            assert kept.between(start, stop) == Chunks(reading_of(pieces[:stop]), offices).between(start, stop)


def test_a_stretch_that_ends_inside_a_phrase_ends_it() -> None:
    """`warga kota besar menyerang`: before a trigger `besar` the phrase is but `warga kota`, also when it was whole before."""
    kept = Chunks(reading_of([",", "warga", "kota", "besar", "menyerang"]), {})
    assert [(c.first, c.last) for c in kept.between(0, 5)] == [(1, 3)]
    assert [(c.first, c.last) for c in kept.between(0, 3)] == [(1, 2)]
