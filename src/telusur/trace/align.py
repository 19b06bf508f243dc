"""Two texts word by word: which stretches they share, and where they were changed.

Comes in: the words of two texts, as numbers. Goes out: `Stretch`es, in the order of the first text: runs of the same words,
joined where only a little between them was changed. The work is linear in the texts' length but for small gaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from .prints import GRAM, _grams

MOST_GAP = 12
"""Words between two runs over which they are still one stretch, in either text."""

_MOST_PLACES = 12
"""Places of one run of five words in the other text that are tried: a text that says one thing a thousand times costs no
more than another."""

LEAST_BETWEEN = 2
"""Words in a row that count as the same inside a gap: single ones (``yang``, ``di``) meet by chance."""


@dataclass(frozen=True, slots=True)
class Run:
    """The same ``length`` words in both texts, from word ``a`` of the one and word ``b`` of the other."""

    a: int
    b: int
    length: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words [a, a_end) of the one text answer to words [b, b_end) of the other; ``runs`` are those that are the same."""

    a: int
    a_end: int
    b: int
    b_end: int
    runs: tuple[Run, ...]

    @property
    def same(self) -> int:
        return sum(run.length for run in self.runs)


def align(a: Sequence[int], b: Sequence[int]) -> tuple[Stretch, ...]:
    """The stretches that two texts share. No word of ``a`` is in two of them."""
    return tuple(_joined(a, b, list(_anchors(a, b))))


def _anchors(a: Sequence[int], b: Sequence[int]) -> Iterator[Run]:
    """The longest run of the same words at each place of ``a``, from left to right; at least five words."""
    ours = _grams(np.asarray(a, dtype=np.uint64)).tolist()
    places: dict[int, list[int]] = {}
    for place, gram in enumerate(_grams(np.asarray(b, dtype=np.uint64)).tolist()):
        known = places.setdefault(gram, [])
        if len(known) < _MOST_PLACES:
            known.append(place)
    at, expected = 0, 0
    while at < len(ours):
        best = None
        for place in places.get(ours[at], ()):
            length = _same_from(a, b, at, place)
            if length >= GRAM and (best is None or (length, -abs(place - expected)) > (best.length, -abs(best.b - expected))):
                best = Run(at, place, length)
        if best is None:
            at += 1
            continue
        yield best
        at, expected = best.a + best.length, best.b + best.length


def _same_from(a: Sequence[int], b: Sequence[int], at: int, place: int) -> int:
    length, most = 0, min(len(a) - at, len(b) - place)
    while length < most and a[at + length] == b[place + length]:
        length += 1
    return length


def _joined(a: Sequence[int], b: Sequence[int], anchors: Sequence[Run]) -> Iterator[Stretch]:
    """Anchors that follow one another in both texts, with what is the same between them."""
    runs: list[Run] = []
    for anchor in anchors:
        if runs:
            last = runs[-1]
            gap_a, gap_b = anchor.a - last.a - last.length, anchor.b - last.b - last.length
            if gap_a <= MOST_GAP and -2 <= gap_b <= MOST_GAP:
                runs += _between(a, b, last, anchor)
                runs.append(anchor)
                continue
            yield _stretch(runs)
            runs = []
        runs.append(anchor)
    if runs:
        yield _stretch(runs)


def _between(a: Sequence[int], b: Sequence[int], last: Run, then: Run) -> Iterator[Run]:
    """What is the same in the gap between two anchors."""
    from_a, from_b = last.a + last.length, last.b + last.length
    if then.b <= from_b or then.a <= from_a:
        return
    matcher = SequenceMatcher(None, a[from_a : then.a], b[from_b : then.b], autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.size >= LEAST_BETWEEN:
            yield Run(from_a + block.a, from_b + block.b, block.size)


def _stretch(runs: Sequence[Run]) -> Stretch:
    return Stretch(runs[0].a, runs[-1].a + runs[-1].length, min(r.b for r in runs), max(r.b + r.length for r in runs), tuple(runs))
