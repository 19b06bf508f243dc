"""Brings the tracing of an archive up to date: what was added is traced, what went leaves its families.

Comes in: an archive. Goes out: the tables of the tracing. Each step reads some articles, compares them, and keeps what it found
in one short transaction; a run that is killed at any moment goes on where it was. Who traces beside others finds that they
have written meanwhile, and does its step again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select

from ..archive.engine import Archive
from ..archive.migrations import read_meta, write_meta
from ..archive.schema import articles
from ..archive.tracing_tables import print_pages, print_segments, traced, traced_copies, traced_texts
from .candidates import find_candidates, pairs_of
from .gathering import gather
from .links import KINDS, judge_pair, links_of
from .merging import clean, tidy
from .pages import Entries, joined, once
from .prints import VERSION, place_prints
from .segments import UNCLEAN, add_segment, look_up
from .texts import Piece, Shelf, pack_blocks, read_pieces

STEP_ARTICLES, MOST_AT_ONCE = 2000, 10_000
"""What is traced at once where much is to be traced, and where much was traced before: a step of many articles reads every page of the
index once, so that in a larger archive larger steps keep what an article costs the same."""

_STEP_SHARE = 10
"""Of so many articles that were traced, one more is traced at once."""

_AT_ONCE = 400
_PARTIAL = KINDS.index("partial") + 1
_COUNT, _VERSION = "traced", "prints"
_STAMP = select(select(func.max(traced_texts.c.number)).scalar_subquery(), select(func.max(print_segments.c.number)).scalar_subquery())


@dataclass(slots=True)
class Progress:
    """How far the tracing is: articles traced of those that there were to trace, links to copies found, seconds; and how many pairs of
    texts were laid side by side for it."""

    done: int = 0
    total: int = 0
    copies: int = 0
    seconds: float = 0.0
    compared: int = 0


@dataclass(slots=True)
class _Step:
    """What one step found. ``stamp``: the state that it was found in. ``compared``: pairs of texts."""

    stamp: tuple[int, int]
    compared: set[tuple[int, int]] = field(default_factory=set)
    rows: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    copies: list[dict[str, Any]] = field(default_factory=list)
    entries: Entries | None = None


def update(archive: Archive, told: Callable[[Progress], None] = lambda progress: None, *, step: int | None = None) -> Progress:
    """Traces what is new, and takes out what is gone.

    Args:
        archive: what to trace.
        told: called after each step with how far it is.
        step: how many articles are traced at once; None: the more, the larger the archive. The result is the same with any number.

    Raises:
        ArchiveError: it cannot be written; what was traced before is kept.
    """
    began = time.monotonic()
    progress, shelf = Progress(), Shelf()
    last, lost, ready = -1, False, False
    while True:
        with archive.reading() as connection:
            ready = ready or _is_ready(connection)
            if ready:
                known, there = _count(connection, traced), _count(connection, articles)
                if not progress.total:
                    progress.total, lost = there - known, str(known) != read_meta(connection, _COUNT)
                numbers = _untraced(connection, last, step or min(MOST_AT_ONCE, max(STEP_ARTICLES, known // _STEP_SHARE)), None if lost else there - known)
                found = _find(connection, numbers, shelf) if numbers else None
        if not ready:
            _begin(archive)
            ready = True
            continue
        if found is None:
            break
        if archive.write(lambda connection: _keep(connection, found)):  # noqa: B023
            last = numbers[-1]
            progress.done += len(numbers)
            progress.copies += len(found.copies)
            progress.compared += len(found.compared)
            progress.seconds = time.monotonic() - began
            told(progress)
            tidy(archive)
            if not lost and len(numbers) == there - known:  # that was all there was
                break
    if lost:
        _sweep(archive)
    progress.seconds = time.monotonic() - began
    return progress


def _count(connection: Connection, table: Any) -> int:
    found: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return found


def _is_ready(connection: Connection) -> bool:
    """Whether what is new can be traced: what was traced has prints of this version, and no texts that are gone."""
    version, unclean = (read_meta(connection, key) for key in (_VERSION, UNCLEAN))
    return version == VERSION and not unclean and connection.execute(select(traced.c.article).limit(1)).first() is not None


def _begin(archive: Archive) -> None:
    """Prints of another version find nothing: all is traced anew. So it is where the rows of all articles were made anew. Else what a
    sweep began is ended."""

    def act(connection: Connection) -> None:
        fresh = read_meta(connection, _VERSION) == VERSION
        if fresh and connection.execute(select(traced.c.article).limit(1)).first():
            return
        for table in (traced, traced_texts, traced_copies, print_pages, print_segments):
            connection.execute(delete(table))
        write_meta(connection, _VERSION, VERSION)
        write_meta(connection, _COUNT, "0")
        write_meta(connection, UNCLEAN, "")

    archive.write(act)
    with archive.reading() as connection:
        unclean = read_meta(connection, UNCLEAN)
    if unclean:
        _clean(archive)


def _untraced(connection: Connection, last: int, most: int, left: int | None) -> list[int]:
    """The next articles without a row in `traced`, in order.

    ``left``: how many there are, where that is known. Where they go into one step they are looked for from the newest on: news of today lies
    at the end, and is found without a look at all that was traced before.
    """
    missing = ~exists().where(traced.c.article == articles.c.number)
    wanted = select(articles.c.number).where(articles.c.number > last, missing)
    if left is not None and 0 <= left <= most:
        return sorted(connection.execute(wanted.order_by(articles.c.number.desc()).limit(left)).scalars()) if left else []
    return list(connection.execute(wanted.order_by(articles.c.number).limit(most)).scalars())


def _stamp(connection: Connection) -> tuple[int, int]:
    """Changes whenever somebody adds texts to the tracing."""
    text, segment = connection.execute(_STAMP).one()
    return text or 0, segment or 0


# --- finding ----------------------------------------------------------------------------------------------------


def _find(connection: Connection, numbers: Sequence[int], shelf: Shelf) -> _Step:
    """What is to be kept of these articles."""
    found = _Step(_stamp(connection))
    pieces = dict(read_pieces(connection, numbers))
    hashes = {article: piece.hash for article, piece in pieces.items()}
    known = _known(connection, hashes.values())
    new: dict[int, Piece] = {}
    for article in sorted(pieces):
        shelf.put(article, pieces[article])
        if hashes[article] not in known:
            number = known[hashes[article]] = found.stamp[0] + 1 + len(new)
            new[number] = pieces[article]
            found.texts.append({"number": number, "hash": hashes[article], "words": len(pieces[article].side.words), "family": number})
        found.rows.append({"article": article, "text": known[hashes[article]], "parts": pack_blocks(pieces[article].blocks)})
    _compare(connection, new, shelf, found)
    return found


def _known(connection: Connection, hashes: Iterable[int]) -> dict[int, int]:
    """Numbers of texts that are there, by their hashes."""
    wanted = list(set(hashes))
    known: dict[int, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = connection.execute(select(traced_texts.c.hash, traced_texts.c.number).where(traced_texts.c.hash.in_(wanted[start : start + _AT_ONCE])))
        known.update((row.hash, row.number) for row in rows)
    return known


def _compare(connection: Connection, new: dict[int, Piece], shelf: Shelf, found: _Step) -> None:
    """Links between new texts, and from them to those that are there."""
    import numpy as np

    texts = np.array(list(new), dtype=np.uint32)
    placed = place_prints([piece.side.words.keys for piece in new.values()])
    own = joined([(placed.prints, np.repeat(texts, np.diff(placed.bounds)))])
    found.entries = own
    index = (own, look_up(connection, once(own[0])))
    families: dict[int, int] = {}

    def family_of(texts: Sequence[int]) -> dict[int, int]:
        missing = [text for text in texts if text not in families]
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            families.update((text, text) for text in some)
            rows = connection.execute(select(traced_texts.c.number, traced_texts.c.family).where(traced_texts.c.number.in_(some)))
            families.update((row.number, row.family) for row in rows)
        return {text: families[text] for text in texts}

    candidates = find_candidates(texts, placed, index, family_of)
    strong = _judge(connection, pairs_of(candidates.others), new, shelf, found)
    if strong:
        _judge(connection, pairs_of({text: later for text, later in candidates.later.items() if text in strong}), new, shelf, found)


def _judge(connection: Connection, pairs: Sequence[tuple[int, int]], new: dict[int, Piece], shelf: Shelf, found: _Step) -> set[int]:
    """Lays pairs of texts side by side, those that were not yet; gives the texts that are one with another."""
    pairs = [pair for pair in pairs if pair not in found.compared]
    found.compared.update(pairs)
    others = _pieces(connection, {text for pair in pairs for text in pair if text not in new}, shelf)
    strong: set[int] = set()
    for one, other in pairs:
        a, b = new.get(one) or others.get(one), new.get(other) or others.get(other)
        if a is not None and b is not None and (row := judge_pair((one, a), (other, b))) is not None:
            found.copies.append(row)
            if row["kind"] != _PARTIAL:
                strong |= {one, other}
    return strong


def _pieces(connection: Connection, texts: Iterable[int], shelf: Shelf) -> dict[int, Piece]:
    """Pieces of texts that are there; those that no article carries any more are left out."""
    wanted = sorted(texts)
    holders: dict[int, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = select(traced.c.text, func.min(traced.c.article)).where(traced.c.text.in_(wanted[start : start + _AT_ONCE])).group_by(traced.c.text)
        holders.update((row[0], row[1]) for row in connection.execute(rows))
    pieces = shelf.get(connection, list(holders.values()))
    return {text: pieces[article] for text, article in holders.items() if article in pieces}


# --- keeping ----------------------------------------------------------------------------------------------------


def _keep(connection: Connection, found: _Step) -> bool:
    """Keeps what was found; False where others have written meanwhile, and it must be found again."""
    if _stamp(connection) != found.stamp:
        return False
    there = _still_there(connection, [row["article"] for row in found.rows])
    rows = [row for row in found.rows if row["article"] in there]
    for table, values in ((traced, rows), (traced_texts, found.texts), (traced_copies, found.copies)):
        if values:
            connection.execute(insert(table), values)
    if found.entries is not None:
        add_segment(connection, found.entries)
    gather(connection, {text for row in found.copies if row["kind"] != _PARTIAL for text in (row["text"], row["other"])})
    counted = read_meta(connection, _COUNT) or "0"
    write_meta(connection, _COUNT, str(int(counted) + len(rows)))
    return True


def _still_there(connection: Connection, numbers: Sequence[int]) -> set[int]:
    """Those articles that nobody removed, and nobody traced, meanwhile."""
    there: set[int] = set()
    missing = ~exists().where(traced.c.article == articles.c.number)
    for start in range(0, len(numbers), _AT_ONCE):
        wanted = select(articles.c.number).where(articles.c.number.in_(numbers[start : start + _AT_ONCE]), missing)
        there |= set(connection.execute(wanted).scalars())
    return there


# --- taking out -------------------------------------------------------------------------------------------------


def _sweep(archive: Archive) -> None:
    """Takes out texts that no article carries any more, with their links; and nothing of them stays in the index."""

    def act(connection: Connection) -> bool:
        gone = list(connection.execute(select(traced_texts.c.number).where(~exists().where(traced.c.text == traced_texts.c.number))).scalars())
        bereft = {link.other for link in links_of(connection, gone, strong=True)} - set(gone)
        for start in range(0, len(gone), _AT_ONCE):
            some = gone[start : start + _AT_ONCE]
            connection.execute(delete(traced_copies).where(traced_copies.c.text.in_(some) | traced_copies.c.other.in_(some)))
            connection.execute(delete(traced_texts).where(traced_texts.c.number.in_(some)))
        gather(connection, bereft)
        write_meta(connection, _COUNT, str(_count(connection, traced)))
        if gone:
            write_meta(connection, UNCLEAN, "yes")
        return bool(gone)

    if archive.write(act):
        _clean(archive)


def _clean(archive: Archive) -> None:
    """Ends what a sweep began: before it has ended, the numbers of texts that went are given to no other."""
    clean(archive)
    archive.write(lambda connection: write_meta(connection, UNCLEAN, ""))
