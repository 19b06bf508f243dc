"""A sentence in chunks: the names and noun phrases that may take part in something, and whom a pronoun means.

Comes in: the article in units. Goes out: chunks in order, each with the preposition before it. A chunk that has a name
inside keeps it apart (`langkah Kementerian Sosial`), because some types want the phrase and some the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from telusur.lexicon import words
from telusur.model.layers import EntityType, Mention
from telusur.model.span import Span

from .grammar import group
from .units import Reading

PRONOUNS = frozenset({"ia", "dia", "mereka", "beliau", "dirinya", "keduanya"})
SPEAKERS = frozenset({"saya", "kami", "kita", "aku", "pihaknya"})
STAND_FOR_SOMEBODY = PRONOUNS | SPEAKERS
_POINTERS = frozenset({"itu", "ini", "tersebut"})
_LONGEST = 7
"""Units of the longest noun phrase."""


class Chunk(NamedTuple):
    """A stretch that may take part.

    ``agent`` says that it can act. ``before`` is the preposition before it or "". ``inner`` is the name inside a longer
    phrase. ``entity`` and ``type`` are set where the chunk as a whole is a name.
    """

    first: int
    last: int
    span: Span
    entity: str | None
    type: EntityType | None
    agent: bool
    before: str
    inner: Mention | None = None


@lru_cache(maxsize=1 << 15)
def is_verb(low: str) -> bool:
    """Whether a lower-case word looks like a verb by its prefix."""
    if low in group("no verb") or len(low) < 5 or low in words("agents"):
        return False
    return low.startswith(("me", "di", "ber", "ter")) and "-" not in low


@lru_cache(maxsize=1 << 15)
def _is_no_noun(low: str) -> bool:
    """Whether a noun phrase never has this lower-case word in it."""
    return low in group("no noun") or low in words("adverbs") or is_verb(low)


@dataclass(frozen=True, slots=True)
class Chunks:
    """The chunks of one article. What stands at a place is looked for once, however many triggers of its sentence ask.

    ``offices`` gives, by its first unit, where an office phrase ends and whom it stands for: an office before or after
    its holder is no chunk of its own (no one), an office alone (`Presiden`) is its holder.
    """

    reading: Reading
    offices: Mapping[int, tuple[int, Mention | None]]
    _known: dict[int, tuple[Chunk | None, int]] = field(default_factory=dict)
    _next: dict[int, int] = field(default_factory=dict)

    def between(self, start: int, stop: int) -> tuple[Chunk, ...]:
        """The chunks of a stretch of one sentence (units ``start`` to ``stop``), in order."""
        reading, following = self.reading, self._next
        found: list[Chunk] = []
        at = start
        while True:
            if (begins := following.get(at)) is None:
                begins = following[at] = self._next_from(at)
            if begins >= stop:
                return tuple(found)
            at, office = begins, self.offices.get(begins)
            if office is not None and office[0] <= stop:
                end, holder = office
                if holder is not None:
                    before = _preposition(reading, at, start)
                    found.append(Chunk(at, end - 1, reading.span(at, end), holder.entity or None, "PER", True, before))
                elif end < stop and (name := reading.units[end].name) is not None and name.type == "PER":
                    # The holder takes the preposition that stands before his office: `dengan Menteri Luar Negeri X`.
                    found.append(Chunk(at, end, name.span, name.entity or None, "PER", True, _preposition(reading, at, start)))
                    end += 1
                at = end
                continue
            chunk = self._at(at, start, stop) if office is None or self._opens(at) else None
            if chunk is None:
                at += 1
                continue
            found.append(_joined(reading, chunk, found))
            at = chunk.last + 1

    def _next_from(self, at: int) -> int:
        """The first unit from ``at`` on where an office or a chunk can begin in any stretch, or the end of the article: at half of all units none can."""
        return next((k for k in range(at, len(self.reading.units)) if k in self.offices or self._opens(k)), len(self.reading.units))

    def _opens(self, at: int) -> bool:
        """Whether a chunk can begin at unit ``at`` in any stretch."""
        unit = self.reading.units[at]
        return unit.name is not None or unit.low in STAND_FOR_SOMEBODY or _may_open(self.reading, at)

    def _at(self, at: int, start: int, stop: int) -> Chunk | None:
        """The chunk at unit ``at``: looked for anew only where the stretch ends inside what was looked at. Where the stretch begins
        there, a preposition before it is outside."""
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = _chunk_at(self.reading, at, at - 1, self.reading.around(at)[1])
        chunk, seen = known
        if seen > stop:
            return _chunk_at(self.reading, at, start, stop)[0]
        return chunk._replace(before="") if chunk is not None and at == start and chunk.before else chunk


def _preposition(reading: Reading, at: int, start: int) -> str:
    """The preposition before unit ``at``, or ""; `lebih dari` is none."""
    before = reading.low(at - 1) if at > start else ""
    if before not in group("prepositions") or (before == "dari" and reading.low(at - 2) in {"lebih", "kurang"}):
        return ""
    return before


def _joined(reading: Reading, chunk: Chunk, found: list[Chunk]) -> Chunk:
    """A chunk that a comma or `dan` joins to one of its kind shares that one's preposition: `di Pati, Jawa Tengah`."""
    if not found or chunk.before or chunk.first - found[-1].last != 2 or not found[-1].before:
        return chunk
    link = reading.low(chunk.first - 1)
    if link == "dan" or (link == "," and chunk.type == found[-1].type == "LOC"):
        return chunk._replace(before=found[-1].before)
    return chunk


def _chunk_at(reading: Reading, at: int, start: int, stop: int) -> tuple[Chunk | None, int]:
    """The chunk that begins at unit ``at`` of a stretch, where one may, if one does, and the first unit that was not looked at for it."""
    unit = reading.units[at]
    if unit.name is not None:
        return Chunk(at, at, unit.span, unit.name.entity or None, unit.name.type, True, _preposition(reading, at, start)), at + 1
    if unit.low in STAND_FOR_SOMEBODY:
        return Chunk(at, at, unit.span, None, None, True, _preposition(reading, at, start)), at + 1
    preposition = _preposition(reading, at, start)
    last, agent, inner, cursor = at, unit.low in words("agents"), None, at
    for cursor in range(at + 1, min(stop, at + _LONGEST)):
        nxt = reading.units[cursor]
        if nxt.low in _POINTERS:
            last = cursor
            break
        if inner is not None:
            break
        if nxt.name is not None:
            if nxt.name.type == "PER" and unit.low not in group("groups around a person"):
                return None, cursor + 1
            inner, last = nxt.name, cursor
            if cursor == at + 1 and unit.low in group("kinds of place" if nxt.name.type == "LOC" else "kinds of body"):
                # The head only says what kind of thing the name is: `kelompok Barisan Merah` is Barisan Merah.
                return Chunk(at, cursor, nxt.span, nxt.name.entity or None, nxt.name.type, True, preposition), cursor + 1
            continue
        if nxt.kind not in {"word", "number"} or _is_no_noun(nxt.low):
            break
        agent = agent or nxt.low in words("agents")
        last = cursor
    if unit.kind == "number" and last == at:
        return None, cursor + 1
    chunk = Chunk(at, last, reading.span(at, last + 1), None, None, agent, preposition, inner)
    return _meant(reading, chunk), cursor + 1


def _may_open(reading: Reading, at: int) -> bool:
    """Whether a noun phrase can start at unit ``at``."""
    unit = reading.units[at]
    if unit.kind not in {"word", "number"} or _is_no_noun(unit.low):
        return False
    opens = at == reading.around(at)[0]
    if opens and unit.low.endswith("nya"):
        return False  # `Pasalnya`, `Tentunya`, `Rencananya` open a sentence; they take no part in it.
    return unit.low not in words("ranks") or unit.low in words("agents")


def _meant(reading: Reading, chunk: Chunk) -> Chunk:
    """A description that points back (`kelompok ini`, `kader partai itu`) as the name it means, where one fits."""
    head = reading.low(chunk.first)
    if chunk.type is not None or chunk.first == chunk.last or reading.low(chunk.last) not in _POINTERS:
        return chunk
    if not (chunk.agent or head in group("kinds of place") or head in group("kinds of body")):
        return chunk
    wanted: tuple[EntityType, ...] = ("ORG",) if head in group("kinds of body") else ("LOC",) if head in group("kinds of place") else ("PER",)
    if head in group("groups around a person") or head in group("many") or reading.units[chunk.first].kind == "number":
        return chunk
    name = name_before(reading, chunk.first, wanted)
    if name is None:
        return chunk
    return Chunk(chunk.first, chunk.last, chunk.span, name.entity or None, name.type, True, chunk.before)


def name_before(reading: Reading, at: int, wanted: tuple[EntityType, ...]) -> Mention | None:
    """The nearest name of a wanted type before unit ``at``, not further than a few sentences back."""
    for cursor in range(at - 1, max(-1, at - 120), -1):
        name = reading.units[cursor].name
        if name is not None and name.type in wanted:
            return name
    return None
