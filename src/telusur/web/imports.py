"""Imports that run beside the room: started, watched, paused, stopped; one after another, each in a process of its own.

Comes in: files that were sent, or a folder of this machine. Goes out: a `Job` that tells how far it is. Jobs are remembered while the room
is open; what they added stays in the archive.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from ..archive.engine import Archive
from ..errors import BadRequest
from ..export.wording import clean
from ..model.document import Hints

State = Literal["waiting", "running", "paused", "tracing", "done", "stopped", "broken"]
ENDS = ("done", "stopped", "broken")

MOST_JOBS, MOST_REFUSED, MOST_KEPT = 50, 1000, 200
MOST_WAITING = 8


@dataclass(frozen=True, slots=True)
class Refusal:
    """What gave no article, and why."""

    label: str
    code: str
    message: str


@dataclass(slots=True)
class Job:
    """One import. ``size`` in bytes, None where it is not known; ``refused`` holds the first, ``failed`` counts all; ``traced``: which part of
    the new articles has been compared with the others, once they are all in the archive."""

    id: str
    label: str
    who: str
    at: str
    files: tuple[str, ...]
    hints: Hints
    folder: Path | None = None
    state: State = "waiting"
    size: int | None = None
    bytes: int = 0
    new: int = 0
    there: int = 0
    removed: int = 0
    failed: int = 0
    passed_over: int = 0
    seconds: float = 0.0
    traced: float = 0.0
    message: str = ""
    refused: list[Refusal] = field(default_factory=list)
    kept: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))
    process: subprocess.Popen[str] | None = None

    @property
    def ended(self) -> bool:
        return self.state in ENDS

    @property
    def done(self) -> int:
        """Articles that were dealt with."""
        return self.new + self.there + self.removed + self.failed

    @property
    def part(self) -> float | None:
        """How much of it is done, from 0 to 1; None where it is not known."""
        if self.state == "done":
            return 1.0
        if self.state == "tracing":
            return self.traced
        return min(1.0, self.bytes / self.size) if self.size else None

    @property
    def left(self) -> float | None:
        """Seconds left, about."""
        part = self.part if self.state != "tracing" else None
        return self.seconds * (1 - part) / part if part and part > 0.03 and self.seconds > 2 else None

    def told(self) -> dict[str, Any]:
        """How far it is, for whoever watches."""
        return {
            "state": self.state, "part": self.part, "done": self.done, "new": self.new, "there": self.there, "removed": self.removed, "failed": self.failed,
            "seconds": self.seconds, "left": self.left, "message": self.message,
        }  # fmt: skip


class Imports:
    """All imports of one room. ``ended`` is called whenever one has come to its end: pages show what it added."""

    def __init__(self, archive: Archive, ended: Callable[[], None] = lambda: None) -> None:
        self.archive, self.ended = archive, ended
        self.jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock, self._wake = threading.Lock(), threading.Condition()
        self._queue: deque[Job] = deque()
        self._thread: threading.Thread | None = None

    def start(self, label: str, who: str, files: Sequence[str], hints: Hints, *, folder: Path | None = None) -> Job:
        """Queues an import. ``folder`` holds what was sent; it goes away afterwards.

        Raises:
            BadRequest: too many are waiting.
        """
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        job = Job(secrets.token_hex(8), clean(label)[:200], who, now, tuple(files), hints, folder)
        with self._lock:
            if sum(not other.ended for other in self.jobs.values()) >= MOST_WAITING:
                raise BadRequest(f"{MOST_WAITING} imports are waiting already; nothing was added; come again when one of them is done")
            self.jobs[job.id] = job
            for id in [id for id, old in self.jobs.items() if old.ended][: max(0, len(self.jobs) - MOST_JOBS)]:
                del self.jobs[id]
            self._queue.append(job)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, daemon=True, name="imports")
                self._thread.start()
        return job

    def get(self, id: str) -> Job | None:
        return self.jobs.get(id)

    def recent(self) -> list[Job]:
        """The latest first."""
        with self._lock:
            return list(self.jobs.values())[::-1]

    def tell(self, job: Job, word: Literal["pause", "go", "stop"]) -> None:
        """Pauses an import, lets it go on, or stops it. What it kept stays."""
        with self._lock:
            if job.state == "waiting" and word == "stop":
                job.state = "stopped"
            if job.process is None or job.process.stdin is None or job.ended:
                return
            try:
                job.process.stdin.write(word + "\n")
                job.process.stdin.flush()
            except (OSError, ValueError):  # it ended just now
                return
            if word in ("pause", "go"):
                job.state = "paused" if word == "pause" else "running"

    def close(self) -> None:
        """Stops what runs: when the room closes."""
        with self._lock:
            self._queue.clear()
            running = [job.process for job in self.jobs.values() if job.process is not None and job.process.poll() is None]
        for process in running:
            process.terminate()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._queue:
                    self._thread = None
                    return
                job = self._queue.popleft()
            try:
                if not job.ended:
                    self._run(job)
            finally:
                self.ended()
                if job.folder is not None:
                    shutil.rmtree(job.folder, ignore_errors=True)

    def _run(self, job: Job) -> None:
        wanted = {"place": place_of(self.archive), "files": job.files, "hints": asdict(job.hints)}
        environ = {**os.environ, "PYTHONIOENCODING": "utf-8:backslashreplace"}
        try:
            job.process = subprocess.Popen(
                [sys.executable, "-m", "telusur.web.importer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                encoding="utf-8", errors="backslashreplace", env=environ,
            )  # fmt: skip
        except OSError as error:
            job.state, job.message = "broken", f"no process can be started ({error.strerror}); nothing was added"
            return
        with job.process as process:  # which closes its pipes, and waits for it
            assert process.stdin is not None
            assert process.stdout is not None
            job.state = "running"
            with suppress(OSError):  # it died at once: what follows says so
                process.stdin.write(json.dumps(wanted) + "\n")
                process.stdin.flush()
            for line in process.stdout:
                told = json.loads(line)
                if told["kind"] == "end":
                    self.ended()  # before anybody is told that it has
                _hear(job, told)
        if not job.ended:
            job.state, job.message = "broken", "the process that read died, as it does without enough memory; what was kept before stays; add the rest again"


def _hear(job: Job, told: Mapping[str, Any]) -> None:
    """One line of the process."""
    kind = told["kind"]
    if kind == "size":
        job.size, job.passed_over = told["bytes"], told["passed_over"]
    elif kind == "progress":
        job.new, job.there, job.removed, job.failed = told["new"], told["there"], told["removed"], told["failed"]
        job.bytes, job.seconds = told["bytes"], told["seconds"]
    elif kind == "refused":
        if len(job.refused) < MOST_REFUSED:
            job.refused.append(Refusal(_label(job, told["label"]), told["code"], _label(job, told["message"])))
    elif kind == "kept":
        job.kept.append((told["id"], _label(job, told["label"])))
    elif kind == "tracing":
        job.state, job.traced = "tracing", told["part"]
    elif kind == "end":
        job.state, job.message = told["state"], told["message"]


def _label(job: Job, label: str) -> str:
    """A name as the reader knows it: without the folder that this room put the file in."""
    if job.folder is None:
        return clean(label)
    return clean(re.sub(re.escape(str(job.folder)) + r"/\d+/", "", label))


def place_of(archive: Archive) -> str:
    """Where the archive is, with all that opening it takes."""
    if archive.kind == "sqlite":
        return archive.place
    return archive.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
