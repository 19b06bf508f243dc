"""Fits what the program's scores mean, on articles read by hand that the model had not seen, and says how true it is.

    python -m training.calibration                                        # from the cross-validation's readings
    python -m training.calibration FOLDER FOLDER ...                      # each holds gold/ and read/
    python -m training.calibration --read GOLD FOLDER                     # makes such a folder with the shipped model
    python -m training.calibration --read training/cache/readings --held-out FOLDER   # of our readings, those it never saw
    python -m training.calibration FOLDER --check                         # measures the weights that ship, fits nothing

For each field, a logistic regression on the signs of ``telusur.confidence.signs`` is fitted to what the scorer calls right,
and written to ``words/confidence.tsv``. People have read the errors of the gold articles, and the rules do better there than
anywhere else; so speakers and claims are fitted on our own readings too, of which nobody has. How true it is, is measured by cross-validation over articles: each item's
confidence comes from weights that never saw its article. Expected calibration error: items in ten bins of equal size by
confidence; the mean gap, in each bin, between the confidence and the share that was right.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from telusur.confidence.calibrated import ALWAYS, TABLE, chance, load_weights
from telusur.confidence.signs import Signs, all_signs
from telusur.scoring import (
    Comparison,
    Item,
    compare,
    overlap,
    pair_up,
    participants,
    parties_of,
    same_value,
    speaker,
)

from .data import held_out as held_out_of_training
from .readings import CLAIMS_ALONE, LOOSE, NOT_BY_HAND
from .reliability import by_chance, calibration_error, ranking, reliability
from .scored import from_scored_json, to_scored_json

Json = dict[str, Any]
Truths = dict[tuple[str, str], bool]
"""By ``layer.field`` and the item's id, whether the scorer calls it right; what it does not judge is not there."""

ROOT = Path(__file__).parent.parent
CACHE = Path(__file__).parent / "cache"
CROSSVAL = (CACHE / "crossval", CACHE / "crossval-readings")
WORDS = ROOT / "src" / "telusur" / "data" / "words" / f"{TABLE}.tsv"
REPORT = ROOT / "benchmarks" / "results" / "calibration.json"

PARTS = 5
"""Parts of the articles that take turns to be held out."""
LEAST_SEEN = 15
"""A sign seen on fewer items has no weight."""
RIDGE = 12.0
OURS = 1 / 3
"""The weight of our own readings beside the gold articles: nobody has seen an error in them, but they draw the line of what
is worth telling elsewhere, and it is the gold articles' line that counts."""
SMALLEST = 0.005

FLOORED = ("mentions.type", "attributions.speaker", "claims.type")
"""The fields whose calibration error is held: names, speakers, claims."""


SCORED = (*FLOORED, "participants.role")
"""The fields that a finder's score is about."""


@dataclass(frozen=True, slots=True)
class Case:
    """One field of one item, with its signs, and whether it was right."""

    article: str
    signs: Signs
    right: bool
    scored: float | None
    ours: bool = False
    """Whether its article is one of our own readings."""


# --- what is right ----------------------------------------------------------------------------------------------


def truths(gold: Json, predicted: Json) -> Truths:
    """What the scorer calls right, field by field."""
    found = compare(gold, predicted)
    out: Truths = {}
    if gold.get(NOT_BY_HAND, True):
        out |= _names(found) | _times(found)
    return out | _attributions(found) | _claims(found)


def _names(found: Comparison) -> Truths:
    known = {(m["start"], m["end"], m["type"]): m["entity"] for m in found.gold["mentions"]}
    by_span = {(m["start"], m["end"]): m["entity"] for m in found.gold["mentions"]}
    told = found.predicted["mentions"]
    meant = {m["id"]: by_span.get((m["start"], m["end"])) for m in told}
    company: dict[str, list[str]] = defaultdict(list)
    for mention in told:
        if (own := meant[mention["id"]]) is not None:
            company[mention["entity"]].append(own)
    scattered = Counter(entity for entities in company.values() for entity in set(entities))
    out: Truths = {}
    for mention in told:
        out["mentions.type", mention["id"]] = (mention["start"], mention["end"], mention["type"]) in known
        own = meant[mention["id"]]
        if own is None:
            continue
        beside = Counter(company[mention["entity"]])
        alone = beside.total() == 1
        out["mentions.entity", mention["id"]] = scattered[own] == 1 if alone else 2 * (beside[own] - 1) >= beside.total() - 1
    return out


def _times(found: Comparison) -> Truths:
    right = {p["id"] for g, p in found.times if same_value(g, p)}
    return {("times.value", t["id"]): t["id"] in right for t in found.predicted["times"]}


def _attributions(found: Comparison) -> Truths:
    gold_of = {p["id"]: g for g, p in found.attributions}
    out: Truths = {}
    for told in found.predicted["attributions"]:
        key, gold = told["id"], gold_of.get(told["id"])
        out["attributions.content", key] = gold is not None
        out["attributions.speaker", key] = gold is not None and found.parties.same(speaker(gold), speaker(told))
        out["attributions.chain", key] = gold is not None and found.chain_matches(gold, told)
        cue, said = (gold or {}).get("cue"), told.get("cue")
        out["attributions.cue", key] = gold is not None and (cue is said is None or overlap(cue, said) >= 1 / 2)
    return out


def _claims(found: Comparison) -> Truths:
    gold_of = {p["id"]: g for g, p in found.claims}
    out: Truths = {}
    for told in found.predicted["claims"]:
        key, gold = told["id"], gold_of.get(told["id"])
        right = {id(p) for _, p in _same_parties(found, gold, told)} if gold else set()
        out["claims.type", key] = gold is not None
        out["claims.participants", key] = gold is not None and found.all_match(parties_of(gold), parties_of(told))
        for n, participant in enumerate(participants(told)):
            out["participants.role", f"{key}.{n}"] = id(participant) in right
        if gold:
            out |= {(f"claims.{mark}", key): same for mark, same in _marks(found, gold, told)}
    return out


def _same_parties(found: Comparison, gold: Item, told: Item) -> list[tuple[Item, Item]]:
    def same(one: Item, two: Item) -> float:
        return float(one["role"] == two.get("role") and found.parties.same(one, two))

    return pair_up(participants(gold), participants(told), same)


def _marks(found: Comparison, gold: Item, told: Item) -> Iterator[tuple[str, bool]]:
    for mark in ("certainty", "polarity", "tense"):
        yield mark, gold[mark] == told[mark]
    dated = [{t["id"]: t["value"] for t in side["times"]} for side in (found.gold, found.predicted)]
    yield "time", dated[0].get(gold["time"]) == dated[1].get(told["time"])
    words = [{a["id"]: a for a in side["attributions"]} for side in (found.gold, found.predicted)]
    one, two = words[0].get(gold["according_to"]), words[1].get(told["according_to"])
    yield "according_to", one is two is None or bool(one and two and found.parties.same(speaker(one), speaker(two)))


# --- the cases --------------------------------------------------------------------------------------------------


def cases_of(name: str, gold: Json, predicted: Json) -> Iterator[tuple[str, Case]]:
    """The fields of one reading that the scorer judges."""
    right, ours = truths(gold, predicted), not gold.get(NOT_BY_HAND, True)
    record = from_scored_json(predicted)
    scores = {("mentions", m.id): m.score for m in record.mentions} | {("attributions", a.id): a.score for a in record.attributions}
    scores |= {("claims", c.id): c.score for c in record.claims}
    scores |= {("participants", f"{c.id}.{n}"): p.score for c in record.claims for n, p in enumerate(c.participants)}
    for field, key, signs in all_signs(record):
        said = field.startswith("attributions.") or field == "claims.according_to"
        if (field, key) in right and not (said and gold.get(CLAIMS_ALONE)):
            yield field, Case(name, signs, right[field, key], scores.get((field.partition(".")[0], key)), ours)


def load(folders: Sequence[Path]) -> dict[str, list[Case]]:
    """All cases by field."""
    out: dict[str, list[Case]] = defaultdict(list)
    for folder in folders:
        for file in sorted((folder / "read").glob("*.json")):
            gold = json.loads((folder / "gold" / file.name).read_text(encoding="utf-8"))
            for field, case in cases_of(file.stem, gold, json.loads(file.read_text(encoding="utf-8"))):
                out[field].append(case)
    return out


# --- the fit ----------------------------------------------------------------------------------------------------


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Weights by sign: ridge logistic regression by Newton's method; the weight of what is always there is free."""
    seen = Counter(sign for case in cases for sign, value in case.signs.items() if value)
    names = [ALWAYS, *sorted(sign for sign, count in seen.items() if count >= LEAST_SEEN)]
    at = {name: i for i, name in enumerate(names)}
    facts = np.zeros((len(cases), len(names)))
    facts[:, 0] = 1.0
    for row, case in enumerate(cases):
        for sign, value in case.signs.items():
            if sign in at:
                facts[row, at[sign]] = value
    right = np.array([float(case.right) for case in cases])
    shares = shares_of(cases)
    penalty = np.full(len(names), RIDGE)
    penalty[0] = 1e-6
    weights = np.zeros(len(names))
    for _ in range(40):
        chances = 1 / (1 + np.exp(-np.clip(facts @ weights, -30, 30)))
        slope = facts.T @ (shares * (right - chances)) - penalty * weights
        bend = (facts * (shares * chances * (1 - chances))[:, None]).T @ facts + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return {name: round(float(w), 4) for name, w in zip(names, weights, strict=True) if name == ALWAYS or abs(w) >= SMALLEST}


def shares_of(cases: Sequence[Case], weight: float = OURS) -> NDArray[np.float64]:
    """How much each case weighs: both kinds of articles have their share, our own readings ``weight``, however many there are of each."""
    ours = np.array([case.ours for case in cases])
    if ours.all() or not ours.any():
        return np.ones(len(cases))
    of_gold, of_ours = (1 - weight) * len(cases) / (~ours).sum(), weight * len(cases) / ours.sum()
    out: NDArray[np.float64] = np.where(ours, of_ours, of_gold)
    return out


def held_out(cases: Sequence[Case]) -> NDArray[np.float64]:
    """The confidence of each case by weights fitted without its article."""
    parts = [part_of(case.article) for case in cases]
    out = np.zeros(len(cases))
    for part in range(PARTS):
        weights = fit([case for case, own in zip(cases, parts, strict=True) if own != part])
        for row, (case, own) in enumerate(zip(cases, parts, strict=True)):
            if own == part:
                out[row] = chance(weights, case.signs)
    return out


def part_of(article: str) -> int:
    """The part that holds an article: by its name alone, so that every run parts alike."""
    return hashlib.sha256(article.encode()).digest()[0] % PARTS


# --- how true it is ---------------------------------------------------------------------------------------------


def measure(name: str, cases: Sequence[Case]) -> Json:
    """The figures of one field."""
    ours = np.array([case.ours for case in cases])
    every, truth = held_out(cases), np.array([float(case.right) for case in cases])
    beside = ours.any() and not ours.all()
    chances, right = (every[~ours], truth[~ours]) if beside else (every, truth)
    bins = reliability(chances, right)
    raw = [(case.scored, case.right) for case in cases if case.scored is not None and not (beside and case.ours)] if name in SCORED else []
    out: Json = {
        "items": len(right),
        "right": round(float(right.mean()), 4),
        "ece": round(calibration_error(bins), 4),
        "ece_by_chance": round(by_chance(chances), 4),
        "ranking": _rounded(ranking(chances, right)),
        "bins": [[count, round(told, 3), round(was, 3)] for count, told, was in bins],
        "asked": {str(least): _kept(chances, right, least) for least in (0.5, 0.7, 0.8, 0.9)},
    }
    if beside:
        out["ours"] = _of_part(every[ours], truth[ours])
    if raw:
        scores, was = (np.array(column, dtype=float) for column in zip(*raw, strict=True))
        out["score_ece"] = round(calibration_error(reliability(scores, was)), 4)
    return out


def _of_part(chances: NDArray[np.float64], right: NDArray[np.float64]) -> Json:
    error = calibration_error(reliability(chances, right))
    return {"items": len(right), "right": round(float(right.mean()), 4), "ece": round(error, 4), "ece_by_chance": round(by_chance(chances), 4)}


def _kept(chances: NDArray[np.float64], right: NDArray[np.float64], least: float) -> Json:
    kept = chances >= least
    return {"kept": round(float(kept.mean()), 3), "right": _rounded(float(right[kept].mean()) if kept.any() else None)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


# --- the command ------------------------------------------------------------------------------------------------


def write_weights(weights: Mapping[str, Mapping[str, float]], path: Path, made_from: str) -> None:
    lines = [
        "# How likely a field is right: weights of its signs, for log odds. Made by `python -m training.calibration`.",
        "# field: layer and field of the record; sign: as `telusur.confidence.signs` names it.",
        f"# {made_from}",
        "field\tsign\tweight",
    ]
    lines += [f"{field}\t{sign}\t{weight:g}" for field in sorted(weights) for sign, weight in weights[field].items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_all(gold: Path, folder: Path, unseen: bool = False) -> int:
    """Reads gold articles with the shipped model into ``folder``; how many. What is there already stays.

    ``unseen``: only those of our readings that are kept from the weights, and were made beside gold ones.
    """
    from telusur.ingest.files import from_text
    from telusur.model.document import Hints
    from telusur.model.record import Failure
    from telusur.pipeline import read_or_fail

    for part in ("gold", "read"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    files = sorted(gold.glob("*.json"), key=lambda file: hashlib.sha256(file.stem.encode()).digest())
    if unseen:
        files = [file for file in files if held_out_of_training(file.stem)]
    for file in files:
        record = json.loads(file.read_text(encoding="utf-8"))
        if (folder / "read" / file.name).exists() or (unseen and record.get(LOOSE)):
            continue
        given = record.get("source") or {}
        hints = Hints(id=file.stem, url=given.get("url"), published=given.get("published_hint"))
        read = read_or_fail(from_text(record["text"], url=given.get("url"), media_type="text/plain"), hints)
        if not isinstance(read, Failure):
            (folder / "gold" / file.name).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
            (folder / "read" / file.name).write_text(json.dumps(to_scored_json(read), ensure_ascii=False), encoding="utf-8")
    return len(list((folder / "read").glob("*.json")))


def run(folders: Sequence[Path], words: Path, report: Path) -> Json:
    """Fits, measures, writes; the figures by field."""
    cases = load(folders)
    if unscored := [field for field in FLOORED if not any(case.scored is not None for case in cases[field])]:
        sys.exit(f"no item of {unscored[0]} has a score; nothing was fitted; make the readings with training.crossval or --read")
    figures = {field: measure(field, cases[field]) for field in sorted(cases)}
    articles = len({case.article for found in cases.values() for case in found})
    write_weights({field: fit(found) for field, found in cases.items()}, words, f"Fitted on {articles} articles.")
    out = {"articles": articles, "parts": PARTS, "fields": figures}
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")
    return out


def check(cases: Mapping[str, Sequence[Case]]) -> None:
    """Prints how true the weights that ship are on these readings."""
    weights = load_weights()
    for field, found in sorted(cases.items()):
        right = np.array([float(case.right) for case in found])
        chances = np.array([chance(weights[field], case.signs) for case in found])
        error = calibration_error(reliability(chances, right))
        print(
            f"{field:24}{len(found):6} items, {100 * right.mean():5.1f} right, told {100 * chances.mean():5.1f}, "
            f"error {error:.3f} (chance {by_chance(chances):.3f}), ranking {ranking(chances, right) or 0:.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="*", help="each holds gold/ and read/ (default: the cross-validation's)")
    parser.add_argument("--read", type=Path, metavar="GOLD", help="first read the gold articles of this folder into the one folder named")
    parser.add_argument("--held-out", action="store_true", help="of our readings, only those that are kept from the weights")
    parser.add_argument("--check", action="store_true", help="measure the weights that ship on these readings instead of fitting")
    parser.add_argument("--words", type=Path, default=WORDS, help="where the weights go")
    parser.add_argument("--report", type=Path, default=REPORT, help="where the figures go")
    options = parser.parse_args()
    folders = options.folders or [folder for folder in CROSSVAL if folder.is_dir()]
    if options.read:
        print(f"{read_all(options.read, folders[0], options.held_out)} articles read into {folders[0]}")
        return
    if options.check:
        check(load(folders))
        return
    found = run(folders, options.words, options.report)
    print(f"{found['articles']} articles; by cross-validation over articles in {PARTS} parts")
    for field, told in found["fields"].items():
        mark = " (held: at most 0.05)" if field in FLOORED else ""
        raw = f", score itself {told['score_ece']:.3f}" if "score_ece" in told else ""
        parts = f", on our own readings {told['ours']['ece']:.3f}" if "ours" in told else ""
        print(f"{field:24}{told['items']:6} items, {100 * told['right']:5.1f} right, error {told['ece']:.3f} (chance {told['ece_by_chance']:.3f}){raw}, ranking {told['ranking'] or 0:.2f}{parts}{mark}")


if __name__ == "__main__":
    main()
