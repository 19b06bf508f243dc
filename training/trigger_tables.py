"""Fits the weights of trigger words and of the signs around them, from gold articles.

    python -m training.trigger_tables --shared ../shared [--fold K --words FOLDER]

Reads and rewrites ``words/triggers.tsv`` and ``words/signs.tsv``. Which words name what, and the ``prior`` of each, are
written by hand or learnt here: a word that names one type in two articles or more becomes a trigger. A word's weight is
how often it names its type in the articles, drawn towards its prior. Signs are fitted by logistic regression; while fitting, a word's weight
is taken without the article at hand, else every word would look surer than it is on new articles.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from telusur import lexicon
from telusur.analyse.sentences import find_sentences
from telusur.extract.claims import drafts_of_words
from telusur.extract.drafts import Draft
from telusur.extract.signs import signs_of
from telusur.extract.units import read_units
from telusur.lexicon import read_table
from telusur.model.claim import Attribution, ChainLink
from telusur.model.document import Article, Block, Document, Hints, Source
from telusur.model.layers import Mention, Time
from telusur.model.span import Span

from .data import fold_of, held_out, read_gold, whole

Json = dict[str, Any]
CACHE = Path(__file__).parent / "cache"
WORDS = Path(__file__).parent.parent / "src" / "telusur" / "data" / "words"
DRAW = 4.0
"""How many sightings a prior is worth."""
LEARNT = 0.12
"""The prior of a word that the articles taught, not a hand."""
TAUGHT_BY = 2
AGREED = 0.6
CLEARLY = 5
"""How often a word must name a type other than the list's before the list gives way."""
BY_RULE = {"holds-office", "leads"}
OURS = "read by us"
"""A sign of articles whose claims are our own readings: they hold more than gold's. Fitted, so that the other signs need
not carry the difference, and left out of the table."""
FEWEST = 10
"""A sign seen less often is left out."""


def reading_of(gold: Json) -> tuple[Any, tuple[Mention, ...], tuple[Attribution, ...]]:
    """A gold article as the stages below claims would hand it over."""
    blocks = tuple(Block(b["kind"], Span(b["start"], b["end"])) for b in gold["blocks"])
    document = Document(Source(b"", "text/plain", ""), Hints(), gold["text"], blocks, Article())
    mentions = tuple(Mention(m["id"], Span(m["start"], m["end"]), m["type"], m["entity"]) for m in gold["mentions"])
    times = tuple(Time(t["id"], Span(t["start"], t["end"]), t["type"], t["value"]) for t in gold["times"])
    said = tuple(
        Attribution(
            a["id"],
            a["style"],
            tuple(Span(c["start"], c["end"]) for c in a["content"]),
            Span(a["cue"]["start"], a["cue"]["end"]) if a["cue"] else None,
            tuple(ChainLink(x["role"], Span(x["start"], x["end"]), x["entity"]) for x in a["chain"]),
        )
        for a in gold["attributions"]
    )
    return read_units(document, find_sentences(document), mentions, times), mentions, said


def is_gold(draft: Draft, gold: Json) -> bool:
    """Whether a draft's trigger is one of gold's, of its type."""
    for claim in gold["claims"]:
        start, end = claim["trigger"]["start"], claim["trigger"]["end"]
        both = min(end, draft.trigger.end) - max(start, draft.trigger.start)
        whole = max(end, draft.trigger.end) - min(start, draft.trigger.start)
        if claim["type"] == draft.type and 3 * both >= whole:
            return True
    return False


def learnt(golds: dict[str, Json], known: set[str]) -> dict[str, str]:
    """Words that name a type in ``TAUGHT_BY`` articles or more, nearly always the same type, and stand in no list by hand."""
    named: dict[str, Counter[str]] = defaultdict(Counter)
    articles: dict[str, set[str]] = defaultdict(set)
    for name, gold in golds.items():
        for claim in gold["claims"]:
            trigger = claim["trigger"]
            word = re.sub(r"\s+", " ", gold["text"][trigger["start"] : trigger["end"]].casefold())
            if word not in known and claim["type"] not in BY_RULE and len(word.split()) <= 3 and re.fullmatch(r"[^\W\d_]+(?:[ -][^\W\d_]+)*", word):
                named[word][claim["type"]] += 1
                articles[word].add(name)
    out: dict[str, str] = {}
    for word, types in named.items():
        kind, often = types.most_common(1)[0]
        if len(articles[word]) >= TAUGHT_BY and often >= AGREED * sum(types.values()):
            out[word] = kind
    return out


def retyped(golds: dict[str, Json], priors: dict[str, tuple[str, float]]) -> dict[str, tuple[str, float]]:
    """The list by hand, with the type that the articles give a word where they clearly give another one."""
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for gold in golds.values():
        for claim in gold["claims"]:
            trigger = claim["trigger"]
            named[re.sub(r"\s+", " ", gold["text"][trigger["start"] : trigger["end"]].casefold())][claim["type"]] += 1
    out = dict(priors)
    for word, (kind, prior) in priors.items():
        types = named.get(word)
        if types and (best := types.most_common(1)[0])[0] != kind and best[1] >= CLEARLY and best[1] >= AGREED * sum(types.values()) and best[0] not in BY_RULE:
            out[word] = (best[0], prior)
    return out


def weight(hits: float, seen: float, prior: float) -> float:
    return (hits + DRAW * prior) / (max(seen, hits) + DRAW)


def candidates(golds: dict[str, Json]) -> Iterator[tuple[str, str, Draft, dict[str, float], bool]]:
    """Every trigger word of the articles: article, word, draft, signs, whether it names a claim."""
    for name, gold in golds.items():
        reading, mentions, said = reading_of(gold)
        drafts = drafts_of_words(reading, mentions, said)
        for draft, signs in signs_of(reading, drafts, said):
            word = re.sub(r"\s+", " ", draft.trigger.of(gold["text"]).casefold())
            if gold.get("names") is False:
                signs[OURS] = 1.0
            yield name, word, draft, signs, is_gold(draft, gold)


def fit(rows: list[dict[str, float]], right: list[bool]) -> dict[str, float]:
    """Logistic regression with a quadratic penalty; the weight's own coefficient is hardly held back."""
    often = Counter(sign for row in rows for sign in row)
    names = sorted(sign for sign, count in often.items() if count >= FEWEST)
    at = {sign: n for n, sign in enumerate(names)}
    matrix = np.zeros((len(rows), len(names) + 1))
    matrix[:, -1] = 1.0
    for n, row in enumerate(rows):
        for sign, value in row.items():
            if sign in at:
                matrix[n, at[sign]] = value
    target = np.array(right, dtype=float)
    penalty = np.array([0.1 if sign == "weight" else 2.0 for sign in names] + [0.0])
    found: npt.NDArray[np.float64] = np.zeros(len(names) + 1)
    for _ in range(25):  # Newton steps; a dozen are enough
        chance = 1 / (1 + np.exp(-matrix @ found))
        slope = matrix.T @ (chance - target) + penalty * found
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.diag(penalty + 1e-6)
        found -= np.linalg.solve(curve, slope)
    return {"always": float(found[-1]), **{sign: float(found[at[sign]]) for sign in names}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--fold", type=int, help="leave this fold's outlets out, of dev and train together (see training.crossval)")
    parser.add_argument("--words", type=Path, default=WORDS, help="the folder whose tables are rewritten")
    options = parser.parse_args()
    readings = {k: r for k, r in read_gold(CACHE / "readings").items() if not held_out(k) and whole(r)}
    golds = read_gold(options.shared / "gold" / "train") | readings
    if options.fold is not None:
        golds |= read_gold(options.shared / "gold" / "dev")
        golds = {name: gold for name, gold in golds.items() if fold_of(gold) != options.fold}
    by_hand = {row["word"]: (row["type"], float(row["prior"])) for row in read_table("triggers", ("word", "type", "prior")) if float(row["prior"]) != LEARNT}
    priors = retyped(golds, by_hand) | {word: (kind, LEARNT) for word, kind in learnt(golds, set(by_hand)).items()}
    print(f"{len(by_hand)} words by hand, {len(priors) - len(by_hand)} learnt, {sum(priors[w] != by_hand[w] for w in by_hand)} of another type than by hand", flush=True)
    write(options.words, "triggers", [(w, t, f"{p:.2f}", f"{p:.2f}") for w, (t, p) in sorted(priors.items())])
    if options.words != WORDS:
        lexicon.data_file = options.words.parent.joinpath  # type: ignore[assignment]
    found = list(candidates(golds))
    seen, hits = Counter(w for _, w, *_ in found), Counter(w for _, w, _, _, right in found if right)
    seen_in: dict[str, Counter[str]] = defaultdict(Counter)
    hits_in: dict[str, Counter[str]] = defaultdict(Counter)
    for name, word, _, _, right in found:
        seen_in[name][word] += 1
        hits_in[name][word] += right
    rows, rights = [], []
    for name, word, _, signs, right in found:
        if priors[word][1] == LEARNT and hits[word] == hits_in[name][word]:
            continue  # only this article taught the word: on a new one it would not be known
        share = weight(hits[word] - hits_in[name][word], seen[word] - seen_in[name][word], priors[word][1])
        share = min(max(share, 0.02), 0.98)
        rows.append({**signs, "weight": math.log(share / (1 - share))})
        rights.append(right)
    write(options.words, "triggers", [(w, t, f"{p:.2f}", f"{weight(hits[w], seen[w], p):.2f}") for w, (t, p) in sorted(priors.items())])
    write(options.words, "signs", [(sign, f"{value:.2f}") for sign, value in fit(rows, rights).items() if sign != OURS])
    print(f"{len(found)} sightings of {len(seen)} words, {sum(rights)} of them claims")


def write(folder: Path, table: str, rows: list[tuple[str, ...]]) -> None:
    """Rewrites a word list below its comments and its header."""
    path = folder / f"{table}.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    header = next(n for n, line in enumerate(lines) if line and not line.startswith("#"))
    path.write_text("\n".join([*lines[: header + 1], *("\t".join(row) for row in rows)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
