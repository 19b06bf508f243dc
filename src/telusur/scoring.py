"""How near a reading comes to one made by hand: what counts as the same thing, and the measures built on it.

Comes in: gold and predicted records as plain JSON values. Goes out: tallies for each article, summed into scores.

What is the same: two spans that share at least half of what they cover together; for a trigger a third is enough. A
person or group in a role is the gold one where the spans are the same, or where both name the same entity: more than
half of the predicted entity's mentions lie on mentions of the gold entity. Items are paired one to one, best first.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]
Tally = tuple[float, ...]
"""Summed over articles, then turned into one score by its length.

Two numbers are a share (hits, of how many); three an F1 (hits, in gold, predicted); four a B-cubed F1 (sum of
precisions, predicted, sum of recalls, in gold).
"""

Tallies = dict[str, Tally]

SAME_SPAN, SAME_TRIGGER = 1 / 2, 1 / 3
RESAMPLES, SEED, LEAST_RESAMPLES = 300, 7, 40
_LAYERS = ("blocks", "mentions", "times", "attributions", "claims")


# --- the same span, the same party ------------------------------------------------------------------------------


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


# --- one article ------------------------------------------------------------------------------------------------


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


def tally(gold: Item, predicted: Item | None) -> Tallies:
    """The tallies of one article, by measure."""
    found = compare(gold, predicted)
    return {
        **_blocks(found),
        **_article(found),
        **_names(found),
        **_times(found),
        **_attributions(found),
        **_claims(found),
        **_marks(found),
    }


def _blocks(found: Comparison) -> Tallies:
    """Kind for kind, a character each."""
    kinds: dict[int, Any] = {}
    length = len(found.gold["text"])
    for block in found.predicted["blocks"]:
        if is_span(block):
            for at in range(block["start"], min(block["end"], length)):
                kinds.setdefault(at, block.get("kind"))
    right: Counter[Any] = Counter()
    gold: Counter[Any] = Counter()
    predicted: Counter[Any] = Counter()
    for block in found.gold["blocks"]:
        said = Counter(kinds.get(at) for at in range(block["start"], block["end"]))
        gold[block["kind"]] += block["end"] - block["start"]
        predicted += said
        right[block["kind"]] += said[block["kind"]]
    out: Tallies = {"blocks.accuracy": (right.total(), gold.total())}
    return out | {f"blocks.f1 {kind}": (right[kind], gold[kind], predicted[kind]) for kind in gold}


def _plain(value: object) -> str | None:
    """A field for comparison: white space and case do not matter."""
    return None if value is None else " ".join(str(value).split()).casefold()


def _article(found: Comparison) -> Tallies:
    """What the page says of itself. Where the caller told what the text leaves out, the text's silence proves nothing."""
    gold, predicted = found.gold["article"], found.predicted["article"]
    told = found.gold.get("source") or {}
    told_by = {
        "published": told.get("published_hint"),
        "publisher": told.get("url") or told.get("publisher_hint"),
        "section": told.get("url"),
    }
    hits = total = 0
    out: Tallies = {}
    for key in ("title", "lead", "publisher", "section", "published"):
        one, two = _plain(gold.get(key)), _plain(predicted.get(key))
        if key == "published":
            one, two = one and one[:10], two and two[:10]
        if one is None and told_by.get(key):
            continue
        if one is not None or two is not None:
            hits, total = hits + (one == two), total + 1
        if key == "published" and one is None:
            out["honesty.published_invented"] = (two is not None, 1)

    def listed(article: Item, key: str) -> list[Any]:
        return article.get(key) or []

    def credit(value: Item) -> tuple[object, ...]:
        return _plain(value.get("name")), value.get("role")

    def image(value: Item) -> tuple[object, ...]:
        return _plain(value.get("caption")), _plain(value.get("credit"))

    out["article.fields"] = (hits, total)
    out["credits.f1"] = _bags(map(credit, listed(gold, "credits")), map(credit, listed(predicted, "credits")))
    out["wires.f1"] = _bags(map(_plain, listed(gold, "wires")), map(_plain, listed(predicted, "wires")))
    out["images.f1"] = _bags(map(image, listed(gold, "images")), map(image, listed(predicted, "images")))
    return out


def _bags(gold: Iterable[object], predicted: Iterable[object]) -> Tally:
    one, two = Counter(gold), Counter(predicted)
    return (one & two).total(), one.total(), two.total()


def _names(found: Comparison) -> Tallies:
    """Mentions exact in span and type; entities by B-cubed over exact spans, what is missed or made up included."""

    def key(mention: Item) -> tuple[Any, Any]:
        return mention.get("start"), mention.get("end")

    gold, predicted = found.gold["mentions"], found.predicted["mentions"]
    of_gold = {key(m): m.get("entity") for m in gold}
    of_predicted = {key(m): m.get("entity") for m in predicted}
    gold_sets, predicted_sets = _clusters(of_gold), _clusters(of_predicted)
    precision = recall = 0.0
    for place in of_gold.keys() & of_predicted.keys():
        one, two = gold_sets[of_gold[place]], predicted_sets[of_predicted[place]]
        both = len(one & two)
        precision, recall = precision + both / len(two), recall + both / len(one)
    return {
        "mentions.f1": _bags(((*key(m), m.get("type")) for m in gold), ((*key(m), m.get("type")) for m in predicted)),
        "entities.b3": (precision, len(of_predicted), recall, len(of_gold)),
    }


def _clusters(entity_of: Mapping[Any, Any]) -> dict[Any, set[Any]]:
    out: dict[Any, set[Any]] = {}
    for place, entity in entity_of.items():
        out.setdefault(entity, set()).add(place)
    return out


def same_value(gold: Item, predicted: Item) -> bool:
    """Whether two times have the same value and modifier."""
    return bool(gold["value"] == predicted.get("value") and (gold.get("mod") or None) == (predicted.get("mod") or None))


def _times(found: Comparison) -> Tallies:
    pairs, sizes = found.times, (len(found.gold["times"]), len(found.predicted["times"]))

    def digits(value: str | None) -> int:
        return sum(ch.isdigit() for ch in value or "")

    dated = [(g, p) for g, p in pairs if g["type"] in ("DATE", "TIME")]
    return {
        "times.f1": (len(pairs), *sizes),
        "times.exact_f1": (sum(overlap(g, p) == 1 for g, p in pairs), *sizes),
        "times.value_f1": (sum(same_value(g, p) for g, p in pairs), *sizes),
        "honesty.false_precision": (sum(digits(p.get("value")) > digits(g["value"]) for g, p in dated), len(dated)),
    }


def _attributions(found: Comparison) -> Tallies:
    gold, predicted, pairs = found.gold["attributions"], found.predicted["attributions"], found.attributions
    sizes = (len(gold), len(predicted))
    right = [(g, p) for g, p in pairs if found.parties.same(speaker(g), speaker(p))]
    silent = sum(not speaker(p) for _, p in pairs)
    out: Tallies = {
        "quotes.content_f1": (len(pairs), *sizes),
        "quotes.speaker_f1": (len(right), *sizes),
        "quotes.cue_f1": (
            sum(overlap(g["cue"], p.get("cue")) >= SAME_SPAN for g, p in pairs),
            sum(bool(g["cue"]) for g in gold),
            sum(is_span(p.get("cue")) for p in predicted),
        ),
        "honesty.wrong_mouth": (len(pairs) - len(right) - silent, len(pairs)),
        "chains.f1": (
            sum(len(chain(g)) > 1 and found.chain_matches(g, p) for g, p in pairs),
            sum(len(chain(g)) > 1 for g in gold),
            sum(len(chain(p)) > 1 for p in predicted),
        ),
    }
    for style in ("direct", "indirect"):
        out[f"quotes.{style}_speaker_f1"] = (
            sum(g["style"] == p.get("style") == style for g, p in right),
            sum(g["style"] == style for g in gold),
            sum(p.get("style") == style for p in predicted),
        )
    return out


def _claims(found: Comparison) -> Tallies:
    gold, predicted, pairs = found.gold["claims"], found.predicted["claims"], found.claims
    sizes = (len(gold), len(predicted))
    return {
        "claims.type_f1": (len(pairs), *sizes),
        "claims.actors_f1": (sum(found.all_match(parties_of(g), parties_of(p)) for g, p in pairs), *sizes),
        "claims.full_f1": (sum(found.all_match(participants(g), participants(p)) for g, p in pairs), *sizes),
        "claims.participants_f1": (
            sum(found.match(participants(g), participants(p)) for g, p in pairs),
            sum(len(participants(g)) for g in gold),
            sum(len(participants(p)) for p in predicted),
        ),
    }


def _marks(found: Comparison) -> Tallies:
    """What is marked on paired claims, counted only where a side marks it: a constant answer earns nothing."""
    gold_value = {t["id"]: t["value"] for t in found.gold["times"]}
    predicted_value = {t.get("id"): t.get("value") for t in found.predicted["times"]}
    gold_word = {a["id"]: a for a in found.gold["attributions"]}
    predicted_word = {a.get("id"): a for a in found.predicted["attributions"]}

    def count(
        of_gold: Callable[[Item], Any],
        of_predicted: Callable[[Item], Any],
        equal: Callable[[Any, Any], bool] = lambda one, two: bool(one == two),
    ) -> Tally:
        marks = [(of_gold(g), of_predicted(p)) for g, p in found.claims]
        both = sum(g is not None and p is not None and equal(g, p) for g, p in marks)
        return both, sum(g is not None for g, _ in marks), sum(p is not None for _, p in marks)

    def on_both(mark: Callable[[Item], Any]) -> Tally:
        return count(mark, mark)

    def unless(key: str, usual: str) -> Callable[[Item], Any]:
        return lambda claim: None if claim.get(key) == usual else claim.get(key)

    def casualties(claim: Item) -> dict[str, int] | None:
        return {k: v for k, v in (claim.get("casualties") or {}).items() if v is not None} or None

    return {
        "claims.uncertain_f1": on_both(unless("certainty", "certain")),
        "claims.negative_f1": on_both(unless("polarity", "positive")),
        "claims.future_f1": on_both(lambda claim: "future" if claim.get("tense") == "future" else None),
        "claims.time_f1": count(lambda g: gold_value.get(g["time"]), lambda p: predicted_value.get(p.get("time"))),
        "claims.according_f1": count(
            lambda g: gold_word.get(g["according_to"]),
            lambda p: predicted_word.get(p.get("according_to")),
            lambda one, two: found.parties.same(speaker(one), speaker(two)),
        ),
        "claims.casualties_f1": on_both(casualties),
    }


# --- many articles ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """One measure, 0 to 1, with its 95 % bootstrap interval over articles; None where nothing can be said."""

    value: float | None
    low: float | None = None
    high: float | None = None


def _value(numbers: Tally) -> float | None:
    if len(numbers) == 2:
        return numbers[0] / numbers[1] if numbers[1] else None
    if len(numbers) == 3:
        items = numbers[1] + numbers[2]
        return 2 * numbers[0] / items if items else None
    precision = numbers[0] / numbers[1] if numbers[1] else 0.0
    recall = numbers[2] / numbers[3] if numbers[3] else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _sum(tallies: Sequence[Tallies]) -> dict[str, float | None]:
    """Every measure over these articles; the macro average of the block kinds last."""
    columns: dict[str, list[Tally]] = {}
    for article in tallies:
        for key, numbers in article.items():
            columns.setdefault(key, []).append(numbers)
    out = {key: _value(tuple(map(sum, zip(*rows, strict=True)))) for key, rows in columns.items()}
    kinds = [value for key, value in out.items() if key.startswith("blocks.f1 ") and value is not None]
    out["blocks.macro_f1"] = _mean([out[key] for key in sorted(out) if key.startswith("blocks.f1 ")]) if kinds else None
    return out


def _mean(values: Iterable[float | None]) -> float:
    known = [v for v in values if v is not None]
    return sum(known) / len(known)


def scores(tallies: Sequence[Tallies]) -> dict[str, Score]:
    """Every measure over all articles, with intervals where there are articles enough to resample."""
    spread: dict[str, list[float]] = {}
    if len(tallies) > 1:
        for resampled in _resamples(tallies):
            for key, value in _sum(resampled).items():
                if value is not None:
                    spread.setdefault(key, []).append(value)
    return {key: _with_interval(value, sorted(spread.get(key, ()))) for key, value in sorted(_sum(tallies).items())}


def _resamples(tallies: Sequence[Tallies]) -> Iterator[list[Tallies]]:
    """As many articles drawn with replacement, again and again, the same draws every time."""
    draw = random.Random(SEED)
    for _ in range(RESAMPLES):
        yield [draw.choice(tallies) for _ in tallies]


def _with_interval(value: float | None, spread: Sequence[float]) -> Score:
    if len(spread) <= LEAST_RESAMPLES:
        return Score(value)
    return Score(value, spread[int(len(spread) * 0.025)], spread[int(len(spread) * 0.975) - 1])
