"""Words of a text, as the language model reads them.

In: a text and a range. Out: spans of words, in order, that together cover every character that is not white space.
A number keeps its separators (``1.200,5``); a name of letters is one word; every other sign is one of its own.
The clitic ``-nya`` is a word of its own (``ujarnya`` -> ``ujar`` + ``nya``): what reports is ``ujar``, and a span
that ends before ``-nya`` must be able to end there.
"""

from __future__ import annotations

import re

from ..lexicon import words as lexicon_words
from ..model.span import Span

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_")
_CLITIC = "nya"
_SHORTEST_STEM = 3


def split_words(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Words of ``text[start:end]``, sorted, never overlapping. Combining marks without a base stand alone."""
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
