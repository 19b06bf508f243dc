"""One article for the reading view: its text in pieces with all marks that lie over each, its records beside it.

Comes in: a record as it stands in the archive. Goes out: plain values for the template; nothing here is HTML. Whatever an article
holds, a page of it is bounded: its text comes in parts, a part shows so many records, a piece carries so many marks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from ..export.digest import Digest, Statement, Told, digest
from ..export.json import from_json
from ..export.stance import of_claim, of_statement
from ..export.wording import Wording, clean, shorten
from ..model.claim import Attribution, Claim
from ..model.span import Span
from .article_parts import ROOM, SKIPPED, Part, parts_of, written

LEAST_ROOM = 15_000
"""Bytes for records beside a part, however much its text takes."""

MOST_WITHIN = 8
MOST_NAMES, MOST_NAME_BYTES = 80, 8000
MOST_SKIPPED_BYTES = 6000
MOST_LAYERS = 5
"""Records whose number one piece of text carries; kinds of names and times come besides."""

LONGEST_SAID = 220
KINDS = ("per", "org", "loc", "time", "said", "trigger", "ring")


@dataclass(frozen=True, slots=True)
class Note:
    """A number put in after a piece of text: it leads to a card."""

    number: str
    key: str
    is_claim: bool
    chain: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that lie under the same marks. ``classes`` is empty where none lie over them; ``anchor`` is what links call it."""

    text: str
    classes: str
    notes: tuple[Note, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of the text as it is shown; blocks that are not the article's come together as one of kind ``skipped``, of which ``more`` are
    not shown."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    skipped: tuple[tuple[Piece, ...], ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Hand:
    """One hand of a chain: its name, whose page it has, and whether the text writes it."""

    name: str
    role: str
    entity: str
    named: bool
    inferred: bool
    evidence: str
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A record beside the text. ``claims`` are told on this statement's word, and so are ``more`` that are not shown."""

    number: str
    key: str
    layer: str
    kind: str
    title: str
    quoted: bool
    stances: tuple[tuple[str, str], ...]
    chain: tuple[Hand, ...]
    parties: tuple[tuple[str, str, str], ...]
    when: str
    extra: str
    spans: tuple[tuple[int, int], ...]
    review: str
    confidence: float | None
    claims: tuple[Card, ...] = ()
    more: int = 0


@dataclass(slots=True)
class Mark:
    """A class laid over a stretch."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What the template shows of one part of an article. ``first``: how many records that belong to it were passed over; ``left_out``: how many
    come behind those that are shown."""

    digest: Digest
    parts: tuple[Part, ...]
    part: Part
    blocks: tuple[Shown, ...]
    said: tuple[Card, ...]
    told: tuple[Card, ...]
    first: int
    left_out: int
    names: tuple[tuple[str, str, str, int], ...]
    """Entity, type, name, how often it is mentioned."""


def claim_key(claim: Claim) -> str:
    return f"c{claim.trigger.start}-{claim.trigger.end}"


def saying_key(attribution: Attribution) -> str:
    return f"a{attribution.content[0].start}-{attribution.content[-1].end}-{attribution.speaker.span.start}"


def key_range(key: str) -> tuple[int, int] | None:
    """The stretch that an item's key names: ``c499-511``, ``a478-617-620``, ``499-511``."""
    numbers = key.lstrip("acmte").split("-")
    if not 2 <= len(numbers) <= 3 or not all(n.isascii() and n.isdigit() and len(n) < 12 for n in numbers):
        return None
    start, end = int(numbers[0]), int(numbers[1])
    return (start, end) if start < end else None


def view_article(record: Mapping[str, object], words: Wording, *, part: int | None = None, at: tuple[int, int] | None = None, first: int = 0) -> ArticleView:
    """One part of an article.

    Args:
        record: in its published form.
        words: the reader's language.
        part: which part, from 1; the one that holds ``at`` where it is None.
        at: a stretch of the text to ring.
        first: how many of the records beside the part to pass over: those that the page before showed.
    """
    told = digest(from_json(record))
    parts = parts_of(told.record.text, told.record.document.blocks, _marked(told), _begins(told))
    if part is None:
        part = next((p.number for p in parts if at and p.start <= at[0] < p.end), 1)
    chosen = parts[min(max(part, 1), len(parts)) - 1]
    return _Builder(told, words, parts, chosen, at, first).build()


def _marked(told: Digest) -> list[Span]:
    """All that is marked."""
    record = told.record
    spans = [*(mention.span for mention in record.mentions), *(time.span for time in record.times)]
    spans += [span for attribution in record.attributions for span in attribution.content]
    return spans + [span for claim in record.claims for span in (claim.trigger, *(participant.span for participant in claim.participants))]


def _begins(told: Digest) -> list[int]:
    """Where each record begins that stands beside the text."""
    return [*(attribution.content[0].start for attribution in told.record.attributions), *(claim.trigger.start for claim in told.record.claims)]


@dataclass(slots=True)
class _Builder:
    digest: Digest
    words: Wording
    parts: tuple[Part, ...]
    part: Part
    at: tuple[int, int] | None
    first: int
    marks: list[Mark] = field(default_factory=list)
    notes: dict[int, list[Note]] = field(default_factory=lambda: defaultdict(list))
    room: int = 0
    passed: int = 0

    def build(self) -> ArticleView:
        self.room = max(LEAST_ROOM, ROOM - self.part.bytes)
        said, told, left = self._cards()
        self._mark_names()
        if self.at:
            self.marks.append(Mark(self.at[0], self.at[1], "ring"))
        return ArticleView(self.digest, self.parts, self.part, tuple(self._blocks()), said, told, self.first, left, self._names())

    def _inside(self, span: Span) -> bool:
        return span.start < self.part.end and span.end > self.part.start

    # --- cards ---

    def _cards(self) -> tuple[tuple[Card, ...], tuple[Card, ...], int]:
        told = [*self.digest.events, *(t for _, rows in self.digest.states for t in rows)]
        by_claim = {t.claim.id: t for t in told}
        own = sorted((t for t in told if t.statement is None), key=lambda t: t.claim.trigger)
        first = len(self.digest.statements) + 1
        said = [s for s in self.digest.statements if self._inside(s.span)]
        free = [(n, t) for n, t in enumerate(own, first) if self._inside(t.claim.trigger)]
        shown = tuple(card for s in said if (card := self._within_bounds(lambda s=s: self._statement(s, by_claim))))  # type: ignore[misc]
        told_ = tuple(card for n, t in free if (card := self._within_bounds(lambda n=n, t=t: self._claim(str(n), t))))  # type: ignore[misc]
        return shown, told_, len(said) + len(free) - min(self.passed, self.first) - len(shown) - len(told_)

    def _within_bounds(self, make: Callable[[], Card]) -> Card | None:
        """A card, behind those that are passed over, as long as a page has room for another."""
        self.passed += 1
        if self.passed <= self.first or self.room <= 0:
            return None
        card = make()
        self.room -= _bytes(card)
        return card

    def _statement(self, statement: Statement, by_claim: Mapping[str, Told]) -> Card:
        attribution, text = statement.attribution, self.digest.record.text
        number, key = str(statement.number), saying_key(attribution)
        chain = self._chain(attribution)
        for span in (*attribution.content, *statement.also):
            self._lay(span, "said", f"m{number}")
        self._note(attribution.content[-1].end, number, key, False, chain)
        inner = [by_claim[c.id] for c in statement.claims if c.id in by_claim]
        claims: list[Card] = []
        for t in inner[:MOST_WITHIN]:
            if self.room > 0:
                claims.append(self._claim(f"{number}{_letter(len(claims))}", t, within=True))
                self.room -= _bytes(claims[-1])
        words = shorten(" … ".join(clean(s.of(text)) for s in attribution.content).rstrip(","), LONGEST_SAID)
        return Card(
            number, key, "attributions", self.words.say(f"view.{attribution.style}"), words, attribution.style == "direct",
            tuple(of_statement(statement, text, self.words)), chain, (), "", "",
            tuple((s.start, s.end) for s in (statement.span, *statement.also)), attribution.review, attribution.confidence.get("speaker"), tuple(claims), len(inner) - len(claims),
        )  # fmt: skip

    def _claim(self, number: str, told: Told, within: bool = False) -> Card:
        claim, text = told.claim, self.digest.record.text
        self._lay(claim.trigger, "trigger", f"m{number}")
        for participant in claim.participants:
            self._lay(participant.span, f"m{number}")
        chain = () if within or told.statement is None else self._chain(told.statement.attribution)
        if not within:
            self._note(claim.trigger.end, number, claim_key(claim), True, chain)
        is_state = any(kind == claim.type for kind, _ in self.digest.states)
        kind = f"{self.words.say('view.state' if is_state else 'view.event')}: {self.words.verb(claim.type)}"
        when = self.words.when(told.time, told.time.span.of(text)) if told.time else ""
        extra = [self.words.casualties(claim.casualties), self.words.say("event.headline") if told.headline else ""]
        return Card(
            number, claim_key(claim), "claims", kind, told.excerpt, False, (of_claim(told, text, self.words),), chain, self._parties(claim), when,
            " · ".join(part for part in extra if part), ((claim.trigger.start, claim.trigger.end),), claim.review, claim.confidence.get("type"),
        )  # fmt: skip

    def _parties(self, claim: Claim) -> tuple[tuple[str, str, str], ...]:
        """What stands before it, name, entity: each party once in a role."""
        found: dict[tuple[str, str], str] = {}
        for participant in claim.participants:
            name = self.digest.entity_name(participant.entity) or self.digest.party(participant)
            found.setdefault((participant.role, name), participant.entity or "")
        return tuple((self.words.part(role, claim.type), shorten(name, 60), entity) for (role, name), entity in found.items())[:12]

    def _chain(self, attribution: Attribution) -> tuple[Hand, ...]:
        hands = []
        for link in attribution.chain:
            evidence = shorten(clean(link.evidence.of(self.digest.record.text)), 80) if link.evidence and link.role != "speaker" else ""
            hands.append(Hand(shorten(self.digest.name(link), 60), link.role, link.entity or "", bool(link.entity), link.stated == "inferred", evidence, self.digest.is_page(link)))
        publisher = self.digest.record.document.article.publisher
        if not hands[-1].is_page:
            hands.append(Hand(clean(publisher or "") or self.words.say("word.page.unnamed"), "page", "", True, False, "", True))
        return tuple(hands)

    # --- marks ---

    def _lay(self, span: Span, *names: str) -> None:
        if self._inside(span):
            self.marks += [Mark(span.start, span.end, name) for name in names]

    def _note(self, at: int, number: str, key: str, is_claim: bool, chain: Sequence[Hand]) -> None:
        if self.part.start < at <= self.part.end:
            told = shorten(" → ".join(hand.name for hand in chain), 160)
            self.notes[at].append(Note(number, key, is_claim, told))

    def _mark_names(self) -> None:
        for mention in self.digest.record.mentions:
            self._lay(mention.span, mention.type.casefold())
        for time in self.digest.record.times:
            self._lay(time.span, "time")

    def _names(self) -> tuple[tuple[str, str, str, int], ...]:
        counts = Counter(mention.entity for mention in self.digest.record.mentions)
        ordered = sorted(self.digest.record.entities, key=lambda e: (-counts[e.id], e.name))
        names = [(e.id, e.type, shorten(clean(e.name), 80), counts[e.id]) for e in ordered[:MOST_NAMES]]
        ends = accumulate(written(name) + 100 for _, _, name, _ in names)
        return tuple(name for name, end in zip(names, ends, strict=True) if end <= MOST_NAME_BYTES)

    # --- the text ---

    def _blocks(self) -> list[Shown]:
        shown: list[Shown] = []
        skipped: list[tuple[Piece, ...]] = []
        more, room = 0, MOST_SKIPPED_BYTES
        cutter = _Cutter(self.digest.record.text, self.marks, self.notes, self.at)
        title = next((b for b in self.digest.record.document.blocks if b.kind == "title"), None)
        for block in sorted(self.digest.record.document.blocks, key=lambda block: block.span.start):
            start, end = max(block.span.start, self.part.start), min(block.span.end, self.part.end)
            if start >= end:
                continue
            if block.kind in SKIPPED:
                told = shorten(clean(self.digest.record.text[start : start + 2000]), 300)
                room -= written(told)
                if room > 0 or not skipped:
                    skipped.append((Piece(told, ""),))
                else:
                    more += 1
                continue
            if skipped:
                shown.append(Shown("skipped", skipped=tuple(skipped), more=more))
                skipped, more = [], 0
            kind = "again" if block.kind == "title" and block is not title else block.kind
            shown.append(Shown(kind, tuple(cutter.cut(start, end))))
        return [*shown, Shown("skipped", skipped=tuple(skipped), more=more)] if skipped else shown


class _Cutter:
    """Cuts stretches of a text at the edges of marks, in reading order."""

    def __init__(self, text: str, marks: Sequence[Mark], notes: Mapping[int, Sequence[Note]], ring: tuple[int, int] | None) -> None:
        self.text, self.notes, self.ring = text, notes, ring
        self.opens: dict[int, list[str]] = defaultdict(list)
        self.closes: dict[int, list[str]] = defaultdict(list)
        for mark in marks:
            self.opens[mark.start].append(mark.name)
            self.closes[mark.end].append(mark.name)
        self.edges = sorted({*self.opens, *self.closes, *notes})
        self.active: Counter[str] = Counter()
        self.at = 0

    def cut(self, start: int, end: int) -> list[Piece]:
        """The pieces of a stretch; stretches must come in order."""
        while self.at < len(self.edges) and self.edges[self.at] <= start:
            self._step(self.edges[self.at])
            self.at += 1
        pieces: list[Piece] = []
        stops = self.edges[self.at : bisect_right(self.edges, end)]
        for stop in [*stops, end] if not stops or stops[-1] != end else stops:
            if start < stop:
                anchor = ""
                if self.ring and start < self.ring[1] and stop > self.ring[0]:
                    anchor, self.ring = "range", None
                pieces.append(Piece(readable(self.text[start:stop]), self._classes(), tuple(self.notes.get(stop, ()))[:8], anchor))
            if self.at < len(self.edges) and self.edges[self.at] == stop:
                self._step(stop)
                self.at += 1
            start = stop
        return pieces

    def _step(self, edge: int) -> None:
        self.active.subtract(self.closes.get(edge, ()))
        self.active.update(self.opens.get(edge, ()))
        for name in [name for name, count in self.active.items() if count <= 0]:
            del self.active[name]

    def _classes(self) -> str:
        kinds = [name for name in KINDS if name in self.active]
        numbers = sorted((name for name in self.active if name not in KINDS), key=lambda name: (len(name), name))[:MOST_LAYERS]
        return " ".join([*kinds, *numbers])


_HIDDEN = {code: "\ufffd" for code in (*range(0x00, 0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF)}
"""Controls and marks of direction: shown as what they are, one sign for each, so that counts of characters hold."""


def readable(text: str) -> str:
    """Text as a page can show it: nothing in it moves or hides anything."""
    return text.translate(_HIDDEN)


def _bytes(card: Card) -> int:
    """How many bytes a card takes on a page, about, without those within it."""
    own = 600 + written(card.title) + 100 * len(card.stances) + sum(90 + written(name) for _, name, _ in card.parties)
    return own + sum(110 + 2 * written(hand.name) + written(hand.evidence) for hand in card.chain)


def _letter(number: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[number % 26]
