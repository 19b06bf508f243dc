"""A story: a family of copies with what each of its articles did to the text, and who else carries a passage of it.

Comes in: an archive and an article. Goes out: a `Story`: who printed it when, what each cut, added and reworded, who dropped the
credit; or the `Comparison` of two articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from ..archive import packing
from ..archive.schema import articles, outlets, readings
from ..errors import BadRequest
from .changes import Change, Edit, compare, edits_between
from .copies import Copy, linked, printing_of, read_copies
from .families import (
    Family,
    Listed,
    Member,
    listed,
    page_of,
    read_family,
    read_members,
)
from .links import judge_pair
from .moments import order
from .texts import Piece, Shelf, known_dictionaries, piece_of_record
from .versions import Version, versions_of

__all__ = ["Comparison", "Heading", "Retelling", "Story", "compare_articles", "story_of"]

MOST_TOLD = 20
"""Articles of a story that are told at once, if not said otherwise."""

_MOST_ELSEWHERE = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """What an article says of itself."""

    article: str
    outlet: str | None
    published: str | None
    url: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Retelling:
    """An article of a story beside the one that the story is told by. ``copy``: how it stands to that one; None for that one itself, and
    where the two meet only through a third. Counts of its paragraphs by what was done to them (`changes.ChangeKind`)."""

    member: Member
    copy: Copy | None
    paragraphs: dict[str, int]


@dataclass(frozen=True, slots=True)
class Story:
    """``base``: the article that the others are compared with: the earliest where that is known, else the one that most copies, or
    with the most text. ``elsewhere``: articles with a passage of it in a text of their own, and how much of it. ``versions``: other captures
    of the page that was asked about. Retellings, and members of the family, are those of one page: ``count`` is how many there are on all, ``next``
    the key of the next page; None on the last one."""

    asked: str
    family: Family | None
    base: str
    retellings: tuple[Retelling, ...]
    elsewhere: tuple[tuple[Heading, Copy], ...]
    versions: tuple[Version, ...]
    count: int
    next: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """From the earlier of two articles to the later one. ``kind``: how the later one stands to the earlier; None where they are no
    copies. Shares: how much of the words of each stands in the other. ``same_page``: they are two captures of one address."""

    earlier: Heading
    later: Heading
    kind: str | None
    share_of_earlier: float
    share_of_later: float
    same_page: bool
    title: tuple[Edit, ...]
    changes: tuple[Change, ...]


def story_of(connection: Connection, article_id: str, *, size: int = MOST_TOLD, after: str | None = None) -> Story:
    """The story of an article, alone in it where nobody else prints its text.

    Args:
        connection: of `Archive.reading`.
        article_id: whose story.
        size: how many of its articles are told, in the order of publication: each is laid beside the one that the story is told by.
        after: the key of the page, which the page before gave as `Story.next`.

    Raises:
        BadRequest: there is no such article, or no such page.
    """
    shelf = Shelf()
    everyone = listed(connection, article_id)
    page, following = page_of(everyone, size, after)
    family = read_family(connection, everyone, page) if len(everyone) > 1 else None
    members = family.members if family else tuple(read_members(connection, [_number(connection, article_id)]))
    base = _base(everyone, family) if family else article_id
    numbers = {member.article: _number(connection, member.article) for member in members} | {base: _number(connection, base)}
    pieces = shelf.get(connection, list(numbers.values()))
    mine, elsewhere = _copies(connection, article_id, base, {member.article for member in everyone} or {article_id}, set(numbers), shelf)
    retellings = []
    for member in members:
        counts: dict[str, int] = {}
        if member.article != base and numbers[member.article] in pieces:
            counts = dict(Counter(change.kind for change in compare(pieces[numbers[base]], pieces[numbers[member.article]])))
        copy = mine.get(member.article)
        retellings.append(Retelling(member, _turned(copy) if copy else None, counts))
    told = tuple(_elsewhere(connection, elsewhere))
    return Story(article_id, family, base, tuple(retellings), told, versions_of(connection, article_id), max(1, len(everyone)), following)


def _base(members: Sequence[Listed], family: Family) -> str:
    if family.earliest:
        return family.earliest
    return min(members, key=lambda member: (-member.words, member.article)).article


def _copies(
    connection: Connection, asked: str, base: str, inside: Collection[str], page: Collection[str], shelf: Shelf
) -> tuple[dict[str, Copy], list[Copy]]:
    """By the articles of a page how the base stands to them; and who else has most of the base, or of the article asked about. Of copies by
    the thousand only those are read."""
    told: dict[str, Copy] = {}
    elsewhere: dict[str, Copy] = {}
    for article in dict.fromkeys((base, asked)):
        if (mine := printing_of(connection, article)) is None:
            continue
        others = linked(connection, mine)
        if article == base:
            told = {copy.other: copy for copy in read_copies(connection, mine, [one for one in others if one[1].id in page], shelf)}
        outside = [(link, other) for link, other in others if link is not None and other.id not in inside and other.id not in elsewhere]
        most = sorted(outside, key=lambda one: (-one[0].share, one[1].id))[:_MOST_ELSEWHERE]
        elsewhere |= {copy.other: copy for copy in read_copies(connection, mine, most, shelf)}
    return told, list(elsewhere.values())


_TURNED: dict[str, Any] = {"abridged": "extended", "extended": "abridged"}


def _turned(copy: Copy) -> Copy:
    """A copy seen from the other article."""
    from .copies import Passage

    passages = tuple(sorted((Passage(p.b, p.a, p.words) for p in copy.passages), key=lambda p: p.a))
    return Copy(copy.other, copy.article, _TURNED.get(copy.kind, copy.kind), copy.other_share, copy.share, passages)


def _elsewhere(connection: Connection, copies: Sequence[Copy]) -> list[tuple[Heading, Copy]]:
    some = sorted(copies, key=lambda copy: (-copy.share, copy.other))[:_MOST_ELSEWHERE]
    told = [(heading_of(connection, copy.other), copy) for copy in some]
    return sorted(told, key=lambda item: order(item[0].published, item[0].article))


def _number(connection: Connection, article_id: str) -> int:
    number = connection.execute(select(articles.c.number).where(articles.c.id == article_id)).scalar()
    if number is None:
        raise BadRequest(f"there is no article {article_id!r}; nothing was shown; `telusur search` prints ids")
    return int(number)


def heading_of(connection: Connection, article_id: str) -> Heading:
    """What an article says of itself."""
    return _record(connection, article_id)[0]


def _record(connection: Connection, article_id: str) -> tuple[Heading, dict[str, Any]]:
    number = _number(connection, article_id)
    wanted = (
        select(articles.c.published, articles.c.url, outlets.c.name, readings.c.text, readings.c.record)
        .join(readings, readings.c.article == articles.c.number)
        .outerjoin(outlets, outlets.c.number == articles.c.outlet)
    )
    row = connection.execute(wanted.where(articles.c.number == number)).one()
    dictionaries = known_dictionaries(connection)
    record = packing.unpack_record(row.record, packing.unpack_text(row.text, dictionaries), dictionaries)
    title = record["article"]["title"] or next((record["text"][b["start"] : b["end"]] for b in record["blocks"] if b["kind"] == "title"), "")
    return Heading(article_id, row.name, row.published, row.url, title), record


def text_of(connection: Connection, article_id: str) -> str:
    """The text of an article, that its spans count in."""
    text: str = _record(connection, article_id)[1]["text"]
    return text


# --- two articles -----------------------------------------------------------------------------------------------


def compare_articles(connection: Connection, one: str, other: str) -> Comparison:
    """Two articles side by side, the one with the earlier stated time first; as they were given where that cannot be said.

    Raises:
        BadRequest: one of them is not there, or both are the same.
    """
    if one == other:
        raise BadRequest(f"{one} is both articles; nothing was compared; name two")
    told = [_record(connection, one), _record(connection, other)]
    captured = {version.article: place for place, version in enumerate(versions_of(connection, one))}
    if other in captured:
        told.sort(key=lambda item: captured[item[0].article])
    elif all(heading.published for heading, _ in told):
        told.sort(key=lambda item: order(item[0].published, ""))
    (earlier, before), (later, after) = told
    old, new = piece_of_record(before), piece_of_record(after)
    kind, shares = _judged(old, new)
    return Comparison(
        earlier, later, kind, *shares, same_page=other in captured, title=edits_between(earlier.title, later.title), changes=compare(old, new)
    )


def _judged(old: Piece, new: Piece) -> tuple[str | None, tuple[float, float]]:
    """How the new text stands to the old one, and how much of the old, and of the new, stands in the other."""
    from .judge import judge

    row = judge_pair((0, old), (1, new))
    verdict = judge(old.side, new.side, one_outlet=old.outlet == new.outlet)
    if old.hash == new.hash:
        return "verbatim", (1.0, 1.0)
    if row is None:
        return None, (verdict.share, verdict.other_share)
    from .links import KINDS

    kind, shares = KINDS[row["kind"] - 1], (row["share"] / 1000, row["other_share"] / 1000)
    return (str(_TURNED.get(kind, kind)), shares) if row["text"] == 0 else (kind, (shares[1], shares[0]))
