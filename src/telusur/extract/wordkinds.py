"""Kinds of words that the rules for sources and contents ask for: of clauses, of people and bodies, ranks, verbs by form.

The tables are ``data/words/clause-words.tsv``, ``role-nouns.tsv`` and ``ranks.tsv``; a word may be of several kinds.
"""

from __future__ import annotations

from functools import cache

from telusur.lexicon import read_table, words

from .units import Unit

_CLITIC = "nya"
_SHORTEST_VERB = 6
_NOT_VERBS = frozenset({"berita", "berinisial", "bernama", "berwenang", "berwajib", "bersama", "berbagai", "beberapa", "negara", "mereka", "merek", "terkait", "disabilitas", "distrik", "divisi", "dinas", "diplomat", "diaspora", "metode", "media", "medis", "mentan", "dirinya", "direktorat", "terpidana", "terlapor", "terdakwa", "tersangka", "tersebut", "terduga", "menara", "meteran", "ternak", "terbaru", "terkini", "terakhir", "terbesar"})


@cache
def clause_words(kind: str) -> frozenset[str]:
    """The words of one kind in ``data/words/clause-words.tsv``."""
    return frozenset(r["word"] for r in read_table("clause-words", ("word", "kind")) if r["kind"] == kind)


@cache
def role_nouns(kind: str) -> frozenset[str]:
    """The nouns of one kind in ``data/words/role-nouns.tsv``."""
    return frozenset(r["word"] for r in read_table("role-nouns", ("word", "kind")) if r["kind"] == kind)


@cache
def ranks() -> frozenset[str]:
    """Ranks and forms of address before a name: ``data/words/ranks.tsv``."""
    return frozenset(words("ranks"))


def first_persons() -> frozenset[str]:
    """`saya`, `kami`: who they are is open outside the quote in which they stand."""
    return frozenset({"saya", "kami", "kita", "aku"})


def is_adjunct_start(unit: Unit) -> bool:
    """Whether a stretch that begins with this unit says when, where or how, not who."""
    return unit.kind == "time" or unit.low in clause_words("preposition") or unit.low.removesuffix(_CLITIC) in ("menurut",)


def looks_like_verb(unit: Unit) -> bool:
    """Whether a small word has the shape of a verb (`meningkat`, `dilakukan`) and is no noun that the tables hold."""
    low = unit.low
    if unit.kind != "word" or unit.capital or len(low) < _SHORTEST_VERB or low in _NOT_VERBS:
        return False
    if low in role_nouns("person") or low in role_nouns("office") or low in role_nouns("text"):
        return False
    return low.startswith(("me", "di", "ber", "ter"))
