"""Records and rows made again: of newer models on stored text, of decisions that were added, of another stemmer.

The decided is never touched here: what people said of an article is laid over whatever is read from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

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
from .keep import free_number, load_record, load_records
from .migrations import read_meta, write_meta
from .places import number_base
from .prepare import Entry, Refused, make_entry
from .schema import (
    DERIVED_OF_ARTICLE,
    actors,
    articles,
    bearers,
    makers,
    meta,
    names,
    originals,
    readings,
    ties,
)
from .tracing_tables import traced

_AT_ONCE = 50


# --- rows -------------------------------------------------------------------------------------------------------


def renew_rows(archive: Archive, connection: Connection, number: int, before: Rows, record: dict[str, Any], *, read_anew: bool) -> int:
    """Puts the rows that ``record`` makes in the place of ``before``, those that stand; gives the article's number.

    ``record`` has the decisions laid over it. The number changes where the date of publication did. Whose copy an article is
    hangs on its text and its outlet: where it was not ``read_anew`` and the outlet is the same, it stays traced.
    """
    refuse_other_stems(archive, connection)
    rows = make_rows(record)
    take_out_rows(connection, number, before, but=() if read_anew or rows.outlet != before.outlet else (traced,))
    moved = _move(connection, number, record["article"]["published"])
    outlet = number_outlet(connection, rows.outlet) if rows.outlet else None
    connection.execute(update(articles).where(articles.c.number == moved).values(outlet=outlet, kinds=rows.kinds))
    put_rows(connection, [(moved, rows)])
    return moved


def rows_that_stand(archive: Archive, connection: Connection, number: int) -> Rows:
    """The rows of an article as they stand now: to be taken before its record or the decisions on it change."""
    return make_rows(load_record(archive, connection, number))


def refuse_other_stems(archive: Archive, connection: Connection) -> None:
    """Raises: ArchiveDamaged: the words were made by another stemmer, or a reindex was stopped: none can be taken out before
    all are made anew."""
    found = read_meta(connection, "stems")
    if found == STEMS:
        return
    if read_meta(connection, _UNDER_WAY):
        raise ArchiveDamaged(f"a reindex of {archive.place} was begun and is not done; nothing was changed; `telusur db reindex` goes on with it")
    raise ArchiveDamaged(
        f"the words of {archive.place} were made by another stemmer ({found}, this program has {STEMS}); "
        "nothing was changed; `telusur db reindex` makes them anew"
    )


_UNDER_WAY = "reindex"
"""Of `meta`: the stemmer of a reindex that is under way, and the number that it has come down to."""

_REINDEXED_AT_ONCE = 64


def reindex(archive: Archive, told: Callable[[int], None] = lambda done: None, *, most: int | None = None) -> int:
    """Makes all derived rows anew, the newest articles first; gives how many articles were done.

    A step of some articles is one transaction: a run that is stopped, at any moment, goes on where it was. In between the
    archive answers from what is done, takes new articles, and refuses decisions. ``most``: stop after about so many.
    """
    below: int | None = archive.write(_begin)
    done = 0
    while below is not None and (most is None or done < most):
        step, below = archive.write(partial(_go_on, archive, below))
        done += step
        told(done)
    return done


def _begin(connection: Connection) -> int:
    """Clears what is to be made anew, unless a reindex is under way; gives the number below which there is more to do."""
    stems, _, reached = (read_meta(connection, _UNDER_WAY) or "").partition(" ")
    if stems == STEMS and reached.isdigit():
        return int(reached)
    words.clear(connection)
    for table in (*DERIVED_OF_ARTICLE, actors, bearers, ties, names):
        connection.execute(delete(table))
    first = connection.execute(select(func.max(articles.c.number))).scalar()
    write_meta(connection, "stems", "none")
    below = 0 if first is None else first + 1
    write_meta(connection, _UNDER_WAY, f"{STEMS} {below}")
    return below


def _go_on(archive: Archive, below: int, connection: Connection) -> tuple[int, int | None]:
    """One step: how many articles were done, and below which number there is more; None where all is done."""
    wanted = select(articles.c.number).where(articles.c.number < below).order_by(articles.c.number.desc()).limit(_REINDEXED_AT_ONCE)
    numbers = connection.execute(wanted).scalars().all()
    if not numbers:
        renew_ties(connection, decisions.standing(actor_decisions(connection)))
        write_meta(connection, "stems", STEMS)
        connection.execute(delete(meta).where(meta.c.key == _UNDER_WAY))
        return 0, None
    # What was added since the beginning has its rows: put there at once with its words.
    there = words.there(connection, "article_words", numbers)
    missing = [number for number in numbers if number not in there]
    made = {number: make_rows(record) for number, (_, record) in load_records(archive, connection, missing).items()}
    if made:
        kinds = update(articles).where(articles.c.number == bindparam("of")).values(kinds=bindparam("to"))
        connection.execute(kinds, [{"of": number, "to": rows.kinds} for number, rows in made.items()])
        put_rows(connection, list(made.items()))
    write_meta(connection, _UNDER_WAY, f"{STEMS} {numbers[-1]}")
    return len(numbers), numbers[-1]


def _move(connection: Connection, number: int, published: str | None) -> int:
    """Gives an article the number of its date, where it has another; its derived rows must be out, but whose copy it is."""
    old = connection.execute(select(articles.c.published).where(articles.c.number == number)).scalar()
    if number_base(old) == number_base(published):
        connection.execute(update(articles).where(articles.c.number == number).values(published=published))
        return number
    moved = free_number(connection, published)
    connection.execute(update(articles).where(articles.c.number == number).values(number=moved, published=published))
    for table in (readings, originals, traced):
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
    renew_rows(archive, connection, row.number, before, record, read_anew=True)


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


