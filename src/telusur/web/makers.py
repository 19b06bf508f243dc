"""Processes that make pages, so that a machine's processors work at once: one Python process makes one page at a time.

`Makers.make` gives a question to the process that has least to do; where all are busy it waits in a line. A process that dies is
started anew, and what it was asked is asked again, once. Until the first is ready, and where none can be started, `make` gives None:
then the page is made where it was asked.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections import deque
from contextlib import suppress

import msgspec

from .passing import HEAD, Asked, Made, frame, unframe
from .settings import RoomSettings

__all__ = ["Died", "Makers", "Opening", "usable_processors"]

_log = logging.getLogger("telusur.web")

AT_ONCE = 2
"""Pages that one process makes at a time: a short one need not wait for a long one, and none comes to a crawl."""

PATIENCE = 120.0
"""Seconds after which a page is given up, and the process that makes it."""

MOST_DEATHS = 8
"""So many deaths in a minute, and no new process is started: something is wrong that starting does not mend."""


class Opening(msgspec.Struct, frozen=True):
    """What a process is told first. ``blank``: what to write where a form's token belongs."""

    place: str
    settings: RoomSettings
    blank: str


class Died(Exception):
    """A process ended while it made a page."""


def usable_processors() -> int:
    """How many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Maker:
    """One process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process, self.ready = process, False
        self.asked: dict[int, asyncio.Future[Made]] = {}
        self._number = 0

    async def make(self, asked: Asked) -> Made:
        """Raises: Died."""
        self._number += 1
        number = self._number
        answer = self.asked[number] = asyncio.get_running_loop().create_future()
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(frame(number, asked))
            return await asyncio.wait_for(answer, PATIENCE)
        except TimeoutError as error:  # its questions have limits of their own: something is stuck
            with suppress(ProcessLookupError):
                self.process.kill()
            raise Died from error
        except (OSError, RuntimeError) as error:
            raise Died from error
        finally:
            self.asked.pop(number, None)

    async def hear(self) -> None:
        """Takes answers until the process ends."""
        assert self.process.stdout is not None
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                length, number = unframe(await self.process.stdout.readexactly(HEAD))
                data = await self.process.stdout.readexactly(length)
                if number == 0:
                    self.ready = True
                elif (answer := self.asked.get(number)) and not answer.done():
                    answer.set_result(msgspec.msgpack.decode(data, type=Made))


class Makers:
    """All processes of a room."""

    def __init__(self, opening: Opening, count: int) -> None:
        self.opening, self.count = opening, count
        self.makers: list[_Maker] = []
        self._room = asyncio.Semaphore(AT_ONCE * count)
        self._tasks: set[asyncio.Task[None]] = set()
        self._deaths: deque[float] = deque(maxlen=MOST_DEATHS)
        self._closing = False

    async def start(self) -> None:
        for _ in range(self.count):
            await self._start_one()

    async def _start_one(self) -> None:
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "telusur.web.maker", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 20
            )
        except (OSError, NotImplementedError) as error:
            _log.warning("no process for pages can be started (%s); they are made in one", error)
            return
        assert process.stdin is not None
        process.stdin.write(frame(0, self.opening))
        maker = _Maker(process)
        self.makers.append(maker)
        task = asyncio.get_running_loop().create_task(self._watch(maker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self, maker: _Maker) -> None:
        """Hears a process until it ends; then starts another."""
        await maker.hear()
        self.makers.remove(maker)
        for answer in maker.asked.values():
            if not answer.done():
                answer.set_exception(Died())
        with suppress(ProcessLookupError):
            maker.process.kill()
        await maker.process.wait()
        if self._closing:
            return
        self._deaths.append(time.monotonic())
        if len(self._deaths) == MOST_DEATHS and self._deaths[-1] - self._deaths[0] < 60:
            _log.error("processes that make pages die again and again; no other is started, pages are made in one")
            return
        _log.warning("a process that makes pages has ended; another is started")
        await self._start_one()

    async def make(self, asked: Asked) -> Made | None:
        """The page; None where no process is ready.

        Raises:
            Died: two processes in turn ended while they made it.
        """
        async with self._room:
            for tried in range(2):
                ready = [maker for maker in self.makers if maker.ready]
                if not ready:
                    return None
                try:
                    return await min(ready, key=lambda maker: len(maker.asked)).make(asked)
                except Died:
                    if tried:
                        raise
        raise AssertionError("unreachable")

    async def close(self) -> None:
        """Ends all."""
        self._closing = True
        for maker in self.makers:
            assert maker.process.stdin is not None
            maker.process.stdin.close()
        for task in list(self._tasks):
            try:
                await asyncio.wait_for(asyncio.shield(task), 5)
            except TimeoutError:
                for maker in self.makers:
                    with suppress(ProcessLookupError):
                        maker.process.kill()
                await task
