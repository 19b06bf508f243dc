"""Families: the articles that are one text, whoever printed it; who printed it when, whose it was, who dropped the credit.

Comes in: an archive that `update` has brought up to date. Goes out: the family of an article, the same in whatever order
the articles came.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from ..model.span import Span


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom an article names as the one it has its text from, and the words that say so (in the article's text)."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a family. ``published`` as its page states it, None where it states nothing. ``dropped``: names that
    others of the family credit for words that this article prints too, without crediting them."""

    article: str
    outlet: str | None
    published: str | None
    url: str | None
    title: str
    credits: tuple[Credit, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Articles that are one text. ``id`` is made of the least article id, so that it is the same on any machine. Members in the
    order of publication, undated ones last. ``earliest``: who has the earliest stated time, None where nobody states
    one or several state the same; ``undated`` counts members that state none, and that may be earlier. ``wires``: names that members credit,
    the most credited first."""

    id: str
    members: tuple[Member, ...]
    earliest: str | None
    undated: int
    wires: tuple[str, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        return tuple(member.article for member in self.members)


def family_of(connection: Connection, article_id: str) -> Family | None:
    """The family of an article; None where nobody else in the archive prints its text."""
    raise NotImplementedError
