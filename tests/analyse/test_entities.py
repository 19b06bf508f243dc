"""Joining the names of one article: what is one thing, what is not, and the reason for each join."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpu_time import least
from telusur.analyse import nameforms, names
from telusur.analyse.entities import resolve_entities
from telusur.model.document import Article, Document, Hints, Source
from telusur.model.layers import Entity, Mention
from telusur.model.span import Span

MARK = re.compile(r"\[([^\]|]+)\|(PER|ORG|LOC)\]")


def read(marked: str) -> tuple[tuple[Entity, ...], tuple[Mention, ...], str]:
    """Resolves a text in which the names are marked: ``[Rani Wulan|PER] tiba di [Pati|LOC]``."""
    text, mentions, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        mentions.append(
            Mention(f"m{len(mentions) + 1}", Span(len(text), len(text) + len(match[1])), match[2])
        )  # type: ignore[arg-type]
        text += match[1]
        at = match.end()
    text += marked[at:]
    document = Document(Source(b"", "text/plain", ""), Hints(), text, (), Article())
    entities, filled = resolve_entities(document, tuple(mentions))
    return entities, filled, text


def groups(marked: str) -> list[list[str]]:
    """The names of each entity, in the order of the text."""
    entities, mentions, text = read(marked)
    return [[m.span.of(text) for m in mentions if m.entity == e.id] for e in entities]


ONE = [
    # (text, reason expected, why)
    ("[Rani Wulandari|PER] datang. Kata [Wulandari|PER], cukup.", nameforms.SHORT, "surname alone"),
    ("[Rani Wulandari|PER] datang. Kata [Rani|PER], cukup.", nameforms.SHORT, "first name alone, as Indonesian outlets do"),
    ("[Rani|PER] datang. Ketua itu, [Rani Wulandari|PER], berpidato.", nameforms.SHORT, "the title names her shortly first"),
    ("[M Danu Prakoso|PER] hadir. [Danu|PER] pulang.", nameforms.SHORT, "after an initial"),
    ("[Mohamed Sabri|PER] hadir. [Mo Sabri|PER] pulang.", nameforms.SHORT, "first name cut short"),
    ("[Abu Bakar al Harbi|PER] lari. [Abu Bakr al-Harbi|PER] tewas.", nameforms.SPELLING, "two transliterations"),
    ("[RANI WULANDARI|PER] hadir. [Rani Wulandari|PER] pulang.", nameforms.WRITTEN, "capitals in a title"),
    ("[Al-Qaeda|ORG] kalah. [Alqaeda|ORG] mundur.", nameforms.WRITTEN, "hyphen"),
    ("[Joko Widodo|PER] hadir. [Jokowi|PER] pulang.", nameforms.KNOWN, "byname in the table"),
    ("[Komisi Pemberantasan Korupsi|ORG] hadir. [KPK|ORG] diam.", nameforms.KNOWN, "acronym in the table"),
    ("[Polda Sulawesi Selatan|ORG] hadir. [Polda Sulsel|ORG] diam.", nameforms.KNOWN, "short form inside a name"),
    ("[Kejaksaan Negeri (Kejari) Pati|ORG] hadir. [Kejari Pati|ORG] diam.", nameforms.KNOWN, "the bracket inside the name"),
    ("[Amerika Serikat|LOC] diam. [AS|LOC] mundur.", nameforms.KNOWN, "a state by its letters"),
    ("[Layanan Sandi Utara|ORG] ([LSU|ORG]) dibentuk.", nameforms.BRACKET, "acronym in brackets"),
    ("[Komite Bantuan Dunia|ORG] ([WRC|ORG]) dibentuk.", nameforms.BRACKET, "letters of another language in brackets"),
    ("[Serikat Tani Merdeka|ORG] menolak. [STM|ORG] mogok.", nameforms.LETTERS, "acronym never explained"),
    ("[Kabupaten Rantau Tengah Utara|LOC] banjir. [Kabupaten RTU|LOC] siaga.", nameforms.LETTERS, "acronym at the end of a name"),
    ("[Lembaga Air Rakyat|ORG] alias [Tirta|ORG] bubar.", nameforms.STATED, "the text says alias"),
    ("[Sari Dewi|PER], sapaan akrab [Mbak Sar|PER], hadir.", nameforms.STATED, "the text gives a byname"),
    ("[Syahrul Tirta Lesmana|PER] hadir. [STL|PER] diam.", nameforms.INITIALS, "a person by the initials"),
    ("[Partai Bintang Fajar|ORG] kalah. [Bintang Fajar|ORG] protes.", nameforms.SHORT, "without the legal form"),
    ("[PT Sumber Rezeki Tbk|ORG] rugi. [Sumber Rezeki|ORG] tutup.", nameforms.SHORT, "without PT and Tbk"),
    ("[Garda Rakyat Utara|ORG] kalah. [Garda Rakyat|ORG] protes.", nameforms.SHORT, "the beginning of the name"),
    ("[Kabupaten Pati|LOC] banjir. [Pati|LOC] siaga.", nameforms.SHORT, "a regency by its bare name"),
    ("[Gunung Wirang|LOC] meletus. [Wirang|LOC] siaga.", nameforms.SHORT, "a mountain by its bare name"),
    ("[Danu Prakoso|PER] hadir. [Danu Praksoo|PER] pulang.", nameforms.SPELLING, "two letters swapped"),
]  # fmt: skip

APART = [
    ("[Rani Wulandari|PER] hadir. [Rani Kusuma|PER] pulang.", "two people of one first name"),
    ("[Danu Wibowo|PER] hadir. [Sari Wibowo|PER] pulang.", "a family"),
    ("[Jawa|LOC] hujan. [Jawa Barat|LOC] banjir.", "a part of a place is another place"),
    ("[Jakarta|LOC] hujan. [Jakarta Utara|LOC] banjir.", "a part of a city"),
    ("[TNI|ORG] siaga. [TNI AL|ORG] berlayar.", "a branch is another body"),
    ("[DPR|ORG] rapat. [DPRD Bali|ORG] reses.", "the first is no short form of the second"),
    ("[Polres Malang|ORG] datang. [Polres Magelang|ORG] pulang.", "two names alike, both of real towns"),
    ("[Kemenhan|ORG] hadir. [Kemenham|ORG] diam.", "two known short forms alike"),
    ("[SMA 1 Pati|ORG] libur. [SMA 2 Pati|ORG] masuk.", "numbers tell apart"),
    ("[Brasil|LOC] menang. [Brasilia|LOC] pesta.", "a longer name is another name"),
    ("[Joko Widodo|PER] dan pasangan [Jokowi-JK|PER].", "a pair of people is not one of them"),
    ("[Partai Fajar Bangsa (PFB)|ORG] dan [Partai Fitrah Bangsa (PFB)|ORG].", "two names that share a bracket"),
    ("[Rani|PER] ([PAN|ORG]) hadir.", "the party in brackets is not the person"),
    ("[Universitas Indonesia|ORG] di [Indonesia|LOC].", "a body and the land in its name"),
    ("[Jaten|LOC] hujan, kata warga [Jawa Tengah|LOC].", "a district, not letters of the province"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "because", "why"), ONE, ids=[row[2] for row in ONE])
def test_one_thing_is_one_entity_with_its_reason(marked: str, because: str, why: str) -> None:
    """Names of one thing share an entity, and the join tells why."""
    entities, _, _ = read(marked)
    assert len(entities) == 1, why
    assert [j.because for j in entities[0].joins] == [because]


@pytest.mark.parametrize(("marked", "why"), APART, ids=[row[1] for row in APART])
def test_two_things_stay_apart(marked: str, why: str) -> None:
    """Names that only look alike are two entities."""
    assert len(groups(marked)) == 2, why


def test_a_short_form_of_several_people_is_the_one_named_last() -> None:
    """With two of one first name, a mention is the one named last before it, and the join says that it was a choice."""
    entities, _, _ = read(
        "[Budi Santoso|PER] menolak. Kata [Budi|PER], tidak. [Budi Hartono|PER] setuju. Kata [Budi|PER], ya."
    )
    assert [e.name for e in entities] == ["Budi Santoso", "Budi Hartono"]
    assert [j.because for e in entities for j in e.joins] == [nameforms.NEAREST, nameforms.NEAREST]


def test_nobody_is_picked_where_none_was_named_before() -> None:
    """A short form before both fuller names stays an entity of its own."""
    assert groups("[Budi|PER] bicara. [Budi Santoso|PER] dan [Budi Hartono|PER] diam.") == [["Budi"], ["Budi Santoso"], ["Budi Hartono"]]  # fmt: skip


def test_a_short_form_of_two_known_names_joins_neither() -> None:
    """PBB is the nations or the party; where the article names both in full, the letters alone do not tell."""
    found = groups("[PBB|ORG] rapat. [Perserikatan Bangsa-Bangsa|ORG] dan [Partai Bulan Bintang|ORG] diam.")
    assert ["PBB"] in found


def test_the_bare_name_is_the_wider_area() -> None:
    """Beside a strip and a city of one name the bare name is the strip; beside a district named in full, the regency."""
    assert groups("[Jalur Rafu|LOC] dan [Kota Rafu|LOC]. Warga [Rafu|LOC].") == [
        ["Jalur Rafu", "Rafu"],
        ["Kota Rafu"],
    ]
    found = groups("[Pemkab Karang Ayu|ORG] di [Kecamatan Karang Ayu|LOC], [Karang Ayu|LOC].")
    assert ["Kecamatan Karang Ayu"] in found


def test_one_mention_of_another_type_does_not_part_a_name() -> None:
    """A name is one thing within an article; the type is that of most of its mentions."""
    entities, mentions, _ = read("[Wirang|LOC] hujan. [Wirang|PER] banjir. [Wirang|LOC] siaga.")
    assert len(entities) == 1
    assert entities[0].type == "LOC"
    assert [m.type for m in mentions] == ["LOC", "LOC", "LOC"]


def test_the_name_is_the_fullest_form_without_shouting() -> None:
    """The entity bears its fullest form; of forms equally full one not all in capitals."""
    entities, _, _ = read(
        "[DANU|PER] hadir. [DANU PRAKOSO|PER] pulang. [Danu Prakoso|PER] tiba. [Prakoso|PER] diam."
    )
    assert [e.name for e in entities] == ["Danu Prakoso"]


@pytest.mark.parametrize(
    ("short", "name", "expected"),
    [
        ("BNPB", "Badan Nasional Penanggulangan Bencana", True),
        ("Kemenkeu", "Kementerian Keuangan", True),
        ("GoTo", "PT Gojek Tokopedia Tbk", True),
        ("STM", "Sekolah Teknik", False),
        ("JKR", "Jaring Karya Tani", False),
        ("B", "Badan", False),
    ],
)
def test_stands_for(short: str, name: str, expected: bool) -> None:
    """A short form is made of the beginnings of the name's words, in order."""
    assert names.stands_for(short, names.words_of(name)) is expected


PARTS = [
    "Budi",
    "Budy",
    "Santoso",
    "Susanto",
    "KPK",
    "Kota",
    "Kabupaten",
    "Pati",
    "al",
    "(PBB)",
    "PBB",
    "-",
    "PT",
    "é",
    "1",
    "X",
]
NAME = st.one_of(
    st.text("abAB .-()'é1", min_size=1, max_size=12).filter(str.strip),
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NAME, st.sampled_from(["PER", "ORG", "LOC"])), max_size=12))
def test_any_names_give_connected_entities(found: list[tuple[str, str]]) -> None:
    """Whatever the names: each mention has one entity, ids run by first mention, and joins connect every mention."""
    text, mentions = "", []
    for i, (name, kind) in enumerate(found):
        mentions.append(Mention(f"m{i}", Span(len(text), len(text) + len(name)), kind))  # type: ignore[arg-type]
        text += name + ", "
    document = Document(Source(b"", "text/plain", ""), Hints(), text, (), Article())
    entities, filled = resolve_entities(document, tuple(mentions))
    assert [m.id for m in filled] == [m.id for m in mentions]
    assert list(dict.fromkeys(m.entity for m in filled)) == [e.id for e in entities]
    for entity in entities:
        inside = {m.id for m in filled if m.entity == entity.id}
        reached = {min(inside)}
        for _ in inside:
            reached |= {m for j in entity.joins if reached & set(j.mentions) for m in j.mentions}
        assert reached == inside
        assert len(entity.joins) == len(inside) - 1
    assert resolve_entities(document, tuple(mentions)) == (entities, filled)


def test_many_names_take_bounded_time() -> None:
    """An article of thousands of names is read without comparing each with each."""
    marked = " ".join(f"[PT Maju{i} Jaya{i % 7}|ORG]" for i in range(900)) + " ".join(f"[Budi{i}a Wijaya|PER]" for i in range(3000))  # fmt: skip
    assert len(groups(marked)) == 3900
    assert least(lambda: groups(marked), 10) < 10
