"""An item to its entry: read, checked, packed, with its rows and words. The heavy part of adding, done in any process.

Comes in: an `Item`, a page or a record made elsewhere. Goes out: an `Entry`, ready to be kept, or a `Refused`.
Nothing here touches an archive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..errors import BadRequest
from ..export.check import check_record
from ..export.json import from_json, to_json
from ..model.claim import CERTAINTIES, CLAIM_TYPES, PARTICIPANT_ROLES, POLARITIES, TENSES
from ..model.document import Hints, Source
from ..model.layers import STYLES
from ..model.record import Record
from ..output import fault
from . import packing
from .index import Rows, make_rows, plain
from .places import article_id, text_hash

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One article to add: a page with what the caller knows of it, or a record. ``label`` names it to a person."""

    label: str
    id: str
    source: Source | None = None
    hints: Hints | None = None
    record: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One article, ready to be kept: the values of `schema.articles`, `readings` and `originals`, and the rows."""

    label: str
    id: str
    text_hash: bytes
    url: str | None
    published: str | None
    retrieved: str | None
    maker: tuple[str, str, str]
    chars: int
    text: bytes
    record: bytes
    hints: str | None
    original: str
    data: tuple[str, int, bytes] | None
    rows: Rows


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that gives no record: the error's code, and one line that says what, why, and what to do."""

    label: str
    code: str
    message: str


def page_item(label: str, source: Source, hints: Hints) -> Item:
    """A page as an item."""
    return Item(label, article_id(source.sha256, source.url or hints.url), source=source, hints=hints)


def record_item(label: str, record: JsonObject) -> Item:
    """A record made elsewhere as an item.

    Raises:
        BadRequest: it names neither its source nor its text.
    """
    try:
        sha256, url = record["source"]["sha256"], record["source"].get("url")
        if not (isinstance(sha256, str) and isinstance(record["text"], str) and isinstance(url, str | None)):
            raise TypeError("source.sha256, source.url or text is no string")
    except (KeyError, TypeError, AttributeError) as error:
        raise BadRequest(f"the record breaks its format ({error}); it was left out; compare it with `telusur schema`") from error
    return Item(label, article_id(sha256, url or None), record=record)


def prepare(item: Item, fast: bool = False) -> Entry | Refused:
    """Reads (``fast``: by the fast tier) or checks one item. Never raises for what is in it."""
    try:
        if item.record is not None:
            return make_entry(item.label, item.id, checked(item.record), None, None)
        from ..pipeline import read

        assert item.source is not None
        return entry_of_reading(item, read(item.source, item.hints, fast=fast))
    except Exception as error:  # the edge of a run: a fault of ours costs one article, not the run
        return Refused(item.label, *fault(error))


def lost(item: Item) -> Refused:
    """What an item gives whose process died over it."""
    return Refused(
        item.label,
        "internal-error",
        "the process that read this article died, as it does without enough memory; it was left out; add it by itself, or with fewer --jobs",
    )


def checked(record: JsonObject) -> JsonObject:
    """A record made elsewhere, if it keeps the format.

    Raises:
        BadRequest: it does not; the message names the first rule that it breaks.
    """
    canonical = to_json(from_json(record))
    if broken := [*_misquoted(record, record["text"]), *_strange_words(canonical), *check_record(canonical)]:
        raise BadRequest(f"the record breaks a rule of its format: {broken[0]}; it was left out; `telusur schema` prints the format")
    return canonical


def _misquoted(value: Any, text: str) -> Iterator[str]:
    """Places that quote other words than stand there: the canonical form would quote them right, and hide it."""
    if isinstance(value, dict):
        quote, start, end = value.get("text"), value.get("start"), value.get("end")
        if isinstance(quote, str) and isinstance(start, int) and isinstance(end, int) and text[start:end] != quote:
            yield f"{start} to {end}: says {quote!r} where the text has {text[start:end]!r}"
        for part in value.values():
            yield from _misquoted(part, text)
    elif isinstance(value, list):
        for part in value:
            yield from _misquoted(part, text)


_CLAIM_WORDS: tuple[tuple[str, Sequence[str]], ...] = (
    ("type", CLAIM_TYPES), ("certainty", CERTAINTIES), ("polarity", POLARITIES), ("tense", TENSES),
)  # fmt: skip


def _strange_words(record: JsonObject) -> Iterator[str]:
    """Words that stand where the format has a list: what is in no list, no question would find."""
    for claim in record["claims"]:
        for field, words in _CLAIM_WORDS:
            if claim[field] not in words:
                yield f"{claim['id']}: {field} {claim[field]!r} is none of {', '.join(words)}"
        for part in claim["participants"]:
            if part["role"] not in PARTICIPANT_ROLES:
                yield f"{claim['id']}: a participant's role {part['role']!r} is none of {', '.join(PARTICIPANT_ROLES)}"
    for attribution in record["attributions"]:
        if attribution["style"] not in STYLES:
            yield f"{attribution['id']}: style {attribution['style']!r} is none of {', '.join(STYLES)}"


def entry_of_reading(item: Item, record: Record) -> Entry:
    """The entry of a page that was just read."""
    assert item.source is not None
    told = {key: value for key, value in asdict(item.hints).items() if value is not None} if item.hints else {}
    if item.source.charset:
        told["charset"] = item.source.charset
    return make_entry(item.label, item.id, to_json(record), item.source.data, told or None)


def make_entry(label: str, id: str, record: JsonObject, data: bytes | None, hints: Mapping[str, str] | None) -> Entry:
    """Packs a record with its bytes (None where they are not known)."""
    body, article, analysis = record["text"], record["article"], record["analysis"]
    same = data is not None and data == body.encode("utf-8", "surrogatepass")
    kept = None if data is None or same else (hashlib.sha256(data).hexdigest(), len(data), packing.pack(data))
    url = record["source"]["url"]
    return Entry(
        label=label,
        id=id,
        text_hash=text_hash(body),
        url=plain(url, 2000) if url else None,
        published=article["published"],
        retrieved=record["source"]["retrieved"],
        maker=(plain(analysis["software"]), plain(analysis["version"]), plain(analysis["model"])),
        chars=len(body),
        text=packing.pack_text(body),
        record=packing.pack_record(record),
        hints=json.dumps(hints) if hints else None,
        original="none" if data is None else "text" if same else "bytes",
        data=kept,
        rows=make_rows(record),
    )
