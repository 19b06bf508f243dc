"""What an operation is called with: the archive as it stands at one moment, who asks, and for what.

`state_of` names that moment: two answers that carry the same name are of the same state of the archive.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from ...archive.engine import Archive
from ..security import Person
from ..snapshots import Snapshot

COUNT_MOST = 10_000
"""What is counted one by one: beyond it, a list says that it has at least so many."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, taken apart. ``told``: the parameters, read; ``path``: the parts of the address."""

    archive: Snapshot
    state: str
    person: Person
    told: Any
    path: dict[str, str]

    @property
    def connection(self) -> Connection:
        return self.archive.connection

    @property
    def after(self) -> str | None:
        return self.told.after or None


def state_of(archive: Archive) -> str:
    """A name for what the archive holds now, another one after every write. Taken before a snapshot begins: a list may then
    carry an older name than it is, never a newer one."""
    if archive.kind == "postgresql":
        with archive.reading() as connection:
            told = str(connection.execute(text("SELECT pg_snapshot_xmax(pg_current_snapshot())")).scalar_one())
    else:
        told = "|".join(_stat(archive.place + suffix) for suffix in ("", "-wal"))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _stat(path: str) -> str:
    try:
        found = os.stat(path)
    except OSError:
        return "-"
    return f"{found.st_mtime_ns}.{found.st_size}.{found.st_ino}"


def counted(connection: Connection, wanted: Select[Any], most: int = COUNT_MOST) -> tuple[int, bool]:
    """How many rows there are, and whether that is all of them: one beyond ``most`` is enough to know that there are more."""
    count: int = connection.execute(select(func.count()).select_from(wanted.limit(most + 1).subquery())).scalar_one()
    return (most, False) if count > most else (count, True)
