"""Lists of links about the same matter: which lines of a page belong to one.

Comes in: a page whose body and title are labelled. Goes out: the same page, its lists labelled too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..lexicon import words as word_list
from ..model.document import BlockKind
from .body import Body
from .lines import Line, date_remainder, is_address, is_chrome_phrase, is_counter, related_head
from .people import is_name
from .titles import body_words, content_words

_WORDS = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"\s{0,3}[-–|,]\s{0,3}")
_OTHER_LISTS = (
    "berita ",
    "terpopuler",
    "terkini",
    "trending",
    "paling ",
    "most ",
    "populer",
    "komentar",
    "artikel ",
)
"""Heads of lists about anything: what follows them belongs to no list before."""


@dataclass(slots=True)
class LabelledPage:
    """Lines and the kinds given so far."""

    lines: Sequence[Line]
    kinds: list[BlockKind]
    body: Body
    title: int | None


def label_related(page: LabelledPage) -> None:
    """The items of lists about the same matter, and their copies elsewhere on the page."""
    about = body_words(page.lines, page.body, 30)
    if page.title is not None:
        about |= content_words(page.lines[page.title].text)
    start = page.title if page.title is not None else page.body.first
    for at in range(start, len(page.lines)):
        head = related_head(page.lines[at])
        if head in ("insert", "list") or (head == "loose" and at - page.body.last < 8):
            _label_list(page, at, about if head == "loose" else None)
    known = {
        page.lines[at].key
        for at, kind in enumerate(page.kinds)
        if kind == "related" and page.lines[at].length > 24
    }
    for at, line in enumerate(page.lines):
        if page.kinds[at] == "chrome" and line.key in known:
            page.kinds[at] = "related"


def _label_list(page: LabelledPage, head: int, about: frozenset[str] | None) -> None:
    """The items after a list's head: lines like titles, up to the first that is none.

    ``about``: the article's words; where given, at least a third of the items must share one.
    """
    items: list[int] = []
    for at in range(head + 1, min(head + 16, len(page.lines))):
        line = page.lines[at]
        if page.kinds[at] != "chrome" and not (
            page.body.holds(at)
            and (page.body.scores[at] <= 0 or not line.closed)
            and page.kinds[at] in ("paragraph", "heading")
        ):
            break
        if is_date_line(line) or is_counter(line):
            continue
        if page.body.holds(at) and (
            (line.closed and line.capital_share < 0.5) or line.text.endswith(":") or line.text[0].isdigit()
        ):
            break
        if (
            not 18 <= line.length <= 160
            or line.words < 3
            or (line.stopped and line.words > 9)
            or is_address(line)
            or is_chrome_phrase(line)
            or related_head(line) is not None
        ):
            if items or at > head + 2 or line.key.startswith(_OTHER_LISTS):
                break
            continue
        items.append(at)
    if (
        about is not None
        and 3 * sum(bool(content_words(page.lines[at].text) & about) for at in items) < len(items) + 1
    ):
        return
    for at in items:
        page.kinds[at] = "related"
    if items and page.kinds[head] == "chrome" and page.body.holds(head):
        page.kinds[head] = "related"


def is_date_line(line: Line) -> bool:
    """A line that prints a date and hardly anything else."""
    rest = date_remainder(line)
    if rest is None:
        return False
    left = [word for word in _WORDS.findall(rest) if word.casefold() not in word_list("date_line_words")]
    return len(left) <= 2 or all(_stands_by_date(part) for part in _PARTS.split(rest))


def _stands_by_date(part: str) -> bool:
    """Whether a date line may hold this besides its date: an author's name, a section."""
    return part.casefold() in word_list("section_names") or (is_name(part) and len(part.split()) <= 4)
