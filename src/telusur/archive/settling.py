"""Which faces are one person or body: one look at some of them, and at all that they were or will be one with.

Comes in: the numbers of faces that an article touched. Goes out: `whole` and `because` of their rows of `schema.actors`.

What faces say is a function of the faces there are and of the days on which each is told, the same in any order of
arrival. Each kind of row is asked for many faces at once, so that a step of adding costs the same few questions however
many faces it touches.

A name in more than `MOST_NAMESAKES` offices is borne by many, or by one whom the texts call many things. Comparing each
with each would then cost more with every article, so that its faces are one only in the same kind of office at the
very same place: that is asked by the index of `seat`, and costs the same however many faces the name has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select, update

from .offices import GRACE_DAYS, Role, clash, read_role, speak_for_each_other
from .places import DAY_BITS
from .schema import actors, bearers, entities, ties

MOST_NAMESAKES = 40
"""Faces with an office, of one full name, that are compared each with each."""

_AT_ONCE = 200

Node = Row[Any]
"""A row of `schema.actors`."""

Days = tuple[int, int] | None
"""First and last day on which a face is told; None where no article is dated."""

Edge = tuple[int, str]
"""A face, and why it is one with another."""

_WRITE = update(actors).where(actors.c.number == bindparam("of")).values(whole=bindparam("to"), because=bindparam("why"))


def settle(connection: Connection, touched: Collection[int]) -> None:
    """Looks again at who is one, for these faces and all that they were or will be one with."""
    if touched:
        _Settling(connection).run(touched)


def days_of(connection: Connection, faces: Collection[int]) -> dict[int, Days]:
    """First and last day of the articles that show each face: their numbers begin with it."""
    told: dict[int, Days] = {}
    mine = (entities.c.actor == actors.c.number, entities.c.article >= 1 << DAY_BITS)
    first = select(func.min(entities.c.article)).where(*mine).correlate(actors).scalar_subquery()
    last = select(func.max(entities.c.article)).where(*mine).correlate(actors).scalar_subquery()
    for some in parts(sorted(faces)):
        for number, begin, end in connection.execute(select(actors.c.number, first, last).where(actors.c.number.in_(some))):
            told[number] = None if begin is None else (begin >> DAY_BITS, end >> DAY_BITS)
    return told


class _Settling:
    """One look at some faces: rows and edges are read once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.nodes: dict[int, Node] = {}
        self.ids: dict[str, int] = {}
        self.known: set[int] = set()
        self.tied: dict[int, list[tuple[str, str]]] = {}
        self.shorts: dict[int, list[str]] = {}
        self.meant: dict[str, int | None] = {}
        self.inside: dict[int, list[Edge]] = {}
        self.changed: list[dict[str, Any]] = []
        self.has_ties = connection.execute(select(ties.c.face).limit(1)).first() is not None

    def run(self, touched: Collection[int]) -> None:
        start = self.read(actors.c.number, touched)
        start |= self.open_blocks(start)
        start |= self.read(actors.c.whole, {self.nodes[number].whole for number in start})
        self.learn(start)
        left = set(start)
        while left:
            component = self.reach(left.pop())
            left -= component
            self.write(component)
        if self.changed:
            self.connection.execute(_WRITE, self.changed)

    # --- reading ---

    def read(self, column: Any, values: Collection[Any]) -> set[int]:
        """Rows by a column; gives their numbers."""
        rows = rows_by(self.connection, column, values)
        self.nodes |= {row.number: row for row in rows}
        self.ids |= {row.id: row.number for row in rows}
        return {row.number for row in rows}

    def open_blocks(self, start: Collection[int]) -> set[int]:
        """The namesakes of these faces that must be looked at again: a face whose office clashes parts those that were one
        without it. Where a name has long had too many, only these faces themselves."""
        mine: dict[str, int] = {}
        for number in start:
            row = self.nodes[number]
            if row.block.startswith("PER|"):
                mine[row.block] = mine.get(row.block, 0) + bool(row.role)
        many = self.count(mine)
        whole = {block for block in mine if many.get(block, 0) - mine[block] <= MOST_NAMESAKES}
        found = self.read(actors.c.block, whole)
        by_block: dict[str, list[Node]] = {block: [] for block in whole}
        for number in found:
            by_block[self.nodes[number].block].append(self.nodes[number])
        self.tie(found | set(start))
        for block, rows in by_block.items():
            self.inside |= self.by_seat(rows) if many.get(block, 0) > MOST_NAMESAKES else self.namesakes(rows)
        seated = [self.nodes[number] for number in start if self.nodes[number].block in mine.keys() - whole]
        if seated:
            self.inside |= self.by_seat(self.seat_mates(seated))
        return found

    def count(self, blocks: Collection[str]) -> dict[str, int]:
        """How many faces with an office each name has."""
        found: dict[str, int] = {}
        for some in parts(sorted(blocks)):
            counted = select(actors.c.block, func.count()).where(actors.c.block.in_(some), actors.c.seat != "").group_by(actors.c.block)
            found |= {block: n for block, n in self.connection.execute(counted)}
        return found

    def seat_mates(self, rows: Sequence[Node]) -> list[Node]:
        """These faces, and those of the same name in the same kind of office at the same place."""
        found = {row.number for row in rows}
        for block, seat in sorted({(row.block, row.seat) for row in rows if row.seat}):
            told = self.connection.execute(select(actors).where(actors.c.block == block, actors.c.seat == seat)).all()
            self.nodes |= {row.number: row for row in told}
            self.ids |= {row.id: row.number for row in told}
            found |= {row.number for row in told}
        self.tie(found)
        return [self.nodes[number] for number in found]

    def tie(self, numbers: Iterable[int]) -> None:
        """Reads what people decided of these faces."""
        new = [number for number in numbers if number not in self.tied]
        self.tied |= {number: [] for number in new}
        if not self.has_ties:
            return
        for some in parts(sorted(self.nodes[number].id for number in new)):
            for face, other, decision in self.connection.execute(select(ties.c.face, ties.c.other, ties.c.decision).where(ties.c.face.in_(some))):
                self.tied[self.ids[face]].append((other, decision))

    def learn(self, numbers: Collection[int]) -> None:
        """Reads all that edges of these faces are made of, many at once."""
        new = [number for number in numbers if number not in self.known]
        if not new:
            return
        self.known |= set(new)
        self.tie(new)
        self.shorts |= {number: [] for number in new}
        keys = {self.nodes[number].block[4:] for number in new if self.nodes[number].block.startswith("ORG|")}
        for some in parts(sorted(new)):
            for actor, key in self.connection.execute(select(bearers.c.actor, bearers.c.key).where(bearers.c.actor.in_(some), bearers.c.kind == "short")):
                self.shorts[actor].append(key)
                keys.add(key)
        asked = sorted(keys - self.meant.keys())
        self.meant |= dict.fromkeys(asked)
        for some in parts(asked):
            bodies = select(bearers.c.key, func.min(bearers.c.actor), func.count()).where(bearers.c.key.in_(some), bearers.c.kind == "short")
            self.meant |= {key: body for key, body, count in self.connection.execute(bodies.group_by(bearers.c.key)) if count == 1}

    def one(self, column: Any, value: Any) -> list[int]:
        """Rows that may have been read already."""
        if column is actors.c.number and value in self.nodes:
            return [value]
        if column is actors.c.id and value in self.ids:
            return [self.ids[value]]
        return sorted(self.read(column, [value]))

    # --- who is one ---

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
        if len(component) == 1:
            rows, because = [self.nodes[n] for n in component], dict.fromkeys(component, "")
        else:
            rows = sorted((self.nodes[n] for n in component), key=_rank)
            because = self.reasons(rows[0].number)
        whole = rows[0].number
        for row in rows:
            if (row.whole, row.because) != (whole, because[row.number]):
                self.changed.append({"of": row.number, "to": whole, "why": because[row.number]})

    def reasons(self, whole: int) -> dict[int, str]:
        """By which rule each face was reached from the one that stands for all."""
        because, open_ = {whole: ""}, [whole]
        for number in open_:
            for other, why in sorted(self.near(number), key=lambda edge: (self.nodes[edge[0]].id, edge[1])):
                if other not in because:
                    because[other] = why
                    open_.append(other)
        return because

    def near(self, number: int) -> list[Edge]:
        """The faces that are one with a face, each with the reason."""
        self.learn((number,))
        found = [(mate, f"said:{decision}") for other, decision in self.tied[number] if other for mate in self.one(actors.c.id, other)]
        if not self.is_alone(number):
            if number not in self.inside:
                self.open_blocks((number,))
            found += self.inside.get(number, ())
            found += [edge for edge in self.by_short(number) if not self.is_alone(edge[0])]
        return found

    def is_alone(self, number: int) -> bool:
        """Whether a person took a face out of its actor: no rule joins it to any."""
        self.tie((number,))
        return any(not other for other, _ in self.tied[number])

    def by_short(self, number: int) -> list[Edge]:
        """A bare acronym and the one body that the articles define it for; from either end."""
        row, found = self.nodes[number], []
        if row.block.startswith("ORG|") and (body := self.meant[row.block[4:]]) not in (None, number):
            found += [(mate, "short") for mate in self.one(actors.c.number, body)]
        for key in self.shorts[number]:
            if self.meant[key] == number:
                found += [(mate, "short") for mate in sorted(self.read(actors.c.block, [f"ORG|{key}"])) if mate != number]
        return found

    def namesakes(self, rows: list[Node]) -> dict[int, list[Edge]]:
        """The edges among all faces of one full name, where those are few."""
        offices = [(row, role) for row in rows if (role := read_role(row.role))]
        if len(offices) < 2:
            return self.all_one(rows, "name")
        days = days_of(self.connection, [row.number for row, _ in offices])
        told = [(row, role, days.get(row.number)) for row, role in sorted(offices, key=lambda one: one[0].id)]
        clashing = {(a[0].number, b[0].number) for n, a in enumerate(told) for b in told[:n] if at_one_time(a[2], b[2]) and clash(a[1], b[1])}
        if not clashing:
            return self.all_one(rows, "name")
        edges: dict[int, list[Edge]] = {row.number: [] for row in rows}
        for group in _groups([(row.number, role) for row, role, _ in told], clashing):
            edges |= self.all_one([self.nodes[number] for number in group], "office")
        return edges

    def by_seat(self, rows: Iterable[Node]) -> dict[int, list[Edge]]:
        """The edges among faces of a name that too many bear."""
        seats: dict[tuple[str, str], list[Node]] = {}
        edges: dict[int, list[Edge]] = {}
        for row in rows:
            edges[row.number] = []
            if (role := read_role(row.role)) and role.where:
                seats.setdefault((row.block, row.seat), []).append(row)
        for group in seats.values():
            edges |= self.all_one(group, "office")
        return edges

    def all_one(self, rows: Iterable[Node], why: str) -> dict[int, list[Edge]]:
        """Faces that are one, each tied to the first; those that a person took out are not."""
        edges: dict[int, list[Edge]] = {row.number: [] for row in rows}
        together = sorted((row for row in rows if not self.is_alone(row.number)), key=_rank)
        for row in together[1:]:
            edges[together[0].number].append((row.number, why))
            edges[row.number].append((together[0].number, why))
        return edges


def _rank(row: Node) -> tuple[bool, str]:
    return row.role != "", row.id


def at_one_time(one: Days, other: Days) -> bool:
    """Whether two faces are told of the same time; of undated ones nothing else can be said."""
    if one is None or other is None:
        return True
    return one[0] <= other[1] + GRACE_DAYS and other[0] <= one[1] + GRACE_DAYS


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


def mates(connection: Connection, numbers: Collection[int]) -> set[int]:
    """Faces to look at again when these go: all of their wholes, and so many of their names that `settle` sees them all."""
    found: set[int] = set()
    for row in rows_by(connection, actors.c.number, numbers):
        near = set(connection.execute(select(actors.c.number).where(or_(actors.c.whole == row.whole, actors.c.number == row.number))).scalars())
        near |= set(connection.execute(select(actors.c.number).where(actors.c.block == row.block).limit(2)).scalars())
        found |= near if len(near) > 1 else set()
    return found


def rows_by(connection: Connection, column: Any, values: Collection[Any]) -> list[Node]:
    """Rows of actors by a column."""
    found: list[Node] = []
    for some in parts(sorted(values)):
        found += connection.execute(select(actors).where(column.in_(some))).all()
    return found


def parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Some values at a time: SQLite takes 999 in one question, or more."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
