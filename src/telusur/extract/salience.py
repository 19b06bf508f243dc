"""Which of the events that an article names it tells: each judged beside all others of the article.

Comes in: drafts, each as likely as its own words make it. Goes out: the same with scores that know of one another. News names an event
over and over and tells it once, at its fullest: in its opening, or where who and when are said; and what is told late, or beside much
that is surer, is more often background. The weights stand in ``words/salience.tsv``; `training/judgement.py` fits them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from telusur.analyse.stems import fold, stem

from .drafts import Draft
from .logistic import chance_of, odds
from .setting import Holders
from .units import Reading

_SURE = 0.26
"""From what chance on a draft counts as one that the article may tell."""

_OPENING = 2
"""Sentences of the body that open an article."""

_FARTHEST = 3.0
"""Log odds by which another may be surer; more is all the same."""


def weighed_in_article(reading: Reading, drafts: Sequence[Draft], holders: Holders) -> list[Draft]:
    """The drafts with scores that tell how likely each is beside the others."""
    return [replace(draft, score=chance_of("salience", signs)) for draft, signs in zip(drafts, signs_of(reading, drafts, holders), strict=True)]


def signs_of(reading: Reading, drafts: Sequence[Draft], holders: Holders) -> Iterator[dict[str, float]]:
    """What says for and against each draft, in the order given: how likely it is by itself, where it stands, what stands beside it."""
    own = [odds(draft.score) for draft in drafts]
    by_word: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_type: dict[str, list[int]] = defaultdict(list)
    by_sentence: dict[int, list[int]] = defaultdict(list)
    words = [(draft.type, stem(fold(reading.low(draft.first)))) for draft in drafts]
    sentences = [reading.units[draft.first].sentence for draft in drafts]
    for n, draft in enumerate(drafts):
        by_word[words[n]].append(n)
        by_type[draft.type].append(n)
        by_sentence[sentences[n]].append(n)
    body = [n for n, kind in enumerate(reading.kinds) if kind in ("paragraph", "lead")]
    place = {sentence: at for at, sentence in enumerate(body)}
    told = sum(draft.score >= _SURE for draft in drafts)
    for n, draft in enumerate(drafts):
        signs = {"own": own[n], draft.type: 1.0, f"{draft.type} own": own[n]}
        again = [m for m in by_word[words[n]] if m != n]
        if again:
            surest = max(own[m] for m in again)
            signs["said again"] = 1.0
            signs["said again surer"] = min(_FARTHEST, max(0.0, surest - own[n]))
            signs["said again less sure"] = min(_FARTHEST, max(0.0, own[n] - surest))
            signs["said before"] = float(any(drafts[m].first < draft.first and drafts[m].score >= _SURE for m in again))
        kind = reading.kinds[sentences[n]]
        signs[f"in {kind}"] = 1.0
        if sentences[n] in place:
            signs["opening"] = float(place[sentences[n]] < _OPENING)
            signs["how late"] = place[sentences[n]] / len(body)
        holder = holders.of(draft.trigger)
        signs[f"voice {holder.style if holder else 'own'}"] = 1.0
        alike = sum(drafts[m].score >= _SURE for m in by_type[draft.type] if m != n)
        signs["of its type"] = math.log1p(alike)
        signs["of its type, share"] = alike / max(1, told)
        beside = [own[m] for m in by_sentence[sentences[n]] if m != n and drafts[m].first != draft.first]
        signs["surer in sentence"] = float(sum(other > own[n] and other >= odds(_SURE) for other in beside))
        signs["crowd"] = math.log1p(told)
        signs["crowd for length"] = told / max(4, len(body))
        yield signs
