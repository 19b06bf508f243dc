"""The best first: BM25 of a query's words, the same in both engines.

Comes in: a tree. Goes out: the newest articles that answer, with their scores. How often a word stands in an article is read
from the engine's own index, and only of the articles that are ranked.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from ..archive.schema import articles
from ..archive.words import columns, lengths_of
from .columns import lengths_of_all
from .matching import any_of, matches
from .names import one_of
from .paging import article_page
from .query import And, Node, Or, Text, Words

MOST_RANKED = 2000
"""Hits that are ranked; with more, only the newest of them are."""

_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Ranked:
    """Articles with their scores, best first; ``all`` is False where only the newest hits were ranked."""

    scored: tuple[tuple[int, float], ...]
    all: bool


def rank(connection: Connection, node: Node) -> Ranked:
    """The articles that answer, by BM25 of the query's words; ties go to the newer one."""
    page = article_page(connection, node, MOST_RANKED)
    numbers = [key[0] for key in page.keys]
    if not numbers:
        return Ranked((), True)
    total, mean = lengths_of_all(connection)
    long = _lengths(connection, numbers)
    in_words = lengths_of(connection, "article_words", numbers) if connection.dialect.name == "sqlite" else None
    scores: defaultdict[int, float] = defaultdict(float)
    for term in dict.fromkeys(_terms(node)):
        found = columns(connection.dialect.name, "article_words")
        holding = select(func.count()).select_from(found).where(matches(found, any_of((Words((term,)),), connection.dialect.name), connection.dialect.name))
        among = int(connection.execute(holding).scalar_one())
        weight = math.log(1 + (total - among + 0.5) / (among + 0.5))
        for number, times in _times(connection, term, among, numbers, in_words).items():
            share = _K1 * (1 - _B + _B * long[number] / mean)
            scores[number] += weight * times * (_K1 + 1) / (times + share)
    ordered = sorted(((number, round(scores[number], 9)) for number in numbers), key=lambda told: (-told[1], -told[0]))
    return Ranked(tuple(ordered), page.next is None)


def _lengths(connection: Connection, numbers: list[int]) -> dict[int, int]:
    """Characters of each of these articles."""
    some = select(articles.c.number, articles.c.chars).where(one_of(articles.c.number, numbers, connection.dialect.name))
    return dict(connection.execute(some).cursor.fetchall())


def _terms(node: Node) -> list[str]:
    """The words that a query wants, for ranking; what it denies, prefixes and fields do not count."""
    if isinstance(node, Text):
        return [stem for words in node.either if not words.prefix for stem in words.stems]
    if isinstance(node, And | Or):
        return [term for part in node.parts for term in _terms(part)]
    return []


_InWords = tuple[dict[int, int], float, int]
"""How many words each article has, the mean over all, and how many articles there are, as FTS5 has counted them."""


def _times(connection: Connection, term: str, among: int, wanted: Sequence[int], in_words: _InWords | None) -> dict[int, int]:
    """How often a stem stands in each of these articles; ``among`` is how many articles hold it at all."""
    if not wanted or not among:
        return {}
    if in_words is not None:
        return _times_by_score(connection, term, among, wanted, in_words)
    told = (
        "SELECT a.number, cardinality(w.positions) FROM article_words a, unnest(a.words) w"
        " WHERE a.number = ANY(:wanted) AND a.words @@ CAST(:query AS tsquery) AND w.lexeme = :term"
    )
    rows = connection.execute(text(told), {"term": term, "wanted": list(wanted), "query": f"'{term}'"})
    return {number: times for number, times in rows}


_SCORED = text(
    "SELECT rowid, bm25(article_words) FROM article_words WHERE words MATCH :term AND rowid BETWEEN :low AND :high"
    " AND +rowid IN (SELECT value FROM json_each(:wanted))"
)
"""The plus has the rows of a word walked through once, rather than the word looked up for every row."""


def _times_by_score(connection: Connection, term: str, among: int, wanted: Sequence[int], in_words: _InWords) -> dict[int, int]:
    """From the score of a single word that FTS5 gives, which is made of how often the word stands there and of how many
    words the article has: FTS5 tells scores of hits quickly, and places of words only one by one."""
    lengths, mean, rows = in_words
    rare = math.log((rows - among + 0.5) / (among + 0.5))
    rare = rare if rare > 0 else 1e-6  # as FTS5 does for words that half of all articles hold
    limits = {"term": f'"{term}"', "low": min(wanted), "high": max(wanted), "wanted": json.dumps(list(wanted))}
    found: dict[int, int] = {}
    for number, score in connection.execute(_SCORED, limits).cursor.fetchall():
        share = _K1 * (1 - _B + _B * lengths[number] / mean)
        found[number] = round(-score * share / (rare * (_K1 + 1) + score))
    return found
