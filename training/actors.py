"""Builds ``src/telusur/data/actors.tsv.gz``: the people, bodies and sites that articles name, with their ids.

Sources, each free to ship:

- ``tables/bodies.tsv``, ``tables/people.tsv``, ``tables/sites.tsv`` beside this script: our own, written by hand.
- Facts of Wikidata (CC0): members of Indonesia's two national chambers, holders of its high offices, heads of the
  world's states and governments about 2021, as the CSV files of ``leaders-wikidata`` give them. Files there that were
  taken from other sites, or state another licence, are not used.
- ``umpirsky-country-id.json`` and ``-en.json`` (MIT): country names, to write foreign offices in Indonesian.

Usage: ``python training/actors.py FOLDER`` with the folder that holds ``leaders-wikidata`` and ``gazetteer-world``.
The same sources give the same file, byte for byte.

The file has two parts, parted by an empty line. Each row of the first is an actor or a site: scheme, id, type, kind,
country, name, known (``y`` for rows written by hand), offices (``office@from..to``, parted by ``|``), near (words that
must stand in the article), latitude, longitude, precision in metres. Each of the second is a name key and the rows
that bear it, each with a mark: ``n`` name, ``a`` another name, ``c`` the same in capitals only, ``~`` a short form
that needs the office beside it, or of a club words of the game, ``=`` one so
common that a peer of its bearer in the article does not do for it.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from telusur.analyse.names import is_kind, words_of

TABLES = Path(__file__).parent / "tables"
OUT = Path(__file__).parents[1] / "src" / "telusur" / "data" / "actors.tsv.gz"
SHORT = 5
"""An alias in capitals of at most this many letters is read in capitals only: ``IS`` is no ``is``."""

POSITIONS = {
    "President": "presiden", "Vice President": "wakil presiden", "Cabinet Secretary": "sekretaris kabinet",
    "Minister of Agrarian and Spatial Planning": "menteri agraria dan tata ruang", "Minister of Agriculture": "menteri pertanian",
    "Minister of Communication and Information": "menteri komunikasi dan informatika", "Minister of Defence": "menteri pertahanan",
    "Minister of Cooperatives and Small and Medium Enterprises": "menteri koperasi dan ukm",
    "Minister of Education and Culture": "menteri pendidikan dan kebudayaan", "Minister of Finance": "menteri keuangan",
    "Minister of Education, Culture, Research and Technology": "menteri pendidikan, kebudayaan, riset, dan teknologi",
    "Minister of Energy and Mineral Resources": "menteri energi dan sumber daya mineral", "Minister of Foreign Affairs": "menteri luar negeri",
    "Vice Minister of Foreign Affairs": "wakil menteri luar negeri", "Minister of Health": "menteri kesehatan",
    "Minister of Home Affairs": "menteri dalam negeri", "Minister of Housing": "menteri perumahan", "Minister of Industry": "menteri perindustrian",
    "Minister of Industry and Trade": "menteri perindustrian dan perdagangan", "Minister of Investment": "menteri investasi",
    "Minister of Law and Human Rights": "menteri hukum dan ham", "Minister of Manpower": "menteri ketenagakerjaan",
    "Minister of National Development Planning": "menteri perencanaan pembangunan nasional",
    "Minister of of Maritime Affairs and Fisheries": "menteri kelautan dan perikanan",
    "Minister of Public Works and Public Housing": "menteri pekerjaan umum dan perumahan rakyat", "Minister of Religious Affairs": "menteri agama",
    "Minister of Research and Technology": "menteri riset dan teknologi", "Minister of Social Affairs": "menteri sosial",
    "Minister of State Apparatus Empowerment and Bureaucratic Reform": "menteri pendayagunaan aparatur negara dan reformasi birokrasi",
    "Minister of State-Owned Enterprises": "menteri bumn", "Minister of State Secretary": "menteri sekretaris negara",
    "Minister of the Environment and Forestry": "menteri lingkungan hidup dan kehutanan", "Minister of Trade": "menteri perdagangan",
    "Minister of Tourism and Creative Economy": "menteri pariwisata dan ekonomi kreatif", "Minister of Transportation": "menteri perhubungan",
    "Minister of Villages, Development of Disadvantaged Regions and Transmigration": "menteri desa",
    "Minister of Women’s Empowerment and Child Protection": "menteri pemberdayaan perempuan", "Minister of Youth and Sports": "menteri pemuda dan olahraga",
    "Coordinating Minister for Economic Affairs": "menteri koordinator perekonomian",
    "Coordinating Minister for Human Development and Cultural Affairs": "menteri koordinator pembangunan manusia dan kebudayaan",
    "Coordinating Minister for Maritime Affairs and Investment": "menteri koordinator kemaritiman dan investasi",
    "Coordinating Minister for Political, Legal, and Security Affairs": "menteri koordinator politik, hukum, dan keamanan",
    "Head of the National Land Agency": "kepala badan pertanahan nasional", "Head of the National Development Planning Agency": "kepala bappenas",
    "Chairman of the Investment Coordinating Board": "kepala bkpm", "Presidential Chief of Staff": "kepala staf kepresidenan",
    "Speaker of the House of Representatives": "ketua dpr", "Attorney General": "jaksa agung", "Chief Justice of the Supreme Court": "ketua ma",
    "Justice of the Supreme Court": "hakim agung", "Chief Justice of the Constitutional Court": "ketua mk",
    "Commander of the National Armed Forces": "panglima tni", "Commander of the Indonesian National Armed Forces": "panglima tni",
    "Head of the State Intelligence Agency": "kepala bin", "Chief of the National Police": "kapolri", "Governor of Bank Indonesia": "gubernur bank indonesia",
    "Chief of Staff of the Army": "kepala staf angkatan darat", "Chief of Staff of the Air Force": "kepala staf angkatan udara",
    "Member of the People's Representative Council of Indonesia": "anggota dpr", "Member of the Regional Representative Council": "anggota dpd",
    "Member of the Regional Representative Council of Indonesia": "anggota dpd",
    "Member of the 2014-2019 People's Representative Council of Indonesia": "anggota dpr",
}  # fmt: skip
BEGINNINGS = (
    ("vice governor of", "wakil gubernur"), ("governor of", "gubernur"), ("mayor of", "wali kota"), ("ambassador to", "duta besar"),
)  # fmt: skip
ABROAD = (
    ("president", "presiden"), ("prime minister", "perdana menteri"), ("premier", "perdana menteri"), ("federal chancellor", "kanselir"),
    ("monarch", "raja"), ("king", "raja"), ("sultan", "sultan"), ("emir", "emir"), ("emperor", "kaisar"), ("supreme leader", "pemimpin tertinggi"),
    ("pope", "paus"), ("yang di-pertuan agong", "raja"), ("prince", "pangeran"), ("chairman", "ketua"), ("governor-general", "gubernur jenderal"),
)  # fmt: skip


@dataclass
class Row:
    """One actor in the making. ``names`` are its keys with their marks."""

    scheme: str
    id: str
    type: str
    kind: str
    country: str
    name: str
    known: str = "y"
    offices: list[str] = field(default_factory=list)
    near: str = ""
    at: tuple[str, str, str] = ("", "", "")
    names: dict[str, str] = field(default_factory=dict)

    def call(self, name: str, mark: str) -> None:
        """Give the row another name; the stronger mark of two stands."""
        if (k := "".join(words_of(name))) and len(k) > 1:
            self.names[k] = min(mark, self.names.get(k, mark), key="nac~=".index)
        elif k and name.isupper():
            self.names.setdefault(k, "c")

    def line(self) -> str:
        return "\t".join(
            (self.scheme, self.id, self.type, self.kind, self.country, self.name, self.known, "|".join(self.offices), self.near, *self.at)
        )  # fmt: skip


def table(name: str) -> Iterator[dict[str, str]]:
    lines = [line for line in (TABLES / name).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def mark_of(alias: str) -> str:
    return "c" if alias.isupper() and alias.isalpha() and len(alias) <= SHORT else "a"


def parts(cell: str) -> list[str]:
    return [p for p in cell.split("|") if p]


def bodies() -> Iterator[Row]:
    for r in table("bodies.tsv"):
        scheme, id = ("un", r["un"]) if r["un"] else ("wikidata", r["wikidata"]) if r["wikidata"] else ("telusur", r["key"])
        row = Row(scheme, id, "ORG", r["kind"], r["country"], r["name"], near=r["near"])
        row.call(r["name"], "n")
        for alias in parts(r["aliases"]):
            row.call(alias.removeprefix("~"), "~" if alias[0] == "~" else mark_of(alias))
        yield row


def sites() -> Iterator[Row]:
    for r in table("sites.tsv"):
        scheme, id = ("wikidata", r["wikidata"]) if r["wikidata"] else ("telusur", r["key"])
        row = Row(scheme, id, "LOC", r["kind"], r["country"], r["name"], at=(r["lat"], r["lon"], r["precision_m"]))
        row.call(r["name"], "n")
        for alias in parts(r["aliases"]):
            row.call(alias, mark_of(alias))
        yield row


def people(of: dict[str, str], held: dict[str, list[str]]) -> Iterator[Row]:
    """The people written by hand; an id of Wikidata where the row states one or a full name there is the same."""
    for r in table("people.tsv"):
        aliases = parts(r["aliases"])
        full = [n for n in (r["name"], *aliases) if len(words_of(n)) > 1 or n == r["name"]]
        found = {of[k] for n in full if (k := "".join(words_of(n))) in of}
        id = r["wikidata"] or (found.pop() if len(found) == 1 else "")
        row = Row("wikidata" if id else "telusur", id or "-".join(words_of(r["name"])), "PER", "person", r["country"], r["name"], near=r["near"])
        row.offices = parts(r["offices"]) or held.get(id, [])
        row.call(r["name"], "n")
        for alias in aliases:
            row.call(alias.lstrip("~="), alias[0] if alias[0] in "~=" else mark_of(alias))
        words = words_of(r["name"])
        if len(words) > 2 and not any(is_kind(w, "particle") for w in words[:3]):
            row.call(" ".join(words[:2]), "~" if len(words[1]) < 3 else "a")
        yield row


def of_wikidata(folder: Path) -> tuple[dict[str, str], dict[str, list[str]], dict[str, str], dict[str, str]]:
    """From Wikidata's facts: id by name key (where one person has the name), offices, name and country by id."""
    held: dict[str, list[str]] = defaultdict(list)
    named: dict[str, str] = {}
    country: dict[str, str] = {}
    here = folder / "leaders-wikidata"
    for file in ("holders21", "current", "legislators"):
        for r in rows_of(here / f"indonesia__html__{file}.csv"):
            named[r["personID"]], country[r["personID"]] = r["person"], "ID"
            if office := in_indonesian(r["position"]):
                held[r["personID"]].append(f"{office}@{r['start']}..{r.get('end') or ''}")
    for r in rows_of(here / "indonesia__sources__governors__wikidata.csv"):
        named[r["item"]], country[r["item"]] = r["itemLabel"], "ID"
        held[r["item"]].append(f"{r['positionLabel'].lower()}@{r['startDate']}..")
    for r in rows_of(here / "indonesia__html__bio.csv"):
        named.setdefault(r["id"], r["name"])
        country.setdefault(r["id"], "ID")
    code, indonesian = countries(folder / "gazetteer-world")
    for r in rows_of(here / "world-leaders-2021-wikidata.csv"):
        id, land = r["officeholder"], r["country"]
        if r["officeholderLabel"] == id or land == "Indonesia":
            continue
        named[id] = r["officeholderLabel"].split(",")[0].split(" of ")[0]
        country.setdefault(id, code.get(land, ""))
        word = next((w for b, w in ABROAD if r["positionLabel"].lower().startswith(b)), "pemimpin")
        held[id].append(f"{word} {indonesian.get(land, land).lower()}@{r['start_year']}..{r['end_year']}")
    of: dict[str, set[str]] = defaultdict(set)
    for id, name in named.items():
        of["".join(words_of(name))].add(id)
    only = {k: next(iter(ids)) for k, ids in of.items() if len(ids) == 1}
    return only, {id: sorted(set(offices)) for id, offices in held.items()}, named, country


def rows_of(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def in_indonesian(position: str) -> str:
    if position in POSITIONS:
        return POSITIONS[position]
    lower = position.lower()
    return next((w + lower.removeprefix(b) for b, w in BEGINNINGS if lower.startswith(b)), "")


def countries(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """ISO code and Indonesian name by English name."""
    english = json.loads((folder / "umpirsky-country-en.json").read_text(encoding="utf-8"))
    indonesian = json.loads((folder / "umpirsky-country-id.json").read_text(encoding="utf-8"))
    odd = {"United States of America": "US", "People's Republic of China": "CN", "Kingdom of the Netherlands": "NL", "State of Palestine": "PS", "East Timor": "TL", "Kingdom of Denmark": "DK", "Czech Republic": "CZ", "Myanmar": "MM"}  # fmt: skip
    code = {name: c for c, name in english.items()} | odd
    return code, {name: indonesian[c] for name, c in code.items() if c in indonesian}


def main(folder: Path) -> None:
    of, held, named, country = of_wikidata(folder)
    rows = [*bodies(), *people(of, held), *sites()]
    taken = {row.id for row in rows if row.scheme == "wikidata"}
    names = {k for row in rows if row.type == "PER" for k in row.names}
    for id, name in sorted(named.items()):
        k = "".join(words_of(name))
        # one word, or a name that a known person bears, says too little
        if id in taken or k in names or len(words_of(name)) < 2 or not held.get(id) or k not in of:
            continue
        row = Row("wikidata", id, "PER", "person", country[id], name, known="", offices=held[id])
        row.call(name, "n")
        rows.append(row)
    check(rows)
    keys: dict[str, list[str]] = defaultdict(list)
    for number, row in enumerate(rows):
        for k, mark in row.names.items():
            keys[k].append(f"{mark}{number}")
    lines = [row.line() for row in rows] + [""]
    lines += [k + "\t" + " ".join(v) for k, v in sorted(keys.items())]
    OUT.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    schemes = {s: sum(row.scheme == s for row in rows) for s in ("wikidata", "un", "telusur")}
    print(f"{OUT}: {len(rows)} rows {schemes}, {len(keys)} names, {OUT.stat().st_size} bytes")


def check(rows: list[Row]) -> None:
    """Stop where two rows have one id, or a cell would break the table."""
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        if other := seen.get((row.scheme, row.id)):
            sys.exit(f"{row.scheme}:{row.id} is both {other} and {row.name}")
        seen[row.scheme, row.id] = row.name
        if "\n" in row.line() or row.line().count("\t") != 11:
            sys.exit(f"{row.name}: a cell holds a tab or a line break")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
