"""Whom a name means in an archive: the entities that bear it, in any spelling.

Comes in: a name as typed. Goes out: a question for rows of `schema.entities`. A name means entities whose whole name sounds so,
and actors (joined across articles) that bear it, known by it as a short form, or have all its words in their name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    and_,
    any_,
    func,
    literal,
    or_,
    select,
    union_all,
)

from ..archive.schema import actors, bearers, entities, names
from ..archive.spellings import fold_key, sound_key, tight_key, word_keys
from .query import And, Field, Node, Not, Or

MOST_WORDS = 6

Inside = Callable[[Any], ColumnElement[bool]]
"""Whether a column of article numbers is among those that are looked at."""

NAME_FIELDS = frozenset({"who", "about", "where"})


class Meant(str):
    """A name, and whom it means in one state of an archive: the numbers of names and of faces. A question has a name in many
    places, and is asked of one stretch of articles after another: it is looked up once for all of them."""

    dialect: str
    named: tuple[int, ...]
    faces: tuple[int, ...]


def look_up(connection: Connection, name: str) -> Meant:
    """A name with whom it means."""
    if isinstance(name, Meant):
        return name
    found = Meant(name)
    found.dialect = connection.dialect.name
    found.named = tuple(connection.execute(_named(name)).scalars())
    found.faces = tuple(connection.execute(faces_of(name)).scalars())
    return found


def meaning(connection: Connection, node: Node) -> Node:
    """A tree with all its names looked up."""
    if isinstance(node, Field):
        return replace(node, values=tuple(look_up(connection, value) for value in node.values)) if node.name in NAME_FIELDS else node
    if isinstance(node, Not):
        return Not(meaning(connection, node.inner))
    if isinstance(node, And | Or):
        return replace(node, parts=tuple(meaning(connection, part) for part in node.parts))
    return node


def one_of(column: Any, numbers: Sequence[int], dialect: str) -> ColumnElement[bool]:
    """Whether a column is one of some numbers. They are one value: a question with a place for each of hundreds is long to write
    and to read."""
    if dialect == "sqlite":
        return column.in_(select(func.json_each(json.dumps(numbers)).table_valued("value").c.value))  # type: ignore[no-any-return]
    return column == any_(literal(list(numbers), ARRAY(BigInteger)))  # type: ignore[no-any-return]


def is_named(column: Any, name: str) -> ColumnElement[bool]:
    """Whether a column holds the number of a name that sounds so."""
    return one_of(column, name.named, name.dialect) if isinstance(name, Meant) else column.in_(_named(name))


def is_face(column: Any, name: str) -> ColumnElement[bool]:
    """Whether a column holds the number of a face of somebody who bears a name."""
    return one_of(column, name.faces, name.dialect) if isinstance(name, Meant) else column.in_(faces_of(name))


def _named(name: str) -> Select[Any]:
    return select(names.c.number).where(names.c.sound == sound_key(name))


def bearing(values: Sequence[str], low: int, high: int) -> Subquery:
    """Article and entity of those that bear any of these names, in articles from one number on, below another."""
    return bearing_in(values, lambda column: and_(column >= low, column < high))


def bearing_in(values: Sequence[str], inside: Inside, part: int = 0, few: bool = False) -> Subquery:
    """The same in some articles; with ``part``, only of those that do any of this in their article (bits of `archive.parts`);
    ``few``: these are so few articles that their entities are gone through one by one.

    An entity that bears two of the names may be there twice.
    """
    wanted = (entities.c.article, entities.c.entity)
    found = [_gone_through(values, inside, wanted, part)] if few else ways_to(values, inside, wanted, part)
    return (union_all(*found) if len(found) > 1 else found[0]).subquery()


def _gone_through(values: Sequence[str], inside: Inside, wanted: Sequence[Any], part: int) -> Select[Any]:
    """A name may mean hundreds of faces: to look each of them up in each of hundreds of articles takes longer than to look at all
    entities of those. Adding nought keeps the engine from the index by faces."""
    rows = select(*wanted).where(inside(entities.c.article))
    if part:
        rows = rows.where(entities.c.part.bitwise_and(part) != 0)
    return rows.where(or_(*(either(value) for value in values for either in (_plainly_named, _plainly_shown))))


def _plainly_named(name: str) -> ColumnElement[bool]:
    return is_named(entities.c.name + 0, name)


def _plainly_shown(name: str) -> ColumnElement[bool]:
    return is_face(entities.c.actor + 0, name)


def ways_to(values: Sequence[str], inside: Inside, wanted: Sequence[Any], part: int = 0) -> list[Select[Any]]:
    """Columns of the entities that bear any of these names: each way to be found is a question of its own, so that each is
    answered by its own index."""
    rows = select(*wanted).where(inside(entities.c.article))
    if part:
        rows = rows.where(entities.c.part.bitwise_and(part) != 0)
    found = []
    for value in values:
        named = is_named(entities.c.name, value)
        found += [rows.where(named), rows.where(is_face(entities.c.actor, value), ~named)]
    return found


def faces_of(name: str) -> Any:
    """The numbers of all faces of the actors that bear a name."""
    words = list(dict.fromkeys(word_keys(name)))[:MOST_WORDS]
    found = [select(bearers.c.actor).where(bearers.c.key == tight_key(name), bearers.c.kind == "short")]
    if words:
        part = select(bearers.c.actor).where(bearers.c.key == words[0], bearers.c.kind == "word")
        for word in words[1:]:
            also = bearers.alias()
            part = part.where(select(also.c.actor).where(also.c.key == word, also.c.actor == bearers.c.actor, also.c.kind == "word").exists())
        # Raqqa sounds like Raka: a place of just this name is not looked for in the names of people and bodies
        place = select(names.c.number).where(names.c.fold == fold_key(name), names.c.type == "LOC")
        found.append(part.where(~place.exists()))
    one = actors.alias("one")
    wholes = select(one.c.whole).distinct().where(one.c.number.in_(union_all(*found)))  # each once: a name may have dozens of faces in one whole
    return select(actors.c.number).where(actors.c.whole.in_(wholes))
