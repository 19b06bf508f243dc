"""Sayings that the rules found and the model did not hear: how likely each is one.

In comes such a saying; out go its signs, plain facts about its cue, its words and its source, and the chance that they
give by ``words/unheard.tsv``. Of indirect ones four in ten are, of those that both found nine in ten.
"""

from __future__ import annotations

from .cues import cue_words
from .logistic import chance_of
from .phrases import Source
from .sayings import Saying
from .units import Reading
from .wordkinds import clause_words

TABLE = "unheard"
_LENGTHS = (3, 6, 12, 24)
"""In words."""
_PARTS_TAGS = frozenset({",", '"', "”"})
_BEGINNINGS = frozenset({"bahwa", "untuk", "agar", "supaya", "akan", "soal", "atas", "dengan", "kepada"})


def chance_unheard(reading: Reading, saying: Saying) -> float:
    """How likely the saying is one, in (0, 1)."""
    return chance_of(TABLE, unheard_signs(reading, saying))


def unheard_signs(reading: Reading, saying: Saying) -> dict[str, float]:
    """The signs of a saying with a cue."""
    assert saying.cue is not None
    content, cue = saying.contents[0], saying.cue.of(reading.text).casefold()
    block, first = reading.kinds[saying.sentence], reading.first_at(content)
    rows = cue_words().get(cue, ())
    words = len(content.of(reading.text).split())
    order = "cue last" if content.start < saying.cue.start else "cue first"
    names = [f"word {cue}", f"in {block}", order, f"{_sort_of(saying.source)} {order}", f"{saying.style} {order}"]
    names += [f"form {row.form}" for row in rows] + [f"form {row.form} in {block}" for row in rows] + [f"stance {row.stance}" for row in rows]
    names.append(f"words {next((f'up to {most}' for most in _LENGTHS if words <= most), 'many')}")
    if order == "cue last" and reading.low(saying.at - 1) in _PARTS_TAGS and any(row.form in ("bare", "source") for row in rows):
        names.append("tag")  # `harga turun, kata Rini`
    if saying.nested:
        names.append("nested")
    if first is not None:
        beside = (reading.low(first - 1), reading.low(first))
        names += [f"begins {low}" for low in beside if low in _BEGINNINGS]
        if beside[1] not in _BEGINNINGS and reading.units[first].low.startswith(("me", "ber", "di", "ter")):
            names.append("begins with a verb")
        if any(reading.low(at) in clause_words("negation") for at in (saying.at - 1, saying.at - 2)):
            names.append("denied")
    return dict.fromkeys(names, 1.0)


def _sort_of(source: Source | None) -> str:
    if source is None:
        return "nobody"
    if source.name is not None:
        return source.name.type
    return source.points or ("described" if source.solid else "a noun")
