"""A whole archive from one place to another: backup, restore, and copies between SQLite and PostgreSQL.

What is read is one state of the archive, whatever others write meanwhile. What is written appears as a whole or not at
all: a SQLite file under its name only when it is finished, rows of PostgreSQL in one transaction.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete, func, insert, select

from ..analyse.stems import VERSION as STEMS
from ..errors import ArchiveDamaged, ArchiveUnwritable, BadRequest, NoArchive
from . import packing, removals, words
from .columns import metadata
from .engine import Archive, is_url, open_archive, translate
from .migrations import write_meta
from .places import inner_number
from .schema import articles, decisions, folder_acts, readings, sayings, tombstones

_AT_ONCE = 500
_T = TypeVar("_T")


def backup(archive: Archive, target: Path) -> None:
    """Writes the archive, as it is now, to a SQLite file of its own; others may write to the archive meanwhile.

    Raises:
        BadRequest: something stands there already.
        ArchiveUnwritable: it cannot be written; nothing is left of it.
    """
    if target.exists():
        raise BadRequest(f"{target} is there already; nothing was written; give another name, or move it away")
    with _appears_whole(target) as part:
        if archive.kind == "sqlite":
            _copy_file(Path(archive.place), part)
        else:
            with open_archive(part, create=True) as made:
                copy(archive, made)
            _leave_journal(part)
        _look_over(part)


def restore(source: Path, place: str, *, replace: bool = False) -> None:
    """Makes the archive at ``place`` what the backup ``source`` holds, but for what was removed there since.

    Raises:
        BadRequest: an archive with articles stands there, and ``replace`` does not say that it may go.
        ArchiveError: the backup is none, or damaged, or the place cannot be written; what stood there stands.
    """
    with open_archive(source) as kept:  # refuses what is no archive, or a newer one
        _look_over(source)
        if is_url(place):
            with open_archive(place, create=True) as archive:
                stones = removals.rows(archive)
                copy(kept, archive, replace=replace)
                removals.carry(archive, stones)
            return
        target = Path(place).expanduser()
        if not target.exists():
            target.absolute().parent.mkdir(parents=True, exist_ok=True)
            with _appears_whole(target) as part:
                _copy_file(source, part)
            return
        with open_archive(target) as archive:
            _refuse_full(archive, replace)
            stones = removals.rows(archive)
        _copy_file(source, target)
    with open_archive(target) as archive:
        removals.carry(archive, stones)


def copy(source: Archive, target: Archive, *, replace: bool = False) -> int:
    """Copies all that ``source`` holds into ``target``; gives the number of articles.

    Raises:
        BadRequest: the target has articles, and ``replace`` does not say that they may go.
    """

    def act(to: Connection) -> int:
        _refuse_full_in(to, target.place, replace)
        words.clear(to)
        for table in reversed(metadata.sorted_tables):
            to.execute(delete(table))
        with source.reading() as of:
            for table in metadata.sorted_tables:
                _copy_table(of, to, table)
            _copy_words(source, of, to)
            write_meta(to, "stems", STEMS)
            return of.execute(select(func.count()).select_from(articles)).scalar_one()

    return target.write(act)


def _copy_table(of: Connection, to: Connection, table: Table) -> None:
    rows = of.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*table.primary_key.columns))
    for some in rows.mappings().partitions(_AT_ONCE):
        to.execute(insert(table), [dict(row) for row in some])


def _copy_words(source: Archive, of: Connection, to: Connection) -> None:
    """Words are not copied but made anew: an index without its words cannot be read back."""
    wanted = select(readings.c.article, readings.c.text, readings.c.record).order_by(readings.c.article)
    stretches = select(sayings.c.saying, sayings.c.start, sayings.c.end)
    for some in _parts(of.execution_options(yield_per=_AT_ONCE).execute(wanted), _AT_ONCE):
        told: list[words.Row] = []
        said: list[words.Row] = []
        for number, packed, record in some:
            body = packing.unpack_text(packed, source.dictionaries)
            told.append((number, words.article_words(packing.unpack_record(record, body, source.dictionaries))))
            for saying, start, end in of.execute(stretches.where(sayings.c.article == number)):
                said.append((inner_number(number, saying), words.said_words(body, start, end)))
        words.put(to, "article_words", told)
        words.put(to, "said_words", said)


def _parts(items: Iterable[_T], most: int) -> Iterator[Sequence[_T]]:
    source = iter(items)
    while part := list(islice(source, most)):
        yield part


def fingerprint(archive: Archive) -> str:
    """A hash of what an archive holds, the same on every machine: records (without the seconds that a reading took), bytes,
    decisions, tombstones, case folders; not when articles were added, and not what is derived."""
    digest = hashlib.sha256()
    with archive.reading() as connection:
        wanted = (
            select(articles.c.id, articles.c.original, readings)
            .join(readings, readings.c.article == articles.c.number)
            .order_by(articles.c.id.collate("C") if archive.kind == "postgresql" else articles.c.id)
        )
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(wanted):
            body = packing.unpack_text(row.text, archive.dictionaries)
            record = packing.unpack_record(row.record, body, archive.dictionaries)
            record["analysis"] = {**record["analysis"], "seconds": 0}
            _feed(digest, [row.id, row.original, row.hints, record])
        for table in (decisions, tombstones, folder_acts):
            columns = [column for column in table.c if column.name != "number"]
            rows = [[v.hex() if isinstance(v, bytes) else v for v in row] for row in connection.execute(select(*columns))]
            _feed(digest, sorted(rows, key=repr))
    return digest.hexdigest()


def _feed(digest: Any, value: object) -> None:
    digest.update(json.dumps(value, sort_keys=True).encode() + b"\n")


# --- files ------------------------------------------------------------------------------------------------------


@contextmanager
def _appears_whole(target: Path) -> Iterator[Path]:
    """A file to write beside ``target``, which takes its name when it is done, and goes where it is not."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(part, target)
    except OSError as error:
        raise ArchiveUnwritable(f"{target} cannot be written: {error.strerror}; nothing is left of it; give another place") from error
    except (ArchiveUnwritable, NoArchive) as error:
        if str(part) not in str(error):
            raise
        # what went wrong with a file that nobody asked for, and that is gone by now
        why = "the disk is full" if "disk is full" in str(error) else "its disk or folder may not be written, or reports an error"
        raise ArchiveUnwritable(f"{target} cannot be written: {why}; nothing is left of it; make room, or give another place") from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                part.with_name(part.name + suffix).unlink()


def _copy_file(source: Path, target: Path) -> None:
    """One state of a SQLite file into another, by SQLite's own backup: all or nothing, beside readers and writers."""
    try:
        with closing(sqlite3.connect(source, timeout=60)) as of, closing(sqlite3.connect(target, timeout=60)) as to:
            of.backup(to)
    except sqlite3.Error as error:
        raise translate(str(target), error) from error


def _leave_journal(path: Path) -> None:
    """What stands in the journal beside the file goes into the file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _look_over(path: Path) -> None:
    """Raises: ArchiveDamaged: SQLite finds the file broken."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            finding = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise translate(str(path), error) from error
    if finding != "ok":
        raise ArchiveDamaged(f"{path} is damaged ({finding}); nothing was changed; use another backup")


def _refuse_full(archive: Archive, replace: bool) -> None:
    with archive.reading() as connection:
        _refuse_full_in(connection, archive.place, replace)


def _refuse_full_in(connection: Connection, place: str, replace: bool) -> None:
    count = connection.execute(select(func.count()).select_from(articles)).scalar_one()
    if count and not replace:
        raise BadRequest(f"{place} holds {count} articles already; nothing was changed; give another place, or --replace to lose them")


