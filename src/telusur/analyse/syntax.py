"""Syntax on demand: words, lemmas, parts of speech, voice and a dependency tree of one sentence, from the same model as all else.

In: a text and one of its sentences. Out: a `Word` each. Reading an article does not need it (``docs/quality.md`` has
the figures); it is there for whoever studies the texts, and measured on the treebanks by ``benchmarks/publicsets.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from ..lexicon import data_file
from ..model.span import Span
from .encoder import Model, load_model
from .lemmas import NEWS, SCHOOLS, forms, lemma
from .stems import roots
from .words import treebank_words

Floats = npt.NDArray[np.float32]
Heads = npt.NDArray[np.intp]
ROOT = -1
_MOST_PIECES = 480
"""The encoder's positions end at 512."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word in its sentence, cut as the treebanks cut (``anak-anak`` is one, ``-nya`` is one of its own). ``lemma``: see `lemmas.lemma`. ``head`` is its head's place among the words, -1 for the root. ``voice`` is ``Act``,
    ``Pass`` or ``none``. Parts of speech and relations are those of Universal Dependencies 2, without subtypes."""

    span: Span
    lemma: str
    upos: str
    voice: str
    head: int
    relation: str


def parse_sentence(text: str, sentence: Span, model: Model | None = None) -> tuple[Word, ...]:
    """The words of one sentence with their syntax, in the annotation of UD Indonesian CSUI (news).

    Words beyond the model's longest input are left out.
    """
    model = model or load_model()
    words = treebank_words(text, sentence.start, sentence.end, known_words())
    ids, first = [model.pieces.begin], []
    for made in model.pieces.of_words(text, words):
        if len(ids) + len(made) + 1 > _MOST_PIECES:
            break
        first.append(len(ids))
        ids.extend(made)
    if not first:
        return ()
    labels = parse(model, [*ids, model.pieces.stop], first)
    return tuple(
        Word(span, lemma(span.of(text), label[0], begins=n == 0, school=NEWS), *label)
        for n, (span, label) in enumerate(zip(words, labels, strict=False))
    )


@cache
def known_words() -> frozenset[str]:
    """Words of the language that a clitic may follow, or that end as if one did."""
    return frozenset(roots()) | {word for (word, _), by in forms().items() if by.keys() - {SCHOOLS[0]}}


def parse(model: Model, ids: Sequence[int], first: Sequence[int], school: str = "csui") -> list[tuple[str, str, int, str]]:
    """(part of speech, voice, head, relation) of each word of one sentence; ``first`` is where each begins in ``ids``."""
    meta = model.meta["syntax"]
    upos, voices, arcs, child, head = model.run(meta["outputs"], ids, first, "trees", school)
    heads = best_tree(arcs)
    scores = np.einsum("wi,rij,wj->wr", _one_more(child[1:]), _relation_table(model.folder), _one_more(head[heads]))
    root = meta["relations"].index("root")
    scores[:, root] = -np.inf  # a word has this relation where its head is the root, and only there
    relations = scores.argmax(axis=1)
    relations[heads == 0] = root
    return [
        (meta["upos"][int(u)], meta["voices"][int(v)], int(h) - 1, meta["relations"][int(r)])
        for u, v, h, r in zip(upos.argmax(axis=1), voices.argmax(axis=1), heads, relations, strict=True)
    ]


def _one_more(x: Floats) -> Floats:
    return np.concatenate([x, np.ones((len(x), 1), dtype=x.dtype)], axis=1)


@cache
def _relation_table(folder: str) -> Floats:
    at = Path(folder) if folder else data_file("models/reader")
    with (at / "syntax.npz").open("rb") as file, np.load(file) as arrays:
        return cast(Floats, arrays["relation"].astype(np.float32))


def best_tree(arcs: Floats) -> npt.NDArray[np.intp]:
    """Heads of the best tree with one root (Chu and Liu 1965; Edmonds 1967). ``arcs`` (words, 1 + words): how well each
    head fits each word, column 0 the root. Returns a head each, 0 for the root."""
    count = len(arcs)
    scores = np.full((count + 1, count + 1), -1e9, dtype=np.float64)
    scores[1:] = arcs
    np.fill_diagonal(scores, -1e9)
    heads = _tree(scores)
    roots = np.nonzero(heads[1:] == 0)[0] + 1
    if len(roots) > 1:  # one root alone: try each, keep the best
        best, value = heads, -np.inf
        for root in roots:
            only = scores.copy()
            only[1:, 0] = -1e9
            only[root, 0] = scores[root, 0]
            made = _tree(only)
            worth = only[np.arange(1, count + 1), made[1:]].sum()
            if worth > value:
                best, value = made, worth
        heads = best
    return heads[1:]


def _tree(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Heads (the root's own is 0) of the best arborescence over ``scores`` (word, head)."""
    heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return cast(Heads, heads)
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.nonzero(~inside)[0]
    kept = scores[cycle, heads[cycle]]
    size = len(outside) + 1  # the cycle becomes one word, the last
    small = np.full((size, size), -1e9)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    into = scores[np.ix_(cycle, outside)] - kept[:, None]
    entry = into.argmax(axis=0)
    small[-1, :-1] = into.max(axis=0)
    leaving = scores[np.ix_(outside, cycle)]
    exits = leaving.argmax(axis=1)
    small[:-1, -1] = leaving.max(axis=1)
    small[0, :] = -1e9
    found = _tree(small)
    for n, word in enumerate(outside[1:], 1):
        heads[word] = cycle[exits[n]] if found[n] == size - 1 else outside[found[n]]
    heads[cycle[entry[found[-1]]]] = outside[found[-1]]
    return cast(Heads, heads)


def _cycle(heads: npt.NDArray[np.intp]) -> npt.NDArray[np.intp] | None:
    """The words of one cycle, or None."""
    state = np.zeros(len(heads), dtype=np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return np.array(path[path.index(at) :])
        state[path] = 2
    return None
