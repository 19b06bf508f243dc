"""Records and rows made again: of newer models on stored text, of decisions that were added, of another stemmer.

The decided is never touched here: what people said of an article is laid over whatever is read from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from ..analyse.stems import VERSION as STEMS
from ..bulk import shared_out
from ..errors import ArchiveDamaged
from ..export.json import from_json, to_json
from ..model.document import Hints, Source
from ..model.record import Record
from ..output import fault
from . import decisions, packing, words
from .engine import Archive
from .index import Rows, make_rows, number_maker, number_outlet, put_rows, take_out_rows
from .joining import actor_decisions, renew_ties
from .keep import free_number, load_record
from .migrations import read_meta, write_meta
from .places import number_base
from .prepare import Entry, Refused, make_entry
from .schema import DERIVED_OF_ARTICLE, actors, articles, bearers, makers, names, originals, readings, ties

_AT_ONCE = 50


# --- rows -------------------------------------------------------------------------------------------------------


def renew_rows(archive: Archive, connection: Connection, number: int, before: Rows, record: dict[str, Any]) -> int:
    """Puts the rows that ``record`` makes in the place of ``before``, those that stand; gives the article's number.

    ``record`` has the decisions laid over it. The number changes where the date of publication did.
    """
    refuse_other_stems(archive, connection)
    rows = make_rows(record)
    take_out_rows(connection, number, before)
    moved = _move(connection, number, record["article"]["published"])
    outlet = number_outlet(connection, rows.outlet) if rows.outlet else None
    connection.execute(update(articles).where(articles.c.number == moved).values(outlet=outlet, kinds=rows.kinds))
    put_rows(connection, [(moved, rows)])
    return moved


def rows_that_stand(archive: Archive, connection: Connection, number: int) -> Rows:
    """The rows of an article as they stand now: to be taken before its record or the decisions on it change."""
    return make_rows(load_record(archive, connection, number))


def refuse_other_stems(archive: Archive, connection: Connection) -> None:
    """Raises: ArchiveDamaged: the words were made by another stemmer, and none can be taken out before all are made anew."""
    if (found := read_meta(connection, "stems")) != STEMS:
        raise ArchiveDamaged(
            f"the words of {archive.place} were made by another stemmer ({found}, this program has {STEMS}); "
            "nothing was changed; `telusur db reindex` makes them anew"
        )


def reindex(archive: Archive, told: Callable[[int], None] = lambda done: None) -> int:
    """Makes all derived rows anew, in one transaction; gives the number of articles."""

    def act(connection: Connection) -> int:
        words.clear(connection)
        for table in (*DERIVED_OF_ARTICLE, actors, bearers, ties, names):
            connection.execute(delete(table))
        numbers = connection.execute(select(articles.c.number).order_by(articles.c.number)).scalars().all()
        for done, number in enumerate(numbers, 1):
            rows = make_rows(load_record(archive, connection, number))
            connection.execute(update(articles).where(articles.c.number == number).values(kinds=rows.kinds))
            put_rows(connection, [(number, rows)])
            told(done)
        renew_ties(connection, decisions.standing(actor_decisions(connection)))
        write_meta(connection, "stems", STEMS)
        return len(numbers)

    return archive.write(act)


def _move(connection: Connection, number: int, published: str | None) -> int:
    """Gives an article the number of its date, where it has another; its derived rows must be out."""
    old = connection.execute(select(articles.c.published).where(articles.c.number == number)).scalar()
    if number_base(old) == number_base(published):
        connection.execute(update(articles).where(articles.c.number == number).values(published=published))
        return number
    moved = free_number(connection, published)
    connection.execute(update(articles).where(articles.c.number == number).values(number=moved, published=published))
    for table in (readings, originals):
        connection.execute(update(table).where(table.c.article == number).values(article=moved))
    return moved


# --- readings ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stored:
    """What an article is read again from."""

    id: str
    record: dict[str, Any]
    data: bytes | None
    hints: dict[str, str]


def read_again(stored: Stored) -> Entry | Refused:
    """Another reading of an article: of its bytes, or of its text in the blocks that it was kept with."""
    try:
        record = _read(stored)
        return make_entry(stored.id, stored.id, to_json(record), stored.data, stored.hints or None)
    except Exception as error:  # the edge of a run: one article, not the run
        return Refused(stored.id, *fault(error))


def _read(stored: Stored) -> Record:
    from ..pipeline import read, read_document

    told = stored.record["source"]
    if stored.data is None:
        return read_document(from_json(stored.record).document)
    charset = stored.hints.get("charset")
    hints = Hints(**{key: value for key, value in stored.hints.items() if key != "charset"})
    source = Source(stored.data, told["media_type"], told["sha256"], told["url"], told["name"], told["retrieved"], charset)
    return read(source, hints)


def _lost(stored: Stored) -> Refused:
    return Refused(stored.id, "internal-error", "the process that read this article died; it stays as it was; try with fewer --jobs")


def reprocess(
    archive: Archive,
    maker: tuple[str, str, str] | None,
    *,
    jobs: int = 1,
    told: Callable[[int], None] = lambda done: None,
    refused: Callable[[Refused], None] = lambda refusal: None,
) -> int:
    """Reads all articles again that ``maker`` (software, version, model) did not make; gives how many were renewed.

    With None all are read again. Each is renewed in its own transaction: a run that is stopped goes on where it was.
    What fails stays as it was.
    """
    done = 0
    for answer in shared_out(_outdated(archive, maker), read_again, _lost, jobs):
        if isinstance(answer, Refused):
            refused(answer)
            continue
        entry = answer
        archive.write(lambda connection: renew_reading(archive, connection, entry))  # noqa: B023
        done += 1
        told(done)
    return done


def renew_reading(archive: Archive, connection: Connection, entry: Entry) -> None:
    """Puts another reading in the place of the one that stands. Bytes, hints and decisions stay as they are."""
    row = connection.execute(select(articles).where(articles.c.id == entry.id)).first()
    if row is None:  # removed meanwhile
        return
    before = rows_that_stand(archive, connection, row.number)
    text = packing.unpack_text(entry.text, archive.dictionaries)
    record = packing.unpack_record(entry.record, text, archive.dictionaries)
    connection.execute(update(readings).where(readings.c.article == row.number).values(text=entry.text, record=entry.record))
    maker = number_maker(connection, entry.maker)
    connection.execute(
        update(articles).where(articles.c.number == row.number).values(text_hash=entry.text_hash, maker=maker, chars=entry.chars)
    )
    if row.reviewed:
        record = decisions.lay_over(record, decisions.decisions_on(connection, row.id, entry.text_hash))
    renew_rows(archive, connection, row.number, before, record)


def _outdated(archive: Archive, maker: tuple[str, str, str] | None) -> Iterator[Stored]:
    """Articles that another maker made, some at a time; ids first, since numbers may change on the way."""
    with archive.reading() as connection:
        wanted = select(articles.c.id).join(makers, makers.c.number == articles.c.maker).order_by(articles.c.number.desc())
        if maker is not None:
            same = (makers.c.software == maker[0]) & (makers.c.version == maker[1]) & (makers.c.model == maker[2])
            wanted = wanted.where(~same)
        ids = connection.execute(wanted).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        with archive.reading() as connection:
            some = [_stored(archive, connection, id) for id in ids[start : start + _AT_ONCE]]
        yield from (stored for stored in some if stored)


def _stored(archive: Archive, connection: Connection, id: str) -> Stored | None:
    wanted = (
        select(articles.c.original, readings, originals.c.data)
        .join(readings, readings.c.article == articles.c.number)
        .outerjoin(originals, originals.c.article == articles.c.number)
        .where(articles.c.id == id)
    )
    row: Row[Any] | None = connection.execute(wanted).first()
    if row is None:
        return None
    text = packing.unpack_text(row.text, archive.dictionaries)
    data = packing.unpack(row.data, archive.dictionaries) if row.data is not None else None
    if row.original == "text":
        data = text.encode("utf-8", "surrogatepass")
    return Stored(id, packing.unpack_record(row.record, text, archive.dictionaries), data, json.loads(row.hints) if row.hints else {})


