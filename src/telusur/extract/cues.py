"""The words that report: which they are, where they stand in an article, what they say of commitment.

In comes a `Reading`; out go the `Cue` words found in it, in order. The table is `data/words/cues.tsv`: what a word
does (its form), when it is to be believed (its trust), and how its source stands to the content (its stance).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from telusur.lexicon import read_table
from telusur.model.span import Span

from .units import Reading, Unit

Form = Literal["active", "bare", "passive", "source", "carrier", "noun"]

_CLITIC = "nya"
_RUN_TOGETHER = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHORTEST_TAIL = 8
"""A cue that the site ran into the name before it (`Hamasmengatakan`) is read only from this length on."""
_WORDS_AT_MOST = 2


@dataclass(frozen=True, slots=True)
class CueWord:
    """One row of the table."""

    word: str
    lemma: str
    form: Form
    trusted: bool
    stance: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word in the text: units ``[at, after)``. ``span`` leaves ``-nya`` out, and ``clitic`` says it was there.

    ``glued``: the words before it in the same unit are its source (`Hamasmengatakan`).
    """

    at: int
    after: int
    span: Span
    words: tuple[CueWord, ...]
    clitic: bool = False
    glued: bool = False

    def row(self, *forms: Form) -> CueWord | None:
        """The row of the first of ``forms`` that this word can have."""
        return next((w for form in forms for w in self.words if w.form == form), None)


@cache
def cue_words() -> dict[str, tuple[CueWord, ...]]:
    """The table by word; a word may have several forms."""
    out: dict[str, list[CueWord]] = {}
    forms: dict[str, Form] = {f: f for f in ("active", "bare", "passive", "source", "carrier", "noun")}
    for row in read_table("cues", ("word", "lemma", "form", "trust", "stance", "gloss")):
        word = CueWord(row["word"], row["lemma"], forms[row["form"]], row["trust"] == "high", row["stance"])
        out.setdefault(word.word, []).append(word)
    return {word: tuple(rows) for word, rows in out.items()}


@cache
def carrying_words() -> frozenset[str]:
    """Those that name who carried the words: `dikutip`, `melansir`."""
    return frozenset(word for word, rows in cue_words().items() if any(row.form == "carrier" for row in rows))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word.split(" ")[0] for word in cue_words() if " " in word)


@cache
def _words_begun() -> frozenset[str]:
    """The words of the table, and those that a phrase of it begins with."""
    return _first_words().union(cue_words())


def find_cues(reading: Reading) -> tuple[Cue, ...]:
    """All cue words of the article, in order. Whether each reports anything is for the rules to say."""
    out: list[Cue] = []
    at, known = 0, _words_begun()
    for number, unit in enumerate(reading.units):
        if number < at or unit.kind != "word":
            continue
        if unit.low in known or unit.low.endswith(_CLITIC) or not unit.span.of(reading.text).islower():  # a third of all words
            cue = _cue_at(reading, number)
            if cue is not None:
                out.append(cue)
                at = cue.after
    return tuple(out)


def _cue_at(reading: Reading, at: int) -> Cue | None:
    unit, table = reading.units[at], cue_words()
    if unit.low in _first_words() and at + 1 < len(reading.units):
        phrase = f"{unit.low} {reading.units[at + 1].low}"
        if phrase in table:
            return Cue(at, at + _WORDS_AT_MOST, reading.span(at, at + _WORDS_AT_MOST), table[phrase])
    if rows := table.get(unit.low):
        return Cue(at, at + 1, unit.span, rows)
    if unit.low.endswith(_CLITIC) and (rows := table.get(unit.low.removesuffix(_CLITIC))):
        return Cue(at, at + 1, Span(unit.span.start, unit.span.end - len(_CLITIC)), rows, clitic=True)
    return _glued_cue(reading.text, unit, at)


def _glued_cue(text: str, unit: Unit, at: int) -> Cue | None:
    """A cue that the site ran into a name: `dilansirAFP`, `Hamasmengatakan`."""
    word, table = unit.span.of(text), cue_words()
    if word.islower():
        return None  # no seam, no name: most words of a text
    if seam := _RUN_TOGETHER.search(word):
        cut = seam.start()
        if rows := table.get(word[:cut].casefold()):
            return Cue(at, at + 1, Span(unit.span.start, unit.span.start + cut), rows)
        return None
    if not unit.capital or len(word) <= _SHORTEST_TAIL:
        return None
    for cut in range(3, min(len(word) - _SHORTEST_TAIL, 40) + 1):
        rows = table.get(word[cut:], ())
        if rows and any(row.form == "active" for row in rows):
            return Cue(at, at + 1, Span(unit.span.start + cut, unit.span.end), rows, glued=True)
    return None
