"""A claim in the making: what the finders of this room hand to `claims`, which settles marks, words and order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from telusur.model.claim import Participant, Tense
from telusur.model.span import Span


class Draft(NamedTuple):
    """A trigger with its participants. A named tuple, because most of them are made anew several times on the way to a claim.

    ``first`` and ``last`` are the trigger's units (last one included). ``score`` in [0, 1] is how sure the finder is.
    ``tense`` is set where the finder knows it already (a former office). ``time`` is a time's id, ``marks`` are the
    model's probabilities for what is marked, as in `signals.Frame`. ``times`` are the ids of those that the model thinks may date it, None
    where it did not hear the trigger. ``outcomes`` are the units of words that say what the event did to
    people, where they are no events of their own.
    """

    type: str
    trigger: Span
    first: int
    last: int
    participants: tuple[Participant, ...] = ()
    score: float = 1.0
    tense: Tense | None = None
    time: str | None = None
    marks: Mapping[str, Mapping[str, float]] = MappingProxyType({})
    outcomes: tuple[int, ...] = ()
    times: frozenset[str] | None = None
