"""Two small networks beside the tables of signs: is this word an event of this type, and does this one take part in it?

Comes in: the encoder's state of each word (`signals.States`), and the article in units. Goes out: log odds, added to those that the
tables give (``words/weighing.tsv``, ``words/casting.tsv``). The tables know who says so and which word it is; the networks know
what the words around it are about. They are fitted on articles read by hand, with the encoder as it is
(``training.judges``), and stand beside it in ``judges.npz``. A model without them, or none, adds nothing.

- *events*: state of the word + mean of the states around it + mean of its sentence + the sentence's number -> one hidden layer ->
  log odds of each type
- *parts*: state of the trigger + mean of whoever may take part + mean of all from one to the other + how far apart they are + what is
  said of both in plain words (`casting.MARKS`) -> one hidden layer -> log odds of each role
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from telusur.matrices import Floats, product
from telusur.model.claim import CLAIM_TYPES, PARTICIPANT_ROLES
from telusur.model.signals import States
from telusur.model.span import Span

from .units import Reading

Numbers = npt.NDArray[np.intp]

AROUND = 12
"""Words on each side whose states are taken together with a word's own."""
SENTENCES = 64
"""Sentences from this one on are all the same to the network."""
FARTHEST = 32
"""Words between a trigger and whoever may take part; beyond that all are as far."""
_SMALLEST = 1e-5
_Place = TypeVar("_Place")
_TYPES = {name: n for n, name in enumerate(CLAIM_TYPES)}


class Places:
    """Where in an article's words the networks look: words by their number, stretches of words as (first, stop)."""

    def __init__(self, starts: Sequence[int], reading: Reading) -> None:
        """``starts``: of the words that the model read, in order."""
        self.reading, self._starts = reading, starts

    def row(self, at: int) -> int:
        """The word that a place in the text is in."""
        return max(bisect_right(self._starts, at) - 1, 0)

    def events(self, units: Sequence[int]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """For triggers that begin with these units: their words, the stretches around and their sentences (triggers, 2), and the sentences' numbers."""
        given, last = self.reading.units, len(self._starts)
        rows = [self.row(given[u].span.start) for u in units]
        around = [(max(0, r - AROUND), min(last, r + AROUND + 1)) for r in rows]
        bounds = [self.reading.bounds[given[u].sentence] for u in units]
        sentence = [(bisect_left(self._starts, given[a].span.start), bisect_left(self._starts, given[b - 1].span.end)) for a, b in bounds]
        return _numbers(rows), _numbers(around), _numbers(sentence), _numbers([min(given[u].sentence, SENTENCES - 1) for u in units])

    def parts(self, units: Sequence[int], spans: Sequence[Span]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """For triggers that begin with these units, each with somebody who may take part: the triggers' words, the stretches of those
        who may and from one to the other (questions, 2), and how far each is away, from 0 for far before to twice `FARTHEST`."""
        given = self.reading.units
        at = [self.row(given[u].span.start) for u in units]
        first = [self.row(s.start) for s in spans]
        who = [(a, max(bisect_left(self._starts, s.end), a + 1)) for s, a in zip(spans, first, strict=True)]
        between = [(t, a + 1) if t < a else (a, t + 1) for t, a in zip(at, first, strict=True)]
        trigger = _numbers(at)
        away = np.clip(_numbers(first) - trigger, -FARTHEST, FARTHEST) + FARTHEST
        return trigger, _numbers(who), _numbers(between), away


class Laid:
    """The states of an article's words."""

    def __init__(self, states: States) -> None:
        self.rows = states.rows
        self._sums = np.zeros((len(states.rows) + 1, states.rows.shape[1]), np.float32)
        self._sums[1:] = states.rows
        # Row by row: numpy's own running sum goes down one column after the other, which takes twice as long.
        for before, row in pairwise(list(self._sums)):
            np.add(before, row, row)

    def mean(self, stretches: Numbers) -> Floats:
        """Mean states of stretches of words, (stretches, width)."""
        first, stop = stretches[:, 0], stretches[:, 1]
        out: Floats = (self._sums[stop] - self._sums[first]) / np.maximum(stop - first, 1)[:, None].astype(np.float32)
        return out


class Judges:
    """What both networks say of one article."""

    def __init__(self, states: States | None, reading: Reading, triggers: Iterable[int], *, beside: Judges | None = None) -> None:
        """``triggers``: the first units of whatever may be one. ``beside``: the fast tier's judges of this article, where the accurate one's
        networks judge what that tier read of it; the states are laid out once for both."""
        weights: Mapping[str, Floats] = {} if states is None or not len(states.starts) else states.first_judges if beside else states.judges
        self._weights = weights
        self._laid: tuple[Places, Laid] | None = beside._laid if beside is not None else None
        if beside is None and states is not None and weights:
            self._laid = (Places(states.starts, reading), Laid(states))
        self._told: dict[int, Floats] = {}
        units = sorted(set(triggers))
        if self._laid is not None and units:
            self._told = dict(zip(units, self._events(*self._laid, units), strict=True))

    @property
    def at_hand(self) -> bool:
        """Whether there is anything to judge by."""
        return self._laid is not None

    def event(self, unit: int, kind: str) -> float:
        """Log odds that a trigger which begins with this unit is of this type, beside what the tables give."""
        return float(self._told[unit][_TYPES[kind]]) if unit in self._told else 0.0

    def parts(self, units: Sequence[int], spans: Sequence[Span], marks: Sequence[Sequence[int]]) -> Floats:
        """Log odds in each role, (questions, roles), beside what the tables give, of somebody at ``spans`` in an event whose trigger begins
        with the unit of ``units`` beside it; ``marks``: of each, by number."""
        if self._laid is None or not spans:
            return np.zeros((len(spans), len(PARTICIPANT_ROLES)), dtype=np.float32)
        w, (places, laid) = self._weights, self._laid
        trigger, who, between, away = places.parts(units, spans)
        z = _of_words(laid, trigger, w["parts trigger"]) + _of_stretches(laid, who, w["parts who"]) + product(laid.mean(between), w["parts between"])
        z = z + w["parts away"][away] + w["parts marks"][_numbers(marks)].sum(axis=1) + w["parts bias"]
        z = _gelu(_normal(z) * w["parts norm"] + w["parts norm bias"])
        return product(_gelu(product(z, w["parts hidden"]) + w["parts hidden bias"]), w["parts out"]) + w["parts out bias"]

    def _events(self, places: Places, laid: Laid, units: Sequence[int]) -> Floats:
        w = self._weights
        rows, around, sentence, number = places.events(units)
        z = product(laid.rows[rows], w["events word"]) + product(laid.mean(around), w["events around"]) + _of_stretches(laid, sentence, w["events sentence"])
        z = z + w["events number"][number] + w["events bias"]
        z = _normal(z) * w["events norm"] + w["events norm bias"]
        return product(_gelu(product(z, w["events hidden"]) + w["events hidden bias"]), w["events out"]) + w["events out bias"]


def _of_words(laid: Laid, rows: Numbers, weights: Floats) -> Floats:
    """What words weigh, each multiplied once: several questions look at one trigger."""
    once, back = _each_once(rows.tolist())
    if len(once) == 1:  # a product of a single row is rounded otherwise than one of several
        return product(laid.rows[rows], weights)
    out: Floats = product(laid.rows[_numbers(once)], weights)[back]
    return out


def _of_stretches(laid: Laid, stretches: Numbers, weights: Floats) -> Floats:
    """What the means of stretches weigh, each multiplied once: several questions look at one sentence or one name."""
    once, back = _each_once(map(tuple, stretches.tolist()))
    if len(once) == 1:
        return product(laid.mean(stretches), weights)
    out: Floats = product(laid.mean(_numbers(once)), weights)[back]
    return out


def _each_once(places: Iterable[_Place]) -> tuple[list[_Place], list[int]]:
    """The places that differ, and for each that was given which of them it is."""
    number: dict[_Place, int] = {}
    back = [number.setdefault(place, len(number)) for place in places]
    return list(number), back


def _numbers(values: Any) -> Numbers:
    return np.array(values, dtype=np.intp)


def _normal(x: Floats) -> Floats:
    """Each row with mean 0 and spread 1."""
    x = x - x.mean(axis=-1, keepdims=True)
    out: Floats = x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + np.float32(_SMALLEST))
    return out


def _gelu(x: npt.NDArray[Any]) -> Floats:
    """By its usual approximation with a tangent, as the networks were fitted."""
    out: Floats = 0.5 * x * (1.0 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)))
    return out
