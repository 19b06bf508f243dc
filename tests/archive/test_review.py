"""Decisions: appended, undone one by one, held over another reading and over copies, written as gold files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from archive.records import entry, keep_records, kept, record
from telusur.archive import Archive, open_archive
from telusur.archive.check import check
from telusur.archive.decisions import Wish, bring_in, listed, standing, undone_by
from telusur.archive.fields import new_item, read_value
from telusur.archive.gold import export_gold
from telusur.archive.keep import find_number, load_record, machine_record
from telusur.archive.overlay import Laying, lay_over
from telusur.archive.places import item_key
from telusur.archive.queue import next_waiting
from telusur.archive.renew import reindex, renew_reading
from telusur.archive.review import decide, undo
from telusur.archive.schema import claims, decisions
from telusur.errors import BadRequest
from telusur.export.check import check_record
from telusur.export.json import from_json, to_json

CLAIM = "c304-309"  # “tahan”, COERCE, possible
SAYING = "a477-493-441"


def load(archive: Archive, id: str) -> dict[str, Any]:
    with archive.reading() as connection:
        return load_record(archive, connection, find_number(connection, id) or 0)


def item(told: dict[str, Any], key: str) -> dict[str, Any]:
    found = Laying(told).find(key)
    assert found is not None, key
    return found


def typed(archive: Archive, id: str, key: str, field: str, value: str) -> Wish:
    name, read = read_value(load(archive, id), key, field, value)
    return Wish("correct", "Sari", None, id, key, name, read)


@pytest.mark.parametrize(
    ("key", "field", "value", "look", "expected"),
    [
        (CLAIM, "type", "ASSAULT", lambda c: c["type"], "ASSAULT"),
        (CLAIM, "certainty", "probable", lambda c: c["certainty"], "probable"),
        (CLAIM, "polarity", "negative", lambda c: c["polarity"], "negative"),
        (CLAIM, "span", "bisa saja kami tahan", lambda c: c["trigger"]["text"], "bisa saja kami tahan"),
        (CLAIM, "actor", "Rukmini Saraswati", lambda c: [(p["role"], p["entity"]) for p in c["participants"]], [("actor", "e2")]),
        (CLAIM, "recipient", "Juragannya", lambda c: [p["text"] for p in c["participants"]], ["Polres Tanjung Rawa", "Juragannya"]),
        (CLAIM, "actor", "-", lambda c: c["participants"], []),
        (CLAIM, "time", "pekan lalu", lambda c: c["time"], "t2"),
        (CLAIM, "according_to", "-", lambda c: c["according_to"], None),
        (CLAIM, "casualties", "killed=2", lambda c: c["casualties"], {"killed": 2}),
        (SAYING, "speaker", "Jumadi", lambda a: [(link["role"], link["entity"]) for link in a["chain"]], [("speaker", "e5")]),
        (SAYING, "chain", "origin: Jumadi | speaker: SNR | relay: Cakra", lambda a: [link["role"] for link in a["chain"]], ["origin", "speaker", "relay"]),
        (SAYING, "content", "lima orang", lambda a: a["content"], [{"start": 477, "end": 487}]),
        (SAYING, "style", "mixed", lambda a: a["style"], "mixed"),
        (SAYING, "cue", "-", lambda a: a["cue"], None),
        ("t265-275", "value", "2024-W19", lambda t: t["value"], "2024-W19"),
        ("m179-191", "type", "ORG", lambda m: m["type"], "ORG"),
        ("m386-393", "entity", "Jumadi", lambda m: m["entity"], "e5"),
        ("e505-511", "name", "Jumadi Prasetya", lambda e: e["name"], "Jumadi Prasetya"),
        ("e505-511", "link", "-", lambda e: e["link"], None),
    ],
)
def test_any_field_is_corrected_and_set_back(key: str, field: str, value: str, look: Any, expected: Any, archive: Archive) -> None:
    (id,) = kept(archive, [1])
    before = load(archive, id)
    made = decide(archive, typed(archive, id, key, field, value))
    after = load(archive, id)
    corrected = item(after, key) if field not in ("span", "content", "speaker", "chain") else next(i for i in after["claims"] + after["attributions"] if i.get("review"))
    assert look(corrected) == expected
    assert corrected["review"] == "corrected"
    assert check_record(after) == []
    assert to_json(from_json(after)) == after, "the format takes it"
    assert list(check(archive)) == []
    undo(archive, made.id, "Budi")
    assert load(archive, id) == before
    assert list(check(archive)) == []


def test_accepting_rejecting_adding_and_merging(archive: Archive) -> None:
    (id,) = kept(archive, [1])
    decide(archive, Wish("accept", "Sari", "benar", id, CLAIM))
    decide(archive, Wish("reject", "Sari", "salah", id, SAYING))
    key, value = new_item(load(archive, id), "claims", '{"type": "POLICY", "trigger": "menyebut", "actor": "Serikat Nelayan Rawa"}')
    decide(archive, Wish("add", "Sari", None, id, key, None, value))
    decide(archive, Wish("merge", "Sari", None, id, "e379-384", None, "e505-511"))
    told = load(archive, id)
    assert [item(told, k)["review"] for k in (CLAIM, SAYING, key)] == ["accepted", "rejected", "added"]
    assert {m["text"] for m in told["mentions"] if m["entity"] == "e5"} == {"Jumadi", "Cakra"}
    assert check_record(told) == []
    with archive.reading() as connection:
        assert sorted(connection.execute(select(claims.c.review).where(claims.c.review > 0)).scalars()) == [1, 2]
    assert list(check(archive)) == []


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (Wish("accept", "Sari", None, "0" * 24, CLAIM), "no article"),
        (Wish("accept", "Sari", None, None, CLAIM), "no actor"),
        (Wish("accept", " ", None, "ID", CLAIM), "nobody is named"),
        (Wish("accept", "Sari", None, "ID", "c1-2"), "no item"),
        (Wish("correct", "Sari", None, "ID", CLAIM, "span", {"start": 38, "end": 45}), "has the trigger of"),
        (Wish("correct", "Sari", None, "ID", CLAIM, "span", {"start": 9, "end": 4}), "break its rules"),
        (Wish("undo", "Sari", undoes="ffff"), "no decision"),
    ],
)
def test_what_would_break_the_record_is_refused_in_words(wish: Wish, message: str, archive: Archive) -> None:
    (id,) = kept(archive, [1])
    told = Wish(**{**{f: getattr(wish, f) for f in wish.__slots__}, "article": id if wish.article == "ID" else wish.article})
    with pytest.raises(BadRequest, match=message):
        decide(archive, told)
    with archive.reading() as connection:
        assert connection.execute(select(decisions)).first() is None


def test_decisions_hold_for_copies_those_that_come_later_too(archive: Archive) -> None:
    here, there, later = record(1), record(1), record(1)
    there["source"]["url"], later["source"]["url"] = "https://salinan.example/1", "https://salinan.example/2"
    first, second = keep_records(archive, [here, there])
    made = decide(archive, Wish("accept", "Sari", None, first, CLAIM))
    assert set(made.articles) == {first, second}
    (third,) = keep_records(archive, [later])
    assert [item(load(archive, id), CLAIM)["review"] for id in (first, second, third)] == ["accepted"] * 3
    undo(archive, made.id, "Sari")
    assert [item(load(archive, id), CLAIM).get("review") for id in (first, second, third)] == [None] * 3
    assert list(check(archive)) == []


def test_decisions_outlive_another_reading(archive: Archive) -> None:
    """One that finds the item elsewhere, one that does not find it at all, and one that finds what the person had."""
    (id,) = kept(archive, [1])
    decide(archive, typed(archive, id, CLAIM, "certainty", "probable"))
    decide(archive, Wish("accept", "Sari", None, id, SAYING))
    decide(archive, typed(archive, id, "c523-531", "span", "tidak akan berdamai"))
    again = record(1)
    again["claims"] = [c for c in again["claims"] if item_key("claims", c) != CLAIM]
    again["attributions"] = [a for a in again["attributions"] if item_key("attributions", a) != SAYING]
    for claim in again["claims"]:
        claim.pop("differs_from", None)
        claim["according_to"] = None
        if claim["trigger"]["text"] == "berdamai":
            claim["trigger"] = {"start": 512, "end": 531, "text": "tidak akan berdamai"}
    again["analysis"]["version"] = "99"
    newer = entry(again)
    archive.write(lambda connection: renew_reading(archive, connection, newer))
    told = load(archive, id)
    assert item(told, CLAIM)["certainty"] == "probable"
    assert item(told, CLAIM)["review"] == "corrected"
    assert item(told, SAYING)["review"] == "accepted"
    assert [c["review"] for c in told["claims"] if c["trigger"]["text"] == "tidak akan berdamai"] == ["corrected"]
    assert check_record(told) == []
    assert list(check(archive)) == []


WISHES = [
    ("accept", CLAIM, None, None), ("reject", CLAIM, None, None), ("correct", CLAIM, "certainty", "unknown"),
    ("correct", CLAIM, "tense", "past"), ("accept", SAYING, None, None), ("reject", SAYING, None, None),
    ("correct", SAYING, "style", "mixed"), ("correct", "m179-191", "type", "ORG"), ("correct", "e505-511", "name", "Jumadi P."),
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(WISHES), st.integers(0, 9)), max_size=8))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_replaying_and_undoing(tmp_path_factory: pytest.TempPathFactory, steps: list[Any]) -> None:
    """Any run of decisions and undoings, replayed in another archive, gives the same records; undone, the machine's."""
    folder = tmp_path_factory.mktemp("replay")
    with open_archive(folder / "a.db", create=True) as one, open_archive(folder / "b.db", create=True) as other:
        (id,) = kept(one, [1])
        made: list[str] = []
        for n, step in enumerate(steps):
            at = f"2026-01-01T00:00:{n:02}Z"
            if isinstance(step, int):
                with one.reading() as connection:
                    gone = undone_by(connection, made)
                if made and made[step % len(made)] not in gone:
                    made.append(undo(one, made[step % len(made)], "Budi", at=at).id)
            else:
                action, key, field, value = step
                made.append(decide(one, Wish(action, "Sari", None, id, key, field, value), at=at).id)
        with one.reading() as connection:
            rows = listed(connection)[::-1]
        kept(other, [1])
        other.write(lambda connection: bring_in(connection, rows))
        reindex_with_counts(other, id)
        assert load(other, id) == load(one, id)
        assert list(check(one)) == list(check(other)) == []
        for decision in reversed(standing(rows)):
            undo(one, decision["id"], "Budi", at="2026-01-02T00:00:00Z")
        with one.reading() as connection:
            assert load_record(one, connection, find_number(connection, id) or 0) == machine_record(one, connection, find_number(connection, id) or 0)


def reindex_with_counts(archive: Archive, id: str) -> None:
    from telusur.archive.decisions import count_reviewed, decisions_on
    from telusur.archive.places import text_hash

    hash = text_hash(record(1)["text"])
    archive.write(lambda connection: count_reviewed(connection, id, decisions_on(connection, id, hash)))
    reindex(archive)


def test_laying_nothing_over_changes_nothing() -> None:
    told = record(3)
    assert lay_over(told, []) == told


def test_the_queue_begins_with_the_most_doubtful_and_ends(archive: Archive) -> None:
    kept(archive, [1, 2])
    seen = []
    while one := next_waiting(archive):
        seen.append(one.confidence)
        decide(archive, Wish("accept", "Sari", None, one.article, one.key))
    assert len(seen) == 2 * 10
    assert seen == sorted(seen)


def test_reviewed_articles_are_gold(archive: Archive, tmp_path: Path) -> None:
    """Only finished ones, without what was rejected; and the scorer finds a perfect reading in the same record."""
    id, other = kept(archive, [1, 2])
    decide(archive, Wish("reject", "Sari", None, id, SAYING))
    decide(archive, Wish("accept", "Sari", None, other, CLAIM))
    while one := next_waiting(archive, among=[find_number_of(archive, id)]):
        decide(archive, Wish("accept", "Sari", None, id, one.key))
    done = export_gold(archive, tmp_path / "gold")
    assert (done.written, done.unfinished) == (1, 1)
    gold = json.loads((tmp_path / "gold" / f"{id}.json").read_text(encoding="utf-8"))
    assert len(gold["attributions"]) == 2
    assert not any("review" in i or "confidence" in i for layer in ("mentions", "entities", "claims", "attributions") for i in gold[layer])
    assert "sentences" not in gold
    assert check_record(to_json(from_json(gold))) == []
    assert next(c["according_to"] for c in gold["claims"] if c["trigger"]["text"] == "tewas") is None, "it pointed at what was rejected"


def find_number_of(archive: Archive, id: str) -> int:
    with archive.reading() as connection:
        return find_number(connection, id) or 0
