"""The errors behind the figures: what was missed, made up or got wrong, kind by kind, each in its words.

Comes in: a gold record and its reading. Goes out: counts and examples by kind of error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .scoring import Comparison, Item, chain, compare, is_span, parties_of, same_value, speaker

_AROUND = 30
_LONGEST = 90


@dataclass(slots=True)
class Mistakes:
    """Errors by kind: how many there are, and the first ``most`` of them."""

    most: int = 0
    kinds: dict[str, tuple[int, list[str]]] = field(default_factory=dict)

    def add(self, kind: str, example: str) -> None:
        count, examples = self.kinds.get(kind, (0, []))
        if len(examples) < self.most:
            examples.append(example)
        self.kinds[kind] = (count + 1, examples)

    def ranked(self) -> list[tuple[str, tuple[int, list[str]]]]:
        """The kinds, layer by layer, the most frequent first."""
        return sorted(self.kinds.items(), key=lambda kind: (kind[0].partition(":")[0], -kind[1][0], kind[0]))


def find_mistakes(name: str, gold: Item, predicted: Item | None, into: Mistakes) -> None:
    """Adds the errors of one article."""
    found = compare(gold, predicted)
    text = gold["text"]
    for errors in (_block_errors, _mention_errors, _time_errors, _attribution_errors, _claim_errors):
        for kind, where, what in errors(found):
            into.add(kind, f"{name} {where.get('start', '?')}: {_context(text, where)}{' | ' if what else ''}{what}")


Error = tuple[str, Item, str]


def _context(text: str, span: Item) -> str:
    """The span in square brackets with a few words around it, in one line."""
    start, end = span.get("start", 0), span.get("end", 0)
    inside = text[start:end]
    if len(inside) > _LONGEST:
        inside = f"{inside[: _LONGEST // 2]}…{inside[-_LONGEST // 2 :]}"
    shown = f"{text[max(0, start - _AROUND) : start]}[{inside}]{text[end : end + _AROUND]}"
    return " ".join(shown.split())


def _alone(items: Sequence[Item], paired: Sequence[Item]) -> Iterator[Item]:
    known = {id(item) for item in paired}
    return (item for item in items if id(item) not in known)


def _block_errors(found: Comparison) -> Iterator[Error]:
    """Gold blocks of which most characters were given another kind."""
    for block in found.gold["blocks"]:
        said: dict[Any, int] = {}
        for other in filter(is_span, found.predicted["blocks"]):
            shared = min(block["end"], other["end"]) - max(block["start"], other["start"])
            if shared > 0:
                said[other.get("kind")] = said.get(other.get("kind"), 0) + shared
        kind = max(said, key=lambda key: said[key], default=None)
        if kind != block["kind"]:
            yield f"blocks: {block['kind']} taken for {kind}", block, ""


def _mention_errors(found: Comparison) -> Iterator[Error]:
    def key(mention: Item) -> tuple[Any, ...]:
        return mention.get("start"), mention.get("end"), mention.get("type")

    gold, predicted = found.gold["mentions"], found.predicted["mentions"]
    known, made = {key(m) for m in gold}, {key(m) for m in predicted}
    for mention in gold:
        if key(mention) not in made:
            yield f"mentions: missed {mention['type']}", mention, ""
    for mention in predicted:
        if key(mention) not in known:
            yield f"mentions: made up {mention.get('type')}", mention, ""


def _time_errors(found: Comparison) -> Iterator[Error]:
    for time in _alone(found.gold["times"], [g for g, _ in found.times]):
        yield "times: missed", time, time["value"]
    for time in _alone(found.predicted["times"], [p for _, p in found.times]):
        yield "times: made up", time, str(time.get("value"))
    for gold, predicted in found.times:
        if not same_value(gold, predicted):
            told, said = _valued(gold), _valued(predicted)
            yield "times: wrong value", gold, f"{told}, read as {said}"


def _valued(time: Item) -> str:
    return f"{time.get('value')!r}{' ' + time['mod'] if time.get('mod') else ''}"


def _attribution_errors(found: Comparison) -> Iterator[Error]:
    for item in _alone(found.gold["attributions"], [g for g, _ in found.attributions]):
        yield f"attributions: missed {item['style']}", item["content"][0], _who(item)
    for item in _alone(found.predicted["attributions"], [p for _, p in found.attributions]):
        yield f"attributions: made up {item.get('style')}", (item.get("content") or [{}])[0], _who(item)
    for gold, predicted in found.attributions:
        where, told = gold["content"][0], f"{_who(gold)}, read as {_who(predicted)}"
        if not found.parties.same(speaker(gold), speaker(predicted)):
            yield "attributions: wrong speaker", where, told
        elif not found.chain_matches(gold, predicted):
            yield "attributions: wrong chain", where, told
        if gold["style"] != predicted.get("style"):
            yield "attributions: wrong style", where, f"{gold['style']}, read as {predicted.get('style')}"


def _who(attribution: Item) -> str:
    return " > ".join(f"{link.get('role')} {link.get('text')}" for link in chain(attribution)) or "nobody"


def _claim_errors(found: Comparison) -> Iterator[Error]:
    for claim in _alone(found.gold["claims"], [g for g, _ in found.claims]):
        yield f"claims: missed {claim['type']}", claim["trigger"], _parties(claim)
    for claim in _alone(found.predicted["claims"], [p for _, p in found.claims]):
        yield f"claims: made up {claim.get('type')}", claim.get("trigger") or {}, _parties(claim)
    for gold, predicted in found.claims:
        where = gold["trigger"]
        if not found.all_match(parties_of(gold), parties_of(predicted)):
            yield "claims: wrong parties", where, f"{_parties(gold)}, read as {_parties(predicted)}"
        for key, told, said in _marks(found, gold, predicted):
            if told != said or key == "according_to":
                yield f"claims: wrong {key}", where, f"{told}, read as {said}"


def _parties(claim: Item) -> str:
    return ", ".join(f"{p.get('role')} {p.get('text')}" for p in parties_of(claim)) or "nobody"


def _marks(found: Comparison, gold: Item, predicted: Item) -> Iterator[tuple[str, Any, Any]]:
    for key in ("certainty", "polarity", "tense"):
        yield key, gold.get(key), predicted.get(key)
    yield "casualties", gold.get("casualties") or None, predicted.get("casualties") or None
    told, said = (_pointed(side, "times", claim, "time") for side, claim in _sides(found, gold, predicted))
    yield "time", told.get("value"), said.get("value")
    told, said = (_pointed(side, "attributions", claim, "according_to") for side, claim in _sides(found, gold, predicted))
    one, two = speaker(told), speaker(said)
    if bool(one) != bool(two) or (one and not found.parties.same(one, two)):
        yield "according_to", one.get("text"), two.get("text")


def _sides(found: Comparison, gold: Item, predicted: Item) -> tuple[tuple[Item, Item], tuple[Item, Item]]:
    return (found.gold, gold), (found.predicted, predicted)


def _pointed(record: Item, layer: str, claim: Item, key: str) -> Item:
    """What a claim points at in another layer; an empty item where it points at nothing."""
    target = claim.get(key)
    return next((item for item in record[layer] if target is not None and item.get("id") == target), {})
