"""Deciding: what somebody wants is checked, appended, and laid over the article and all copies of its text.

Comes in: a `Wish`. Goes out: a `Decided`. All or nothing, in one transaction; a wish that would break the record's rules is
refused in words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from ..errors import BadRequest
from ..export.check import check_record
from . import decisions
from .decisions import Decision, Wish
from .engine import Archive
from .index import Rows, make_rows
from .joining import actor_decisions, renew_ties
from .overlay import Laying, is_key, layer_of
from .renew import renew_rows
from .schema import actors, articles


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was made: its id, and the articles that it lies over, the one that was named first."""

    id: str
    articles: tuple[str, ...]


def now() -> str:
    """The time, as decisions write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def decide(archive: Archive, wish: Wish, *, at: str | None = None) -> Decided:
    """Makes a decision.

    Args:
        archive: where.
        wish: what, by whom and why. For ``accept`` and ``correct`` of an item, ``value`` is the corrected value alone;
            what is needed to put the item back is added here.
        at: when, ISO 8601 in UTC; now if not said.

    Raises:
        BadRequest: there is no such article, item or decision, or the record would break its rules; nothing was done.
    """
    if not wish.who.strip():
        raise BadRequest("nobody is named who decides; nothing was done; say who with --by, or in TELUSUR_BY")
    return archive.write(lambda connection: _decide(archive, connection, wish, at or now()))


def decide_all(archive: Archive, wishes: Sequence[Wish], *, at: str | None = None) -> list[Decided]:
    """Makes several decisions at once: all of them, or, where one is refused, none.

    Raises:
        BadRequest: as for `decide`.
    """
    if any(not wish.who.strip() for wish in wishes):
        raise BadRequest("nobody is named who decides; nothing was done; say who with --by, or in TELUSUR_BY")
    when = at or now()
    return archive.write(lambda connection: [_decide(archive, connection, wish, when) for wish in wishes])


def undo(archive: Archive, id: str, who: str, why: str | None = None, *, at: str | None = None) -> Decided:
    """Undoes a decision; undoing an undoing has it stand again.

    Raises:
        BadRequest: there is no such decision, or it does not stand.
    """
    return decide(archive, Wish("undo", who, why, undoes=id), at=at)


def _decide(archive: Archive, connection: Connection, wish: Wish, at: str) -> Decided:
    if wish.action == "undo":
        return _undo(archive, connection, wish, at)
    if wish.article is None:
        return _decide_of_actors(connection, wish, at)
    row = connection.execute(select(articles.c.id, articles.c.number, articles.c.text_hash).where(articles.c.id == wish.article)).first()
    if row is None:
        raise BadRequest(f"there is no article {wish.article} in {archive.place}; nothing was done; `telusur decisions` and searches print ids")
    made = decisions.decisions_on(connection, row.id, row.text_hash)
    machine = decisions.machine_reading(archive, connection, row.number)
    full = _full(decisions.lay_over(machine, made), wish)
    trial = {"id": "trial", "who": wish.who, "action": wish.action, "item": full.item, "field": wish.field, "undoes": None}
    _refuse_broken(machine, [*made, {**trial, "value": _json(full.value)}], full)
    stood = _stand(archive, connection, bytes(row.text_hash))
    decision = decisions.append(connection, full, bytes(row.text_hash), at)
    return Decided(decision["id"], _renew(archive, connection, stood, bytes(row.text_hash), row.id))


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value)


def _full(record: Mapping[str, Any], wish: Wish) -> Wish:
    """The wish with what is needed to put the item back into another reading."""
    laying = Laying(record)
    key = wish.item or ""
    if not is_key(key):
        key = _key_of_id(laying, key)
    item = laying.find(key)
    if wish.action == "add":
        if item is not None and item.get("review") != "rejected":
            raise BadRequest(f"{key} is there already; nothing was done; accept or correct it")
        return replace(wish, item=key)
    if item is None:
        raise BadRequest(f"there is no item {wish.item} in {wish.article}; nothing was done; `telusur review show {wish.article}` lists them")
    if wish.action in ("accept", "correct"):
        was = laying.portable(layer_of(key), item)
        return replace(wish, item=key, value=was if wish.action == "accept" else {"to": wish.value, "was": was})
    if wish.action == "merge" and isinstance(wish.value, str):
        return replace(wish, item=key, value=wish.value if is_key(wish.value) else _key_of_id(laying, wish.value))
    return replace(wish, item=key)


def key_in(record: Mapping[str, Any], name: str) -> str:
    """The key of an item that is named by its place or by its id.

    Raises:
        BadRequest: it names none.
    """
    return name if is_key(name) else _key_of_id(Laying(record), name)


def face_named(connection: Connection, id: str) -> str:
    """The whole id of a face by an unmistakable beginning of it.

    Raises:
        BadRequest: there is none, or several begin so.
    """
    found = connection.execute(select(actors.c.id).where(actors.c.id >= id, actors.c.id < f"{id}g").limit(2)).scalars().all()
    if not id or len(found) != 1:
        raise BadRequest(f"{id!r} is no face of an actor, or the beginning of several; nothing was done; `telusur actor ID` lists faces")
    return str(found[0])


def face_value(connection: Connection, id: str) -> dict[str, str]:
    """What a decision keeps of a face to which it puts an entity."""
    row = connection.execute(select(actors.c.block, actors.c.role).where(actors.c.id == id)).one()
    return {"block": row.block, "role": row.role}


def _key_of_id(laying: Laying, id: str) -> str:
    """The key of an item that is named by its id in the record: ``c3``."""
    layers = {"m": "mentions", "e": "entities", "t": "times", "a": "attributions", "c": "claims"}
    key = laying.key_of(layers[id[:1]], id) if id[:1] in layers else None
    if key is None:
        raise BadRequest(f"{id!r} names no item; nothing was done; items are named like c499-511, or by their id in the record")
    return key


def _refuse_broken(machine: Mapping[str, Any], made: Sequence[Decision], wish: Wish) -> None:
    try:
        before, after = decisions.lay_over(machine, made[:-1]), decisions.lay_over(machine, made)
        broken = set(check_record(after)) - set(check_record(before))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise BadRequest(f"{wish.field or wish.action} cannot be {wish.value!r} ({type(error).__name__}: {error}); nothing was done") from error
    if broken:
        raise BadRequest(f"the record would break its rules: {min(broken)}; nothing was done")
    if after == before and wish.action in ("merge", "split", "add"):
        raise BadRequest(f"{wish.action} of {wish.item} changes nothing; nothing was done")


@dataclass(frozen=True, slots=True)
class _Copy:
    """An article as it stands before a decision."""

    id: str
    number: int
    machine: dict[str, Any]
    rows: Rows


def _stand(archive: Archive, connection: Connection, text_hash: bytes) -> list[_Copy]:
    """All copies of a text as they stand now."""
    found = []
    for id, number in decisions.copies(connection, text_hash):
        machine = decisions.machine_reading(archive, connection, number)
        rows = make_rows(decisions.lay_over(machine, decisions.decisions_on(connection, id, text_hash)))
        found.append(_Copy(id, number, machine, rows))
    return found


def _renew(archive: Archive, connection: Connection, stood: Sequence[_Copy], text_hash: bytes, first: str) -> tuple[str, ...]:
    """Makes the rows of these articles anew, with the decisions that stand now."""
    for copy in stood:
        made = decisions.decisions_on(connection, copy.id, text_hash)
        renew_rows(archive, connection, copy.number, copy.rows, decisions.lay_over(copy.machine, made), read_anew=False)
        decisions.count_reviewed(connection, copy.id, made)
    return tuple(sorted((copy.id for copy in stood), key=lambda id: (id != first, id)))


def _undo(archive: Archive, connection: Connection, wish: Wish, at: str) -> Decided:
    target = decisions.find(connection, wish.undoes or "")
    if target is None:
        raise BadRequest(f"there is no decision {wish.undoes!r}, or several begin so; nothing was done; `telusur decisions` lists them")
    if target["id"] in decisions.undone_by(connection, [target["id"]]):
        raise BadRequest(f"decision {target['id']} is undone already; nothing was done")
    full = replace(wish, article=target["article"], item=target["item"], undoes=target["id"])
    text_hash = bytes(target["text_hash"] or b"")
    stood = _stand(archive, connection, text_hash) if text_hash else []
    decision = decisions.append(connection, full, text_hash or None, at)
    if not text_hash:
        renew_ties(connection, decisions.standing(actor_decisions(connection)))
    return Decided(decision["id"], _renew(archive, connection, stood, text_hash, target["article"] or ""))


def _decide_of_actors(connection: Connection, wish: Wish, at: str) -> Decided:
    """Merging actors, or taking a face out of one."""
    wanted = [wish.item or "", *(wish.value or [])] if wish.action == "merge" else [wish.item or ""]
    there = {row.id: row for row in connection.execute(select(actors).where(actors.c.id.in_(wanted)))}
    if missing := [id for id in wanted if id not in there]:
        raise BadRequest(f"there is no actor {missing[0]}; nothing was done; `telusur actors NAME` prints ids")
    if wish.action == "merge" and len({there[id].whole for id in wanted}) < 2:
        raise BadRequest("these are one actor already; nothing was done")
    if wish.action not in ("merge", "split"):
        raise BadRequest(f"an actor can be merged or split, not {wish.action}ed; nothing was done")
    decision = decisions.append(connection, wish, None, at)
    renew_ties(connection, decisions.standing(actor_decisions(connection)))
    return Decided(decision["id"], ())
