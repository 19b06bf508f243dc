"""Trees against every possible tree, and the shipped model's syntax on sentences of our own."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from telusur.analyse.syntax import ROOT, best_tree, parse_sentence
from telusur.model.span import Span


def _is_tree(heads: tuple[int, ...]) -> bool:
    if sum(h == 0 for h in heads) != 1:
        return False
    for start in range(1, len(heads) + 1):
        seen, at = set(), start
        while at and at not in seen:
            seen.add(at)
            at = heads[at - 1]
        if at:
            return False
    return True


@pytest.mark.parametrize("seed", range(40))
def test_the_best_tree_is_the_best_of_all_trees(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 6))
    arcs = rng.normal(size=(count, count + 1)).astype(np.float32)
    found = best_tree(arcs)
    assert _is_tree(tuple(int(h) for h in found))
    every = (h for h in itertools.product(range(count + 1), repeat=count) if _is_tree(h))
    best = max(sum(float(arcs[i, h]) for i, h in enumerate(heads)) for heads in every)
    assert sum(float(arcs[i, h]) for i, h in enumerate(found)) == pytest.approx(best, abs=1e-4)


def test_a_long_sentence_ends() -> None:
    arcs = np.random.default_rng(1).normal(size=(200, 201)).astype(np.float32)
    assert _is_tree(tuple(int(h) for h in best_tree(arcs)))


@pytest.mark.parametrize(
    ("sentence", "word", "upos", "voice", "relation"),
    [
        ("Polisi menangkap dua warga di Bandung.", "menangkap", "VERB", "Act", "root"),
        ("Dua warga ditangkap polisi di Bandung.", "ditangkap", "VERB", "Pass", "root"),
        ("Dua warga ditangkap polisi di Bandung.", "warga", "NOUN", "none", "nsubj"),
        ("Polisi menangkap dua warga di Bandung.", "Bandung", "PROPN", "none", "obl"),
    ],
)
def test_syntax_of_plain_sentences(sentence: str, word: str, upos: str, voice: str, relation: str) -> None:
    words = parse_sentence(sentence, Span(0, len(sentence)))
    (found,) = [w for w in words if w.span.of(sentence) == word]
    assert (found.upos, found.voice, found.relation) == (upos, voice, relation)
    assert (found.head == ROOT) == (relation == "root")


def test_words_are_the_treebanks_and_have_lemmas() -> None:
    """Words said twice are one, clitics are their own, and each has its lemma."""
    text = "Apakah anak-anaknya diberangkatkan ke Bandung pada 1990-an dengan Rp9.300?"
    found = [(w.span.of(text), w.lemma) for w in parse_sentence(text, Span(0, len(text)))]
    assert found == [
        ("Apa", "apa"), ("kah", "kah"), ("anak-anak", "anak"), ("nya", "nya"), ("diberangkatkan", "berangkat"), ("ke", "ke"),
        ("Bandung", "Bandung"), ("pada", "pada"), ("1990-an", "1990-an"), ("dengan", "dengan"), ("Rp", "rp"), ("9.300", "9.300"), ("?", "?"),
    ]  # fmt: skip


def test_no_words_no_tree() -> None:
    assert parse_sentence("   ", Span(0, 3)) == ()
