"""Entries into the archive and records out of it.

Keeping is idempotent: an article that is there stays as it is, so that whatever is added twice, by whomever, is there
once. All functions take a connection of `Archive.write` or `Archive.reading`; none commits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from . import decisions, packing, removals
from .engine import Archive
from .index import Rows, make_rows, number_maker, number_outlet, put_rows
from .places import DAY_BITS, MINUTE_BITS, number_base
from .prepare import Entry
from .schema import articles, originals, readings

Outcome = Literal["new", "there", "removed"]


def there(connection: Connection, ids: Collection[str]) -> dict[str, Outcome]:
    """Those of these ids that need no reading: the article is there, or it was removed for good."""
    found: dict[str, Outcome] = dict.fromkeys(connection.execute(select(articles.c.id).where(articles.c.id.in_(ids))).scalars(), "there")
    return found | dict.fromkeys(removals.refused(connection, ids), "removed")


def keep(connection: Connection, entries: Sequence[Entry], now: str) -> list[Outcome]:
    """Keeps what is not there yet. ``now``: the time, ISO 8601 in UTC, as `articles.added`."""
    known = there(connection, [entry.id for entry in entries])
    gone = removals.Gone(connection)
    decided = decisions.any_on(connection, [entry.text_hash for entry in entries])
    placing = _Placing(connection, now)
    outcomes: list[Outcome] = []
    numbered = []
    for entry in entries:
        outcome = known.get(entry.id, "removed" if gone.refuses(entry.text_hash) else "new")
        outcomes.append(outcome)
        if outcome == "new":
            known[entry.id] = "there"
            entry = gone.cut(entry)
            rows, reviewed = _decided_rows(connection, entry) if entry.text_hash in decided else (entry.rows, 0)
            numbered.append((placing.place(entry, rows, reviewed), rows))
    placing.finish()
    put_rows(connection, numbered)
    return outcomes


def _decided_rows(connection: Connection, entry: Entry) -> tuple[Rows, int]:
    """The rows of a copy of a text that people have decided on already, and how many decisions lie over it."""
    record = packing.unpack_record(entry.record, packing.unpack_text(entry.text, packing.shipped()), packing.shipped())
    made = decisions.decisions_on(connection, entry.id, entry.text_hash)
    return make_rows(decisions.lay_over(record, made)), decisions.count_standing(made)


class _Placing:
    """Articles into the tables of what is kept: their own rows one by one, since each number depends on those before it;
    readings and bytes all at once in the end."""

    def __init__(self, connection: Connection, now: str) -> None:
        self.connection, self.now = connection, now
        self.outlets: dict[str, int] = {}
        self.makers: dict[tuple[str, str, str], int] = {}
        self.readings: list[dict[str, Any]] = []
        self.originals: list[dict[str, Any]] = []

    def place(self, entry: Entry, rows: Rows, reviewed: int) -> int:
        """Gives an article its number, and keeps its row."""
        number = free_number(self.connection, entry.published)
        outlet = rows.outlet
        if outlet and outlet not in self.outlets:
            self.outlets[outlet] = number_outlet(self.connection, outlet)
        if entry.maker not in self.makers:
            self.makers[entry.maker] = number_maker(self.connection, entry.maker)
        values = {
            "number": number,
            "id": entry.id,
            "text_hash": entry.text_hash,
            "url": entry.url,
            "published": entry.published,
            "retrieved": entry.retrieved,
            "added": self.now,
            "outlet": self.outlets[outlet] if outlet else None,
            "maker": self.makers[entry.maker],
            "original": entry.original,
            "chars": entry.chars,
            "reviewed": reviewed,
            "kinds": rows.kinds,
        }
        self.connection.execute(_ARTICLE, values)
        self.readings.append({"article": number, "text": entry.text, "record": entry.record, "hints": entry.hints})
        if entry.data:
            sha256, size, data = entry.data
            self.originals.append({"article": number, "sha256": sha256, "size": size, "data": data})
        return number

    def finish(self) -> None:
        """Keeps the readings and the bytes of all articles that were placed."""
        for table, rows in ((readings, self.readings), (originals, self.originals)):
            if rows:
                self.connection.execute(insert(table), rows)


_ARTICLE = insert(articles)
_LAST_FROM = select(func.max(articles.c.number)).where(articles.c.number >= bindparam("low"), articles.c.number < bindparam("high"))
"""Asked for every article: put together once."""


def free_number(connection: Connection, published: str | None) -> int:
    """A number for an article published then: the next free one of its minute, or of a later one where it is full."""
    base = number_base(published)
    minute = base + (1 << MINUTE_BITS)
    last = connection.execute(_LAST_FROM, {"low": base, "high": minute}).scalar()
    if last is None:
        return base
    if last + 1 < minute:
        return int(last) + 1
    end = ((base >> DAY_BITS) + 1) << DAY_BITS
    return int(connection.execute(_LAST_FROM, {"low": base, "high": end}).scalar_one()) + 1


# --- out of it --------------------------------------------------------------------------------------------------


def find_number(connection: Connection, id: str) -> int | None:
    """The number of an article by its id."""
    number: int | None = connection.execute(select(articles.c.number).where(articles.c.id == id)).scalar()
    return number


def machine_record(archive: Archive, connection: Connection, number: int) -> dict[str, Any]:
    """The record as the machine made it, in its published form.

    Raises:
        KeyError: no article has this number.
    """
    row = connection.execute(select(readings.c.text, readings.c.record).where(readings.c.article == number)).first()
    if row is None:
        raise KeyError(number)
    return _unpack(row, archive.dictionaries)


def load_record(archive: Archive, connection: Connection, number: int) -> dict[str, Any]:
    """The record with people's decisions laid over it; items that they decided on carry ``review``.

    Raises:
        KeyError: no article has this number.
    """
    found = load_records(archive, connection, (number,))
    if number not in found:
        raise KeyError(number)
    return found[number][1]


def load_records(archive: Archive, connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, dict[str, Any]]]:
    """Id and record, as `load_record` gives it, of each of these articles that is there."""
    found: dict[int, tuple[str, dict[str, Any]]] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        for row in connection.execute(_RECORDS.where(readings.c.article.in_(some))).all():
            record = _unpack(row, archive.dictionaries)
            if row.reviewed:
                record = decisions.lay_over(record, decisions.decisions_on(connection, row.id, row.text_hash))
            found[row.number] = row.id, record
    return found


_AT_ONCE = 50
_RECORDS = select(
    readings.c.article.label("number"), readings.c.text, readings.c.record, articles.c.id, articles.c.text_hash, articles.c.reviewed
).join(articles, articles.c.number == readings.c.article)


def _unpack(row: Row[Any], dictionaries: Mapping[int, bytes]) -> dict[str, Any]:
    text = packing.unpack_text(row.text, dictionaries)
    return packing.unpack_record(row.record, text, dictionaries)
