"""The tallies of one article, by measure: how much was right, of how much in gold, of how much in the reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .pairing import (
    SAME_SPAN,
    Comparison,
    Item,
    chain,
    compare,
    is_span,
    overlap,
    participants,
    parties_of,
    speaker,
)

Tally = tuple[float, ...]
"""Summed over articles, then turned into one score by its length.

Two numbers are a share (hits, of how many); three an F1 (hits, in gold, predicted); four a B-cubed F1 (sum of
precisions, predicted, sum of recalls, in gold).
"""

Tallies = dict[str, Tally]


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
