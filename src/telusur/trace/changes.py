"""What was changed from one text to another, paragraph by paragraph and word by word.

Comes in: two texts, taken apart with their titles. Goes out: `Change`s in the order of the later text, what was cut standing where it stood;
each with the stretches of both texts, and with the words that were dropped and added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from ..lexicon import read_table
from ..model.span import Span
from .align import align
from .prints import Words
from .texts import Piece

ChangeKind = Literal["same", "reworded", "shortened", "lengthened", "added", "cut"]
"""A paragraph of the later text: ``same`` word for word, ``shortened`` with words left out and none added, ``lengthened`` with
words added and none left out, ``reworded`` with words changed, ``added`` without a counterpart; ``cut``: one of the earlier text
without a counterpart."""

Op = Literal["same", "dropped", "added"]

SAME = 0.93
FROM = 0.3
"""Share of a paragraph's words in another from which on it was made from it."""

_LONG = 110
_TOKEN = re.compile(r"\S+\s*")
_BARE = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of words that is the same in both, was dropped, or was added; with the blanks behind it."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph. ``earlier`` and ``later``: where it stands, None where it does not; an earlier one that went into several
    later ones is named by each. ``softened``, ``hardened``: words that say how sure it is, which came in, or went."""

    kind: ChangeKind
    block: str
    earlier: Span | None
    later: Span | None
    edits: tuple[Edit, ...]
    softened: tuple[str, ...] = ()
    hardened: tuple[str, ...] = ()


def compare(earlier: Piece, later: Piece) -> tuple[Change, ...]:
    """What was changed on the way from one text to the other."""
    old, new = list(_units(earlier.side.words, earlier)), list(_units(later.side.words, later))
    place = _unit_of(old, len(earlier.side.words))
    matched: dict[int, int] = {}
    for stretch in align(later.side.words.keys, earlier.side.words.keys):
        for run in stretch.runs:
            matched.update((run.a + n, run.b + n) for n in range(run.length))
    held = [[place[matched[at]] for at in range(first, end) if at in matched] for first, end in new]
    sources = [_sources(old, units, new[number]) for number, units in enumerate(held)]
    used: dict[int, int] = {}
    for units in (units for units, its in zip(held, sources, strict=True) if its):
        for unit in units:
            used[unit] = used.get(unit, 0) + 1
    shares = _shares(old, new, sources, matched, place)
    found: list[tuple[int, Change]] = []
    last = -1
    for number, (first, end) in enumerate(new):
        if not sources[number]:
            found.append((last, _added(later, first, end)))
            continue
        last = max(sources[number])
        found.append((last, _reworked(earlier, later, [shares[unit, number] for unit in sources[number]], (first, end))))
    for unit, (first, end) in enumerate(old):
        if used.get(unit, 0) < FROM * (end - first):
            found.append((unit, _cut(earlier, first, end)))
    return tuple(_ordered(found))


def _sources(old: Sequence[tuple[int, int]], held: Sequence[int], mine: tuple[int, int]) -> list[int]:
    """The earlier paragraphs that a later one was made from; ``held``: for each of its words that is there, the paragraph."""
    if not held or len(held) < FROM * (mine[1] - mine[0]):
        return []
    best = max(set(held), key=lambda unit: (held.count(unit), -unit))
    return [unit for unit in sorted(set(held)) if held.count(unit) >= FROM * (old[unit][1] - old[unit][0])] or [best]


def _shares(
    old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]], sources: Sequence[Sequence[int]], matched: Mapping[int, int], place: Sequence[int]
) -> dict[tuple[int, int], tuple[int, int]]:
    """By earlier and later paragraph, the words of the earlier one that went into the later: all, or its part where several share it."""
    begins: dict[int, list[tuple[int, int]]] = {}
    for number, units in enumerate(sources):
        for unit in units:
            at = min(matched[word] for word in range(*new[number]) if word in matched and place[matched[word]] == unit)
            begins.setdefault(unit, []).append((at, number))
    shares: dict[tuple[int, int], tuple[int, int]] = {}
    for unit, some in begins.items():
        some.sort()
        starts = [old[unit][0], *(at for at, _ in some[1:])]
        for (_, number), start, end in zip(some, starts, [*starts[1:], old[unit][1]], strict=True):
            shares[unit, number] = (start, max(end, start + 1))
    return shares


def _ordered(found: Sequence[tuple[int, Change]]) -> Iterator[Change]:
    """Later paragraphs in their order; a cut one before the first later one that comes from behind it."""
    cuts = sorted(((unit, change) for unit, change in found if change.kind == "cut"), key=lambda item: item[0])
    for unit, change in (item for item in found if item[1].kind != "cut"):
        while cuts and cuts[0][0] < unit:
            yield cuts.pop(0)[1]
        yield change
    yield from (change for _, change in cuts)


def _units(words: Words, piece: Piece) -> Iterator[tuple[int, int]]:
    """Paragraphs, as stretches of words; a very long one, as pages without line breaks have, sentence by sentence."""
    for part in words.parts:
        if part.end - part.first <= _LONG:
            yield part.first, part.end
            continue
        yield from ((first, end) for first, end in piece.side.prose.sentences if part.first <= first and end <= part.end)


def _unit_of(units: Sequence[tuple[int, int]], size: int) -> list[int]:
    place = [0] * size
    for number, (first, end) in enumerate(units):
        place[first:end] = [number] * (end - first)
    return place


def _block(piece: Piece, first: int) -> str:
    return next(part.kind for part in piece.side.words.parts if part.first <= first < part.end)


def _stretch(piece: Piece, first: int, end: int) -> Span:
    """The characters of some words with the marks around them."""
    words, text = piece.side.words, piece.text
    start, stop = words.starts[first], words.ends[end - 1]
    part = next(part for part in words.parts if part.first <= first < part.end)
    begin = part.span.start if first == part.first else start
    until = part.span.end if end == part.end else (words.starts[end] if end < len(words) else stop)
    while first > part.first and begin > 0 and not text[begin - 1].isspace() and not text[begin - 1].isalnum() and text[begin - 1] in "\"“'‘(":
        begin -= 1
    return Span(begin, max(stop, begin + len(text[begin:until].rstrip().rstrip("\"“'‘(") if end < part.end else text[begin:until].rstrip())))


def _added(later: Piece, first: int, end: int) -> Change:
    span = _stretch(later, first, end)
    return Change("added", _block(later, first), None, span, (Edit("added", span.of(later.text)),))


def _cut(earlier: Piece, first: int, end: int) -> Change:
    span = _stretch(earlier, first, end)
    return Change("cut", _block(earlier, first), span, None, (Edit("dropped", span.of(earlier.text)),))


def _reworked(earlier: Piece, later: Piece, sources: Sequence[tuple[int, int]], mine: tuple[int, int]) -> Change:
    before = [_stretch(earlier, *source) for source in sources]
    after = _stretch(later, *mine)
    edits = edits_between(" ".join(span.of(earlier.text) for span in before), after.of(later.text))
    softened, hardened = _sureness(edits)
    kind = kind_of(edits)
    return Change(kind, _block(later, mine[0]), Span(before[0].start, max(span.end for span in before)), after, edits, softened, hardened)


def kind_of(edits: Sequence[Edit]) -> ChangeKind:
    """What was done to a paragraph that has a counterpart."""
    sizes = {op: sum(len(edit.text.split()) for edit in edits if edit.op == op) for op in ("same", "dropped", "added")}
    if sizes["same"] >= SAME * (sizes["same"] + max(sizes["dropped"], sizes["added"])):
        return "same" if not sizes["dropped"] and not sizes["added"] else "reworded" if sizes["dropped"] and sizes["added"] else "shortened" if sizes["dropped"] else "lengthened"
    if not sizes["added"]:
        return "shortened"
    return "lengthened" if not sizes["dropped"] else "reworded"


def edits_between(before: str, after: str) -> tuple[Edit, ...]:
    """What was dropped and added between two short texts, word by word; marks and case count as the same."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, [_bare(token) for token in old], [_bare(token) for token in new], autojunk=False)
    edits: list[Edit] = []
    for tag, low, high, start, end in matcher.get_opcodes():
        if tag == "equal":
            edits.append(Edit("same", "".join(new[start:end])))
            continue
        edits += [Edit("dropped", "".join(old[low:high]))] if low < high else []
        edits += [Edit("added", "".join(new[start:end]))] if start < end else []
    return tuple(edits)


def _bare(token: str) -> str:
    """What of a token is compared: marks alone are themselves."""
    return _BARE.sub("", token).casefold() or token.strip()


# --- how sure ---------------------------------------------------------------------------------------------------


@cache
def _hedges() -> frozenset[str]:
    """Single words by which a text says that it is not sure."""
    rows = read_table("marks", ("word", "certainty", "polarity", "tense", "reach", "gloss"))
    return frozenset(row["word"] for row in rows if row["certainty"] in ("probable", "possible", "unknown") and row["tense"] != "future")


def _sureness(edits: Sequence[Edit]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Hedges that came in, and those that went."""
    words = {op: [_bare(word) for edit in edits if edit.op == op for word in edit.text.split()] for op in ("dropped", "added")}
    came = tuple(dict.fromkeys(word for word in words["added"] if word in _hedges() and word not in words["dropped"]))
    went = tuple(dict.fromkeys(word for word in words["dropped"] if word in _hedges() and word not in words["added"]))
    return (came, ()) if came and not went else ((), went) if went and not came else (came, went)
