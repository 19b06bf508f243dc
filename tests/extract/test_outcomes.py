"""What an event did to people is told with the event, unless another says so, or it is denied."""

from __future__ import annotations

import pytest
from marked_article import Marked, marked

from telusur.analyse.sentences import find_sentences
from telusur.extract.drafts import Draft
from telusur.extract.outcomes import with_outcomes
from telusur.extract.setting import Holders
from telusur.extract.units import read_units
from telusur.model.claim import Casualties, Participant

Told = list[tuple[str, Casualties | None]]


def told(article: Marked) -> Told:
    """Each attack's word and its victims, where the model saw one on every marked word."""
    return [(article.words(c.trigger), c.casualties) for c in article.framed("ASSAULT")]


ONE_EVENT: list[tuple[str, str, Told]] = [
    ("it killed", "<<Serangan>> tentara itu juga <<menewaskan>> delapan warga.", [("Serangan", Casualties(killed=8))]),
    ("it killed and hurt", "<<Serangan>> itu <<menewaskan>> delapan warga dan <<melukai>> 20 lainnya.", [("Serangan", Casualties(killed=8, injured=20))]),
    ("a deed that led to death", "Pria itu <<menikam>> [Tono Basri|PER1] hingga <<tewas>>.", [("menikam", Casualties(killed=1))]),
    ("its cause behind", "Sebanyak 74 warga <<terbunuh>> dalam <<serangan>> tentara.", [("serangan", Casualties(killed=74))]),
    ("a list with its cause behind", "Seorang perawat <<tewas>> dan tiga lainnya <<terluka>> akibat <<serangan>> itu.", [("serangan", Casualties(killed=1, injured=3))]),
    ("its cause before", "Akibat <<ledakan>> itu lima orang <<tewas>>.", [("ledakan", Casualties(killed=5))]),
    ("an outcome that the model did not see", "[Tono Basri|PER1] tewas lantaran <<dianiaya>> seniornya.", [("dianiaya", Casualties(killed=1))]),
    ("a list without a cause", "Sebanyak 232 orang <<tewas>> dan 1.343 orang <<terluka>> sepanjang bulan itu.", [("tewas", Casualties(killed=232, injured=1343))]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "sentence", "expected"), ONE_EVENT, ids=[row[0] for row in ONE_EVENT])
def test_one_event(why: str, sentence: str, expected: Told) -> None:
    """One claim, of the event, with all its victims."""
    assert told(marked(sentence)) == expected, why


TWO_THINGS: list[tuple[str, str, list[str]]] = [
    ("no word joins them", "Tentara <<menyerang>> kota itu pada Senin, dan pada Selasa 12 warga desa lain <<tewas>>.", ["menyerang", "tewas"]),
    ("another clause", "Tentara <<menyerang>> kota itu, sementara longsor di utara <<menewaskan>> lima orang.", ["menyerang", "menewaskan"]),
    ("nobody died", "<<Serangan>> itu tidak <<melukai>> 40 penghuni.", ["Serangan", "melukai"]),
    ("only feared", "<<Serangan>> itu mungkin <<menewaskan>> 40 penghuni.", ["Serangan", "menewaskan"]),
    ("another fate between", "Sebanyak 11 orang <<tewas>> di antaranya <<ditembaki>> saat mengantre di tengah <<perang>>.", ["tewas", "ditembaki", "perang"]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "sentence", "expected"), TWO_THINGS, ids=[row[0] for row in TWO_THINGS])
def test_two_things(why: str, sentence: str, expected: list[str]) -> None:
    """What is not said to come of the event stays a claim of its own."""
    assert [word for word, _ in told(marked(sentence))] == expected, why


def test_two_sources() -> None:
    """`serangan yang menurut Palang Merah menewaskan 40 orang`: the count is the Red Cross's, the attack is not."""
    article = marked("Itu <<serangan>> yang menurut [Palang Merah|ORG1] {<<menewaskan>> 40 orang|ORG1}.")
    assert told(article) == [("serangan", None), ("menewaskan", Casualties(killed=40))]


def test_whom_it_hit_and_where() -> None:
    """Those whom the outcome names are the event's."""
    article = marked("<<Serangan>> udara [Norlandia|LOC1] <<menewaskan>> lima perawat di [Maruna|LOC2].")
    (claim,) = article.framed("ASSAULT")
    assert article.people(claim, "recipient") == ["lima perawat"]
    assert article.people(claim, "place") == ["Maruna"]


def test_what_a_participant_ran_over_is_left() -> None:
    """The ship stays, though the words before it told of the dead."""
    article = marked("Sembilan orang <<meninggal>> ketika kapal [Cendana Raya|ORG1] <<terbakar>> di [Maruna|LOC1].")
    reading = read_units(article.document, find_sentences(article.document), article.mentions, article.times)
    hit, whole = (Participant("recipient", article.place(words)) for words in ("Sembilan orang", "Sembilan orang meninggal ketika kapal Cendana Raya"))
    died, burnt = (
        Draft("DISASTER", trigger, at, at, (who,))
        for trigger, who in zip(article.triggers, (hit, whole), strict=True)
        if (at := reading.first_at(trigger)) is not None
    )
    (told,), counted = with_outcomes(reading, [died, burnt], [], Holders(()))
    assert [article.words(p.span) for p in told.participants] == ["Sembilan orang", "kapal Cendana Raya"]
    assert (told.trigger, counted) == (burnt.trigger, [])
