"""Small words by what rules use them for: prepositions, words that end a clause, verbs that lend a noun their actor.

The groups and their words stand in ``words/grammar.tsv``, where a reader may extend them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from telusur.lexicon import read_table


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_table("grammar", ("word", "group")):
        found.setdefault(row["group"], set()).add(row["word"])
    return {name: frozenset(members) for name, members in found.items()}


@cache
def group(name: str) -> frozenset[str]:
    """The words of one group; a group that does not exist is a mistake of the caller."""
    return _groups()[name]
