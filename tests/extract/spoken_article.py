"""Articles with their names marked, as tests of who says what write them, and the attributions read of them as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from telusur.analyse.quotes import find_quotations
from telusur.analyse.sentences import find_sentences
from telusur.extract.attributions import find_attributions
from telusur.model.claim import Attribution
from telusur.model.document import Article, Block, BlockKind, Document, Hints, Source
from telusur.model.layers import Entity, EntityType, Mention, Time
from telusur.model.signals import Signals
from telusur.model.span import Span

_MARKUP = re.compile(r"\[([^|\]]+)\|(PER|ORG|LOC|T)(\d*)\]")


@dataclass(frozen=True)
class Case:
    """An article with its names marked: ``[Rini Astuti|PER1]`` is a person, number 1; ``[kemarin|T]`` a time."""

    document: Document
    mentions: tuple[Mention, ...]
    times: tuple[Time, ...]

    def read(self, signals: Signals | None = None) -> tuple[Attribution, ...]:
        entities = tuple({m.entity: Entity(m.entity, m.type, "") for m in self.mentions}.values())
        return find_attributions(
            self.document,
            find_sentences(self.document),
            self.mentions,
            entities,
            self.times,
            find_quotations(self.document),
            signals or Signals(),
        )

    def place(self, words: str, after: int = 0) -> Span:
        start = self.document.text.index(words, after)
        return Span(start, start + len(words))


def case(*paragraphs: str) -> Case:
    """Paragraphs with marked names; one that begins with ``# `` is the title."""
    text, blocks = "", list[Block]()
    mentions, times = list[Mention](), list[Time]()
    for paragraph in paragraphs:
        kind: BlockKind = "title" if paragraph.startswith("# ") else "paragraph"
        text += "\n\n" if text else ""
        start, at = len(text), 0
        paragraph = paragraph.removeprefix("# ")
        for mark in _MARKUP.finditer(paragraph):
            text += paragraph[at : mark.start()]
            span = Span(len(text), len(text) + len(mark[1]))
            text, at = text + mark[1], mark.end()
            if mark[2] == "T":
                times.append(Time(f"t{len(times)}", span, "DATE", ""))
            else:
                mentions.append(Mention(f"m{len(mentions)}", span, cast(EntityType, mark[2]), f"{mark[2]}{mark[3]}"))
        text += paragraph[at:]
        blocks.append(Block(kind, Span(start, len(text))))
    document = Document(Source(b"", "text/plain", "0" * 64), Hints(), text, tuple(blocks), Article())
    return Case(document, tuple(mentions), tuple(times))


def told(one: Case, attributions: tuple[Attribution, ...]) -> list[tuple[str, str | None, str, tuple[str, ...]]]:
    """Style, cue, speaker and contents of each, as text; a speaker who is described as ``Menkes = Rini``."""
    text = one.document.text
    named = {m.span for m in one.mentions}
    first: dict[str | None, str] = {}
    for mention in one.mentions:
        first.setdefault(mention.entity, mention.span.of(text))

    def who(a: Attribution) -> str:
        words = a.speaker.span.of(text)
        return words if a.speaker.span in named or a.speaker.entity is None else f"{words} = {first[a.speaker.entity]}"

    return [
        (a.style, a.cue.of(text) if a.cue else None, who(a), tuple(c.of(text) for c in a.content))
        for a in attributions
    ]
