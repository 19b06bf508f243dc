"""Whom an article credits for its text: the agencies and media that it names, with the words that do.

Comes in: a record. Goes out: `Credit`s, in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..model.span import Span

_KINDS = frozenset({"lead", "paragraph", "byline"})
_SUFFIX = re.compile(r"(?:news|\.com|\.co\.id|\.co|\.id|\.net|\.org|\.tv)$")


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom an article names as the one it has its text from, and the words that say so (in the article's text)."""

    name: str
    span: Span


def find_credits(record: Mapping[str, Any]) -> tuple[Credit, ...]:
    """The names that the record tells as wires, where the text prints them first; names that it does not print are left out."""
    found = []
    for name in record["article"].get("wires") or ():
        if (span := _where(record, name)) is not None:
            found.append(Credit(name, span))
    return tuple(sorted(found, key=lambda credit: credit.span))


def _where(record: Mapping[str, Any], name: str) -> Span | None:
    text = record["text"]
    for block in sorted(record["blocks"], key=lambda block: block["start"]):
        if block["kind"] in _KINDS and (at := text.find(name, block["start"], block["end"])) >= 0:
            return Span(at, at + len(name))
    return None


def same_name(name: str) -> str:
    """What spellings of one medium share: ``ANTARA News``, ``antaranews.com`` and ``Antara`` are one."""
    key = re.sub(r"[^a-z0-9.]", "", name.casefold().removeprefix("kantor berita").removeprefix("www."))
    while (shorter := _SUFFIX.sub("", key)) != key and shorter:
        key = shorter
    return {"ant": "antara"}.get(key, key)
