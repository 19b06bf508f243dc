"""Actors out of faces: which faces are one person or body, kept up to date as articles come and go.

Comes in: the faces of articles that are kept or taken out. Goes out: rows of `schema.actors`, with `whole` saying who is one.

Which faces are one is a function of the faces there are and of the days on which each is told, so that it is the same in
any order of arrival; only the faces that an article touches are looked at again.

The rules, each between faces of one block or of a short form and its body; no rule joins across ids:
  name    one full name, and no two of its offices clash: all its faces are one person
  office  one full name that people with clashing offices bear: faces with the same kind of office in the same place are one
  short   an acronym that the articles define for one body only is that body
  said    a person's decision
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text, update

from .faces import Face, better_name
from .offices import read_role
from .places import day_of_number
from .schema import actors, bearers, decisions, entities, names, ties
from .settling import Node, days_of, mates, parts, rows_by, settle

Shown = tuple[int, Face]
"""An article's number, and a face that it shows."""


# --- in and out -------------------------------------------------------------------------------------------------


def number_faces(connection: Connection, shown: Sequence[Shown]) -> tuple[dict[str, int], set[int]]:
    """The number of each face, given to those that have none yet; and the faces to be settled once entities show them."""
    told = [face for _, face in shown]
    unique: dict[str, Face] = {}
    for face in told:
        first = unique.get(face.id, face)
        unique[face.id] = face if better_name(first.name, face.name) == face.name else first
    known = {row.id: row for row in rows_by(connection, actors.c.id, unique)}
    numbers = {id: row.number for id, row in known.items()}
    for id, row in known.items():
        if (name := better_name(row.name, unique[id].name)) != row.name:
            connection.execute(update(actors).where(actors.c.number == row.number).values(name=name))
    new = [face for id, face in unique.items() if id not in known]
    if new:
        first_free = connection.execute(select(func.coalesce(func.max(actors.c.number), 0))).scalar_one() + 1
        numbers |= {face.id: first_free + n for n, face in enumerate(new)}
        connection.execute(insert(actors), [_row(face, numbers[face.id]) for face in new])
    touched = {numbers[face.id] for face in new}
    touched |= _told_anew(connection, shown, {id: row.number for id, row in known.items() if row.role})
    touched |= _bear(connection, told, numbers)
    return numbers, touched


def _row(face: Face, number: int) -> dict[str, Any]:
    return {
        "number": number, "id": face.id, "type": face.type, "name": face.name, "link": face.link,
        "block": face.block, "role": face.role, "seat": seat_of(face.role), "whole": number, "because": "",
    }  # fmt: skip


def seat_of(role: str) -> str:
    """The kind of an office and where it is held; empty where there is none."""
    told = read_role(role)
    return f"{told.kind}|{told.where}" if told else ""


def _told_anew(connection: Connection, shown: Sequence[Shown], with_office: Mapping[str, int]) -> set[int]:
    """Those faces with an office that these articles tell of other days than before: namesakes may now be two."""
    days: dict[int, list[int]] = {}
    for article, face in shown:
        if face.id in with_office and (day := day_of_number(article)):
            days.setdefault(with_office[face.id], []).append(day)
    before = days_of(connection, days)
    found = set()
    for number, told in days.items():
        span = before.get(number)
        if span is None or min(told) < span[0] or max(told) > span[1]:
            found.add(number)
    return found


def _keys(faces: Iterable[Face], numbers: Mapping[str, int]) -> dict[tuple[str, int, str], int]:
    """By what these faces are found, each with how often they say so."""
    count: dict[tuple[str, int, str], int] = {}
    for face in faces:
        for kind, keys in (("word", face.words), ("short", face.shorts)):
            for key in keys:
                at = (key, numbers[face.id], kind)
                count[at] = count.get(at, 0) + 1
    return count


def _bear(connection: Connection, faces: Sequence[Face], numbers: Mapping[str, int]) -> set[int]:
    """Notes by what faces are found; gives those whom a short form that is new to its face may concern."""
    keys = _keys(faces, numbers)
    shorts = {key for key, _, kind in keys if kind == "short"}
    there: set[tuple[str, int]] = set()
    for some in parts(sorted(shorts)):
        wanted = select(bearers.c.key, bearers.c.actor).where(bearers.c.kind == "short", bearers.c.key.in_(some))
        there |= {(key, actor) for key, actor in connection.execute(wanted)}
    if keys:
        more = "ON CONFLICT (key, actor, kind) DO UPDATE SET count = bearers.count + excluded.count"
        statement = text(f"INSERT INTO bearers (key, actor, kind, count) VALUES (:k, :a, :t, :n) {more}")
        connection.execute(statement, [{"k": k, "a": a, "t": t, "n": n} for (k, a, t), n in sorted(keys.items())])
    return _concerned(connection, {key for key, actor, kind in keys if kind == "short" and (key, actor) not in there})


def _concerned(connection: Connection, shorts: Collection[str]) -> set[int]:
    """The faces of bare acronyms, and of all that they may stand for."""
    found: set[int] = set()
    for some in parts(sorted(shorts)):
        found |= set(connection.execute(select(bearers.c.actor).where(bearers.c.kind == "short", bearers.c.key.in_(some))).scalars())
        found |= set(connection.execute(select(actors.c.number).where(actors.c.block.in_([f"ORG|{key}" for key in some]))).scalars())
    return found


def take_out_faces(connection: Connection, faces: Iterable[Face | None]) -> None:
    """Takes back what an article said of faces, after its entities are out; faces that none shows any more go."""
    told = [face for face in faces if face]
    rows = {row.id: row for row in rows_by(connection, actors.c.id, {face.id: face for face in told})}
    told = [face for face in told if face.id in rows]
    numbers = {id: row.number for id, row in rows.items()}
    keys = _keys(told, numbers)
    for (key, actor, kind), count in sorted(keys.items()):
        same = (bearers.c.key == key) & (bearers.c.actor == actor) & (bearers.c.kind == kind)
        connection.execute(update(bearers).where(same).values(count=bearers.c.count - count))
        connection.execute(delete(bearers).where(same, bearers.c.count <= 0))
    touched = mates(connection, numbers.values()) | _concerned(connection, {key for key, _, kind in keys if kind == "short"})
    for row in rows.values():
        if connection.execute(select(entities.c.article).where(entities.c.actor == row.number).limit(1)).first() is None:
            connection.execute(delete(bearers).where(bearers.c.actor == row.number))
            connection.execute(delete(actors).where(actors.c.number == row.number))
            touched.discard(row.number)
        else:
            _name_again(connection, row)
            touched |= {row.number} if row.role else set()
    settle(connection, touched)


def _name_again(connection: Connection, row: Node) -> None:
    """Another name for a face whose shown name no entity bears any more."""
    bears = select(entities.c.article).join(names, names.c.number == entities.c.name)
    if connection.execute(bears.where(names.c.name == row.name, entities.c.actor == row.number).limit(1)).first():
        return
    wanted = select(names.c.name).distinct().join(entities, entities.c.name == names.c.number).where(entities.c.actor == row.number)
    best = ""
    for name in connection.execute(wanted).scalars():
        best = better_name(best, name) if best else name
    connection.execute(update(actors).where(actors.c.number == row.number).values(name=best))


# --- what people decided ----------------------------------------------------------------------------------------


def renew_ties(connection: Connection, standing: Sequence[Mapping[str, Any]]) -> None:
    """Makes `schema.ties` anew from the decisions on actors that stand, in their order; settles what changed."""
    made: dict[tuple[str, str], str] = {}
    for decision in standing:
        face = decision["item"]
        if decision["action"] == "merge":
            for other in json.loads(decision["value"]):
                made[(face, other)] = made[(other, face)] = decision["id"]
        elif decision["action"] == "split":
            made = {pair: id for pair, id in made.items() if face not in pair}
            made[(face, "")] = decision["id"]
    there = {(face, other): decision for face, other, decision in connection.execute(select(ties))}
    if made == there:
        return
    changed = {id for pair in {*made, *there} if made.get(pair) != there.get(pair) for id in pair if id}
    connection.execute(delete(ties))
    if made:
        connection.execute(insert(ties), [{"face": f, "other": o, "decision": d} for (f, o), d in made.items()])
    settle(connection, _mates_of_ids(connection, changed))


def _mates_of_ids(connection: Connection, ids: Collection[str]) -> set[int]:
    numbers = {row.number for row in rows_by(connection, actors.c.id, ids)}
    return numbers | mates(connection, numbers)


def actor_decisions(connection: Connection) -> list[Mapping[str, Any]]:
    """All decisions on actors as such, in their order."""
    wanted = select(decisions).where(decisions.c.article.is_(None), decisions.c.item.is_not(None)).order_by(decisions.c.number)
    return [row._asdict() for row in connection.execute(wanted)]
