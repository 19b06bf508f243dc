"""Lemmas: the word of the dictionary behind a word of a text (``menyatakan`` -> ``nyata``, ``anak-anak`` -> ``anak``).

Comes in: a word with its part of speech (Universal Dependencies). Goes out: its lemma. A word that the treebanks of
``data/words/lemma-forms.tsv`` have is answered from there. For any other, every rest that the grammar can take out of
it (`affixes.take_apart`, each half of a word said twice) is a candidate beside the word itself, and signs with weights
(``data/words/lemma-signs.tsv``) choose: its affixes, whether the rest is a known root, a capital inside a sentence.
``training/lemmas.py`` makes both tables; ``benchmarks/lemmas.py`` measures them.

The treebanks disagree on small words, so the school of annotation is named: ``csui`` (news), ``gsd``, ``pud``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ..lexicon import read_table
from .affixes import Part, take_apart
from .stems import LONGEST_WORD, fold, roots

SCHOOLS = ("gsd", "csui", "pud")
NEWS = "csui"
UNBENT = frozenset({"PROPN", "PUNCT", "SYM", "X", "INTJ"})
"""Parts of speech that stand as they are."""

_HYPHEN = "-"

Told = Mapping[tuple[str, str], Mapping[str, str]]
"""Of a lower-cased word and its part of speech: the lemma by school."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the lemma may be, and how it was taken out of the word. ``shape`` names the affixes, ``""`` the whole word."""

    lemma: str
    shape: str
    swallowed: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A word as it stands: lower-cased, its part of speech, whose annotation is asked for, whether it has a capital that
    its place at the sentence's beginning does not explain."""

    word: str
    upos: str
    school: str
    capital: bool


def lemma(form: str, upos: str, *, begins: bool = False, school: str = NEWS) -> str:
    """The lemma of one word, lower-cased but for names, which stay as they are.

    ``begins``: the word begins its sentence, so that a capital says nothing. Clitics that are words of their own in the
    treebanks (``-nya``) are given apart; where they were not split off, they are taken off.
    """
    if upos in UNBENT or len(form) > LONGEST_WORD:
        return form
    return _lemma(Asked(form.lower(), upos, school, form[:1].isupper() and not begins))


@lru_cache(maxsize=100_000)
def _lemma(asked: Asked) -> str:
    told = forms()
    if not asked.capital and (own := told.get((asked.word, asked.upos), {}).get(asked.school)):
        return own
    found = candidates(asked.word)
    if len(found) == 1:
        return found[0].lemma
    weights, known = _weights(), roots()
    scores = [sum(weights.get(sign, 0.0) for sign in signs(one, asked, known, told)) for one in found]
    return found[scores.index(max(scores))].lemma


def candidates(word: str) -> list[Candidate]:
    """Everything that a lower-cased word's lemma may be, the word itself first; each lemma once, of its simplest shape."""
    found = {word: Candidate(word, "", "")}
    for one in sorted(_taken(word), key=lambda c: c.shape.count("+")):
        found.setdefault(one.lemma, one)
    return list(found.values())


def _taken(word: str) -> Iterator[Candidate]:
    halves = word.split(_HYPHEN)
    if len(halves) == 1:
        yield from (Candidate(part.rest, _shape(part), _eaten(part)) for part in _parts(word))
        return
    if len(halves) != 2 or not all(halves):
        return
    first, last = halves
    twice = "twice " if last.startswith(first[-3:]) or first.endswith(last[:3]) or first[1:] == last[1:] else "joined "
    for half, which in ((first, "first"), (last, "last")):
        yield Candidate(half, twice + which, "")
        yield from (Candidate(part.rest, f"{twice}{which} {_shape(part)}", _eaten(part)) for part in _parts(half))


def _parts(word: str) -> Iterator[Part]:
    return take_apart(word) if word.isascii() and word.isalpha() else iter(())


def _shape(part: Part) -> str:
    return "+".join((*(f"{p}-" for p in part.prefixes), *((f"-{part.suffix}",) if part.suffix else ()), *(f"={c}" for c in part.clitics)))


def _eaten(part: Part) -> str:
    return part.rest[0] if part.swallowed else ""


def signs(one: Candidate, asked: Asked, known: Mapping[str, int], told: Told) -> Iterator[str]:
    """What speaks for or against a candidate; each sign has a weight. ``known``: roots with how many words are made of
    each. What the asked school says of this very word and part of speech is no sign: it would be the answer."""
    shape = one.shape or "whole"
    yield f"shape {shape}"
    yield f"shape {shape} {asked.upos}"
    yield f"shape {shape} {asked.school}"
    if asked.capital:
        yield f"capital {'whole' if not one.shape else 'taken'} {asked.school}"
        yield f"capital {'whole' if not one.shape else 'taken'} {asked.upos}"
    yield from _root_signs(one, asked, known)
    told_here = told_there = False
    for upos in ("NOUN", "VERB", "ADJ", "ADV", "DET", "ADP", "NUM", "PRON", "SCONJ", "CCONJ", "PART", "AUX"):
        for school, answer in told.get((asked.word, upos), {}).items():
            if answer == one.lemma and (school, upos) != (asked.school, asked.upos):
                told_here = told_here or school == asked.school
                told_there = told_there or (school != asked.school and upos == asked.upos)
    if told_here:
        yield "same school, other part of speech"
    if told_there:
        yield f"other school for {asked.school}"
        if not one.shape:
            yield "other school, whole"


def _root_signs(one: Candidate, asked: Asked, known: Mapping[str, int]) -> Iterator[str]:
    root = fold(one.lemma)
    kind = "taken" if one.shape else "whole"
    if (weight := known.get(root)) is not None:
        yield f"root {kind}"
        yield f"root {kind} of {min(weight.bit_length(), 5)}"
        if one.swallowed:
            yield f"root behind {one.swallowed}"
    else:
        yield f"no root {kind}"
        if one.swallowed:
            yield f"no root behind {one.swallowed}"
    if one.shape:
        yield f"letters {min(len(root), 7)}"
        if asked.word in known:
            yield "taken out of a root"


@cache
def forms() -> Told:
    """The lemmas that the treebanks give, by word and part of speech, then by school."""
    out: dict[tuple[str, str], dict[str, str]] = {}
    for row in read_table("lemma-forms", ("word", "upos", *SCHOOLS)):
        out[row["word"], row["upos"]] = {school: row[school].replace("=", row["word"]) for school in SCHOOLS if row[school]}
    return out


@cache
def _weights() -> dict[str, float]:
    return {row["sign"]: float(row["weight"]) for row in read_table("lemma-signs", ("sign", "weight"))}
