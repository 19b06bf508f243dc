"""Tells from its first bytes what a file is, so that a PDF or a picture is refused in words and not read as text.

Comes in: the first kilobytes of an input, its name. Comes out: ``text/plain``, ``text/html`` or `WrongMedia`.
"""

from __future__ import annotations

import re
from functools import cache

from ..errors import WrongMedia
from ..lexicon import read_table

SNIFF_BYTES = 4096
"""How much of the start is looked at."""

PLAIN = "text/plain"
HTML = "text/html"

_MARKUP_START = re.compile(
    rb"\s{0,512}(?:<!--.{0,2048}?-->\s{0,512})?<(?:!doctype\s+html|html|head|body|div|p|article|section|main|table|h1|meta|title|script|span)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP_INSIDE = re.compile(rb"<(?:html|head|body|!doctype\s+html)[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_CONTROL = bytes(range(1, 9)) + bytes(range(14, 27)) + bytes(range(28, 32))


@cache
def _signatures() -> tuple[tuple[int, bytes, str, str], ...]:
    """(offset, first bytes, what it is, what to do), from the table."""
    return tuple(
        (int(row["offset"]), bytes.fromhex(row["bytes"]), row["what"], row["remedy"])
        for row in read_table("media_signatures", ("offset", "bytes", "what", "remedy"))
    )


def is_gzip(data: bytes) -> bool:
    """Whether these bytes start a gzip stream."""
    return data[:2] == b"\x1f\x8b"


def without_wide_zeros(head: bytes) -> bytes:
    """The start of a UTF-16 or UTF-32 text as if it were ASCII, so that tags can be looked for in it."""
    return head.replace(b"\x00", b"")


def has_markup(head: bytes) -> bool:
    """Whether the text starts as an HTML page does."""
    bare = (
        without_wide_zeros(head)
        .removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
    )
    return _MARKUP_START.match(bare) is not None or _MARKUP_INSIDE.search(bare) is not None


def _looks_wide(head: bytes) -> bool:
    """Whether the zeros in it are those of UTF-16: nearly all at even, or nearly all at odd places."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) // 5 and min(even, odd) * 20 < max(even, odd)


def refuse_foreign(head: bytes, name: str | None) -> None:
    """Raises for bytes that are no text.

    Raises:
        WrongMedia: a PDF, a picture, an archive, an office file, a program, a feed, or mostly control characters.
    """
    shown = f"{name!r}" if name else "the input"
    for offset, mark, what, remedy in _signatures():
        if head[offset : offset + len(mark)] == mark:
            raise WrongMedia(
                f"{shown} is {what}, not a news page; only plain text and HTML are read; {remedy}"
            )
    bare = without_wide_zeros(head[:1024])
    if _FEED.search(bare):
        raise WrongMedia(
            f"{shown} is a feed or a site map, not an article; it lists pages; give the pages it points to"
        )
    controls = sum(head.count(c) for c in _CONTROL)
    zeros = 0 if _looks_wide(head) else head.count(0)
    # A few stray zeros happen in damaged text files and are dealt with later; a third of all bytes is a binary file.
    if controls * 10 > len(head) or zeros * 3 > len(head):
        raise WrongMedia(
            f"{shown} holds binary data, not text; only plain text and HTML are read; export the article as text or HTML"
        )


def media_type(head: bytes, name: str | None, stated: str | None) -> str:
    """``text/html`` or ``text/plain``, by what the caller states, then the content, then the file's name.

    Raises:
        WrongMedia: the caller states another type.
    """
    if stated is not None:
        bare = stated.split(";")[0].strip().casefold()
        if bare in (HTML, "application/xhtml+xml"):
            return HTML
        if bare == PLAIN:
            return PLAIN
        if bare not in ("", "application/octet-stream", "text/xml", "application/xml"):
            raise WrongMedia(
                f"the input is stated to be {bare}; only text/plain and text/html are read; convert it, or state its true type"
            )
    lower = (name or "").casefold().removesuffix(".gz")
    if lower.endswith((".html", ".htm", ".xhtml", ".shtml")):
        return HTML
    return HTML if has_markup(head) else PLAIN
