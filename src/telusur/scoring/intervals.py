"""From tallies of many articles to scores with intervals over articles."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .measures import Tallies, Tally

RESAMPLES, SEED, LEAST_RESAMPLES = 300, 7, 40


@dataclass(frozen=True, slots=True)
class Score:
    """One measure, 0 to 1, with its 95 % bootstrap interval over articles; None where nothing can be said."""

    value: float | None
    low: float | None = None
    high: float | None = None


def _value(numbers: Tally) -> float | None:
    if len(numbers) == 2:
        return numbers[0] / numbers[1] if numbers[1] else None
    if len(numbers) == 3:
        items = numbers[1] + numbers[2]
        return 2 * numbers[0] / items if items else None
    precision = numbers[0] / numbers[1] if numbers[1] else 0.0
    recall = numbers[2] / numbers[3] if numbers[3] else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _sum(tallies: Sequence[Tallies]) -> dict[str, float | None]:
    """Every measure over these articles; the macro average of the block kinds last."""
    columns: dict[str, list[Tally]] = {}
    for article in tallies:
        for key, numbers in article.items():
            columns.setdefault(key, []).append(numbers)
    out = {key: _value(tuple(map(sum, zip(*rows, strict=True)))) for key, rows in columns.items()}
    kinds = [value for key, value in out.items() if key.startswith("blocks.f1 ") and value is not None]
    out["blocks.macro_f1"] = _mean([out[key] for key in sorted(out) if key.startswith("blocks.f1 ")]) if kinds else None
    return out


def _mean(values: Iterable[float | None]) -> float:
    known = [v for v in values if v is not None]
    return sum(known) / len(known)


def scores(tallies: Sequence[Tallies]) -> dict[str, Score]:
    """Every measure over all articles, with intervals where there are articles enough to resample."""
    spread: dict[str, list[float]] = {}
    if len(tallies) > 1:
        for resampled in _resamples(tallies):
            for key, value in _sum(resampled).items():
                if value is not None:
                    spread.setdefault(key, []).append(value)
    return {key: _with_interval(value, sorted(spread.get(key, ()))) for key, value in sorted(_sum(tallies).items())}


def _resamples(tallies: Sequence[Tallies]) -> Iterator[list[Tallies]]:
    """As many articles drawn with replacement, again and again, the same draws every time."""
    draw = random.Random(SEED)
    for _ in range(RESAMPLES):
        yield [draw.choice(tallies) for _ in tallies]


def _with_interval(value: float | None, spread: Sequence[float]) -> Score:
    if len(spread) <= LEAST_RESAMPLES:
        return Score(value)
    return Score(value, spread[int(len(spread) * 0.025)], spread[int(len(spread) * 0.975) - 1])
