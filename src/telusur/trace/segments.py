"""The index of prints: by a print, the texts that hold it. It grows by segments that are merged as they become many.

Comes in: the prints of new texts; prints to look up. Goes out: entries. What is added is written once as a small segment; four
of one size become one of the next, so that an entry is written again only as often as the index grows fourfold, and a
look-up reads one page of each of some few segments. Of a print that many texts hold, merging keeps the first `MOST_HOLDERS`,
and a look-up gives no more, merged or not.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from sqlalchemy import Connection, delete, func, insert, select, update

from ..archive.engine import Archive
from ..archive.schema import print_pages, print_segments, traced_texts
from .pages import (
    NOTHING,
    PAGE_ENTRIES,
    Entries,
    Numbers,
    first_of_each,
    joined,
    pack_page,
    unpack_page,
    within,
)

MAKING, READY, GIVEN_UP = 0, 1, 2

MOST_HOLDERS = 64
"""Texts that are kept for one print: what more hold is a set phrase, boilerplate, or a text that is found by these already."""

FANOUT = 4
"""Segments of one size that become one."""

_PAGE_BITS = 24
_PAGES_AT_ONCE = 400
_PRINTS_AT_ONCE = 100_000
_MERGE_ENTRIES = 400_000
_SMALLEST = 2048


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the index. ``firsts``: the first print of each of its pages."""

    number: int
    entries: int
    firsts: Numbers

    @property
    def level(self) -> int:
        """How often it may be taken to have been merged, by its size."""
        return max(0, math.ceil(math.log(max(1, self.entries / _SMALLEST), FANOUT)))

    def page(self, place: int) -> int:
        return (self.number << _PAGE_BITS) | place


def segments_of(connection: Connection) -> list[Segment]:
    """The segments in use, in the order in which they were made."""
    wanted = select(print_segments).where(print_segments.c.state == READY).order_by(print_segments.c.number)
    return [Segment(row.number, row.entries, np.frombuffer(row.firsts, dtype="<u4")) for row in connection.execute(wanted)]


def look_up(connection: Connection, prints: Numbers) -> Entries:
    """The entries of these prints (sorted, each once), sorted by print and number; of each print the first `MOST_HOLDERS`."""
    segments = segments_of(connection)
    found = []
    for start in range(0, len(prints), _PRINTS_AT_ONCE):
        some = prints[start : start + _PRINTS_AT_ONCE]
        found.append(first_of_each(joined([part for segment in segments for part in _look_up_in(connection, segment, some)]), MOST_HOLDERS))
    return (np.concatenate([part[0] for part in found]), np.concatenate([part[1] for part in found])) if found else NOTHING


def _look_up_in(connection: Connection, segment: Segment, prints: Numbers) -> Iterator[Entries]:
    if not len(prints) or not len(segment.firsts):
        return
    last = np.searchsorted(segment.firsts, prints, side="right") - 1
    first = np.maximum(0, np.searchsorted(segment.firsts, prints, side="left") - 1)
    wanted = np.unique(np.concatenate((first, last[last >= 0])))
    for start in range(0, len(wanted), _PAGES_AT_ONCE):
        pages = list(_read_pages(connection, segment, wanted[start : start + _PAGES_AT_ONCE].tolist()))
        held, holders = np.concatenate([page[0] for page in pages]), np.concatenate([page[1] for page in pages])
        some = prints[np.searchsorted(prints, held[0]) : np.searchsorted(prints, held[-1], side="right")]
        low, high = np.searchsorted(held, some, side="left"), np.searchsorted(held, some, side="right")
        yield np.repeat(some, high - low), within(holders, low, high)


def _read_pages(connection: Connection, segment: Segment, places: Sequence[int]) -> Iterator[Entries]:
    for start in range(0, len(places), _PAGES_AT_ONCE):
        numbers = [segment.page(place) for place in places[start : start + _PAGES_AT_ONCE]]
        wanted = select(print_pages.c.data).where(print_pages.c.number.in_(numbers)).order_by(print_pages.c.number)
        for data in connection.execute(wanted).scalars():
            yield unpack_page(data)


# --- adding -----------------------------------------------------------------------------------------------------


def add_segment(connection: Connection, entries: Entries) -> None:
    """Adds entries (sorted) as a segment of their own."""
    if not len(entries[0]):
        return
    number = _next_number(connection)
    pages = list(_cut(entries))
    connection.execute(insert(print_pages), [{"number": (number << _PAGE_BITS) | n, "data": pack_page(page)} for n, page in enumerate(pages)])
    firsts = np.array([page[0][0] for page in pages], dtype="<u4").tobytes()
    connection.execute(insert(print_segments).values(number=number, state=READY, entries=len(entries[0]), firsts=firsts))


def _cut(entries: Entries) -> Iterator[Entries]:
    for start in range(0, len(entries[0]), PAGE_ENTRIES):
        yield entries[0][start : start + PAGE_ENTRIES], entries[1][start : start + PAGE_ENTRIES]


def _next_number(connection: Connection) -> int:
    greatest: int = connection.execute(select(func.coalesce(func.max(print_segments.c.number), 0))).scalar_one()
    return greatest + 1


# --- merging ----------------------------------------------------------------------------------------------------


def tidy(archive: Archive, told: Callable[[], None] = lambda: None) -> None:
    """Merges what has become many, and takes out what a run that was stopped left half made."""
    _drop(archive, (MAKING, GIVEN_UP))
    while True:
        with archive.reading() as connection:
            due = _due(segments_of(connection))
        if not due:
            return
        merge(archive, due)
        told()


def _due(segments: Sequence[Segment]) -> list[Segment]:
    """Segments of one size of which there are too many."""
    by_level: dict[int, list[Segment]] = {}
    for segment in segments:
        by_level.setdefault(segment.level, []).append(segment)
    return next((group for _, group in sorted(by_level.items()) if len(group) >= FANOUT), [])


def clean(archive: Archive) -> None:
    """Makes the whole index anew without texts that are gone: nothing is left of what was removed."""
    with archive.reading() as connection:
        segments = segments_of(connection)
    if segments:
        merge(archive, segments)


def merge(archive: Archive, segments: Sequence[Segment]) -> None:
    """Makes one segment of several, in short steps; until the last one the old ones are in use.

    Where another program has taken this one for dead and dropped what it made, nothing is changed.
    """
    token = secrets.token_bytes(8)
    made = archive.write(lambda connection: _begin(connection, token))
    firsts: list[int] = []
    pending = NOTHING
    entries = 0
    with archive.reading() as connection:
        for part in _parts(connection, segments, _gone(connection)):
            pending = (np.concatenate((pending[0], part[0])), np.concatenate((pending[1], part[1])))
            whole = len(pending[0]) - len(pending[0]) % PAGE_ENTRIES
            entries += whole
            if not _write(archive, made, token, firsts, (pending[0][:whole], pending[1][:whole])):
                return
            pending = (pending[0][whole:], pending[1][whole:])
    entries += len(pending[0])
    if not _write(archive, made, token, firsts, pending):
        return
    numbers = [segment.number for segment in segments]

    def finish(connection: Connection) -> None:
        """Puts the new one in the place of the old ones, where they are all still there."""
        there = connection.execute(select(func.count()).where(print_segments.c.number.in_(numbers), print_segments.c.state == READY)).scalar_one()
        if there == len(numbers) and _is_mine(connection, made, token):
            values = {"state": READY, "entries": entries, "firsts": np.array(firsts, dtype="<u4").tobytes()}
            connection.execute(update(print_segments).where(print_segments.c.number == made).values(values))
            connection.execute(update(print_segments).where(print_segments.c.number.in_(numbers)).values(state=GIVEN_UP))

    archive.write(finish)
    _drop(archive, (GIVEN_UP,))


def _begin(connection: Connection, token: bytes) -> int:
    number = _next_number(connection)
    connection.execute(insert(print_segments).values(number=number, state=MAKING, entries=0, firsts=token))
    return number


def _is_mine(connection: Connection, made: int, token: bytes) -> bool:
    wanted = select(print_segments.c.firsts).where(print_segments.c.number == made, print_segments.c.state == MAKING)
    return connection.execute(wanted).scalar() == token


def _write(archive: Archive, made: int, token: bytes, firsts: list[int], entries: Entries) -> bool:
    """Writes the pages of these entries; whether the segment is still there to be written to."""
    pages = list(_cut(entries))
    for start in range(0, len(pages), _PAGES_AT_ONCE):
        some = pages[start : start + _PAGES_AT_ONCE]
        rows = [{"number": (made << _PAGE_BITS) | (len(firsts) + n), "data": pack_page(page)} for n, page in enumerate(some)]

        def put(connection: Connection) -> bool:
            mine = _is_mine(connection, made, token)
            if mine:
                connection.execute(insert(print_pages), rows)  # noqa: B023
            return mine

        if not archive.write(put):
            return False
        firsts += [int(page[0][0]) for page in some]
    return True


def _parts(connection: Connection, segments: Sequence[Segment], gone: Numbers) -> Iterator[Entries]:
    """The entries of several segments by ranges of prints, which spread evenly, so that only some are held at a time."""
    ranges = max(1, sum(segment.entries for segment in segments) // _MERGE_ENTRIES)
    bounds = [(n << 32) // ranges for n in range(ranges + 1)]
    for low, high in pairwise(bounds):
        found = [part for segment in segments for part in _range(connection, segment, low, high)]
        prints, holders = joined(found) if found else NOTHING
        if len(gone):
            stays = ~np.isin(holders, gone)
            prints, holders = prints[stays], holders[stays]
        yield first_of_each((prints, holders), MOST_HOLDERS)


def _range(connection: Connection, segment: Segment, low: int, high: int) -> Iterator[Entries]:
    firsts = segment.firsts.astype(np.int64)
    first = max(0, int(np.searchsorted(firsts, low, side="left")) - 1)
    end = int(np.searchsorted(firsts, high, side="left"))
    for prints, holders in _read_pages(connection, segment, range(first, end)):
        inside = (prints >= low) & (prints.astype(np.int64) < high)
        yield prints[inside], holders[inside]


def _gone(connection: Connection) -> Numbers:
    """Numbers of texts that no article carries any more."""
    greatest, count = connection.execute(select(func.coalesce(func.max(traced_texts.c.number), 0), func.count()).select_from(traced_texts)).one()
    if greatest == count:
        return NOTHING[0]
    there = np.zeros(greatest + 1, dtype=bool)
    for some in connection.execution_options(yield_per=10_000).execute(select(traced_texts.c.number)).scalars().partitions(10_000):
        there[np.asarray(some)] = True
    return np.flatnonzero(~there).astype(np.uint32)


def _drop(archive: Archive, states: tuple[int, ...]) -> None:
    """Takes segments of these states out, some pages at a time."""
    while True:
        with archive.reading() as connection:
            number = connection.execute(select(print_segments.c.number).where(print_segments.c.state.in_(states)).limit(1)).scalar()
        if number is None:
            return
        low, high = number << _PAGE_BITS, (number + 1) << _PAGE_BITS
        while archive.write(lambda connection: _drop_some(connection, low, high)):  # noqa: B023
            pass
        archive.write(lambda connection: connection.execute(delete(print_segments).where(print_segments.c.number == number)))  # noqa: B023


def _drop_some(connection: Connection, low: int, high: int) -> int:
    some = select(print_pages.c.number).where(print_pages.c.number >= low, print_pages.c.number < high).limit(_PAGES_AT_ONCE)
    numbers = connection.execute(some).scalars().all()
    if numbers:
        connection.execute(delete(print_pages).where(print_pages.c.number.in_(numbers)))
    return len(numbers)
