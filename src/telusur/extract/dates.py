"""When: which time expression of its sentence dates a claim.

Comes in: a draft and the article in units. Goes out: a time of the layers below, or none.
"""

from __future__ import annotations

from telusur.model.layers import Time
from telusur.model.span import Span

from .drafts import Draft
from .setting import near
from .units import Reading

_PARTING = frozenset({",", "yang", "setelah", "bahwa", "dan", "sejak"})
_BEFORE_YEAR = frozenset({"pada", "tahun", "di", "sejak", "hingga", "sampai", "dalam", "selama", "mulai", ",", "(", "awal", "akhir"})


def dated_by(reading: Reading, draft: Draft, content: Span | None) -> Time | None:
    """The time expression that dates a trigger: the nearest of its clause, else of its sentence.

    ``content`` are the words of another that hold the trigger: a time outside them says when they were spoken.
    Where the model heard the trigger, only a time will do that it thinks may be the one.
    """
    start, stop = near(reading, draft)
    best: tuple[int, Time] | None = None
    for cursor in range(start, stop):
        time = reading.units[cursor].time
        if time is None or time.type == "SET" or (content is not None and not content.covers(time.span)):
            continue
        if not _can_date(reading, cursor, time) or (draft.times is not None and time.id not in draft.times):
            continue
        low, high = (draft.last + 1, cursor) if cursor > draft.last else (cursor + 1, draft.first)
        if any(reading.low(k) == "setelah" for k in range(low, high)):
            continue  # two things at two times: of 15 such the time was the trigger's in three
        walls = sum(reading.low(k) in _PARTING for k in range(low, high))
        far = (high - low) + 6 * walls
        if best is None or far < best[0]:
            best = (far, time)
    return best[1] if best else None


def _can_date(reading: Reading, at: int, time: Time) -> bool:
    """Whether a time may date an event: not how long it took, not when an agency wrote, not the year in a name."""
    before = [reading.low(k) for k in range(max(0, at - 5), at)]
    if time.type == "DURATION":
        words = time.span.of(reading.text).casefold()
        return words.endswith("terakhir") or words.endswith("lalu")
    if any(w.endswith(("dilansir", "dikutip", "melansir", "mengutip")) for w in before):
        return False
    return len(time.value) != 4 or reading.low(at)[:1].isalpha() or not before or before[-1] in _BEFORE_YEAR


def is_over(time: Time, published: str | None) -> bool:
    """Whether a time lies before the page's day, so that nothing to come falls on it."""
    return published is not None and len(time.value) >= 10 and time.value[:10] < published[:10]
