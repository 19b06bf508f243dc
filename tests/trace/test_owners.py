"""Whose the outlets are: what ships, what users set, and that neither is ever lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from archive.records import keep_records, record
from telusur.archive import Archive, open_archive
from telusur.archive.copy import copy
from telusur.archive.tracing_tables import outlet_facts
from telusur.cli import cli, status
from telusur.errors import BadRequest
from telusur.lexicon import read_table
from telusur.trace.owners import Owners, list_outlets, read_owners, set_owner


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("KOMPAS.com", "Kompas", True),
        ("news.detik.com", "detikcom", True),  # a part of the site is the outlet
        ("ANTARA", "antaranews.com", True),
        ("Kantor Berita ANTARA News", "LKBN Antara", True),  # as a credit writes it, and as the table does
        ("detikNews", "finance.detik.com", True),
        ("VIVAnews", "viva.co.id", True),
        ("Harian Selat", "harianselat.co.id", True),  # of no table
        ("TribunJabar.id", "tribunnews.com", False),  # a local edition is an outlet of its own
        ("kabarselat.id", "kabarsape.id", False),
    ],
)
def test_the_names_of_one_outlet(one: str, other: str, same: bool) -> None:
    assert (Owners().key(one) == Owners().key(other)) is same


def test_owners_that_are_known_and_that_are_not() -> None:
    owners = Owners()
    assert owners.owner("okezone.com") == owners.owner("SINDOnews.com") != ""
    assert owners.owner("TribunJabar.id") == owners.owner("kompas.com")
    assert owners.owner("tirto.id") == ""  # nobody's but its own: one with no other
    assert owners.fact("tirto.id").owner == "-"
    assert (owners.owner("kabarselat.id"), owners.fact("kabarselat.id").source) == ("", "")


def test_every_row_that_ships_has_its_source_and_date() -> None:
    for row in read_table("outlet-owners", ("outlet", "names", "owner", "source", "as_of")):
        assert all(row.values()), row["outlet"]
        assert row["as_of"].startswith("20"), row["outlet"]


def test_what_was_set_last_stands_and_all_of_it_is_kept(archive: Archive, new_place: Callable[[], str]) -> None:
    """In either engine, and in a copy of the archive."""
    keep_records(archive, [record(n, publisher="kabarselat.id") for n in range(2)] + [record(5, publisher="okezone.com")])
    set_owner(archive, "kabarselat.id", "Grup Selat", "kabarselat.id/tentang", "2024", "rina")
    set_owner(archive, "KabarSelat.id", "Grup Sape", "laporan tahunan", "2025-06", "yusuf")
    with open_archive(new_place(), create=True) as other:
        copy(archive, other)
        for place in (archive, other):
            with place.reading() as connection:
                fact = read_owners(connection).fact("kabarselat.id")
                assert (fact.owner, fact.as_of, fact.who) == ("Grup Sape", "2025-06", "yusuf")
                assert connection.execute(select(outlet_facts.c.owner).order_by(outlet_facts.c.number)).scalars().all() == ["Grup Selat", "Grup Sape"]
                assert [(one.name, one.articles) for one in list_outlets(connection)] == [("kabarselat.id", 2), ("okezone.com", 1)]


@pytest.mark.parametrize(
    ("outlet", "owner", "source", "as_of", "words"),
    [
        ("", "Grup", "situs", "2025", "no outlet was named"),
        ("a.id", "Grup", " ", "2025", "needs its source"),
        ("a.id", "Grup", "situs", "kemarin", "is no date"),
        ("a.id", "G" * 300, "situs", "2025", "300 characters"),
    ],
)
def test_what_cannot_be_noted_says_why(tmp_path: Path, outlet: str, owner: str, source: str, as_of: str, words: str) -> None:
    with open_archive(tmp_path / "archive.db", create=True) as archive:
        with pytest.raises(BadRequest, match=words):
            set_owner(archive, outlet, owner, source, as_of, "rina")
        with archive.reading() as connection:
            assert connection.execute(select(outlet_facts)).first() is None


def test_the_command_line_lists_and_sets(tmp_path: Path) -> None:
    place = str(tmp_path / "archive.db")
    with open_archive(place, create=True) as archive:
        keep_records(archive, [record(0, publisher="okezone.com"), record(1, publisher="kabarselat.id")])
    told = CliRunner().invoke(cli, ["outlets", "set", "kabarselat.id", "--owner", "-", "--source", "situsnya", "--as-of", "2025", "--by", "rina", "-a", place])
    assert (told.exit_code, told.output) == (0, "kabarselat.id: none  (situsnya, as of 2025, set by rina)\n")
    listed = CliRunner().invoke(cli, ["outlets", "list", "-a", place]).output.splitlines()
    assert [line.split()[0] for line in listed] == ["kabarselat.id", "okezone.com"]
    assert "MNC Group" in listed[1]
    found = CliRunner().invoke(cli, ["outlets", "list", "mnc", "--json", "-a", place])
    assert json.loads(found.output)["outlet"] == "okezone.com"
    nothing = CliRunner().invoke(cli, ["outlets", "list", "zzz", "-a", place])
    assert (nothing.exit_code, "No outlet" in nothing.output) == (status.NOTHING_READ, True)
