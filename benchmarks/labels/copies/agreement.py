"""How far two readers agree on the pairs and groups, each having read alone; prints, writes nothing.

Usage: python -m benchmarks.labels.copies.agreement [--differences]

Cohen's kappa is agreement beyond what two readers with these habits would reach by chance: 0 is chance, 1 is always.
For groups each reading is scored by the other with B-cubed: of the articles that one reader puts beside an article, the
share that the other puts there too, averaged over the articles; harmonic mean of both ways. The adjusted Rand index is
agreement on pairs of articles beyond chance.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from benchmarks.labels.copies.labelled import Pair, Placed, Reading, fourth, groups, pairs, second, third

COARSE = {"verbatim": "whole", "abridged": "whole", "extended": "whole", "rewritten": "rewritten", "partial": "partial"}


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa of two lists of answers of one length; 1 where both always give one and the same answer."""
    n = len(first)
    same = sum(x == y for x, y in zip(first, second, strict=True)) / n
    ours, theirs = Counter(first), Counter(second)
    chance = sum(ours[answer] * theirs[answer] for answer in ours) / n**2
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)


def b_cubed(first: Sequence[str], second: Sequence[str]) -> float:
    """F of B-cubed between two ways to put the same articles into families, each given as one label per article."""
    at_first, at_second = _members(first), _members(second)
    shared = [len(at_first[x] & at_second[y]) for x, y in zip(first, second, strict=True)]
    precision = sum(n / len(at_first[x]) for n, x in zip(shared, first, strict=True)) / len(first)
    recall = sum(n / len(at_second[y]) for n, y in zip(shared, second, strict=True)) / len(first)
    return 2 * precision * recall / (precision + recall)


def adjusted_rand(first: Sequence[str], second: Sequence[str]) -> float:
    """Adjusted Rand index between two ways to put the same articles into families; 1 is the same, 0 is chance."""

    def together(counts: Counter[str] | Counter[tuple[str, str]]) -> float:
        return sum(n * (n - 1) / 2 for n in counts.values())

    both, ours, theirs = together(Counter(zip(first, second, strict=True))), together(Counter(first)), together(Counter(second))
    chance = ours * theirs / (len(first) * (len(first) - 1) / 2)
    most = (ours + theirs) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def _members(labels: Sequence[str]) -> dict[str, set[int]]:
    members: dict[str, set[int]] = defaultdict(set)
    for at, label in enumerate(labels):
        members[label].add(at)
    return members


ASPECTS: dict[str, Callable[[Reading], str]] = {
    "family (yes, partial, no)": lambda r: r.family,
    "one family or not": lambda r: str(r.family == "yes"),
    "kind": lambda r: r.kind,
    "kind, coarse (whole, rewritten, partial, none)": lambda r: COARSE.get(r.kind, "none"),
}


def of_pairs(both: Sequence[tuple[Reading, Reading]]) -> list[str]:
    """Lines on the pairs read by both."""
    lines = [_line(name, [answer(x) for x, _ in both], [answer(y) for _, y in both]) for name, answer in ASPECTS.items()]
    copied = [(x.direction, y.direction) for x, y in both if "no" not in (x.family, y.family)]
    if copied:
        lines.append(_line("direction, where both see copying", *zip(*copied, strict=True)))
    return lines


def _line(name: str, first: Sequence[str], second: Sequence[str]) -> str:
    same = sum(x == y for x, y in zip(first, second, strict=True))
    return f"{name:48} {same:3} of {len(first):3} alike ({100 * same / len(first):5.1f} %)  kappa {kappa(first, second):.3f}"


def of_groups(placed: Sequence[Placed]) -> list[str]:
    """Lines on the articles of groups placed by both; letters name families, so only who stands with whom is compared."""
    both = [(p, p.second) for p in placed if p.second is not None]
    if not both:
        return ["groups: no second reading"]
    lines = []
    for at, name in enumerate(("families", "wide families")):
        ours, theirs = [p.first[at] for p, _ in both], [second[at] for _, second in both]
        scores = f"B-cubed F {b_cubed(ours, theirs):.3f}, adjusted Rand index {adjusted_rand(ours, theirs):.3f}"
        lines.append(f"{name:48} {len(both)} articles, {scores}")
    alike = sum(_alike([(p, s) for p, s in both if p.group == group]) for group in {p.group for p, _ in both})
    return [*lines, f"{'groups with the very same families':48} {alike} of {len({p.group for p, _ in both})}"]


def _alike(both: Sequence[tuple[Placed, tuple[str, str]]]) -> bool:
    return b_cubed([p.first[0] for p, _ in both], [second[0] for _, second in both]) == 1


def differences(labelled: Sequence[Pair]) -> list[str]:
    """Pairs whose kinds differ: both readings, what was settled, the note."""
    return [
        f"{p.name}  {p.first.kind} | {p.second.kind} -> {p.settled.kind}: {p.note}"
        for p in labelled
        if p.second is not None and p.first.kind != p.second.kind
    ]


def main(arguments: Sequence[str]) -> None:
    labelled = pairs()
    both = [(p.first, p.second) for p in labelled if p.second is not None]
    print(f"{len(labelled)} pairs, {len(both)} read by two")
    if both:
        print("\n".join(of_pairs(both)))
    print("\n".join(of_groups(groups())))
    again = [(p.first, p.second) for p in second() if p.second is not None]
    print(f"\nsecond set: {len(second())} pairs, {len(again)} read twice by one reader")
    print("\n".join(of_pairs(again)))
    for name, later in (("third", third()), ("fourth", fourth())):
        by_two = [(p.first, p.second) for p in later if p.second is not None]
        print(f"\n{name} set: {len(later)} pairs, {len(by_two)} read by two")
        print("\n".join(of_pairs(by_two)))
    if "--differences" in arguments:
        print("\n".join(differences([*labelled, *second(), *third(), *fourth()])))


if __name__ == "__main__":
    main(sys.argv[1:])
