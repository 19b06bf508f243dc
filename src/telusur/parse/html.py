"""HTML to a page of blocks: the article as extracted, blocks parted by a blank line.

Comes in: a `Source` of ``text/html``. Comes out: a `Page` without the site's chrome. The walk over the tree gives lines
with their mark-up; the same anatomy that reads plain text labels them, with the mark-up as further evidence, and keeps
to the one element that holds most of the article's paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..model.document import Block, BlockKind, Hints, Metadata, Page, Source
from ..model.span import Span
from .anatomy import label_lines
from .decode import decode
from .lines import Line, look_at
from .metadata import read_metadata
from .plain import split_lines
from .sections import find_section
from .tree import check_markup, parse_tree, walk_lines

LEAST_BODY_CHARS = 250
"""A body shorter than this is checked against what JSON-LD or the fallback library finds."""

_BARE_PLACE = re.compile(r"^[A-Z][\w .,'’-]{1,40}\s?[-–—]{1,2}$")
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_NEXT_PAGE = re.compile(r"(?:halaman|page|hal)\s?(?:selanjutnya|berikutnya|next|2)\b|[?&]page=(?:2|all)\b", re.IGNORECASE)


def parse_html(source: Source, hints: Hints) -> Page:
    """The article of an HTML page.

    Raises:
        TooComplex: nested or built so that parsing would not end in time.
    """
    decoded = decode(source)
    check_markup(decoded.text)
    root = parse_tree(decoded.text)
    warnings = list(decoded.warnings)
    if root is None:
        return _page(source, [], [], Metadata(), warnings)
    metadata, stated_body = read_metadata(root)
    lines, images = walk_lines(root)
    titles = tuple(title for title in (hints.title, metadata.title) if title)
    anatomy = label_lines(lines, titles)
    printed = find_section(lines, anatomy.title)
    if printed is not None:
        metadata = replace(metadata, section=printed)
    return _page(source, *_kept(lines, anatomy.kinds), metadata, warnings)


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


def _page(source: Source, texts: Sequence[str], kinds: Sequence[BlockKind], metadata: Metadata, warnings: Sequence[str]) -> Page:
    blocks: list[Block] = []
    at = 0
    for text, kind in zip(texts, kinds, strict=True):
        blocks.append(Block(kind, Span(at, at + len(text))))
        at += len(text) + 2
    return Page(source, "\n\n".join(texts), tuple(blocks), metadata, tuple(warnings))


__all__ = ["look_at", "parse_html", "split_lines"]
