"""One block of the article as words, with the names found so far: what the rules on names work on.

A name is a range of words. Two names next to each other are told apart from two names that a comma parts by the
text between the words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from ..model.document import Block, BlockKind
from ..model.layers import EntityType
from ..model.signals import Named
from ..model.span import Span
from .nametables import head_sizes, heads, is_medium, titles
from .words import split_words

TITLED: frozenset[BlockKind] = frozenset({"title", "heading"})
"""Blocks that may write every word with a capital, so that a capital says nothing there."""


@dataclass(slots=True)
class Draft:
    """A name in the making: words ``start`` to ``end`` of a line. ``score`` is None where no model marked it."""

    start: int
    end: int
    type: EntityType
    score: float | None = None


@dataclass(slots=True)
class Line:
    """The words of one block and its names, sorted and never overlapping.

    The rules ask the same of a word many times over: what does not change is worked out once.
    """

    text: str
    kind: BlockKind
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    drafts: list[Draft] = field(default_factory=list)
    glued: frozenset[int] = frozenset()
    """Words that the site ran together with others: no name begins or goes on there; see `glue`."""
    low: tuple[str, ...] = field(init=False)
    """The words, folded."""
    small: frozenset[str] = field(init=False)
    """The words that begin with a small letter."""
    _joined: list[bool] = field(init=False)
    _capital: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        text, spans = self.text, self.spans
        self.low = tuple(map(str.casefold, self.words))
        self.small = frozenset([word for word in self.words if word[0].islower()])
        self._capital = [word[0].isupper() for word in self.words]
        gaps = [text[one.end : other.start] for one, other in pairwise(spans)]
        self._joined = [False, *[gap == " " or (gap != "" and gap.strip(" \u00a0") == "") for gap in gaps], False]

    def glue(self, glued: frozenset[int]) -> None:
        """Notes which words the site ran together with others."""
        self.glued = glued
        for at in glued:
            self._capital[at] = False

    def gap(self, at: int) -> str:
        """What stands between word ``at`` and the word before it."""
        if at <= 0 or at >= len(self.words):
            return "\n"
        return self.text[self.spans[at - 1].end : self.spans[at].start]

    def follows(self, at: int) -> bool:
        """Whether word ``at`` stands behind the word before it with nothing but spaces between."""
        return 0 < at < len(self._joined) and self._joined[at]

    def folded(self, start: int, end: int) -> str:
        """The words of a range, folded, with one space between; for look-ups in tables."""
        return " ".join(self.low[start:end])

    def written(self, draft: Draft) -> str:
        """The name as it stands in the text."""
        return self.text[self.spans[draft.start].start : self.spans[draft.end - 1].end]

    def is_capital(self, at: int) -> bool:
        """Whether word ``at`` begins with a capital letter."""
        return 0 <= at < len(self._capital) and self._capital[at]

    def capitals(self) -> list[int]:
        """The words that begin with a capital letter, by their number."""
        return [at for at, capital in enumerate(self._capital) if capital]

    def openings(self) -> list[int]:
        """The words that a known name may begin with, by their number: those with a capital letter, and outlets with a branch."""
        return [at for at, capital in enumerate(self._capital) if capital or is_medium(self.words[at])]

    def owners(self) -> list[Draft | None]:
        """For each word the name that holds it."""
        out: list[Draft | None] = [None] * len(self.words)
        for draft in self.drafts:
            for i in range(draft.start, draft.end):
                out[i] = draft
        return out

    def take(self, owners: list[Draft | None]) -> None:
        """Takes for its names those that hold words, each from the first to the last word that it holds."""
        self.drafts = []
        for at, held in enumerate(owners):
            if held is None:
                continue
            if self.drafts and self.drafts[-1] is held:
                held.end = at + 1
            else:
                held.start, held.end = at, at + 1
                self.drafts.append(held)

    def opens_sentence(self, at: int) -> bool:
        """Whether word ``at`` has its capital for its place in the sentence, as far as the word before it tells."""
        return at == 0 or self.words[at - 1] in _OPENERS


_OPENERS = frozenset(".!?:\"“”'‘’–—-•")


def make_lines(text: str, blocks: Iterable[Block], names: Iterable[Named]) -> list[Line]:
    """The blocks as lines with the model's names; a name that does not lie in one block is left out."""
    ordered = sorted(names, key=lambda n: n.span)
    lines: list[Line] = []
    at = 0
    for block in sorted(blocks, key=lambda b: b.span):
        spans = split_words(text, block.span.start, block.span.end)
        line = Line(text, block.kind, spans, tuple([text[s.start : s.end] for s in spans]))
        while at < len(ordered) and ordered[at].span.start < block.span.end:
            if block.span.covers(ordered[at].span):
                _place(line, ordered[at])
            at += 1
        lines.append(line)
    return lines


def _place(line: Line, name: Named) -> None:
    """Puts a name on the words that it touches, unless one before it holds them."""
    start = bisect_right(line.spans, name.span.start, key=lambda s: s.end)
    end = bisect_left(line.spans, name.span.end, key=lambda s: s.start)
    if start < end and (not line.drafts or line.drafts[-1].end <= start):
        line.drafts.append(Draft(start, end, name.type, name.score))


@dataclass(frozen=True, slots=True)
class Head:
    """A word or phrase that a name begins with; see ``words/name-heads.tsv`` for what it ``grows``."""

    size: int
    type: str
    grows: str


def head_at(line: Line, at: int) -> Head | None:
    """The longest head that begins at a word."""
    table = heads()
    for size in head_sizes().get(line.low[at], ()):
        if at + size > len(line.words) or any(
            not line.follows(i) and line.words[i] != "." for i in range(at + 1, at + size)
        ):
            continue
        key = line.folded(at, at + size).replace(" .", ".").replace(" - ", "-")
        if key in table:
            return Head(size, *table[key])
    return None


def is_title(line: Line, at: int) -> bool:
    """Whether a word is a title, rank or office before a name (a stop after it is not looked at)."""
    return 0 <= at < len(line.words) and line.low[at] in titles()


def text_of(line: Line, start: int, end: int) -> str:
    """The words of a range as they stand in the text."""
    return line.text[line.spans[start].start : line.spans[end - 1].end]


def small_words(lines: list[Line]) -> frozenset[str]:
    """Words that the article also writes small: a capital alone makes no name of them."""
    return frozenset().union(*(line.small for line in lines))
