"""What kind of copy two texts are, if any: by how much of their own prose they share, and how.

Comes in: two texts, taken apart. Goes out: a `Verdict`, the same whichever of the two comes first, whatever else the archive
holds. Judged is prose, sentence by sentence; quotations, and forms that recur with other figures, show nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from .align import Stretch, align
from .forms import of_one_rubric, other_days, other_figures, other_names, recurs
from .retelling import OPENING, Retold, Side, retold

Kind = Literal["verbatim", "abridged", "extended", "rewritten", "partial"]
"""How the first text stands to the second."""

WHOLE = 0.88
"""Share of the prose of both from which on they are the same word for word."""

HALF, MOST = (0.4, 0.7), (0.7, 0.85)
"""Shares of the shorter text's prose, in sentences made from the other's, from which on both are one text: between two outlets, and
within one. From the first on where each opens with what the other has; from the second on in any case between two outlets: an outlet
repeats its own background under what is new."""

WORDS_SHARED, LEAST_WORDS_SHARED = 0.44, 0.3
"""Share of the words of either text that must be the same; and where `MOST` of the prose was taken."""

RELEASE, RELEASE_PROSE = 0.42, 0.2
"""Share of the words of both texts, quotations and all, and of the shorter one's prose: two outlets that share so much print one
release, though each has set another part of it in quotation marks."""

REWORDED = 0.09
"""Share of the words in what both texts have that are not the same, above which it was reworded."""

ASIDE, CUT = 0.15, 0.08
"""Share of one text's words without a counterpart that is no matter; and from which on a text was cut, or has more."""

FORMS = 0.5
"""Words in sentences with other figures, beside those in sentences with the same, from which on what is shared is a form that recurs."""

PASSAGE_WORDS = 25
"""Words of prose in sentences made from the other's that make a passage: fewer are set phrases, names, and what any two reports of
one event share."""

LEAST_SHARE, LEAST_SAME = 0.03, 18

SURE_WORDS = 12
"""Words of a passage that must stand in sentences that nobody would have written the same by chance."""

ALIKE, MOSTLY = 2, 3
"""Of the first sentences of one text of an outlet or of the other, so many were made from the other's where both open alike: the first
alone is what any follow-up repeats. And so many of a text that opens with hardly anything else."""

BOTH_WORDS = 0.72
"""Share of the words of each of two texts of one outlet that must be the same where either opens with no more than one sentence of the
other: an outlet sets its own report, whole, under the lead and headline of the next."""

QUOTED, BOTH_QUOTED = 0.6, 0.36
"""Share of what two texts have in common that stands in quotation marks in one of them, from which on both may be of one speech; and share of the
words of each that must be the same where it is so: two reporters in one room write down the same, and begin with the same sum."""

OWN_OPENING = 6
"""Sentences of its own with which one text opens, from which on another, that opens with what follows there, is its background."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind``: how the first text stands to the second; None where they are no copies. ``share`` and ``other_share``: how much of
    the words of the first stand in the second, and the other way round. ``taken``: how much of the prose of the shorter one is in
    sentences made from the other's."""

    kind: Kind | None
    share: float
    other_share: float
    stretches: tuple[Stretch, ...]
    taken: float
    why: str


def judge(a: Side, b: Side, *, one_outlet: bool = False) -> Verdict:
    """The verdict on two texts; ``one_outlet``: both are of the same one, or of none that is known."""
    stretches = align(a.words.keys, b.words.keys)
    in_a = _marks(len(a.words), ((run.a, run.length) for s in stretches for run in s.runs))
    in_b = _marks(len(b.words), ((run.b, run.length) for s in stretches for run in s.runs))
    share, other_share = _share(in_a), _share(in_b)
    if max(sum(in_a), sum(in_b)) < LEAST_SAME or max(share, other_share) < LEAST_SHARE:
        return Verdict(None, share, other_share, stretches, 0.0, "nothing")
    other_day = one_outlet and other_days(a, b)
    form = recurs(a, b, stretches) or of_one_rubric(a, b, one_outlet=one_outlet)
    if min(share, other_share) >= WHOLE and not form and not other_day:
        return Verdict("verbatim", share, other_share, stretches, 1.0, "same words")
    of_a, of_b = retold(a, b), retold(b, a)
    shorter, longer = (of_a, of_b) if (of_a.size, a.words.keys) <= (of_b.size, b.words.keys) else (of_b, of_a)
    kind: Kind | None = None
    other_name = one_outlet and other_names(a, b, stretches)
    of_one_speech = not one_outlet and min(share, other_share) < BOTH_QUOTED and max(_in_quotes(a, in_a), _in_quotes(b, in_b)) >= QUOTED
    alike = min(shorter.opening, longer.opening)
    form = form or of_a.forms + of_b.forms > FORMS * (of_a.taken + of_b.taken)
    form = form or (shorter.share >= HALF[False] and alike > 0 and other_figures(a, b))
    if form or (other_day and alike >= MOSTLY) or (other_name and alike >= OPENING):
        why = "template"
    elif not (other_day or other_name or of_one_speech) and _is_one_text(shorter, longer, one_outlet, (share, other_share)):
        kind, why = _strong(a, b, in_a, in_b, stretches), "same text"
    elif min(shorter.taken, longer.taken) >= PASSAGE_WORDS * 0.8 and max(shorter.taken, longer.taken) >= PASSAGE_WORDS and max(shorter.sure, longer.sure) >= SURE_WORDS:
        kind, why = "partial", "passage"
    else:
        why = "quotation" if _in_quotes(a, in_a) > 0.5 else "too little"
    return Verdict(kind, share, other_share, stretches, shorter.share, why)


def _is_one_text(shorter: Retold, longer: Retold, one_outlet: bool, shares: tuple[float, float]) -> bool:
    """Whether so much of the shorter text was made from the longer one that they are one. ``shares``: of the words of either."""
    if max(shares) < (LEAST_WORDS_SHARED if shorter.share >= MOST[False] else WORDS_SHARED):
        return False
    if longer.own >= OWN_OPENING and shorter.opening >= MOSTLY:
        return False
    if not one_outlet and min(shares) >= RELEASE and shorter.share >= RELEASE_PROSE:
        return True
    if one_outlet and not longer.opening:
        return False
    if one_outlet and min(shorter.opening, longer.opening) < ALIKE and min(shares) < BOTH_WORDS:
        return False
    alike = min(shorter.opening, longer.opening) > 0 and max(shorter.opening, longer.opening) >= (ALIKE if one_outlet else 1)
    enough = (HALF if alike else MOST)[one_outlet]
    return shorter.share >= enough and longer.taken >= min(PASSAGE_WORDS, shorter.taken // 2)


def _marks(size: int, runs: Iterable[tuple[int, int]]) -> bytearray:
    marks = bytearray(size)
    for first, length in runs:
        marks[first : first + length] = b"\1" * length
    return marks


def _share(marks: bytearray) -> float:
    return sum(marks) / len(marks) if marks else 0.0


def _in_quotes(side: Side, marks: bytearray) -> float:
    """How much of what is shared stands in quotation marks."""
    same = sum(marks)
    return sum(1 for at, mark in enumerate(marks) if mark and side.prose.quoted[at]) / same if same else 0.0


def _strong(a: Side, b: Side, in_a: bytearray, in_b: bytearray, stretches: Sequence[Stretch]) -> Kind:
    """How one text became the other: cut, with more, or in other words, whichever is most."""
    share, other_share = _share(in_a), _share(in_b)
    if min(share, other_share) >= WHOLE:
        return "verbatim"
    inside_a = sum(s.a_end - s.a for s in stretches) / len(in_a)
    inside_b = _share(_marks(len(in_b), ((s.b, s.b_end - s.b) for s in stretches)))
    added, cut = 1 - inside_a, 1 - inside_b
    if 1 - share / inside_a > REWORDED or 1 - other_share / inside_b > REWORDED:
        return "rewritten"
    if added <= ASIDE and cut >= max(CUT, 2 * added):
        return "abridged"
    if cut <= ASIDE and added >= max(CUT, 2 * cut):
        return "extended"
    return "rewritten"
