"""The index of prints: by a print, the texts that hold it. It grows by segments that are merged as they become many.

Comes in: the prints of new texts; prints to look up. Goes out: entries. What is added is written once as a small segment, and segments
are merged (`due`) so that each holds at least as much as all smaller ones together: an entry is written again only where what it stands in
doubles, and there are no more segments than the index has doubled, so that a look-up reads one page of each of some few. Of a print
that many texts hold, merging keeps the first `MOST_HOLDERS`, and a look-up gives no more, merged or not.

Small segments are merged where one is added, in the same transaction; larger ones in short steps of their own (`merging`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from sqlalchemy import Connection, delete, func, insert, select

from ..archive.migrations import read_meta
from ..archive.tracing_tables import print_pages, print_segments
from .pages import (
    NOTHING,
    PAGE_ENTRIES,
    Entries,
    Numbers,
    find_in_pages,
    first_of_each,
    joined,
    once,
    pack_page,
    unpack_pages,
)

MAKING, READY, GIVEN_UP = 0, 1, 2

UNCLEAN = "traced-unclean"
"""Says, in `schema.meta`, that texts are gone of which the index still has entries. Until they are out nothing is merged but by who takes
them out."""

MOST_HOLDERS = 64
"""Texts that are kept for one print: what more hold is a set phrase, boilerplate, or a text that is found by these already."""

SMALL = 16 * PAGE_ENTRIES
"""Entries up to which a segment is small: some hundred and fifty articles."""

PAGES_AT_ONCE = 400
_PAGE_BITS = 24
_PRINTS_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the index. ``firsts``: the first print of each of its pages."""

    number: int
    entries: int
    firsts: Numbers

    def page(self, place: int) -> int:
        return page_number(self.number, place)


def page_number(segment: int, place: int) -> int:
    """The number of a segment's page."""
    return (segment << _PAGE_BITS) | place


def segments_of(connection: Connection) -> list[Segment]:
    """The segments in use, in the order in which they were made."""
    wanted = select(print_segments).where(print_segments.c.state == READY).order_by(print_segments.c.number)
    return [Segment(row.number, row.entries, np.frombuffer(row.firsts, dtype="<u4")) for row in connection.execute(wanted)]


def due(sizes: Sequence[int]) -> list[int]:
    """Places of those that are to be merged, by their sizes; none where each is as large as all smaller ones together."""
    places = sorted(range(len(sizes)), key=lambda place: (sizes[place], place))
    below, last = 0, 0
    for rank, place in enumerate(places):
        if sizes[place] < below:
            last = rank + 1
        below += sizes[place]
    return sorted(places[:last])


# --- looking up -------------------------------------------------------------------------------------------------


def look_up(connection: Connection, prints: Numbers) -> Entries:
    """The entries of these prints (sorted, each once), sorted by print and number; of each print the first `MOST_HOLDERS`."""
    segments = {segment.number: segment for segment in segments_of(connection) if len(segment.firsts)}
    found = []
    for start in range(0, len(prints), _PRINTS_AT_ONCE):
        some = prints[start : start + _PRINTS_AT_ONCE]
        wanted = [segment.page(place) for segment in segments.values() for place in _places(segment, some)]
        found.append(first_of_each(joined([part for pages in read_pages(connection, wanted) for part in find_in_pages(pages, some)]), MOST_HOLDERS))
    return (np.concatenate([part[0] for part in found]), np.concatenate([part[1] for part in found])) if found else NOTHING


def _places(segment: Segment, prints: Numbers) -> list[int]:
    """The pages of a segment that may hold one of these prints."""
    last = np.searchsorted(segment.firsts, prints, side="right") - 1
    first = np.maximum(0, np.searchsorted(segment.firsts, prints, side="left") - 1)
    places: list[int] = once(np.concatenate((first, last[last >= 0]))).tolist()
    return places


def read_pages(connection: Connection, numbers: Sequence[int]) -> Iterator[list[bytes]]:
    """These pages (numbers in their order), those of one segment together, some at a time."""
    for start in range(0, len(numbers), PAGES_AT_ONCE):
        wanted = select(print_pages.c.number, print_pages.c.data).where(print_pages.c.number.in_(numbers[start : start + PAGES_AT_ONCE]))
        rows = connection.execute(wanted.order_by(print_pages.c.number)).all()
        for _, pages in groupby(rows, key=lambda row: row[0] >> _PAGE_BITS):
            yield [bytes(data) for _, data in pages]


# --- adding -----------------------------------------------------------------------------------------------------


def add_segment(connection: Connection, entries: Entries) -> None:
    """Adds entries (sorted) as a segment, together with those of small segments that are due to be merged with it."""
    if not len(entries[0]):
        return
    number = next_number(connection)
    if len(entries[0]) <= SMALL and not read_meta(connection, UNCLEAN):
        entries = _with_small(connection, entries)
    firsts = put_pages(connection, number, 0, entries)
    values = {"number": number, "state": READY, "entries": len(entries[0]), "firsts": packed(firsts)}
    connection.execute(insert(print_segments).values(values))


def _with_small(connection: Connection, entries: Entries) -> Entries:
    """These entries with those of the small segments that are merged with them; the segments are taken out."""
    size, number = print_segments.c.entries, print_segments.c.number
    rows = connection.execute(select(number, size).where(print_segments.c.state == READY, size <= SMALL).order_by(number)).all()
    merged = [rows[place].number for place in due([*(row.entries for row in rows), len(entries[0])]) if place < len(rows)]
    if not merged:
        return entries
    parts = [entries]
    for one in merged:
        inside = (print_pages.c.number >= page_number(one, 0)) & (print_pages.c.number < page_number(one + 1, 0))
        parts.append(unpack_pages([bytes(data) for data in connection.execute(select(print_pages.c.data).where(inside)).scalars()]))
        connection.execute(delete(print_pages).where(inside))
    connection.execute(delete(print_segments).where(number.in_(merged)))
    return first_of_each(joined(parts), MOST_HOLDERS)


def put_pages(connection: Connection, segment: int, place: int, entries: Entries) -> list[int]:
    """Writes entries as pages of a segment from this place on; gives their first prints."""
    pages = [(entries[0][start : start + PAGE_ENTRIES], entries[1][start : start + PAGE_ENTRIES]) for start in range(0, len(entries[0]), PAGE_ENTRIES)]
    if pages:
        connection.execute(insert(print_pages), [{"number": page_number(segment, place + n), "data": pack_page(page)} for n, page in enumerate(pages)])
    return [int(page[0][0]) for page in pages]


def packed(firsts: Sequence[int]) -> bytes:
    """The first prints of pages as a segment keeps them."""
    return np.array(firsts, dtype="<u4").tobytes()


def next_number(connection: Connection) -> int:
    """A number for another segment."""
    greatest: int = connection.execute(select(func.coalesce(func.max(print_segments.c.number), 0))).scalar_one()
    return greatest + 1
