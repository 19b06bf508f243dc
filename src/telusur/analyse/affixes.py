"""Which affixes a word can be taken apart into: the grammar alone, without knowing which rests are words.

Comes in: a folded word. Goes out: `Part`s, each a rest with the affixes around it. Rests are guesses; `stems` and `lemmas`
choose among them with the list of roots.

**Source**: the order of clitics, suffixes and prefixes, and the sounds that nasal prefixes swallow (p, t, s, k and, before
monosyllables, meng-e-), as grammars of Indonesian describe them (Sneddon, "Indonesian: A Comprehensive Grammar").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

VOWELS = frozenset("aeiou")
SHORTEST = 3
"""The fewest letters of a rest: a shorter one says too little."""

_PARTICLES = ("lah", "kah", "tah", "pun")
_OWNERS = ("nya", "ku", "mu")
_SUFFIXES = ("kan", "an", "i")
_MOST_PREFIXES = 3

_GOES_WITH: dict[str, frozenset[str]] = {
    "": frozenset({"", "an", "kan", "i"}),
    "me": frozenset({"", "kan", "i"}),
    "di": frozenset({"", "kan", "i"}),
    "ku": frozenset({"", "kan", "i"}),
    "ter": frozenset({"", "kan", "i"}),
    "ber": frozenset({"", "an", "kan"}),
    "pe": frozenset({"", "an"}),
    "per": frozenset({"", "an"}),
    "ke": frozenset({"an"}),
    "se": frozenset({"", "an"}),
    "re": frozenset({"an"}),
}
"""The suffixes that stand with an outermost prefix."""

_INSIDE: dict[str, frozenset[str]] = {
    "me": frozenset({"per", "ber", "ke", "se", "pe"}),
    "di": frozenset({"per", "ber", "ke", "se", "pe"}),
    "ku": frozenset({"per", "ber"}),
    "ter": frozenset({"per", "se"}),
    "pe": frozenset({"ber", "per", "ke", "se"}),
    "per": frozenset({"se"}),
    "ber": frozenset({"pe", "per", "ke", "se"}),
    "ke": frozenset({"ber", "ter", "se", "pe", "per"}),
    "se": frozenset({"pe", "per", "ke", "ter"}),
}
"""The prefixes that stand right inside another: mem-ber-angkat-kan, ke-ter-lambat-an."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rest and what was taken off it. ``prefixes`` from the outside in; ``swallowed``: the rest's first letter was."""

    rest: str
    prefixes: tuple[str, ...]
    suffix: str
    clitics: tuple[str, ...]
    swallowed: bool

    @property
    def affixes(self) -> int:
        """How many affixes were taken off."""
        return len(self.prefixes) + bool(self.suffix) + len(self.clitics)


def take_apart(word: str) -> Iterator[Part]:
    """Every way to take affixes off a word; the whole word is not among them."""
    for bare, clitics in _without_clitics(word):
        if clitics and len(bare) >= SHORTEST:
            yield Part(bare, (), "", clitics, False)
        for rest, prefixes, swallowed in _without_prefixes(bare, (), False):
            outer = prefixes[0] if prefixes else ""
            for suffix in ("", *_SUFFIXES):
                if not suffix:
                    if prefixes and "" in _GOES_WITH[outer] and len(rest) >= SHORTEST:
                        yield Part(rest, prefixes, "", clitics, swallowed)
                elif rest.endswith(suffix) and len(rest) - len(suffix) >= SHORTEST and suffix in _GOES_WITH[outer]:
                    yield Part(rest[: -len(suffix)], prefixes, suffix, clitics, swallowed)


def _without_clitics(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The word, then without a particle, an owner, or both: ``rumah|nya|lah``."""
    yield word, ()
    bare = [(word, ())] + [(word[: -len(p)], (p,)) for p in _PARTICLES if word.endswith(p)]
    yield from bare[1:]
    for rest, found in bare:
        yield from ((rest[: -len(o)], (*found, o)) for o in _OWNERS if rest.endswith(o))


def _without_prefixes(word: str, found: tuple[str, ...], swallowed: bool) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    yield word, found, swallowed
    if len(found) == _MOST_PREFIXES or (swallowed and not word.startswith("per")):  # me(p)er-hati-kan goes on
        return
    allowed = _INSIDE.get(found[-1], frozenset()) if found else None
    for prefix, rest, eaten in _prefixes(word):
        if len(rest) >= SHORTEST and (allowed is None or prefix in allowed):
            yield from _without_prefixes(rest, (*found, prefix), eaten)


def _prefixes(word: str) -> Iterator[tuple[str, str, bool]]:
    """Each prefix that a word may begin with: its kind, the rest, and whether the rest's first letter was swallowed."""
    two = word[:2]
    if two in ("di", "ke", "se", "ku"):
        yield two, word[2:], False
    elif two in ("me", "pe"):
        yield from _nasal(two, word[2:])
    if two[1:] == "e" and word[2:3] == two[:1]:  # pe-pohon-an, de-daun-an: the first sound said twice
        yield "re", word[2:], False
    if word.startswith("kau"):
        yield "ku", word[3:], False
    for kind in ("ber", "ter", "per"):
        if word.startswith(kind):
            yield kind, word[3:], False
            yield kind, word[2:], False  # be-renang, te-rasa, pe-rupa: the r belongs to the rest
    if word.startswith(("belajar", "pelajar")):
        yield ("ber" if two == "be" else "per"), word[3:], False
    if two in ("be", "te") and word[3:5] == "er" and word[2] not in VOWELS:  # be-kerja, te-percaya
        yield two + "r", word[2:], False


def _nasal(kind: str, rest: str) -> Iterator[tuple[str, str, bool]]:
    """What stands behind me- or pe-, with the letter that the nasal may have swallowed."""
    first, second = rest[:1], rest[1:2]
    if first in ("l", "r", "w", "y", "m", "n") or (kind == "pe" and first not in VOWELS):  # pe-tinju, pe-kerja
        yield kind, rest, False
    if first == "m":
        after = rest[1:]
        if second in ("b", "f", "v", "p"):
            yield kind, after, False
        elif second in VOWELS:
            yield kind, "p" + after, True
    elif rest.startswith("ny"):
        yield kind, "s" + rest[2:], True
    elif rest.startswith("ng"):
        after = rest[2:]
        if after[:1] in VOWELS:
            yield kind, after, False
            yield kind, "k" + after, True
            if after[:1] == "e":
                yield kind, after[1:], False  # menge-cat, menge-sah-kan
        elif after[:1] in ("g", "h", "k", "q"):
            yield kind, after, False
    elif first == "n":
        after = rest[1:]
        if second in ("c", "d", "j", "z", "t", "s"):
            yield kind, after, False
        elif second in VOWELS:
            yield kind, "t" + after, True
