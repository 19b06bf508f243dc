"""Calibration: what counts as right, that a fit finds what is there, and that the error measured is the error made."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.small_record import make_record
from training.calibration import Case, fit, held_out, part_of, run, truths
from training.reliability import by_chance, calibration_error, most_by_chance, ranking, reliability
from training.scored import from_scored_json, to_scored_json

from telusur.confidence.calibrated import ALWAYS, chance
from telusur.export.json import to_json

Json = dict[str, Any]


def gold() -> Json:
    found: Json = json.loads(json.dumps(to_json(make_record())))
    return found


def test_a_reading_like_the_gold_one_is_right_throughout() -> None:
    assert set(truths(gold(), gold()).values()) == {True}


def test_each_error_is_charged_to_its_own_field() -> None:
    read = gold()
    claim = next(c for c in read["claims"] if c["participants"])
    claim["tense"] = "past" if claim["tense"] == "future" else "future"
    claim["participants"][0]["role"] = "recipient" if claim["participants"][0]["role"] != "recipient" else "actor"
    read["mentions"][0]["type"] = "LOC"
    found = truths(gold(), read)
    assert not found["mentions.type", read["mentions"][0]["id"]]
    assert not found["claims.tense", claim["id"]]
    assert not found["participants.role", f"{claim['id']}.0"]
    assert not found["claims.participants", claim["id"]]
    assert found["claims.type", claim["id"]]
    assert found["claims.polarity", claim["id"]]
    assert found["attributions.speaker", read["attributions"][0]["id"]]


def test_marks_are_judged_on_right_claims_alone() -> None:
    read = gold()
    read["claims"][0]["type"] = "ECONOMY" if read["claims"][0]["type"] != "ECONOMY" else "AID"
    found = truths(gold(), read)
    assert not found["claims.type", read["claims"][0]["id"]]
    assert ("claims.tense", read["claims"][0]["id"]) not in found


def test_names_that_were_not_read_by_hand_are_not_judged() -> None:
    found = truths(gold() | {"names": False}, gold())
    assert {field.partition(".")[0] for field, _ in found} == {"attributions", "claims", "participants"}


def test_scores_come_back_from_json() -> None:
    record = make_record()
    claims = tuple(replace(c, score=0.6, participants=tuple(replace(p, score=0.4) for p in c.participants)) for c in record.claims)
    record = replace(record, claims=claims, mentions=tuple(replace(m, score=0.9) for m in record.mentions))
    back = from_scored_json(json.loads(json.dumps(to_scored_json(record))))
    assert [c.score for c in back.claims] == [0.6] * len(claims)
    assert {p.score for c in back.claims for p in c.participants} == {0.4}
    assert {m.score for m in back.mentions} == {0.9}
    assert {a.score for a in back.attributions} == {None}
    assert "score" not in json.dumps(to_json(record))


def made_up(count: int = 4000) -> list[Case]:
    """Cases that are right as often as a known table says."""
    draw = np.random.default_rng(3)
    out = []
    for n in range(count):
        signs = {"a": float(draw.random() < 0.5), "score": float(draw.normal())}
        right = draw.random() < chance({ALWAYS: -0.5, "a": 1.5, "score": 0.8}, signs)
        out.append(Case(f"article {n // 10}", signs, bool(right), None))
    return out


def test_a_fit_finds_the_weights_that_made_the_cases() -> None:
    weights = fit(made_up())
    assert weights[ALWAYS] == pytest.approx(-0.5, abs=0.2)
    assert weights["a"] == pytest.approx(1.5, abs=0.2)
    assert weights["score"] == pytest.approx(0.8, abs=0.15)


def test_what_is_fitted_without_an_article_is_true_of_it() -> None:
    cases = made_up()
    chances, right = held_out(cases), np.array([float(c.right) for c in cases])
    assert calibration_error(reliability(chances, right)) < 0.05


def test_our_own_readings_have_their_share_however_many() -> None:
    """A thousand of ours against ten of gold weigh half as much, not a hundred times as much."""
    cases = [Case(f"ours {n}", {}, False, None, ours=True) for n in range(1000)] + [Case(f"gold {n}", {}, True, None) for n in range(10)]
    assert chance(fit(cases), {}) == pytest.approx(2 / 3, abs=0.01)
    assert chance(fit(cases[:1000]), {}) < 0.01


def test_an_article_is_never_on_both_sides() -> None:
    """Were the parts drawn by item, an article's own items would tell its errors."""
    assert len({part_of(f"article {n}") for n in range(100)}) == 5
    assert part_of("article 7") == part_of("article 7")


@pytest.mark.parametrize(
    ("told", "right", "expected"),
    [
        ([0.5] * 10, [1.0, 0.0] * 5, 0.5),  # ten bins of one item each are half a point off
        ([0.8] * 100, ([1.0] * 8 + [0.0] * 2) * 10, 0.0),
        ([0.9] * 100, ([1.0] * 4 + [0.0] * 6) * 10, 0.5),  # too sure
        ([0.0, 1.0] * 50, [0.0, 1.0] * 50, 0.0),
    ],
)
def test_the_error_is_the_gap_between_told_and_true(told: list[float], right: list[float], expected: float) -> None:
    assert calibration_error(reliability(np.array(told), np.array(right))) == pytest.approx(expected)


def test_few_items_err_by_chance() -> None:
    assert by_chance(np.full(50, 0.5)) > by_chance(np.full(5000, 0.5)) > 0
    assert 0.3 > most_by_chance(np.full(50, 0.5)) > by_chance(np.full(50, 0.5))


@pytest.mark.parametrize(
    ("told", "right", "expected"),
    [([0.1, 0.9], [0.0, 1.0], 1.0), ([0.9, 0.1], [0.0, 1.0], 0.0), ([0.5, 0.5], [0.0, 1.0], 0.5), ([0.5, 0.6], [1.0, 1.0], None)],
)
def test_ranking(told: list[float], right: list[float], expected: float | None) -> None:
    assert ranking(np.array(told), np.array(right)) == expected


def test_readings_without_scores_are_refused(tmp_path: Path) -> None:
    """A table fitted on them would look right and tell nothing."""
    for part in ("gold", "read"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "kapal.json").write_text(json.dumps(gold()), encoding="utf-8")
    with pytest.raises(SystemExit, match="score"):
        run([tmp_path], tmp_path / "words.tsv", tmp_path / "report.json")
    assert not (tmp_path / "words.tsv").exists()
