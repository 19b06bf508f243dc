"""How sure the text is of a claim, whether it affirms it, and when it lies: from the words before its trigger.

Comes in: the article in units and a trigger. Goes out: `Marks`. The words and how far back they count stand in
``words/marks.tsv``. Certainty is the source's own, never this program's confidence; "when" is seen from the day of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import cast, get_args

from telusur.lexicon import read_table
from telusur.model.claim import STATE_TYPES, Certainty, Polarity, Tense
from telusur.model.layers import Time

from .grammar import group
from .units import Reading

_QUOTES = frozenset("\"“”")
_STATES = frozenset(STATE_TYPES) - {"plans"}
_ONLY = frozenset({"hanya", "cuma", "saja", "sekadar", "sekedar"})
_ABLE = frozenset({"bisa", "dapat", "boleh"})
_DENYING = frozenset({"membantah", "menyangkal"})
_PLANS = frozenset({"rencana", "wacana", "usulan", "opsi", "keinginan", "persiapan"})
"""Nouns of what is to come: subjects of a passive, not marks of it."""
_SUBJECT_ENDS = frozenset({"itu", "ini", "tersebut", "telah", "sudah", "masih"})
"""Behind these what is planned is the subject: `rencana itu masih dibahas`, `rencana tersebut masuk agenda`."""
_NOBODY_WITHIN = 6
"""How many units `yang` may stand from the trigger that it leads to, and `tidak ada` from `yang`."""
_CHARGED = frozenset({"didakwa", "disangka"})
"""What somebody is charged with is not sure; that he is charged is."""
_SPOKEN = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
_MODEL_ALONE = 0.85
"""How sure the model must be of a mark where no word speaks."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Certainty, polarity and tense of one claim."""

    certainty: Certainty = "certain"
    polarity: Polarity = "positive"
    tense: Tense = "past"


@dataclass(frozen=True, slots=True)
class _Mark:
    certainty: Certainty | None
    polarity: Polarity | None
    tense: Tense | None
    reach: int


@dataclass(slots=True)
class _Seen:
    certainty: Certainty | None = None
    polarity: Polarity | None = None
    tense: Tense | None = None
    words: set[str] = field(default_factory=set)


@cache
def _marks() -> Mapping[str, _Mark]:
    table: dict[str, _Mark] = {}
    for row in read_table("marks", ("word", "certainty", "polarity", "tense", "reach")):
        table[row["word"]] = _Mark(
            cast(Certainty, row["certainty"]) if row["certainty"] in get_args(Certainty) else None,
            cast(Polarity, row["polarity"]) if row["polarity"] in get_args(Polarity) else None,
            cast(Tense, row["tense"]) if row["tense"] in get_args(Tense) else None,
            int(row["reach"]),
        )
    return table


_ASKING = frozenset({"bagaimana", "apakah", "siapa", "mengapa", "kenapa", "kapan", "berapa", "apa"})
_KNOWN = frozenset({"jelas", "diketahui", "tahu", "mengetahui", "pasti", "dipastikan", "memastikan"})
_NOT_YET = frozenset({"belum", "tidak", "tak"})


def find_marks(
    reading: Reading,
    first: int,
    last: int,
    kind: str,
    time: Time | None,
    published: str | None,
    model: Mapping[str, Mapping[str, float]],
) -> Marks:
    """How the text puts the claim whose trigger is units ``first`` to ``last``.

    Args:
        kind: the claim's type; states are present where nothing says otherwise.
        time: the expression that dates the claim, if any.
        published: the page's date (ISO 8601), against which that time is future or past.
        model: what the trained model thinks of each mark, or empty.
    """
    seen = _look_back(reading, first, kind)
    _of_trigger(reading, first, last, kind, seen)
    if _is_asked(reading, first):
        return Marks("unknown", "positive", seen.tense or _by_time(time, published) or "future")
    certainty: Certainty = seen.certainty or "certain"
    polarity: Polarity = seen.polarity or "positive"
    tense = seen.tense or _by_time(time, published)
    if kind in _STATES and tense != "future":
        # `telah menjadi sekutu` is so still; `pernah` and `mantan` say that it is over.
        tense = "past" if seen.words & group("over") else "present"
    return Marks(
        cast(Certainty, _with_model(model, "certainty", seen.certainty, certainty)),
        cast(Polarity, _with_model(model, "polarity", seen.polarity, polarity)),
        cast(Tense, _with_model(model, "tense", seen.tense, tense or "past")),
    )


def _is_asked(reading: Reading, first: int) -> bool:
    """Whether the trigger stands in a question that the text says is open: `belum jelas bagaimana keduanya bekerja sama`."""
    start = max(reading.around(first)[0], first - 14)
    for cursor in range(first - 1, start - 1, -1):
        if reading.low(cursor) in _QUOTES or reading.low(cursor) == ";":
            return False
        if reading.low(cursor) in _ASKING:
            before = [reading.low(k) for k in range(max(start, cursor - 4), cursor)]
            return any(w in _KNOWN and not _NOT_YET.isdisjoint(before[:n]) for n, w in enumerate(before))
    return False


def _look_back(reading: Reading, first: int, kind: str) -> _Seen:
    """The marks of the words before a trigger, the nearest first, as far as its clause goes."""
    seen, table = _Seen(), _marks()
    start = reading.around(first)[0]
    for cursor in range(first - 1, max(start, first - 12) - 1, -1):
        low, far = reading.low(cursor), first - cursor
        if low == "yang" and far <= _NOBODY_WITHIN and _is_nobody(reading, cursor, start, first):
            seen.polarity = "negative"
        if low in group("clause walls") or (low in _QUOTES and far > 1) or (low == "," and far > 4):
            break
        if low in group("over"):
            seen.words.add(low)
        mark = table.get(low)
        if mark is None or mark.reach < far or (low == "dilaporkan" and reading.low(cursor + 1) == "ke"):
            continue
        if far > 1 and low in _PLANS and (reading.low(first).startswith("di") or not _SUBJECT_ENDS.isdisjoint(reading.low(k) for k in range(cursor + 1, first))):
            continue  # `rencana perluasan operasi itu ditolak`: what is planned is not the rejection
        if mark.certainty in {"possible", "probable"} and low not in _ABLE and reading.low(cursor - 1) in {"tidak", "tak", "bukan"}:
            seen.certainty, seen.polarity, seen.tense = seen.certainty or "certain", seen.polarity or "negative", seen.tense or mark.tense
            continue  # `tidak berpotensi tsunami` is sure of it
        if mark.polarity == "negative" and (reading.low(cursor + 1) in _ONLY or (low in _DENYING and kind in _SPOKEN)):
            continue  # `tidak hanya menyerang` attacks; `membantah tudingan` leaves the accusation made
        if mark.polarity == "negative" and seen.words & _ABLE:
            # `tidak bisa dibatalkan` is certain; `belum bisa` says nothing of what is to come.
            seen.certainty, seen.tense = "certain", None if low == "belum" else seen.tense
        if low in _ABLE:
            seen.words.add(low)
        seen.certainty = seen.certainty or mark.certainty
        seen.polarity = seen.polarity or mark.polarity
        if seen.tense is None or (seen.tense == "present" and mark.tense == "future"):
            seen.tense = mark.tense or seen.tense  # `akan terus memantau` lies ahead
    return seen


def _is_nobody(reading: Reading, at: int, start: int, first: int) -> bool:
    """Whether `yang` at unit ``at`` says of nobody or nothing what unit ``first`` names: `tidak ada negara yang menyatakan bersedia`."""
    if any(reading.low(k) in group("prepositions") for k in range(at + 1, first)):
        return False  # `tak ada yang salah dalam penunjukan Rini`
    there = next((k for k in range(at - 1, max(start, at - 1 - _NOBODY_WITHIN) - 1, -1) if reading.low(k) == "ada"), None)
    return there is not None and reading.low(there - 1) in _NOT_YET


def _of_trigger(reading: Reading, first: int, last: int, kind: str, seen: _Seen) -> None:
    """What the trigger's own words say: `tidak memenuhi panggilan` is whole in itself, `berencana` is a plan."""
    low = reading.low(first)
    if kind == "plans" and seen.tense is None:
        seen.tense = "future"
        mark = _marks().get(low)
        seen.certainty = seen.certainty or (mark.certainty if mark else None)
    elif low.startswith("di") and (own := _marks().get(low)) is not None and kind not in _SPOKEN and low not in _CHARGED:
        seen.certainty = seen.certainty or own.certainty
        seen.tense = seen.tense or own.tense
    elif kind == "OFFICE" and low in {"calon", "capres", "cawapres", "bakal"}:
        seen.tense = seen.tense or "present"


def _by_time(time: Time | None, published: str | None) -> Tense | None:
    if time is None or published is None or time.type not in {"DATE", "TIME"}:
        return None
    if time.value == "PRESENT_REF":
        return "present"
    if time.value == "FUTURE_REF":
        return "future"
    day = time.value[:10]
    if len(day) == 10 and day[4] == "-" and day > published[:10]:
        return "future"
    return None


def _with_model(model: Mapping[str, Mapping[str, float]], name: str, seen: str | None, usual: str) -> str:
    """What words and model say together: a word decides; the model is heard where no word speaks and it is sure."""
    chances = model.get(name)
    if not chances or seen is not None:
        return usual
    best = max(sorted(chances), key=lambda value: chances[value])
    return best if chances[best] >= _MODEL_ALONE else usual
