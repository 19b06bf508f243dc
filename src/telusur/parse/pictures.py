"""A picture's caption and its credit taken apart.

Comes in: the text of a caption block. Comes out: the caption without its credit, and the credit as printed. A credit
that names an agency (``ANTARA FOTO/REUTERS/Stringer/djo/17``) is the picture's, never the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..lexicon import read_table, words
from ..model.document import Image

_AGENCIES = r"ANTARA(?:\s?FOTO)?|ANTARANEWS|AFP(?:\s?PHOTO)?|AP(?:\s?PHOTO)?|REUTERS|EPA|GETTY IMAGES|XINHUA|BLOOMBERG|TEMPO|BPMI"
_AGENCY_END = re.compile(
    rf"(?:(?<=[.!?)\]])|(?<=\s))\s{{0,3}}\(?(?P<credit>(?:{_AGENCIES})\s?[/|]\s?[^()\n]{{2,80}}|(?:ANTARA FOTO|AFP|REUTERS|AP PHOTO))\)?\s{{0,3}}\.?$",
    re.IGNORECASE,
)
# Whoever the picture is from, a bar between two names behind the caption's full stop is a credit.
_BAR_END = re.compile(
    r"(?<=[.!?)\]”\"])\s{1,3}(?P<credit>[A-Z][\w.&@-]*(?: [A-Z][\w.&-]*){0,3}\s?/\s?@?[A-Z][^()\n.!?]{1,60})\.?$"
)
_BRACKET_END = re.compile(r"[(\[](?P<credit>[^()\[\]\n]{2,90})[)\]]\s{0,3}\.?\s{0,3}$")
_SIGN_END = re.compile(
    r"[/,.]?\s{0,3}(?P<sign>(?:Â?©|\(c\))\s{0,3}(?P<credit>[^\n©]{2,80}?)[/\s]{0,3})$", re.IGNORECASE
)
_OUTLET_START = re.compile(
    r"^(?P<credit>(?:[A-Z][\w-]{1,20}\.(?:com|co\.id|co|id|tv|net|COM|CO\.ID|CO|ID)|[A-Z]{3,15}(?: FOTO| PHOTO| IMAGES)?)\s?/\s?@?[A-Z][A-Z.'’]*(?: [A-Z][A-Z.'’]+){0,4}|[a-z]+\.com/@[a-z0-9_.]+|(?:Twitter|Instagram|Facebook)\s@\w+)\s?(?=[A-Z(][a-z]|\()",
)
_DOCUMENT_START = re.compile(r"^(?P<credit>(?:Dok|Doc)\.?\s[^\n]{2,60}?)\s(?=[A-Z(])")
_POSITION = re.compile(
    r"^(?:kiri|kanan|tengah|depan|belakang|kedua|ketiga|keempat|paling|baju|berbaju|berkacamata|dua|tiga|\d|ki|ka)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^Keterangan (?:gambar|foto)\s?[,:]\s?", re.IGNORECASE)
_CREDIT_ONLY = re.compile(
    rf"^(?:{_AGENCIES}|[\w-]{{2,20}}\.(?:com|co\.id|co|id))\s?/\s?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,3}}$|^(?:(?:sumber )?(?:foto|gambar)|photo|dok)\s?[.:,]\s?[^\n]{{2,60}}$",
    re.IGNORECASE,
)


_BARE_AGENCIES = ("antara foto", "afp", "reuters", "ap photo")


@dataclass(frozen=True, slots=True)
class _CreditWords:
    """The words before a credit, folded, the pattern of a credit behind one, and those that are a credit by themselves."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]
    alone: frozenset[str]


@cache
def _credit_words() -> _CreditWords:
    rows = list(read_table("photo_credit_words", ("word", "alone")))
    opening = "|".join(
        re.escape(row["word"]).replace(r"\ ", r"\s")
        for row in sorted(rows, key=lambda row: -len(row["word"]))
    )
    pattern = re.compile(
        rf"(?:(?<=[.!?)\]”\"])|(?<=\s)|^)\s{{0,3}}(?P<credit>(?:{opening})\s?[.:]\s{{0,3}}[^\n]{{2,90}})$",
        re.IGNORECASE,
    )
    alone = frozenset(row["word"] for row in rows if row["alone"] == "yes")
    return _CreditWords(tuple(row["word"].casefold() for row in rows), pattern, alone)


@cache
def _label() -> re.Pattern[str]:
    """`Foto: ` in front of a credit names what it is and is not part of it; `Dok.` is part of it."""
    return re.compile(
        r"^(?:(?:sumber |kredit )?(?:foto|gambar|photo|picture|image)(?: by| oleh)?|sumber|ilustrasi)\s{0,2}[.:,/]\s{0,3}(?:dok\.?\s?:\s?)?",
        re.IGNORECASE,
    )


def _bare(credit: str) -> str:
    """A credit without its label, brackets and end stops."""
    credit = credit.strip(" \t.,;")
    return _label().sub("", credit).strip(" \t,;") or credit


def _is_credit(inside: str, after_stop: bool) -> bool:
    """Whether what stands in the closing brackets of a caption names where the picture is from.

    After the caption's full stop a capitalised name is a credit; before it, an acronym explains the word before.
    """
    inside = inside.strip()
    low = inside.casefold()
    known = _credit_words()
    if low.rstrip(".") in known.alone or low in words("short_photo_credits") or known.pattern.match(inside) is not None:
        return True
    if _POSITION.match(inside) is not None or len(inside) > 70:
        return False
    if inside.isalpha() and len(inside) <= 12 and not after_stop:
        return False
    if any(c.isdigit() for c in inside.split("/")[0]):
        return False
    return (
        "/" in inside or "." in inside or "@" in inside or all(word[:1].isupper() for word in inside.split())
    )


def split_caption(text: str) -> Image:
    """A caption block's text as caption and credit.

    >>> split_caption("Antrean di loket. (Foto: Rina/Harian Kita)")
    Image(caption='Antrean di loket.', credit='Rina/Harian Kita')
    """
    caption, _, below = text.partition("\n")
    if below:
        # A caption block of an HTML page: the mark-up told the credit, which stands on the second line.
        return _made(caption, below)
    text = " ".join(text.split())
    if (named := _NAMED.match(text)) is not None:
        text = text[named.end() :]
    if _CREDIT_ONLY.match(text) is not None:
        return Image("", _bare(text))
    tail_at = max(0, len(text) - 160)
    head, tail = text[:tail_at], text[tail_at:]
    low = tail.casefold()
    found = _SIGN_END.search(tail) if "©" in low or "(c)" in low else None
    if found is not None:
        return _made(head + tail[: found.start()], found["credit"])
    bracket = _BRACKET_END.search(tail)
    if bracket is not None and _is_credit(
        bracket["credit"], tail[: bracket.start()].rstrip()[-1:] in (".", "!", "?")
    ):
        return _made(head + tail[: bracket.start()], bracket["credit"])
    for pattern in _likely_ends(low):
        found = pattern.search(tail)
        if found is not None and (head + tail[: found.start()]).strip():
            return _made(head + tail[: found.start()], found["credit"])
    for pattern in (_OUTLET_START, _DOCUMENT_START):
        found = pattern.match(text[:200])
        if found is not None:
            return _made(text[found.end() :], found["credit"])
    return Image(text, None)


def _likely_ends(low: str) -> Iterator[re.Pattern[str]]:
    """The patterns of a credit without brackets that may fit a line's end, given folded: each searches at every place, and most lines hold
    nothing that it asks for."""
    known = _credit_words()
    if any(word in low for word in known.words):
        yield known.pattern
    if "/" in low or "|" in low or low.rstrip(" .)").endswith(_BARE_AGENCIES):
        yield _AGENCY_END
    if "/" in low:
        yield _BAR_END


def _made(caption: str, credit: str) -> Image:
    caption = caption.strip().rstrip(",;/|").rstrip()
    return Image(caption, _bare(credit) or None)


def has_credit(text: str) -> bool:
    """Whether a line ends or opens with something like a picture's credit."""
    return len(text) <= 700 and split_caption(text).credit is not None


def has_sure_credit(text: str) -> bool:
    """Whether a line ends or opens with what can only be a picture's credit, even in the midst of an article: one
    with a label (`Foto: X`) or a bar (`AFP/X`). `(Antara)` alone may close a paragraph of the agency's copy."""
    credit = split_caption(text).credit if len(text) <= 700 else None
    if credit is None:
        return False
    low = credit.casefold()
    label = text.casefold().find("foto")
    return (
        "/" in credit
        or "©" in text
        or low.startswith(("dok", "doc", "istimewa", "ist", "tangkapan"))
        or label >= len(text) - len(credit) - 12 > 0
    )
