"""Where the article stands on the page: the stretch of lines that holds its paragraphs.

Comes in: the lines of a page with their features. Comes out: the index range of the body, ends included, or None.
The body is the stretch of greatest sum, where a paragraph gains with its length and every other line costs a little:
one advertisement or a pointer to another article inside is bridged, a list of links between two teasers is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .lines import (
    Line,
    date_remainder,
    has_dateline,
    is_chrome_phrase,
    is_counter,
    is_initials,
    is_insert_chrome,
    is_related_insert,
    prose_score,
    related_head,
)
from .people import opens_with_role
from .pictures import has_credit

GAP = 1.0
"""What a line that is no paragraph costs."""
BRIDGED = 0.2
"""What a line costs that often stands inside an article: an advertisement, a pointer to another article."""
CONTAINED = 0.75
"""How much of the body's prose one element must hold to be the article's."""
MAX_LISTED = 4
"""How many links a pointer inside an article may have after it."""
LISTING_LINES = 40
LISTING_PROSE = 200
"""A page of more lines than the first with less prose than the second is a list of articles, not one."""
SHORT_ITEM = 0.45
"""What a line without capitals throughout costs: an item of a list, a sub-heading."""


@dataclass(frozen=True, slots=True)
class Body:
    """The first and the last line of the article's body, and the prose score of every line of the page."""

    first: int
    last: int
    scores: tuple[float, ...]

    def holds(self, index: int) -> bool:
        """Whether a line lies in the body's range."""
        return self.first <= index <= self.last


def find_body(lines: Sequence[Line]) -> Body | None:
    """The body's range. None where no line reads like a paragraph."""
    seen = Counter(line.key for line in lines)
    scores = tuple(_score(line, seen) for line in lines)
    best = _greatest(lines, scores, [_value(line, score) for line, score in zip(lines, scores, strict=True)])
    if best is None:
        return None
    first, last = _grown(lines, scores, *_inside_container(lines, scores, *best))
    prose = sum(
        line.length
        for line, score in zip(lines[first : last + 1], scores[first : last + 1], strict=True)
        if score > 0
    )
    if len(lines) > LISTING_LINES and prose < LISTING_PROSE:
        return None
    return Body(first, last, scores)


def find_short_text(lines: Sequence[Line]) -> Body | None:
    """The body of a text of a few short sentences, too short to tell by its looks: all its lines from the first sentence on."""
    if not 0 < len(lines) <= 12 or lines[0].markup is not None:
        return None
    sentences = [
        at
        for at, line in enumerate(lines)
        if line.words >= 5
        and line.function_share + (0.1 if line.stopped else 0.0) > 0.05
        and line.capital_share < 0.8
    ]
    if not sentences or sum(is_chrome_phrase(line) or is_counter(line) for line in lines) > 2:
        return None
    return Body(
        sentences[0], sentences[-1], tuple(1.0 if at in sentences else -1.0 for at in range(len(lines)))
    )


def _inside_container(
    lines: Sequence[Line], scores: Sequence[float], first: int, last: int
) -> tuple[int, int]:
    """The range cut to the deepest element that holds most of its prose, where mark-up tells one."""
    prose = [at for at in range(first, last + 1) if scores[at] > 0]
    mass: Counter[int] = Counter()
    for at in prose:
        markup = lines[at].markup
        if markup is not None:
            mass.update(dict.fromkeys(markup.path, lines[at].length))
    enough = CONTAINED * sum(lines[at].length for at in prose)
    # Elements are numbered in document order: of those that hold enough, the last opened is the deepest.
    container = max((number for number, held in mass.items() if held >= enough), default=None)
    inside = [at for at in prose if (markup := lines[at].markup) is not None and container in markup.path]
    return (inside[0], inside[-1]) if inside else (first, last)


def _grown(lines: Sequence[Line], scores: Sequence[float], first: int, last: int) -> tuple[int, int]:
    """The range with the sentences at its edges, and to the text's end where no site's chrome follows."""
    # A dateline opens an article: where one stands a few lines before the first long paragraph, it begins there.
    first = next((at for at in range(max(0, first - 6), first) if has_dateline(lines[at].text)), first)
    while (at := _next_sentence(lines, scores, first, -1)) is not None:
        first = at
    while (at := _next_sentence(lines, scores, last, 1)) is not None:
        last = at
    rest = list(lines[last + 1 :])
    while rest and _is_site_line(rest[-1]):
        rest.pop()
    if (
        lines[0].markup is None
        and rest
        and len(rest) <= 6 * (last - first + 1 + sum(score > 0 for score in scores[last + 1 :]))
        and not any(map(_is_site_line, rest))
    ):
        last += _before_foot(rest, scores[last + 1 :])
    before = lines[1:first]
    if (
        lines[0].markup is None
        and before
        and len(before) <= 60
        and any(line.stopped for line in before)
        and not has_dateline(lines[first].text)
        and len({line.key for line in lines[: first + 1]}) > first
        and not any(_is_site_line(line) or has_credit(line.text) for line in lines[:first])
    ):
        first = 1
    return first, last


def _before_foot(rest: Sequence[Line], scores: Sequence[float]) -> int:
    """How many of the lines after the body come before its foot: the bylines after which no paragraph follows."""
    count = len(rest)
    prose = next((at for at in range(count - 1, -1, -1) if scores[at] > 0), -1)
    return next((at for at in range(prose + 1, count) if opens_with_role(rest[at].text)), count)


def _next_sentence(lines: Sequence[Line], scores: Sequence[float], at: int, step: int) -> int | None:
    """The next sentence beyond an edge of the body, over what sites and writers put between paragraphs.

    Bridged are at most four advertisements and pointers to other articles, and one sub-heading of a few words;
    behind a sub-heading only a sentence of some length counts, for lists of teasers look much the same.
    """
    headings = pointers = listed = 0
    for _ in range(5 + MAX_LISTED):
        at += step
        if not 0 <= at < len(lines):
            return None
        line = lines[at]
        if _is_sentence(line, scores[at]) and (
            not headings + pointers
            or (scores[at] > -0.3 and line.words > 7)
            # A teaser has a title's capitals and no stop; a short sentence behind pointers has it the other way about.
            or (not headings and line.words >= 5 and line.capital_share < 0.4)
        ):
            return at
        if is_insert_chrome(line):
            continue
        if is_related_insert(line) or related_head(line) == "insert":
            pointers += 1
            continue
        if pointers and step > 0 and listed < MAX_LISTED and _is_listed(line):
            listed += 1
            continue
        headings += 1
        if (
            headings > 1
            or line.words > 5
            or line.length > 60
            or line.closed
            or _is_site_line(line)
            or opens_with_role(line.text)
        ):
            return None
    return None


def _is_listed(line: Line) -> bool:
    """A line like an item of a list of links: a title, not a sentence."""
    return not line.stopped and 18 <= line.length <= 130 and line.words > 2 and not _is_site_line(line)


def _is_sentence(line: Line, score: float) -> bool:
    return (
        (score > -1.0 or (score > -1.8 and line.words > 9))
        and line.stopped
        and line.words > 4
        and line.capital_share < 0.88
    )


def _is_site_line(line: Line) -> bool:
    """A line that shows that the site's own part has begun: a list's head, a date, a counter, a copyright."""
    return (
        (is_chrome_phrase(line) and not is_insert_chrome(line))
        or related_head(line) in ("list", "loose")
        or date_remainder(line) == ""
        or is_counter(line)
        or is_initials(line)
    )


def _score(line: Line, seen: Counter[str]) -> float:
    """The prose score, less for what the site prints more than once or around articles."""
    score = prose_score(line)
    if is_chrome_phrase(line) or is_related_insert(line):
        score = min(score, -1.0)
    if seen[line.key] > 1 and 2 < line.words < 25:
        score -= 1.5
    return score


def _value(line: Line, score: float) -> float:
    if score > 0:
        return min(score, 2.0) * min(line.length, 300) / 160
    if is_chrome_phrase(line) or is_related_insert(line):
        return -BRIDGED if line.words > 1 and not line.text[0].isdigit() else -SHORT_ITEM
    return -SHORT_ITEM if line.capital_share < 0.6 and line.words > 3 else -GAP


def _greatest(
    lines: Sequence[Line], scores: Sequence[float], values: Sequence[float]
) -> tuple[int, int] | None:
    """The stretch of greatest sum that starts and ends with prose; the first of equals."""
    best: tuple[float, int, int] | None = None
    total, first = 0.0, -1
    for at, value in enumerate(values):
        if total <= 0:
            if scores[at] <= 0:
                continue
            total, first = 0.0, at
        total += value
        if scores[at] > 0 and (best is None or total > best[0]):
            best = (total, first, at)
    return (best[1], best[2]) if best else None
