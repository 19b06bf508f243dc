"""Pages that were made lately: whoever asks the same gets the same, until something is written.

A page is kept under all that it depends on (`passing.Asked`); it holds
  - until this room writes anything: a decision is seen by the next look at any page;
  - until another program writes: an import, the command line. Where the room may be behind (`RoomSettings.behind_seconds`), so many
    seconds longer: else nothing could be kept while an import runs;
  - for `LONGEST` seconds at most.
Several who ask the same at once wait for one making.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..archive.engine import Archive
from .passing import Asked, Made

__all__ = ["Kept", "Version"]

LONGEST = 60.0
MOST_BYTES, LARGEST = 32 << 20, 1 << 20
"""Bytes that are kept, and of one page."""

_log = logging.getLogger("telusur.web")


class Version:
    """Another number after every write by anybody, read without asking the archive anything; None where there is no such number."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._connection: sqlite3.Connection | None = None

    def now(self) -> int | None:
        if self.archive.kind != "sqlite":
            return None
        try:
            if self._connection is None:
                self._connection = sqlite3.connect(f"{Path(self.archive.place).absolute().as_uri()}?mode=ro", uri=True, timeout=0, check_same_thread=False)
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:  # locked just now, or gone: nothing is known to be as it was
            return None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass(frozen=True, slots=True)
class _Page:
    """A page, when its making began, in which state of the archive, and after which write of this room."""

    made: Made
    began: float
    version: int | None
    writes: int


class Kept:
    """The pages of a room, the latest asked last. Used by one thread, that of the loop."""

    def __init__(self, version: Callable[[], int | None], behind_seconds: float) -> None:
        self.version, self.behind_seconds = version, behind_seconds
        self.writes = 0
        self.pages: OrderedDict[Asked, _Page] = OrderedDict()
        self.bytes = 0
        self._making: dict[tuple[Asked, int, int | None], asyncio.Task[Made]] = {}

    def written(self) -> None:
        """This room has written: nothing that was made before holds. May be called from any thread."""
        self.writes += 1

    async def get(self, asked: Asked, make: Callable[[Asked], Awaitable[Made]]) -> Made:
        """The page that was kept, or one that is made now."""
        version = self.version()
        if (page := self.pages.get(asked)) and self._holds(page, version):
            self.pages.move_to_end(asked)
            return page.made
        key = (asked, self.writes, None if self.behind_seconds else version)
        task = self._making.get(key)
        if task is None:
            task = self._making[key] = asyncio.get_running_loop().create_task(self._make(asked, version, make))
            task.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(task)

    def _holds(self, page: _Page, version: int | None) -> bool:
        age = time.monotonic() - page.began
        unchanged = version is not None and version == page.version
        return page.writes == self.writes and age < (LONGEST if unchanged else min(self.behind_seconds, LONGEST))

    async def _make(self, asked: Asked, version: int | None, make: Callable[[Asked], Awaitable[Made]]) -> Made:
        began, writes = time.monotonic(), self.writes
        made = await make(asked)
        if made.status == 200 and writes == self.writes and _may_be_kept(made):
            self._keep(asked, _Page(made, began, version, writes))
        return made

    def _keep(self, asked: Asked, page: _Page) -> None:
        if old := self.pages.pop(asked, None):
            self.bytes -= len(old.made.body)
        self.pages[asked] = page
        self.bytes += len(page.made.body)
        while self.bytes > MOST_BYTES:
            _, gone = self.pages.popitem(last=False)
            self.bytes -= len(gone.made.body)

    async def close(self) -> None:
        for task in list(self._making.values()):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task


def _may_be_kept(made: Made) -> bool:
    """Only what says by its tag that it is worth keeping, is for nobody alone, and is not very long."""
    return len(made.body) <= LARGEST and made.header(b"etag") is not None and made.header(b"set-cookie") is None and b"no-store" not in (made.header(b"cache-control") or b"")
