"""Events and states by their trigger words: what the lexicon alone finds.

Comes in: the article in units. Goes out: drafts without marks, each with the weight of its word from
``words/triggers.tsv``, moved by what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from telusur.lexicon import read_table

from .drafts import Draft
from .units import Reading

_MOST = 40
"""Trigger words read in one sentence: no real one comes near; a hostile line of them must not take for ever."""


@cache
def _triggers() -> dict[str, tuple[tuple[tuple[str, ...], str, float], ...]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str, float]]] = {}
    for row in read_table("triggers", ("word", "type", "weight")):
        phrase = tuple(row["word"].split())
        by_first.setdefault(phrase[0], []).append((phrase, row["type"], float(row["weight"])))
    return {k: tuple(sorted(v, key=lambda x: -len(x[0]))) for k, v in by_first.items()}


def find_triggers(reading: Reading) -> Iterator[Draft]:
    """Every trigger word of the lexicon in the article, the longest phrase at each place, without participants."""
    table = _triggers()
    for start, stop in reading.bounds:
        at, found = start, 0
        while at < stop and found < _MOST:
            unit = reading.units[at]
            end = at
            if unit.kind == "word":
                for phrase, kind, weight in table.get(unit.low, ()):
                    last = at + len(phrase)
                    if last <= stop and reading.lows[at:last] == phrase:
                        yield Draft(kind, reading.span(at, last), at, last - 1, (), weight)
                        end, found = last - 1, found + 1
                        break
            at = end + 1
