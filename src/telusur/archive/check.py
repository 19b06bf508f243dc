"""Whether an archive is whole: every span still quotes its text, every id resolves, every row has what it stands on.

Comes in: an archive. Goes out: one finding for each thing that is wrong, as it is found; none where all is well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, func, select, text

from ..errors import TelusurError
from ..export.check import check_record
from ..export.json import from_json
from . import decisions, folders, packing, words
from .engine import Archive
from .index import make_rows, plain
from .places import article_id, day_of, day_of_number, text_hash
from .removals import CUT
from .schema import (
    DERIVED_OF_ARTICLE,
    actors,
    articles,
    bearers,
    claims,
    doubts,
    entities,
    links,
    makers,
    names,
    offices,
    originals,
    outlets,
    participants,
    readings,
    sayings,
    tags,
)
from .schema import decisions as decision_table

_AT_ONCE = 200

_REFERENCES: tuple[tuple[Column[Any], Column[Any]], ...] = (
    (readings.c.article, articles.c.number),
    (originals.c.article, articles.c.number),
    (articles.c.number, readings.c.article),
    *((table.c.article, articles.c.number) for table in DERIVED_OF_ARTICLE),
    (articles.c.outlet, outlets.c.number),
    (articles.c.maker, makers.c.number),
    (entities.c.name, names.c.number),
    (entities.c.actor, actors.c.number),
    (actors.c.number, entities.c.actor),
    (actors.c.whole, actors.c.number),
    (bearers.c.actor, actors.c.number),
    (decision_table.c.undoes, decision_table.c.id),
)
"""Columns that point, and at what."""


def check(archive: Archive, told: Callable[[int, int], None] = lambda done, total: None) -> Iterator[str]:
    """What is wrong with an archive, one line each. ``told`` hears how many of how many articles were looked at."""
    with archive.reading() as connection:
        yield from _check_file(connection)
        yield from _check_references(connection)
        yield from _check_counts(connection)
        yield from folders.check(connection)
        total = connection.execute(select(func.count()).select_from(articles)).scalar_one()
        for done, row in enumerate(_articles(connection), 1):
            yield from (f"article {row.id}: {problem}" for problem in _check_article(archive, connection, row))
            told(done, total)


def _check_file(connection: Connection) -> Iterator[str]:
    """What SQLite itself says of its file and of its index of words; PostgreSQL looks after its own."""
    if connection.dialect.name != "sqlite":
        return
    for (finding,) in connection.execute(text("PRAGMA integrity_check(20)")):
        if finding != "ok":
            yield f"the file: {finding}"


def _check_references(connection: Connection) -> Iterator[str]:
    for column, target in _REFERENCES:
        table, name = column.table.name, column.name
        missing = f"{table}.{name} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {target.table.name} AS other WHERE other.{target.name} = {table}.{name})"
        if count := connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE {missing}").scalar_one():
            yield f"{count} rows of {table}.{name} point at no {target.table.name}"


def _check_counts(connection: Connection) -> Iterator[str]:
    for table, counted in (("article_words", articles), ("said_words", sayings)):
        expected = connection.execute(select(func.count()).select_from(counted)).scalar_one()
        found = words.count(connection, table)  # type: ignore[arg-type]
        if found != expected:
            yield f"{table} has {found} rows where {counted.name} has {expected}; `telusur db reindex` makes it anew"


def _articles(connection: Connection) -> Iterator[Row[Any]]:
    """All articles with their readings, newest first, some at a time."""
    wanted = select(articles, readings.c.text, readings.c.record).join(readings, readings.c.article == articles.c.number)
    below = None
    while True:
        page = wanted if below is None else wanted.where(articles.c.number < below)
        rows = connection.execute(page.order_by(articles.c.number.desc()).limit(_AT_ONCE)).all()
        if not rows:
            return
        yield from rows
        below = rows[-1].number


def _check_article(archive: Archive, connection: Connection, row: Row[Any]) -> Iterator[str]:
    try:
        body = packing.unpack_text(row.text, archive.dictionaries)
        record = packing.unpack_record(row.record, body, archive.dictionaries)
        from_json(record)
    except (ValueError, KeyError, TypeError, TelusurError) as error:
        yield f"its reading cannot be unpacked: {error}"
        return
    yield from check_record(record)
    if bytes(row.text_hash) != text_hash(body):
        yield "its text is not the one that its hash was made of"
    if row.original != CUT and row.id != article_id(record["source"]["sha256"], record["source"]["url"]):
        yield "its id is not the hash of its bytes and place"
    if day_of_number(row.number) != day_of(row.published):
        yield f"its number says {day_of_number(row.number)} where it was published on {row.published}"
    yield from _check_original(archive, connection, row)
    yield from _check_rows(connection, row, record)


def _check_original(archive: Archive, connection: Connection, row: Row[Any]) -> Iterator[str]:
    kept = connection.execute(select(originals).where(originals.c.article == row.number)).first()
    if (kept is not None) != (row.original == "bytes"):
        yield f"its original bytes are {'there' if kept else 'not there'}, though it says {row.original!r}"
    if kept is None:
        return
    try:
        data = packing.unpack(kept.data, archive.dictionaries)
    except ValueError as error:
        yield f"its original bytes cannot be unpacked: {error}"
        return
    if len(data) != kept.size or hashlib.sha256(data).hexdigest() != kept.sha256:
        yield "its original bytes are not those that their hash was made of"


def _check_rows(connection: Connection, row: Row[Any], record: dict[str, Any]) -> Iterator[str]:
    """The rows that stand are those that the record, with its decisions, makes."""
    if row.reviewed:
        record = decisions.lay_over(record, decisions.decisions_on(connection, row.id, bytes(row.text_hash)))
    rows = make_rows(record)
    expected: dict[Table, list[tuple[Any, ...]]] = {
        tags: list(rows.tags),
        sayings: list(rows.sayings),
        links: list(rows.links),
        claims: list(rows.claims),
        participants: list(rows.participants),
        offices: list(rows.offices),
        doubts: list(rows.doubts),
    }
    for table, values in expected.items():
        columns = [column for column in table.c if column.name != "article"]
        found = {tuple(r) for r in connection.execute(select(*columns).where(table.c.article == row.number))}
        if found != set(values):
            yield f"its rows in {table.name} are not those of its record; `telusur db reindex` makes them anew"
    named = select(entities.c.entity, names.c.type, names.c.name, names.c.link).join(names, names.c.number == entities.c.name)
    if {tuple(r) for r in connection.execute(named.where(entities.c.article == row.number))} != {
        (n, *name) for n, name in enumerate(rows.names)
    }:
        yield "its names are not those of its record; `telusur db reindex` makes them anew"
    does = select(entities.c.entity, entities.c.part).where(entities.c.article == row.number)
    if row.kinds != rows.kinds or {tuple(r) for r in connection.execute(does)} != set(enumerate(rows.parts)):
        yield "what it holds is not what its record does; `telusur db reindex` makes it anew"
    shown = select(entities.c.entity, actors.c.id, entities.c.because).outerjoin(actors, actors.c.number == entities.c.actor)
    if {tuple(r) for r in connection.execute(shown.where(entities.c.article == row.number))} != {
        (n, face.id if face else None, face.because if face else None) for n, face in enumerate(rows.faces)
    }:
        yield "its actors are not those that its record shows; `telusur db reindex` makes them anew"
    outlet = connection.execute(select(outlets.c.name).where(outlets.c.number == row.outlet)).scalar()
    if outlet != (plain(rows.outlet) if rows.outlet else None):
        yield f"its outlet is {outlet!r} where its record has {rows.outlet!r}"
