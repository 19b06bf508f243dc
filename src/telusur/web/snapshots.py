"""One state of the archive for one request, and a limit on how long it may be searched.

`reading(request)` gives an `Archive` whose every ``reading()`` is one and the same transaction, so that whatever a page asks
of search, answers and trace comes from one state. What takes longer than the room's limit is broken off.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, event, text
from starlette.requests import HTTPConnection

from ..archive.engine import Archive
from ..errors import ArchiveError, TooSlow

__all__ = ["Snapshot", "TooSlow", "reading", "snapshot"]

PATIENCE = 10

_STEPS = 20_000
"""Steps of SQLite's machine between two looks at the clock: a millisecond or so."""


@dataclass(frozen=True, slots=True)
class Snapshot(Archive):
    """An archive as it stands at one moment: all that is read through it sees the same."""

    connection: Connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        yield self.connection


@contextmanager
def snapshot(archive: Archive, seconds: float) -> Iterator[Snapshot]:
    """The archive as it stands now; each question to it may take so many seconds.

    Raises:
        TooSlow: the time is up; nothing was changed.
    """
    with archive.reading() as connection, _limit(archive, connection, seconds):
        yield Snapshot(archive.engine, archive.place, archive.kind, archive.dictionaries, connection)


@contextmanager
def reading(request: HTTPConnection) -> Iterator[Snapshot]:
    """The archive for this request."""
    state = request.app.state
    with snapshot(state.archive, state.settings.sql_seconds) as opened:
        yield opened


@contextmanager
def _limit(archive: Archive, connection: Connection, seconds: float) -> Iterator[None]:
    late = f"the question took longer than {seconds:g} seconds and was broken off; nothing was changed; ask for less: a narrower time, rarer words"
    if archive.kind == "postgresql":
        connection.execute(text(f"SET LOCAL statement_timeout = {int(seconds * 1000)}"))
        try:
            yield
        except Exception as error:
            if getattr(getattr(error, "orig", None), "sqlstate", None) == "57014":
                raise TooSlow(late) from error
            raise
        return
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    limit = _Clock(seconds)
    event.listen(connection, "before_cursor_execute", limit.begin)
    driver.set_progress_handler(limit.over, _STEPS)
    try:
        yield
    except Exception as error:
        if "interrupted" in str(error) and not isinstance(error, ArchiveError):
            raise TooSlow(late) from error
        raise
    finally:
        driver.set_progress_handler(None, 0)
        event.remove(connection, "before_cursor_execute", limit.begin)


class _Clock:
    """Measures one question at a time, by the processor's time of its own thread: a busy machine breaks nothing off that is quick.
    What waits, for a disk or for others, may wait `PATIENCE` times as long."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.begin()

    def begin(self, *_: object) -> None:
        self.worked, self.since = time.thread_time(), time.monotonic()

    def over(self) -> int:
        late = time.thread_time() - self.worked > self.seconds or time.monotonic() - self.since > PATIENCE * self.seconds
        return int(late)
