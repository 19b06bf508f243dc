"""Confidence drawn to the model that ships: what is moved, by how much, and that outlets stay together."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from telusur.confidence.calibrated import ALWAYS, chance

recalibration = pytest.importorskip("training.recalibration")
Case, Move, STAY = recalibration.Case, recalibration.Move, recalibration.STAY


def cases(count: int, shift: float, stretch: float) -> list[object]:
    """Items whose log odds are told as ``sure`` and are truly ``shift + stretch * sure``; ten outlets."""
    draw = np.random.default_rng(11)
    sure = draw.normal(1.0, 1.5, count)
    truly = 1 / (1 + np.exp(-(shift + stretch * sure)))
    return [Case(f"outlet{n % 10}", {"sure": float(x)}, bool(draw.random() < p), None) for n, (x, p) in enumerate(zip(sure, truly, strict=True))]


def test_the_move_is_found() -> None:
    """Told log odds one too high and half too flat are moved back."""
    move, figures = recalibration.settle({"sure": 1.0}, cases(4000, -1.0, 1.5))
    assert move.shift == pytest.approx(-1.0, abs=0.25)
    assert move.stretch == pytest.approx(1.5, abs=0.25)
    assert figures["gold"]["after"] < 0.03 < figures["gold"]["before"]


@pytest.mark.parametrize(("count", "shift"), [(4000, 0.0), (100, -1.0)], ids=["told truly", "too few items"])
def test_what_is_true_or_seldom_seen_stays(count: int, shift: float) -> None:
    move, _ = recalibration.settle({"sure": 1.0}, cases(count, shift, 1.0))
    assert move == STAY or (count == 4000 and abs(move.shift) < 0.15 and abs(move.stretch - 1) < 0.15)


def test_moved_weights_tell_the_moved_odds() -> None:
    weights = {ALWAYS: 0.4, "sure": 1.0, "short": -0.5}
    moved = recalibration.moved_weights(weights, Move(-1.0, 1.5))
    for signs in ({"sure": 2.0}, {"sure": 0.3, "short": 1.0}):
        odds = 0.4 + signs["sure"] - 0.5 * signs.get("short", 0.0)
        assert chance(moved, signs) == pytest.approx(1 / (1 + np.exp(-(-1.0 + 1.5 * odds))), abs=1e-3)
    assert recalibration.moved_weights(weights, STAY) == weights


def test_what_two_numbers_do_not_mend_is_drawn_towards_a_new_fit() -> None:
    """A sign that says nothing any more, which no shift and no stretch of the whole can tell from one that does."""
    draw = np.random.default_rng(3)
    sure, idle = draw.normal(0.0, 1.5, 4000), draw.normal(0.0, 1.5, 4000)
    right = draw.random(4000) < 1 / (1 + np.exp(-sure))
    items = [Case(f"outlet{n % 10}", {"sure": float(a), "idle": float(b)}, bool(r), None) for n, (a, b, r) in enumerate(zip(sure, idle, right, strict=True))]
    drawn, share, figures = recalibration.towards({ALWAYS: 0.0, "sure": 1.0, "idle": 1.0}, items)
    assert share == max(recalibration.TOWARDS)
    assert figures["gold"]["after"] < figures["gold"]["before"]
    assert drawn["idle"] == pytest.approx(0.5, abs=0.1)
    assert drawn["sure"] == pytest.approx(1.0, abs=0.1)
    true, kept, _ = recalibration.towards({ALWAYS: 0.0, "sure": 1.0}, [Case(c.article, {"sure": c.signs["sure"]}, c.right, None) for c in items])
    assert kept == 0.0 or true["sure"] == pytest.approx(1.0, abs=0.1)


def test_an_outlet_is_held_out_whole() -> None:
    part = recalibration.parts_by_outlet(cases(200, 0.0, 1.0))
    assert all(len({int(p) for p in part[n::10]}) == 1 for n in range(10))
    assert len(set(part.tolist())) == recalibration.PARTS


def test_the_command_writes_weights_and_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From folders of readings to the table and the report; fields without readings keep their weights."""
    known = {"claims.type": {ALWAYS: 0.0, "sure": 1.0}, "times.value": {ALWAYS: 2.0}}
    monkeypatch.setattr(recalibration, "load_weights", lambda: known)
    monkeypatch.setattr(recalibration, "load", lambda folders: {"claims.type": cases(1000, -1.0, 1.0)})
    monkeypatch.setattr("sys.argv", ["recalibration", str(tmp_path), "--words", str(tmp_path / "w.tsv"), "--report", str(tmp_path / "r.json")])
    recalibration.main()
    rows = [line.split("\t") for line in (tmp_path / "w.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    table = {(field, sign): weight for field, sign, weight in rows[1:]}
    assert float(table["claims.type", ALWAYS]) == pytest.approx(-1.0, abs=0.3)
    assert table["times.value", ALWAYS] == "2"
    assert set(json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["fields"]) == {"claims.type"}


def test_a_field_with_new_signs_is_fitted_anew() -> None:
    """All the way to the new fit, where only that is asked for: a sign without a weight gets one."""
    draw = np.random.default_rng(5)
    found = [Case(f"outlet{n % 10}", {"new": float(n % 2), "sure": 1.0}, bool(draw.random() < (0.9 if n % 2 else 0.4)), None) for n in range(2000)]
    weights, share, _ = recalibration.towards({ALWAYS: 0.0, "sure": 0.5}, found, (1.0,))
    assert share == 1.0
    assert chance(weights, {"new": 1.0, "sure": 1.0}) == pytest.approx(0.9, abs=0.04)
    assert chance(weights, {"sure": 1.0}) == pytest.approx(0.4, abs=0.04)
