"""Reading a text that was sent: in a process of its own, within a time, and nothing of it is kept.

The model stays loaded in the process between texts. A text that takes too long costs its process, which is started anew for the
next one; texts that find all processes taken wait a little, and are then turned away.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection

from ... import bulk
from ...bulk import Answer
from .problems import KINDS, Refused

START_SECONDS = 120.0
"""How long a process may take to load its model: on a machine that does much else, long. It does not count as reading."""

_FIRST = "Pasar Ikan Dibuka Lagi\n\nLurah Rawa Indah, Sari Dewi, mengatakan pasar ikan dibuka lagi pada Senin (6/5/2024).\n"
"""What a process reads before anything else, so that all is loaded."""

_CODES = {"too-large": "body-too-long", "internal-error": "fault", "too-complex": "unreadable-source", "empty-source": "unreadable-source", "wrong-media": "unreadable-source"}


@dataclass(slots=True)
class Reader:
    """``processes`` that read, each for at most ``seconds`` a text; a text waits at most ``patience`` seconds for one."""

    seconds: float = 30.0
    processes: int = 1
    patience: float = 10.0
    _free: list[_Process] = field(default_factory=list)
    _places: threading.Semaphore = field(init=False)
    _closed: bool = False

    def __post_init__(self) -> None:
        self._places = threading.Semaphore(self.processes)

    def read(self, line: bytes) -> bytes:
        """The record of a request of `bulk`, as JSON.

        Raises:
            Refused: it is no article, takes too long, or too many wait.
        """
        with self._process() as process:
            answer = process.answer(line, self.seconds)
            if process.alive:
                self._free.append(process)
        if answer.failed:
            raise _problem(answer)
        return answer.line.encode("utf-8", "surrogatepass")

    @contextmanager
    def _process(self) -> Iterator[_Process]:
        if not self._places.acquire(timeout=self.patience):
            raise Refused("busy", "others have texts read just now; nothing was read; try again in a moment", headers={"retry-after": "5"})
        try:
            yield self._free.pop() if self._free else _Process()
        finally:
            self._places.release()

    def close(self) -> None:
        while self._free:
            self._free.pop().stop()


class _Process:
    """One process, one text at a time."""

    def __init__(self) -> None:
        context = get_context("spawn")  # a fork would copy locks that our threads hold
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.alive = self.loading = True

    def answer(self, line: bytes, seconds: float) -> Answer:
        """What was read, within a time.

        Raises:
            Refused: the time is up, or the process died over it.
        """
        try:
            if self.loading and self.pipe.poll(START_SECONDS):
                self.pipe.recv()
                self.loading = False
            self.pipe.send_bytes(line)
            if not self.loading and self.pipe.poll(seconds):
                found: Answer = self.pipe.recv()
                return found
        except (EOFError, OSError):
            self.stop()
            raise Refused("fault", "the process that read this text died, as it does without enough memory; nothing was kept") from None
        self.stop()
        raise Refused("too-slow", f"reading took longer than {seconds:g} seconds and was broken off; send less at once")

    def stop(self) -> None:
        self.alive = False
        self.pipe.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def _work(pipe: Connection) -> None:
    """Says when it has loaded what it reads with, then reads until the pipe ends, as it does when the room closes."""
    import json
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the room's to handle
    with suppress(EOFError, OSError):
        bulk.answer(json.dumps({"text": _FIRST}).encode())
        pipe.send(None)
        while True:
            pipe.send(bulk.answer(pipe.recv_bytes()))


def _problem(answer: Answer) -> Refused:
    """Why there is no record, as a problem."""
    import json

    told = json.loads(answer.line)["error"]
    code = _CODES.get(told["code"], told["code"])
    if code == "fault":
        return Refused("fault", "reading this text met a fault in telusur; nothing was kept; please report it with the text")
    if code not in KINDS:
        code = "not-an-article" if code == "wrong-language" else "unreadable-source"
    return Refused(code, told["message"])
