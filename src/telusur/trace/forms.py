"""Forms that recur: what an outlet fills in again each day, which shares its words with the day before and is no copy of it.

Comes in: two texts, taken apart, with the stretches that they share. Goes out: whether these are a form. A copy keeps the figures, the
days and the places of what it was made from; a form has others in the same slots, and names its own where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from ..lexicon import read_table
from .align import Stretch
from .prints import word_key
from .prose import MONTHS
from .retelling import Side

RECURS, OPENS_SO = 0.4, 0.15
"""Share of other figures and days, among all where both texts have some, from which on what they share is a form that recurs; and
where it begins with another day."""

OPENING_WORDS, DAY_WORDS = 45, 60
"""Words from its start in which a text opens; and in which it says of which day it is: a long first sentence names it at its end."""

FEWEST_FIGURES, SHARED_FIGURES = 5, 0.3
"""Texts that open alike, and have so many different figures each, are a form that recurs where they share no more than this."""

SLOT_WORDS = 4
"""Words of a name in a slot of a form, at most."""

_DAY = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}}) ?(?:/ ?(?P<number>\d{{1,2}})(?=/\d|\))|(?P<month>{'|'.join(MONTHS)})\b)", re.IGNORECASE)
"""A day of the calendar: ``(9/8/2023)``, ``(9/8)``, ``9 Agustus``; a fraction or a score (``2/3 bagian``) is none."""

Gap = tuple[range, range]


def recurs(a: Side, b: Side, stretches: Sequence[Stretch]) -> bool:
    """Whether what is shared is a form that recurs: the same words round other figures and days.

    Copies of one text keep its figures, but may say of another day that somebody spoke. A form names its own day where it begins.
    """
    same = sum(sum(a.prose.dated[run.a : run.a + run.length]) for stretch in stretches for run in stretch.runs)
    other = 0
    opens = False
    for ours, theirs in _gaps(stretches):
        clash = min(sum(a.prose.dated[at] for at in ours), sum(b.prose.dated[at] for at in theirs))
        other += clash
        opens = opens or (clash > 0 and _in_opening((ours, theirs)) and _names_days(a, b, ours, theirs))
    return other >= (2 if opens else 3) and other >= (OPENS_SO if opens else RECURS) * (same + other)


def of_one_rubric(a: Side, b: Side, *, one_outlet: bool) -> bool:
    """Whether both open as a rubric does that says something of each day in one form, also where it names no figures: horoscopes; of one
    outlet, the weather of this town and of that."""
    return any(all(_opens_with(side, words) for side in (a, b)) for words, anybodys in _rubrics() if anybodys or one_outlet)


def _opens_with(side: Side, words: tuple[int, ...]) -> bool:
    keys = side.words.keys[:OPENING_WORDS]
    return any(keys[at : at + len(words)] == words for at in range(len(keys) - len(words) + 1))


@cache
def _rubrics() -> tuple[tuple[tuple[int, ...], bool], ...]:
    """The words of each, and whether it is a form whoever prints it."""
    return tuple((tuple(map(word_key, row["words"].split())), row["of"] == "anybody") for row in read_table("rubrics", ("words", "of")))


def other_figures(a: Side, b: Side) -> bool:
    """Whether both share hardly any of their many figures: the answers to two levels of a game, prices of two days."""
    ours, theirs = ({side.words.keys[at] for at, dated in enumerate(side.prose.dated) if dated} for side in (a, b))
    fewer = min(len(ours), len(theirs))
    return fewer >= FEWEST_FIGURES and len(ours & theirs) <= SHARED_FIGURES * fewer


def other_days(a: Side, b: Side) -> bool:
    """Whether two texts of one outlet open on other days of the calendar: ``jadwal hari ini, Senin (3/3)`` and ``Jumat (7/3)``. An outlet
    that works its own report over keeps of when it is."""
    ours, theirs = opening_days(a), opening_days(b)
    return bool(ours and theirs and not ours & theirs)


def other_names(a: Side, b: Side, stretches: Sequence[Stretch]) -> bool:
    """Whether two texts of one outlet open with other names in one slot of the same words: ``jadwal di Orun``, ``jadwal di Tabor``. A slot
    holds names and nothing else: who works a report over says a name otherwise, and more of who bears it."""
    return any(_other_names(a, b, gap) for gap in _gaps(stretches) if _in_opening(gap))


def opening_days(side: Side) -> set[tuple[int, int]]:
    """The days of the calendar (day, month) that a text names where it opens."""
    words = side.words
    if not len(words):
        return set()
    end = words.ends[min(len(words), DAY_WORDS) - 1] + 1  # with the bracket that closes it
    found = _DAY.finditer(side.text, words.starts[0], end)
    return {(int(day["day"]), int(day["number"]) if day["number"] else MONTHS.index(day["month"].casefold()) + 1) for day in found}


def _gaps(stretches: Sequence[Stretch]) -> Iterator[Gap]:
    """What stands between two runs of the same words, in either text."""
    for stretch in stretches:
        for left, right in pairwise(stretch.runs):
            yield range(left.a + left.length, right.a), range(left.b + left.length, right.b)


def _in_opening(gap: Gap) -> bool:
    return gap[0].start < OPENING_WORDS and gap[1].start < OPENING_WORDS


def _names_days(a: Side, b: Side, ours: range, theirs: range) -> bool:
    """Whether both name a day there, and not the same."""
    mine = {a.words.keys[at] for at in ours if a.prose.days[at]}
    his = {b.words.keys[at] for at in theirs if b.prose.days[at]}
    return bool(mine and his and mine != his)


def _other_names(a: Side, b: Side, gap: Gap) -> bool:
    """Whether in both a name stands there, and nothing else; not the same one, nor a part of it."""
    if not all(0 < len(places) <= SLOT_WORDS and all(_is_name(side, at) for at in places) for side, places in zip((a, b), gap, strict=True)):
        return False
    mine, his = ({side.words.keys[at] for at in places} for side, places in zip((a, b), gap, strict=True))
    return not mine & his


def _is_name(side: Side, at: int) -> bool:
    prose = side.prose
    return not (prose.plain[at] or prose.dated[at] or prose.quoted[at]) and side.text[side.words.starts[at]].isupper()
