"""HTML to a page of blocks: the article as extracted, blocks parted by a blank line.

Comes in: a `Source` of ``text/html``. Comes out: a `Page` without the site's chrome. The walk over the tree gives lines
with their mark-up; the same anatomy that reads plain text labels them, with the mark-up as further evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..model.document import Block, BlockKind, Hints, Metadata, Page, Source
from ..model.span import Span
from .anatomy import Anatomy, label_lines
from .completeness import find_cuts
from .decode import decode
from .fallback import ENOUGH, other_texts
from .lines import Line, look_at
from .metadata import has_next_page, read_metadata
from .plain import split_lines
from .sections import find_section, find_topics
from .tree import check_markup, parse_tree, walk_lines

_BARE_PLACE = re.compile(r"^[A-Z][\w .,'’()-]{1,40}\s?[-–—]{1,2}$")

LEAST_BODY_CHARS = 250
"""An article shorter than this is checked against what others find on the page."""


def parse_html(source: Source, hints: Hints) -> Page:
    """The article of an HTML page.

    Raises:
        TooComplex: nested or built so that parsing would not end in time.
    """
    decoded = decode(source)
    check_markup(decoded.text)
    root = parse_tree(decoded.text)
    metadata, stated_body, lines, next_link = Metadata(), None, [], False
    if root is not None:
        metadata, stated_body = read_metadata(root)
        lines, next_link = _joined(walk_lines(root)), has_next_page(root)
    titles = tuple(title for title in (hints.title, metadata.title) if title)
    anatomy = label_lines(lines, titles)
    warnings = list(decoded.warnings)
    found = _body_chars(lines, anatomy.kinds)
    if found < LEAST_BODY_CHARS or (stated_body is not None and len(stated_body) > 2 * found):
        lines, anatomy, seen_by = _second_look(decoded.text, stated_body, titles, lines, anatomy)
        if seen_by:
            warnings.append(
                f"the walk over the page found {found} characters of an article; its text was taken from {seen_by}"
            )
    if (printed := find_section(lines, anatomy.title)) is not None:
        metadata = replace(metadata, section=printed)
    if topics := find_topics(lines, anatomy.kinds):
        metadata = replace(metadata, topics=topics)
    warnings += find_cuts(lines, anatomy.kinds, next_link)
    return _page(source, *_kept(lines, anatomy.kinds), metadata, warnings)


def _joined(lines: Sequence[Line]) -> list[Line]:
    """The lines with a dateline that stands before its paragraph's element put in front of the paragraph."""
    out: list[Line] = []
    for line in lines:
        if (
            out
            and line.markup is not None
            and line.markup.tag == "p"
            and line.words > 6
            and _BARE_PLACE.match(out[-1].text)
        ):
            text = f"{out.pop().text} {line.text}"
            line = look_at(text, 0, len(text), line.markup)
        out.append(line)
    return out


def _body_chars(lines: Sequence[Line], kinds: Sequence[BlockKind]) -> int:
    return sum(
        line.length for line, kind in zip(lines, kinds, strict=True) if kind in ("paragraph", "caption")
    )


def _second_look(
    markup: str, stated_body: str | None, titles: tuple[str, ...], lines: list[Line], anatomy: Anatomy
) -> tuple[list[Line], Anatomy, str | None]:
    """The fullest reading of the page among ours and others', and whose it is (None: ours)."""
    best: tuple[list[Line], Anatomy, str | None] = (lines, anatomy, None)
    most = ENOUGH * _body_chars(lines, anatomy.kinds) + 50
    for name, text in other_texts(markup, stated_body):
        other = split_lines(text)
        labelled = label_lines(other, titles)
        if (length := _body_chars(other, labelled.kinds)) > most:
            best, most = (other, labelled, name), ENOUGH * length
    return best


def _kept(lines: Sequence[Line], kinds: Sequence[BlockKind]) -> tuple[list[str], list[BlockKind]]:
    """The blocks that are the article's, each title once, in order."""
    texts: list[str] = []
    kept: list[BlockKind] = []
    seen: Counter[tuple[BlockKind, str]] = Counter()
    previous: Line | None = None
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "caption" and kept and kept[-1] == "caption" and (joined := _with_credit(previous, line)):
            texts[-1] = joined
            continue
        if kind == "chrome" or (kind in ("title", "caption", "related") and seen[kind, line.key]):
            continue
        seen[kind, line.key] += 1
        texts.append(line.text)
        kept.append(kind)
        previous = line
    return texts, kept


def _with_credit(first: Line | None, second: Line) -> str | None:
    """A caption and its credit as one block of two lines, where the mark-up tells them apart; the caption first."""
    if first is None or first.markup is None or second.markup is None:
        return None
    credits = [line.markup.role == "credit" for line in (first, second) if line.markup]
    if credits == [True, False]:
        return f"{second.text}\n{first.text}"
    return f"{first.text}\n{second.text}" if credits == [False, True] else None


def _page(
    source: Source,
    texts: Sequence[str],
    kinds: Sequence[BlockKind],
    metadata: Metadata,
    warnings: Sequence[str],
) -> Page:
    blocks: list[Block] = []
    at = 0
    for text, kind in zip(texts, kinds, strict=True):
        blocks.append(Block(kind, Span(at, at + len(text))))
        at += len(text) + 2
    return Page(source, "\n\n".join(texts), tuple(blocks), metadata, tuple(warnings))
