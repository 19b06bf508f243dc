"""An attribution before its source is resolved: what the rules for speech and for reported words both give."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from telusur.model.layers import Quotation, Style
from telusur.model.span import Span

from .sources import Source


@dataclass(frozen=True, slots=True)
class Saying:
    """Content and cue, with the source as it stands. ``source`` None: whoever is speaking goes on.

    ``at`` is where the cue stands (where there is none, the content): the order in which readers meet it.
    ``frame`` are the units among which relays are looked for. ``nested``: it stands inside another's content.
    """

    at: int
    sentence: int
    style: Style
    contents: tuple[Span, ...]
    cue: Span | None
    source: Source | None
    frame: tuple[int, int] | None = None
    nested: bool = False
    score: float = 0.6


def style_of(contents: tuple[Span, ...], quotations: tuple[Quotation, ...]) -> Style:
    """Direct where all the content is quoted, mixed where a part is, else indirect."""
    quoted = 0
    for content in contents:
        at = max(bisect_right(quotations, content.start, key=lambda q: q.span.start) - 1, 0)
        while at < len(quotations) and quotations[at].span.start < content.end:
            quoted += max(0, min(content.end, quotations[at].span.end) - max(content.start, quotations[at].span.start))
            at += 1
    whole = sum(len(c) for c in contents)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= whole - 4 * len(contents) else "mixed"
