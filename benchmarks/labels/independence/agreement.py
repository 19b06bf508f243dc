"""How far two readers agree on the number of independent sources, each having read alone; prints, writes nothing.

Usage: python -m benchmarks.labels.independence.agreement [--second | --third] [--differences]    (of a later set)
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.labels.copies.labelled import rows

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Numbers:
    """One answer: surely different sources, those at most, and the best guess."""

    lowest: int
    highest: int
    best: int

    @classmethod
    def of(cls, text: str) -> Numbers:
        """From `lowest/highest/best`, as a first reading stands in the table."""
        lowest, highest, best = map(int, text.split("/"))
        return cls(lowest, highest, best)

    def meets(self, other: Numbers) -> bool:
        """Whether there is a number that both allow."""
        return self.lowest <= other.highest and other.lowest <= self.highest

    def __str__(self) -> str:
        return f"{self.lowest}-{self.highest}, best {self.best}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim in our own words, the answer settled on, why, and what the readers said first."""

    name: str
    description: str
    settled: Numbers
    why: str
    first: Numbers
    second: Numbers | None


def claims(path: Path = HERE / "claims.tsv") -> list[Claim]:
    """All labelled claims of a table; those of `claims-read-once.tsv` have one reading."""
    return [_claim(row) for row in rows(path)]


def _claim(row: dict[str, str]) -> Claim:
    settled = Numbers(int(row["lowest"]), int(row["highest"]), int(row["best"]))
    first = Numbers.of(row["first"]) if "first" in row else settled
    second = Numbers.of(row["second"]) if row.get("second") else None
    return Claim(row["claim"], row["description"], settled, row["why"], first, second)


def report(labelled: Sequence[Claim]) -> list[str]:
    """Lines on the claims read by both."""
    both = [(c.first, c.second) for c in labelled if c.second is not None]
    head = f"{len(labelled)} claims, {len(both)} read by two"
    if not both:
        return [head]
    widths = [x.highest - x.lowest for pair in both for x in pair]
    counts = {
        "all three numbers": sum(x == y for x, y in both),
        "lowest": sum(x.lowest == y.lowest for x, y in both),
        "highest": sum(x.highest == y.highest for x, y in both),
        "best": sum(x.best == y.best for x, y in both),
        "best, within one": sum(abs(x.best - y.best) <= 1 for x, y in both),
        "one source or more (best)": sum((x.best > 1) == (y.best > 1) for x, y in both),
        "ranges that meet": sum(x.meets(y) for x, y in both),
        "the other's best within one's range": sum(x.lowest <= y.best <= x.highest and y.lowest <= x.best <= y.highest for x, y in both),
    }
    lines = [f"{name:40} {n:3} of {len(both)} ({100 * n / len(both):5.1f} %)" for name, n in counts.items()]
    return [head, *lines, f"{'width of a range (median)':40} {median(widths)}"]


def main(arguments: Sequence[str]) -> None:
    later = next((name for name in ("second", "third") if f"--{name}" in arguments), "")
    labelled = claims(HERE / (f"claims-{later}.tsv" if later else "claims.tsv"))
    print("\n".join(report(labelled)))
    if "--differences" in arguments:
        for c in labelled:
            if c.second is not None and c.first != c.second:
                print(f"{c.name}  {c.first} | {c.second} -> {c.settled}: {c.why}")


if __name__ == "__main__":
    main(sys.argv[1:])
