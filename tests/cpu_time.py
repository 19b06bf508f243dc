"""CPU time that a test asks for, measured again where a busy machine may have spoilt the first measure.

Other programs slow a processor that they share (caches, clock, memory) even in CPU-seconds. Code that is too slow is
too slow each time; so a bound counts as broken only where every attempt breaks it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

ATTEMPTS = 4


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU-seconds of this process for one run of ``work``."""
    began = time.process_time()
    work()
    return time.process_time() - began


def least(work: Callable[[], object], bound: float, attempts: int = ATTEMPTS) -> float:
    """The least CPU-seconds of up to ``attempts`` runs; stops at the first under ``bound``."""
    taken = float("inf")
    for _ in range(attempts):
        taken = min(taken, cpu_seconds(work))
        if taken < bound:
            break
    return taken


def grows_no_faster(work: Callable[[int], object], short: int, long: int, factor: float, slack: float = 0.2) -> bool:
    """Whether ``work(long)`` takes under ``factor`` times ``work(short)`` and ``slack`` CPU-seconds, in one attempt at least."""
    for _ in range(ATTEMPTS):
        one = min(cpu_seconds(lambda: work(short)) for _ in range(2))
        if cpu_seconds(lambda: work(long)) < factor * one + slack:
            return True
    return False
