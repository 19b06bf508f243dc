"""Files, bytes and strings to `Source`: kind and size checked, nothing decoded yet.

``Source.sha256`` is the hash of the bytes as they were given: of the gzip file for ``page.html.gz``, so that
``sha256sum page.html.gz`` agrees; of the UTF-8 form for a string. ``Source.data`` is what was inside.
No more than the limit is ever read or inflated, so that a file of any size costs bounded time and memory.
"""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

from ..errors import EmptySource, TooLarge, UnreadableSource, WrongMedia
from ..model.document import Source
from .media import PLAIN, SNIFF_BYTES, is_gzip, media_type, refuse_foreign

MAX_BYTES = 20_000_000
"""The most bytes of one page that are read (after gzip). The longest real pages stay under 5 MB."""

_GZIP_NAMES = (".html.gz", ".htm.gz", ".xhtml.gz", ".txt.gz", ".text.gz")


def read_file(
    path: str | Path, *, url: str | None = None, charset: str | None = None, limit: int = MAX_BYTES
) -> Source:
    """A file as a `Source`, under its own name.

    Args:
        path: the file; ``.html.gz`` and ``.txt.gz`` are inflated.
        url: where the page came from, if known.
        charset: its encoding, if known.
        limit: the most bytes to read, after inflating.

    Raises:
        UnreadableSource: no such file, or it cannot be opened.
        EmptySource: nothing but white space in it.
        WrongMedia: no text and no HTML.
        TooLarge: more than ``limit`` bytes.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableSource(
            f"{str(path)!r} cannot be read: {reason}; check the path and the file's rights"
        ) from error
    return from_bytes(data, name=path.name, url=url, charset=charset, limit=limit)


def from_bytes(
    data: bytes,
    *,
    name: str | None = None,
    url: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    retrieved: str | None = None,
    limit: int = MAX_BYTES,
) -> Source:
    """Bytes as a `Source`. Arguments and errors as for `read_file`; ``media_type`` may carry a charset."""
    digest = hashlib.sha256(data).hexdigest()
    _check_size(data, name, limit)
    if is_gzip(data):
        data = _inflate(data, name, limit)
    head = data[:SNIFF_BYTES]
    if not data.strip(b"\x00\t\n\r\x0b\x0c \xef\xbb\xbf\xff\xfe"):
        raise EmptySource(
            f"{_shown(name)} is empty: no character in {len(data)} bytes; there is nothing to read; give the page's text or HTML"
        )
    refuse_foreign(head, name)
    kind = _media_type(head, name, media_type)
    return Source(data, kind, digest, url, name, retrieved, charset or _charset_of(media_type))


def from_text(
    text: str,
    *,
    name: str | None = None,
    url: str | None = None,
    media_type: str | None = None,
    limit: int = MAX_BYTES,
) -> Source:
    """A string as a `Source`, in UTF-8; lone surrogates become question marks. Errors as for `read_file`."""
    data = text.encode("utf-8", "replace")
    _check_size(data, name, limit)
    if not text.strip("\x00\ufeff \t\n\r\x0b\x0c"):
        raise EmptySource(
            f"{_shown(name)} is empty: no character in it; there is nothing to read; give the page's text or HTML"
        )
    refuse_foreign(data[:SNIFF_BYTES], name)
    kind = _media_type(data[:SNIFF_BYTES], name, media_type)
    return Source(data, kind, hashlib.sha256(data).hexdigest(), url, name, None, "utf-8")


_media_type = media_type  # the functions above have an argument of that name


def _shown(name: str | None) -> str:
    return repr(name) if name else "the input"


def _check_size(data: bytes, name: str | None, limit: int) -> None:
    if len(data) > limit:
        raise TooLarge(
            f"{_shown(name)} holds more than {limit:,} bytes, the most that is read of one page; it was not read; give one article a file, or raise the limit"
        )


def _charset_of(stated: str | None) -> str | None:
    """The charset that a media type carries (``text/html; charset=utf-8``)."""
    for part in (stated or "").split(";")[1:]:
        key, _, value = part.partition("=")
        if key.strip().casefold() == "charset":
            return value.strip(" \"'") or None
    return None


def _inflate(data: bytes, name: str | None, limit: int) -> bytes:
    """The content of a gzipped page, at most ``limit`` bytes of it."""
    if name is not None and not name.casefold().endswith(_GZIP_NAMES):
        raise WrongMedia(
            f"{name!r} is a gzip archive; only pages packed as .html.gz or .txt.gz are read; unpack it, or give it such a name"
        )
    inflater = zlib.decompressobj(wbits=31)
    try:
        out = inflater.decompress(data, limit + 1)
    except zlib.error as error:
        raise UnreadableSource(
            f"{_shown(name)} is a damaged gzip file ({error}); nothing was read; fetch it again"
        ) from error
    if len(out) > limit:
        raise TooLarge(
            f"{_shown(name)} unpacks to more than {limit:,} bytes, the most that is read of one page; it was not read; raise the limit if it is right"
        )
    if not inflater.eof:
        raise UnreadableSource(
            f"{_shown(name)} is a gzip file cut short after {len(out):,} bytes; nothing was read; fetch it again"
        )
    return out


__all__ = ["MAX_BYTES", "PLAIN", "from_bytes", "from_text", "read_file"]
