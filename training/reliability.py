"""How true stated chances are: reliability in bins, expected calibration error, and how well they rank."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BINS = 10


def reliability(chances: NDArray[np.float64], right: NDArray[np.float64]) -> list[tuple[int, float, float]]:
    """Bins of equal size by confidence: how many, the mean confidence, the share that was right."""
    order = np.argsort(chances, kind="stable")
    return [(len(rows), float(chances[rows].mean()), float(right[rows].mean())) for rows in np.array_split(order, BINS) if len(rows)]


def calibration_error(bins: Sequence[tuple[int, float, float]]) -> float:
    total = sum(count for count, _, _ in bins)
    return sum(count * abs(told - was) for count, told, was in bins) / total if total else 0.0


def by_chance(chances: NDArray[np.float64], times: int = 50) -> float:
    """The error that perfect confidence would show on as many items: what cannot be told from none."""
    return float(np.mean(_drawn(chances, times)))


def most_by_chance(chances: NDArray[np.float64], times: int = 200) -> float:
    """The error that perfect confidence stays below in nineteen of twenty draws of as many items: what is above it is an error."""
    return float(np.quantile(_drawn(chances, times), 0.95))


def _drawn(chances: NDArray[np.float64], times: int) -> list[float]:
    draw = np.random.default_rng(7)
    return [calibration_error(reliability(chances, (draw.random(len(chances)) < chances).astype(float))) for _ in range(times)]


def ranking(chances: NDArray[np.float64], right: NDArray[np.float64]) -> float | None:
    """How often a right one is surer than a wrong one (area under the curve)."""
    ranks = np.empty(len(chances))
    values, places = np.unique(chances, return_inverse=True)
    counts = np.bincount(places, minlength=len(values))
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    hits = float(right.sum())
    misses = len(right) - hits
    if not hits or not misses:
        return None
    return (float(ranks[right == 1].sum()) - hits * (hits + 1) / 2) / (hits * misses)
