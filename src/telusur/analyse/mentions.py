"""Names of people, organisations and places.

In: a document and what the model saw. Out: mentions, sorted by start, never overlapping, each inside one block of
the article. The model marks names; rules cut off what is no part of them, put together what it cut, and let the
whole article and the tables of known names decide where it wavers. Their entities are joined in `entities`.
"""

from __future__ import annotations

from ..model.document import ARTICLE_KINDS, Document
from ..model.layers import Mention
from ..model.signals import Signals
from ..model.span import Span
from .namecuts import cut_in_titles, drop_glued, tidy
from .namegrowth import grow, join
from .namelines import make_lines
from .namememory import add_bracketed, add_known, add_repeated, lengthen, mend_known
from .namesigns import add_addresses, add_datelines, add_initials, drop_explained, find_initials
from .nametypes import settle_types


def find_mentions(document: Document, signals: Signals) -> tuple[Mention, ...]:
    """The article's names.

    Args:
        document: the article; only its own blocks hold names.
        signals: what the model saw. Without any, only names that the tables know are found.

    Returns:
        Mentions ``m1, m2, ...`` in the order of the text. ``score`` is the model's, of a name put together
        of several marks the highest of theirs or, of a person's two halves, the lower; None where a rule alone found
        the name.
    """
    blocks = [b for b in document.blocks if b.kind in ARTICLE_KINDS]
    lines = make_lines(document.text, blocks, signals.names)
    for line in lines:
        tidy(line)
        add_addresses(line)
    add_datelines(lines, document.datelines)
    drop_glued(lines)
    cut_in_titles(lines)
    mend_known(lines)
    lengthen(lines)
    initials = find_initials(lines)
    add_initials(lines, initials)
    add_known(lines)
    add_repeated(lines)
    settle_types(lines, initials)
    for line in lines:
        grow(line)
        join(line)
    add_bracketed(lines)
    add_repeated(lines)
    settle_types(lines, initials)
    drop_explained(lines)
    found = [
        (Span(line.spans[d.start].start, line.spans[d.end - 1].end), d.type, d.score)
        for line in lines
        for d in line.drafts
    ]
    return tuple(Mention(f"m{i}", span, kind, score=score) for i, (span, kind, score) in enumerate(found, 1))
