"""Fits how much the model's word weighs against the rules' and the lexicon's, on articles that the model has not seen.

    python -m training.judgement                  # on the readings that were kept from the weights (`data.held_out`)
    python -m training.judgement --made-after 4   # on those made after model 4 had learnt, less the kept ones, on which it can be measured then

Reads them with both tiers of the model that ships, and rewrites ``words/weighing.tsv`` (is this word the trigger of a claim?) and
``words/casting.tsv`` (who takes part in it?), and the same tables of the fast tier: logistic regressions over the signs of
`extract.frames.pairs` and `extract.casting.signs_of`.
"""

from __future__ import annotations

import argparse
import json
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from telusur.analyse.encoder import Model, load_model, understand
from telusur.analyse.entities import resolve_entities
from telusur.analyse.mentions import find_mentions
from telusur.analyse.quotes import find_quotations
from telusur.analyse.sentences import find_sentences
from telusur.analyse.times import find_times
from telusur.extract import frames as weighing
from telusur.extract.attributions import find_attributions
from telusur.extract.casting import Candidate
from telusur.extract.casting import signs_of as casting_signs
from telusur.extract.drafts import Draft
from telusur.extract.events import find_triggers
from telusur.extract.setting import Holders, Setting, setting_of
from telusur.extract.signs import weighed
from telusur.extract.tiers import tables_of
from telusur.extract.units import read_units
from telusur.ingest.files import from_text
from telusur.model.document import Document, Hints
from telusur.model.layers import Entity, Mention, Quotation, Sentence, Time
from telusur.model.signals import Frame, Signals, States, Tier
from telusur.model.span import Span
from telusur.parse import parse_page

from .data import held_out, read_gold, whole
from .readings import read_readings
from .trigger_tables import CACHE, WORDS, fit, write

Json = dict[str, Any]
Rows = list[tuple[dict[str, float], bool]]
"""The signs of each candidate, and whether it was read by hand."""
TIERS: tuple[Tier, ...] = ("accurate", "fast")


@dataclass(frozen=True, slots=True)
class Seen:
    """One article up to where claims are judged."""

    gold: Json
    setting: Setting
    mentions: tuple[Mention, ...]
    frames: tuple[Frame, ...]
    drafts: list[Draft]
    worded: list[Draft]
    states: States | None


def tier_alone(folder: str | None, tier: Tier) -> Model:
    """A tier that reads the whole article by itself: what is fitted for the fast one is for what it reads, not for the beginning."""
    return replace(load_model(folder, tier=tier), first=None)


@dataclass(frozen=True, slots=True)
class Layers:
    """One article up to where sayings are found."""

    signals: Signals
    sentences: tuple[Sentence, ...]
    times: tuple[Time, ...]
    quotations: tuple[Quotation, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    document: Document


def layers_of(gold: Json, model: Model) -> Layers:
    given = gold["source"]
    hints = Hints(url=given.get("url"), published=given.get("published_hint"))
    document = parse_page(from_text(gold["text"], url=given.get("url"), media_type="text/plain"), hints)
    signals = understand(document, model)
    sentences, times, quotations = find_sentences(document), find_times(document), find_quotations(document)
    entities, mentions = resolve_entities(document, find_mentions(document, signals))
    return Layers(signals, sentences, times, quotations, entities, mentions, document)


def see(gold: Json, model: Model) -> Seen:
    layers = layers_of(gold, model)
    mentions, signals = layers.mentions, layers.signals
    reading = read_units(layers.document, layers.sentences, mentions, layers.times)
    said = find_attributions(layers.document, layers.sentences, mentions, layers.entities, layers.times, layers.quotations, signals, reading)
    setting = setting_of(reading, mentions, Holders(said))
    worded = list(weighed(reading, find_triggers(reading), said, setting.filled_one, lambda draft, most: True))
    frames = tuple(f for f in signals.frames if f.kind == "claim")
    drafts = [d for d in weighing.from_frames(reading, frames) if d.type not in weighing.OFFICES]
    return Seen(gold, setting, mentions, frames, drafts, worded, signals.states)


def claim_of(seen: Seen, draft: Draft) -> Json | None:
    """The claim read by hand that the draft found."""
    for claim in seen.gold["claims"]:
        if claim["type"] == draft.type and overlap(claim["trigger"], draft.trigger) >= 1 / 3:
            return dict(claim)
    return None


def overlap(item: Json, span: Span) -> float:
    both = min(item["end"], span.end) - max(item["start"], span.start)
    return both / (max(item["end"], span.end) - min(item["start"], span.start)) if both > 0 else 0.0


def is_part(seen: Seen, claim: Json, candidate: Candidate, role: str) -> bool:
    """Whether whoever was read by hand in this role of the claim is the candidate."""
    entity_at = {(m.span.start, m.span.end): m.entity for m in seen.mentions}
    meant = [(p, entity_at.get((p["start"], p["end"]))) for p in claim["participants"] if p["role"] == role]
    return any(overlap(p, candidate.span) >= 0.5 or (entity is not None and entity == candidate.entity) for p, entity in meant)


@cache
def _thresholds() -> Json:
    """Those of the model that ships, which any other is read by too."""
    told: Json = json.loads((WORDS.parent / "models/reader/model.json").read_text(encoding="utf-8"))["thresholds"]
    return told


def rows_of(gold: Json, tier: Tier, folder: str | None = None) -> tuple[Rows, Rows]:
    """What may be a claim in one article, and who may take part in those that are."""
    model = tier_alone(folder, tier)
    model.meta["thresholds"].update(_thresholds())
    seen = see(gold, model)
    found = list(weighing.pairs(seen.setting.reading, seen.drafts, seen.worded))
    triggers = [(signs, claim_of(seen, draft) is not None) for draft, signs in found]
    castings: Rows = []
    for casting, draft in seen.setting.castings([draft for draft, _ in found], seen.frames):
        claim = claim_of(seen, draft)
        if claim is not None:
            castings += [(signs, is_part(seen, claim, candidate, role)) for candidate, role, signs in casting_signs(casting)]
    return triggers, castings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--model", help="another model's folder")
    parser.add_argument("--readings", type=Path, default=CACHE / "readings")
    parser.add_argument("--words", type=Path, default=WORDS)
    parser.add_argument("--made-after", type=int, help="fit on the readings that were made after this model had learnt, which it never saw")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", choices=[table for tier in TIERS for table in tables_of(tier)], help="fit this table alone")
    options = parser.parse_args()
    since = {name: reading.get("since", 0) for name, reading in read_readings().items()}

    def teaches(name: str) -> bool:
        return held_out(name) if options.made_after is None else since[name] > options.made_after and not held_out(name)

    golds = {k: r for k, r in read_gold(options.readings).items() if teaches(k) and whole(r)}
    for tier in TIERS:
        tables = tables_of(tier)
        if options.only not in (None, *tables):
            continue
        with ProcessPoolExecutor(options.processes) as pool:
            articles = list(pool.map(partial(rows_of, tier=tier, folder=options.model), golds.values(), chunksize=16))
        for n, table in enumerate(tables):
            if options.only not in (None, table):
                continue
            pairs = [row for article in articles for row in article[n]]
            found = fit([signs for signs, _ in pairs], [right for _, right in pairs])
            told = {sign: f"{value:.2f}" for sign, value in found.items()}
            write(options.words, table, [(sign, value) for sign, value in told.items() if float(value) or not sign.startswith("word ")])
            print(f"{table}: {len(pairs)} candidates of {len(articles)} articles, {sum(r for _, r in pairs)} right", flush=True)


if __name__ == "__main__":
    main()
