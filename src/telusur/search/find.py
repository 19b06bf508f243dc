"""Which articles, claims and sayings answer a query: in pages, counted, by facets, ranked.

Comes in: a query's tree and an archive's connection. Goes out: numbers, newest first, and the key of the next page.

Numbers rise with the date of publication, so a page is read downwards from its key: in a stretch of the newest articles
first, then in longer ones, until the page is full. What is common is found in the first stretch; what is rare costs
little in the longest. Nothing is skipped over, and no page costs more for standing further back.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    distinct,
    func,
    literal_column,
    or_,
    select,
    text,
)

from ..archive.places import DAY_BITS, iso_day
from ..archive.schema import REJECTED, articles, claims, outlets, sayings, tags
from ..archive.words import columns
from ..errors import BadRequest
from .conditions import Stretch, can_be_said, items_of, matches, of_article, of_claim, of_saying
from .query import ITEM_FIELDS, And, Field, Node, Not, Or, Text, Words

Facet = Literal["outlet", "type", "certainty", "wire", "month"]
FACETS: tuple[Facet, ...] = ("outlet", "type", "certainty", "wire", "month")

MOST_RANKED = 2000
"""Hits that are ranked; with more, only the newest of them are."""

BEYOND = 1 << 46
"""Above every article's number."""

_FIRST, _GROWTH = 1000, 8
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of keys, in order; ``next`` is the key that the next page starts behind, None at the end."""

    keys: tuple[tuple[int, ...], ...]
    next: str | None


Lookup = Callable[[Stretch, int], list[tuple[int, ...]]]


def article_page(connection: Connection, node: Node | None, size: int, after: str | None = None) -> Slice:
    """Numbers of articles that answer, newest first.

    Raises:
        BadRequest: ``after`` is no key of a page.
    """

    def look(stretch: Stretch, wanted: int) -> list[tuple[int, ...]]:
        found = select(articles.c.number).where(stretch.holds(articles.c.number), *_conditions(node, stretch))
        rows = connection.execute(found.order_by(articles.c.number.desc()).limit(wanted))
        return [tuple(row) for row in rows]

    (before,) = read_key(after, 1) or (BEYOND,)
    return _page(connection, look, before, size)


def claim_page(connection: Connection, node: Node | None, size: int, after: str | None = None) -> Slice:
    """Article and ordinal of claims that answer, newest article first. Words and other fields choose the articles."""
    key = read_key(after, 2)
    return _page(connection, _claims_in(connection, node, key), key[0] + 1 if key else BEYOND, size)


def saying_page(connection: Connection, node: Node | None, size: int, after: str | None = None) -> Slice:
    """Article and ordinal of sayings that answer, newest article first."""
    key = read_key(after, 2)
    return _page(connection, _sayings_in(connection, node, key), key[0] + 1 if key else BEYOND, size)


def _claims_in(connection: Connection, node: Node | None, key: tuple[int, ...] | None) -> Lookup:
    together, apart = _parted(node)

    def look(stretch: Stretch, wanted: int) -> list[tuple[int, ...]]:
        found = select(claims.c.article, claims.c.claim).where(of_claim(together, stretch), stretch.holds(claims.c.article))
        return _items(connection, found, claims, claims.c.claim, apart, stretch, key, wanted)

    return look


def _sayings_in(connection: Connection, node: Node | None, key: tuple[int, ...] | None) -> Lookup:
    together, apart = _parted(node)

    def look(stretch: Stretch, wanted: int) -> list[tuple[int, ...]]:
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


def _page(connection: Connection, look: Lookup, before: int, size: int) -> Slice:
    """Stretch after stretch downwards, until there is one more than a page holds, which says that there is a next one."""
    found: list[tuple[int, ...]] = []
    length, high = _FIRST, before
    while True:
        low = _low_end(connection, high, length)
        found += look(Stretch(connection.dialect.name, low, high), size + 1 - len(found))
        if len(found) > size or low == 0:
            break
        length, high = length * _GROWTH, low
    keys = tuple(found[:size])
    return Slice(keys, write_key(keys[-1]) if len(found) > size and keys else None)


def _low_end(connection: Connection, high: int, length: int) -> int:
    """Where a stretch of about so many articles below a number begins; 0 for all that are left."""
    below = select(articles.c.number).where(articles.c.number < high).order_by(articles.c.number.desc()).limit(length).subquery()
    count, low = connection.execute(select(func.count(), func.min(below.c.number))).one()
    return int(low) if count == length else 0


def write_key(key: Sequence[int]) -> str:
    """A page's key as text."""
    return ".".join(f"{part:x}" for part in key)


def read_key(text: str | None, parts: int) -> tuple[int, ...] | None:
    """The parts of a page's key; None for the first page.

    Raises:
        BadRequest: it is no such key.
    """
    if text is None:
        return None
    try:
        key = tuple(int(part, 16) for part in text.split("."))
    except ValueError:
        key = ()
    if len(key) != parts or any(not 0 <= part < 1 << 62 for part in key) or len(text) > 60:
        raise BadRequest(f"{text[:60]!r} is no key of a page; nothing was searched; give the one that the page before printed")
    return key


def _everywhere(connection: Connection) -> Stretch:
    return Stretch(connection.dialect.name, 0, BEYOND)


def _conditions(node: Node | None, stretch: Stretch) -> list[ColumnElement[bool]]:
    return [of_article(node, stretch)] if node is not None else []


# --- counted ----------------------------------------------------------------------------------------------------


def count_articles(connection: Connection, node: Node | None) -> int:
    """How many articles answer."""
    found = select(func.count()).select_from(articles).where(*_conditions(node, _everywhere(connection)))
    return int(connection.execute(found).scalar_one())


def facet(connection: Connection, node: Node | None, name: Facet) -> list[tuple[str, int]]:
    """How many of the articles that answer have each value, most first.

    The number beside a value is that of the articles which ``(QUERY) NAME:VALUE`` gives; for months, those published in it.
    """
    hits = _conditions(node, _everywhere(connection))
    chosen = select(articles.c.number).where(*hits)
    if name == "outlet":
        rows = select(outlets.c.name, func.count()).select_from(articles.join(outlets, outlets.c.number == articles.c.outlet))
        counted = _counts(connection, rows.where(*hits).group_by(outlets.c.name))
    elif name == "wire":
        rows = select(tags.c.value, func.count()).where(tags.c.field == "wire", tags.c.article.in_(chosen))
        counted = _counts(connection, rows.group_by(tags.c.value))
    elif name == "month":
        return _months(connection, hits)
    else:
        value = claims.c.type if name == "type" else claims.c.certainty
        rows = select(value, func.count(distinct(claims.c.article))).where(claims.c.review != REJECTED)
        rows = rows if node is None else rows.where(claims.c.article.in_(chosen))
        counted = _counts(connection, rows.group_by(value))
    return sorted(counted.items(), key=lambda told: (-told[1], told[0]))


def _counts(connection: Connection, rows: Select[Any]) -> Counter[str]:
    """Values with their counts; values that differ in capitals only are one, as fields find them."""
    counted: Counter[str] = Counter()
    for value, count in connection.execute(rows):
        counted[value] += count
    return counted


def _months(connection: Connection, hits: list[ColumnElement[bool]]) -> list[tuple[str, int]]:
    day = articles.c.number.bitwise_rshift(literal_column(str(DAY_BITS))).label("day")
    counted: Counter[str] = Counter()
    for number, count in connection.execute(select(day, func.count()).where(*hits).group_by(day)):
        if number:
            counted[iso_day(number)[:7]] += count
    return sorted(counted.items(), reverse=True)


# --- ranked -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ranked:
    """Articles with their scores, best first; ``all`` is False where only the newest hits were ranked."""

    scored: tuple[tuple[int, float], ...]
    all: bool


def rank(connection: Connection, node: Node) -> Ranked:
    """The articles that answer, by BM25 of the query's words, the same in both engines; ties go to the newer one."""
    stretch = _everywhere(connection)
    hits = list(
        connection.execute(
            select(articles.c.number, articles.c.chars).where(of_article(node, stretch)).order_by(articles.c.number.desc()).limit(MOST_RANKED + 1)
        )
    )
    whole, hits = len(hits) <= MOST_RANKED, hits[:MOST_RANKED]
    total, mean = connection.execute(select(func.count(), func.coalesce(func.avg(articles.c.chars), 1))).one()
    lengths = {number: chars for number, chars in hits}
    scores: defaultdict[int, float] = defaultdict(float)
    for term in dict.fromkeys(_terms(node)):
        found = columns(connection.dialect.name, "article_words")
        holding = select(func.count()).select_from(found).where(matches(found, (Words((term,)),), connection.dialect.name))
        among = int(connection.execute(holding).scalar_one())
        weight = math.log(1 + (total - among + 0.5) / (among + 0.5))
        for number, times in _times(connection, term, lengths):
            long = _K1 * (1 - _B + _B * lengths[number] / float(mean))
            scores[number] += weight * times * (_K1 + 1) / (times + long)
    ordered = sorted(((number, round(scores[number], 9)) for number in lengths), key=lambda told: (-told[1], -told[0]))
    return Ranked(tuple(ordered), whole)


def _terms(node: Node) -> list[str]:
    """The words that a query wants, for ranking; what it denies, prefixes and fields do not count."""
    if isinstance(node, Text):
        return [stem for words in node.either if not words.prefix for stem in words.stems]
    if isinstance(node, And | Or):
        return [term for part in node.parts for term in _terms(part)]
    return []


def _times(connection: Connection, term: str, among: dict[int, int]) -> list[tuple[int, int]]:
    """How often a stem stands in each of these articles."""
    if not among:
        return []
    limits = {"term": term, "low": min(among), "high": max(among)}
    if connection.dialect.name == "sqlite":
        connection.execute(text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.article_terms USING fts5vocab('main', 'article_words', 'instance')"))
        told = "SELECT doc, count(*) FROM temp.article_terms WHERE term = :term AND doc BETWEEN :low AND :high GROUP BY doc"
    else:
        told = (
            "SELECT a.number, cardinality(w.positions) FROM article_words a, unnest(a.words) w"
            " WHERE a.words @@ CAST(:query AS tsquery) AND a.number BETWEEN :low AND :high AND w.lexeme = :term"
        )
        limits["query"] = f"'{term}'"
    return [(number, times) for number, times in connection.execute(text(told), limits) if number in among]


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
