"""The tables of the tracing, in the same archive: derived ones, by text rather than by article, and what people say of outlets."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text

from .columns import Number, metadata

traced = Table(
    "traced",
    metadata,
    Column("article", Number, primary_key=True, autoincrement=False),
    Column("text", Integer, nullable=False, index=True),
    Column("parts", LargeBinary, nullable=False),
)
"""Articles whose text was compared with all others. ``text``: the number of the text that they carry, which articles with the
same words share. ``parts``: where the blocks that were compared stand, packed. An article without a row is traced next."""

traced_texts = Table(
    "traced_texts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", BigInteger, nullable=False, unique=True),
    Column("words", Integer, nullable=False),
    Column("family", Integer, nullable=False, index=True),
)
"""A text once, however many articles carry it. ``family``: the least number of those texts that are one text with it."""

traced_copies = Table(
    "traced_copies",
    metadata,
    Column("text", Integer, primary_key=True, autoincrement=False),
    Column("other", Integer, primary_key=True, autoincrement=False),
    Column("kind", SmallInteger, nullable=False),
    Column("share", SmallInteger, nullable=False),
    Column("other_share", SmallInteger, nullable=False),
    Column("stretches", LargeBinary, nullable=False),
    Index("traced_copies_by_other", "other"),
    sqlite_with_rowid=False,
)
"""Two texts that share a passage or more. ``kind``: how the first stands to the other (`trace.links`); shares in thousandths;
``stretches``: which words of the one answer to which of the other, packed."""

print_segments = Table(
    "print_segments",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", SmallInteger, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("firsts", LargeBinary, nullable=False),
)
"""The index of prints, in parts that are merged as they grow (`trace.prints`, `trace.segments`). ``firsts``: the first print of each
page. ``state``: being made, in use, given up."""

print_pages = Table(
    "print_pages",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)
"""Pages of the index of prints; ``number`` is that of its segment, then its place in it."""


outlet_facts = Table(
    "outlet_facts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("outlet", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("as_of", Text, nullable=False),
)
"""Whose an outlet is, as people set it for this archive; only appended to, and the last of an outlet stands. ``outlet`` is what all its
names share (`trace.owners`); ``owner`` is empty for not known, ``-`` for nobody's but its own."""
