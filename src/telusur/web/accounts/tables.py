"""Where people are kept.

They are no part of the archive: a SQLite archive has them in a file beside it (``archive.people.db``, which only its owner can
read), PostgreSQL in tables that the archive's own schema does not know. So an archive can be copied, backed up, opened in another
program or given away, and no password, token or log of people goes along; and beside a SQLite archive no login waits for an import.
Who keeps an archive keeps both files.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Boolean, Column, Integer, MetaData, Table, Text, create_engine, event
from sqlalchemy.engine import Engine

from ...archive import engine as engines
from ...archive.engine import Archive
from ...errors import ArchiveUnwritable

metadata = MetaData()

accounts = Table(
    "people_accounts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("made", Text, nullable=False),
    Column("removed", Text),
)
"""``key``: the name in small letters, so that no two look alike. ``password``: an argon2id hash. One that is ``removed`` stays, so that
nobody else decides under that name."""

logins = Table(
    "people_logins",
    metadata,
    Column("key", Text, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("made", Text, nullable=False),
    Column("seen", Text, nullable=False),
)
"""Browsers that are logged in. ``key`` is a hash of what the browser carries."""

tokens = Table(
    "people_tokens",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("account", Text, nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("until", Text),
    Column("used", Text),
    Column("revoked", Boolean, nullable=False, default=False),
)
"""What programs carry. ``key`` is a hash of it; ``role`` never reaches beyond that of its account; ``used``: the day of the last use."""

log = Table(
    "people_log",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text),
    Column("address", Text),
)
"""Who did what, when, from where; never a secret."""


def beside(archive: Archive) -> Path:
    """The file of people of a SQLite archive."""
    path = Path(archive.place)
    return path.with_name(f"{path.stem}.people{path.suffix}")


def connect(archive: Archive) -> Archive:
    """Where the people of an archive are kept; nothing is made before `make`."""
    if archive.kind == "postgresql":
        return archive
    path = beside(archive)
    return Archive(_sqlite(path), str(path), "sqlite", {})


def there(archive: Archive) -> bool:
    """Whether anything is kept there yet."""
    if archive.kind == "sqlite":
        return Path(archive.place).exists()
    with archive.reading() as connection:
        return engines.exists(connection, accounts.name)


def make(archive: Archive) -> None:
    """Makes file and tables where they are not there yet: readable by nobody else."""
    if archive.kind == "sqlite":
        try:
            os.close(os.open(archive.place, os.O_WRONLY | os.O_CREAT, 0o600))
        except OSError as error:
            raise ArchiveUnwritable(f"{archive.place} cannot be made: {error.strerror}; nobody was added; check the rights of its folder") from error
        engines.set_journal(archive)
        with suppress(OSError):
            os.chmod(archive.place, 0o600)
    archive.write(lambda connection: metadata.create_all(connection))


def _sqlite(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": engines.WAIT_SECONDS, "isolation_level": None})
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA secure_delete = ON"))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(_begin(connection.get_execution_options())))
    return engine


def _begin(options: object) -> str:
    return "BEGIN IMMEDIATE" if isinstance(options, dict) and options.get("telusur") == "write" else "BEGIN"
