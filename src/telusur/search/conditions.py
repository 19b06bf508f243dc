"""A query's tree as conditions that a database checks: the same in both engines, every value a bound parameter.

Comes in: a tree of `query`, and the stretch of article numbers to look in. Goes out: conditions on the numbers of articles,
and on single claims and sayings. Words go to the full-text tables as quoted stems, never as typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_ as or_bits
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    tuple_,
    union,
    union_all,
)

from ..analyse.stems import stems
from ..archive.parts import ACTS, PLACE, SPEAKS, TAKES_PART, certainty_bit, type_bit
from ..archive.places import ORDINAL_BITS, first_number
from ..archive.schema import (
    ACCEPTED,
    CORRECTED,
    MACHINE,
    REJECTED,
    articles,
    claims,
    entities,
    names,
    outlets,
    participants,
    sayings,
    tags,
)
from .matching import any_of, expression, is_words, matching
from .names import bearing_in, is_face, is_named, one_of, ways_to
from .query import ITEM_FIELDS, And, Field, Node, Not, Or, Words

Condition = ColumnElement[bool]

ANY = -1
"""Whatever an entity does in its article."""

_CLAIMS_ALONE = frozenset({"where", "type", "certainty"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where to look: article numbers from ``low`` on, below ``high``, or only ``among`` some; in which engine. ``within``: questions
    for the numbers of articles that alone can answer."""

    dialect: str
    low: int
    high: int
    among: tuple[int, ...] = ()
    within: tuple[Any, ...] = ()

    @classmethod
    def of(cls, dialect: str, numbers: Sequence[int]) -> Stretch:
        """Some articles alone."""
        return cls(dialect, min(numbers), max(numbers) + 1, tuple(numbers))

    def holds(self, column: Any) -> Condition:
        """Whether a column of article numbers lies in it."""
        inside = [self.is_among(column)] if self.among else [column >= self.low, column < self.high]
        return and_(*inside, *(column.in_(told) for told in self.within))

    def is_among(self, column: Any) -> Condition:
        """Whether it is one of ``among``."""
        return one_of(column, self.among, self.dialect)


def narrowed(node: Node | None, stretch: Stretch) -> Stretch:
    """The part of a stretch in which a tree can hold, by the days that it asks for."""
    parts = node.parts if isinstance(node, And) else (node,)
    low, high = stretch.low, stretch.high
    for part in parts:
        if isinstance(part, Field) and part.name == "from":
            low = max(low, first_number(part.day))
        if isinstance(part, Field) and part.name == "to":
            low, high = max(low, first_number(1)), min(high, first_number(part.day))
    return Stretch(stretch.dialect, low, high, stretch.among)


def of_article(node: Node, stretch: Stretch) -> Condition:
    """Whether the row of `schema.articles` answers a tree."""
    if is_words(node):
        return articles.c.number.in_(_with_words(node, stretch))
    if isinstance(node, Not):
        return not_(of_article(node.inner, stretch))
    if isinstance(node, Or):
        return or_(*(of_article(part, stretch) for part in node.parts))
    if isinstance(node, And):
        return _of_all(node, narrowed(node, stretch))
    assert isinstance(node, Field)
    if node.name in ITEM_FIELDS:
        return _has_item([node], stretch)
    return _of_article_field(node, stretch)


def _of_all(node: And, stretch: Stretch) -> Condition:
    """A conjunction: its words as one expression, its fields of one claim or saying together, all else one by one."""
    together, apart = items_of(node)
    words = [part for part in apart if is_words(part.inner if isinstance(part, Not) else part)]
    if not any(map(is_words, words)):
        words = []
    told = [of_article(part, stretch) for part in apart if part not in words]
    if words:
        told.append(articles.c.number.in_(_with_words(words[0] if len(words) == 1 else And(tuple(words)), stretch)))
    return and_(*told, _has_item(together, stretch)) if together else and_(*told)


def _with_words(node: Node, stretch: Stretch) -> Select[Any]:
    return matching("article_words", expression(node, stretch.dialect), stretch.dialect, stretch.low, stretch.high)


def numbers_of(node: Node, stretch: Stretch) -> CompoundSelect[Any] | Select[Any] | None:
    """The numbers of the articles that answer, once each, where indexes alone can tell; None where they cannot."""
    inside = narrowed(node, stretch)
    parts = [part for part in (node.parts if isinstance(node, And) else (node,)) if not (isinstance(part, Field) and part.name in ("from", "to"))]
    if not parts:
        return None
    rest = parts[0] if len(parts) == 1 else And(tuple(parts))
    if is_words(rest):
        return _with_words(rest, inside)
    together, apart = items_of(rest if isinstance(rest, And) else And((rest,)))
    if apart or not together or _by_kinds(together) is not None:
        return None
    found = _item_articles(together, inside)
    return union(*found) if len(found) > 1 else found[0].distinct()


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


def numbers_are_cheap(node: Node) -> bool:
    """Whether no single claim must be looked at to tell which articles answer."""
    if isinstance(node, Not):
        return numbers_are_cheap(node.inner)
    if isinstance(node, Or):
        return all(map(numbers_are_cheap, node.parts))
    if isinstance(node, And):
        together, apart = items_of(node)
        return len(together) < 2 and all(map(numbers_are_cheap, [*together, *apart]))
    return not (isinstance(node, Field) and node.name == "review")


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
    if (kinds := _by_kinds(parts)) is not None:
        return kinds
    return articles.c.number.in_(_either(stretch, *_item_articles(parts, stretch)))


def _either(stretch: Stretch, *found: Select[Any]) -> CompoundSelect[Any] | Select[Any]:
    """Rows of any of these questions. SQLite puts them into one list whether or not a row comes twice; PostgreSQL, before it
    knows how much a table holds, looks rows up one by one in what it has not made one list of."""
    if len(found) == 1:
        return found[0]
    return union_all(*found) if stretch.dialect == "sqlite" else union(*found)


def _by_kinds(parts: Sequence[Field | Not]) -> Condition | None:
    """Types or certainties alone: the article's own row tells them."""
    if len(parts) != 1 or not isinstance(parts[0], Field) or parts[0].name not in ("type", "certainty"):
        return None
    return _kinds_hold(parts[0])


def _kinds_hold(field: Field) -> Condition:
    bit = type_bit if field.name == "type" else certainty_bit
    return articles.c.kinds.bitwise_and(reduce(or_bits, map(bit, field.values), 0)) != 0


def _item_articles(parts: Sequence[Field | Not], stretch: Stretch) -> list[Select[Any]]:
    """Questions for the numbers of the articles with a claim or saying that answers these fields; a number may come twice."""
    if len(parts) == 1 and isinstance(parts[0], Field) and (alone := _by_part(parts[0], stretch)):
        return alone
    found = [select(claims.c.article).where(of_claim(parts, stretch), stretch.holds(claims.c.article))]
    if can_be_said(parts):
        found.append(select(sayings.c.article).where(of_saying(parts, stretch), stretch.holds(sayings.c.article)))
    return found


_PARTS = {"who": ACTS | SPEAKS, "about": TAKES_PART, "where": PLACE}


def _by_part(field: Field, stretch: Stretch) -> list[Select[Any]]:
    """A name alone: what its bearers do in an article tells whether it answers, and no claim needs to be looked at."""
    if field.name == "said":
        return [_saying_articles(field.words, stretch)]
    if field.name not in _PARTS:
        return []
    found = ways_to(field.values, stretch.holds, (entities.c.article,), _PARTS[field.name])
    named = _named(field) if field.name == "about" else ()
    return [*found, _saying_articles(named, stretch)] if named else found


def _named(field: Field) -> tuple[Words, ...]:
    """The words of names, for what is said about somebody without a claim."""
    return tuple(Words(found) for value in field.values if (found := tuple(stems(value))))


def _saying_articles(either: Sequence[Words], stretch: Stretch) -> Select[Any]:
    said = _said(either, stretch).subquery()
    return select(said.c.article)


def asks_rejected(parts: Iterable[Field | Not]) -> bool:
    """Whether fields ask for what people rejected: it answers nothing else."""
    return any(isinstance(part, Field) and part.name == "review" and "rejected" in part.values for part in parts)


def of_claim(parts: Sequence[Field | Not], stretch: Stretch) -> Condition:
    """Whether a row of `schema.claims` answers all these fields. Rejected ones answer only where they are asked for."""
    too = asks_rejected(parts)
    inside = _narrowed_by_others(parts, stretch, too)
    by_claim = bool(stretch.among) and any(isinstance(part, Field) and part.name in ("type", "certainty", "said") for part in parts)
    ask = _claim_party if by_claim else _claim_field
    told = [_either_way(part, lambda field: ask(field, inside.get(field, stretch), too)) for part in parts]
    told += [claims.c.article.in_(found) for narrow in inside.values() for found in narrow.within[:1]]
    return and_(*told) if too else and_(claims.c.review != REJECTED, *told)


def of_saying(parts: Sequence[Field | Not], stretch: Stretch) -> Condition:
    """Whether a row of `schema.sayings` answers all these fields."""
    too = asks_rejected(parts)
    inside = _narrowed_by_others(parts, stretch, too)
    told = [_either_way(part, lambda field: _saying_field(field, inside.get(field, stretch), too)) for part in parts]
    return and_(*told) if too else and_(sayings.c.review != REJECTED, *told)


def _narrowed_by_others(parts: Sequence[Field | Not], stretch: Stretch, rejected: bool) -> dict[Field, Stretch]:
    """Where to look for the bearers of each name: only in articles in which the other fields hold somewhere. A name that is in
    half of all articles is then looked up in those few that say the other thing. PostgreSQL orders joins by itself, and is only
    kept from it by questions inside questions."""
    fields = [part for part in parts if isinstance(part, Field)]
    if rejected or stretch.among or len(fields) < 2 or stretch.dialect != "sqlite":
        return {}
    told = {field: found for field in fields if (found := _articles_with(field, stretch)) is not None}
    return {
        field: replace(stretch, within=tuple(found for other, found in told.items() if other is not field))
        for field in fields
        if field.name in _PARTS
    }


def _articles_with(field: Field, stretch: Stretch) -> Any:
    """A question for the articles in which a field holds of some claim or saying; None where it would tell little."""
    if field.name == "type":
        return select(articles.c.number).where(stretch.holds(articles.c.number), _kinds_hold(field))
    found = _by_part(field, stretch)
    return (union_all(*found) if len(found) > 1 else found[0]) if found else None


def _reviewed(column: Any, values: Sequence[str]) -> Condition:
    numbers = {"machine": MACHINE, "accepted": ACCEPTED, "corrected": CORRECTED, "rejected": REJECTED}
    return or_(column.in_([numbers[value] for value in values]))


def _either_way(part: Field | Not, told: Any) -> Condition:
    if isinstance(part, Not):
        # a claim in the outlet's own voice has no saying: what is unknown of it does not hold
        return not_(func.coalesce(told(part.inner), false()))
    found: Condition = told(part)
    return found


def _claim_field(field: Field, stretch: Stretch, rejected: bool) -> Condition:
    """What one field asks of a claim; ``rejected``: of those too that people rejected, which no part tells of."""
    key, saying = tuple_(claims.c.article, claims.c.claim), tuple_(claims.c.article, claims.c.saying)
    if field.name == "type":
        return claims.c.type.in_(field.values)
    if field.name == "certainty":
        return claims.c.certainty.in_(field.values)
    if field.name == "said":
        return saying.in_(_said(field.words, stretch, rejected))
    if field.name == "review":
        return _reviewed(claims.c.review, field.values)
    if field.name == "who":
        acting = taking_part(field.values, stretch, participants.c.role == "actor", part=ANY if rejected else ACTS)
        if stretch.within:  # the claims of few articles are gone through: each is asked both
            return or_(key.in_(acting), saying.in_(_speaking(field.values, stretch, rejected)))
        return key.in_(_either(stretch, acting, _on_their_word(field.values, stretch, rejected)))
    if field.name == "where":
        return key.in_(taking_part(field.values, stretch, participants.c.role == "place", place=True, part=ANY if rejected else PLACE))
    return key.in_(taking_part(field.values, stretch, true(), part=ANY if rejected else TAKES_PART))


def _claim_party(field: Field, stretch: Stretch, rejected: bool) -> Condition:
    """As `_claim_field`, asked of one claim after another where other fields leave few claims of some articles."""
    if field.name not in _PARTS:
        return _claim_field(field, stretch, rejected)
    if field.name == "where":
        return _takes_part(field.values, participants.c.role == "place", place=True)
    if field.name == "about":
        return _takes_part(field.values, true())
    spoken = sayings.alias("spoken")
    mine = and_(spoken.c.article == claims.c.article, spoken.c.saying == claims.c.saying, true() if rejected else spoken.c.review != REJECTED)
    same = and_(entities.c.article == spoken.c.article, entities.c.entity == spoken.c.speaker)
    speaks = select(spoken.c.saying).join(entities, same).where(mine, _borne(field.values)).correlate(claims).exists()
    return or_(_takes_part(field.values, participants.c.role == "actor"), speaks)


def _takes_part(values: Sequence[str], role: Condition, place: bool = False) -> Condition:
    """Whether somebody of these names takes part in a row of `schema.claims`; with ``place``, as a place."""
    same = and_(entities.c.article == participants.c.article, entities.c.entity == participants.c.entity)
    found = select(participants.c.participant).join(entities, same)
    if place:
        found, role = found.join(names, names.c.number == entities.c.name), or_(role, names.c.type == "LOC")
    mine = and_(participants.c.article == claims.c.article, participants.c.claim == claims.c.claim)
    return found.where(mine, role, _borne(values)).correlate(claims).exists()


def _borne(values: Sequence[str]) -> Condition:
    """Whether a row of `schema.entities` bears any of these names."""
    return or_(*(is_named(entities.c.name, value) for value in values), *(is_face(entities.c.actor, value) for value in values))


def _saying_field(field: Field, stretch: Stretch, rejected: bool) -> Condition:
    key = tuple_(sayings.c.article, sayings.c.saying)
    if field.name == "said":
        return key.in_(_said(field.words, stretch, rejected))
    if field.name == "review":
        return _reviewed(sayings.c.review, field.values)
    if field.name == "who" and stretch.among:
        mine = and_(entities.c.article == sayings.c.article, entities.c.entity == sayings.c.speaker)
        return select(entities.c.entity).where(mine, _borne(field.values)).correlate(sayings).exists()
    if field.name == "who":
        return key.in_(_speaking(field.values, stretch, rejected))
    if field.name != "about":
        return false()
    told = select(claims.c.article, claims.c.saying).where(
        true() if rejected else claims.c.review != REJECTED,
        claims.c.saying.is_not(None),
        stretch.holds(claims.c.article),
        tuple_(claims.c.article, claims.c.claim).in_(taking_part(field.values, stretch, true(), part=ANY if rejected else TAKES_PART)),
    )
    named = _named(field)
    return key.in_(_either(stretch, told, _said(named, stretch, rejected))) if named else key.in_(told)


def taking_part(values: Sequence[str], stretch: Stretch, role: Condition, place: bool = False, part: int = 0) -> Select[Any]:
    """Article and claim of the claims in which somebody of these names takes part; with ``place``, only as a place; with
    ``part``, only of those who do any of this in their article."""
    part = part or (PLACE if place else TAKES_PART)
    found = bearing_in(values, stretch.holds, 0 if part == ANY else part, bool(stretch.among))
    joined = found.join(participants, and_(participants.c.article == found.c.article, participants.c.entity == found.c.entity))
    if place:
        known = joined.join(entities, and_(entities.c.article == found.c.article, entities.c.entity == found.c.entity))
        joined = known.join(names, names.c.number == entities.c.name)
        role = or_(role, names.c.type == "LOC")
    return select(participants.c.article, participants.c.claim).select_from(joined).where(role)


def happens_in(place: str) -> Condition:
    """Whether a row of `schema.claims` happens in a place of this name, or the place takes part: asked of one claim after another,
    for where there are fewer claims to ask than places of this name."""
    return _takes_part((place,), participants.c.role == "place", place=True)


def _speaking(values: Sequence[str], stretch: Stretch, rejected: bool) -> Select[Any]:
    """Article and saying of what somebody of these names says."""
    said, found = sayings.alias("spoken"), bearing_in(values, stretch.holds, 0 if rejected else SPEAKS, bool(stretch.among))
    joined = found.join(said, and_(said.c.article == found.c.article, said.c.speaker == found.c.entity))
    return select(said.c.article, said.c.saying).select_from(joined).where(true() if rejected else said.c.review != REJECTED)


def _on_their_word(values: Sequence[str], stretch: Stretch, rejected: bool) -> Select[Any]:
    """Article and claim of the claims that stand on the word of somebody of these names."""
    told, spoken = claims.alias("told"), _speaking(values, stretch, rejected).subquery()
    joined = spoken.join(told, and_(told.c.article == spoken.c.article, told.c.saying == spoken.c.saying))
    return select(told.c.article, told.c.claim).select_from(joined)


# --- words ------------------------------------------------------------------------------------------------------


def _said(either: Sequence[Words], stretch: Stretch, rejected: bool = False) -> Select[Any]:
    """Article and saying of what is said in these words; of what people rejected only with ``rejected``."""
    low, high = stretch.low << ORDINAL_BITS, stretch.high << ORDINAL_BITS
    found = matching("said_words", any_of(either, stretch.dialect), stretch.dialect, low, high).subquery()
    article = found.c.number.bitwise_rshift(literal_column(str(ORDINAL_BITS)))
    saying = found.c.number.bitwise_and(literal_column(str((1 << ORDINAL_BITS) - 1)))
    said = sayings.alias("told_words")
    joined = found.join(said, and_(said.c.article == article, said.c.saying == saying))
    inside = stretch.is_among(article) if stretch.among else stretch.holds(said.c.article)  # of some articles: before a saying is looked up
    return select(said.c.article.label("article"), said.c.saying.label("saying")).select_from(joined).where(true() if rejected else said.c.review != REJECTED, inside)
