"""Sentences in which no claim was read, where they tell what a claim of another article tells.

Comes in: a claim and another article. Goes out: the sentences that are copies of it, or tell it nearly in the same words.
"""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import read_table
from ..model.claim import STATE_TYPES
from ..model.span import Span
from .agreeing import NEARLY_ONE, Bond, Reason, figures_shared, times_agree
from .nearness import named_in, published_near, same_story
from .origins import saying_at
from .parties import any_same, same_party
from .tellings import Place, Report, Telling, alike, denies, one_sentence, weigh

_ENDS = frozenset(".!?\"”’')…")

SLACK = 0.1
"""What a clause may be less like than a whole sentence."""

FEWEST_WORDS = 5
"""A sentence of fewer telling words is like many."""

_HAPPENING = r"(?:kejadian|peristiwa|insiden|kabar|informasi|kasus|laporan|hal)\b\W+(?:\w+\W+){0,2}?(?:tersebut|itu|ini)\b"
_CONFIRMS = re.compile(
    rf"\b(?:(?:membenarkan|mengonfirmasi|mengkonfirmasi)\b\W+(?:\w+\W+){{0,3}}?{_HAPPENING}|{_HAPPENING}\W+(?:\w+\W+){{0,2}}?(?:dibenarkan|dikonfirmasi)\b)", re.IGNORECASE
)

_RETOLD = 0.55

_WITH_FIGURES = 0.4
"""How alike sentences are that tell the same, where they share figures that few others have."""

_IN_STORY, _MORE_WORDS = 0.6, 7
"""How alike sentences of one story are that tell the same, on anybody's word, where each has so many telling words."""


def sentence_telling(report: Report, place: Place) -> Telling:
    """A sentence as a telling without a claim, on the word of whom the article lays it to."""
    words, numbers = weigh(report.text, place)
    saying = saying_at(report, place)
    return Telling(
        article=report.id, number=report.number, claim=None, key=f"s{place[0]}-{place[1]}", type="", trigger=place, verb="", stems=frozenset(), parties=(),
        days=None, certainty="", polarity="positive", tense="", casualties={}, sentence=place, words=words, clause=words, numbers=numbers,
        hands=report.sayings[saying] if saying is not None else (), cue=None, saying=saying, headline=False,
    )  # fmt: skip


def _same_voice(asked: Telling, report: Report, place: Place) -> bool:
    """Whether a sentence is laid to the person who is named as telling the claim."""
    saying = saying_at(report, place)
    mine = [hand.who for hand in asked.hands if hand.role == "speaker" and hand.who.named]
    return saying is not None and any_same(mine, (hand.who for hand in report.sayings[saying] if hand.role == "speaker" and hand.who.named)) is not None


def copied_sentence(asked: Telling, own: Report, report: Report, copied: Span) -> Bond | None:
    """The copy of a claim's sentence in which no claim was read, where the claim's own words were copied with it."""
    place = report.sentence_at(copied.start)
    words, numbers = report.weighed(place)
    read = asked.claim is not None and any(telling.sentence == place and telling.stems & asked.stems for telling in report.tellings)
    if read or not asked.stems & words.keys() or alike(asked.clause, words) < NEARLY_ONE or (asked.numbers and numbers and not asked.numbers & numbers):
        return None
    if negated(report, place) != negated(own, asked.sentence) or _about_others(asked, report, place):
        return None
    return Bond(sentence_telling(report, place), (Reason("copy", report.words(place)),))


def retold_sentences(asked: Telling, own: Report, report: Report) -> list[Bond]:
    """The sentence of an article that tells nearly in the same words what a claim tells, where it was not read as that claim."""
    best: tuple[float, Place, tuple[str, ...]] | None = None
    if not published_near(own, report) or asked.type in STATE_TYPES:
        return []
    read = {telling.sentence: telling for telling in report.tellings if telling.stems & asked.stems} if asked.claim is not None else {}
    story = same_story(own, report)
    for place in report.sentences:
        words, numbers = report.weighed(place)
        same = one_sentence(asked.words, words) and _names_met(own, asked.sentence, report, place)
        if place in read and not (same and times_agree(asked, own, read[place], report)):
            continue  # the claim that was read there was compared, and is another
        figures = figures_shared(asked.clause, numbers)
        if not figures and ((not same and not asked.stems & words.keys()) or _figures_apart(asked.numbers, numbers, story)):
            continue
        shared = min(alike(asked.words, words), alike(asked.clause, words) + SLACK)
        if shared < (_WITH_FIGURES if figures else _RETOLD) or min(len(asked.words), len(words)) < FEWEST_WORDS or (best and shared <= best[0]):
            continue
        sure = same or bool(figures) or shared >= (_IN_STORY if story and min(len(asked.words), len(words)) >= _MORE_WORDS else NEARLY_ONE)
        if not sure and not _same_voice(asked, report, place):
            continue
        whole = bool(figures) or _is_sentence(report, place)
        if whole and negated(report, place) == negated(own, asked.sentence) and not _about_others(asked, report, place):
            best = shared, place, figures
    if best is None:
        return []
    likeness, place, figures = best
    named = [party for party in asked.parties if party.named] if asked.claim is not None else named_in(own, asked.sentence)
    if not figures and not story and likeness >= NEARLY_ONE and not any(same_party(a, b) for a in named for b in report.parties.values()):
        return []
    reasons = [Reason("figure", ", ".join(figures))] if figures else []
    return [Bond(sentence_telling(report, place), (*reasons, Reason("words", f"{likeness:.2f}")))]


def _figures_apart(mine: frozenset[str], theirs: frozenset[str], story: bool) -> bool:
    """Whether two sentences hold other figures, or, where their articles do not tell one story, only one of them any."""
    if mine and theirs:
        return not mine & theirs
    return bool(mine or theirs) and not story


def _names_met(own: Report, mine: Place, report: Report, theirs: Place) -> bool:
    """Whether of two sentences the one that names fewer names nobody and nothing that the other does not."""
    fewer, more = sorted((named_in(own, mine), named_in(report, theirs)), key=len)
    return all(any(same_party(one, other) for other in more) for one in fewer)


def _about_others(asked: Telling, report: Report, place: Place) -> bool:
    """Whether a sentence names people, and none of those of whom a claim tells."""
    mine = [party for party in asked.parties if party.named and party.type == "PER"]
    theirs = [party for party in named_in(report, place) if party.type == "PER"]
    return bool(mine and theirs) and any_same(mine, theirs) is None


def _is_sentence(report: Report, place: Place) -> bool:
    """Whether a stretch ends as a sentence does, or is a title; tags that were read as text do not."""
    return report.text[place[1] - 1] in _ENDS or any(b["start"] <= place[0] < b["end"] and b["kind"] != "paragraph" for b in report.record["blocks"])


def confirms(report: Report, place: Place) -> bool:
    """Whether somebody confirms there what was told before: `membenarkan kejadian tersebut`, `kabar itu dibenarkan`."""
    return bool(_CONFIRMS.search(report.text, *place))


def negated(report: Report, place: Place) -> bool:
    """Whether a sentence says of something that it is not so."""
    return any(word in _not_so() or denies(word) for word in report.words(place).casefold().replace(",", " ").split())


@cache
def _not_so() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("clause-words", ("word", "kind")) if row["kind"] == "negation")
