"""How many were killed, hurt, are missing or driven from home: the figures that a sentence gives.

Comes in: the article in units. Goes out: figures, each with the words that say what befell whom. Figures that
compete stand beside one another; only two that one fate is told of are added (`dua warga dan tujuh petugas luka-luka`), and a vague one
(`puluhan`) is no figure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from telusur.lexicon import read_table
from telusur.model.claim import Casualties
from telusur.model.span import Span

from .chunks import is_verb
from .drafts import Draft
from .grammar import group
from .units import Reading

_ONES = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
    "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000, "seorang": 1,
}  # fmt: skip
_TIMES = {"belas": 0, "puluh": 10, "ratus": 100, "ribu": 1000, "juta": 1_000_000}
_PEOPLE = 9
"""How many units may stand between a figure and its fate: `12 warga Desa Sukamaju yang ... tewas`."""
_LEADS_TO_COUNT = frozenset({"dunia", "sebanyak", "berjumlah", "ada", "-", "luka", ":"})
_ABOUT = frozenset({"lebih", "dari", "sekitar", "sedikitnya", "setidaknya", "sebanyak", "hampir", "kurang"})
_JOINED = 5
"""How many units may stand between two figures that are added, and after the second before a fate that is its own."""
HARM = frozenset({"ASSAULT", "DISASTER"})
_MOST = 100
"""Figures read in one sentence; a hostile line of them must not take for ever."""
_DEATHS = frozenset({"pembunuhan", "kematian", "eksekusi"})
_GOVERNING = ("me", "pembunuhan")


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of people and what befell them. ``fate`` is the unit of the word that says it."""

    kind: str
    count: int
    at: int
    fate: int


@cache
def _fates() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in read_table("casualties", ("word", "kind"))}


@cache
def _ends_of_fates() -> frozenset[str]:
    return frozenset(words.split()[-1] for words in _fates())


def _fate_at(reading: Reading, at: int) -> str | None:
    """What the word at unit ``at``, or the two words that end there, say befell somebody."""
    low = reading.low(at)
    if low not in _ends_of_fates():
        return None
    return _fates().get(f"{reading.low(at - 1)} {low}") or _fates().get(low)


def number_at(reading: Reading, at: int, stop: int) -> tuple[int, int] | None:
    """The number that starts at unit ``at`` (`60.000`, `dua puluh tiga`, `seorang`) and the unit after it."""
    unit = reading.units[at]
    if unit.kind == "number":
        low = unit.low
        if "," in low:
            whole, _, part = low.partition(",")
            scale = _TIMES.get(reading.low(at + 1), 0)
            if scale >= 1000 and whole.replace(".", "").isdecimal() and part.isdecimal():
                return round(float(whole.replace(".", "") + "." + part) * scale), at + 2
            return None
        digits = low.replace(".", "")
        if not digits.isdecimal() or len(digits) > 9:
            return None
        value, end = int(digits), at + 1
    elif unit.low in _ONES:
        value, end = _ONES[unit.low], at + 1
    else:
        return None
    total = 0
    while end < stop:
        low = reading.low(end)
        if low in _TIMES:
            value = value + 10 if low == "belas" else value * _TIMES[low]
            end += 1
        elif low in _ONES and value >= 10 and low != "seorang" and reading.units[at].kind == "word":
            total, value, end = total + value, _ONES[low], end + 1
        else:
            break
    return total + value, end


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one article. Each sentence is read for them once, however often its triggers are asked for their victims."""

    reading: Reading
    _known: dict[int, tuple[Figure, ...]] = field(default_factory=dict)

    def of_sentence(self, sentence: int) -> tuple[Figure, ...]:
        if sentence not in self._known:
            self._known[sentence] = find_figures(self.reading, *self.reading.bounds[sentence])
        return self._known[sentence]


def find_figures(reading: Reading, start: int, stop: int) -> tuple[Figure, ...]:
    """Every figure of victims in one sentence, in order."""
    numbers: list[tuple[int, int, int]] = []
    at = start
    while at < stop and len(numbers) < _MOST:
        unit = reading.units[at]
        number = number_at(reading, at, stop) if unit.kind == "number" or unit.low in _ONES else None
        if number is None:
            at += 1
            continue
        if not _counts_things(reading, number[1], at):
            numbers.append((at, number[1], number[0]))
        at = number[1]
    if not numbers:
        return ()
    found: list[Figure] = []
    used: set[int] = set()
    starts = [n[0] for n in numbers]
    for fate in range(start, stop):
        kind = _fate_at(reading, fate)
        if kind is None or "atau" in (reading.low(fate - 1), reading.low(fate + 1)):
            continue  # `74 orang tewas atau terluka` counts neither
        # Only what stands near may be meant; it also keeps a line of a million figures from taking for ever.
        low, high = bisect_left(starts, fate - 4 * _PEOPLE), bisect_left(starts, fate + 3 * _PEOPLE)
        best = _number_for(reading, fate, [n for n in numbers[low:high] if n[0] not in used])
        if best is not None:
            used.update(n[0] for n in numbers[low:high] if best[0] <= n[0] < best[1])
            found.append(Figure(kind, best[2], best[0], fate))
    return tuple(found)


def _counts_things(reading: Reading, after: int, at: int) -> bool:
    """Whether a number counts something other than people: money, percent, hours, years, ages."""
    low, before = reading.low(after), reading.low(at - 1)
    if low == ")":
        return True  # an age: `Budi Santoso (25)`, `(perempuan, 15)`
    if before in {"rp", "usd", "nomor", "pasal", "ke", "pukul", "level", "$", "jam", "rt", "rw", "magnitudo", "usia", "berusia", "umur", "berumur", "km"}:
        return True
    if low == "-" and reading.low(after + 1) == "an":
        return True  # an age again: `40-an`
    if _is_in_a_name(reading, at) and low not in group("counts people"):
        return True
    return low in group("counts things")


def _is_in_a_name(reading: Reading, at: int) -> bool:
    """Whether a number belongs to what is written before it: `Batalyon 834`, `Boeing 737`, `Prajurit Dua`."""
    before, unit = reading.units[at - 1] if at else None, reading.units[at]
    if before is not None and before.low == "-" and before.span.end == unit.span.start and reading.units[at - 2].span.end == before.span.start:
        return True  # `CVN-68`
    if before is not None and before.low == ")" and reading.low(at - 3) == "(" and reading.units[at - 2].capital:
        return True  # `Teritorial Pembangunan (TP) 834`
    if before is None or before.sentence != unit.sentence or before.kind not in {"word", "name"}:
        return False
    if before.span.end == unit.span.start:
        return True  # `hotline110`
    first = reading.bounds[unit.sentence][0] == at - 1
    return before.capital and (not first if unit.kind == "number" else unit.capital) and reading.kinds[unit.sentence] != "title"


def _number_for(reading: Reading, fate: int, numbers: list[tuple[int, int, int]]) -> tuple[int, int, int] | None:
    """The number that a fate word speaks of: before it (`tiga orang tewas`), or after it where it governs one."""
    low, before_it = reading.low(fate), reading.low(fate - 1)
    if low == "pengungsi" and (before_it in {"kamp", "untuk", "badan"} or not any(n[1] == fate for n in numbers)):
        return None
    governs = low.startswith(_GOVERNING) and low not in {"meninggal", "mengungsi", "pengungsi"}
    governs = governs or low in {"kematian", "nyawa", "jiwa", "korban", "eksekusi"} or before_it in {"korban", "jumlah"}
    before = [n for n in numbers if n[1] <= fate and fate - n[1] <= _PEOPLE and not _wall(reading, n[1], fate)]
    after = [n for n in numbers if n[0] > fate and n[0] - fate <= _reach(reading, fate, n[0]) and not _wall(reading, fate + 1, n[0])]
    if low in _DEATHS and after and after[0][0] - fate > _JOINED and _reach(reading, fate, after[0][0]) == _PEOPLE:
        after = []
    if governs and after:
        return _added(reading, after[0], next((n for n in numbers if n[0] >= after[0][1]), None), ahead=True)
    if before and not (low.startswith("me") and low not in {"meninggal", "mengungsi"}):
        best = ([n for n in before if not _is_part(reading, n, numbers, fate)] or before)[-1]
        return _added(reading, best, next((n for n in reversed(numbers) if n[1] <= best[0]), None), ahead=False)
    if not before and after and all(reading.low(at) in _LEADS_TO_COUNT for at in range(fate + 1, after[0][0])):
        return after[0]
    return None


def _is_part(reading: Reading, number: tuple[int, int, int], numbers: list[tuple[int, int, int]], fate: int) -> bool:
    """Whether a figure only says who was among those of an earlier one: `22 orang, termasuk lima anak, tewas`."""
    earlier = [n for n in numbers if n[1] <= number[0]]
    if not earlier or "," not in (reading.low(at) for at in range(number[1], fate)):
        return False
    return any(reading.low(at) in {"termasuk", "antaranya"} for at in range(earlier[0][1], number[0]))


def _added(reading: Reading, number: tuple[int, int, int], other: tuple[int, int, int] | None, *, ahead: bool) -> tuple[int, int, int]:
    """A figure with the next one, where `dan` joins the two: `dua warga sipil dan tujuh petugas`.

    ``ahead``: the fate word stands before both; then the second must not have a fate of its own.
    """
    if other is None:
        return number
    first, second = sorted((number, other))
    between = [reading.low(at) for at in range(first[1], second[0])]
    while between and between[-1] in _ABOUT:
        between.pop()
    joined = 2 <= len(between) <= _JOINED and between[-1] in {"dan", "serta"} and "," not in between
    joined = joined and not any(is_verb(low) or low in group("befalls") for low in between) and reading.low(second[1]) != "di"
    own = any(_fate_at(reading, at) is not None for at in (*range(first[1], second[0]), *(range(second[1], second[1] + _JOINED) if ahead else ())))
    return (first[0], second[1], first[2] + second[2]) if joined and not own else number


def _reach(reading: Reading, fate: int, number: int) -> int:
    """How far after its fate word a figure may stand: further where a verb of counting leads to it."""
    counting = any(reading.low(k) in {"mencapai", "menjadi", "sebanyak", "berjumlah", "total", "totalnya", "jumlahnya"} for k in range(fate + 1, number))
    return 2 * _PEOPLE if counting else _PEOPLE


def _wall(reading: Reading, start: int, stop: int) -> bool:
    """Whether another fate or a clause's end parts a number from a fate; what `termasuk` lists does not."""
    listed = False
    for at in range(start, stop):
        low = reading.low(at)
        listed = listed or low == "termasuk"
        if _fate_at(reading, at) is not None or low in {";", ".", "sementara"} or (low in {"dan", "serta"} and not listed):
            return True
    return False


def may_have_victims(reading: Reading, draft: Draft) -> bool:
    """Whether a word in the trigger's sentence, or right behind, says what befell somebody: without one nobody is counted."""
    start, stop = reading.around(draft.first)[0], max(reading.around(draft.first)[1], draft.last + 1)
    return not _ends_of_fates().isdisjoint(reading.lows[start : stop + 1]) or fate_of(draft.trigger.of(reading.text)) is not None


def fate_of(words: str) -> str | None:
    """What a trigger's own words say befell whom they speak of, or None."""
    low = words.casefold()
    return _fates().get(low) or next((kind for word in low.split() if (kind := _fates().get(word)) is not None), None)


def one_victim(kind: str) -> Casualties:
    """One person, to whom ``kind`` befell."""
    return Casualties(**{kind: 1})


def casualties_of(figures: tuple[Figure, ...]) -> Casualties | None:
    """The first figure of each kind."""
    if not figures:
        return None
    counts: dict[str, int] = {}
    for figure in figures:
        counts.setdefault(figure.kind, figure.count)
    return Casualties(**counts)


def with_victims(figures: Figures, drafts: list[Draft]) -> Iterator[tuple[Draft, Casualties | None]]:
    """Each draft with the victims that it reports.

    A figure belongs to the trigger that says what befell them (`tewas`), else to the nearest attack or disaster before it in
    its sentence, else to the first after it.
    """
    reading = figures.reading
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(reading.units[draft.first].sentence, []).append(draft)
    for sentence, here in by_sentence.items():
        given: dict[Span, list[Figure]] = {}
        for figure in figures.of_sentence(sentence):
            owner = _owner(figure, here)
            if owner is not None:
                given.setdefault(owner.trigger, []).append(figure)
        for draft in here:
            yield draft, casualties_of(tuple(given.get(draft.trigger, ()))) or _single_victim(reading, draft)


def _owner(figure: Figure, drafts: list[Draft]) -> Draft | None:
    own = [d for d in drafts if d.first <= figure.fate <= d.last or figure.fate in d.outcomes]
    harming = [d for d in drafts if d.type in HARM]
    before = [d for d in harming if d.last < figure.fate]
    return next(iter([*own, *reversed(before), *harming]), None)


def _single_victim(reading: Reading, draft: Draft) -> Casualties | None:
    """One where the trigger says that one named person died, was hurt or went missing."""
    hit = [p for p in draft.participants if p.role == "recipient"]
    if len(hit) != 1 or draft.type not in HARM:
        return None
    dead = f"{reading.low(draft.last)} {reading.low(draft.last + 1)}"  # `menembak mati`
    words = [draft.trigger.of(reading.text), *(reading.low(at) for at in draft.outcomes), *([dead] if dead in _fates() else [])]
    kind = next((kind for word in words if (kind := fate_of(word)) is not None), None)
    if kind is None:
        return None
    first, last = reading.first_at(hit[0].span), reading.last_at(hit[0].span)
    if first is None or last is None:
        return None
    name = reading.units[last].name
    person = name is not None and name.type == "PER" and all(u.capital for u in reading.units[first:last])
    if reading.low(first) != "seorang" and not person:
        return None
    return one_victim(kind)
