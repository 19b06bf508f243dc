"""The desk on a real terminal: single keys decide, in the language of the screen."""

from __future__ import annotations

import os
import pty
import select
import sys
import termios
import time
from pathlib import Path

import pytest
from sqlalchemy import select as select_rows

from archive.records import kept
from telusur.archive import open_archive
from telusur.archive.schema import decisions

WAIT_SECONDS = 90


class Terminal:
    """A program on a terminal of its own: what it prints, and keys for it."""

    def __init__(self, *command: str) -> None:
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm", COLUMNS="100", LINES="60")
            os.execv(sys.executable, [sys.executable, "-m", "telusur", *command])
        self.seen = ""

    def wait_for(self, words: str) -> str:
        """What is printed up to these words."""
        until, told = time.monotonic() + WAIT_SECONDS, ""
        while words not in told:
            assert time.monotonic() < until, f"{words!r} did not come; the screen says {told[-2000:]}"
            if select.select([self.file], [], [], 0.2)[0]:
                told += os.read(self.file, 65536).decode("utf-8", "replace")
        return told

    def press(self, key: str) -> None:
        """Once the program listens for single keys: what is typed before is thrown away."""
        until = time.monotonic() + WAIT_SECONDS
        while termios.tcgetattr(self.file)[3] & termios.ICANON:
            assert time.monotonic() < until, "it does not listen for keys"
            time.sleep(0.02)
        os.write(self.file, key.encode())

    def close(self) -> int:
        status = os.waitpid(self.pid, 0)[1]
        os.close(self.file)
        return os.waitstatus_to_exitcode(status)


@pytest.mark.skipif(not hasattr(os, "forkpty"), reason="there is no terminal of its own to be had here")
def test_keys_decide_and_undo_in_the_screens_language(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    with open_archive(place, create=True) as archive:
        kept(archive, range(1))
    terminal = Terminal("review", "--lang", "id", "--by", "Sari", "--no-color", "--width", "96", "--archive", str(place))
    screen = terminal.wait_for("q selesai")
    assert "keyakinan mesin" in screen
    assert not {"certain ", "positive", "actor"} & set(screen.split()), "values are told in the reader's language"
    terminal.press("a")
    terminal.wait_for("q selesai")
    terminal.press("u")
    assert "dibatalkan" in terminal.wait_for("q selesai")
    terminal.press("r")
    terminal.wait_for("q selesai")
    terminal.press("q")
    assert "1 keputusan" in terminal.wait_for("dilewati")
    assert terminal.close() == 0
    with open_archive(place) as archive, archive.reading() as connection:
        made = connection.execute(select_rows(decisions.c.action, decisions.c.who).order_by(decisions.c.number)).all()
    assert [tuple(row) for row in made] == [("accept", "Sari"), ("undo", "Sari"), ("reject", "Sari")]
