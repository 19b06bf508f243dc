"""An attribution before its source is resolved, and one sentence while its cues are read.

What the rules for speech and for reported words both give is a `Saying`: content and cue, with the source as it
stands in the text. Who is meant by a source that points back is settled later, in reading order.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from telusur.model.layers import Quotation, Style
from telusur.model.signals import Argument
from telusur.model.span import Span

from .cues import Cue
from .phrases import Source
from .units import Reading

_LOOK_BACK = 8
"""No sentence of a real article nests or joins more sayings than this; looking no further keeps the work linear."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Content and cue, with the source as it stands. ``source`` None: whoever is speaking goes on.

    ``at`` is where the cue stands (where there is none, the content): the order in which readers meet it.
    ``frame`` are the units among which origins and relays are looked for. ``nested``: it stands inside another's content.
    ``heard`` is whom the model takes for the speaker, and how likely; ``passed`` whom it takes for relays, None where it
    did not hear the cue. One that is not ``told`` is too doubtful, and shows only who `dia` may be after it.
    """

    at: int
    sentence: int
    style: Style
    contents: tuple[Span, ...]
    cue: Span | None
    source: Source | None
    frame: tuple[int, int] | None = None
    nested: bool = False
    score: float = 0.6
    heard: tuple[Source, float] | None = None
    passed: tuple[Argument, ...] | None = None
    told: bool = True


def style_of(contents: tuple[Span, ...], quotations: tuple[Quotation, ...]) -> Style:
    """Direct where all the content is quoted, mixed where a part is, else indirect."""
    quoted = 0
    for content in contents:
        at = max(bisect_right(quotations, content.start, key=lambda q: q.span.start) - 1, 0)
        while at < len(quotations) and quotations[at].span.start < content.end:
            quoted += max(0, min(content.end, quotations[at].span.end) - max(content.start, quotations[at].span.start))
            at += 1
    whole = sum(len(c) for c in contents)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= whole - 4 * len(contents) else "mixed"


@dataclass(slots=True)
class Line:
    """One sentence while it is being read: ``free`` are its cues that no quotation took, in order;
    ``sayings`` and ``cues`` what was found so far, ``speech`` the quotations whose cue stands in it."""

    reading: Reading
    number: int
    low: int
    high: int
    title: bool
    quotations: tuple[Quotation, ...]
    free: list[Cue] = field(default_factory=list)
    speech: list[Saying] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)

    def others_speak(self, cue: Cue) -> bool:
        """Whether a cue behind ``cue`` has a speaker of its own."""
        at = bisect_right(self.free, cue.at, key=lambda c: c.at)
        return any(c.row("active", "source") for c in self.free[at : at + _LOOK_BACK])

    def last_before(self, at: int) -> Saying | None:
        """The nearest saying of this sentence whose cue stands before unit ``at``."""
        if self.sayings:
            return self.sayings[-1]
        return next((s for s in reversed(self.speech[-_LOOK_BACK:]) if s.at < at), None)

    def saying(
        self, cue: Cue, source: Source | None, contents: tuple[Span, ...], frame: tuple[int, int] | None
    ) -> Saying | None:
        """A saying of this sentence, without ``source`` of whoever spoke last; None where nothing is said."""
        if not contents:
            return None
        recent = self.sayings[-_LOOK_BACK:]
        shared = bool(recent) and source is not None and source is recent[-1].source
        nested = not shared and any(c.covers(cue.span) for s in recent for c in s.contents)
        return Saying(cue.at, self.number, style_of(contents, self.quotations), contents, cue.span, source, frame, nested)

    def one(self, cue: Cue, source: Source, content: Span | None, frame: tuple[int, int] | None) -> Saying | None:
        """A saying with a single stretch of content; None where there is none."""
        return self.saying(cue, source, (content,), frame) if content is not None else None
