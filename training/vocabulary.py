"""The vocabulary: of the encoder's 250,002 pieces those that Indonesian news uses, and its commonest words whole.

The pieces were chosen for a hundred languages and cut common Indonesian words in two or three. Each such word that is
one piece of its own makes what the model reads shorter: the 5,000 that save the most make it a fifth shorter.
Only counts are taken from the texts read here; no text is kept.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from telusur.analyse.pieces import MARK, Pieces
from telusur.analyse.words import split_words

from .rawtext import news_texts

Array = npt.NDArray[np.float32]
Table = list[tuple[str, float]]
"""(piece, log probability) in the order of their ids."""

WHOLE_WORDS = 5000
_LONGEST_WHOLE = 24
_KEEP = re.compile(r"[A-Za-z0-9]{1,2}|[!-~]|[–—‘’“”…•°€£¥§é-ü]|" + "\ufffd")


def texts(shared: Path) -> Iterator[str]:
    """Every Indonesian text of the shared folder: articles and raw text."""
    for path in sorted(shared.glob("data/news-*/articles.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield "\n".join(str(row.get(k) or "") for k in ("title", "text", "body", "content"))
    for path in sorted(shared.glob("data/raw-text-id/*.txt.gz")):
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
            yield from lines
    for path in sorted(shared.glob("gold/train/*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))["text"]


def count_words(told: Iterable[str]) -> Counter[str]:
    """How often each word stands in texts, as it is cut into pieces: with the mark of a space before it, or without."""
    words: Counter[str] = Counter()
    for text in told:
        for span in split_words(text, 0, len(text)):
            glued = span.start > 0 and not text[span.start - 1].isspace()
            words[("" if glued else MARK) + unicodedata.normalize("NFKC", text[span.start : span.end])] += 1
    return words


def whole_words(table: Table, words: Counter[str], most: int) -> Table:
    """The words that save the most pieces when they are one, each with its log probability among all words."""
    pieces, every = Pieces(table), words.total()
    saved = {word: n * (len(pieces.cut(word)) - 1) for word, n in words.items() if len(word) <= _LONGEST_WHOLE}
    best = sorted(saved, key=lambda word: (-saved[word], word))[:most]
    return [(word, math.log(words[word] / every)) for word in best if saved[word] > 0]


def choose_pieces(table: Table, shared: Path, *, whole: int = WHOLE_WORDS) -> Table:
    """The table to be used: the news' words to be whole, and what is left of its other pieces, rare names' among them."""
    return used(table + whole_words(table, count_words(news_texts(shared)), whole), count_words(texts(shared)))


def used(table: Table, words: Counter[str], *, at_least: int = 3) -> Table:
    """The pieces that words use ``at_least`` times, beside the special ones and single signs."""
    counts: Counter[int] = Counter()
    pieces = Pieces(table)
    for word, n in words.items():
        for piece in pieces.cut(word[:60]):
            counts[piece] += n
    keep = {0, 1, 2, 3} | {i for i, n in counts.items() if n >= at_least}
    keep |= {i for i, (p, _) in enumerate(table) if _KEEP.fullmatch(p.replace(MARK, ""))}
    return [table[i] for i in sorted(keep)]


def rows_of(chosen: Table, table: Table, rows: Array) -> Array:
    """A row for each chosen piece: its own of ``rows`` where ``table`` has it, else the mean of the pieces that it is cut into."""
    at = {piece: i for i, (piece, _) in enumerate(table)}
    pieces = Pieces(table)
    return np.stack([rows[at[piece]] if piece in at else rows[list(pieces.cut(piece))].mean(axis=0) for piece, _ in chosen])


def write_table(table: Table, path: Path) -> None:
    path.write_text("".join(f"{piece}\t{score:.4f}\n" for piece, score in table), encoding="utf-8")


def read_table(path: Path) -> Table:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line)
    return [(piece, float(score)) for piece, score in rows]
