"""From `dia`, `-nya`, `politikus itu`, `Gubernur` to a name: whom a source that points back means.

The rule of the annotators' guide: a pronoun takes the nearest preceding name that fits, with that name's span; a
description keeps its own words, and gets the entity that it means. What fits is found from the sentences before,
nearest first: who spoke there, else who stands first there as a person.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from telusur.model.layers import Mention, Quotation
from telusur.model.span import Span

from .phrases import HEADS, Source, office_key, read_phrase
from .states import Holding, offices_of_sentence
from .units import Reading
from .wordkinds import clause_words, is_adjunct_start, role_nouns

_SENTENCES_BACK = 14
_SENTENCES_OF_TALK = 6
_UNITS_OF_OFFICE = 9
_NAMES_A_SENTENCE = 12
_DATELINE = 8
_INITIALS = 4
_WRITTEN_BY_ANY = frozenset({"surat", "unggahan", "postingan", "pernyataan", "pesan", "akun", "cuitan"})
_WRITTEN_BY_BODIES = frozenset({"laporan", "studi", "penelitian", "riset", "survei", "data", "rilis", "siaran", "keterangan"})
_SEVERAL = frozenset({"para", "sejumlah", "beberapa", "banyak", "sebagian", "puluhan", "ratusan", "ribuan"})
_MANY = frozenset({"para", "sejumlah", "beberapa", "puluhan", "ratusan", "ribuan", "jutaan", "kedua", "ketiga", "dua", "tiga", "empat", "lima", "banyak", "sebagian", "keluarga"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, resolved: the words that name or describe, and the entity (None for the unnamed)."""

    span: Span
    entity: str | None
    person: bool
    group: bool


@dataclass(slots=True)
class Memory:
    """Who was named and who spoke, up to the place that is being read."""

    reading: Reading
    mentions: tuple[Mention, ...]
    speech: tuple[Quotation, ...]
    spoke: dict[int, Speaker] = field(default_factory=dict)
    """The speaker of each sentence, by its number."""
    _starts: list[int] = field(default_factory=list)
    _by_entity: dict[str, list[Mention]] = field(default_factory=dict)
    _by_sentence: dict[int, list[Mention]] = field(default_factory=dict)
    _offices: dict[str, list[tuple[Mention, tuple[str, ...]]]] = field(default_factory=dict)
    """Who is named with each office, and what stands between the two (`Kesehatan` in `Menteri Kesehatan Rini`)."""
    _holdings: dict[int, dict[int, Holding]] = field(default_factory=dict)
    """Office phrases with their holders, by the sentence and the unit that they begin at; read where they are asked for."""

    def __post_init__(self) -> None:
        speech = [q.span for q in self.speech]
        starts = [s.start for s in speech]
        linked = -1
        for at, unit in enumerate(self.reading.units):
            if unit.low == ":" and self.reading.low(at - 1) == "juga":
                linked = unit.sentence  # `Baca juga: Rini ...` names people of another article
            if unit.name is None:
                continue
            self._by_entity.setdefault(unit.name.entity, []).append(unit.name)
            if unit.name.type == "PER":
                self._note_offices(at, unit.name)
            where = bisect_left(starts, unit.span.start + 1) - 1
            if unit.sentence == linked:
                continue
            if where < 0 or not speech[where].covers(unit.span):
                self._by_sentence.setdefault(unit.sentence, []).append(unit.name)

    def _note_offices(self, at: int, name: Mention) -> None:
        for before in range(at - 1, max(at - 1 - _UNITS_OF_OFFICE, -1), -1):
            unit = self.reading.units[before]
            if unit.sentence != self.reading.units[at].sentence or (unit.kind == "mark" and unit.low not in ",()"):
                break
            if unit.name is not None and unit.name.type == "PER":
                break
            if unit.low in role_nouns("office") or unit.low in HEADS:
                lows = [u.low for u in self.reading.units[max(before - 1, 0) : at]]
                key = office_key(lows, min(before, 1))
                self._offices.setdefault(key, []).append((name, tuple(lows[min(before, 1) + 1 :])))

    def resolve(self, source: Source, sentence: int, *, tags_quote: bool = False, contents: tuple[Span, ...] = ()) -> Speaker | None:
        """The speaker that ``source`` means when met in ``sentence``; None where nobody fits.

        ``tags_quote``: it stands behind a quotation (`" katanya`), whose speaker has mostly spoken before.
        ``contents``: the quotation's words; whom they name is hardly the one who speaks them (`"Rini menelepon," kata dia`).
        """
        if source.name is not None:
            return _named(source.name)
        if (holder := self._named_behind(source)) is not None:
            return _named(holder)
        if source.points is None:
            writer = self._writer(source, sentence)
            return replace(writer, span=source.span) if writer is not None else Speaker(source.span, None, False, True)
        if source.points == "office":
            holder = self._holder(source)
            if holder is not None:
                return _in_its_words(source, _named(holder))
            if source.bound or source.of:
                return Speaker(source.span, None, False, True)
        if source.points == "person" and source.head and self._stays_unnamed(source, sentence):
            return Speaker(source.span, None, False, True)
        about = self._named_in(contents) if source.points == "person" else frozenset()
        for others in dict.fromkeys((about, frozenset[str]())):
            found = (self._last_spoke(sentence, source, others) if tags_quote else None) or self.last(sentence, source, others)
            if found is not None:
                return _in_its_words(source, found)
        if source.head:
            return Speaker(source.span, None, False, True)
        return None

    def _writer(self, source: Source, sentence: int) -> Speaker | None:
        """Whose words `laporan itu`, `unggahan tersebut` are: who spoke last, where that is a body, or words that a person writes."""
        words = source.span.of(self.reading.text).casefold().split()
        if len(words) not in (2, 3) or words[-1] not in clause_words("demonstrative") or words[0] not in _WRITTEN_BY_ANY | _WRITTEN_BY_BODIES:
            return None
        for number in range(sentence - 1, max(sentence - 1 - _SENTENCES_OF_TALK, -1), -1):
            spoke = self.spoke.get(number)
            if spoke is not None:
                return spoke if spoke.entity and (not spoke.person or words[0] in _WRITTEN_BY_ANY) else None
        return None

    def _named_behind(self, source: Source) -> Mention | None:
        """The person whom a long office phrase names only at its end: `Direktur Penuntutan pada Jaksa Agung Muda Bidang Pidana Khusus, Rini`."""
        first = self.reading.first_at(source.span)
        if first is None or not self.reading.units[first].capital:
            return None
        number = self.reading.units[first].sentence
        if number not in self._holdings:
            self._holdings[number] = {h.office.first: h for h in offices_of_sentence(self.reading, *self.reading.bounds[number])}
        holding = self._holdings[number].get(first)
        after = holding is not None and not holding.pointing and holding.person.span.start >= source.span.end
        return holding.person if holding is not None and after else None

    def _named_in(self, contents: tuple[Span, ...]) -> frozenset[str]:
        """Which persons some words name."""
        named: set[str] = set()
        for content in contents:
            first, last = self.reading.first_at(content), self.reading.last_at(content)
            if first is not None and last is not None:
                named.update(u.name.entity for u in self.reading.units[first : last + 1] if u.name is not None and u.name.type == "PER" and u.name.entity)
        return frozenset(named)

    def _last_spoke(self, sentence: int, source: Source, others: frozenset[str]) -> Speaker | None:
        """Who spoke last of the sentences before. `Dia` is rather a person who spoke a little earlier than `polisi` just now."""
        if source.points == "person" and not source.head:
            others = others | self._initialled(sentence)
            for number in range(sentence, max(sentence - _SENTENCES_OF_TALK, -1), -1):
                spoke = self._spoke(number, others)
                if spoke is not None and (spoke.person or (number >= sentence - 1 and self._is_one(spoke))) and spoke.span.start < source.span.start:
                    return self._latest(spoke, source.span)
                if spoke is None and number == sentence - 1 and (actor := self._acts(number, sentence, others)) is not None:
                    return actor
        for number in range(sentence, max(sentence - _SENTENCES_OF_TALK, -1), -1):
            spoke = self._spoke(number, others)
            if spoke is not None and _fits(spoke, source) and spoke.span.start < source.span.start:
                return self._latest(spoke, source.span)
            if spoke is None and number == sentence - 1 and source.points == "person" and (actor := self._acts(number, sentence, others)) is not None:
                return actor
        return None

    def _initialled(self, sentence: int) -> frozenset[str]:
        """Suspects and victims whom the article gives by initials, where somebody named spoke too: what `BL mengaku` is told by the police,
        and `katanya` is theirs again."""
        spoken = [s for n in range(sentence, max(sentence - _SENTENCES_OF_TALK, -1), -1) if (s := self.spoke.get(n)) is not None and s.person and s.entity]
        short = {s.entity for s in spoken if s.entity and _is_initials(s.span.of(self.reading.text))}
        return frozenset(short) if any(s.entity not in short for s in spoken) else frozenset()

    def _spoke(self, number: int, others: frozenset[str]) -> Speaker | None:
        """Who spoke in a sentence, but for ``others``."""
        spoke = self.spoke.get(number)
        return None if spoke is not None and spoke.entity in others else spoke

    def _is_one(self, speaker: Speaker) -> bool:
        """Whether words describe one person: `seorang dokter`, `Wakapolres`; `polisi` may be many."""
        first = speaker.span.of(self.reading.text).casefold().split()[0]
        return speaker.entity is None and (first == "seorang" or first in role_nouns("office"))

    def _acts(self, number: int, sentence: int, others: frozenset[str]) -> Speaker | None:
        """The person with whom a sentence of the same paragraph begins: `Rini menutup rapat. "Pulanglah," katanya.`"""
        reading = self.reading
        if reading.blocks[number] != reading.blocks[sentence]:
            return None
        low, high = reading.bounds[number]
        source = None if is_adjunct_start(reading.units[low]) else read_phrase(reading, low, high)
        name = source.name if source is not None else None
        return _named(name) if name is not None and name.type == "PER" and name.entity not in others else None

    def last(self, sentence: int, source: Source, others: frozenset[str] = frozenset()) -> Speaker | None:
        """The nearest fitting speaker or person of the sentences up to ``sentence``, but for ``others``."""
        for number in range(sentence, max(sentence - _SENTENCES_BACK, -1), -1):
            spoke = self._spoke(number, others)
            if spoke is not None and _fits(spoke, source) and spoke.span.start < source.span.start:
                return self._latest(spoke, source.span)
            if source.points == "people" and number < sentence and (many := self._many(number) or self._many_within(number)) is not None:
                return many
            for name in self._by_sentence.get(number, [])[:_NAMES_A_SENTENCE]:
                if name.entity not in others and name.span.start < source.span.start and _name_fits(self.reading.text, name, source):
                    return _named(self._nearest_name(name.entity, source.span.start) or name)
        return None

    def _many(self, number: int) -> Speaker | None:
        """The group without a name with which a sentence begins: `Ribuan buruh mogok. Mereka menuntut ...`."""
        reading = self.reading
        low, high = reading.bounds[number]
        dash = next((i + 1 for i in range(low, min(low + _DATELINE, high)) if reading.low(i) in ("-", "–", "—", "--")), low)
        for start in dict.fromkeys((dash, low)):
            source = read_phrase(reading, start, high)
            if source is None or source.name is not None or source.points is not None:
                continue
            first = next(w for w in source.span.of(reading.text).casefold().split())
            if first in _MANY or first in role_nouns("people"):
                return Speaker(source.span, None, False, True)
        return None

    def _many_within(self, number: int) -> Speaker | None:
        """The last group without a name inside a sentence: `... dikecam sejumlah musisi. Mereka menilai ...`."""
        reading = self.reading
        low, high = reading.bounds[number]
        for at in range(high - 2, low, -1):
            if reading.low(at) in _SEVERAL and any(reading.low(at + 1) in role_nouns(kind) for kind in ("person", "people")):
                source = read_phrase(reading, at, high)
                if source is not None and source.name is None and source.points is None:
                    return Speaker(source.span, None, False, True)
        return None

    def _stays_unnamed(self, source: Source, sentence: int) -> bool:
        """`Pejabat itu` after `seorang pejabat`: nobody is named, then or now."""
        for number in range(sentence, max(sentence - _SENTENCES_BACK, -1), -1):
            spoke = self.spoke.get(number)
            if spoke is not None:
                return spoke.entity is None and source.head in spoke.span.of(self.reading.text).casefold()
        return False

    def going_on(self, sentence: int) -> Speaker | None:
        """Who is speaking when a quote stands alone: the last one who spoke."""
        for number in range(sentence - 1, max(sentence - 1 - _SENTENCES_BACK, -1), -1):
            if number in self.spoke:
                return self.spoke[number]
        return None

    def _holder(self, source: Source) -> Mention | None:
        """The last one before, else the first one behind, whom the article names with this office."""
        same = same_body if source.head.rsplit(" ", 1)[-1] in HEADS else same_office
        fitting = [(name, of) for name, of in self._offices.get(source.head, ()) if same(source.of, of)]
        # `Menteri LH` rather means whom the article called `Menteri Lingkungan Hidup` than a bare `Menteri`.
        told = [name for name, of in fitting if of] if source.of else []
        names = told or [name for name, _ in fitting]
        before = [name for name in names if name.span.start < source.span.start]
        return before[-1] if before else names[0] if names else None

    def _latest(self, speaker: Speaker, span: Span) -> Speaker:
        name = self._nearest_name(speaker.entity, span.start) if speaker.entity else None
        return Speaker(name.span, speaker.entity, speaker.person, speaker.group) if name else speaker

    def _nearest_name(self, entity: str, before: int) -> Mention | None:
        names: Sequence[Mention] = self._by_entity.get(entity, ()) if entity else ()
        at = bisect_left(names, before, key=lambda m: m.span.start) - 1
        return names[at] if at >= 0 else None


def same_office(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether what stands behind an office twice can be the same: `Kesehatan` is not `Luar Negeri`, `LH` is `Lingkungan Hidup`."""
    one, other = tuple(w for w in one if w.isalpha()), tuple(w for w in other if w.isalpha())
    if not one or not other or one[0] == other[0]:
        return True
    return any(short[0] == "".join(w[0] for w in long if w != "dan")[: len(short[0])] and len(short[0]) > 1 for short, long in ((one, other), (other, one)))


def same_body(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two name one body, the one perhaps shorter: `Dinas Kesehatan` and `Dinas Kesehatan Maruna`."""
    one, other = (tuple(w for w in words if w[0].isalnum()) for words in (one, other))
    shorter = min(len(one), len(other))
    return shorter > 0 and one[:shorter] == other[:shorter]


def _in_its_words(source: Source, meant: Speaker) -> Speaker:
    """A description stands for whom it means in its own words (`Menkes`, `politikus itu`); a pronoun in his name."""
    return Speaker(source.span, meant.entity, meant.person, meant.group) if source.head else meant


def _is_initials(text: str) -> bool:
    return text.isupper() and text.isalpha() and len(text) <= _INITIALS


def _named(name: Mention) -> Speaker:
    return Speaker(name.span, name.entity or None, name.type == "PER", name.type != "PER")


def _fits(speaker: Speaker, source: Source) -> bool:
    if source.points == "people":
        return speaker.group
    if source.points == "group":
        return speaker.group
    return speaker.person or not source.head


def _name_fits(text: str, name: Mention, source: Source) -> bool:
    if source.points in ("person", "office"):
        return name.type == "PER"
    if source.points == "group":
        first = name.span.of(text).split()[0].casefold()
        return name.type == "ORG" and (first == source.head or source.head not in ("kementerian", "kedutaan", "polda", "polres"))
    return name.type == "ORG" and source.points == "people"
