"""Two texts held against each other word by word: what each has that the other has not.

Comes in: two texts, the stretches in which they are known to be the same but for some words. Goes out: for each text the stretches
that the other shares. A line diff would mark whole paragraphs; words between known stretches are compared only within bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

_TOKEN = re.compile(r"\w+(?:[.,-]\w+)*|[^\w\s]")

MOST_TOKENS = 400
"""Of one stretch; longer ones are compared in pieces of so many words."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A stretch of the one text that answers to a stretch of the other."""

    a: Span
    b: Span


def shared(one: str, other: str, known: Sequence[Pair]) -> tuple[list[Span], list[Span]]:
    """The stretches of both texts whose words the other has, in order.

    Args:
        one, other: the texts.
        known: stretches that are copies, wholly or with changes; the whole texts where nothing is known.
    """
    mine: list[Span] = []
    theirs: list[Span] = []
    for pair in known:
        for a, b in _same(one, other, pair):
            mine.append(a)
            theirs.append(b)
    return _joined(mine), _joined(theirs)


def _same(one: str, other: str, pair: Pair) -> Iterable[tuple[Span, Span]]:
    a, b = _tokens(one, pair.a), _tokens(other, pair.b)
    for start in range(0, max(len(a), 1), MOST_TOKENS):
        # pieces of the same share of both, so that a long copy is not compared with all of the other
        low, high = start * len(b) // max(len(a), 1), (start + MOST_TOKENS) * len(b) // max(len(a), 1)
        first, second = a[start : start + MOST_TOKENS], b[low:high]
        matcher = SequenceMatcher(None, [word for word, _, _ in first], [word for word, _, _ in second], autojunk=False)
        for at, bt, size in matcher.get_matching_blocks():
            if size:
                yield (first[at][1], first[at + size - 1][2]), (second[bt][1], second[bt + size - 1][2])


def _tokens(text: str, span: Span) -> list[tuple[str, int, int]]:
    return [(m.group().casefold(), m.start(), m.end()) for m in _TOKEN.finditer(text, *span)]


def _joined(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return out


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a text; ``shared`` with the other text or not."""

    text: str
    shared: bool


def pieces(text: str, span: Span, same: Sequence[Span]) -> list[Piece]:
    """A stretch of a text, cut where what it shares begins and ends. Blanks and signs between two shared words are shared."""
    start, end = span
    inside = [(max(a, start), min(b, end)) for a, b in same if a < end and b > start]
    bridged: list[Span] = []
    for a, b in inside:
        if bridged and not any(ch.isalnum() for ch in text[bridged[-1][1] : a]):
            bridged[-1] = bridged[-1][0], b
        else:
            bridged.append((a, b))
    edges = sorted({start, end, *(edge for pair in bridged for edge in pair)})
    out = [Piece(text[a:b], any(x <= a and b <= y for x, y in bridged)) for a, b in pairwise(edges)]
    # blanks alone are nobody's own words
    return [Piece(p.text, True) if not p.shared and not p.text.strip(" \n\t.,;:") else p for p in out]
