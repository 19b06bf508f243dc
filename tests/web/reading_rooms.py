"""The archives that the pages are tested on: the sample articles, a story of five outlets; articles that mean harm."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from archive.records import NOW, entry
from telusur.archive import Archive, open_archive
from telusur.archive.keep import keep
from telusur.archive.prepare import Entry, page_item, prepare
from telusur.ingest.files import from_text
from telusur.model.document import Hints
from telusur.trace.update import update
from web.hostile import heavy, script_everywhere
from web.stories import STORY

GOLDEN = Path(__file__).parents[1] / "golden"


def story_entry(told: dict[str, str]) -> Entry:
    hints = Hints(published=told["published"], publisher=told["publisher"], url=told["url"])
    made = prepare(page_item(told["id"], from_text(told["text"], url=told["url"]), hints))
    assert isinstance(made, Entry), made
    return made


def fill(place: str) -> Archive:
    """A new archive at a place: samples, the story, and one article with markup in every field."""
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLDEN.glob("*.json"))]
    return _kept(place, [*(entry(record) for record in (*records, script_everywhere())), *(story_entry(told) for told in STORY)])


def fill_with_harm(place: str) -> Archive:
    """A new archive of the two articles that mean harm."""
    return _kept(place, [entry(script_everywhere()), entry(heavy())])


def _kept(place: str, made: Sequence[Entry]) -> Archive:
    archive = open_archive(place, create=True)
    archive.write(lambda connection: keep(connection, made, NOW))
    update(archive)
    return archive
