"""Whom a name means in an archive: the entities that bear it, in any spelling.

Comes in: a name as typed. Goes out: a question for rows of `schema.entities`. A name means entities whose whole name sounds so,
and actors (joined across articles) that bear it, known by it as a short form, or have all its words in their name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, or_, select, union_all

from ..archive.schema import actors, bearers, entities, names
from ..archive.spellings import fold_key, sound_key, tight_key, word_keys

MOST_WORDS = 6

Inside = Callable[[Any], ColumnElement[bool]]
"""Whether a column of article numbers is among those that are looked at."""


def bearing(values: Sequence[str], low: int, high: int) -> Subquery:
    """Article and entity of those that bear any of these names, in articles from one number on, below another."""
    return bearing_in(values, lambda column: and_(column >= low, column < high))


def bearing_in(values: Sequence[str], inside: Inside, part: int = 0) -> Subquery:
    """The same in some articles; with ``part``, only of those that do any of this in their article (bits of `archive.parts`).

    An entity that is found in two ways may be there twice.
    """
    return union_all(*ways_to(values, inside, (entities.c.article, entities.c.entity), part)).subquery()


def ways_to(values: Sequence[str], inside: Inside, wanted: Sequence[Any], part: int = 0) -> list[Select[Any]]:
    """Columns of the entities that bear any of these names: each way to be found is a question of its own, so that each is
    answered by its own index."""
    rows = select(*wanted).where(inside(entities.c.article))
    if part:
        rows = rows.where(entities.c.part.bitwise_and(part) != 0)
    found = []
    for value in values:
        named = select(names.c.number).where(names.c.sound == sound_key(value))
        found += [rows.where(entities.c.name.in_(named)), rows.where(entities.c.actor.in_(faces_of(value)))]
    return found


def faces_of(name: str) -> Any:
    """The numbers of all faces of the actors that bear a name."""
    words = list(dict.fromkeys(word_keys(name)))[:MOST_WORDS]
    whole = or_(
        (bearers.c.key == sound_key(name)) & (bearers.c.kind == "name"),
        (bearers.c.key == tight_key(name)) & (bearers.c.kind == "short"),
    )
    found = [select(bearers.c.actor).where(whole)]
    if words:
        part = select(bearers.c.actor).where(bearers.c.key == words[0], bearers.c.kind == "word")
        for word in words[1:]:
            part = part.where(bearers.c.actor.in_(select(bearers.c.actor).where(bearers.c.key == word, bearers.c.kind == "word")))
        # Raqqa sounds like Raka: a place of just this name is not looked for in the names of people and bodies
        place = select(names.c.number).where(names.c.fold == fold_key(name), names.c.type == "LOC")
        found.append(part.where(~place.exists()))
    one, other = actors.alias("one"), actors.alias("other")
    borne = or_(*(one.c.number.in_(some) for some in found))
    return select(other.c.number).select_from(one.join(other, other.c.whole == one.c.whole)).where(borne)
