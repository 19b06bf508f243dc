"""The noun phrase that somebody is named by, and what it points back to.

In comes the unit that a phrase begins at; out goes a `Source`: a name, a description (`seorang saksi mata`)
or a word that points back (`dia`, `politikus itu`, `Gubernur`), which `speakers` then resolves to a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from telusur.model.layers import Mention
from telusur.model.span import Span

from .carriers import carrier_kind, carriers
from .stretches import MARKS_IN_NAMES, is_home_affairs, skip_openers
from .units import Reading, Unit
from .wordkinds import clause_words, looks_like_verb, role_nouns

Points = Literal["person", "people", "office", "group"]

LONGEST_PHRASE = 14
_CLITIC = "nya"
_NEVER_IN_PHRASE = frozenset({"yang", "bahwa", "lanjut", "adalah", "menjadi"})
_NOT_TOLD = frozenset({"saya", "kami", "kita", "aku", "anda", "kamu", "kalian", "siapa", "siapapun", "apa", "tidak", "tak"})
"""Words that leave open who it is outside the quote in which they stand."""
_BEGINNERS = frozenset("\"“”‘’«»�.!?:;)")
_DEPUTIES = frozenset({"wakil", "calon", "mantan", "eks"})
_OF_A_PLACE = frozenset({"warga", "penduduk", "masyarakat"})
"""What stands behind these is a place, whatever it was taken for."""
_OF_A_HOLDER = frozenset({"kantor", "kabinet"})
"""A body that is called after who leads it: `Kantor Perdana Menteri Rini` is not Rini."""
ONE = frozenset({"seorang", "sebuah", "salah", "sesosok"})
_DESCRIBED_ON = frozenset({"yang", "berusia", "asal", "kelahiran", "dari", "periode", "bernomor"})
"""What a description of somebody goes on with."""
_WHO_ALSO = frozenset({"sekaligus", "merangkap"})
_BODIES = frozenset({"kementerian", "kedutaan", "kantor", "perusahaan", "perseroan", "emiten", "maskapai", "klub", "komisi", "lembaga", "badan"})
HEADS = frozenset({"kepala", "ketua", "direktur", "sekretaris", "komandan", "manajer", "pimpinan"})
"""Who heads a body: one holder where the body is named (`Ketua KPU Maruna`), many where it is not."""
_MEDIA = frozenset({"media", "harian", "koran", "stasiun", "televisi", "majalah", "portal", "situs", "laman", "kelompok", "organisasi", "milisi", "ormas", "negara"})


_ACCOUNT_BESIDE = frozenset({"resmi", "pribadi", "milik", "media", "sosial"})
_ACCOUNT_WORDS = _ACCOUNT_BESIDE | {"akun", "kanal", "channel", "saluran", "unggahan", "postingan"}
_LONGEST_ACCOUNT = 6


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks. ``points``: not named here, but pointing back to a person, several, an office or a group.

    ``head`` is the noun that must fit what it points to (`gubernur`, `kementerian`); ``after`` is the unit that follows.
    """

    span: Span
    after: int
    name: Mention | None = None
    points: Points | None = None
    head: str = ""
    bound: bool = False
    """Whether an office names its area or body (`Bupati Maruna`): it then means nobody but its holder."""
    of: tuple[str, ...] = ()
    """What stands behind an office (`Kesehatan` in `Menteri Kesehatan`)."""
    solid: bool = True
    """Whether the phrase is one that can speak: a name, a person, a body; not just any noun."""


def can_speak(reading: Reading, source: Source) -> bool:
    """Whether a source is somebody by its first word: `tukar dolar AS` holds a name and is nobody."""
    first = reading.first_at(source.span)
    if source.name is not None or source.points is not None or first is None or reading.units[first].capital:
        return True
    low = reading.low(first).removesuffix(_CLITIC)
    if low in clause_words("quantifier") or low in clause_words("relational") or reading.units[first].kind == "number":
        return True
    return any(low in role_nouns(kind) for kind in ("person", "office", "group", "people", "text"))


def read_phrase(reading: Reading, start: int, stop: int) -> Source | None:
    """The noun phrase that begins at unit ``start``, not running past ``stop``."""
    units = reading.units
    start = skip_openers(units, start, stop)
    if (owner := _owner_of_account(reading, start, stop)) is not None:
        return owner
    end = _phrase_end(units, start, min(stop, start + LONGEST_PHRASE))
    if end <= start or units[start].low in _NOT_TOLD or reading.low(start + 1) == "kali":
        return None
    if units[start].low in clause_words("pronoun"):
        return pronoun(units[start], start + 1)
    if (described := _described_on(reading, start, end, stop)) is not None:
        return described
    pointing = end - start > 2 and units[end - 1].low in clause_words("demonstrative") and units[start].name is None
    return (None if pointing else name_in(reading, start, end)) or _description(reading, start, end)


def _owner_of_account(reading: Reading, start: int, stop: int) -> Source | None:
    """Whose account it is: `akun Instagram resmi Dinas Maruna`, `akun @rini_astuti`, `YouTube Kabar TV`; None where it is nobody's."""
    units = reading.units
    at = start
    while at < min(stop, start + _LONGEST_ACCOUNT) and (units[at].low in _ACCOUNT_WORDS or carriers().get(units[at].low) == "platform"):
        at += 1
    if at == start or at >= stop or all(u.low in _ACCOUNT_BESIDE for u in units[start:at]):
        return None
    if units[at].low == "@":
        end = at + 1
        while end < stop and units[end].span.start == units[end - 1].span.end and (units[end].kind != "mark" or units[end].low in "@_."):
            end += 1
        while end > at + 1 and units[end - 1].low == ".":
            end -= 1
        return Source(reading.span(at, end), end) if end > at + 1 else None
    name = units[at].name
    if name is not None and name.type != "LOC" and carrier_kind(name.span.of(reading.text)) != "platform":
        return Source(name.span, at + 1, name)
    its = units[at].low == "-" and reading.low(at + 1) == "nya" and at + 1 < stop
    return pronoun(units[at + 1], at + 2) if its else None


def pronoun(unit: Unit, after: int) -> Source:
    many = unit.low in ("mereka", "keduanya", "ketiganya")
    return Source(unit.span, after, points="people" if many else "person")


def _described_on(reading: Reading, start: int, end: int, stop: int) -> Source | None:
    """A person who is described at length and pointed back to: `pria yang juga menjabat Imam Besar itu`, `perempuan berusia 36 tahun itu`."""
    units = reading.units
    head = next((u.low for u in units[start:end] if u.low.removesuffix(_CLITIC) in role_nouns("person") or u.low in role_nouns("office")), None)
    counted = units[start].low in clause_words("quantifier") or units[start].low in ONE or units[start].kind == "number"
    if head is not None and not counted and end + 1 < stop and units[end].kind == "time" and units[end].low.endswith("tahun") and units[end + 1].low in clause_words("demonstrative"):
        return Source(reading.span(start, end + 2), end + 2, points="person", head=head)  # `pemain 23 tahun itu`
    goes_on = end < stop and (units[end].low in _DESCRIBED_ON or units[end - 1].low == "periode")
    if head is None or counted or not goes_on or any(u.name is not None and u.name.type == "PER" for u in units[start:end]):
        return None
    for at in range(end + 1, min(stop, end + LONGEST_PHRASE)):
        # `pejabat yang mengetahui masalah tersebut` points to the matter, not to the official.
        whole = units[end].low != "yang" or units[at - 1].capital or units[at - 1].kind in {"name", "number", "time"} or units[at - 1].low == "tahun"
        if units[at].low in clause_words("demonstrative") and units[at - 1].kind != "mark" and whole:
            return Source(reading.span(start, at + 1), at + 1, points="person", head=head)
        if units[at].kind == "mark" and units[at].low not in MARKS_IN_NAMES | {"(", ")"}:
            return None
    return None


def name_in(reading: Reading, start: int, end: int) -> Source | None:
    """The phrase as a name: a person's, or a body's or place's that nothing but its rank stands before."""
    units = reading.units
    for at in range(start, end):
        name = units[at].name
        if name is None:
            continue
        if name.type == "PER":
            if is_related(units, start, at) or units[start].low in _OF_A_HOLDER or (at == start + 1 and units[start].low in _OF_A_PLACE):
                return Source(reading.span(start, at + 1), at + 1)
            return Source(units[at].span, at + 1, name)
        if at == start or all(u.kind == "mark" for u in units[start:at]):
            person = next((i for i in range(at + 1, end) if (n := units[i].name) is not None and n.type == "PER"), None)
            if person is not None:
                return Source(units[person].span, person + 1, units[person].name)
            return Source(units[at].span, at + 1, name)
    return None


def is_related(units: Sequence[Unit], start: int, at: int) -> bool:
    """Whether the words before a person's name make someone else of it: `pengacara Rini`, `pemerintahan Presiden Rini`."""
    at -= 1
    while at > start and units[at].low in role_nouns("person") and units[at].low not in clause_words("relational"):
        at -= 1
    if at >= start and units[at].low == "hukum":
        return True
    return at >= start and units[at].low in clause_words("relational")


def _description(reading: Reading, start: int, end: int) -> Source | None:
    """The phrase as a description, and what it points back to."""
    units = reading.units
    bracket = next((at for at in range(end - 1, start, -1) if units[at].low == "("), None)
    if bracket is not None and units[end - 1].low == ")":  # `Tim Anggaran Daerah (TAD)`: the short form is no part of it
        whole = _description(reading, start, bracket)
        return replace(whole, after=end) if whole is not None else None
    while end > start and units[end - 1].kind == "mark":
        end -= 1
    if end <= start:
        return None
    span = reading.span(start, end)
    lows = [u.low for u in units[start:end]]
    if lows == ["kepala", "negara"]:
        return Source(span, end, points="office", head="presiden")
    office = next((w for w in lows if w in role_nouns("office")), "")
    person = office or next((w for w in lows if w.removesuffix(_CLITIC) in role_nouns("person")), "")
    group = next((w for w in lows if w.removesuffix(_CLITIC) in role_nouns("group")), "")
    counted = lows[0] in clause_words("quantifier") or units[start].kind == "number"
    named = any(u.name is not None for u in units[start:end])
    text = _is_writing(reading, start)
    people = any(w in role_nouns("people") for w in lows)
    # A name that no one marked: capitals where no sentence begins.
    sentence = units[start].sentence
    proper = (
        all(u.capital or u.kind == "mark" for u in units[start:end])
        and reading.bounds[sentence][0] < end - 1
        and units[start - 1].low not in _BEGINNERS
        and reading.kinds[sentence] == "paragraph"
    )
    solid = bool(counted or person or group or named or text or people or proper or lows[0] in clause_words("relational"))
    if lows[0] == "sang" and person and not named:
        return Source(span, end, points="person", head=person)
    if lows[-1] in clause_words("demonstrative") and len(lows) > 1 and not counted and not text:
        if person:
            return Source(span, end, points="person", head=person)
        return Source(span, end, points="group", head=group or lows[0], solid=bool(group))
    if office and not counted:
        return Source(span, end, points="office", head=office_key(lows, lows.index(office)), bound=named, of=tuple(lows[lows.index(office) + 1 :]))
    heads = next((i for i in range(min(2, len(lows))) if lows[i] in HEADS and (i == 0 or lows[0] in _DEPUTIES)), None)
    if heads is not None and named and not counted:
        return Source(span, end, points="office", head=office_key(lows, heads), bound=True, of=tuple(lows[heads + 1 :]))
    if len(lows) == 1 and lows[0] in _BODIES:
        return Source(span, end, points="group", head=lows[0])
    last = units[end - 1].name
    if text and last is None and end + 1 < len(units) and units[end].low == "dari" and not _is_writing(reading, end + 1):
        giver = read_phrase(reading, end + 1, min(len(units), end + 1 + LONGEST_PHRASE))
        if giver is not None and giver.points is None and (giver.name is not None or (giver.solid and can_speak(reading, giver))):
            return giver
    if text and last is not None and last.type != "LOC":
        return Source(units[end - 1].span, end, last)
    if last is not None and last.type == "ORG" and (lows[0] in _MEDIA or (group and end - start == 2)):
        return Source(units[end - 1].span, end, last)
    return Source(span, end, solid=solid)


def _is_writing(reading: Reading, at: int) -> bool:
    """Whether a writing that says something begins at unit ``at``: `laporan`, `sebuah pernyataan`."""
    return reading.low(at) in role_nouns("text") or (reading.low(at) in ONE and reading.low(at + 1) in role_nouns("text"))


def office_key(lows: Sequence[str], at: int) -> str:
    """The office at word ``at``, apart from that of its deputy: `bupati`, `wakil bupati`."""
    return f"{lows[at - 1]} {lows[at]}" if at > 0 and lows[at - 1] in _DEPUTIES else lows[at]


def _phrase_end(units: Sequence[Unit], start: int, stop: int) -> int:
    """Where the noun phrase that begins at ``start`` ends: at an adjunct, a clause, an adverb or a mark."""
    depth = 0
    for at in range(start, stop):
        unit = units[at]
        if unit.low in ("(", "["):
            depth += 1
        elif unit.low in (")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0 and _ends_phrase(units, at, start):
            return at
    return stop


def _ends_phrase(units: Sequence[Unit], at: int, start: int) -> bool:
    unit = units[at]
    if unit.kind == "time" or unit.low in _NEVER_IN_PHRASE:
        return True
    if unit.kind == "mark":
        # A short word before a full stop is an abbreviation (`Kol.`), a longer one the end of the sentence.
        return unit.low not in MARKS_IN_NAMES or (unit.low == "." and at > start and len(units[at - 1].low) > 3)
    if is_home_affairs(units, at):
        return False
    if unit.low in _WHO_ALSO and at > start and at + 1 < len(units) and units[at + 1].capital:
        return False
    if any(unit.low in clause_words(kind) for kind in ("preposition", "adverb", "negation")):
        return at > start or unit.low in clause_words("negation")
    return at > start and looks_like_verb(unit)
