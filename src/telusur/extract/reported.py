"""Words reported without quotation marks: each cue that no quotation took, with its content and source.

Here are the sentence by sentence walk and the two commonest forms of cue: active (`Rini mengatakan ...`) and source
(`Menurut Rini, ...`). `tags` reads the bare ones and headlines, `passives` the passives, nouns and carriers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from telusur.model.layers import Quotation
from telusur.model.span import Span

from .contents import clean, content_after, content_before
from .cues import Cue
from .passives import read_carrier, read_noun, read_passive
from .phrases import Source, read_phrase
from .sayings import Line, Saying, style_of
from .sources import main_subject, source_after, source_before
from .tags import (
    after_source,
    asks_for_things,
    clause_start,
    clitic_source,
    is_not_said,
    read_bare,
    read_headline,
)
from .units import Reading
from .wordkinds import clause_words, is_adjunct_start, looks_like_verb

_JOINING = frozenset({"dan", "serta", "sambil", "seraya", "sembari", "sekaligus", "lalu", "kemudian", ",", "tetapi", "tapi", "namun", "lantas"})
_GIVEN = frozenset({"laporan", "keterangan", "data", "informasi", "hasil", "pengakuan", "penjelasan", "pernyataan", "catatan", "kesaksian", "usulan", "situs", "laman", "pantauan", "survei", "perhitungan", "dari"})
_PUBLISHED = frozenset({"dirilis", "disampaikan", "dikeluarkan", "diterbitkan", "dipublikasikan", "diumumkan", "diunggah", "dihimpun"})
_TELLING = frozenset({"says", "explains", "reveals"})
_DEEDS_TOO = frozenset({"melaporkan", "mengancam", "mengakui", "menargetkan", "berteriak"})
"""Cues that are deeds as well: `melaporkan Budi ke polisi`, `mengakui negara itu`, `menargetkan fasilitas sipil`."""
_PREDICATES = frozenset({"adalah", "ialah", "ada", "akan", "telah", "sudah", "sedang", "masih", "tewas", "naik", "turun", "tidak", "belum", "harus", "untuk", "agar", "hilang", "jatuh", "masuk", "siap", "ingin", "mau", "sebesar", "rampung", "tumbuh"})
_POLICE = ("pol", "kejaksaan", "kejati", "kejari", "kpk", "bareskrim", "propam", "pihak berwajib", "pengadilan")
_WORDS_TOLD = frozenset({"hal", "pernyataan", "komentar", "ucapan", "keterangan", "kabar", "informasi", "pesan"})
_KINDS_OF_WORDS = frozenset({"pidato", "sambutan", "orasi", "protes", "keluhan", "ancaman"})
_REASONS = frozenset({"alasan", "dalih", "harapan"})
_SHORT = 5
_LEAST_WORDS = 2
_FURTHEST_BACK = 200
_FURTHEST_ON = 300
_NO_SENTENCE = 600
_NOISE_REACH = 30


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
        covered = [*out[-3:], *speech_at.get(number - 1, [])[-3:]]
        line = Line(reading, number, low, high, title, quotations, free, speech_at.get(number, []))
        if title and (headline := read_headline(line, free)) is not None:
            line.sayings.append(headline)
            free = []
        for cue in free:
            bounds = _bounds(reading, spoken, starts, low, high, cue)
            saying = _read_cue(line, cue, bounds, covered)
            if saying is not None:
                _end_before(line, saying, cue)
                line.sayings.append(saying)
                line.cues.append(cue)
        out.extend(line.sayings)
        inside = [c for c in by_sentence.get(number, ()) if c.span not in taken and _inside(spoken, starts, c.span)]
        out.extend(_speech_within_speech(line, spoken, starts, inside))
    return out


def _speech_within_speech(line: Line, spoken: list[Quotation], starts: list[int], cues: list[Cue]) -> Iterator[Saying]:
    """Somebody else's words inside a quotation: `"Bupati menegaskan bahwa ...," kata Rini`. Only where he is named."""
    reading = line.reading
    for cue in cues:
        row = cue.row("active")
        if row is None or not row.trusted:
            continue
        quote = spoken[bisect_left(starts, cue.span.start + 1) - 1].span
        low, high = reading.first_at(quote), reading.last_at(quote)
        if low is None or high is None or is_not_said(reading, cue.at, low):
            continue
        low = next((i + 1 for i in range(cue.at - 1, low, -1) if reading.low(i) in ".?!"), low)
        high = next((i for i in range(cue.at, high) if reading.low(i) in ".?!"), high + 1)
        source = source_before(reading, low, cue.at)
        if source is None or not source.solid or (source.name is None and source.points is not None):
            continue
        content = content_after(reading, cue.after, high)
        if content is not None and (saying := line.one(cue, source, content, (low, high))) is not None:
            yield replace(saying, nested=True, style="indirect")


def _inside(spoken: list[Quotation], starts: list[int], span: Span) -> bool:
    at = bisect_left(starts, span.start + 1) - 1
    return at >= 0 and spoken[at].span.covers(span)


def _bounds(reading: Reading, spoken: list[Quotation], starts: list[int], low: int, high: int, cue: Cue) -> tuple[int, int]:
    """The units around a cue that no speech interrupts, as far as a sentence of a real article can reach."""
    # A "sentence" of a thousand words is no sentence (a table, noise): look no further than its neighbours there.
    back, on = (_FURTHEST_BACK, _FURTHEST_ON) if high - low < _NO_SENTENCE else (_NOISE_REACH, _NOISE_REACH)
    low, high = max(low, cue.at - back), min(high, cue.at + on)
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


def _read_cue(line: Line, cue: Cue, bounds: tuple[int, int], covered: list[Saying]) -> Saying | None:
    low, high = bounds
    reading = line.reading
    if cue.row("source"):
        return _read_source(line, cue, low, high)
    carries = cue.row("carrier") is not None and not line.sayings and not line.speech and not line.others_speak(cue)
    if carries and cue.row("active") and (carried := read_carrier(line, cue, low, high)) is not None:
        return carried  # `Mengutip Antara, ...` has no subject before it
    if cue.row("active"):
        return _read_active(line, cue, low, high)
    if cue.row("bare"):
        found = read_bare(line, cue, low, high)
        if found is not None:
            return found
    if cue.row("passive"):
        found = read_passive(line, cue, low, high, covered)
        if found is not None:
            return found
    if carries:
        return read_carrier(line, cue, low, high)
    if cue.row("noun") and reading.low(cue.at - 1) == "dengan" and not cue.clitic and reading.low(cue.after) not in ("dari", "bahwa"):
        before = line.last_before(cue.at)
        subject = before.source if before is not None else main_subject(reading, low, cue.at - 1)
        if cue.words[0].word in _REASONS and subject is not None and subject.solid:
            return line.one(cue, subject, content_after(reading, cue.after, high), (low, high))
    if cue.row("noun") and reading.low(cue.at - 1) in ("dalam", "dari", "dengan") and cue.at - 1 <= low + 1:
        return read_noun(line, cue, low, high)
    return None


def _read_active(line: Line, cue: Cue, low: int, high: int) -> Saying | None:
    reading = line.reading
    row = cue.row("active")
    # `melaporkannya`: what is reported is only pointed at, no words follow.
    if row is None or cue.clitic or is_not_said(reading, cue.at, low) or asks_for_things(reading, cue):
        return None
    shared = _shared(line, cue, low)
    if shared is not None:
        source: Source | None = shared
    elif cue.glued:
        source = Source(Span(reading.units[cue.at].span.start, cue.span.start), cue.after, points="person")
    else:
        source = source_before(reading, clause_start(line, cue, low), cue.at)
        if source is not None and _tags_speech(line, source):
            return None
    if source is None or not source.solid or not (row.trusted or _opens_words(reading, cue.after, high)):
        return None
    content = content_after(reading, cue.after, _relative_end(reading, cue, low, high))
    if content is not None and ((cue.words[0].stance in _TELLING and _points_only(reading, content)) or (cue.words[0].word in _DEEDS_TOO and not _opens_words(reading, cue.after, high) and not _asserts(reading, content))):
        return None
    return line.one(cue, source, content, (low, high))


def _points_only(reading: Reading, content: Span) -> bool:
    """Whether a content only points to words told elsewhere: `Rini menyampaikan hal itu dalam rapat`, or names what kind they were: `pidato`."""
    first = reading.first_at(content)
    if first is None:
        return False
    if reading.low(first).removesuffix("nya") in _KINDS_OF_WORDS:
        return True
    after, last = first + 2, reading.last_at(content)
    ends = last is not None and (after > last or is_adjunct_start(reading.units[after]) or reading.low(after) in clause_words("subordinator"))
    return reading.low(first) in _WORDS_TOLD and reading.low(first + 1) in clause_words("demonstrative") and ends


def _asserts(reading: Reading, content: Span) -> bool:
    """Whether something is said of something in a content: it has a verb of its own, and is no report to the police (`melaporkan Budi ke Polsek`)."""
    first, last = reading.first_at(content), reading.last_at(content)
    if first is None or last is None:
        return False
    relative = said = False
    for at in range(first, last + 1):
        unit = reading.units[at]
        if unit.low == "ke" and reading.low(at + 1).startswith(_POLICE):
            return False
        relative = unit.low == "yang" or (relative and unit.low != ",")
        verb = looks_like_verb(unit) or unit.low in clause_words("modal") or unit.low in clause_words("negation") or unit.low in _PREDICATES
        said = said or (verb and not relative)
    return said


def _tags_speech(line: Line, source: Source) -> bool:
    """Whether the name already tags a quotation here: `kata Rini memaparkan gambar` says nothing more."""
    return source.name is not None and any(s.source is not None and s.source.name is source.name for s in line.speech[-3:])


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


def _shared(line: Line, cue: Cue, low: int) -> Source | None:
    """The source of the cue before, where this one is joined to it: `Rini menyebut ... dan menilai ...`."""
    at = cue.at - 1
    while at > low and line.reading.low(at) in clause_words("adverb") and line.reading.low(at) not in _JOINING:
        at -= 1
    joint = line.reading.low(at)
    if at < low or joint not in _JOINING:
        return None
    before = line.last_before(cue.at)
    if before is not None:
        return before.source
    return None if joint == "," else main_subject(line.reading, low, at)


def _opens_words(reading: Reading, at: int, high: int) -> bool:
    """Whether what follows shows that words follow: `bahwa`, a comma, a colon, an opening mark."""
    near = [reading.low(i) for i in range(at, min(at + 2, high))]
    if near[:1] == [","] and looks_like_verb(reading.units[min(at + 2, high - 1)]):
        # `Pedagang menolak, wali kota berjanji ...` goes on with somebody else.
        return False
    return any(w in ("bahwa", "agar", "supaya", ",", ":", '"', "“", "kalau", "jika") for w in near[:1]) or near[-1:] == ["bahwa"]


def _read_source(line: Line, cue: Cue, low: int, high: int) -> Saying | None:
    """`Menurut Rini, ...`, `..., menurut Rini`, `..., menurutnya, ...`."""
    reading = line.reading
    row = cue.row("source")
    extras = 0
    if cue.clitic:
        source: Source | None = clitic_source(cue)
    else:
        at = cue.after
        while at < high and reading.low(at) in _GIVEN:
            at, extras = at + 1, extras + 1
        if row is not None and not row.trusted and not extras:
            return None
        if extras and reading.low(at) == "yang" and reading.low(at + 1) in _PUBLISHED and reading.low(at + 2) != ",":
            at += 2  # `menurut data yang dirilis tentara`: the army's word, not the data's
        pointed = extras == 1 and reading.low(at) in clause_words("demonstrative")  # `menurut laporan itu, ...`: no other word is given
        source = None if pointed else source_after(reading, at, high)
        if extras and (source is None or not (source.name or source.points or source.solid)):
            source = read_phrase(reading, cue.after, high)
    if source is None or (line.cues and cue.at - line.cues[-1].after <= 1 and line.cues[-1].row("active")):
        # `Rini mengatakan, berdasarkan keterangan warga, ...` is one attribution with an origin.
        return None
    if not (source.name or source.points or source.solid or extras) and not reading.units[source.after - 1].capital and source.after - cue.after == 1:
        # `Menurut ya`: a slip, or a word that is nobody.
        return None
    start = after_source(reading, source, high)
    behind = clean(reading, start, high) if start < high else None
    front = content_before(reading, low, cue.at) if cue.at > low else None
    if front is not None and (reading.units[cue.at].capital or reading.low(cue.at - 1) == "yang" or _is_lead(reading, low, cue.at)):
        front = None
    contents = tuple(c for c in (front, behind if start < high else None) if c is not None)
    return line.saying(cue, source, contents, (low, high))


def _is_lead(reading: Reading, low: int, at: int) -> bool:
    """Whether what stands before a cue only leads up to it: nothing but openers and a short adjunct."""
    words = [u for u in reading.units[low:at] if u.kind != "mark"]
    rest = [u for u in words if u.low not in clause_words("opener") and u.low not in clause_words("demonstrative") and u.low not in clause_words("adverb")]
    if len(rest) < _LEAST_WORDS and (not rest or rest[0].name is None):
        return not rest or is_adjunct_start(rest[0]) or rest[0].low in ("selain", "secara", "terpisah")
    return is_adjunct_start(words[0]) and len(words) <= _SHORT


def _end_before(line: Line, saying: Saying, cue: Cue) -> None:
    """Where a cue shares the source of the one before, the content of the one before ends in front of it."""
    if not line.sayings or line.sayings[-1].source is not saying.source:
        return
    before = line.sayings[-1]
    last = before.contents[-1]
    at = cue.at
    while at - 1 > before.at and (line.reading.low(at - 1) in _JOINING or line.reading.low(at - 1) in clause_words("adverb")):
        at -= 1
    first = line.reading.first_at(last)
    if first is None or not last.covers(cue.span):
        return
    cut = clean(line.reading, first, at)
    if cut is None:
        return
    contents = (*before.contents[:-1], cut)
    line.sayings[-1] = replace(before, contents=contents, style=style_of(contents, line.quotations))
