"""An article's text as HTML pieces: cut at the edge of every mark, each piece with all its classes.

Comes in: a text, marks over it that may cross. Goes out: HTML in which no ``<mark>`` ever holds another, so crossing
marks need no trick.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from ..model.span import Span

# What HTML cannot hold: controls become the replacement character, one for one, so that lengths stay true.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def escape(text: str) -> str:
    """Text as HTML, safe inside an element and inside a quoted attribute."""
    return html.escape(_UNPRINTABLE.sub("\ufffd", text))


@dataclass(slots=True)
class Marks:
    """Marks over one text, then rendered stretch by stretch.

    ``notes`` are finished HTML put in after a character: the numbers that lead to the cards.
    """

    text: str
    opens: dict[int, list[str]] = field(default_factory=dict)
    closes: dict[int, list[str]] = field(default_factory=dict)
    notes: dict[int, list[str]] = field(default_factory=dict)

    def add(self, span: Span, *classes: str) -> None:
        """Gives the characters of a span these classes."""
        end = min(span.end, len(self.text))
        if span.start < end:
            self.opens.setdefault(span.start, []).extend(classes)
            self.closes.setdefault(end, []).extend(classes)

    def note(self, position: int, markup: str) -> None:
        """Puts finished HTML in after the character before ``position``."""
        self.notes.setdefault(position, []).append(markup)

    def render(self, stretches: list[Span]) -> list[str]:
        """The HTML of each stretch; stretches are in order and do not overlap. A mark may run over several."""
        edges = sorted({*self.opens, *self.closes, *self.notes})
        active: Counter[str] = Counter()
        out, at = [], 0
        for stretch in stretches:
            while at < len(edges) and edges[at] <= stretch.start:
                self._step(edges[at], active)
                at += 1
            parts, position = [], stretch.start
            while position < stretch.end:
                stop = min(edges[at], stretch.end) if at < len(edges) else stretch.end
                parts.append(self._piece(position, stop, active))
                if at < len(edges) and edges[at] == stop:
                    self._step(stop, active)
                    parts.extend(self.notes.get(stop, ()))
                    at += 1
                position = stop
            out.append("".join(parts))
        return out

    def _step(self, position: int, active: Counter[str]) -> None:
        active.subtract(self.closes.get(position, ()))
        active.update(self.opens.get(position, ()))

    def _piece(self, start: int, end: int, active: Counter[str]) -> str:
        shown = escape(self.text[start:end])
        classes = " ".join(sorted(name for name, count in active.items() if count > 0))
        for name in [name for name, count in active.items() if count <= 0]:
            del active[name]
        return f'<mark class="{classes}">{shown}</mark>' if classes else shown
