"""How well copies are found, and what that costs as an archive grows.

Usage: python benchmarks/copies.py quality [--others 2000]
       python benchmarks/copies.py derived [--texts 200]
       python benchmarks/copies.py grow [--sizes 1000,10000,100000] [--real] [--archive PATH|URL]

`quality` reads the labelled pairs and groups (`labels/copies`), traces them in an archive with others of the
same sets, and compares: the first and the fourth set of pairs, the groups, and each half of the second and the third set by itself. `derived`
makes copies of real texts whose making is known: cut, spliced, reworded, without credit, full of slips. `grow` adds texts of a generator, of which
one in ten is a copy of an earlier one, or all real ones of the shared sets, and prints what an article more costs whenever the archive has
reached a size; an archive that was grown before is grown further, with other texts. Texts are made by another process, so that what it prints of time and memory is the tracing's own.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from growth import grow, invented, made_elsewhere, real_texts, reworded, shuffled, size_of
from sqlalchemy import Connection, func, insert, select

from telusur.archive import Archive, open_archive, packing
from telusur.archive.places import article_id, text_hash
from telusur.archive.schema import articles, outlets, readings
from telusur.errors import TelusurError
from telusur.ingest.files import from_text
from telusur.model.document import Hints
from telusur.parse import parse_page
from telusur.trace.copies import copies_of
from telusur.trace.families import family_of
from telusur.trace.texts import Shelf
from telusur.trace.update import update

# --- how well they are found ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be kept: its name here, its outlet, its title, its text."""

    name: str
    outlet: str
    title: str
    text: str
    published: str | None = None


def put_pages(archive: Archive, pages: Iterable[Page]) -> dict[str, str]:
    """Keeps pages with their blocks, as the program parses them; gives their ids by their names."""
    rows, packed, ids = [], [], {}
    with archive.reading() as connection:
        last = connection.execute(select(func.coalesce(func.max(articles.c.number), 0))).scalar_one()
        outlet_numbers = {row.name: row.number for row in connection.execute(select(outlets))}
    known = len(outlet_numbers)
    for number, page in enumerate(pages, last + 1):
        outlet_numbers.setdefault(page.outlet, len(outlet_numbers) + 1)
        hints = Hints(url=f"https://{page.outlet or 'kabar.example'}/{page.name}", published=page.published, publisher=page.outlet or None, title=page.title or None)
        try:
            document = parse_page(from_text(f"{page.title}\n\n{page.text}"), hints)
        except TelusurError:
            continue
        blocks = [{"kind": block.kind, "start": block.span.start, "end": block.span.end} for block in document.blocks]
        record = {"text": document.text, "blocks": blocks, "article": {"title": page.title, "publisher": page.outlet, "wires": list(document.article.wires)}}
        ids[page.name] = article_id(page.name, hints.url)
        rows.append({
            "number": number, "id": ids[page.name], "text_hash": text_hash(document.text), "url": hints.url, "published": page.published, "added": "2020-01-01T00:00:00Z",
            "outlet": outlet_numbers[page.outlet], "maker": 1, "original": "none", "chars": len(document.text), "reviewed": 0,
        })  # fmt: skip
        packed.append({"article": number, "text": packing.pack_text(document.text), "record": packing.pack_record(record)})
    new = [{"number": number, "name": name} for name, number in outlet_numbers.items() if number > known]

    def act(connection: Connection) -> None:
        for table, values in ((outlets, new), (articles, rows), (readings, packed)):
            if values:
                connection.execute(insert(table), values)

    archive.write(act)
    return ids


def quality(others: int) -> None:
    """Scores on the labelled pairs and groups, in an archive with so many other articles of the same sets."""
    from labels.copies import labelled

    placed = labelled.groups()
    later = {"second": labelled.second, "third": labelled.third}
    sets = {"first set": labelled.pairs(), **{f"{name} set, {half} half": of(half) for name, of in later.items() for half in labelled.HALVES}}
    sets |= {"fourth set": labelled.fourth()}
    wanted = {ref.id for pairs in sets.values() for pair in pairs for ref in (pair.a, pair.b)} | {one.ref.id for one in placed}
    pages, rest = [], []
    for told in real_texts():
        page = Page(told["id"], told.get("outlet") or "", told.get("title") or "", told["text"], told.get("published"))
        (pages if page.name in wanted else rest).append(page)
    random.Random(1).shuffle(rest)
    with tempfile.TemporaryDirectory() as folder, open_archive(f"{folder}/archive.db", create=True) as archive:
        ids = put_pages(archive, [*pages, *rest[:others]])
        update(archive)
        with archive.reading() as connection:
            kinds = Kinds(connection, ids)
            print(f"{sum(map(len, sets.values()))} labelled pairs and {len(placed)} articles in groups, among {len(ids):,} articles")
            for name, pairs in sets.items():
                print(f"\n{name}: {len(pairs)} pairs")
                tell_pairs([(pair.settled, kinds.between(pair.a.id, pair.b.id)) for pair in pairs])
                tell_joined([(pair.settled.family, kinds.together(pair.a.id, pair.b.id)) for pair in pairs])
            for what, gold in (("family", lambda one: one.family), ("wide", lambda one: one.wide)):
                names = [one.ref.id for one in placed if one.ref.id in ids]
                found = kinds.groups(names, wide=what == "wide")
                tell_groups(what, {one.ref.id: gold(one) for one in placed if one.ref.id in ids}, found)


class Kinds:
    """What the tracing says of articles by their names here."""

    def __init__(self, connection: Connection, ids: Mapping[str, str]) -> None:
        self.connection, self.ids, self.shelf = connection, ids, Shelf(5000)
        self.copies: dict[str, dict[str, str]] = {}

    def of(self, name: str) -> dict[str, str]:
        """The kinds of copies of an article, by their ids."""
        if name not in self.copies:
            self.copies[name] = {copy.other: copy.kind for copy in copies_of(self.connection, self.ids[name], self.shelf)}
        return self.copies[name]

    def between(self, one: str, other: str) -> str | None:
        """How the one stands to the other; None where they are no copies, or one of them is not there."""
        return self.of(one).get(self.ids[other]) if one in self.ids and other in self.ids else None

    def together(self, one: str, other: str) -> bool:
        """Whether both are of one family, directly or by others."""
        family = self.groups((one, other), wide=False)
        return family[one] == family[other]

    def groups(self, names: Sequence[str], *, wide: bool) -> dict[str, str]:
        """A label for each article: its family; or, wide, all that it shares a passage with, and so on."""
        if not wide:
            found = {}
            for name in names:
                family = family_of(self.connection, self.ids[name]) if name in self.ids else None
                found[name] = family.id if family else name
            return found
        above = {name: name for name in names}

        def find(name: str) -> str:
            while above[name] != name:
                name = above[name]
            return name

        for one in names:
            for other in names:
                if self.between(one, other):
                    above[find(one)] = find(other)
        return {name: find(name) for name in names}


def coarse(kind: str | None) -> str:
    """``yes``, ``partial``, ``no``."""
    return "no" if kind is None or kind.startswith("none") else "partial" if kind == "partial" else "yes"


def tell_pairs(told: Sequence[tuple[Any, str | None]]) -> None:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for settled, found in told:
        by_kind[settled.kind].append(coarse(found))
    print(f"{'labelled':16} {'n':>4} {'one text':>9} {'partial':>8} {'none':>6}")
    for kind, found in sorted(by_kind.items()):
        print(f"{kind:16} {len(found):>4} {found.count('yes'):>9} {found.count('partial'):>8} {found.count('no'):>6}")
    for label, holds in (("one text", ("yes",)), ("any copy", ("yes", "partial"))):
        right = sum(coarse(settled.kind) in holds and coarse(found) in holds for settled, found in told)
        of_found, of_gold = sum(coarse(found) in holds for _, found in told), sum(coarse(settled.kind) in holds for settled, _ in told)
        print(f"{label}: precision {share(right, of_found)}, recall {share(right, of_gold)}, F1 {share(2 * right, of_found + of_gold)}")


def tell_joined(told: Sequence[tuple[str, bool]]) -> None:
    """False merges, as a reader meets them: pairs in one family that are labelled otherwise."""
    wrong = Counter(label for label, joined in told if joined and label != "yes")
    apart = sum(label == "no" for label, _ in told)
    print(
        f"in one family: {sum(joined for _, joined in told)}, wrongly {sum(wrong.values())} ({wrong['partial']} share a passage, {wrong['no']} are no copies); "
        f"joined of {apart} that are no copies: {share(wrong['no'], apart)} %"
    )


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


def tell_groups(what: str, gold: Mapping[str, str], found: Mapping[str, str]) -> None:
    precision, recall = bcubed(gold, found)
    joined = wrong = 0
    for one, other in combinations(sorted(gold), 2):
        if found[one] == found[other]:
            joined += 1
            wrong += gold[one] != gold[other]
    apart = sum(gold[one] != gold[other] for one, other in combinations(gold, 2))
    print(
        f"groups, {what}: B-cubed precision {100 * precision:.1f}, recall {100 * recall:.1f}, F1 {200 * precision * recall / (precision + recall):.1f}; "
        f"adjusted Rand index {100 * rand_index(gold, found):.1f}; wrong of pairs joined {wrong} of {joined}, of pairs that are apart {share(wrong, apart)} %"
    )


def bcubed(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float]:
    """Precision and recall over items (Bagga and Baldwin 1998)."""
    precision = recall = 0.0
    for item in gold:
        same_gold, same_found = {x for x in gold if gold[x] == gold[item]}, {x for x in gold if found[x] == found[item]}
        both = len(same_gold & same_found)
        precision += both / len(same_found)
        recall += both / len(same_gold)
    return precision / len(gold), recall / len(gold)


def rand_index(gold: Mapping[str, str], found: Mapping[str, str]) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985)."""
    cells, rows, columns = (Counter((gold[x], found[x]) for x in gold), Counter(gold.values()), Counter(found[x] for x in gold))
    pairs = [sum(count * (count - 1) / 2 for count in table.values()) for table in (cells, rows, columns)]
    expected = pairs[1] * pairs[2] / (len(gold) * (len(gold) - 1) / 2)
    most = (pairs[1] + pairs[2]) / 2
    return (pairs[0] - expected) / (most - expected) if most != expected else 1.0


# --- copies whose making is known -------------------------------------------------------------------------------

DERIVED = ("credit dropped", "cut", "cut to a third", "with more", "slips", "reworded", "spliced", "one paragraph spliced")


def derived(count: int) -> None:
    """How many copies made of real texts are found, and as what."""
    chance = random.Random(5)
    texts = [told for told in real_texts() if told["text"].count("\n\n") >= 5 and 1200 < len(told["text"]) < 6000]
    chance.shuffle(texts)
    sources, strangers, third = texts[:count], texts[count : 2 * count], texts[2 * count : 3 * count]
    pages: list[Page] = []
    gold: dict[str, str] = {}
    for source, stranger, more in zip(sources, strangers, third, strict=True):
        paragraphs = [part for part in source["text"].split("\n\n") if len(part) > 60]
        others = [part for part in stranger["text"].split("\n\n") if len(part) > 60]
        others_more = [part for part in more["text"].split("\n\n") if len(part) > 60]
        pages.append(Page(source["id"], "asal.example", source.get("title") or "", "\n\n".join(paragraphs)))
        gold[source["id"]] = source["id"]
        for how in DERIVED:
            name = f"{source['id']}/{how.replace(' ', '-')}"
            pages.append(Page(name, f"{how.replace(' ', '')}.example", stranger.get("title") or "", "\n\n".join(derive(paragraphs, others_more if how == "with more" else others, how, chance))))
            gold[name] = stranger["id"] if "spliced" in how else source["id"]  # both splices are the other article, with a passage
    with tempfile.TemporaryDirectory() as folder, open_archive(f"{folder}/archive.db", create=True) as archive:
        ids = put_pages(archive, pages)
        update(archive)
        with archive.reading() as connection:
            kinds = Kinds(connection, ids)
            print(f"{count} real texts, {len(DERIVED)} copies of each; in %")
            print(f"{'copy':22} {'found':>6} {'one text':>9} {'partial':>8}")
            for how in DERIVED:
                found = [kinds.between(f"{source['id']}/{how.replace(' ', '-')}", source["id"]) for source in sources]
                counts = [sum(map(bool, found)), sum(coarse(one) == "yes" for one in found), sum(one == "partial" for one in found)]
                print(f"{how:22} {share(counts[0], count):>6} {share(counts[1], count):>9} {share(counts[2], count):>8}")
            there = {name: label for name, label in gold.items() if name in ids}
            tell_groups("families", there, kinds.groups(list(there), wide=False))


def derive(paragraphs: Sequence[str], others: Sequence[str], how: str, chance: random.Random) -> list[str]:
    """A copy of the paragraphs; ``others`` are another article's."""
    if how == "credit dropped":
        return [paragraphs[0].split(" - ", 1)[-1], *paragraphs[1:]]
    if how == "cut":
        return list(paragraphs[: max(2, round(len(paragraphs) * 0.6))])
    if how == "cut to a third":
        return list(paragraphs[: max(2, len(paragraphs) // 3)])
    if how == "with more":
        return [*paragraphs, *others[1:4]]
    if how == "slips":
        return [" ".join(word[:-1] if chance.random() < 0.05 and len(word) > 4 else word for word in part.split()) for part in paragraphs]
    if how == "reworded":
        return [reworded(part, chance, 0.12) for part in paragraphs]
    at = chance.randrange(1, len(others)) if len(others) > 1 else 0
    told = [part for part in paragraphs if not set('"“”') & set(part)] or paragraphs  # a quotation is nobody's
    longest = sorted(told, key=len)[-2 if how == "spliced" else -1 :]
    return [*others[:at], *longest, *others[at:]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    scoring = commands.add_parser("quality")
    scoring.add_argument("--others", type=int, default=2000)
    deriving = commands.add_parser("derived")
    deriving.add_argument("--texts", type=int, default=200)
    growing = commands.add_parser("grow")
    growing.add_argument("--sizes", default="1000,10000,100000")
    growing.add_argument("--real", action="store_true")
    growing.add_argument("--archive", default=None)
    chosen = parser.parse_args()
    if chosen.command == "quality":
        quality(chosen.others)
        return 0
    if chosen.command == "derived":
        derived(chosen.texts)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.archive or f"{folder}/archive.db"
        texts = made_elsewhere(shuffled if chosen.real else partial(invented, 1 + size_of(place)))
        grow(sorted(map(int, chosen.sizes.split(","))), place, texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
