"""What an archive holds, in figures."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from .engine import Archive
from .migrations import read_meta
from .places import UNDATED, day_of_number, iso_day
from .schema import actors, articles, claims, decisions, entities, makers, names, outlets, sayings, tombstones

MOST_OUTLETS = 10


def stats(archive: Archive) -> dict[str, Any]:
    """The figures, in the order in which they are told. ``bytes`` is what it takes on disk; ``days`` the first and last
    day of publication."""
    with archive.reading() as connection:
        first, last, chars = connection.execute(
            select(
                func.min(articles.c.number).filter(articles.c.number >= 1 << 24),
                func.max(articles.c.number),
                func.coalesce(func.sum(articles.c.chars), 0),
            )
        ).one()
        return {
            "archive": archive.place,
            "engine": archive.kind,
            "schema": int(read_meta(connection, "schema") or 0),
            "stems": read_meta(connection, "stems"),
            "articles": _count(connection, articles),
            "reviewed": connection.execute(select(func.count()).where(articles.c.reviewed > 0)).scalar_one(),
            "undated": connection.execute(select(func.count()).where(articles.c.number < UNDATED + (1 << 24))).scalar_one(),
            "days": [_day(first), _day(last)],
            "characters": int(chars),
            "attributions": _count(connection, sayings),
            "claims": _count(connection, claims),
            "entities": _count(connection, entities),
            "names": _count(connection, names),
            "actors": _count(connection, actors),
            "decisions": _count(connection, decisions),
            "removed": _count(connection, tombstones),
            "outlets": _outlets(connection),
            "made by": _makers(connection),
            "bytes": _bytes(archive, connection),
        }


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _day(number: int | None) -> str | None:
    day = day_of_number(number or 0)
    return iso_day(day) if day else None


def _outlets(connection: Connection) -> dict[str, int]:
    """The outlets with the most articles."""
    count = func.count().label("count")
    wanted = select(outlets.c.name, count).join(articles, articles.c.outlet == outlets.c.number).group_by(outlets.c.name)
    return {name: n for name, n in connection.execute(wanted.order_by(count.desc(), outlets.c.name).limit(MOST_OUTLETS))}


def _makers(connection: Connection) -> dict[str, int]:
    count = func.count().label("count")
    same = (makers.c.software, makers.c.version, makers.c.model)
    wanted = select(*same, count).join(articles, articles.c.maker == makers.c.number).group_by(*same).order_by(count.desc())
    return {" ".join(part for part in row[:3] if part): row[3] for row in connection.execute(wanted)}


def _bytes(archive: Archive, connection: Connection) -> int:
    if archive.kind == "postgresql":
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    size = 0
    for suffix in ("", "-wal"):
        with suppress(OSError):
            size += os.path.getsize(archive.place + suffix)
    return size
