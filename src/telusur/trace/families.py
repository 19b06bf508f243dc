"""Families: the articles that are one text, whoever printed it; who printed it when, whose it was, who dropped the credit.

Comes in: an archive that `update` has brought up to date. Goes out: the family of an article, the same in whatever order
the articles came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Select, func, select

from ..archive import packing
from ..archive.schema import articles, outlets, readings
from ..archive.tracing_tables import traced, traced_texts
from ..errors import BadRequest
from ..model.span import Span
from .align import align
from .copies import printing_of, words_in
from .credits import Credit, find_credits, same_name
from .moments import earliest, order
from .prints import Words
from .texts import Shelf, known_dictionaries

__all__ = ["Credit", "Family", "Listed", "Member", "family_of", "first_of_each", "listed", "members_of", "page_of", "read_family", "read_members"]

MOST_READ = 200
"""Articles of a family whose credits are read where a page of it is asked for, the earliest first: to read thousands takes seconds."""

_AT_ONCE = 200
_MOST_CREDITING = 3
_HEAD, _TAIL, _ROUND = 12, 6, 14
"""Words from a text's start and end within which a credit is for all of it; and words to each side of one in its midst that it is for."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a family. ``published`` as its page states it, None where it states nothing. ``dropped``: names that
    others of the family credit for the text that this article prints too, without crediting them."""

    article: str
    outlet: str | None
    published: str | None
    url: str | None
    title: str
    credits: tuple[Credit, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Articles that are one text. ``id`` is made of the least article id, so that it is the same on any machine. Members in the
    order of publication, undated ones last: all, or those of one page; ``count``: how many there are on all. ``earliest``: who has the earliest
    stated time; None where nobody states one, or where several may be the earliest: a page that prints its day alone does not say whether it
    was before noon. ``undated`` counts members that state none, and that may be earlier. ``wires``: names that members credit, the most
    credited first; where a page is told, names that the 200 earliest or those of the page credit."""

    id: str
    members: tuple[Member, ...]
    earliest: str | None
    undated: int
    wires: tuple[str, ...]
    count: int

    @property
    def articles(self) -> tuple[str, ...]:
        return tuple(member.article for member in self.members)


@dataclass(frozen=True, slots=True)
class Listed:
    """A member before its record is read. ``words``: of its text."""

    number: int
    article: str
    published: str | None
    words: int


def family_of(connection: Connection, article_id: str) -> Family | None:
    """The family of an article, whole; None where nobody else in the archive prints its text."""
    members = listed(connection, article_id)
    return read_family(connection, members, members, most=len(members)) if len(members) > 1 else None


def listed(connection: Connection, article_id: str) -> list[Listed]:
    """All articles that are one text with this one, itself among them, in the order of publication; none where it is not traced."""
    columns = (articles.c.number, articles.c.id, articles.c.published, traced_texts.c.words)
    wanted = _of_family(connection, article_id, *columns)
    if wanted is None:
        return []
    rows = connection.execute(wanted.join(articles, articles.c.number == traced.c.article))
    return sorted((Listed(*row) for row in rows), key=lambda member: order(member.published, member.article))


def page_of(members: Sequence[Listed], size: int, after: str | None) -> tuple[Sequence[Listed], str | None]:
    """So many members behind the article ``after``, and the key of what follows; None where nothing does.

    Raises:
        BadRequest: no member is that article.
    """
    first = 0
    if after is not None:
        first = next((place for place, member in enumerate(members, 1) if member.article == after), 0)
        if not first:
            raise BadRequest(f"{after[:60]!r} is no key of a page; nothing was searched; give the one that the page before printed")
    page = members[first : first + size]
    return page, page[-1].article if first + size < len(members) else None


def read_family(connection: Connection, members: Sequence[Listed], page: Sequence[Listed], *, most: int = MOST_READ) -> Family:
    """A family with the members of a page.

    Args:
        connection: of `Archive.reading`.
        members: all of them, in order.
        page: those that are told.
        most: how many are read besides, to see whom they credit.
    """
    numbers = {member.article: member.number for member in (*members[:most], *page)}
    told = sorted(read_members(connection, list(numbers.values())), key=lambda member: order(member.published, member.article))
    credited = Counter(name for member in told for name in _named(member))
    wires = tuple(sorted(credited, key=lambda name: (-credited[name], name)))
    shown = {name: _as_printed(name, told) for name in wires}
    crediting = {name: _crediting(name, told) for name in wires}
    asked = {member.article for member in page} if wires else set()
    asked |= {member.article for some in crediting.values() for member, _ in some}
    words = _words(connection, sorted(numbers[article] for article in asked))
    here = {member.article for member in page}
    return Family(
        id="f" + min(member.article for member in members),
        members=tuple(_with_dropped(member, crediting, shown, words) for member in told if member.article in here),
        earliest=earliest((member.published, member.article) for member in members),
        undated=sum(1 for member in members if not member.published),
        wires=tuple(shown[name] for name in wires),
        count=len(members),
    )


def members_of(connection: Connection, article_id: str) -> list[int]:
    """The numbers of all articles that are one text with this one, itself among them; none where it is not traced."""
    wanted = _of_family(connection, article_id, traced.c.article)
    return [] if wanted is None else list(connection.execute(wanted.order_by(traced.c.article)).scalars())


def _of_family(connection: Connection, article_id: str, *columns: Column[Any]) -> Select[Any] | None:
    """These columns of all articles that are one text with this one; None where it is not traced."""
    mine = printing_of(connection, article_id)
    if mine is None:
        return None
    family = select(traced_texts.c.family).where(traced_texts.c.number == mine.text).scalar_subquery()
    return select(*columns).select_from(traced).join(traced_texts, traced_texts.c.number == traced.c.text).where(traced_texts.c.family == family)


def first_of_each(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    """For those of these articles that are one text with others, the least number of all that are."""
    family = {number: told for number, told in _joined(connection, select(traced.c.article, traced_texts.c.family), traced.c.article, numbers)}
    told = select(traced_texts.c.family, func.min(traced.c.article), func.count()).group_by(traced_texts.c.family)
    several = {name: first for name, first, count in _joined(connection, told, traced_texts.c.family, list(set(family.values()))) if count > 1}
    return {number: several[name] for number, name in family.items() if name in several}


def _joined(connection: Connection, wanted: Select[Any], column: Column[int], among: Sequence[int]) -> Iterator[Any]:
    """Rows of articles with their texts whose ``column`` is one of some numbers."""
    texts = wanted.select_from(traced).join(traced_texts, traced_texts.c.number == traced.c.text)
    for start in range(0, len(among), _AT_ONCE):
        yield from connection.execute(texts.where(column.in_(among[start : start + _AT_ONCE]))).all()


def read_members(connection: Connection, numbers: Sequence[int]) -> Iterator[Member]:
    """Articles by their numbers, with whom they credit; `Member.dropped` is not told yet."""
    dictionaries = known_dictionaries(connection)
    for start in range(0, len(numbers), _AT_ONCE):
        wanted = (
            select(articles.c.id, articles.c.published, articles.c.url, outlets.c.name, readings.c.text, readings.c.record)
            .join(readings, readings.c.article == articles.c.number)
            .outerjoin(outlets, outlets.c.number == articles.c.outlet)
            .where(articles.c.number.in_(numbers[start : start + _AT_ONCE]))
        )
        for row in connection.execute(wanted):
            record = packing.unpack_record(row.record, packing.unpack_text(row.text, dictionaries), dictionaries)
            yield Member(row.id, row.name, row.published, row.url, _title(record), find_credits(record), ())


def _title(record: Mapping[str, Any]) -> str:
    return record["article"]["title"] or next((record["text"][b["start"] : b["end"]] for b in record["blocks"] if b["kind"] == "title"), "")


def _named(member: Member) -> set[str]:
    """The names that an article credits, and its outlet's own: an agency's own page needs no credit."""
    return {same_name(credit.name) for credit in member.credits}


def _as_printed(name: str, members: Iterable[Member]) -> str:
    printed = Counter(credit.name for member in members for credit in member.credits if same_name(credit.name) == name)
    return min(printed, key=lambda form: (-printed[form], form))


def _words(connection: Connection, numbers: Sequence[int]) -> dict[str, Words]:
    """The words of articles by their ids."""
    pieces = Shelf().get(connection, numbers)
    ids: dict[int, str] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        rows = connection.execute(select(articles.c.number, articles.c.id).where(articles.c.number.in_(numbers[start : start + _AT_ONCE])))
        ids.update((row.number, row.id) for row in rows)
    return {ids[number]: piece.side.words for number, piece in pieces.items()}


def _crediting(name: str, told: Iterable[Member]) -> list[tuple[Member, Credit]]:
    """The first few who credit a name, and in which words."""
    return [(member, credit) for member in told for credit in member.credits if same_name(credit.name) == name][:_MOST_CREDITING]


def _with_dropped(member: Member, crediting: Mapping[str, Sequence[tuple[Member, Credit]]], shown: Mapping[str, str], words: Mapping[str, Words]) -> Member:
    """The member with the names that it does not credit, though it prints what others credit them for."""
    own = _named(member) | ({same_name(member.outlet)} if member.outlet else set())
    dropped = []
    for name in (name for name in shown if name not in own):
        if any(_prints(words.get(member.article), words.get(other.article), credit.span) for other, credit in crediting[name]):
            dropped.append(shown[name])
    return Member(member.article, member.outlet, member.published, member.url, member.title, member.credits, tuple(dropped))


def _prints(mine: Words | None, theirs: Words | None, credit: Span) -> bool:
    """Whether a text has the words that another credits somebody for: a credit at its head, at its end or outside of its words holds
    for all of it, one in its midst for the words round it."""
    if mine is None or theirs is None:
        return False
    first, end = words_in(theirs, credit)
    if first == end or first < _HEAD or end > len(theirs) - _TAIL:
        return True
    low, high = max(0, first - _ROUND), min(len(theirs), end + _ROUND)
    same = sum(stretch.same for stretch in align(theirs.keys[low:high], mine.keys))
    return same * 3 >= high - low
