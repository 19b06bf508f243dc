"""Which texts are worth comparing word by word: those that share prints that are not everybody's, and enough words with them.

Comes in: the prints of new texts, and what the index says of them. Goes out: pairs of texts. Nothing but the index is read: to read
a text and lay it beside another costs a thousand times as much as to see that both share three scattered phrases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .judge import LEAST_SAME
from .pages import Entries, Numbers, within
from .prints import GRAM, WINDOW, PlacedPrints
from .segments import MOST_HOLDERS

RARE = 24
"""Texts that a print may stand in and still tell something: more have a set phrase, or an outlet's boilerplate, or all carry one text."""

LEAST_SHARED = 3
"""Prints that two texts share where one may have been copied from the other; two are enough where hardly any other text has them."""

LEAST_COVERED = LEAST_SAME - 2 * (WINDOW - 1)
"""Words that shared prints must stand on: a run of as many words as a copy must share is covered to no less, wherever winnowing begins.
Two texts with three phrases of five words in common are no copies, and need not be read."""

ENOUGH, _SOME, _ALONE = 0.3, 0.6, 1.0
"""What shared prints must tell: where they are many, some, or two."""

_TWO, _MANY = 2, 5

MOST_CANDIDATES = 40
"""Texts that one text is compared with, those that share most first."""

WORN_TRIED = 8
"""Texts that one text is compared with where all that both share stands in `MOST_HOLDERS` texts or more: only where one of these is one text
with it are the others tried. Else it is a passage that everybody prints, and to find it in ever more of them tells nothing new."""

_FEW_PRINTS = 8
_COMMON_SHARE = 0.3
_ONE_STORY = 0.25
_LEAST_COMMON = 4
_OF_ONE_STORY = 3
_STORY_ASKED = 64
"""Texts whose families are asked for, to see whether all who hold common prints are one story: those that share most."""

_TEXTS_AT_ONCE = 100
_OTHER, _TEXT, _ONE = np.uint64(24), np.uint64(56), np.uint64(1)
"""Bits of a number under which a shared print is sorted: its text (8), the other that holds it (32), which of the prints it is (24)."""

Counts = NDArray[np.intp]
FamilyOf = Callable[[Sequence[int]], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What texts share with others, an item for each text and other: which text, by its place; the other's number; rare prints and
    what they tell; common prints, and those of them that as many texts hold as are kept; words that all of them stand on."""

    text: Counts
    other: Numbers
    rare: Counts
    told: NDArray[np.float64]
    common: Counts
    worn: Counts
    covered: Counts


@dataclass(frozen=True, slots=True)
class Candidates:
    """``others``: by each text those that it is to be compared with, the most promising first. ``later``: by text further ones, that are worth
    it only where one of these first turns out to be one text with it (`WORN_TRIED`)."""

    others: dict[int, list[int]]
    later: dict[int, list[int]]


def find_candidates(numbers: Numbers, placed: PlacedPrints, indexes: Sequence[Entries], family_of: FamilyOf) -> Candidates:
    """What each of the texts ``numbers`` is to be compared with.

    ``placed``: their prints. ``indexes``: all entries of these prints, sorted, none in two of them. ``family_of``: gives the families of texts.
    """
    found = Candidates({}, {})
    for start in range(0, len(numbers), _TEXTS_AT_ONCE):
        some = numbers[start : start + _TEXTS_AT_ONCE]
        bounds = placed.bounds[start : start + len(some) + 1]
        inside = slice(bounds[0], bounds[-1])
        shared = _shared(some, PlacedPrints(bounds - bounds[0], placed.prints[inside], placed.places[inside]), indexes)
        for at, (others, worn) in enumerate(_chosen(shared, np.diff(bounds), family_of)):
            later = [other for other in others if other in worn][WORN_TRIED:]
            found.others[int(some[at])] = [other for other in others if other not in later]
            if later:
                found.later[int(some[at])] = later
    return found


def _chosen(shared: _Shared, sizes: Counts, family_of: FamilyOf) -> list[tuple[list[int], set[int]]]:
    """For each text, with ``sizes`` prints each, the others that it is compared with; and those of them with which it shares what everybody
    has, and little else."""
    found: list[dict[int, int]] = [{} for _ in sizes]
    everybodys: list[set[int]] = [set() for _ in sizes]
    size = sizes[shared.text]
    least = np.where(size < _FEW_PRINTS, 1, LEAST_SHARED)
    enough = np.where(shared.rare < least, _ALONE, np.where(shared.rare < _MANY, _SOME, ENOUGH))
    close = (shared.rare >= np.minimum(least, _TWO)) & (shared.told >= enough) & (shared.covered >= LEAST_COVERED)
    both = shared.rare + shared.common
    much = (shared.common > 0) & (both >= np.maximum(LEAST_SHARED, _COMMON_SHARE * size))
    likely = np.flatnonzero(close | much)
    count = np.where(much, both, shared.rare)[likely]
    for text, other, shares in zip(shared.text[likely].tolist(), shared.other[likely].tolist(), count.tolist(), strict=True):
        found[text][other] = shares
    worn = np.flatnonzero(much & ~close & (2 * shared.worn > both))
    for text, other in zip(shared.text[worn].tolist(), shared.other[worn].tolist(), strict=True):
        everybodys[text].add(other)
    sharing: dict[int, list[tuple[int, int]]] = {}
    some = np.flatnonzero(~much & (shared.common >= _LEAST_COMMON))
    for text, other, shares in zip(shared.text[some].tolist(), shared.other[some].tolist(), shared.common[some].tolist(), strict=True):
        sharing.setdefault(text, []).append((-shares, other))
    for text, others in sharing.items():
        found[text] |= _of_one_story(sorted(others)[:_STORY_ASKED], family_of)
    chosen = [[other for other, _ in sorted(one.items(), key=lambda item: (-item[1], item[0]))[:MOST_CANDIDATES]] for one in found]
    return list(zip(chosen, everybodys, strict=True))


def _shared(numbers: Numbers, placed: PlacedPrints, indexes: Sequence[Entries]) -> _Shared:
    """What the texts share with each other that holds one of their prints.

    A print that n others hold tells 1/n of each: what all texts together can be told is no more than the number of prints, so that
    however large an archive is, few are told enough.
    """
    texts = np.repeat(np.arange(len(numbers)), np.diff(placed.bounds))
    by_place = np.lexsort((placed.places, texts))
    prints, places = placed.prints[by_place], placed.places[by_place]
    ids = (texts.astype(np.uint64) << _TEXT) | np.arange(len(prints), dtype=np.uint64)
    sizes = np.zeros(len(prints), dtype=np.intp)
    parts = []
    for held, holders in indexes:
        low, high = np.searchsorted(held, prints, side="left"), np.searchsorted(held, prints, side="right")
        parts.append((within(holders, low, high).astype(np.uint64) << _OTHER) | np.repeat(ids, high - low))
        sizes += high - low
    keys = np.concatenate(parts)
    keys.sort()
    others = (keys >> _OTHER).astype(np.uint32)
    of_text = (keys >> _TEXT).astype(np.intp)
    stays = others != numbers[of_text]
    others, of_text, at = others[stays], of_text[stays], (keys[stays] & ((_ONE << _OTHER) - _ONE)).astype(np.intp)
    first = np.ones(len(others), dtype=bool)
    first[1:] = (others[1:] != others[:-1]) | (of_text[1:] != of_text[:-1])
    starts = np.flatnonzero(first)
    if not len(starts):
        none = np.empty(0, dtype=np.intp)
        return _Shared(none, others, none, np.empty(0), none, none, none)
    rare = sizes <= RARE
    words = np.where(first, GRAM, np.minimum(GRAM, np.diff(places[at], prepend=0)))
    tells = np.where(rare, 1.0 / np.maximum(1, sizes - 1), 0.0)[at]
    of_rare = np.add.reduceat(rare[at].astype(np.intp), starts)
    worn = np.add.reduceat((sizes >= MOST_HOLDERS)[at].astype(np.intp), starts)
    counts = np.diff(np.append(starts, len(others)))
    return _Shared(of_text[starts], others[starts], of_rare, np.add.reduceat(tells, starts), counts - of_rare, worn, np.add.reduceat(words, starts))


def _of_one_story(sharing: Sequence[tuple[int, int]], family_of: FamilyOf) -> dict[int, int]:
    """Some of those with common prints (how many, as less than nought, and the text), where all who hold them are one story."""
    families = family_of([other for _, other in sharing])
    if len(set(families.values())) > _ONE_STORY * len(sharing):
        return {}
    return {other: -count for count, other in sharing[:_OF_ONE_STORY]}


def pairs_of(candidates: Mapping[int, Iterable[int]]) -> list[tuple[int, int]]:
    """Each pair once, the lesser number first."""
    return sorted({(min(one, other), max(one, other)) for one, others in candidates.items() for other in others})
