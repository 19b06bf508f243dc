"""Word pieces: the model's vocabulary applied to one word at a time.

The vocabulary is a unigram language model (Kudo 2018, "Subword Regularization"): each piece has a log probability,
and a word is cut so that the sum is highest (Viterbi). A word that follows white space begins with the mark ``▁``;
one that follows another word directly does not. Cuts are kept for the words met before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ..model.span import Span

MARK = "▁"
_UNKNOWN_PENALTY = 10.0
_MOST_CACHED = 200_000
_LONGEST_WORD = 60
_MOST_PIECES = 12


class Pieces:
    """Cuts words into ids of the model's vocabulary.

    Args:
        table: (piece, log probability) in the order of their ids. The first four are ``<s> <pad> </s> <unk>``.
    """

    begin, pad, stop, unknown = 0, 1, 2, 3

    def __init__(self, table: Sequence[tuple[str, float]]) -> None:
        self._at = {piece: (i, score) for i, (piece, score) in enumerate(table) if i > self.unknown}
        self._longest = max((len(p) for p in self._at), default=1)
        self._floor = min((s for _, s in self._at.values()), default=0.0) - _UNKNOWN_PENALTY
        self._cache: dict[str, tuple[int, ...]] = {}

    def of_word(self, word: str, *, after_space: bool) -> tuple[int, ...]:
        """Ids of one word, at least one, at most twelve: what follows in an overlong word is not read."""
        key = MARK + word if after_space else word
        ids = self._cache.get(key)
        if ids is None:
            normal = unicodedata.normalize("NFKC", word)[:_LONGEST_WORD]
            ids = self.cut(MARK + normal if after_space else normal)[:_MOST_PIECES] or (self.unknown,)
            if len(self._cache) < _MOST_CACHED:
                self._cache[key] = ids
        return ids

    def of_words(self, text: str, words: Sequence[Span]) -> list[tuple[int, ...]]:
        """Ids of each word of a text."""
        kept, out = self._cache, []
        for w in words:
            word, after_space = text[w.start : w.end], w.start == 0 or text[w.start - 1].isspace()
            out.append(kept.get(MARK + word if after_space else word) or self.of_word(word, after_space=after_space))
        return out

    def cut(self, text: str) -> tuple[int, ...]:
        """The best cut of ``text``; a character no piece covers is one unknown."""
        best: list[tuple[float, int, int]] = [(0.0, 0, self.unknown)]
        for end in range(1, len(text) + 1):
            here = (best[end - 1][0] + self._floor, end - 1, self.unknown)
            for start in range(max(0, end - self._longest), end):
                found = self._at.get(text[start:end])
                if found is not None and best[start][0] + found[1] > here[0]:
                    here = (best[start][0] + found[1], start, found[0])
            best.append(here)
        ids: list[int] = []
        at = len(text)
        while at > 0:
            _, start, piece = best[at]
            ids.append(piece)
            at = start
        return tuple(reversed(ids))
