"""What people decided of what the machine read: appended with who, when and why; undone one by one.

Decisions are only ever appended (`schema.decisions`); a record's rows are made from the machine's record with the decisions
that stand laid over it (`overlay`), and are made anew whenever one is added. A decision holds for the article it was made
on and for all copies of its text, those that come later too, and for whatever another model reads from them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, insert, or_, select, update

from . import overlay, packing
from .index import next_number
from .schema import articles, decisions, readings

if TYPE_CHECKING:
    from .engine import Archive

Decision = Mapping[str, Any]
"""A row of `schema.decisions`."""

ACTIONS = ("accept", "reject", "correct", "add", "merge", "split", "undo")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to decide. ``article`` is None for actors as such; ``value`` is what JSON can hold."""

    action: str
    who: str
    why: str | None = None
    article: str | None = None
    item: str | None = None
    field: str | None = None
    value: Any = None
    undoes: str | None = None


def decisions_on(connection: Connection, article: str, text_hash: bytes) -> list[Decision]:
    """All decisions on an article or on copies of its text, in the order in which they were made."""
    mine = or_(decisions.c.article == article, decisions.c.text_hash == text_hash)
    return [row._asdict() for row in connection.execute(select(decisions).where(mine).order_by(decisions.c.number))]


def standing(made: Sequence[Decision]) -> list[Decision]:
    """Those that nobody has undone, in their order. Who undoes an undoing has the first decision stand again."""
    undone: set[str] = set()
    for decision in reversed(made):
        if decision["action"] == "undo" and decision["id"] not in undone:
            undone.add(decision["undoes"])
    return [decision for decision in made if decision["action"] != "undo" and decision["id"] not in undone]


def lay_over(record: Mapping[str, Any], made: Sequence[Decision]) -> dict[str, Any]:
    """The record as people left it. Items that somebody decided on carry ``review``: accepted, corrected, added or
    rejected; rejected ones stay in their place."""
    stand = [{**decision, "value": read_value(decision)} for decision in standing(made)]
    return overlay.lay_over(record, stand) if stand else dict(record)


def read_value(decision: Decision) -> Any:
    return json.loads(decision["value"]) if decision["value"] else None


def decision_id(row: Mapping[str, Any]) -> str:
    """A hash of what was decided, by whom, when and why."""
    told = {key: value.hex() if isinstance(value, bytes) else value for key, value in row.items() if key not in ("number", "id")}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]


def append(connection: Connection, wish: Wish, text_hash: bytes | None, now: str) -> Decision:
    """Adds a decision; the same by the same person in the same second is there once."""
    row: dict[str, Any] = {
        "at": now,
        "who": wish.who,
        "why": wish.why,
        "action": wish.action,
        "article": wish.article,
        "text_hash": text_hash,
        "item": wish.item,
        "field": wish.field,
        "value": None if wish.value is None else json.dumps(wish.value, ensure_ascii=False, sort_keys=True),
        "undoes": wish.undoes,
    }
    row["id"] = decision_id(row)
    there = connection.execute(select(decisions).where(decisions.c.id == row["id"])).first()
    if there is not None:
        return there._asdict()
    row["number"] = next_number(connection, decisions)
    connection.execute(insert(decisions).values(row))
    return row


def bring_in(connection: Connection, rows: Sequence[Decision]) -> int:
    """Adds decisions that were made elsewhere, in their order; gives how many were new. Rows are to be made anew after."""
    known = {row["id"] for row in rows} & set(connection.execute(select(decisions.c.id)).scalars())
    new = [dict(row) for row in rows if row["id"] not in known]
    first = next_number(connection, decisions)
    if new:
        connection.execute(insert(decisions), [{**row, "number": first + n} for n, row in enumerate(new)])
    return len(new)


def find(connection: Connection, id: str) -> Decision | None:
    """A decision by its id or an unmistakable beginning of it."""
    wanted = select(decisions).where(decisions.c.id >= id, decisions.c.id < f"{id}g").limit(2)  # hex digits
    rows = connection.execute(wanted).all() if id else []
    return rows[0]._asdict() if len(rows) == 1 else None


def listed(
    connection: Connection, *, article: str | None = None, who: str | None = None, below: int | None = None, most: int = 100
) -> list[Decision]:
    """Decisions, the latest first. ``below``: the number of the last one that was shown."""
    wanted = select(decisions).order_by(decisions.c.number.desc()).limit(most)
    if article is not None:
        row = connection.execute(select(articles.c.text_hash).where(articles.c.id == article)).scalar()
        wanted = wanted.where(or_(decisions.c.article == article, decisions.c.text_hash == row))
    if who is not None:
        wanted = wanted.where(decisions.c.who == who)
    if below is not None:
        wanted = wanted.where(decisions.c.number < below)
    return [row._asdict() for row in connection.execute(wanted)]


def undone_by(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of these decisions that do not stand."""
    chain, found = set(ids), []
    open_ = list(ids)
    while open_:
        rows = [row._asdict() for row in connection.execute(select(decisions).where(decisions.c.undoes.in_(open_)))]
        open_ = [row["id"] for row in rows if row["id"] not in chain]
        chain |= set(open_)
        found += rows
    undone: set[str] = set()
    for decision in sorted(found, key=lambda row: -row["number"]):
        if decision["id"] not in undone:
            undone.add(decision["undoes"])
    return undone & set(ids)


# --- over the articles they are about ---------------------------------------------------------------------------


def copies(connection: Connection, text_hash: bytes) -> list[tuple[str, int]]:
    """Id and number of all articles with this text."""
    wanted = select(articles.c.id, articles.c.number).where(articles.c.text_hash == text_hash).order_by(articles.c.id)
    return [(id, number) for id, number in connection.execute(wanted)]


def machine_reading(archive: Archive, connection: Connection, number: int) -> dict[str, Any]:
    """The record as the machine made it."""
    row = connection.execute(select(readings.c.text, readings.c.record).where(readings.c.article == number)).one()
    body = packing.unpack_text(row.text, archive.dictionaries)
    return packing.unpack_record(row.record, body, archive.dictionaries)


def count_reviewed(connection: Connection, article: str, made: Sequence[Decision]) -> None:
    """Writes how many decisions lie over an article."""
    connection.execute(update(articles).where(articles.c.id == article).values(reviewed=count_standing(made)))


def count_standing(made: Sequence[Decision]) -> int:
    """How many of these decisions stand, as `articles.reviewed` writes it."""
    return min(len(standing(made)), 30_000)


def any_on(connection: Connection, hashes: Sequence[bytes]) -> set[bytes]:
    """Those texts that somebody decided on."""
    wanted = select(decisions.c.text_hash).where(decisions.c.text_hash.in_(hashes)).distinct()
    return {bytes(found) for found in connection.execute(wanted).scalars()}


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(decisions)).scalar_one()
