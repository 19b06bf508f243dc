"""Which lines of a page are its title, and which is its standfirst.

Comes in: lines and the body's range. Comes out: indices. The title is the line near the body whose words the body
takes up; a site prints it again in its lists, and every copy is the title too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from ..lexicon import read_table
from .body import Body
from .lines import (
    Line,
    date_remainder,
    has_dateline,
    is_chrome_phrase,
    is_counter,
    is_related_insert,
    key_of,
    prose_score,
    related_head,
)
from .people import opens_with_role
from .pictures import has_credit

_WORD = re.compile(r"\w{3,}")
_LOOK_BACK = 30
"""How many lines before the body a title may stand."""


@cache
def _small_words() -> frozenset[str]:
    return frozenset(
        word
        for row in read_table("language_words", ("language", "own", "words"))
        if row["language"] in ("id", "en")
        for word in row["words"].split()
    )


def content_words(text: str) -> frozenset[str]:
    """The words of a line that say what it is about: three letters and more, no function words."""
    return _content_words(text[:1000])


@lru_cache(maxsize=256)
def _content_words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold())) - _small_words()


def body_words(lines: Sequence[Line], body: Body, paragraphs: int = 8) -> frozenset[str]:
    """The content words of the body's first paragraphs."""
    found: set[str] = set()
    for at in range(body.first, body.last + 1):
        if body.scores[at] > 0:
            found |= content_words(lines[at].text)
            paragraphs -= 1
        if paragraphs <= 0:
            break
    return frozenset(found)


def find_title(lines: Sequence[Line], body: Body, stated: Sequence[str] = ()) -> int | None:
    """The index of the title nearest to the body, or None.

    Args:
        lines: the page.
        body: where its article stands.
        stated: titles that the caller or the page's metadata state.
    """
    words = body_words(lines, body)
    seen = Counter(line.key for line in lines)
    keys = frozenset(key_of(title) for title in stated)
    best: tuple[float, int] | None = None
    for at in range(max(0, body.first - _LOOK_BACK), body.first + 1):
        score = _title_score(lines, at, body, words, seen, keys) - (1.5 if _in_list(lines, at) else 0.0)
        if score > 0 and (best is None or score >= best[0]):
            best = (score, at)
    return best[1] if best else None


def _in_list(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands in a list of links whose head is just before it."""
    for before in range(at - 1, max(-1, at - 9), -1):
        if date_remainder(lines[before]) is not None:
            return False
        if related_head(lines[before]) in ("insert", "list"):
            return True
    return False


def _title_score(
    lines: Sequence[Line],
    at: int,
    body: Body,
    words: frozenset[str],
    seen: Counter[str],
    stated: frozenset[str],
) -> float:
    line = lines[at]
    if (
        not 10 <= line.length <= 220
        or line.words < 2
        or opens_with_role(line.text)
        or has_dateline(line.text)
        or is_counter(line)
    ):
        return -1.0
    if is_chrome_phrase(line) or is_related_insert(line):
        return -1.0
    if any(_says(key, line) for key in stated):
        return 10.0
    if at == body.first and (
        (line.closed and line.text.rstrip()[-1:] not in "?!\"'”’") or line.length > 130 or at == body.last
    ):
        return -1.0
    own = content_words(line.text)
    overlap = len(own & words) / len(own) if own else 0.0
    score = -1.2 + overlap * 2.5 + min(len(own), 6) * 0.1
    score += 0.4 * min(seen[line.key] - 1, 2) if line.words > 3 else 0.0
    score += 1.0 if any(date_remainder(near) is not None for near in lines[at + 1 : at + 4]) else 0.0
    score -= 1.0 if line.length > 130 else 0.0
    score -= 1.2 if line.closed and line.text.rstrip()[-1] in ".," else 0.0
    score -= 1.8 if line.words < 4 or line.length < 25 else 0.0
    score -= 1.5 if has_credit(line.text) else 0.0
    score -= 0.05 * (body.first - at)
    if line.markup is not None:
        score += {1: 2.5, 2: 1.0, 3: 0.4}.get(line.markup.heading_level, 0.0) + (
            1.0 if line.markup.role == "title" else 0.0
        )
        score -= 1.5 * line.markup.link_share
    return score


def _says(stated: str, line: Line) -> bool:
    """Whether a line is the stated title, or that title without the outlet's name after it."""
    return stated == line.key or (line.length > 25 and stated.startswith(line.key))


def first_line_title(lines: Sequence[Line], body: Body) -> int | None:
    """The first line of a clean text, where it is a title: no final stop, and a body after it."""
    line = lines[0]
    if body.last == 0 or not 10 <= line.length <= 170 or has_dateline(line.text) or line.words < 3:
        return None
    ends = line.text.rstrip()[-1:]
    if ends in ".," and not line.text.rstrip().endswith("..."):
        return None
    return None if is_chrome_phrase(line) or is_related_insert(line) or opens_with_role(line.text) else 0


def is_lead(line: Line, title: Line) -> bool:
    """Whether a line after the title and before the body can be the standfirst: a sentence about the same matter."""
    if line.start < title.start or line.words < 4:
        return False
    if line.words < 8 and line.markup is None and not line.closed and not has_credit(line.text):
        # A standfirst of a few words: written like a sentence, not like a title or a name.
        return line.capital_share <= 0.34 and line.length >= 25
    if not 35 <= line.length <= 450 or line.words < 6 or has_credit(line.text) or has_dateline(line.text):
        return False
    if line.markup is not None and line.markup.role == "lead":
        return True
    shared = content_words(line.text) & content_words(title.text)
    return (prose_score(line) > -0.5 and (line.closed or len(shared) >= 2)) or (line.closed and bool(shared))


def same_words(text: str, title: str) -> bool:
    """Whether a line is another wording of the title: four words and more, at least half of them the title's."""
    own, wanted = content_words(text), content_words(title)
    return len(own) >= 4 and 2 * len(own & wanted) >= len(own)


def same_as(line: Line, title: str) -> bool:
    """Whether a line prints the title, whole or cut short by an ellipsis."""
    key, wanted = line.key, key_of(title)
    if key == wanted:
        return True
    cut = key.removesuffix("...").removesuffix("…").rstrip()
    return cut != key and len(cut) > 20 and wanted.startswith(cut)
