"""Records to keep, as many as wanted: one small record, told of other ships, on other days, at other addresses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from small_record import make_record
from telusur.archive import Archive
from telusur.archive.keep import keep
from telusur.archive.prepare import Entry, page_item, prepare, record_item
from telusur.export.json import dumps
from telusur.ingest.files import from_text
from telusur.model.document import Hints

NewPlace = Callable[[], str]
"""Gives places, one after another, where no archive is yet."""

NOW = "2026-01-01T00:00:00Z"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FIRST_DAY = date(2020, 1, 1)


def ship(number: int) -> str:
    """A name of five letters, so that no place in the text moves."""
    name = ""
    for _ in range(4):
        number, letter = divmod(number, 26)
        name = LETTERS[letter] + name
    return "X" + name


def published(number: int) -> str:
    return (FIRST_DAY + timedelta(days=number % 700)).isoformat()


def record(number: int = 0, **article: Any) -> dict[str, Any]:
    """The record of that number; ``article`` replaces fields of its article."""
    told: dict[str, Any] = json.loads(dumps(make_record()).replace("Camar", ship(number)))
    told.pop("id")
    told["source"]["sha256"] = hashlib.sha256(told["text"].encode()).hexdigest()
    told["source"]["url"] = f"https://kabarpesisir.example/berita/{number}"
    told["article"] |= {"published": published(number), "modified": None} | article
    return told


def lines(numbers: Iterable[int]) -> bytes:
    """Records as JSON Lines."""
    return b"".join(json.dumps(record(n)).encode() + b"\n" for n in numbers)


def entry(told: dict[str, Any]) -> Entry:
    made = prepare(record_item("a record", told))
    assert isinstance(made, Entry), made
    return made


def kept(archive: Archive, numbers: Iterable[int]) -> list[str]:
    """Keeps the records of these numbers; gives their ids."""
    return keep_records(archive, [record(n) for n in numbers])


def keep_records(archive: Archive, told: Sequence[dict[str, Any]]) -> list[str]:
    entries = [entry(one) for one in told]
    archive.write(lambda connection: keep(connection, entries, NOW))
    return [one.id for one in entries]


PAGE = (
    "Warga Rawa Indah Tolak Pelebaran Dermaga\n\n"
    "Rawa Indah - Ketua Serikat Nelayan Rawa Indah, Jumadi Prasetya, menolak rencana pelebaran dermaga, Senin (6/5/2024).\n\n"
    "“Kami tidak pernah diajak bicara,” kata Jumadi di Rawa Indah.\n"
)


def page(text: str = PAGE, url: str | None = None, **hints: str) -> Entry:
    """A page, read."""
    made = prepare(page_item("a page", from_text(text, url=url), Hints(url=url, **hints)))
    assert isinstance(made, Entry), made
    return made
