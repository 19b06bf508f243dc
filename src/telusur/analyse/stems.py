"""Words as they are looked up: folded, and cut to their stem.

Comes in: any text. Goes out: one string for each word, in order, of letters and digits only. Archive and question go
through the same function, so that what is asked finds what is written; `VERSION` names how they are made, and an
archive made with another version has its words made anew.

A word is cut only where a root that is known stands inside it (`data/words/roots.tsv`), or where it is plainly a new
verb (di-viral-kan): what is unsure stays whole, and so do names. Words that the grammar would read wrongly stand in
`data/words/stem-exceptions.tsv`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from ..lexicon import read_table
from .affixes import Part, take_apart

VERSION = "1"

LONGEST = 60
"""The most characters of a stem: longer ones are cut, since no index takes words of any length."""

LONGEST_WORD = 32
"""No Indonesian word is longer; what is, is no word and is not taken apart."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[a-z]+")
_SHORTEST_NEW = 5
_SHORTEST_OWNED = 4


def stems(text: str) -> list[str]:
    """The stem of every word of a text, in order."""
    return [stem(word) for word in _WORD.findall(fold(text))]


def fold(text: str) -> str:
    """Without capitals, accents and other marks on letters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()  # a sign like ℃ comes apart into capitals
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one folded word."""
    if len(word) > LONGEST_WORD or not _LETTERS.fullmatch(word):
        return word[:LONGEST]
    if (told := _exceptions().get(word)) is not None:
        return told
    return root(word) or _new_word(word) or word


def root(word: str) -> str | None:
    """The known root inside a folded word, or the word where it is a root itself; None where none is known.

    Of several readings the one that leaves most letters of the word in place wins, then the one whose root makes more words.
    """
    known = roots()
    if word in known:
        return word
    best, most = None, (0, -1)
    for part in take_apart(word):
        if (weight := known.get(part.rest)) is not None:
            told = (len(part.rest) - part.swallowed, weight)
            if told > most:
                best, most = part.rest, told
        elif part.clitics and len(part.prefixes) + bool(part.suffix) == 0 and part.rest in _exceptions():
            return _exceptions()[part.rest]
    return best


@cache
def roots() -> dict[str, int]:
    """Each root with how many kinds of words are made of it."""
    return {row["root"]: int(row["weight"]) for row in read_table("roots", ("root", "weight"))}


@cache
def _exceptions() -> dict[str, str]:
    return {word: row["stem"] for row in read_table("stem-exceptions", ("words", "stem")) for word in row["words"].split()} | {
        word: word for row in read_table("stem-whole", ("words",)) for word in row["words"].split()
    }


def _new_word(word: str) -> str | None:
    """The stem of a word whose root is not known, where its affixes leave no doubt."""
    for part in take_apart(word):
        if _is_plain(part):
            return part.rest
    return None


def _is_plain(part: Part) -> bool:
    if part.clitics == ("nya",) and not (part.prefixes or part.suffix):
        return len(part.rest) >= _SHORTEST_OWNED
    if len(part.prefixes) != 1 or len(part.rest) < _SHORTEST_NEW or part.clitics not in ((), ("nya",)):
        return False
    return part.prefixes[0] in ("me", "di") and part.suffix == "kan" and not part.swallowed
