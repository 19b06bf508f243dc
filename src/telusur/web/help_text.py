"""Help pages: a small part of Markdown as plain values, which a template escapes like all else.

Headings, paragraphs, lists, tables, stretches of code; inside a line ``code``, **strong**, *words*, [links](/bantuan/hitung). A heading may
name its anchor: ``## How pages are counted {#hitung}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ..config import Lang

_INLINE = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*]+)\*|\[(?P<label>[^\]]+)\]\((?P<href>[^)\s]+)\)")
_HEADING = re.compile(r"(#{1,3}) (.+?)(?: \{#([\w-]+)\})?$")

TOPICS = ("hitung", "cari", "periksa", "istilah")


@dataclass(frozen=True, slots=True)
class Inline:
    """A piece of a line: ``text``, ``code``, ``strong``, ``em`` or ``link``."""

    kind: str
    text: str
    href: str = ""


Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (``h1`` to ``h3``), paragraph, list, table or code. ``rows``: items of a list, rows of a table."""

    kind: str
    line: Line = ()
    rows: tuple[tuple[Line, ...], ...] = ()
    anchor: str = ""
    text: str = ""


@cache
def read(topic: str, lang: Lang) -> tuple[Block, ...]:
    """A help page."""
    file = resources.files(__package__) / "help" / lang / f"{topic}.md"
    return tuple(blocks(file.read_text(encoding="utf-8")))


def title(topic: str, lang: Lang) -> str:
    """What a help page is called."""
    return "".join(piece.text for piece in read(topic, lang)[0].line)


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text; blank lines part them."""
    for chunk in re.split(r"\n\s*\n", text.strip()):
        lines = chunk.split("\n")
        if lines[0].startswith("```"):
            yield Block("pre", text="\n".join(lines[1:-1] if lines[-1].startswith("```") else lines[1:]))
        elif found := _HEADING.fullmatch(lines[0]):
            yield Block(f"h{len(found[1])}", inline(found[2]), anchor=found[3] or "")
            if lines[1:]:
                yield from blocks("\n".join(lines[1:]))
        elif lines[0].startswith("|"):
            rows = [tuple(inline(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip("|"))) for line in lines if not set(line) <= set("|-: ")]
            yield Block("table", rows=tuple(rows))
        elif lines[0].startswith("- "):
            items = re.split(r"\n(?=- )", chunk)
            yield Block("ul", rows=tuple((inline(" ".join(item.removeprefix("- ").split("\n"))),) for item in items))
        else:
            yield Block("p", inline(" ".join(lines)))


def inline(text: str) -> Line:
    """A line in pieces."""
    out: list[Inline] = []
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            out.append(Inline("text", text[at : match.start()]))
        if match["label"]:
            out.append(Inline("link", match["label"], match["href"]))
        else:
            kind = next(name for name in ("code", "strong", "em") if match[name])
            out.append(Inline(kind, match[kind].replace("\\|", "|")))
        at = match.end()
    return (*out, Inline("text", text[at:])) if at < len(text) else tuple(out)
