"""Whether the tracing of an archive is whole: every article carries a text that is there, and is that article's own; copies and
families name texts that are there; families are those that the links make; no page of the index of prints is missing.

Comes in: an archive. Goes out: one finding for each thing that is wrong; none where all is well, or where nothing is traced yet.
Texts that no article carries any more are no finding: the next tracing takes them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, func, select

from ..archive.engine import Archive
from ..archive.migrations import read_meta
from ..archive.schema import articles
from ..archive.tracing_tables import print_pages, traced, traced_copies, traced_texts
from .gathering import families_from
from .links import strong_links
from .prints import VERSION
from .segments import segments_of
from .texts import Piece, pack_blocks, read_pieces

_AT_ONCE = 200
_REMEDY = "`telusur db reindex`, then `telusur trace`, makes it anew"
_REFERENCES: tuple[tuple[Column[Any], Column[Any]], ...] = (
    (traced.c.text, traced_texts.c.number),
    (traced_copies.c.text, traced_texts.c.number),
    (traced_copies.c.other, traced_texts.c.number),
    (traced_texts.c.family, traced_texts.c.number),
)


def check(archive: Archive) -> Iterator[str]:
    """What is wrong with the tracing, one line each."""
    with archive.reading() as connection:
        if read_meta(connection, "prints") != VERSION:
            return  # prints of another version find nothing, and all is traced anew
        broken = list(_references(connection))
        yield from broken
        if not broken:
            yield from _families(connection)
        yield from _pages(connection)
        yield from _texts(connection)


def _references(connection: Connection) -> Iterator[str]:
    for column, target in _REFERENCES:
        other = target.table.alias("other")
        lost = ~select(other.c[target.name]).where(other.c[target.name] == column).correlate(column.table).exists()
        if count := connection.execute(select(func.count()).select_from(column.table).where(lost)).scalar_one():
            yield f"{count} rows of {column.table.name}.{column.name} point at no {target.table.name}; {_REMEDY}"


def _families(connection: Connection) -> Iterator[str]:
    """Whether each text is in the family that the links between all texts put it in."""
    held = {number: family for number, family in connection.execute(select(traced_texts.c.number, traced_texts.c.family))}
    made = families_from(held, list(strong_links(connection)))
    if count := sum(made[number] != family for number, family in held.items()):
        yield f"{count} texts are in another family than their copies put them in; {_REMEDY}"


def _pages(connection: Connection) -> Iterator[str]:
    for segment in segments_of(connection):
        inside = (print_pages.c.number >= segment.page(0), print_pages.c.number < segment.page(len(segment.firsts)))
        there = len(connection.execute(select(print_pages.c.number).where(*inside)).all())
        if there != len(segment.firsts):
            yield f"{len(segment.firsts) - there} pages of the index of prints are missing, so that copies are overlooked; {_REMEDY}"


def _texts(connection: Connection) -> Iterator[str]:
    """Whether each article carries the text that its record has. A text lost is told above already."""
    wanted = select(traced.c.article, traced.c.parts, traced_texts.c.hash, articles.c.id)
    wanted = wanted.join(traced_texts, traced_texts.c.number == traced.c.text).join(articles, articles.c.number == traced.c.article)
    last = -1
    while rows := connection.execute(wanted.where(traced.c.article > last).order_by(traced.c.article).limit(_AT_ONCE)).all():
        pieces = _pieces(connection, [row.article for row in rows])
        for row in rows:
            piece = pieces.get(row.article)
            if piece is not None and (piece.hash != row.hash or pack_blocks(piece.blocks) != bytes(row.parts)):
                yield f"article {row.id}: the text that was traced is not its own; {_REMEDY}"
        last = rows[-1].article


def _pieces(connection: Connection, numbers: Sequence[int]) -> dict[int, Piece]:
    """The texts of these articles; those whose reading is broken, which the archive's own check tells, are left out."""
    try:
        return dict(read_pieces(connection, numbers))
    except (ValueError, KeyError, TypeError):
        if len(numbers) == 1:
            return {}
        return {number: piece for one in numbers for number, piece in _pieces(connection, [one]).items()}
