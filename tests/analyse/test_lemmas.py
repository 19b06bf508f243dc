"""Lemmas: rows by rule, the treebanks' test files as a floor, and no word that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training.lemmas import softmax, sound
from training.treebanks import FILES, UPOS, read_conllu

from telusur.analyse.lemmas import SCHOOLS, candidates, forms, lemma
from telusur.analyse.stems import LONGEST_WORD

FLOORS = {"gsd": 98.0, "csui": 99.0}


@pytest.mark.parametrize(
    ("form", "upos", "expected", "why"),
    [
        ("menyatakan", "VERB", "nyata", "the treebanks have it"),
        ("diselaraskan", "VERB", "laras", "two prefixes off a known root"),
        ("mensterilkan", "VERB", "steril", "a nasal that swallows nothing"),
        ("anak-anak", "NOUN", "anak", "said twice"),
        ("bertanya-tanya", "VERB", "tanya", "said twice behind a prefix"),
        ("sayur-mayur", "NOUN", "sayur", "said twice with another sound"),
        ("rumahku", "NOUN", "rumah", "a clitic that was not split off"),
        ("xylofon", "NOUN", "xylofon", "an unknown word stays"),
        ("Bandung", "PROPN", "Bandung", "a name stays as it is"),
        ("tersebut", "DET", "sebut", "small words as CSUI has them"),
        ("2017", "NUM", "2017", "numbers stay"),
    ],
)
def test_lemmas_of_single_words(form: str, upos: str, expected: str, why: str) -> None:
    assert lemma(form, upos) == expected, why


def test_schools_part_over_small_words() -> None:
    """GSD says who is meant, CSUI keeps the word."""
    assert lemma("nya", "PRON", school="gsd") == "dia"
    assert lemma("nya", "PRON", school="csui") == "nya"


def test_a_capital_inside_a_sentence_keeps_a_noun_whole() -> None:
    """CSUI leaves the nouns of a body's name as they are; at the beginning a capital says nothing."""
    assert lemma("Pendanaan", "NOUN") == "pendanaan"
    assert lemma("Pendanaan", "NOUN", begins=True) == "dana"


@pytest.mark.parametrize("school", FLOORS)
def test_floors_on_the_test_files(shared: Path, school: str) -> None:
    """Share of right lemmas, lower-cased, all words, with the treebank's own parts of speech."""
    right = total = 0
    for _, tokens in read_conllu(shared / "data" / FILES["test"][school]):
        right += sum(lemma(t.form, t.upos, begins=n == 0, school=school).lower() == t.lemma.lower() for n, t in enumerate(tokens))
        total += len(tokens)
    assert 100 * right / total >= FLOORS[school]


def test_the_table_is_lower_case_and_knows_its_parts_of_speech() -> None:
    for (word, upos), by in forms().items():
        assert word == word.lower()
        assert upos in UPOS
        assert by
        assert by.keys() <= set(SCHOOLS)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.sampled_from(UPOS))
def test_any_word_has_a_lemma(word: str, upos: str) -> None:
    """One of its candidates, and never an empty one."""
    found = lemma(word, upos)
    assert bool(found) == bool(word)
    if upos == "NOUN" and len(word) <= LONGEST_WORD and (word.lower(), upos) not in forms():
        assert found in {one.lemma for one in candidates(word.lower())}


def test_candidates_stand_once_and_the_word_first() -> None:
    found = [one.lemma for one in candidates("berkali-kali")]
    assert found[0] == "berkali-kali"
    assert "kali" in found
    assert len(found) == len(set(found))


def test_weights_learn_what_the_rows_teach() -> None:
    rows = [([["whole"], ["taken", "root"]], 1)] * 5 + [([["whole"], ["taken"]], 0)] * 5
    weights = softmax(rows)
    assert weights["taken"] + weights["root"] > weights["whole"] > weights["taken"]


@pytest.mark.parametrize(("word", "told", "right"), [("pemerintah", "penperintah", False), ("puterinya", "_", False), ("penting", "penting", True)])
def test_halves_that_a_program_left_teach_nothing(word: str, told: str, right: bool) -> None:
    assert sound(word, told) == right
