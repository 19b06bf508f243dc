"""Signs weighed: how likely something is, by a table of weights that a logistic regression has fitted.

A table (``words/NAME.tsv``, columns ``sign`` and ``weight``) is read once a process. Its sign ``always`` is the constant.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache

from telusur.lexicon import read_table

_FARTHEST = 30.0
"""Log odds beyond this are all the same, and their exponent must stay a number."""


@cache
def _weights(table: str) -> Mapping[str, float]:
    return {row["sign"]: float(row["weight"]) for row in read_table(table, ("sign", "weight"))}


def weight_of(table: str, sign: str) -> float:
    """What a sign weighs, in log odds; nothing where the table does not know it."""
    return _weights(table).get(sign, 0.0)


def chance_of(table: str, signs: Mapping[str, float], more: float = 0.0) -> float:
    """How likely it is, in (0, 1), with these signs, and ``more`` log odds; a sign that the table does not know weighs nothing."""
    return chance(odds_of(table, signs) + more)


def odds_of(table: str, signs: Mapping[str, float], plain: tuple[str, ...] = ()) -> float:
    """The log odds that these signs give together. ``plain`` are more of them, each there in full; the same ones are weighed once."""
    found = _added_plainly(table, plain) if plain else 0.0
    return weight_of(table, "always") + (added(table, signs, found) if signs else found)


def added(table: str, signs: Mapping[str, float], found: float = 0.0) -> float:
    """What these signs add to the log odds ``found`` without them, but for the constant."""
    weights = _weights(table)
    for sign, value in signs.items():
        if (weight := weights.get(sign)) is not None:
            found += value * weight
    return found


@lru_cache(maxsize=1 << 14)
def _added_plainly(table: str, signs: tuple[str, ...]) -> float:
    return added(table, dict.fromkeys(signs, 1.0))


def chance(odds: float) -> float:
    """The chance, in (0, 1), of log odds."""
    if not -_FARTHEST < odds < _FARTHEST:
        odds = math.copysign(_FARTHEST, odds)
    return 1 / (1 + math.exp(-odds))


def odds(chance: float, edge: float = 0.001) -> float:
    """Log odds of a chance, which is taken to be ``edge`` away from 0 and 1 at least."""
    chance = min(max(chance, edge), 1 - edge)
    return math.log(chance / (1 - chance))
