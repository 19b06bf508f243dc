"""Names of people, organisations and places.

In: a document and what the model saw. Out: mentions, sorted by start, never overlapping, each inside one block of
the article. Their entities are joined in `entities`.
"""

from __future__ import annotations

from ..model.document import ARTICLE_KINDS, Document
from ..model.layers import Mention
from ..model.signals import Signals
from ..model.span import Span


def find_mentions(document: Document, signals: Signals) -> tuple[Mention, ...]:
    """The article's names."""
    blocks = [b.span for b in document.blocks if b.kind in ARTICLE_KINDS]
    found: list[tuple[Span, str, float]] = []
    at = 0
    end = 0
    for name in sorted(signals.names, key=lambda n: n.span):
        while at < len(blocks) and blocks[at].end <= name.span.start:
            at += 1
        if at < len(blocks) and blocks[at].covers(name.span) and name.span.start >= end:
            found.append((name.span, name.type, name.score))
            end = name.span.end
    return tuple(Mention(f"m{i}", span, kind, confidence=score) for i, (span, kind, score) in enumerate(found, 1))  # type: ignore[arg-type]
