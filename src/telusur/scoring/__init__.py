"""How near a reading comes to one made by hand: what counts as the same thing, and the measures built on it.

Comes in: gold and predicted records as plain JSON values. Goes out: tallies for each article, summed into scores.
"""

from .intervals import Score, scores
from .measures import Tallies, Tally, same_value, tally
from .pairing import (
    Comparison,
    Item,
    Parties,
    chain,
    compare,
    is_span,
    overlap,
    pair_up,
    participants,
    parties_of,
    speaker,
)

__all__ = [
    "Comparison",
    "Item",
    "Parties",
    "Score",
    "Tallies",
    "Tally",
    "chain",
    "compare",
    "is_span",
    "overlap",
    "pair_up",
    "participants",
    "parties_of",
    "same_value",
    "scores",
    "speaker",
    "tally",
]
