"""Answers that cost too much for every page: made once, then again when they are old, while readers get the last.

Only for figures of the archive as a whole, that say as of when they are.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from starlette.requests import HTTPConnection

from .snapshots import Snapshot, snapshot

_log = logging.getLogger("telusur.web")

T = TypeVar("T")

SECONDS = 20.0
"""After how long an answer is old."""

LONGEST = 60.0
"""How long making one may take, in seconds: nobody waits for it but the first."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A value, as of when it holds, when it was made (`time.monotonic`) and how many seconds that took."""

    value: T
    as_of: datetime
    made: float
    seconds: float


@dataclass(slots=True)
class Answers:
    """What was made last, by name; one thread at a time makes one anew."""

    told: dict[str, Answer[Any]] = field(default_factory=dict)
    busy: dict[str, threading.Lock] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def lock_of(self, name: str) -> threading.Lock:
        with self.lock:
            return self.busy.setdefault(name, threading.Lock())


def recent(request: HTTPConnection, name: str, make: Callable[[Snapshot], T]) -> Answer[T]:
    """The last answer under a name. An old one is given while another thread makes it anew; where there is none, it is waited for."""
    state = request.app.state
    answers: Answers = state.answers
    last: Answer[T] | None = answers.told.get(name)
    if last is not None and time.monotonic() - last.made < max(SECONDS, 20 * last.seconds):
        return last
    if last is None:
        with answers.lock_of(name):
            return answers.told.get(name) or _make(state, name, make)
    threading.Thread(target=_renew, args=(state, name, make), daemon=True).start()
    return last


def _renew(state: Any, name: str, make: Callable[[Snapshot], Any]) -> None:
    lock = state.answers.lock_of(name)
    if lock.acquire(blocking=False):
        try:
            _make(state, name, make)
        except Exception as error:  # the last answer stands; the next reader asks again
            _log.warning("%s could not be made anew: %s", name, error)
        finally:
            lock.release()


def warm(state: Any, wanted: Mapping[str, Callable[[Snapshot], Any]]) -> None:
    """Makes these answers before the first reader asks for them, in a thread of its own."""

    def make_all() -> None:
        for name, make in wanted.items():
            _renew(state, name, make)

    threading.Thread(target=make_all, daemon=True).start()


def _make(state: Any, name: str, make: Callable[[Snapshot], T]) -> Answer[T]:
    began, now = time.monotonic(), datetime.now(UTC)
    with snapshot(state.archive, LONGEST) as archive:
        value = make(archive)
    made: Answer[T] = Answer(value, now, time.monotonic(), time.monotonic() - began)
    state.answers.told[name] = made
    return made
