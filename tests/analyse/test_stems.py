"""Stems: what must meet does, names stay, and nothing that comes in breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.analyse.affixes import take_apart
from telusur.analyse.stems import LONGEST, stem, stems

PAIRS = [
    line.split("\t")
    for line in Path(__file__).with_name("affix_pairs.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith(("#", "word\t"))
]
LEAST_FOUND = 0.98


def meet(one: str, other: str) -> bool:
    return bool(set(stems(one)) & set(stems(other)))


def test_the_pairs_are_enough_and_none_stands_twice() -> None:
    """A floor over few pairs says little."""
    assert len([p for p in PAIRS if p[2] == "yes"]) >= 300
    assert len({(p[0], p[1]) for p in PAIRS}) == len(PAIRS)


def test_nearly_all_pairs_that_must_meet_do() -> None:
    """Recall over the pairs made by hand, which cover every affix."""
    must = [(word, base) for word, base, meets, _ in PAIRS if meets == "yes"]
    missed = [pair for pair in must if not meet(*pair)]
    assert len(missed) <= (1 - LEAST_FOUND) * len(must), missed


@pytest.mark.parametrize(("word", "base"), [(word, base) for word, base, meets, _ in PAIRS if meets == "no"])
def test_what_must_not_meet_does_not(word: str, base: str) -> None:
    """Names, look-alikes, and the wrong one of two roots."""
    assert not meet(word, base)


@pytest.mark.parametrize(
    ("word", "expected", "why"),
    [
        ("memberangkatkan", "berangkat", "two prefixes and a suffix"),
        ("menyatakan", "nyata", "ny- belongs to the root here"),
        ("menyerang", "serang", "and hides an s here"),
        ("Sukarno", "sukarno", "a name stays"),
        ("xylofonikus", "xylofonikus", "an unknown word stays"),
        ("memviralkan", "viral", "a new verb that its affixes give away"),
        ("2017", "2017", "numbers stay"),
        ("Dés", "des", "marks on letters go"),
    ],
)
def test_stems_of_single_words(word: str, expected: str, why: str) -> None:
    """Rows that tell the rules apart."""
    assert stems(word) == [expected], why


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_words_of_letters_and_digits(text: str) -> None:
    """What the index takes: no space, no mark, no capital, no great length; and a stem asked for again is found."""
    for word in stems(text):
        assert word.isalnum()
        assert 0 < len(word) <= LONGEST
        assert stem(word) is stem(word)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abdegikmnprstuy", max_size=24))
def test_a_part_stands_inside_its_word(word: str) -> None:
    """Whatever is taken off, the rest is the word's own letters, but for the one that a nasal swallowed."""
    for part in take_apart(word):
        assert part.rest[part.swallowed :] in word
        assert part.affixes > 0


def test_a_long_run_of_affixes_takes_no_long_time() -> None:
    """A word that is no word is not taken apart."""
    assert stem("meng" * 50_000) == ("meng" * 50_000)[:LONGEST]
