"""What may tell what a claim tells, though not enough agrees to say so.

Comes in: a claim and another article, or one of its group. Goes out: `Bond`s, the likeliest first: a claim, and a sentence of each who
speaks there, since one of them may know it by himself. Nothing of it is counted for the least; it says how much is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..analyse.names import words_of
from ..model.claim import STATE_TYPES
from .agreeing import ALIKE, Bond, Reason, families, parties_agree, times_agree
from .nearness import published_near, same_story
from .parties import VOICE_REACH, VOICES, Party, any_same
from .tellings import Report, Telling, alike
from .unread import FEWEST_WORDS, SLACK, confirms, negated, sentence_telling

_MAYBE, _MAYBE_IN_STORY = 0.65, 0.4
"""What a claim must share, in words, trigger and parties, that may be the same; and where both articles tell one story."""

_RATHER, _SOME_WORDS = 0.4, 0.2
"""How alike a sentence must be; and within one story, where it has the claim's own word, or is of somebody who takes part."""

MOST_VOICES = 2
"""Of how many who speak in one article a sentence is taken."""


def perhaps(asked: Telling, own: Report, report: Report, bonds: Sequence[Bond]) -> list[Bond]:
    """What may tell the same in an article that holds nothing that surely does. ``bonds``: what does, elsewhere."""
    if asked.type in STATE_TYPES or not published_near(own, report):
        return []
    story = same_story(own, report)
    claim = _claim(asked, own, report, story)
    found = [claim] if claim else []
    known = [who for telling in (asked, *(bond.telling for bond in bonds)) for who in _speakers(telling)]
    return found + _said(asked, own, report, story, {bond.telling.saying for bond in found}, known)


def others_there(asked: Telling, own: Report, report: Report, bonds: Sequence[Bond]) -> Iterator[Bond]:
    """What others, by their names, say of it in an article that tells it, none of whom is known to tell it."""
    if asked.type in STATE_TYPES:
        return
    tellings = (asked, *(bond.telling for bond in bonds))
    known = [who for telling in tellings for who in _speakers(telling)]
    told = {telling.saying for telling in tellings if telling.article == report.id}
    for bond in _said(asked, own, report, True, told, known):
        if any(who.named for who in _speakers(bond.telling)) and any_same(_speakers(bond.telling), known) is None:
            yield bond


def _speakers(telling: Telling) -> list[Party]:
    return [hand.who for hand in telling.hands if hand.role == "speaker"]


def _claim(asked: Telling, own: Report, report: Report, story: bool) -> Bond | None:
    """The likeliest claim."""
    best: tuple[float, Bond] | None = None
    for telling in report.tellings:
        if telling.polarity != asked.polarity or telling.type in STATE_TYPES or not times_agree(asked, own, telling, report):
            continue
        shared = parties_agree(asked, telling, copied=False)
        if shared is None:
            continue
        trigger = bool(asked.stems & telling.stems) or bool(families(asked.stems) & families(telling.stems))
        words = max(alike(asked.words, telling.words), alike(asked.clause, telling.clause))
        weight = words + 0.3 * trigger + 0.3 * shared.named + 0.15 * (shared.described + shared.place)
        if weight >= (_MAYBE_IN_STORY if story else _MAYBE) and (trigger or words >= ALIKE) and (best is None or weight > best[0]):
            best = weight, Bond(telling, (Reason("type", telling.type), *shared.reasons, Reason("words", f"{words:.2f}")))
    return best[1] if best else None


def _said(asked: Telling, own: Report, report: Report, story: bool, told: set[int | None], known: Sequence[Party]) -> list[Bond]:
    """The likeliest sentence of each who speaks, the outlet too, without sayings that are taken already (``told``).

    Those who are ``known`` to tell it are taken only where they use the claim's own word. Who confirms what was told before, where that is
    alike or one story, need not say it again.
    """
    denied = negated(own, asked.sentence)
    bears = story or any(alike(asked.words, report.weighed(place)[0]) >= _RATHER for place in report.sentences)
    best: dict[str, tuple[float, Bond]] = {}
    for place in report.sentences:
        words, _ = report.weighed(place)
        near = min(alike(asked.words, words), alike(asked.clause, words) + SLACK)
        tells = near >= _SOME_WORDS and min(len(words), len(asked.words)) >= FEWEST_WORDS
        if place == asked.sentence or not (tells or (bears and confirms(report, place))) or negated(report, place) != denied:
            continue
        telling = sentence_telling(report, place)
        who = _speakers(telling)
        trigger = bool(asked.stems & words.keys())
        if not trigger and any_same(who, known):
            continue
        if near < (_SOME_WORDS if story and (trigger or _takes_part(who, asked, report)) else _RATHER) and not (bears and confirms(report, place)):
            continue
        voice = next((one.shown for one in who), "")
        if telling.saying not in told and (voice not in best or near > best[voice][0]):
            best[voice] = near, Bond(telling, (Reason("words", f"{near:.2f}"),))
    return [bond for _, bond in sorted(best.values(), key=lambda one: (-one[0], one[1].telling.trigger))[:MOST_VOICES]]


def _takes_part(who: Sequence[Party], asked: Telling, report: Report) -> bool:
    """Whether one who speaks is a party of the claim, or its voice: who was summoned, and his lawyer, know of it by themselves."""
    parties = [party for party in asked.parties if party.named]
    if any_same(who, parties):
        return True
    for one in who:
        before = report.text[max(0, one.start - VOICE_REACH) : one.start]
        if (voice := VOICES.search(before)) and any(word in before[voice.end() :].casefold() for party in parties for word in words_of(party.name)):
            return True
    return False
