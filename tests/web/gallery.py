"""One page with every picture, for looking at: `python tests/web/gallery.py FOLDER` writes it with its style sheets.

The rows are invented. `hostile` are rows whose every word tries to break out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from telusur.config import Lang
from telusur.web.pictures import (
    Picture,
    Tongue,
    attention,
    dotmap,
    heat,
    lanes,
    moments,
    network,
    strips,
    sureness,
    tree,
)
from telusur.web.pictures.heat import Cell
from telusur.web.pictures.lanes import End, Lane, Stretch
from telusur.web.pictures.moments import Event
from telusur.web.pictures.network import Edge, GraphNode
from telusur.web.pictures.strips import Piece, Strip
from telusur.web.pictures.sureness import Month
from telusur.web.pictures.tree import Node

STATIC = Path(__file__).parents[2] / "src" / "telusur" / "web" / "static"
Name = Callable[[str], str]


def plain(name: str) -> str:
    return name


def hostile(name: str) -> str:
    """A name that tries to be markup, a style, a link and the end of an attribute."""
    return f"\"'><script>alert(1)</script><img src=x onerror=alert(1)>{name}\u202e]]></svg></style>&lt;b&gt;"


def tree_of(tongue: Tongue, name: Name = plain) -> Picture:
    pages = (
        Node(name("Kabar Rawa"), "outlet", note="18-04 07.02 · 98%", words=name("… seperti dikutip dari Cakra"), href="/a/1"),
        Node(name("Suara Tepian"), "outlet", note="18-04 07.40 · 100%", warning=name("tidak menyebut Cakra"), stated="inferred", href="/a/2"),
    )
    wire = Node(name("Kantor Berita Cakra"), "relay", note="17-04 21.10", children=pages)
    abroad = Node(name("Pelita Pers"), "relay", absent=True, note=name("disebut oleh 2 naskah"), children=(wire,))
    speaker = Node(
        name("Harun Tesfari, Wakil Perdana Menteri Belmara"), "speaker", note=name("wawancara, 17-04-2017 ?"), words=name("Perundingan sudah dimulai."),
        children=(abroad, Node(name("Tepi Kota"), "outlet", note="18-04 09.00", href="javascript:alert(1)")),
    )  # fmt: skip
    return tree.attribution_tree([Node(name("kontak-kontak di pelabuhan"), "origin", named=False, children=(speaker,))], tongue)


def attention_of(tongue: Tongue, name: Name = plain) -> Picture:
    first = date(2023, 7, 20)
    periods = [attention.Period(first + timedelta(days=n), (n * 7) % 23 + (40 if n == 21 else 0), (n * 5) % 6 + (9 if n in (21, 22) else 0), int(n in (4, 21, 22))) for n in range(44)]
    return attention.attention("day", periods, tongue)


def strips_of(tongue: Tongue, name: Name = plain) -> Picture:
    rows = [
        Strip(name("Kantor Berita Cakra"), 2400, (Piece(0, 2400, "copied"),), "17-04 21.10", href="/a/1"),
        Strip(name("Kabar Rawa"), 2900, (Piece(0, 260, "skipped"), Piece(260, 900, "copied"), Piece(900, 1000, "own"), Piece(1000, 2200, "copied"), Piece(2200, 2700, "own"), Piece(2700, 2900, "skipped")), "18-04 07.02 · menyebut Cakra ✓"),
        Strip(name("Suara Tepian"), 2380, (Piece(0, 120, "own"), Piece(120, 2380, "copied")), "18-04 07.40", name("tidak menyebut Cakra; judul diganti")),
        Strip(name("Tepi Kota"), 1700, (Piece(0, 1500, "own"), Piece(1500, 1700, "copied")), "18-04 09.00"),
    ]
    return strips.copy_strips(rows, tongue)


def lanes_of(tongue: Tongue, name: Name = plain) -> Picture:
    def day(d: str) -> End:
        return End(date.fromisoformat(d), date.fromisoformat(d))

    rows = [
        Lane(name("Samuel Tabor"), (
            Stretch(name("Presiden Belmara"), day("2019-05-01"), None, (date(2020, 2, 3), date(2021, 7, 1), date(2023, 8, 9)), note=name("tertulis di 12 naskah"), href="/cari"),
            Stretch(name("Wali Kota Orun"), None, End(date(2018, 1, 1), date(2019, 1, 1))),
        )),
        Lane(name("Milisi Sadeng"), (
            Stretch(name("menguasai Pelabuhan Orun"), End(date(2022, 3, 1), date(2022, 4, 1)), End(date(2023, 8, 1), date(2023, 8, 11))),
            Stretch(name("akan mundur dari Orun"), day("2023-09-20"), None, mood="forecast"),
            Stretch(name("memimpin Front Tepi"), None, None, (date(2021, 5, 5),), mood="denied"),
            Stretch(name("tanpa waktu"), None, None),
        )),
    ]  # fmt: skip
    return lanes.lanes(rows, tongue)


def matrix_of(tongue: Tongue, name: Name = plain) -> Picture:
    speakers = ["Harun Tesfari", "Lina Okaro", "Samuel Tabor", "Palang Merah Belmara", "Seorang dokter"]
    subjects = ["Milisi Sadeng", "Pelabuhan Orun", "gencatan senjata", "warga Orun", "Front Tepi", "PBB"]
    cells = [Cell(name(s), name(o), 1 + (i * 7 + j * 5) % 17, f"/cari?q={i}{j}") for i, s in enumerate(speakers) for j, o in enumerate(subjects) if (i + 2 * j) % 3]
    return heat.speaker_matrix(cells, tongue)


def dependence_of(tongue: Tongue, name: Name = plain) -> Picture:
    cells = [Cell(name("Kabar Rawa"), "Cakra", 80), Cell(name("Kabar Rawa"), "Pelita", 5), Cell(name("Suara Tepian"), "Cakra", 12), Cell(name("Tepi Kota"), "Pelita", 44)]
    return heat.dependence(cells, {name("Kabar Rawa"): 100, name("Suara Tepian"): 90, name("Tepi Kota"): 60}, tongue)


def sureness_of(tongue: Tongue, name: Name = plain) -> Picture:
    return sureness.certainty_strip([Month(date(2022 + (n + 2) // 12, (n + 2) % 12 + 1, 1), 3 + n % 7, 9 - n % 9, max(0, 6 - n), int(n > 8) * (n % 4)) for n in range(18)], tongue)


def moments_of(tongue: Tongue, name: Name = plain) -> Picture:
    rows = [
        Event(name("milisi menyempal dari Front Tepi"), date(2014, 1, 1), date(2015, 1, 1), "2014", source=name("Kabar Rawa")),
        Event(name("Pelabuhan Orun jatuh ke tangan milisi"), date(2016, 3, 1), date(2016, 4, 1), "Mar 2016", place=name("Orun"), source=name("Harun Tesfari lewat Cakra")),
        Event(name("tentara merebut bandar udara"), date(2017, 3, 11), date(2017, 3, 21), "pertengahan Mar 2017", about=True, place=name("Orun")),
        Event(name("serangan udara di pasar ikan"), date(2017, 3, 29), date(2017, 3, 30), "Rab 29-03-2017", href="/k/1/c1", place=name("Orun")),
        Event(name("pengepungan kota"), date(2016, 10, 17), None, "sejak 17-10-2016"),
        Event(name("milisi akan bertahan dalam sel kecil"), date(2018, 1, 1), date(2019, 1, 1), "2018", mood="forecast", source=name("Harun Tesfari")),
        Event(name("kedua kelompok bersekutu"), date(2017, 4, 17), date(2017, 4, 18), "Sen 17-04-2017", mood="denied", source=name("Lina Okaro")),
        Event(name("perundingan"), None, None, mood="unclear", source=name("Harun Tesfari")),
        Event(name("serangan kedua"), None, None, "“tiga pekan”"),
    ]
    return moments.timeline(rows, tongue)


def map_of(tongue: Tongue, name: Name = plain, view: dotmap.ViewName = "indonesia") -> Picture:
    rows = [
        dotmap.Dot(name("Jakarta"), -6.2, 106.8, 120, 15_000, kind="provinsi", href="?tempat=Jakarta"), dotmap.Dot(name("Surabaya"), -7.25, 112.75, 40, 12_000),
        dotmap.Dot(name("Makassar"), -5.14, 119.43, 22, 9_000), dotmap.Dot(name("Papua"), -4.3, 138.5, 18, 320_000, kind="provinsi"),
        dotmap.Dot(name("Ambon"), -3.7, 128.17, 9, 8_000), dotmap.Dot(name("Banda Aceh"), 5.55, 95.32, 12, 6_000), dotmap.Dot(name("Kuala Lumpur"), 3.14, 101.69, 7, 20_000),
        dotmap.Dot(name("Kupang"), -10.18, 123.6, 5, 9_000), dotmap.Dot(name("Bogor"), -6.6, 106.8, 11, 9_000), dotmap.Dot(name("Kalimantan Timur"), 0.5, 116.4, 14, 190_000),
        dotmap.Dot(name("Mosul"), 36.34, 43.13, 33, 15_000), dotmap.Dot(name("Raqqa"), 35.95, 39.01, 12, 10_000), dotmap.Dot(name("Suriah"), 35.0, 38.5, 20, 250_000),
    ]  # fmt: skip
    return dotmap.dot_map(rows, tongue, view=view)


def near_map_of(tongue: Tongue, name: Name = plain) -> Picture:
    rows = [
        dotmap.Dot(name("Mosul"), 36.34, 43.13, 33, 15_000), dotmap.Dot(name("Raqqa"), 35.95, 39.01, 12, 10_000), dotmap.Dot(name("Suriah"), 35.0, 38.5, 20, 250_000),
        dotmap.Dot(name("Qaim"), 34.37, 41.09, 3, 8_000), dotmap.Dot(name("Hawija"), 35.33, 43.77, 2, 8_000), dotmap.Dot(name("Tal Afar"), 36.37, 42.45, 2, 8_000),
    ]  # fmt: skip
    return dotmap.dot_map(rows, tongue)


def network_of(tongue: Tongue, name: Name = plain, many: int = 24) -> Picture:
    kinds = ("PER", "ORG", "LOC")
    nodes = [GraphNode(f"n{n}", name(f"{('Harun', 'Front', 'Orun')[n % 3]} {chr(65 + n % 26)}{n}"), kinds[n % 3], 1 + (n * 13) % 40, "/o/1", n == 0) for n in range(many)]
    edges = [Edge(f"n{n}", f"n{n // 2 if n % 5 else 0}", name("memimpin"), 1 + n % 5, 1 + n % 9, n % 7 == 3) for n in range(1, many)]
    edges += [Edge(f"n{n}", f"n{(n * 3) % many}", name("bersekutu"), 2, 2) for n in range(0, many, 4)]
    return network.network(nodes, edges, tongue)


ALL: tuple[Callable[..., Picture], ...] = (
    tree_of, attention_of, strips_of, lanes_of, matrix_of, dependence_of, sureness_of, moments_of, map_of, near_map_of, network_of,
)  # fmt: skip


def page(tongue: Tongue, name: Name = plain, theme: str = "auto") -> str:
    """The gallery as a page whose style sheets lie beside it."""
    sheets = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in ("room.css", "pictures.css"))
    world = map_of(tongue, name, "world")
    figures = "".join(made.figure(tongue) for made in (*(make(tongue, name) for make in ALL), world))
    return (
        f'<!doctype html><html lang="{tongue.lang}" data-theme="{theme}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; font-src 'self'\"><title>Gallery</title>{sheets}</head>"
        f"<body><main><h1>Gallery</h1>{figures}</main></body></html>"
    )


def tongue_of(lang: Lang) -> Tongue:
    from telusur.web.languages import translations

    told = translations(lang)
    return Tongue(lang, told.gettext, told.ngettext)


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for sheet in ("room.css", "pictures.css"):
        (out / sheet).write_bytes((STATIC / sheet).read_bytes())
    if not (out / "fonts").exists():
        (out / "fonts").symlink_to(STATIC / "fonts")
    for lang in ("id", "en"):
        (out / f"gallery-{lang}.html").write_text(page(tongue_of(lang)), encoding="utf-8")
    (out / "gallery-hostile.html").write_text(page(tongue_of("id"), hostile), encoding="utf-8")
