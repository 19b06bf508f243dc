"""Traced claims that were looked at lately: tracing opens dozens of articles, and a list's counts, its reader's click and the next
reader ask for the same.

What is kept is what a page shows, plain values of a few kilobytes. It holds for one state of the archive: as long as no article and no
decision came, and for `SECONDS` at most.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from ..archive.schema import articles, decisions, outlet_facts

T = TypeVar("T")

MOST = 1000
SECONDS = 300.0

Stamp = tuple[int, ...]


def stamp(connection: Connection) -> Stamp:
    """What changes when an article or a decision comes or goes."""
    wanted = (
        select(func.count()).select_from(articles), select(func.coalesce(func.max(decisions.c.number), 0)), select(func.coalesce(func.max(outlet_facts.c.number), 0)),
    )  # fmt: skip
    return tuple(int(connection.execute(one).scalar_one()) for one in wanted)


@dataclass(slots=True)
class Traces:
    """The last answers by what was asked, the latest last."""

    told: OrderedDict[tuple[Any, ...], tuple[float, Any]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, connection: Connection, asked: tuple[str, ...], make: Callable[[], T]) -> T:
        """The answer to a question, made where it is not there."""
        key = (*asked, stamp(connection))
        now = time.monotonic()
        with self.lock:
            kept = self.told.get(key)
            if kept and now - kept[0] < SECONDS:
                self.told.move_to_end(key)
                found: T = kept[1]
                return found
        made = make()
        with self.lock:
            self.told[key] = now, made
            while len(self.told) > MOST:
                self.told.popitem(last=False)
        return made
