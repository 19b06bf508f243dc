"""Windows: what the language model reads at once.

In: a text and the spans of its blocks. Out: windows of whole blocks, as many as fit, so that the model sees a name
in one paragraph when it reads ``ujarnya`` in the next. A block too long for one window is cut between words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, chain, islice

from ..model.span import Span
from .pieces import Pieces
from .words import split_words

MOST_PIECES = 192
"""Longest window, in word pieces. Longer ones read no better (measured on the development articles) and cost more:
attention grows with the square. The encoder's positions end at 512."""


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the model: ``ids`` with the marks between blocks; ``first[i]`` is where word ``i`` begins in it."""

    words: tuple[Span, ...]
    ids: tuple[int, ...]
    first: tuple[int, ...]


def make_windows(text: str, blocks: Iterable[Span], pieces: Pieces, *, most: int = MOST_PIECES) -> tuple[Window, ...]:
    """Windows over ``blocks``, in order; every word of every block is in exactly one window."""
    out: list[Window] = []
    words: list[Span] = []
    ids: list[int] = [pieces.begin]
    first: list[int] = []

    def close() -> None:
        if words:
            out.append(Window(tuple(words), tuple(ids), tuple(first)))
        words.clear()
        first.clear()
        ids[:] = [pieces.begin]

    for block in blocks:
        block_words = split_words(text, block.start, block.end)
        block_ids = pieces.of_words(text, block_words)
        size = sum(map(len, block_ids))
        if len(ids) + size + 1 > most:
            close()
        if len(ids) + size + 1 <= most:
            words += block_words
            first += islice(accumulate(map(len, block_ids), initial=len(ids)), len(block_ids))
            ids += chain.from_iterable(block_ids)
            ids.append(pieces.stop)
            continue
        for word, word_ids in zip(block_words, block_ids, strict=True):
            if len(ids) + len(word_ids) + 1 > most:
                close()
            words.append(word)
            first.append(len(ids))
            ids.extend(word_ids)
        ids.append(pieces.stop)
    close()
    return tuple(out)
