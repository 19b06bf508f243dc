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

import psycopg

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
    """A running server that gives out empty databases, and takes them back: to empty one is faster than to make one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        self._free: list[str] = []

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The address of a database with nothing in it."""
        if self._free:
            place = self._free.pop()
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            self._do(place, others, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
            return place
        name = f"archive{next(self._numbers)}"
        self._do(self.url("postgres"), f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return self.url(name)

    def take_back(self, place: str) -> None:
        """Nobody needs what is in this database any more."""
        self._free.append(place)

    def _do(self, place: str, *statements: str) -> None:
        with psycopg.connect(place, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


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
        yield Server(folder)
    finally:
        if data.exists():
            subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], user=owner, capture_output=True, check=False, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)
