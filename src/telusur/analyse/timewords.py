"""The words of a text as time expressions need them, and the word lists that know them.

A site that runs words together (``dikutipAFPpada``, ``padaSenin``) is read all the same: a word also ends where a
small letter meets a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..lexicon import read_table
from ..model.layers import TIME_MODS, TIME_TYPES, TimeMod, TimeType
from .timemeaning import UNITS, Unit

_TOKEN = re.compile(r"\d+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+(?:['’][a-z]+)?|[^\W\d_]+|\S")
_PIECE_CHARS = 20_000
_MODS: dict[str, TimeMod] = {mod: mod for mod in TIME_MODS}
_TYPES: dict[str, TimeType] = {kind: kind for kind in TIME_TYPES}

Kind = Literal[
    "month", "short-month", "weekday", "number", "vague", "unit", "one-unit", "many-unit", "part", "mod", "shift",
    "ordinal", "roman", "zone", "season", "hijri", "year-lead", "not-year-lead", "event", "name-head", "law", "counted", "day-lead", "opener", "speech",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words, numbers and marks of one stretch of text: as printed, in small letters, and where they stand."""

    raw: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    title: bool = False

    def __len__(self) -> int:
        return len(self.raw)

    def at(self, i: int) -> str:
        """The word at ``i`` in small letters, "" beyond either end."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def printed(self, i: int) -> str:
        """The word at ``i`` as printed, "" beyond either end."""
        return self.raw[i] if 0 <= i < len(self.raw) else ""

    def touches(self, i: int) -> bool:
        """Whether nothing stands between word ``i`` and the one before it."""
        return 0 < i < len(self.raw) and self.end[i - 1] == self.start[i]

    def number(self, i: int) -> int | None:
        """The digits at ``i`` as a number, None for anything else or for more than six digits."""
        word = self.printed(i)
        return int(word) if word.isdecimal() and len(word) <= 6 else None

    def year(self, i: int) -> int | None:
        """Four digits at ``i`` that can be a year, and are not part of a longer number."""
        value = self.number(i)
        if value is None or len(self.raw[i]) != 4 or not 1000 <= value <= 2100:
            return None
        if self.printed(i + 1) in (",", ".") and self.touches(i + 1) and self.number(i + 2) is not None and self.touches(i + 2):
            return None
        if self.printed(i - 1) in (",", ".") and self.touches(i) and self.number(i - 2) is not None and self.touches(i - 1):
            return None
        return value

    def capital(self, i: int) -> bool:
        """Whether the word at ``i`` begins with a capital."""
        return self.printed(i)[:1].isupper()

    def unit(self, i: int) -> Unit | None:
        """The unit of time at ``i``: ``tahun``, ``hari``, ``harinya``."""
        return UNITS.get(self.known("unit", i) or "")

    def mod(self, i: int) -> TimeMod | None:
        """Which part of a stretch the word at ``i`` names: ``awal``, ``pertengahan``, ``akhir``."""
        return _MODS.get(self.known("mod", i) or "")

    def known(self, kind: Kind, i: int) -> str | None:
        """What the word at ``i`` means as one of ``kind``; a ``-nya`` at its end does not count."""
        if not 0 <= i < len(self.low):
            return None
        word, table = self.low[i], lexicon(kind)
        return table.get(word) or (table.get(word[:-3]) if word.endswith("nya") else None)


def pieces(text: str, start: int, end: int, title: bool) -> Iterator[Words]:
    """The words of ``text[start:end]``, in pieces of bounded size so that memory stays bounded on any text."""
    while start < end:
        stop = end
        if end - start > _PIECE_CHARS:
            stop = text.rfind(" ", start + 1, start + _PIECE_CHARS)
            stop = start + _PIECE_CHARS if stop <= start else stop
        tokens = list(_TOKEN.finditer(text, start, stop))
        raw = [token.group() for token in tokens]
        starts, ends = [token.start() for token in tokens], [token.end() for token in tokens]
        yield Words(raw, [word.lower() for word in raw], starts, ends, title)
        start = stop


@cache
def lexicon(kind: Kind) -> dict[str, str]:
    """The words of one kind with their meaning, out of ``data/words/time_words.tsv``."""
    return _lexicons().get(kind, {})


@cache
def _lexicons() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {}
    for row in read_table("time_words", ("word", "kind", "meaning")):
        tables.setdefault(row["kind"], {})[row["word"]] = row["meaning"]
    return tables


@cache
def phrases() -> dict[str, list[tuple[tuple[str, ...], TimeType, str]]]:
    """Fixed expressions by their first word: words, TIMEX3 type and value, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], TimeType, str]]] = {}
    for row in read_table("time_phrases", ("phrase", "type", "value")):
        split = tuple(_TOKEN.findall(row["phrase"]))
        table.setdefault(split[0], []).append((split, _TYPES[row["type"]], row["value"]))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


@cache
def holidays() -> dict[tuple[str, ...], tuple[int, int]]:
    """Fixed holidays, their words in small letters, with month and day."""
    return {
        tuple(_TOKEN.findall(row["name"].lower())): (int(row["month"]), int(row["day"]))
        for row in read_table("holidays", ("name", "month", "day"))
    }


@cache
def eras() -> dict[tuple[str, ...], tuple[int, int]]:
    """Eras, their words in small letters, with first and last year."""
    return {
        tuple(_TOKEN.findall(row["name"].lower())): (int(row["first"]), int(row["last"]))
        for row in read_table("eras", ("name", "first", "last"))
    }


@cache
def hijri_months() -> dict[tuple[int, int], str]:
    """First day (ISO 8601) of the Hijri months that the table knows, by Hijri year and month."""
    return {(int(row["year"]), int(row["month"])): row["first"] for row in read_table("hijri_months", ("year", "month", "first"))}
