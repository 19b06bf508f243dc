"""Places to keep an archive in, of both kinds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from archive.postgres_server import Server, find_programs, server
from archive.records import NewPlace
from telusur.archive import Archive, open_archive


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Missing at home, its tests are skipped; missing in CI, they fail."""
    programs = find_programs()
    if programs is None:
        message = "PostgreSQL is not installed; on Debian: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with server(programs) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewPlace]:
    """Gives places, one after another, where no archive is yet."""
    if request.param == "sqlite":
        numbers = count(0)
        yield lambda: str(tmp_path / f"archive{next(numbers)}.db")
        return
    running: Server = request.getfixturevalue("postgres")
    given: list[str] = []

    def give() -> str:
        given.append(running.new_database())
        return given[-1]

    yield give
    for place in given:
        running.take_back(place)


@pytest.fixture
def place(new_place: NewPlace) -> str:
    return new_place()


@pytest.fixture
def archive(place: str) -> Iterator[Archive]:
    """An empty archive."""
    with open_archive(place, create=True) as opened:
        yield opened
