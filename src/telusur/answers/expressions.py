"""Triggers that are a part of an expression, in all its words: *kerja* of ``bekerja sama`` is not work."""

from __future__ import annotations

import re
from functools import cache

from ..analyse.stems import stems
from ..lexicon import read_table

_AROUND = 30
"""How far from a trigger an expression may reach, in characters."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch of the expression that a trigger is a part of; the trigger's own where it is of none, or is more than it."""
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    words = [(low + found.start(), low + found.end()) for found in _WORD.finditer(text[low:high])]
    inside = [number for number, (a, b) in enumerate(words) if a < end and b > start]
    if not inside or len(inside) > 1:
        return start, end
    (at,) = inside
    for first, last in ((at, at + 1), (at - 1, at)):
        if first < 0 or last >= len(words) or not text[words[first][1] : words[last][0]].isspace():
            continue
        beginning, ending = words[first][0], words[last][1]
        if tuple(stems(text[beginning:ending])) in _expressions():
            return min(start, beginning), max(end, ending)
    return start, end


@cache
def _expressions() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(stems(row["expression"])) for row in read_table("expressions", ("expression",)))
