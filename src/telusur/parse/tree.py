"""An HTML text to lines with their mark-up: guards, parsing, and one walk over the tree.

Comes in: decoded HTML. Comes out: the tree, and lines in document order, each with its element, the role that tags and
class names give it, how much of it is links, and the elements around it. The walk is a loop, not a recursion.

Guards stand before the parser, for every HTML parser has inputs on which it takes hours or loses text without a word:
nesting, number of tags and size of one tag are measured in one pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ..errors import TooComplex
from ..lexicon import read_table
from .lines import Line, Markup, check_count, look_at

MAX_DEPTH = 500
MAX_TAGS = 400_000
MAX_TAG_CHARS = 500_000
MAX_ATTRIBUTES = 1_000

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)")
_RAW = {
    "script": re.compile(r"</script", re.I),
    "style": re.compile(r"</style", re.I),
    "textarea": re.compile(r"</textarea", re.I),
    "title": re.compile(r"</title", re.I),
}
_HIDDEN = re.compile(r"display\s?:\s?none|visibility\s?:\s?hidden", re.I)
_SPLIT = re.compile(r"[^a-zA-Z]+|(?<=[a-z])(?=[A-Z])")
_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LINK_LISTS = frozenset({"breadcrumb", "tags", "site"})
_TAG_ROLES = {"figcaption": "caption", "time": "date", "nav": "site", "footer": "site", "aside": "site"}


@dataclass(slots=True)
class _Open:
    """An element being walked."""

    element: Any
    number: int
    role: str
    is_link: bool
    level: int
    cuts: bool


@dataclass(slots=True)
class _Draft:
    """The line being put together: its pieces, and how much of them are links."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    length: int = 0


def check_markup(text: str) -> None:
    """Measures nesting, tags and attributes before any parser sees them.

    Raises:
        TooComplex: more of one of them than any page of news has.
    """
    depth = tags = at = 0
    void = _elements("void")
    while (found := _TAG.search(text, at)) is not None:
        at, name = found.end(), found["name"].lower()
        tags += 1
        if found["close"]:
            depth -= name not in void and depth > 0
            continue
        end = text.find(">", at)
        end = len(text) if end < 0 else end
        if end - at > 2000:
            _check_tag(text, at, end, name)
            end = at
        at = end
        if name in _RAW:
            closing = _RAW[name].search(text, at)
            at = closing.start() if closing else len(text)
        elif name not in void and text[end - 1 : end] != "/":
            depth += 1
            if depth > MAX_DEPTH:
                raise TooComplex(
                    f"elements are nested more than {MAX_DEPTH} deep near character {at:,}; no page of news is, and parsing it might not end; give the article's text instead"
                )
        if tags > MAX_TAGS:
            raise TooComplex(
                f"the page has more than {MAX_TAGS:,} tags; parsing it would take too long; give the article's text instead"
            )


def _check_tag(text: str, at: int, end: int, name: str) -> None:
    if (
        text.count("=", at, end) > MAX_ATTRIBUTES
        or len(text[at : min(end, at + MAX_TAG_CHARS)].split()) > 10 * MAX_ATTRIBUTES
    ):
        raise TooComplex(
            f"a <{name}> tag near character {at:,} has more than {MAX_ATTRIBUTES:,} attributes; parsing it might not end; give the article's text instead"
        )


def parse_tree(text: str) -> Any:
    """The tree of an HTML text. Never fails for a text that `check_markup` has passed; None where nothing is in it."""
    from lxml import etree
    from lxml import html as lxml_html

    # huge_tree lifts limits at which the parser would stop and drop the rest of the page; the guards stand for them.
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


@cache
def _elements(kind: str) -> frozenset[str]:
    """The elements that the table lists under one kind."""
    rows = read_table("html_elements", ("kind", "elements"))
    return frozenset(name for row in rows if row["kind"] == kind for name in row["elements"].split())


@cache
def _role_words() -> dict[str, str]:
    return {row["word"]: row["role"] for row in read_table("markup_roles", ("word", "role"))}


@cache
def _roles_of_name(name: str) -> str:
    """The role that a class name, id or itemprop gives; cached, for a page repeats few names."""
    words = _role_words()
    for part in _SPLIT.split(name):
        if (role := words.get(part.lower())) is not None:
            return role
    return ""


def _role(element: Any, tag: str) -> str:
    if tag in _TAG_ROLES:
        return _TAG_ROLES[tag]
    for attribute in ("itemprop", "class", "id", "rel"):
        value = element.get(attribute)
        if value and (role := _roles_of_name(value[:200])):
            return role
    return ""


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return (style is not None and _HIDDEN.search(style) is not None) or element.get("hidden") is not None


class _Walk:
    """One walk over a tree in document order, collecting lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.open: list[_Open] = []
        self.draft = _Draft()
        self.images: list[tuple[int, tuple[int, ...]]] = []

    def add(self, text: str | None) -> None:
        """Text of the element that is open."""
        if not text:
            return
        self.draft.pieces.append(text)
        length = len(text.strip())
        self.draft.length += length
        if any(opened.is_link for opened in self.open):
            self.draft.linked += length

    def cut(self) -> None:
        """Ends the line."""
        draft, self.draft = self.draft, _Draft()
        text = " ".join("".join(draft.pieces).split())
        if not text:
            return
        path = tuple(opened.number for opened in self.open)
        block = next(
            (
                opened.element.tag
                for opened in reversed(self.open)
                if opened.element.tag in _elements("block")
            ),
            "body",
        )
        role = next((opened.role for opened in reversed(self.open[-5:]) if opened.role), "")
        if (
            role != "site"
            and any(opened.role in ("site", "comment") for opened in self.open[-9:])
            and role not in ("title", "lead")
        ):
            role = role or "site"
        near = self._near_image(path)
        if near and role == "byline":
            role = "credit"
        level = next((opened.level for opened in reversed(self.open[-4:]) if opened.level), 0)
        share = draft.linked / draft.length if draft.length else 0.0
        markup = Markup(block, role, min(share, 1.0), path, level, near)
        check_count(len(self.lines))
        self.lines.append(look_at(text, 0, len(text), markup))

    def parts(self, tag: str, role: str) -> bool:
        """Whether an inline element is a line of its own: a link of a menu, a credit under a picture."""
        if tag == "a":
            return any(opened.role in _LINK_LISTS for opened in self.open[-4:])
        return role in ("byline", "credit", "caption") and self._near_image(
            tuple(opened.number for opened in self.open)
        )

    def _near_image(self, path: tuple[int, ...]) -> bool:
        """Whether a picture stands just before, in the element around or the one around that."""
        if not self.images:
            return False
        at, around = self.images[-1]
        return len(self.lines) - at <= 1 and len(around) > 3 and (around[-1] in path or around[-2] in path)


def walk_lines(root: Any) -> list[Line]:
    """The lines of a page in document order."""
    walk = _Walk()
    blocks, skipped = _elements("block"), _elements("skipped")
    number = 0
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag
        if leaving:
            if tag in blocks or walk.open[-1].cuts:
                walk.cut()
            walk.open.pop()
            walk.add(element.tail)
            continue
        if not isinstance(tag, str) or tag in skipped or _is_hidden(element):
            walk.add(element.tail)
            continue
        if tag == "br":
            walk.cut()
            walk.add(element.tail)
            continue
        role = _role(element, tag)
        number += 1
        cuts = tag in blocks or walk.parts(tag, role) or _stands_apart(element, tag)
        if cuts:
            walk.cut()
        if tag == "img":
            walk.images.append((len(walk.lines), tuple(opened.number for opened in walk.open)))
        walk.open.append(_Open(element, number, role, tag == "a", _LEVELS.get(tag, 0), cuts))
        walk.add(element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    walk.cut()
    return walk.lines


def _stands_apart(element: Any, tag: str) -> bool:
    """Whether a span right behind another, with no blank between, is a line of its own: an author's name and a date
    that only the style sheet parts."""
    before = element.getprevious() if tag == "span" else None
    if before is None or before.tag != "span" or before.tail:
        return False
    first, second = (before.text or "").strip(), (element.text or "").strip()
    return len(first) > 5 and len(second) > 5 and first[-1].isalnum() and second[0].isupper()


def text_of(element: Any) -> str:
    """All text in an element, blanks made single."""
    return " ".join("".join(element.itertext()).split())


def find_all(root: Any, tag: str) -> Iterator[Any]:
    """All elements of a tag, in document order."""
    yield from root.iter(tag)
