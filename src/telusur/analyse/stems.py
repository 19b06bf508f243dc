"""Words as they are looked up: folded, and cut to their stem.

Comes in: any text. Goes out: one string for each word, in order, of letters and digits only. Archive and question go
through the same function, so that what is asked finds what is written; `VERSION` names how they are made, and an
archive made with another version has its words made anew.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

VERSION = "0"

LONGEST = 60
"""The most characters of a stem: longer ones are cut, since no index takes words of any length."""

_WORD = re.compile(r"[^\W_]+")


def stems(text: str) -> list[str]:
    """The stem of every word of a text, in order."""
    return [stem(word) for word in _WORD.findall(fold(text))]


def fold(text: str) -> str:
    """Without capitals, accents and other marks on letters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one folded word."""
    return word[:LONGEST]
