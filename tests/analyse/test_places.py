"""Putting the places of an article on the map: which place is meant, and when not to say."""

from __future__ import annotations

import pytest

from cpu_time import least
from telusur.analyse import places
from telusur.analyse.entities import resolve_entities
from telusur.model.document import Article, Document, Hints, Source
from telusur.model.layers import Entity, Mention
from telusur.model.span import Span

UNKNOWN = ""
"""The gazetteer does not know the place, or cannot tell: no link, no candidates."""

# Places that occur together in one article, and what each is: an ISO country (`IQ`), a code of the Interior Ministry
# (`31.74`), a GeoNames number (`g99072`), a site of the table of actors (`jalur-gaza`), UNKNOWN, or several codes where the names alone do not tell.
ARTICLES: list[tuple[str, str, dict[str, str]]] = [
    (
        "a war abroad",
        "",
        {
            "Mosul": "g99072", "Irak": "IQ", "Raqqa": "g172955", "Suriah": "SY", "Qaim": "g92138", "Tal Afar": "g90393",
            "Hawija": UNKNOWN, "Jembatan Besi": UNKNOWN, "Kota Tua": UNKNOWN, "Timur Tengah": "timur-tengah",
        },
    ),
    ("a strip, not its town", "", {"Gaza": "jalur-gaza", "Jalur Gaza": "jalur-gaza", "Israel": "IL", "Rafah": "g281102", "Tel Aviv": "g293397"}),
    ("the town by its area word", "", {"Kota Gaza": "g281133", "Palestina": "PS", "Khan Younis": "g281124"}),
    ("capitals and bynames", "", {"AS": "US", "Washington": "g4140963", "Moskwa": "g524901", "Rusia": "RU", "Eropa": "g6255148"}),
    ("a state abroad", "", {"Amerika Serikat": "US", "California": "g5332921", "Los Angeles": "g5368361"}),
    ("the Indonesian names of towns", "", {"Mesir": "EG", "Kairo": "g360630", "Athena": "g264371", "Yunani": "GR", "Jenewa": "g2660646", "Swiss": "CH"}),
    ("both Koreas", "", {"Korut": "KP", "Korea Selatan": "KR", "Seoul": "g1835848"}),
    (
        "a district by its regency",
        "",
        {"Kabupaten Sleman": "34.04", "Kecamatan Depok": "34.04.07", "Daerah Istimewa Yogyakarta": "34"},
    ),
    (
        "districts without their area word, beside their regency",
        "",
        {"Karanganyar": "33.13", "Jawa Tengah": "33", "Colomadu": "33.13.12", "Jaten": "33.13.11", "Tasikmadu": "33.13.10"},
    ),
    ("cities of Jakarta", "", {"DKI Jakarta": "31", "Jakarta Selatan": "31.74", "Tebet": "31.74.01", "Kelapa Gading": "31.72.06"}),
    ("the districts beside their city", "", {"Jakarta Utara": "31.72", "Kelapa Gading": "31.72.06", "Surabaya": "35.78"}),
    ("short forms of provinces", "", {"Sumut": "12", "Jabar": "32", "NTT": "53", "Kaltara": "65", "Babel": "19", "DIY": "34"}),
    ("spellings of a province", "", {"Sumatra Barat": "13", "Padang": "13.71", "Kota Bukittinggi": "13.75"}),
    ("new provinces of Papua", "", {"Papua Pegunungan": "95", "Kabupaten Nduga": "95.08", "Papua Barat Daya": "96", "Raja Ampat": "96.03"}),
    ("a regency or a city", "", {"Cirebon": "32.09 32.74", "Jawa Barat": "32"}),
    ("a capital of a province by its bare name", "", {"Bandung": "32.73", "Jawa Barat": "32"}),
    ("a capital of a province, from there", "Bus itu melaju dari ", {"Semarang": "33.74"}),
    ("it may be the regency where it says where something is", "Stadion Makmur, ", {"Bandung": "32.04 32.73"}),
    ("a district of the regency around it", "", {"Bandung": "32.04 32.73", "Pangalengan": "32.04.15"}),
    ("both by their offices", "Bupati Bandung menemui Wali Kota Bandung. ", {"Bandung": "32.04 32.73", "Jawa Barat": "32"}),
    ("the office tells: a regency", "Bupati Bogor meresmikan pasar. ", {"Bogor": "32.01", "Jawa Barat": "32"}),
    ("the office tells: a city", "Wali Kota Bogor meresmikan pasar. ", {"Bogor": "32.71", "Jawa Barat": "32"}),
    ("the area word tells", "", {"Kota Jayapura": "91.71", "Distrik Abepura": "91.71.03", "Kabupaten Jayapura": "91.03"}),
    ("a city by its other name", "", {"Solo": "33.72", "Kabupaten Klaten": "33.10"}),
    ("towns that no area names", "", {"Labuan Bajo": "g1638868", "Nusa Tenggara Timur": "53"}),
    ("villages and streets are not districts", "", {"Kabupaten Pati": "33.18", "Desa Winong": UNKNOWN, "Jalan Sudirman": UNKNOWN, "Kelurahan Bekasi": UNKNOWN}),
    ("a volcano, not the district of its name", "", {"Kabupaten Solok": "13.02", "Gunung Talang": UNKNOWN}),
    ("buildings and waters", "", {"Jakarta": "31", "Istana Negara": "Q6088540", "Laut Merah": "laut-merah", "Gedung Merah Putih": UNKNOWN, "Monas": "monas"}),
    ("a small town abroad needs its country", "", {"Paramount": UNKNOWN, "Jakarta": "31"}),
    ("a state before its capital of the same name", "", {"Singapura": "SG", "Malaysia": "MY"}),
    ("sides of the world", "", {"Barat": UNKNOWN, "Ukraina": "UA", "Selatan": UNKNOWN}),
    ("a quarter of Batam, not a city of Japan", "", {"Kota Batam": "21.71", "Nagoya": UNKNOWN}),
    ("a city of Japan", "", {"Jepang": "JP", "Nagoya": "g1856057"}),
    ("a namesake abroad", "", {"Inggris": "GB", "Batu": UNKNOWN}),
    ("the city at home", "", {"Kota Malang": "35.73", "Kota Batu": "35.79", "Jawa Timur": "35"}),
    ("a district by area word, its regency unnamed", "", {"Kecamatan Noemuti": "53.03.04"}),
    ("a name that several districts bear", "", {"Kecamatan Sukamaju": UNKNOWN, "Provinsi Riau": "14"}),
]  # fmt: skip

CASES = [(label, opening, names, name) for label, opening, names in ARTICLES for name in names]


def link(opening: str, names: dict[str, str], dateline: bool = False) -> dict[str, Entity]:
    """The entities of an article that names these places, by the name as written."""
    text, mentions = opening, []
    for name in names:
        mentions.append(Mention(f"m{len(mentions)}", Span(len(text), len(text) + len(name)), "LOC"))
        text += f"{name} ramai. "
    first = mentions[0].span
    document = Document(
        Source(b"", "text/plain", ""), Hints(), text, (), Article(), datelines=(first,) if dateline else ()
    )
    entities, filled = resolve_entities(document, tuple(mentions))
    by_id = {e.id: e for e in entities}
    return {m.span.of(text): by_id[m.entity] for m in filled}


def code(pair: tuple[str, str]) -> str:
    return "g" + pair[1] if pair[0] == "geonames" else pair[1]


@pytest.mark.parametrize(("label", "opening", "names", "name"), CASES, ids=[f"{c[0]}: {c[3]}" for c in CASES])
def test_place_is_linked_or_left_open(label: str, opening: str, names: dict[str, str], name: str) -> None:
    """Each place is the one that its article means; where names do not tell, candidates or nothing."""
    entity = link(opening, names)[name]
    found = [code(entity.link)] if entity.link else [code(c) for c in entity.candidates]
    assert " ".join(found) == names[name], label


def test_a_dateline_names_the_city() -> None:
    """Outlets date from cities: ``CIREBON, KORAN.com -`` is no regency."""
    assert link("", {"CIREBON": ""}, dateline=True)["CIREBON"].link == ("kemendagri", "32.74")
    assert link("", {"CIREBON": ""})["CIREBON"].link is None


def test_people_and_bodies_are_never_places() -> None:
    """Only places are linked."""
    text = "Irak menang."
    document = Document(Source(b"", "text/plain", ""), Hints(), text, (), Article())
    entities, _ = resolve_entities(document, (Mention("m1", Span(0, 4), "ORG"),))
    assert entities[0].link is None


@pytest.mark.parametrize(
    ("name", "lat", "lon", "within_km"),
    [
        ("Indonesia", -2.0, 114.0, 1500),
        ("Jawa Timur", -7.5, 112.5, 150),
        ("Kota Surabaya", -7.25, 112.75, 20),
        ("Kabupaten Banyuwangi", -8.3, 114.2, 50),
        ("Mosul", 36.34, 43.13, 15),
    ],
)
def test_points_lie_where_the_place_is(name: str, lat: float, lon: float, within_km: float) -> None:
    """The point is near the place, the stated precision not better than the truth, and larger areas are less precise."""
    place = link("", {name: ""})[name].place
    assert place is not None
    off_km = ((place.lat - lat) ** 2 + (place.lon - lon) ** 2) ** 0.5 * 111
    assert off_km <= within_km
    assert place.precision_m is not None
    assert place.precision_m >= 3_000


def test_precision_falls_with_the_size_of_the_area() -> None:
    """A country is less precise than a province, that less than a regency, that less than a city."""
    found = [
        link("", {n: ""})[n].place for n in ("Indonesia", "Jawa Timur", "Kabupaten Jember", "Kota Surabaya")
    ]
    sizes = [p.precision_m for p in found if p is not None and p.precision_m is not None]
    assert len(sizes) == 4
    assert sizes == sorted(sizes, reverse=True)


def test_a_district_without_a_point_of_its_own_says_so() -> None:
    """Its point is the middle of its regency, with the precision of the regency, and the reason tells."""
    found = link("", {"Kabupaten Banyuwangi": "", "Kecamatan Tegaldlimo": ""})
    district, regency = found["Kecamatan Tegaldlimo"], found["Kabupaten Banyuwangi"]
    assert district.place is not None
    assert regency.place is not None
    assert (district.place.lat, district.place.lon) == (regency.place.lat, regency.place.lon)
    assert (district.place.precision_m or 0) >= 25_000
    assert district.because.endswith(places.BORROWED)
    assert places.BORROWED not in regency.because


def test_every_area_of_indonesia_has_a_point() -> None:
    """All provinces, regencies, cities and districts."""
    rows = [row.split("\t") for row in places.gazetteer().rows]
    assert [r[1] for r in rows if r[0] == "kemendagri" and not r[5]] == []


def test_the_table_is_whole() -> None:
    """Every row reads, its point lies on the globe, its name is in the index, and all areas of Indonesia are there."""
    table = places.gazetteer()
    rows = [row.split("\t") for row in table.rows]
    assert {len(r) for r in rows} == {9}
    kinds = [r[2] for r in rows if r[0] == "kemendagri"]
    assert (kinds.count("province"), kinds.count("regency") + kinds.count("city")) == (38, 514)
    assert kinds.count("district") == 7285
    assert all(
        -90 <= float(r[5]) <= 90 and -180 <= float(r[6]) <= 180 and int(r[7]) > 0 for r in rows if r[5]
    )
    numbers = {int(n) for line in table.names.values() for n in line.split()}
    assert numbers == set(range(len(rows)))


def test_loading_is_quick() -> None:
    """The table is read within its share of the start-up time."""
    def load() -> None:
        places.gazetteer.cache_clear()
        places.gazetteer()

    assert least(load, 0.15) < 0.15
