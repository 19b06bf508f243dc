"""Whom an article credits for its text: the agencies and media that it names, with the words that do.

Comes in: a record. Goes out: `Credit`s, in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..model.span import Span
from ..parse.wires import find_dateline

_KINDS = frozenset({"lead", "paragraph", "byline"})
_SUFFIX = re.compile(r"(?:news|\.com|\.co\.id|\.co|\.id|\.net|\.org|\.tv)$")


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom an article names as the one it has its text from, and the words that say so (in the article's text)."""

    name: str
    span: Span


def find_credits(record: Mapping[str, Any]) -> tuple[Credit, ...]:
    """The names that the record tells as wires, where the text prints them first, and the one in a dateline of an agency's copy
    (``JAKARTA (ANTARA) -``); names that the text does not print are left out."""
    found = _in_dateline(record)
    for name in record["article"].get("wires") or ():
        if same_name(name) not in {same_name(credit.name) for credit in found} and (span := _where(record, name)) is not None:
            found.append(Credit(name, span))
    return tuple(sorted(found, key=lambda credit: credit.span))


def _in_dateline(record: Mapping[str, Any]) -> list[Credit]:
    text, own = record["text"], same_name(record["article"].get("publisher") or "")
    for block in record["blocks"]:
        if block["kind"] != "paragraph":
            continue
        dateline = find_dateline(text, block["start"], block["end"])
        if dateline is None or not dateline.by_agency or not dateline.outlet or same_name(dateline.outlet) == own:
            return []
        at = text.find(dateline.outlet, dateline.span.start, dateline.span.end)
        return [Credit(dateline.outlet, Span(at, at + len(dateline.outlet)))] if at >= 0 else []
    return []


def _where(record: Mapping[str, Any], name: str) -> Span | None:
    text = record["text"]
    for block in sorted(record["blocks"], key=lambda block: block["start"]):
        if block["kind"] in _KINDS and (at := text.find(name, block["start"], block["end"])) >= 0:
            return Span(at, at + len(name))
    return None


def same_name(name: str) -> str:
    """What spellings of one medium's name share: ``ANTARA News``, ``antaranews.com`` and ``Antara`` are one, ``KOMPAS.com`` and ``Kompas``. Whose
    names are known to be one outlet's, though they are spelt quite otherwise, is told by `owners.medium_key`."""
    folded = name.casefold().strip().removeprefix("kantor berita").strip().removeprefix("www.")
    key = "".join(ch for ch in folded if ch.isalnum() or ch == ".")
    while (shorter := _SUFFIX.sub("", key)) != key and shorter:
        key = shorter
    key = key.replace(".", "")
    return {"ant": "antara"}.get(key, key)
