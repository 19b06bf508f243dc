"""Words as the full-text tables take them: quoted stems, never what somebody typed.

Comes in: a tree, or the part of it that asks for words alone. Goes out: one expression for each engine, so that the engine's
own index puts the words together rather than one list after another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, cast, select
from sqlalchemy.dialects.postgresql import TSQUERY

from ..archive.words import WordTable, columns
from .query import And, Node, Not, Or, Text, Words


def is_words(node: Node) -> bool:
    """Whether a tree asks for words alone, and for some that must be there: only that is an expression of its own."""
    if isinstance(node, And):
        wanted = [part.inner if isinstance(part, Not) else part for part in node.parts]
        return all(map(is_words, wanted)) and not all(isinstance(part, Not) for part in node.parts)
    return isinstance(node, Text) or (isinstance(node, Or) and all(map(is_words, node.parts)))


def expression(node: Node, dialect: str) -> str:
    """A tree of words alone as the engine reads it."""
    either, both, but = (" OR ", " AND ", " NOT ") if dialect == "sqlite" else (" | ", " & ", " & !")
    if isinstance(node, Text):
        return f"({either.join(_side_by_side(words, dialect) for words in node.either)})"
    assert isinstance(node, And | Or)
    if isinstance(node, Or):
        return f"({either.join(expression(part, dialect) for part in node.parts)})"
    told = both.join(expression(part, dialect) for part in node.parts if not isinstance(part, Not))
    denied = either.join(expression(part.inner, dialect) for part in node.parts if isinstance(part, Not))
    return f"(({told}){but}({denied}))" if denied else f"({told})"


def _side_by_side(words: Words, dialect: str) -> str:
    """Words one after the other, the last perhaps only begun. Stems hold letters and digits alone."""
    if dialect == "sqlite":
        return f'"{" ".join(words.stems)}"{" *" if words.prefix else ""}'
    last = len(words.stems) - 1
    return " <-> ".join(f"'{stem}'{':*' if words.prefix and n == last else ''}" for n, stem in enumerate(words.stems)).join("()")


def matching(table: WordTable, told: str, dialect: str, low: int, high: int) -> Select[Any]:
    """The numbers of the rows, from one on and below another, that an expression finds; as ``number``."""
    found = columns(dialect, table)
    return select(found.c.number.label("number")).where(matches(found, told, dialect), found.c.number >= low, found.c.number < high)


def matches(table: FromClause, told: str, dialect: str) -> ColumnElement[bool]:
    """Whether a row of a full-text table answers an expression."""
    if dialect == "sqlite":
        return table.c.words.op("MATCH", is_comparison=True)(told)
    return table.c.words.op("@@", is_comparison=True)(cast(told, TSQUERY))


def any_of(either: Sequence[Words], dialect: str) -> str:
    """An expression for any of some words."""
    return expression(Text(tuple(either)), dialect)
