"""The archive: where records are kept, with the bytes that they were made from and what people decided about them.

Comes in: sources and records. Goes out: records with the decisions laid over them, and rows that answer questions.

The rooms, in the order in which an article passes through them:
  inputs     files, folders, JSON Lines: one `Item` for each article
  prepare    an item to its `Entry`: read, checked, packed, its index rows and words made (in any process)
  keep       an entry into the archive, in one short transaction; the same entry twice changes nothing
  add        drives the three above over many items
and what they stand on:
  engine     SQLite or PostgreSQL; short transactions, retries, errors in words
  schema     the tables;  migrations  their versions;  places  ids and numbers;  packing  compression
  index      the narrow rows of a record;  words  the full-text index in both engines
  decisions  what people decided, and how it is laid over a record
upkeep: check, stats, backup, copy, reprocess.
`docs/archive.md` tells how it is laid out and why.
"""

from .engine import Archive, open_archive

__all__ = ["Archive", "open_archive"]
