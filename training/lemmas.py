"""Makes the tables that lemmas are told with: ``python -m training.lemmas --shared FOLDER``.

Comes in: words, parts of speech and lemmas of the UD treebanks (CSUI train, PUD, GSD dev; never their test files), and
the list of roots (`training.roots`). Goes out: ``data/words/lemma-forms.tsv``, what the treebanks say of a word, and
``data/words/lemma-signs.tsv``, how much each sign weighs for a word that they do not have.

The weights are fitted on the treebanks' own words as if each were new: in five parts, each with roots that were chosen
without its words, and with the other schools' answers but not its own. A softmax over the candidates, L2, full batches:
no chance in it.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from telusur.analyse.lemmas import SCHOOLS, UNBENT, Asked, Told, candidates, signs
from training.roots import SUBTITLES, choose, read_subtitles, read_treebanks, weigh
from training.treebanks import FILES, read_conllu

WORDS = Path("src/telusur/data/words")
PARTS = 5
STEPS = 400
RATE = 0.5
HOLD = 3e-4
"""How strongly weights are held to nought."""
LEAST = 2
"""A sign of fewer words than this has no weight of its own."""

Counts = dict[tuple[str, str, str, bool], Counter[str]]
Floats = npt.NDArray[np.float64]

SOURCE = "# From UD Indonesian CSUI and GSD (CC BY-SA 4.0) and PUD (CC BY-SA 3.0); CC BY-SA 4.0.\n"


def main() -> None:
    """Makes both tables anew."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--shared", type=Path, default=Path("../shared"))
    data = arguments.parse_args().shared / "data"
    counts = read_lemmas(data)
    told = told_by(counts)
    rows = sorted((word, upos, *(_cell(word, told[word, upos].get(s, "")) for s in SCHOOLS)) for word, upos in told)
    head = "# Lemmas of words as treebanks give them, by school (= is the word itself); made by training/lemmas.py.\n" + SOURCE
    _write("lemma-forms", head, ("word", "upos", *SCHOOLS), rows)
    weights = fit(counts, told, data)
    head = "# How much a sign weighs for a candidate lemma; made by training/lemmas.py.\n" + SOURCE
    _write("lemma-signs", head, ("sign", "weight"), sorted((sign, f"{w:.2f}") for sign, w in weights.items() if abs(w) >= 0.01))


def _cell(word: str, lemma: str) -> str:
    return "=" if lemma == word else lemma


def _write(name: str, head: str, columns: Iterable[str], rows: list[tuple[str, ...]]) -> None:
    lines = ("\t".join(row) + "\n" for row in (tuple(columns), *rows))
    (WORDS / f"{name}.tsv").write_text(head + "".join(lines), encoding="utf-8")
    print(f"{len(rows)} rows in {WORDS / name}.tsv")


def read_lemmas(data: Path) -> Counts:
    """How often each lower-cased word (part of speech, school, whether with a capital inside its sentence) has each lemma."""
    out: Counts = defaultdict(Counter)
    for school in SCHOOLS:
        for _, tokens in read_conllu(data / FILES["train"][school]):
            for at, token in enumerate(tokens):
                word, lemma = token.form.lower(), token.lemma.lower()
                if token.upos not in UNBENT and sound(word, lemma):
                    out[word, token.upos, school, token.form[:1].isupper() and at > 0][lemma] += 1
    return out


def sound(word: str, lemma: str) -> bool:
    """Whether a lemma can be one: GSD's come from a program and hold gaps and halves (``_``, ``penperintah``)."""
    return lemma != "_" and (not lemma.startswith(("pen", "pem")) or word.startswith(lemma[:3]))


def told_by(counts: Counts) -> Told:
    """The usual lemma of each word that bends or could, by school; words with capitals inside a sentence teach nothing here."""
    found: dict[tuple[str, str], dict[str, Counter[str]]] = {}
    for (word, upos, school, capital), lemmas in counts.items():
        if not capital:
            found.setdefault((word, upos), {}).setdefault(school, Counter()).update(lemmas)
    out = {key: {school: lemmas.most_common(1)[0][0] for school, lemmas in by.items()} for key, by in found.items()}
    return {key: by for key, by in out.items() if bends(key[0], by)}


def bends(word: str, lemmas: Mapping[str, str]) -> bool:
    return re.search(r"[\t=]", word) is None and (set(lemmas.values()) != {word} or len(candidates(word)) > 1)


def fit(counts: Counts, told: Told, data: Path) -> dict[str, float]:
    """The weight of each sign."""
    items = [(Asked(*key), lemmas.most_common(1)[0][0]) for key, lemmas in sorted(counts.items())]
    rows: list[tuple[list[list[str]], int]] = []
    known = _roots_without_own_part(data, {asked.word for asked, _ in items})
    for asked, lemma in items:
        found = candidates(asked.word)
        right = next((n for n, one in enumerate(found) if one.lemma == lemma), None)
        if right is not None and len(found) > 1:
            rows.append(([list(signs(one, asked, known[_part(asked.word)], told)) for one in found], right))
    print(f"{len(rows)} words teach the weights")
    return softmax(rows)


def _part(word: str) -> int:
    return zlib.crc32(word.encode()) % PARTS


def _roots_without_own_part(data: Path, words: set[str]) -> list[dict[str, int]]:
    """For each part the roots as they would be found without its words."""
    lemmas, forms = read_treebanks(data)
    subtitles = dict(read_subtitles(data / SUBTITLES))
    out = []
    for part in range(PARTS):
        own = {word for word in words if _part(word) == part}
        known = {word: count for word, count in subtitles.items() if word not in own}
        for form, count in forms.items():
            if form not in own:
                known[form] = known.get(form, 0) + count
        found = choose({form: lemma for form, lemma in lemmas.items() if form not in own}, known)
        weights = weigh(found, known)
        out.append({root: weights[root] for root in found})
    return out


def softmax(rows: list[tuple[list[list[str]], int]]) -> dict[str, float]:
    """Weights that make the right candidate the likeliest, by gradient descent with momentum."""
    seen = Counter(sign for found, _ in rows for sign in {s for one in found for s in one})
    names = sorted(sign for sign, count in seen.items() if count >= LEAST)
    place = {sign: n for n, sign in enumerate(names)}
    of_candidate: list[int] = []
    of_sign: list[int] = []
    first: list[int] = []
    target: list[float] = []
    for found, right in rows:
        first.append(len(target))
        for n, one in enumerate(found):
            of_sign += [place[s] for s in one if s in place]
            of_candidate += [len(target)] * sum(s in place for s in one)
            target.append(float(n == right))
    starts, wanted = np.array(first), np.array(target)
    sizes = np.diff(np.append(starts, len(wanted)))
    cell, column = np.array(of_candidate), np.array(of_sign)
    weights: Floats = np.zeros(len(names))
    pace: Floats = np.zeros(len(names))
    scale = 1 / np.sqrt(np.bincount(column, minlength=len(names)) / len(rows) + 1e-3)
    for step in range(STEPS):
        scores = np.bincount(cell, weights[column], minlength=len(wanted))
        told = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        told /= np.repeat(np.add.reduceat(told, starts), sizes)
        slope = np.bincount(column, (told - wanted)[cell], minlength=len(names)) / len(rows) + HOLD * weights
        pace = 0.9 * pace - RATE * scale * slope
        weights += pace
        if step % 100 == 99:
            right = np.array([scores[a : a + n].argmax() == wanted[a : a + n].argmax() for a, n in zip(starts, sizes, strict=True)])
            print(f"  step {step + 1}: {100 * right.mean():.1f} % of words right")
    return dict(zip(names, weights.tolist(), strict=True))


if __name__ == "__main__":
    main()
