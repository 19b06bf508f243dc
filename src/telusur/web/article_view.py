"""One article for the reading view: its text in pieces with all marks that lie over each, its records beside it.

Comes in: a record as it stands in the archive. Goes out: plain values for the template; nothing here is HTML. Whatever an article
holds, a page of it is bounded: its text comes in parts, a part shows so many records, a piece carries so many marks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ..export.digest import Digest, Statement, Told, digest
from ..export.json import from_json
from ..export.stance import of_claim, of_statement
from ..export.wording import Wording, clean, shorten
from ..model.claim import Attribution, Claim
from ..model.document import Block
from ..model.span import Span

PART = 16_000
"""Characters of text on one page; an ordinary article has two to six thousand."""

MOST_CARDS = 110
"""Records beside one part, those within others among them; an ordinary article has thirty to sixty."""

MOST_WITHIN = 8
MOST_MARKS = 800
MOST_LAYERS = 5
"""Records whose number one piece of text carries; kinds of names and times come besides."""

LONGEST_SAID = 220
SKIPPED = ("chrome", "related")
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
    """A block of the text as it is shown; blocks that are not the article's come together as one of kind ``skipped``."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    skipped: tuple[tuple[Piece, ...], ...] = ()


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
    """A record beside the text. ``claims`` are told on this statement's word."""

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


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text that makes one page."""

    number: int
    start: int
    end: int


@dataclass(slots=True)
class Mark:
    """A class laid over a stretch."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What the template shows of one part of an article."""

    digest: Digest
    parts: tuple[Part, ...]
    part: Part
    blocks: tuple[Shown, ...]
    said: tuple[Card, ...]
    told: tuple[Card, ...]
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


def view_article(record: Mapping[str, object], words: Wording, *, part: int | None = None, at: tuple[int, int] | None = None) -> ArticleView:
    """One part of an article.

    Args:
        record: in its published form.
        words: the reader's language.
        part: which part, from 1; the one that holds ``at`` where it is None.
        at: a stretch of the text to ring.
    """
    told = digest(from_json(record))
    text = told.record.text
    parts = parts_of(told.record.document.blocks, len(text))
    if part is None:
        part = next((p.number for p in parts if at and p.start <= at[0] < p.end), 1)
    chosen = parts[min(max(part, 1), len(parts)) - 1]
    return _Builder(told, words, parts, chosen, at).build()


def parts_of(blocks: Sequence[Block], length: int) -> tuple[Part, ...]:
    """The text cut between blocks into parts of about `PART` characters; a block that is longer is cut too."""
    parts: list[Part] = []
    start = at = 0
    for block in sorted(blocks, key=lambda block: block.span.start):
        if block.span.end - start > PART and at - start > PART // 2:
            parts.append(Part(len(parts) + 1, start, at))
            start = at
        at = max(at, block.span.end)
        while at - start > 2 * PART:
            parts.append(Part(len(parts) + 1, start, start + PART))
            start += PART
    return (*parts, Part(len(parts) + 1, start, max(length, start + 1)))


@dataclass(slots=True)
class _Builder:
    digest: Digest
    words: Wording
    parts: tuple[Part, ...]
    part: Part
    at: tuple[int, int] | None
    marks: list[Mark] = field(default_factory=list)
    notes: dict[int, list[Note]] = field(default_factory=lambda: defaultdict(list))
    left: int = MOST_CARDS

    def build(self) -> ArticleView:
        said, told, left = self._cards()
        self._mark_names()
        if self.at:
            self.marks.append(Mark(self.at[0], self.at[1], "ring"))
        return ArticleView(self.digest, self.parts, self.part, tuple(self._blocks()), said, told, left, self._names())

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
        return shown, told_, len(said) + len(free) - len(shown) - len(told_)

    def _within_bounds(self, make: Callable[[], Card]) -> Card | None:
        """A card, as long as a page has room for another."""
        if self.left <= 0:
            return None
        self.left -= 1
        return make()

    def _statement(self, statement: Statement, by_claim: Mapping[str, Told]) -> Card:
        attribution, text = statement.attribution, self.digest.record.text
        number, key = str(statement.number), saying_key(attribution)
        chain = self._chain(attribution)
        for span in (*attribution.content, *statement.also):
            self._lay(span, "said", f"m{number}")
        self._note(attribution.content[-1].end, number, key, False, chain)
        inner = [by_claim[c.id] for c in statement.claims if c.id in by_claim][: min(MOST_WITHIN, self.left)]
        self.left -= len(inner)
        claims = tuple(self._claim(f"{number}{_letter(n)}", t, within=True) for n, t in enumerate(inner))
        words = shorten(" … ".join(clean(s.of(text)) for s in attribution.content).rstrip(","), LONGEST_SAID)
        return Card(
            number, key, "attributions", self.words.say(f"view.{attribution.style}"), words, attribution.style == "direct",
            tuple(of_statement(statement, text, self.words)), chain, (), "", "",
            tuple((s.start, s.end) for s in (statement.span, *statement.also)), attribution.review, attribution.confidence.get("speaker"), claims,
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
        """Role, name, entity: each party once in a role."""
        found: dict[tuple[str, str], str] = {}
        for participant in claim.participants:
            name = self.digest.entity_name(participant.entity) or self.digest.party(participant)
            found.setdefault((participant.role, name), participant.entity or "")
        return tuple((role, shorten(name, 60), entity) for (role, name), entity in found.items())[:12]

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
        return tuple((e.id, e.type, shorten(clean(e.name), 80), counts[e.id]) for e in ordered[:80])

    # --- the text ---

    def _blocks(self) -> list[Shown]:
        shown: list[Shown] = []
        skipped: list[tuple[Piece, ...]] = []
        cutter = _Cutter(self.digest.record.text, self.marks[:MOST_MARKS] + self.marks[-1:], self.notes, self.at)
        title = next((b for b in self.digest.record.document.blocks if b.kind == "title"), None)
        for block in sorted(self.digest.record.document.blocks, key=lambda block: block.span.start):
            start, end = max(block.span.start, self.part.start), min(block.span.end, self.part.end)
            if start >= end:
                continue
            if block.kind in SKIPPED:
                if len(skipped) < 60:
                    skipped.append((Piece(shorten(clean(self.digest.record.text[start:end]), 300), ""),))
                continue
            if skipped:
                shown.append(Shown("skipped", skipped=tuple(skipped)))
                skipped = []
            kind = "again" if block.kind == "title" and block is not title else block.kind
            shown.append(Shown(kind, tuple(cutter.cut(start, end))))
        return [*shown, Shown("skipped", skipped=tuple(skipped))] if skipped else shown


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


def _letter(number: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[number % 26]
