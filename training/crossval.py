"""Cross-validation by outlet: each article of dev and train is read by a model that never saw its outlet.

    python -m training.crossval --shared ../shared --out training/cache/crossval [--readings 400]

Trains one model a fold (skipped where its weights exist) and fits the trigger tables without the fold's outlets, reads
the articles held out with the whole pipeline, and prints their scores. What people wrote into rules and word lists
after looking at these articles stays: the figures are above what new outlets will show. Our own readings of the outlets held
out, of which nobody has seen an error, go to a folder beside, ``OUT-readings``: ``training.calibration`` needs them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from telusur import lexicon
from telusur.analyse.encoder import load_model
from telusur.ingest.files import from_text
from telusur.model.document import Hints
from telusur.model.record import Failure
from telusur.pipeline import read_or_fail

from .data import FOLDS, fold_of, read_gold
from .export import export
from .scored import to_scored_json

CACHE = Path(__file__).parent / "cache"
DATA = Path(__file__).parent.parent / "src" / "telusur" / "data"


def train(fold: int, shared: Path, epochs: int) -> Path:
    weights = CACHE / f"fold{fold}.pt"
    if not weights.exists():
        command = [sys.executable, "-m", "training.train", "all", "--fold", str(fold), "--epochs", str(epochs), "--public-share", "0", "--shared", str(shared)]
        subprocess.run(command, check=True)
    return weights


def fit_words(fold: int, shared: Path) -> Path:
    """The package's data with trigger tables that never saw the fold's outlets."""
    data = CACHE / f"data{fold}"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(DATA / "words", data / "words")
    command = [sys.executable, "-m", "training.trigger_tables", "--fold", str(fold), "--words", str(data / "words"), "--shared", str(shared)]
    subprocess.run(command, check=True)
    return data


def read_fold(fold: int, shared: Path, out: Path, data: Path, readings: int = 0) -> int:
    """Reads what fold ``fold`` held out, and its share of ``readings`` of our own; how many articles. Once a process: word
    lists are loaded once."""
    lexicon.data_file = data.joinpath  # type: ignore[assignment]
    model = load_model(str(CACHE / f"reader{fold}"))
    held = {k: r for part in ("dev", "train") for k, r in read_gold(shared / "gold" / part).items() if fold_of(r) == fold}
    own = sorted(read_gold(CACHE / "readings").items(), key=lambda item: hashlib.sha256(item[0].encode()).digest())[:readings]
    beside = beside_of(out)
    asked = [(name, gold, out) for name, gold in held.items()] + [(name, gold, beside) for name, gold in own if fold_of(gold) == fold]
    for name, gold, folder in asked:
        given = gold["source"]
        hints = Hints(id=name, url=given.get("url"), published=given.get("published_hint"))
        record = read_or_fail(from_text(gold["text"], url=given.get("url"), media_type="text/plain"), hints, model=model)
        (folder / "gold" / f"{name}.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
        if not isinstance(record, Failure):
            (folder / "read" / f"{name}.json").write_text(json.dumps(to_scored_json(record), ensure_ascii=False), encoding="utf-8")
    return len(asked)


def beside_of(out: Path) -> Path:
    """Where our own readings go: they have no names read by hand, and are no part of the scores."""
    return out.with_name(f"{out.name}-readings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=CACHE / "crossval")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--fold", type=int, help="read this fold alone and score nothing")
    parser.add_argument("--readings", type=int, default=400, help="how many of our own readings are read too")
    options = parser.parse_args()
    if options.fold is not None:
        data = fit_words(options.fold, options.shared)
        print(f"fold {options.fold}: {read_fold(options.fold, options.shared, options.out, data, options.readings)} articles", flush=True)
        return
    for folder in (options.out, beside_of(options.out)):
        shutil.rmtree(folder, ignore_errors=True)
        for part in ("gold", "read"):
            (folder / part).mkdir(parents=True)
    for fold in range(len(FOLDS)):
        export(train(fold, options.shared, options.epochs), CACHE / f"reader{fold}", f"fold {fold}")
        command = [sys.executable, "-m", "training.crossval", "--fold", str(fold), "--shared", str(options.shared), "--out", str(options.out), "--readings", str(options.readings)]
        subprocess.run(command, check=True)
    subprocess.run([sys.executable, "-m", "telusur", "evaluate", str(options.out / "gold"), "--predicted", str(options.out / "read")], check=True)


if __name__ == "__main__":
    main()
