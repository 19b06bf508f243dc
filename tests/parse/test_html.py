"""Pages of several makes give their article without the site around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from telusur.errors import NotAnArticle, TooComplex
from telusur.ingest import from_bytes, from_text, read_file
from telusur.model.document import Document, Hints, Image
from telusur.parse import parse_page
from telusur.parse.metadata import load_json

PAGES = Path(__file__).parent / "pages"

SENTENCE = (
    "Warga Desa Karangloa menyeberangi sungai dengan rakit bambu sejak jembatan itu ambruk pada Rabu pagi. "
)
BODY = "<h1>Jembatan Gantung Karangloa Ambruk</h1>" + f"<p>{SENTENCE * 2}</p>" * 4


def read(name: str) -> Document:
    return parse_page(read_file(PAGES / name), Hints())


def texts(document: Document, kind: str) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind == kind]


def page(body: str, head: str = "") -> Document:
    return parse_page(from_text(f"<html><head>{head}</head><body>{body}</body></html>"), Hints())


def test_blocks_are_parted_by_a_blank_line_and_quote_the_text() -> None:
    document = read("portal-a.html")
    assert "\n\n".join(block.span.of(document.text) for block in document.blocks) == document.text
    assert not any(block.kind == "chrome" for block in document.blocks)


def test_a_page_with_json_ld_and_a_breadcrumb() -> None:
    document = read("portal-a.html")
    article = document.article
    assert article.title == "Jembatan Gantung Sukasirna Ambruk, Warga Menyeberang dengan Rakit"
    assert (article.publisher, article.section) == ("WartaLembah.com", "Regional")
    assert (article.published, article.modified) == ("2025-11-12T15:04+07:00", "2025-11-12T17:20:00+07:00")
    assert [(credit.name, credit.role) for credit in article.credits] == [
        ("Ratna Puspasari", "writer"),
        ("Dadan Wiguna", "editor"),
    ]
    assert article.images == (
        Image(
            "Warga menyeberangi Sungai Cileuya dengan rakit bambu, Rabu (12/11/2025).",
            "WARTALEMBAH.COM/RATNA PUSPASARI",
        ),
    )
    assert article.topics == ("Jembatan", "Sukasirna")
    assert len(texts(document, "paragraph")) == 5
    assert texts(document, "heading") == ["Rakit bambu"]
    assert texts(document, "related") == ["Baca juga: Dua Jembatan di Hulu Cileuya Rusak Diterjang Banjir"]
    assert "kasihan anak sekolah" not in document.text, "a reader's comment is not the article's"


def test_a_page_with_a_dateline_outside_its_paragraph() -> None:
    document = read("portal-b.html")
    assert texts(document, "paragraph")[0].startswith("Tegalwaru - Wali Kota Tegalwaru")
    assert document.article.publisher == "berandaNews"
    assert document.article.published == "2024-08-20T09:15+07:00"
    assert document.article.images == (Image("Truk tambang di jalan lingkar", "Dok. Dinas Perhubungan"),)
    assert "ADVERTISEMENT" not in document.text
    assert "[Gambas" not in document.text


def test_a_page_that_goes_on_elsewhere() -> None:
    document = read("portal-c.html")
    assert any("another page" in warning for warning in document.warnings)
    assert document.article.wires == ("Antara",)
    assert document.article.images == (
        Image("Perahu nelayan ditambatkan di Muara Kembang.", "DOK. DINAS KELAUTAN"),
    )
    assert ("Laila Nurfadilah", "reporter") in [
        (credit.name, credit.role) for credit in document.article.credits
    ]


def test_a_page_whose_paragraphs_are_parted_by_line_breaks() -> None:
    document = read("portal-d.html")
    assert len(texts(document, "paragraph")) == 4
    assert document.article.lead is not None
    assert document.article.published == "2026-02-04T08:30+08:00", (
        "Central Indonesia Time is eight hours ahead"
    )
    assert document.article.wires == (), (
        "the agency is the publisher, and the picture's credit is the picture's"
    )


@pytest.mark.parametrize(
    ("script", "headline"),
    [
        ('{"@type":"NewsArticle","headline":"Judul"}', "Judul"),
        ('[{"@type":"Organization"},{"@type":"NewsArticle","headline":"Judul",}]', "Judul"),
        ('{"@graph":[{"@type":["Article"],"headline":"Judul"}]}', "Judul"),
        ('<!-- {"@type":"NewsArticle","headline":"Judul"} -->', "Judul"),
        ("{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Judul&quot;}", "Judul"),
    ],
)
def test_json_ld_is_read_as_outlets_write_it(script: str, headline: str) -> None:
    found = load_json(script)
    flat = str(found)
    assert headline in flat


@pytest.mark.parametrize("script", ["", "{", "[" * 100_000, '{"a": undefined}'])
def test_json_ld_beyond_repair_is_passed_over(script: str) -> None:
    assert load_json(script) is None
    assert (
        page(BODY, f'<script type="application/ld+json">{script}</script>').article.title
        == "Jembatan Gantung Karangloa Ambruk"
    )


def test_a_raw_line_break_in_json_ld_is_read() -> None:
    assert load_json('{"headline": "dua\nbaris"}') == {"headline": "dua\nbaris"}


def test_a_printed_time_gets_the_zone_of_the_metadata() -> None:
    head = '<meta property="article:published_time" content="2026-01-20T18:33:13+07:00">'
    document = page(BODY.replace("</h1>", "</h1><div>20/1/2026 18:30</div>"), head)
    assert document.article.published == "2026-01-20T18:30+07:00"


def test_the_metadata_dates_a_page_that_prints_none() -> None:
    document = page(BODY, '<meta name="pubdate" content="2016-02-15">')
    assert (document.article.published, document.published_basis) == ("2016-02-15", "page")


def test_hidden_text_is_not_read() -> None:
    assert "rahasia" not in page(BODY + '<p style="display: none">rahasia</p><p hidden>rahasia</p>').text


def test_a_body_only_in_json_ld_is_taken_from_there() -> None:
    body = "\\n\\n".join([SENTENCE * 2] * 4)
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Jembatan Ambruk","articleBody":"{body}"}}</script>'
    document = page("<div id=app></div>", head)
    assert len(texts(document, "paragraph")) == 4
    assert any("JSON-LD" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(f"<html><body><!-- iklan {BODY}</body></html>", id="a comment that never closes"),
        pytest.param(f"<html><script>{BODY}", id="a script that never closes"),
        pytest.param(
            f"<html><body><select><option>{BODY}</body></html>", id="all of it inside a list to choose from"
        ),
    ],
)
def test_text_that_the_parser_loses_is_found_and_said_so(damaged: str) -> None:
    document = parse_page(from_text(damaged), Hints())
    assert len(texts(document, "paragraph")) >= 1
    assert document.warnings


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<div>" * 10_000 + BODY + "</div>" * 10_000, id="10,000-fold nested"),
        pytest.param("<b>" * 10_000 + BODY, id="10,000 tags left open"),
        pytest.param(
            "<div " + " ".join(f"a{i}=x" for i in range(20_000)) + ">" + BODY, id="20,000 attributes"
        ),
        pytest.param("<div>x</div>" * 210_000, id="420,000 tags"),
    ],
)
def test_what_would_not_end_in_time_is_refused(markup: str) -> None:
    with pytest.raises(TooComplex, match="give the article's text"):
        page(markup)


def test_deep_but_bounded_nesting_is_read() -> None:
    assert len(texts(page("<div>" * 400 + BODY + "</div>" * 400), "paragraph")) == 4


def test_a_page_of_menus_is_no_article() -> None:
    with pytest.raises(NotAnArticle, match="give the page of one article"):
        page(
            "<nav>" + "<a href=/>Nasional</a><a href=/>Ekonomi</a>" * 30 + "</nav><footer>Hak cipta</footer>"
        )


def test_a_list_of_articles_is_no_article() -> None:
    items = "".join(
        f"<li><a href=/{i}>Harga Beras Naik Lagi di Pasar {i}</a><p>Harga naik, kata pedagang.</p></li>"
        for i in range(40)
    )
    with pytest.raises(NotAnArticle):
        page(f"<ul>{items}</ul>")


@pytest.mark.parametrize(
    "broken", [b"<html>", b"<p", b"<", b"<!DOCTYPE html>", b"<html><body>&#0;&#xFFFFFF;</body></html>"]
)
def test_next_to_no_html_is_no_article(broken: bytes) -> None:
    with pytest.raises(NotAnArticle):
        parse_page(from_bytes(broken, media_type="text/html"), Hints())
