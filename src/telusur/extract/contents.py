"""Where what is said begins and ends: the span beside a cue, by the annotators' guide.

Without quotation marks, cue and source, without the complementiser (`bahwa`) and without the final stop of an
indirect one. All functions look at one sentence; positions are numbers of units.
"""

from __future__ import annotations

from telusur.model.span import Span, trim

from .cues import cue_words
from .units import Reading
from .wordkinds import clause_words, looks_like_verb

_OPENING = frozenset({"bahwa", "bahwasanya", "agar", "supaya", "untuk", "yakni", "yaitu", "betapa"})
_ABOUT = frozenset({"soal", "mengenai", "tentang", "perihal", "ihwal", "terkait"})
_DROPPED_AFTER_CUE = frozenset({"juga", "kembali", "pula", "lagi", "keras", "tegas", "bersama", "terus", "pun", "langsung"})
_ADDRESS = frozenset({"kepada", "pada", "di", "dalam", "melalui", "lewat", "saat", "ketika", "usai", "seusai", "ke", "dari", "terhadap", "via"})
_OTHER_SIDE = frozenset({"sementara", "sedangkan"})
_CLAUSE_SIGNS = frozenset({"akan", "telah", "sudah", "bisa", "harus", "tidak", "tak", "belum", "adalah", "dapat", "ada"})
_FURTHEST_OPENING = 24
_ENDS = " \t\n.!?,;:…\"“”„«»'‘’�"
_LEAST_LETTERS = 3


def content_after(reading: Reading, at: int, high: int) -> Span | None:
    """What is said after a cue that ends before unit ``at``, up to unit ``high``."""
    start = _past_introduction(reading, at, high)
    return clean(reading, start, tail_cut(reading, start, high))


def content_before(reading: Reading, low: int, high: int) -> Span | None:
    """What is said in units ``[low, high)`` before a cue, without the words that only tie it to what came before."""
    start = low
    while start < high and (
        reading.low(start) in clause_words("opener") or reading.low(start) in clause_words("demonstrative") or reading.low(start) == ","
    ):
        start += 1
    return clean(reading, start, high)


def clean(reading: Reading, start: int, end: int) -> Span | None:
    """Units ``[start, end)`` as a content span, without marks at the ends; None where no words are left."""
    if start >= end:
        return None
    text = reading.text
    a, b = reading.units[start].span.start, reading.units[end - 1].span.end
    while a < b and text[a] in _ENDS:
        a += 1
    while b > a and text[b - 1] in _ENDS:
        b -= 1
    span = trim(text, a, b)
    return span if span is not None and len(span) >= _LEAST_LETTERS else None


def tail_cut(reading: Reading, start: int, high: int) -> int:
    """Where a tail begins that says who carried or said it (`, seperti dikutip dari ...`, `, kata Rini`), else ``high``."""
    table = cue_words()
    for at in range(start + 2, high):
        low = reading.low(at)
        before = reading.low(at - 1)
        if before == "," and low in _OTHER_SIDE:
            return at - 1
        rows = table.get(low, ())
        if not rows:
            continue
        if any(row.form == "carrier" for row in rows) and not reading.units[at].capital:
            if before in ("seperti", "sebagaimana", "demikian", "yang") and reading.low(at - 2) in (",", '"', "”"):
                return at - 2
            if before in ("seperti", "sebagaimana") or (before in (",", "demikian") and low in ("dikutip", "dilansir", "melansir", "mengutip")):
                return at - 1
        if before == "," and any(row.form in ("bare", "source") for row in rows) and not any(row.form == "active" for row in rows):
            return at - 1
    return high


def _past_introduction(reading: Reading, at: int, high: int) -> int:
    """Past what may stand between a cue and its content: adverbs, whom it was told, when and where, `bahwa`."""
    while at < high and reading.low(at) in _DROPPED_AFTER_CUE:
        at += 1
    if at + 1 < high and reading.low(at) == "secara":
        at += 2
    if at < high and (reading.low(at) in _ADDRESS or reading.units[at].kind == "time"):
        at = _past_adjunct(reading, at, high)
    while at < high and (reading.units[at].kind == "mark" and reading.low(at) in (",", ":", "-", "–", '"', "“")):
        at += 1
    if at < high and reading.low(at) in _OPENING:
        return at + 1
    if at < high and reading.low(at) in _ABOUT:
        return at + 1
    return at


def _past_adjunct(reading: Reading, at: int, high: int) -> int:
    """Past `kepada wartawan di Jakarta, Senin (4/8),`: to the opening word or the comma that ends it."""
    limit = min(high, at + _FURTHEST_OPENING)
    comma = -1
    for here in range(at, limit):
        low = reading.low(here)
        if low in ("bahwa", "agar", "supaya", "untuk"):
            return here
        if low in _CLAUSE_SIGNS or (here > at + 1 and looks_like_verb(reading.units[here])):
            break
        if low in (",", ":"):
            comma = here
            if here + 1 < high and not (reading.units[here + 1].kind == "time" or reading.low(here + 1) in _ADDRESS):
                return here
    if comma >= 0:
        return comma
    here = at + 1
    while here < limit and (reading.units[here].kind in ("name", "time") or reading.low(here) in ("wartawan", "media", "awak", "para")):
        here += 1
    return here if here > at + 1 else at
