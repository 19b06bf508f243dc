"""Which of several stated times is the earliest, and whether that can be said at all.

Comes in: times as pages state them: a day, or a day with an hour, with or without an offset. Goes out: an order, and the earliest one
where there is one. A day without an hour may mean any of its hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

_WEST = timedelta(hours=7)
"""Times without an offset are taken for those of western Indonesia, where most outlets stand."""


def bounds(moment: str) -> tuple[str, str]:
    """The earliest and the latest minute that a stated time can mean, in the time of western Indonesia."""
    try:
        told = datetime.fromisoformat(moment)
    except ValueError:
        return moment, moment
    if len(moment) <= 10:
        return f"{moment}T00:00", f"{moment}T23:59"
    local = (told.astimezone(UTC) + _WEST if told.tzinfo else told).strftime("%Y-%m-%dT%H:%M")
    return local, local


def order(moment: str | None, name: str) -> tuple[bool, str, str]:
    """A key that sorts by time, what states none last."""
    return moment is None, bounds(moment)[0] if moment else "", name


def earliest(stated: Iterable[tuple[str | None, str]]) -> str | None:
    """Of (time, name) the name with the earliest time; None where none is stated, or where several may be the earliest."""
    dated = [(bounds(moment), name) for moment, name in stated if moment]
    if not dated:
        return None
    first = min(latest for (_, latest), _ in dated)
    may_be = [name for (begins, _), name in dated if begins <= first]
    return may_be[0] if len(may_be) == 1 else None
