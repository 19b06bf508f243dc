"""A record arranged for a reader: statements with their chains, events by time, states by kind.

Comes in: a `Record`. Goes out: a `Digest`, in no language yet; `report` and `reading` put it into words.
Nothing is added to what the record says: texts are cut from the article, never composed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ..model.claim import EVENT_TYPES, STATE_TYPES, Attribution, ChainLink, Claim, Participant
from ..model.layers import Time
from ..model.record import Record
from ..model.span import Span
from .wording import clean

LONGEST_EXCERPT = 110
_SHORT_EXCERPT, _STRETCH = 24, 44
_GAP = 28


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution, numbered for people. ``also`` are other places that lay the same words in the same mouth."""

    number: int
    attribution: Attribution
    claims: tuple[Claim, ...]
    also: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        """From the first to the last character of its content."""
        return Span(self.attribution.content[0].start, self.attribution.content[-1].end)


@dataclass(frozen=True, slots=True)
class Branch:
    """Chains that share all but their first link: where the words come from, and the hands they passed through.

    ``heads`` are the first links with the numbers of the statements that start there.
    """

    heads: tuple[tuple[ChainLink, tuple[int, ...]], ...]
    tail: tuple[ChainLink, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One claim with what a line about it needs."""

    claim: Claim
    excerpt: str
    time: Time | None
    statement: Statement | None
    headline: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """A record arranged for a reader. All tuples in reading order but ``events``, which runs by time."""

    record: Record
    statements: tuple[Statement, ...]
    branches: tuple[Branch, ...]
    events: tuple[Told, ...]
    states: tuple[tuple[str, tuple[Told, ...]], ...]
    offices: dict[str, str]
    names: dict[str, str]

    def name(self, link: ChainLink) -> str:
        """Who a link is: the entity's fullest name, or the description as it stands in the text."""
        return self.entity_name(link.entity) or clean(link.span.of(self.record.text))

    def entity_name(self, key: str | None) -> str:
        return self.names.get(key or "", "")

    def is_page(self, link: ChainLink) -> bool:
        """Whether a link is the outlet itself: told to it, or quoted by its own name."""
        publisher = self.record.document.article.publisher
        return publisher is not None and clean(publisher).casefold() == self.name(link).casefold()

    def party(self, participant: Participant) -> str:
        """A participant in the words of the text, or its name where a pronoun was resolved to a far one."""
        return clean(participant.span.of(self.record.text))


def digest(record: Record) -> Digest:
    """Arranges a record for a reader."""
    statements = _statements(record)
    by_attribution = _owners(record, statements)
    times = {t.id: t for t in record.times}
    names = {e.id: clean(e.name) for e in record.entities}
    finder = _Finder(record, names)
    told = [
        Told(
            claim=claim,
            excerpt=finder.excerpt(claim),
            time=times.get(claim.time or ""),
            statement=by_attribution.get(claim.according_to or ""),
            headline=finder.is_headline(claim.trigger),
        )
        for claim in record.claims
    ]
    return Digest(
        record=record,
        statements=statements,
        branches=_branches(statements, record.text),
        events=tuple(sorted((t for t in told if t.claim.type in EVENT_TYPES), key=_by_time)),
        states=tuple(
            (kind, rows)
            for kind in STATE_TYPES
            if (rows := tuple(_unlike(t for t in told if t.claim.type == kind)))
        ),
        offices=_offices(record),
        names=names,
    )


def _words(attribution: Attribution, text: str) -> str:
    """The content for comparison: case and outer punctuation do not matter."""
    return " ".join(clean(s.of(text)) for s in attribution.content).casefold().strip(" .,;:!?\"'“”‘’")


def _statements(record: Record) -> tuple[Statement, ...]:
    """Attributions in text order; the same words in the same mouth once, where their chain is told best."""
    groups: dict[tuple[str, str], list[Attribution]] = {}
    for attribution in record.attributions:
        mouth = attribution.speaker.entity or clean(attribution.speaker.span.of(record.text)).casefold()
        groups.setdefault((mouth, _words(attribution, record.text)), []).append(attribution)
    kept: list[tuple[Attribution, list[Attribution]]] = []
    for same in groups.values():
        best = max(same, key=lambda a: (len(a.chain), a.content[0].start))
        kept.append((best, [a for a in same if a is not best]))
    kept.sort(key=lambda pair: pair[0].content[0])
    claims_of: dict[str | None, list[Claim]] = {}
    for claim in record.claims:
        claims_of.setdefault(claim.according_to, []).append(claim)
    out = []
    for number, (best, others) in enumerate(kept, 1):
        claims = [claim for a in (best, *others) for claim in claims_of.get(a.id, ())]
        also = tuple(Span(a.content[0].start, a.content[-1].end) for a in others)
        out.append(Statement(number, best, tuple(sorted(claims, key=lambda c: c.trigger)), also))
    return tuple(out)


def _owners(record: Record, statements: tuple[Statement, ...]) -> dict[str, Statement]:
    """The statement that stands for each attribution, also for those that repeat another."""
    out = {s.attribution.id: s for s in statements}
    starts = {(span.start, span.end): s for s in statements for span in s.also}
    for attribution in record.attributions:
        whole = (attribution.content[0].start, attribution.content[-1].end)
        if attribution.id not in out and whole in starts:
            out[attribution.id] = starts[whole]
    return out


def _branches(statements: tuple[Statement, ...], text: str) -> tuple[Branch, ...]:
    """Statements by the way their words came, the longest ways first."""

    def key(link: ChainLink) -> tuple[str, str, str]:
        return link.role, link.entity or clean(link.span.of(text)).casefold(), link.stated

    tails: dict[tuple[object, ...], dict[tuple[object, ...], tuple[ChainLink, list[int]]]] = {}
    links: dict[tuple[object, ...], tuple[ChainLink, ...]] = {}
    for statement in statements:
        head, *rest = statement.attribution.chain
        tail = tuple(key(link) for link in rest)
        links.setdefault(tail, tuple(rest))
        tails.setdefault(tail, {}).setdefault(key(head), (head, []))[1].append(statement.number)
    order = sorted(tails, key=lambda tail: -len(tail))
    return tuple(
        Branch(tuple((head, tuple(numbers)) for head, numbers in tails[tail].values()), links[tail])
        for tail in order
    )


def _offices(record: Record) -> dict[str, str]:
    """What the article calls each person, from the states it tells: ``Wakil Presiden Irak``."""
    out: dict[str, str] = {}
    for claim in record.claims:
        if claim.type not in ("holds-office", "leads") or claim.polarity != "positive" or claim.tense != "present":
            continue
        actor = next((p for p in claim.participants if p.role == "actor" and p.entity), None)
        if actor is None or actor.entity is None or claim.certainty != "certain":
            continue
        body = next((p for p in claim.participants if p.role == "recipient"), None)
        office = clean(claim.trigger.of(record.text))
        if body:
            office = f"{office} {clean(body.span.of(record.text))}"
        out.setdefault(actor.entity, office)
    return out


def _by_time(told: Told) -> tuple[int, str, int]:
    """Dated ones by date, then what goes on now, then the undated in text order."""
    value = (told.time.from_ or told.time.value) if told.time else ""
    if value[:1].isdigit():
        return 0, value, told.claim.trigger.start
    return (1 if value == "PRESENT_REF" else 2), "", told.claim.trigger.start


def _unlike(rows: Iterable[Told]) -> list[Told]:
    """States without those that say the same again: same type, same parties, same stance."""
    out: dict[tuple[object, ...], Told] = {}
    for told in rows:
        claim = told.claim
        parties = frozenset((p.role, p.entity or p.span) for p in claim.participants)
        statement = told.statement.number if told.statement else None
        mark = (parties, claim.certainty, claim.polarity, claim.tense, statement, claim.time)
        out.setdefault(mark, told)
    return list(out.values())


class _Finder:
    """Finds the sentence round a claim, and cuts out of it the words that tell the claim."""

    def __init__(self, record: Record, names: dict[str, str]) -> None:
        self.text, self.names = record.text, names
        self.blocks = record.document.blocks
        self.block_starts = [b.span.start for b in self.blocks]
        self.sentences = sorted(s.span for s in record.sentences)
        self.sentence_starts = [s.start for s in self.sentences]

    def _block(self, span: Span) -> int:
        """The index of the block that a span starts in, -1 where none."""
        at = bisect_right(self.block_starts, span.start) - 1
        return at if at >= 0 and span.start < self.blocks[at].span.end else -1

    def is_headline(self, span: Span) -> bool:
        at = self._block(span)
        return at >= 0 and self.blocks[at].kind == "title"

    def _bounds(self, span: Span) -> Span:
        """The sentence of a span; its block, or the span itself, where sentences are not known."""
        at = bisect_right(self.sentence_starts, span.start) - 1
        if at >= 0 and span.start < self.sentences[at].end:
            return self.sentences[at]
        at = self._block(span)
        return self.blocks[at].span if at >= 0 else span

    def excerpt(self, claim: Claim) -> str:
        """The words that tell the claim; far apart, they are joined by an ellipsis; far parties stand in brackets."""
        bounds = self._bounds(claim.trigger)
        parties = [p for p in claim.participants if p.role != "place"]
        near = [p.span for p in parties if bounds.covers(p.span)]
        far = [p for p in parties if not bounds.covers(p.span)]
        spans = sorted({claim.trigger, *near})
        whole = Span(spans[0].start, max(s.end for s in spans))
        if len(whole) <= LONGEST_EXCERPT:
            body = clean(self._stretched(whole, bounds))
        else:
            body = clean(self._pieces(spans))
        names = [self.names.get(p.entity or "") or clean(p.span.of(self.text)) for p in far]
        return f"[{', '.join(names)}] {body}" if names else body

    def _stretched(self, span: Span, bounds: Span) -> str:
        """A very short excerpt with the words that follow it, up to the next comma."""
        if len(span) >= _SHORT_EXCERPT:
            return span.of(self.text)
        rest = self.text[span.end : min(bounds.end, span.end + _STRETCH)]
        stop = min((i for i, ch in enumerate(rest) if ch in ",.;:()\n\"“”"), default=len(rest))
        rest = rest[:stop]
        if stop == _STRETCH and " " in rest:
            rest = rest.rpartition(" ")[0] + " …"
        return span.of(self.text) + rest

    def _pieces(self, spans: list[Span]) -> str:
        out, last = "", None
        for span in spans:
            if last is not None and span.start < last:
                if span.end > last:
                    out, last = out + self.text[last : span.end], span.end
                continue
            if last is not None:
                gap = self.text[last : span.start]
                out += gap if len(gap) <= _GAP else " … "
            out, last = out + span.of(self.text), span.end
        return out
