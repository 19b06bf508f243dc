"""Whole lists as they come: CSV for spreadsheets, JSON Lines for programs. Nothing is gathered before it is sent.

A stream sees one state of the archive from its first row to its last.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from ...answers import tables
from ...answers.lines import Line
from .questions import Form

MEDIA = {"csv": "text/csv; charset=utf-8; header=present", "jsonl": "application/jsonl; charset=utf-8"}

_AT_ONCE = 50
"""Rows that are put together before they are sent."""


def write(rows: Iterable[Any], form: Form, columns: tuple[str, ...]) -> Iterator[bytes]:
    """Lines, records or flat shapes in a form, some at a time."""
    if form == "csv":
        yield from _csv(rows, columns)
        return
    for some in _parts(rows):
        yield b"".join(_one(row) + b"\n" for row in some)


def _one(row: Any) -> bytes:
    return msgspec.json.encode(row.to_dict() if isinstance(row, Line) else row)


def _csv(rows: Iterable[Any], columns: tuple[str, ...]) -> Iterator[bytes]:
    """With a header, also where there is no row. The first rows are looked up before anything is sent."""
    parts = _parts(rows)
    some = next(parts, [])
    yield _header(columns) + _rows(some, columns)
    for some in parts:
        yield _rows(some, columns)


def _header(columns: tuple[str, ...]) -> bytes:
    return _written([columns])


def _rows(some: list[Any], columns: tuple[str, ...]) -> bytes:
    if some and isinstance(some[0], Line):
        return tables.to_csv(some).partition("\r\n")[2].encode("utf-8", "replace")
    return _written([[_cell(_value(row, name)) for name in columns] for row in some])


def _value(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, dict) else getattr(row, name)


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> str:
    """In one line, and nothing that a spreadsheet would run. Lists are parted by semicolons."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        value = "; ".join("" if part is None else str(part) for part in value)
    plain = "" if value is None else " ".join(str(value).replace("\0", "").split())
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@") else plain


def _parts(rows: Iterable[Any]) -> Iterator[list[Any]]:
    some: list[Any] = []
    for row in rows:
        some.append(row)
        if len(some) >= _AT_ONCE:
            yield some
            some = []
    if some:
        yield some
