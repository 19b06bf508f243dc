"""Which tier of the model read a trigger, and by whose tables and networks it is judged then.

Comes in: signals. Goes out: for each trigger a `TierJudge`. The fast tier reads an article's beginning as the accurate one does
(`analyse.encoder.READ_IN_FULL`), and what was seen there is judged as the accurate tier's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telusur.model.signals import Signals, Tier

from .judges import Judges
from .units import Reading


def tables_of(tier: Tier) -> tuple[str, str]:
    """The tables by which what a tier of the model saw is weighed: is it a claim, and who takes part?"""
    end = "" if tier == "accurate" else f"-{tier}"
    return f"weighing{end}", f"casting{end}"


@dataclass(frozen=True, slots=True)
class TierJudge:
    """The tables of one tier by name (``words/*.tsv``), and what its networks say of one article."""

    weighing: str
    casting: str
    judges: Judges


class TierJudges:
    """Who judges which trigger of an article."""

    def __init__(self, signals: Signals, reading: Reading, triggers: Iterable[int]) -> None:
        """``triggers``: the first units of whatever may be one."""
        self._reading, self._full_to = reading, signals.full_to
        parted: tuple[list[int], list[int]] = ([], [])
        for unit in triggers:
            parted[self._in_full(unit)].append(unit)
        self.own = TierJudge(*tables_of(signals.tier), Judges(signals.states, reading, parted[False]))
        self._first = self.own
        if signals.full_to:
            self._first = TierJudge(*tables_of("accurate"), Judges(signals.states, reading, parted[True], beside=self.own.judges))

    @property
    def each(self) -> Iterable[TierJudge]:
        """All of them, each once."""
        return (self.own,) if self._first is self.own else (self.own, self._first)

    def of(self, unit: int) -> TierJudge:
        """Who judges a trigger that begins with this unit."""
        return self._first if self._in_full(unit) else self.own

    def _in_full(self, unit: int) -> bool:
        return self._reading.units[unit].span.start < self._full_to
