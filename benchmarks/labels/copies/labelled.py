"""The labels of copies as values, with the texts they speak of.

The articles are not in the project: `texts` finds them in the shared data (`$TELUSUR_SHARED`, else `../shared`) and checks
each against the hash in the label.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ID = re.compile(r'"id": ?"([^"]+)"')
ROOT = HERE.parents[2]
HALVES = ("first", "second")
"""Of the later sets, which are in a random order: what was looked at for causes, and what was not looked at before the end."""


@dataclass(frozen=True, slots=True)
class Ref:
    """One article: the set it is in, its id, the SHA-256 of its text in UTF-8."""

    dataset: str
    id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer about a pair, by one reader or as settled."""

    kind: str
    direction: str

    @property
    def family(self) -> str:
        """`yes`, `partial` or `no`: it follows from the kind."""
        return "partial" if self.kind == "partial" else "no" if self.kind.startswith("none") else "yes"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, the answer settled on, why, and what the readers said first."""

    name: str
    a: Ref
    b: Ref
    settled: Reading
    note: str
    first: Reading
    second: Reading | None


@dataclass(frozen=True, slots=True)
class Placed:
    """An article of a group: the letters of its family and of its wide family, settled and as first read.

    A lone article (`-`) has a letter of its own here, `-` and its id, so that letters can be compared.
    """

    group: str
    ref: Ref
    family: str
    wide: str
    first: tuple[str, str]
    second: tuple[str, str] | None


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table with a header; `#` lines are left out."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE))


def pairs(path: Path = HERE / "pairs.tsv") -> list[Pair]:
    """All labelled pairs of a table; those of `read-once.tsv` have one reading."""
    return [_pair(row) for row in rows(path)]


def second(half: str | None = None) -> list[Pair]:
    """The pairs of the second set, or of one half of it."""
    return _half(pairs(HERE / "pairs-second.tsv"), half)


def third(half: str | None = None) -> list[Pair]:
    """The pairs of the third set, or of one half of it."""
    return _half(pairs(HERE / "pairs-third.tsv"), half)


def fourth() -> list[Pair]:
    """The pairs of the fourth set, drawn across the whole range of shared words."""
    return pairs(HERE / "pairs-fourth.tsv")


def _half(found: list[Pair], half: str | None) -> list[Pair]:
    middle = len(found) // 2
    return found if half is None else found[:middle] if half == HALVES[0] else found[middle:]


def _pair(row: dict[str, str]) -> Pair:
    a, b = (Ref(row[f"dataset_{side}"], row[f"id_{side}"], row[f"sha256_{side}"]) for side in "ab")
    settled = Reading(row["kind"], row["direction"])
    first = Reading(row["first_kind"], row["first_direction"]) if "first_kind" in row else settled
    second = Reading(row["second_kind"], row["second_direction"]) if row.get("second_kind") else None
    return Pair(row["pair"], a, b, settled, row["note"], first, second)


def groups(path: Path = HERE / "groups.tsv") -> list[Placed]:
    """All articles of the labelled groups."""
    return [_placed(row) for row in rows(path)]


def _placed(row: dict[str, str]) -> Placed:
    def letters(family: str, wide: str) -> tuple[str, str]:
        return _letter(row[family], row), _letter(row[wide], row)

    ref = Ref(row["dataset"], row["id"], row["sha256"])
    second = letters("second_family", "second_wide") if row["second_family"] else None
    return Placed(row["group"], ref, *letters("family", "wide"), letters("first_family", "first_wide"), second)


def _letter(letter: str, row: dict[str, str]) -> str:
    """A letter that means the same in every group: `g01:a`; of a lone article `-` and its id."""
    if letter == "-":
        return f"-{row['id']}"
    return letter if ":" in letter else f"{row['group']}:{letter}"


def shared() -> Path:
    """The folder of the shared data."""
    return Path(os.environ.get("TELUSUR_SHARED") or ROOT.parent / "shared")


def texts(wanted: Iterable[Ref], folder: Path | None = None) -> dict[str, str]:
    """The texts of the articles, by id.

    Raises:
        LookupError: an article is not in the shared data, or its text is not the one that was labelled.
    """
    refs = {ref.id: ref for ref in wanted}
    by_set: dict[str, set[str]] = defaultdict(set)
    for ref in refs.values():
        by_set[ref.dataset].add(ref.id)
    found: dict[str, str] = {}
    for dataset, ids in by_set.items():
        found |= dict(_articles((folder or shared()) / "data" / dataset, ids))
    for ref in refs.values():
        if ref.id not in found:
            raise LookupError(f"{ref.dataset} has no article {ref.id}: set TELUSUR_SHARED to the folder that holds data/{ref.dataset}")
        if hashlib.sha256(found[ref.id].encode()).hexdigest() != ref.sha256:
            raise LookupError(f"the text of {ref.id} in {ref.dataset} is not the one that was labelled (its SHA-256 differs)")
    return found


def _articles(folder: Path, ids: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    """Ids and texts of those articles of a set; lines of others are not read as JSON, which is most of the work."""
    for path in sorted(folder.glob("articles*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                if (named := ID.search(line)) and named[1] in ids:
                    article = json.loads(line)
                    yield article["id"], article["text"]
