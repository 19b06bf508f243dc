"""A case folder as one document: a page that stands alone, or Markdown, each with its sources.

Comes in: a folder, its things found in the archive. Goes out: text. Every sentence has where it stands, on whose word, and its address; what is not
in the archive any more is named as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..answers.lines import Excerpt, Line, Reference
from ..archive.folders import Folder, Kept
from ..config import Lang
from ..export.wording import clean, shorten
from . import links
from .citing import cite, cite_article, cite_excerpt


@dataclass(frozen=True, slots=True)
class Found:
    """A thing of a folder, found: a line, or a stretch of an article's text, or an article alone; ``article`` None: not in the archive."""

    kept: Kept
    article: Reference | None = None
    line: Line | None = None
    excerpt: Excerpt | None = None

    @property
    def href(self) -> str:
        """Where it is in this room."""
        id, _, key = self.kept.item.partition("#")
        if key.startswith("r"):
            return links.article(id, range=key[1:])
        return links.claim(self.kept.item) if key else links.article(id)

    def headline(self, lang: Lang) -> str:
        """What it says, in a line."""
        if self.article is None:
            return ""
        if self.line is not None:
            return clean(self.line.in_english if lang == "en" else self.line.in_indonesian)
        if self.excerpt is not None:
            return shorten(clean(self.excerpt.text), 160)
        return clean(self.article.title)

    def citation(self, lang: Lang) -> str:
        if self.article is None:
            return ""
        if self.line is not None:
            return cite(self.line, lang)
        if self.excerpt is not None:
            return cite_excerpt(self.article, self.excerpt, self.kept.item, lang)
        return cite_article(self.article, lang)

    def quoted(self) -> Excerpt | None:
        """The words that show it."""
        return self.line.sentence if self.line is not None else self.excerpt

    def to_dict(self) -> dict[str, object]:
        told: dict[str, object] = {"item": self.kept.item, "note": self.kept.note, "by": self.kept.who, "at": self.kept.at}
        if self.article is None:
            return told | {"there": False}
        if self.line is not None:
            return told | {"there": True, "line": self.line.to_dict()}
        return told | {"there": True, "article": self.article.to_dict(), "excerpt": self.excerpt.to_dict() if self.excerpt else None}


def sources(found: Iterable[Found], lang: Lang) -> list[str]:
    """The articles that a folder draws on, each once, by outlet and day."""
    articles = {one.article.id: one.article for one in found if one.article is not None}
    ordered = sorted(articles.values(), key=lambda a: (a.outlet or "", a.published or "", a.id))
    return [cite_article(article, lang) for article in ordered]


_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


def plain(text: str) -> str:
    """Text that Markdown takes as it is."""
    told = _MARKUP.sub(r"\\\1", clean(text).replace("&", "&amp;"))
    return re.sub(r"^([-+=]|\d{1,9}[.)])", r"\\\1", told)


def _block(text: str, before: str = "> ") -> str:
    return "\n".join(before + plain(line) for line in text.splitlines() if line.strip())


def markdown(folder: Folder, found: Iterable[Found], lang: Lang, words: dict[str, str]) -> str:
    """The folder as Markdown. ``words``: headings and phrases in the reader's language."""
    found = list(found)
    parts = [f"# {plain(folder.name)}", plain(words["made"])]
    if folder.about:
        parts.append("\n\n".join(plain(line) for line in folder.about.splitlines() if line.strip()))
    for number, one in enumerate(found, 1):
        if one.article is None:
            parts.append(f"## {number}. {plain(words['gone'])}\n\n`{one.kept.item}`")
        else:
            parts.append(f"## {number}. {plain(one.headline(lang))}")
            if quoted := one.quoted():
                parts.append(_block(quoted.text))
            if one.line is not None and one.line.chain:
                parts.append(" → ".join(plain(hand.name) + (f" ({words['inferred']})" if hand.stated == "inferred" else "") for hand in one.line.chain))
            parts.append(plain(one.citation(lang)))
        if one.kept.note:
            parts.append(f"**{plain(words['note'])}** ({plain(one.kept.who)}, {one.kept.at[:10]}):\n\n{_block(one.kept.note)}")
    listed = "\n".join(f"- {plain(source)}" for source in sources(found, lang))
    parts.append(f"## {plain(words['sources'])}\n\n{listed or '-'}")
    return "\n\n".join(part for part in parts if part) + "\n"
