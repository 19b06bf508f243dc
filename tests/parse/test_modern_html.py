"""Pages whose mark-up names nothing: no ``article``, unknown class names, paragraphs in ``div`` and ``br``, AMP."""

from __future__ import annotations

from pathlib import Path

import pytest

from telusur.ingest import read_file
from telusur.model.document import Hints
from telusur.parse import parse_page

PAGES = Path(__file__).parent / "pages" / "modern"


@pytest.mark.parametrize(
    ("name", "paragraphs", "author", "published", "credit", "leak"),
    [
        (
            "graph",
            4,
            "Nunik Wardhani",
            "2025-03-04T08:15+07:00",
            "Pelita Utara/Nunik Wardhani",
            "Bupati Lantik",
        ),
        ("amp", 4, "Yohan Lede", "2023-07-11T14:02:00+08:00", "Yohan Lede", "Tentang Kami"),
    ],
)
def test_a_page_without_known_names(
    name: str, paragraphs: int, author: str, published: str, credit: str, leak: str
) -> None:
    document = parse_page(read_file(PAGES / f"{name}.html"), Hints())
    article = document.article
    assert sum(block.kind == "paragraph" for block in document.blocks) == paragraphs
    assert [person.name for person in article.credits] == [author]
    assert article.published == published
    assert [image.credit for image in article.images] == [credit]
    assert leak not in document.text
