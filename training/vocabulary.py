"""Cuts the 250,002 pieces of the encoder's vocabulary down to those that Indonesian news uses.

Only the counts of pieces are taken from the texts read here; no text is kept.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from telusur.analyse.pieces import MARK, Pieces
from telusur.analyse.words import split_words

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


def choose_pieces(table: list[tuple[str, float]], shared: Path, *, at_least: int = 3) -> list[int]:
    """Ids of the pieces to keep, rising: the special ones, single signs, and what the texts use ``at_least`` times."""
    words: Counter[str] = Counter()
    for text in texts(shared):
        for span in split_words(text, 0, len(text)):
            glued = span.start > 0 and not text[span.start - 1].isspace()
            words[("" if glued else MARK) + unicodedata.normalize("NFKC", text[span.start : span.end])] += 1
    pieces = Pieces(table)
    counts: Counter[int] = Counter()
    for word, n in words.items():
        for piece in pieces._cut(word[:60]):
            counts[piece] += n
    keep = {0, 1, 2, 3} | {i for i, n in counts.items() if n >= at_least}
    keep |= {i for i, (p, _) in enumerate(table) if _KEEP.fullmatch(p.replace(MARK, ""))}
    return sorted(keep)
