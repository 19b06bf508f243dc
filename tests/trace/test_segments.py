"""The index of prints: few segments however it grew, and the same answers whatever was merged; nothing left of what is gone."""

from __future__ import annotations

import math
import random
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, select

from telusur.archive import Archive
from telusur.archive.migrations import write_meta
from telusur.archive.tracing_tables import print_pages, print_segments, traced_texts
from telusur.trace.merging import clean, merge, tidy
from telusur.trace.pages import PAGE_ENTRIES, Entries, joined, once
from telusur.trace.segments import MOST_HOLDERS, SMALL, UNCLEAN, add_segment, due, look_up, segments_of


def entries_of(text: int, prints: list[int]) -> Entries:
    return joined([(np.array(prints, dtype=np.uint32), np.full(len(prints), text, dtype=np.uint32))])


def add(archive: Archive, entries: Entries) -> None:
    archive.write(lambda connection: add_segment(connection, entries))


def found(archive: Archive, prints: list[int]) -> dict[int, list[int]]:
    """By each of these prints the texts that hold it."""
    told = defaultdict(list)
    with archive.reading() as connection:
        for mark, text in zip(*look_up(connection, once(np.array(prints, dtype=np.uint32))), strict=True):
            told[int(mark)].append(int(text))
    return dict(told)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([5], []),
        ([5, 5], []),  # each is as large as all smaller ones together
        ([5, 5, 5], [0, 1, 2]),
        ([8, 4, 2, 2], []),
        ([8, 4, 2, 1, 1], []),
        ([8, 4, 2, 2, 1], [0, 1, 2, 3, 4]),  # one carries over to all
        ([1, 100, 1, 1, 50], [0, 2, 3]),  # whichever came first
    ],
)
def test_segments_are_merged_where_the_smaller_ones_have_become_more(sizes: list[int], expected: list[int]) -> None:
    assert due(sizes) == expected


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=60))
def test_there_are_no_more_segments_than_the_index_has_doubled(added: list[int]) -> None:
    sizes: list[int] = []
    for size in added:
        sizes.append(size)
        merged = set(due(sizes))
        sizes = [one for place, one in enumerate(sizes) if place not in merged] + ([sum(sizes[place] for place in merged)] if merged else [])
        assert due(sizes) == []
        assert len(sizes) <= math.log2(sum(sizes)) + 2


def test_what_is_added_one_by_one_is_found_in_few_segments(archive: Archive) -> None:
    """As if it had come at once; a page of many texts' common print is no matter."""
    chance = random.Random(4)
    expected = defaultdict(list)
    for text in range(1, 61):
        prints = sorted({7, *(chance.randrange(500, 1400) for _ in range(1000))})
        for mark in prints:
            expected[mark].append(text)
        add(archive, entries_of(text, prints))
        tidy(archive)
    assert found(archive, list(expected)) == {mark: texts[:MOST_HOLDERS] for mark, texts in expected.items()}
    with archive.reading() as connection:
        segments = segments_of(connection)
        pages = connection.execute(select(func.count()).select_from(print_pages)).scalar_one()
    assert len(segments) <= 12
    assert pages == sum(len(segment.firsts) for segment in segments)
    assert [segment.entries for segment in segments if segment.entries > SMALL]


def test_large_segments_are_merged_beside_small_ones(archive: Archive) -> None:
    """Small ones are left to who adds the next."""
    for text in range(3):
        add(archive, entries_of(text + 1, list(range(text, 3 * (SMALL + 1), 3))))
    add(archive, entries_of(4, [1, 2**32 - 1]))
    tidy(archive)
    with archive.reading() as connection:
        assert sorted(segment.entries for segment in segments_of(connection)) == [2, 3 * (SMALL + 1)]
    assert found(archive, [0, 1, 2, 2**32 - 1]) == {0: [1], 1: [2, 4], 2: [3], 2**32 - 1: [4]}


def test_nothing_is_merged_while_texts_that_are_gone_are_in_the_index(archive: Archive) -> None:
    """Else who takes them out would not find them where they were; then they are out."""
    for text in range(1, 6):
        if text == 3:
            archive.write(lambda connection: write_meta(connection, UNCLEAN, "yes"))
        add(archive, entries_of(text, list(range(PAGE_ENTRIES))))
        tidy(archive)
    with archive.reading() as connection:
        assert len(segments_of(connection)) == 5
    there = [{"number": text, "hash": text, "words": 1, "family": text} for text in (1, 3, 4)]
    archive.write(lambda connection: connection.execute(insert(traced_texts), there))
    clean(archive)
    with archive.reading() as connection:
        assert len(segments_of(connection)) == 1
    assert found(archive, [0, 9]) == {0: [1, 3, 4], 9: [1, 3, 4]}


def test_a_merge_whose_segment_was_merged_meanwhile_changes_nothing(archive: Archive) -> None:
    for text in (1, 2):
        add(archive, entries_of(text, [5, 6]))
    with archive.reading() as connection:
        before = segments_of(connection)
    add(archive, entries_of(3, [5, 6]))
    assert not merge(archive, before)
    with archive.reading() as connection:
        assert [segment.entries for segment in segments_of(connection)] == [6]
        assert connection.execute(select(func.count()).select_from(print_segments)).scalar_one() == 2  # the next tidying takes out what was made
    tidy(archive)
    assert found(archive, [5]) == {5: [1, 2, 3]}
