"""An archive from Python: opened, added to, and asked what the first article's table asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import telusur
from archive.records import NewPlace, record
from hand_made import completed, seed
from telusur.answers.lines import Article, Line
from telusur.archive.prepare import Refused
from telusur.errors import NoArchive


def test_the_first_articles_questions_are_answered_from_python(new_place: NewPlace, tmp_path: Path) -> None:
    """What somebody said, about whom, in which words, when; who leads what, as of which date, according to whom; what happened in a
    place in a month; both sides where sources differ."""
    lines = tmp_path / "records.jsonl"
    told = [completed(seed(), url="https://kabar.example/isis"), *(record(n) for n in range(3))]
    lines.write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
    refused: list[Refused] = []
    with telusur.open(new_place()) as archive:
        done = archive.add(lines, trace=False, failed=refused.append)
        assert (done.new, refused) == (4, [])
        assert archive.add(lines, trace=False).there == 4

        said = archive.who("Allawi").said
        assert len(said) == 7
        assert {"speaker"} <= {link.role for line in said for link in line.chain}
        about = archive.who("Allawi", about="ISIS").said
        assert 0 < len(about) <= len(said)
        leads = archive.claim("type:leads about:ISIS").lines
        assert [line.in_english for line in leads] == ["Abu Bakar al Baghdadi leads ISIS."]
        assert leads[0].article.as_of == ">= 2017-04-17"
        capitals = {line.told.of("actor")[0].shown() for line in archive.claim("type:capital-of about:ISIS").lines}
        assert len(capitals) == 2, "both sides stand"
        march = archive.timeline("2017-03", "Mosul").lines
        assert [(line.told.time or {})["mod"] for line in march] == ["MID"]
        siege = archive.claim("type:COERCE where:Mosul who:Allawi").lines[0]
        assert [link.role for link in siege.chain] == ["origin", "speaker", "relay"]
        for line in (*said, *leads, *march, siege):
            assert line.sentence.text
            assert line.article.url == "https://kabar.example/isis"
            assert isinstance(archive.show(line.id), Line)
        assert isinstance(archive.show(siege.article.id), Article)

        found = archive.search("aliansi", facets=("type",))
        assert found.count == 1
        assert found.count_exact
        assert found.hits[0].to_dict()["article"]["url"] == "https://kabar.example/isis"
        assert archive.claim("who:Allawi", sayings=True, size=3).next is not None


def test_an_archive_that_is_not_there_is_made_only_where_it_may_be(tmp_path: Path) -> None:
    with pytest.raises(NoArchive):
        telusur.open(tmp_path / "none.db", create=False)
    with telusur.open(tmp_path / "new.db") as archive:
        assert archive.search().count == 0
