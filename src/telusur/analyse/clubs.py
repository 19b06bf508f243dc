"""Which names of an article are football clubs: `Madrid` and `Leicester` where it tells of their match, not of the town.

Mentions come in before they are joined; the same mentions go out, those of clubs as bodies. A town stays a town where
words of another sport or none of football stand near, and where it is written as one: `di Madrid`, `Liverpool, Inggris`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from ..lexicon import read_table
from ..model.document import Document
from ..model.layers import Mention
from ..model.span import Span
from . import names
from .actors import Actor, actors
from .nameforms import KNOWN, Form, Groups
from .places import is_area_name

NEAR = 250
"""Words of the game are looked for in this many characters before and after a name, inside its paragraph."""
ENOUGH = 3
MOST_VOTES = 20
"""So many mentions of a town say what it is in an article; a book has thousands."""
SURE, LIKELY = 2, 1
"""What another club nearby counts: one that bears no town's name alone, and one that may be a town."""
_PLACED_BEHIND = frozenset(
    {"di", "kota", "warga", "asal", "kelahiran", "penduduk", "polisi", "kepolisian", "bandara", "universitas", "jalan"}
    | {"kawasan", "wilayah", "pusat", "derby", "derbi", "duo"}
)
_EITHER_BEHIND = frozenset({"ke", "dari"})
"""`terbang ke Madrid`, `tiga poin dari Madrid`: such a mention tells nothing; it is what the others are."""
_OTHER_GAMES = re.compile(r"[ -](?:open|terbuka|masters|marathon)\b", re.IGNORECASE)
_LAST_WORD = re.compile(r"(\w+)[\s\"“'‘]*$")
_WHERE = re.compile(r"\s?[,(]\s?(\w+(?: \w+)?)")


@cache
def _game_words() -> dict[str, int]:
    return {row["word"]: int(row["weight"]) for row in read_table("game-words", ("word", "weight"))}


@cache
def _game_pattern() -> re.Pattern[str]:
    longest_first = sorted(_game_words(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(w.replace(' ', '[ -]') for w in longest_first)})\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def club_of(name: str) -> Actor | None:
    """The one club that bears a name, its own or a byname, not one that needs the game beside it."""
    found = [a for how, a in actors().bearers("".join(names.words_of(name)), "ORG") if how in ("n", "a")]
    return found[0] if len(found) == 1 and found[0].kind == "club" else None


def tells_of_game(text: str, span: Span, beside: int = 0) -> bool:
    """Whether the words around a name are of football.

    Args:
        text: the article's text.
        span: the name.
        beside: points for other clubs nearby.
    """
    start, end = _around(text, span)
    said = {" ".join(w.casefold().replace("-", " ").split()) for w in _game_pattern().findall(text[start:end])}
    weights = [_game_words()[w] for w in said]
    return 0 not in weights and (bool(weights) or beside >= 2 * SURE) and sum(weights) + beside >= ENOUGH


def _around(text: str, span: Span) -> tuple[int, int]:
    """The part of a name's paragraph that is near it."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - NEAR)
    end = text.find("\n", span.end)
    return start, min(end if end >= 0 else len(text), span.end + NEAR)


def type_clubs(document: Document, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions, towns among them that are clubs here typed as bodies."""
    ordered = sorted(mentions, key=lambda m: m.span)
    clubs = {i: club for i, m in enumerate(ordered) if m.type != "PER" and (club := club_of(m.span.of(document.text)))}
    doubtful = [i for i in clubs if ordered[i].type == "LOC"]
    if not doubtful:
        return mentions
    votes: dict[str, list[int]] = {}
    free: dict[str, list[int]] = {}
    for i in doubtful:
        place = _is_placed(document, ordered, clubs, i)
        if not place:
            free.setdefault(clubs[i].id, []).append(i)
        if place is not None and len(votes.get(clubs[i].id, ())) < MOST_VOTES:
            plays = not place and tells_of_game(
                document.text, ordered[i].span, points_beside(document.text, ordered, ordered[i].span, clubs[i])
            )
            votes.setdefault(clubs[i].id, []).append(plays - place)
    told = {id(ordered[i]) for club, cast in votes.items() if sum(cast) > 0 for i in free[club]}
    return tuple(replace(m, type="ORG") if id(m) in told else m for m in mentions)


def points_beside(text: str, mentions: Iterable[Mention], span: Span, club: Actor) -> int:
    """Points for the clubs other than this one that are named near a name."""
    start, end = _around(text, span)
    near = {
        other.id: SURE if m.type == "ORG" else LIKELY
        for m in mentions
        if start <= m.span.start < end and m.type != "PER" and (other := club_of(m.span.of(text)))
    }
    return sum(points for id, points in near.items() if id != club.id)


def _is_placed(document: Document, ordered: list[Mention], clubs: dict[int, Actor], at: int) -> bool | None:
    """Whether a town's name is written as a place; None where its place in the sentence allows both."""
    text, span = document.text, ordered[at].span
    if any(line.covers(span) for line in document.datelines) or _OTHER_GAMES.match(text, span.end):
        return True
    before = _LAST_WORD.search(text, max(0, span.start - 30), span.start)
    if before and before[1].casefold() in _PLACED_BEHIND:
        return True
    if (where := _WHERE.match(text, span.end)) and any(map(is_area_name, (where[1], where[1].split()[0]))):
        return True
    # `Stadion Anfield, Liverpool`: behind a name that is no club the town says where it is
    last = ordered[at - 1] if at else None
    if last and at - 1 not in clubs and last.type == "LOC" and text[last.span.end : span.start] == ", ":
        return True
    return None if before and before[1].casefold() in _EITHER_BEHIND else False


def join_clubs(forms: list[Form], groups: Groups) -> None:
    """Joins the names of one club: `Madrid` and `Real Madrid`, `MU` and `Manchester United`."""
    clubs = {f.at: club for f in forms if f.type == "ORG" and (club := club_of(f.text))}
    # a name that has gone to a fuller one may be another team's: `Barcelona U-19`
    mixed = {groups.top(f.at) for f in forms if f.at not in clubs}
    first: dict[str, int] = {}
    for at, club in clubs.items():
        if groups.top(at) not in mixed:
            groups.join(at, first.setdefault(club.id, at), KNOWN)
