"""Passives, nouns and carriers: `Hal itu disampaikan Rini`, `Dalam pandangan Rini, ...`, `Dilansir Antara, ...`."""

from __future__ import annotations

from telusur.model.span import Span

from .contents import clean, content_after, content_before, tail_cut
from .cues import Cue
from .phrases import Source
from .sayings import Line, Saying
from .sources import source_after
from .tags import after_source, clitic_source, is_not_said
from .units import Reading
from .wordkinds import clause_words, is_adjunct_start, role_nouns

_POINTING = frozenset({"hal", "itu", "ini", "tersebut", "pernyataan", "penetapan", "keputusan", "informasi", "kabar", "demikian", "penegasan"})
_CALLED = frozenset({"disebut", "diklaim", "dinilai", "dianggap", "diyakini", "dikatakan", "disebutkan", "dituding", "dipercaya"})
_SHORT = 5
_GOES_ON = frozenset({"disebutkan", "dikatakan", "dijelaskan", "disampaikan", "diungkapkan", "diterangkan", "dituturkan"})
_SPOKEN_OF = frozenset({"permintaan", "pendapat", "kecaman", "kritik", "sorotan", "tanggapan", "komentar", "harapan", "usulan", "serupa", "senada", "juga", "salah", "satu", "lain", "lainnya", "yang", "sama", "sebelumnya"})


def read_passive(line: Line, cue: Cue, low: int, high: int, covered: list[Saying]) -> Saying | None:
    """`Hal itu disampaikan Rini`, `... disebutnya sebagai ...`, `Disebutkan oleh Rini bahwa ...`."""
    reading = line.reading
    source = _doer(reading, cue, high)
    front = [u for u in reading.units[low : cue.at] if u.kind != "mark" and u.low not in clause_words("opener")]
    if source is None and not front and cue.words[0].word in _GOES_ON:
        return _going_on(line, cue, low, high)
    if source is None or is_not_said(reading, cue.at, low):
        return None
    start = source.after
    if reading.low(cue.at - 1) == "yang":
        if cue.words[0].word not in _CALLED or reading.low(cue.at - 2) in ("seperti", "sebagaimana"):
            return None
        return line.one(cue, source, clean(reading, start, tail_cut(reading, start, high)), (low, high))
    rest: Span | None = None
    if cue.words[0].stance == "demands" and start < high and reading.units[start].kind == "word" and reading.low(start) not in clause_words("preposition"):
        # `Rini diminta Budi pulang`: what Budi asked stands behind him.
        return line.one(cue, source, content_after(reading, start, high), (low, high))
    if start < high and reading.low(start) in ("sebagai", "bahwa", "agar", "untuk"):
        rest = content_after(reading, start + 1 if reading.low(start) != "sebagai" else start, high)
    if len(front) <= _SHORT and any(u.low in _POINTING for u in front) and not is_adjunct_start(front[0]):
        if rest is not None and reading.low(start) != "sebagai":
            return line.saying(cue, source, (rest,), (low, high))
        return _pointing_back(line, cue, source, covered, (low, high))
    if not front and rest is None and cue.words[0].word in _GOES_ON and (source.name is not None or source.points is not None or reading.low(cue.after) == "oleh"):
        # `Dikatakan Rini, jalan itu rusak`.
        return line.one(cue, source, content_after(reading, after_source(reading, source, high), high), (low, high))
    before = content_before(reading, low, cue.at)
    if before is not None and rest is None and all(u.low in _SPOKEN_OF for u in front):
        return None  # `Pendapat serupa disampaikan Budi`: what it was stands elsewhere
    if len(front) == 1 and is_adjunct_start(front[0]) and reading.low(start) == ",":
        # `Meskipun diakui Rini, jalan itu rusak`.
        before, rest = None, clean(reading, start + 1, tail_cut(reading, start + 1, high))
    contents = tuple(c for c in (before, rest) if c is not None)
    return line.saying(cue, source, contents, (low, high)) if before is not None or rest is not None else None


def _going_on(line: Line, cue: Cue, low: int, high: int) -> Saying | None:
    """`Disebutkan pula bahwa ...` at the beginning of a sentence: whoever spoke last says that too."""
    at = cue.after
    while line.reading.low(at) in ("pula", "juga"):
        at += 1
    if line.reading.low(at) not in ("bahwa", ","):
        return None
    content = content_after(line.reading, at + 1, high)
    return line.saying(cue, None, (content,), (low, high)) if content is not None else None


def _doer(reading: Reading, cue: Cue, high: int) -> Source | None:
    """Who does what a passive says: `-nya`, `oleh Rini`, or a name or pronoun right behind."""
    if cue.clitic:
        return clitic_source(cue)
    at = cue.after
    if reading.low(at) in ("oleh", "langsung"):
        return source_after(reading, at + 1, high)
    if at >= high:
        return None
    kinds = ("person", "office", "people", "group")
    fits = reading.low(at) in clause_words("pronoun") or any(reading.low(at) in role_nouns(kind) for kind in kinds)
    return source_after(reading, at, high) if reading.units[at].name or fits else None


def _pointing_back(line: Line, cue: Cue, source: Source, covered: list[Saying], frame: tuple[int, int]) -> Saying | None:
    """`Hal itu disampaikan Rini`: the content is the sentence before, where nobody is made to say it yet."""
    reading = line.reading
    if line.number == 0 or reading.kinds[line.number - 1] != "paragraph":
        return None
    low, high = reading.bounds[line.number - 1]
    content = clean(reading, low, high)
    if content is None or any(c.overlaps(content) for saying in covered for c in saying.contents):
        return None
    return line.saying(cue, source, (content,), frame)


def read_carrier(line: Line, cue: Cue, low: int, high: int) -> Saying | None:
    """`Dilansir Antara, ...`: where nobody else speaks in the sentence, the outlet does."""
    reading = line.reading
    if cue.at > low + 1:
        return None
    at = cue.after
    while at < high and reading.low(at) in ("dari", "oleh", "kantor", "berita", "laman", "situs", "media", "akun", "laporan", "data"):
        at += 1
    if at >= high or reading.units[at].name is None:
        return None
    source = source_after(reading, at, high)
    if source is None or source.name is None or source.name.type == "PER":
        return None
    start = after_source(reading, source, high)
    while start < high and reading.units[start].kind == "time":
        start += 2
    content = clean(reading, start, high) if start < high else None
    return line.saying(cue, source, (content,), None) if content is not None else None


def read_noun(line: Line, cue: Cue, low: int, high: int) -> Saying | None:
    """`Dalam pandangannya, ...`, `Dari data BPBD, ...`."""
    reading = line.reading
    if cue.clitic:
        source: Source | None = clitic_source(cue)
    else:
        at = cue.after
        while at < high and reading.low(at) in ("sementara", "resmi", "terbaru", "milik", "dari", "terakhir"):
            at += 1
        source = source_after(reading, at, high)
    if source is None or not (source.name or source.points) or reading.low(source.after) != ",":
        return None
    if line.others_speak(cue):
        return None
    content = clean(reading, source.after + 1, high)
    return line.saying(cue, source, (content,), (low, high)) if content is not None else None
