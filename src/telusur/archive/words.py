"""The full-text index: the same stems, made by us, in both engines.

Two tables with one row each: ``article_words`` (by the article's number) holds the words of its own blocks in order,
``said_words`` (by `places.inner_number` of article and saying) the words of what somebody is said to have said.
Since numbers rise with the date of publication, hits in falling order of number are the newest first.

SQLite keeps them in FTS5 tables without a copy of the words (``content=''``): to take a row out, its words are given
again, so they must be made by the same stemmer (`schema.meta`, key ``stems``). The ``ascii`` tokenizer parts at spaces and
ASCII marks only, and our stems hold none, so a token is a stem, no more and no less. PostgreSQL gets ready-made
``tsvector`` values, and no parser or dictionary of its own ever sees the words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, Text, bindparam, text

from ..analyse.stems import stems
from ..model.document import ARTICLE_KINDS

WordTable = Literal["article_words", "said_words"]
TABLES: tuple[WordTable, ...] = ("article_words", "said_words")

BREAK = "¶"
"""A word of its own between blocks, so that no phrase runs from one into the next."""

Row = tuple[int, str]
"""A row's number and its words, parted by spaces."""

_LAST_POSITION = 16383  # PostgreSQL's; later words are found, but not as part of a phrase
_VECTOR_BYTES = 900_000  # PostgreSQL takes 1 MB, which is some hundred thousand words; later ones are not found there


def create(connection: Connection) -> None:
    """Makes both tables."""
    for table in TABLES:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {table} USING fts5(words, content='', tokenize='ascii')")
        else:
            connection.exec_driver_sql(f"CREATE TABLE {table} (number BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
            connection.exec_driver_sql(f"CREATE INDEX {table}_index ON {table} USING GIN (words)")


def article_words(record: Mapping[str, Any]) -> str:
    """The words of an article's own blocks, in order."""
    body = record["text"]
    told = (" ".join(stems(body[b["start"] : b["end"]])) for b in record["blocks"] if b["kind"] in ARTICLE_KINDS)
    return f" {BREAK} ".join(part for part in told if part)


def said_words(body: str, start: int, end: int) -> str:
    """The words of one saying: of the stretch from its first word to its last."""
    return " ".join(stems(body[start:end]))


def put(connection: Connection, table: WordTable, rows: Sequence[Row]) -> None:
    """Adds rows whose numbers are not there yet."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"INSERT INTO {table}(rowid, words) VALUES (:n, :w)"), [{"n": n, "w": w} for n, w in rows])
    else:
        statement = text(f"INSERT INTO {table}(number, words) VALUES (:n, CAST(:w AS tsvector))")
        connection.execute(statement, [{"n": n, "w": vector(w)} for n, w in rows])


def take_out(connection: Connection, table: WordTable, rows: Sequence[Row]) -> None:
    """Takes rows out; their words must be those that were put in."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        statement = text(f"INSERT INTO {table}({table}, rowid, words) VALUES ('delete', :n, :w)")
        connection.execute(statement, [{"n": n, "w": w} for n, w in rows])
    else:
        connection.execute(text(f"DELETE FROM {table} WHERE number = :n"), [{"n": n} for n, _ in rows])


def clear(connection: Connection) -> None:
    """Takes all rows out, before all words are made anew."""
    for table in TABLES:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('delete-all')")
        else:
            connection.exec_driver_sql(f"TRUNCATE {table}")


def there(connection: Connection, table: WordTable, numbers: Sequence[int]) -> set[int]:
    """Those of these rows that are there."""
    counted, key = (f"{table}_docsize", "id") if connection.dialect.name == "sqlite" else (table, "number")
    wanted = text(f"SELECT {key} FROM {counted} WHERE {key} IN :numbers").bindparams(bindparam("numbers", expanding=True))
    return set(connection.execute(wanted, {"numbers": list(numbers)}).scalars())


def count(connection: Connection, table: WordTable) -> int:
    """How many rows a table has."""
    counted = f"{table}_docsize" if connection.dialect.name == "sqlite" else table
    return connection.execute(text(f"SELECT count(*) FROM {counted}")).scalar() or 0


def lengths_of(connection: Connection, table: WordTable, numbers: Sequence[int]) -> tuple[dict[int, int], float, int]:
    """How many words each of these rows of an FTS5 table has, the mean over all rows, and how many rows there are."""
    told = text(f"SELECT id, sz FROM {table}_docsize WHERE id IN (SELECT value FROM json_each(:numbers))")
    rows = connection.execute(told, {"numbers": json.dumps(list(numbers))}).cursor.fetchall()
    lengths = {number: _varints(size, 1)[0] for number, size in rows}
    averages = connection.execute(text(f"SELECT block FROM {table}_data WHERE id = 1")).scalar_one()
    count, total = _varints(averages, 2)
    return lengths, total / max(count, 1), count


def _varints(block: bytes, count: int) -> list[int]:
    """Whole numbers as SQLite writes them: seven bits a byte, the high bit where more follow."""
    found, at = [], 0
    for _ in range(count):
        value = 0
        while True:
            value = value << 7 | block[at] & 0x7F
            at += 1
            if not block[at - 1] & 0x80:
                break
        found.append(value)
    return found


def vector(words: str) -> str:
    """The words as PostgreSQL writes a ``tsvector``: each once, with its positions."""
    places: dict[str, list[int]] = {}
    size = 0
    for at, word in enumerate(words.split(), 1):
        size += 2 if word in places else len(word.encode()) + 8
        if size > _VECTOR_BYTES:
            break
        places.setdefault(word, []).append(min(at, _LAST_POSITION))
    return " ".join(f"'{word}':{_positions(at)}" for word, at in places.items())


def _positions(at: Iterable[int]) -> str:
    """PostgreSQL keeps 256 places of a word and no two alike."""
    return ",".join(map(str, list(dict.fromkeys(at))[:255]))


@cache
def columns(dialect: str, table: WordTable) -> Table:
    """The table as SQL expressions take it: ``number`` (in SQLite the row's), and ``words`` to match against. One and the same
    each time: a question with another table in it would be put together anew whenever it is asked."""
    key = Column("rowid", BigInteger, key="number") if dialect == "sqlite" else Column("number", BigInteger)
    return Table(table, MetaData(), key, Column("words", Text), Column("rank", Integer))
