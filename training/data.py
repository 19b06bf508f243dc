"""Examples for training: windows of gold articles with their labels, and sentences of public name corpora."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from telusur.analyse.pieces import Pieces
from telusur.analyse.windows import Window, make_windows
from telusur.model.claim import CERTAINTIES, CLAIM_TYPES, POLARITIES, TENSES
from telusur.model.document import ARTICLE_KINDS
from telusur.model.span import Span

from .readings import CLAIMS_ALONE, LOOSE

Json = dict[str, Any]

NAME_LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
BIO = ("O", "B", "I")
ROLES = ("content", "speaker", "origin", "relay", "actor", "recipient", "place", "time")
MARKS = {"certainty": CERTAINTIES, "polarity": POLARITIES, "tense": TENSES}
IGNORE = -100


@dataclass(frozen=True, slots=True)
class Head:
    """A cue or trigger: its first word, what it is, and the (role, first word, last word) that it calls for."""

    word: int
    type: int
    marks: tuple[int, int, int]
    arguments: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One window with labels by word. ``names`` belong to the label set called ``corpus``."""

    ids: tuple[int, ...]
    first: tuple[int, ...]
    corpus: str
    names: tuple[int, ...]
    cues: tuple[int, ...] = ()
    triggers: tuple[int, ...] = ()
    heads: tuple[Head, ...] = field(default=())
    ours: bool = False
    """Whether its claims come from our own readings, which find more worth telling than the gold articles do."""


def outlet_of(record: Json) -> str:
    """The outlet by its registered domain (``finance.detik.com`` -> ``detik.com``)."""
    given = record.get("source") or {}
    host = urlsplit(given.get("url") or "").hostname or given.get("publisher_hint") or "unknown"
    parts = host.split(".")
    return ".".join(parts[-3:] if parts[-2:-1] in (["co"], ["or"], ["go"]) else parts[-2:])


FOLDS = (
    ("detik.com", "tempo.co"),
    ("cnnindonesia.com", "liputan6.com"),
    (),
)
"""Outlets by fold for cross-validation; the last fold holds all others."""


def fold_of(record: Json) -> int:
    outlet = outlet_of(record)
    return next((i for i, names in enumerate(FOLDS) if outlet in names), len(FOLDS) - 1)


def held_out(name: str) -> bool:
    """Whether one of our readings is kept from the weights, one in seven by its name: what weighs the model's word
    against the rules' is fitted on these."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 7 == 0


def whole(reading: Json) -> bool:
    """Whether one of our own readings was made beside gold ones, of attributions and claims alike."""
    return not reading.get(LOOSE) and not reading.get(CLAIMS_ALONE)


def read_gold(folder: Path) -> dict[str, Json]:
    return {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))}


def article_blocks(record: Json) -> list[Span]:
    return [Span(b["start"], b["end"]) for b in record["blocks"] if b["kind"] in ARTICLE_KINDS]


class _Words:
    """From characters to the words of one window."""

    def __init__(self, window: Window) -> None:
        self.start = np.array([w.start for w in window.words])
        self.end = np.array([w.end for w in window.words])

    def range(self, item: Json) -> tuple[int, int] | None:
        """First and last word that the span touches; None where it lies outside the window."""
        touched = np.nonzero((self.start < item["end"]) & (self.end > item["start"]))[0]
        return (int(touched[0]), int(touched[-1])) if len(touched) else None

    def bio(self, items: list[tuple[Json, int]], size: int) -> list[int]:
        """Labels where ``kind`` k gives B = 2k+1, I = 2k+2; longer spans are laid first."""
        labels = [0] * size
        for item, kind in sorted(items, key=lambda x: x[0]["start"] - x[0]["end"]):
            if found := self.range(item):
                a, b = found
                labels[a : b + 1] = [2 * kind + 1] + [2 * kind + 2] * (b - a)
        return labels


def _cue_head(at: _Words, attribution: Json) -> Head | None:
    if not attribution["cue"] or not (cue := at.range(attribution["cue"])):
        return None
    parts = [("content", s) for s in attribution["content"]] + [(x["role"], x) for x in attribution["chain"]]
    arguments = [(ROLES.index(role), *found) for role, span in parts if (found := at.range(span))]
    return Head(cue[0], IGNORE, (IGNORE, IGNORE, IGNORE), tuple(arguments))


def _claim_head(at: _Words, claim: Json, times: dict[str, Json]) -> Head | None:
    if not (trigger := at.range(claim["trigger"])):
        return None
    parts = [(p["role"], p) for p in claim["participants"]]
    if claim["time"] in times:
        parts.append(("time", times[claim["time"]]))
    arguments = [(ROLES.index(role), *found) for role, span in parts if (found := at.range(span))]
    marks = (CERTAINTIES.index(claim["certainty"]), POLARITIES.index(claim["polarity"]), TENSES.index(claim["tense"]))
    return Head(trigger[0], CLAIM_TYPES.index(claim["type"]), marks, tuple(arguments))


def gold_examples(record: Json, pieces: Pieces, *, most: int = 384) -> Iterator[Example]:
    """Windows of one gold article."""
    times = {t["id"]: t for t in record["times"]}
    kinds = ("PER", "ORG", "LOC")
    for window in make_windows(record["text"], article_blocks(record), pieces, most=most):
        at, size = _Words(window), len(window.words)
        by_hand = record.get("names", True)
        said = [] if record.get(CLAIMS_ALONE) else record["attributions"]
        heads = [_cue_head(at, a) for a in said] + [_claim_head(at, c, times) for c in record["claims"]]
        yield Example(
            ids=window.ids,
            first=window.first,
            corpus="gold",
            names=tuple(at.bio([(m, kinds.index(m["type"])) for m in record["mentions"]], size)) if by_hand else (IGNORE,) * size,
            cues=(IGNORE,) * size if record.get(CLAIMS_ALONE) else tuple(at.bio([(a["cue"], 0) for a in said if a["cue"]], size)),
            triggers=tuple(at.bio([(c["trigger"], 0) for c in record["claims"]], size)),
            heads=tuple(h for h in heads if h),
            ours=record.get(LOOSE, False),
        )


_LABEL_OF = {"PERSON": "PER", "PLACE": "LOC", "ORGANISATION": "ORG", "PER": "PER", "LOC": "LOC", "ORG": "ORG"}
_GLUED_BEFORE = set(".,;:!?)]}%”’'\"/-")
_GLUED_AFTER = set("([{“‘/-")


def _sentences(path: Path, token: int, label: int) -> Iterator[list[tuple[str, str]]]:
    rows: list[tuple[str, str]] = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.split()
            if not cells:
                if rows:
                    yield rows
                rows = []
            elif len(cells) > label:
                rows.append((cells[token], cells[label]))
    if rows:
        yield rows


def _lay_out(tokens: list[str]) -> tuple[str, list[Span]]:
    """A running text of tokens, spaces as a newspaper sets them, and where each token stands."""
    text, spans, open_quote = "", [], False
    for token in tokens:
        closes = token == '"' and open_quote
        glued = not text or (token[0] in _GLUED_BEFORE and token != '"') or closes or text[-1] in _GLUED_AFTER or (text.endswith('"') and open_quote)
        open_quote ^= token == '"'
        text += "" if glued else " "
        spans.append(Span(len(text), len(text) + len(token)))
        text += token
    return text, spans


def name_examples(path: Path, corpus: str, pieces: Pieces, *, token: int = 0, label: int = -1, drop: set[str] | None = None) -> Iterator[Example]:
    """Sentences of a public name corpus in CoNLL form; sentences in ``drop`` (lower-cased, joined) are left out."""
    kinds = ("PER", "ORG", "LOC")
    for rows in _sentences(path, token, label if label >= 0 else 1):
        tokens = [t for t, _ in rows]
        if drop is not None and " ".join(tokens).casefold() in drop:
            continue
        text, spans = _lay_out(tokens)
        items: list[tuple[Json, int]] = []
        for (_, tag), span in zip(rows, spans, strict=True):
            kind = _LABEL_OF.get(tag[2:])
            if tag[0] == "B" and kind:
                items.append(({"start": span.start, "end": span.end}, kinds.index(kind)))
            elif tag[0] == "I" and kind and items:
                items[-1][0]["end"] = span.end
        for window in make_windows(text, [Span(0, len(text))], pieces):
            yield Example(window.ids, window.first, corpus, tuple(_Words(window).bio(items, len(window.words))))


def public_examples(shared: Path, pieces: Pieces, split: str = "train") -> list[Example]:
    """NERGrit and IDNER-news-2k (both state a licence that lets weights learn from them)."""
    grit = shared / "data/indonlu-ner-pos" / f"dataset__nergrit_ner-grit__{'valid' if split == 'dev' else split}_preprocess.txt"
    idner = shared / "data/idner-news-2k" / f"{split}.txt"
    grit, idner = (p if p.exists() else p.with_name(p.name + ".gz") for p in (grit, idner))
    drop: set[str] = set()
    if split == "train":  # no sentence of a test split may teach
        for s in ("dev", "test"):
            for path, columns in ((shared / "data/indonlu-ner-pos" / f"dataset__nergrit_ner-grit__{'valid' if s == 'dev' else s}_preprocess.txt", (0, 1)), (shared / "data/idner-news-2k" / f"{s}.txt", (0, 2))):
                drop |= {" ".join(t for t, _ in rows).casefold() for rows in _sentences(path, *columns)}
    return [*name_examples(grit, "nergrit", pieces, label=1, drop=drop), *name_examples(idner, "idner", pieces, label=2, drop=drop)]
