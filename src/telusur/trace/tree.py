"""The proof as a tree: from each origin through speakers and wires to the outlets, every step with its words or its rule.

Comes in: `independence.Independence`. Goes out: `Origin`s, ready to be drawn, and the same as plain values for other programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .agreeing import Bond, Reason
from .disagreement import Difference, Disagreement, voice
from .independence import Independence, Union
from .origins import Evidence, Node, Path, Step
from .sources import Source, chief
from .tellings import Report, Telling

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One telling: its path from the origin to the page, why it is held to tell the same, and the sentence that tells it."""

    telling: Telling
    outlet: str
    published: str | None
    url: str | None
    sentence: Evidence
    path: Path
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """The hands between an origin and its outlets, and the outlets that have it through them."""

    hands: tuple[Node, ...]
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Sources that are surely one, with why; ``chief`` gives them their name. The branches hold all that goes back to them."""

    number: int
    chief: Source
    sources: tuple[Source, ...]
    unions: tuple[Union, ...]
    branches: tuple[Branch, ...]


def origins_of(found: Independence) -> tuple[Origin, ...]:
    """The origins of a claim, those of most outlets first."""
    leaves = _leaves(found)
    origins = []
    for cluster in found.clusters:
        sources = tuple(found.sources[n] for n in cluster)
        paths = sorted({n for source in sources for n in source.paths})
        unions = tuple(_once(u for u in found.unions if u.surely and u.one in cluster and u.other in cluster))
        origins.append(Origin(0, chief(sources), sources, unions, _branches([leaves[n] for n in paths])))
    origins.sort(key=lambda origin: (-sum(len(branch.leaves) for branch in origin.branches), origin.chief.name))
    return tuple(Origin(n, o.chief, o.sources, o.unions, o.branches) for n, o in enumerate(origins, 1))


def told_once(found: Independence, unions: Iterable[Union]) -> Iterator[Union]:
    """Unions that tell a reader something: one of each rule between two names, none between what bears one name."""
    said: set[tuple[str, ...]] = set()
    for union in unions:
        one, other = (found.sources[n].name.casefold() for n in (union.one, union.other))
        told = (union.rule, *sorted((one, other)))
        if one != other and told not in said:
            said.add(told)
            yield union


def open_unions(found: Independence) -> tuple[Union, ...]:
    """What may be one, and is not surely."""
    return tuple(_once(union for union in found.unions if not union.surely))


def _once(unions: Any) -> list[Union]:
    """The first of several unions of one pair by one rule."""
    found: dict[tuple[int, int, str], Union] = {}
    for union in unions:
        found.setdefault((min(union.one, union.other), max(union.one, union.other), union.rule), union)
    return list(found.values())


def _leaves(found: Independence) -> list[Leaf]:
    reasons = {id(bond.telling): bond.reasons for bond in found.group.bonds}
    leaves = []
    for path in found.paths:
        telling = path.telling
        report = found.group.reports[telling.article]
        sentence = Evidence(report.id, *telling.sentence, report.words(telling.sentence))
        leaves.append(Leaf(telling, report.outlet, report.published, report.url, sentence, path, reasons.get(id(telling), ())))
    return leaves


def _branches(leaves: Sequence[Leaf]) -> tuple[Branch, ...]:
    grouped: dict[tuple[str, ...], list[Leaf]] = {}
    for leaf in leaves:
        hands = leaf.path.nodes[:-1]
        grouped.setdefault(tuple(node.name.casefold() for node in hands), []).append(leaf)
    branches = []
    for some in grouped.values():
        some.sort(key=lambda leaf: (leaf.published or "~", leaf.telling.article, leaf.telling.trigger))
        branches.append(Branch(some[0].path.nodes[:-1], tuple(some)))
    return tuple(branches)


# --- for other programs -----------------------------------------------------------------------------------------


def to_dict(found: Independence, apart: Disagreement | None = None) -> JsonObject:
    """The whole proof in plain values; every sentence and every evidence with its article and its span."""
    told: JsonObject = {
        "claim": found.group.asked.id,
        "counts": found.counts.to_dict(),
        "origins": [_origin(origin) for origin in origins_of(found)],
        "may_be_one": [_union(union, found) for union in open_unions(found)],
        "may_tell_it": [_possible(bond, found) for bond in found.group.possible],
    }
    return told | ({"disagreement": _apart(apart)} if apart is not None else {})


def _origin(origin: Origin) -> JsonObject:
    return {
        "number": origin.number,
        "name": origin.chief.name,
        "kind": origin.chief.kind,
        "named": origin.chief.named,
        "sources": [{"name": s.name, "kind": s.kind, "named": s.named} for s in origin.sources],
        "one_because": [
            {"one": _name(origin, u.one), "other": _name(origin, u.other), "rule": u.rule, "evidence": [_evidence(e) for e in u.evidence]} for u in origin.unions
        ],
        "tellings": [_leaf(leaf) for branch in origin.branches for leaf in branch.leaves],
    }


def _name(origin: Origin, number: int) -> str:
    return next(source.name for source in origin.sources if source.number == number)


def _union(union: Union, found: Independence) -> JsonObject:
    one, other = found.sources[union.one], found.sources[union.other]
    return {"one": one.name, "other": other.name, "rule": union.rule, "evidence": [_evidence(e) for e in union.evidence]}


def _possible(bond: Bond, found: Independence) -> JsonObject:
    report = possible_report(bond, found)
    start, end = bond.telling.sentence
    return {
        "id": bond.telling.id,
        "article": report.id,
        "outlet": report.outlet,
        "published": report.published,
        "voice": voice(bond.telling, report),
        "sentence": {"article": report.id, "start": start, "end": end, "words": report.words((start, end))},
    }


def possible_report(bond: Bond, found: Independence) -> Report:
    """The article of what may tell the same."""
    return next(report for report in found.group.near if report.id == bond.telling.article)


def _leaf(leaf: Leaf) -> JsonObject:
    return {
        "id": leaf.telling.id,
        "article": leaf.telling.article,
        "outlet": leaf.outlet,
        "published": leaf.published,
        "url": leaf.url,
        "claim": leaf.telling.claim is not None,
        "certainty": leaf.telling.certainty or None,
        "sentence": _evidence(leaf.sentence),
        "path": [{"name": node.name, "kind": node.kind, "role": node.role, "named": node.named} for node in leaf.path.nodes],
        "steps": [_step(step) for step in leaf.path.steps],
        "seen": [_evidence(e) for e in leaf.path.seen],
        "reasons": [{"kind": reason.kind, "what": reason.what} for reason in leaf.reasons],
    }


def _step(step: Step) -> JsonObject:
    return {"basis": step.basis, "rule": step.rule or None, "evidence": [_evidence(e) for e in step.evidence]}


def _evidence(evidence: Evidence) -> JsonObject:
    return {"article": evidence.article, "start": evidence.start, "end": evidence.end, "words": evidence.words}


def _apart(apart: Disagreement) -> JsonObject:
    return {
        "figures": [
            {"counted": figure.counted, "count": figure.count, "told_by": [_side(telling, apart) for telling in figure.tellings]} for figure in apart.figures
        ],
        "differences": [_difference(difference, apart) for difference in apart.differences],
    }


def _difference(difference: Difference, apart: Disagreement) -> JsonObject:
    return {"kind": difference.kind, "why": difference.why, "one": _side(difference.one, apart), "other": _side(difference.other, apart)}


def _side(telling: Telling, apart: Disagreement) -> JsonObject:
    report = apart.reports[telling.article]
    return {
        "id": telling.id,
        "article": report.id,
        "outlet": report.outlet,
        "published": report.published,
        "voice": voice(telling, report),
        "sentence": {"article": report.id, "start": telling.sentence[0], "end": telling.sentence[1], "words": report.words(telling.sentence)},
    }
