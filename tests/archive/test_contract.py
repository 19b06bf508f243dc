"""What an archive promises, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select, text, update

from archive.records import NOW, PAGE, NewPlace, entry, keep_records, kept, lines, page, record, ship
from telusur.analyse.stems import stems
from telusur.archive import Archive, migrations, open_archive, packing, words
from telusur.archive.check import check
from telusur.archive.columns import metadata
from telusur.archive.copy import copy, fingerprint
from telusur.archive.decisions import Wish
from telusur.archive.keep import find_number, free_number, keep, load_record, machine_record
from telusur.archive.places import day_of_number, first_number, inner_number, iso_day, number_base
from telusur.archive.prepare import Refused
from telusur.archive.renew import reindex, renew_reading, reprocess
from telusur.archive.review import decide
from telusur.archive.schema import (
    VERSION,
    actors,
    articles,
    claims,
    decisions,
    entities,
    meta,
    names,
    originals,
    readings,
    sayings,
    tombstones,
)
from telusur.archive.words import count as count_words
from telusur.errors import ArchiveDamaged, BadRequest, NewerArchive, NoArchive


def count(archive: Archive, table: Any) -> int:
    with archive.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def numbers(archive: Archive) -> list[int]:
    with archive.reading() as connection:
        return list(connection.execute(select(articles.c.number).order_by(articles.c.number.desc())).scalars())


def found(archive: Archive, word: str, table: str = "article_words") -> list[int]:
    """Numbers of the rows that hold a word, in any form of its stem."""
    return holding(archive, " ".join(stems(word)), table)


def holding(archive: Archive, stem: str, table: str = "article_words") -> list[int]:
    """Numbers of the rows that hold a stem."""
    sqlite = archive.kind == "sqlite"
    matches = f"{table} MATCH :w" if sqlite else "words @@ CAST(:w AS tsquery)"
    asked = f'"{stem}"' if sqlite else f"'{stem}'"
    key = "rowid" if sqlite else "number"
    with archive.reading() as connection:
        rows = connection.execute(text(f"SELECT {key} FROM {table} WHERE {matches} ORDER BY 1"), {"w": asked})
        return [row[0] for row in rows]


# --- keeping ----------------------------------------------------------------------------------------------------


def test_what_was_kept_comes_back_as_it_was(archive: Archive) -> None:
    told = [record(n) for n in range(3)]
    ids = keep_records(archive, told)
    with archive.reading() as connection:
        for id, one in zip(ids, told, strict=True):
            number = find_number(connection, id)
            assert number is not None
            assert load_record(archive, connection, number) == machine_record(archive, connection, number) == one
            assert list(load_record(archive, connection, number)) == list(one), "also in the order of its keys"
    assert list(check(archive)) == []


def test_the_same_article_twice_is_there_once(archive: Archive) -> None:
    """In one step, in two, and from another machine that read it in other seconds."""
    one = entry(record(1))
    assert archive.write(lambda c: keep(c, [one, one], NOW)) == ["new", "there"]
    before = fingerprint(archive)
    again = entry({**record(1), "analysis": {**record(1)["analysis"], "seconds": 9.0}})
    assert archive.write(lambda c: keep(c, [again], "2027-01-01T00:00:00Z")) == ["there"]
    assert fingerprint(archive) == before
    assert count(archive, articles) == count_rows(archive, "article_words") == 1


def count_rows(archive: Archive, table: Any) -> int:
    with archive.reading() as connection:
        return count_words(connection, table)


def test_a_copy_at_another_address_is_another_article_with_the_same_text(archive: Archive) -> None:
    here, there = record(1), record(1)
    there["source"]["url"] = "https://salinan.example/1"
    keep_records(archive, [here, there])
    with archive.reading() as connection:
        hashes = list(connection.execute(select(articles.c.text_hash)).scalars())
    assert len(hashes) == 2
    assert len(set(hashes)) == 1


@pytest.mark.parametrize(
    ("text_", "kept_as"),
    [
        (PAGE, "text"),  # the bytes are the text: nothing is kept twice
        (PAGE.replace("\n", "\r\n"), "bytes"),  # line ends were changed on the way
        ("\ufeff" + PAGE, "bytes"),  # a byte-order mark was dropped
        (f"<html><body><h1>{PAGE.splitlines()[0]}</h1><p>{PAGE.splitlines()[2]}</p><p>{PAGE.splitlines()[4]}</p></body></html>", "bytes"),
    ],
)
def test_original_bytes_come_back(text_: str, kept_as: str, archive: Archive) -> None:
    made = page(text_, "https://kabar.example/1", published="2024-05-07")
    archive.write(lambda c: keep(c, [made], NOW))
    assert made.original == kept_as
    assert list(check(archive)) == []
    with archive.reading() as connection:
        from telusur.archive.renew import _stored

        stored = _stored(archive, connection, made.id)
    assert stored is not None
    assert stored.data == text_.encode()
    assert stored.hints["published"] == "2024-05-07"


def test_numbers_rise_with_the_date_and_then_with_arrival(archive: Archive) -> None:
    days = ["2024-05-07", None, "2024-05-07T10:00+07:00", "2024-05-07", "2023-01-01", "2024-05-07T09:59+07:00", None]
    ids = keep_records(archive, [record(n, published=day) for n, day in enumerate(days)])
    with archive.reading() as connection:
        in_order = list(connection.execute(select(articles.c.id).order_by(articles.c.number)).scalars())
    assert [ids.index(id) for id in in_order] == [1, 6, 4, 0, 3, 5, 2]
    assert [day_of_number(n) and iso_day(day_of_number(n) or 0) for n in numbers(archive)] == ["2024-05-07"] * 4 + ["2023-01-01", None, None]


def test_a_full_minute_runs_over_into_the_next_free_place_of_the_day(archive: Archive) -> None:
    kept(archive, [0])
    base = number_base("2020-01-01")

    def fill(connection: Connection) -> tuple[int, int]:
        connection.execute(update(articles).values(number=base + (1 << 13) - 1))
        after_full = free_number(connection, "2020-01-01")
        other = free_number(connection, "2020-01-01T00:01+07:00")
        return after_full, other

    after_full, other = archive.write(fill)
    assert after_full == other == base + (1 << 13)
    assert day_of_number(after_full) == day_of_number(base)
    assert first_number(day_of_number(base) or 0) == base


@pytest.mark.parametrize("value", ["'; DROP TABLE articles; --", 'a"b', "nol\0di tengah", "separuh \ud800 huruf", "%_\\", "🦀" * 50, "x" * 20_000])
def test_no_string_is_too_odd_to_be_kept(value: str, archive: Archive) -> None:
    told = record(1, publisher=value, wires=[value], topics=[value, value], section=value)
    told["entities"][0]["name"] = value
    told["analysis"]["model"] = value
    (id,) = keep_records(archive, [told])
    with archive.reading() as connection:
        assert load_record(archive, connection, find_number(connection, id) or 0)["article"]["publisher"] == value
    assert list(check(archive)) == []


def test_a_text_of_any_characters_comes_back(archive: Archive) -> None:
    """NUL, separators, and words that a database's own parser would take apart."""
    told = record(1)
    odd = "a\0b \u2028 3,5-7.000 http://kabar.example/?q=1 O'Neil ¶ \\'x' 🦀é"
    told["text"] = told["text"].replace("Menu utama", odd)
    shift = len(odd) - len("Menu utama")
    moved = shifted(told, shift)
    (id,) = keep_records(archive, [moved])
    with archive.reading() as connection:
        assert load_record(archive, connection, find_number(connection, id) or 0)["text"] == moved["text"]
    assert list(check(archive)) == []


def shifted(value: Any, by: int) -> Any:
    """All places moved on, the first block's start left where it is."""
    if isinstance(value, dict):
        return {k: v + by if k in ("start", "end") and not (k == "start" and v == 0) else shifted(v, by) for k, v in value.items()}
    return [shifted(v, by) for v in value] if isinstance(value, list) else value


def test_words_of_the_article_and_of_the_sayings_are_found(archive: Archive) -> None:
    kept(archive, range(4))
    assert len(found(archive, "nelayan")) == 4
    assert len(found(archive, ship(2).lower())) == 1
    assert found(archive, "menu") == [], "the site's own lines are not the article's"
    said = found(archive, "juragannya", "said_words")
    assert sorted(said) == sorted(inner_number(n, 0) for n in numbers(archive))


@pytest.mark.parametrize(
    "told",
    ["O'Neil 'x':1 & | ! <-> ( ) :* \\ \0 \u2028", "3,5-7.000 http://kabar.example/?q=1", 'AND OR NOT NEAR("a" b) words: ^x', "½ ﷺ ǅ é İ ß 🦀 漢字", "a" * 500, "¶ ¶"],
)
def test_no_text_is_too_odd_to_be_indexed(told: str, archive: Archive) -> None:
    """Each word is found, and nothing is left of it when it is taken out."""
    line = " ".join(stems(told))
    archive.write(lambda c: words.put(c, "article_words", [(5, line), (6, "lain")]))
    for stem in line.split():
        assert holding(archive, stem) == [5], stem
    archive.write(lambda c: words.take_out(c, "article_words", [(5, line)]))
    assert count_rows(archive, "article_words") == 1
    for stem in line.split():
        assert holding(archive, stem) == [], stem


def test_an_act_is_done_whole_or_not_at_all(archive: Archive) -> None:
    one = entry(record(1))

    def act(connection: Connection) -> None:
        keep(connection, [one], NOW)
        raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError):
        archive.write(act)
    for table in metadata.sorted_tables:
        assert count(archive, table) == 0 or table.name in ("meta", "dictionaries"), table.name
    assert count_rows(archive, "article_words") == 0


def test_a_removed_article_does_not_come_back(archive: Archive) -> None:
    one = entry(record(1))
    archive.write(
        lambda c: c.execute(insert(tombstones).values(number=1, id="t", at=NOW, who="redaksi", kind="article", target=one.id))
    )
    assert archive.write(lambda c: keep(c, [one], NOW)) == ["removed"]
    assert count(archive, articles) == 0


# --- at once ----------------------------------------------------------------------------------------------------


def test_two_writers_and_five_readers_at_once(archive: Archive, place: str) -> None:
    """No error, no lost write, and every reader sees whole articles only."""
    halves = [[entry(record(n)) for n in range(first, 24, 2)] for first in (0, 1)]
    shared = [entry(record(n)) for n in range(24, 30)]
    problems: list[BaseException | str] = []
    done = threading.Event()

    def write(entries: list[Any]) -> None:
        try:
            with open_archive(place) as mine:
                for one in entries:
                    mine.write(lambda c: keep(c, [one], NOW))  # noqa: B023
        except BaseException as error:
            problems.append(error)

    def read() -> None:
        try:
            with open_archive(place) as mine:
                while not done.is_set():
                    with mine.reading() as c:
                        told = [c.execute(select(func.count()).select_from(t)).scalar_one() for t in (articles, readings)]
                        told.append(count_words(c, "article_words"))
                        told.append(c.execute(select(func.count()).select_from(claims)).scalar_one() // 7)
                    if len(set(told)) != 1:
                        problems.append(f"a reader saw {told}")
        except BaseException as error:
            problems.append(error)

    readers = [threading.Thread(target=read) for _ in range(5)]
    writers = [threading.Thread(target=write, args=([*half, *shared],)) for half in halves]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert problems == []
    assert count(archive, articles) == 30
    assert list(check(archive)) == []


def test_readers_see_one_state_while_others_write(archive: Archive) -> None:
    kept(archive, range(3))
    with archive.reading() as connection:
        before = connection.execute(select(func.count()).select_from(articles)).scalar_one()
        kept(archive, range(3, 6))
        assert connection.execute(select(func.count()).select_from(articles)).scalar_one() == before == 3
    assert count(archive, articles) == 6


# --- versions ---------------------------------------------------------------------------------------------------


def test_a_newer_archive_is_refused_in_words(archive: Archive, place: str) -> None:
    archive.write(lambda c: migrations.write_meta(c, "schema", str(VERSION + 1)))
    with pytest.raises(NewerArchive, match=f"newer telusur.*{VERSION + 1}.*install"):
        open_archive(place)
    with archive.reading() as connection:
        assert migrations.version_of(connection) == VERSION + 1, "and left as it was"


def test_an_older_archive_is_brought_up_step_by_step_or_left_as_it_was(archive: Archive) -> None:
    steps: list[Callable[[Connection], None]] = [
        lambda c: c.execute(text("CREATE TABLE step_one (a INTEGER)")),  # type: ignore[list-item,return-value]
        lambda c: c.execute(text("ALTER TABLE step_one ADD COLUMN b INTEGER")),  # type: ignore[list-item,return-value]
    ]
    archive.write(lambda c: migrations.migrate(c, 1, steps))
    with archive.reading() as connection:
        assert migrations.version_of(connection) == 3
        assert connection.execute(text("SELECT a, b FROM step_one")).all() == []

    def broken(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE step_three (a INTEGER)"))
        raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError):
        archive.write(lambda c: migrations.migrate(c, 3, [*steps, broken]))
    with archive.reading() as connection:
        assert migrations.version_of(connection) == 3
        assert not migrations.exists(connection, "step_three")


def test_there_must_be_an_archive_unless_one_is_to_be_made(place: str) -> None:
    with pytest.raises(NoArchive):
        open_archive(place)
    open_archive(place, create=True).close()
    open_archive(place).close()
    with open_archive(place, create=True) as again:
        assert count(again, meta) == 4


# --- made again -------------------------------------------------------------------------------------------------


def test_another_reading_takes_the_place_of_the_old_one(archive: Archive) -> None:
    """Its rows, words and number follow; bytes and decisions stay, and so does who is one with whom by a person's decision."""
    ids = kept(archive, range(3))
    with archive.reading() as connection:
        old = find_number(connection, ids[1])
        faces = {row.name: row.id for row in connection.execute(select(actors))}
    decide(archive, Wish("merge", "redaksi", "satu orang", item=faces["Jumadi"], value=[faces["Rukmini Saraswati"]]))
    archive.write(
        lambda c: c.execute(insert(decisions).values(number=2, id="d", at=NOW, who="redaksi", action="accept", article=ids[1], item="c1-2"))
    )
    newer = record(1, published="2019-06-01T08:00+07:00")
    newer["analysis"]["version"] = "9"
    newer["attributions"].pop()
    newer["claims"].pop()
    made = dataclasses.replace(entry(newer), id=ids[1])
    archive.write(lambda c: renew_reading(archive, c, made))
    with archive.reading() as connection:
        moved = find_number(connection, ids[1])
        assert moved is not None
        assert moved == number_base("2019-06-01T08:00+07:00") != old
        assert load_record(archive, connection, moved) == newer
        shown = select(names.c.name, actors.c.whole).where(entities.c.article == moved, entities.c.name == names.c.number, entities.c.actor == actors.c.number)
        wholes = dict(connection.execute(shown).tuples().all())
        assert wholes["Jumadi"] == wholes["Rukmini Saraswati"] != wholes["Cakra"]
        for table in (claims, sayings, entities, readings):
            assert connection.execute(select(func.count()).where(table.c.article == old)).scalar_one() == 0
    assert count(archive, decisions) == 2
    assert inner_number(moved, 0) in found(archive, "juragannya", "said_words")
    assert len(found(archive, "mengaku")) == 3
    assert len(found(archive, "mendengar", "said_words")) == 2
    assert list(check(archive)) == []


def test_reprocess_reads_what_another_maker_made(archive: Archive) -> None:
    """From the bytes where they are kept, else from the text in its blocks; what is new stays, and a second run does nothing."""
    pages = [page(PAGE, f"https://kabar.example/{n}", published="2024-05-07") for n in range(2)]
    archive.write(lambda c: keep(c, pages, NOW))
    maker = pages[0].maker
    (foreign,) = kept(archive, [1])
    archive.write(lambda c: c.execute(update(readings).where(readings.c.article == find_number(c, pages[0].id)).values(record=pages[0].record)))
    assert reprocess(archive, maker) == 1
    with archive.reading() as connection:
        renewed = load_record(archive, connection, find_number(connection, foreign) or 0)
        assert renewed["text"] == record(1)["text"]
        assert renewed["blocks"] == record(1)["blocks"]
        assert renewed["analysis"]["model"] == maker[2]
    assert reprocess(archive, maker) == 0
    before = fingerprint(archive)
    assert reprocess(archive, None) == 3
    assert fingerprint(archive) == before
    assert list(check(archive)) == []


def test_what_cannot_be_read_again_stays_as_it_was(archive: Archive) -> None:
    """Here the bytes that are kept are no article."""
    kept(archive, [1, 2])
    spoiled = numbers(archive)[0]
    data = packing.pack(b"%PDF-1.4")

    def spoil(connection: Connection) -> None:
        connection.execute(insert(originals).values(article=spoiled, sha256="0" * 64, size=8, data=data))
        connection.execute(update(articles).where(articles.c.number == spoiled).values(original="bytes"))

    archive.write(spoil)
    with archive.reading() as connection:
        before = load_record(archive, connection, spoiled)
    refusals: list[Refused] = []
    assert reprocess(archive, None, refused=refusals.append) == 1
    assert len(refusals) == 1
    with archive.reading() as connection:
        assert load_record(archive, connection, spoiled) == before


def test_a_reindex_changes_nothing_that_is_whole_and_mends_what_is_not(archive: Archive) -> None:
    kept(archive, range(4))
    archive.write(lambda c: c.execute(claims.delete()))
    archive.write(lambda c: migrations.write_meta(c, "stems", "older"))
    assert len(list(check(archive))) == 4
    assert reindex(archive) == 4
    assert list(check(archive)) == []
    assert len(found(archive, "nelayan")) == 4
    with archive.reading() as connection:
        assert migrations.read_meta(connection, "stems") != "older"


def test_a_reindex_that_is_stopped_goes_on_and_ends_as_an_undisturbed_one(archive: Archive, new_place: NewPlace) -> None:
    """In between it answers from what is done, takes new articles, and decides nothing."""
    ids = kept(archive, range(150))
    assert reindex(archive, most=1) == 64
    assert len(found(archive, "nelayan")) == 64
    with pytest.raises(ArchiveDamaged, match=r"reindex .* goes on"):
        decide(archive, Wish("accept", "Sari", article=ids[0], item=record(0)["claims"][0]["id"]))
    kept(archive, [150, 151])
    assert reindex(archive, most=1) == 64
    assert reindex(archive) in (22, 23, 24), "and those of the new ones that are older than what was done"
    assert list(check(archive)) == []
    assert len(found(archive, "nelayan")) == 152
    with open_archive(new_place(), create=True) as other:
        kept(other, range(152))
        assert actors_of(other) == actors_of(archive)
    decide(archive, Wish("accept", "Sari", article=ids[0], item=record(0)["claims"][0]["id"]))
    assert list(check(archive)) == []


def actors_of(archive: Archive) -> set[tuple[str, str, str]]:
    """Faces, whose part each is, and why."""
    whole = actors.alias("whole")
    with archive.reading() as connection:
        rows = connection.execute(select(actors.c.id, whole.c.id.label("of"), actors.c.because).join(whole, whole.c.number == actors.c.whole))
        return {(row.id, row.of, row.because) for row in rows}


# --- check ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("UPDATE articles SET published = '2001-01-01'", "its number says"),
        ("UPDATE articles SET id = 'ffff'", "its id is not the hash"),
        ("UPDATE articles SET outlet = 99", "point at no outlets"),
        ("DELETE FROM readings", "point at no readings"),
        ("DELETE FROM names", "point at no names"),
        ("UPDATE entities SET actor = 99", "point at no actors"),
        ("UPDATE entities SET actor = 3 WHERE actor = 1", "its actors are not"),
        ("UPDATE actors SET whole = 99 WHERE number = 1", "actors.whole point at no actors"),
        ("DELETE FROM actors", "bearers.actor point at no actors"),
        ("DELETE FROM offices", "its rows in offices"),
        ("DELETE FROM doubts", "its rows in doubts"),
        ("DELETE FROM claims WHERE claim = 2", "its rows in claims"),
        ("UPDATE sayings SET start = start + 1", "its rows in sayings"),
        ("DELETE FROM tags", "its rows in tags"),
        ("UPDATE names SET name = 'Orang Lain' WHERE name = 'Jumadi'", "its names are not"),
        ("UPDATE readings SET text = record", "its text is not the one"),
        ("UPDATE readings SET record = text", "cannot be unpacked"),
        ("UPDATE articles SET original = 'bytes'", "its original bytes are not there"),
    ],
)
def test_check_finds_what_is_wrong(damage: str, finding: str, archive: Archive) -> None:
    kept(archive, [1])
    assert list(check(archive)) == []
    archive.write(lambda c: c.execute(text(damage)))
    assert any(finding in one for one in check(archive)), list(check(archive))


def test_check_finds_another_text_and_other_bytes(archive: Archive) -> None:
    made = page(PAGE.replace("\n", "\r\n"))
    archive.write(lambda c: keep(c, [made], NOW))
    archive.write(lambda c: c.execute(update(originals).values(sha256="0" * 64)))
    archive.write(lambda c: c.execute(update(articles).values(text_hash=b"0" * 16)))
    told = "\n".join(check(archive))
    assert "its original bytes are not those" in told
    assert "its text is not the one" in told


# --- copies -----------------------------------------------------------------------------------------------------


def test_a_copy_holds_the_same(archive: Archive, new_place: NewPlace) -> None:
    kept(archive, range(5))
    with open_archive(new_place(), create=True) as other:
        assert copy(archive, other) == 5
        assert fingerprint(other) == fingerprint(archive)
        assert list(check(other)) == []
        assert numbers(other) == numbers(archive)
        with pytest.raises(BadRequest, match="holds 5 articles already"):
            copy(archive, other)
        assert copy(archive, other, replace=True) == 5
        assert found(other, "nelayan") == found(archive, "nelayan")
        kept(other, [9])
        assert count(other, names) >= count(archive, names)


def test_lines_are_records() -> None:
    assert lines([1]).count(b"\n") == 1
