"""Windows of unlabelled news for the masked language model: the encoder's base never saw much Indonesian news.

Articles of the development set are left out, so that a figure measured on them owes nothing to having seen them.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from telusur.analyse.pieces import Pieces
from telusur.analyse.windows import make_windows
from telusur.model.span import Span

IGNORE = -100
MASKED_SHARE = 0.2
MASK = Pieces.unknown
"""The cut vocabulary has no piece for a hidden word; the piece of unknown letters stands for it."""


@dataclass(frozen=True, slots=True)
class Masked:
    """One window with some words hidden: ``targets`` is the piece to be told, IGNORE elsewhere."""

    ids: tuple[int, ...]
    targets: tuple[int, ...]


def news_texts(shared: Path) -> Iterator[str]:
    left_out = {p.stem for p in (shared / "gold" / "dev").glob("*.json")}
    for path in sorted((shared / "data").glob("news-*/articles.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["id"] not in left_out:
                    yield f"{row.get('title') or ''}\n{row['text']}"


def plain_windows(shared: Path, pieces: Pieces, most: int = 192) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Every window's ids and where its words begin."""
    out = []
    for text in news_texts(shared):
        blocks, at = [], 0
        for line in text.split("\n"):
            if line.strip():
                blocks.append(Span(at, at + len(line)))
            at += len(line) + 1
        out += [(w.ids, w.first) for w in make_windows(text, blocks, pieces, most=most) if len(w.ids) > 30]
    return out


def hide(window: tuple[tuple[int, ...], tuple[int, ...]], pieces: int, rng: random.Random) -> Masked:
    """Whole words are hidden: four in five by the mask, one in ten by any piece, one in ten stays as it is."""
    ids, first = list(window[0]), window[1]
    targets = [IGNORE] * len(ids)
    for n, start in enumerate(first):
        if rng.random() >= MASKED_SHARE:
            continue
        end = first[n + 1] if n + 1 < len(first) else len(ids) - 1
        way = rng.random()
        for i in range(start, end):
            if ids[i] <= Pieces.unknown:
                continue
            targets[i] = ids[i]
            ids[i] = MASK if way < 0.8 else rng.randrange(4, pieces) if way < 0.9 else ids[i]
    return Masked(tuple(ids), tuple(targets))
