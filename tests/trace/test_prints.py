"""Words and prints: the same everywhere, found wherever eight words in a row are shared."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.trace.pages import PAGE_ENTRIES, first_of_each, joined, pack_page, unpack_page
from telusur.trace.prints import SURE_WORDS, make_prints, place_prints, words_of
from telusur.trace.texts import pack_blocks, take_apart, unpack_blocks


def words(text: str) -> tuple[str, ...]:
    told = words_of(text, [("paragraph", 0, len(text))])
    return tuple(text[start:end] for start, end in zip(told.starts, told.ends, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harga beras Rp 12.500 per kg", ("Harga", "beras", "Rp", "12.500", "per", "kg")),
        ("HargaBitcoin naik", ("Harga", "Bitcoin", "naik")),  # pages lose the blank at a link
        ("KPK, (25/6/2025)", ("KPK", "25", "6", "2025")),
        ("undang-undang", ("undang", "undang")),
    ],
)
def test_words_are_cut_at_marks_and_at_lost_blanks(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@given(st.text(alphabet="aBC d9.,_-“”\n", max_size=40))
def test_plain_words_are_found_as_any_are(text: str) -> None:
    """Texts of plain letters are cut by a shorter rule, and no otherwise."""
    assert words(text) == words(text + " é")[:-1]


def test_prints_of_many_texts_are_those_of_each() -> None:
    """Texts are winnowed together, and none tells of the one beside it."""
    chance = random.Random(3)
    texts = [[chance.randrange(40) for _ in range(size)] for size in (0, 3, 5, 6, 7, 8, 9, 60, 1, 300)]
    placed = place_prints(texts)
    for keys, low, high in zip(texts, placed.bounds, placed.bounds[1:], strict=False):
        assert placed.prints[low:high].tolist() == make_prints(keys).tolist()
        for mark, place in zip(placed.prints[low:high], placed.places[low:high], strict=True):
            assert mark in make_prints(keys[place : place + 5])
            assert place == min(at for at in range(len(keys) - 4) if make_prints(keys[at : at + 5]).tolist() == [mark])


def test_case_and_marks_do_not_matter() -> None:
    """What an outlet's house style changes changes no print."""
    one, other = "Kapal itu kandas, kata nakhoda: “arus deras”.", "KAPAL ITU KANDAS KATA NAKHODA ARUS DERAS"
    assert words_of(one, [("lead", 0, len(one))]).keys == words_of(other, [("lead", 0, len(other))]).keys


def test_prints_are_the_same_on_every_machine() -> None:
    """The archive of one machine is read by another."""
    keys = words_of(text := "Nelayan setempat menjemput lebih dari seratus orang dari geladak sebelum fajar.", [("paragraph", 0, len(text))]).keys
    assert make_prints(keys).tolist() == [1617210173, 1633270863, 2947951679]


@given(st.integers(0, 2**32 - 1), st.integers(0, 40), st.integers(0, 40))
def test_a_shared_run_shares_a_print(seed: int, before: int, behind: int) -> None:
    """Eight words in a row are enough, wherever they stand."""
    chance = random.Random(seed)
    run = [chance.randrange(2**32) for _ in range(SURE_WORDS)]

    def among(size: int) -> list[int]:
        own = [chance.randrange(2**32) for _ in range(size)]
        at = chance.randint(0, size)
        return [*own[:at], *run, *own[at:]]

    assert np.intersect1d(make_prints(among(before)), make_prints(among(behind))).size


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few_words_have_no_prints(count: int) -> None:
    assert not len(make_prints(range(count)))


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)), min_size=1, max_size=200))
def test_a_page_comes_back_as_it_went_in(entries: list[tuple[int, int]]) -> None:
    whole = joined([(np.array([p for p, _ in entries], dtype=np.uint32), np.array([h for _, h in entries], dtype=np.uint32))])
    back = unpack_page(pack_page(whole))
    assert back[0].tolist() == whole[0].tolist()
    assert back[1].tolist() == whole[1].tolist()


def test_a_page_is_small() -> None:
    """At most four bytes an entry, in an archive of ten thousand texts."""
    chance = np.random.default_rng(1)
    prints = np.sort(chance.integers(0, 2**32 // 250, PAGE_ENTRIES, dtype=np.uint32))
    assert len(pack_page((prints, chance.integers(0, 10_000, PAGE_ENTRIES, dtype=np.uint32)))) < 4 * PAGE_ENTRIES


def test_a_broken_page_says_so() -> None:
    with pytest.raises(ValueError, match="page of prints"):
        unpack_page(b"\1\0\0\0\0\0\1 nonsense")


def test_only_the_first_holders_of_a_print_are_kept() -> None:
    prints, holders = first_of_each((np.array([1, 1, 1, 2], dtype=np.uint32), np.array([4, 5, 6, 7], dtype=np.uint32)), 2)
    assert (prints.tolist(), holders.tolist()) == ([1, 1, 2], [4, 5, 7])


def test_blocks_come_back() -> None:
    blocks = (("lead", 3, 40), ("heading", 41, 60), ("paragraph", 60, 9000))
    assert unpack_blocks(pack_blocks(blocks)) == blocks


def test_a_text_is_itself_however_it_is_set() -> None:
    """Blanks and quotation marks make no other text; another word does."""

    def hash_of(text: str) -> int:
        return take_apart(text, [("paragraph", 0, len(text))]).hash

    one = hash_of("“Kami berangkat subuh,” kata  nakhoda kapal itu kepada petugas.")
    assert one == hash_of('"Kami berangkat subuh," kata nakhoda kapal itu kepada petugas.')
    assert one != hash_of('"Kami berangkat siang," kata nakhoda kapal itu kepada petugas.')
