"""Places on the public event corpus of INA-Geoparser: which names are places, and where they are.

    python benchmarks/geoparsing.py [--shared ../shared] [--errors N]

83 Indonesian news articles with a point for each place name; their points are middles of areas or villages, so a place is
right where ours lies within 161 km of theirs (100 miles, the usual measure) and, more strictly, within 50 km. The corpus
gives a level: 0 country, 1 province, 2 city or regency, 3 district, 4 village, 5 others.

- ``names given``: the corpus's place names are given, only the point is asked for; a place without a point counts as wrong.
- ``whole reading``: the program finds the names; F1 of place names by their exact span, and the share of all that it finds
  and puts right.
"""

from __future__ import annotations

import argparse
import gzip
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from telusur.analyse.encoder import load_model, understand
from telusur.analyse.entities import resolve_entities
from telusur.analyse.mentions import find_mentions
from telusur.ingest.files import from_text
from telusur.model.document import Article, Block, Document, Hints
from telusur.model.layers import Entity, Mention
from telusur.model.span import Span

CORPUS = "data/event-inageoparser/small_corpus.txt.gz"
PUBLISHED = (
    "INA-Geoparser, its repository: place names 92.3 F1 (test part of 174 names, trained on the rest), point exact in its own gazetteer "
    "70.8 % of 792 (names given, SMcd)"
)
NEAR, NEARER = 161.0, 50.0
_EARTH = 6371.0
_POINT = re.compile(r"\((-?\d+(?:\.\d+)?), ?(-?\d+(?:\.\d+)?)\)/?(\d)?")
_GLUED = frozenset(".,:;)!?%")


@dataclass(frozen=True, slots=True)
class Place:
    """A place name of the corpus: where it stands in the text, its point (degrees) and level, "?" where not told."""

    span: Span
    point: tuple[float, float] | None
    level: str


def articles(shared: Path) -> Iterator[tuple[str, list[Place]]]:
    """The articles' texts, set anew from their words, and their place names."""
    data = gzip.decompress((shared / CORPUS).read_bytes()).decode("utf-8")
    text, places = "", list[Place]()
    for line in data.replace("\r", "").split("\n"):
        cells = line.strip().split("/")
        word = cells[0]
        if word == "===":
            if text.strip():
                yield text, places
            text, places = "", []
        elif not word:
            text = text.rstrip() + ("" if text.rstrip()[-1:] in ("", ".") else ".") + "\n" if text.strip() else text
        else:
            text, places = _word(text, places, word, cells[2] if len(cells) > 2 else "O", line)
    if text.strip():
        yield text, places


def _word(text: str, places: list[Place], word: str, label: str, line: str) -> tuple[str, list[Place]]:
    text = text.rstrip(" ") if word in _GLUED else text
    start = len(text)
    text += word
    if label in ("B-LOC", "B-PLOC"):
        found = _POINT.search(line)
        point = (float(found.group(1)), float(found.group(2))) if found else None
        places = [*places, Place(Span(start, len(text)), point, (found.group(3) if found else None) or "?")]
    elif label in ("I-LOC", "I-PLOC") and places:
        last = places[-1]
        places = [*places[:-1], Place(Span(last.span.start, len(text)), last.point, last.level)]
    return text + " ", places


def kilometres(one: tuple[float, float], two: tuple[float, float]) -> float:
    """The way between two points in degrees, along the globe."""
    a, b = math.radians(one[0]), math.radians(two[0])
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(two[1] - one[1]) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(half))


def document_of(text: str) -> Document:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", Span(at, at + len(line.rstrip()))))
        at += len(line) + 1
    return Document(from_text(text, media_type="text/plain"), Hints(), text, tuple(blocks), Article())


def entity_of(entities: tuple[Entity, ...], mentions: tuple[Mention, ...]) -> dict[Span, Entity]:
    by_id = {e.id: e for e in entities}
    return {m.span: by_id[m.entity] for m in mentions}


def measure(shared: Path, show: int = 0) -> dict[str, float | dict[str, str]]:
    """All figures; shares in points."""
    counts: Counter[str] = Counter()
    levels: dict[str, Counter[str]] = {}
    wrong: Counter[str] = Counter()
    model = load_model()
    for text, places in articles(shared):
        document = document_of(text)
        given = entity_of(*resolve_entities(document, tuple(Mention(f"m{n}", p.span, "LOC") for n, p in enumerate(places))))
        read = entity_of(*resolve_entities(document, find_mentions(document, understand(document, model))))
        named = {span for span, entity in read.items() if entity.type == "LOC"}
        counts += Counter({"gold": len(places), "told": len(named), "found": len(named & {p.span for p in places})})
        for place in places:
            if place.point is None:
                continue
            counts["points"] += 1
            own = levels.setdefault(place.level, Counter())
            own["points"] += 1
            for kind, found in (("given", given.get(place.span)), ("read", read.get(place.span))):
                off = _off(found, place.point)
                counts[f"{kind} placed"] += off is not None
                counts[f"{kind} near"] += off is not None and off <= NEAR
                counts[f"{kind} nearer"] += off is not None and off <= NEARER
                if kind == "given":
                    own["near"] += off is not None and off <= NEAR
                    own["nearer"] += off is not None and off <= NEARER
                    if off is None or off > NEARER:
                        told = found.link if found is not None else None
                        wrong[f"{place.level} {place.span.of(text)}: {told} {'no point' if off is None else f'{off:.0f} km off'}"] += 1
    for name, count in wrong.most_common(show):
        print(f"  {count:3} level {name}")

    def share(key: str) -> float:
        return round(100 * counts[key] / counts["points"], 1)

    return {
        "names": counts["gold"],
        "points": counts["points"],
        "given: has a point": share("given placed"),
        "given: within 161 km": share("given near"),
        "given: within 50 km": share("given nearer"),
        "given, with a point: within 161 km": round(100 * counts["given near"] / counts["given placed"], 1),
        "reading: names F1": round(200 * counts["found"] / (counts["gold"] + counts["told"]), 1),
        "reading: within 161 km": share("read near"),
        "reading: within 50 km": share("read nearer"),
        "levels": {level: f"{c['near']}/{c['nearer']} of {c['points']}" for level, c in sorted(levels.items())},
    }


def _off(entity: Entity | None, point: tuple[float, float]) -> float | None:
    place = entity.place if entity is not None else None
    return None if place is None else kilometres((place.lat, place.lon), point)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--errors", type=int, default=0, help="show this many names that stand more than 50 km off")
    options = parser.parse_args()
    for name, value in measure(options.shared, options.errors).items():
        print(f"{name}: {value}")
    print(f"published: {PUBLISHED}")


if __name__ == "__main__":
    main()
