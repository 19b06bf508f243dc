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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, text, update

from .faces import Face, better_name
from .offices import GRACE_DAYS, Role, clash, read_role, speak_for_each_other
from .places import DAY_BITS
from .schema import actors, bearers, decisions, entities, names, ties

_AT_ONCE = 200

Node = Row[Any]
"""A row of `schema.actors`."""

Days = tuple[int, int] | None
"""First and last day on which a face is told; None where no article is dated."""


# --- in and out -------------------------------------------------------------------------------------------------


def number_faces(connection: Connection, faces: Iterable[Face | None]) -> tuple[dict[str, int], set[int]]:
    """The number of each face, given to those that have none yet; and the faces to be settled once entities show them."""
    told = [face for face in faces if face]
    unique: dict[str, Face] = {}
    for face in told:
        first = unique.get(face.id, face)
        unique[face.id] = face if better_name(first.name, face.name) == face.name else first
    known = {row.id: row for row in _rows(connection, actors.c.id, unique)}
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
    touched |= {numbers[face.id] for face in unique.values() if face.role}
    touched |= _bear(connection, told, numbers)
    return numbers, touched


def _row(face: Face, number: int) -> dict[str, Any]:
    return {
        "number": number, "id": face.id, "type": face.type, "name": face.name, "link": face.link,
        "block": face.block, "role": face.role, "whole": number, "because": "",
    }  # fmt: skip


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
    for some in _parts(sorted(shorts)):
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
    for some in _parts(sorted(shorts)):
        found |= set(connection.execute(select(bearers.c.actor).where(bearers.c.kind == "short", bearers.c.key.in_(some))).scalars())
        found |= set(connection.execute(select(actors.c.number).where(actors.c.block.in_([f"ORG|{key}" for key in some]))).scalars())
    return found


def take_out_faces(connection: Connection, faces: Iterable[Face | None]) -> None:
    """Takes back what an article said of faces, after its entities are out; faces that none shows any more go."""
    told = [face for face in faces if face]
    rows = {row.id: row for row in _rows(connection, actors.c.id, {face.id: face for face in told})}
    told = [face for face in told if face.id in rows]
    numbers = {id: row.number for id, row in rows.items()}
    keys = _keys(told, numbers)
    for (key, actor, kind), count in sorted(keys.items()):
        same = (bearers.c.key == key) & (bearers.c.actor == actor) & (bearers.c.kind == kind)
        connection.execute(update(bearers).where(same).values(count=bearers.c.count - count))
        connection.execute(delete(bearers).where(same, bearers.c.count <= 0))
    touched = _mates(connection, numbers.values()) | _concerned(connection, {key for key, _, kind in keys if kind == "short"})
    for row in rows.values():
        if connection.execute(select(entities.c.article).where(entities.c.actor == row.number).limit(1)).first() is None:
            connection.execute(delete(bearers).where(bearers.c.actor == row.number))
            connection.execute(delete(actors).where(actors.c.number == row.number))
            touched.discard(row.number)
        else:
            _name_again(connection, row)
            touched |= {row.number} if row.role else set()
    settle(connection, touched)


def _mates(connection: Connection, numbers: Collection[int]) -> set[int]:
    """All faces of the wholes and the blocks of these, themselves left out where they stand alone."""
    found: set[int] = set()
    for row in _rows(connection, actors.c.number, numbers):
        near = or_(actors.c.whole == row.whole, actors.c.block == row.block)
        mates = set(connection.execute(select(actors.c.number).where(near)).scalars())
        found |= mates if len(mates) > 1 else set()
    return found


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


# --- who is one -------------------------------------------------------------------------------------------------


def settle(connection: Connection, touched: Collection[int]) -> None:
    """Looks again at who is one, for these faces and all that they were or will be one with."""
    if touched:
        _Settling(connection).run(touched)


class _Settling:
    """One look at some faces: rows and edges are read once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.nodes: dict[int, Node] = {}
        self.blocks: dict[str, dict[int, list[tuple[int, str]]]] = {}
        self.edges: dict[int, list[tuple[int, str]]] = {}

    def run(self, touched: Collection[int]) -> None:
        start = {row.number: row for row in self.read(actors.c.number, touched)}
        # A face whose office clashes parts namesakes that were one without it.
        blocks = {row.block for row in start.values() if row.block.startswith("PER|")}
        start |= {row.number: row for row in self.read(actors.c.block, blocks)}
        start |= {row.number: row for row in self.read(actors.c.whole, {row.whole for row in start.values()})}
        left = set(start)
        while left:
            component = self.reach(left.pop())
            left -= component
            self.write(component)

    def read(self, column: Any, values: Collection[Any]) -> list[Node]:
        rows = _rows(self.connection, column, values)
        self.nodes |= {row.number: row for row in rows}
        return rows

    def reach(self, start: int) -> set[int]:
        found, open_ = {start}, [start]
        while open_:
            for other, _ in self.near(open_.pop()):
                if other not in found:
                    found.add(other)
                    open_.append(other)
        return found

    def write(self, component: set[int]) -> None:
        """The face without an office stands for the whole, else that of the least id; each row says how it came to it."""
        rows = sorted((self.nodes[n] for n in component), key=lambda row: (row.role != "", row.id))
        whole = rows[0].number
        because: dict[int, str] = {whole: ""}
        open_ = [whole]
        for number in open_:
            for other, why in sorted(self.near(number), key=lambda edge: (self.nodes[edge[0]].id, edge[1])):
                if other not in because:
                    because[other] = why
                    open_.append(other)
        for row in rows:
            if (row.whole, row.because) != (whole, because[row.number]):
                values = {"whole": whole, "because": because[row.number]}
                self.connection.execute(update(actors).where(actors.c.number == row.number).values(values))

    def near(self, number: int) -> list[tuple[int, str]]:
        """The faces that are one with a face, each with the reason."""
        if number not in self.edges:
            row = self.nodes[number]
            tied = self.ties_of(row)
            alone = any(other is None for other, _ in tied)
            found = [(other, why) for other, why in tied if other is not None]
            if not alone:
                found += [edge for edge in [*self.block(row).get(number, ()), *self.shorts(row)] if not self.is_alone(edge[0])]
            self.edges[number] = found
        return self.edges[number]

    def ties_of(self, row: Node) -> list[tuple[int | None, str]]:
        found: list[tuple[int | None, str]] = []
        for other, decision in self.connection.execute(select(ties.c.other, ties.c.decision).where(ties.c.face == row.id)).all():
            if not other:
                found.append((None, f"said:{decision}"))
            else:
                found += [(mate.number, f"said:{decision}") for mate in self.read(actors.c.id, [other])]
        return found

    def is_alone(self, number: int) -> bool:
        wanted = select(ties.c.face).where(ties.c.face == self.nodes[number].id, ties.c.other == "")
        return self.connection.execute(wanted).first() is not None

    def shorts(self, row: Node) -> list[tuple[int, str]]:
        """A bare acronym and the one body that the articles define it for; from either end."""
        found: list[tuple[int, str]] = []
        if row.block.startswith("ORG|") and (body := self.meant(row.block[4:])) not in (None, row.number):
            self.read(actors.c.number, [body])
            found.append((body or 0, "short"))
        wanted = select(bearers.c.key).where(bearers.c.actor == row.number, bearers.c.kind == "short")
        for key in self.connection.execute(wanted).scalars().all():
            if self.meant(key) == row.number:
                found += [(mate.number, "short") for mate in self.read(actors.c.block, [f"ORG|{key}"]) if mate.number != row.number]
        return found

    def meant(self, short: str) -> int | None:
        """The face that bears a short form, where only one does."""
        wanted = select(bearers.c.actor).where(bearers.c.kind == "short", bearers.c.key == short).limit(2)
        found = self.connection.execute(wanted).scalars().all()
        return found[0] if len(found) == 1 else None

    def block(self, row: Node) -> dict[int, list[tuple[int, str]]]:
        """The edges inside a block."""
        if not row.block.startswith("PER|"):
            return {}
        if row.block not in self.blocks:
            self.blocks[row.block] = self.namesakes(self.read(actors.c.block, [row.block]))
        return self.blocks[row.block]

    def namesakes(self, rows: list[Node]) -> dict[int, list[tuple[int, str]]]:
        offices = [(row, role) for row in rows if (role := read_role(row.role))]
        if len(offices) < 2:
            return _all_one([row.number for row in rows], "name")
        told = [(row, role, self.days(row)) for row, role in sorted(offices, key=lambda one: one[0].id)]
        clashing = [(a, b) for n, a in enumerate(told) for b in told[:n] if at_one_time(a[2], b[2]) and clash(a[1], b[1])]
        if not clashing:
            return _all_one([row.number for row in rows], "name")
        edges: dict[int, list[tuple[int, str]]] = {}
        for group in _groups([(row.number, role) for row, role, _ in told], {(a[0].number, b[0].number) for a, b in clashing}):
            edges |= _all_one(group, "office")
        return edges

    def days(self, row: Node) -> Days:
        """First and last day of the articles that show a face: their numbers begin with it."""
        dated = entities.c.article >= 1 << DAY_BITS
        mine = entities.c.actor == row.number
        first = self.connection.execute(select(func.min(entities.c.article)).where(mine, dated)).scalar()
        last = self.connection.execute(select(func.max(entities.c.article)).where(mine, dated)).scalar()
        return None if first is None or last is None else (first >> DAY_BITS, last >> DAY_BITS)


def at_one_time(one: Days, other: Days) -> bool:
    """Whether two faces are told of the same time; of undated ones nothing else can be said."""
    if one is None or other is None:
        return True
    return one[0] <= other[1] + GRACE_DAYS and other[0] <= one[1] + GRACE_DAYS


def _all_one(numbers: Sequence[int], why: str) -> dict[int, list[tuple[int, str]]]:
    return {number: [(other, why) for other in numbers if other != number] for number in numbers}


def _groups(told: Sequence[tuple[int, Role]], clashing: set[tuple[int, int]]) -> list[list[int]]:
    """Faces by the person they may be, where a name is known to have several bearers: each joins the first group with
    whose every face it goes together. ``told`` is in an order that does not depend on arrival."""
    groups: list[list[tuple[int, Role]]] = []
    for number, role in told:
        for group in groups:
            apart = any((number, other) in clashing or (other, number) in clashing for other, _ in group)
            if not apart and all(speak_for_each_other(role, theirs) for _, theirs in group):
                group.append((number, role))
                break
        else:
            groups.append([(number, role)])
    return [[number for number, _ in group] for group in groups]


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
    numbers = {row.number for row in _rows(connection, actors.c.id, ids)}
    return numbers | _mates(connection, numbers)


def actor_decisions(connection: Connection) -> list[Mapping[str, Any]]:
    """All decisions on actors as such, in their order."""
    wanted = select(decisions).where(decisions.c.article.is_(None), decisions.c.item.is_not(None)).order_by(decisions.c.number)
    return [row._asdict() for row in connection.execute(wanted)]


# --- reading ----------------------------------------------------------------------------------------------------


def _rows(connection: Connection, column: Any, values: Collection[Any]) -> list[Node]:
    found: list[Node] = []
    for some in _parts(sorted(values)):
        found += connection.execute(select(actors).where(column.in_(some))).all()
    return found


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
