"""What was taken out for good, and does not come back: `schema.tombstones`."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from .schema import tombstones


def refused(connection: Connection, ids: Collection[str]) -> set[str]:
    """Those of these articles that were removed."""
    if not ids:
        return set()
    gone = select(tombstones.c.target).where(tombstones.c.kind == "article", tombstones.c.target.in_(ids))
    return set(connection.execute(gone).scalars())
