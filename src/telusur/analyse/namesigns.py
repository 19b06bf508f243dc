"""Names that their form or their place in the text gives away: outlets' addresses, datelines, explained short forms.

In: the lines of an article. Out: the same lines, their names changed in place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..lexicon import words as word_list
from ..model.span import Span
from .namelines import Draft, Line, head_at, text_of
from .names import is_acronym, stands_for, words_of
from .nametables import is_acronym_word, is_area, known_types, name_parts, rank_words

_ADDRESS = re.compile(
    r"(?<![\w/@.:-])[A-Z][\w]{2,30}(?:-[A-Za-z]\w{1,20}){0,2}\. ?(?:co\.id|go\.id|com|co|id|net|org|tv)(?![\w.]\w|-)",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\. ?(?:co|go\.id|id|net|org|tv)", re.IGNORECASE)
"""What every address holds; looking for a stop is quick."""
LONGEST_EXPLAINED = 9
"""Words before a bracket that may explain a short form."""


def add_addresses(line: Line) -> None:
    """Marks ``TRIBUN-MEDAN.com`` and other outlets named by their address, written with a capital; never a longer link."""
    start, end_of_line = line.spans[0].start, line.spans[-1].end
    if _ENDING.search(line.text, start, end_of_line) is None:
        return
    owners = line.owners()
    for match in _ADDRESS.finditer(line.text, start, end_of_line):
        if not match[0][0].isupper():
            continue
        first = bisect_left(line.spans, match.start(), key=lambda s: s.start)
        end = bisect_left(line.spans, match.end(), key=lambda s: s.start)
        if first >= end or line.spans[first].start != match.start():
            continue
        held = owners[first] or owners[end - 1]
        owners[first:end] = [Draft(first, end, "ORG", held.score if held else None)] * (end - first)
    line.take(owners)


def add_datelines(lines: Sequence[Line], datelines: Sequence[Span]) -> None:
    """Marks the place that a dateline names: ``KYIV`` in ``KYIV, KOMPAS.com -``."""
    for line in lines:
        if not line.spans or not any(
            d.overlaps(Span(line.spans[0].start, line.spans[-1].end)) for d in datelines
        ):
            continue
        owners = line.owners()
        dateline = next(d for d in datelines if d.overlaps(Span(line.spans[0].start, line.spans[-1].end)))
        inside = [i for i, s in enumerate(line.spans) if dateline.covers(s)]
        chunk: list[int] = []
        for i in [*inside, -1]:
            if i >= 0 and line.words[i].isalpha() and line.is_capital(i) and (not chunk or line.follows(i)):
                chunk.append(i)
                continue
            ends = i < 0 or line.words[i] in (",", "-", "–", "—", "(", "/", "|")
            if chunk and ends and len(chunk) <= 4 and all(owners[c] is None for c in chunk):
                place = Draft(chunk[0], chunk[-1] + 1, "LOC")
                if text_of(line, place.start, place.end) not in known_types():
                    owners[place.start : place.end] = [place] * len(chunk)
            chunk = []
        line.take(owners)


def explained_away(lines: Sequence[Line]) -> frozenset[str]:
    """Short forms that the article explains by words that are no name: ``Pajak Bumi dan Bangunan (PBB)``."""
    out: set[str] = set()
    for line in lines:
        owners = line.owners()
        for at, word in enumerate(line.words):
            if (
                at < 3
                or word != "("
                or line.words[at + 2 : at + 3] != (")",)
                or not is_acronym(line.words[at + 1])
            ):
                continue
            if _is_explained(line, owners, at):
                out.add(line.words[at + 1])
    return frozenset(out)


def _is_explained(line: Line, owners: list[Draft | None], at: int) -> bool:
    """Whether words right before a bracket, none of them in a name, make up the short form inside it."""
    short = line.words[at + 1]
    for start in range(at - 2, max(-1, at - LONGEST_EXPLAINED), -1):
        if owners[start + 1] is not None or not line.follows(start + 1):
            return False
        if owners[start] is None and stands_for(short, words_of(text_of(line, start, at))):
            return head_at(line, start) is None and not is_area(text_of(line, start, at))
    return False


def drop_explained(lines: Sequence[Line]) -> None:
    """Drops the short forms that the article explains as no name."""
    away = explained_away(lines)
    for line in lines:
        if away:
            line.drafts = [
                d
                for d in line.drafts
                if not (
                    d.end - d.start == 1
                    and line.words[d.start] in away
                    and is_acronym_word(line.words[d.start])
                )
            ]


def find_initials(lines: Sequence[Line]) -> frozenset[str]:
    """Initials under which the article hides people: ``berinisial AM``, ``Aipda PS``, ``DW (34)``, and those listed with them."""
    out: set[str] = set()
    for line in lines:
        for at, word in enumerate(line.words):
            if not word.isupper() or not _is_initials(line, at) or not (_is_led(line, at) or _is_aged(line, at)):
                continue
            out.add(word)
            after = at + 1
            while (
                after + 1 < len(line.words)
                and line.words[after] in (",", "dan", "serta")
                and _is_initials(line, after + 1)
            ):
                out.add(line.words[after + 1])
                after += 2
    return frozenset(out)


def _is_initials(line: Line, at: int) -> bool:
    word = line.words[at]
    return (
        2 <= len(word) <= 4
        and word.isalpha()
        and word.isupper()
        and word not in known_types()
        and word.casefold() not in word_list("unnamed-words")
    )


def _is_led(line: Line, at: int) -> bool:
    """Whether a word that only people follow stands before."""
    before = line.low[at - 1] if at and line.follows(at) else ""
    return before in name_parts("initials") or (line.is_capital(at - 1) and before in rank_words())


def _is_aged(line: Line, at: int) -> bool:
    """Whether an age in brackets follows: ``AM (49)``."""
    after = line.words[at + 1 : at + 4]
    return (
        len(after) == 3 and after[0] == "(" and after[1].isdigit() and len(after[1]) == 2 and after[2] == ")"
    )


def add_initials(lines: Sequence[Line], initials: frozenset[str]) -> None:
    """Marks people's initials wherever they stand by themselves."""
    for line in lines:
        if initials.isdisjoint(line.words):
            continue
        owners = line.owners()
        for at, word in enumerate(line.words):
            held = owners[at]
            if word in initials and (held is None or (held.start, held.end) == (at, at + 1)):
                owners[at] = Draft(at, at + 1, "PER", held.score if held else None)
        line.take(owners)
