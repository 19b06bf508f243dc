"""Claims of different articles: which are one happening, and which are kept apart."""

from __future__ import annotations

from itertools import permutations

import pytest

from archive.records import keep_records
from telusur.archive import Archive
from telusur.archive.keep import find_number
from telusur.model.span import Span
from telusur.trace.groups import Group, Reports, gather, group_of
from telusur.trace.nearness import near_articles
from telusur.trace.parties import Party, same_party
from telusur.trace.tellings import peculiar
from told import Told, article, report

NAMES = {"Polres Tanjung Rawa": "ORG", "Hendra Lubis": "PER", "Tanjung Rawa": "LOC"}
LEAD = "Polres Tanjung Rawa menangkap Hendra Lubis di dermaga pada Senin malam."
ARREST = Told("COERCE", "menangkap", ["Polres Tanjung Rawa"], ["Hendra Lubis"])


def first(outlet: str = "kabarrawa.id", published: str = "2025-06-10", sentence: str = LEAD, told: Told = ARREST, names: dict[str, str] = NAMES) -> dict[str, object]:
    return article(outlet, published, [sentence], names, [told])


def group(one: dict[str, object], *others: dict[str, object]) -> Group:
    own = report(one)
    return gather(own.tellings[0], own, [report(other, n) for n, other in enumerate(others, 2)])


OTHER_WORDS = first("pantaupesisir.com", "2025-06-11", "Hendra Lubis diringkus Polres Tanjung Rawa.", Told("INVESTIGATE", "diringkus", ["Polres Tanjung Rawa"], ["Hendra Lubis"]))


def test_one_happening_in_other_words_is_one_and_says_why() -> None:
    """Another verb for the same deed, another type for it, the same two parties."""
    found = group(first(), OTHER_WORDS)
    assert [bond.telling.verb for bond in found.bonds] == ["diringkus"]
    told = {reason.kind: reason.what for reason in found.bonds[0].reasons}
    assert told["type"] == "COERCE/INVESTIGATE"
    assert told["trigger"] == "menangkap / diringkus"
    assert (told["actor"], told["recipient"]) == ("Polres Tanjung Rawa", "Hendra Lubis")


INDEX = Told("ECONOMY", "ditutup", [], [])


def close(outlet: str, sentence: str, told: Told | None = None) -> dict[str, object]:
    return article(outlet, "2025-06-18", [sentence], {"Bursa Orun": "ORG"}, [told] if told else [])


def test_figures_that_few_others_have_hold_together_what_is_told_in_other_words() -> None:
    """One index at one level: with a claim, without one, and rounded; not another level, nor the year and the round sum that many share."""
    own = close("kabarrawa.id", "Indeks Bursa Orun ditutup pada level 7.107,78 atau turun 48,06 poin.", INDEX)
    told = close("pantau.id", "Indeks Bursa Orun ditutup melemah ke level 7.107 sore ini.", INDEX)
    unread = close("pesisir.id", "Mengutip data bursa, indeks merosot ke posisi 7.107,78 menurut Bursa Orun.")
    other = close("warta.id", "Indeks Bursa Orun merosot ke posisi 6.912,45 menurut data.")
    round_sum = close("lain.id", "Anggaran Bursa Orun pada 2025 mencapai 7.000 pada akhir tahun lalu.")
    found = group(own, told, unread, other, round_sum)
    assert {bond.telling.article for bond in found.bonds} == {report(told, 2).id, report(unread, 3).id}
    assert {reason.what for bond in found.bonds for reason in bond.reasons if reason.kind == "figure"} >= {"7.107,78"}


def test_digits_of_a_figure_that_tell_it_from_others() -> None:
    assert peculiar({"7.107,78", "600.000", "2025", "18"}, {"7.107", "600.000", "2025", "18"}) == {"7.107": 4}
    assert peculiar({"4,6", "5,4"}, {"4,6", "5,4", "4,7"}) == {"4,6": 2, "5,4": 2}
    assert peculiar({"24.200"}, {"24.200"}) == {"24.200": 3}
    assert peculiar({"7,1"}, {"7"}) == {}


@pytest.mark.parametrize(
    ("sentence", "told", "names", "published"),
    [
        ("Polres Tanjung Rawa tidak menangkap Hendra Lubis.", Told("COERCE", "menangkap", ["Polres Tanjung Rawa"], ["Hendra Lubis"], polarity="negative"), NAMES, "2025-06-10"),
        ("Polres Tanjung Rawa menangkap Yusuf Manalu.", Told("COERCE", "menangkap", ["Polres Tanjung Rawa"], ["Yusuf Manalu"]), {"Polres Tanjung Rawa": "ORG", "Yusuf Manalu": "PER"}, "2025-06-10"),
        ("Polres Teluk Sari menangkap Hendra Lubis.", Told("COERCE", "menangkap", ["Polres Teluk Sari"], ["Hendra Lubis"]), {"Polres Teluk Sari": "ORG", "Hendra Lubis": "PER"}, "2025-06-10"),
        (LEAD, ARREST, NAMES, "2025-07-10"),
        ("Polres Tanjung Rawa memuji Hendra Lubis.", Told("SUPPORT", "memuji", ["Polres Tanjung Rawa"], ["Hendra Lubis"]), NAMES, "2025-06-10"),
    ],
    ids=["denied", "another man", "another police", "another month", "another deed"],
)
def test_what_is_not_one_stays_apart(sentence: str, told: Told, names: dict[str, str], published: str) -> None:
    assert group(first(), first("pantaupesisir.com", published, sentence, told, names)).bonds == ()


def test_days_that_are_told_decide_over_days_of_publication() -> None:
    """Two arrests of one man on two days are two, though both papers are of one day."""
    monday = Told("COERCE", "menangkap", ["Polres Tanjung Rawa"], ["Hendra Lubis"], day="2025-06-09")
    friday = Told("COERCE", "menangkap", ["Polres Tanjung Rawa"], ["Hendra Lubis"], day="2025-06-06")
    assert group(first(told=monday), first("b.id", told=friday)).bonds == ()
    assert [r.what for r in group(first(told=monday), first("b.id", told=monday)).bonds[0].reasons if r.kind == "time"] == ["2025-06-09"]


def test_claims_of_one_sentence_are_told_apart_by_their_parties() -> None:
    """Of a list of shares, each rise is its own."""
    line = "Saham tambang naik 2,5 persen, saham bank naik 1,3 persen, dan saham ritel naik 0,4 persen pada penutupan Selasa."
    claims = [Told("ECONOMY", "naik", [who]) for who in ("Saham tambang", "saham bank", "saham ritel")]
    one, other = (article(outlet, "2025-06-10", [line], {}, claims) for outlet in ("a.id", "b.id"))
    own, page = report(one), report(other, 2)
    found = gather(own.tellings[1], own, [page])
    assert [bond.telling.parties[0].text for bond in found.bonds if bond.telling.article == page.id] == ["saham bank"]


def test_a_copied_sentence_needs_no_parties() -> None:
    """Where the tracing says that the sentence is printed there, its trigger is enough."""
    bare = Told("COERCE", "menangkap")
    one, other = first(told=bare), first("b.id", sentence=f"Rawa - {LEAD}", told=bare)
    own, page = report(one), report(other, 2)
    found = gather(own.tellings[0], own, [page], lambda id, span: [(page.id, Span(7, len(page.text)))])
    assert found.bonds[0].reasons[0].kind == "copy"


def test_a_sentence_without_a_claim_counts_where_it_says_the_same() -> None:
    """The other page was read without that claim, but its sentence is nearly the same."""
    other = article("b.id", "2025-06-10", ["Polres Tanjung Rawa menangkap Hendra Lubis di dermaga Senin malam."], NAMES, [])
    found = group(first(), other)
    assert [(bond.telling.claim, bond.telling.key[0]) for bond in found.bonds] == [(None, "s")]
    unlike = article("b.id", "2025-06-10", ["Hendra Lubis menangkap ikan di dermaga bersama anaknya."], NAMES, [])
    assert group(first(), unlike).bonds == ()


def test_in_one_story_a_sentence_counts_that_is_rather_the_same() -> None:
    """On anybody's word; where nothing says that both articles tell one story, it must be nearly the same."""
    line = "Polres Tanjung Rawa menangkap Hendra Lubis di rumah pamannya dekat dermaga lama pada Senin malam."
    told = "Di rumah pamannya itu Hendra Lubis ditangkap ketika sarapan nasi bersama tetangga."
    names = {"Hendra Lubis": "PER"}
    own = article("a.id", "2025-06-10", [line], NAMES, [ARREST], title="Buron Kasus Beras Tertangkap")
    story, another = (article("b.id", "2025-06-10", [told], names, [], title=title) for title in ("Buron Kasus Beras Akhirnya Tertangkap", "Sepekan Penuh Peristiwa"))
    assert [bond.telling.claim for bond in group(own, story).bonds] == [None]
    assert group(own, another).bonds == ()


@pytest.mark.parametrize(("text", "same"), [("gunung berapi Bukit Lawe", "words"), ("warga Bukit Lawe", ""), ("kaki Bukit Lawe", "")])
def test_what_a_place_is_may_stand_before_it(text: str, same: str) -> None:
    named = Party("place", "Bukit Lawe", "Bukit Lawe", "LOC", frozenset(), 0, 0)
    assert same_party(named, Party("recipient", text, "", "", frozenset(), 0, 0)) == same


def test_the_order_of_arrival_changes_nothing(archive: Archive) -> None:
    """In either engine, whichever article came first; far ones and those without common names are not compared."""
    told = [first(), OTHER_WORDS, first("c.id", "2025-06-12"), first("d.id", "2025-08-01"), article("e.id", "2025-06-10", ["Hujan turun di Bukit Lawe."], {"Bukit Lawe": "LOC"}, [Told("DISASTER", "Hujan")])]
    found = set()
    ids = keep_records(archive, told)
    for order in list(permutations(range(3)))[:4]:
        with archive.reading() as connection:
            reports = Reports(archive, connection)
            number = find_number(connection, ids[0])
            assert number is not None
            for n in order:
                other = find_number(connection, ids[n])
                assert other is not None
                reports(other)
            found.add(tuple(bond.telling.id for bond in group_of(reports, number, 0).bonds))
    assert len(found) == 1
    assert {id.split("#")[0] for id in found.pop()} == {ids[1], ids[2]}
    backwards = archive
    with backwards.reading() as connection:
        number = find_number(connection, ids[1])
        assert number is not None
        assert {bond.telling.article for bond in group_of(Reports(archive, connection), number, 0).bonds} == {ids[0], ids[2]}


def test_many_common_names_make_articles_near_though_the_sentence_names_others(archive: Archive) -> None:
    """The other wrote them otherwise; one common name of another sentence is not enough."""
    extra = "Yusuf Manalu, Rina Wahyuni, Meutia Harahap, dan Bupati Burhan hadir."
    names = {"Yusuf Manalu": "PER", "Rina Wahyuni": "PER", "Meutia Harahap": "PER", "Burhan": "PER"}
    asked = article("a.id", "2025-06-10", [LEAD, extra], NAMES | names, [ARREST])
    many = article("b.id", "2025-06-10", ["Hendra Lubisditangkap.", extra], names, [])
    few = article("c.id", "2025-06-10", ["Burhan meresmikan pasar."], {"Burhan": "PER"}, [])
    also = article("d.id", "2025-06-10", ["Hendra Lubis menanam padi."], {"Hendra Lubis": "PER"}, [])
    ids = keep_records(archive, [asked, many, few, also])
    with archive.reading() as connection:
        numbers = [find_number(connection, id) for id in ids]
        own = Reports(archive, connection)(numbers[0] or 0)
        assert set(near_articles(connection, own, own.tellings[0].sentence)) == {numbers[1], numbers[3]}
