"""Copies of pages of the makes that Indonesian outlets have, and clean texts: each line its kind, and what the page says of itself.

A page stands in ``pages/plain`` as lines of a kind, a tab and the text, after lines with a hash that tell the fields.
All of them are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from telusur.ingest import from_text
from telusur.model.document import Hints
from telusur.parse import parse_page

PAGES = sorted((Path(__file__).parent / "pages" / "plain").glob("*.txt"))


@dataclass(frozen=True)
class Expected:
    """A page's text, the kind of each line, and its fields."""

    text: str
    blocks: list[tuple[str, str]]
    fields: dict[str, str]


def read_expected(path: Path) -> Expected:
    fields: dict[str, str] = {}
    blocks: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            name, _, value = line[2:].partition(": ")
            fields[name] = value.strip()
        elif line.strip():
            kind, _, text = line.partition("\t")
            blocks.append((kind, text))
    return Expected("\n".join(text for _, text in blocks), blocks, fields)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_each_line_of_a_page_gets_its_kind(path: Path) -> None:
    expected = read_expected(path)
    document = parse_page(from_text(expected.text, media_type="text/plain"), Hints())
    got = [(block.kind, block.span.of(document.text)) for block in document.blocks]
    assert got == expected.blocks


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_a_page_says_of_itself(path: Path) -> None:
    expected = read_expected(path)
    document = parse_page(from_text(expected.text, media_type="text/plain"), Hints())
    article = document.article
    got = {
        "publisher": str(article.publisher),
        "published": str(article.published),
        "credits": ", ".join(sorted(f"{c.name}/{c.role}" for c in article.credits)) or "-",
        "dateline": ", ".join(span.of(document.text) for span in document.datelines) or "-",
    }
    wanted = {name: value for name, value in expected.fields.items() if name in got}
    wanted["credits"] = ", ".join(sorted(wanted["credits"].split(", ")))
    assert {name: got[name] for name in wanted} == wanted
