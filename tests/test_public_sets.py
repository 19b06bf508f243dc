"""The measures of the public sets, by examples worked out by hand."""

from __future__ import annotations

import sys
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from telusur.model.span import Span

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import coreference  # noqa: E402
import geoparsing  # noqa: E402
import sentence_ends  # noqa: E402


def chain(*numbers: int) -> frozenset[Span]:
    return frozenset(Span(n, n + 1) for n in numbers)


GOLD = [chain(1, 2, 3, 4, 5), chain(6, 7), chain(8, 9, 10, 11, 12)]
TOLD = [chain(1, 2, 3, 4, 5), chain(6, 7, 8, 9, 10, 11, 12)]


def test_muc_counts_links() -> None:
    """Nine links in gold, all told; ten told, one of them wrong."""
    assert coreference.muc(GOLD, TOLD) == (9, 9)
    assert coreference.muc(TOLD, GOLD) == (9, 10)


def test_b_cubed_counts_mentions() -> None:
    """Bagga and Baldwin's example: precision 76 %, recall 100 %."""
    right, total = coreference.b_cubed(TOLD, GOLD)
    assert right / total == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)
    assert coreference.b_cubed(GOLD, TOLD) == (12, 12)


def test_ceaf_pairs_chains_once() -> None:
    assert coreference.ceaf(GOLD, TOLD) == pytest.approx(1 + 10 / 12)
    assert coreference.ceaf(GOLD, []) == 0


@pytest.mark.parametrize("seed", range(12))
def test_the_best_pairing_is_the_best_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, columns = int(rng.integers(1, 5)), int(rng.integers(1, 6))
    worth = rng.random((rows, columns)).round(3).tolist()
    tall = worth if rows <= columns else [list(c) for c in zip(*worth, strict=True)]
    every = permutations(range(len(tall[0])), len(tall))
    best = max(sum(row[c] for row, c in zip(tall, chosen, strict=True)) for chosen in every)
    assert coreference.best_pairing(worth) == pytest.approx(best)


def test_brackets_of_coreference_become_mentions() -> None:
    """Who is meant stands inside; who means several stands in no chain of one."""
    text, marked = coreference.sacr(
        '{M1:jenis="named-entity person" Rini} dan {M2:jenis="named-entity person" Budi} pulang. {M3:jenis="kata ganti orang tunggal" {M1:jenis="" Ia}}'
        ' lelah, {M4:jenis="kata ganti orang jamak" {M1:jenis="" {M2:jenis="" mereka}}} tidur.'
    )
    assert text == "Rini dan Budi pulang. Ia lelah, mereka tidur."
    chains = {one.span.of(text): one.chain for one in marked}
    assert chains["Ia"] == chains["Rini"]
    assert len({chains["Rini"], chains["Budi"], chains["mereka"]}) == 3


def test_pronouns_go_to_the_nearest_person() -> None:
    text = "Rini Astuti bertemu Budi Santoso. Ia lelah."
    marked = [
        coreference.Marked(Span(0, 11), "name", 1, "PER"),
        coreference.Marked(Span(20, 32), "name", 2, "PER"),
        coreference.Marked(Span(34, 36), "pronoun", 2),
    ]
    assert frozenset({Span(20, 32), Span(34, 36)}) in coreference.told(text, marked, "all")


def test_a_degree_of_latitude_is_about_111_kilometres() -> None:
    assert geoparsing.kilometres((0.0, 106.0), (1.0, 106.0)) == pytest.approx(111.2, abs=0.1)


def test_sentences_count_where_both_ends_are_right() -> None:
    text = "Hujan turun. Warga mengungsi. Sungai meluap."
    ends = {12, 29, len(text)}
    assert sentence_ends.score([(text, ends)], sentence_ends.ours) == (100, 100, 100)
    assert sentence_ends.score([(text, ends)], lambda _: {29, len(text)}) == pytest.approx((50, 100 / 3, 40))
