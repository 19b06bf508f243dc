"""Names as they are looked up: what spellings of one name share.

Comes in: a name as printed. Goes out: a folded form, the same for ``Al-Qaeda`` and ``al Qaeda``; a sound form, the same
for ``Al Qaidah`` too; a tight form, the folded one without spaces and legal form. A reindex makes them anew.

The sound form undoes what Indonesian, Arabic and English spelling do differently, and leaves the vowels alone, because
Rani and Rini are two people. Given names that no rule brings together stand in `data/words/name-spellings.tsv`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..analyse.names import drop, words_of
from ..analyse.stems import fold
from ..lexicon import read_table

VERSION = "1"

_BREAKS = re.compile(r"[\W_]+")
_JOINERS = dict.fromkeys(map(ord, "'’‘`´ʼ"), None)

_ARTICLES = frozenset(["al", "el", "ad", "an", "ar", "as", "ash", "asy", "at", "az", "ul"])
"""The Arabic article as a word of its own, also where it has taken the sound of the next letter."""

_OLD = re.compile(r"dj|tj|oe|sj|^nj")
"""Marks of the spelling before 1972, in which j was written for y."""

Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), put) for pattern, put in pairs)


_LETTERS: Rules = _rules(
    (r"^al(?=[bcdfghjkmnpqrstvwxyz][a-z]{4})", ""),  # Alqaeda, Albaghdadi; Allawi and Alfian keep theirs
    (r"^abdu([rnszt])\1", r"abd\1"),  # Abdurrahman
    (r"^abdul(?=[a-z]{3})", "abd"),
    (r"^ch", "c"),  # Chandra
    (r"sch|sh|sy", "s"),  # Shamsul, Syamsul, Samsul
    (r"kh|ch", "h"),  # Akhmad, Achmad, Ahmad
    (r"dz", "z"),
    (r"ts", "s"),
    (r"([bdgt])h", r"\1"),  # Gandhi, Baghdadi
    (r"ph|v", "f"),
    (r"q|ck", "k"),
    (r"x", "ks"),
    (r"oo|ou", "u"),
    (r"ee|ie", "i"),
    (r"ae|ei|ay(?![aeiou])|ey(?![aeiou])", "ai"),  # Qaeda, Qaida; Hussein, Husain; Ayman, Aiman
    (r"^[aei]y(?=[aeiou])", "ay"),  # Ayad, Iyad, Eyad
    (r"(?<=i)y(?=[aeiou])|(?<=u)w(?=[aeiou])", ""),  # Zakiyah, Zakia; Suwarno, Suarno
    (r"(?<=[bcdfhjklmprstwz])y(?=[aeiou])", "i"),  # Widyawati, Widiawati; ny stays
    (r"y(?![aeiou])", "i"),  # Rizky, Rizki
    (r"([a-z])\1+", r"\1"),
    (r"(?<=.[aeiou])h$", ""),  # Fatimah, Fatima
    (r"([bdhkmt])r$", r"\1ar"),  # Bakr, Bakar
)


def fold_key(name: str) -> str:
    """The name without case, marks, hyphens and points, its words parted by one space."""
    return _BREAKS.sub(" ", fold(name)).strip()


def tight_key(name: str) -> str:
    """The folded name in one word, without its legal form (``PT``, ``Tbk``)."""
    words = words_of(name)
    return "".join(drop(words, "form") or words)


def sound_key(name: str) -> str:
    """What spellings of one name share; never empty for a name that is not."""
    return "".join(word_keys(name)) or fold_key(name).replace(" ", "") or name


@lru_cache(maxsize=4096)
def word_keys(name: str) -> tuple[str, ...]:
    """What spellings of each word of a name share, in order; articles fall away."""
    words = _BREAKS.sub(" ", fold(name.translate(_JOINERS))).split()
    kept = [word for word in words if word not in _ARTICLES] or words
    keys: list[str] = []
    held = ""
    for word in kept:
        if re.fullmatch(r"abd|abdul|abdu[rnszt]", word) and len(kept) > 1:
            held = "abd"  # Abdul Rahman is Abdurrahman
            continue
        keys.append(held + word_key(word))
        held = ""
    return tuple(key for key in [*keys, held] if key)


@lru_cache(maxsize=50_000)
def word_key(word: str) -> str:
    """What spellings of one folded word share."""
    if (told := _spellings().get(word)) is not None:
        word = told
    if _OLD.search(word):
        word = _modern(word)
    for pattern, put in _LETTERS:
        word = pattern.sub(put, word)
    return word


def _modern(word: str) -> str:
    """A word of the old spelling in today's: Widjaja, Wijaya."""
    word = re.sub("^nj", "ny", word)
    for old, new in (("dj", "J"), ("tj", "c"), ("sj", "sy"), ("oe", "u"), ("j", "y"), ("J", "j")):
        word = word.replace(old, new)
    return word


@cache
def _spellings() -> dict[str, str]:
    """Given names whose spellings no rule brings together, to the one that stands for all."""
    rows = read_table("name-spellings", ("name", "also"))
    return {also: row["name"] for row in rows for also in row["also"].split()}
