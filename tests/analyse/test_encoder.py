"""What the model's outputs are read as: the best sequence of labels."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.analyse.encoder import best_labels

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


def is_sequence(path: tuple[int, ...]) -> bool:
    """Whether each ``I-X`` follows a ``B-X`` or an ``I-X``."""
    names = ["O", *(LABELS[p] for p in path)]
    return all(now[0] != "I" or (before != "O" and before[1:] == now[1:]) for before, now in pairwise(names))


@pytest.mark.parametrize(
    ("liked", "expected"),
    [
        ([1, 2, 0], [1, 2, 0]),  # the likeliest labels make a sequence: they stand
        ([0, 2, 0], [0, 1, 0]),  # a name that nothing begins: begun where that costs least
        ([2, 2, 0], [1, 2, 0]),  # at the first word too
        ([1, 4, 0], [1, 2, 0]),  # a name goes on in its own type
    ],
)
def test_names_are_begun_before_they_go_on(liked: list[int], expected: list[int]) -> None:
    """What cannot be is mended where it costs least."""
    logits = np.zeros((len(liked), len(LABELS)), dtype=np.float32)
    logits[np.arange(len(liked)), liked] = 4.0
    logits[np.arange(len(liked)), expected] += 3.0
    assert best_labels(logits, LABELS) == expected


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_no_sequence_is_better(size: int, seed: int) -> None:
    """Of all sequences that may be, the one found has the highest sum."""
    logits = np.random.default_rng(seed).normal(0, 2, (size, len(LABELS))).astype(np.float32)
    best = max(filter(is_sequence, product(range(len(LABELS)), repeat=size)), key=lambda path: sum(float(logits[i, p]) for i, p in enumerate(path)))
    assert best_labels(logits, LABELS) == list(best)
