"""Fits how likely a saying is one that the rules found and the model did not hear: ``words/unheard.tsv``.

    python -m training.unheard --shared ../shared

Reads the gold articles of ``train`` and our own readings that are not kept, with the accurate tier, and asks of each such
saying whether people marked its words: half of them at least, and as many beside them at most (as `score.py` pairs them).
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from telusur.extract.attributions import written_sayings
from telusur.extract.heard import unheard
from telusur.extract.sayings import Saying
from telusur.extract.unheard import TABLE, unheard_signs
from telusur.extract.units import read_units
from telusur.model.span import Span

from .data import held_out, read_gold, whole
from .judgement import layers_of, tier_alone
from .trigger_tables import CACHE, WORDS, fit, write

Json = dict[str, Any]
Rows = list[tuple[dict[str, float], bool]]


def rows_of(gold: Json) -> Rows:
    """The unheard sayings of one article: their signs, and whether people marked them."""
    layers = layers_of(gold, tier_alone(None, "accurate"))
    reading = read_units(layers.document, layers.sentences, layers.mentions, layers.times)
    sayings, _ = written_sayings(reading, layers.quotations)
    return [(unheard_signs(reading, saying), _is_marked(gold, saying)) for saying in unheard(sayings, layers.signals)]


def _is_marked(gold: Json, saying: Saying) -> bool:
    told = _letters(saying.contents)
    for attribution in gold["attributions"]:
        marked = _letters(Span(c["start"], c["end"]) for c in attribution["content"])
        if 2 * len(told & marked) >= len(told | marked):
            return True
    return False


def _letters(spans: Any) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--readings", type=Path, default=CACHE / "readings")
    parser.add_argument("--words", type=Path, default=WORDS)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    readings = {k: r for k, r in read_gold(options.readings).items() if not held_out(k) and whole(r)}
    golds = [*read_gold(options.shared / "gold/train").values(), *readings.values()]
    with ProcessPoolExecutor(options.processes) as pool:
        rows = [row for article in pool.map(rows_of, golds, chunksize=16) for row in article]
    found = fit([signs for signs, _ in rows], [right for _, right in rows])
    write(options.words, TABLE, [(sign, f"{weight:.2f}") for sign, weight in found.items()])
    print(f"{TABLE}: {len(rows)} sayings of {len(golds)} articles, {sum(right for _, right in rows)} right")


if __name__ == "__main__":
    main()
