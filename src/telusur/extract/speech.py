"""Quotations that are speech, and the cue of each: behind it, in front of it, between two halves, or none.

A pair of quotation marks may also hold a title or a word at arm's length; it is speech where a cue stands beside it,
or where it is a paragraph or a sentence of its own while somebody is speaking.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from telusur.model.layers import Quotation
from telusur.model.span import Span

from .carriers import carrier_kind
from .cues import Cue
from .phrases import Source
from .sayings import Saying
from .sources import source_after, source_before
from .units import Reading
from .wordkinds import role_nouns

_MARKS_BETWEEN = frozenset("\"“”„«»‘’',.�-–—")
_BRIDGES = frozenset({"demikian", "begitu", "seperti", "itulah", "begitulah", "tersebut"})
_NOUN_EXTRAS = frozenset({"resmi", "tertulis", "resminya", "lengkap", "bersama", "dalam", "sebuah", "laporan", "pernyataan", "keterangan"})
_WRITINGS = frozenset({"laporan", "pernyataan", "keterangan"})
_FURTHEST_LEAD = 30
_FURTHEST_SUBJECT = 10
_CONTENT_WORDS = 5
_LONG_WORDS = 7
_SCARE_WORDS = 3
_NEAR = 6
_BLOCKS_APART = 2
"""A picture or a link may stand between two paragraphs of one speech."""
_FURTHEST_FRAME = 150
_NO_SENTENCE = 600
_NOISE_REACH = 30


@dataclass(frozen=True, slots=True)
class _Found:
    cue: Cue
    source: Source | None
    after: int


def find_speech(reading: Reading, quotations: tuple[Quotation, ...], cues: tuple[Cue, ...]) -> tuple[list[Saying], list[Quotation]]:
    """Sayings of direct speech in order, and the quotations that are speech."""
    by_unit = {unit: cue for cue in cues for unit in range(cue.at, cue.after)}
    found = _Speech(reading, by_unit)
    for number, quotation in enumerate(quotations):
        place = _Place.of(reading, quotation)
        if place is None:
            continue
        if number and _is_second_half(reading, quotations[number - 1], found.sayings, place):
            found.sayings[-1] = replace(found.sayings[-1], contents=(*found.sayings[-1].contents, quotation.span))
            found.spoken.append(quotation)
        elif quotation.closed:
            found.close(place)
        elif _runs_on(reading, place, quotations, number):
            found.wait(place)
        elif found.waiting:
            found.close(place)
        # A lone mark that was never closed says nothing: the words stand as if unquoted, and their cue is read so.
    return found.sayings, found.spoken


@dataclass(slots=True)
class _Speech:
    """What was found so far. ``waiting`` are the paragraphs of a speech that is still running, ``lead`` the cue in
    front of its first."""

    reading: Reading
    by_unit: dict[int, Cue]
    sayings: list[Saying] = field(default_factory=list)
    spoken: list[Quotation] = field(default_factory=list)
    waiting: list[Span] = field(default_factory=list)
    lead: _Found | None = None
    last_end: int = 0

    def wait(self, place: _Place) -> None:
        """The quote runs on in the next paragraph, where its cue may stand."""
        if not self.waiting:
            self.lead = _cue_in_front(self.reading, place, self.by_unit, self.last_end)
        self.waiting.append(place.quotation.span)
        self.spoken.append(place.quotation)

    def close(self, place: _Place) -> None:
        """A quote that ends here, with the paragraphs before that it belongs to."""
        if not self.waiting and _is_title(self.reading, place):
            return
        found = _cue_behind(self.reading, place, self.by_unit) or self.lead
        found = found or _cue_in_front(self.reading, place, self.by_unit, self.last_end)
        contents = (*self.waiting, place.quotation.span)
        if found is not None:
            self.sayings.append(_saying(self.reading, place, contents, found))
            self.spoken.append(place.quotation)
        elif self.waiting or _stands_alone(self.reading, place):
            self.sayings.append(Saying(place.first, place.sentence, "direct", contents, None, None))
            self.spoken.append(place.quotation)
        self.waiting, self.lead, self.last_end = [], None, place.after


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quotation stands: its first unit, the unit after its closing mark, its sentences' outer units."""

    quotation: Quotation
    first: int
    after: int
    sentence: int
    low: int
    high: int
    words: int
    at_block_start: bool

    @classmethod
    def of(cls, reading: Reading, quotation: Quotation) -> _Place | None:
        first, last = reading.first_at(quotation.span), reading.last_at(quotation.span)
        if first is None or last is None or last < first:
            return None
        start, end = reading.units[first].sentence, reading.units[last].sentence
        low, high = reading.bounds[start][0], reading.bounds[end][1]
        after = last + 1
        while after < high and reading.units[after].kind == "mark" and reading.low(after) in _MARKS_BETWEEN:
            after += 1
        if after == high and end + 1 < len(reading.bounds) and reading.blocks[end + 1] == reading.blocks[end]:
            # The sentence was cut at the closing mark: its tag begins the next one.
            high = reading.bounds[end + 1][1]
        opening = all(u.kind == "mark" for u in reading.units[max(low, first - 3) : first])
        at_start = opening and (start == 0 or reading.blocks[start - 1] != reading.blocks[start])
        return cls(quotation, first, after, start, low, high, last + 1 - first, at_start)


def _is_title(reading: Reading, place: _Place) -> bool:
    """Whether the quotation is the name of something: `tema Natal 2025, "..."`, `film "..."`; speech ends in its own comma."""
    if reading.text[place.quotation.span.end - 1] in ",.!?":
        return False
    at = place.first - 1
    while at >= place.low and (reading.units[at].kind != "word" or reading.units[at].capital) and place.first - at <= _NEAR:
        at -= 1
    return at >= place.low and reading.low(at) in role_nouns("titled")


def _runs_on(reading: Reading, place: _Place, quotations: tuple[Quotation, ...], number: int) -> bool:
    """Whether the next paragraph opens with a quotation mark of its own: one speech over several paragraphs."""
    if number + 1 >= len(quotations):
        return False
    following = _Place.of(reading, quotations[number + 1])
    if following is None or not following.at_block_start:
        return False
    return 0 < reading.blocks[following.sentence] - reading.blocks[place.sentence] <= _BLOCKS_APART


def _cue_behind(reading: Reading, place: _Place, by_unit: dict[int, Cue]) -> _Found | None:
    """`"...," kata Rini`, `"...", demikian pernyataan KPK`, `"...," lembaga itu menambahkan`."""
    at = place.after
    bridged = False
    while at < place.high and reading.low(at) in _BRIDGES:
        at, bridged = at + 1, True
    if at >= place.high:
        return None
    cue = by_unit.get(at)
    if cue is not None and (not reading.units[at].capital or bridged or cue.row("bare")):
        if reading.units[at].capital and not bridged and reading.text[place.quotation.span.end - 1] in ".?!" and not cue.row("bare"):
            return None
        if cue.row("bare") or (bridged and cue.row("noun", "passive", "active")) or cue.row("active", "passive") or cue.row("noun"):
            return _Found(cue, _source_of(reading, cue, place.high), cue.after)
        if cue.row("carrier") and (carried := source_after(reading, cue.after, place.high)) is not None:
            # `"...," dilansir Antara`: whoever is speaking goes on; `"...," dikutip dari akun Instagram Dinas Maruna`: the body speaks.
            outlet = carrier_kind(carried.span.of(reading.text)) in ("agency", "outlet")
            return _Found(cue, None if outlet and not bridged else carried, cue.after)
    if place.words <= _SCARE_WORDS or reading.low(at) == "yang":
        return None
    if reading.text[place.quotation.span.end - 1] == "," or "," in (reading.low(i) for i in range(max(place.after - 2, place.first), place.after)):
        for here in range(at + 1, min(place.high, at + _FURTHEST_SUBJECT)):
            cue = by_unit.get(here)
            if cue is not None and cue.row("active", "bare"):
                source = source_before(reading, at, cue.at)
                if source is not None:
                    return _Found(cue, source, cue.after)
    return None


def _source_of(reading: Reading, cue: Cue, high: int) -> Source | None:
    if cue.clitic:
        return Source(Span(cue.span.end, cue.span.end + 3), cue.after, points="person")
    at = cue.after
    extras = _NOUN_EXTRAS if cue.row("noun") else _WRITINGS
    while at < high and reading.low(at) in extras:
        at += 1
    return source_after(reading, at, high)


def _cue_in_front(reading: Reading, place: _Place, by_unit: dict[int, Cue], block_end: int) -> _Found | None:
    """`Rini mengatakan, "..."`, `Menurut dia, "..."`: the last cue before the mark, in the same sentence."""
    opening = place.first - 1
    while opening >= place.low and reading.units[opening].kind == "mark" and reading.low(opening) in "\"“”„«‘'�":
        opening -= 1
    if opening < place.low:
        return None
    low = max(place.low, opening - _FURTHEST_LEAD, block_end)
    led = reading.low(opening) in (",", ":")
    for at in range(opening, low - 1, -1):
        cue = by_unit.get(at)
        if cue is None:
            continue
        near = opening - at <= 2
        if not (led or (near and (place.words >= _CONTENT_WORDS and reading.units[place.first].capital))):
            return None
        return _front(reading, place, cue, low)
    return None


def _front(reading: Reading, place: _Place, cue: Cue, low: int) -> _Found | None:
    if place.words < 2 and not cue.row("active", "bare"):
        return None
    if cue.clitic:
        return _Found(cue, _source_of(reading, cue, place.high), cue.after)
    source: Source | None = None
    if cue.row("source", "bare", "passive"):
        source = source_after(reading, cue.after, place.first - 1)
        if source is not None and not source.solid:
            source = None
    if source is None and not cue.row("source"):
        source = source_before(reading, low, cue.at)
    return _Found(cue, source, cue.after) if source is not None else None


def _stands_alone(reading: Reading, place: _Place) -> bool:
    """A quote that is a sentence or a paragraph of its own, long enough to be speech."""
    if place.words < _LONG_WORDS or not reading.units[place.first].capital:
        return False
    if reading.kinds[place.sentence] != "paragraph":
        return False
    before = [u for u in reading.units[max(place.low, place.first - _NEAR) : place.first] if u.kind != "mark"]
    behind = [u for u in reading.units[place.after : min(place.high, place.after + 1)] if not u.capital]
    return not before and not behind


def _is_second_half(reading: Reading, before: Quotation, sayings: list[Saying], place: _Place) -> bool:
    """`"...," kata Rini, "..."`: the quote goes on after its cue, in the same sentence."""
    saying = sayings[-1] if sayings else None
    if saying is None or saying.cue is None or before.span != saying.contents[-1] or before.span.end > saying.cue.start:
        return False
    if reading.units[place.first].sentence != saying.sentence:
        return False
    between = reading.text[saying.cue.end : place.quotation.span.start]
    return len(between) < 160 and between.rstrip(" \"“”„«‘'�").endswith(",") and "." not in between


def _saying(reading: Reading, place: _Place, contents: tuple[Span, ...], found: _Found) -> Saying:
    start = found.cue.at if found.cue.at >= place.after else place.low
    end = place.high if found.cue.at >= place.after else place.first
    reach = _FURTHEST_FRAME if end - start < _NO_SENTENCE else _NOISE_REACH
    start, end = max(start, found.cue.at - reach), min(end, found.cue.at + reach)
    return Saying(found.cue.at, reading.units[found.cue.at].sentence, "direct", contents, found.cue.span, found.source, (start, end))

