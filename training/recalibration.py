"""Draws the confidence that ships to how the model that ships is right, on articles that its weights never saw.

    python -m training.calibration --read ../shared/gold/dev training/cache/unseen-dev
    python -m training.calibration --read training/cache/readings --held-out training/cache/unseen-ours
    python -m training.recalibration training/cache/unseen-dev training/cache/unseen-ours

``training.calibration`` fits on readings of the cross-validation, by other weights and by the rules of that day. Here each
field's log odds are moved and stretched by two numbers (Platt 1999, "Probabilistic outputs for support vector machines"),
fitted on readings by the very model that ships. The measure is by cross-validation over outlets: the numbers that an
article's confidence is moved by never saw its outlet. A field is moved where the worse of its errors on the two kinds of articles falls; one that this does
not mend is drawn a part of the way to weights fitted anew on these readings, where the sum of both errors falls (`towards`). The weights of its signs are
rewritten in ``words/confidence.tsv``, and the errors before and after kept in ``benchmarks/results/recalibration.json``.
It is run once after each fit of ``training.calibration``, and after rules that change what is told.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from telusur.confidence.calibrated import ALWAYS, chance, load_weights

from .calibration import (
    PARTS,
    ROOT,
    SMALLEST,
    WORDS,
    Case,
    cases_of,
    shares_of,
    write_weights,
)
from .calibration import fit as fit_signs
from .data import outlet_of
from .reliability import by_chance, calibration_error, most_by_chance, reliability

Json = dict[str, Any]
Floats = NDArray[np.float64]

REPORT = ROOT / "benchmarks" / "results" / "recalibration.json"
STEADY = 2.0
"""How many items' worth the stretch is held to 1: few items must not turn a field over."""
LEAST_ITEMS = 150
OURS = 0.6
"""The weight of our own readings, which were made beside gold ones and are many times as many items, beside the development articles."""
EDGE = 0.0005
WORTH = 0.002
"""How much less the errors must be."""
TOWARDS = (0.25, 0.5)
"""How far a field that two numbers do not mend is drawn towards weights of its signs fitted anew, all the way being too far for so few items."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a field's log odds become: ``shift`` + ``stretch`` times what they were."""

    shift: float
    stretch: float

    def of(self, odds: Floats) -> Floats:
        out: Floats = 1 / (1 + np.exp(-np.clip(self.shift + self.stretch * odds, -30, 30)))
        return out


STAY = Move(0.0, 1.0)


def load(folders: Sequence[Path]) -> dict[str, list[Case]]:
    """All cases by field; the article of each is its outlet, so that outlets are held out whole."""
    out: dict[str, list[Case]] = {}
    for folder in folders:
        for file in sorted((folder / "read").glob("*.json")):
            gold = json.loads((folder / "gold" / file.name).read_text(encoding="utf-8"))
            for field, case in cases_of(file.stem, gold, json.loads(file.read_text(encoding="utf-8"))):
                out.setdefault(field, []).append(replace(case, article=outlet_of(gold)))
    return out


def fit(odds: Floats, right: Floats, shares: Floats) -> Move:
    """Logistic regression of what was right on the log odds that were told, by Newton's method."""
    facts = np.stack([np.ones_like(odds), odds], axis=1)
    found, start = np.array([0.0, 1.0]), np.array([0.0, 1.0])
    held = np.array([1e-6, STEADY])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-np.clip(facts @ found, -30, 30)))
        slope = facts.T @ (shares * (right - chances)) - held * (found - start)
        bend = (facts * (shares * chances * (1 - chances))[:, None]).T @ facts + np.diag(held)
        step = np.linalg.solve(bend, slope)
        found = found + step
        if float(np.abs(step).max()) < 1e-8:
            break
    return Move(float(found[0]), float(found[1]))


def parts_by_outlet(cases: Sequence[Case]) -> NDArray[np.int64]:
    """The part that holds each case: outlets in turn, the largest first, each to the part that has least so far."""
    names, sizes = np.unique([c.article for c in cases], return_counts=True)
    filled = [0] * PARTS
    part: dict[str, int] = {}
    for size, name in sorted(zip(sizes.tolist(), names.tolist(), strict=True), key=lambda x: (-x[0], hashlib.sha256(x[1].encode()).hexdigest())):
        part[name] = filled.index(min(filled))
        filled[part[name]] += size
    return np.array([part[c.article] for c in cases])


def held_out(odds: Floats, right: Floats, shares: Floats, part: NDArray[np.int64]) -> Floats:
    """The moved confidence of each case, by numbers that never saw its outlet."""
    out = np.zeros(len(odds))
    for own in range(PARTS):
        here = part == own
        if here.any() and not here.all():
            out[here] = fit(odds[~here], right[~here], shares[~here]).of(odds[here])
    return out


def settle(weights: Mapping[str, float], cases: Sequence[Case]) -> tuple[Move, Json]:
    """How a field is moved, and its figures before and after."""
    odds = odds_of(weights, cases)
    told = 1 / (1 + np.exp(-odds))
    right = np.array([float(c.right) for c in cases])
    ours = np.array([c.ours for c in cases])
    shares = shares_of(cases, OURS)
    moved = held_out(odds, right, shares, parts_by_outlet(cases))
    sets = {name: here for name, here in (("gold", ~ours), ("ours", ours)) if here.any()}
    figures: Json = {name: _figures(told[here], moved[here], right[here]) for name, here in sets.items()}
    better = len(cases) >= LEAST_ITEMS and _worse(figures, "after") < _worse(figures, "before")
    move = fit(odds, right, shares) if better else STAY
    if move == STAY:
        for f in figures.values():
            f["after"] = f["before"]
    return move, figures | {"shift": round(move.shift, 3), "stretch": round(move.stretch, 3)}


def _worse(figures: Json, when: str) -> float:
    """The worse of the errors on the two kinds of articles, which must fall: what is drawn on one alone is drawn by its chance. An error
    that perfect confidence would show too, on as many items, is none."""
    return float(max(max(0.0, f[when] - f["by_chance"]) for f in figures.values()))


def towards(weights: Mapping[str, float], cases: Sequence[Case], shares: Sequence[float] = (0.0, *TOWARDS)) -> tuple[dict[str, float], float, Json]:
    """Weights drawn towards those that a new fit gives, how far, and the figures: of each item by a fit that never saw its outlet.

    ``shares``: how far to try; the first stands unless a later one is better.
    """
    part, odds = parts_by_outlet(cases), odds_of(weights, cases)
    anew = np.zeros(len(odds))
    for own in sorted(set(part.tolist())):
        found = fit_signs([c for c, p in zip(cases, part, strict=True) if p != own])
        here = np.flatnonzero(part == own)
        anew[here] = odds_of(found, [cases[i] for i in here])
    right, ours = np.array([float(c.right) for c in cases]), np.array([c.ours for c in cases])
    told, best, share, least = 1 / (1 + np.exp(-odds)), {}, 0.0, 1.0
    for tried in shares:
        moved = 1 / (1 + np.exp(-((1 - tried) * odds + tried * anew)))
        figures: Json = {name: _figures(told[here], moved[here], right[here]) for name, here in (("gold", ~ours), ("ours", ours)) if here.any()}
        # with so many weights that may move, what one kind of articles gains must be more than what the other loses
        error = sum(max(0.0, f["after"] - f["by_chance"]) for f in figures.values())
        if error < least - WORTH:
            best, share, least = figures, tried, error
    if not share:
        return dict(weights), share, best
    whole = fit_signs(cases)
    drawn = {sign: round((1 - share) * weights.get(sign, 0.0) + share * whole.get(sign, 0.0), 4) for sign in [ALWAYS, *sorted({*weights, *whole} - {ALWAYS})]}
    return {sign: weight for sign, weight in drawn.items() if sign == ALWAYS or abs(weight) >= SMALLEST}, share, best


def odds_of(weights: Mapping[str, float], cases: Sequence[Case]) -> Floats:
    told = np.clip(np.array([chance(weights, c.signs) for c in cases]), EDGE, 1 - EDGE)
    out: Floats = np.log(told / (1 - told))
    return out


def _figures(told: Floats, moved: Floats, right: Floats) -> Json:
    return {
        "items": len(right),
        "right": round(float(right.mean()), 4),
        "before": round(calibration_error(reliability(told, right)), 4),
        "after": round(calibration_error(reliability(moved, right)), 4),
        "by_chance": round(by_chance(moved), 4),
        "most_by_chance": round(most_by_chance(moved), 4),
    }


def moved_weights(weights: Mapping[str, float], move: Move) -> dict[str, float]:
    """A field's weights with the move in them."""
    if move == STAY:
        return dict(weights)
    out = {sign: round(move.stretch * weight, 4) for sign, weight in weights.items() if sign != ALWAYS}
    kept = {sign: weight for sign, weight in out.items() if abs(weight) >= SMALLEST}
    return {ALWAYS: round(move.shift + move.stretch * weights.get(ALWAYS, 0.0), 4), **kept}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", help="each holds gold/ and read/")
    parser.add_argument("--anew", nargs="*", default=[], metavar="FIELD", help="fit these fields' signs anew on these readings: they have signs that no weight was fitted for")
    parser.add_argument("--words", type=Path, default=WORDS, help="where the weights go")
    parser.add_argument("--report", type=Path, default=REPORT, help="where the figures go")
    options = parser.parse_args()
    cases, known = load(options.folders), load_weights()
    if unknown := [field for field in options.anew if field not in cases or field not in known]:
        parser.error(f"--anew {unknown[0]}: no such field in these readings; there are {', '.join(sorted(cases))}")
    made_from = WORDS.read_text(encoding="utf-8").split("\n")[2].removeprefix("# ").partition(" Then ")[0]
    out: dict[str, dict[str, float]] = {}
    figures: Json = {}
    for field, weights in known.items():
        move = STAY
        if field in options.anew:
            out[field], share, figures[field] = towards(weights, cases[field], (1.0,))
            figures[field] |= {"shift": 0.0, "stretch": 1.0, "towards": share}
            told = "; ".join(f"{name} {figures[field][name]['before']:.3f} -> {figures[field][name]['after']:.3f}" for name in ("gold", "ours") if name in figures[field])
            print(f"{field:24}{len(cases[field]):6} items, fitted anew: error {told}")
            continue
        if field in cases:
            move, figures[field] = settle(weights, cases[field])
            told = "; ".join(f"{name} {figures[field][name]['before']:.3f} -> {figures[field][name]['after']:.3f}" for name in ("gold", "ours") if name in figures[field])
            print(f"{field:24}{len(cases[field]):6} items, error {told}, moved by {move.shift:+.2f}, stretched by {move.stretch:.2f}")
        out[field] = moved_weights(weights, move)
        if move == STAY and len(cases.get(field, ())) >= LEAST_ITEMS:
            out[field], share, better = towards(weights, cases[field])
            figures[field] |= better | {"towards": share}
            if share:
                told = "; ".join(f"{name} {f['before']:.3f} -> {f['after']:.3f}" for name, f in better.items())
                print(f"{'':24}       drawn to a new fit by {share}: error {told}")
    write_weights(out, options.words, f"{made_from} Then drawn to the model that ships (`python -m training.recalibration`).")
    outlets = len({case.article for found in cases.values() for case in found})
    options.report.write_text(json.dumps({"outlets": outlets, "parts": PARTS, "fields": figures}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
