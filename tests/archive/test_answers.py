"""Answers: the first article's questions, answered from the archive in both engines, in every form."""

from __future__ import annotations

import csv
import io
import json

import pytest

from archive.records import keep_records, record
from hand_made import completed, seed
from telusur.answers import ask, report, tables
from telusur.answers.lines import Article, Line
from telusur.archive import Archive
from telusur.errors import BadRequest
from telusur.export.report import Look

MOSUL = "pasukan Irak menguasai Jembatan Besi di Mosul"


@pytest.fixture
def seeded(archive: Archive) -> Archive:
    """The first article, as read by hand, among others."""
    keep_records(archive, [completed(seed(), url="https://kabar.example/isis"), *(record(n) for n in range(3))])
    return archive


def test_the_first_articles_questions_are_answered(seeded: Archive) -> None:
    """Each with its sentence, its chain and its link; nothing of other articles."""
    says = ask.who(seeded, "Allawi").said
    assert [line.words.split()[0] for line in says] == ["ISIS", "ISIS", "mendapatkan", "Pembahasan", "belum", "sekalipun", "Mereka"]
    second = next(line for line in says if line.chain[0].role == "origin")
    assert [(link.role, link.name) for link in second.chain] == [
        ("origin", "kontak-kontak Irak dan Timur Tengah"), ("speaker", "Ayad Allawi"), ("relay", "Antara"),
    ]  # fmt: skip
    raqqa = ask.claims_of(seeded, "about:Raqqa").lines
    assert [(line.told.type, line.in_english) for line in raqqa] == [("capital-of", "Raqqa is the de facto capital of ISIS.")]
    assert raqqa[0].article.as_of == ">= 2017-04-17"
    march = ask.timeline(seeded, "Mosul", "2017-03").lines
    assert [(line.told.time or {})["value"] for line in march] == ["2017-03"]
    assert (march[0].told.time or {})["mod"] == "MID"
    assert march[0].in_indonesian.casefold().startswith(MOSUL.casefold())
    leads = ask.claims_of(seeded, "type:leads about:ISIS").lines
    assert [line.in_english for line in leads] == ["Abu Bakar al Baghdadi leads ISIS."]
    siege = ask.claims_of(seeded, "type:COERCE where:Mosul who:Allawi").lines
    assert siege[0].in_english == (
        "According to Ayad Allawi, citing Iraqi and Middle Eastern contacts, as carried by Antara, Iraqi forces were besieging ISIS in Mosul."
    )
    for line in (*says, *raqqa, *march, *leads, *siege):
        assert line.sentence.text
        assert line.article.url == "https://kabar.example/isis"
        shown = ask.show(seeded, line.id)
        assert isinstance(shown, Line)
        assert shown == line


def test_two_capitals_stand_side_by_side(seeded: Archive) -> None:
    """Neither is lost, and the reader is told."""
    told = report.profile(ask.who(seeded, "ISIS"), Look("en", 92))
    assert "TOLD DIFFERENTLY" in told
    below = told.split("TOLD DIFFERENTLY")[1]
    assert "⇄ ● Raqqa is the de facto capital of ISIS." in below
    assert "⇄ ● Mosul is the de facto capital of ISIS" in below


def test_names_find_each_other_across_spellings(seeded: Archive) -> None:
    for spelling in ("Allawi", "allawi", "Iyad Allawi", "Ayad  ALLAWI"):
        assert ask.who(seeded, spelling).names == (("Ayad Allawi", "PER", 1),)
    assert ask.who(seeded, "Al-Qaeda").names[0][0] == "Alqaeda"
    assert ask.who(seeded, "Rukmini Saraswati").names == (("Rukmini Saraswati", "PER", 3),)


def test_pages_of_lines_join_without_gap(seeded: Archive) -> None:
    for wanted in (ask.claims_of, ask.sayings_of):
        whole = [line.id for line in wanted(seeded, "", size=200).lines]
        found, after = [], None
        while True:
            page = wanted(seeded, "", size=4, after=after)
            found += [line.id for line in page.lines]
            if (after := page.next) is None:
                break
        assert found == whole
        assert len(set(found)) == len(found)


def test_every_form_holds_every_line(seeded: Archive) -> None:
    answer = ask.claims_of(seeded, "who:Allawi")
    told = json.loads(tables.write(answer, "json"))["lines"]
    assert [line["id"] for line in told] == [line.id for line in answer.lines]
    assert [json.loads(line)["id"] for line in tables.write(answer, "jsonl").splitlines()] == [line.id for line in answer.lines]
    rows = list(csv.DictReader(io.StringIO(tables.write(answer, "csv"))))
    assert [row["id"] for row in rows] == [line.id for line in answer.lines]
    assert all(row["sentence"] and row["url"] for row in rows)
    shown = report.lines(answer, "KLAIM", Look("id", 80))
    assert all(line.id in shown for line in answer.lines)
    assert max(map(len, (line for line in shown.splitlines() if "telusur show" not in line))) <= 80


def test_a_spreadsheet_runs_nothing(archive: Archive) -> None:
    keep_records(archive, [record(0, title='=HYPERLINK("x")')])
    for row in csv.DictReader(io.StringIO(tables.write(ask.claims_of(archive, ""), "csv"))):
        assert row["title"].startswith("'=")


def test_show_opens_an_article_by_the_beginning_of_its_id(archive: Archive) -> None:
    (id,) = keep_records(archive, [record(0)])
    shown = ask.show(archive, id[:8])
    assert isinstance(shown, Article)
    assert shown.id == id
    for wrong in ("zzz", "abcdef", f"{id}#c1-2", id[:3]):
        with pytest.raises(BadRequest):
            ask.show(archive, wrong)
