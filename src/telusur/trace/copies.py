"""Which articles carry the same text, wholly or in part, with the characters of both as evidence.

Comes in: an archive that `update` has brought up to date. Goes out: for one article all its copies, and for one stretch
of it all places where the same words are printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from ..model.span import Span

Kind = Literal["verbatim", "abridged", "extended", "rewritten", "partial"]
"""How an article stands to the other: ``verbatim`` word for word, ``abridged`` the other cut shorter, ``extended`` the other
with more of its own, ``rewritten`` the other in the same order with words changed throughout, ``partial`` a passage of
the other in a text of its own. Only the first four make two articles one text."""

STRONG: frozenset[Kind] = frozenset({"verbatim", "abridged", "extended", "rewritten"})


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two articles: ``a`` in the article that was asked about, ``b`` in the other; ``words`` is how many they
    share, so that fewer words than either stretch has means that some were changed."""

    a: Span
    b: Span
    words: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles that carry the same text. ``share``: how much of the words of ``article`` stand in ``other``, 0 to 1;
    ``other_share``: how much of those of ``other`` stand in ``article``. Passages in the order of ``article``."""

    article: str
    other: str
    kind: Kind
    share: float
    other_share: float
    passages: tuple[Passage, ...]


def copies_of(connection: Connection, article_id: str) -> tuple[Copy, ...]:
    """All copies of an article, the greatest share first; empty where it has none or is not there.

    Set phrases, an outlet's boilerplate, recurring templates and quotations alone are no copies.
    """
    raise NotImplementedError


def mirrored(connection: Connection, article_id: str, span: Span) -> tuple[tuple[str, Span], ...]:
    """Where else these characters are printed: article and the stretch of it that answers to ``span``, one an article."""
    raise NotImplementedError
