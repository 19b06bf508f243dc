"""How many independent sources a claim has: what must be one, what may be, and what the pages leave open."""

from __future__ import annotations

from typing import Any

import pytest

from telusur.trace.groups import gather
from telusur.trace.independence import Independence, count_sources
from telusur.trace.owners import Owners
from told import Told, article, report

NAMES = {"Polres Tanjung Rawa": "ORG", "Hendra Lubis": "PER", "Rina Wahyuni": "PER", "Antara": "ORG", "Yusuf Manalu": "PER", "Meutia Harahap": "PER", "Pemkot Rawa": "ORG"}
DEED = "Kapal Camar tenggelam di Selat Wera dan menewaskan 12 orang"


def sinks(by: list[tuple[str, str]] | None = None, cue: str | None = None) -> Told:
    return Told("DISASTER", "tenggelam", (), ["Kapal Camar"], ["Selat Wera"], by or [], cue, DEED if by else None)


def told_by(outlet: str, words: str = "", by: list[tuple[str, str]] | None = None, *more: Told, extra: tuple[str, ...] = (), wires: tuple[str, ...] = ()) -> dict[str, Any]:
    """An article that tells of the ship, with some words behind: on whose word, or in its own voice."""
    names = {name: kind for name, kind in NAMES.items() if name in words or any(name in line for line in extra)} | {"Kapal Camar": "ORG", "Selat Wera": "LOC"}
    return article(outlet, "2025-06-10", [f"{DEED}{words}.", *extra], names, [sinks(by), *more], wires=wires)


def counted(*records: dict[str, Any], texts: tuple[int, ...] = ()) -> Independence:
    """The sources of the first article's first claim; ``texts``: which articles are one text."""
    reports = [report(record, n) for n, record in enumerate(records, 1)]
    group = gather(reports[0].tellings[0], reports[0], reports[1:])
    owners = Owners()
    return count_sources(group, {reports[n].id: "one" for n in texts}, owners.owner, owners.key)


def interval(found: Independence) -> tuple[int, int]:
    return found.counts.least, found.counts.most


def rules(found: Independence) -> set[str]:
    return {union.rule for union in found.unions}


RINA = ", kata Rina Wahyuni", [("speaker", "Rina Wahyuni")]
YUSUF = ", kata Yusuf Manalu", [("speaker", "Yusuf Manalu")]
UNNAMED = ", kata seorang nelayan", [("speaker", "seorang nelayan")]


def test_many_outlets_that_quote_one_person_have_one_source() -> None:
    found = counted(told_by("a.id", *RINA), told_by("b.id", *RINA), told_by("c.id", *RINA))
    assert (found.counts.outlets, found.counts.texts, found.counts.named, *interval(found)) == (3, 3, 1, 1, 1)


def test_two_people_are_two_sources() -> None:
    """Nothing says that they are one: neither has an office, neither stands in the other's chain."""
    found = counted(told_by("a.id", *RINA), told_by("b.id", *YUSUF))
    assert interval(found) == (2, 2)


def test_somebody_unnamed_may_be_the_one_who_is_named() -> None:
    found = counted(told_by("a.id", *RINA), told_by("b.id", *UNNAMED))
    assert (found.counts.named, found.counts.unnamed, *interval(found)) == (1, 1, 1, 2)


def test_pages_that_name_nobody_leave_it_open() -> None:
    """Each may have seen it, all may have it from one."""
    apart = [
        article(outlet, "2025-06-10", [line], {"Kapal Camar": "ORG", "Selat Wera": "LOC"}, [sinks()])
        for outlet, line in (("a.id", "Kapal Camar tenggelam di Selat Wera."), ("b.id", "Di Selat Wera, Kapal Camar tenggelam."), ("c.id", "Pada Senin Kapal Camar tenggelam di Selat Wera dihantam ombak setinggi empat meter."))
    ]
    found = counted(*apart)
    assert (found.counts.own, *interval(found)) == (3, 1, 3)


def test_who_passes_on_what_another_told_is_no_second_source() -> None:
    """Unnamed people told Rina, Rina told an agency; elsewhere Rina speaks herself."""
    chain = [("origin", "beberapa nelayan"), ("speaker", "Rina Wahyuni"), ("relay", "Antara")]
    found = counted(told_by("a.id", ", kata Rina Wahyuni dari beberapa nelayan, seperti dikutip Antara", chain), told_by("b.id", *RINA))
    assert interval(found) == (1, 1)
    assert "one-chain" in rules(found)
    path = next(path for path in found.paths if len(path.nodes) == 4)
    assert [(node.kind, node.role) for node in path.nodes] == [("group", "origin"), ("person", "speaker"), ("agency", "relay"), ("outlet", "outlet")]
    assert [step.basis for step in path.steps] == ["written"] * 3
    assert [step.evidence[0].words for step in path.steps] == ["beberapa nelayan", "Rina Wahyuni", "Antara"]


def test_a_spokesman_and_his_body_are_one() -> None:
    office = Told("holds-office", "Juru bicara", ["Rina Wahyuni"], ["Pemkot Rawa"], tense="present")
    says = told_by("a.id", ", kata Rina Wahyuni", [("speaker", "Rina Wahyuni")], office, extra=("Juru bicara Pemkot Rawa Rina Wahyuni hadir.",))
    found = counted(says, told_by("b.id", ", menurut Pemkot Rawa", [("speaker", "Pemkot Rawa")]))
    assert interval(found) == (1, 1)
    union = next(union for union in found.unions if union.rule == "speaks-for")
    assert union.evidence[0].words == "Juru bicara Pemkot Rawa Rina Wahyuni hadir."


def test_two_of_one_body_are_one_but_not_two_of_a_parliament() -> None:
    def at(body: str) -> Independence:
        pages = []
        for outlet, who, office in (("a.id", "Rina Wahyuni", "Kepala"), ("b.id", "Yusuf Manalu", "Sekretaris")):
            line = f"{office} {body} {who} hadir."
            names = {"Kapal Camar": "ORG", "Selat Wera": "LOC", who: "PER", body: "ORG"}
            claims = [sinks([("speaker", who)]), Told("leads", office, [who], [body], tense="present")]
            pages.append(article(outlet, "2025-06-10", [f"{DEED}, kata {who}.", line], names, claims))
        return counted(*pages)

    assert interval(at("Dinas Pelayaran Rawa")) == (1, 1)
    assert interval(at("DPRD Rawa"))[1] == 2


def test_a_lawyer_speaks_for_the_one_he_stands_for() -> None:
    lawyer = told_by("b.id", ", kata kuasa hukum Rina Wahyuni, Yusuf Manalu", [("speaker", "Yusuf Manalu")])
    found = counted(told_by("a.id", *RINA), lawyer)
    assert interval(found) == (1, 1)


def test_two_at_one_press_conference_are_one() -> None:
    pages = [told_by(outlet, f", kata {who} dalam konferensi pers di pelabuhan", [("speaker", who)]) for outlet, who in (("a.id", "Rina Wahyuni"), ("b.id", "Yusuf Manalu"))]
    found = counted(*pages)
    assert (interval(found), rules(found)) == ((1, 1), {"press-conference"})


def test_copies_of_one_text_have_one_source_whatever_they_dropped() -> None:
    """The copy speaks in its own voice: it inherits whom the text names."""
    whole, cut = told_by("a.id", *RINA), told_by("b.id")
    found = counted(cut, whole, texts=(0, 1))
    assert (found.counts.outlets, found.counts.texts, *interval(found)) == (2, 1, 1, 1)
    assert [step.rule for path in found.paths for step in path.steps if step.basis == "inferred"] == ["same-words"]


def test_a_credit_makes_it_the_agencys() -> None:
    """Two pages that credit one agency, in words of their own, have one source; the agency is not a named origin."""
    one = article("a.id", "2025-06-10", ["Kapal Camar tenggelam di Selat Wera."], {"Kapal Camar": "ORG", "Selat Wera": "LOC"}, [sinks()], wires=["Antara"])
    other = article("b.id", "2025-06-10", ["Di Selat Wera pada Senin pagi, Kapal Camar tenggelam dihantam ombak."], {"Kapal Camar": "ORG", "Selat Wera": "LOC"}, [sinks()], wires=["ANTARA"])
    found = counted(one, other)
    assert interval(found) == (1, 1)
    assert {path.steps[0].rule for path in found.paths} == {"wire-credit"}


def test_outlets_of_one_owner_are_one_where_they_speak_themselves() -> None:
    def pages(first: str, second: str) -> Independence:
        names = {"Kapal Camar": "ORG", "Selat Wera": "LOC"}
        one = article(first, "2025-06-10", ["Kapal Camar tenggelam di Selat Wera."], names, [sinks()])
        other = article(second, "2025-06-10", ["Di Selat Wera pada Senin pagi, Kapal Camar tenggelam dihantam ombak."], names, [sinks()])
        return counted(one, other)

    assert interval(pages("okezone.com", "sindonews.com")) == (1, 1)
    assert interval(pages("okezone.com", "detik.com")) == (1, 2)
    assert interval(pages("satu.example", "dua.example")) == (1, 2)  # nobody knows whose they are


def test_police_without_a_name_are_the_police_that_are_named() -> None:
    office = Told("leads", "Kapolres", ["Rina Wahyuni"], ["Polres Tanjung Rawa"], tense="present")
    named = told_by("a.id", ", kata Rina Wahyuni", [("speaker", "Rina Wahyuni")], office, extra=("Kapolres Polres Tanjung Rawa Rina Wahyuni hadir.",))
    found = counted(named, told_by("b.id", ", kata polisi", [("speaker", "polisi")]))
    assert interval(found) == (1, 1)
    assert "stands-for" in rules(found)


def test_two_authorities_may_have_one_report() -> None:
    pages = []
    for outlet, who, office, body in (("a.id", "Rina Wahyuni", "Wali Kota", "Tanjung Rawa"), ("b.id", "Yusuf Manalu", "Kapolres", "Polres Rawa")):
        names = {"Kapal Camar": "ORG", "Selat Wera": "LOC", who: "PER", body: "ORG" if "Polres" in body else "LOC"}
        claims = [sinks([("speaker", who)]), Told("leads", office, [who], [body], tense="present")]
        pages.append(article(outlet, "2025-06-10", [f"{DEED}, kata {who}.", f"{office} {body} {who} hadir."], names, claims))
    assert interval(counted(*pages)) == (1, 2)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_the_order_of_articles_changes_no_count(order: tuple[int, ...]) -> None:
    pages = [told_by("a.id", *RINA), told_by("b.id", *UNNAMED), told_by("c.id", *YUSUF)]
    assert interval(counted(*(pages[n] for n in order))) == (2, 3)


def test_who_denies_it_is_no_source_of_it() -> None:
    denial = article("b.id", "2025-06-10", [f"Yusuf Manalu membantah {DEED}."], {"Kapal Camar": "ORG", "Selat Wera": "LOC", "Yusuf Manalu": "PER"}, [sinks([("speaker", "Yusuf Manalu")], "membantah")])
    found = counted(told_by("a.id", *RINA), denial)
    assert (found.counts.outlets, *interval(found)) == (1, 1, 1)


def test_an_outlet_that_was_there_is_a_source_itself() -> None:
    """What it saw with its own eyes is no part of what may be another's."""
    names = {"Kapal Camar": "ORG", "Selat Wera": "LOC"}
    there = article("kabarwera.id", "2025-06-10", ["Pantauan kabarwera.id di dermaga, Kapal Camar tenggelam di Selat Wera hingga tinggal tiangnya."], names, [sinks()])
    elsewhere = article("kabarwera.id", "2025-06-10", ["Pantauan satelit, Kapal Camar tenggelam di Selat Wera hingga tinggal tiangnya."], names, [sinks()])
    assert interval(counted(told_by("a.id", *RINA), there)) == (2, 2)
    assert interval(counted(told_by("a.id", *RINA), elsewhere)) == (1, 2)


def test_an_outlet_that_quotes_somebody_elsewhere_on_its_page_may_have_seen_it_itself() -> None:
    """Laid to whom it quotes by a rule, not by its words: one source at least, two at most. A copy of the other's text saw nothing."""
    names = {"Kapal Camar": "ORG", "Selat Wera": "LOC", "Rina Wahyuni": "PER"}
    search = Told("INVESTIGATE", "mencari", (), [], [], [("speaker", "Rina Wahyuni")], "kata", "Kami masih mencari")
    lines = ["Di Selat Wera pada Senin pagi, Kapal Camar tenggelam dihantam ombak.", "“Kami masih mencari,” kata Rina Wahyuni."]
    own = article("b.id", "2025-06-10", lines, names, [sinks(), search])
    found = counted(told_by("a.id", *RINA), own)
    assert {step.rule for path in found.paths for step in path.steps if step.basis == "inferred"} == {"only-voice"}
    assert interval(found) == (1, 2)
    assert interval(counted(told_by("a.id", *RINA), own, texts=(0, 1))) == (1, 1)


def test_two_outlets_that_describe_one_film_have_one_source() -> None:
    """Not the outlets: what is seen in the film."""
    names = {"Kapal Camar": "ORG", "Selat Wera": "LOC"}
    lines = ("Video yang beredar memperlihatkan Kapal Camar tenggelam di Selat Wera.", "Sebuah video viral menunjukkan Kapal Camar tenggelam di Selat Wera saat ombak tinggi.")
    found = counted(*(article(f"{n}.id", "2025-06-10", [line], names, [sinks()]) for n, line in enumerate(lines)))
    assert interval(found) == (1, 1)
    assert {source.kind for source in found.sources} == {"document"}


def test_an_office_without_a_name_is_who_holds_it() -> None:
    named = told_by("a.id", ", kata Kepala Syahbandar Rina Wahyuni", [("speaker", "Rina Wahyuni")])
    found = counted(named, told_by("b.id", ", kata kepala syahbandar", [("speaker", "kepala syahbandar")]))
    assert (interval(found), rules(found)) == ((1, 1), {"stands-for"})


TITLE = "Duka Nelayan Selat Wera"


def perhaps_told(outlet: str, who: str) -> dict[str, Any]:
    """An article of the same story, in words of its own."""
    names = {"Kapal Camar": "ORG", "Selat Wera": "LOC", who: "PER"}
    told = Told("DISASTER", "karam", (), ["perahu besi"], by=[("speaker", who)])
    return article(outlet, "2025-06-10", [f"Perahu itu karam, kata {who}, dan perahu besi Kapal Camar patah dua di Selat Wera."], names, [told], title=TITLE)


def surely_told(outlet: str) -> dict[str, Any]:
    record = told_by(outlet, *RINA)
    record["article"]["title"] = TITLE
    return record


@pytest.mark.parametrize(("sure", "who", "most"), [(1, ["Yusuf Manalu"] * 3, 2), (1, ["Yusuf Manalu", "Meutia Harahap", "Hendra Lubis"], 3), (2, ["Yusuf Manalu", "Meutia Harahap"], 2)])
def test_what_only_may_tell_it_raises_the_most(sure: int, who: list[str], most: int) -> None:
    """By one; by two where only one article was found to tell it. It counts for no outlet and no text."""
    perhaps = [perhaps_told(f"p{n}.id", name) for n, name in enumerate(who)]
    found = counted(*(surely_told(f"s{n}.id") for n in range(sure)), *perhaps)
    assert (found.counts.outlets, found.counts.texts, *interval(found)) == (sure, sure, 1, most)
    assert {bond.telling.article for bond in found.group.possible} == {report(record).id for record in perhaps}
    assert interval(counted(*(surely_told(f"s{n}.id") for n in range(sure)))) == (1, 1)


def test_another_voice_on_the_page_that_confirms_it_may_be_another_source() -> None:
    """He need not say again what he confirms; who is only quoted on something else is no source of it."""
    line = "Meutia Harahap membenarkan kejadian tersebut."
    confirmed = told_by("a.id", *RINA, Told("DISASTER", "kejadian", by=[("speaker", "Meutia Harahap")], cue="membenarkan", said="kejadian tersebut"), extra=(line,))
    other = line.replace("membenarkan kejadian tersebut", "menjual ikan kering")
    aside = told_by("a.id", *RINA, Told("ECONOMY", "menjual", by=[("speaker", "Meutia Harahap")], cue="menjual", said="ikan kering"), extra=(other,))
    assert interval(counted(confirmed)) == (1, 2)
    assert interval(counted(aside)) == (1, 1)
