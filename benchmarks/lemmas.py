"""Lemmas on the treebanks' test files, beside simplemma, Snowball and the bare word: ``python benchmarks/lemmas.py [--errors N]``.

Gold words; lemmas are compared lower-cased, all words counted. Ours with the treebank's parts of speech and with those
that the shipped model tells. `publicsets` keeps the figures for docs/quality.md.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from training.treebanks import FILES, Token, read_conllu, tree_of

from telusur.analyse.encoder import load_model
from telusur.analyse.lemmas import lemma
from telusur.analyse.syntax import parse

Json = dict[str, object]
SETS = ("gsd", "csui")
UDPIPE = {"gsd": 98.49, "csui": 98.81}
"""UDPipe 2 on gold words (ud-2.15-241121, its models page); spelling with capitals counts there."""


def sentences(shared: Path, school: str) -> Iterator[tuple[str, list[Token]]]:
    yield from read_conllu(shared / "data" / FILES["test"][school])


def told_tags(text: str, tokens: list[Token], school: str) -> list[str]:
    """The shipped model's parts of speech; those of the treebank for a sentence that is too long for it."""
    model = load_model()
    tree = tree_of(text, tokens, school, model.pieces)
    return [t.upos for t in tokens] if tree is None else [row[0] for row in parse(model, tree.ids, tree.first, school)]


def peers() -> dict[str, Callable[[str], str]]:
    """Other ways to a lemma that are installed."""
    out: dict[str, Callable[[str], str]] = {"bare word": lambda word: word}
    try:
        import snowballstemmer

        out["Snowball"] = snowballstemmer.stemmer("indonesian").stemWord
    except ImportError:
        print("snowballstemmer is not installed; pip install 'telusur[bench]' to see it too", file=sys.stderr)
    try:
        import simplemma

        out["simplemma"] = lambda word: str(simplemma.lemmatize(word, lang="id"))
    except ImportError:
        print("simplemma is not installed; pip install 'telusur[bench]' to see it too", file=sys.stderr)
    return out


def measure(shared: Path, school: str) -> tuple[Json, Counter[tuple[str, str, str, str]]]:
    """Right lemmas in a hundred words by method, words a second of ours, and our errors with gold tags."""
    right: Counter[str] = Counter()
    errors: Counter[tuple[str, str, str, str]] = Counter()
    others, words, spent = peers(), 0, 0.0
    for text, tokens in sentences(shared, school):
        tags = told_tags(text, tokens, school)
        began = time.process_time()
        ours = [lemma(t.form, t.upos, begins=n == 0, school=school) for n, t in enumerate(tokens)]
        spent += time.process_time() - began
        for at, token in enumerate(tokens):
            gold = token.lemma.lower()
            words += 1
            right["ours, gold tags"] += ours[at].lower() == gold
            right["ours, own tags"] += lemma(token.form, tags[at], begins=at == 0, school=school).lower() == gold
            for name, cut in others.items():
                right[name] += cut(token.form.lower()).lower() == gold
            if ours[at].lower() != gold:
                errors[token.form, token.upos, gold, ours[at].lower()] += 1
    return {name: round(100 * count / words, 2) for name, count in right.items()} | {"words": words, "words/s": round(words / spent)}, errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--errors", type=int, default=0, help="show this many errors of each set")
    options = parser.parse_args()
    for school in SETS:
        found, errors = measure(options.shared, school)
        print(f"{school}: " + ", ".join(f"{name} {value}" for name, value in found.items()) + f"; published UDPipe 2 {UDPIPE[school]}")
        for (form, upos, gold, told), count in errors.most_common(options.errors):
            print(f"  {count:3} {form} {upos}: {gold}, told {told}")


if __name__ == "__main__":
    main()
