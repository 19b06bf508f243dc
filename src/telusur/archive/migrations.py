"""The schema's versions: an older archive is brought up step by step, a newer one is refused in words.

A step is a function from one version to the next, over a connection inside one transaction: either the archive has
moved on, or it is as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import (
    Connection,
    MetaData,
    Table,
    bindparam,
    insert,
    inspect,
    literal_column,
    select,
    text,
    update,
)

from .. import __version__
from ..analyse.stems import VERSION as STEMS
from ..errors import ArchiveDamaged, NewerArchive, NoArchive
from . import packing, words
from .columns import metadata
from .engine import APPLICATION_ID, Archive, exists, set_journal
from .joining import seat_of
from .parts import SPEAKS, certainty_bit, part_of, type_bit
from .schema import (
    REJECTED,
    VERSION,
    actors,
    articles,
    bearers,
    claims,
    dictionaries,
    doubts,
    entities,
    links,
    meta,
    names,
    offices,
    participants,
    sayings,
    ties,
)

Step = Callable[[Connection], None]

_AT_ONCE = 1000


def _tell_actors(connection: Connection) -> None:
    """Version 2: who is one across articles, offices, and the queue of reviews. The rows are made by a reindex: until
    then the archive says that its words are of another stemmer, and none can be taken out."""
    actors.drop(connection)
    metadata.create_all(connection, tables=[actors, bearers, doubts, offices, ties])
    connection.execute(update(entities).values(actor=None, because=None))
    write_meta(connection, "stems", "none")


def _code_words(connection: Connection) -> None:
    """Version 3: words of claims as numbers, seats of actors, and whatever tables and indexes this program knows and the
    archive lacks. New tables that are derived are empty until a reindex fills them."""
    for table in (actors, claims, participants, links, sayings, entities):
        _make_over(connection, table)
    connection.execute(text("ALTER TABLE articles ADD COLUMN kinds BIGINT NOT NULL DEFAULT 0"))
    _tell_parts(connection)
    metadata.create_all(connection)
    for table in metadata.sorted_tables:
        for index in table.indexes:
            index.create(connection, checkfirst=True)


def _make_over(connection: Connection, table: Table) -> None:
    """Puts the rows of a table that was laid out otherwise into one of today's columns."""
    inspector = inspect(connection)
    had = [column["name"] for column in inspector.get_columns(table.name)]
    for index in inspector.get_indexes(table.name):
        if not index["unique"]:
            connection.execute(text(f'DROP INDEX "{index["name"]}"'))
    new = table.to_metadata(MetaData(), name=f"new_{table.name}")
    new.indexes.clear()
    new.create(connection)
    columns = [column.name for column in table.c if column.name in had]
    old = select(*(literal_column(f'"{name}"') for name in columns)).select_from(text(table.name))
    rows = connection.execute(old.execution_options(yield_per=_AT_ONCE))
    for some in rows.partitions(_AT_ONCE):
        values = [dict(zip(columns, row, strict=True)) for row in some]
        if table is actors:
            values = [{**row, "seat": seat_of(row["role"])} for row in values]
        connection.execute(insert(new), values)
    table.drop(connection)
    connection.execute(text(f"ALTER TABLE new_{table.name} RENAME TO {table.name}"))


def _tell_parts(connection: Connection) -> None:
    """Writes what each article holds and what its entities do, from the rows that stand."""
    numbers = connection.execute(select(articles.c.number).order_by(articles.c.number)).scalars().all()
    for start in range(0, len(numbers), _AT_ONCE):
        inside = (numbers[start], numbers[min(start + _AT_ONCE, len(numbers)) - 1])
        kinds: dict[int, int] = {}
        doing: dict[tuple[int, int], int] = {}
        told = select(claims.c.article, claims.c.type, claims.c.certainty).where(claims.c.article.between(*inside), claims.c.review != REJECTED)
        for number, type_, certainty in connection.execute(told):
            kinds[number] = kinds.get(number, 0) | type_bit(type_) | certainty_bit(certainty)
        same = (participants.c.article == claims.c.article) & (participants.c.claim == claims.c.claim)
        known = (entities.c.article == participants.c.article) & (entities.c.entity == participants.c.entity)
        who = (
            select(participants.c.article, participants.c.entity, participants.c.role, claims.c.type, names.c.type)
            .join(claims, same)
            .join(entities, known)
            .join(names, names.c.number == entities.c.name)
            .where(participants.c.article.between(*inside), claims.c.review != REJECTED)
        )
        for number, entity, role, claim_type, entity_type in connection.execute(who):
            doing[number, entity] = doing.get((number, entity), 0) | part_of(role, claim_type, entity_type)
        spoken = select(sayings.c.article, sayings.c.speaker).where(sayings.c.article.between(*inside), sayings.c.review != REJECTED)
        for number, entity in connection.execute(spoken.where(sayings.c.speaker.is_not(None))):
            doing[number, entity] = doing.get((number, entity), 0) | SPEAKS
        _write_parts(connection, kinds, doing)


def _write_parts(connection: Connection, kinds: Mapping[int, int], doing: Mapping[tuple[int, int], int]) -> None:
    if kinds:
        of_article = update(articles).where(articles.c.number == bindparam("of")).values(kinds=bindparam("to"))
        connection.execute(of_article, [{"of": number, "to": value} for number, value in kinds.items()])
    if doing:
        mine = (entities.c.article == bindparam("of")) & (entities.c.entity == bindparam("n"))
        does = update(entities).where(mine).values(part=bindparam("to"))
        connection.execute(does, [{"of": number, "n": entity, "to": part} for (number, entity), part in doing.items()])


STEPS: Sequence[Step] = (_tell_actors, _code_words)
"""``STEPS[n - 1]`` brings an archive of version ``n`` to version ``n + 1``."""


def bring_up(archive: Archive, create: bool) -> dict[int, bytes]:
    """Makes the tables where there are none, or brings older ones up to this program's; gives the dictionaries."""
    with archive.reading() as connection:
        found = version_of(connection)
        if found is None and not (create and _is_empty(connection)):
            raise NoArchive(f"{archive.place} holds no archive of telusur; nothing was changed; give another with --archive")
        if found is not None:
            refuse_newer(archive.place, found)
    if found is None and archive.kind == "sqlite":
        set_journal(archive)
    if found != VERSION:
        archive.write(lambda connection: _bring_up(connection, archive.place))
    with archive.reading() as connection:
        known = read_dictionaries(connection)
    if any(known.get(number) != data for number, data in packing.shipped().items()):
        known = archive.write(_add_dictionaries)
    return known


def read_dictionaries(connection: Connection) -> dict[int, bytes]:
    rows = connection.execute(select(dictionaries.c.number, dictionaries.c.data))
    return {number: bytes(data) for number, data in rows}


def _add_dictionaries(connection: Connection) -> dict[int, bytes]:
    """Those that this program packs with and the archive does not hold yet.

    Raises:
        ArchiveDamaged: it holds another one under the same number: what either packs the other could not unpack.
    """
    known = read_dictionaries(connection)
    for number, data in packing.shipped().items():
        if number not in known:
            connection.execute(insert(dictionaries).values(number=number, data=data))
        elif known[number] != data:
            raise ArchiveDamaged(f"the archive's dictionary {number} is not the one of this program; nothing was changed; install telusur anew")
    return known | packing.shipped()


def version_of(connection: Connection) -> int | None:
    """The schema's version of an archive; None where there is none."""
    if not exists(connection, "meta"):
        return None
    value = read_meta(connection, "schema")
    return int(value) if value and value.isdigit() else None


def refuse_newer(place: str, found: int) -> None:
    """Raises: NewerArchive: the archive is of a later version than this program knows."""
    if found > VERSION:
        raise NewerArchive(
            f"{place} was made by a newer telusur (its schema is {found}, this program knows {VERSION}); "
            "nothing was read or changed; install a newer telusur"
        )


def migrate(connection: Connection, found: int, steps: Sequence[Step] = STEPS) -> None:
    """Takes the steps from version ``found`` on, and writes the version that they lead to."""
    for step in steps[found - 1 :]:
        step(connection)
    write_meta(connection, "schema", str(1 + len(steps)))


def read_meta(connection: Connection, key: str) -> str | None:
    value: str | None = connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
    return value


def write_meta(connection: Connection, key: str, value: str) -> None:
    if connection.execute(update(meta).where(meta.c.key == key).values(value=value)).rowcount == 0:
        connection.execute(insert(meta).values(key=key, value=value))


def _bring_up(connection: Connection, place: str) -> None:
    """Under the lock, so that of two programs that find no archive only one makes it."""
    found = version_of(connection)
    if found is None:
        _make(connection)
    else:
        refuse_newer(place, found)
        migrate(connection, found)


def _make(connection: Connection) -> None:
    metadata.create_all(connection)
    words.create(connection)
    connection.execute(insert(dictionaries), [{"number": n, "data": data} for n, data in packing.shipped().items()])
    for key, value in (("schema", str(VERSION)), ("made-by", f"telusur {__version__}"), ("stems", STEMS)):
        write_meta(connection, key, value)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _is_empty(connection: Connection) -> bool:
    """Whether nothing of anybody's stands there: only then is an archive made."""
    if connection.dialect.name == "sqlite":
        return connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0
    tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'articles'"
    return connection.execute(text(tables)).scalar() == 0
