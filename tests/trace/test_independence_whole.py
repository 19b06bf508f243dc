"""The whole way, from pages to the count: an agency's copy in five outlets has one source, and who went there is another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.records import NOW, page
from telusur.answers import ask, tables, traced
from telusur.archive import Archive, open_archive
from telusur.archive.keep import keep
from telusur.cli import cli
from telusur.export.report import Look
from telusur.trace.proof import Tracer, independence
from telusur.trace.update import update
from wire_copies import COPIES, OWN

DEAD = "feri Cendana Raya terbakar dan menewaskan sembilan orang"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive with the copies; the paper with its own source comes later."""
    at = str(tmp_path_factory.mktemp("wire") / "archive.db")
    with open_archive(at, create=True) as archive:
        add(archive, COPIES)
    return at


def add(archive: Archive, pages: tuple[tuple[str, str, str], ...]) -> None:
    entries = [page(text, url=f"https://{outlet}/{n}", published=when, publisher=outlet) for n, (outlet, when, text) in enumerate(pages)]
    archive.write(lambda connection: keep(connection, entries, NOW))
    update(archive)


@pytest.fixture
def archive(place: str) -> Iterator[Archive]:
    with open_archive(place) as opened:
        yield opened


def test_five_outlets_one_text_one_source(archive: Archive) -> None:
    """Whichever of them is asked: with the credit, without it, cut or reworded."""
    lines = [line for line in ask.claims_of(archive, "type:DISASTER", size=200).lines if line.told.trigger == "terbakar"]
    assert len({line.article.outlet for line in lines}) == len(COPIES)
    for line in lines:
        assert line.sources is not None
        assert (line.sources.outlets, line.sources.texts, line.sources.least, line.sources.most) == (5, 1, 1, 1), line.article.outlet


def test_the_proof_leads_from_each_outlet_to_the_unnamed_officer(archive: Archive) -> None:
    found = traced.trace(archive, DEAD)
    report = traced.report(found, Look("id", 100))
    assert "5 media · 1 naskah · 1 asal" in report
    assert "seorang petugas pelabuhan" in report
    told = found.to_dict()
    assert [origin["named"] for origin in told["origins"]] == [False]
    with archive.reading() as connection:
        texts = {id: report.text for id, report in Tracer(archive, connection).group(found.found.group.asked.number, found.found.group.asked.claim or 0).reports.items()}
    quoted = [evidence for telling in told["origins"][0]["tellings"] for step in telling["steps"] for evidence in step["evidence"]]
    quoted += [telling["sentence"] for telling in told["origins"][0]["tellings"]]
    assert quoted
    for one in quoted:
        assert " ".join(texts[one["article"]][one["start"] : one["end"]].split()) == one["words"]


def test_a_paper_that_went_there_is_a_second_source(place: str, tmp_path: Path) -> None:
    """The unnamed officer may be the one who is named now: one or two. Nothing of what was there before is computed again."""
    copy = tmp_path / "more.db"
    copy.write_bytes(Path(place).read_bytes())
    with open_archive(copy) as archive:
        add(archive, (("kompaspesisir.example", "2025-06-10T09:00", OWN),))
        found = independence(archive, traced.trace(archive, DEAD).line.id)
    assert (found.counts.outlets, found.counts.texts, found.counts.least, found.counts.most) == (6, 2, 1, 2)


def test_every_form_tells_the_counts(archive: Archive) -> None:
    lines = ask.claims_of(archive, "type:ASSAULT,DISASTER", size=3)
    assert all(line["sources"]["outlets"] for line in json.loads(tables.write(lines, "json"))["lines"])
    head, first, *_ = tables.write(lines, "csv").splitlines()
    assert head.endswith("outlets,texts,sources_least,sources_most")
    assert first.split(",")[-4:] != [""] * 4
    found = traced.trace(archive, DEAD)
    assert json.loads(tables.write(found, "json"))["counts"] == found.found.counts.to_dict()
    assert json.loads(tables.write(found, "jsonl")) == json.loads(tables.write(found, "json"))


def test_the_command_line_shows_one_claim_whole(place: str) -> None:
    """By a sentence, in both languages; what is no claim gives a line that says what to do."""
    run = CliRunner().invoke(cli, ["claim", DEAD, "--archive", place, "--lang", "en", "--width", "100"])
    assert run.exit_code == 0, run.output
    assert "5 outlets · 1 text · 1 origin" in run.output
    assert "EACH OUTLET'S WORDS" in run.output
    assert "How we count" in run.output
    nothing = CliRunner().invoke(cli, ["claim", "wali kota meresmikan taman bermain anak", "--archive", place])
    assert "no claim of this archive comes near" in str(nothing.exception)
    unknown = CliRunner().invoke(cli, ["claim", "00000000#c1-2", "--archive", place])
    assert "no article has an id that begins with '00000000'" in str(unknown.exception)


def test_the_chain_ends_as_the_tree_does(tmp_path: Path) -> None:
    """`dikutip dari Okezone.com` on a page of a part of that site: the outlet, under the name that it has there, and no hand before it."""
    text = "Feri Kandas\n\nPelabuhan Wera ditutup sejak Senin pagi.\n\n“Feri Cendana Raya menabrak dermaga Pelabuhan Wera,” kata Rina Wahyuni seperti dikutip dari Okezone.com, Senin (9/6/2025).\n"
    with open_archive(tmp_path / "one.db", create=True) as archive:
        add(archive, (("economy.okezone.com", "2025-06-10T09:00", text),))
        line = next(line for line in ask.claims_of(archive, "menabrak", size=9).lines if line.chain)
        assert [link.name for link in line.chain] == ["Rina Wahyuni", "Okezone.com"]
        assert [link.name for link in line.hands] == ["Rina Wahyuni"]
        found = traced.trace(archive, line.id)
        assert [node.name for node in found.found.paths[0].nodes] == ["Rina Wahyuni", "economy.okezone.com"]
        assert "Rantai: Rina Wahyuni ▸ economy.okezone.com\n" in traced.report(found, Look("id", 100))
