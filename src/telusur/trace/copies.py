"""Which articles carry the same text, wholly or in part, with the characters of both as evidence.

Comes in: an archive that `update` has brought up to date. Goes out: for one article all its copies, and for one stretch
of it all places where the same words are printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from ..archive.schema import articles
from ..archive.tracing_tables import traced, traced_texts
from ..errors import BadRequest
from ..model.span import Span
from .align import align
from .judge import Kind
from .links import STRONG, Link, Tie, links_of
from .prints import Words
from .texts import Piece, Shelf

__all__ = ["STRONG", "Copy", "CopyPage", "Kind", "Passage", "copies_of", "copies_page", "mirrored"]

WORN_FAMILIES, WORN_AT_HOME = 12, 4
"""In so many other families a passage is nobody's: a set phrase or a form; in fewer where all are of one outlet: its boilerplate."""

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two articles: ``a`` in the article that was asked about, ``b`` in the other; ``words`` is how many they
    share, so that fewer words than either stretch has means that some were changed."""

    a: Span
    b: Span
    words: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles that carry the same text. ``kind``: how ``article`` stands to ``other``: ``verbatim`` word for word, ``abridged``
    the other cut shorter, ``extended`` the other with more of its own, ``rewritten`` the other with words changed throughout,
    ``partial`` a passage of the other in a text of its own; only the first four make two articles one text.
    ``share``: how much of the words of ``article`` stand in ``other``, 0 to 1; ``other_share``: how much of those of ``other``
    stand in ``article``. Passages in the order of ``article``."""

    article: str
    other: str
    kind: Kind
    share: float
    other_share: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Printing:
    """An article that carries a text."""

    number: int
    id: str
    outlet: int | None
    text: int


def copies_of(connection: Connection, article_id: str, shelf: Shelf | None = None) -> tuple[Copy, ...]:
    """All copies of an article, the greatest share first; empty where it has none or is not there.

    Set phrases, an outlet's boilerplate, recurring templates and quotations alone are no copies.

    Args:
        connection: of `Archive.reading`.
        article_id: whose copies.
        shelf: texts that were read already, where many articles are asked about.
    """
    mine = printing_of(connection, article_id)
    if mine is None:
        return ()
    return read_copies(connection, mine, linked(connection, mine), shelf or Shelf())


@dataclass(frozen=True, slots=True)
class CopyPage:
    """Some of an article's copies: ``count`` is how many there are on all pages, ``next`` the key of the next; None on the last one."""

    copies: tuple[Copy, ...]
    count: int
    next: str | None


def copies_page(connection: Connection, article_id: str, *, size: int, after: str | None = None) -> CopyPage:
    """A page of the copies of an article, the greatest share first; the texts of that page alone are read.

    Args:
        connection: of `Archive.reading`.
        article_id: whose copies.
        size: the most of a page.
        after: the key of the page, which the page before gave as ``next``.

    Raises:
        BadRequest: there is no such page.
    """
    mine = printing_of(connection, article_id)
    if mine is None:
        return CopyPage((), 0, None)
    some = sorted(linked(connection, mine), key=_place)
    first = next((place for place, (_, other) in enumerate(some, 1) if other.id == after), 0)
    if after is not None and not first:
        raise BadRequest(f"{after[:60]!r} is no key of a page; nothing was searched; give the one that the page before printed")
    page = some[first : first + size]
    return CopyPage(read_copies(connection, mine, page, Shelf()), len(some), page[-1][1].id if first + size < len(some) else None)


def _place(one: tuple[Link | None, Printing]) -> tuple[float, float, str]:
    """Where a copy stands among those of its article."""
    link, other = one
    return (-link.share, -link.other_share, other.id) if link else (-1.0, -1.0, other.id)


def linked(connection: Connection, mine: Printing) -> list[tuple[Link | None, Printing]]:
    """Who carries an article's text, wholly or in part, before anything of theirs is read: by which link; None where it is the very same."""
    links = standing_links(connection, mine)
    by_text = printings(connection, [mine.text, *(link.other for link in links)])
    twins = [(None, other) for other in by_text[mine.text] if other.number != mine.number]
    return [*twins, *((link, other) for link in links for other in by_text.get(link.other, ()))]


def read_copies(connection: Connection, mine: Printing, some: Sequence[tuple[Link | None, Printing]], shelf: Shelf) -> tuple[Copy, ...]:
    """Some of those that `linked` gives as copies, the greatest share first."""
    if not some:
        return ()
    pieces = shelf.get(connection, [mine.number, *(other.number for _, other in some)])
    found = [_twin(mine, other, pieces) if link is None else _copy(link, mine, other, pieces) for link, other in some]
    return tuple(sorted(found, key=lambda copy: (-copy.share, -copy.other_share, copy.other)))


def printing_of(connection: Connection, article_id: str) -> Printing | None:
    """The article's text; None where it is not there, or not traced yet."""
    return next(iter(_printings(connection, articles.c.id == article_id)), None)


def printings(connection: Connection, texts: Iterable[int]) -> dict[int, list[Printing]]:
    """Who carries each of these texts, by their ids."""
    wanted = sorted(set(texts))
    found: dict[int, list[Printing]] = {text: [] for text in wanted}
    for start in range(0, len(wanted), _AT_ONCE):
        for one in _printings(connection, traced.c.text.in_(wanted[start : start + _AT_ONCE])):
            found[one.text].append(one)
    return {text: sorted(some, key=lambda p: p.id) for text, some in found.items()}


def _printings(connection: Connection, which: object) -> Iterator[Printing]:
    wanted = select(articles.c.number, articles.c.id, articles.c.outlet, traced.c.text).join(traced, traced.c.article == articles.c.number)
    for row in connection.execute(wanted.where(which)):  # type: ignore[arg-type]
        yield Printing(row.number, row.id, row.outlet, row.text)


# --- links that stand -------------------------------------------------------------------------------------------


def standing_links(connection: Connection, mine: Printing) -> list[Link]:
    """The links of an article's text, without those that rest on worn passages alone."""
    links = list(links_of(connection, [mine.text]))
    partial = [link for link in links if not link.strong]
    if len(partial) < WORN_AT_HOME:
        return links
    homes = _homes(connection, [link.other for link in partial])
    return [link for link in links if link.strong or not _is_worn(link, partial, homes, mine)]


def _homes(connection: Connection, texts: Sequence[int]) -> Mapping[int, tuple[int, frozenset[int | None]]]:
    """By text: its family, and the outlets that print it."""
    families: dict[int, int] = {}
    outlets: dict[int, set[int | None]] = {}
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        rows: Iterable[Row[tuple[int, int, int | None]]] = connection.execute(
            select(traced_texts.c.number, traced_texts.c.family, articles.c.outlet)
            .join(traced, traced.c.text == traced_texts.c.number)
            .join(articles, articles.c.number == traced.c.article)
            .where(traced_texts.c.number.in_(some))
        )
        for text, family, outlet in rows:
            families[text] = family
            outlets.setdefault(text, set()).add(outlet)
    return {text: (family, frozenset(outlets[text])) for text, family in families.items()}


def _is_worn(link: Link, partial: Sequence[Link], homes: Mapping[int, tuple[int, frozenset[int | None]]], mine: Printing) -> bool:
    """Whether most of what two texts share stands in many others that have nothing else to do with one another."""
    return sum(tie.same for tie in link.ties if _is_everywhere(tie, partial, homes, mine)) * 2 > sum(tie.same for tie in link.ties)


def _is_everywhere(tie: Tie, partial: Sequence[Link], homes: Mapping[int, tuple[int, frozenset[int | None]]], mine: Printing) -> bool:
    families: set[int] = set()
    abroad: set[int] = set()
    half = (tie.a_end - tie.a) / 2
    for link in partial:
        if link.other in homes and any(min(tie.a_end, o.a_end) - max(tie.a, o.a) > half for o in link.ties):
            family, outlets = homes[link.other]
            families.add(family)
            if outlets != {mine.outlet} or mine.outlet is None:
                abroad.add(family)
    return len(families) >= WORN_FAMILIES or (len(families) >= WORN_AT_HOME and not abroad)


# --- characters -------------------------------------------------------------------------------------------------


def _twin(mine: Printing, other: Printing, pieces: Mapping[int, Piece]) -> Copy:
    """An article with the very same words."""
    own, theirs = pieces[mine.number].side.words, pieces[other.number].side.words
    whole = (Passage(own.span(0, len(own)), theirs.span(0, len(theirs)), len(own)),) if len(own) else ()
    return Copy(mine.id, other.id, "verbatim", 1.0, 1.0, whole)


def _copy(link: Link, mine: Printing, other: Printing, pieces: Mapping[int, Piece]) -> Copy:
    own, theirs = pieces[mine.number].side.words, pieces[other.number].side.words
    passages = tuple(Passage(own.span(tie.a, tie.a_end), theirs.span(tie.b, tie.b_end), tie.same) for tie in link.ties)
    return Copy(mine.id, other.id, link.kind, link.share, link.other_share, passages)


def mirrored(connection: Connection, article_id: str, span: Span, shelf: Shelf | None = None) -> tuple[tuple[str, Span], ...]:
    """Where else these characters are printed: article and the stretch of it that answers to ``span``, one an article, by their
    ids. What of ``span`` the other has not is not in its stretch; less than half of its words is nothing."""
    mine = printing_of(connection, article_id)
    if mine is None:
        return ()
    shelf = shelf or Shelf()
    own = shelf.get(connection, [mine.number])[mine.number].side.words
    first, end = words_in(own, span)
    if first == end:
        return ()
    links = {link.other: link for link in standing_links(connection, mine) if any(tie.a < end and first < tie.a_end for tie in link.ties)}
    by_text = printings(connection, [mine.text, *links])
    pieces = shelf.get(connection, [p.number for some in by_text.values() for p in some])
    found: list[tuple[str, Span]] = [
        (p.id, pieces[p.number].side.words.span(first, end)) for p in by_text[mine.text] if p.number != mine.number
    ]
    for text, link in links.items():
        for other in by_text[text]:
            theirs = pieces[other.number].side.words
            if (place := _answering(own, theirs, link, first, end)) is not None:
                found.append((other.id, theirs.span(*place)))
    return tuple(sorted(found, key=lambda place: place[0]))


def words_in(words: Words, span: Span) -> tuple[int, int]:
    """The words [first, end) that stand at least partly in a stretch of characters."""
    from bisect import bisect_left, bisect_right

    return bisect_right(words.ends, span.start), max(bisect_right(words.ends, span.start), bisect_left(words.starts, span.end))


def _answering(own: Words, theirs: Words, link: Link, first: int, end: int) -> tuple[int, int] | None:
    """Their words that answer to our words [first, end); None where fewer than half do."""
    best: tuple[int, int, int] | None = None
    for tie in link.ties:
        low, high = max(first, tie.a), min(end, tie.a_end)
        if low >= high:
            continue
        runs = [run for stretch in align(own.keys[tie.a : tie.a_end], theirs.keys[tie.b : tie.b_end]) for run in stretch.runs]
        inside = [(max(low, tie.a + run.a), min(high, tie.a + run.a + run.length), tie.b + run.b - tie.a - run.a) for run in runs]
        inside = [piece for piece in inside if piece[0] < piece[1]]
        if inside:
            same = sum(stop - start for start, stop, _ in inside)
            place = (same, min(start + by for start, _, by in inside), max(stop + by for _, stop, by in inside))
            best = max(best, place) if best else place
    if best is None or best[0] * 2 < end - first:
        return None
    return best[1], best[2]
