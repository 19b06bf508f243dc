"""Case folders: claims, sayings, stretches of text and articles that somebody collects, with notes; kept as decisions are.

What is done to a folder is appended (`schema.folder_acts`), by whom and when, and never changed; what the folder holds follows from
it. A folder keeps no words of articles, only their ids: what was removed from the archive is not in any folder either.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, insert, select, update

from ..errors import BadRequest
from .index import next_number, plain
from .schema import folder_acts

if TYPE_CHECKING:
    from .masking import Finder

Action = Literal["open", "rename", "describe", "add", "note", "remove", "close", "reopen"]
ACTIONS: tuple[Action, ...] = ("open", "rename", "describe", "add", "note", "remove", "close", "reopen")

LONGEST_NAME, LONGEST_TEXT = 200, 20_000
MOST_ITEMS = 200
"""Things in one folder: what a person can look through."""
MOST_FOLDERS = 1000

_ITEM = re.compile(r"[0-9a-f]{6,64}(#(?:[ac]\d{1,9}-\d{1,9}(?:-\d{1,9})?|r\d{1,9}-\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing in a folder. ``item``: an article's id, with ``#`` and a claim's or saying's key, or ``#r10-90``: these characters of it."""

    item: str
    note: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as it stands: who opened it and when, when it was last changed."""

    id: str
    name: str
    about: str
    who: str
    at: str
    changed: str
    closed: bool = False
    items: tuple[Kept, ...] = field(default=())


def open_folder(connection: Connection, name: str, who: str, at: str) -> str:
    """Opens a folder; gives its id, which nobody guesses.

    Raises:
        BadRequest: it has no name, or there are too many.
    """
    name = _one_line(name)
    if not name:
        raise BadRequest("the folder has no name; nothing was opened; give it one")
    if len(folders(connection)) >= MOST_FOLDERS:
        raise BadRequest(f"there are {MOST_FOLDERS:,} folders already; nothing was opened; use one of them")
    id = secrets.token_hex(8)
    append(connection, id, "open", who, at, text=name)
    return id


def act(connection: Connection, id: str, action: Action, who: str, at: str, *, item: str | None = None, text: str | None = None) -> None:
    """Does something to a folder.

    Raises:
        BadRequest: there is no such folder, it is closed, or what is asked for makes no sense there; nothing was done.
    """
    there = folder(connection, id)
    if there is None:
        raise BadRequest("there is no such folder; nothing was done")
    if there.closed and action != "reopen":
        raise BadRequest(f"the folder “{there.name}” is closed; nothing was done; open it again first")
    if action == "rename" and not (text := _one_line(text or "")):
        raise BadRequest("the folder has no name; nothing was done; give it one")
    if action in ("add", "note", "remove"):
        _check_item(there, action, item)
    if len(text or "") > LONGEST_TEXT:
        raise BadRequest(f"the note has more than {LONGEST_TEXT:,} characters; nothing was done; make it shorter")
    append(connection, id, action, who, at, item=item, text=text)


def _check_item(there: Folder, action: Action, item: str | None) -> None:
    if not item or not is_item(item):
        raise BadRequest(f"{(item or '')[:60]!r} names no article, claim or saying; nothing was done; take it from a line's own link")
    held = any(kept.item == item for kept in there.items)
    if action != "add" and not held:
        raise BadRequest("that is not in this folder any more; nothing was done")
    if action == "add" and not held and len(there.items) >= MOST_ITEMS:
        raise BadRequest(f"the folder holds {MOST_ITEMS} things already; nothing was added; open another for the rest")


def is_item(told: str) -> bool:
    """Whether this can name something that a folder takes."""
    return _ITEM.fullmatch(told) is not None


def _one_line(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]


def append(connection: Connection, folder: str, action: Action, who: str, at: str, *, item: str | None = None, text: str | None = None) -> None:
    """Adds an act; the same by the same person in the same second is there once."""
    row: dict[str, Any] = {
        "folder": folder, "at": at, "who": who, "action": action, "item": item, "text": None if text is None else plain(text, 4 * LONGEST_TEXT),
    }  # fmt: skip
    row["id"] = act_id(row)
    if connection.execute(select(folder_acts.c.id).where(folder_acts.c.id == row["id"])).first() is None:
        connection.execute(insert(folder_acts).values(number=next_number(connection, folder_acts), **row))


def act_id(row: Mapping[str, Any]) -> str:
    """A hash of what was done, by whom and when."""
    told = {key: value for key, value in row.items() if key not in ("number", "id")}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


# --- what follows from it ---------------------------------------------------------------------------------------


def folder(connection: Connection, id: str) -> Folder | None:
    """A folder as it stands; None where there is none."""
    rows = connection.execute(select(folder_acts).where(folder_acts.c.folder == id).order_by(folder_acts.c.number)).mappings()
    return next(iter(_standing(rows)), None)


def folders(connection: Connection) -> list[Folder]:
    """All folders as they stand, the last changed first, closed ones at the end."""
    rows = connection.execute(select(folder_acts).order_by(folder_acts.c.folder, folder_acts.c.number)).mappings()
    by_change = sorted(_standing(rows), key=lambda one: (one.changed, one.id), reverse=True)
    return sorted(by_change, key=lambda one: one.closed)


def history(connection: Connection, id: str, most: int = 50) -> list[dict[str, Any]]:
    """What was done to a folder, the latest first."""
    rows = connection.execute(select(folder_acts).where(folder_acts.c.folder == id).order_by(folder_acts.c.number.desc()).limit(most))
    return [row._asdict() for row in rows]


def _standing(rows: Iterable[Mapping[Any, Any]]) -> Iterator[Folder]:
    """Folders from their acts, which come folder by folder in their order."""
    now: Folder | None = None
    for row in rows:
        if now is None or row["folder"] != now.id:
            if now is not None:
                yield now
            now = Folder(row["folder"], "", "", row["who"], row["at"], row["at"])
        now = _after(now, row)
    if now is not None:
        yield now


def _after(now: Folder, row: Mapping[Any, Any]) -> Folder:
    action, text, item = row["action"], row["text"] or "", row["item"] or ""
    now = replace(now, changed=row["at"])
    if action in ("open", "rename"):
        return replace(now, name=text)
    if action == "describe":
        return replace(now, about=text)
    if action in ("close", "reopen"):
        return replace(now, closed=action == "close")
    others = tuple(kept for kept in now.items if kept.item != item)
    if action == "remove":
        return replace(now, items=others)
    told = Kept(item, text, row["who"], row["at"])
    if len(others) == len(now.items):
        return replace(now, items=(*others, told)) if action == "add" else now
    before = next(kept for kept in now.items if kept.item == item)
    if action == "add" and not text:  # the same once more, without a note: its first note stays
        return now
    return replace(now, items=tuple(replace(told, at=before.at) if kept.item == item else kept for kept in now.items))


# --- upkeep -----------------------------------------------------------------------------------------------------


def cut(connection: Connection, finder: Finder) -> None:
    """Takes words that were removed for good out of names and notes. The acts' ids stay: they are names, not proofs."""
    for row in connection.execute(select(folder_acts.c.number, folder_acts.c.text).where(folder_acts.c.text.is_not(None))).all():
        if (masked := finder.mask(row.text)) != row.text:
            connection.execute(update(folder_acts).where(folder_acts.c.number == row.number).values(text=masked))


def check(connection: Connection) -> Iterator[str]:
    """What is wrong with the folders, in words."""
    opened: set[str] = set()
    for row in connection.execute(select(folder_acts).order_by(folder_acts.c.number)):
        if row.action not in ACTIONS:
            yield f"folder {row.folder}: act {row.number} is of no kind that is known ({row.action})"
        elif row.action == "open":
            opened.add(row.folder)
        elif row.folder not in opened:
            yield f"folder {row.folder}: act {row.number} comes before the folder was opened"
        if row.action in ("add", "note", "remove") and not is_item(row.item or ""):
            yield f"folder {row.folder}: act {row.number} names nothing"
