"""How well stems find what belongs together: ``python benchmarks/stems.py [PAIRS]``.

Reads the table of pairs of the tests (word, base, whether a search for one must find the other), and prints for our stems,
for Snowball's Indonesian where `snowballstemmer` is installed, and for bare words: how many pairs that must meet do, how
many that must not do, and words a second.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from telusur.analyse.stems import fold, stem

PAIRS = Path(__file__).parents[1] / "tests" / "analyse" / "affix_pairs.tsv"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words; ``meets``: whether they must have a stem in common."""

    word: str
    base: str
    meets: bool
    affix: str


@dataclass(frozen=True, slots=True)
class Score:
    """What one stemmer makes of the pairs."""

    name: str
    missed: tuple[Pair, ...]
    false: tuple[Pair, ...]
    words_a_second: float


def read_pairs(path: Path = PAIRS) -> Iterator[Pair]:
    """The pairs of the table."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "word\t")):
            word, base, meets, affix = line.split("\t")
            yield Pair(word, base, meets == "yes", affix)


def score(name: str, cut: Callable[[str], str], pairs: list[Pair]) -> Score:
    """Which pairs a stemmer gets wrong."""

    def cuts(text: str) -> set[str]:
        return {cut(word) for word in _WORD.findall(fold(text))}

    wrong = [pair for pair in pairs if bool(cuts(pair.word) & cuts(pair.base)) != pair.meets]
    words = [word for pair in pairs for word in (pair.word, pair.base)] * 5
    start = time.process_time()
    for word in words:
        cut(fold(word))
    seconds = time.process_time() - start
    return Score(name, tuple(p for p in wrong if p.meets), tuple(p for p in wrong if not p.meets), len(words) / seconds)


def uncached(word: str) -> str:
    """Our stem, made anew each time."""
    return stem.__wrapped__(word)


def main() -> None:
    """Prints the table."""
    pairs = list(read_pairs(Path(sys.argv[1]) if len(sys.argv) > 1 else PAIRS))
    stemmers: list[tuple[str, Callable[[str], str]]] = [("bare words", lambda word: word), ("telusur", uncached)]
    try:
        import snowballstemmer

        stemmers.append(("Snowball", snowballstemmer.stemmer("indonesian").stemWord))
    except ImportError:
        print("snowballstemmer is not installed; pip install 'telusur[bench]' to see it beside ours", file=sys.stderr)
    must = sum(pair.meets for pair in pairs)
    print(f"{len(pairs)} pairs: {must} must meet, {len(pairs) - must} must not\n")
    print("| stems | found of those that must meet | false meetings | words/s |\n| --- | --- | --- | --- |")
    scores = [score(name, cut, pairs) for name, cut in stemmers]
    for told in scores:
        met = must - len(told.missed)
        print(f"| {told.name} | {met} of {must} ({met / must:.1%}) | {len(told.false)} of {len(pairs) - must} | {told.words_a_second:,.0f} |")
    ours = scores[1]
    print("\nmissed:", ", ".join(f"{p.word}/{p.base}" for p in ours.missed) or "none")
    print("false:", ", ".join(f"{p.word}/{p.base}" for p in ours.false) or "none")


if __name__ == "__main__":
    main()
