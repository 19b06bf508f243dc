"""Who it is that says so, as the text puts it: where beside a cue the noun phrase stands that names the speaker.

In comes a stretch of units before or after a cue; out goes the `Source` that its phrase is read as.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .cues import carrying_words
from .phrases import LONGEST_PHRASE, ONE, Source, is_related, name_in, pronoun, read_phrase
from .stretches import is_boundary, is_home_affairs, segments_of, skip_back, skip_openers
from .units import Reading, Unit
from .wordkinds import clause_words, is_adjunct_start, ranks, role_nouns

_LONGEST_WALK = 70
_TOWARDS_OTHERS = frozenset({"dengan", "kepada", "terhadap", "oleh", "bersama", "untuk", "antara", "soal", "tentang", "di", "pada"})
_TITLES = frozenset({".", "dr", "drs", "h", "hj", "ir", "prof", "kh", "kol", "letkol", "mayor", "kapten", "aipda", "bripka", "aiptu", "kompol", "ajun", "komisaris", "inspektur", "satu", "dua", "ustaz", "tb"})
_COUNTED = frozenset({"para", "sejumlah", "beberapa", "seorang"})
_CLAUSE_ENDS = frozenset({"bahwa", ";", "–", "—", "-", ":", "sementara", "namun", "tetapi", "sedangkan"})
_DEGREES = re.compile(r"(?:,[^\S\n]{0,2}(?:(?:[A-Z][A-Za-z]{0,4}\.){1,4}[A-Z]?[A-Za-z]{0,4}\.?|SH|MH|SE|MM|ST|MT|SIK|MSi|MPd|SPd|SIP|SSos|MBA|MA|Lc)\.?){1,5},?\s{0,3}")
"""Degrees behind a name, as they are written: `, S.H., M.H.`, `, SE, MM`."""


def source_before(reading: Reading, low: int, at: int) -> Source | None:
    """The subject that ends before unit ``at`` and stands in units ``[low, at)``, or None.

    First what stands right before the cue, then, from right to left, what begins a stretch between commas.
    """
    low = max(low, at - _LONGEST_WALK)
    units = reading.units
    if (titled := _with_degrees(reading, low, at)) is not None:
        return titled
    end = _before_list(units, low, skip_back(units, low, at))
    if any(units[k].low == ":" and reading.low(k - 1) == "juga" for k in range(low, end)):
        return _beside(reading, low, end)  # `Baca juga: ...` in the middle of a paragraph: where the link ends nothing shows
    if end > low and units[end - 1].low == "yang":
        end = skip_back(units, low, end - 1)
        parts = segments_of(units, low, end)
        headed = (_headed(reading, *parts[-2], parts[-1][0]) or _named_before(reading, parts[-2][1], parts[-1][0])) if len(parts) > 1 else None
        return headed or _head_of_relative(reading, low, end)
    segments = segments_of(units, low, end)
    if len(segments) > 1 and (headed := _headed(reading, *segments[-2], segments[-1][0])) is not None:
        return headed
    if (beside := _beside(reading, low, end)) is not None:
        return beside
    fallback: Source | None = None
    for number in range(len(segments) - 1, -1, -1):
        start, stop = segments[number]
        start = _clause_within(units, _behind_dateline(reading, skip_openers(units, start, stop)), stop)
        if start >= stop or _goes_on_with_a_place(units, segments, number):
            continue
        if number and (headed := _headed(reading, *segments[number - 1], start)) is not None:
            return headed
        if is_adjunct_start(units[start]):
            fallback = fallback or _named_within(reading, start, stop)
            continue
        source = read_phrase(reading, start, stop)
        if source is not None and source.solid:
            return source
        fallback = fallback or source
    return fallback


def _with_degrees(reading: Reading, low: int, at: int) -> Source | None:
    """The person whose degrees stand between his name and the cue: `Rini Astuti, S.H., M.H. mengatakan`."""
    stop = reading.units[at].span.start if at < len(reading.units) else len(reading.text)
    for cursor in range(at - 1, max(low, at - LONGEST_PHRASE) - 1, -1):
        name = reading.units[cursor].name
        if name is not None and name.type == "PER" and _DEGREES.fullmatch(reading.text, name.span.end, stop):
            return Source(name.span, cursor + 1, name)
    return None


def _goes_on_with_a_place(units: Sequence[Unit], segments: Sequence[tuple[int, int]], number: int) -> bool:
    """Whether a stretch is but the larger place behind a smaller one: `di Pasar Turi, Maruna, mengaku`."""
    start, stop = segments[number]
    if number == 0 or stop - start != 1 or (name := units[start].name) is None or name.type != "LOC":
        return False
    earlier, ends = segments[number - 1]
    before = units[ends - 1].name
    return before is not None and before.type == "LOC" and (ends - earlier > 1 or _goes_on_with_a_place(units, segments, number - 1))


def _behind_dateline(reading: Reading, at: int) -> int:
    """Behind `MARUNA-` where a block begins so: the place is where it was written, nobody who speaks."""
    units = reading.units
    if at + 2 >= len(units) or (name := units[at].name) is None or name.type != "LOC" or units[at + 1].low not in ("-", "–", "—"):
        return at
    sentence = units[at].sentence
    opens = reading.bounds[sentence][0] == at and (sentence == 0 or reading.blocks[sentence - 1] != reading.blocks[sentence])
    return at + 2 if opens else at


def main_subject(reading: Reading, low: int, at: int) -> Source | None:
    """What units ``[low, at)`` begin with as a subject: the source of a verb that is joined on by `dan`, `tetapi`."""
    units = reading.units
    for start, stop in segments_of(units, max(low, at - _LONGEST_WALK), at):
        start = skip_openers(units, start, stop)
        if start < stop and not is_adjunct_start(units[start]):
            source = read_phrase(reading, start, stop)
            if source is not None and source.solid:
                return source
    return None


def _headed(reading: Reading, low: int, high: int, at: int) -> Source | None:
    """The name that an apposition at unit ``at`` only describes: in `Rini (41), warga Maruna, mengaku ...` it is Rini.

    Units ``[low, high)`` must hold nothing but that name with its title, and must begin the sentence or a clause.
    """
    units = reading.units
    before, first = reading.low(low - 1), reading.bounds[units[low].sentence][0]
    # Behind what says when, where or who carried it: `Dikutip dari Antara, Senin, Rini, warga Maruna, mengaku`.
    only_set = before == "," and (is_adjunct_start(units[first]) or reading.low(first) in clause_words("subordinator") or reading.low(first) in carrying_words())
    begins = low == first or before in _CLAUSE_ENDS or only_set or skip_openers(units, first, low) == low
    if reading.low(high) != "," or not begins or not _describes(units, at):
        return None
    low = skip_openers(units, low, high)
    end = next((i for i in range(low, high) if units[i].low == "("), high)
    name = units[end - 1].name if end > low else None
    if name is None or name.type == "LOC" or any(is_boundary(u) or u.low == "dan" for u in units[low : end - 1]):
        return None
    told = units[at].low in ONE or (units[at].low in role_nouns("group") and not units[at].capital)
    if name.type == "ORG" and (end - 1 > low or not told):
        return None
    return None if is_related(units, low, end - 1) else Source(name.span, end, name)


def _named_before(reading: Reading, comma: int, at: int) -> Source | None:
    """The person right before a comma whom the stretch at unit ``at`` describes: `adalah Rini, pendiri yayasan itu, yang menyatakan`."""
    name = reading.units[comma - 1].name
    if reading.low(comma) != "," or name is None or name.type != "PER" or not _describes(reading.units, at):
        return None
    return Source(name.span, comma, name)


def _describes(units: Sequence[Unit], at: int) -> bool:
    """Whether a stretch that begins here says what somebody is: `warga Maruna`, `seorang guru`, `Direktur PT Fajar`."""
    low = units[at].low
    if low in role_nouns("group") and not units[at].capital:
        return True
    if low in ONE or low in role_nouns("person") or low in role_nouns("office") or low in clause_words("relational"):
        name = units[at + 1].name if at + 1 < len(units) else None
        return name is None or name.type != "PER" or low in clause_words("relational")
    return low in role_nouns("people")


def _beside(reading: Reading, low: int, end: int) -> Source | None:
    """A pronoun or a person's name right before the cue, or before his age there; any name there that opens a clause of its own."""
    units = reading.units
    end = _before_age(units, low, end)
    if end <= low:
        return None
    if (called := _before_alias(units, low, end)) is not None:
        return called
    unit = units[end - 1]
    if unit.low in clause_words("pronoun"):
        return pronoun(unit, end)
    if unit.name is None:
        return None
    start = end - 1
    while start > low and (not is_boundary(units[start - 1]) or is_home_affairs(units, start - 1)):
        start -= 1
    before = units[start - 1].low if start > low else ""
    if before in clause_words("subordinator") or (before == "dengan" and units[start].name is not None and start == end - 1):
        return read_phrase(reading, start, end)
    turned_away = before in _TOWARDS_OTHERS if start < end - 1 else before in clause_words("preposition") or before == "oleh"
    if unit.name.type != "PER" or turned_away:
        return None
    return name_in(reading, start, end)


def _before_age(units: Sequence[Unit], low: int, end: int) -> int:
    """In front of `(20)` or `(20 tahun)` behind a person's name."""
    at = end - 3 if end - 3 >= low and units[end - 3].low == "(" else end - 4
    told = [u for u in units[at + 1 : end - 1] if u.low not in ("tahun", "th", "thn")] if at > low else []
    aged = len(told) == 1 and told[0].kind == "number" and units[at].low == "(" and units[end - 1].low == ")"
    name = units[at - 1].name if aged else None
    return at if name is not None and name.type == "PER" else end


def _before_alias(units: Sequence[Unit], low: int, end: int) -> Source | None:
    """Whose other name stands right before the cue: `Rini Astuti (40) alias Mbak Tatik`."""
    alias = next((at for at in range(end - 2, max(low, end - 5), -1) if units[at].low == "alias"), None)
    if alias is None or units[end - 1].kind == "mark":
        return None
    at = _before_age(units, low, alias)
    name = units[at - 1].name if at > low else None
    return Source(name.span, end, name) if name is not None and name.type == "PER" else None


def _head_of_relative(reading: Reading, low: int, end: int) -> Source | None:
    """The noun phrase right before `yang`: the one who says what the relative clause reports."""
    units = reading.units
    start = end
    while start > low and not is_boundary(units[start - 1]):
        start -= 1
    return read_phrase(reading, start, end) if start < end else None


def _clause_within(units: Sequence[Unit], start: int, stop: int) -> int:
    """The start of the last clause in a stretch: behind `setelah`, `ketika`, where a name or somebody in numbers follows at once."""
    for at in range(stop - 1, start, -1):
        if units[at - 1].low not in clause_words("subordinator"):
            continue
        if units[at].low in _COUNTED or any(u.name is not None for u in units[at : min(at + 3, stop)]):
            return at
    return start


def _before_list(units: Sequence[Unit], low: int, end: int) -> int:
    """In front of `termasuk ...`, `terutama ...`, which only give examples of the subject."""
    for at in range(end - 1, low, -1):
        if units[at].low in ("termasuk", "terutama", "khususnya"):
            name = units[end - 1].name
            person = name is not None and name.type == "PER"
            return end if person and not any(u.low in (",", "dan") for u in units[at:end]) else skip_back(units, low, at)
    return end


def source_after(reading: Reading, at: int, high: int) -> Source | None:
    """The source that begins at unit ``at`` and stands in units ``[at, high)``, or None.

    An apposition counts: in `kata juru bicara KPK, Rini Astuti, di Jakarta` it is the name.
    """
    units = reading.units
    high = min(high, at + _LONGEST_WALK)
    while at < high and (units[at].low in clause_words("adverb") or units[at].low in ("oleh", "dari")):
        at += 1
    at = skip_openers(units, at, high)
    if at >= high or (units[at].low in clause_words("preposition") and units[at].name is None):
        return None
    source = read_phrase(reading, at, high)
    if source is None or (source.name is not None and source.name.type == "PER"):
        return source
    return _apposition(reading, source, high) or source


def _apposition(reading: Reading, source: Source, high: int) -> Source | None:
    """The name behind the comma: in `petugas pos pantau di Banyuwangi, Rini Astuti, ...` it is the one who speaks."""
    units = reading.units
    comma = source.after
    if comma < high and units[comma].low in ("untuk", "bidang", "di", "pada"):
        comma = next((i for i in range(comma, min(comma + 6, high)) if units[i].low == ","), comma)
    if comma + 1 >= high or units[comma].low != ",":
        return None
    at = comma + 1
    while at < min(high - 1, comma + 5) and _is_title(units[at]):
        at += 1
    name = units[at].name
    if name is None or name.type == "LOC" or (name.type == "ORG" and source.name is not None):
        return None
    behind = units[at + 1] if at + 1 < high else None
    closed = behind is None or behind.kind in ("mark", "time") or behind.low in clause_words("preposition")
    return Source(name.span, at + 1, name) if closed else None


def _is_title(unit: Unit) -> bool:
    return unit.name is None and (unit.low in role_nouns("person") or unit.low in _TITLES or unit.low in ranks())


def _named_within(reading: Reading, start: int, stop: int) -> Source | None:
    """The last person named in an adjunct that swallowed its subject (`Dalam pidatonya Rini mengatakan`)."""
    units = reading.units
    for at in range(stop - 1, start, -1):
        name = units[at].name
        if name is not None and name.type == "PER" and units[at - 1].low not in ("oleh", "dengan", "kepada", "dan", "bersama"):
            return Source(units[at].span, at + 1, name)
    return None
