"""Texts, records and original bytes, packed small and unpacked exactly as they were.

A packed value is one byte that names its dictionary (0: none), then a raw deflate stream. The dictionaries hold what
every record writes again and again; they ship with the program and are copied into each archive, so that an archive
can be unpacked by whatever can read its tables. A dictionary is never changed: another one gets another number.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from ..lexicon import data_file

NO_DICTIONARY, RECORDS, TEXTS = 0, 1, 2

_LEVEL = 9
_QUOTED = 0
"""Stands in a packed record where the text of a span stands in a record: the span says it already."""


@cache
def shipped() -> dict[int, bytes]:
    """The dictionaries that this program packs with, by their number."""
    folder = data_file("packing")
    return {number: (folder / f"{number}.txt").read_bytes() for number in (RECORDS, TEXTS)}


def pack(data: bytes, dictionary: int = NO_DICTIONARY) -> bytes:
    """The packed form of any bytes."""
    if dictionary == NO_DICTIONARY:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15, 9)
    else:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, shipped()[dictionary])
    return bytes([dictionary]) + packer.compress(data) + packer.flush()


def unpack(packed: bytes, dictionaries: Mapping[int, bytes]) -> bytes:
    """The bytes that were packed.

    Raises:
        ValueError: these are no packed bytes, or packed with a dictionary that is not among ``dictionaries``.
    """
    try:
        number = packed[0]
        unpacker = zlib.decompressobj(-15, dictionaries[number]) if number else zlib.decompressobj(-15)
        data = unpacker.decompress(packed[1:])
    except (IndexError, KeyError, zlib.error) as error:
        raise ValueError(f"packed bytes cannot be unpacked ({type(error).__name__}: {error})") from error
    if not unpacker.eof:
        raise ValueError("packed bytes end too early")
    return data


def pack_text(text: str) -> bytes:
    return pack(text.encode("utf-8", "surrogatepass"), TEXTS)


def unpack_text(packed: bytes, dictionaries: Mapping[int, bytes]) -> str:
    return unpack(packed, dictionaries).decode("utf-8", "surrogatepass")


def pack_record(record: Mapping[str, Any]) -> bytes:
    """A record without its text, and without the words that its spans quote."""
    return pack(bare_json(record), RECORDS)


def bare_json(record: Mapping[str, Any]) -> bytes:
    """What of a record is packed."""
    text = record["text"]
    bare = {key: _QUOTED if key == "text" else _without_quotes(value, text) for key, value in record.items()}
    return json.dumps(bare, separators=(",", ":")).encode()


def unpack_record(packed: bytes, text: str, dictionaries: Mapping[int, bytes]) -> dict[str, Any]:
    """The record that was packed, with its text and its quotes in their places."""

    def quoted(item: dict[str, Any]) -> dict[str, Any]:
        # Called for each object as it is read, so that nothing is walked over twice: a page of answers opens twenty records.
        if item.get("text") == _QUOTED:
            start, end = item.get("start"), item.get("end")
            if start.__class__ is int and end.__class__ is int:
                item["text"] = text[start:end]
        return item

    record: dict[str, Any] = json.loads(unpack(packed, dictionaries), object_hook=quoted)
    record["text"] = text
    return record


def _without_quotes(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        quote = value.get("text")
        told = isinstance(quote, str) and _slice(value, text) == quote
        return {k: _QUOTED if told and k == "text" else _without_quotes(v, text) for k, v in value.items()}
    if isinstance(value, list):
        return [_without_quotes(part, text) for part in value]
    return value


def _slice(span: Mapping[str, Any], text: str) -> str | None:
    start, end = span.get("start"), span.get("end")
    return text[start:end] if isinstance(start, int) and isinstance(end, int) else None
