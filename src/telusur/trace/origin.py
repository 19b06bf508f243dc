"""Who printed some words first in this archive: of a forwarded message, a clipping, any text that is pasted.

Comes in: a text. Goes out: the articles that print it, wholly or in part, the earliest among them, in which words, and what was
changed since. Where it has too few words for prints, its rarest words are looked for in the full-text index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Any, Literal

import numpy as np
from sqlalchemy import TEXT, Connection, cast, func, select
from sqlalchemy.dialects.postgresql import TSQUERY

from ..analyse.stems import stems
from ..archive import packing
from ..archive.schema import articles, outlets, readings
from ..archive.tracing_tables import traced
from ..archive.words import columns
from ..errors import BadRequest
from ..model.document import ARTICLE_KINDS
from ..model.span import Span
from .align import align
from .changes import Change, compare, kind_of
from .copies import Passage
from .moments import earliest, order
from .segments import look_up
from .texts import Piece, known_dictionaries, take_apart

How = Literal["text", "words", "nothing"]
"""How it was found: by runs of words, by its rarest words, or not at all."""

LEAST_SHARE = 0.3
"""Share of the words that were asked from which on an article prints them."""

LEAST_WORDS = 3
_NEAR = 0.6
_MOST_UNKNOWN = 0.4
_AS_GOOD = 0.75
"""Articles with this much of the best one's share print it too, and may have been first."""

_MOST_TRIED, _MOST_TOLD = 60, 30
_MOST_STEMS, _LEAST_STEMS, _ENOUGH = 7, 2, 2000
_AT_ONCE = 200
_OWN = frozenset(ARTICLE_KINDS)


@dataclass(frozen=True, slots=True)
class Printed:
    """An article that prints it. ``share``: how much of the words that were asked it has, 0 to 1. Passages: ``a`` in the text that
    was asked, ``b`` in the article. ``said_by``: who is said there to have said it, as the article names them."""

    article: str
    outlet: str | None
    published: str | None
    url: str | None
    title: str
    share: float
    passages: tuple[Passage, ...]
    said_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """``found``: who prints it, in the order of publication, undated ones last. ``first``: whose stated time is the earliest, None
    where that cannot be said. ``changes``: from the words of the first (where there is none: of the one that has most of it) to those that were asked."""

    asked: str
    how: How
    found: tuple[Printed, ...]
    first: str | None
    compared: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    number: int
    share: float
    passages: tuple[Passage, ...]


def origin_of(connection: Connection, asked: str) -> Origin:
    """Who printed these words first in this archive.

    Raises:
        BadRequest: there are too few words to look for.
    """
    piece = take_apart(asked, (("paragraph", found.start(), found.end()) for found in re.finditer(r"[^\n]+", asked)))
    if len(piece.side.words) < LEAST_WORDS:
        raise BadRequest(f"there are {len(piece.side.words)} words to look for; nothing was done; give a sentence or more")
    how: How = "text"
    hits = _by_prints(connection, piece)
    if not hits:
        how, hits = "words", _by_words(connection, piece)
    if not hits:
        return Origin(asked, "nothing", (), None, None, ())
    told = sorted(_read(connection, hits, asked), key=lambda printed: order(printed.published, printed.article))
    best = max(printed.share for printed in told)
    first = earliest((printed.published, printed.article) for printed in told if printed.share >= _AS_GOOD * best)
    chosen = first or max(told, key=lambda printed: printed.share).article
    return Origin(asked, how, tuple(told), first, chosen, _changes(connection, chosen, piece))


# --- by runs of words -------------------------------------------------------------------------------------------


def _by_prints(connection: Connection, piece: Piece) -> list[_Hit]:
    prints = piece.prints()
    if not len(prints):
        return []
    texts, counts = np.unique(look_up(connection, prints)[1], return_counts=True)
    likely = sorted(zip(counts.tolist(), texts.tolist(), strict=True), key=lambda item: (-item[0], item[1]))[:_MOST_TRIED]
    wanted = [text for _, text in likely]
    rows = connection.execute(select(traced.c.article).where(traced.c.text.in_(wanted))).scalars().all()
    found = (_aligned(number, piece, other) for number, other, _ in _pieces(connection, sorted(rows)[: _MOST_TRIED * 4]))
    return _best([hit for hit in found if hit.share >= LEAST_SHARE])


def _best(hits: Sequence[_Hit]) -> list[_Hit]:
    return sorted(hits, key=lambda hit: (-hit.share, hit.number))[:_MOST_TOLD]


def _aligned(number: int, asked: Piece, other: Piece) -> _Hit:
    mine, theirs = asked.side.words, other.side.words
    stretches = align(mine.keys, theirs.keys)
    passages = tuple(Passage(mine.span(s.a, s.a_end), theirs.span(s.b, s.b_end), s.same) for s in stretches)
    return _Hit(number, sum(s.same for s in stretches) / len(mine), passages)


def _pieces(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Piece, Mapping[str, Any]]]:
    """Articles with all their own words, titles and captions too."""
    dictionaries = known_dictionaries(connection)
    for start in range(0, len(numbers), _AT_ONCE):
        wanted = select(readings.c.article, readings.c.text, readings.c.record).where(readings.c.article.in_(numbers[start : start + _AT_ONCE]))
        for row in connection.execute(wanted):
            text = packing.unpack_text(row.text, dictionaries)
            record = packing.unpack_record(row.record, text, dictionaries)
            blocks = ((block["kind"], block["start"], block["end"]) for block in record["blocks"])
            yield row.article, take_apart(text, blocks, _OWN), record


# --- by its rarest words ----------------------------------------------------------------------------------------


def _by_words(connection: Connection, piece: Piece) -> list[_Hit]:
    """Articles with a sentence or a title that has most of the words."""
    told = sorted(dict.fromkeys(stem for stem in stems(piece.text) if len(stem) > 2), key=lambda stem: (-len(stem), stem))[: 3 * _MOST_STEMS]
    by_rarity = sorted((_holders(connection, stem), stem) for stem in told)
    if _says_other_things(connection, [count for count, _ in by_rarity]):
        return []
    known = [stem for count, stem in by_rarity if count][:_MOST_STEMS]
    for size in range(len(known), _LEAST_STEMS - 1, -1):
        numbers = _matching(connection, known[:size])
        for left_out in known[:size] if size > _LEAST_STEMS + 1 else ():
            numbers += [n for n in _matching(connection, [stem for stem in known[:size] if stem != left_out]) if n not in numbers]
        hits = [hit for number, other, _ in _pieces(connection, numbers) if (hit := _near(number, piece, other)).share >= _NEAR]
        if hits:
            return _best(hits)
    return []


def _says_other_things(connection: Connection, holders: Sequence[int]) -> bool:
    """Whether what the asked words tell is mostly in words that no article has: `xyz` of `xyz tidak ada`. Rare words tell most."""
    some = select(articles.c.number).limit(_ENOUGH).subquery()
    total: int = connection.execute(select(func.count()).select_from(some)).scalar_one()
    worth = [log((total + 2) / (count + 1)) for count in holders]
    unknown = sum(told for told, count in zip(worth, holders, strict=True) if not count)
    return unknown > _MOST_UNKNOWN * sum(worth)


def _near(number: int, asked: Piece, other: Piece) -> _Hit:
    """The sentence that has most of the words."""
    mine, theirs = asked.side.words, other.side.words
    wanted = set(mine.keys)
    best: tuple[int, int, int] | None = None
    for first, end in other.side.prose.sentences:
        same = len(wanted & set(theirs.keys[first:end]))
        if best is None or (same, first - end) > (best[0], best[1] - best[2]):
            best = (same, first, end)
    if best is None or not best[0]:
        return _Hit(number, 0.0, ())
    same, first, end = best
    return _Hit(number, same / len(wanted), (Passage(mine.span(0, len(mine)), theirs.span(first, end), same),))


def _match(connection: Connection, told: Sequence[str]) -> Any:
    table = columns(connection.dialect.name, "article_words")
    if connection.dialect.name == "sqlite":
        return table, table.c.words.op("MATCH", is_comparison=True)(" AND ".join(f'"{stem}"' for stem in told))
    quoted = " & ".join(f"'{stem}'" for stem in told)
    return table, table.c.words.op("@@", is_comparison=True)(cast(cast(quoted, TEXT), TSQUERY))


def _holders(connection: Connection, stem: str) -> int:
    """How many articles have a word, as far as that matters."""
    table, matches = _match(connection, [stem])
    some = select(table.c.number).where(matches).limit(_ENOUGH).subquery()
    count: int = connection.execute(select(func.count()).select_from(some)).scalar_one()
    return count


def _matching(connection: Connection, told: Sequence[str]) -> list[int]:
    table, matches = _match(connection, told)
    return list(connection.execute(select(table.c.number).where(matches).order_by(table.c.number).limit(_MOST_TRIED)).scalars())


# --- telling ----------------------------------------------------------------------------------------------------


def _read(connection: Connection, hits: Sequence[_Hit], asked: str) -> Iterator[Printed]:
    by_number = {hit.number: hit for hit in hits}
    wanted = (
        select(articles.c.number, articles.c.id, articles.c.published, articles.c.url, outlets.c.name)
        .outerjoin(outlets, outlets.c.number == articles.c.outlet)
        .where(articles.c.number.in_(list(by_number)))
    )
    records = {number: record for number, _, record in _pieces(connection, list(by_number))}
    for row in connection.execute(wanted):
        hit, record = by_number[row.number], records[row.number]
        title = record["article"]["title"] or ""
        yield Printed(row.id, row.name, row.published, row.url, title, hit.share, hit.passages, _speakers(record, [p.b for p in hit.passages]))


def _speakers(record: Mapping[str, Any], places: Sequence[Span]) -> tuple[str, ...]:
    """Who is said to have said what stands there, in the order of the text."""
    named: dict[str, None] = {}
    for attribution in sorted(record["attributions"], key=lambda a: a["content"][0]["start"]):
        spans = [Span(part["start"], part["end"]) for part in attribution["content"]]
        inside = sum(max(0, min(s.end, p.end) - max(s.start, p.start)) for s in spans for p in places)
        if inside * 2 >= sum(map(len, spans)):
            named.update(dict.fromkeys(link["text"] for link in attribution["chain"] if link["role"] == "speaker"))
    return tuple(named)


def _changes(connection: Connection, article: str, asked: Piece) -> tuple[Change, ...]:
    """From the article to what was asked; what the article has before and after it is no change."""
    number = connection.execute(select(articles.c.number).where(articles.c.id == article)).scalar_one()
    _, piece, _ = next(_pieces(connection, [number]))
    changes = compare(piece, asked)
    kept = [at for at, change in enumerate(changes) if change.kind not in ("cut", "added")]
    if not kept:
        return tuple(change for change in changes if change.kind == "added")
    some = [change for at, change in enumerate(changes) if change.kind != "cut" or kept[0] < at < kept[-1]]
    inside = [at for at, change in enumerate(some) if change.kind not in ("cut", "added")]
    some[inside[0]] = _trimmed(some[inside[0]], 0)
    some[inside[-1]] = _trimmed(some[inside[-1]], -1)
    return tuple(some)


def _trimmed(change: Change, at: int) -> Change:
    """Without what the article has before or behind the words that were asked."""
    if len(change.edits) < 2 or change.edits[at].op != "dropped":
        return change
    edits = change.edits[1:] if at == 0 else change.edits[:-1]
    return replace(change, kind=kind_of(edits), edits=edits)
