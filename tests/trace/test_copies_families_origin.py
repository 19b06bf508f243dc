"""Copies and families in an archive, in both engines: found, the same in any order, left by what is removed; and who was first."""

from __future__ import annotations

import json
import random
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from copied_pages import OWN, WIRE, entry, pages, put
from sqlalchemy import select
from sqlalchemy import text as sql

from archive.records import NewPlace
from telusur.archive import Archive, open_archive
from telusur.archive.check import check
from telusur.archive.copy import copy
from telusur.archive.decisions import Wish
from telusur.archive.fields import new_item
from telusur.archive.keep import load_record
from telusur.archive.removals import ARTICLE, PASSAGE, Removal, remove
from telusur.archive.renew import reindex
from telusur.archive.review import decide, undo
from telusur.archive.schema import articles
from telusur.archive.tracing_tables import print_pages, traced_copies, traced_texts
from telusur.cli import cli
from telusur.errors import BadRequest
from telusur.model.span import Span
from telusur.trace.check import check as of_tracing
from telusur.trace.copies import copies_of, mirrored
from telusur.trace.families import family_of, listed, read_family
from telusur.trace.origin import origin_of
from telusur.trace.segments import look_up, segments_of
from telusur.trace.stories import compare_articles, story_of, text_of
from telusur.trace.texts import take_apart
from telusur.trace.update import Progress, update
from telusur.trace.versions import versions_of

NOW = "2025-03-10T00:00:00Z"
FAMILY = ("wire", "whole", "credited", "cut", "more", "reworded")


def traced(archive: Archive, names: list[str], at_once: int = 100) -> dict[str, str]:
    """Puts these pages in this order, some at a time, and traces after each time; gives their ids."""
    ids: dict[str, str] = {}
    for start in range(0, len(names), at_once):
        some = names[start : start + at_once]
        ids |= dict(zip(some, put(archive, [pages()[name] for name in some]), strict=True))
        update(archive)
    return ids


def told(archive: Archive, ids: dict[str, str]) -> dict[str, object]:
    """All that is told of the articles, by their names."""
    with archive.reading() as connection:
        copies = {name: copies_of(connection, id) for name, id in ids.items()}
        return copies | {f"family of {name}": family_of(connection, id) for name, id in ids.items()}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    at = str(tmp_path_factory.mktemp("copies") / "archive.db")
    with open_archive(at, create=True) as archive:
        traced(archive, list(pages()))
    return at


@pytest.fixture
def full(library: str) -> Archive:
    return open_archive(library)


def ids_of() -> dict[str, str]:
    return {name: page.id for name, page in pages().items()}


def test_kinds_and_evidence(archive: Archive) -> None:
    """In both engines: each copy by its kind, and the spans of both texts have the same words."""
    ids = traced(archive, list(pages()))
    names = {id: name for name, id in ids.items()}
    with archive.reading() as connection:
        found = copies_of(connection, ids["wire"])
        assert {names[copy.other]: copy.kind for copy in found} == {
            "whole": "verbatim", "credited": "verbatim", "cut": "extended", "more": "abridged", "reworded": "rewritten", "spliced": "partial",
        }  # fmt: skip
        mine = text_of(connection, ids["wire"])
        spliced = next(copy for copy in found if names[copy.other] == "spliced")
        theirs = text_of(connection, spliced.other)
        assert [passage.a.of(mine) for passage in spliced.passages] == [passage.b.of(theirs) for passage in spliced.passages]
        assert all(WIRE[1][:-1] == p.a.of(mine) or WIRE[5][:-1] == p.a.of(mine) for p in spliced.passages)
        for name in ("quoting", "event", "forecast", "forecast_later", "own"):
            assert not [copy for copy in copies_of(connection, ids[name]) if names[copy.other] in FAMILY]
        assert family_of(connection, ids["event"]) is None
        members = family_of(connection, ids["cut"])
        assert members is not None
        assert {names[id] for id in members.articles} == set(FAMILY)


def test_any_order_and_any_steps_give_the_same(new_place: NewPlace) -> None:
    """Whoever came first, and however many came at once."""
    results = []
    for seed, at_once in ((1, 100), (2, 1), (3, 5)):
        names = list(pages())
        random.Random(seed).shuffle(names)
        with open_archive(new_place(), create=True) as archive:
            ids = traced(archive, names, at_once)
            results.append(told(archive, dict(sorted(ids.items()))))
            assert list(check(archive)) == []
    assert results[0] == results[1] == results[2]


def test_two_programs_that_trace_at_once_give_what_one_gives(archive: Archive, place: str, new_place: NewPlace) -> None:
    """Each finds that the other has written meanwhile, and does its step again; nothing is traced twice, and nothing is left."""
    ids = dict(zip(pages(), put(archive, pages().values()), strict=True))
    problems: list[BaseException] = []

    def trace(step: int) -> None:
        try:
            with open_archive(place) as mine:
                update(mine, step=step)
        except BaseException as error:
            problems.append(error)

    programs = [threading.Thread(target=trace, args=(step,)) for step in (2, 3, 100)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert problems == []
    assert update(archive).done == 0
    assert list(of_tracing(archive)) == []
    with open_archive(new_place(), create=True) as other:
        assert told(other, traced(other, list(pages()))) == told(archive, ids)


def test_what_is_new_is_found_wherever_it_stands(archive: Archive) -> None:
    """Articles of long ago are numbered before those that were traced already."""
    last = put(archive, [entry(WIRE, "satu.example", "2025-03-04")])
    update(archive)
    more = put(archive, [entry(WIRE[:4], "dua.example", "1998-05-21"), entry([*WIRE, OWN[0]], "tiga.example", None), entry(WIRE[1:], "empat.example", "2025-03-09")])
    assert update(archive, step=2).done == 3
    assert update(archive).done == 0
    with archive.reading() as connection:
        assert {copy.other for copy in copies_of(connection, last[0])} == set(more)


def test_an_interrupted_run_goes_on_where_it_was(archive: Archive, new_place: NewPlace) -> None:
    """What was traced is kept, and the end is that of an undisturbed run."""
    ids = dict(zip(pages(), put(archive, pages().values()), strict=True))

    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(archive, interrupt, step=5)
    done = update(archive)
    assert done.done == len(ids) - 5
    with open_archive(new_place(), create=True) as other:
        assert told(other, traced(other, list(pages()))) == told(archive, ids)


def test_the_family_tells_who_was_first_and_who_dropped_the_credit(full: Archive) -> None:
    ids = ids_of()
    with full as archive, archive.reading() as connection:
        family = family_of(connection, ids["more"])
    assert family is not None
    assert family.id == "f" + min(ids[name] for name in FAMILY)
    assert family.earliest == ids["wire"]
    assert family.undated == 0
    assert family.wires == ("Antara",)
    by_id = {member.article: member for member in family.members}
    assert [credit.name for credit in by_id[ids["credited"]].credits] == ["Antara"]
    assert by_id[ids["whole"]].dropped == ("Antara",)
    assert by_id[ids["credited"]].dropped == ()


def test_what_nobody_states_is_not_known(archive: Archive) -> None:
    """A page of the same day without its hour may have been first, and one without a date is told of."""
    first = entry(WIRE, "satu.example", "2025-03-04T05:10:00+07:00")
    day = entry(WIRE[:5], "dua.example", "2025-03-04")
    none = entry([*WIRE, OWN[0]], "tiga.example", None)
    ids = put(archive, [first, day, none])
    update(archive)
    with archive.reading() as connection:
        family = family_of(connection, ids[0])
    assert family is not None
    assert family.earliest is None
    assert family.undated == 1


def test_a_removed_article_leaves_its_family(archive: Archive) -> None:
    """With its links, and nothing of it stays in the index of prints."""
    ids = traced(archive, ["wire", "whole", "spliced", "own"])
    remove(archive, Removal(ARTICLE, ids["wire"], "Rani"), at=NOW)
    with archive.reading() as connection:
        assert ids["wire"] not in {copy.other for copy in copies_of(connection, ids["whole"])}  # before it is traced again, too
    update(archive)
    with archive.reading() as connection:
        assert family_of(connection, ids["whole"]) is None
        assert {copy.other for copy in copies_of(connection, ids["whole"])} == {ids["spliced"]}
        texts = set(connection.execute(traced_texts.select()).scalars())
        only_there = take_apart(WIRE[0], [("paragraph", 0, len(WIRE[0]))]).prints()
        assert set(look_up(connection, only_there)[1].tolist()) <= texts
        assert {row.text for row in connection.execute(traced_copies.select())} <= texts
    assert list(check(archive)) == []
    assert list(of_tracing(archive)) == []


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("DELETE FROM traced_texts WHERE number = 1", "rows of traced.text point at no traced_texts"),
        ("UPDATE traced_copies SET other = other + 99", "traced_copies.other point at no"),
        ("UPDATE traced_copies SET text = text + 99", "traced_copies.text point at no"),
        ("UPDATE traced_texts SET family = 99 WHERE number = 1", "traced_texts.family point at no"),
        ("UPDATE traced_texts SET family = number", "in another family"),
        ("UPDATE traced_texts SET hash = hash + 1", "the text that was traced is not its own"),
        ("UPDATE traced SET parts = (SELECT parts FROM traced ORDER BY length(parts), parts LIMIT 1)", "is not its own"),
        ("DELETE FROM print_pages", "pages of the index of prints are missing"),
    ],
)
def test_check_finds_what_is_wrong_with_the_tracing(damage: str, finding: str, archive: Archive) -> None:
    """Nothing before it is harmed; then what was harmed, with what mends it."""
    traced(archive, [*FAMILY, "own"])
    assert list(of_tracing(archive)) == []
    archive.write(lambda c: c.execute(sql(damage)))
    found = list(of_tracing(archive))
    assert any(finding in one for one in found), found
    assert all("telusur trace" in one for one in found)


def test_a_decision_leaves_the_family_as_it_is(archive: Archive) -> None:
    """Who adds a claim of a copy says nothing of whose copy it is: its family stands, with nothing to be traced."""
    ids = traced(archive, list(FAMILY))
    before = told(archive, ids)
    with archive.reading() as connection:
        number, article = connection.execute(select(articles.c.number, articles.c.id).limit(1)).one()
        record = load_record(archive, connection, number)
    key, value = new_item(record, "claims", '{"type": "DISASTER", "trigger": "kandas"}')
    made = decide(archive, Wish("add", "Rani", None, article, key, None, value), at=NOW)
    assert made.articles[0] == article
    assert told(archive, ids) == before
    assert update(archive).done == 0
    undo(archive, made.id, "Rani", at=NOW)
    assert told(archive, ids) == before
    assert list(check(archive)) == []


def test_a_removed_passage_makes_no_copy(archive: Archive) -> None:
    ids = traced(archive, ["wire", "spliced"])
    for passage in (WIRE[1], WIRE[5]):
        remove(archive, Removal(PASSAGE, passage, "Rani"), at=NOW)
    update(archive)
    with archive.reading() as connection:
        assert copies_of(connection, ids["wire"]) == ()


def test_reindex_and_copies_of_the_archive_keep_the_tracing(archive: Archive, new_place: NewPlace) -> None:
    ids = traced(archive, list(pages()))
    before = told(archive, ids)
    with open_archive(new_place(), create=True) as other:
        copy(archive, other)
        assert told(other, ids) == before
    reindex(archive)
    update(archive)
    assert told(archive, ids) == before


def test_many_small_steps_leave_few_segments(archive: Archive) -> None:
    """The index is merged as it grows; each print is still found."""
    entries = [entry([*WIRE[:2], f"Peristiwa nomor {n} terjadi di dermaga {n * 7} dan dicatat petugas jaga bernama {chr(65 + n)}udi."], f"m{n}.example", None) for n in range(20)]
    ids = []
    for one in entries:
        ids += put(archive, [one])
        update(archive)
    with archive.reading() as connection:
        assert len(segments_of(connection)) < 4
        assert len(connection.execute(print_pages.select()).all()) < 4
        family = family_of(connection, ids[-1])
        assert family is not None
        assert len(family.articles) == 20


def test_mirrored_finds_the_same_characters_elsewhere(full: Archive) -> None:
    ids = ids_of()
    with full as archive, archive.reading() as connection:
        text = text_of(connection, ids["wire"])
        start = text.index("arus yang deras")
        found = dict(mirrored(connection, ids["wire"], Span(start, start + len("arus yang deras menyeret kapal"))))
        shown = {id: span.of(text_of(connection, id)) for id, span in found.items()}
    assert set(shown) == {ids[name] for name in ("whole", "credited", "more", "reworded", "spliced")} | ({ids["cut"]})
    assert set(shown.values()) == {"arus yang deras menyeret kapal"}


def test_origin_of_pasted_words(full: Archive) -> None:
    ids = ids_of()
    with full as archive, archive.reading() as connection:
        found = origin_of(connection, "Diteruskan: " + WIRE[2].replace("balai desa", "gedung sekolah") + " Sebarkan!")
        assert (found.how, found.first) == ("text", ids["wire"])
        assert {printed.article for printed in found.found} >= {ids["wire"], ids["whole"], ids["cut"]}
        changed = [(edit.op, edit.text.strip()) for change in found.changes for edit in change.edits if edit.op != "same"]
        assert ("dropped", "balai desa") in changed
        assert ("added", "gedung sekolah") in changed
        few = origin_of(connection, "nakhoda mengarahkan haluan")
        assert few.how == "words"
        assert few.first == ids["wire"]
        nothing = origin_of(connection, "Harga cabai rawit di pasar induk melonjak menjelang hari raya")
        assert (nothing.how, nothing.found) == ("nothing", ())
        mostly = origin_of(connection, "tarantula kapal pulau")
        assert (mostly.how, mostly.found) == ("nothing", ()), "what it tells is in words that no article has"
        with pytest.raises(BadRequest, match="words to look for"):
            origin_of(connection, "kapal")


def test_versions_of_a_page(archive: Archive) -> None:
    """The same address with another text, however it is written; another address is another page."""
    url = "https://www.antaranews.com/feri-kandas"
    sure = "Pompa hidrolik kemudi menjadi penyebab kandasnya kapal penyeberangan itu di perairan dangkal, kata kepala kantor pelabuhan."
    first = entry([*WIRE[:5], sure], "antaranews.com", "2025-03-04", url=url)
    then = entry([*WIRE[:4], sure.replace("menjadi", "diduga menjadi"), WIRE[5]], "antaranews.com", "2025-03-04", url="http://antaranews.com/feri-kandas/")
    other = entry(WIRE, "antaranews.com", "2025-03-04", url="https://antaranews.com/feri-kandas-2")
    ids = put(archive, [first, then, other])
    update(archive)
    with archive.reading() as connection:
        assert {version.article for version in versions_of(connection, ids[0])} == set(ids[:2])
        found = compare_articles(connection, ids[0], ids[1])
        assert found.same_page
        assert {change.kind for change in found.changes} >= {"added", "cut"}
        assert any("diduga" in (*change.softened, *change.hardened) for change in found.changes)
        assert {version.article for version in story_of(connection, ids[0]).versions} == set(ids[:2])


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_commands_tell_it(library: str, lang: str, tmp_path: Path) -> None:
    ids = ids_of()
    run = CliRunner().invoke
    told = run(cli, ["cerita", ids["wire"][:10], "-a", library, "--lang", lang])
    assert told.exit_code == 0, told.output
    assert ("tanpa menyebut Antara" if lang == "id" else "without crediting Antara") in told.output
    told = run(cli, ["beda", ids["wire"], ids["reworded"], "-a", library, "--lang", lang])
    assert "[-tetapi-] {+namun+}" in " ".join(told.output.split())
    message = tmp_path / "pesan.txt"
    message.write_text(WIRE[1], encoding="utf-8")
    told = run(cli, ["asal", str(message), "-a", library, "--lang", lang])
    assert "antaranews.com" in told.output
    assert run(cli, ["asal", "ikan terbang di langit kota", "-a", library, "--lang", lang]).exit_code == 3


def test_a_story_that_many_print_is_told_page_by_page(full: Archive) -> None:
    """Pages together are the whole: no article twice, none left out, each as it stands to the same base; what is of all is the same on each."""
    with full as archive, archive.reading() as connection:
        asked = ids_of()["cut"]
        whole = story_of(connection, asked)
        pages = [story_of(connection, asked, size=2)]
        while (after := pages[-1].next) is not None:
            pages.append(story_of(connection, asked, size=2, after=after))
        with pytest.raises(BadRequest, match="no key of a page"):
            story_of(connection, asked, after=ids_of()["own"])
    assert whole.family is not None
    assert (whole.count, whole.family.count, whole.next) == (len(FAMILY), len(FAMILY), None)
    assert [len(page.retellings) for page in pages] == [2, 2, 2]
    assert tuple(one for page in pages for one in page.retellings) == whole.retellings
    assert tuple(one for page in pages if page.family for one in page.family.members) == whole.family.members
    for page in pages:
        assert page.family is not None
        assert (page.base, page.count, page.elsewhere, page.versions) == (whole.base, whole.count, whole.elsewhere, whole.versions)
        assert (page.family.id, page.family.earliest, page.family.wires) == (whole.family.id, whole.family.earliest, whole.family.wires)


def test_of_a_long_story_the_earliest_tell_whom_it_credits(full: Archive) -> None:
    """And the page itself: the others are not read."""
    with full as archive, archive.reading() as connection:
        members = listed(connection, ids_of()["wire"])
        credited = next(member for member in members if member.article == ids_of()["credited"])
        others = [member for member in members if member is not credited]
        assert read_family(connection, [*others, credited], others[:2], most=2).wires == ()
        assert read_family(connection, [*others, credited], [credited], most=2).wires == ("Antara",)


@pytest.mark.parametrize(("lang", "told"), [("id", ("6 artikel", "di halaman ini 4", "Halaman berikut: tambahkan --after")), ("en", ("6 articles", "4 on this page", "Next page: add --after"))])
def test_the_command_tells_a_long_story_page_by_page(library: str, lang: str, told: tuple[str, ...]) -> None:
    run = CliRunner().invoke
    first = run(cli, ["cerita", ids_of()["wire"], "-a", library, "--lang", lang, "-n", "4"])
    assert all(words in first.output for words in told), first.output
    after = first.output.split("--after ")[1].split()[0]
    last = run(cli, ["story", ids_of()["wire"], "-a", library, "--lang", lang, "--limit", "4", "--after", after])
    assert told[2] not in last.output
    rows = [json.loads(run(cli, ["story", ids_of()["wire"], "-a", library, "-f", "json", "-n", "4", *more]).output) for more in ([], ["--after", after])]
    assert [(len(page["retellings"]), page["count"], page["next"]) for page in rows] == [(4, 6, after), (2, 6, None)]


@pytest.mark.parametrize("command", ["story", "diff", "origin"])
def test_other_programs_get_values(library: str, command: str) -> None:
    """JSON as a whole, a line for each part, and a table."""
    ids = ids_of()
    given = {"story": [ids["wire"]], "diff": [ids["wire"], ids["cut"]], "origin": [WIRE[1]]}[command]
    run = CliRunner().invoke
    whole = json.loads(run(cli, [command, *given, "-a", library, "-f", "json"]).output)
    assert whole
    lines = [json.loads(line) for line in run(cli, [command, *given, "-a", library, "-f", "jsonl"]).output.splitlines()]
    table = run(cli, [command, *given, "-a", library, "-f", "csv"]).output.splitlines()
    assert len(lines) == len(table) - 1 > 1
    assert table[0].split(",") == list(lines[0])


def test_adding_traces_by_itself(tmp_path: Path) -> None:
    """Unless it is told not to; then `trace` does it."""
    place, folder = str(tmp_path / "archive.db"), tmp_path / "pages"
    folder.mkdir()
    for name, text in (("a", WIRE), ("b", [*WIRE, OWN[0]])):
        (folder / f"{name}.txt").write_text("\n\n".join((f"Kapal Kandas {name.upper()}", *text)), encoding="utf-8")
    run = CliRunner().invoke
    assert run(cli, ["add", str(folder / "a.txt"), "-a", place, "--jobs", "1", "--published", "2025-03-04"]).exit_code == 0
    assert run(cli, ["add", str(folder / "b.txt"), "-a", place, "--jobs", "1", "--published", "2025-03-05", "--no-trace"]).exit_code == 0
    with open_archive(place) as archive, archive.reading() as connection:
        assert len(connection.execute(traced_texts.select()).all()) == 1
    done = run(cli, ["trace", "-a", place, "--json", "-q"])
    assert {key: json.loads(done.output)[key] for key in ("traced", "copies")} == {"traced": 1, "copies": 1}
