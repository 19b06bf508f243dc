"""What a reader must find in a whole reading, by the shipped model and the rules together, on invented articles."""

from __future__ import annotations

from pathlib import Path

import pytest

import telusur
from telusur.extract import claims
from telusur.model.claim import Claim
from telusur.model.record import Record

ALLIANCE = """Terdesak, Front Karang akan Jalin Aliansi dengan Barisan Ombak

SUKAMAJU - Menurut Menteri Pertahanan Norlandia Sari Wulan, Front Karang tengah berunding dengan Barisan Ombak mengenai kemungkinan menjalin aliansi. Belakangan ini Front Karang terkepung di Teluk Biru.

"Mereka akan secara perlahan bertahan di pulau-pulau kecil," kata Sari merujuk pemimpin Front Karang Budi Santoso, Senin (17/4/2023).

Sari mengakui belum jelas bagaimana kedua kelompok itu bekerja sama.
"""


@pytest.fixture(scope="module")
def alliance() -> Record:
    return telusur.read(ALLIANCE)


def people(record: Record, claim: Claim, role: str) -> set[str]:
    names = {e.id: e.name for e in record.entities}
    return {names[p.entity] for p in claim.participants if p.role == role and p.entity}


def test_the_title_stands_beside_the_body_that_says_less(alliance: Record) -> None:
    """What the title announces and the body calls a possibility are two claims, and each names the other."""
    told = {c.certainty: c for c in alliance.claims if c.type == "allied-with"}
    assert set(told) == {"certain", "possible"}
    assert told["certain"].differs_from == (told["possible"].id,)
    assert told["possible"].differs_from == (told["certain"].id,)
    assert told["certain"].trigger.start < len(ALLIANCE.split("\n")[0])


def test_what_a_source_expects_of_others_is_a_claim_on_its_word(alliance: Record) -> None:
    (plan,) = (c for c in alliance.claims if c.type == "plans")
    assert plan.trigger.of(alliance.text) == "bertahan"
    assert plan.tense == "future"
    said = next(a for a in alliance.attributions if a.id == plan.according_to)
    assert said.style == "direct"


def test_an_office_has_the_holder_that_its_phrase_names(alliance: Record) -> None:
    """`kata Sari merujuk pemimpin Front Karang Budi Santoso`: Budi leads, Sari does not."""
    leads = [c for c in alliance.claims if c.type == "leads"]
    assert [people(alliance, c, "actor") for c in leads] == [{"Budi Santoso"}]


def test_a_passive_has_its_subject_as_recipient(alliance: Record) -> None:
    besieged = next(c for c in alliance.claims if c.trigger.of(alliance.text) == "terkepung")
    assert people(alliance, besieged, "recipient") == {"Front Karang"}
    assert people(alliance, besieged, "actor") == set()


def test_no_cooperation_is_stated_as_a_fact_where_it_is_not_clear(alliance: Record) -> None:
    assert not [c for c in alliance.claims if c.type == "COOPERATE" and c.certainty == "certain"]


def test_referring_to_somebody_is_not_quoting_him(alliance: Record) -> None:
    assert not [a for a in alliance.attributions if a.cue and a.cue.of(alliance.text) == "merujuk"]


def test_words_that_are_not_asked_who_takes_part_would_not_have_been_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """To leave them out saves time and changes nothing: the same claims of all sample texts, in both tiers."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))]
    told = [telusur.read(text, fast=fast).claims for text in texts for fast in (False, True)]
    monkeypatch.setattr(claims, "_hoped_for", lambda reading, seen, judges: lambda draft, most: True)
    assert [telusur.read(text, fast=fast).claims for text in texts for fast in (False, True)] == told
    assert sum(map(len, told)) > 100


def test_a_count_is_on_the_word_of_whoever_gives_it() -> None:
    """`serangan yang menurut Palang Merah Belmara menewaskan sedikitnya 40 orang`: the outlet tells of the attack, not of the dead."""
    read = telusur.read((Path(__file__).parent.parent / "samples" / "pelabuhan.txt").read_text(encoding="utf-8"))
    counted = [c for c in read.claims if c.casualties and c.casualties.killed == 40]
    said = {a.id: a for a in read.attributions}
    assert [said[c.according_to or ""].chain[-1].span.of(read.text) for c in counted] == ["Palang Merah Belmara"]
