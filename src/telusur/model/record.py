"""The record of one article: all layers together, and what made them. Its published form is made in `export.json`."""

from __future__ import annotations

from dataclasses import dataclass

from .claim import Attribution, Claim
from .document import Document
from .layers import Entity, Mention, Sentence, Time

FORMAT = "telusur/1"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many items of each layer were left out because their confidence was ``below`` what was asked."""

    below: float
    mentions: int = 0
    times: int = 0
    attributions: int = 0
    claims: int = 0
    participants: int = 0


@dataclass(frozen=True, slots=True)
class Analysis:
    """What made a record. The same input, version and model give the same record; ``seconds`` is CPU time.

    ``calibration`` names the tables that turned scores into confidence; empty where none did.
    ``left_out`` is None where the record is whole.
    """

    software: str
    version: str
    model: str
    seconds: float
    calibration: str = ""
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One article, read."""

    document: Document
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    times: tuple[Time, ...]
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    analysis: Analysis

    @property
    def text(self) -> str:
        return self.document.text


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read: a code of `errors` and one line that says what, why and what to do."""

    id: str | None
    code: str
    message: str
