"""Every list in other forms: ``/cari.csv``, ``.json``, ``.jsonl``, ``.atom``.

CSV and JSON Lines stream all that answers, page after page, from one state of the archive; JSON is one page with the key of the next;
Atom is the newest page, for readers who want to be told. The forms are those of the command line (`answers.tables`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ..answers import tables
from ..answers.ask import Hit
from ..answers.lines import Line, Reference
from ..config import Lang
from ..export.marks import escape as plain
from . import links
from .citing import cite
from .languages import language_of
from .rendering import tagged
from .snapshots import Snapshot, snapshot

Form = Literal["csv", "json", "jsonl", "atom"]
FORMS: tuple[Form, ...] = ("csv", "json", "jsonl", "atom")

AT_ONCE = 100
"""Rows that are read before any of them is sent."""

MOST_STREAMED = 100_000
"""Rows of one file; whoever needs more asks for a narrower time."""

FEED = 50

TYPES = {
    "csv": "text/csv; charset=utf-8", "json": "application/json", "jsonl": "application/x-ndjson", "atom": "application/atom+xml; charset=utf-8",
}  # fmt: skip

Rows = Sequence[Line] | Sequence[Hit] | Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows, and the key behind which the next stand."""

    rows: Rows
    next: str | None


Ask = Callable[[Snapshot, str | None, int], Batch]
"""Gives the rows behind a key, at most so many."""


def forms_of(path: str, give: Callable[[Request, Form], Response]) -> list[Route]:
    """Routes for all forms of a list at a path."""

    def route(form: Form) -> Route:
        def endpoint(request: Request) -> Response:
            return give(request, form)

        return Route(f"{path}.{form}", endpoint)

    return [route(form) for form in FORMS]


def in_form(request: Request, form: Form, ask: Ask, title: str, name: str) -> Response:
    """A list in another form.

    Args:
        request: what was asked; its parameter ``sesudah`` is the key to begin behind.
        form: which form.
        ask: gives the rows; called in one state of the archive.
        title: for the feed.
        name: of the file, without suffix.
    """
    after = request.query_params.get("sesudah")
    state = request.app.state
    if form in ("csv", "jsonl"):
        first = _first(request, ask, after)
        stream = _stream(request, ask, form, first)
        return StreamingResponse(stream, media_type=TYPES[form], headers={"content-disposition": f'attachment; filename="{name}.{form}"'})
    with snapshot(state.archive, state.settings.sql_seconds) as opened:
        batch = ask(opened, after, FEED)
    if form == "json":
        told = json.dumps({"items": [_told(row) for row in batch.rows], "next": batch.next}, ensure_ascii=False, indent=1)
        return tagged(request, Response(told.encode("utf-8", "replace"), media_type=TYPES[form]))
    feed = atom(batch.rows, title, str(request.url), language_of(request))
    return tagged(request, Response(feed.encode("utf-8", "replace"), media_type=TYPES[form]))


def _first(request: Request, ask: Ask, after: str | None) -> Batch:
    """The first rows, asked before anything is sent, so that what cannot be answered is told as an error."""
    state = request.app.state
    with snapshot(state.archive, state.settings.sql_seconds) as opened:
        return ask(opened, after, AT_ONCE)


def _stream(request: Request, ask: Ask, form: Form, first: Batch) -> Iterator[bytes]:
    state = request.app.state
    yield _rows(first.rows, form, header=True)
    after, sent = first.next, len(first.rows)
    if not after:
        return
    with state.archive.reading() as connection:
        archive = state.archive
        opened = Snapshot(archive.engine, archive.place, archive.kind, archive.dictionaries, connection)
        while after and sent < MOST_STREAMED:
            batch = ask(opened, after, AT_ONCE)
            yield _rows(batch.rows, form, header=False)
            after, sent = batch.next, sent + len(batch.rows)


def _rows(rows: Rows, form: Form, header: bool) -> bytes:
    if form == "jsonl":
        return "".join(json.dumps(_told(row), ensure_ascii=False) + "\n" for row in rows).encode("utf-8", "replace")
    if rows and isinstance(rows[0], dict):
        return _table(rows, header).encode("utf-8", "replace")  # type: ignore[arg-type]
    lines = [line for row in rows for line in _lines(row)]
    told = tables.to_csv(lines)
    return (told if header else told.partition("\r\n")[2]).encode("utf-8", "replace")


def _lines(row: Any) -> list[Line]:
    if isinstance(row, Hit):
        return list(row.lines) or [tables._bare(row)]
    return [row]


def _table(rows: Sequence[dict[str, Any]], header: bool) -> str:
    """Rows that are plain values already: their names are the header."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if header:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([tables._cell(_flat(value)) for value in row.values()])
    return out.getvalue()


def _flat(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(_flat(part) for part in value)
    return "" if value is None else str(value)


def _told(row: Any) -> dict[str, Any]:
    told: dict[str, Any] = row if isinstance(row, dict) else row.to_dict()
    return told


# --- Atom -------------------------------------------------------------------------------------------------------


def atom(rows: Rows, title: str, url: str, lang: Lang) -> str:
    """A feed (RFC 4287) of lines or hits; ids hold on any machine, links lead into this room."""
    base = url.split("/", 3)[:3]
    entries = [_entry(row, "/".join(base), lang) for row in rows if not isinstance(row, dict)]
    newest = max((when for when, _ in entries), default="1970-01-01T00:00:00Z")
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="' + lang + '">\n'
        f"<title>{_xml(title)}</title>\n<id>urn:telusur:feed:{hashlib.sha256(url.partition('?')[2].encode()).hexdigest()[:24]}</id>\n"
        f'<updated>{newest}</updated>\n<link rel="self" href={quoteattr(url)}/>\n<generator uri="https://pypi.org/project/telusur/">telusur</generator>\n'
    )
    return head + "".join(entry for _, entry in entries) + "</feed>\n"


def _entry(row: Any, base: str, lang: Lang) -> tuple[str, str]:
    if isinstance(row, Hit):
        line = row.lines[0] if row.lines else None
        title, content = row.article.title, (cite(line, lang) if line else row.sentence.text)
        article, id, at = row.article, row.article.id, links.article(row.article.id)
    else:
        title = row.in_english if lang == "en" else row.in_indonesian
        article, id, content, at = row.article, row.id, cite(row, lang), links.claim(row.id)
    when = _moment(article)
    who = article.outlet or "telusur"
    return when, (
        f"<entry><title>{_xml(title or id)}</title><id>urn:telusur:{_xml(id)}</id><updated>{when}</updated>"
        f"<author><name>{_xml(who)}</name></author><link href={quoteattr(base + at)}/><content type=\"text\">{_xml(content)}</content></entry>\n"
    )


def _moment(article: Reference) -> str:
    """When an article was published, as Atom wants it: in UTC, with a time of day."""
    told = article.published or article.not_before or "1970-01-01"
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return "1970-01-01T00:00:00Z"
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _xml(text: str) -> str:
    """Text that XML can hold."""
    import html

    return escape(html.unescape(plain(text)))
