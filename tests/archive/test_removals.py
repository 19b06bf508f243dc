"""What is removed is in no table, no index and no file, and does not come back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select, text

from archive.conftest import NewPlace
from archive.records import NOW, entry, keep_records, kept, record
from telusur.archive import Archive, open_archive
from telusur.archive.check import check
from telusur.archive.columns import metadata
from telusur.archive.copy import backup, copy, restore
from telusur.archive.decisions import Wish
from telusur.archive.keep import find_number, keep, load_record
from telusur.archive.masking import Finder, hash_words
from telusur.archive.removals import Removal, listed, obey, remove
from telusur.archive.review import decide
from telusur.archive.schema import tombstones
from telusur.errors import BadRequest
from telusur.export.check import check_record

NAME, PASSAGE = "Rukmini Saraswati", "Juragannya bisa saja kami tahan"


def everything(archive: Archive) -> str:
    """All that can be read out of an archive: every table, every record unpacked, the index of words; of SQLite also the
    raw bytes of the file and its journal."""
    told = []
    with archive.reading() as connection:
        for table in metadata.sorted_tables:
            told += [repr(tuple(row)) for row in connection.execute(select(table))]
        for (number,) in connection.execute(text("SELECT number FROM articles")).all():
            told.append(json.dumps(load_record(archive, connection, number), ensure_ascii=False))
        if archive.kind == "postgresql":
            for table in ("article_words", "said_words"):
                told += [str(row) for row in connection.execute(text(f"SELECT words FROM {table}"))]
    if archive.kind == "sqlite":
        for path in sorted(Path(archive.place).parent.glob(Path(archive.place).name + "*")):
            told.append(path.read_bytes().decode("latin-1"))
    return "\n".join(told).casefold()


def fill(archive: Archive) -> list[str]:
    told = [record(n) for n in range(3)]
    told[0]["source"]["url"] = "https://kabar.example/rukmini-saraswati-menahan"
    told[0]["article"]["topics"] = ["Rukmini Saraswati"]
    ids = keep_records(archive, told)
    decide(archive, Wish("accept", "Sari", "kata Rukmini Saraswati sendiri", ids[1], "c304-309"))
    return ids


def test_a_name_is_gone_without_a_trace(archive: Archive, tmp_path: Path) -> None:
    ids = fill(archive)
    assert "rukmini" in everything(archive), "or the search below proves nothing"
    done = remove(archive, Removal("name", "Roekmini Saraswati", "Sari", "putusan 12/2024"), at=NOW)
    assert done.articles == 3
    assert "rukmini" not in everything(archive)
    assert "saraswati" not in everything(archive)
    assert list(check(archive)) == []
    with archive.reading() as connection:
        told = load_record(archive, connection, find_number(connection, ids[1]) or 0)
    assert check_record(told) == []
    assert next(c for c in told["claims"] if c["trigger"]["text"] == "tahan")["review"] == "accepted", "decisions stay"
    if archive.kind == "sqlite":
        backup(archive, tmp_path / "backup.db")
        assert b"rukmini" not in (tmp_path / "backup.db").read_bytes().lower()


def test_a_name_does_not_come_back(archive: Archive) -> None:
    fill(archive)
    remove(archive, Removal("name", NAME, "Sari"), at=NOW)
    kept(archive, [7])
    assert "rukmini" not in everything(archive)
    assert list(check(archive)) == []


def test_a_passage_is_gone_from_all_copies_and_does_not_come_back(archive: Archive) -> None:
    fill(archive)
    done = remove(archive, Removal("passage", PASSAGE, "Sari"), at=NOW)
    assert done.articles == 3
    kept(archive, [8])
    told = everything(archive)
    assert "juragannya" not in told
    assert "rukmini" in told, "the rest stays"
    assert list(check(archive)) == []


def test_an_article_is_gone_and_stays_out(archive: Archive) -> None:
    ids = fill(archive)
    decide(archive, Wish("accept", "Sari", "unik sekali", ids[2], "c304-309"))
    remove(archive, Removal("article", ids[2], "Sari", "sumber dilindungi"), at=NOW)
    assert archive.write(lambda c: keep(c, [entry(record(2))], NOW)) == ["removed"]
    copied = record(2)
    copied["source"]["url"] = "https://salinan.example/2"
    (id,) = keep_records(archive, [copied])
    with archive.reading() as connection:
        assert find_number(connection, id) is not None, "a copy is another article"
        assert find_number(connection, ids[2]) is None
    assert "unik sekali" not in everything(archive)
    remove(archive, Removal("text", id, "Sari"), at=NOW)
    copied["source"]["url"] = "https://salinan.example/3"
    assert archive.write(lambda c: keep(c, [entry(copied)], NOW)) == ["removed"], "nor is any other of its text"
    assert "xaaac" not in everything(archive)
    assert list(check(archive)) == []


def test_what_was_removed_is_listed_but_not_told(archive: Archive) -> None:
    fill(archive)
    remove(archive, Removal("name", NAME, "Sari", "putusan 12"), at=NOW)
    remove(archive, Removal("name", NAME, "Budi", "lagi"), at=NOW)
    with archive.reading() as connection:
        (row,) = listed(connection)
        assert (row["who"], row["why"], row["kind"]) == ("Sari", "putusan 12", "name")
        assert "ukmini" not in repr(connection.execute(select(tombstones)).all())


def test_copies_carry_tombstones_and_obey(new_place: NewPlace) -> None:
    """An older copy that was brought back does what the newer tombstones say."""
    with open_archive(new_place(), create=True) as one, open_archive(new_place(), create=True) as older:
        fill(one)
        copy(one, older)
        remove(one, Removal("name", NAME, "Sari"), at=NOW)
        with one.reading() as connection:
            rows = [row._asdict() for row in connection.execute(select(tombstones))]
        older.write(lambda connection: connection.execute(tombstones.insert(), rows))
        assert obey(older) == 3
        assert "rukmini" not in everything(older)
        assert list(check(older)) == []


def test_an_older_backup_brings_nothing_back(archive: Archive, tmp_path: Path) -> None:
    ids = fill(archive)
    backup(archive, tmp_path / "older.db")
    remove(archive, Removal("name", NAME, "Sari"), at=NOW)
    remove(archive, Removal("article", ids[2], "Sari"), at=NOW)
    archive.engine.dispose()
    restore(tmp_path / "older.db", where(archive), replace=True)
    assert "rukmini" not in everything(archive)
    with archive.reading() as connection:
        assert find_number(connection, ids[2]) is None
        assert len(listed(connection)) == 2
    assert list(check(archive)) == []


def where(archive: Archive) -> str:
    """The place with all that is needed to open it."""
    return archive.place if archive.kind == "sqlite" else archive.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (Removal("name", "Sri", "Sari"), "too short"),
        (Removal("passage", "satukata", "Sari"), "too short"),
        (Removal("name", NAME, "Sari", "permintaan Rukmini Saraswati"), "repeats"),
        (Removal("name", NAME, " "), "nobody is named"),
        (Removal("article", "0" * 24, "Sari"), "no article"),
    ],
)
def test_unclear_removals_are_refused(wish: Removal, message: str, archive: Archive) -> None:
    fill(archive)
    with pytest.raises(BadRequest, match=message):
        remove(archive, wish, at=NOW)
    assert "rukmini" in everything(archive)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("kata Rukmini Saraswati.", True),
        ("RUKMINI-SARASWATI", True),
        ("https://x.example/rukminisaraswati", True),
        ("Roekmini  Saraswatie", True),
        ("Rukmini dan Saraswati", False),
        ("Rukmini", False),
    ],
)
def test_words_are_found_in_any_spelling(told: str, found: bool) -> None:
    assert bool(Finder([hash_words(NAME, "garam")]).find(told)) is found
