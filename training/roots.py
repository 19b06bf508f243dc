"""Makes the list of roots that words are taken apart with: ``python -m training.roots --shared FOLDER``.

Comes in: the lemmas of the UD treebanks (CSUI train, PUD, GSD dev; never their test files), a list of words of film
subtitles with their counts (FrequencyWords), and roots written by hand (`tables/roots.txt`). Goes out:
`data/words/roots.tsv`, each root with how often words are made of it: where a nasal prefix leaves two readings
(meng-urus or meng-kurus), the root that more words are made of wins.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from telusur.analyse.affixes import Part, take_apart

TREEBANKS = ("ud-id-csui-pud/id_csui-ud-train", "ud-id-csui-pud/id_pud-ud-test", "ud-id-gsd/latest-id_gsd-ud-dev")
SUBTITLES = "lexicons-id/opensubtitles-id_50k.txt.gz"
TARGET = Path("src/telusur/data/words/roots.tsv")

_PLAIN = re.compile(r"[a-z]+")
_MOST_PATTERNS_UNSURE = 2
"""A word that subtitles alone know is a root where more kinds of affixed words than these are made of it."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


WHOLE = _set(
    "abadi badai balai berangkat beri capai damai divisi ekonomi empati kalangan kalian kasihan kemudian kursi lantai masalah"
    " memadai menara mulai nilai otonomi pakai pantai partai pasukan peluang pemilu perangkat percaya perdana perkosa perlahan"
    " permata peroleh politisi pulau rangkai sedangkan segala sehingga sekarang sekitar selain selalu selatan seragam sesuai"
    " setiap setuju sungai teknisi teologi tetapi umpan waspada"
)
"""Words that stay whole though they look as if they held another: selat-an is no south."""

NONE = _set(
    "adam adanya adakan akui alami atasi dampingi diunggah ekonom erah etik fan goresan impikan kaii kamen kang kati kesah king lang"
    " leng madam minjam mula nanya ngerti nila nyidik oper pang pencar penuhi perban ping praktek prem rang rani resiko riak rubah"
    " sahkan seberangi seijin selewengkan sikapi singkirkan tang ujian waspadai"
)
"""Words of those sources that are no roots, or so rare as roots that they would only mislead."""


def main() -> None:
    """Makes the list anew."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--shared", type=Path, default=Path("../shared"))
    data = arguments.parse_args().shared / "data"
    lemmas, forms = read_treebanks(data)
    known = dict(read_subtitles(data / SUBTITLES))
    for form, count in forms.items():
        known[form] = known.get(form, 0) + count
    found = choose(lemmas, known)
    weights = weigh(found, known)
    rows = "".join(f"{root}\t{weights[root]}\n" for root in sorted(found))
    TARGET.write_text(f"{HEADER}root\tweight\n{rows}", encoding="utf-8")
    print(f"{len(found)} roots in {TARGET}")


HEADER = """# What words are made of; made by training/roots.py. weight: how many kinds of words are made of the root.
# From UD Indonesian CSUI and GSD (CC BY-SA 4.0), PUD (CC BY-SA 3.0), FrequencyWords (CC BY-SA 4.0) and a list by hand; CC BY-SA 4.0.
"""


def read_treebanks(data: Path) -> tuple[dict[str, str], Counter[str]]:
    """The usual lemma of each form that is not only a name, and how often each form stands there."""
    lemmas: defaultdict[str, Counter[str]] = defaultdict(Counter)
    forms: Counter[str] = Counter()
    for name in TREEBANKS:
        for line in _lines(data / f"{name}.conllu.gz"):
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 10 and cells[0].isdigit() and cells[3] != "PROPN":
                lemmas[cells[1].lower()][cells[2].lower()] += 1
                forms[cells[1].lower()] += 20
    return {form: found.most_common(1)[0][0] for form, found in lemmas.items()}, forms


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()


def read_subtitles(path: Path) -> Iterator[tuple[str, int]]:
    """The words of the subtitles with their counts."""
    for line in _lines(path):
        word, count = line.split()
        if _PLAIN.fullmatch(word):
            yield word, int(count)


def choose(lemmas: dict[str, str], known: dict[str, int]) -> set[str]:
    """The roots: lemmas that hold no other lemma, words that many others are made of, and those by hand."""
    bare = {lemma for lemma in lemmas.values() if _PLAIN.fullmatch(lemma)} - NONE
    derived = {form: lemma for form, lemma in lemmas.items() if lemma != form and _PLAIN.fullmatch(lemma)}
    hand = Path(__file__).with_name("tables") / "roots.txt"
    by_hand = {word for line in hand.read_text(encoding="utf-8").splitlines() if line[:1] != "#" for word in line.split()}
    long = {lemma for lemma in bare if len(lemma) > 3}

    def holds(word: str, roots: set[str]) -> bool:
        return any(part.rest in roots and len(part.rest) > 3 and part.rest not in derived for part in take_apart(word))

    found = {lemma for lemma in long if lemma in WHOLE or not (derived.get(lemma) in bare or holds(lemma, long | by_hand))}
    found |= {lemma for lemma in derived.values() if len(lemma) <= 3 and lemma in bare}
    return (found | by_hand | WHOLE | many_words(found | by_hand, known)) - NONE


def many_words(roots: set[str], known: dict[str, int]) -> set[str]:
    """Words of which more than a few kinds of affixed words are made, and which hold no root themselves."""
    patterns: defaultdict[str, set[tuple[tuple[str, ...], str]]] = defaultdict(set)
    for word in known:
        parts = list(take_apart(word))
        if word in roots or any(part.rest in roots and len(part.rest) > 3 for part in parts):
            continue
        for part in parts:
            if part.rest in known and len(part.rest) > 3 and (part.prefixes or part.suffix):
                patterns[part.rest].add((part.prefixes[:1], part.suffix))
    many = {word for word, kinds in patterns.items() if len(kinds) > _MOST_PATTERNS_UNSURE} - roots
    return {word for word in many if not any(part.rest in roots | many and len(part.rest) > 3 for part in take_apart(word))}


def weigh(roots: set[str], known: dict[str, int]) -> Counter[str]:
    """How many words are made of each root in a way that leaves no doubt about its first letter."""
    weights: Counter[str] = Counter()
    for word in known:
        if word not in roots:
            sure = {part.rest: part for part in take_apart(word) if part.rest in roots and _is_sure(part)}
            for root, part in sure.items():
                weights[root] += 2 if part.prefixes[:1] in (("di",), ("ter",)) else 1
    return weights


def _is_sure(part: Part) -> bool:
    return not part.swallowed and bool(part.prefixes or part.suffix)


if __name__ == "__main__":
    main()
