"""A PostgreSQL server of the tests' own: in a temporary folder, reached through a socket in it, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

USER = "telusur"
_SETTINGS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=40"


def find_programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``: on the path, or where Debian puts them."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return folders[-1].parent if folders else None


def _owner() -> str | None:
    """Who runs the server: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


class Server:
    """A running server that gives out empty databases."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.programs = folder, programs
        self._numbers = count(1)

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The address of a database that nobody has used."""
        name = f"archive{next(self._numbers)}"
        run([self.programs / "createdb", "-h", self.folder, "-U", USER, "-T", "template0", "-E", "UTF8", name], None)
        return self.url(name)


def run(command: list[object], owner: str | None) -> None:
    ended = subprocess.run(list(map(str, command)), user=owner, capture_output=True, text=True, check=False, cwd="/", timeout=120)
    assert ended.returncode == 0, f"{command[0]}: {ended.stdout}{ended.stderr}"


@contextmanager
def server(programs: Path) -> Iterator[Server]:
    """A server for as long as it is needed."""
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="telusur-pg-", dir="/tmp"))  # a socket's path must be short
    data = folder / "data"
    try:
        if owner:
            shutil.chown(folder, owner)
        run([programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], owner)
        log = folder / "log"
        run([programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", f"{_SETTINGS} -k {folder}", "start"], owner)
        yield Server(folder, programs)
    finally:
        if data.exists():
            subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], user=owner, capture_output=True, check=False, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)
