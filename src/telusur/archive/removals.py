"""What was taken out for good, and does not come back: `schema.tombstones`.

An article, all copies of a text, or words: a name or a passage. The tombstone keeps what is needed to keep it out, and not
what it was: an article's id, the hash of a text, the salted hash of words. Words are covered with blocks of the same length
in every text that has them, and so are those of articles that come later; see `masking`.

Order: the tombstone first, in its own transaction; then the articles, one by one; then the file is written anew without
what was deleted. Killed between, the same command or `obey` ends it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, delete, insert, select, text, update

from ..errors import ArchiveBusy, BadRequest
from . import decisions, folders, packing, words
from .engine import translate
from .index import Rows, make_rows, next_number, plain, put_rows, take_out_rows
from .masking import Finder, Stretch, Words, hash_words, joined, mask_json, mask_record, stretches_of
from .places import text_hash
from .schema import (
    DERIVED_OF_ARTICLE,
    articles,
    entities,
    makers,
    names,
    originals,
    outlets,
    readings,
    tombstones,
)
from .schema import decisions as decision_table

if TYPE_CHECKING:
    from .engine import Archive
    from .prepare import Entry

ARTICLE, TEXT, NAME, PASSAGE = "article", "text", "name", "passage"
CUT = "cut"
"""What `articles.original` says of an article that words were taken out of: its bytes are gone."""

_AT_ONCE = 100
Told = Callable[[int, int], None]


# --- what is refused, and what is cut ---------------------------------------------------------------------------


def refused(connection: Connection, ids: Collection[str]) -> set[str]:
    """Those of these articles that were removed."""
    if not ids:
        return set()
    gone = select(tombstones.c.target).where(tombstones.c.kind == ARTICLE, tombstones.c.target.in_(ids))
    return set(connection.execute(gone).scalars())


class Gone:
    """What the tombstones of an archive keep out, read once."""

    def __init__(self, connection: Connection) -> None:
        rows = connection.execute(select(tombstones.c.kind, tombstones.c.target, tombstones.c.detail).where(tombstones.c.kind != ARTICLE)).all()
        self.texts = {target for kind, target, _ in rows if kind == TEXT}
        self.finder = Finder(_words(target, detail) for kind, target, detail in rows if kind in (NAME, PASSAGE))

    def refuses(self, hash: bytes) -> bool:
        """Whether all copies of this text were removed."""
        return hash.hex() in self.texts

    def cut(self, entry: Entry) -> Entry:
        """The entry without words that must not be kept."""
        if not self.finder:
            return entry
        shipped = packing.shipped()
        record = packing.unpack_record(entry.record, packing.unpack_text(entry.text, shipped), shipped)
        hints = json.loads(entry.hints) if entry.hints else None
        if (cut := cut_record(record, self.finder)) is None and mask_json([entry.url, hints], self.finder) == [entry.url, hints]:
            return entry
        cut = record if cut is None else cut
        return replace(
            entry,
            text_hash=text_hash(cut["text"]),
            url=self.finder.mask(entry.url) if entry.url else None,
            text=packing.pack_text(cut["text"]),
            record=packing.pack_record(cut),
            hints=json.dumps(mask_json(hints, self.finder)) if hints else None,
            original=CUT,
            data=None,
            rows=make_rows(cut),
        )


def _words(target: str, detail: str) -> Words:
    told = json.loads(detail)
    return Words(told["salt"], told["words"], target)


def cut_record(record: Mapping[str, Any], finder: Finder, more: Sequence[Stretch] = ()) -> dict[str, Any] | None:
    """The record without the words; None where it has none of them."""
    stretches = joined([*stretches_of(record, finder), *more])
    about = {key: record[key] for key in ("source", "article")}
    if not stretches and mask_json(about, finder) == about:
        return None
    return mask_record(record, stretches, finder)


# --- removing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Removal:
    """What is to go. ``target``: an article's id for ARTICLE and TEXT, the words themselves for NAME and PASSAGE."""

    kind: str
    target: str
    who: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal did: its tombstone, and how many articles went or were cut."""

    tombstone: str
    articles: int


def remove(archive: Archive, wish: Removal, *, at: str, told: Told = lambda done, total: None) -> Removed:
    """Takes something out for good.

    Raises:
        BadRequest: there is no such article, the words are too few to be told, or the reason repeats what must go.
    """
    wish = _checked(archive, wish)
    tombstone = archive.write(lambda connection: _bury(connection, wish, at))
    count = _take_out(archive, wish) if wish.kind in (ARTICLE, TEXT) else cut_all(archive, told)
    archive.write(forget_unused)
    purge(archive)
    return Removed(tombstone, count)


def _checked(archive: Archive, wish: Removal) -> Removal:
    if not wish.who.strip():
        raise BadRequest("nobody is named who removes; nothing was done; say who with --by, or in TELUSUR_BY")
    if wish.kind in (ARTICLE, TEXT):
        with archive.reading() as connection:
            row = connection.execute(select(articles.c.text_hash).where(articles.c.id == wish.target)).first()
            gone = refused(connection, [wish.target])
        if row is None and not gone:
            raise BadRequest(f"there is no article {wish.target} in {archive.place}; nothing was done")
        return wish
    if hash_words(wish.target, "").size < (2 if wish.kind == PASSAGE else 1) or len(wish.target) < 4:
        raise BadRequest(f"{wish.target!r} is too short to be removed: it would take other words with it; nothing was done; give more of it")
    if Finder([hash_words(wish.target, "")]).find(" ".join(filter(None, (wish.why, wish.who)))):
        raise BadRequest("the reason repeats what is to be removed, and would keep it; nothing was done; word it otherwise")
    return wish


def _bury(connection: Connection, wish: Removal, at: str) -> str:
    """The tombstone of a removal; one that stands already is taken again."""
    detail = None
    target = wish.target
    if wish.kind == TEXT:
        hash = connection.execute(select(articles.c.text_hash).where(articles.c.id == target)).scalar()
        target = bytes(hash).hex() if hash else target
    elif wish.kind in (NAME, PASSAGE):
        found = _hashed(connection, wish.target)
        target, detail = found.hash, json.dumps({"salt": found.salt, "words": found.size})
    there = connection.execute(select(tombstones.c.id).where(tombstones.c.kind == wish.kind, tombstones.c.target == target)).scalar()
    if there is not None:
        return str(there)
    row = {"at": at, "who": wish.who, "why": wish.why, "kind": wish.kind, "target": target, "detail": detail}
    id = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:12]
    connection.execute(insert(tombstones).values(number=next_number(connection, tombstones), id=id, **row))
    return id


def _hashed(connection: Connection, target: str) -> Words:
    """The words' hash with the salt that this archive's other tombstones have; a new one where there is none."""
    details = connection.execute(select(tombstones.c.detail).where(tombstones.c.detail.is_not(None)).limit(1)).scalar()
    return hash_words(target, json.loads(details)["salt"] if details else secrets.token_hex(16))


def _take_out(archive: Archive, wish: Removal) -> int:
    """An article, or with TEXT all that have its text."""

    def act(connection: Connection) -> int:
        row = connection.execute(select(articles.c.number, articles.c.text_hash).where(articles.c.id == wish.target)).first()
        if row is None:
            return 0
        gone = [row.number] if wish.kind == ARTICLE else [number for _, number in decisions.copies(connection, row.text_hash)]
        for number in gone:
            take_out_article(archive, connection, number)
        return len(gone)

    return archive.write(act)


def take_out_article(archive: Archive, connection: Connection, number: int) -> None:
    """All that the archive holds of an article. Decisions on it stay only where a copy of its text does."""
    row = connection.execute(select(articles.c.id, articles.c.text_hash).where(articles.c.number == number)).one()
    take_out_rows(connection, number, _standing_rows(archive, connection, row.id, number, row.text_hash))
    for table in (readings, originals):
        connection.execute(delete(table).where(table.c.article == number))
    connection.execute(delete(articles).where(articles.c.number == number))
    if not decisions.copies(connection, row.text_hash):
        mine = (decision_table.c.article == row.id) | (decision_table.c.text_hash == row.text_hash)
        connection.execute(delete(decision_table).where(mine))


def _standing_rows(archive: Archive, connection: Connection, id: str, number: int, hash: bytes) -> Rows:
    machine = decisions.machine_reading(archive, connection, number)
    return make_rows(decisions.lay_over(machine, decisions.decisions_on(connection, id, hash)))


# --- words ------------------------------------------------------------------------------------------------------


def cut_all(archive: Archive, told: Told = lambda done, total: None) -> int:
    """Takes the words of all tombstones out of every article and every decision; gives how many articles had them."""
    with archive.reading() as connection:
        finder = Gone(connection).finder
        numbers = connection.execute(select(articles.c.number).order_by(articles.c.number)).scalars().all()
    count = 0
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        hashes = _with_words(archive, some, finder)
        count += archive.write(lambda connection: _cut_texts(archive, connection, hashes, finder)) if hashes else 0  # noqa: B023
        told(min(start + _AT_ONCE, len(numbers)), len(numbers))
    archive.write(lambda connection: _cut_decisions(connection, finder))
    archive.write(lambda connection: folders.cut(connection, finder))
    return count


def _with_words(archive: Archive, numbers: Sequence[int], finder: Finder) -> list[bytes]:
    """The texts of those articles that have the words anywhere, in their order."""
    with archive.reading() as connection:
        rows = connection.execute(select(articles.c.number, articles.c.text_hash, articles.c.url).where(articles.c.number.in_(numbers))).all()
        found: dict[bytes, None] = {}
        for row in rows:
            record = decisions.machine_reading(archive, connection, row.number)
            if cut_record(record, finder) is not None or (row.url and finder.find(row.url)):
                found[bytes(row.text_hash)] = None
    return list(found)


def _cut_texts(archive: Archive, connection: Connection, hashes: Sequence[bytes], finder: Finder) -> int:
    """Cuts all copies of these texts at once, so that the decisions on them hold for all still."""
    count = 0
    for hash in hashes:
        # All are read before the first is cut: the decisions on them lose the hash of the old text then.
        found = [(id, number, decisions.decisions_on(connection, id, hash)) for id, number in decisions.copies(connection, hash)]
        for id, number, made in found:
            _cut_article(archive, connection, id, number, made, finder)
            count += 1
    return count


def _cut_article(archive: Archive, connection: Connection, id: str, number: int, made: Sequence[decisions.Decision], finder: Finder) -> None:
    wanted = select(articles.c.url, articles.c.text_hash, readings.c.hints).join(readings, readings.c.article == articles.c.number)
    row = connection.execute(wanted.where(articles.c.number == number)).one()
    machine = decisions.machine_reading(archive, connection, number)
    take_out_rows(connection, number, make_rows(decisions.lay_over(machine, made)))
    cut = cut_record(machine, finder) or machine
    new_hash = text_hash(cut["text"])
    hints = json.dumps(mask_json(json.loads(row.hints), finder)) if row.hints else None
    connection.execute(update(readings).where(readings.c.article == number).values(text=packing.pack_text(cut["text"]), record=packing.pack_record(cut), hints=hints))
    connection.execute(delete(originals).where(originals.c.article == number))
    outlet = make_outlet(connection, cut["article"]["publisher"])
    values = {"text_hash": new_hash, "url": finder.mask(row.url) if row.url else None, "original": CUT, "outlet": outlet}
    connection.execute(update(articles).where(articles.c.number == number).values(values))
    connection.execute(update(decision_table).where(decision_table.c.text_hash == row.text_hash).values(text_hash=new_hash))
    for decision in decisions.decisions_on(connection, id, new_hash):
        _cut_decision(connection, decision, finder)
    rows = make_rows(decisions.lay_over(cut, decisions.decisions_on(connection, id, new_hash)))
    connection.execute(update(articles).where(articles.c.number == number).values(kinds=rows.kinds))
    put_rows(connection, [(number, rows)])


def make_outlet(connection: Connection, name: str | None) -> int | None:
    from .index import number_outlet

    return number_outlet(connection, plain(name)) if name else None


def _cut_decisions(connection: Connection, finder: Finder) -> None:
    for row in connection.execute(select(decision_table)).all():
        _cut_decision(connection, row._asdict(), finder)


def _cut_decision(connection: Connection, decision: Mapping[str, Any], finder: Finder) -> None:
    """A decision without the words: in its reason, and in names that somebody typed. Keys are hashes' kin and stay."""
    why, value = decision["why"], decisions.read_value(decision)
    cut = {"why": finder.mask(why) if why else why, "value": decision["value"] if value is None else json.dumps(mask_json(value, finder), ensure_ascii=False, sort_keys=True)}
    if cut != {"why": why, "value": decision["value"]}:
        connection.execute(update(decision_table).where(decision_table.c.number == decision["number"]).values(cut))


# --- without a trace --------------------------------------------------------------------------------------------


def forget_unused(connection: Connection) -> None:
    """Names, outlets and makers that no article has any more: a name that nobody bears is still a name."""
    for table, column in ((names, entities.c.name), (outlets, articles.c.outlet), (makers, articles.c.maker)):
        used = select(column).where(column.is_not(None)).scalar_subquery()
        connection.execute(delete(table).where(table.c.number.not_in(used)))


def purge(archive: Archive) -> None:
    """Writes the files anew, so that what was deleted is not in them: the index of words too, which keeps what was taken out
    until its parts are put together, and the journal beside a SQLite file."""
    if archive.kind == "sqlite":
        archive.write(lambda connection: [connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('optimize')") for table in words.TABLES])
        archive.engine.dispose()
        try:
            with closing(sqlite3.connect(archive.place, timeout=60, isolation_level=None)) as connection:
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("VACUUM")
                held = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error as error:
            raise translate(archive.place, error) from error
        if held:
            raise ArchiveBusy(
                f"{archive.place} is being read by another program, so that its journal still holds what was removed from the "
                "tables; close that program, then run `telusur remove again`"
            )
        return
    with archive.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection_:
        for table in _tables_with_words():
            connection_.execute(text(f"VACUUM FULL {table}"))


def _tables_with_words() -> Iterator[str]:
    kept: tuple[Table, ...] = (articles, readings, originals, names, outlets, decision_table)
    yield from (table.name for table in (*kept, *DERIVED_OF_ARTICLE))
    yield from ("actors", "bearers", "folder_acts", *words.TABLES)


def obey(archive: Archive) -> int:
    """Does what all tombstones say, to an archive into which things came by another way: gives how many articles went or
    were cut."""

    def act(connection: Connection) -> int:
        gone = Gone(connection)
        removed = refused(connection, connection.execute(select(articles.c.id)).scalars().all())
        rows = connection.execute(select(articles.c.id, articles.c.number, articles.c.text_hash)).all()
        doomed = [row.number for row in rows if row.id in removed or gone.refuses(bytes(row.text_hash))]
        for number in doomed:
            take_out_article(archive, connection, number)
        return len(doomed)

    count = archive.write(act)
    count += cut_all(archive)
    archive.write(forget_unused)
    purge(archive)
    return count


def rows(archive: Archive) -> list[dict[str, Any]]:
    """The tombstones as they stand."""
    with archive.reading() as connection:
        return [row._asdict() for row in connection.execute(select(tombstones).order_by(tombstones.c.number))]


def carry(archive: Archive, stones: Sequence[Mapping[str, Any]]) -> None:
    """Sets tombstones of elsewhere beside those that stand, and does what they say: for a backup that is older than they."""

    def act(connection: Connection) -> int:
        known = set(connection.execute(select(tombstones.c.id)).scalars())
        new = [stone for stone in stones if stone["id"] not in known]
        first = next_number(connection, tombstones)
        if new:
            connection.execute(insert(tombstones), [{**stone, "number": first + n} for n, stone in enumerate(new)])
        return len(new)

    if archive.write(act):
        obey(archive)


def listed(connection: Connection) -> list[Mapping[str, Any]]:
    """The tombstones, the latest first, without what they keep out."""
    wanted = select(tombstones.c.id, tombstones.c.at, tombstones.c.who, tombstones.c.why, tombstones.c.kind)
    return [row._asdict() for row in connection.execute(wanted.order_by(tombstones.c.number.desc()))]
