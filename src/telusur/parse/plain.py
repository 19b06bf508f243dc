"""Plain text to a page of blocks: every line that is not blank is a block of one of the eight kinds.

Comes in: a `Source` of ``text/plain``. Comes out: a `Page` whose text is the decoded file itself, so that all offsets
point into what the reader has in hand.
"""

from __future__ import annotations

from ..model.document import Block, Hints, Metadata, Page, Source
from ..model.span import Span, trim
from .anatomy import label_lines
from .completeness import find_cuts
from .decode import decode
from .lines import Line, check_count, look_at
from .sections import find_section, find_topics


def parse_plain(source: Source, hints: Hints) -> Page:
    """The page in blocks. A page of chrome alone gives chrome blocks alone.

    Raises:
        TooComplex: more lines than any page has.
    """
    decoded = decode(source)
    lines = split_lines(decoded.text)
    anatomy = label_lines(lines, (hints.title,) if hints.title else ())
    blocks = tuple(
        Block(kind, Span(line.start, line.end)) for kind, line in zip(anatomy.kinds, lines, strict=True)
    )
    metadata = Metadata(section=find_section(lines, anatomy.title), topics=find_topics(lines, anatomy.kinds))
    warnings = decoded.warnings + find_cuts(lines, anatomy.kinds)
    return Page(source, decoded.text, blocks, metadata, warnings)


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, without the white space around them."""
    lines: list[Line] = []
    at = 0
    for raw in text.split("\n"):
        span = trim(text, at, at + len(raw)) if raw else None
        if span is not None:
            lines.append(look_at(text, span.start, span.end))
        at += len(raw) + 1
        check_count(len(lines))
    return lines
