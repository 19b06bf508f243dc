"""Case folders, in both engines: what was done stays, by whom and when; what was removed for good is in no folder either."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from archive.conftest import NewPlace
from archive.records import kept, record
from telusur.archive import Archive, folders, open_archive
from telusur.archive.check import check
from telusur.archive.copy import copy, fingerprint
from telusur.archive.removals import Removal, remove
from telusur.archive.schema import folder_acts
from telusur.errors import BadRequest

CLAIM = "c304-309"


def at(second: int) -> str:
    return f"2026-01-01T00:00:{second:02d}Z"


def filled(archive: Archive) -> tuple[str, list[str]]:
    """A folder with a claim, a saying's stretch and an article, by two people."""
    ids = kept(archive, range(2))
    folder = archive.write(lambda connection: folders.open_folder(connection, "  Kasus \n dermaga ", "Sari", at(0)))

    def act(action: folders.Action, who: str, second: int, **told: str) -> None:
        archive.write(lambda connection: folders.act(connection, folder, action, who, at(second), **told))

    act("add", "Sari", 1, item=f"{ids[0]}#{CLAIM}", text="Siapa yang bilang?")
    act("add", "Budi", 2, item=f"{ids[0]}#r10-40", text="")
    act("add", "Budi", 3, item=ids[1], text="")
    act("note", "Budi", 4, item=ids[1], text="Salinan Rukmini Saraswati?")
    act("describe", "Sari", 5, text="Perihal dermaga.")
    return folder, ids


def standing(archive: Archive, id: str) -> folders.Folder:
    with archive.reading() as connection:
        found = folders.folder(connection, id)
    assert found is not None
    return found


def test_a_folder_is_what_was_done_to_it(archive: Archive) -> None:
    """In the order in which things came, with the last note of each and who wrote it."""
    id, ids = filled(archive)
    there = standing(archive, id)
    assert (there.name, there.about, there.who, there.at, there.changed) == ("Kasus dermaga", "Perihal dermaga.", "Sari", at(0), at(5))
    assert [(one.item, one.note, one.who, one.at) for one in there.items] == [
        (f"{ids[0]}#{CLAIM}", "Siapa yang bilang?", "Sari", at(1)), (f"{ids[0]}#r10-40", "", "Budi", at(2)), (ids[1], "Salinan Rukmini Saraswati?", "Budi", at(3)),
    ]  # fmt: skip
    archive.write(lambda connection: folders.act(connection, id, "remove", "Sari", at(6), item=ids[1]))
    assert [one.item for one in standing(archive, id).items] == [f"{ids[0]}#{CLAIM}", f"{ids[0]}#r10-40"]
    with archive.reading() as connection:
        assert [row["action"] for row in folders.history(connection, id)] == ["remove", "describe", "note", "add", "add", "add", "open"]


def test_the_same_once_more_changes_nothing(archive: Archive) -> None:
    """A form that is sent twice is there once; adding again without a note keeps the note."""
    id, ids = filled(archive)
    before = standing(archive, id)
    for _ in range(2):
        archive.write(lambda connection: folders.act(connection, id, "describe", "Sari", at(5), text="Perihal dermaga."))
    assert standing(archive, id) == before
    archive.write(lambda connection: folders.act(connection, id, "add", "Budi", at(9), item=f"{ids[0]}#{CLAIM}", text=""))
    assert standing(archive, id).items == before.items


def test_a_closed_folder_is_not_changed(archive: Archive) -> None:
    """Until somebody opens it again; closed ones stand last."""
    id, ids = filled(archive)
    archive.write(lambda connection: folders.act(connection, id, "close", "Sari", at(7)))
    with pytest.raises(BadRequest, match="closed"):
        archive.write(lambda connection: folders.act(connection, id, "add", "Sari", at(8), item=ids[1], text="x"))
    other = archive.write(lambda connection: folders.open_folder(connection, "Lain", "Budi", at(1)))
    with archive.reading() as connection:
        assert [one.id for one in folders.folders(connection)] == [other, id]
    archive.write(lambda connection: folders.act(connection, id, "reopen", "Budi", at(9)))
    assert not standing(archive, id).closed


@pytest.mark.parametrize(
    ("action", "told"),
    [("add", {"item": "bukan id"}), ("add", {"item": "abcdef#x1-2"}), ("add", {"item": None}), ("note", {"item": "abcdef123456", "text": "x"}),
     ("remove", {"item": "abcdef123456"}), ("rename", {"text": "  "}), ("describe", {"text": "x" * 20_001})],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(archive: Archive, action: folders.Action, told: dict[str, str | None]) -> None:
    """In words, and nothing is done."""
    id = archive.write(lambda connection: folders.open_folder(connection, "Kasus", "Sari", at(0)))
    before = standing(archive, id)
    with pytest.raises(BadRequest, match="nothing was"):
        archive.write(lambda connection: folders.act(connection, id, action, "Sari", at(1), **told))
    assert standing(archive, id) == before


def test_what_is_nobodys_folder(archive: Archive) -> None:
    """No folder without a name; nothing is done to one that is not there."""
    with pytest.raises(BadRequest):
        archive.write(lambda connection: folders.open_folder(connection, " \n ", "Sari", at(0)))
    with pytest.raises(BadRequest):
        archive.write(lambda connection: folders.act(connection, "nosuch", "close", "Sari", at(0)))
    with archive.reading() as connection:
        assert folders.folder(connection, "nosuch") is None


def test_folders_have_bounds(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person can look through."""
    monkeypatch.setattr(folders, "MOST_ITEMS", 3)
    monkeypatch.setattr(folders, "MOST_FOLDERS", 1)
    id, _ = filled(archive)
    with pytest.raises(BadRequest, match="3 things"):
        archive.write(lambda connection: folders.act(connection, id, "add", "Sari", at(9), item="abcdef123456"))
    with pytest.raises(BadRequest, match="folders already"):
        archive.write(lambda connection: folders.open_folder(connection, "Lagi", "Sari", at(9)))


def test_copies_carry_folders_and_the_fingerprint_sees_them(archive: Archive, new_place: NewPlace, tmp_path: Path) -> None:
    """Into the other engine and back; a check finds nothing wrong."""
    id, _ = filled(archive)
    assert list(check(archive)) == []
    before = fingerprint(archive)
    with open_archive(str(tmp_path / "lain.db"), create=True) as other:
        copy(archive, other)
        assert standing(other, id) == standing(archive, id)
        assert fingerprint(other) == before
        other.write(lambda connection: folders.act(connection, id, "rename", "Sari", at(9), text="Lain"))
        assert fingerprint(other) != before


def test_a_check_tells_what_is_wrong(archive: Archive) -> None:
    """An act of no known kind, one before its folder, one of nothing."""
    filled(archive)
    archive.write(lambda connection: connection.execute(folder_acts.update().where(folder_acts.c.action == "describe").values(action="xyz")))
    archive.write(lambda connection: connection.execute(folder_acts.update().where(folder_acts.c.item.is_not(None)).values(item="bukan")))
    archive.write(lambda connection: folders.append(connection, "lain", "close", "Sari", at(1)))
    told = [line for line in check(archive) if line.startswith("folder")]
    assert sum("of no kind" in line for line in told) == 1
    assert sum("names nothing" in line for line in told) == 4
    assert sum("before the folder was opened" in line for line in told) == 1


def test_removed_words_go_from_notes_too(archive: Archive) -> None:
    """A name that was removed for good stands in no note and no folder's name."""
    id, _ = filled(archive)
    archive.write(lambda connection: folders.act(connection, id, "rename", "Sari", at(9), text="Kasus Rukmini Saraswati"))
    remove(archive, Removal("name", "Rukmini Saraswati", "Sari", "putusan"), at=at(20))
    with archive.reading() as connection:
        told = repr(connection.execute(select(folder_acts)).all()).casefold()
    assert "rukmini" not in told
    assert "kasus" in told
    assert list(check(archive)) == []


def test_a_removed_article_leaves_its_place_empty(archive: Archive) -> None:
    """The folder says that something was there; its words are nowhere."""
    id, ids = filled(archive)
    remove(archive, Removal("article", ids[1], "Sari", "keliru"), at=at(20))
    assert ids[1] in [one.item for one in standing(archive, id).items]
    assert record()["text"]
