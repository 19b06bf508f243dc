"""Sentence by sentence: which of one text's were made from another's.

Comes in: two texts, taken apart. Goes out: a `Retold`. A sentence was made from the other text where most of its weighty words stand
together there, with a chain of plain words, neither names nor figures, in the same order: two reports of one event share its names, and
a speaker's words, but no prose. Where its figures are others, it is a form that is filled in again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .prints import Words
from .prose import Prose, prose_of

MOST_OF_IT = 0.55
"""Share of a sentence's weight that must stand in one or two sentences of the other."""

CHAIN = 4
"""Words in the same order that such sentences share, of which `PLAIN_WORDS` are plain."""

PLAIN_WORDS = 3
SURE_SHARE, SURE_PLAIN = 0.75, 6
"""A sentence that nobody would have written the same by chance."""

SAME_FIGURES = 0.5

OPENING = 4
"""Sentences that a text opens with: what is new in it stands there, and what is background does not."""

LEAST_WORDS = 4

_MOST_PLACES = 6
_NEIGHBOUR = 0.05


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where a text's words and chains of words stand: by word its sentence, by sentence its words, by chain where it begins."""

    sentence_of: Sequence[int]
    words_of: Sequence[frozenset[int]]
    chains: Mapping[tuple[int, ...], Sequence[int]]


@dataclass(slots=True)
class Side:
    """One text, taken apart as far as it was needed: most texts are compared with none."""

    text: str
    words: Words
    _prose: Prose | None = None
    _lookup: Lookup | None = None

    @property
    def prose(self) -> Prose:
        if self._prose is None:
            self._prose = prose_of(self.text, self.words)
        return self._prose

    @property
    def lookup(self) -> Lookup:
        if self._lookup is None:
            self._lookup = _look_in(self)
        return self._lookup


@dataclass(frozen=True, slots=True)
class Retold:
    """Words of prose (``size``), of those in sentences made from the other text (``taken``), of those that nobody would have written the
    same by chance (``sure``), and in sentences with other figures (``forms``). ``opening``: how many of its first sentences were made
    from the other text. ``own``: how many sentences come before the first that was."""

    size: int
    taken: int
    sure: int
    forms: int
    opening: int
    own: int = 0

    @property
    def share(self) -> float:
        return self.taken / self.size if self.size else 0.0


def _look_in(side: Side) -> Lookup:
    keys, sentences = side.words.keys, side.prose.sentences
    sentence_of = [number for number, (first, end) in enumerate(sentences) for _ in range(first, end)]
    words_of = [frozenset(keys[first:end]) for first, end in sentences]
    chains: dict[tuple[int, ...], list[int]] = {}
    for at, chain in enumerate(zip(keys, keys[1:], keys[2:], keys[3:], strict=False)):
        places = chains.setdefault(chain, [])
        if len(places) < _MOST_PLACES:
            places.append(at)
    return Lookup(sentence_of, words_of, chains)


def retold(mine: Side, other: Side) -> Retold:
    """How much of ``mine`` was made from ``other``.

    Counted is what one of the two tells in its own voice. A sentence that stands in quotation marks here, and there as the other's own
    words, was taken over; one that both lay in a mouth, in its own words here and in quotation marks there, is quotation.
    """
    size = taken = sure = forms = opening = told = own_opening = 0
    prose = mine.prose
    linked = _chains(mine, other)
    for number, (first, end) in enumerate(prose.sentences):
        own = sum(prose.counts[first:end])
        aloud = own < LEAST_WORDS
        links = linked.get(number, {})
        if aloud and not (links and sum(prose.quoted[first:end]) >= LEAST_WORDS):
            continue
        share, window = _best_window(mine, other.lookup, (first, end), links, aloud) if links else (0.0, ())
        plain = max((links[at] for at in window if at in links), default=0)
        made = share >= MOST_OF_IT and plain >= PLAIN_WORDS
        if aloud and not (made and _in_own_voice(other, window)):
            continue
        if not aloud and made and prose.reported[number] and _in_quotes(other, window):
            continue
        own = end - first if aloud else own
        size += own
        told += 1
        if not made:
            continue
        if not _same_figures(mine, other, first, end, window):
            forms += own
            continue
        own_opening = own_opening if taken else told - 1
        taken += own
        opening += told <= OPENING
        if share >= SURE_SHARE and plain >= SURE_PLAIN:
            sure += own
    return Retold(size, taken, sure, forms, opening, own_opening)


def _in_own_voice(side: Side, window: Sequence[int]) -> bool:
    """Whether a text tells in its own voice what stands there: neither in quotation marks nor on somebody's word."""
    prose = side.prose
    words = [at for number in window for at in range(*prose.sentences[number])]
    return sum(prose.counts[at] for at in words) * 2 > len(words) and not any(prose.reported[number] for number in window)


def _in_quotes(side: Side, window: Sequence[int]) -> bool:
    """Whether most of what stands there is quotation."""
    words = [at for number in window for at in range(*side.prose.sentences[number])]
    return sum(side.prose.counts[at] for at in words) * 2 < len(words)


def _chains(mine: Side, other: Side) -> dict[int, dict[int, int]]:
    """By sentence, and by sentence of the other text: the most words in one chain that the two share and one of them has as plain ones."""
    found: dict[int, dict[int, int]] = {}
    lookup, keys, theirs = other.lookup, mine.words.keys, other.words.keys
    sentences, plain, plain_there = mine.lookup.sentence_of, mine.prose.plain, other.prose.plain
    covered: dict[int, int] = {}
    ends = [end for _, end in mine.prose.sentences]
    for at, chain in enumerate(zip(keys, keys[1:], keys[2:], keys[3:], strict=False)):
        number = sentences[at]
        end = ends[number]
        if at + CHAIN > end:
            continue
        for place in lookup.chains.get(chain, ()):
            if covered.get(place - at, -1) >= at + CHAIN:  # inside a longer one on the same line
                continue
            length = CHAIN
            while at + length < end and place + length < len(theirs) and keys[at + length] == theirs[place + length]:
                length += 1
            covered[place - at] = at + length
            told = max(sum(plain[at : at + length]), sum(plain_there[place : place + length]))
            by = found.setdefault(number, {})
            for one in {lookup.sentence_of[place], lookup.sentence_of[place + length - 1]}:
                by[one] = max(by.get(one, 0), told)
    return found


def _best_window(mine: Side, lookup: Lookup, sentence: tuple[int, int], links: Mapping[int, int], aloud: bool) -> tuple[float, tuple[int, ...]]:
    """Of the sentences that are linked, alone or with a neighbour, those that have most of the words' weight; and how much. ``aloud``: the
    sentence is a quotation, of which all words are weighed."""
    prose, keys, held = mine.prose, mine.words.keys, lookup.words_of
    told = [(keys[at], prose.weights[at]) for at in range(*sentence) if (aloud or prose.counts[at]) and prose.weights[at]]
    total = sum(weight for _, weight in told)
    if not total:
        return 0.0, ()
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    for number in sorted(links):
        here = held[number]
        missing = [(key, weight) for key, weight in told if key not in here]
        lacks = sum(weight for _, weight in missing)
        best = max(best, ((total - lacks) / total, (number,)))
        for one, first in ((number + 1, number), (number - 1, number - 1)):
            if missing and 0 <= one < len(held):
                more = sum(weight for key, weight in missing if key in held[one])
                best = max(best, ((total - lacks + more) / total - _NEIGHBOUR, (first, first + 1)))
    return best


def _same_figures(mine: Side, other: Side, first: int, end: int, window: Sequence[int]) -> bool:
    """Whether both name mostly the same figures and days, or one of them names none."""
    dated, keys = mine.prose.dated, mine.words.keys
    ours = {keys[at] for at in range(first, end) if dated[at]}
    if not ours:
        return True
    dated, keys, sentences = other.prose.dated, other.words.keys, other.prose.sentences
    theirs = {keys[at] for number in window for at in range(*sentences[number]) if dated[at]}
    return not theirs or len(ours & theirs) >= SAME_FIGURES * min(len(ours), len(theirs))
