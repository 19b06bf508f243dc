"""Search in both engines: the same articles, in pages that join without gap, and counts that hold."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.records import keep_records, published, record, ship
from telusur.answers import ask, report
from telusur.answers.lines import Line
from telusur.archive import Archive, open_archive
from telusur.archive.decisions import Wish
from telusur.archive.review import decide
from telusur.errors import BadRequest
from telusur.export.report import Look
from telusur.search import narrowing, paging
from telusur.search.find import FACETS, Facet

COUNT = 24
OUTLETS = ("Kabar Pesisir", "Kabar Hulu", "Kabar Muara")
CERTAINTIES = ("certain", "probable", "possible", "unknown")


def varied(number: int) -> dict[str, Any]:
    """A record of its own ship, outlet, wire, day and certainty; every fourth one names no day."""
    told = record(number, publisher=OUTLETS[number % 3], wires=["Cakra"] if number % 2 else ["Lintas", "Cakra"])
    if number % 4 == 3:
        told["article"]["published"] = None
    told["claims"][1]["certainty"] = CERTAINTIES[number % 4]
    if number % 5 == 0:
        told["claims"] = [claim for claim in told["claims"] if claim["type"] != "DISASTER"]
        for claim in told["claims"]:
            claim.pop("differs_from", None)
    return told


@pytest.fixture
def filled(archive: Archive) -> Archive:
    keep_records(archive, [varied(n) for n in range(COUNT)])
    return archive


def all_hits(archive: Archive, query: str, size: int = 200, **how: Any) -> list[str]:
    """The URLs of all that answer, page by page."""
    found: list[str] = []
    after = None
    while True:
        page = ask.search(archive, query, size=size, after=after, sources=False, **how)
        assert len(page.hits) <= size
        found += [hit.article.url or "" for hit in page.hits]
        after = page.next
        if after is None:
            return found


def numbers(urls: list[str]) -> set[int]:
    return {int(url.rsplit("/", 1)[1]) for url in urls}


EVERY = set(range(COUNT))
DATED = {n for n in EVERY if n % 4 != 3}
WITH_DISASTER = {n for n in EVERY if n % 5}

ANSWERS: list[tuple[str, set[int], str]] = [
    ("", EVERY, "an empty query is all"),
    (ship(7), {7}, "a word of one article"),
    (f"{ship(7)} OR {ship(9)}", {7, 9}, "or"),
    (f"membakar -{ship(8)}", EVERY - {8}, "terbakar is found by membakar; a denied word"),
    ('"awak tewas"', EVERY, "a phrase"),
    ('"tewas awak"', set(), "not the other way round"),
    ('"juragan kapal Polres"', set(), "a phrase does not run from the title into the lead"),
    ("nelay*", EVERY, "a beginning"),
    ('who:"Rukmini Saraswati"', EVERY, "who speaks"),
    ("who:Rukmini", EVERY, "by one word of the name"),
    ("who:Jumadi", EVERY, "who acts"),
    ("who:Bagas", set(), "a reporter is no actor"),
    ("said:menahan", EVERY, "what is said, by its stem"),
    ("who:SNR said:menahan", set(), "but not by them"),
    ("who:Rukmini said:menahan", EVERY, "by her"),
    ('where:"Tanjung Rawa" type:DISASTER', WITH_DISASTER, "a place of a claim of a type"),
    ('where:"Tanjung Rawa" type:COERCE', set(), "the same claim must answer both"),
    ('(where:"Tanjung Rawa") (type:COERCE)', WITH_DISASTER, "in parentheses, each speaks for itself"),
    ("type:COERCE certainty:possible", {n for n in EVERY if n % 4 == 2}, "type and certainty of one claim"),
    ("type:COERCE -certainty:possible", EVERY, "another claim of that type that is not"),
    ("-(type:DISASTER)", EVERY - WITH_DISASTER, "no claim of that type"),
    ("outlet:'kabar hulu'", set(), "an apostrophe is no quotation mark"),
    ('outlet:"kabar hulu"', {n for n in EVERY if n % 3 == 1}, "an outlet, in any capitals"),
    ("wire:Lintas", {n for n in EVERY if n % 2 == 0}, "a wire"),
    ("from:2020-01-05", {n for n in DATED if n >= 4}, "undated articles are in no time"),
    ("to:2020-01-05", {n for n in DATED if n <= 4}, "up to a day"),
    ("from:2020-01 to:2020-01", {n for n in DATED if n < 31}, "a month"),
    ("about:Jumadi", EVERY, "who is spoken of"),
]


def test_queries_find_what_they_mean_newest_first(filled: Archive) -> None:
    """Counts and pages agree, whatever the size of a page."""
    for query, expected, why in ANSWERS:
        found = all_hits(filled, query)
        assert numbers(found) == expected, f"{query}: {why}"
        assert len(found) == ask.search(filled, query, size=1, sources=False).count, query
        assert found == all_hits(filled, query, size=5), query
    days = [published(n) for n in (int(url.rsplit("/", 1)[1]) for url in all_hits(filled, "")) if n % 4 != 3]
    assert days == sorted(days, reverse=True)


def test_facets_count_what_paging_returns(filled: Archive) -> None:
    """Each value of each facet, for queries of each kind."""
    for query in ("", "terbakar", "type:COERCE", f"{ship(3)} OR wire:Lintas", "-(type:DISASTER)", "type:COERCE where:Rawa", "who:Rukmini said:menahan"):
        told = ask.search(filled, query, facets=FACETS, sources=False).facets
        for name in ("outlet", "type", "certainty", "wire"):
            for value, count in told[name]:
                asked = f'({query}) {name}:"{value}"' if query else f'{name}:"{value}"'
                assert len(all_hits(filled, asked, size=7)) == count, asked
        for month, count in told["month"]:
            assert len(all_hits(filled, f"({query}) from:{month} to:{month}" if query else f"from:{month} to:{month}")) == count


def test_small_steps_find_the_same(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch by stretch, and some articles at a time within each: nothing is lost or told twice at the edges."""
    monkeypatch.setattr(paging, "_FIRST", 5)
    monkeypatch.setattr(paging, "_COUNTED", 10)
    monkeypatch.setattr(paging, "_GROWTH", 2)
    monkeypatch.setattr(narrowing, "_FIRST", 1)
    monkeypatch.setattr(narrowing, "_MOST", 3)
    for query, expected, why in ANSWERS:
        found = all_hits(filled, query, size=4)
        assert numbers(found) == expected, f"{query}: {why}"
        assert len(found) == len(expected), f"{query}: each once"
    for query in ("who:Rukmini said:menahan", "type:COERCE where:\"Tanjung Rawa\"", "who:Jumadi type:COERCE", "about:Jumadi certainty:possible"):
        claims, sayings = of_items(filled, query)
        assert {line.article.url for line in (*claims, *sayings)} == set(all_hits(filled, query)), query


def test_facets_are_of_the_state_that_is_asked(filled: Archive, place: str) -> None:
    """What is kept of an archive in memory goes with each write, whoever writes."""
    before = ask.search(filled, "", facets=FACETS, sources=False).facets
    with open_archive(place) as other:
        keep_records(other, [varied(COUNT)])
        both = [ask.search(one, "", facets=FACETS, sources=False).facets for one in (filled, other)]
    assert both[0] == both[1] != before
    assert sum(count for _, count in both[0]["outlet"]) == COUNT + 1


def test_ranked_hits_are_the_same_in_both_engines(filled: Archive) -> None:
    """BM25 by hand: all texts are of one length and hold the words as often, so ties go to the newer; a rare word comes first."""
    ranked = all_hits(filled, f"terbakar {ship(5)} OR terbakar", size=5, best=True)
    assert ranked[0].endswith("/5")
    assert len(ranked) == COUNT
    assert ranked[1:] == [url for url in all_hits(filled, "terbakar") if not url.endswith("/5")]
    page = ask.search(filled, f"terbakar {ship(5)} OR terbakar", best=True, sources=False)
    assert page.hits[0].score is not None
    # idf of one in 24 is ln(1 + 23.5/1.5), of 24 in 24 ln(1 + 0.5/24.5); both stand once in a text of mean length
    assert page.hits[0].score == pytest.approx(2.8336, abs=0.001)


def test_hits_show_the_sentence_with_its_marks(filled: Archive) -> None:
    hit = ask.search(filled, f'"awak tewas" {ship(2)}').hits[0]
    assert [hit.sentence.text[a:b] for a, b in hit.sentence.marks] == ["awak", "tewas", ship(2)]
    lines = ask.search(filled, "who:Rukmini said:menahan", size=1).hits[0].lines
    assert [line.kind for line in lines] == ["claim"] or "saying" in [line.kind for line in lines]
    assert [link.role for link in lines[0].chain] == ["origin", "speaker", "relay"]


def test_rejected_claims_answer_nothing(archive: Archive) -> None:
    (id,) = keep_records(archive, [varied(1)])
    assert all_hits(archive, "type:DISASTER")
    for claim in varied(1)["claims"]:
        decide(archive, Wish("reject", "Sari", article=id, item=claim["id"]))
    assert not all_hits(archive, "type:DISASTER")
    assert not ask.claims_of(archive, "").lines
    for query in ("review:rejected", "type:DISASTER review:rejected", "who:Rukmini review:rejected"):
        told = ask.claims_of(archive, query).lines
        assert told, query
        assert {line.review for line in told} == {"rejected"}, "and look like it"
    assert "✘ rejected" in report.lines(ask.claims_of(archive, "review:rejected"), "Claims", Look("en", 80))
    assert "[machine]" in report.lines(ask.sayings_of(archive, "who:Rukmini"), "Sayings", Look("en", 80))
    assert ask.search(archive, "", facets=("type",)).facets["type"] == []


def of_items(archive: Archive, query: str) -> tuple[Sequence[Line], Sequence[Line]]:
    """All claims and all sayings that answer."""
    return ask.claims_of(archive, query, size=200, sources=False).lines, ask.sayings_of(archive, query, size=200).lines


def test_articles_are_those_of_the_claims_and_sayings(filled: Archive) -> None:
    """A field alone is told by what names do in an article, and several by single claims: both find the same."""
    names = ("Rukmini Saraswati", "Jumadi", "Tanjung Rawa", "SNR", ship(2))
    singles = [f'{field}:"{name}"' for field in ("who", "about", "where") for name in names]
    for query in (*singles, "said:menahan", "type:COERCE", "type:DISASTER,COERCE", "certainty:certain", "who:Rukmini type:COERCE", "about:Rukmini said:awak"):
        by_item = {line.article.id for lines in of_items(filled, query) for line in lines}
        assert {hit.article.id for hit in ask.search(filled, query, size=200, sources=False).hits} == by_item, query
        assert ask.search(filled, query, size=1, sources=False).count == len(by_item), query


HOSTILE = st.sampled_from(
    ['"', "(", ")", "*", "-", ":", "AND ", "OR ", "NOT ", "NEAR(a b)", "who:", "said:", "outlet:", "'", ";", "--", "DROP TABLE articles", "^", "{words}", "\0", "a", "%", "\\", "&", "|", "<->", "¶", "$1", ":name", "?"]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.one_of(st.lists(HOSTILE, max_size=10).map("".join), st.text(max_size=30)), name=st.text(min_size=1, max_size=20))
@example(query="who:\"x' OR 1=1 --\" outlet:\"'; DROP TABLE articles; --\"", name="Robert'); DROP TABLE articles; --")
@example(query="\0", name="\0")
@example(query='said:"a\' <-> \'b" "NEAR(a, b)" words:x', name='"*"')
def test_hostile_queries_are_answered_or_refused(archive: Archive, query: str, name: str) -> None:
    """No database error gets out, and nothing is changed."""
    facets: tuple[Facet, ...] = ("type",)
    for ask_it in (
        lambda: ask.search(archive, query, facets=facets, sources=False),
        lambda: ask.search(archive, query, best=True, sources=False),
        lambda: ask.claims_of(archive, query),
        lambda: ask.sayings_of(archive, query),
        lambda: ask.who(archive, name),
        lambda: ask.timeline(archive, name, "2020"),
        lambda: ask.show(archive, query),
        lambda: ask.search(archive, "a", after=query),
    ):
        with suppress(BadRequest):
            ask_it()
    assert ask.search(archive, "").count == 0
