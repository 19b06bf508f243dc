"""Which texts are one: the families that strong links make, without chaining what only meets in one long compilation.

Comes in: texts whose links have changed. Goes out: their families, made from the links alone, so that they are the same in any
order of arrival.

Two texts of which each has a good part of the other are one family, and so are all that are joined so. A short text that
stands whole in a much longer one joins it where it is the only such one; where several stand in it that have nothing to do with one another,
it is a compilation, and only the one that it begins with joins it. A loose copy joins where the others that are near either are near both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, select, update

from ..archive.tracing_tables import traced_texts
from .links import Link, links_of

MUCH = 0.3
"""Share of the longer text from which on a link says that both are one, whatever else stands in it."""

LOOSE = 0.6
"""Share of the words of either text below which a rewritten text is a loose copy; of the longer one below which a cut one is: what it was
cut from may be a part only of that text."""

BORNE_OUT = 0.34
"""Share of the texts near either of two that must be near both, where they are loose copies."""

_CHAIN_FROM = 2

_BEGINS_WITHIN = 30
"""Words from its start in which a text begins with another."""

_AT_ONCE = 400


def gather(connection: Connection, changed: Iterable[int]) -> None:
    """Makes the families of these texts, and of all that are linked with them, anew."""
    nodes, links = _reach(connection, changed)
    if not nodes:
        return
    family = families_from(nodes, links)
    known = _families(connection, sorted(nodes))
    moved = [{"its_number": text, "its_family": family[text]} for text in sorted(nodes) if known.get(text, family[text]) != family[text]]
    if moved:
        statement = update(traced_texts).where(traced_texts.c.number == bindparam("its_number")).values(family=bindparam("its_family"))
        connection.execute(statement, moved)


def _reach(connection: Connection, changed: Iterable[int]) -> tuple[set[int], list[Link]]:
    """All texts that strong links join with these, and the links, each once."""
    nodes = set(changed)
    frontier = sorted(nodes)
    links: dict[tuple[int, int], Link] = {}
    while frontier:
        reached: set[int] = set()
        for link in links_of(connection, frontier, strong=True):
            key = (min(link.text, link.other), max(link.text, link.other))
            links.setdefault(key, link if link.text == key[0] else link.turned())
            reached.add(link.other)
        frontier = sorted(reached - nodes)
        nodes |= reached
    return nodes, [links[key] for key in sorted(links)]


def _families(connection: Connection, texts: Sequence[int]) -> dict[int, int]:
    known: dict[int, int] = {}
    for start in range(0, len(texts), _AT_ONCE):
        wanted = select(traced_texts.c.number, traced_texts.c.family).where(traced_texts.c.number.in_(texts[start : start + _AT_ONCE]))
        known.update((row.number, row.family) for row in connection.execute(wanted))
    return known


class _Union:
    """Sets that are joined; each is named by its least number."""

    def __init__(self, items: Iterable[int]) -> None:
        self.above = {item: item for item in items}

    def find(self, item: int) -> int:
        while (over := self.above[item]) != item:
            self.above[item] = self.above[over]
            item = over
        return item

    def join(self, one: int, other: int) -> None:
        least, most = sorted((self.find(one), self.find(other)))
        self.above[most] = least


def families_from(nodes: Iterable[int], links: Sequence[Link]) -> dict[int, int]:
    """By text, the least number of its family."""
    union = _Union(nodes)
    held: dict[int, list[Link]] = defaultdict(list)
    for link in _borne_out(links):
        if min(link.share, link.other_share) >= MUCH:
            union.join(link.text, link.other)
        else:
            long = link if link.share <= link.other_share else link.turned()
            held[long.text].append(long)
    joins = [pair for long, inside in sorted(held.items()) for pair in _joins(union, long, inside)]
    for one, other in joins:
        union.join(one, other)
    return {node: union.find(node) for node in union.above}


def _borne_out(links: Sequence[Link]) -> list[Link]:
    """The links without loose ones that nobody else bears out.

    Follow-up stories repeat each other's background, and each reworded text is a little like the next: without this they would make a
    chain whose ends have nothing in common.
    """
    near: dict[int, set[int]] = defaultdict(set)
    for link in links:
        near[link.text].add(link.other)
        near[link.other].add(link.text)

    def stands(link: Link) -> bool:
        if (max if link.kind == "rewritten" else min)(link.share, link.other_share) >= LOOSE:
            return True
        one, other = near[link.text] - {link.other}, near[link.other] - {link.text}
        return len(one | other) < _CHAIN_FROM or len(one & other) >= BORNE_OUT * len(one | other)

    return [link for link in links if stands(link)]


def _joins(union: _Union, long: int, inside: Sequence[Link]) -> list[tuple[int, int]]:
    """Which of the short texts that stand in a long one are one family with it."""
    groups: dict[int, list[Link]] = defaultdict(list)
    for link in inside:
        if union.find(link.other) != union.find(long):
            groups[union.find(link.other)].append(link)
    if len(groups) > 1:
        groups = {key: group for key, group in groups.items() if any(tie.a < _BEGINS_WITHIN for link in group for tie in link.ties)}
        if len(groups) > 1:
            return []
    return [(long, link.other) for group in groups.values() for link in group]
