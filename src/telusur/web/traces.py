"""Traced claims that were looked at lately: tracing opens dozens of articles, and a list's counts, its reader's click and the next
reader ask for the same.

What is kept is what a page shows, plain values of a few kilobytes. It holds until somebody decides on the claim's own article, and for
`SECONDS` at most: what came to others meanwhile is seen then.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from ..archive.schema import articles, decisions

T = TypeVar("T")

MOST = 1000
SECONDS = 60.0


@dataclass(slots=True)
class Traces:
    """The last answers by what was asked, the latest last."""

    told: OrderedDict[tuple[Any, ...], tuple[float, Any]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, connection: Connection, number: int, asked: tuple[str, ...], make: Callable[[], T]) -> T:
        """The answer to a question about an article, made where it is not there."""
        decided = connection.execute(select(func.max(decisions.c.number)).where(decisions.c.article == select(articles.c.id).where(articles.c.number == number).scalar_subquery()))
        key = (*asked, decided.scalar())
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
