"""The vocabulary: which words become one piece, and with what they begin."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
from training.vocabulary import count_words, read_table, rows_of, used, whole_words, write_table

from telusur.analyse.pieces import Pieces

SPECIAL = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
TABLE = [*SPECIAL, ("▁", -3.0), ("▁war", -6.0), ("tawan", -7.0), ("▁kota", -5.0), ("▁jem", -8.0), ("ba", -6.0), ("tan", -6.0)]


def test_words_that_save_most_become_one_piece() -> None:
    words = Counter({"▁wartawan": 10, "▁jembatan": 6, "▁kota": 50})
    found = whole_words(TABLE, words, 1)
    assert [word for word, _ in found] == ["▁jembatan"]  # two pieces saved six times, not one saved ten times
    assert [word for word, _ in whole_words(TABLE, words, 9)] == ["▁jembatan", "▁wartawan"]  # `kota` is one piece already


def test_a_whole_word_is_cut_as_one_piece_and_others_as_before() -> None:
    words = Counter({"▁wartawan": 10, "▁kota": 90})
    whole = whole_words(TABLE, words, 5)
    assert math.isclose(whole[0][1], math.log(0.1))
    pieces = Pieces(TABLE + whole)
    assert pieces.of_word("wartawan", after_space=True) == (len(TABLE),)
    assert pieces.of_word("jembatan", after_space=True) == (8, 9, 10)


def test_a_new_piece_begins_as_the_mean_of_what_it_was_cut_into() -> None:
    rows = np.arange(len(TABLE) * 2, dtype=np.float32).reshape(-1, 2)
    chosen = [TABLE[7], ("▁wartawan", -2.0)]
    assert rows_of(chosen, TABLE, rows).tolist() == [rows[7].tolist(), ((rows[5] + rows[6]) / 2).tolist()]


def test_words_are_counted_as_they_are_cut() -> None:
    assert count_words(['"Wartawan" ujarnya, ujar Rini']) == {"▁\"": 1, "Wartawan": 1, '"': 1, "▁ujar": 2, "nya": 1, ",": 1, "▁Rini": 1}


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_table(TABLE, tmp_path / "pieces.tsv")
    assert read_table(tmp_path / "pieces.tsv") == TABLE


def test_rare_pieces_are_left_out_and_words_then_cut_otherwise() -> None:
    table = [*TABLE, ("▁w", -9.0), ("ar", -9.0)]
    words = Counter({"▁wartawan": 9, "▁kota": 2})
    found = [piece for piece, _ in used(table, words, at_least=3)]
    assert found == [*(piece for piece, _ in SPECIAL), "▁war", "tawan", "ba", "▁w", "ar"]  # up to two letters are kept, whatever they count
