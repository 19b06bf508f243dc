"""What the tables of an archive are made of: kinds of columns, and where all tables are listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Integer, MetaData, SmallInteger, TypeDecorator

metadata = MetaData()

Number = BigInteger().with_variant(Integer, "sqlite")
"""64 bits in both engines: an INTEGER of SQLite is its row's own number, and needs no index beside it."""


class Coded(TypeDecorator[str]):
    """One of some words, kept as a number: a third of what claims take on disk would be their words, and their indexes too.

    A word's number is its place in the list, counted from 1; lists only grow at their end. What is in none is 0, ``?``.
    """

    impl = SmallInteger
    cache_ok = True

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, dialect: Any) -> int | None:
        """The number of a word."""
        if value is None:
            return None
        return self.words.index(value) + 1 if value in self.words else 0

    def process_result_value(self, value: int | None, dialect: Any) -> str | None:
        """The word of a number."""
        if value is None:
            return None
        return self.words[value - 1] if 0 < value <= len(self.words) else UNKNOWN_WORD


UNKNOWN_WORD = "?"

CLAIM_WORDS: Sequence[str] = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION",
    "MOBILIZE", "COERCE", "ASSAULT", "INVESTIGATE", "OFFICE", "GROUP", "DISASTER", "POLICY", "ECONOMY", "leads", "holds-office", "member-of",
    "part-of", "allied-with", "rival-of", "controls", "capital-of", "located-in", "family-of", "same-as", "plans",
)  # fmt: skip
"""Types of claims as archives number them; a new type goes to the end, wherever it stands in the model."""
