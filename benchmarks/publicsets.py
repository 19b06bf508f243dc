"""The shipped model on public test sets: names (NERGrit, IDNER), parts of speech, voice and trees (UD).

    python benchmarks/publicsets.py --shared ../shared [--model FOLDER]

Gold tokens, the int8 file as it ships. Names: strict micro F1 of PER, LOC, ORG in the label custom of each set (the
network has a head for each). Trees: unlabelled and labelled attachment, universal relations, all tokens.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
from training.data import NAME_LABELS, public_examples
from training.treebanks import FILES, read_conllu, tree_of

from telusur.analyse.encoder import best_labels, load_model
from telusur.analyse.syntax import parse

PUBLISHED = """Published, gold tokens (UDPipe 2, ud-2.15-241121): GSD UPOS 94.8 UAS 88.7 LAS 82.6, CSUI UPOS 96.5 UAS 87.9 LAS 83.4."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--model", help="another model's folder")
    options = parser.parse_args()
    model = load_model(options.model)
    print(f"{'set':6} {'words':>7} {'UPOS':>6} {'voice':>6} {'UAS':>6} {'LAS':>6}")
    for school, name in FILES["test"].items():
        words = upos = voice = uas = las = 0
        for text, tokens in read_conllu(options.shared / "data" / name):
            tree = tree_of(text, tokens, school, model.pieces)
            if tree is None:
                continue
            for token, (tag, spoken, head, relation) in zip(tokens, parse(model, tree.ids, tree.first, school), strict=True):
                words += 1
                upos += tag == token.upos
                voice += spoken == token.voice
                uas += head + 1 == token.head
                las += head + 1 == token.head and relation == token.relation
        shown = "     -" if school == "gsd2" else f"{100 * voice / words:6.1f}"
        print(f"{school:6} {words:7} {100 * upos / words:6.1f} {shown} {100 * uas / words:6.1f} {100 * las / words:6.1f}", flush=True)
    print(PUBLISHED)
    tests = public_examples(options.shared, model.pieces, "test")
    for corpus in ("nergrit", "idner"):
        right = told = given = 0
        for example in (e for e in tests if e.corpus == corpus):
            feed = {"ids": np.array([example.ids]), "first": np.array([example.first]), "school": np.array([0])}
            (logits,) = model.session.run([f"names_{corpus}"], feed)
            mine, gold = spans(best_labels(logits[0], list(NAME_LABELS))), spans(list(example.names))
            right, told, given = right + len(mine & gold), told + len(mine), given + len(gold)
        print(f"{corpus:8} {given:5} names  precision {100 * right / told:.1f}  recall {100 * right / given:.1f}  F1 {200 * right / (told + given):.1f}")


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
