"""The shipped model on public test sets: names (NERGrit, IDNER), parts of speech, voice, trees, words and lemmas (UD), sentence
ends, coreference (COIN, IndoCoref) and places (INA-Geoparser).

    python benchmarks/publicsets.py --shared ../shared [--model FOLDER] [--quick]

Gold tokens, the int8 file as it ships. Names: strict micro F1 of PER, LOC, ORG in the label custom of each set (the
network has a head for each). Trees: unlabelled and labelled attachment, universal relations, all tokens. Words: F1 of the words
that the program cuts a treebank's sentences into. The rest is measured by `lemmas`, `sentence_ends`, `coreference` and
`geoparsing` beside this file. Without ``--model`` the figures are kept for docs/quality.md; ``--quick`` measures names and trees
alone and keeps nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import coreference
import geoparsing
import lemmas
import sentence_ends
from training.data import NAME_LABELS, public_examples
from training.treebanks import FILES, read_conllu, tree_of

from telusur.analyse.encoder import Model, best_labels, load_model
from telusur.analyse.syntax import known_words, parse
from telusur.analyse.words import treebank_words

Json = dict[str, Any]

PUBLISHED = """Published, gold tokens (UDPipe 2, ud-2.15-241121): GSD UPOS 94.8 UAS 88.7 LAS 82.6, CSUI UPOS 96.5 UAS 87.9 LAS 83.4."""

PEERS = ("snowballstemmer", "simplemma", "sentencex", "pysbd")
"""What is measured beside ours; without one of them its figures would be lost from the results."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--model", help="another model's folder")
    parser.add_argument("--quick", action="store_true", help="names and trees alone")
    options = parser.parse_args()
    missing = [name for name in PEERS if importlib.util.find_spec(name) is None]
    if missing and not (options.model or options.quick):
        parser.error(f"the table beside others needs {', '.join(missing)}: pip install -e '.[bench]', or ask for --quick")
    model = load_model(options.model)
    found: Json = {"model": model.name, "trees": trees(options.shared, model), "names": names(options.shared, model)}
    print(PUBLISHED)
    if options.model or options.quick:
        return
    found["lemmas"] = {school: lemmas.measure(options.shared, school)[0] for school in lemmas.SETS}
    found["sentences"] = sentence_ends.measure(options.shared, {"ours": sentence_ends.ours, **sentence_ends.peers()})
    found["places"] = geoparsing.measure(options.shared)
    found["coreference"] = coreference.figures(options.shared)
    for name in ("lemmas", "sentences", "places", "coreference"):
        print(f"{name}: {json.dumps(found[name])}")
    path = Path(__file__).parent / "results" / "public.json"
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def trees(shared: Path, model: Model) -> Json:
    """Parts of speech, voice, attachment and words of each treebank, in points."""
    out: Json = {}
    print(f"{'set':6} {'words':>7} {'UPOS':>6} {'voice':>6} {'UAS':>6} {'LAS':>6} {'cut':>6}")
    for school, name in FILES["test"].items():
        count: Counter[str] = Counter()
        for text, tokens in read_conllu(shared / "data" / name):
            tree = tree_of(text, tokens, school, model.pieces)
            if tree is None:
                continue
            mine, gold = {*treebank_words(text, 0, len(text), known_words())}, {t.span for t in tokens}
            count += Counter({"right": len(mine & gold), "cut": len(mine) + len(gold)})
            for token, (tag, spoken, head, relation) in zip(tokens, parse(model, tree.ids, tree.first, school), strict=True):
                count["words"] += 1
                count["UPOS"] += tag == token.upos
                count["voice"] += spoken == token.voice
                count["UAS"] += head + 1 == token.head
                count["LAS"] += head + 1 == token.head and relation == token.relation
        row = {key: round(100 * count[key] / count["words"], 1) for key in ("UPOS", "voice", "UAS", "LAS")}
        row["cut"] = round(200 * count["right"] / count["cut"], 1)
        if school == "gsd2":  # it has no features and splits no clitics
            del row["voice"], row["cut"]
        out[school] = {"words": count["words"], **row}
        print(f"{school:6} {count['words']:7} " + " ".join(f"{row.get(key, '-'):>6}" for key in ("UPOS", "voice", "UAS", "LAS", "cut")), flush=True)
    return out


def names(shared: Path, model: Model) -> Json:
    """Precision, recall and F1 of names by set, in points."""
    out: Json = {}
    tests = public_examples(shared, model.pieces, "test")
    for corpus in ("nergrit", "idner"):
        right = told = given = 0
        for example in (e for e in tests if e.corpus == corpus):
            (logits,) = model.run([f"names_{corpus}"], example.ids, example.first, "trees")
            mine, gold = spans(best_labels(logits, list(NAME_LABELS))), spans(list(example.names))
            right, told, given = right + len(mine & gold), told + len(mine), given + len(gold)
        row = {"precision": 100 * right / told, "recall": 100 * right / given, "F1": 200 * right / (told + given)}
        out[corpus] = {"names": given, **{key: round(value, 1) for key, value in row.items()}}
        print(f"{corpus:8} {given:5} names  " + "  ".join(f"{key} {value:.1f}" for key, value in row.items()), flush=True)
    return out


def spans(labels: list[int]) -> set[tuple[int, int, str]]:
    """(first word, last word, type) of each name in a row of labels."""
    out: set[tuple[int, int, str]] = set()
    at = 0
    while at < len(labels):
        label, end = NAME_LABELS[labels[at]], at + 1
        if label[0] == "B":
            while end < len(labels) and NAME_LABELS[labels[end]] == "I" + label[1:]:
                end += 1
            out.add((at, end - 1, label[2:]))
        at = end
    return out


if __name__ == "__main__":
    main()
