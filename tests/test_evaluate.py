"""`telusur evaluate` prints the figures of the scorer that lies with the gold articles, and names the errors behind them."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from telusur.errors import BadRequest
from telusur.evaluate import evaluate, load, to_json, to_text
from telusur.scoring import overlap, pair_up, tally

Record = dict[str, Any]
ARTICLES = 12


# --- readings that are wrong in known ways ----------------------------------------------------------------------


def shift(span: Record, draw: random.Random, length: int) -> None:
    """Moves the edges of a span a little."""
    span["start"] = max(0, span["start"] + draw.randint(-3, 3))
    span["end"] = min(length, max(span["start"] + 1, span["end"] + draw.randint(-6, 3)))


def perturbed(gold: Record, draw: random.Random) -> Record:
    """A reading with errors of every kind that a measure looks at."""
    out = copy.deepcopy(gold)
    length = len(out["text"])
    for layer in ("mentions", "times", "attributions", "claims"):
        out[layer] = [item for item in out[layer] if draw.random() > 0.2]
    out["mentions"] += [copy.deepcopy(m) for m in draw.sample(out["mentions"], min(2, len(out["mentions"])))]
    for mention in out["mentions"]:
        if draw.random() < 0.2:
            shift(mention, draw, length)
        if draw.random() < 0.2 and out["entities"]:
            mention["entity"] = draw.choice(out["entities"])["id"]
    for block in out["blocks"]:
        if draw.random() < 0.2:
            block["kind"] = draw.choice(["chrome", "title", "paragraph", "byline"])
    for time in out["times"]:
        if draw.random() < 0.3:
            time["value"] = draw.choice(["2025-01-02", "2025", "", "P3D"])
        if draw.random() < 0.1:
            time["mod"] = "START"
    for attribution in out["attributions"]:
        if draw.random() < 0.3:
            shift(attribution["content"][0], draw, length)
        if draw.random() < 0.2 and out["mentions"]:
            link = draw.choice(out["mentions"])
            attribution["chain"][0] = {"role": "speaker", **{k: link[k] for k in ("start", "end", "text", "entity")}}
        if draw.random() < 0.1:
            attribution["chain"] = []
        if draw.random() < 0.1:
            attribution["style"] = "mixed"
        if draw.random() < 0.1:
            attribution["cue"] = None
    for claim in out["claims"]:
        if draw.random() < 0.2:
            claim["type"] = draw.choice(["ASSAULT", "leads", "POLICY"])
        if draw.random() < 0.3:
            shift(claim["trigger"], draw, length)
        if draw.random() < 0.2:
            claim["participants"] = claim["participants"][1:]
        if draw.random() < 0.3:
            claim |= {"certainty": "possible", "polarity": "negative", "tense": "future", "casualties": {"killed": 3}}
        if draw.random() < 0.2:
            claim |= {"time": None, "according_to": None}
    article = out["article"]
    if draw.random() < 0.5:
        article |= {"title": "Judul lain", "published": "2025-01-01", "wires": ["Antara"], "section": "Nasional"}
    article["credits"] = [*article["credits"], {"name": "Satria Wibisana", "role": "editor"}]
    article["images"] = [*article["images"], {"caption": "Warga.", "credit": None}]
    return out


def write(folder: Path, records: Mapping[str, object]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, record in records.items():
        (folder / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


@pytest.fixture
def sets(gold: Callable[[str], Mapping[str, Record]], tmp_path: Path) -> tuple[Path, Path]:
    """Gold articles, and readings of them with every kind of error, one missing, one of another text, one broken."""
    names = sorted(gold("dev"))[:ARTICLES]
    records = {name: gold("dev")[name] for name in names}
    draw = random.Random(11)
    readings: dict[str, object] = {name: perturbed(record, draw) for name, record in records.items()}
    del readings[names[1]]
    readings[names[2]] = {**records[names[2]], "text": "lain"}
    readings[names[3]] = {**records[names[3]], "mentions": [3]}
    readings[names[4]] = {**records[names[4]], "times": None}
    return write(tmp_path / "gold", records), write(tmp_path / "readings", readings)


def scorer(shared: Path, *arguments: object) -> str:
    command = [sys.executable, str(shared / "gold" / "score.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_figures_are_those_of_the_gold_scorer(sets: tuple[Path, Path], shared: Path) -> None:
    """Every row, rounded the same, with the same intervals."""
    gold_folder, readings = sets
    result = evaluate(gold_folder, lambda _: load(readings))
    ours = [line for line in to_text(result).splitlines() if "malformed" not in line]
    theirs = [line for line in scorer(shared, *sets).splitlines() if "malformed" not in line]
    assert len(ours) > 30
    assert ours == theirs


def test_the_json_figures_are_those_of_the_gold_scorer(sets: tuple[Path, Path], shared: Path) -> None:
    gold_folder, readings = sets
    ours = json.loads(to_json(evaluate(gold_folder, lambda _: load(readings))))
    theirs = json.loads(scorer(shared, *sets, "--json"))
    assert ours["scores"].keys() == theirs["scores"].keys()
    for key, row in theirs["scores"].items():
        assert ours["scores"][key] == pytest.approx(row), key
    assert ours["counted_empty"].keys() == theirs["counted_empty"].keys()


def test_one_file_against_one_file_whatever_their_names(sets: tuple[Path, Path], shared: Path) -> None:
    gold_folder, readings = sets
    one, other = sorted(gold_folder.glob("*.json"))[0], sorted(readings.glob("*.json"))[-1]
    ours = to_text(evaluate(one, lambda _: load(other)))
    assert ours == scorer(shared, one, other)


def test_a_perfect_reading_scores_full_marks_and_has_no_errors(gold: Callable[[str], Mapping[str, Record]], tmp_path: Path) -> None:
    records = dict(sorted(gold("dev").items())[:3])
    result = evaluate(write(tmp_path / "gold", records), lambda told: told, errors=3)
    assert {score.value for key, score in result.scores.items() if not key.startswith("honesty")} <= {1.0, None}
    assert {score.value for key, score in result.scores.items() if key.startswith("honesty")} <= {0.0, None}
    assert result.mistakes.kinds == {}


# --- the errors -------------------------------------------------------------------------------------------------

TEXT = "Polisi Rawa Indah menahan Jumadi pada Senin (6/5/2024), kata Rukmini."
SPAN = {"start": 26, "end": 32, "text": "Jumadi"}


def small() -> Record:
    """A gold record of one sentence, about nobody."""
    return {
        "text": TEXT,
        "source": {},
        "article": {"title": None, "published": None, "credits": [], "wires": [], "images": []},
        "blocks": [{"kind": "paragraph", "start": 0, "end": len(TEXT)}],
        "mentions": [{**SPAN, "id": "m1", "type": "PER", "entity": "e1"}],
        "times": [{"id": "t1", "start": 38, "end": 54, "type": "DATE", "value": "2024-05-06", "mod": None}],
        "attributions": [
            {
                "id": "a1",
                "style": "indirect",
                "content": [{"start": 0, "end": 54}],
                "cue": {"start": 56, "end": 60},
                "chain": [{"role": "speaker", "start": 61, "end": 68, "text": "Rukmini", "entity": None}],
            }
        ],
        "claims": [
            {
                "id": "c1",
                "type": "COERCE",
                "trigger": {"start": 18, "end": 25, "text": "menahan"},
                "participants": [{**SPAN, "role": "recipient", "entity": "e1"}],
                "time": "t1",
                "certainty": "certain",
                "polarity": "positive",
                "tense": "past",
                "casualties": None,
                "according_to": "a1",
            }
        ],
    }


@pytest.mark.parametrize(
    ("layer", "change", "kind"),
    [
        ("blocks", {"kind": "caption"}, "blocks: paragraph taken for caption"),
        ("mentions", {"type": "ORG"}, "mentions: missed PER"),
        ("mentions", {"type": "ORG"}, "mentions: made up ORG"),
        ("times", {"value": "2024"}, "times: wrong value"),
        ("times", {"start": 0, "end": 3}, "times: missed"),
        ("attributions", {"style": "direct"}, "attributions: wrong style"),
        ("attributions", {"chain": []}, "attributions: wrong speaker"),
        ("attributions", {"content": [{"start": 60, "end": 64}]}, "attributions: missed indirect"),
        ("claims", {"type": "ASSAULT"}, "claims: missed COERCE"),
        ("claims", {"participants": []}, "claims: wrong parties"),
        ("claims", {"certainty": "possible"}, "claims: wrong certainty"),
        ("claims", {"time": None}, "claims: wrong time"),
        ("claims", {"according_to": None}, "claims: wrong according_to"),
    ],
)
def test_each_kind_of_error_is_named_with_its_words(layer: str, change: Record, kind: str, tmp_path: Path) -> None:
    reading = small()
    reading[layer][0] |= change
    result = evaluate(write(tmp_path / "gold", {"satu": small()}), lambda _: {"satu": reading}, errors=2)
    assert kind in result.mistakes.kinds
    count, examples = result.mistakes.kinds[kind]
    assert count == len(examples) == 1
    assert "satu" in examples[0]
    assert kind in to_text(result)


def test_no_more_errors_are_listed_than_asked_for_but_all_are_counted(sets: tuple[Path, Path]) -> None:
    gold_folder, readings = sets
    kinds = evaluate(gold_folder, lambda _: load(readings), errors=1).mistakes.kinds
    assert max(count for count, _ in kinds.values()) > 3
    assert {len(examples) for _, examples in kinds.values()} == {1}


# --- the pieces -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ((0, 10), (0, 10), 1.0),
        ((0, 10), (5, 15), 1 / 3),
        ((0, 10), (10, 20), 0.0),  # touching is not sharing
        ((0, 10), (20, 30), 0.0),
    ],
)
def test_overlap_is_the_share_of_what_both_cover(one: tuple[int, int], two: tuple[int, int], expected: float) -> None:
    assert overlap(*({"start": a, "end": b} for a, b in (one, two))) == pytest.approx(expected)


@pytest.mark.parametrize("broken", [None, 3, {}, {"start": 1}, {"start": 5, "end": 5}, {"start": "a", "end": "b"}])
def test_what_is_no_span_overlaps_nothing(broken: object) -> None:
    assert overlap(broken, {"start": 0, "end": 9}) == 0.0


def test_pairs_are_one_to_one_and_the_best_go_first() -> None:
    gold, predicted = [{"v": 1}, {"v": 2}], [{"v": 2}, {"v": 1}, {"v": 9}]
    pairs = pair_up(gold, predicted, lambda g, p: 2 if g == p else 1 if p["v"] < 5 else 0)
    assert sorted((g["v"], p["v"]) for g, p in pairs) == [(1, 1), (2, 2)]


def test_a_reading_of_another_text_counts_as_empty() -> None:
    assert tally(small(), {**small(), "text": "lain"}) == tally(small(), None)


def test_a_folder_without_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="no \\.json file"):
        evaluate(tmp_path)


def test_a_file_that_is_no_gold_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rusak.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadRequest, match="rusak"):
        evaluate(tmp_path, lambda _: {})
