"""Which sentence of an article shows why it was found, and which words in it to mark.

Comes in: an opened article and the words that a query wants. Goes out: an `Excerpt`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..analyse.stems import fold, stems
from ..model.document import ARTICLE_KINDS
from ..search.query import Words
from .lines import Article, Excerpt, Span

_WORD = re.compile(r"[^\W_]+")


def best_sentence(article: Article, wanted: Sequence[Words]) -> Excerpt:
    """The sentence that holds most of the wanted words, the first of several; of the body rather than of the title."""
    best: tuple[int, int, int] = (-1, 0, 0)
    chosen: tuple[Span, list[Span]] | None = None
    for kind, start, end in _sentences(article):
        met, marks = _find(article.text, start, end, wanted)
        rank = (met, kind != "title", -start)
        if rank > best:
            best, chosen = rank, ((start, end), marks)
    if chosen is None:
        return Excerpt("", 0)
    (start, end), marks = chosen
    return article.excerpt(marks[0][0] if marks else start, marks[-1][1] if marks else end, marks)


def _sentences(article: Article) -> list[tuple[str, int, int]]:
    blocks = [(b["start"], b["end"], b["kind"]) for b in article.record["blocks"] if b["kind"] in ARTICLE_KINDS]
    spans = [(s["start"], s["end"]) for s in article.record["sentences"]] or [(start, end) for start, end, _ in blocks]
    kinds = iter(sorted(blocks))
    at = next(kinds, None)
    found = []
    for start, end in sorted(spans):
        while at is not None and at[1] <= start:
            at = next(kinds, None)
        found.append((at[2] if at else "paragraph", start, end))
    return found


def _find(text: str, start: int, end: int, wanted: Sequence[Words]) -> tuple[int, list[Span]]:
    """How many of the wanted words a stretch holds, and where."""
    told = [(stem, m) for m in _WORD.finditer(text, start, end) for stem in _stems_of(m.group())]
    places: dict[str, list[int]] = {}
    for at, (stem, _) in enumerate(told):
        places.setdefault(stem, []).append(at)
    met, marks = 0, set()
    for words in wanted:
        size = len(words.stems)
        begins = range(len(told)) if words.prefix and size == 1 else places.get(words.stems[0], ())
        found = [at for at in begins if at + size <= len(told) and _stands_at(told, at, words)]
        met += bool(found)
        marks |= {told[at + n][1].span() for at in found for n in range(size)}
    return met, sorted(marks)


@lru_cache(maxsize=50_000)
def _stems_of(word: str) -> tuple[str, ...]:
    return tuple(stems(word))


def _stands_at(told: Sequence[tuple[str, re.Match[str]]], at: int, words: Words) -> bool:
    *before, last = words.stems
    if any(told[at + n][0] != stem for n, stem in enumerate(before)):
        return False
    stem, match = told[at + len(before)]
    if not words.prefix:
        return stem == last
    return stem.startswith(last) or fold(match.group()).startswith(last)
