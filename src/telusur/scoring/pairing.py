"""What of a reading is the same as in the gold article: items paired one to one, best first.

Two spans are the same that share at least half of what they cover together; for a trigger a third is enough. A person or
group in a role is the gold one where the spans are the same, or where both name the same entity: more than half of the
predicted entity's mentions lie on mentions of the gold entity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]

SAME_SPAN, SAME_TRIGGER = 1 / 2, 1 / 3
_LAYERS = ("blocks", "mentions", "times", "attributions", "claims")


def is_span(value: object) -> bool:
    """Whether a value is an object with a start before its end."""
    if not isinstance(value, Mapping):
        return False
    start, end = value.get("start"), value.get("end")
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end


def overlap(one: Any, two: Any) -> float:
    """The share of characters that two spans have in common of all that either covers; 0 where one is no span."""
    if not (is_span(one) and is_span(two)):
        return 0.0
    common = min(one["end"], two["end"]) - max(one["start"], two["start"])
    covered = max(one["end"], two["end"]) - min(one["start"], two["start"])
    return common / covered if common > 0 else 0.0


def pair_up(gold: Sequence[Item], predicted: Sequence[Item], score: Callable[[Item, Item], float]) -> list[tuple[Item, Item]]:
    """One-to-one pairs, the best score first, earlier items first among equals; a score of 0 never pairs."""
    scored = ((score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted))
    ranked = sorted((s for s in scored if s[0] > 0), key=lambda s: (-s[0], s[1], s[2]))
    left, right, out = set(range(len(gold))), set(range(len(predicted))), []
    for _, i, j in ranked:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            out.append((gold[i], predicted[j]))
    return out


class Parties:
    """Tells whether a predicted link or participant is the gold one, in one article."""

    def __init__(self, gold: Item, predicted: Item) -> None:
        of_gold: dict[Any, list[Item]] = {}
        for mention in gold["mentions"]:
            of_gold.setdefault(mention["entity"], []).append(mention)
        size: Counter[Any] = Counter()
        shared: Counter[tuple[Any, Any]] = Counter()
        for mention in predicted["mentions"]:
            size[mention.get("entity")] += 1
            for entity, places in of_gold.items():
                if any(overlap(mention, place) >= SAME_SPAN for place in places):
                    shared[mention.get("entity"), entity] += 1
        self._known = {pair for pair, count in shared.items() if 2 * count > size[pair[0]]}

    def same(self, gold: Item, predicted: Item) -> bool:
        if overlap(gold, predicted) >= SAME_SPAN:
            return True
        return bool(gold.get("entity")) and (predicted.get("entity"), gold.get("entity")) in self._known


def chain(attribution: Item) -> list[Item]:
    return [link for link in attribution.get("chain") or [] if isinstance(link, Mapping)]


def speaker(attribution: Item) -> Item:
    """The first link that speaks; an empty one where none does."""
    return next((link for link in chain(attribution) if link.get("role") == "speaker"), {})


def participants(claim: Item) -> Sequence[Item]:
    return claim.get("participants") or []


def parties_of(claim: Item) -> list[Item]:
    """The participants that act or are acted on: all but places."""
    return [p for p in participants(claim) if p.get("role") != "place"]


@dataclass(slots=True)
class Comparison:
    """One gold article and its reading, with their items paired: what the measures and the error lists stand on."""

    gold: Item
    predicted: Item
    parties: Parties
    times: list[tuple[Item, Item]]
    attributions: list[tuple[Item, Item]]
    claims: list[tuple[Item, Item]]

    def match(self, gold: Sequence[Item], predicted: Sequence[Item]) -> int:
        """How many participants are the same in the same role."""
        return len(pair_up(gold, predicted, lambda g, p: int(g["role"] == p.get("role") and self.parties.same(g, p))))

    def all_match(self, gold: Sequence[Item], predicted: Sequence[Item]) -> bool:
        return self.match(gold, predicted) == len(gold) == len(predicted)

    def chain_matches(self, gold: Item, predicted: Item) -> bool:
        one, two = chain(gold), chain(predicted)
        return len(one) == len(two) and all(
            g["role"] == p.get("role") and self.parties.same(g, p) for g, p in zip(one, two, strict=True)
        )


def compare(gold: Item, predicted: Item | None) -> Comparison:
    """Pairs the items of a reading with those of the gold article. A reading of another text counts as empty."""
    if not isinstance(predicted, Mapping) or predicted.get("text") != gold["text"]:
        predicted = {}
    stated = {key: value for key, value in predicted.items() if value is not None}
    predicted = {"article": {}, **{layer: [] for layer in _LAYERS}, **stated}
    out = Comparison(gold, predicted, Parties(gold, predicted), [], [], [])
    out.times = pair_up(gold["times"], predicted["times"], _same_span)
    out.attributions = pair_up(gold["attributions"], predicted["attributions"], _same_content)
    out.claims = pair_up(gold["claims"], predicted["claims"], lambda g, p: _same_claim(out, g, p))
    return out


def _same_span(gold: Item, predicted: Item) -> float:
    shared = overlap(gold, predicted)
    return shared if shared >= SAME_SPAN else 0


def _same_content(gold: Item, predicted: Item) -> float:
    one, two = _characters(gold["content"]), _characters(predicted.get("content"))
    shared = len(one & two) / len(one | two) if one or two else 0
    return shared if shared >= SAME_SPAN else 0


def _characters(spans: Iterable[Item] | None) -> set[int]:
    return {at for span in spans or [] if is_span(span) for at in range(span["start"], span["end"])}


def _same_claim(comparison: Comparison, gold: Item, predicted: Item) -> float:
    """Same type and either the same trigger, or the same parties in the same line of the text.

    A shared trigger always outranks shared parties; among shared triggers the participants decide.
    """
    if gold["type"] != predicted.get("type") or not is_span(predicted.get("trigger")):
        return 0
    near = overlap(gold["trigger"], predicted["trigger"])
    if near >= SAME_TRIGGER:
        return 2 + near + comparison.match(participants(gold), participants(predicted)) / 10
    blocks = comparison.gold["blocks"]
    if _line(blocks, gold["trigger"]) != _line(blocks, predicted["trigger"]) or not parties_of(gold):
        return 0
    return int(comparison.all_match(parties_of(gold), parties_of(predicted)))


def _line(blocks: Sequence[Item], span: Item) -> int:
    return next((n for n, b in enumerate(blocks) if b["start"] <= span["start"] < b["end"]), -1)
