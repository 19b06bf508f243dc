"""What a claim tells, in the parts that sentences are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Who:
    """One party as the article writes it; ``name`` is its fullest name, empty where it has none."""

    role: str
    text: str
    name: str
    type: str

    def shown(self) -> str:
        """The name, or the description."""
        return self.name or self.text


Whose = Mapping[str, Sequence[Who]]
"""On whose word: origins, speaker and relays."""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim's parts; ``trigger`` is the word that names it. For a saying, ``trigger`` is what was said."""

    type: str
    trigger: str
    certainty: str
    polarity: str
    tense: str
    parties: tuple[Who, ...]
    time: dict[str, Any] | None
    casualties: dict[str, Any] | None
    direct: bool = False

    def of(self, role: str) -> list[Who]:
        """The parties in a role, each once, in the text's order."""
        found: dict[str, Who] = {}
        for party in self.parties:
            if party.role == role:
                found.setdefault(party.shown().casefold(), party)
        return list(found.values())
