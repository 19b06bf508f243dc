"""Which articles, claims and sayings answer a query: in pages, counted, by facets, ranked.

Comes in: a query's tree and an archive's connection. Goes out: numbers, newest first, and the key of the next page.

Numbers rise with the date of publication, so a page is read downwards from its key: in a stretch of the newest articles
first, then in longer ones, until the page is full. What is common is found in the first stretch; what is rare costs
little in the longest. Nothing is skipped over, and no page costs more for standing further back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from ..archive.schema import articles, claims, sayings
from .conditions import Stretch, can_be_said, items_of, narrowed, of_article, of_claim, of_saying
from .counting import FACETS, Facet, count_articles, count_most, counted_page, facet, facets
from .names import meaning
from .narrowing import answering, easier
from .paging import BEYOND, Lookup, Slice, article_page, everywhere, page_by_key, read_key, write_key
from .query import ITEM_FIELDS, And, Field, Node, Not, Or, Text, Words
from .ranking import MOST_RANKED, Ranked, rank

__all__ = [
    "BEYOND", "FACETS", "MOST_RANKED", "Facet", "Ranked", "Slice", "article_page", "by_saying", "claim_page", "count_articles", "count_most", "counted_page", "facet", "facets",
    "item_conditions", "item_groups", "positive_words", "rank", "read_key", "saying_page", "write_key",
]  # fmt: skip


def claim_page(connection: Connection, node: Node | None, size: int, after: str | None = None) -> Slice:
    """Article and ordinal of claims that answer, newest article first. Words and other fields choose the articles."""
    key, node = read_key(after, 2), None if node is None else meaning(connection, node)
    return page_by_key(connection, _claims_in(connection, node, key), key[0] + 1 if key else BEYOND, size, narrowed(node, everywhere(connection)))


def saying_page(connection: Connection, node: Node | None, size: int, after: str | None = None) -> Slice:
    """Article and ordinal of sayings that answer, newest article first."""
    key, node = read_key(after, 2), None if node is None else meaning(connection, node)
    return page_by_key(connection, _sayings_in(connection, node, key), key[0] + 1 if key else BEYOND, size, narrowed(node, everywhere(connection)))


def _claims_in(connection: Connection, node: Node | None, key: tuple[int, ...] | None) -> Lookup:
    together, apart = _parted(node)
    told = easier(node)

    def look(stretch: Stretch, wanted: int) -> list[tuple[int, ...]]:
        return look_at(stretch, wanted) if told is None else answering(connection, told, stretch, wanted, lambda inside: look_at(inside, wanted))

    def look_at(stretch: Stretch, wanted: int) -> list[tuple[int, ...]]:
        found = select(claims.c.article, claims.c.claim).where(of_claim(together, stretch), stretch.holds(claims.c.article))
        return _items(connection, found, claims, claims.c.claim, apart, stretch, key, wanted)

    return look


def _sayings_in(connection: Connection, node: Node | None, key: tuple[int, ...] | None) -> Lookup:
    together, apart = _parted(node)
    told = easier(node)

    def look(stretch: Stretch, wanted: int) -> list[tuple[int, ...]]:
        return look_at(stretch, wanted) if told is None else answering(connection, told, stretch, wanted, lambda inside: look_at(inside, wanted))

    def look_at(stretch: Stretch, wanted: int) -> list[tuple[int, ...]]:
        found = select(sayings.c.article, sayings.c.saying).where(of_saying(together, stretch), stretch.holds(sayings.c.article))
        return _items(connection, found, sayings, sayings.c.saying, apart, stretch, key, wanted)

    return look


def _items(
    connection: Connection, found: Select[Any], table: Any, ordinal: Any, apart: Node | None, stretch: Stretch,
    key: tuple[int, ...] | None, wanted: int,
) -> list[tuple[int, ...]]:  # fmt: skip
    if apart is not None:
        in_article = select(articles.c.number).where(stretch.holds(articles.c.number), of_article(apart, stretch))
        found = found.where(table.c.article.in_(in_article))
    if key:
        found = found.where(or_(table.c.article < key[0], and_(table.c.article == key[0], ordinal > key[1])))
    return [tuple(row) for row in connection.execute(found.order_by(table.c.article.desc(), ordinal).limit(wanted))]


def _parted(node: Node | None) -> tuple[list[Field | Not], Node | None]:
    """What a query says of single claims and sayings, and what it says of their articles."""
    if node is None:
        return [], None
    together, apart = items_of(node if isinstance(node, And) else And((node,)))
    return together, (And(tuple(apart)) if len(apart) > 1 else apart[0] if apart else None)


def by_saying(group: Sequence[Field | Not]) -> bool:
    """Whether a group of fields can hold of sayings, not of claims alone."""
    return can_be_said(group)


def item_conditions(node: Node | None, stretch: Stretch) -> list[ColumnElement[bool]]:
    """What a query asks of a single claim: its fields of it, and its words and other fields of the article."""
    if node is None:
        return []
    together, apart = _parted(node)
    in_article = [] if apart is None else [claims.c.article.in_(select(articles.c.number).where(of_article(apart, stretch)))]
    return [of_claim(together, stretch), *in_article]


def positive_words(node: Node | None) -> list[Words]:
    """The words that a query wants to be there, in the text or in what is said: what to mark in a hit."""
    if isinstance(node, Text):
        return list(node.either)
    if isinstance(node, Field) and node.name == "said":
        return list(node.words)
    if isinstance(node, And | Or):
        return [words for part in node.parts for words in positive_words(part)]
    return []


def item_groups(node: Node | None) -> list[list[Field | Not]]:
    """The groups of fields that speak of one claim or saying each, where a query wants them to hold."""
    if isinstance(node, Field):
        return [[node]] if node.name in ITEM_FIELDS else []
    if isinstance(node, And):
        together, apart = items_of(node)
        return ([together] if together else []) + [group for part in apart for group in item_groups(part)]
    if isinstance(node, Or):
        return [group for part in node.parts for group in item_groups(part)]
    return []
