"""Where a stretch of units begins and ends: between commas, past what only ties sentences, back over adverbs.

In come positions of units in a sentence; out go other positions. Which of a stretch speaks is for `sources` to say.
"""

from __future__ import annotations

from collections.abc import Sequence

from .units import Unit
from .wordkinds import clause_words, looks_like_verb

MARKS_IN_NAMES = frozenset("-'’.&/")


def is_home_affairs(units: Sequence[Unit], at: int) -> bool:
    """The `Dalam` of `Menteri Dalam Negeri`, no preposition."""
    return units[at].low == "dalam" and units[at].capital and at + 1 < len(units) and units[at + 1].low == "negeri"


def is_boundary(unit: Unit) -> bool:
    if unit.kind in ("mark", "time"):
        return unit.low not in MARKS_IN_NAMES
    if unit.kind != "word":
        return False
    small = ("preposition", "opener", "adverb", "negation", "subordinator", "modal")
    return any(unit.low in clause_words(kind) for kind in small) or looks_like_verb(unit)


def segments_of(units: Sequence[Unit], low: int, end: int) -> list[tuple[int, int]]:
    """Units ``[low, end)`` parted at commas and dashes; what stands in brackets parts nothing."""
    out: list[tuple[int, int]] = []
    depth, start = 0, low
    for at in range(low, end):
        if units[at].low in ("(", "["):
            depth += 1
        elif units[at].low in (")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0 and units[at].low in (",", ";", ":", "–", "—", '"', "”", "“", "-"):
            if units[at].low == "-" and not _spaced(units, at):
                continue
            out.append((start, at))
            start = at + 1
    out.append((start, end))
    return [(a, b) for a, b in out if a < b]


def _spaced(units: Sequence[Unit], at: int) -> bool:
    """Whether a hyphen is a dash: white space on one side at least."""
    return (at > 0 and units[at - 1].span.end < units[at].span.start) or (
        at + 1 < len(units) and units[at + 1].span.start > units[at].span.end
    )


def skip_openers(units: Sequence[Unit], start: int, stop: int) -> int:
    """Past the words that only tie a sentence to the one before (`Sementara itu`, `Namun`)."""
    while start < stop:
        low = units[start].low
        if low in clause_words("opener") or low in clause_words("adverb") or units[start].kind == "mark" or (low in clause_words("demonstrative") and start + 1 < stop):
            start += 1
        else:
            break
    return start


def _says_how(first: str, second: Unit) -> bool:
    """`secara tegas`, `sejak lama`: two words that say how or since when."""
    if first in ("secara", "dengan"):
        return second.kind == "word"
    return first in ("sejak", "dari", "selama") and second.low in ("lama", "awal", "dulu", "ini")


def skip_back(units: Sequence[Unit], low: int, end: int) -> int:
    """Back over what may stand between a subject and its verb: adverbs, `secara ...`, a comma, a time."""
    while end > low:
        unit = units[end - 1]
        if end - 2 >= low and _says_how(units[end - 2].low, unit):
            end -= 2
        elif unit.kind == "time" or unit.low == "," or unit.low in clause_words("adverb"):
            end -= 1
        else:
            break
    return end
