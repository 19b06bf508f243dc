"""One import, in a process of its own, so that nobody who reads waits for it: ``python -m telusur.web.importer``.

What is new is then traced: compared with all other articles, so that pages show copies and count sources with it.

Comes in: on standard input a line of JSON that says what to do, then lines ``pause``, ``go``, ``stop``. Goes out: on standard output a line
of JSON for each step. What was told as kept is on the disk; a process that is killed loses what it was reading, nothing else.
"""

from __future__ import annotations

import io
import json
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from ..archive import open_archive
from ..archive.add import Progress, add
from ..archive.inputs import Sized, find_inputs, read_items
from ..archive.keep import Outcome
from ..archive.prepare import Entry, Refused
from ..errors import TelusurError
from ..model.document import Hints
from ..trace.update import Progress as Tracing
from ..trace.update import update

NICER = 10
"""How far the process steps back behind those who read."""

TRACED_AT_ONCE = 500
"""Articles: after so many whoever watches is told, and heard."""


class Stopped(BaseException):
    """Whoever watches wants no more of it. What was read is kept first: see `archive.add.add`."""


class _Watched:
    """What whoever watches wants: read from standard input, in a thread of its own."""

    def __init__(self) -> None:
        self.go, self.stopped = threading.Event(), False
        self.go.set()

    def listen(self) -> None:
        for line in sys.stdin:
            word = line.strip()
            if word == "pause":
                self.go.clear()
            elif word == "go":
                self.go.set()
            elif word == "stop":
                break
        # the end of the line is a stop too: whoever watched is gone
        self.stopped = True
        self.go.set()

    def wait(self) -> None:
        """Waits where it is to pause. Called between articles, when nothing is being written; what was read is kept before it stops."""
        self.go.wait()
        if self.stopped:
            raise Stopped


def say(**told: Any) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def run(wanted: Mapping[str, Any], watched: _Watched) -> None:
    """Adds what is wanted: ``place`` of the archive, ``files``, ``hints``."""
    inputs = find_inputs(wanted["files"])
    hints = Hints(**wanted["hints"])
    say(kind="size", bytes=inputs.size, passed_over=inputs.passed_over)

    def told(progress: Progress) -> None:
        say(
            kind="progress", new=progress.new, there=progress.there, removed=progress.removed, failed=progress.failed, bytes=progress.bytes_done,
            seconds=round(progress.seconds, 1),
        )  # fmt: skip

    def refused(refusal: Refused) -> None:
        say(kind="refused", label=refusal.label, code=refusal.code, message=refusal.message)

    def kept(entry: Entry, outcome: Outcome) -> None:
        if outcome == "new":
            say(kind="kept", id=entry.id, label=entry.label)

    def items() -> Iterator[Sized]:
        for item in read_items(inputs.files, io.BytesIO(), hints):
            watched.wait()
            yield item

    def traced(progress: Tracing) -> None:
        say(kind="tracing", part=round(progress.done / max(progress.total, 1), 3))
        watched.wait()

    with open_archive(wanted["place"]) as archive:
        if add(archive, items(), told=told, refused=refused, kept=kept).new:
            traced(Tracing())
            update(archive, traced, step=TRACED_AT_ONCE)


def main() -> None:
    os.nice(NICER)
    wanted = json.loads(sys.stdin.readline())
    watched = _Watched()
    threading.Thread(target=watched.listen, daemon=True).start()
    try:
        run(wanted, watched)
    except Stopped:
        say(kind="end", state="stopped", message="")
    except TelusurError as error:
        say(kind="end", state="broken", message=str(error))
    except MemoryError:
        say(kind="end", state="broken", message="there was not enough memory; what was kept before stays; add the rest in smaller parts")
    else:
        say(kind="end", state="done", message="")


if __name__ == "__main__":
    main()
