"""Who is one across articles: names in any spelling, offices that clash, order of arrival, people's decisions."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from archive.conftest import NewPlace
from archive.people import told_of
from archive.records import keep_records
from telusur.archive import Archive, open_archive
from telusur.archive.actors import find_actors, find_alone, show_actor
from telusur.archive.decisions import Wish
from telusur.archive.faces import better_name
from telusur.archive.offices import Role, clash, kind_of, lie_together
from telusur.archive.removals import take_out_article
from telusur.archive.renew import reindex
from telusur.archive.review import decide, undo
from telusur.archive.schema import actors, articles, bearers, entities
from telusur.archive.settling import MOST_NAMESAKES
from telusur.archive.spellings import sound_key

PAIRS = [
    line.split("\t")
    for line in (Path(__file__).parent / "name_pairs.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith(("#", "one\t"))
]


@pytest.mark.parametrize(("one", "other", "meet", "why"), PAIRS)
def test_spellings_of_one_name_meet_and_other_names_do_not(one: str, other: str, meet: str, why: str) -> None:
    assert (sound_key(one) == sound_key(other)) == (meet == "yes"), why


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_name_has_a_key(name: str) -> None:
    assert sound_key(name) or not name
    assert sound_key(name) == sound_key(name)


@pytest.mark.parametrize(
    ("office", "kind"),
    [
        ("bupati", "government"),
        ("wakil bupati", "government"),
        ("plt gubernur", "government"),
        ("kapolres", "police"),
        ("kepala", "any"),
        ("kepala dinas kesehatan", "government"),
        ("ketua umum", ""),  # can be held beside others
        ("presiden direktur", ""),  # a firm's
        ("juru bicara", ""),
    ],
)
def test_full_time_offices_are_known(office: str, kind: str) -> None:
    assert kind_of(office) == kind


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("33.18", "33.17", False),  # Pati, Rembang
        ("33", "33.18", True),  # Jawa Tengah holds Pati
        ("ID", "33.18", True),
        ("ID", "IQ", False),
        ("", "33.18", True),  # unknown
        ("dprd pati", "pati", True),
        ("polres rembang", "polres pati", False),
        ("33.18", "kabupaten pati", True),  # once by code, once by name
        ("irak", "IQ", True),
        ("as", "amerika serikat", True),  # a known short form
        ("pos pengamatan gunung raung", "pos pengamatan gunungapi raung", True),
        ("dinas kesehatan", "dinas perhubungan", False),
        ("rawa indah", "tanjung sari", False),
    ],
)
def test_places_lie_together_or_apart(one: str, other: str, together: bool) -> None:
    assert lie_together(one, other) is together
    assert lie_together(other, one) is together


def test_offices_clash_by_place_or_by_kind() -> None:
    mayor, police = Role("bupati", "government", "33.18"), Role("kapolres", "police", "33.18")
    assert clash(mayor, police)
    assert not clash(mayor, Role("wakil bupati", "government", "33.18"))
    assert clash(mayor, Role("bupati", "government", "33.17"))


# --- in an archive ----------------------------------------------------------------------------------------------


def wholes(connection: Connection) -> dict[str, frozenset[str]]:
    """For each face, by its id, the ids of all faces that are one with it: the same in every archive."""
    rows = connection.execute(select(actors.c.id, actors.c.whole, actors.c.name)).all()
    return {row.id: frozenset(other.id for other in rows if other.whole == row.whole) for row in rows}


def state(archive: Archive) -> Any:
    """All that is known of actors, without this archive's own numbers."""
    with archive.reading() as connection:
        rows = connection.execute(select(actors)).all()
        ids = {row.number: row.id for row in rows}
        told = sorted((row.id, row.type, row.name, row.block, row.role, ids[row.whole], row.because) for row in rows)
        found = sorted((row.key, ids[row.actor], row.kind, row.count) for row in connection.execute(select(bearers)))
        shown = sorted(
            (row.id, row.entity, ids.get(row.actor or 0), row.because)
            for row in connection.execute(select(articles.c.id, entities.c.entity, entities.c.actor, entities.c.because).join(entities, entities.c.article == articles.c.number))
        )
        return told, found, shown


def ids_of(archive: Archive, name: str) -> list[str]:
    with archive.reading() as connection:
        return [one.id for one in find_actors(connection, name)]


def test_a_homonym_is_not_merged(archive: Archive) -> None:
    """Two officials of one name in places apart at one time; whoever has no office is neither."""
    keep_records(archive, [
        told_of("Budi Santoso", "Bupati", "Rawa Indah", "2024-05-01"),
        told_of("Budi Santoso", "Bupati", "Tanjung Sari", "2024-05-03"),
        told_of("Budi Santoso", None, None, "2024-05-04"),
        told_of("Budi Santoso", "Bupati", "Rawa Indah", "2024-06-01"),
    ])  # fmt: skip
    with archive.reading() as connection:
        found = find_actors(connection, "budi santoso")
    assert sorted(one.articles for one in found) == [1, 1, 2]


def test_one_office_after_another_is_one_person(archive: Archive) -> None:
    keep_records(archive, [
        told_of("Sari Dewi Lestari", "Bupati", "Rawa Indah", "2020-05-01"),
        told_of("Sari Dewi Lestari", "Gubernur", "Tanjung Sari", "2024-05-03"),
        told_of("SARI DEWI LESTARI", None, None, "2024-05-04"),
    ])  # fmt: skip
    with archive.reading() as connection:
        (found,) = find_actors(connection, "dewi lestari")
        shown = show_actor(connection, found.id)
    assert found.articles == 3
    assert found.name == "Sari Dewi Lestari"
    assert [(held.office, held.body, held.first) for held in shown.offices] == [
        ("Gubernur", "Tanjung Sari", "2024-05-03"),
        ("Bupati", "Rawa Indah", "2020-05-01"),
    ]
    assert {face.because for face in shown.faces} == {"", "name"}


def test_names_find_each_other_and_one_name_is_nobody_in_particular(archive: Archive) -> None:
    keep_records(archive, [told_of("Ayad Allawi", None, None, "2017-04-17"), told_of("Iyad Allawi", None, None, "2017-04-18"), told_of("Allawi", None, None, "2017-04-19")])
    assert len(ids_of(archive, "Allawi")) == len(ids_of(archive, "Iyad Allawi")) == 1
    with archive.reading() as connection:
        (alone,) = find_alone(connection, "alawi")
        assert (alone.name, alone.articles) == ("Allawi", 1)


def test_a_short_form_is_the_body_that_articles_define_it_for(archive: Archive) -> None:
    """As long as it is only one; defined for a second, it is neither."""
    first = told_of("Serikat Nelayan Rawa", None, None, "2024-01-01", type="ORG", short="SNR")
    bare = told_of("SNR", None, None, "2024-01-02", type="ORG")
    keep_records(archive, [bare])
    assert len(ids_of(archive, "SNR")) == 1
    keep_records(archive, [first])
    with archive.reading() as connection:
        (found,) = find_actors(connection, "SNR")
        assert (found.name, found.articles) == ("Serikat Nelayan Rawa", 2)
    keep_records(archive, [told_of("Sekolah Negeri Rintisan", None, None, "2024-01-03", type="ORG", short="SNR")])
    with archive.reading() as connection:
        assert len(find_actors(connection, "SNR")) == 3


MANY = [
    told_of("Budi Santoso", "Bupati", "Rawa Indah", "2024-05-01"),
    told_of("Boedi Santoso", "Bupati", "Tanjung Sari", "2024-05-03"),
    told_of("Budi Santoso", None, None, "2024-05-04"),
    told_of("BUDI SANTOSO", "Kapolres", "Rawa Indah", "2019-05-04"),
    told_of("Budi Santoso", "Bupati", "Tanjung Sari", None),
    told_of("SNR", None, None, "2024-01-02", type="ORG"),
    told_of("Serikat Nelayan Rawa", None, None, "2024-01-01", type="ORG", short="SNR"),
    told_of("Sekolah Negeri Rintisan", None, None, "2024-01-03", type="ORG", short="SNR"),
]


@given(st.permutations(range(len(MANY))), st.integers(1, 4), st.integers(0, len(MANY) - 1))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_order_of_arrival_changes_nothing(tmp_path_factory: pytest.TempPathFactory, order: list[int], step: int, out: int) -> None:
    """In any order, in steps of any size; and with an article taken out and brought back."""
    folder = tmp_path_factory.mktemp("order")
    with open_archive(folder / "a.db", create=True) as one, open_archive(folder / "b.db", create=True) as other:
        keep_records(one, MANY)
        for start in range(0, len(order), step):
            keep_records(other, [MANY[n] for n in order[start : start + step]])
        assert state(other) == state(one)
        number = other.write(lambda c: c.execute(select(articles.c.number).order_by(articles.c.id).offset(out).limit(1)).scalar_one())
        id = other.write(lambda c: c.execute(select(articles.c.id).where(articles.c.number == number)).scalar_one())
        other.write(lambda c: take_out_article(other, c, number))
        assert state(other) != state(one)
        keep_records(other, MANY)
        assert state(other) == state(one), id


COMMON = [
    told_of("Budi Santoso", office, f"Rawa{place}", f"2024-01-{day:02}")
    for day, (office, place) in enumerate(
        [*(("Bupati", f"{a}{b}ng") for a in "bcdfghjk" for b in "aiueo"), ("Wakil Bupati", "bang"), ("Bupati", "long"), ("Plt Bupati", "long")], 1
    )
    if day < 29
] + [
    told_of("Budi Santoso", office, f"Rawa{place}", f"2024-02-{day:02}")
    for day, (office, place) in enumerate(
        [*(("Bupati", f"{a}{b}ng") for a in "klmn" for b in "aiu"), ("Wakil Bupati", "bang"), ("Plt Bupati", "bang"), ("Bupati", "bing")], 1
    )
]


def test_a_name_that_too_many_bear_is_joined_by_office_and_place_alone(tmp_path: Path) -> None:
    """In any order and step; and compared each with each again once fewer bear it."""
    def made(name: str, told: list[dict[str, Any]], step: int) -> Archive:
        opened = open_archive(tmp_path / name, create=True)
        for start in range(0, len(told), step):
            keep_records(opened, told[start : start + step])
        return opened

    many = [*COMMON, told_of("Budi Santoso", None, None, "2024-03-01")]
    shuffled = random.Random(5).sample(many, len(many))
    one, other, third = made("a.db", many, 100), made("b.db", shuffled, 1), made("c.db", many[::-1], 7)
    with one.reading() as connection:
        seats = connection.execute(select(actors.c.seat, actors.c.whole).where(actors.c.seat != "")).all()
    assert len(seats) > MOST_NAMESAKES
    assert len({seat for seat, _ in seats}) < len(seats), "some are the same office in the same place"
    assert len({whole for _, whole in seats}) == len({seat for seat, _ in seats})
    assert state(other) == state(one) == state(third)
    few = MOST_NAMESAKES - 5
    for record in many[few:]:
        number = one.write(lambda c, url=record["source"]["url"]: c.execute(select(articles.c.number).where(articles.c.url == url)).scalar_one())
        one.write(lambda c, n=number: take_out_article(one, c, n))
    rest = made("d.db", many[:few], 3)
    assert state(one) == state(rest)
    assert reindex(one) == few
    assert state(one) == state(rest)
    for opened in (one, other, third, rest):
        opened.close()


def test_a_person_joins_and_parts_actors(archive: Archive) -> None:
    keep_records(archive, [told_of("Rini Astuti", None, None, "2024-01-01"), told_of("Rini Hastuti", None, None, "2024-01-02")])
    (one,), (other,) = ids_of(archive, "Rini Astuti"), ids_of(archive, "Rini Hastuti")
    before = state(archive)
    joined = decide(archive, Wish("merge", "Sari", "satu orang", item=one, value=[other]))
    with archive.reading() as connection:
        shown = show_actor(connection, other)
    assert {face.id for face in shown.faces} == {one, other}
    assert f"said:{joined.id}" in {face.because for face in shown.faces}
    parted = decide(archive, Wish("split", "Sari", None, item=other))
    assert state(archive)[0] == before[0]
    undo(archive, parted.id, "Sari")
    undo(archive, joined.id, "Sari")
    assert state(archive) == before


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=5))
def test_the_better_name_is_the_same_in_any_order(names: list[str]) -> None:
    def best(told: list[str]) -> str:
        found = told[0]
        for name in told:
            found = better_name(found, name)
        return found

    shuffled = random.Random(1).sample(names, len(names))
    assert best(names) == best(shuffled)


def test_actors_are_the_same_in_both_engines_after_a_copy(new_place: NewPlace) -> None:
    from telusur.archive.copy import copy

    with open_archive(new_place(), create=True) as one, open_archive(new_place(), create=True) as other:
        keep_records(one, MANY)
        copy(one, other)
        assert state(other) == state(one)
