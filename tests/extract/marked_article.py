"""Articles for the tests of claims: names, times, triggers and other people's words marked in the text itself.

``[Rini Astuti|PER1]`` is a person, number 1; ``[Selasa|T=2025-06-10]`` a time with its value; ``<<menyerang>>`` the word
under test; ``{Jalan dibuka|PER1}`` what PER1 says. A paragraph that begins with ``# `` is the title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from telusur.analyse.sentences import find_sentences
from telusur.extract.claims import find_claims
from telusur.model.claim import Attribution, ChainLink, Claim
from telusur.model.document import Article, Block, BlockKind, Document, Hints, Source
from telusur.model.layers import Entity, EntityType, Mention, Time
from telusur.model.signals import Argument, Frame, Signals
from telusur.model.span import Span

_MARK = re.compile(r"\[([^|\[\]]+)\|(PER|ORG|LOC|T)(?:=([\w:-]+)|(\d*))\]|<<([^<>]+)>>|(\{)|\|(PER\d+|ORG\d+)\}")


@dataclass(frozen=True)
class Marked:
    """An article as the stages below claims hand it over, and where its marked words stand."""

    document: Document
    mentions: tuple[Mention, ...]
    times: tuple[Time, ...]
    attributions: tuple[Attribution, ...]
    triggers: tuple[Span, ...]

    def claims(self, signals: Signals | None = None) -> tuple[Claim, ...]:
        entities = tuple({m.entity: Entity(m.entity, m.type, "") for m in self.mentions}.values())
        sentences = find_sentences(self.document)
        return find_claims(
            self.document, sentences, self.mentions, entities, self.times, self.attributions, signals or Signals()
        )

    def words(self, span: Span) -> str:
        return span.of(self.document.text)

    def place(self, words: str) -> Span:
        start = self.document.text.index(words)
        return Span(start, start + len(words))

    def framed(
        self,
        kind: str,
        *arguments: Argument,
        score: float = 0.9,
        marks: Mapping[str, Mapping[str, float]] | None = None,
    ) -> tuple[Claim, ...]:
        """The claims where the model saw a frame of type ``kind`` on each marked trigger, and thinks that any time may date it."""
        may_date = tuple(Argument("time", t.span, 0.25) for t in self.times)
        frames = tuple(Frame("claim", kind, t, score, arguments + may_date, marks or {}) for t in self.triggers)
        return self.claims(Signals(frames=frames))

    def people(self, claim: Claim, role: str) -> list[str]:
        return [self.words(p.span) for p in claim.participants if p.role == role]


def marked(*paragraphs: str, published: str | None = "2025-06-12") -> Marked:
    """The article whose paragraphs carry marks as the module says."""
    text, blocks = "", list[Block]()
    mentions, times, triggers = list[Mention](), list[Time](), list[Span]()
    said: list[tuple[Span, str]] = []
    for paragraph in paragraphs:
        kind: BlockKind = "title" if paragraph.startswith("# ") else "paragraph"
        text += "\n\n" if text else ""
        start, at = len(text), 0
        paragraph = paragraph.removeprefix("# ")
        opened: list[int] = []
        for mark in _MARK.finditer(paragraph):
            text += paragraph[at : mark.start()]
            at = mark.end()
            name, what, value, number, trigger, opening, speaker = mark.groups()
            inner = name or trigger or ""
            span = Span(len(text), len(text) + len(inner)) if inner else None
            text += inner
            if opening:
                opened.append(len(text))
            elif speaker:
                said.append((Span(opened.pop(), len(text)), speaker))
            elif trigger and span:
                triggers.append(span)
            elif what == "T" and span:
                times.append(Time(f"t{len(times) + 1}", span, "DATE", value or ""))
            elif span:
                mentions.append(Mention(f"m{len(mentions) + 1}", span, cast(EntityType, what), f"{what}{number}"))
        text += paragraph[at:]
        blocks.append(Block(kind, Span(start, len(text))))
    spoken = tuple(
        Attribution(f"a{n}", "indirect", (span,), None, (ChainLink("speaker", _first(mentions, who), who),))
        for n, (span, who) in enumerate(said, 1)
    )
    source = Source(b"", "text/plain", "0" * 64)
    document = Document(source, Hints(), text, tuple(blocks), Article(published=published))
    return Marked(document, tuple(mentions), tuple(times), spoken, tuple(triggers))


def _first(mentions: list[Mention], entity: str) -> Span:
    return next(m.span for m in mentions if m.entity == entity)
