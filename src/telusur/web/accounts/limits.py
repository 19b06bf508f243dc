"""How often somebody may ask: so many times in any minute, counted in this process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

WINDOW = 60.0
_MOST_KEPT = 10_000
"""Askers who are remembered: of more, those who have not asked for longest are forgotten."""


@dataclass(slots=True)
class Limit:
    """At most ``most`` times in 60 seconds, each asker by itself; 0 sets no limit."""

    most: int
    clock: Callable[[], float] = time.monotonic
    _asked: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, who: str) -> int:
        """Counts one more time; gives how many seconds to wait where it is too often, else 0. Who is turned away is not counted."""
        if self.most <= 0:
            return 0
        at = self.clock()
        with self._lock:
            times = self._asked.setdefault(who, deque())
            self._asked.move_to_end(who)
            while times and times[0] <= at - WINDOW:
                times.popleft()
            if len(times) >= self.most:
                return max(1, ceil(times[0] + WINDOW - at))
            times.append(at)
            while len(self._asked) > _MOST_KEPT:
                self._asked.popitem(last=False)
        return 0

    def give_back(self, who: str) -> None:
        """Takes the last time back: it was right to ask."""
        with self._lock:
            if times := self._asked.get(who):
                times.pop()
