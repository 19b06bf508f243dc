"""Words reported without quotation marks: each cue that no quotation took, with its content and source.

One rule for each form of cue: active (`Rini mengatakan ...`), source (`Menurut Rini, ...`), bare (`..., kata Rini`),
passive (`Hal itu disampaikan Rini`), carrier (`Dilansir Antara, ...`), noun (`Dalam pandangan Rini, ...`), and the
headline's colon (`Rini: ...`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from telusur.model.layers import Quotation
from telusur.model.span import Span

from .contents import clean, content_after, content_before, tail_cut
from .cues import Cue
from .sayings import Saying, style_of
from .sources import (
    Source,
    clause_words,
    is_adjunct_start,
    looks_like_verb,
    read_phrase,
    role_nouns,
    source_after,
    source_before,
)
from .units import Reading

_JOINING = frozenset({"dan", "serta", "sambil", "seraya", "sembari", "sekaligus", "lalu", "kemudian", ",", "tetapi", "tapi", "namun", "lantas"})
_POINTING = frozenset({"hal", "itu", "ini", "tersebut", "pernyataan", "penetapan", "keputusan", "informasi", "kabar", "demikian", "penegasan"})
_SHORT = 5
_PASSED_OVER = frozenset({"juga", "kembali", "terus", "ikut", "turut", "secara", "resmi", "segera", "langsung"})
_LEAST_WORDS = 2
_REASONS = frozenset({"alasan", "dalih", "harapan"})
_CALLED = frozenset({"disebut", "diklaim", "dinilai", "dianggap", "diyakini", "dikatakan", "disebutkan", "dituding", "dipercaya"})


@dataclass(slots=True)
class _Sentence:
    """One sentence while it is being read."""

    reading: Reading
    number: int
    low: int
    high: int
    title: bool
    quotations: tuple[Quotation, ...]
    sayings: list[Saying] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    free: list[Cue] = field(default_factory=list)
    """All cues of the sentence that no quotation took."""

    def others_speak(self, cue: Cue) -> bool:
        """Whether a cue behind ``cue`` has a speaker of its own."""
        return any(c.at > cue.at and c.row("active", "source") for c in self.free)


def find_reported(
    reading: Reading, quotations: tuple[Quotation, ...], spoken: list[Quotation], cues: tuple[Cue, ...], speech: list[Saying]
) -> list[Saying]:
    """Sayings for all cues that stand outside speech and are not the cue of a quotation, in order."""
    taken = {saying.cue for saying in speech}
    starts = [q.span.start for q in spoken]
    out: list[Saying] = []
    by_sentence: dict[int, list[Cue]] = {}
    for cue in cues:
        by_sentence.setdefault(reading.units[cue.at].sentence, []).append(cue)
    speech_at: dict[int, list[Saying]] = {}
    for spoken_one in speech:
        speech_at.setdefault(spoken_one.sentence, []).append(spoken_one)
    for number, (low, high) in enumerate(reading.bounds):
        title = reading.kinds[number] in ("title", "heading")
        if number not in by_sentence and not title:
            continue
        free = [c for c in by_sentence.get(number, ()) if c.span not in taken and not _inside(spoken, starts, c.span)]
        covered = [d for d in out[-3:]] + speech_at.get(number - 1, [])
        sentence = _Sentence(reading, number, low, high, title, quotations, free=free)
        if title and (headline := _headline(sentence, free)) is not None:
            sentence.sayings.append(headline)
            free = []
        for cue in free:
            bounds = _bounds(reading, spoken, starts, low, high, cue)
            saying = _read_cue(sentence, cue, bounds, speech_at.get(number, []), covered)
            if saying is not None:
                _end_before(sentence, saying, cue)
                sentence.sayings.append(saying)
                sentence.cues.append(cue)
        out.extend(sentence.sayings)
        inside = [c for c in by_sentence.get(number, ()) if c.span not in taken and _inside(spoken, starts, c.span)]
        out.extend(_speech_within_speech(sentence, spoken, starts, inside))
    return out


def _speech_within_speech(sentence: _Sentence, spoken: list[Quotation], starts: list[int], cues: list[Cue]) -> Iterator[Saying]:
    """Somebody else's words inside a quotation: `"Bupati menegaskan bahwa ...," kata Rini`. Only where he is named."""
    reading = sentence.reading
    for cue in cues:
        row = cue.row("active")
        if row is None or not row.trusted:
            continue
        quote = spoken[bisect_left(starts, cue.span.start + 1) - 1].span
        low, high = reading.first_at(quote), reading.last_at(quote)
        if low is None or high is None or _is_not_said(reading, cue.at, low):
            continue
        low = next((i + 1 for i in range(cue.at - 1, low, -1) if reading.low(i) in ".?!"), low)
        high = next((i for i in range(cue.at, high) if reading.low(i) in ".?!"), high + 1)
        source = source_before(reading, low, cue.at)
        if source is None or not source.solid or (source.name is None and source.points is not None):
            continue
        content = content_after(reading, cue.after, high)
        if content is not None and (saying := _make(sentence, cue, source, content, (low, high))) is not None:
            yield replace(saying, nested=True, style="indirect")


def _inside(spoken: list[Quotation], starts: list[int], span: Span) -> bool:
    at = bisect_left(starts, span.start + 1) - 1
    return at >= 0 and spoken[at].span.covers(span)


def _bounds(reading: Reading, spoken: list[Quotation], starts: list[int], low: int, high: int, cue: Cue) -> tuple[int, int]:
    """The units around a cue that no speech interrupts."""
    at = bisect_left(starts, cue.span.start)
    if at > 0:
        last = reading.last_at(spoken[at - 1].span)
        if last is not None and last + 1 > low:
            low = last + 1
    if at < len(spoken):
        first = reading.first_at(spoken[at].span)
        if first is not None and first < high:
            high = first
    return low, high


def _read_cue(sentence: _Sentence, cue: Cue, bounds: tuple[int, int], speech: list[Saying], covered: list[Saying]) -> Saying | None:
    low, high = bounds
    reading = sentence.reading
    if cue.row("source"):
        return _read_source(sentence, cue, low, high)
    if cue.row("active"):
        return _read_active(sentence, cue, low, high, speech)
    if cue.row("bare"):
        found = _read_bare(sentence, cue, low, high)
        if found is not None:
            return found
    if cue.row("passive"):
        found = _read_passive(sentence, cue, low, high, covered)
        if found is not None:
            return found
    if cue.row("carrier") and not sentence.sayings and not speech and not sentence.others_speak(cue):
        return _read_carrier(sentence, cue, low, high)
    if cue.row("noun") and reading.low(cue.at - 1) == "dengan" and not cue.clitic and reading.low(cue.after) not in ("dari", "bahwa"):
        subject = source_before(reading, _clause_start(sentence, cue, low), cue.at - 1)
        if cue.words[0].word in _REASONS and subject is not None and subject.solid:
            return _make(sentence, cue, subject, content_after(reading, cue.after, high), (low, high))
    if cue.row("noun") and reading.low(cue.at - 1) in ("dalam", "dari", "dengan") and cue.at - 1 <= low + 1:
        return _read_noun(sentence, cue, low, high)
    return None


def _read_active(sentence: _Sentence, cue: Cue, low: int, high: int, speech: list[Saying]) -> Saying | None:
    reading = sentence.reading
    row = cue.row("active")
    if row is None or _is_not_said(reading, cue.at, low):
        return None
    shared = _shared(sentence, cue, low, speech)
    if shared is not None:
        source: Source | None = shared
    elif cue.glued:
        source = Source(Span(reading.units[cue.at].span.start, cue.span.start), cue.after, points="person")
    else:
        source = source_before(reading, _clause_start(sentence, cue, low), cue.at)
    if source is None or any(source.name is not None and d.source is not None and d.source.name is source.name and not shared for d in speech):
        # `kata Rini memaparkan gambar` says the same thing once more.
        return None
    if not row.trusted and not _opens_words(reading, cue.after, high):
        return None
    if not source.solid:
        return None
    limit = _relative_end(reading, cue, low, high)
    content = content_after(reading, cue.after, limit)
    return _make(sentence, cue, source, content, (low, high))


def _relative_end(reading: Reading, cue: Cue, low: int, high: int) -> int:
    """A relative clause (`Rini, yang menyebut ..., pergi`) ends at the comma behind it where the sentence goes on."""
    at = cue.at - 1
    while at > low and reading.low(at) in clause_words("adverb"):
        at -= 1
    if reading.low(at) != "yang":
        return high
    for here in range(cue.after + 2, high - 1):
        if reading.low(here) == "," and looks_like_verb(reading.units[here + 1]):
            return here
    return high


def _clause_start(sentence: _Sentence, cue: Cue, low: int) -> int:
    """Where the clause of a cue begins: after the cue before it in the sentence, or after `bahwa`."""
    start = low
    for before in sentence.cues:
        if before.after <= cue.at:
            start = max(start, before.after)
    for at in range(max(start, cue.at - 60), cue.at):
        if sentence.reading.low(at) in ("bahwa", ";"):
            start = at + 1
    return start


def _shared(sentence: _Sentence, cue: Cue, low: int, speech: list[Saying]) -> Source | None:
    """The source of the cue before, where this one is joined to it: `Rini menyebut ... dan menilai ...`."""
    at = cue.at - 1
    while at > low and sentence.reading.low(at) in clause_words("adverb") and sentence.reading.low(at) not in _JOINING:
        at -= 1
    if at < low or sentence.reading.low(at) not in _JOINING:
        return None
    if sentence.sayings:
        return sentence.sayings[-1].source
    earlier = [d for d in speech if d.at < cue.at]
    return earlier[-1].source if earlier else None


def _is_not_said(reading: Reading, at: int, low: int) -> bool:
    """Whether a word before the cue makes it unsaid (`belum mengatakan`) or only meant (`untuk mengakui`)."""
    if any(reading.low(i) in clause_words("negation") for i in range(max(low, at - 2), at)):
        return True
    while at - 1 > low and reading.low(at - 1) in _PASSED_OVER:
        at -= 1
    return reading.low(at - 1) in clause_words("modal") and at - 1 >= low


def _opens_words(reading: Reading, at: int, high: int) -> bool:
    """Whether what follows shows that words follow: `bahwa`, a comma, a colon, an opening mark."""
    near = [reading.low(i) for i in range(at, min(at + 2, high))]
    return any(w in ("bahwa", "agar", "supaya", ",", ":", '"', "“", "kalau", "jika") for w in near[:1]) or near[-1:] == ["bahwa"]


def _read_source(sentence: _Sentence, cue: Cue, low: int, high: int) -> Saying | None:
    """`Menurut Rini, ...`, `..., menurut Rini`, `..., menurutnya, ...`."""
    reading = sentence.reading
    row = cue.row("source")
    if cue.clitic:
        source: Source | None = _clitic(cue)
    else:
        at = cue.after
        extras = 0
        while at < high and reading.low(at) in ("laporan", "keterangan", "data", "informasi", "hasil", "pengakuan", "penjelasan", "pernyataan", "catatan", "kesaksian", "dari"):
            at, extras = at + 1, extras + 1
        if row is not None and not row.trusted and not extras:
            return None
        source = source_after(reading, at, high)
        if extras and (source is None or not (source.name or source.points or source.solid)):
            source = read_phrase(reading, cue.after, high)
    if source is None or (sentence.cues and cue.at - sentence.cues[-1].after <= 1 and sentence.cues[-1].row("active")):
        # `Rini mengatakan, berdasarkan keterangan warga, ...` is one attribution with an origin.
        return None
    start = _after_source(reading, source, high)
    behind = clean(reading, start, high) if start < high else None
    front = content_before(reading, low, cue.at) if cue.at > low else None
    if front is not None and (reading.units[cue.at].capital or reading.low(cue.at - 1) == "yang" or _is_lead(reading, low, cue.at)):
        front = None
    contents = tuple(c for c in (front, behind if start < high else None) if c is not None)
    return _saying(sentence, cue, source, contents, (low, high))


def _is_lead(reading: Reading, low: int, at: int) -> bool:
    """Whether what stands before a cue only leads up to it: nothing but openers and a short adjunct."""
    words = [u for u in reading.units[low:at] if u.kind != "mark"]
    rest = [u for u in words if u.low not in clause_words("opener") and u.low not in clause_words("demonstrative") and u.low not in clause_words("adverb")]
    if len(rest) < _LEAST_WORDS and (not rest or rest[0].name is None):
        return not rest or is_adjunct_start(rest[0]) or rest[0].low in ("selain", "secara", "terpisah")
    return is_adjunct_start(words[0]) and len(words) <= _SHORT


def _after_source(reading: Reading, source: Source, high: int) -> int:
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


def _read_bare(sentence: _Sentence, cue: Cue, low: int, high: int) -> Saying | None:
    """`..., kata Rini, ...`; in a headline, and before a clause, also `Rini sebut ...`."""
    if sentence.title and sentence.reading.units[cue.at].capital and not cue.clitic and cue.at > low:
        return _read_title_verb(sentence, cue, low, high)
    return _read_tag(sentence, cue, low, high) or _read_spoken_verb(sentence, cue, low, high)


def _read_tag(sentence: _Sentence, cue: Cue, low: int, high: int) -> Saying | None:
    """`..., kata Rini, ...` and `Kata Rini, ...`."""
    reading = sentence.reading
    if cue.at > low and reading.low(cue.at - 1) not in (",", "–", "-") and not (cue.clitic and cue.words[0].word == "kata"):
        return None
    if cue.clitic:
        source: Source | None = _clitic(cue)
    else:
        source = source_after(reading, cue.after, high)
    if source is None or not (cue.clitic or source.name or source.points or source.solid):
        return None
    front = content_before(reading, low, cue.at)
    start = _after_source(reading, source, high)
    if sentence.title and ":" in (reading.low(i) for i in range(source.after, high)):
        start = next(i for i in range(source.after, high) if reading.low(i) == ":") + 1
    behind = clean(reading, start, high) if start < high else None
    contents = tuple(c for c in (front, behind) if c is not None)
    return _saying(sentence, cue, source, contents, (low, high))


def _read_spoken_verb(sentence: _Sentence, cue: Cue, low: int, high: int) -> Saying | None:
    """`Rini sebut ...`, `yang ia gambarkan ...`: the bare verb right behind a name or pronoun."""
    reading = sentence.reading
    if cue.at <= low or cue.clitic or _is_not_said(reading, cue.at, low):
        return None
    unit = reading.units[cue.at - 1]
    if unit.name is None and unit.low not in clause_words("pronoun"):
        return None
    subject = source_before(reading, _clause_start(sentence, cue, low), cue.at)
    if subject is None or not subject.solid:
        return None
    return _make(sentence, cue, subject, content_after(reading, cue.after, high), (low, high))


def _read_title_verb(sentence: _Sentence, cue: Cue, low: int, high: int) -> Saying | None:
    """In a headline: `Rini Sebut ...`, `Bupati Tegur Camat, Minta ...`: the subject is what the headline opens with."""
    reading = sentence.reading
    row = cue.row("bare")
    if row is None or not row.trusted or _is_not_said(reading, cue.at, low):
        return None
    start = cue.at
    while start > low and reading.low(start - 1) != ",":
        start -= 1
    if start == cue.at:
        subject = read_phrase(reading, low, start - 1)
        return _make(sentence, cue, subject, content_after(reading, cue.after, high), (low, high)) if subject and subject.solid else None
    words = reading.units[start : cue.at]
    if len(words) > _SHORT or any(u.low in clause_words(kind) for u in words for kind in ("preposition", "modal", "negation", "adverb")):
        return None
    subject = read_phrase(reading, start, cue.at)
    if subject is None or not subject.solid or subject.after < cue.at:
        return None
    return _make(sentence, cue, subject, content_after(reading, cue.after, high), (low, high))


def _clitic(cue: Cue) -> Source:
    """The `-nya` behind a cue."""
    return Source(Span(cue.span.end, cue.span.end + 3), cue.after, points="person")


def _read_passive(sentence: _Sentence, cue: Cue, low: int, high: int, covered: list[Saying]) -> Saying | None:
    """`Hal itu disampaikan Rini`, `... disebutnya sebagai ...`, `Disebutkan oleh Rini bahwa ...`."""
    reading = sentence.reading
    source = _agent(reading, cue, high)
    if source is None or _is_not_said(reading, cue.at, low):
        return None
    front = [u for u in reading.units[low : cue.at] if u.kind != "mark" and u.low not in clause_words("opener")]
    start = source.after
    if reading.low(cue.at - 1) == "yang":
        if cue.words[0].word not in _CALLED or reading.low(cue.at - 2) in ("seperti", "sebagaimana"):
            return None
        return _make(sentence, cue, source, clean(reading, start, tail_cut(reading, start, high)), (low, high))
    rest: Span | None = None
    if start < high and reading.low(start) in ("sebagai", "bahwa", "agar", "untuk"):
        rest = content_after(reading, start + 1 if reading.low(start) != "sebagai" else start, high)
    if len(front) <= _SHORT and any(u.low in _POINTING for u in front):
        if rest is not None and reading.low(start) != "sebagai":
            return _saying(sentence, cue, source, (rest,), (low, high))
        return _pointing_back(sentence, cue, source, covered, (low, high))
    before = content_before(reading, low, cue.at)
    contents = tuple(c for c in (before, rest) if c is not None)
    return _saying(sentence, cue, source, contents, (low, high)) if before is not None or rest is not None else None


def _agent(reading: Reading, cue: Cue, high: int) -> Source | None:
    """Who does what a passive says: `-nya`, `oleh Rini`, or a name or pronoun right behind."""
    if cue.clitic:
        return _clitic(cue)
    at = cue.after
    if reading.low(at) in ("oleh", "langsung"):
        return source_after(reading, at + 1, high)
    if at < high and (reading.units[at].name or reading.low(at) in clause_words("pronoun") or reading.low(at) in role_nouns("person")):
        return source_after(reading, at, high)
    return None


def _pointing_back(sentence: _Sentence, cue: Cue, source: Source, covered: list[Saying], frame: tuple[int, int]) -> Saying | None:
    """`Hal itu disampaikan Rini`: the content is the sentence before, where nobody is made to say it yet."""
    reading = sentence.reading
    if sentence.number == 0 or reading.kinds[sentence.number - 1] != "paragraph":
        return None
    low, high = reading.bounds[sentence.number - 1]
    content = clean(reading, low, high)
    if content is None or any(c.overlaps(content) for saying in covered for c in saying.contents):
        return None
    return _saying(sentence, cue, source, (content,), frame)


def _read_carrier(sentence: _Sentence, cue: Cue, low: int, high: int) -> Saying | None:
    """`Dilansir Antara, ...`: where nobody else speaks in the sentence, the outlet does."""
    reading = sentence.reading
    if cue.at > low + 1:
        return None
    at = cue.after
    while at < high and reading.low(at) in ("dari", "oleh", "kantor", "berita", "laman", "situs", "media", "akun", "laporan"):
        at += 1
    if at >= high or reading.units[at].name is None:
        return None
    source = source_after(reading, at, high)
    if source is None or source.name is None or source.name.type == "PER":
        return None
    start = _after_source(reading, source, high)
    while start < high and reading.units[start].kind == "time":
        start += 2
    content = clean(reading, start, high) if start < high else None
    return _saying(sentence, cue, source, (content,), None) if content is not None else None


def _read_noun(sentence: _Sentence, cue: Cue, low: int, high: int) -> Saying | None:
    """`Dalam pandangannya, ...`, `Dari data BPBD, ...`."""
    reading = sentence.reading
    if cue.clitic:
        source: Source | None = _clitic(cue)
    else:
        at = cue.after
        while at < high and reading.low(at) in ("sementara", "resmi", "terbaru", "milik", "dari", "terakhir"):
            at += 1
        source = source_after(reading, at, high)
    if source is None or not (source.name or source.points) or reading.low(source.after) != ",":
        return None
    if sentence.others_speak(cue):
        return None
    content = clean(reading, source.after + 1, high)
    return _saying(sentence, cue, source, (content,), (low, high)) if content is not None else None


def _headline(sentence: _Sentence, cues: list[Cue]) -> Saying | None:
    """`Rini: ...`, `Tiga Desa Terendam, BPBD: ...`: a colon right behind who speaks, in a headline."""
    reading = sentence.reading
    colon = next((i for i in range(sentence.low + 1, min(sentence.high, sentence.low + 30)) if reading.low(i) == ":"), None)
    if colon is None or colon + 2 >= sentence.high:
        return None
    start = colon - 1
    while start > sentence.low and reading.low(start - 1) != ",":
        start -= 1
    if any(start <= cue.at < colon for cue in cues):
        return None
    source = _headline_source(reading, start, colon)
    content = clean(reading, colon + 1, sentence.high)
    if source is None or content is None:
        return None
    return Saying(colon, sentence.number, style_of((content,), sentence.quotations), (content,), None, source)


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


def _make(sentence: _Sentence, cue: Cue, source: Source, content: Span | None, frame: tuple[int, int]) -> Saying | None:
    return _saying(sentence, cue, source, (content,), frame) if content is not None else None


def _saying(sentence: _Sentence, cue: Cue, source: Source, contents: tuple[Span, ...], frame: tuple[int, int] | None) -> Saying | None:
    if not contents:
        return None
    style = style_of(contents, sentence.quotations)
    nested = any(c.covers(cue.span) for d in sentence.sayings for c in d.contents) and source is not sentence.sayings[-1].source
    return Saying(cue.at, sentence.number, style, contents, cue.span, source, frame, nested)


def _end_before(sentence: _Sentence, saying: Saying, cue: Cue) -> None:
    """Where a cue shares the source of the one before, the content of the one before ends in front of it."""
    if not sentence.sayings or sentence.sayings[-1].source is not saying.source:
        return
    before = sentence.sayings[-1]
    last = before.contents[-1]
    at = cue.at
    while at - 1 > before.at and (sentence.reading.low(at - 1) in _JOINING or sentence.reading.low(at - 1) in clause_words("adverb")):
        at -= 1
    first = sentence.reading.first_at(last)
    if first is None or not last.covers(cue.span):
        return
    cut = clean(sentence.reading, first, at)
    if cut is None:
        return
    sentence.sayings[-1] = Saying(before.at, before.sentence, style_of((*before.contents[:-1], cut), sentence.quotations), (*before.contents[:-1], cut), before.cue, before.source, before.frame, before.nested)
