"""What an archive answers: found articles, claims, who said and held what, what happened where and when.

    from telusur.archive import open_archive
    from telusur.answers import ask
    with open_archive("archive.db") as archive:
        for line in ask.claims(archive, "type:controls about:Raqqa").lines:
            print(line.in_english, line.sentence.text, line.article.url)

Every line has its sentence, its chain and its link. All functions see one state of the archive each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, true, union_all

from ..archive.engine import Archive
from ..archive.keep import load_records
from ..archive.parts import HELD, HELD_TYPES, HOLDS, HOLDS_TYPES, PLACE
from ..archive.places import first_number, item_key
from ..archive.schema import REJECTED, articles, claims, entities, names, participants, sayings
from ..errors import BadRequest
from ..model.claim import STATE_TYPES
from ..search import find
from ..search.conditions import Stretch, happens_in, of_claim, of_saying, taking_part
from ..search.find import BEYOND, Facet, write_key
from ..search.names import is_face, is_named, look_up, meaning, ways_to
from ..search.paging import page_by_key
from ..search.query import And, Field, Node, month_of, parse
from ..trace.proof import Tracer
from .hits import best_sentence
from .lines import Article, Excerpt, JsonObject, Line, Reference
from .sides import sides

MOST = 200
"""The most lines of one answer; more come page by page."""

LINES_A_HIT = 2
MOST_STATES = 30
"""States of each kind that a profile is made of, the newest."""

_AT_ONCE = 500
_RARE = 2000
_LONGEST_PERIOD = 366
_SHORTEST_ID = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found: the sentence that shows why, and the claims or sayings that were asked for."""

    article: Reference
    sentence: Excerpt
    lines: tuple[Line, ...]
    score: float | None = None

    def to_dict(self) -> JsonObject:
        told = {"article": self.article.to_dict(), "sentence": self.sentence.to_dict(), "lines": [line.to_dict() for line in self.lines]}
        return told | ({"score": self.score} if self.score is not None else {})


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. ``count`` is of all articles that answer; ``count_exact`` is False where there are more (`find.count_most`);
    ``next`` the key of the next page; ``all_ranked`` is False where there were too many to rank and only the newest are."""

    hits: tuple[Hit, ...]
    count: int
    count_exact: bool
    next: str | None
    facets: dict[str, list[tuple[str, int]]]
    all_ranked: bool = True


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of lines, and the key of the next one."""

    lines: tuple[Line, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What an archive tells of a name: ``names`` it goes by with the number of their articles, offices held and bodies led by it
    (``holds``), who leads, controls or belongs to it (``held``), and what it ``said``."""

    asked: str
    names: tuple[tuple[str, str, int], ...]
    holds: tuple[Line, ...]
    held: tuple[Line, ...]
    said: tuple[Line, ...]
    next: str | None


class _Opened:
    """Articles opened once each."""

    def __init__(self, archive: Archive, connection: Connection, counted: bool = True) -> None:
        self.archive, self.connection, self.counted = archive, connection, counted
        self.opened: dict[int, Article] = {}
        self.tracer = Tracer(archive, connection)

    def __call__(self, number: int) -> Article:
        self.open((number,))
        return self.opened[number]

    def open(self, numbers: Iterable[int]) -> None:
        """Opens several at once, which costs one question for all."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self.opened]
        read = load_records(self.archive, self.connection, missing)
        self.opened |= {number: Article(*read[number]) for number in missing}

    def claims(self, keys: Sequence[Sequence[int]]) -> tuple[Line, ...]:
        self.open(number for number, _ in keys)
        return tuple(self.claim(number, ordinal) for number, ordinal in keys)

    def states(self, keys: Sequence[Sequence[int]]) -> tuple[Line, ...]:
        """Claims of which the newest of each side is shown: the sources of that one are counted."""
        self.open(number for number, _ in keys)
        told = tuple(self(number).claim(ordinal) for number, ordinal in keys)
        shown = {id(side.lines[0]) for side in sides(told)}
        return tuple(self.claim(*key) if id(line) in shown else line for key, line in zip(keys, told, strict=True))

    def claim(self, number: int, ordinal: int) -> Line:
        """A claim, with how many sources tell it where that is wanted."""
        line = self(number).claim(ordinal)
        return line if line.review == "rejected" or not self.counted else replace(line, sources=self.tracer.counts(number, ordinal))

    def saying(self, number: int, ordinal: int) -> Line:
        return self(number).saying(ordinal)

    def sayings(self, keys: Sequence[Sequence[int]]) -> tuple[Line, ...]:
        self.open(number for number, _ in keys)
        return tuple(self(number).saying(ordinal) for number, ordinal in keys)


def search(
    archive: Archive, query: str, *, size: int = 20, after: str | None = None, best: bool = False, facets: Sequence[Facet] = (), sources: bool = True
) -> Found:
    """Articles that answer a query, the newest first, or the best first.

    Args:
        query: as `docs/search.md` describes; empty for all articles.
        size: hits on a page, at most `MOST`.
        after: the key that the page before gave.
        best: rank by words (BM25); with more than `find.MOST_RANKED` hits, the newest of them.
        facets: fields whose values are to be counted over all hits.
        sources: count for each claim how many outlets, texts and independent sources tell it, which opens articles beside it.

    Raises:
        BadRequest: the query or the key cannot be understood.
    """
    node, size = parse(query), max(1, min(size, MOST))
    with archive.reading() as connection:
        node = None if node is None else meaning(connection, node)
        whole, scores, counted_by_page = True, dict[int, float](), None
        if best and node is not None:
            ranked = find.rank(connection, node)
            whole, scores = ranked.all, dict(ranked.scored)
            page = _ranked_page(ranked.scored, size, after)
        else:
            page, counted_by_page = find.counted_page(connection, node, size, after)
        numbers = [key[-1] if best else key[0] for key in page.keys]
        opened = _Opened(archive, connection, sources)
        opened.open(numbers)
        lines = _lines_of(connection, opened, node, numbers)
        wanted = find.positive_words(node)
        hits = [Hit((a := opened(n)).reference, _why(a, wanted, lines.get(n, ())), lines.get(n, ()), scores.get(n)) for n in numbers]
        counted = find.facets(connection, node, facets)
        count, exact = counted_by_page or find.count_most(connection, node)
        return Found(tuple(hits), count, exact, page.next, counted, whole)


def _ranked_page(scored: Sequence[tuple[int, float]], size: int, after: str | None) -> find.Slice:
    """The page behind a key of score and number."""
    keys = [(round(score * 1e6), number) for number, score in scored]
    before = find.read_key(after, 2)
    if before:
        keys = [key for key in keys if (-key[0], -key[1]) > (-before[0], -before[1])]
    return find.Slice(tuple(keys[:size]), write_key(keys[size - 1]) if len(keys) > size else None)


def _why(article: Article, wanted: Sequence[Any], lines: Sequence[Line]) -> Excerpt:
    return lines[0].sentence if lines and not wanted else best_sentence(article, wanted)


def _lines_of(connection: Connection, opened: _Opened, node: Node | None, numbers: Sequence[int]) -> dict[int, tuple[Line, ...]]:
    """The claims and sayings of these articles that the query's fields mean, a few of each."""
    found: dict[int, list[Line]] = {}
    groups = find.item_groups(node) if numbers else []
    for group in groups:
        stretch = Stretch.of(connection.dialect.name, numbers)
        rows = connection.execute(
            select(claims.c.article, claims.c.claim).where(stretch.holds(claims.c.article), of_claim(group, stretch)).order_by(claims.c.article, claims.c.claim)
        )
        for number, ordinal in rows:
            _keep(found, number, lambda n=number, o=ordinal: opened.claim(n, o))
        if find.by_saying(group):
            s = sayings
            rows = connection.execute(
                select(s.c.article, s.c.saying).where(stretch.holds(s.c.article), of_saying(group, stretch)).order_by(s.c.article, s.c.saying)
            )
            for number, ordinal in rows:
                _keep(found, number, lambda n=number, o=ordinal: opened(n).saying(o))
    return {number: tuple(lines) for number, lines in found.items()}


def _keep(found: dict[int, list[Line]], number: int, make: Any) -> None:
    lines = found.setdefault(number, [])
    if len(lines) < LINES_A_HIT:
        lines.append(make())


def claims_of(archive: Archive, query: str, *, size: int = 20, after: str | None = None, sources: bool = True) -> Lines:
    """Claims that answer a query, those of the newest article first; its other words choose the articles."""
    return _items(archive, parse(query), size, after, by_claim=True, sources=sources)


def sayings_of(archive: Archive, query: str, *, size: int = 20, after: str | None = None) -> Lines:
    """Sayings that answer a query: who said what, those of the newest article first."""
    return _items(archive, parse(query), size, after, by_claim=False)


def _items(archive: Archive, node: Node | None, size: int, after: str | None, by_claim: bool, sources: bool = True) -> Lines:
    size = max(1, min(size, MOST))
    with archive.reading() as connection:
        opened = _Opened(archive, connection, sources)
        if by_claim:
            page = find.claim_page(connection, node, size, after)
            return Lines(opened.claims(page.keys), page.next)
        page = find.saying_page(connection, node, size, after)
        return Lines(opened.sayings(page.keys), page.next)


def who(
    archive: Archive, name: str, *, about: str | None = None, from_: str | None = None, to: str | None = None, size: int = 20,
    after: str | None = None, sources: bool = True,
) -> Profile:  # fmt: skip
    """What the archive tells of somebody or something: names, offices over time, who leads or controls it, what it said.

    Args:
        name: in any spelling; all its words must be in the name.
        about: only what it said about this.
        from_, to: only from articles of these days, months or years.
        size: sayings on a page.
        after: the key of the page before.
        sources: count the sources of the newest claim of each state.

    Raises:
        BadRequest: a date or the key cannot be understood, or the name holds no letter.
    """
    if not any(ch.isalnum() for ch in name):
        raise BadRequest(f"{name!r} is no name; nothing was looked up; give one, like telusur who 'Ayad Allawi'")
    days = [Field("from", day=month_of(from_)[0])] if from_ else []
    days += [Field("to", day=month_of(to)[1])] if to else []
    with archive.reading() as connection:
        asked = look_up(connection, name)
        fields: list[Field] = [Field("who", (asked,)), *([Field("about", (about,))] if about else []), *days]
        opened = _Opened(archive, connection, sources)
        low = first_number(days[0].day) if from_ else 0
        high = first_number(days[-1].day) if to else BEYOND
        stretch = Stretch(connection.dialect.name, low, high)
        page = find.saying_page(connection, And(tuple(fields)), max(1, min(size, MOST)), after)
        return Profile(
            name,
            _names_of(connection, asked, stretch),
            opened.states(_states(connection, asked, stretch, "actor", HOLDS)),
            opened.states(_states(connection, asked, stretch, "recipient", HELD)),
            opened.sayings(page.keys),
            page.next,
        )


def _names_of(connection: Connection, name: str, stretch: Stretch) -> tuple[tuple[str, str, int], ...]:
    """The names that its bearers go by, each with its articles: those that sound so, and all others of the same actors."""
    count: dict[int, int] = {}
    so_named = is_named(entities.c.name, name)
    rows = select(entities.c.name, func.count()).where(stretch.holds(entities.c.article)).group_by(entities.c.name)
    for way in (so_named, and_(is_face(entities.c.actor, name), ~so_named)):
        count |= {number: found for number, found in connection.execute(rows.where(way))}
    told: list[tuple[str, str, int]] = []
    numbers = sorted(count)
    for start in range(0, len(numbers), _AT_ONCE):
        some = select(names.c.number, names.c.name, names.c.type).where(names.c.number.in_(numbers[start : start + _AT_ONCE]))
        told += [(text, kind, count[number]) for number, text, kind in connection.execute(some)]
    return tuple(sorted(_together(told), key=lambda row: (-row[2], row[0])))


def _together(told: Iterable[tuple[str, str, int]]) -> Iterable[tuple[str, str, int]]:
    """A name with two links is one name to a reader."""
    count: dict[tuple[str, str], int] = {}
    for text, kind, found in told:
        count[text, kind] = count.get((text, kind), 0) + found
    return [(text, kind, found) for (text, kind), found in count.items()]


def _states(connection: Connection, name: str, stretch: Stretch, role: str, part: int) -> tuple[tuple[int, ...], ...]:
    """Article and claim of the states in which a name has a role, newest first, `MOST_STATES` at most."""
    types = HOLDS_TYPES if part == HOLDS else HELD_TYPES

    def look(inside: Stretch, wanted: int) -> list[tuple[int, ...]]:
        parts = taking_part((name,), inside, participants.c.role == role, part=part).subquery()
        rows = (
            select(claims.c.article, claims.c.claim)
            .join(parts, and_(parts.c.article == claims.c.article, parts.c.claim == claims.c.claim))
            .where(claims.c.type.in_(types), claims.c.review != REJECTED)
            .distinct()
            .order_by(claims.c.article.desc(), claims.c.claim)
            .limit(wanted)
        )
        return [tuple(row) for row in connection.execute(rows)]

    return page_by_key(connection, look, stretch.high, MOST_STATES, stretch).keys


def timeline(
    archive: Archive, place: str | None, from_: str, to: str | None = None, *, query: str = "", size: int = 50, after: str | None = None,
    sources: bool = True,
) -> Lines:  # fmt: skip
    """What happened in a place in a time, in order of time; at the end, what has no date in articles of that time.

    Args:
        place: a name; None for everywhere.
        from_, to: a year, month or day each; without ``to``, all of ``from_``.
        query: only claims that answer this too.
        size: lines on a page.
        after: the key of the page before.

    Raises:
        BadRequest: a date, the query or the key cannot be understood.
    """
    with archive.reading() as connection:
        keys, next_ = timeline_keys(connection, place, from_, to, query=query, size=size, after=after)
        return Lines(_Opened(archive, connection, sources).claims(keys), next_)


def timeline_keys(
    connection: Connection, place: str | None, from_: str, to: str | None = None, *, query: str = "", size: int = 50, after: str | None = None,
    longest: int | None = None,
) -> tuple[list[tuple[int, int]], str | None]:  # fmt: skip
    """Article and ordinal of the claims of `timeline`, and the key of the next page. ``longest``: without those that are dated
    only to a stretch of more days than this.

    Raises:
        BadRequest: a date, the query or the key cannot be understood.
    """
    first, last = month_of(from_)[0], month_of(to or from_)[1]
    if first >= last:
        raise BadRequest(f"the time from {from_} to {to} is empty; nothing was looked up; give the earlier one first")
    node, size, key = parse(query), max(1, min(size, MOST)), find.read_key(after, 3)
    node = None if node is None else meaning(connection, node)
    place = look_up(connection, place) if place else None
    stretch = Stretch(connection.dialect.name, 0, BEYOND)
    wanted = [claims.c.review != REJECTED, claims.c.type.not_in(STATE_TYPES), *find.item_conditions(node, stretch)]
    if longest is not None:
        wanted.append(or_(claims.c.from_day.is_(None), claims.c.to_day.is_(None), claims.c.to_day - claims.c.from_day <= longest))
    joined: Any = claims
    if place and _is_rare(connection, place, stretch):
        part = taking_part((place,), stretch, participants.c.role == "place", place=True).distinct().subquery()
        joined = claims.join(part, and_(part.c.article == claims.c.article, part.c.claim == claims.c.claim))
    elif place:
        wanted.append(happens_in(place))
    rows = _dated(connection, joined, wanted, (first, last), key, size, min(_LONGEST_PERIOD, longest or _LONGEST_PERIOD)) if key is None or key[0] != UNDATED else []
    if len(rows) <= size:
        told = (first_number(first), first_number(last))
        rows += _undated(connection, joined, wanted, told, key if key and key[0] == UNDATED else None, size + 1 - len(rows))
    return [(number, ordinal) for _, number, ordinal in rows[:size]], write_key(rows[size - 1]) if len(rows) > size else None


def _is_rare(connection: Connection, place: str, stretch: Stretch) -> bool:
    """Whether few articles tell of a place: then its claims are gone through, else the days' claims are."""
    told = union_all(*ways_to((place,), stretch.holds, (entities.c.article,), PLACE)).limit(_RARE + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(told)).scalar_one()) <= _RARE


UNDATED = 1 << 30
"""Stands for the day of claims without one in the key of a page: behind all days."""

_Row = tuple[int, int, int]


def _dated(
    connection: Connection, joined: Any, wanted: Sequence[Any], days: tuple[int, int], key: Sequence[int] | None, size: int, back: int
) -> list[_Row]:
    """Day, article and claim of what is dated into a time, or up to ``back`` days before it and into it; a claim of unknown end
    counts by its beginning."""
    c = claims.c
    inside = and_(c.from_day < days[1], c.from_day >= days[0] - back, or_(c.to_day > days[0], and_(c.to_day.is_(None), c.from_day >= days[0])))
    behind = true() if key is None else or_(c.from_day > key[0], and_(c.from_day == key[0], or_(c.article > key[1], and_(c.article == key[1], c.claim > key[2]))))
    rows = select(c.from_day, c.article, c.claim).select_from(joined).where(inside, behind, *wanted)
    found = connection.execute(rows.order_by(c.from_day, c.article, c.claim).limit(size + 1))
    return [(int(day), int(number), int(ordinal)) for day, number, ordinal in found]


def _undated(connection: Connection, joined: Any, wanted: Sequence[Any], told: tuple[int, int], key: Sequence[int] | None, size: int) -> list[_Row]:
    """Claims without a date in articles published in that time."""
    c = claims.c
    behind = true() if key is None else or_(c.article > key[1], and_(c.article == key[1], c.claim > key[2]))
    inside = and_(c.from_day.is_(None), c.article >= told[0], c.article < told[1])
    rows = select(c.article, c.claim).select_from(joined).where(inside, behind, *wanted)
    return [(UNDATED, int(number), int(ordinal)) for number, ordinal in connection.execute(rows.order_by(c.article, c.claim).limit(size))]


def show(archive: Archive, id: str) -> Line | Article:
    """One claim or saying by the id that a line printed (``ARTICLE#c499-511``), or an article by its id or how it begins.

    Raises:
        BadRequest: nothing or more than one thing has this id.
    """
    article_id, _, item = id.strip().partition("#")
    if len(article_id) < _SHORTEST_ID or not all(ch in "0123456789abcdef" for ch in article_id):
        raise BadRequest(f"{id[:80]!r} is no id; nothing was shown; give one that a line printed, or {_SHORTEST_ID} digits of it or more")
    with archive.reading() as connection:
        alike = select(articles.c.id, articles.c.number).where(articles.c.id >= article_id, articles.c.id < f"{article_id}g").order_by(articles.c.id)
        found = connection.execute(alike.limit(2)).all()
        if len(found) != 1:
            what = "no article has" if not found else "more than one article has"
            raise BadRequest(f"{what} an id that begins with {article_id!r}; nothing was shown; give {'another' if not found else 'more of it'}")
        opener = _Opened(archive, connection)
        opened = opener(found[0].number)
        if not item:
            return opened
        for layer, line in (("claims", opener.claim), ("attributions", opener.saying)):
            for ordinal, told in enumerate(opened.record[layer]):
                if item_key(layer, told) == item:
                    return line(found[0].number, ordinal)
    raise BadRequest(f"article {opened.id} holds no claim or saying {item[:40]!r}; nothing was shown; `telusur show {opened.id}` shows all it holds")
