"""Which texts are compared: those with a run of words long enough for a copy, not those with a few phrases; whoever came first."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from telusur.trace.candidates import MOST_CANDIDATES, WORN_TRIED, find_candidates, pairs_of
from telusur.trace.judge import LEAST_SAME
from telusur.trace.pages import NOTHING, joined
from telusur.trace.prints import place_prints


def compared(*texts: list[int], families: dict[int, int] | None = None) -> list[tuple[int, int]]:
    """Pairs of these texts, numbered from 1, that are compared where all come at once."""
    numbers = np.arange(1, len(texts) + 1, dtype=np.uint32)
    placed = place_prints(texts)
    index = joined([(placed.prints, np.repeat(numbers, np.diff(placed.bounds)))])
    return pairs_of(find_candidates(numbers, placed, (index, NOTHING), lambda some: {one: (families or {}).get(one, one) for one in some}).others)


def compared_in_turn(*texts: list[int]) -> list[tuple[int, int]]:
    """The same, where each is looked up among those before it."""
    pairs = {}
    for number in range(2, len(texts) + 1):
        before, mine = place_prints(texts[: number - 1]), place_prints([texts[number - 1]])
        index = joined([(before.prints, np.repeat(np.arange(1, number, dtype=np.uint32), np.diff(before.bounds)))])
        own = (mine.prints, np.full(len(mine.prints), number, dtype=np.uint32))
        pairs |= find_candidates(np.array([number], dtype=np.uint32), mine, (own, index), lambda some: {one: one for one in some}).others
    return pairs_of(pairs)


def words(chance: random.Random, count: int) -> list[int]:
    return [chance.randrange(2**32) for _ in range(count)]


@given(st.integers(0, 2**32 - 1), st.integers(0, 60), st.integers(0, 60))
def test_a_run_as_long_as_a_copy_is_always_compared(seed: int, before: int, behind: int) -> None:
    """Wherever it stands in either text, and whichever of the two came first."""
    chance = random.Random(seed)
    run = words(chance, LEAST_SAME)
    one, other = [*words(chance, before), *run, *words(chance, behind)], [*words(chance, behind), *run, *words(chance, before)]
    assert compared(one, other) == compared_in_turn(one, other) == compared_in_turn(other, one) == [(1, 2)]


@given(st.integers(0, 2**32 - 1))
def test_two_phrases_are_no_reason_to_compare(seed: int) -> None:
    """As any two texts of one field share them; one that is longer is one."""
    chance = random.Random(seed)
    phrases = [words(chance, 5), words(chance, 5)]
    one, other = ([word for phrase in phrases for word in (*words(chance, 30), *phrase)] for _ in range(2))
    assert compared(one, other) == compared_in_turn(one, other) == []


def test_what_everybody_prints_is_no_reason_to_compare() -> None:
    """A passage in many texts that have nothing else to do with one another; where they are one story, some of them are compared."""
    chance = random.Random(7)
    passage = words(chance, 40)
    texts = [[*words(chance, 150), *passage, *words(chance, 150)] for _ in range(40)]
    assert compared(*texts) == []
    story = compared(*texts, families=dict.fromkeys(range(1, 41), 1))
    assert {one for pair in story for one in pair} == set(range(1, 41))
    assert len(story) < 40 * 4


def test_what_everybody_has_is_looked_for_in_a_few_only() -> None:
    """Of texts of which a good part is one passage that a hundred print: eight are compared at first, the others where it is one text with one."""
    chance = random.Random(11)
    passage = words(chance, 80)
    texts = [[*words(chance, 60), *passage, *words(chance, 60)] for _ in range(100)]
    mine = [*words(chance, 60), *passage, *words(chance, 60)]

    def asked(count: int) -> tuple[int, int]:
        before, own = place_prints(texts[:count]), place_prints([mine])
        index = joined([(before.prints, np.repeat(np.arange(1, count + 1, dtype=np.uint32), np.diff(before.bounds)))])
        entries = (own.prints, np.full(len(own.prints), 999, dtype=np.uint32))
        found = find_candidates(np.array([999], dtype=np.uint32), own, (entries, index), lambda some: {one: one for one in some})
        return len(found.others[999]), len(found.later.get(999, ()))

    assert asked(100) == (WORN_TRIED, MOST_CANDIDATES - WORN_TRIED)
    assert asked(30) == (30, 0)
