"""Bytes to text: which encoding, and what could not be read in it.

Comes in: a `Source`'s bytes with the charset its carrier declared. Comes out: the text with ``\\n`` line ends and no
byte-order mark, and warnings. Nothing else is changed, but for two things that no later stage could stand:

* a NUL character becomes U+FFFD, one for one, with a warning (HTML parsers stop at NUL, terminals too);
* bytes that are not valid in a UTF-8 page are read as windows-1252 one by one (the usual case: typographic quotation
  marks pasted from an old office program), with a warning; what is nothing there either becomes U+FFFD.

**Source**: order of evidence after the WHATWG Encoding Standard (byte-order mark first), with one change learnt from
pages of 2015-2016 that declare ISO-8859-1 and are UTF-8: bytes that form valid UTF-8 beyond ASCII are UTF-8.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ..model.document import Source

SAMPLE_BYTES = 65_536
"""How much the statistical detector looks at."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE
)
_LATIN = frozenset({"iso8859-1", "latin-1", "cp1252", "ascii", "iso8859-15"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and what was lost."""

    text: str
    charset: str
    warnings: tuple[str, ...] = ()


def decode(source: Source) -> Decoded:
    """The source's bytes as text. Never fails: what cannot be read is replaced and warned of."""
    text, charset, warnings = _decode(source.data, source.charset, source.media_type == "text/html")
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        warnings.append(f"{text.count(chr(0))} NUL characters were replaced by U+FFFD")
        text = text.replace("\x00", "\ufffd")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, charset, tuple(warnings))


def _decode(data: bytes, declared: str | None, is_html: bool) -> tuple[str, str, list[str]]:
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _loosely(data[len(mark) :], charset)
    if wide := _wide_charset(data):
        return _loosely(data, wide)
    stated = _known(declared) or (_stated_in_page(data) if is_html else None)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_foreign(data, stated)
    if stated is None or stated == "utf-8" or (text.isascii() and stated in _LATIN):
        return text, "utf-8", []
    if stated in _LATIN:
        return text, "utf-8", [f"the page declares {stated} but is UTF-8; it was read as UTF-8"]
    return _loosely(data, stated)


def _decode_foreign(data: bytes, stated: str | None) -> tuple[str, str, list[str]]:
    """Bytes that are not UTF-8 throughout: in the stated encoding, as UTF-8 with slips, or as detected."""
    if stated is not None and stated != "utf-8" and stated not in _LATIN:
        return _loosely(data, stated)
    if stated == "utf-8" or _holds_utf8(data):
        return _mixed(data)
    charset = stated or _detected(data) or "cp1252"
    # A browser reads every Latin-1 label as windows-1252: the bytes 80-9f are quotation marks and dashes there.
    return _loosely(data, "cp1252" if charset in _LATIN else charset)


def _known(charset: str | None) -> str | None:
    """The codec's own name for a charset, or None for one that does not exist or decodes to no text."""
    try:
        info = codecs.lookup((charset or "").strip())
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _stated_in_page(data: bytes) -> str | None:
    found = _META_CHARSET.search(data[:8192])
    charset = _known(found[1].decode("ascii")) if found else None
    # A page that could be searched for ASCII tags is not UTF-16, whatever it says.
    return None if charset and charset.startswith(("utf-16", "utf-32")) else charset


def _wide_charset(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of Latin text is zero."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 < len(head) or min(even, odd) * 20 >= max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _holds_utf8(data: bytes) -> bool:
    """Whether real UTF-8 beyond ASCII is in it. Other encodings hardly ever form such sequences by chance."""
    text = data[: 4 * SAMPLE_BYTES].decode("utf-8", "ignore")
    return not text.isascii()


def _detected(data: bytes) -> str | None:
    """What the statistics say, asked only where much is beyond ASCII: a few dashes and quotes mislead it."""
    import charset_normalizer

    sample = data[:SAMPLE_BYTES]
    if sum(byte > 127 for byte in sample) * 4 < len(sample):
        return None
    best = charset_normalizer.from_bytes(sample).best()
    charset = _known(best.encoding) if best else None
    return None if charset and charset.startswith("utf-") else charset


def _loosely(data: bytes, charset: str) -> tuple[str, str, list[str]]:
    try:
        return data.decode(charset), charset, []
    except UnicodeDecodeError:
        text = data.decode(charset, "replace")
    return (
        text,
        charset,
        [f"{text.count(chr(0xFFFD))} characters could not be read as {charset} and were replaced by U+FFFD"],
    )


def _mixed(data: bytes) -> tuple[str, str, list[str]]:
    """UTF-8 with stray bytes of windows-1252 in it."""
    strays = 0

    def stray(error: UnicodeError) -> tuple[str, int]:
        nonlocal strays
        if not isinstance(error, UnicodeDecodeError):
            raise error
        strays += 1
        return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1

    codecs.register_error("telusur.windows-1252", stray)
    text = data.decode("utf-8", "telusur.windows-1252")
    return text, "utf-8", [f"mixed encodings: {strays} bytes were not UTF-8 and were read as windows-1252"]
