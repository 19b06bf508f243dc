"""From `dia`, `-nya`, `politikus itu`, `Gubernur` to a name: whom a source that points back means.

The rule of the annotators' guide: the nearest preceding name that fits, with that name's span. What fits is found
from the sentences before, nearest first: who spoke there, else who stands first there as a person.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from telusur.model.layers import Mention, Quotation
from telusur.model.span import Span

from .sources import Source, role_nouns
from .units import Reading

_SENTENCES_BACK = 14
_SENTENCES_OF_TALK = 6
_UNITS_OF_OFFICE = 9
_NAMES_A_SENTENCE = 12


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
    _offices: dict[str, list[Mention]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        speech = [q.span for q in self.speech]
        starts = [s.start for s in speech]
        for at, unit in enumerate(self.reading.units):
            if unit.name is None:
                continue
            self._by_entity.setdefault(unit.name.entity, []).append(unit.name)
            if unit.name.type == "PER":
                self._note_offices(at, unit.name)
            where = bisect_left(starts, unit.span.start + 1) - 1
            if where < 0 or not speech[where].covers(unit.span):
                self._by_sentence.setdefault(unit.sentence, []).append(unit.name)

    def _note_offices(self, at: int, name: Mention) -> None:
        for before in range(at - 1, max(at - 1 - _UNITS_OF_OFFICE, -1), -1):
            unit = self.reading.units[before]
            if unit.sentence != self.reading.units[at].sentence or (unit.kind == "mark" and unit.low not in ",()"):
                break
            if unit.name is not None and unit.name.type == "PER":
                break
            if unit.low in role_nouns("office"):
                self._offices.setdefault(unit.low, []).append(name)

    def resolve(self, source: Source, sentence: int, *, tags_quote: bool = False) -> Speaker | None:
        """The speaker that ``source`` means when met in ``sentence``; None where nobody fits.

        ``tags_quote``: it stands behind a quotation (`" katanya`), whose speaker has mostly spoken before.
        """
        if source.name is not None:
            return _named(source.name)
        if source.points is None:
            return Speaker(source.span, None, False, True)
        if source.points == "office":
            holder = self._holder(source.head, source.span.start)
            if holder is not None:
                return self._nearest(holder, source.span)
            if source.bound:
                return Speaker(source.span, None, False, True)
        if source.points == "person" and source.head and self._stays_unnamed(source, sentence):
            return Speaker(source.span, None, False, True)
        found = (self._last_spoke(sentence, source) if tags_quote else None) or self.last(sentence, source)
        if found is not None:
            return found
        if source.head:
            return Speaker(source.span, None, False, True)
        return None

    def _last_spoke(self, sentence: int, source: Source) -> Speaker | None:
        for number in range(sentence, max(sentence - _SENTENCES_OF_TALK, -1), -1):
            spoke = self.spoke.get(number)
            if spoke is not None and _fits(spoke, source) and spoke.span.start < source.span.start:
                return self._latest(spoke, source.span)
        return None

    def last(self, sentence: int, source: Source) -> Speaker | None:
        """The nearest fitting speaker or person of the sentences up to ``sentence``."""
        for number in range(sentence, max(sentence - _SENTENCES_BACK, -1), -1):
            spoke = self.spoke.get(number)
            if spoke is not None and _fits(spoke, source) and spoke.span.start < source.span.start:
                return self._latest(spoke, source.span)
            for name in self._by_sentence.get(number, [])[:_NAMES_A_SENTENCE]:
                if name.span.start < source.span.start and _name_fits(self.reading.text, name, source):
                    return _named(self._nearest_name(name.entity, source.span.start) or name)
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

    def _holder(self, office: str, before: int) -> Mention | None:
        names = [m for m in self._offices.get(office, ()) if m.span.start < before] or self._offices.get(office, [])
        return names[-1] if names else None

    def _nearest(self, name: Mention, span: Span) -> Speaker:
        return _named(self._nearest_name(name.entity, span.start) or name)

    def _latest(self, speaker: Speaker, span: Span) -> Speaker:
        name = self._nearest_name(speaker.entity, span.start) if speaker.entity else None
        return Speaker(name.span, speaker.entity, speaker.person, speaker.group) if name else speaker

    def _nearest_name(self, entity: str, before: int) -> Mention | None:
        names: Sequence[Mention] = self._by_entity.get(entity, ()) if entity else ()
        at = bisect_left(names, before, key=lambda m: m.span.start) - 1
        return names[at] if at >= 0 else None


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
    return name.type != "PER" and source.points == "people"
