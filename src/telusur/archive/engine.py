"""SQLite or PostgreSQL, behind one small face: snapshots to read from, short transactions to write with.

One at a time writes, in both engines: SQLite by its own lock, PostgreSQL by an advisory lock, so that numbers can be
given out by looking at what is there. Readers never wait. A write that meets a lock or a broken connection is tried
again as a whole, so what it does must be the same when done twice.
"""

from __future__ import annotations

import os
import random
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from ..errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveUnwritable,
    BadRequest,
    MissingExtra,
    NoArchive,
    TelusurError,
)

Kind = Literal["sqlite", "postgresql"]

APPLICATION_ID = 0x54454C55  # "TELU": `file archive.db` can tell whose it is
WAIT_SECONDS = 60.0
"""How long a write waits for others before it gives up."""

PAGE_BYTES = 8192
"""A packed reading takes about 3 kB: in SQLite's usual pages of 4 kB a quarter of the file would be empty."""

_LOCK = 0x54454C55
_SESSION = "-c jit=off"
"""Our questions are long to write and short to answer: making machine code of them would take a hundred times as long."""

_URL = re.compile(r"[a-z][a-z0-9+.-]{0,30}://", re.IGNORECASE)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive. ``place`` is how to name it to a person: a path, or a URL without its password."""

    engine: Engine
    place: str
    kind: Kind
    dictionaries: Mapping[int, bytes]

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the archive, whatever others write meanwhile."""
        with _in_words(self.place), self.engine.connect() as connection, _begin(connection, "read"):
            yield connection

    def write(self, act: Callable[[Connection], _T], *, wait: float = WAIT_SECONDS) -> _T:
        """Does ``act`` in one transaction, all or nothing, and gives what it gives.

        ``act`` may be called more than once, each time in a new transaction; it must keep nothing between calls.

        Raises:
            ArchiveBusy: others kept writing for longer than ``wait`` seconds.
            ArchiveUnwritable: the disk is full, or the archive may not be written.
        """
        until = time.monotonic() + wait
        while True:
            try:
                with _in_words(self.place), self.engine.connect() as connection, _begin(connection, "write"):
                    done = act(connection)
                    _name_state(connection)
                    return done
            except ArchiveBusy:
                if time.monotonic() >= until:
                    raise
                time.sleep(random.uniform(0.005, 0.05))

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_archive(place: str | Path, *, create: bool = False) -> Archive:
    """The archive at a path (SQLite) or a URL (``postgresql://user@host/name``), brought up to this program's schema.

    Args:
        place: where it is.
        create: make it where there is none.

    Raises:
        NoArchive: there is none, or something else stands there.
        NewerArchive: a newer program made it.
        MissingExtra: PostgreSQL is asked for, and its driver is not installed.
        ArchiveError: it cannot be opened; the message says why.
    """
    from .migrations import bring_up

    engine, shown, kind = _connect(str(place), create)
    archive = Archive(engine, shown, kind, {})
    try:
        return Archive(engine, shown, kind, bring_up(archive, create))
    except BaseException:
        engine.dispose()
        raise


def is_url(place: str) -> bool:
    """Whether a place is a server's address rather than a path."""
    return _URL.match(place) is not None


# --- connecting -------------------------------------------------------------------------------------------------


def _connect(place: str, create: bool) -> tuple[Engine, str, Kind]:
    if not is_url(place):
        path = Path(place).expanduser()
        return _sqlite(path, create), str(path), "sqlite"
    try:
        url = make_url(place)
        backend = url.get_backend_name()
    except (SQLAlchemyError, ValueError) as error:
        raise BadRequest(f"the archive's address cannot be understood ({error}); write it like postgresql://user@host/name") from error
    if backend == "sqlite" and url.database:
        return _sqlite(Path(url.database), create), url.database, "sqlite"
    if backend not in ("postgresql", "postgres"):
        raise BadRequest(f"an archive cannot be kept in {backend!r}; give a path (SQLite) or a postgresql:// address")
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise MissingExtra(
            "PostgreSQL is asked for, and its driver is not installed; nothing was opened; pip install 'telusur[postgres]'"
        ) from error
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="REPEATABLE READ",
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10, "application_name": "telusur"} | ({} if "options" in url.query else {"options": _SESSION}),
    )
    event.listen(engine, "begin", _begin_postgresql)
    return engine, url.render_as_string(hide_password=True), "postgresql"


def _sqlite(path: Path, create: bool) -> Engine:
    if path.is_dir():
        raise NoArchive(f"{path} is a folder, not an archive; nothing was opened; give the name of a file in it")
    if not path.exists():
        if not create:
            raise NoArchive(f"there is no archive at {path}; nothing was done; make one with `telusur add`, or give another with --archive")
        try:
            path.absolute().parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveUnwritable(f"the folder of {path} cannot be made: {error.strerror}; nothing was kept; give another place") from error
    target = f"file:{_quoted(path)}?mode={'rwc' if create else 'rw'}&uri=true"
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        # Without a journal beside it, a file that nobody can write never changes.
        still = not path.with_name(path.name + "-wal").exists()
        target = f"file:{_quoted(path)}?mode=ro{'&immutable=1' if still else ''}&uri=true"
    engine = create_engine(f"sqlite:///{target}", connect_args={"timeout": WAIT_SECONDS, "isolation_level": None})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.absolute()))


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    """What holds for one connection. A commit is on disk when it returns: a power cut loses nothing that was told."""
    for setting in ("synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF", "secure_delete = ON", "cache_size = -32000", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {setting}")


_STATE = text("SELECT value FROM meta WHERE key = 'state'")
_NEXT_STATE = text("UPDATE meta SET value = :name WHERE key = 'state'")
_FIRST_STATE = text("INSERT INTO meta (key, value) VALUES ('state', :name)")


def state_of(connection: Connection) -> str | None:
    """The name of the state that a connection sees: another one after each write. So what was counted in one state is kept in
    memory, and told from what is stale, by whoever asks beside whoever writes. None where no program has named it yet."""
    name: str | None = connection.execute(_STATE).scalar()
    return name


def _name_state(connection: Connection) -> None:
    """By chance rather than by counting: a backup that is brought back would bring its count back too. The file of accounts is
    written in the same way, and has no such name."""
    if not exists(connection, "meta"):
        return
    name = {"name": secrets.token_hex(8)}
    if connection.execute(_NEXT_STATE, name).rowcount == 0:
        connection.execute(_FIRST_STATE, name)


def _begin(connection: Connection, what: Literal["read", "write"]) -> RootTransaction:
    """A transaction that knows from its start whether it will write."""
    return connection.execution_options(telusur=what).begin()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("telusur") == "write"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("telusur") == "write":
        # The lock comes before the snapshot is taken: the first statement that reads takes it.
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(WAIT_SECONDS)}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def set_journal(archive: Archive) -> None:
    """Lets readers go on beside a writer, in a SQLite file; it stays so. Waits for others who look at the new file."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            with _in_words(archive.place), closing(archive.engine.raw_connection()) as pooled:
                pooled.cursor().execute(f"PRAGMA page_size = {PAGE_BYTES}")
                pooled.cursor().execute("PRAGMA journal_mode = WAL")
                return
        except ArchiveBusy:
            if time.monotonic() >= until:
                raise
            time.sleep(random.uniform(0.005, 0.05))


# --- errors in words --------------------------------------------------------------------------------------------

_BUSY_STATES = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03", "08003", "08006"}
_SAYINGS: tuple[tuple[str, type[ArchiveError], str], ...] = (
    ("locked", ArchiveBusy, "is being written by another program; nothing of this step was kept; try again"),
    ("disk is full", ArchiveUnwritable, "cannot grow: the disk is full; what was kept before stands; make room and run it again"),
    ("readonly database", ArchiveUnwritable, "may not be written; nothing was changed; check the rights of the file and its folder"),
    ("disk i/o error", ArchiveUnwritable, "cannot be written or read: the disk reports an error; what was kept before stands; check disk and quota"),
    ("not a database", NoArchive, "is no archive of telusur; nothing was changed; give another with --archive"),
    ("malformed", ArchiveDamaged, "is damaged; nothing was changed; `telusur db check` tells more, `telusur db restore` brings a backup back"),
    ("unable to open", NoArchive, "cannot be opened; nothing was done; check the path and the rights of its folder"),
)
_STATES: tuple[tuple[str, type[ArchiveError], str], ...] = (
    ("53100", ArchiveUnwritable, _SAYINGS[1][2]),
    ("25006", ArchiveUnwritable, _SAYINGS[2][2]),
    ("42501", ArchiveUnwritable, "may not be written by this user; nothing was changed; ask for the right to it"),
)


@contextmanager
def _in_words(place: str) -> Iterator[None]:
    """What a database says, as an error of ours."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise translate(place, error) from error


def translate(place: str, error: DBAPIError | sqlite3.Error) -> TelusurError:
    """The error of ours that says what a database's error means."""
    original: Any = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(original, "sqlstate", None)
    message = " ".join(str(original).split())
    if state in _BUSY_STATES or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return ArchiveBusy(f"{place} {_SAYINGS[0][2]} ({message})")
    for code, kind, saying in _STATES:
        if state == code:
            return kind(f"{place} {saying}")
    if isinstance(original, sqlite3.Error):
        for words, kind, saying in _SAYINGS:
            if words in message.casefold():
                return kind(f"{place} {saying}")
    if "NUL (0x00)" in message:
        return BadRequest("there is a character in it that no text can hold (NUL); nothing was done; leave it out")
    if isinstance(error, OperationalError):
        return NoArchive(f"{place} cannot be reached: {message}; nothing was done; check the address, and that the server runs")
    return ArchiveError(f"{place}: {type(original).__name__}: {message}; this step was not done; `telusur db check` tells more")


def exists(connection: Connection, table: str) -> bool:
    """Whether a table stands in this archive."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = :name"), {"name": table})
    else:
        found = connection.execute(text("SELECT to_regclass(:name) WHERE to_regclass(:name) IS NOT NULL"), {"name": table})
    return found.first() is not None
