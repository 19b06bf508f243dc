"""The gate of the links: right answers on our labels and on IndEL never fall below the floors of ``gate.toml``."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
FLOORS: dict[str, float] = tomllib.loads((ROOT / "tests" / "gate.toml").read_text(encoding="utf-8"))["linking"]


@pytest.fixture(scope="module")
def linking(shared: Path) -> ModuleType:
    """The benchmark as a module; it finds the shared data as the tests do."""
    sys.path.insert(0, str(ROOT))
    try:
        from benchmarks import linking
    finally:
        sys.path.remove(str(ROOT))
    return linking


@pytest.mark.parametrize("file", ["linking-unseen.tsv", "linking-seen.tsv"])
def test_links_of_gold_articles(linking: ModuleType, file: str) -> None:
    """Links given, and all answers with NIL counted."""
    found = linking.of_labels(file)["all"]
    print(f"{file}: {found}")
    assert 100 * found.right / found.given >= FLOORS["labels.precision"]
    assert 100 * found.all >= FLOORS["labels.all"]


def test_links_of_indel(linking: ModuleType) -> None:
    """Links given, and all answers with NIL counted, for all its names; all answers for those whose type is that of the thing."""
    found = linking.of_indel()
    print("\n".join(f"{key}: {count}" for key, count in found.items()))
    assert 100 * found["all"].right / found["all"].given >= FLOORS["indel.precision"]
    assert 100 * found["all"].all >= FLOORS["indel.all"]
    assert 100 * found["well-typed"].all >= FLOORS["indel.well_typed_all"]


def test_counting(linking: ModuleType) -> None:
    """A right link, a wrong one, a missed one, one given where none is due, a right NIL."""
    count = linking.Count()
    for said, truth in (("a:1", "a:1"), ("a:1", "a:2"), ("NIL", "a:1"), ("a:1", "NIL"), ("NIL", "NIL")):
        count.add(said, truth)
    assert (count.right, count.given, count.due, count.right_nil, count.nil) == (1, 3, 3, 1, 2)
    assert count.all == 2 / 5
