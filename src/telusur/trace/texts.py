"""Texts out of the archive, taken apart: their words, their prose, their prints.

Comes in: numbers of articles. Goes out: `Piece`s. Texts with the same blocks have one hash, and are compared with others once.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from ..archive import packing
from ..archive.migrations import read_dictionaries
from ..archive.schema import articles, outlets, readings
from ..archive.tracing_tables import traced
from .credits import same_name
from .prints import OWN_KINDS, SURE_WORDS, Prints, make_prints, words_of
from .retelling import Side

Blocks = tuple[tuple[str, int, int], ...]
"""Kind, start and end of blocks."""

_KINDS = ("lead", "heading", "paragraph")
_AT_ONCE = 200
_BLANKS = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_MARKS = tuple(zip("“”„‘’‐‑–—", "\"\"\"''----", strict=True))


@dataclass(slots=True)
class Piece:
    """A text taken apart. ``outlet``: what spellings of its outlet's name share, empty where it is not known."""

    text: str
    blocks: Blocks
    side: Side
    outlet: str = ""
    _hash: int | None = None

    @property
    def hash(self) -> int:
        """The same for the same blocks in the same outlet, however blanks and quotation marks are set in them: a number of 63 bits."""
        if self._hash is None:
            digest = blake2b(self.outlet.encode("utf-8", "replace") + b"\0", digest_size=8)
            own = _BLANKS.sub(" ", "\0".join(self.text[start:end] for _, start, end in self.blocks))
            for mark, plain in _MARKS:
                own = own.replace(mark, plain)
            digest.update(own.encode("utf-8", "replace"))
            if len(self.side.words) < SURE_WORDS:  # a line or two is no text that others could copy
                digest.update(self.text.encode("utf-8", "replace"))
            self._hash = int.from_bytes(digest.digest(), "big") >> 1
        return self._hash

    def prints(self) -> Prints:
        return make_prints(self.side.words.keys)


def take_apart(text: str, blocks: Iterable[tuple[str, int, int]], kinds: frozenset[str] = OWN_KINDS, outlet: str | None = None) -> Piece:
    """The piece of a text with its blocks; those of other kinds are left out."""
    own = tuple(sorted((block for block in blocks if block[0] in kinds), key=lambda block: block[1:]))
    words = words_of(text, own, kinds)
    return Piece(text, own, Side(text, words), same_name(outlet) if outlet else "")


def piece_of_record(record: Mapping[str, Any]) -> Piece:
    """The piece of a record in its published form."""
    blocks = ((block["kind"], block["start"], block["end"]) for block in record["blocks"])
    return take_apart(record["text"], blocks, outlet=record["article"]["publisher"])


# --- out of the archive -----------------------------------------------------------------------------------------


def read_pieces(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Piece]]:
    """The texts of articles by their numbers, from their records; in any order. Those that are not there are left out."""
    dictionaries = known_dictionaries(connection)
    for start in range(0, len(numbers), _AT_ONCE):
        wanted = _with_outlet(readings.c.article, readings.c.text, readings.c.record).where(readings.c.article.in_(numbers[start : start + _AT_ONCE]))
        for row in connection.execute(wanted):
            text = packing.unpack_text(row.text, dictionaries)
            blocks = json.loads(packing.unpack(row.record, dictionaries))["blocks"]
            yield row.article, take_apart(text, ((block["kind"], block["start"], block["end"]) for block in blocks), outlet=row.outlet)


def _with_outlet(*wanted: Any) -> Select[Any]:
    """These columns of readings, and the name of the article's outlet."""
    joined = readings.join(articles, articles.c.number == readings.c.article).outerjoin(outlets, outlets.c.number == articles.c.outlet)
    return select(*wanted, outlets.c.name.label("outlet")).select_from(joined)


def known_dictionaries(connection: Connection) -> Mapping[int, bytes]:
    """What the archive's packed columns are unpacked with."""
    return packing.shipped() | read_dictionaries(connection)


@dataclass(slots=True)
class Shelf:
    """Pieces of traced articles, read once and kept while there is room: the same texts are asked for again and again."""

    most: int = 2000
    pieces: OrderedDict[int, Piece] = field(default_factory=OrderedDict)
    dictionaries: Mapping[int, bytes] = field(default_factory=dict)

    def get(self, connection: Connection, articles: Sequence[int]) -> dict[int, Piece]:
        """The pieces of these articles by their numbers; those that are not traced are left out."""
        missing = [number for number in articles if number not in self.pieces]
        found = {number: self.pieces[number] for number in articles if number in self.pieces}
        for number in found:
            self.pieces.move_to_end(number)
        if missing and not self.dictionaries:
            self.dictionaries = known_dictionaries(connection)
        for start in range(0, len(missing), _AT_ONCE):
            wanted = _with_outlet(traced.c.article, traced.c.parts, readings.c.text).join(traced, traced.c.article == readings.c.article)
            for row in connection.execute(wanted.where(traced.c.article.in_(missing[start : start + _AT_ONCE]))):
                found[row.article] = self.pieces[row.article] = self._piece(row)
        while len(self.pieces) > self.most:
            self.pieces.popitem(last=False)
        return found

    def put(self, article: int, piece: Piece) -> None:
        self.pieces[article] = piece

    def _piece(self, row: Row[Any]) -> Piece:
        return take_apart(packing.unpack_text(row.text, self.dictionaries), unpack_blocks(row.parts), outlet=row.outlet)


# --- where the blocks stand, packed ------------------------------------------------------------------------------


def pack_blocks(blocks: Blocks) -> bytes:
    """Blocks in a few bytes each."""
    numbers: list[int] = []
    at = 0
    for kind, start, end in blocks:
        numbers += [(start - at) << 2 | _KINDS.index(kind), end - start]
        at = end
    return pack_numbers(numbers)


def unpack_blocks(packed: bytes) -> Blocks:
    blocks = []
    at = 0
    numbers = unpack_numbers(packed)
    for told, length in zip(numbers[::2], numbers[1::2], strict=True):
        start = at + (told >> 2)
        at = start + length
        blocks.append((_KINDS[told & 3], start, at))
    return tuple(blocks)


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Whole numbers from nought on, seven bits a byte, the low ones first."""
    out = bytearray()
    for number in numbers:
        while number > 127:
            out.append(number & 127 | 128)
            number >>= 7
        out.append(number)
    return bytes(out)


def unpack_numbers(packed: bytes) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in packed:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    return numbers
