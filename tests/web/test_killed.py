"""A room that is killed while somebody decides: the decision is there whole, or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from archive.records import kept
from telusur.archive import open_archive
from telusur.archive.check import check
from telusur.archive.schema import articles, decisions

TIMES = 10


def test_a_decision_is_whole_or_absent(tmp_path: Path) -> None:
    """Killed at any moment: what was told to be done is on the disk; every row is that of the decisions that stand; no copy of the
    text has another state than the rest."""
    place = tmp_path / "archive.db"
    with open_archive(place, create=True) as archive:
        kept(archive, range(3))
    command = [sys.executable, Path(__file__).with_name("killed_rooms.py"), place, TIMES]
    ended = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stderr
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(told) == TIMES
    with open_archive(place) as archive:
        with archive.reading() as connection:
            made = {row.why: row.article for row in connection.execute(select(decisions))}
            reviewed = connection.execute(select(articles.c.reviewed).where(articles.c.reviewed > 0)).scalars().all()
        answered = {f"putusan {one['number']}" for one in told if one["told"] == 201}
        assert answered <= set(made) <= {f"putusan {n}" for n in range(TIMES)}
        assert {one["told"] for one in told} <= {201, None}
        assert set(reviewed) == {len(made)} if made else not reviewed
        assert list(check(archive)) == []
    # By chance, some were killed before and some after: else this looks at nothing.
    assert 0 < len(answered) < TIMES, told
