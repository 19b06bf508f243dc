"""Words of a text, as the language model reads them.

In: a text and a range. Out: spans of words, in order, that together cover every character that is not white space.
A number keeps its separators (``1.200,5``); a name of letters is one word; every other sign is one of its own.
The clitic ``-nya`` is a word of its own (``ujarnya`` -> ``ujar`` + ``nya``): what reports is ``ujar``, and a span
that ends before ``-nya`` must be able to end there.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from ..lexicon import words as lexicon_words
from ..model.span import Span

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_")
_CLITIC = "nya"
_SHORTEST_STEM = 3


_LONGEST_KEPT = 50_000
"""Characters of a text whose blocks' words are kept: what is longer is no article, and a hundred of them would fill the memory."""


def split_words(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Words of ``text[start:end]``, sorted, never overlapping. Combining marks without a base stand alone.

    Each block of an article is asked for twice, for the model and for names: the last ones are kept.
    """
    return _kept_words(text, start, end) if len(text) <= _LONGEST_KEPT else _words_of(text, start, end)


def _words_of(text: str, start: int, end: int) -> tuple[Span, ...]:
    whole = lexicon_words("nya_words")
    out: list[Span] = []
    for match in _WORD.finditer(text, start, end):
        a, b = match.span()
        stem_end = b - len(_CLITIC)
        if stem_end - a >= _SHORTEST_STEM and text.endswith(_CLITIC, a, b) and match.group().casefold() not in whole:
            out.append(Span(a, stem_end))
            out.append(Span(stem_end, b))
        else:
            out.append(Span(a, b))
    return tuple(out)


_kept_words = lru_cache(maxsize=128)(_words_of)


_TREEBANK_WORD = re.compile(
    r"Rp(?=\d)"  # Rp|9.300
    r"|\d+(?:[.,:]\d+)*(?:-an\b)?(?![^\W_])"  # 1.200,5 and 1960-an
    r"|[^\W_]+(?:['’][^\W_]+)?(?:-[^\W_]+){0,4}"  # anak-anak, Ka'ban, APBN-P, KM10
    r"|-{2,3}|\.{2,3}|[^\w\s]|_"
)
_CUT_CLITICS = ("kah", "lah", "pun", "ku", "mu")
_SMALL_STEMS = frozenset({"apa", "ini", "itu", "meski", "walau"})


def treebank_words(text: str, start: int, end: int, known: Collection[str]) -> tuple[Span, ...]:
    """Words as the treebanks cut them, which hold more together than `split_words`: words said twice and other joined
    ones (``anak-anak``, ``1960-an``) are one.

    ``known``: lower-cased words of the language. ``-nya`` is cut off any other, the rarer clitics only off one of them.
    """
    out: list[Span] = []
    for match in _TREEBANK_WORD.finditer(text, start, end):
        a, b = match.span()
        cut = b - _clitic(match.group().lower(), known)
        out += [Span(a, cut), Span(cut, b)] if cut < b else [Span(a, b)]
    return tuple(out)


def _clitic(word: str, known: Collection[str]) -> int:
    """How many letters the clitic at the end of a word has, 0 for none."""
    if word.endswith(_CLITIC):
        whole = word in known or word in lexicon_words("nya_words") or len(word) - len(_CLITIC) < _SHORTEST_STEM
        return 0 if whole else len(_CLITIC)
    for clitic in _CUT_CLITICS:
        stem = word.removesuffix(clitic)
        if stem in _SMALL_STEMS and stem != word:
            return len(clitic)
        if stem != word and len(stem) >= _SHORTEST_STEM and stem in known and word not in known:
            return len(clitic)
    return 0
