"""Linking people, bodies and sites to the shipped table: which one is meant, when not to say, and why."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpu_time import least
from telusur.analyse import links
from telusur.analyse.actors import actors, bodies_of, class_of, local_bodies, office_signs
from telusur.analyse.entities import resolve_entities
from telusur.model.document import Article, Document, Hints, Source
from telusur.model.layers import Entity, EntityType, Mention
from telusur.model.span import Span

NIL = ""


def link(marked: str, published: str | None = None) -> dict[str, Entity]:
    """The entities of a text whose names are marked (`[PER Budi Santoso]`), by the names as written."""
    text, mentions, last = "", [], 0
    for found in re.finditer(r"\[(PER|ORG|LOC) ([^]]+)\]", marked):
        text += marked[last : found.start()]
        kind: EntityType = "PER" if found[1] == "PER" else "ORG" if found[1] == "ORG" else "LOC"
        mentions.append(Mention(f"m{len(mentions)}", Span(len(text), len(text) + len(found[2])), kind))
        text += found[2]
        last = found.end()
    text += marked[last:]
    document = Document(Source(b"", "text/plain", ""), Hints(published=published), text, (), Article())
    entities, filled = resolve_entities(document, tuple(mentions))
    by_id = {e.id: e for e in entities}
    return {m.span.of(text): by_id[m.entity] for m in filled}


def code(entity: Entity) -> str:
    return ":".join(entity.link) if entity.link else NIL


# text, name, its link, why
CASES: list[tuple[str, str, str, str]] = [
    # people
    ("Menteri Keuangan [PER Sri Mulyani] hadir.", "Sri Mulyani", "wikidata:Q3177708", "the office beside the name"),
    ("[PER Jokowi] meninjau pasar.", "Jokowi", "wikidata:Q3318231", "a short name that the news uses for one man"),
    ("Presiden AS [PER Donald Trump] berpidato.", "Donald Trump", "wikidata:Q22686", "a foreign head of state"),
    ("[PER Sandra Wulandari] hadir.", "Sandra Wulandari", NIL, "nobody of the table"),
    ("Anggota DPR [PER Farah Puteri Nahlia] bertanya.", "Farah Puteri Nahlia", "wikidata:Q85991076", "a member of parliament beside the office"),
    ("[PER Farah Puteri Nahlia] membuka warung.", "Farah Puteri Nahlia", NIL, "the same name without the office"),
    ("Kapolsek Sukamaju AKP [PER Dedi Prasetyo] hadir.", "Dedi Prasetyo", NIL, "a namesake of another rank"),
    ("[PER Dedi Prasetyo] (34) ditangkap warga.", "Dedi Prasetyo", NIL, "an age stands behind names of suspects"),
    ("Menteri Perdagangan [PER Budi Santoso] hadir.", "Budi Santoso", "telusur:budi-santoso", "a common name with its office"),
    ("Petani bernama [PER Budi Santoso] gagal panen.", "Budi Santoso", NIL, "the common name alone"),
    ("[PER Retno] membeli beras.", "Retno", NIL, "a first name alone"),
    ("Menlu [PER Retno] bertemu duta besar.", "Retno", "wikidata:Q18342668", "the first name with its office"),
    ("Ketua Umum [ORG PDIP] dan kadernya bertemu [PER Mega].", "Mega", "wikidata:Q76179", "the party stands for her"),
    ("Pelaku berinisial [PER JK] ditangkap.", "JK", NIL, "initials"),
    ("Jaksa Agung [PER Prasetyo] hadir.", "Prasetyo", "wikidata:Q19747237", "a common name with its office"),
    ("Kader itu bertemu [PER Mega] menjelang pemilu.", "Mega", "wikidata:Q76179", "a word of her trade"),
    ("Penyanyi itu, [PER Mega], tampil di pesta.", "Mega", NIL, "no word of it"),
    ("Petani itu, [PER Prasetyo], pulang.", "Prasetyo", NIL, "the common name alone"),
    ("[PER Eddy] membacakan sikap [ORG PAN].", "Eddy", "wikidata:Q25460903", "a first name beside the party that its bearer leads"),
    ("Presiden [PER Jokowi] menyapa [PER Eddy].", "Eddy", NIL, "a name so common that a president beside it says nothing"),
    ("Presiden [PER Jokowi] menyapa [PER Kalla].", "Kalla", "wikidata:Q76354", "a rarer name beside a president"),
    # bodies
    ("[ORG KPK] menahan tersangka.", "KPK", "wikidata:Q3273955", "an acronym"),
    ("[ORG Komisi Pemberantasan Korupsi] menahan.", "Komisi Pemberantasan Korupsi", "wikidata:Q3273955", "the name in full"),
    ("[ORG Kemenkeu] di [LOC Jakarta] menolak.", "Kemenkeu", "wikidata:Q12490741", "a syllable word"),
    ("[ORG PT Telkom Indonesia (Persero) Tbk] untung.", "PT Telkom Indonesia (Persero) Tbk", "wikidata:Q2305438", "legal forms aside"),
    ("[ORG PT Sumber Angin Malam] bangkrut.", "PT Sumber Angin Malam", NIL, "a firm of no table"),
    ("[ORG Mahkamah Agung] di [LOC Amerika Serikat] menolak. [LOC Amerika Serikat] diam.", "Mahkamah Agung", NIL, "a court abroad"),
    ("[ORG Mahkamah Agung] di [LOC Jakarta] menolak.", "Mahkamah Agung", "wikidata:Q4200557", "the court at home"),
    ("[ORG PBB] di [LOC Gaza] menyerukan bantuan.", "PBB", "wikidata:Q1065", "the world body"),
    ("Caleg [ORG PBB] dan [PER Yusril Ihza Mahendra] hadir.", "PBB", "telusur:pbb-partai", "the party, by its words"),
    ("Ibu-ibu [ORG PKK] memasak.", "PKK", NIL, "not the armed group of that acronym"),
    ("Kelompok Kurdi [ORG PKK] di [LOC Turki] menyerah.", "PKK", "telusur:pkk", "the armed group, by its words"),
    ("Kelompok [ORG Abu Sayyaf] menyandera nelayan.", "Abu Sayyaf", "un:QDe.001", "a group on the list of the United Nations"),
    ("[ORG PT Raya Roti Indonesia] atau [ORG PT RRI] bangkrut.", "PT Raya Roti Indonesia", NIL, "a known acronym of another body"),
    ("[ORG KPU Kabupaten Klaten] menghitung.", "KPU Kabupaten Klaten", "telusur:kpu-33.10", "a branch is not its head office"),
    # bodies that every area has
    ("[ORG Polda Sulsel] menyelidiki.", "Polda Sulsel", "telusur:polda-73", "a province\'s police"),
    ("[ORG Polda Metro Jaya] menyelidiki.", "Polda Metro Jaya", "wikidata:Q12490960", "the one with a name of its own"),
    ("[ORG Polres Bogor] menyelidiki.", "Polres Bogor", "telusur:polres-32.01", "the regency bears the bare name"),
    ("[ORG Polresta Bogor Kota] menyelidiki.", "Polresta Bogor Kota", "telusur:polres-32.71", "the city adds Kota"),
    ("[ORG Pemkab Pati] menolak.", "Pemkab Pati", "telusur:pemda-33.18", "a regency\'s government"),
    ("[LOC Kabupaten Timor Tengah Utara] dan [ORG Pemda TTU] sepakat.", "Pemda TTU", "telusur:pemda-53.03", "initials of an area named"),
    ("[ORG DPRD Bogor] menolak.", "DPRD Bogor", NIL, "regency or city: candidates"),
    ("[ORG Polda Negeri Awan] menyelidiki.", "Polda Negeri Awan", NIL, "no such province"),
    ("[ORG Polsek Sukamaju] menyelidiki.", "Polsek Sukamaju", NIL, "below the table\'s areas"),
    # sites
    ("Warga [LOC Gaza] mengungsi.", "Gaza", "telusur:jalur-gaza", "the strip"),
    ("[LOC Gunung Semeru] meletus.", "Gunung Semeru", "telusur:gunung-semeru", "a mountain"),
    ("Rapat di [LOC Gedung Melati].", "Gedung Melati", NIL, "a building of no table"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "expected", "why"), CASES, ids=[f"{c[1]}: {c[3]}" for c in CASES])
def test_name_is_linked_or_left_open(text: str, name: str, expected: str, why: str) -> None:
    """Each name is the one that its article means, or none; and every answer has its reason."""
    entity = link(text)[name]
    assert code(entity) == expected, why
    assert entity.because


def test_candidates_stand_where_several_fit() -> None:
    """None is picked, all are named."""
    entity = link("[ORG DPRD Bogor] menolak.")["DPRD Bogor"]
    assert set(entity.candidates) == {("telusur", "dprd-32.01"), ("telusur", "dprd-32.71")}
    assert entity.because == links.SEVERAL
    named = link("[LOC Kota Bogor] ramai. [ORG DPRD Bogor] menolak.")["DPRD Bogor"]
    assert named.link == ("telusur", "dprd-32.71")


@pytest.mark.parametrize(
    ("published", "office"),
    [("2015-08-25", "gubernur dki jakarta"), ("2013-12-01", "gubernur dki jakarta"), ("2010-01-01", NIL), (None, "gubernur dki jakarta")],
)  # fmt: skip
def test_an_office_counts_from_a_year_before_it_begins(published: str | None, office: str) -> None:
    """`Gubernur` says nothing of a man who became governor four years after the article."""
    entity = link("Gubernur [PER Basuki Tjahaja Purnama] hadir.", published)["Basuki Tjahaja Purnama"]
    assert (office in entity.because) if office else ("office beside" not in entity.because)


def test_the_reason_names_the_office_and_its_period() -> None:
    entity = link("Menteri Keuangan [PER Sri Mulyani Indrawati] hadir.", "2024-05-01")["Sri Mulyani Indrawati"]
    assert entity.because == "the office beside the name: menteri keuangan (2016-07-27 to 2025-09-08)"


def test_an_office_belongs_to_a_body() -> None:
    assert ("wikidata", "Q1186306") in bodies_of("ketua umum pdip")
    assert ("wikidata", "Q74536100") in bodies_of("menteri agama")
    assert bodies_of("anggota dpr") == ()
    assert bodies_of("presiden") == ()


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=60), st.sampled_from(["PER", "ORG", "LOC"]))
def test_any_name_has_an_answer_with_its_reason(name: str, kind: EntityType) -> None:
    """Never a link and candidates together, whatever the name is made of."""
    document = Document(Source(b"", "text/plain", ""), Hints(), name, (), Article())
    entities, _ = resolve_entities(document, (Mention("m1", Span(0, len(name)), kind),))
    assert entities[0].because
    assert not (entities[0].link and entities[0].candidates)
    assert len(entities[0].candidates) != 1


@pytest.mark.parametrize(
    "text",
    ["Menteri " * 20_000, "(" * 100_000, "presiden wakil " * 10_000, "9" * 150_000, "berinisial JK " * 10_000],
    ids=["offices", "brackets", "signs", "digits", "initials"],
)
def test_hostile_text_takes_no_longer(text: str) -> None:
    """Work is bounded by the names, not by what stands around them."""
    mentions = tuple(Mention(f"m{i}", Span(10 * i, 10 * i + 6), "PER") for i in range(200))
    document = Document(Source(b"", "text/plain", ""), Hints(), text, (), Article())
    entities = (Entity("e1", "PER", "JK"), Entity("e2", "ORG", "PKK"))
    told = [Mention(m.id, m.span, m.type, "e1" if i % 2 else "e2") for i, m in enumerate(mentions)]
    assert least(lambda: links.link_entities(document, entities, told), 1.0) < 1.0


def test_the_table_is_whole() -> None:
    """Every row reads, every name leads to rows, no id stands twice, every office has a class."""
    table = actors()
    rows = [row.split("\t") for row in table.rows]
    assert {len(r) for r in rows} == {12}
    assert len({(r[0], r[1]) for r in rows}) == len(rows)
    assert {r[0] for r in rows} == {"wikidata", "un", "telusur"}
    assert all(re.fullmatch(r"Q[1-9]\d*", r[1]) for r in rows if r[0] == "wikidata")
    assert all(re.fullmatch(r"[A-Z]{2}[ei]\.\d{3}", r[1]) for r in rows if r[0] == "un")
    assert {int(n[1:]) for line in table.names.values() for n in line.split()} == set(range(len(rows)))
    assert {n[0] for line in table.names.values() for n in line.split()} <= set("nac~=")
    by_hand = [o for r in rows if r[6] == "y" and r[2] == "PER" for o in r[7].split("|") if o]
    assert len(by_hand) > 300
    known = [o for o in by_hand if class_of(o.partition("@")[0])]
    assert len(known) / len(by_hand) > 0.95, sorted(set(by_hand) - set(known))


def test_periods_are_dates_in_order() -> None:
    """FROM and TO of an office are years, months or days, the one not after the other."""
    for row in actors().rows:
        for cell in filter(None, row.split("\t")[7].split("|")):
            start, end = cell.partition("@")[2].split("..")
            assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", d) for d in (start, end) if d), cell
            if start and end and row.split("\t")[6]:
                assert start[: len(end)] <= end, cell


def test_signs_and_local_bodies_read() -> None:
    assert office_signs()[("menteri",)] == "minister"
    assert {b.key for b in local_bodies()} >= {"polda", "polres", "pemda", "dprd", "bpbd", "kpu", "bps"}


def test_loading_is_quick() -> None:
    def load() -> None:
        actors.cache_clear()
        actors()

    assert least(load, 0.1) < 0.1
