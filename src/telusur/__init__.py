"""Telusur reads Indonesian-language news into records that can be searched, checked and cited.

    >>> import telusur
    >>> record = telusur.read("Bupati Sukamaju Rini Lestari mengatakan jembatan itu dibuka Senin (3/6/2024).")
    >>> [record.text[m.span.start : m.span.end] for m in record.mentions]
    ['Sukamaju', 'Rini Lestari']

An archive keeps many and answers from them:

    with telusur.open("archive.db") as archive:
        archive.add("pages/")
        for line in archive.claim("type:controls about:Raqqa").lines:
            print(line.in_english, line.sentence.text, line.article.url)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .model.record import Failure, Record

if TYPE_CHECKING:
    from .answers.opened import OpenArchive

__version__ = "0.1.0"
__all__ = ["Failure", "Record", "__version__", "open", "read"]

_LONGEST_PATH = 1024


def read(
    page: str | bytes | Path,
    *,
    url: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    least_confidence: float | None = None,
    fast: bool = False,
) -> Record:
    """The record of one page.

    Args:
        page: a path, the page's text or HTML, or its bytes. A string that names an existing file is a path.
        url: where the page came from.
        published: ISO 8601 date or time; taken as given where the page does not print its own. So with the rest.
        publisher: the outlet.
        title: the headline.
        least_confidence: leave out what is less sure than this, 0 to 1; ``record.analysis.left_out`` counts it.
        fast: in about three quarters of the time, what follows an article's beginning with 7 of the model's 12 layers; ``record.analysis.model``
            says so.

    Raises:
        TelusurError: the page cannot be read, or holds no Indonesian article (see `telusur.errors`).
    """
    from .confidence.asked import keep_sure
    from .ingest.files import from_bytes, from_text, read_file
    from .model.document import Hints
    from .pipeline import read as read_source

    if isinstance(page, bytes):
        source = from_bytes(page, url=url)
    elif isinstance(page, Path) or _is_file(page):
        source = read_file(page, url=url)
    else:
        source = from_text(page, url=url)
    record = read_source(source, Hints(url=url, published=published, publisher=publisher, title=title), fast=fast)
    return record if least_confidence is None else keep_sure(record, least_confidence)


def open(place: str | Path | None = None, *, create: bool = True) -> OpenArchive:
    """An archive, to be added to and asked.

    Args:
        place: a path (SQLite) or ``postgresql://user@host/name``; TELUSUR_ARCHIVE if not said, else a file among your own data.
        create: make it where there is none; else that is an error.

    Raises:
        NoArchive: there is none, or something else stands there.
        NewerArchive: a newer telusur made it.
        ArchiveError: it cannot be opened; the message says why.
    """
    import os

    from .answers.opened import OpenArchive
    from .archive import open_archive
    from .config import archive_place

    return OpenArchive(open_archive(archive_place(os.environ, None if place is None else str(place)), create=create))


def _is_file(page: str) -> bool:
    """Whether a string names a file. One that looks like a path (``berita.txt``) counts, so that a typing error is
    told as a missing file rather than read as a very short article."""
    if len(page) > _LONGEST_PATH or "\n" in page or "\0" in page or page.lstrip().startswith("<"):
        return False
    return Path(page).is_file() or (" " not in page.strip() and Path(page).suffix in {".txt", ".html", ".htm", ".gz"})


def _repr_html_(record: Record) -> str:
    """The reading view in a notebook cell."""
    from .export.reading import to_cell

    return to_cell(record)


setattr(Record, "_repr_html_", _repr_html_)  # noqa: B010  (the view stands above the types, so it is hung on here)
