"""Ids and numbers: the names by which articles and what is in them are found again, on any machine.

An article's id is a hash of content and place: of its bytes' hash and its URL. Everything inside an article is named by
its layer and its place in the text (``c499-511``: the claim whose trigger stands there), so that the name outlives
another reading of the same text.

An article's number is for this archive alone. It rises with the time of publication, so that numbers in falling order
are articles from the newest on, and a range of days is a range of numbers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

ID_LENGTH = 24
"""Hex digits of an article's id: 96 bits, so that among a thousand million articles no two meet by chance."""

DAY_BITS = 24
MINUTE_BITS = 13
"""A number is day, then minute of the day, then the order of arrival: 8,192 articles a minute, 16 million a day."""

ORDINAL_BITS = 16
"""For places inside an article: 65,536 items of a layer."""

MOST_ITEMS = 1 << ORDINAL_BITS

UNDATED = 0

_TIME_OF_DAY = re.compile(r"\d{4}-\d\d-\d\d[T ](\d\d):(\d\d)")


def article_id(sha256: str, url: str | None) -> str:
    """The id of the article that these bytes tell at this place."""
    return hashlib.sha256(f"{sha256}\n{url or ''}".encode()).hexdigest()[:ID_LENGTH]


def text_hash(text: str) -> bytes:
    """What copies of one text share: the first half of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


def day_of(moment: str | None) -> int | None:
    """The day that an ISO 8601 date or time writes, counted from the year 1; None where it writes none."""
    try:
        return date.fromisoformat((moment or "")[:10]).toordinal()
    except ValueError:
        return None


def iso_day(day: int) -> str:
    """The day of a count, as ISO 8601 writes it."""
    return date.fromordinal(day).isoformat()


def first_number(day: int) -> int:
    """The least number that an article published on this day can have."""
    return day << DAY_BITS


def number_base(published: str | None) -> int:
    """Where the numbers of articles published at this minute, as the page prints it, begin."""
    day = day_of(published)
    if day is None:
        return UNDATED
    found = _TIME_OF_DAY.match(published or "")
    minute = min(int(found[1]) * 60 + int(found[2]), 1439) if found else 0
    return first_number(day) + (minute << MINUTE_BITS)


def day_of_number(number: int) -> int | None:
    """The day of publication that a number tells; None for an undated article."""
    return (number >> DAY_BITS) or None


def inner_number(article: int, ordinal: int) -> int:
    """One number for an item of an article: its article's, then its own."""
    return (article << ORDINAL_BITS) | ordinal


def split_number(inner: int) -> tuple[int, int]:
    """Article's number and item's ordinal."""
    return inner >> ORDINAL_BITS, inner & (MOST_ITEMS - 1)


def item_key(layer: str, item: Mapping[str, Any]) -> str:
    """The name of an item of a record by its place: ``c499-511``, ``a478-617``, ``m83-95``, ``t5-12``.

    Unique within an article: one span triggers one claim, is one mention or one time; attributions are told apart by
    where their first content and their speaker stand. An entity has no place of its own: see `entity_keys`.
    """
    if layer == "claims":
        return f"c{item['trigger']['start']}-{item['trigger']['end']}"
    if layer == "attributions":
        first, last = item["content"][0]["start"], item["content"][-1]["end"]
        speaker = next((link["start"] for link in item["chain"] if link["role"] == "speaker"), 0)
        return f"a{first}-{last}-{speaker}"
    return f"{layer[0]}{item['start']}-{item['end']}"


def entity_keys(record: Mapping[str, Any]) -> dict[str, str]:
    """The name of each entity by the place of its first mention: ``{"e1": "e83-95"}``."""
    keys: dict[str, str] = {}
    for mention in sorted(record["mentions"], key=lambda m: (m["start"], m["end"])):
        keys.setdefault(mention["entity"], f"e{mention['start']}-{mention['end']}")
    return {entity["id"]: keys.get(entity["id"], f"e-{entity['id']}") for entity in record["entities"]}
