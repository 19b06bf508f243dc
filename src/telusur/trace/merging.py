"""Merging in the index of prints: what has become many becomes one, and what is of texts that are gone is taken out.

Comes in: an archive with its segments (`segments`). Goes out: fewer segments with the same entries. A merge is made in short steps, so
that others write between them, and until its last step the segments that it merges are in use: it may be stopped at any moment.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, insert, select, update

from ..archive.engine import Archive
from ..archive.migrations import read_meta
from ..archive.tracing_tables import print_pages, print_segments, traced_texts
from .pages import (
    NOTHING,
    PAGE_ENTRIES,
    Entries,
    first_of_each,
    joined,
    unpack_pages,
)
from .segments import (
    GIVEN_UP,
    MAKING,
    MOST_HOLDERS,
    PAGES_AT_ONCE,
    READY,
    SMALL,
    UNCLEAN,
    Segment,
    due,
    next_number,
    packed,
    page_number,
    put_pages,
    read_pages,
    segments_of,
)

_MERGE_ENTRIES = 400_000


def tidy(archive: Archive, told: Callable[[], None] = lambda: None) -> None:
    """Merges what has become many, and takes out what a run that was stopped left half made. Nothing is done while another takes out
    what is of texts that are gone."""
    while True:
        with archive.reading() as connection:
            if read_meta(connection, UNCLEAN):
                return
            dead, wanted = _dead(connection, (MAKING, GIVEN_UP)), _due(connection)
            segments = [segment for segment in segments_of(connection) if segment.number in wanted] if wanted else []
        if dead is not None:
            _drop(archive, (MAKING, GIVEN_UP))
        if not segments:
            return
        merge(archive, segments)
        told()


def _due(connection: Connection) -> set[int]:
    """Segments that are to be merged. Small ones are no matter here: who adds to them needs them, and they are few."""
    size, number = print_segments.c.entries, print_segments.c.number
    rows = connection.execute(select(number, size).where(print_segments.c.state == READY, size > SMALL).order_by(number)).all()
    return {rows[place].number for place in due([row.entries for row in rows])}


def clean(archive: Archive) -> None:
    """Makes the whole index anew without texts that are gone: nothing is left of what was removed."""
    while True:
        with archive.reading() as connection:
            segments, there = segments_of(connection), _there(connection)
        if not segments or merge(archive, segments, there):
            return


def merge(archive: Archive, segments: Sequence[Segment], there: NDArray[np.bool] | None = None) -> bool:
    """Makes one segment of several, in short steps; until the last one the old ones are in use.

    Where another program has taken this one for dead and dropped what it made, or merged one of the segments itself, nothing is changed.

    Args:
        archive: whose index.
        segments: what is merged.
        there: by numbers of texts whether the text is there: entries of others are left out. None: all are.

    Returns:
        Whether it was done.
    """
    token = secrets.token_bytes(8)
    made = archive.write(lambda connection: _begin(connection, token))
    firsts: list[int] = []
    pending = NOTHING
    entries = 0
    with archive.reading() as connection:
        for part in _parts(connection, segments, there):
            pending = (np.concatenate((pending[0], part[0])), np.concatenate((pending[1], part[1])))
            whole = len(pending[0]) - len(pending[0]) % PAGE_ENTRIES
            entries += whole
            if not _write(archive, made, token, firsts, (pending[0][:whole], pending[1][:whole])):
                return False
            pending = (pending[0][whole:], pending[1][whole:])
    entries += len(pending[0])
    if not _write(archive, made, token, firsts, pending):
        return False
    numbers = [segment.number for segment in segments]

    def finish(connection: Connection) -> bool:
        """Puts the new one in the place of the old ones, where they are all still there."""
        there = connection.execute(select(func.count()).where(print_segments.c.number.in_(numbers), print_segments.c.state == READY)).scalar_one()
        stands = there == len(numbers) and _is_mine(connection, made, token)
        if stands:
            values = {"state": READY, "entries": entries, "firsts": packed(firsts)}
            connection.execute(update(print_segments).where(print_segments.c.number == made).values(values))
            connection.execute(update(print_segments).where(print_segments.c.number.in_(numbers)).values(state=GIVEN_UP))
        return stands

    done = archive.write(finish)
    _drop(archive, (GIVEN_UP,))
    return done


def _begin(connection: Connection, token: bytes) -> int:
    number = next_number(connection)
    connection.execute(insert(print_segments).values(number=number, state=MAKING, entries=0, firsts=token))
    return number


def _is_mine(connection: Connection, made: int, token: bytes) -> bool:
    wanted = select(print_segments.c.firsts).where(print_segments.c.number == made, print_segments.c.state == MAKING)
    return connection.execute(wanted).scalar() == token


def _write(archive: Archive, made: int, token: bytes, firsts: list[int], entries: Entries) -> bool:
    """Writes the pages of these entries; whether the segment is still there to be written to."""
    step = PAGES_AT_ONCE * PAGE_ENTRIES
    for start in range(0, len(entries[0]), step):
        some = (entries[0][start : start + step], entries[1][start : start + step])

        def put(connection: Connection) -> list[int]:
            return put_pages(connection, made, len(firsts), some) if _is_mine(connection, made, token) else []  # noqa: B023

        written = archive.write(put)
        if not written:
            return False
        firsts += written
    return True


def _parts(connection: Connection, segments: Sequence[Segment], there: NDArray[np.bool] | None) -> Iterator[Entries]:
    """The entries of several segments by ranges of prints, which spread evenly, so that only some are held at a time."""
    ranges = max(1, sum(segment.entries for segment in segments) // _MERGE_ENTRIES)
    bounds = [(n << 32) // ranges for n in range(ranges + 1)]
    for low, high in pairwise(bounds):
        numbers = [number for segment in segments for number in _inside(segment, low, high)]
        prints, holders = joined([_cut(unpack_pages(pages), low, high) for pages in read_pages(connection, numbers)])
        if there is not None:
            stays = there[np.minimum(holders, len(there) - 1)]
            prints, holders = prints[stays], holders[stays]
        yield first_of_each((prints, holders), MOST_HOLDERS)


def _inside(segment: Segment, low: int, high: int) -> list[int]:
    """The pages of a segment that may hold prints of [low, high)."""
    firsts = segment.firsts.astype(np.int64)
    first = max(0, int(np.searchsorted(firsts, low, side="left")) - 1)
    return [segment.page(place) for place in range(first, int(np.searchsorted(firsts, high, side="left")))]


def _cut(entries: Entries, low: int, high: int) -> Entries:
    """Those entries whose prints are of [low, high)."""
    inside = (entries[0] >= low) & (entries[0].astype(np.int64) < high)
    return entries[0][inside], entries[1][inside]


def _there(connection: Connection) -> NDArray[np.bool]:
    """By its number whether a text is there; the last one stands for all greater numbers, and is not."""
    greatest: int = connection.execute(select(func.coalesce(func.max(traced_texts.c.number), 0))).scalar_one()
    there = np.zeros(greatest + 2, dtype=np.bool)
    for some in connection.execution_options(yield_per=10_000).execute(select(traced_texts.c.number)).scalars().partitions(10_000):
        there[np.asarray(some)] = True
    return there


def _dead(connection: Connection, states: tuple[int, ...]) -> int | None:
    """A segment of one of these states."""
    number: int | None = connection.execute(select(print_segments.c.number).where(print_segments.c.state.in_(states)).limit(1)).scalar()
    return number


def _drop(archive: Archive, states: tuple[int, ...]) -> None:
    """Takes segments of these states out, some pages at a time."""
    while True:
        with archive.reading() as connection:
            number = _dead(connection, states)
        if number is None:
            return
        low, high = page_number(number, 0), page_number(number + 1, 0)
        while archive.write(lambda connection: _drop_some(connection, low, high)):  # noqa: B023
            pass
        archive.write(lambda connection: connection.execute(delete(print_segments).where(print_segments.c.number == number)))  # noqa: B023


def _drop_some(connection: Connection, low: int, high: int) -> int:
    some = select(print_pages.c.number).where(print_pages.c.number >= low, print_pages.c.number < high).limit(PAGES_AT_ONCE)
    numbers = connection.execute(some).scalars().all()
    if numbers:
        connection.execute(delete(print_pages).where(print_pages.c.number.in_(numbers)))
    return len(numbers)
