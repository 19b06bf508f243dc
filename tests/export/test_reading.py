"""The reading view: one page that asks nothing of the network, holds the article whole, and cannot be broken by it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_record import ATTRIBUTIONS, CLAIMS, ENTITIES, TEXT, make_document, make_record
from telusur.export.marks import Marks, escape
from telusur.export.reading import to_cell, to_html
from telusur.lexicon import data_file
from telusur.model.document import Article, Credit, Hints, Image
from telusur.model.layers import Join
from telusur.model.record import Analysis, Record
from telusur.model.span import Span

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Page(HTMLParser):
    """What a page holds: tags with attributes, the text of the article, the marks with their depth."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.article: list[str] = []
        self.mark_depth = 0
        self.marked: list[tuple[str, str]] = []
        self.wrong: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "mark":
            if self.open.count("mark") > 1:
                self.wrong.append("a mark in a mark")
            self.marked.append((dict(attrs).get("class") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            classes, text = self.marked[-1]
            self.marked[-1] = classes, text + data
        if "sup" not in self.open and "aside" not in self.open and "style" not in self.open:
            self.article.append(data)

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.tags if "id" in attributes]

    def links(self) -> list[str]:
        return [attributes.get("href") or "" for tag, attributes in self.tags if tag == "a"]


def well_formed(page: str) -> Page:
    parsed = Page(page)
    assert parsed.wrong == []
    assert parsed.open == []
    return parsed


# --- it stands by itself ----------------------------------------------------------------------------------------


def test_nothing_runs_and_nothing_is_fetched() -> None:
    page = well_formed(to_html(make_record()))
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "video", "audio", "svg"} & {t for t, _ in page.tags}
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "srcset", "style", "action")]
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    style = re.search("<style>(.*?)</style>", to_html(make_record()), re.DOTALL)
    assert style is not None
    assert not re.search(r"url\(|@import|expression|https?:", style[1])


def test_the_languages_of_page_and_article_are_told() -> None:
    page = to_html(make_record(), "en")
    assert '<html lang="en">' in page
    assert '<div lang="id">' in page
    assert "ON WHOSE WORD" in page


def test_every_number_leads_to_its_card_and_back() -> None:
    page = well_formed(to_html(make_record()))
    assert len(page.ids) == len(set(page.ids))
    within = [link[1:] for link in page.links() if link.startswith("#")]
    assert set(within) <= set(page.ids)
    cards = [i for i in page.ids if re.fullmatch(r"c\d+", i)]
    assert len(cards) == len(ATTRIBUTIONS) + len(CLAIMS)
    for card in cards:
        assert f"n{card[1:]}" in page.ids
        assert {card, f"n{card[1:]}"} <= set(within)


def test_the_article_is_there_whole_with_its_marks() -> None:
    page = well_formed(to_html(make_record()))
    shown = " ".join("".join(page.article).split())
    for block in make_document().blocks:
        assert " ".join(block.span.of(TEXT).split()) in shown
    marked = {text: set(classes.split()) for classes, text in page.marked}
    assert "per" in marked["Jumadi"]
    assert "org" in marked["Serikat Nelayan Rawa"]
    assert "loc" in marked["Dermaga Rawa"]
    assert "time" in marked["pekan lalu"]
    assert {"trigger", "said"} <= marked["tahan"]


def test_what_is_skipped_is_folded_away_but_there() -> None:
    page = to_html(make_record())
    assert re.search(r"<details><summary>[^<]*</summary><p>Menu utama</p></details>", page)


def test_inferred_links_are_dashed_and_written_ones_solid() -> None:
    page = to_html(make_record())
    assert '<span class="inferred">seorang awak kapal</span>' in page
    assert "⇢" in page
    assert '<span class="arrow">→</span> Cakra' in page


def test_only_web_addresses_become_links_to_the_outside() -> None:
    """A stated URL is the caller's word; ``javascript:`` must not become something to click."""
    for url, linked in (("https://kabar.example/1", True), ("javascript:alert(1)", False), ("data:text/html,x", False)):
        document = make_document(source=replace(make_document().source, url=url))
        outside = [link for link in Page(to_html(make_record(document=document))).links() if not link.startswith("#")]
        assert (outside == [url]) is linked


# --- it cannot be broken ----------------------------------------------------------------------------------------

HOSTILE = "</mark></p></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\x00\u202e\ud800]]>-->"


def hostile_record() -> Record:
    """Mark-up in every field that carries text from outside."""
    base = make_document()
    article = Article(
        title=HOSTILE,
        lead=HOSTILE,
        publisher=HOSTILE,
        section=HOSTILE,
        language='id"><script>',
        published=HOSTILE,
        credits=(Credit(HOSTILE, "editor"),),
        wires=(HOSTILE,),
        images=(Image(HOSTILE, HOSTILE),),
        topics=(HOSTILE,),
    )
    source = replace(base.source, url=f"https://kabar.example/{HOSTILE}", name=HOSTILE, sha256=HOSTILE)
    document = replace(
        base,
        source=source,
        hints=Hints(id=HOSTILE),
        article=article,
        text=TEXT.replace("Menu utama", "<script>x</"),
        warnings=(HOSTILE,),
    )
    entities = tuple(replace(e, name=HOSTILE, joins=(Join(("m1", "m2"), HOSTILE),)) for e in ENTITIES)
    return make_record(document=document, entities=entities, analysis=Analysis(HOSTILE, HOSTILE, HOSTILE, 1.0))


@pytest.mark.parametrize("make", [to_html, to_cell])
def test_hostile_text_stays_text(make: object) -> None:
    assert callable(make)
    markup = make(hostile_record())
    page = well_formed(markup)
    assert not {"script", "img"} & {tag for tag, _ in page.tags}
    assert not [a for _, a in page.tags if any(name.startswith("on") for name in a)]
    assert markup.count("<style>") == markup.count("</style>") == 1
    markup.encode("utf-8")


def test_marks_that_cross_are_cut_and_never_nested() -> None:
    marks = Marks("abcdefghij")
    marks.add(Span(0, 6), "said")
    marks.add(Span(3, 8), "per")
    marks.note(6, "<sup>1</sup>")
    assert marks.render([Span(0, 10)]) == [
        '<mark class="said">abc</mark><mark class="per said">def</mark><sup>1</sup><mark class="per">gh</mark>ij'
    ]


spans = st.tuples(st.integers(0, 38), st.integers(1, 20)).map(lambda p: Span(p[0], min(40, p[0] + p[1])))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=40, max_size=40), st.lists(st.tuples(spans, st.sampled_from("abc")), max_size=8), st.integers(1, 39))
def test_marked_text_is_the_text_and_each_character_has_its_classes(text: str, added: list[tuple[Span, str]], cut: int) -> None:
    marks = Marks(text)
    for span, name in added:
        marks.add(span, name)
    first, second = marks.render([Span(0, cut), Span(cut, 40)])
    pieces = re.findall(r'<mark class="([^"]*)">([^<]*)</mark>|([^<]+)', first + second)
    position = 0
    for classes, inside, outside in pieces:
        for _ in range(len(unescape(inside or outside))):
            expected = {name for span, name in added if span.start <= position < span.end}
            assert set(classes.split()) == expected
            position += 1
    assert position == 40
    assert "".join(unescape(i or o) for _, i, o in pieces) == unescape(escape(text))


def unescape(text: str) -> str:
    """The five escapes of `escape`, and no more: the standard one also rewrites lone references."""
    for name, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(name, character)
    return text


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_gives_a_well_formed_page(words: str, name: str) -> None:
    article = Article(title=words, publisher=name, published=words)
    document = make_document(text=words + TEXT, article=article)
    well_formed(to_html(make_record(document=document, entities=tuple(replace(e, name=name or "x") for e in ENTITIES))))


# --- what the eye needs -----------------------------------------------------------------------------------------


def palettes() -> list[dict[str, str]]:
    """The colours of the light look, and of the dark one."""
    style = data_file("reading.css").read_text(encoding="utf-8")
    found = re.findall(r"--(\w+): (#[0-9a-f]{3,6});", style)
    light = dict(reversed(found[: len({name for name, _ in found})]))
    start = style.index("prefers-color-scheme: dark")
    dark = light | dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", style[start : style.index("body.telusur")]))
    return [light, dark]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ink", ["ink", "per", "org", "loc", "time"])
@pytest.mark.parametrize("ground", ["paper", "said", "lit"])
def test_marked_words_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    """WCAG 2.2 AA, in the light and in the dark: 4.5 to 1."""
    for colours in palettes():
        assert contrast(colours[ink], colours[ground]) >= 4.5, colours


@pytest.mark.parametrize("ground", ["paper", "card"])
def test_quiet_words_can_be_read_too(ground: str) -> None:
    for colours in palettes():
        assert contrast(colours["soft"], colours[ground]) >= 4.5, colours


# --- in a notebook ----------------------------------------------------------------------------------------------


def test_the_cell_keeps_its_style_to_itself() -> None:
    """Every rule starts at the class of the view, so that a notebook's own look is untouched."""
    cell = to_cell(make_record())
    style = re.search("<style>(.*?)</style>", cell, re.DOTALL)
    assert style is not None
    bare = re.sub(r"/\*.*?\*/", "", style[1], flags=re.DOTALL)
    for selectors in re.findall(r"([^{}]+)\{", bare):
        if not selectors.strip().startswith("@"):
            assert all(".telusur" in part for part in re.split(r",(?![^(]*\))", selectors)), selectors
    assert "<html" not in cell
    assert "<body" not in cell


def test_two_cells_of_one_notebook_do_not_meet() -> None:
    first = make_record()
    second = make_record(document=make_document(source=replace(make_document().source, sha256="f" * 64)))
    assert not set(Page(to_cell(first)).ids) & set(Page(to_cell(second)).ids)
