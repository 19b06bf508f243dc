"""The tables of an archive, the same in SQLite and PostgreSQL.

Three kinds, and what may happen to them:
  kept      articles, readings, originals: what came in and what the machine read from it; `dictionaries` to unpack it
  decided   decisions, tombstones: what people said; only ever appended to
  derived   all others: made from the kept and the decided, and can be made again (`index`, `words`)

Whatever refers to an article from the decided side does so by its id, which holds on any machine; derived rows refer to
its number, which holds in this archive and may change when the article's date does. ``docs/archive.md`` tells more.
The tables of the tracing stand in `tracing_tables`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from .columns import CLAIM_WORDS, Coded, Number, metadata
from .tracing_tables import traced

VERSION = 3
"""The schema's version. Whoever changes a table raises it and adds a step to `migrations`."""

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""``schema`` (its version), ``made-by``, ``stems`` (the version of the stemmer that the words were made with), ``state`` (a name that each
write changes, `engine.state_of`)."""

dictionaries = Table(
    "dictionaries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)
"""What packed columns are unpacked with: an archive can be read without the program that made it."""

# --- kept -------------------------------------------------------------------------------------------------------

articles = Table(
    "articles",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("text_hash", LargeBinary, nullable=False, index=True),
    Column("url", Text, index=True),
    Column("published", Text),
    Column("retrieved", Text),
    Column("added", Text, nullable=False),
    Column("outlet", Integer, index=True),
    Column("maker", Integer, nullable=False),
    Column("original", Text, nullable=False),
    Column("chars", Integer, nullable=False),
    Column("reviewed", SmallInteger, nullable=False, default=0),
    Column("kinds", BigInteger, nullable=False, default=0, server_default="0"),
    Index("articles_by_kinds", "kinds", "outlet", "number"),
)
"""An article a row. ``number``: see `places`. ``published``, ``retrieved`` (when the bytes were captured) and ``added``
are ISO 8601, the last two in UTC. ``original``: ``text`` where the bytes were the text itself, ``bytes`` where they
stand in `originals`, ``none`` where a record came without them. ``reviewed``: how many decisions lie over it. ``kinds``: which types of claims and which certainties it holds (`parts`)."""

readings = Table(
    "readings",
    metadata,
    Column("article", BigInteger, primary_key=True, autoincrement=False),
    Column("text", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("hints", Text),
)
"""Text and record as the machine made it, packed. In SQLite, BIGINT makes ``article`` an index beside the rows, which lie in the
order in which they came: laid by number they would leave a quarter of the file empty. ``hints``: what the caller stated, as JSON, for another reading."""

originals = Table(
    "originals",
    metadata,
    Column("article", BigInteger, primary_key=True, autoincrement=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""The bytes that were read, packed, with hash and length of the bytes themselves."""

# --- decided ----------------------------------------------------------------------------------------------------

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text),
    Column("action", Text, nullable=False),
    Column("article", Text, index=True),
    Column("text_hash", LargeBinary, index=True),
    Column("item", Text),
    Column("field", Text),
    Column("value", Text),
    Column("undoes", Text, index=True),
)
"""What people decided, in the order in which they did; never changed. ``id`` is a hash of the rest, so that copies of an
archive can be brought together. ``action``: accept, reject, correct, add, merge, split, undo. ``article``, ``text_hash`` and
``item`` (`places.item_key`) say of what; copies of a text share its hash. ``value`` is JSON. ``undoes``: a decision's id."""

tombstones = Table(
    "tombstones",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False, index=True),
    Column("detail", Text),
)
"""What was taken out for good, without what it was. ``kind``: article, text, passage, name. ``target``: an article's id, the hash
of a text, or a salted hash of words. ``detail``: how many words those are, as JSON."""

# --- derived ----------------------------------------------------------------------------------------------------

outlets = Table(
    "outlets",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
)

makers = Table(
    "makers",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("software", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("model", Text, nullable=False),
    UniqueConstraint("software", "version", "model"),
)
"""What made records: by it, `reprocess` finds those that an older model made."""

tags = Table(
    "tags",
    metadata,
    Column("article", Number, primary_key=True, autoincrement=False),
    Column("field", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Index("tags_by_value", "field", "value", "article"),
    sqlite_with_rowid=False,
)
"""What an article has several of. ``field``: wire, topic, section, credit."""

names = Table(
    "names",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("fold", Text, nullable=False, index=True),
    Column("sound", Text, nullable=False, index=True),
    UniqueConstraint("type", "name", "link"),
)
"""Every name of an entity once. ``link``: ``wikidata:Q...`` or empty. ``fold``: without case, marks and hyphens;
``sound``: what spellings of one name share (`names.sound_key`)."""

_IS_SOMEBODY = text("actor IS NOT NULL")
"""Half of all entities are nobody in particular, and nobody looks them up so."""

entities = Table(
    "entities",
    metadata,
    Column("article", Number, primary_key=True, autoincrement=False),
    Column("entity", Integer, primary_key=True, autoincrement=False),
    Column("name", Integer, nullable=False),
    Column("actor", Integer),
    Column("because", Text),
    Column("part", SmallInteger, nullable=False, default=0, server_default="0"),
    Index("entities_by_name", "name", "article", "part"),
    Index("entities_by_actor", "actor", "article", "part", "name", sqlite_where=_IS_SOMEBODY, postgresql_where=_IS_SOMEBODY),
    sqlite_with_rowid=False,
)
"""An entity of an article a row; ``entity`` is its place in the record's list. ``actor`` and ``because``: which face of whom
it shows across articles, and by what rule or whose decision; null where it stands alone. ``part``: what it does in the article
(`parts`); it stands in the indexes, so that whose articles are asked for is told by them alone."""

actors = Table(
    "actors",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("link", Text, nullable=False, default=""),
    Column("block", Text, nullable=False, default=""),
    Column("role", Text, nullable=False, default=""),
    Column("seat", Text, nullable=False, default="", server_default=""),
    Column("whole", Integer, nullable=False, default=0, index=True),
    Column("because", Text, nullable=False, default=""),
    Index("actors_by_seat", "block", "seat"),
)
"""Who is the same across articles: an actor is all rows of one ``whole`` (the number of one of them). A row is a *face*: one
name in one full-time office, or one link, or what a person put together; ``id`` is a hash of that, so that it is the same
on any machine and in any order of arrival. ``block`` is what rows must share before a rule joins them, ``role`` the office
that tells namesakes apart (JSON: office, where), ``seat`` that office's kind and where, ``because`` why the row is part of its whole. See `actors`."""

bearers = Table(
    "bearers",
    metadata,
    Column("key", Text, primary_key=True),
    Column("actor", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Index("bearers_by_actor", "actor"),
    sqlite_with_rowid=False,
)
"""By what a face is found, and how many entities say so. ``kind``: ``word`` (``key`` is what spellings of one word of its name
share), ``short`` (the tight form of an acronym that an article defines for it). See `spellings`."""

ties = Table(
    "ties",
    metadata,
    Column("face", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("decision", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What people decided of actors, from the decisions that stand: two faces (ids) are one; with an empty ``other``: no rule
joins this face to any."""

offices = Table(
    "offices",
    metadata,
    Column("article", Number, primary_key=True, autoincrement=False),
    Column("claim", Integer, primary_key=True, autoincrement=False),
    Column("holder", Integer, primary_key=True, autoincrement=False),
    Column("office", Text, nullable=False),
    Column("body", Integer),
    sqlite_with_rowid=False,
)
"""Claims that somebody holds an office, leads or belongs to something: ``office`` as printed, ``holder`` and ``body`` the places
of their entities. Time, tense and certainty stand in `claims`."""

doubts = Table(
    "doubts",
    metadata,
    Column("article", Number, primary_key=True, autoincrement=False),
    Column("doubt", SmallInteger, nullable=False),
    Index("doubts_by_doubt", "doubt", "article"),
    sqlite_with_rowid=False,
)
"""The least confidence, in thousandths, of an article's attributions and claims that nobody has reviewed: the queue of reviews."""

sayings = Table(
    "sayings",
    metadata,
    Column("article", Number, primary_key=True, autoincrement=False),
    Column("saying", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("speaker", Integer),
    Column("style", Coded("direct", "indirect", "mixed"), nullable=False),
    Column("review", SmallInteger, nullable=False, default=0),
    sqlite_with_rowid=False,
)
"""An attribution a row; ``saying`` is its place in the record's list, ``start`` and ``end`` where its content begins and
ends, ``speaker`` the place of the speaker's entity."""

links = Table(
    "links",
    metadata,
    Column("article", Number, primary_key=True, autoincrement=False),
    Column("saying", Integer, primary_key=True, autoincrement=False),
    Column("link", Integer, primary_key=True, autoincrement=False),
    Column("role", Coded("origin", "speaker", "relay"), nullable=False),
    Column("entity", Integer),
    sqlite_with_rowid=False,
)
"""Origins and relays of a chain (the speaker stands in `sayings`)."""

_IS_DATED = text("from_day IS NOT NULL")
"""One claim in four or five: the others are found by their article's day."""

claims = Table(
    "claims",
    metadata,
    Column("article", Number, primary_key=True, autoincrement=False),
    Column("claim", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("type", Coded(*CLAIM_WORDS), nullable=False),
    Column("certainty", Coded("certain", "probable", "possible", "unknown"), nullable=False),
    Column("polarity", Coded("positive", "negative"), nullable=False),
    Column("tense", Coded("past", "present", "future"), nullable=False),
    Column("from_day", Integer),
    Column("to_day", Integer),
    Column("saying", Integer),
    Column("review", SmallInteger, nullable=False, default=0),
    Index("claims_by_type", "type", "article", "claim", "certainty", "review"),
    Index("claims_by_day", "from_day", "article", "claim", sqlite_where=_IS_DATED, postgresql_where=_IS_DATED),
    sqlite_with_rowid=False,
)
"""A claim a row; ``claim`` is its place in the record's list, ``start`` its trigger's. ``from_day`` and ``to_day``: the days
that its time means, [from, to), as `places.day_of` counts; null where unknown. ``saying``: on whose word, null where
the outlet's own."""

participants = Table(
    "participants",
    metadata,
    Column("article", Number, primary_key=True, autoincrement=False),
    Column("claim", Integer, primary_key=True, autoincrement=False),
    Column("participant", Integer, primary_key=True, autoincrement=False),
    Column("role", Coded("actor", "recipient", "place"), nullable=False),
    Column("entity", Integer),
    sqlite_with_rowid=False,
)
"""Who takes part in a claim; ``entity`` is null for descriptions."""

MACHINE, ACCEPTED, CORRECTED, REJECTED = 0, 1, 2, 3
"""Values of ``review``: as the machine made it, or what people decided of it."""

DERIVED_OF_ARTICLE = (tags, entities, sayings, links, claims, participants, offices, doubts, traced)
"""What is made anew whenever an article's record or the decisions on it change, all by the column ``article``."""


# --- case folders: decided --------------------------------------------------------------------------------------

folder_acts = Table(
    "folder_acts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("folder", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("item", Text),
    Column("text", Text),
)
"""What was done to case folders, by whom and when; only appended to (`folders`). ``action``: open, rename, describe, add, note, remove,
close, reopen. ``item``: an article's id, or with ``#`` a claim, a saying or a stretch of it; ``text``: a name or a note."""
