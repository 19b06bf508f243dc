"""Who tells it otherwise: figures, denials, rivals, titles that say more than their bodies, copies that hardened."""

from __future__ import annotations

from typing import Any

import pytest

from archive.records import keep_records
from telusur.archive import Archive
from telusur.archive.keep import find_number
from telusur.trace.disagreement import Disagreement, disagreement, voice
from telusur.trace.groups import gather
from telusur.trace.independence import count_sources
from telusur.trace.owners import Owners
from telusur.trace.proof import Tracer
from telusur.trace.tree import to_dict
from told import Told, article, report

NAMES = {"Kampung Lawe": "LOC", "Rina Wahyuni": "PER", "Yusuf Manalu": "PER"}


def apart(*records: dict[str, Any], claim: int = 0) -> Disagreement:
    """What is told against a claim of the first article."""
    reports = [report(record, n) for n, record in enumerate(records, 1)]
    group = gather(reports[0].tellings[claim], reports[0], reports[1:])
    owners = Owners()
    return disagreement(count_sources(group, {}, owners.owner, owners.key))


def flood(outlet: str, dead: int, who: str, published: str = "2025-06-10", day: str | None = None) -> dict[str, Any]:
    line = f"Banjir di Kampung Lawe menewaskan {dead} orang, kata {who}."
    told = Told("DISASTER", "menewaskan", (), (f"{dead} orang",), ["Kampung Lawe"], [("speaker", who)], casualties={"killed": dead}, day=day)
    return article(outlet, published, [line], {name: kind for name, kind in NAMES.items() if name in line}, [told])


def test_figures_stand_side_by_side_by_source_and_time() -> None:
    """The earliest first; who gives the same count stands together."""
    found = apart(flood("a.id", 9, "Rina Wahyuni"), flood("b.id", 14, "Yusuf Manalu", "2025-06-12"), flood("c.id", 9, "Rina Wahyuni", "2025-06-09"))
    told = [(f.counted, f.count, [(found.reports[t.article].outlet, voice(t, found.reports[t.article])) for t in f.tellings]) for f in found.figures]
    assert told == [
        ("killed", 9, [("c.id", "Rina Wahyuni"), ("a.id", "Rina Wahyuni")]),
        ("killed", 14, [("b.id", "Yusuf Manalu")]),
    ]


@pytest.mark.parametrize(
    "other",
    [flood("b.id", 9, "Yusuf Manalu"), flood("b.id", 14, "Yusuf Manalu", "2025-07-20"), flood("b.id", 14, "Yusuf Manalu", day="2025-05-02")],
    ids=["the same count", "another month", "another flood"],
)
def test_figures_of_other_floods_are_no_disagreement(other: dict[str, Any]) -> None:
    assert apart(flood("a.id", 9, "Rina Wahyuni", day="2025-06-09"), other).figures == ()


def test_a_denial_is_held_to_what_it_denies() -> None:
    """Both where the claim was read as denied and where only the saying was."""
    names = {"PT Lawe Jaya": "ORG", "Rina Wahyuni": "PER"}
    accuses = article("a.id", "2025-06-10", ["PT Lawe Jaya membuang limbah tambang ke sungai, kata warga."], {"PT Lawe Jaya": "ORG"}, [Told("COERCE", "membuang", ["PT Lawe Jaya"], ["limbah tambang"], by=[("speaker", "warga")])])
    line = "Rina Wahyuni membantah PT Lawe Jaya membuang limbah tambang ke sungai."
    read = article("b.id", "2025-06-11", [line], names, [Told("COERCE", "membuang", ["PT Lawe Jaya"], ["limbah tambang"], by=[("speaker", "Rina Wahyuni")], cue="membantah", said="PT Lawe Jaya membuang limbah tambang ke sungai")])
    heard = article("c.id", "2025-06-11", [line], names, [Told("REQUEST", "sungai", by=[("speaker", "Rina Wahyuni")], cue="membantah", said="PT Lawe Jaya membuang limbah tambang ke sungai")])
    for denial in (read, heard):
        found = apart(accuses, denial)
        assert [(d.kind, found.reports[d.other.article].outlet, voice(d.other, found.reports[d.other.article])) for d in found.differences] == [("denial", denial["article"]["publisher"], "Rina Wahyuni")]
    assert apart(accuses, article("d.id", "2025-06-11", ["Rina Wahyuni membantah jalan ditutup."], {"Rina Wahyuni": "PER"}, [Told("REQUEST", "ditutup", by=[("speaker", "Rina Wahyuni")], cue="membantah", said="jalan ditutup")])).differences == ()


def title_and_body(title: str, body: str, **body_marks: str) -> dict[str, Any]:
    told = [Told("AGREE", "berdamai", ["Milisi Lawe"], differs=[1]), Told("AGREE", "perdamaian", ["Milisi Lawe"], differs=[0], **body_marks)]  # type: ignore[arg-type]
    return article("a.id", "2025-06-10", [body], {"Milisi Lawe": "ORG"}, told, title=title)


def test_a_title_that_says_more_than_its_body() -> None:
    surer = title_and_body("Milisi Lawe berdamai", "Milisi Lawe mungkin membuka jalan ke perdamaian.", certainty="possible")
    assert [(d.kind, d.why) for d in apart(surer).differences] == [("headline", "possible → certain")]
    done = title_and_body("Milisi Lawe berdamai", "Milisi Lawe akan menandatangani perdamaian.", tense="future")
    assert [(d.kind, d.why) for d in apart(done).differences] == [("headline", "future → past")]
    alike = title_and_body("Milisi Lawe berdamai", "Milisi Lawe menandatangani perdamaian.")
    assert apart(alike).differences == ()


def test_a_claim_that_hardened_on_its_way() -> None:
    """What the wire calls possible, the copy that comes later tells as a fact; the other way round nothing hardened."""

    def tells(outlet: str, hour: str, certainty: str, line: str) -> dict[str, Any]:
        told = Told("DISASTER", "terbakar", (), ["Pasar Lawe"], certainty=certainty, by=[("speaker", "Rina Wahyuni")])
        return article(outlet, f"2025-06-10T{hour}", [line], {"Pasar Lawe": "ORG", "Rina Wahyuni": "PER"}, [told])

    wire = tells("antaranews.com", "08:00", "possible", "Pasar Lawe kemungkinan terbakar akibat korsleting listrik di kios kain, kata Rina Wahyuni.")
    copy = tells("b.id", "11:00", "certain", "Pasar Lawe terbakar akibat korsleting listrik di kios kain, kata Rina Wahyuni.")
    found = apart(wire, copy)
    assert [(d.kind, d.why, found.reports[d.one.article].outlet, found.reports[d.other.article].outlet) for d in found.differences] == [("hardened", "possible → certain", "antaranews.com", "b.id")]
    earlier = tells("b.id", "06:00", "certain", "Pasar Lawe terbakar akibat korsleting listrik di kios kain, kata Rina Wahyuni.")
    assert apart(wire, earlier).differences == ()


def test_two_who_lead_one_body_are_found_at_any_time(archive: Archive) -> None:
    """In either engine, however far apart the articles are."""

    def leads(who: str, published: str, body: str = "Serikat Nelayan Lawe") -> dict[str, Any]:
        return article("a.id", published, [f"Ketua {body} {who} hadir."], {who: "PER", body: "ORG"}, [Told("leads", "Ketua", [who], [body], tense="present")])

    ids = keep_records(archive, [leads("Rina Wahyuni", "2025-06-10"), leads("Yusuf Manalu", "2023-01-04"), leads("Maria Kelen", "2025-06-10", "Koperasi Sape")])
    with archive.reading() as connection:
        tracer = Tracer(archive, connection)
        number = find_number(connection, ids[0])
        assert number is not None
        found = tracer.independence(number, 0)
        told = disagreement(found, tracer.reports)
    assert [(d.kind, d.why) for d in told.differences] == [("rival", "Rina Wahyuni / Yusuf Manalu")]
    plain = to_dict(found, told)["disagreement"]["differences"][0]["other"]
    assert (plain["article"], plain["published"], plain["sentence"]["words"]) == (ids[1], "2023-01-04", "Ketua Serikat Nelayan Lawe Yusuf Manalu hadir.")
