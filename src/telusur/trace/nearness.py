"""Which articles are worth comparing with one: near it in time, with rare names in common.

Comes in: an article, opened. Goes out: the numbers of others; and whether two articles are of the same days, and tell one story.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sqlalchemy import Connection, select

from ..analyse.stems import fold, stem
from ..archive.places import first_number
from ..archive.schema import actors, entities
from .parties import Party
from .tellings import Place, Report, small_words

WINDOW_DAYS = 4
"""Articles whose claims are compared are published at most so many days apart."""

UNDATED_DAYS = 14
"""A page without a date is of the latest day that its text names, or so many days later at most."""

MOST_ARTICLES = 30
"""With how many articles, those that share the most and rarest names, one is compared."""

_NEAR = 0.24
"""How much two articles must share to be compared: a name counts by how few articles of the stretch bear it. One that 15 bear is
enough; so are two that 250 bear, or three that 4,000 do."""

_MUCH_NEARER, _MANY_NAMES = 0.8, 3
"""The same of articles that share none of the names in the sentence, but many others: one of them wrote these otherwise."""

_STORY_WORDS = 3

_STORY_NAMES = 4

_STORY_SHARE = 0.5


def near_articles(connection: Connection, report: Report, sentence: Place | None = None) -> list[int]:
    """Numbers of the articles near in time that share the most and rarest names with an article, and one at least of the names in
    a sentence of it, where that has any."""
    shared: dict[int, set[int]] = {}
    for mine, other in _sharing(connection, report.number, _stretches(report)):
        shared.setdefault(other, set()).add(mine)
    shared.pop(report.number, None)
    spread: dict[int, int] = {}
    for names in shared.values():
        for name in names:
            spread[name] = spread.get(name, 0) + 1
    needed = {report.places[party] for party in entities_in(report, sentence)} if sentence else set()
    needed &= spread.keys()  # a name that no other article bears, perhaps since it was printed wrongly, asks nothing of them
    ranked = []
    for number, names in shared.items():
        weight = sum(1 / math.log2(1 + spread[name]) for name in names)
        meets = not needed or bool(names & needed)
        if weight >= (_NEAR if meets else _MUCH_NEARER) and (meets or len(names) >= _MANY_NAMES):
            ranked.append((-weight, number))
    ranked.sort()
    return [number for _, number in ranked[:MOST_ARTICLES]]


def _stretches(report: Report) -> list[tuple[int, int]]:
    """The stretches of article numbers in which the same happening is told: near in time, or undated."""
    undated = (0, first_number(1))
    day = report.day or report.not_before
    if day is None:
        return [undated]
    behind = WINDOW_DAYS if report.day else UNDATED_DAYS
    return [(first_number(max(1, day - WINDOW_DAYS)), first_number(day + behind + 1)), undated]


def _sharing(connection: Connection, number: int, stretches: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Entity of this article, and number of another that has the same name or the same actor. Each stretch is asked for by itself:
    of a name that is everywhere, an index then gives the few articles of those days."""
    own, other = entities.alias("own"), entities.alias("other")
    one, two = actors.alias("one"), actors.alias("two")
    by_name = select(own.c.entity, other.c.article).join(other, other.c.name == own.c.name).where(own.c.article == number)
    by_actor = (
        select(own.c.entity, other.c.article)
        .join(one, one.c.number == own.c.actor)
        .join(two, two.c.whole == one.c.whole)
        .join(other, other.c.actor == two.c.number)
        .where(own.c.article == number)
    )
    found: set[tuple[int, int]] = set()
    for low, high in stretches:
        for query in (by_name, by_actor):
            found |= {(row[0], row[1]) for row in connection.execute(query.where(other.c.article >= low, other.c.article < high)).all()}
    return found


def entities_in(report: Report, place: Place) -> set[str]:
    """The entities that a sentence names."""
    return {m["entity"] for m in report.record["mentions"] if place[0] <= m["start"] < place[1] and m["entity"] in report.places}


def named_in(report: Report, place: Place) -> list[Party]:
    """The names in a sentence."""
    inside = entities_in(report, place)
    return [party for key, party in report.parties.items() if key in inside]


def published_near(one: Report, other: Report) -> bool:
    """Whether two articles may be of the same days. A page without a date is of the latest day that its text names, or later."""
    mine, theirs = one.day or one.not_before, other.day or other.not_before
    if mine is None or theirs is None:
        return True
    ahead = WINDOW_DAYS if one.day else UNDATED_DAYS
    behind = WINDOW_DAYS if other.day else UNDATED_DAYS
    return mine - theirs <= behind and theirs - mine <= ahead


def same_story(one: Report, other: Report) -> bool:
    """Whether two articles tell one story: their titles are much alike, or they share most of the names of the shorter."""
    if not published_near(one, other):
        return False
    titles = [{stem(word) for word in fold(report.title).split() if len(word) > 2 and word not in small_words()} for report in (one, other)]
    if all(titles) and len(titles[0] & titles[1]) >= max(_STORY_WORDS, min(map(len, titles)) * _STORY_SHARE):
        return True
    both = one.names & other.names
    return len(both) >= _STORY_NAMES and len(both) >= min(len(one.names), len(other.names)) * _STORY_SHARE
