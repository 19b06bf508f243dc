"""Archives of earlier versions: made here by taking away what they did not have, then opened, brought up, and asked."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Column, Connection, MetaData, Table, Text, func, insert, select, text

from archive.records import kept, record
from telusur.answers import ask
from telusur.archive import Archive, migrations, open_archive
from telusur.archive.check import check
from telusur.archive.columns import CLAIM_WORDS, Coded, metadata
from telusur.archive.renew import reindex
from telusur.archive.schema import VERSION, actors, articles, claims, entities, links, participants, sayings
from telusur.model.claim import CERTAINTIES, CHAIN_ROLES, CLAIM_TYPES, PARTICIPANT_ROLES, POLARITIES, TENSES
from telusur.model.layers import STYLES

TABLES_OF_2 = frozenset(
    ["meta", "dictionaries", "articles", "readings", "originals", "decisions", "tombstones", "outlets", "makers", "tags", "names", "entities", "actors", "bearers", "ties", "offices", "doubts", "sayings", "links", "claims", "participants"]
)
NEW_IN_3 = ("seat", "part", "kinds")
TABLES_OF_1 = TABLES_OF_2 - {"bearers", "ties", "offices", "doubts"}


def _in_words(connection: Connection, table: Table) -> None:
    """The table as version 2 had it: words where numbers stand now, and without what came with version 3."""
    had = table.to_metadata(MetaData(), name=f"old_{table.name}")
    had.indexes.clear()
    words = Table(had.name, MetaData(), *(_as_text(column) for column in had.columns if column.name not in NEW_IN_3))
    words.create(connection)
    rows = connection.execute(select(*(column for column in table.c if column.name not in NEW_IN_3))).mappings().all()
    if rows:
        connection.execute(insert(words), [dict(row) for row in rows])
    table.drop(connection)
    connection.execute(text(f"ALTER TABLE {had.name} RENAME TO {table.name}"))


def _as_text(column: Column[Any]) -> Column[Any]:
    kind = Text() if isinstance(column.type, Coded) else column.type
    return Column(column.name, kind, primary_key=column.primary_key, nullable=column.nullable, unique=column.unique)


def _as_it_was(connection: Connection, version: int, had: frozenset[str]) -> None:
    for table in reversed(metadata.sorted_tables):
        if table.name not in had:
            table.drop(connection)
    for table in (actors, claims, participants, links, sayings, entities):
        if table.name in had:
            _in_words(connection, table)
    connection.execute(text("DROP INDEX articles_by_kinds"))
    connection.execute(text("ALTER TABLE articles DROP COLUMN kinds"))
    connection.execute(text("CREATE INDEX claims_by_type ON claims (type, article, claim)"))
    connection.execute(text("CREATE INDEX entities_by_actor ON entities (actor, article)"))
    if version == 1:
        connection.execute(text("DROP TABLE actors"))
        connection.execute(text("CREATE TABLE actors (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, name TEXT NOT NULL)"))
        connection.execute(text("UPDATE entities SET actor = NULL, because = NULL"))
    migrations.write_meta(connection, "schema", str(version))


@pytest.mark.parametrize(("version", "had"), [(1, TABLES_OF_1), (2, TABLES_OF_2)])
def test_an_archive_of_an_earlier_version_is_brought_up_and_answers(archive: Archive, place: str, version: int, had: frozenset[str]) -> None:
    ids = kept(archive, range(3))
    archive.write(lambda connection: _as_it_was(connection, version, had))
    archive.close()
    with open_archive(place) as raised:
        with raised.reading() as connection:
            assert migrations.version_of(connection) == VERSION
            assert all(migrations.exists(connection, table.name) for table in metadata.sorted_tables)
            assert connection.execute(select(func.count()).select_from(articles)).scalar_one() == 3
        assert {hit.article.id for hit in ask.search(raised, "nelayan").hits} == set(ids), "words are found as before"
        assert reindex(raised) == 3
        assert list(check(raised)) == []
        assert ask.claims_of(raised, "").lines
        assert len(kept(raised, range(2, 5))) == 3, "and it takes new articles"
        assert ask.search(raised, "nelayan").count == 5


def test_bringing_up_keeps_names_and_claims_that_stood(archive: Archive, place: str) -> None:
    """Nothing that version 2 could answer waits for a reindex."""
    kept(archive, range(2))
    before = [line.id for line in ask.claims_of(archive, "").lines]
    speaker = next(e["name"] for e in record()["entities"] if e["type"] == "PER")
    said = [line.id for line in ask.who(archive, speaker).said]
    assert said
    archive.write(lambda connection: _as_it_was(connection, 2, TABLES_OF_2))
    archive.close()
    with open_archive(place) as raised:
        assert [line.id for line in ask.claims_of(raised, "").lines] == before
        assert [line.id for line in ask.who(raised, speaker).said] == said
        assert list(check(raised)) == [], "all that is derived is as a reindex would make it"


def test_every_word_of_the_model_has_a_number_of_its_own() -> None:
    """What is added to the model must be added to the archive's lists, at their end."""
    assert set(CLAIM_WORDS) == set(CLAIM_TYPES)
    assert CLAIM_WORDS[:2] == ("AGREE", "CONSULT")
    assert CLAIM_WORDS[33] == "plans"
    for column, told in (
        (claims.c.certainty, CERTAINTIES), (claims.c.polarity, POLARITIES), (claims.c.tense, TENSES),
        (participants.c.role, PARTICIPANT_ROLES), (links.c.role, CHAIN_ROLES), (sayings.c.style, STYLES),
    ):  # fmt: skip
        assert isinstance(column.type, Coded)
        assert column.type.words == tuple(told)
