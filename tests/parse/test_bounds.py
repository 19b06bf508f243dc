"""No input makes parsing take long or use much: every pattern is tried on text made against it."""

from __future__ import annotations

import tracemalloc
from contextlib import suppress

import pytest

from cpu_time import least
from telusur.errors import TelusurError
from telusur.ingest import from_text
from telusur.model.document import Hints
from telusur.parse import parse_page

SENTENCE = (
    "Bupati Sukamaju Rahmat Hidayat mengatakan pembangunan jembatan itu akan selesai pada akhir tahun ini. "
)
ARTICLE = "Jembatan Sukamaju Segera Dibangun\n\n" + "\n\n".join([SENTENCE * 2] * 8)
HTML = "<html><body><h1>Jembatan</h1>" + f"<p>{SENTENCE * 2}</p>" * 8

HOSTILE = {
    "one line of 2 MB": SENTENCE * 20_000,
    "quotation marks": '"' * 200_000 + ARTICLE,
    "digits": "1" * 2_000_000 + "\n" + ARTICLE,
    "spaces": " " * 2_000_000 + ARTICLE,
    "line ends": "\n" * 2_000_000 + ARTICLE,
    "capitals and dashes": "A-" * 1_000_000 + "\n" + ARTICLE,
    "names": "Budi Santoso " * 150_000 + "\n" + ARTICLE,
    "places": "JAKARTA, " * 200_000 + "\n" + ARTICLE,
    "stops": "." * 1_000_000 + "\n" + ARTICLE,
    "brackets": "(" * 1_000_000 + "\n" + ARTICLE,
    "credits": "Foto: A/B " * 200_000 + "\n" + ARTICLE,
    "credit lines": "Foto: A/B\n" * 5_000 + ARTICLE,
    "role words": "Editor: Ani " * 100_000 + "\n" + ARTICLE,
    "citations": "dilansir " * 200_000 + "\n" + ARTICLE,
    "citations of agencies": (SENTENCE + "dilansir AFP dan Reuters, ") * 5_000,
    "date lines": "Senin, 17 April 2017 14:30 WIB\n" * 5_000 + ARTICLE,
    "pointers": "Baca juga: sesuatu yang lain\n" * 5_000 + ARTICLE,
    "lines": "kata\n" * 400_000 + ARTICLE,
    "marks of comments": "<html>" + "<!--" * 200_000 + HTML,
    "scripts": "<html>" + "<script>" * 100_000 + HTML,
    "less-than signs": "<html>" + "<" * 1_000_000 + HTML,
    "tags never closed": "<html><body>" + "<p " * 300_000 + HTML,
    "cells": HTML + "<table><tr><td>" * 5_000,
    "a picture in an attribute": HTML + '<img src="data:' + "A" * 2_000_000 + '">',
    "entities": HTML + "&amp;" * 300_000,
    "nested JSON": HTML + '<script type="application/ld+json">' + "[" * 400_000 + "</script>",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_time_is_bounded(name: str) -> None:
    """A document or one clear error, within seconds on a slow machine."""
    source = from_text(HOSTILE[name])

    def read() -> None:
        with suppress(TelusurError):
            assert parse_page(source, Hints()).blocks

    assert least(read, 10, attempts=2) < 10


def test_memory_is_bounded() -> None:
    source = from_text(HOSTILE["one line of 2 MB"])
    tracemalloc.start()
    try:
        parse_page(source, Hints())
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_odd_characters_keep_their_places() -> None:
    """Right-to-left marks, zero-width joiners, emoji and combining marks are characters like others."""
    odd = ARTICLE.replace("Bupati", "\u200fBu\u200bpa\u0301ti\u200e 👩\u200d👩\u200d👧")
    document = parse_page(from_text(odd), Hints())
    assert document.text == odd
    assert sum(block.kind == "paragraph" for block in document.blocks) == 8
