"""Cues that stand behind what they report, and headlines.

The bare ones: `..., kata Rini, ...`, `..., katanya`, before a clause `yang ia sebut ...`; in a headline `Rini Sebut ...`
and the colon of `Rini: ...`. What the other rules also need to know of a cue's place stands here: where its
clause begins, where the content goes on behind its source, whether a word before it makes it unsaid.
"""

from __future__ import annotations

from telusur.model.span import Span

from .contents import clean, content_after, content_before
from .cues import Cue
from .phrases import Source, can_speak, read_phrase
from .sayings import Line, Saying, style_of
from .sources import source_after, source_before
from .units import Reading
from .wordkinds import clause_words, first_persons, is_adjunct_start, role_nouns

_PASSED_OVER = frozenset({"juga", "kembali", "terus", "ikut", "turut", "secara", "resmi", "segera", "langsung"})
_SHORT = 5
_REFUSED = frozenset({"menolak", "ogah", "emoh", "urung", "enggan", "tolak"})
_WAYS = frozenset({"keterangan", "siaran", "pesan", "sambungan", "telepon", "akun", "pernyataan", "jumpa", "konferensi", "wawancara", "unggahan", "rilis"})
_TAILS = frozenset({"seperti", "sebagaimana", "dikutip", "dilansir", "melansir", "mengutip", "dihubungi", "ditemui", "kepada", "usai", "seusai", "sambil", "seraya"})
_ASKED = frozenset({"keterangan", "maaf", "bantuan", "izin", "uang", "dana", "tolong", "pertolongan", "sumbangan", "restu", "ampun", "suaka", "senjata"})


def read_bare(line: Line, cue: Cue, low: int, high: int) -> Saying | None:
    """`..., kata Rini, ...`; in a headline, and before a clause, also `Rini sebut ...`."""
    if line.title and line.reading.units[cue.at].capital and not cue.clitic and cue.at > low:
        return _read_title_verb(line, cue, low, high)
    return _read_tag(line, cue, low, high) or _read_spoken_verb(line, cue, low, high)


def _read_tag(line: Line, cue: Cue, low: int, high: int) -> Saying | None:
    """`..., kata Rini, ...` and `Kata Rini, ...`."""
    reading = line.reading
    if cue.at > low and reading.low(cue.at - 1) not in (",", "–", "-") and not _needs_no_comma(reading, cue):
        return None
    if cue.clitic:
        source: Source | None = clitic_source(cue)
    else:
        source = source_after(reading, cue.after, high)
    if source is None or not (cue.clitic or source.solid) or not can_speak(reading, source):
        return None
    front = None if _only_ties(reading, low, cue.at) else content_before(reading, low, cue.at)
    start = after_source(reading, source, high)
    if line.title and ":" in (reading.low(i) for i in range(source.after, high)):
        start = next(i for i in range(source.after, high) if reading.low(i) == ":") + 1
    behind = clean(reading, start, high) if start < high else None
    if front is not None and behind is not None and _tells_how(reading, start, high):
        behind = None
    contents = tuple(c for c in (front, behind) if c is not None)
    return line.saying(cue, source, contents, (low, high))


def _needs_no_comma(reading: Reading, cue: Cue) -> bool:
    """`Harga naik katanya`, `Saat ini kata dia, harga naik`: what makes a tag of a cue that no comma parts."""
    if cue.clitic:
        return cue.words[0].word == "kata"
    return reading.low(cue.after) in clause_words("pronoun") and reading.low(cue.after + 1) == ","


def _only_ties(reading: Reading, low: int, high: int) -> bool:
    """Whether nothing but a word that ties sentences stands before a tag: `Sebab, kata Rini, ...`."""
    words = [u for u in reading.units[low:high] if u.kind != "mark"]
    return len(words) == 1 and (words[0].low in clause_words("subordinator") or words[0].low in clause_words("preposition"))


def _tells_how(reading: Reading, at: int, high: int) -> bool:
    """Whether what stands behind a tag only says how it was told: `melalui keterangan tertulis`, `seperti dikutip ...`."""
    near = {reading.low(i) for i in range(at + 1, min(at + 4, high))}
    return reading.low(at) in _TAILS or (reading.low(at) in ("melalui", "lewat", "via", "dalam", "saat", "ketika") and bool(near & (_WAYS | _TAILS)))


def _read_spoken_verb(line: Line, cue: Cue, low: int, high: int) -> Saying | None:
    """`Rini sebut ...`, `yang ia gambarkan ...`: the bare verb right behind a name or pronoun."""
    reading = line.reading
    if cue.at <= low or cue.clitic or is_not_said(reading, cue.at, low):
        return None
    unit = reading.units[cue.at - 1]
    if unit.name is None and unit.low not in clause_words("pronoun"):
        return None
    subject = source_before(reading, clause_start(line, cue, low), cue.at)
    if subject is None or not subject.solid or _is_pointed_at(reading, subject, low):
        return None
    return line.one(cue, subject, content_after(reading, cue.after, high), (low, high))


def _is_pointed_at(reading: Reading, subject: Source, low: int) -> bool:
    """Whether what is said stands before the subject, as a word that points back: `Hal itu dia sampaikan dalam rapat`."""
    first = reading.first_at(subject.span)
    return first is not None and first > low and reading.low(first - 1) in clause_words("demonstrative")


def _read_title_verb(line: Line, cue: Cue, low: int, high: int) -> Saying | None:
    """In a headline: `Rini Sebut ...`, `Bupati Tegur Camat, Minta ...`: the subject is what the headline opens with."""
    reading = line.reading
    row = cue.row("bare")
    if row is None or not row.trusted or is_not_said(reading, cue.at, low) or asks_for_things(reading, cue):
        return None
    start = cue.at
    while start > low and reading.low(start - 1) != ",":
        start -= 1
    if start == cue.at:
        subject = read_phrase(reading, low, start - 1)
        return line.one(cue, subject, content_after(reading, cue.after, high), (low, high)) if subject and subject.solid else None
    words = reading.units[start : cue.at]
    if len(words) > _SHORT or any(u.low in clause_words(kind) for u in words for kind in ("preposition", "modal", "negation", "adverb")):
        return None
    subject = read_phrase(reading, start, cue.at)
    if subject is None or not subject.solid or subject.after < cue.at:
        return None
    return line.one(cue, subject, content_after(reading, cue.after, high), (low, high))


def read_headline(line: Line, cues: list[Cue]) -> Saying | None:
    """`Rini: ...`, `Tiga Desa Terendam, BPBD: ...`: a colon right behind who speaks, in a headline."""
    reading = line.reading
    colon = next((i for i in range(line.low + 1, min(line.high, line.low + 30)) if reading.low(i) == ":"), None)
    if colon is None or colon + 2 >= line.high:
        return None
    start = colon - 1
    while start > line.low and reading.low(start - 1) != ",":
        start -= 1
    if any(start <= cue.at < colon for cue in cues):
        return None
    source = _headline_source(reading, start, colon)
    content = clean(reading, colon + 1, line.high)
    if source is None or content is None:
        return None
    return Saying(colon, line.number, style_of((content,), line.quotations), (content,), None, source)


def _headline_source(reading: Reading, start: int, end: int) -> Source | None:
    """Who stands in units ``[start, end)``, where nothing else does: a name, an office, an office with its name."""
    units = reading.units[start:end]
    if len(units) > _SHORT or any(u.kind == "mark" and u.low not in "()-." for u in units):
        return None
    if any(u.low in clause_words("preposition") or u.low in clause_words("modal") for u in units):
        return None
    source = read_phrase(reading, start, end)
    if source is None or source.after < end:
        return None
    whole = source.name is not None and source.span.start == units[0].span.start
    office = units[0].low in role_nouns("office") or units[0].low in role_nouns("person")
    return source if whole or office else None


def asks_for_things(reading: Reading, cue: Cue) -> bool:
    """`meminta keterangan saksi`, `minta maaf`: what is asked for is no content of words."""
    return cue.words[0].lemma in ("minta", "mohon") and reading.low(cue.after) in _ASKED


def clitic_source(cue: Cue) -> Source:
    """The `-nya` behind a cue."""
    return Source(Span(cue.span.end, cue.span.end + 3), cue.after, points="person")


def is_not_said(reading: Reading, at: int, low: int) -> bool:
    """Whether a word before the cue makes it unsaid (`belum mengatakan`) or only meant (`untuk mengakui`)."""
    if reading.low(at - 1) in _REFUSED and at > low:
        return True
    if any(reading.low(i) in clause_words("negation") for i in range(max(low, at - 2), at)):
        return True
    while at - 1 > low and reading.low(at - 1) in _PASSED_OVER:
        at -= 1
    return reading.low(at - 1) in clause_words("modal") and at - 1 >= low


def is_unsaid(reading: Reading, at: int, low: int) -> bool:
    """Whether nobody says it: `kami mengapresiasi` inside a quote tells of its speaker, `menolak menyebut` that it was not said."""
    while at - 1 > low and reading.low(at - 1) in clause_words("adverb"):
        at -= 1
    before = reading.low(at - 1) if at > low else ""
    return before in first_persons() or before in _REFUSED


def after_source(reading: Reading, source: Source, high: int) -> int:
    """Where the content goes on after a source: past its apposition or adjunct, to the comma."""
    at = source.after
    if at < high and reading.low(at) == "(":
        while at < high and reading.low(at) != ")":
            at += 1
        at += 1
    if at >= high or reading.low(at) == ",":
        return at + 1
    unit = reading.units[at]
    if unit.kind == "mark" and unit.low in ".!?":
        return high
    if is_adjunct_start(unit) or unit.low == "yang":
        for here in range(at, min(at + 25, high)):
            if reading.low(here) == ",":
                return here + 1
        return high if unit.low != "yang" else at
    if unit.low == "bahwa":
        return at + 1
    return at


def clause_start(line: Line, cue: Cue, low: int) -> int:
    """Where the clause of a cue begins: after the cue before it in the sentence, or after `bahwa`."""
    start = low
    if line.cues and line.cues[-1].after <= cue.at:
        start = max(start, line.cues[-1].after)
    for at in range(max(start, cue.at - 60), cue.at):
        if line.reading.low(at) in ("bahwa", ";"):
            start = at + 1
    return start
