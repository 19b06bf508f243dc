"""What one line of a page looks like: the features by which its kind is told.

Comes in: a line's text, and what its mark-up says where there is any. Comes out: `Line`, with a score for how much it
reads like a paragraph of news, and predicates for the lines that news sites print around their articles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from ..errors import TooComplex
from ..lexicon import read_table
from .dates import find_page_date
from .site import is_site_form
from .wires import DATELINE_CHARS, find_dateline

SHOWN_CHARS = 2000
"""Features are taken from a line's first and last characters: a line of 2 MB costs no more than one of 2,000."""

MAX_LINES = 30_000
"""The longest page with all its chrome seen so far has 700 lines."""

_FIRST = re.compile(r"[^\W_]+|.", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLOSED = re.compile(r"[.!?…][\"'”’»()\[\]*]{0,4}\s*$|[,.!?…:][\"”’]\s*$")
_STOPPED = re.compile(r"(?<!\.)\.[\"'”’»()\[\]*]{0,4}\s*$|[,.!?][\"”]\s*$")
_SEPARATORS = re.compile(r"[|·•»›→]|\s/\s")
_INITIALS = re.compile(r"^\(?\*?\(?[A-Za-z]{2,6}(?:[/,.-]\s?[A-Za-z\d]{1,6}){0,4}\)?\*?\)?$")
_COUNTER = re.compile(
    r"^[\d.,]+\s?[kKMm]?\s?(?:views?|shares?|komentar|kali|suka|like|likes)?$", re.IGNORECASE
)
_AGO = re.compile(
    r"^\d{1,3}\s(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun)(?: yang)? lalu$", re.IGNORECASE
)

_LIST_OF = re.compile(
    r"^(?:berita|artikel|pos|konten|tulisan|bacaan|video|foto|post|liputan|kabar|info) (?:[^\W\d_]{3,12} )?terkait$"
)
_POINTER = re.compile(
    r"^(?:baca|simak|lihat|tonton|saksikan|cek|klik)(?: [^\W\d_]{3,14}){1,2}\s?:\s{0,2}(?=\S+ \S+ )"
)

_LIST_HEADS = ("berita terkait", "artikel terkait", "berita rekomendasi", "jangan lewatkan")

RelatedKind = Literal["insert", "list", "loose", "tags"]


@dataclass(frozen=True, slots=True)
class Markup:
    """What HTML says of a line: its element, names of the classes around it, and how much of it is links.

    ``path`` numbers the elements around it, outermost first; ``role`` is what tag or class names claim it to be.
    """

    tag: str
    role: str
    link_share: float
    path: tuple[int, ...]
    heading_level: int = 0
    near_image: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page with its features. ``start`` and ``end`` are its place in the page's text."""

    text: str
    start: int
    end: int
    key: str
    words: int
    function_share: float
    capital_share: float
    closed: bool
    stopped: bool
    markup: Markup | None = None

    @property
    def length(self) -> int:
        return self.end - self.start


def key_of(text: str) -> str:
    """A line without case, doubled blanks and outer punctuation: two lines of one key say the same."""
    return " ".join(text[:SHOWN_CHARS].casefold().split()).strip(
        " :.!»>«<|-–—*#\u200b\u200c\u200d\u2060\ufeff\xad"
    )


@cache
def _function_words() -> frozenset[str]:
    return frozenset(
        word
        for row in read_table("language_words", ("language", "own", "words"))
        if row["language"] == "id"
        for word in row["words"].split()
    )


def check_count(lines: int) -> None:
    """Stops at a page of more lines than any page of one article has.

    Raises:
        TooComplex: more than `MAX_LINES`.
    """
    if lines > MAX_LINES:
        raise TooComplex(
            f"more than {MAX_LINES:,} lines that are not blank; no page of one article has so many; give each article as a file or a JSON line of its own"
        )


def look_at(text: str, start: int, end: int, markup: Markup | None = None) -> Line:
    """The features of ``text[start:end]``."""
    shown = text[start : min(end, start + SHOWN_CHARS)]
    found = _WORD.findall(shown)
    count = len(found) or 1
    function = sum(map(_function_words().__contains__, map(str.casefold, found))) / count
    capital = sum([word[0].isupper() for word in found]) / count
    closing = _end_of_words(text, start, end)
    tail = text[max(start, closing - 12) : closing]
    stopped = _STOPPED.search(tail) is not None
    words = len(found) if end - start <= SHOWN_CHARS else (end - start) // 7
    return Line(
        text[start:end],
        start,
        end,
        key_of(shown),
        words,
        function,
        capital,
        _CLOSED.search(tail) is not None,
        stopped,
        markup,
    )


def _end_of_words(text: str, start: int, end: int) -> int:
    """Where a line's words end, without a picture's credit in brackets after its full stop."""
    if text[end - 1] != ")":
        return end
    opened = text.rfind("(", max(start, end - 90), end)
    bare = text[max(start, opened - 4) : opened].rstrip()
    return opened if opened > start + 20 and bare[-1:] in (".", '"', "”") else end


def prose_score(line: Line) -> float:
    """How much a line reads like a paragraph of running text: above 0 yes, below 0 no.

    Weights set by hand from articles of the training set and listing pages; each is a reason a reader would give.
    """
    if line.words < 3 or is_address(line):
        return -3.0
    score = -3.2 + min(line.words, 50) * 0.07 + min(line.function_share, 0.35) * 7
    score += 1.3 if line.closed else -0.6
    # A full stop ends a sentence; links and headlines have none.
    score += 0.9 if line.stopped and line.words > 6 else 0.0
    score += 2.0 if has_dateline(line.text) else 0.0
    score += 0.6 if line.text[0] in "\"“‘'" and line.words > 4 else 0.0
    score -= max(0.0, line.capital_share - 0.45) * 4
    score -= min(len(_SEPARATORS.findall(line.text[:300])), 4) * 0.9
    if line.markup is not None:
        score -= line.markup.link_share * 4
        score += 1.0 if line.markup.tag == "p" else 0.0
        score -= {"comment": 2.5, "related": 1.5, "tags": 1.5, "site": 1.0}.get(line.markup.role, 0.0)
        score -= 2.0 if line.markup.tag in ("a", "li", "td", "h1", "h2", "h3", "button", "label") else 0.0
    return score


def has_dateline(text: str) -> bool:
    """Whether a paragraph opens with place and outlet (``JAKARTA, KOMPAS.com -``)."""
    return len(text) > 40 and _names_outlet(text[:DATELINE_CHARS])


@lru_cache(maxsize=1024)
def _names_outlet(opening: str) -> bool:
    """Whether a line's first characters are a dateline with an outlet; several stages ask it of the same lines."""
    dateline = find_dateline(opening, 0, len(opening))
    return dateline is not None and dateline.outlet is not None


@dataclass(frozen=True, slots=True)
class _ChromePhrases:
    """The phrases of sites: whole lines, parts of lines, and openings by their first word with whether any length may follow."""

    whole: frozenset[str]
    inside: tuple[str, ...]
    openings: Mapping[str, tuple[tuple[str, bool], ...]]


@cache
def _chrome() -> _ChromePhrases:
    rows = [(row["phrase"], row["match"]) for row in read_table("chrome_lines", ("phrase", "match"))]
    openings: dict[str, tuple[tuple[str, bool], ...]] = {}
    for phrase, match in rows:
        if match in ("start", "open"):
            first = _first_word(phrase)
            openings[first] = (*openings.get(first, ()), (phrase, match == "open"))
    whole = frozenset(phrase for phrase, match in rows if match == "whole")
    return _ChromePhrases(whole, tuple(phrase for phrase, match in rows if match == "inside"), openings)


def _first_word(key: str) -> str:
    """The letters and digits that a key opens with, or its first character."""
    found = _FIRST.match(key)
    return found[0] if found else ""


def is_chrome_phrase(line: Line) -> bool:
    """Whether the line is one of the phrases that sites print around articles."""
    phrases = _chrome()
    key = line.key
    if not key or key in phrases.whole:
        return True
    if is_site_form(line.text, key):
        return True
    # A site's advertisement mark may be run together with the paragraph after it: that is a paragraph.
    is_long = line.words > 24 or (line.words > 14 and line.stopped)
    for phrase, at_any_length in phrases.openings.get(_first_word(key), ()):
        whole_words = key.startswith(phrase) and not key[len(phrase) : len(phrase) + 1].isalnum()
        if whole_words and (not is_long or (at_any_length and line.words < 80)):
            return True
    return not is_long and any(phrase in key for phrase in phrases.inside)


@cache
def _related() -> tuple[dict[str, str], dict[str, tuple[tuple[str, str], ...]]]:
    """Kinds by phrase, and phrases with their kinds by first word, the longest first."""
    rows = [(row["phrase"], row["kind"]) for row in read_table("related_marks", ("phrase", "kind"))]
    by_word: dict[str, tuple[tuple[str, str], ...]] = {}
    for phrase, kind in sorted(rows, key=lambda row: -len(row[0])):
        by_word[_first_word(phrase)] = (*by_word.get(_first_word(phrase), ()), (phrase, kind))
    return dict(rows), by_word


def related_head(line: Line) -> RelatedKind | None:
    """What kind of list of links the line opens, if it is the head of one."""
    kind = _related()[0].get(line.key)
    if (
        kind is None
        and line.length < 80
        and not line.closed
        and (
            _LIST_OF.match(line.key) is not None
            or line.key.endswith("berita terkait")
            or line.key.startswith(_LIST_HEADS)
        )
    ):
        kind = "list"
    if kind is None and line.length < 40 and line.key.endswith("baca juga"):
        kind = "insert"
    if kind in ("colon", "longer"):
        return "insert" if line.text.rstrip().endswith(":") else None
    return kind  # type: ignore[return-value]


def is_related_insert(line: Line) -> bool:
    """Whether the line itself points to another article (``Baca juga: ...``)."""
    if line.length > 260:
        return False
    if _POINTER.match(line.key) is not None:
        return True
    for phrase, kind in _related()[1].get(_first_word(line.key), ()):
        if not line.key.startswith(phrase):
            continue
        rest = line.key[len(phrase) :]
        if kind == "colon":
            return rest.lstrip().startswith(":")
        # Without a colon the words may open a sentence of the article: one that ends like a sentence is left alone.
        if (kind == "insert" or (kind == "longer" and rest)) and (
            rest.lstrip()[:1] in (":", "'", '"', "“") or rest.lstrip().startswith("video") or not line.closed
        ):
            return True
    return False


def is_insert_chrome(line: Line) -> bool:
    """Whether a chrome line is one that sites put inside articles: an advertisement, an embedded video."""
    return line.key.startswith(
        ("advertisement", "scroll", "[gambas", "gambas", "iklan", "simak", "saksikan", "lanjutkan membaca")
    ) and is_chrome_phrase(line)


def is_address(line: Line) -> bool:
    """A bare web address."""
    return " " not in line.key and ("." in line.key or "@" in line.key)


def is_initials(line: Line) -> bool:
    """``(abc/def)``, the initials of reporter and editor on a line of their own."""
    text = line.text.strip()
    return (
        len(text) <= 30 and text.startswith("(") and text.endswith(")") and _INITIALS.match(text) is not None
    )


def is_counter(line: Line) -> bool:
    """A number alone, with or without what it counts: ``0``, ``1.229 Views``, ``25 menit lalu``."""
    text = line.text.strip()
    return len(text) <= 30 and (_COUNTER.match(text) is not None or _AGO.match(text) is not None)


def date_remainder(line: Line) -> str | None:
    """What else a line says besides its one date, or None where it holds none or is too long to be a date line."""
    if line.length > 140:
        return None
    found = find_page_date(line.text)
    if found is None:
        return None
    rest = line.text[: found.start] + " " + line.text[found.end :]
    return " ".join(rest.replace("|", " ").split()).strip(" -–—,:•·()")
