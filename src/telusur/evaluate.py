"""Scores the program on records made by hand: reads their texts, compares, prints figures and errors.

Comes in: a folder of gold records. Goes out: an `Evaluation`. `scoring` holds the measures, `mistakes` the error lists.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .bulk import answers
from .errors import BadRequest
from .mistakes import Mistakes, find_mistakes
from .scoring import Score, Tallies, scores, tally

Records = Mapping[str, Mapping[str, Any]]
Reader = Callable[[Records], Records]
"""Gives the reading of each gold record, by name; a name may be missing."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a program did: scores by measure, articles that count as empty with the reason, errors by kind."""

    documents: int
    counted_empty: dict[str, str]
    scores: dict[str, Score]
    mistakes: Mistakes = field(default_factory=Mistakes)


def load(path: Path) -> dict[str, dict[str, Any]]:
    """The records of a folder, or the one of a file, by name. A broken file gives an empty record.

    Raises:
        BadRequest: there is none.
    """
    files = [path] if path.is_file() else sorted(path.glob("*.json"))
    if not files:
        raise BadRequest(f"{path} holds no .json file; there is nothing to score; give a folder of records")
    return {file.stem: _load_one(file) for file in files}


def _load_one(file: Path) -> dict[str, Any]:
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def read_gold(
    records: Records,
    jobs: int = 1,
    step: Callable[[int, int], None] | None = None,
    tell: Callable[[str], None] | None = None,
    fast: bool = False,
) -> dict[str, dict[str, Any]]:
    """What the program reads in the gold texts: given the text, the URL and the date that the caller knows, no more.

    Args:
        records: gold records by name.
        jobs: how many processes read.
        step: called after each article with the numbers done and to do.
        tell: called with one line for each article that could not be read.
        fast: by the fast tier.
    """
    lines = [json.dumps(_request(name, record)).encode() for name, record in records.items()]
    out = {}
    for number, (name, answer) in enumerate(zip(records, answers(lines, jobs, fast=fast), strict=True), 1):
        told = json.loads(answer.line)
        if not answer.failed:
            out[name] = told
        elif tell:
            tell(f"{name}: {told['error']['message']}")
        if step:
            step(number, len(lines))
    return out


def _request(name: str, gold: Mapping[str, Any]) -> dict[str, Any]:
    source = gold.get("source") or {}
    return {"id": name, "text": gold["text"], "url": source.get("url"), "published": source.get("published_hint")}


def evaluate(gold_path: Path, read: Reader = read_gold, errors: int = 0) -> Evaluation:
    """Scores ``read`` on the gold records of a folder (or one file).

    A gold article without a reading, or whose reading has another text or is malformed, counts as an empty reading.
    ``errors`` is how many errors of each kind to list.

    Raises:
        BadRequest: there are no gold records, or one is not a record.
    """
    gold = load(gold_path)
    if broken := [name for name, record in gold.items() if "text" not in record]:
        raise BadRequest(f"{broken[0]}.json is not a gold record: it has no text; nothing was scored; mend it or take it away")
    predicted = read(gold)
    if len(gold) == len(predicted) == 1:  # two single files are compared whatever their names
        predicted = dict(zip(gold, predicted.values(), strict=True))
    tallies: list[Tallies] = []
    empty: dict[str, str] = {}
    mistakes = Mistakes(errors)
    for name, record in gold.items():
        reading = predicted.get(name)
        if reading is None:
            empty[name] = "no reading"
        elif reading.get("text") != record["text"]:
            empty[name] = "the text differs, or the file is broken"
        try:
            tallies.append(tally(record, reading))
        except Exception as error:  # a malformed record of another program must not hide the others
            empty[name] = f"malformed: {type(error).__name__} {error}"
            tallies.append(tally(record, None))
            continue
        if errors:
            find_mistakes(name, record, reading, mistakes)
    return Evaluation(len(gold), empty, scores(tallies), mistakes)


def to_text(result: Evaluation) -> str:
    """The figures as a table in points, then the errors."""
    lines = [f"{result.documents} documents, {len(result.counted_empty)} counted as empty"]
    lines += [f"  {name}: {why}" for name, why in result.counted_empty.items()]
    for key, score in result.scores.items():
        value = "     -" if score.value is None else f"{100 * score.value:6.1f}"
        interval = ""
        if score.low is not None and score.high is not None:
            interval = f"   [{100 * score.low:.1f}, {100 * score.high:.1f}]"
        lines.append(f"{key:32}{value}{interval}")
    for kind, (count, examples) in result.mistakes.ranked():
        lines += ["", f"{kind}: {count}", *(f"  {example}" for example in examples)]
    return "\n".join(lines) + "\n"


def to_json(result: Evaluation) -> str:
    """The figures as JSON; with errors where some were asked for."""
    out: dict[str, Any] = {
        "documents": result.documents,
        "counted_empty": result.counted_empty,
        "scores": {k: {"value": s.value, "low": s.low, "high": s.high} for k, s in result.scores.items()},
    }
    if result.mistakes.most:
        out["errors"] = {
            kind: {"count": count, "examples": examples} for kind, (count, examples) in result.mistakes.ranked()
        }
    return json.dumps(out, indent=1, ensure_ascii=False) + "\n"
