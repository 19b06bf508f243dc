"""How sure a source is of what it is quoted with: the mark of the claims, and what the reporting word adds to it.

Comes in: a statement or a claim of a digest. Goes out: marks with words. A word such as `membantah` or `berharap`
outweighs a claim that would stand as certain by itself: what is denied or hoped is never shown as told for a fact.
"""

from __future__ import annotations

from functools import cache

from ..lexicon import read_table
from ..model.claim import Attribution
from .digest import Statement, Told
from .wording import GLYPHS, UNJUDGED, Wording, clean

Marked = tuple[str, str]
"""A glyph and the words beside it."""


@cache
def _stance_of() -> dict[str, str]:
    """The stance of each reporting word."""
    return {row["word"].casefold(): row["stance"] for row in read_table("cues", ("word", "stance"))}


@cache
def _marks() -> dict[str, str]:
    return {row["stance"]: row["mark"] for row in read_table("stance_marks", ("stance", "mark"))}


@cache
def _verbs(column: str) -> dict[str, str]:
    return {row["stance"]: row[column] for row in read_table("stances", ("stance", "report_id", "report_en"))}


def reported_as(attribution: Attribution, text: str, words: Wording) -> Marked | None:
    """What the reporting word says: its mark and the verb; None where no word reports.

    A word that the table does not know is shown as it stands, and judges nothing.
    """
    if attribution.cue is None:
        return None
    cue = clean(attribution.cue.of(text))
    key = cue.casefold()
    stance = _stance_of().get(key) or _stance_of().get(key.removesuffix("nya"))
    if stance is None:
        return UNJUDGED, words.say("stance.cue", cue=cue)
    return _marks().get(stance, UNJUDGED), _verbs(f"report_{words.lang}").get(stance, cue)


def of_statement(statement: Statement, text: str, words: Wording) -> list[Marked]:
    """The marks of a statement, each once: what its reporting word lays on it, then those of its claims."""
    reported = reported_as(statement.attribution, text, words)
    claims = list(dict.fromkeys(words.stance(claim) for claim in statement.claims))
    if reported is None:
        return claims
    if reported[0] == UNJUDGED:
        return claims or [reported]
    return [reported, *(found for found in claims if found[0] != GLYPHS["certain"])]


def of_claim(told: Told, text: str, words: Wording) -> Marked:
    """The mark of one claim, on the word of whoever tells it."""
    own = words.stance(told.claim)
    if own[0] != GLYPHS["certain"] or told.statement is None:
        return own
    reported = reported_as(told.statement.attribution, text, words)
    return own if reported is None or reported[0] == UNJUDGED else reported
