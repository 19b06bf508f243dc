"""Gives every line of a page its kind: the anatomy of the page.

Comes in: lines with their features, from plain text or from HTML alike, and titles that others state. Comes out: one
of the eight kinds for each. Stages: find the body; find the title before it; label what stands between them, in the
body, just after it; then the lists of links about the same matter; all that is left is chrome.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..lexicon import words as word_list
from ..model.document import BlockKind
from .body import Body, find_body, find_short_text
from .lines import (
    Line,
    has_dateline,
    is_chrome_phrase,
    is_counter,
    is_initials,
    is_related_insert,
    related_head,
)
from .people import is_name, names_author, names_several, opens_with_role, roles
from .pictures import has_credit, has_sure_credit
from .related import LabelledPage, is_date_line, label_related
from .titles import body_words, content_words, find_title, first_line_title, is_lead, same_as, same_words
from .wires import find_dateline

_AFTER_BODY = 14
"""How many lines after the body may still be its bylines."""
_OUTLET_SECTION = re.compile(
    r"^[\w-]{2,25}\.(?:com|co\.id|co|id|net|tv)\s?[-–|]\s?\w+(?: \w+){0,2}$", re.IGNORECASE
)
_CAPTION_START = re.compile(
    r"^(?:Keterangan|Sumber) (?:gambar|foto)\s?[,:]|^Ilustrasi [^.!?]{3,80}\.?$", re.IGNORECASE
)
_BARE_DATELINE = re.compile(r"^[A-Z][\w .,'’()-]{1,50}\s?[-–—]{1,2}$")
_SOURCE = re.compile(r"^(?:Sumber|Source)\s{0,3}:", re.IGNORECASE)
_LIST_ITEM = re.compile(r"^(?:[-–•*·]|\(?\d{1,2}[.)]|[a-z][.)])\s?")


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The kind of every line, in order, and the index of the title next to the body."""

    kinds: tuple[BlockKind, ...]
    title: int | None


def label_lines(lines: Sequence[Line], stated_titles: Sequence[str] = ()) -> Anatomy:
    """The kinds of a page's lines; chrome throughout where nothing reads like an article."""
    kinds: list[BlockKind] = ["chrome"] * len(lines)
    body = find_body(lines) or find_short_text(lines)
    if body is None:
        return Anatomy(tuple(kinds), None)
    title = find_title(lines, body, stated_titles)
    if title is None:
        title = first_line_title(lines, body)
    title = _first_copy(lines, title)
    page = LabelledPage(lines, kinds, body, title)
    _start_at_dateline(page)
    _label_body(page)
    _label_before(page)
    _label_after(page)
    _label_titles(page)
    label_related(page)
    return Anatomy(tuple(kinds), page.title)


def _first_copy(lines: Sequence[Line], title: int | None) -> int | None:
    """The title, or its copy a few lines earlier where the standfirst stands between the two (the second is the picture's)."""
    if title is None:
        return None
    for at in range(title - 1, max(-1, title - 5), -1):
        if same_as(lines[at], lines[title].text) and any(
            is_lead(lines[between], lines[title]) for between in range(at + 1, title)
        ):
            return at
    return title


def _label_body(page: LabelledPage) -> None:
    for at in range(page.body.first, page.body.last + 1):
        page.kinds[at] = _kind_in_body(page, at)


def _kind_in_body(page: LabelledPage, at: int) -> BlockKind:
    line = page.lines[at]
    if is_related_insert(line):
        return "related"
    if related_head(line) in ("insert", "list"):
        return "related"
    if is_chrome_phrase(line):
        return "chrome"
    if at > page.body.first and _signs_off(page, at):
        return "byline"
    if (
        is_initials(line)
        or (line.length <= 160 and (opens_with_role(line.text) or names_author(line.text)))
        or _OUTLET_SECTION.match(line.text)
    ):
        return "byline"
    if is_date_line(line):
        return "byline" if at - page.body.first < 4 else "chrome"
    if (line.markup is not None and line.markup.role == "caption") or (
        line.length <= 450 and _CAPTION_START.match(line.text)
    ):
        return "caption"
    in_gallery = at > 0 and page.kinds[at - 1] == "caption"
    if (
        (at < page.body.last or in_gallery)
        and line.length <= 320
        and not has_dateline(line.text)
        and line.text[0] not in '"“'
        and has_sure_credit(line.text)
    ):
        return "caption"
    is_question = line.text.endswith("?") and line.words <= 8
    if page.body.scores[at] > 0 and not is_question:
        return "paragraph"
    if is_heading(page, at):
        return "heading"
    if is_counter(line) and not _LIST_ITEM.match(line.text):
        return "chrome"
    return "paragraph"


def _signs_off(page: LabelledPage, at: int) -> bool:
    """A bare name behind the body's last sentence that the page's head prints too: who wrote it."""
    line = page.lines[at]
    return (
        2 <= line.words <= 4
        and line.length <= 40
        and line.markup is None
        and is_name(line.text)
        and any(line.key in other.key for other in page.lines[: page.body.first] if other.words <= 12)
        and not any(page.body.scores[after] > 0 for after in range(at + 1, page.body.last + 1))
    )


def is_heading(page: LabelledPage, at: int) -> bool:
    """A short line inside the body, between paragraphs, that is no sentence and no item of a list."""
    line = page.lines[at]
    if line.markup is not None and line.markup.heading_level:
        return True
    if _BARE_DATELINE.match(line.text):
        return False
    if (
        not 3 <= line.length <= 90
        or line.words > (6 if line.capital_share < 0.5 else 12)
        or line.text[0] in "\"“'-•"
        or line.text[0].islower()
    ):
        return False
    if line.text.rstrip()[-1] in ".,;:" or ": " in line.text or not (page.body.first < at < page.body.last):
        return False
    # An item of a list is a heading only where a paragraph follows it, not the next item.
    prose_follows = page.body.scores[at + 1] > 0
    list_follows = _LIST_ITEM.match(page.lines[at + 1].text) is not None
    after = prose_follows or (list_follows and _LIST_ITEM.match(line.text) is None)
    return after and page.kinds[at - 1] in ("paragraph", "related", "chrome", "caption") and line.words > 0


def _label_before(page: LabelledPage) -> None:
    """Between the title and the body: standfirst, captions, bylines, dates; just before the title: dates, sections."""
    first = page.body.first
    if page.title is None:
        _label_section_line(page)
        return
    for at in range(page.title + 1, first):
        page.kinds[at] = _kind_before_body(page, at)
    for at in range(max(0, page.title - 3), page.title):
        if is_date_line(page.lines[at]) or opens_with_role(page.lines[at].text):
            page.kinds[at] = "byline"


def _label_section_line(page: LabelledPage) -> None:
    """A text without a title may open with the name of its section."""
    for at in range(min(page.body.first + 1, 3)):
        line = page.lines[at]
        if (line.key in word_list("section_names") and line.length <= 30) or (
            at < page.body.first and (is_date_line(line) or opens_with_role(line.text))
        ):
            page.kinds[at] = "byline"


def _start_at_dateline(page: LabelledPage) -> None:
    """The body starts with its dateline, where one of its first lines has one: what stands before it is no paragraph."""
    if page.title is None or page.title > page.body.first:
        return
    near = range(page.body.first, min(page.body.first + 5, page.body.last + 1))
    start = next((at for at in near if has_dateline(page.lines[at].text)), None)
    if start is None:
        start = next((at for at in near[:3] if _opens_with_place(page.lines[at])), None)
    if start is None:
        start = _after_picture(page)
    if start is not None:
        page.body = Body(start, page.body.last, page.body.scores)


def _opens_with_place(line: Line) -> bool:
    return line.words > 12 and find_dateline(line.text, 0, len(line.text)) is not None


def _after_picture(page: LabelledPage) -> int | None:
    """The line after a picture's caption that stands right under the title, or under title and standfirst."""
    assert page.title is not None
    for at in range(page.body.first, min(page.body.first + 3, page.body.last)):
        line = page.lines[at]
        if (
            at - page.title <= 5
            and line.length <= 320
            and line.text[0] not in '"“'
            and has_sure_credit(line.text)
            and page.body.scores[at + 1] > 0
        ):
            return at + 1
    return None


def _kind_before_body(page: LabelledPage, at: int) -> BlockKind:
    assert page.title is not None
    line, title = page.lines[at], page.lines[page.title]
    if is_date_line(line) or opens_with_role(line.text) or names_author(line.text):
        return "byline"
    if _CAPTION_START.match(line.text) is not None and line.length <= 450:
        return "caption"
    if is_related_insert(line) or related_head(line) == "insert":
        return "related"
    if (
        line.markup is not None
        and line.markup.role == "credit"
        and line.words
        and line.key
        and not is_counter(line)
    ):
        return "caption"
    if is_chrome_phrase(line) or is_counter(line):
        return "chrome"
    if line.key in roles():
        return "byline"
    if line.markup is not None and line.markup.role in ("caption", "lead", "byline"):
        return line.markup.role  # type: ignore[return-value]
    if has_credit(line.text) or (
        line.markup is not None and line.markup.near_image and line.words > 3 and line.markup.link_share < 0.5
    ):
        return "caption"
    if not line.stopped and line.capital_share > 0.5 and same_words(line.text, title.text):
        return "title"
    no_lead = "lead" not in page.kinds[page.title + 1 : at]
    if no_lead and is_lead(line, title) and not same_as(line, title.text):
        return "lead" if _stands_as_lead(page, at) else "caption"
    if at <= page.title + 4 and names_several(line.text) and not _under_head(page, at):
        return "byline"
    if is_name(line.text) and 2 <= line.words <= 5 and at <= page.title + 4 and not _under_head(page, at):
        return _kind_of_name(page, at)
    if line.words >= 5 and line.function_share > 0.05 and not _under_head(page, at):
        return "caption"
    return "chrome"


def _kind_of_name(page: LabelledPage, at: int) -> BlockKind:
    """A bare name before the body. One that the article is about stands under its picture, and one that stands in the
    dateline is the outlet's; an author's name does not occur in the article."""
    assert page.title is not None
    line = page.lines[at]
    if any(
        line.key in other.key
        for other in page.lines[page.body.first - 1 : page.body.first + 3]
        if other is not line
    ):
        return "chrome" if line.markup is None or not line.markup.near_image else "caption"
    named = content_words(line.text)
    about = content_words(page.lines[page.title].text) | body_words(page.lines, page.body)
    return "caption" if named and named <= about else "byline"


def _under_head(page: LabelledPage, at: int) -> bool:
    """Whether the head of a list of links stands between the title and this line."""
    assert page.title is not None
    return any(related_head(page.lines[before]) is not None for before in range(page.title + 1, at))


def _stands_as_lead(page: LabelledPage, at: int) -> bool:
    """A standfirst stands under the title, with at most bylines between; what comes later stands under a picture."""
    assert page.title is not None
    between = range(page.title + 1, at)
    if all(page.kinds[up] in ("title", "byline", "chrome") for up in between):
        return at <= page.title + 4
    # Behind a picture whose caption is whole, with its credit, a sentence is the standfirst.
    captions = [up for up in between if page.kinds[up] == "caption"]
    return (
        len(captions) == 1
        and at == page.body.first - 1
        and page.lines[at].markup is None
        and has_sure_credit(page.lines[captions[0]].text)
        and has_dateline(page.lines[page.body.first].text)
    )


def _label_after(page: LabelledPage) -> None:
    """Just after the body: initials, editors, dates of update; role words whose names stand on the next line."""
    stop = min(page.body.last + 1 + _AFTER_BODY, len(page.lines))
    for at in range(page.body.last + 1, stop):
        line = page.lines[at]
        if related_head(line) is not None:
            break
        if page.kinds[at] != "chrome":
            continue
        bare_name = (
            at <= page.body.last + 2
            and is_name(line.text)
            and 2 <= line.words <= 4
            and page.kinds[at - 1] == "paragraph"
        )
        if (
            is_initials(line)
            or opens_with_role(line.text)
            or names_author(line.text)
            or bare_name
            or _OUTLET_SECTION.match(line.text)
        ):
            page.kinds[at] = "byline"
        elif (
            (line.key in roles() or line.key == "sumber")
            and at + 1 < len(page.lines)
            and _is_answer(page.lines[at + 1])
        ):
            page.kinds[at] = page.kinds[at + 1] = "byline"
        elif line.length <= 80 and _SOURCE.match(line.text):
            page.kinds[at] = "byline"
        elif is_related_insert(line):
            page.kinds[at] = "related"


def _is_answer(line: Line) -> bool:
    """The name that belongs to a role word on the line before."""
    return line.text.lstrip().startswith(":") or is_name(line.text)


def _label_titles(page: LabelledPage) -> None:
    """Every copy of the title on the page."""
    if page.title is None:
        return
    title = page.lines[page.title].text
    for at, line in enumerate(page.lines):
        if at == page.title or (page.kinds[at] in ("chrome", "lead", "caption") and same_as(line, title)):
            page.kinds[at] = "title"
