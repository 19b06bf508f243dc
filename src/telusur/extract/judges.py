"""Two small networks beside the tables of signs: is this word an event of this type, and does this one take part in it?

Comes in: the encoder's state of each word (`signals.States`), and the article in units. Goes out: log odds, added to those that the
tables give (``words/weighing.tsv``, ``words/casting.tsv``). The tables know who says so and which word it is; the networks know
what the words around it are about. They are fitted on articles read by hand, with the encoder as it is
(``training.judges``), and stand beside it in ``judges.npz``. A model without them, or none, adds nothing.

- *events*: state of the word + mean of the states around it + mean of its sentence + the sentence's number -> one hidden layer ->
  log odds of each type
- *parts*: state of the trigger + mean of whoever may take part + mean of all from one to the other + how far apart they are -> one
  hidden layer -> log odds of each role
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from telusur.model.claim import CLAIM_TYPES, PARTICIPANT_ROLES
from telusur.model.signals import States
from telusur.model.span import Span

from .units import Reading

Floats = npt.NDArray[np.float32]

AROUND = 12
"""Words on each side whose states are taken together with a word's own."""
SENTENCES = 64
"""Sentences from this one on are all the same to the network."""
FARTHEST = 32
"""Words between a trigger and whoever may take part; beyond that all are as far."""
_SMALLEST = 1e-5
_TYPES = {name: n for n, name in enumerate(CLAIM_TYPES)}


class Laid:
    """An article's states, laid on its units: what the networks are given."""

    def __init__(self, states: States, reading: Reading) -> None:
        self.reading, self.rows, self._starts = reading, states.rows, states.starts
        self._sums = np.concatenate([np.zeros((1, states.rows.shape[1]), np.float32), np.cumsum(states.rows, axis=0, dtype=np.float32)])

    def row(self, at: int) -> int:
        """The word that a place in the text is in."""
        return max(bisect_right(self._starts, at) - 1, 0)

    def mean(self, first: Sequence[int], stop: Sequence[int]) -> Floats:
        """Mean states of stretches of words, (stretches, width)."""
        a, b = np.array(first, dtype=np.intp), np.array(stop, dtype=np.intp)
        out: Floats = (self._sums[b] - self._sums[a]) / np.maximum(b - a, 1)[:, None].astype(np.float32)
        return out

    def events(self, units: Sequence[int]) -> tuple[Floats, Floats, Floats, npt.NDArray[np.intp]]:
        """For triggers that begin with these units: states, means around, means of the sentence (triggers, width), and the sentence's number."""
        given = self.reading.units
        rows = [self.row(given[u].span.start) for u in units]
        last = len(self._starts)
        around = self.mean([max(0, r - AROUND) for r in rows], [min(last, r + AROUND + 1) for r in rows])
        bounds = [self.reading.bounds[given[u].sentence] for u in units]
        sentence = self.mean(
            [bisect_left(self._starts, given[a].span.start) for a, _ in bounds], [bisect_left(self._starts, given[b - 1].span.end) for _, b in bounds]
        )
        return self.rows[rows], around, sentence, np.array([min(given[u].sentence, SENTENCES - 1) for u in units], dtype=np.intp)

    def parts(self, unit: int, spans: Sequence[Span]) -> tuple[Floats, Floats, Floats, npt.NDArray[np.intp]]:
        """For a trigger that begins with this unit, and those who may take part: its state (width), their means and the means
        from one to the other (candidates, width), and how far each is away, from 0 for far before to twice `FARTHEST`."""
        at = self.row(self.reading.units[unit].span.start)
        first = [self.row(s.start) for s in spans]
        stop = [max(bisect_left(self._starts, s.end), a + 1) for s, a in zip(spans, first, strict=True)]
        between = self.mean([min(at, a) for a in first], [max(at, a) + 1 for a in first])
        away = np.clip(np.array(first, dtype=np.intp) - at, -FARTHEST, FARTHEST) + FARTHEST
        return self.rows[at], self.mean(first, stop), between, away


class Judges:
    """What both networks say of one article."""

    def __init__(self, states: States | None, reading: Reading, triggers: Iterable[int]) -> None:
        """``triggers``: the first units of whatever may be one."""
        self._weights: Mapping[str, Floats] = states.judges if states is not None and len(states.starts) else {}
        self._laid = Laid(states, reading) if states is not None and self._weights else None
        self._told: dict[int, Floats] = {}
        units = sorted(set(triggers))
        if self._laid is not None and units:
            self._told = dict(zip(units, self._events(self._laid, units), strict=True))

    def event(self, unit: int, kind: str) -> float:
        """Log odds that a trigger which begins with this unit is of this type, beside what the tables give."""
        return float(self._told[unit][_TYPES[kind]]) if unit in self._told else 0.0

    def parts(self, unit: int, spans: Sequence[Span]) -> Floats:
        """Log odds of each candidate in each role, (candidates, roles), beside what the tables give."""
        if self._laid is None or not spans:
            return np.zeros((len(spans), len(PARTICIPANT_ROLES)), dtype=np.float32)
        w = self._weights
        trigger, who, between, away = self._laid.parts(unit, spans)
        z = trigger @ w["parts trigger"] + who @ w["parts who"] + between @ w["parts between"] + w["parts away"][away] + w["parts bias"]
        z = _gelu(_normal(z) * w["parts norm"] + w["parts norm bias"])
        out: Floats = _gelu(z @ w["parts hidden"] + w["parts hidden bias"]) @ w["parts out"] + w["parts out bias"]
        return out

    def _events(self, laid: Laid, units: Sequence[int]) -> Floats:
        w = self._weights
        states, around, sentence, number = laid.events(units)
        z = states @ w["events word"] + around @ w["events around"] + sentence @ w["events sentence"] + w["events number"][number] + w["events bias"]
        z = _normal(z) * w["events norm"] + w["events norm bias"]
        out: Floats = _gelu(z @ w["events hidden"] + w["events hidden bias"]) @ w["events out"] + w["events out bias"]
        return out


def _normal(x: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Each row with mean 0 and spread 1."""
    x = x - x.mean(axis=-1, keepdims=True)
    out: npt.NDArray[Any] = x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + np.float32(_SMALLEST))
    return out


def _gelu(x: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """By its usual approximation with a tangent, as the networks were fitted."""
    out: npt.NDArray[Any] = 0.5 * x * (1.0 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)))
    return out
