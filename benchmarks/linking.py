"""Scores the links on IndEL and on our own labels of gold articles; prints counts, writes nothing.

Usage: python -m benchmarks.linking [--errors]        (the shared data lies in $TELUSUR_SHARED, else ../shared)

Names are given, so that only the linking is measured: an entity of a gold article carries the mentions of the gold; a
name of IndEL is one that stands in its sentence. What the right link is counts within what ships: a thing that no
table of ours holds has NIL as its right answer. Printed are
- precision: right links of all links given; recall: right links of all that there are; F1;
- NIL: right NILs of all names whose answer is NIL (candidates are NIL: none was picked);
- all: right answers of all names, NIL counted. This is the measure with the floor.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from telusur.analyse.actors import actors
from telusur.analyse.entities import resolve_entities
from telusur.analyse.places import gazetteer
from telusur.export.json import from_json
from telusur.ingest.files import from_text
from telusur.model.document import Article, Block, Document, Hints
from telusur.model.layers import Entity, EntityType, Mention
from telusur.model.span import Span
from telusur.parse import parse_page

LABELS = Path(__file__).parent / "labels"
ROOT = Path(__file__).parents[1]


def shared() -> Path:
    """The folder of the shared data."""
    return Path(os.environ.get("TELUSUR_SHARED") or ROOT.parent / "shared")


@dataclass(slots=True)
class Count:
    """Answers counted: right and given links, links that there are, right and due NILs."""

    right: int = 0
    given: int = 0
    due: int = 0
    right_nil: int = 0
    nil: int = 0

    def add(self, answer: str, truth: str) -> None:
        self.given += answer != "NIL"
        self.due += truth != "NIL"
        self.nil += truth == "NIL"
        self.right += answer == truth != "NIL"
        self.right_nil += answer == truth == "NIL"

    @property
    def all(self) -> float:
        return (self.right + self.right_nil) / max(self.due + self.nil, 1)

    def __str__(self) -> str:
        precision, recall = self.right / max(self.given, 1), self.right / max(self.due, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return (
            f"precision {100 * precision:5.1f} ({self.right}/{self.given})  recall {100 * recall:5.1f} ({self.right}/{self.due})  "
            f"F1 {100 * f1:5.1f}  NIL {100 * self.right_nil / max(self.nil, 1):5.1f} ({self.right_nil}/{self.nil})  "
            f"all {100 * self.all:5.1f} ({self.right + self.right_nil}/{self.due + self.nil})"
        )


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a label file, without its header."""
    lines = [x for x in (LABELS / name).read_text(encoding="utf-8").split("\n") if x and x[0] != "#"]
    return (line.split("\t") for line in lines[1:])


def shipped() -> set[str]:
    """All ids that the tables hold, as scheme:id. Local bodies are made by rule, so every one counts as held."""
    found = {":".join(row.split("\t", 2)[:2]) for row in actors().rows}
    return found | {":".join(row.split("\t", 2)[:2]) for row in gazetteer().rows}


def answer(entity: Entity) -> str:
    return ":".join(entity.link) if entity.link else "NIL"


# --- our labels -------------------------------------------------------------------------------------------------


def of_labels(file: str, show: bool = False) -> dict[str, Count]:
    """The score on one file of our labels, by type and over all."""
    held = shipped()
    counts = {key: Count() for key in ("PER", "ORG", "LOC", "all")}
    articles: dict[str, dict[tuple[str, str], Entity]] = {}
    for article, type, name, link in rows(file):
        if article not in articles:
            articles[article] = of_article(article)
        got = articles[article].get((type, name))
        truth = link if link in held or re.match(r"telusur:[a-z]+-\d\d", link) else "NIL"
        said = answer(got) if got else "NIL"
        counts[type].add(said, truth)
        counts["all"].add(said, truth)
        if show and said != truth:
            print(f"  {article}  {type} {name}: {said}, right is {truth} ({got.because if got else 'no such entity'})")
    return counts


def of_article(name: str) -> dict[tuple[str, str], Entity]:
    """The entities of a gold article from its own mentions, linked, by the gold's type and name of each."""
    path = next(p for p in (shared() / "gold" / part / f"{name}.json" for part in ("dev", "train")) if p.exists())
    value = json.loads(path.read_text(encoding="utf-8"))
    gold = from_json(value)
    hints = replace(gold.document.hints, published=value["source"].get("published_hint"))
    # read as a page, so that the datelines are known
    document = parse_page(from_text(value["text"], url=value["source"].get("url"), media_type="text/plain"), hints)
    entities, mentions = resolve_entities(document, tuple(replace(m, entity="") for m in gold.mentions))
    by_id = {e.id: e for e in entities}
    ours = {m.id: by_id[m.entity] for m in mentions}
    return {(e.type, e.name): ours[m.id] for e in gold.entities for m in gold.mentions if m.entity == e.id}


# --- IndEL ------------------------------------------------------------------------------------------------------

_CONTEXT = re.compile(r'<http://IndEL/(\d+)#0,\d+>\s+a [^.]*?nif:isString\s+"((?:[^"\\]|\\.)*)"', re.DOTALL)
_NAME = re.compile(
    r"<http://IndEL/(\d+)#(\d+),(\d+)>\s+a [^<]*?nif:beginIndex[^<]*nif:referenceContext\s+<[^>]*> ;\s+"
    r'nif:anchorOf\s+"((?:[^"\\]|\\.)*)" ;\s+itsrdf:taIdentRef\s+<[^>]*/(Q\d+)>',
    re.DOTALL,
)


def of_indel(show: bool = False) -> dict[str, Count]:
    """The score on IndEL: over all its names, and over those whose pair of name and thing is of one type."""
    path = shared() / "data" / "entity-linking-indel" / "IndEL_General_Domain.ttl.gz"
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    sentences = {int(n): json.loads(f'"{s}"') for n, s in _CONTEXT.findall(text)}
    types = ner_types()
    names: dict[int, list[tuple[int, int, str]]] = {}
    for n, start, end, _, qid in _NAME.findall(text):
        names.setdefault(int(n), []).append((int(start), int(end), qid))
    same = {qid: link for qid, link in rows("indel-things.tsv")}
    held = shipped()
    known = {row.split("\t")[1]: row.split("\t")[2] for row in actors().rows if row.startswith("wikidata\t")}
    counts = {key: Count() for key in ("PER", "ORG", "LOC", "all", "well-typed")}
    for n, found in names.items():
        sentence = sentences.get(n, "")
        for (start, end, qid), (type, entity) in zip(found, of_sentence(sentence, found, types.get(letters(sentence), {})), strict=True):
            truth = same.get(qid, f"wikidata:{qid}")
            truth = truth if truth in held else "NIL"
            said = answer(entity)
            counts[type].add(said, truth)
            counts["all"].add(said, truth)
            thing = "LOC" if qid in same else known.get(qid, type)
            if thing == type:
                counts["well-typed"].add(said, truth)
                if show and said != truth:
                    print(f"  {n}  {type} {sentence[start:end]}: {said}, right is {truth} ({entity.because})")
    return counts


def of_sentence(sentence: str, found: list[tuple[int, int, str]], types: dict[str, EntityType]) -> list[tuple[EntityType, Entity]]:
    """The linked entity of each name of a sentence, with the type that NER-UI gives the name."""
    mentions = []
    for i, (start, end, _) in enumerate(found):
        type = types.get(letters(sentence[start:end])) or guessed(sentence[start:end])
        mentions.append(Mention(f"m{i}", Span(start, end), type))
    whole = (Block("paragraph", Span(0, len(sentence))),)
    document = Document(from_text(sentence, media_type="text/plain"), Hints(), sentence, whole, Article())
    entities, filled = resolve_entities(document, tuple(mentions))
    by_id = {e.id: e for e in entities}
    return [(m.type, by_id[m.entity]) for m in filled]


def letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def guessed(name: str) -> EntityType:
    """A type for a name that NER-UI does not mark: that of the thing in the tables that bears it, else a body."""
    key = letters(name)
    if gazetteer().spots(key):
        return "LOC"
    return "PER" if actors().bearers(key, "PER") else "ORG"


def ner_types() -> dict[str, dict[str, EntityType]]:
    """The types of NER-UI's names, by sentence and name (letters only): IndEL links the names of its sentences."""
    folder = shared() / "data" / "indolem-ner-pos"
    found: dict[str, dict[str, EntityType]] = {}
    short: dict[str, EntityType] = {"PERSON": "PER", "LOCATION": "LOC", "ORGANIZATION": "ORG"}
    for part in ("train", "dev", "test"):
        for path in folder.glob(f"nerui-{part}.*"):
            packed = path.read_bytes()
            text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8")
            for block in text.split("\n\n"):
                pairs = [line.split("\t") for line in block.split("\n") if "\t" in line]
                names: dict[str, EntityType] = {}
                at = 0
                while at < len(pairs):
                    tag = pairs[at][1]
                    end = at + 1
                    while tag[:2] == "B-" and end < len(pairs) and pairs[end][1] == "I-" + tag[2:]:
                        end += 1
                    if tag[:2] == "B-" and (type := short.get(tag[2:])):
                        names[letters("".join(p[0] for p in pairs[at:end]))] = type
                    at = end
                found[letters("".join(p[0] for p in pairs))] = names
    return found


def main() -> None:
    show = "--errors" in sys.argv
    scores = {
        "articles not seen when the tables were made": of_labels("linking-unseen.tsv", show),
        "articles seen when the tables were made": of_labels("linking-seen.tsv", show),
        "IndEL": of_indel(show),
    }
    for title, counts in scores.items():
        print(title)
        for key, count in counts.items():
            print(f"  {key:10} {count}")


if __name__ == "__main__":
    main()
