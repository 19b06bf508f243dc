"""Where the readings are good and where not: by outlet, by topic, by voice, by kind of error; how far people agree.

    python benchmarks/breakdown.py                         # the cross-validation's readings (training.crossval makes them)
    python benchmarks/breakdown.py FOLDER                  # any folder with gold/ and read/
    python benchmarks/breakdown.py --agreement FOLDER      # a second reading by hand in read/

Writes ``benchmarks/results/breakdown.json`` (or ``agreement.json``); ``benchmarks/quality.py`` shows it. Counts only, no
words of the articles.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from telusur.extract.participants import form_of
from telusur.model.claim import STATE_TYPES
from telusur.scoring import (
    Comparison,
    Item,
    Tallies,
    chain,
    compare,
    overlap,
    participants,
    parties_of,
    same_value,
    scores,
    speaker,
    tally,
)

Json = dict[str, Any]

HERE = Path(__file__).parent
CROSSVAL = HERE.parent / "training" / "cache" / "crossval"
RESULTS = HERE / "results"

SHOWN = (
    "mentions.f1", "entities.b3", "times.value_f1", "quotes.content_f1", "quotes.speaker_f1", "claims.type_f1",
    "claims.actors_f1", "claims.participants_f1",
)  # fmt: skip
MARKS = ("certainty", "polarity", "tense")
LEAST_ARTICLES = 5
"""A group of fewer articles goes with the others."""

Pair = tuple[Json, Json]


def load(folder: Path) -> dict[str, Pair]:
    """Gold records and their readings, by name."""
    out = {}
    for file in sorted((folder / "gold").glob("*.json")):
        read = folder / "read" / file.name
        if read.exists():
            out[file.stem] = json.loads(file.read_text(encoding="utf-8")), json.loads(read.read_text(encoding="utf-8"))
    return out


# --- groups -----------------------------------------------------------------------------------------------------


def outlet_of(gold: Item) -> str:
    """The outlet by its registered domain."""
    given = gold.get("source") or {}
    host = urlsplit(given.get("url") or "").hostname or given.get("publisher_hint") or "unknown"
    parts = str(host).split(".")
    return ".".join(parts[-3:] if parts[-2:-1] in (["co"], ["or"], ["go"]) else parts[-2:])


def topics() -> list[tuple[str, str]]:
    lines = (HERE / "topics.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(word, topic) for word, topic in rows[1:]]


def topic_of(gold: Item, known: list[tuple[str, str]]) -> str:
    """The topic by the words of the address; "not told" where it has none that is known."""
    address = urlsplit((gold.get("source") or {}).get("url") or "")
    words = {*(address.hostname or "").split(".")[:-1], *address.path.split("/")[1:3]}
    return next((topic for word, topic in known if word in words), "not told")


def grouped(tallies: Mapping[str, Tallies], group: Mapping[str, str]) -> Json:
    """Scores with intervals for each group, the largest first; small ones together."""
    sizes = Counter(group.values())
    members: dict[str, list[Tallies]] = defaultdict(list)
    for name, counts in tallies.items():
        own = group[name]
        members[own if sizes[own] >= LEAST_ARTICLES else "all others"].append(counts)
    ordered = sorted(members, key=lambda key: (key in ("all others", "not told"), -len(members[key]), key))
    return {key: {"articles": len(members[key]), "scores": _shown(members[key])} for key in ordered}


def _shown(tallies: list[Tallies]) -> Json:
    found = scores(tallies)
    return {key: [found[key].value, found[key].low, found[key].high] for key in SHOWN if key in found}


# --- voice ------------------------------------------------------------------------------------------------------


def voice_of(claim: Item, text: str) -> str:
    """The form of an event's trigger; states (offices above all) stand apart, for nobody does them to anybody."""
    if claim.get("type") in STATE_TYPES:
        return "state"
    trigger = text[claim["trigger"]["start"] : claim["trigger"]["end"]].casefold().split()
    return form_of(trigger[0]) if trigger else "noun"


def voices(pairs: Mapping[str, Pair]) -> Json:
    """Roles by the form of the trigger: of claims that were found, and as the F1 that counts those that were not."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for gold, read in pairs.values():
        found = compare(gold, read)
        text = gold["text"]
        for claim in found.gold["claims"]:
            counts[voice_of(claim, text)]["gold"] += 1
        for claim in found.predicted["claims"]:
            counts[voice_of(claim, text)]["read"] += 1
        for one, two in found.claims:
            count = counts[voice_of(one, text)]
            count["found"] += 1
            count["parties right"] += found.all_match(parties_of(one), parties_of(two))
            count["roles right"] += found.match(parties_of(one), parties_of(two))
            count["roles gold"] += len(parties_of(one))
            count["roles read"] += len(parties_of(two))
            count["swapped"] += _swapped(found, one, two)
    return {voice: dict(count) for voice, count in sorted(counts.items())}


def _swapped(found: Comparison, gold: Item, told: Item) -> bool:
    """Whether a party stands in another's role."""
    return any(
        g["role"] != p.get("role") and found.parties.same(g, p) for g in parties_of(gold) for p in parties_of(told)
    )


# --- kinds of error ---------------------------------------------------------------------------------------------


def errors_of(found: Comparison) -> Iterator[str]:
    """The errors of one article, each by its kind."""
    yield from _name_errors(found)
    yield from _time_errors(found)
    yield from _quote_errors(found)
    yield from _claim_errors(found)


def _key(mention: Item) -> tuple[Any, ...]:
    return mention.get("start"), mention.get("end")


def _name_errors(found: Comparison) -> Iterator[str]:
    gold = {_key(m): m["type"] for m in found.gold["mentions"]}
    read = {_key(m): m.get("type") for m in found.predicted["mentions"]}
    missed, made = gold.keys() - read.keys(), read.keys() - gold.keys()
    yield from ("names: other type" for key in gold.keys() & read.keys() if gold[key] != read[key])
    touched = {key for key in missed if any(_touch(key, other) for other in made)}
    yield from ("names: other bounds" if key in touched else "names: missed" for key in missed)
    yield from ("names: made up" for key in made if not any(_touch(key, other) for other in missed))


def _touch(one: tuple[Any, ...], two: tuple[Any, ...]) -> bool:
    return bool(one[0] < two[1] and two[0] < one[1])


def _time_errors(found: Comparison) -> Iterator[str]:
    yield from ["times: missed"] * (len(found.gold["times"]) - len(found.times))
    yield from ["times: made up"] * (len(found.predicted["times"]) - len(found.times))
    yield from ("times: other value" for g, p in found.times if not same_value(g, p))


def _quote_errors(found: Comparison) -> Iterator[str]:
    yield from ["quotes: missed"] * (len(found.gold["attributions"]) - len(found.attributions))
    yield from ["quotes: made up"] * (len(found.predicted["attributions"]) - len(found.attributions))
    for gold, told in found.attributions:
        if not found.parties.same(speaker(gold), speaker(told)):
            yield "quotes: other speaker"
        elif len(chain(gold)) != len(chain(told)) or not found.chain_matches(gold, told):
            yield "quotes: other chain"


def _claim_errors(found: Comparison) -> Iterator[str]:
    paired = {id(g) for g, _ in found.claims}, {id(p) for _, p in found.claims}
    lonely = [c for c in found.gold["claims"] if id(c) not in paired[0]]
    invented = [c for c in found.predicted["claims"] if id(c) not in paired[1]]
    other = [g for g in lonely if any(overlap(g["trigger"], p.get("trigger")) >= 1 / 3 for p in invented)]
    yield from ["claims: other type"] * len(other)
    yield from ["claims: missed trigger"] * (len(lonely) - len(other))
    yield from ["claims: made up"] * max(0, len(invented) - len(other))
    for gold, told in found.claims:
        yield from _party_errors(found, gold, told)
        yield from (f"claims: other {mark}" for mark in MARKS if gold.get(mark) != told.get(mark))
        yield from _pointer_errors(found, gold, told)


def _party_errors(found: Comparison, gold: Item, told: Item) -> Iterator[str]:
    if found.all_match(participants(gold), participants(told)):
        return
    if _swapped(found, gold, told):
        yield "claims: roles swapped"
        return
    for role in ("actor", "recipient", "place"):
        one = [p for p in participants(gold) if p["role"] == role]
        two = [p for p in participants(told) if p.get("role") == role]
        right = found.match(one, two)
        others = min(len(one), len(two)) - right
        yield from ["claims: other party"] * others
        yield from ["claims: party missed"] * (len(one) - right - others)
        yield from ["claims: party made up"] * (len(two) - right - others)


def _pointer_errors(found: Comparison, gold: Item, told: Item) -> Iterator[str]:
    values = [{t["id"]: t["value"] for t in side["times"]} for side in (found.gold, found.predicted)]
    if values[0].get(gold["time"]) != values[1].get(told.get("time")):
        yield "claims: other time"
    words = [{a["id"]: a for a in side["attributions"]} for side in (found.gold, found.predicted)]
    one, two = words[0].get(gold["according_to"]), words[1].get(told.get("according_to"))
    if (one is None) != (two is None) or (one and two and not found.parties.same(speaker(one), speaker(two))):
        yield "claims: other word"


# --- the command ------------------------------------------------------------------------------------------------


def break_down(pairs: Mapping[str, Pair]) -> Json:
    """All figures of a set of readings."""
    tallies = {name: tally(gold, read) for name, (gold, read) in pairs.items()}
    known = topics()
    kinds: Counter[str] = Counter()
    for gold, read in pairs.values():
        kinds.update(errors_of(compare(gold, read)))
    everything = scores(list(tallies.values()))
    return {
        "articles": len(pairs),
        "model": sorted({(read.get("analysis") or {}).get("model") or "by hand" for _, read in pairs.values()}),
        "all": {key: [score.value, score.low, score.high] for key, score in everything.items() if not key.startswith("blocks.")},
        "outlets": grouped(tallies, {name: outlet_of(gold) for name, (gold, _) in pairs.items()}),
        "topics": grouped(tallies, {name: topic_of(gold, known) for name, (gold, _) in pairs.items()}),
        "voices": voices(pairs),
        "errors": dict(kinds.most_common()),
    }


def agreement(pairs: Mapping[str, Pair]) -> Json:
    """How far two readings by hand agree, with intervals; where they part, by kind."""
    found = break_down(pairs)
    return {key: found[key] for key in ("articles", "all", "errors")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=CROSSVAL)
    parser.add_argument("--agreement", action="store_true", help="the readings are a person's")
    options = parser.parse_args()
    pairs = load(options.folder)
    found = agreement(pairs) if options.agreement else break_down(pairs)
    path = RESULTS / ("agreement.json" if options.agreement else "breakdown.json")
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"{len(pairs)} articles, written into {path.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
