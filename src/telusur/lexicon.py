"""Loads the word lists and outlet rules that ship in ``data/``, checking each once.

A word list is a tab-separated table with a header line; lines that start with ``#`` and blank lines are comments.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from .errors import BadLexicon


def data_file(path: str) -> Traversable:
    """A file of the package's ``data`` folder, by its path below it (``words/cues.tsv``)."""
    at: Traversable = resources.files("telusur") / "data"
    for part in path.split("/"):
        at = at / part
    return at


def read_table(name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Rows of ``data/words/NAME.tsv``, each a dict of the header's columns.

    Raises:
        BadLexicon: a needed column is missing, or a row has another number of cells than the header.
    """
    lines = data_file(f"words/{name}.tsv").read_text(encoding="utf-8").split("\n")
    header: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.rstrip("\r").split("\t")
        if header is None:
            header = cells
            if missing := [c for c in columns if c not in header]:
                raise BadLexicon(f"words/{name}.tsv line {number}: column {missing[0]!r} is missing; the header must name {', '.join(columns)}")
            continue
        if len(cells) != len(header):
            raise BadLexicon(f"words/{name}.tsv line {number}: {len(cells)} cells where the header has {len(header)}; part the cells with one tab each")
        yield dict(zip(header, (c.strip() for c in cells), strict=True))


@cache
def words(name: str) -> frozenset[str]:
    """The ``word`` column of ``data/words/NAME.tsv``, lower-cased."""
    return frozenset(row["word"].casefold() for row in read_table(name, ("word",)))
