"""Who stands behind a claim: the sources at the ends of its paths, each once.

Comes in: the paths of a claim's tellings. Goes out: `Source`s, numbered; a name that several articles give is one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..archive.spellings import fold_key
from .origins import Node, Path, collective
from .parties import same_party


@dataclass(frozen=True, slots=True)
class Source:
    """One who stands behind a claim. ``kind``: person, body, group, document, agency, outlet. ``solid``: some article writes that it
    has it from this named source; ``paths`` are places in `Independence.paths`."""

    number: int
    kind: str
    name: str
    named: bool
    solid: bool
    paths: tuple[int, ...]
    nodes: tuple[Node, ...]


def sources_of(paths: Sequence[Path], canonical: Callable[[str], str]) -> tuple[Source, ...]:
    """Who stands behind the paths, each once: a name that several articles give is one source."""
    found: list[list[tuple[int, Node]]] = []
    for n, path in enumerate(paths):
        for node in path.sources:
            known = next((nodes for nodes in found if _same_node(nodes[0][1], node, canonical)), None)
            if known is None:
                found.append([(n, node)])
            else:
                known.append((n, node))
    return tuple(_source(number, nodes, paths) for number, nodes in enumerate(found))


def _source(number: int, nodes: Sequence[tuple[int, Node]], paths: Sequence[Path]) -> Source:
    first = max((node for _, node in nodes), key=lambda node: (len(node.name), node.name))
    named = first.who.named or (first.named and first.kind not in ("group", "document"))
    solid = named and first.kind not in ("outlet", "agency") and any(paths[n].written for n, _ in nodes)
    solid = solid or any(paths[n].seen for n, _ in nodes)
    return Source(number, first.kind, first.name, named, solid, tuple(dict.fromkeys(n for n, _ in nodes)), tuple(node for _, node in nodes))


def _same_node(one: Node, other: Node, canonical: Callable[[str], str]) -> bool:
    carriers = ("agency", "outlet")
    if one.kind in carriers and other.kind in carriers:
        return canonical(one.name) == canonical(other.name)
    if one.kind in carriers or other.kind in carriers:
        return False
    if one.who.named and other.who.named:
        return bool(same_party(one.who, other.who))
    if one.who.named or other.who.named:
        return False
    if one.article == other.article:
        return fold_key(one.name) == fold_key(other.name)
    if one.kind == other.kind == "document":
        return bool(same_party(one.who, other.who))
    return collective(one.who) != "" and collective(one.who) == collective(other.who)


def chief(sources: Sequence[Source]) -> Source:
    """Who gives several sources their name: somebody named rather than not, a person rather than a body."""
    order = ("person", "body", "document", "group", "agency", "outlet")
    return min(sources, key=lambda source: (not source.named, order.index(source.kind), source.number))
