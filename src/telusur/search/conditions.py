"""A query's tree as conditions that a database checks: the same in both engines, every value a bound parameter.

Comes in: a tree of `query`, and the stretch of article numbers to look in. Goes out: conditions on the numbers of articles,
and on single claims and sayings. Words go to the full-text tables as quoted stems, never as typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    cast,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from ..analyse.stems import stems
from ..archive.places import ORDINAL_BITS, first_number
from ..archive.schema import REJECTED, articles, claims, entities, names, outlets, participants, sayings, tags
from ..archive.words import WordTable, columns
from .names import bearing
from .query import ITEM_FIELDS, And, Field, Node, Not, Or, Text, Words

Condition = ColumnElement[bool]

_CLAIMS_ALONE = frozenset({"where", "type", "certainty"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where to look: article numbers from ``low`` on, below ``high``; in which engine."""

    dialect: str
    low: int
    high: int

    def holds(self, column: Any) -> Condition:
        """Whether a column of article numbers lies in it."""
        return and_(column >= self.low, column < self.high)


def of_article(node: Node, stretch: Stretch) -> Condition:
    """Whether the row of `schema.articles` answers a tree."""
    if isinstance(node, Text):
        return articles.c.number.in_(_matching("article_words", node.either, stretch))
    if isinstance(node, Not):
        return not_(of_article(node.inner, stretch))
    if isinstance(node, Or):
        return or_(*(of_article(part, stretch) for part in node.parts))
    if isinstance(node, And):
        together, apart = items_of(node)
        told = [of_article(part, stretch) for part in apart]
        return and_(*told, _has_item(together, stretch)) if together else and_(*told)
    if node.name in ITEM_FIELDS:
        return _has_item([node], stretch)
    return _of_article_field(node, stretch)


def items_of(node: And) -> tuple[list[Field | Not], list[Node]]:
    """The fields of a conjunction that speak of one claim or saying, and all else. Where all are denied, each stands alone."""
    together: list[Field | Not] = []
    apart: list[Node] = []
    for part in node.parts:
        field = part.inner if isinstance(part, Not) else part
        if isinstance(field, Field) and isinstance(part, Field | Not) and field.name in ITEM_FIELDS:
            together.append(part)
        else:
            apart.append(part)
    if not any(isinstance(part, Field) for part in together):
        return [], list(node.parts)
    return together, apart


def _of_article_field(field: Field, stretch: Stretch) -> Condition:
    if field.name == "from":
        return articles.c.number >= first_number(field.day)
    if field.name == "to":
        return and_(articles.c.number < first_number(field.day), articles.c.number >= first_number(1))
    if field.name == "outlet":
        return articles.c.outlet.in_(select(outlets.c.number).where(or_(*(_same(outlets.c.name, value) for value in field.values))))
    carried = select(tags.c.article).where(tags.c.field == "wire", or_(*(_same(tags.c.value, v) for v in field.values)))
    return articles.c.number.in_(carried.where(stretch.holds(tags.c.article)))


def _same(column: Any, value: str) -> Condition:
    """Whether a name is the same but for capitals. `lower` of SQLite knows ASCII only; names of outlets are hardly ever more."""
    return or_(column == value, func.lower(column) == value.lower())


# --- claims and sayings -----------------------------------------------------------------------------------------


def can_be_said(parts: Iterable[Field | Not]) -> bool:
    """Whether fields can hold of sayings; all can hold of claims."""
    named = {field.name for part in parts if isinstance(field := part.inner if isinstance(part, Not) else part, Field)}
    return not named & _CLAIMS_ALONE


def _has_item(parts: Sequence[Field | Not], stretch: Stretch) -> Condition:
    found: Condition = articles.c.number.in_(select(claims.c.article).where(of_claim(parts, stretch), stretch.holds(claims.c.article)))
    if can_be_said(parts):
        said = select(sayings.c.article).where(of_saying(parts, stretch), stretch.holds(sayings.c.article))
        found = or_(found, articles.c.number.in_(said))
    return found


def of_claim(parts: Sequence[Field | Not], stretch: Stretch) -> Condition:
    """Whether a row of `schema.claims` answers all these fields. Rejected ones answer nothing."""
    return and_(claims.c.review != REJECTED, *(_either_way(part, lambda field: _claim_field(field, stretch)) for part in parts))


def of_saying(parts: Sequence[Field | Not], stretch: Stretch) -> Condition:
    """Whether a row of `schema.sayings` answers all these fields."""
    return and_(sayings.c.review != REJECTED, *(_either_way(part, lambda field: _saying_field(field, stretch)) for part in parts))


def _either_way(part: Field | Not, told: Any) -> Condition:
    if isinstance(part, Not):
        # a claim in the outlet's own voice has no saying: what is unknown of it does not hold
        return not_(func.coalesce(told(part.inner), false()))
    found: Condition = told(part)
    return found


def _claim_field(field: Field, stretch: Stretch) -> Condition:
    key, saying = tuple_(claims.c.article, claims.c.claim), tuple_(claims.c.article, claims.c.saying)
    if field.name == "type":
        return claims.c.type.in_(field.values)
    if field.name == "certainty":
        return claims.c.certainty.in_(field.values)
    if field.name == "said":
        return saying.in_(_said(field.words, stretch))
    if field.name == "who":
        acting = key.in_(taking_part(field.values, stretch, participants.c.role == "actor"))
        return or_(acting, saying.in_(_speaking(field.values, stretch)))
    if field.name == "where":
        return key.in_(taking_part(field.values, stretch, participants.c.role == "place", place=True))
    return key.in_(taking_part(field.values, stretch, true()))


def _saying_field(field: Field, stretch: Stretch) -> Condition:
    key = tuple_(sayings.c.article, sayings.c.saying)
    if field.name == "said":
        return key.in_(_said(field.words, stretch))
    if field.name == "who":
        return key.in_(_speaking(field.values, stretch))
    if field.name != "about":
        return false()
    told = select(claims.c.article, claims.c.saying).where(
        claims.c.review != REJECTED,
        claims.c.saying.is_not(None),
        stretch.holds(claims.c.article),
        tuple_(claims.c.article, claims.c.claim).in_(taking_part(field.values, stretch, true())),
    )
    named = tuple(Words(found) for value in field.values if (found := tuple(stems(value))))
    return or_(key.in_(told), key.in_(_said(named, stretch))) if named else key.in_(told)


def taking_part(values: Sequence[str], stretch: Stretch, role: Condition, place: bool = False) -> Select[Any]:
    """Article and claim of the claims in which somebody of these names takes part; with ``place``, only as a place."""
    found = bearing(values, stretch.low, stretch.high)
    joined = found.join(participants, and_(participants.c.article == found.c.article, participants.c.entity == found.c.entity))
    if place:
        known = joined.join(entities, and_(entities.c.article == found.c.article, entities.c.entity == found.c.entity))
        joined = known.join(names, names.c.number == entities.c.name)
        role = or_(role, names.c.type == "LOC")
    return select(participants.c.article, participants.c.claim).select_from(joined).where(role)


def _speaking(values: Sequence[str], stretch: Stretch) -> Select[Any]:
    """Article and saying of what somebody of these names says."""
    said, found = sayings.alias("spoken"), bearing(values, stretch.low, stretch.high)
    joined = found.join(said, and_(said.c.article == found.c.article, said.c.speaker == found.c.entity))
    return select(said.c.article, said.c.saying).select_from(joined).where(said.c.review != REJECTED)


# --- words ------------------------------------------------------------------------------------------------------


def _said(either: Sequence[Words], stretch: Stretch) -> Select[Any]:
    inner = Stretch(stretch.dialect, stretch.low << ORDINAL_BITS, stretch.high << ORDINAL_BITS)
    found = _matching("said_words", either, inner).subquery()
    number = found.c.number
    return select(number.bitwise_rshift(literal_column(str(ORDINAL_BITS))), number.bitwise_and(literal_column(str((1 << ORDINAL_BITS) - 1))))


def _matching(table: WordTable, either: Sequence[Words], stretch: Stretch) -> Select[Any]:
    """The numbers of the rows that hold any of these words."""
    found = columns(stretch.dialect, table)
    return select(found.c.number.label("number")).where(matches(found, either, stretch.dialect), stretch.holds(found.c.number))


def matches(table: FromClause, either: Sequence[Words], dialect: str) -> Condition:
    """Whether a row of a full-text table holds any of these words."""
    if dialect == "sqlite":
        told = " OR ".join(f'"{" ".join(words.stems)}"{" *" if words.prefix else ""}' for words in either)
        return table.c.words.op("MATCH", is_comparison=True)(told)
    told = " | ".join(
        " <-> ".join(f"'{stem}'{':*' if words.prefix and n == len(words.stems) - 1 else ''}" for n, stem in enumerate(words.stems)).join("()")
        for words in either
    )
    return table.c.words.op("@@", is_comparison=True)(cast(told, TSQUERY))

