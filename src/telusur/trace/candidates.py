"""Which texts are worth comparing word by word: those that share prints that are not everybody's.

Comes in: the prints of new texts, and what the index says of them. Goes out: pairs of texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .pages import Entries, Numbers
from .prints import Prints

RARE = 24
"""Texts that a print may stand in and still tell something: more have a set phrase, or an outlet's boilerplate, or all carry one text."""

LEAST_SHARED = 3
"""Prints that two texts share where one may have been copied from the other; two are enough where hardly any other text has them."""

ENOUGH, _SOME, _ALONE = 0.3, 0.6, 1.0
"""What shared prints must tell: where they are many, some, or two."""

_TWO, _MANY = 2, 5

MOST_CANDIDATES = 40
"""Texts that one text is compared with, those that share most first."""

_FEW_PRINTS = 8
_COMMON_SHARE = 0.3
_ONE_STORY = 0.25
_LEAST_COMMON = 4
_OF_ONE_STORY = 3

Places = NDArray[np.intp]
FamilyOf = Callable[[Sequence[int]], Mapping[int, int]]


def find_candidates(number: int, prints: Prints, index: Entries, family_of: FamilyOf) -> list[int]:
    """The texts that text ``number`` is to be compared with, the most promising first.

    ``index``: all entries of its prints, and perhaps of others, sorted. ``family_of``: gives the families of texts.
    """
    low, high = np.searchsorted(index[0], prints, side="left"), np.searchsorted(index[0], prints, side="right")
    sizes = high - low
    rare = sizes <= RARE
    few, scores = _scored(_holders(index[1], low[rare], high[rare]), sizes[rare], number)
    least = 1 if len(prints) < _FEW_PRINTS else LEAST_SHARED
    found = {holder: count for holder, count in few.items() if count >= min(least, _TWO) and scores[holder] >= _enough(count, least)}
    if not rare.all():
        common = _counts(_holders(index[1], low[~rare], high[~rare]), number)
        found |= _of_common(common, few, len(prints), family_of)
    return [holder for holder, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MOST_CANDIDATES]]


def _enough(count: int, least: int) -> float:
    """What so many shared prints must tell."""
    return _ALONE if count < least else _SOME if count < _MANY else ENOUGH


def _scored(holders: Numbers, sizes: Places, without: int) -> tuple[dict[int, int], dict[int, float]]:
    """How many prints each text shares, and how much they tell: a print that n others hold tells 1/n of each.

    What all texts together can score is no more than the number of prints, so that however large an archive is, few score enough.
    """
    weights = np.repeat(1.0 / np.maximum(1, sizes - 1), sizes)
    numbers, places, counts = np.unique(holders, return_inverse=True, return_counts=True)
    told = np.bincount(places, weights=weights, minlength=len(numbers))
    some = zip(numbers.tolist(), counts.tolist(), told.tolist(), strict=True)
    kept = [(holder, count, score) for holder, count, score in some if holder != without]
    return {holder: count for holder, count, _ in kept}, {holder: score for holder, _, score in kept}


def _of_common(common: Sequence[tuple[int, int]], few: Mapping[int, int], size: int, family_of: FamilyOf) -> dict[int, int]:
    """Candidates by prints that many texts hold: those that share much, and some where all who hold them are one story."""
    found = {holder: count + few.get(holder, 0) for holder, count in common if count + few.get(holder, 0) >= max(LEAST_SHARED, _COMMON_SHARE * size)}
    sharing = sorted(((count, -holder) for holder, count in common if count >= _LEAST_COMMON and holder not in found), reverse=True)
    if sharing:
        families = family_of([-holder for _, holder in sharing])
        if len(set(families.values())) <= _ONE_STORY * len(sharing):
            found |= {-holder: count for count, holder in sharing[:_OF_ONE_STORY]}
    return found


def _holders(holders: Numbers, low: Places, high: Places) -> Numbers:
    """The numbers in [low[i], high[i]) for all i, one after another."""
    sizes = high - low
    if not sizes.sum():
        return holders[:0]
    starts = np.repeat(low - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
    return holders[starts + np.arange(sizes.sum())]


def _counts(holders: Numbers, without: int) -> list[tuple[int, int]]:
    """How often each number occurs."""
    numbers, counts = np.unique(holders, return_counts=True)
    return [(number, count) for number, count in zip(numbers.tolist(), counts.tolist(), strict=True) if number != without]


def pairs_of(candidates: Mapping[int, Iterable[int]]) -> list[tuple[int, int]]:
    """Each pair once, the lesser number first."""
    return sorted({(min(one, other), max(one, other)) for one, others in candidates.items() for other in others})
