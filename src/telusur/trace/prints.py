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

VERSION = "5"
"""Of words, prints and what is judged by them: what another version found is found anew."""

GRAM = 5
"""Words in a run that is hashed."""

WINDOW = 4
"""Of so many runs that follow one another, at least one becomes a print."""

SURE_WORDS = GRAM + WINDOW - 1

OWN_KINDS = frozenset({"lead", "heading", "paragraph"})
"""Blocks that are compared. Titles are left out, which each outlet makes anew; captions, which come with the picture."""

# A change from small to capital letters parts words too: pages lose the blanks at links ("HargaBitcoin").
_WORD = re.compile(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|\d+(?:[.,]\d+)*")

_PLAIN_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+(?:[.,][0-9]+)*")
"""The same words where all letters and figures are plain ones, as in nearly all Indonesian texts, in half the time."""

_NOT_PLAIN = re.compile(r"[^\W\x00-\x7f]")

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F], dtype=np.uint64)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_LOW = np.uint64(0xFFFFFFFF)

Prints = NDArray[np.uint32]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Part:
    """A block that is compared: its kind, its characters, and which of the text's words are its own, [first, end)."""

    kind: str
    span: Span
    first: int
    end: int


@dataclass(slots=True)
class Words:
    """The words of a text's own blocks, in order: a number for each, the same for the same word in any case, and the characters
    [starts[i], ends[i]) that it stands on, which are looked for when they are asked for: most texts are compared with none."""

    text: str
    keys: tuple[int, ...]
    parts: tuple[Part, ...]
    _spans: tuple[tuple[int, ...], tuple[int, ...]] | None = None

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def starts(self) -> tuple[int, ...]:
        return self._found()[0]

    @property
    def ends(self) -> tuple[int, ...]:
        return self._found()[1]

    def span(self, first: int, end: int) -> Span:
        """The characters of the words [first, end)."""
        starts, ends = self._found()
        return Span(starts[first], ends[end - 1])

    def _found(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        if self._spans is None:
            word = _word_in(self.text)
            spans = [found.span() for part in self.parts for found in word.finditer(self.text, part.span.start, part.span.end)]
            self._spans = tuple(start for start, _ in spans), tuple(end for _, end in spans)
        return self._spans


def words_of(text: str, blocks: Iterable[tuple[str, int, int]], kinds: frozenset[str] = OWN_KINDS) -> Words:
    """The words of those blocks (kind, start, end) that are of these kinds."""
    keys: list[int] = []
    parts: list[Part] = []
    word = _word_in(text)
    for kind, start, end in blocks:
        if kind not in kinds:
            continue
        first = len(keys)
        keys += map(word_key, word.findall(text, start, end))
        if len(keys) > first:
            parts.append(Part(kind, Span(start, end), first, len(keys)))
    return Words(text, tuple(keys), tuple(parts))


def _word_in(text: str) -> re.Pattern[str]:
    """What finds the words of a text."""
    return _PLAIN_WORD if text.isascii() or not _NOT_PLAIN.search(text) else _WORD


@lru_cache(maxsize=1 << 17)
def word_key(word: str) -> int:
    """The number of a word, in any case. Most words of a text were in the one before."""
    return crc32(word.casefold().encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class PlacedPrints:
    """The prints of several texts, one after another; those of text ``i``, sorted, each once, are [bounds[i], bounds[i + 1]).
    ``places``: the word at which each stands first."""

    bounds: Places
    prints: Prints
    places: Places


def make_prints(keys: Sequence[int]) -> Prints:
    """The prints of a text, sorted, each once; none where it has fewer than five words."""
    return place_prints([keys]).prints


def place_prints(texts: Sequence[Sequence[int]]) -> PlacedPrints:
    """The prints of texts, all at once: for most of them the work is too little to be set up one by one."""
    sizes = np.array([len(keys) for keys in texts], dtype=np.intp)
    runs = np.maximum(0, sizes - GRAM + 1)
    of_text = np.repeat(np.arange(len(texts)), runs)
    first = np.cumsum(runs) - runs
    word = np.arange(len(of_text)) - np.repeat(first, runs)
    keys = np.fromiter((key for some in texts for key in some), dtype=np.uint64, count=int(sizes.sum()))
    grams = _grams(keys)[np.repeat(np.cumsum(sizes) - sizes, runs) + word]
    chosen = _winnowed(grams & _LOW, np.repeat(first, runs), np.repeat(first + runs - 1, runs))
    prints, at = np.unique((of_text[chosen].astype(np.uint64) << np.uint64(32)) | (grams[chosen] >> np.uint64(32)), return_index=True)
    bounds = np.searchsorted(prints, np.arange(len(texts) + 1, dtype=np.uint64) << np.uint64(32))
    return PlacedPrints(bounds, prints.astype(np.uint32), word[chosen][at])


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


def _winnowed(ranks: NDArray[np.uint64], first: Places, last: Places) -> Places:
    """The places of the least of each window, the last of equals; ``first``, ``last``: those of the text that each place is of. A text of
    fewer places is one window.

    What ranks the runs is not what becomes the print, so that prints spread evenly over all 32 bits.
    """
    here = np.arange(len(ranks))
    here = here[(here + WINDOW - 1 <= last) | (here == first)]
    ends = last[here]
    least = np.minimum(here + WINDOW - 1, ends)
    for back in range(WINDOW - 2, -1, -1):
        other = np.minimum(here + back, ends)
        least = np.where(ranks[other] < ranks[least], other, least)
    chosen = np.zeros(len(ranks), dtype=bool)
    chosen[least] = True
    return np.flatnonzero(chosen)
