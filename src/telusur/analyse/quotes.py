"""Where the text quotes: from a document's blocks to stretches between quotation marks.

Comes in: a `Document` with its blocks. Goes out: `Quotation` spans without their marks, sorted, never overlapping,
none across a block: a quote that runs over several paragraphs gives one span for each of them, all but the last
not closed. Whether a quotation is speech, a title or a word held at arm's length is not judged here.

One pass over the marks of each block: curly and angle marks say themselves what they do, straight ones by the
white space around them. Single marks are quotes only as a pair with space outside and none inside, so that the
apostrophes of `Jum'at` and `Qur'an` are none. What stands in single marks inside double ones is part of the outer quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.document import ARTICLE_KINDS, Document
from ..model.layers import Quotation
from ..model.span import Span, trim

_MARKS = re.compile(r"[\"“”„‟«»�‘’']|``|''")
_OPENERS = frozenset("“„‟«")
_CLOSERS = frozenset("”»")
_LOST = "�"
_SINGLES = frozenset("‘’'")
_BEFORE_OPENING = frozenset("([{-–—:/\"“")


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """The quotations of titles, leads, headings, captions and paragraphs, sorted by start, never overlapping."""
    found: list[Quotation] = []
    running = False
    for block in document.blocks:
        if block.kind in ARTICLE_KINDS:
            pairs = _Pairs(document.text, block.span, running)
            found.extend(pairs.read())
            running = pairs.running
    return tuple(found)


@dataclass(slots=True)
class _Pairs:
    """The marks of one block, read from left to right. ``running``: a quote is open from the paragraph before."""

    text: str
    block: Span
    running: bool
    _open: int | None = None
    _single: int | None = None
    _single_found: bool = False
    _seen: bool = False

    def read(self) -> Iterator[Quotation]:
        for mark in _MARKS.finditer(self.text, self.block.start, self.block.end):
            if mark.group() in _SINGLES:
                yield from self._read_single(mark.start(), mark.group())
            else:
                yield from self._read_double(mark.start(), mark.end(), mark.group())
        if self._open is not None and self.text[self._open - 1] == _LOST:
            # One lost character alone was more likely a dash than a quotation mark.
            self._open = None
        if self._open is not None:
            yield from self._quotation(self._open, self.block.end, closed=False)
        if self._seen:
            self.running = self._open is not None

    def _read_double(self, at: int, after: int, mark: str) -> Iterator[Quotation]:
        opens = self._opens(at, after, mark)
        first, self._seen = not self._seen, True
        self._single = None
        if self._open is None:
            if opens:
                self._open = after
            elif first and self.running and not self._single_found:
                # Opened some paragraphs ago with a single mark, closed only here.
                yield from self._quotation(self.block.start, at, closed=True)
        elif opens and mark != _LOST:
            # The closing mark of the quote before was forgotten.
            yield from self._quotation(self._open, at, closed=False)
            self._open = after
        else:
            yield from self._quotation(self._open, at, closed=True)
            self._open = None

    def _read_single(self, at: int, mark: str) -> Iterator[Quotation]:
        if self._open is not None:
            return
        if self._single is None:
            if mark != "’" and self._space_before(at) and not self._space_after(at + 1):
                self._single = at + 1
        elif mark != "‘" and self._ends_word(at + 1) and not self.text[at - 1].isspace() and at > self._single:
            yield from self._quotation(self._single, at, closed=True)
            self._single, self._single_found = None, True

    def _opens(self, at: int, after: int, mark: str) -> bool:
        if mark == "“" and self._open is not None and not self._space_before(at) and self._space_after(after):
            return False  # some sites print the opening form on both sides: `“Siap,“ kata dia`
        if mark in _OPENERS or mark == "``":
            return True
        if mark in _CLOSERS or mark == "''":
            # Some sites print the closing form on both sides: `”Siap,” katanya`.
            return self._open is None and mark == "”" and self._space_before(at) and not self._space_after(after)
        if self._open is None:
            return self._space_before(at) or not self._ends_word(after)
        return self._space_before(at) and not self._space_after(after)

    def _space_before(self, at: int) -> bool:
        return at <= self.block.start or self.text[at - 1].isspace() or self.text[at - 1] in _BEFORE_OPENING

    def _space_after(self, after: int) -> bool:
        return after >= self.block.end or self.text[after].isspace()

    def _ends_word(self, after: int) -> bool:
        return after >= self.block.end or not self.text[after].isalnum()

    def _quotation(self, start: int, end: int, *, closed: bool) -> Iterator[Quotation]:
        span = trim(self.text, start, end)
        if span is not None:
            yield Quotation(span, closed)
