"""A process that makes pages, beside the one that listens: ``python -m telusur.web.maker``. See `makers`.

Comes in: on standard input the room's settings, then questions for pages. Goes out: on standard output, for each, the page. It reads the
archive and nothing else: forms, logins, imports and limits stay with the process that listens. When that one ends, so does this.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from typing import BinaryIO

import msgspec
from starlette.applications import Starlette

from ..archive import open_archive
from ..archive.engine import Archive
from .app import create_inner
from .makers import Opening
from .passing import HEAD, Asked, Made, frame, make, unframe

_log = logging.getLogger("telusur.web")


class _Out:
    """Frames to whoever asked, one at a time."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.lock = file, threading.Lock()

    def send(self, number: int, told: object) -> None:
        data = frame(number, told)
        with self.lock:
            self.file.write(data)
            self.file.flush()


def _frames(file: BinaryIO) -> tuple[int, bytes] | None:
    """The next frame; None where there is no more."""
    head = file.read(HEAD)
    if len(head) < HEAD:
        return None
    length, number = unframe(head)
    data = file.read(length)
    return (number, data) if len(data) == length else None


async def _answer(app: Starlette, out: _Out, number: int, asked: Asked, blank: str) -> None:
    try:
        made = await make(app, asked, blank)
    except Exception:  # the application has made a page of it, or could not: the log has what it was
        _log.exception("a fault while making %s", asked.path)
        made = Made(500, ((b"content-type", b"text/plain; charset=utf-8"),), b"the room made a mistake; nothing was changed; the log of telusur serve tells more\n")
    await asyncio.to_thread(out.send, number, made)


async def _serve(archive: Archive, opening: Opening, source: BinaryIO, out: _Out) -> None:
    app, loop, ended = create_inner(archive, opening.settings), asyncio.get_running_loop(), asyncio.Event()
    tasks: set[asyncio.Task[None]] = set()

    def take(number: int, asked: Asked) -> None:
        task = loop.create_task(_answer(app, out, number, asked, opening.blank))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    def listen() -> None:
        while told := _frames(source):
            loop.call_soon_threadsafe(take, told[0], msgspec.msgpack.decode(told[1], type=Asked))
        loop.call_soon_threadsafe(ended.set)

    async with app.router.lifespan_context(app):
        threading.Thread(target=listen, daemon=True, name="questions").start()
        out.send(0, "ready")
        await ended.wait()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that listens: its end is ours
    source, out = sys.stdin.buffer, _Out(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)  # whatever else prints must not come between the frames
    first = _frames(source)
    if first is None:
        return
    opening = msgspec.msgpack.decode(first[1], type=Opening)
    with open_archive(opening.place) as archive:
        asyncio.run(_serve(archive, opening, source, out))
    os._exit(0)  # threads that still read keep nobody waiting


if __name__ == "__main__":
    main()
