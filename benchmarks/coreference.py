"""Who is who on public sets of coreference: COIN (test) and IndoCoref, by MUC, B-cubed and CEAF-e.

    python benchmarks/coreference.py [--shared ../shared]

Both are texts of Wikipedia and mark every noun phrase. The program joins names; it asks what a pronoun or a description means
only where a quote or a claim needs it. So three figures:

- ``names``: the set's own names are given and joined; what stands in no name is left aside on both sides;
- ``names and pronouns``: as well, singular pronouns of persons, each laid to the nearest person named before it, as claims do it;
- ``all``: all mentions of the set are given; descriptions stay alone, each in a chain of its own.

Singletons count. COIN has no types of names: the model tells them, or the tables where it saw none.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from linking import guessed

from telusur.analyse.encoder import load_model, understand
from telusur.analyse.entities import resolve_entities
from telusur.ingest.files import from_text
from telusur.model.document import Article, Block, Document, Hints
from telusur.model.layers import EntityType, Mention
from telusur.model.span import Span, trim

PUBLISHED = {
    "IndoCoref": "A Multi-Pass Sieve Coreference Resolution for Indonesian (Artari and others, RANLP 2021), all mentions given: MUC 72.74, B-cubed 52.18",
    "COIN": "none found",
}
SETTINGS = ("names", "names and pronouns", "all")
_TYPES: dict[str, EntityType] = {"person": "PER", "place": "LOC", "organisasi": "ORG", "event": "ORG"}
_SACR = re.compile(r'\{M(\d+):jenis="([^"]*)" ?|\}')
_PERSON = frozenset({"ia", "dia", "nya", "beliau", "dirinya"})

Chain = frozenset[Span]


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention of a set: ``kind`` is name, pronoun or noun; ``chain`` tells who it is; ``type`` where the set gives it."""

    span: Span
    kind: str
    chain: int
    type: EntityType | None = None


Text = tuple[str, list[Marked]]


# --- reading the sets ---------------------------------------------------------------------------------------------


def chains_of(links: Iterable[tuple[int, int]], ids: Iterable[int]) -> dict[int, int]:
    """For each id the smallest of those that it is linked with."""
    top = {i: i for i in ids}

    def find(i: int) -> int:
        while top[i] != i:
            i = top[i]
        return i

    for one, other in links:
        if one in top and other in top:
            a, b = sorted((find(one), find(other)))
            top[b] = a
    return {i: find(i) for i in top}


def coin(shared: Path) -> Iterator[Text]:
    """COIN's test texts as its authors prepare them: the second of an apposition, an alias or an example is dropped."""
    data = gzip.decompress((shared / "data/coref-coin/id__coref__test.tsv.gz").read_bytes()).decode("utf-8")
    for block in data.split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if "\t" in line]
        text, spans, kinds = "", dict[int, Span](), dict[int, str]()
        links, dropped = [], set()
        for row in rows:
            start = len(text)
            text += row[2] + " "
            for kind, ids in re.findall(r"([A-Z]+)\[(\d+(?:_\d+)?)\]", row[3]):
                numbers = [int(i) for i in ids.split("_")]
                if len(numbers) == 1:
                    known = spans.get(numbers[0])
                    spans[numbers[0]] = Span(known.start if known else start, start + len(row[2]))
                    kinds[numbers[0]] = kind
                elif kind == "IDENT":
                    links.append((numbers[0], numbers[1]))
                else:
                    dropped.add(numbers[1])
        linked = {i for pair in links for i in pair}
        kept = [i for i in spans if i not in dropped or i in linked]
        chain = chains_of(links, kept)
        names = {"PROPER": "name", "PRONOUN": "pronoun"}
        if rows:
            yield text, [Marked(spans[i], names.get(kinds[i], "noun"), chain[i]) for i in kept]


def indocoref(shared: Path) -> Iterator[Text]:
    """IndoCoref's texts. A mention that means an earlier one holds that one's number right inside its own brackets."""
    with tarfile.open(shared / "data/coref-indocoref/data.tar.gz") as packed:
        for member in sorted(packed.getmembers(), key=lambda m: m.name):
            file = packed.extractfile(member) if "/annotated/" in member.name and member.isfile() else None
            if file is not None:
                yield sacr(file.read().decode("utf-8"))


def sacr(marked: str) -> Text:
    """Text and mentions of one file: ``{M1:jenis="named-entity person" {M5:jenis="" Rini}}``."""
    text, at = "", 0
    stack, found, meant = list[tuple[int, str, int]](), list[tuple[int, Span, str]](), defaultdict[tuple[int, int], list[int]](list)
    for sign in _SACR.finditer(marked):
        text += marked[at : sign.start()]
        at = sign.end()
        if sign.group(1):
            number, kind = int(sign.group(1)), sign.group(2)
            holder = next((one for one in reversed(stack) if one[1]), None)
            if not kind and holder is not None and holder[2] == len(text):
                meant[holder[0], holder[2]].append(number)
            stack.append((number, kind, len(text)))
        elif stack:
            number, kind, start = stack.pop()
            if kind and (span := trim(text, start, len(text))):
                found.append((number, span, kind))
    # Who means several (`mereka`) stands in no chain of one.
    links = [(number, others[0]) for (number, _), others in meant.items() if len(others) == 1]
    chain = chains_of(links, {number for number, _, _ in found})
    once = {span: Marked(span, _kind(kind), chain[number], _TYPES.get(kind.split()[-1])) for number, span, kind in found}
    return text + marked[at:], sorted(once.values(), key=lambda m: m.span)


def _kind(kind: str) -> str:
    return "name" if kind.startswith("named") else "pronoun" if kind.startswith("kata ganti") else "noun"


# --- the program's chains -----------------------------------------------------------------------------------------


def told(text: str, marked: Sequence[Marked], setting: str) -> list[Chain]:
    """The program's chains over the mentions that a setting gives it."""
    document = Document(from_text(text, media_type="text/plain"), Hints(), text, (Block("paragraph", Span(0, len(text))),), Article())
    outer = list[Marked]()
    for one in sorted((m for m in marked if m.kind == "name"), key=lambda m: (m.span.start, -m.span.end)):
        if not outer or outer[-1].span.end <= one.span.start:
            outer.append(one)  # the program's names never overlap: of two within each other the longer is asked for
    types = typed(document, outer)
    mentions = tuple(Mention(f"m{n}", one.span, types[n]) for n, one in enumerate(outer))
    _, filled = resolve_entities(document, mentions)
    groups: dict[str, set[Span]] = defaultdict(set)
    for mention in filled:
        groups[mention.entity].add(mention.span)
    persons = [m for m in filled if m.type == "PER"]
    for n, one in enumerate(marked):
        if one.kind == "pronoun" and setting != "names":
            before = [m for m in persons if m.span.end <= one.span.start]
            known = one.span.of(text).casefold() in _PERSON and before
            groups[before[-1].entity if known else f"alone {n}"].add(one.span)
        elif (one.kind == "noun" and setting == "all") or (one.kind == "name" and one not in outer):
            groups[f"alone {n}"].add(one.span)
    return [frozenset(spans) for spans in groups.values()]


def typed(document: Document, names: Sequence[Marked]) -> list[EntityType]:
    """The type of each name: the set's, else what the model sees there, else what the tables know."""
    if all(one.type for one in names):
        return [one.type or "PER" for one in names]
    seen = understand(document, load_model()).names
    out = []
    for one in names:
        over = [mark for mark in seen if mark.span.overlaps(one.span)]
        out.append(max(over, key=lambda m: m.score).type if over else guessed(one.span.of(document.text)))
    return out


def gold(marked: Sequence[Marked], setting: str) -> list[Chain]:
    kinds = {"names": {"name"}, "names and pronouns": {"name", "pronoun"}, "all": {"name", "pronoun", "noun"}}[setting]
    groups: dict[int, set[Span]] = defaultdict(set)
    for one in marked:
        if one.kind in kinds:
            groups[one.chain].add(one.span)
    return [frozenset(spans) for spans in groups.values()]


# --- measures -----------------------------------------------------------------------------------------------------

Halves = tuple[float, float, float, float]
"""Right and all, of the program's chains; right and all, of gold's."""


def muc(key: Sequence[Chain], other: Sequence[Chain]) -> tuple[float, float]:
    """Links of ``key`` that ``other`` has, and all of them (Vilain and others 1995)."""
    where = {span: n for n, chain in enumerate(other) for span in chain}
    right = sum(len(c) - len({where.get(s, f"alone {s}") for s in c}) for c in key)
    return float(right), float(sum(len(c) - 1 for c in key))


def b_cubed(key: Sequence[Chain], other: Sequence[Chain]) -> tuple[float, float]:
    """For each mention of ``key`` the share of its chain that ``other`` keeps with it (Bagga and Baldwin 1998)."""
    where = {span: chain for chain in other for span in chain}
    right = sum(len(c & where.get(s, frozenset())) / len(c) for c in key for s in c)
    return right, float(sum(map(len, key)))


def ceaf(key: Sequence[Chain], other: Sequence[Chain]) -> float:
    """The best one-to-one pairing of chains by how much of both they share (Luo 2005, phi 4)."""
    where = {span: n for n, chain in enumerate(other) for span in chain}
    touched = [{where[s] for s in chain if s in where} for chain in key]
    parts = chains_of(((min(t), other_one) for t in touched if t for other_one in t), range(len(other)))
    groups: dict[int, list[int]] = defaultdict(list)  # chains that share no mention with others need no pairing
    for n, t in enumerate(touched):
        if t:
            groups[parts[min(t)]].append(n)
    members: dict[int, list[int]] = defaultdict(list)
    for n, top in parts.items():
        members[top].append(n)
    return sum(
        best_pairing([[2 * len(key[a] & other[b]) / (len(key[a]) + len(other[b])) for b in members[top]] for a in rows])
        for top, rows in groups.items()
    )


def best_pairing(worth: list[list[float]]) -> float:
    """The sum of the best pairing of rows with columns (Hungarian method)."""
    if not worth or not worth[0]:
        return 0.0
    if len(worth) > len(worth[0]):
        worth = [list(column) for column in zip(*worth, strict=True)]
    rows, columns = len(worth), len(worth[0])
    u, v, paired, way = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        paired[0], column = row, 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while True:
            used[column] = True
            here, step, nxt = paired[column], float("inf"), 0
            for j in range(1, columns + 1):
                if not used[j]:
                    cost = -worth[here - 1][j - 1] - u[here] - v[j]
                    if cost < least[j]:
                        least[j], way[j] = cost, column
                    if least[j] < step:
                        step, nxt = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    u[paired[j]] += step
                    v[j] -= step
                else:
                    least[j] -= step
            column = nxt
            if paired[column] == 0:
                break
        while column:
            paired[column], column = paired[way[column]], way[column]
    return sum(worth[paired[j] - 1][j - 1] for j in range(1, columns + 1) if paired[j])


def measure(texts: Sequence[Text], setting: str) -> dict[str, float]:
    """F1 of each measure over all texts, in points, and their mean."""
    halves: dict[str, list[float]] = {name: [0.0] * 4 for name in ("MUC", "B-cubed", "CEAF-e")}
    for text, marked in texts:
        mine, true = told(text, marked, setting), gold(marked, setting)
        for name, score in (("MUC", muc), ("B-cubed", b_cubed)):
            for n, value in enumerate((*score(mine, true), *score(true, mine))):
                halves[name][n] += value
        shared = ceaf(true, mine)
        for n, value in enumerate((shared, len(mine), shared, len(true))):
            halves["CEAF-e"][n] += value
    out = {}
    for name, (right, all_told, found, all_gold) in halves.items():
        precision, recall = right / max(all_told, 1), found / max(all_gold, 1)
        out[name] = round(200 * precision * recall / max(precision + recall, 1e-9), 1)
    out["mean"] = round(sum(out.values()) / 3, 1)
    return out


def figures(shared: Path) -> dict[str, dict[str, dict[str, float]]]:
    """F1 by set, setting and measure."""
    sets = {"COIN": list(coin(shared)), "IndoCoref": list(indocoref(shared))}
    return {name: {setting: measure(texts, setting) for setting in SETTINGS} for name, texts in sets.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    for name, settings in figures(parser.parse_args().shared).items():
        for setting, found in settings.items():
            print(f"{name:10} {setting:20} " + ", ".join(f"{measure} {value}" for measure, value in found.items()))
        print(f"{name:10} published: {PUBLISHED[name]}")


if __name__ == "__main__":
    main()
