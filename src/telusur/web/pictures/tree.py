"""The attribution tree: on whose word, from the one who knows down to the pages, each step written or inferred.

Nested lists, so that it reads aloud, prints and folds on a phone as text does; lines and arrows come from the style sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ...export.marks import escape
from ...export.wording import clean
from .drawing import Cell, Picture, Table, Tongue, cut, element, link

Kind = Literal["origin", "speaker", "relay", "outlet"]

MOST_DEEP, MOST_NODES = 12, 200
_LONGEST_WORDS = 240


@dataclass(frozen=True, slots=True)
class Node:
    """One hand. ``stated``: whether the text writes the step from the node above, or it was inferred; ``absent``: it is named,
    but its own text is not in the archive; ``note``: when, how much of it is a copy; ``words``: its own words; ``warning``:
    what a reader should look at."""

    name: str
    kind: Kind
    named: bool = True
    stated: Literal["written", "inferred"] = "written"
    absent: bool = False
    note: str = ""
    words: str = ""
    warning: str = ""
    href: str | None = None
    children: tuple[Node, ...] = field(default=())


@dataclass(slots=True)
class _Left:
    nodes: int = MOST_NODES
    dropped: int = 0


def attribution_tree(roots: Sequence[Node], tongue: Tongue, *, title: str = "") -> Picture:
    """Who has it from whom. ``roots`` are those who know of themselves."""
    left = _Left()
    drawn = element("ul", _items(roots, tongue, left, 0), class_="tree")
    if left.dropped:
        more = tongue.ngettext("{n} more is not shown.", "{n} more are not shown.", left.dropped).format(n=tongue.whole(left.dropped))
        drawn += element("p", escape(more), class_="more")
    rows = tuple(_rows(roots, tongue, "", 0))[:MOST_NODES]
    columns = (tongue.gettext("Who"), tongue.gettext("Part"), tongue.gettext("From"), tongue.gettext("Step"), tongue.gettext("When and how"), tongue.gettext("Words"))
    return Picture("tree", title or tongue.gettext("On whose word"), _says(roots, tongue), drawn, Table(columns, rows), _key(tongue))


def _items(nodes: Sequence[Node], tongue: Tongue, left: _Left, deep: int) -> str:
    shown = []
    for node in nodes:
        if left.nodes <= 0 or deep >= MOST_DEEP:
            left.dropped += sum(1 for _ in _walk(node))
            continue
        left.nodes -= 1
        inner = _items(node.children, tongue, left, deep + 1)
        classes = f"hand {node.kind} {node.stated}" + " absent" * node.absent + " unnamed" * (not node.named)
        shown.append(element("li", _hand(node, tongue, deep) + (element("ul", inner) if inner else ""), class_=classes))
    return "".join(shown)


def _hand(node: Node, tongue: Tongue, deep: int) -> str:
    arrow = "" if deep == 0 else element("span", "→" if node.stated == "written" else "⇢", class_="arrow", aria_hidden="true")
    parts = [arrow, element("b", link(escape(clean(node.name)), node.href), class_="name")]
    parts.append(element("span", escape(_role(node.kind, tongue)), class_="role"))
    if node.stated == "inferred" and deep:
        parts.append(element("span", escape(tongue.gettext("inferred")), class_="tag"))
    if not node.named:
        parts.append(element("span", escape(tongue.gettext("unnamed")), class_="tag"))
    if node.absent:
        parts.append(element("span", escape(tongue.gettext("not in the archive")), class_="tag"))
    if node.note:
        parts.append(element("span", escape(clean(node.note)), class_="soft"))
    told = element("div", " ".join(filter(None, parts)), class_="line")
    if node.warning:
        told += element("div", "⚠ " + escape(clean(node.warning)), class_="warning")
    if node.words:
        told += element("q", escape(cut(node.words, _LONGEST_WORDS)), class_="words")
    return told


def _role(kind: Kind, tongue: Tongue) -> str:
    return {
        "origin": tongue.gettext("origin"), "speaker": tongue.gettext("speaker"), "relay": tongue.gettext("relay"), "outlet": tongue.gettext("outlet"),
    }[kind]  # fmt: skip


def _walk(node: Node) -> Iterator[Node]:
    open_ = [node]
    while open_:
        yield (one := open_.pop())
        open_ += one.children


def _rows(nodes: Sequence[Node], tongue: Tongue, above: str, deep: int) -> Iterator[tuple[Cell, ...]]:
    for node in nodes if deep < MOST_DEEP else ():
        step = "" if not deep else tongue.gettext("written") if node.stated == "written" else tongue.gettext("inferred")
        yield clean(node.name), _role(node.kind, tongue), above, step, clean(node.note), cut(node.words, _LONGEST_WORDS)
        yield from _rows(node.children, tongue, clean(node.name), deep + 1)


def _says(roots: Sequence[Node], tongue: Tongue) -> str:
    nodes = [node for root in roots for node in _walk(root)]
    outlets = sum(node.kind == "outlet" for node in nodes)
    inferred = sum(node.stated == "inferred" for node in nodes)
    said = [
        tongue.ngettext("{n} origin", "{n} origins", len(roots)).format(n=tongue.whole(len(roots))),
        tongue.ngettext("{n} outlet", "{n} outlets", outlets).format(n=tongue.whole(outlets)),
    ]
    if inferred:
        said.append(tongue.ngettext("{n} step is inferred, not written", "{n} steps are inferred, not written", inferred).format(n=tongue.whole(inferred)))
    return ", ".join(said) + "."


def _key(tongue: Tongue) -> str:
    items = (("→", tongue.gettext("written in the text")), ("⇢", tongue.gettext("inferred")))
    return element("ul", "".join(element("li", element("span", sign, class_="arrow", aria_hidden="true") + " " + escape(words)) for sign, words in items), class_="key")
