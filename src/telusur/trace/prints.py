"""The words of an article's own blocks, and the prints by which other articles with the same words are found.

Comes in: a text with its blocks. Goes out: `Words`, each with the characters it stands on, and its prints: of all runs
of five words, those that winnowing picks. Two texts that share a run of `SURE_WORDS` words share a print, on every
machine and for ever: `VERSION` changes when any of this does.

**Source**: Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ..model.span import Span

VERSION = "1"
"""Of words and prints: prints that another version made find nothing, and are made anew."""

GRAM = 5
"""Words in a run that is hashed."""

WINDOW = 4
"""Of so many runs that follow one another, at least one becomes a print."""

SURE_WORDS = GRAM + WINDOW - 1

OWN_KINDS = frozenset({"lead", "heading", "paragraph"})
"""Blocks that are compared. Titles are left out, which each outlet makes anew; captions, which come with the picture."""

# A change from small to capital letters parts words too: pages lose the blanks at links ("HargaBitcoin").
_WORD = re.compile(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|\d+(?:[.,]\d+)*")

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F], dtype=np.uint64)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_LOW = np.uint64(0xFFFFFFFF)

Prints = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Part:
    """A block that is compared: its kind, its characters, and which of the text's words are its own, [first, end)."""

    kind: str
    span: Span
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text's own blocks, in order: their characters [starts[i], ends[i]), and a number for each, the same for
    the same word in any case."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[int, ...]
    parts: tuple[Part, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, first: int, end: int) -> Span:
        """The characters of the words [first, end)."""
        return Span(self.starts[first], self.ends[end - 1])


def words_of(text: str, blocks: Iterable[tuple[str, int, int]], kinds: frozenset[str] = OWN_KINDS) -> Words:
    """The words of those blocks (kind, start, end) that are of these kinds."""
    places: list[tuple[int, int]] = []
    keys: list[int] = []
    parts: list[Part] = []
    for kind, start, end in blocks:
        if kind not in kinds:
            continue
        first = len(keys)
        places += [found.span() for found in _WORD.finditer(text, start, end)]
        keys += [_key(text[begin:stop]) for begin, stop in places[first:]]
        if len(keys) > first:
            parts.append(Part(kind, Span(start, end), first, len(keys)))
    return Words(tuple(begin for begin, _ in places), tuple(stop for _, stop in places), tuple(keys), tuple(parts))


@lru_cache(maxsize=1 << 17)
def _key(word: str) -> int:
    """The number of a word, in any case. Most words of a text were in the one before."""
    return crc32(word.casefold().encode("utf-8", "replace"))


def make_prints(keys: Sequence[int]) -> Prints:
    """The prints of a text, sorted, each once; none where it has fewer than five words."""
    grams = _grams(np.asarray(keys, dtype=np.uint64))
    if not len(grams):
        return np.empty(0, dtype=np.uint32)
    chosen = grams[_winnowed(grams & _LOW)]
    return np.unique((chosen >> np.uint64(32)).astype(np.uint32))


def _grams(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number for each run of five words, by where it begins."""
    count = len(keys) - GRAM + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for place, factor in enumerate(_FACTORS):
        mixed += (keys[place : place + count] + np.uint64(1)) * factor
        mixed ^= mixed >> np.uint64(29)
    for shift, factor in zip((30, 27), _MIX, strict=True):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= factor
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _winnowed(ranks: NDArray[np.uint64]) -> NDArray[np.intp]:
    """The places of the least of each window, the last of equals. What ranks the runs is not what becomes the print, so that
    prints spread evenly over all 32 bits."""
    if len(ranks) <= WINDOW:
        return np.array([len(ranks) - 1 - int(np.argmin(ranks[::-1]))])
    windows = np.lib.stride_tricks.sliding_window_view(ranks, WINDOW)[:, ::-1]
    return np.unique(np.arange(len(windows)) + WINDOW - 1 - np.argmin(windows, axis=1))
