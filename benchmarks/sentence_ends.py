"""Sentence ends on the treebanks' test texts and on paragraphs of news, beside other splitters.

    python benchmarks/sentence_ends.py [--shared ../shared] [--errors N]

The treebanks give sentences without their page, in no order, so ten lines at a time are joined to a running text; a
sentence counts where both its ends are right. Three readings of GSD and CSUI:

- ``as they are``;
- ``parted``: a line that bears no mark at its end (a heading, a caption, a list's head) ends its block, as on a page;
- ``faults put right``: as well, where the treebank runs two sentences together (``labels/sentence-faults.tsv``, read by
  hand: 44 ends in GSD test, none marked in CSUI). They were looked for only where the program cuts, so the figure favours it.

News: paragraphs of the gold articles, and of other articles that nobody had read for this (``labels/sentence-ends.tsv``: the
program's cuts, corrected by hand), by their inner ends, for all others are the paragraph's own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from training.treebanks import FILES

from telusur.analyse.sentences import split_sentences

HERE = Path(__file__).parent
LABELS = HERE / "labels"
SETS = ("gsd", "csui")
LINES = 10
UDPIPE = {"gsd": 93.04, "csui": 91.01}
"""UDPipe 2, raw text (ud-2.15-241121): the whole file at once, learnt from the same treebank."""
MARKS = ".!?…"
CLOSERS = "\"”»’'`)]} "

Ends = set[int]
Splitter = Callable[[str], Ends]


def ours(text: str) -> Ends:
    """Where our sentences end; a line break parts blocks."""
    out, at = set(), 0
    for block in text.split("\n"):
        out |= {span.end for span in split_sentences(text, at, at + len(block))}
        at += len(block) + 1
    return out


def peers() -> dict[str, Splitter]:
    """Other splitters that are installed."""
    out: dict[str, Splitter] = {}
    try:
        from sentencex import segment

        out["sentencex"] = lambda text: ends_of(text, segment("id", text))
    except ImportError:
        print("sentencex is not installed; pip install 'telusur[bench]' to see it too", file=sys.stderr)
    try:
        from pysbd import Segmenter

        english = Segmenter(language="en", clean=False)
        out["pysbd"] = lambda text: ends_of(text, english.segment(text))
    except ImportError:
        print("pysbd is not installed; pip install 'telusur[bench]' to see it too", file=sys.stderr)
    return out


def ends_of(text: str, parts: Iterable[str]) -> Ends:
    """Where parts end that stand in a text in order."""
    out, at = set(), 0
    for part in parts:
        if piece := str(part).strip():
            at = text.index(piece, at) + len(piece)
            out.add(at)
    return out


def treebank(shared: Path, school: str) -> list[tuple[str, str]]:
    """(id, text) of each sentence of a test file."""
    out, name = [], ""
    with gzip.open(shared / "data" / FILES["test"][school], "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("# sent_id = "):
                name = line[12:].strip()
            elif line.startswith("# text = "):
                out.append((name, line[9:].strip()))
    return out


def faults(school: str) -> dict[str, Ends]:
    """Of each sentence that holds several: where the inner ones end."""
    out: dict[str, Ends] = {}
    for row in rows("sentence-faults", 3):
        if row[0] == school:
            out[row[1]] = {int(end) for end in row[2].split()}
    return out


def rows(name: str, cells: int) -> Iterator[list[str]]:
    lines = (LABELS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    found = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert all(len(row) == cells for row in found), name
    yield from found[1:]


def bare(line: str) -> bool:
    return line.rstrip(CLOSERS)[-1:] not in tuple(MARKS)


def running(sentences: list[tuple[str, str]], parted: bool, wrong: dict[str, Ends]) -> Iterator[tuple[str, Ends, list[str]]]:
    """Texts of ten lines, where their sentences end, and the id of the sentence at each."""
    for first in range(0, len(sentences), LINES):
        text, ends, names = "", set(), []
        for name, line in sentences[first : first + LINES]:
            ends |= {len(text) + end for end in wrong.get(name, ())} | {len(text) + len(line)}
            text += line + ("\n" if parted and bare(line) else " ")
            names.append(name)
        yield text, ends, names


def spans(ends: Ends) -> set[tuple[int, int]]:
    ordered = sorted(ends)
    return set(zip([0, *ordered], ordered, strict=False))


def score(texts: Iterable[tuple[str, Ends]], split: Splitter) -> tuple[float, float, float]:
    """Precision, recall and F1 of whole sentences, in points."""
    right = told = gold = 0
    for text, ends in texts:
        mine, true = spans(split(text)), spans(ends)
        right, told, gold = right + len(mine & true), told + len(mine), gold + len(true)
    return 100 * right / told, 100 * right / gold, 200 * right / (told + gold)


def news(shared: Path, seen: bool) -> Iterator[tuple[str, Ends]]:
    """The paragraphs of news and where their sentences end. ``seen``: those of gold articles, else those of others."""
    for article, start, end, ends in rows("sentence-ends", 4):
        if article.startswith("news-") != seen:
            yield _article(shared, article)[int(start) : int(end)], {int(e) for e in ends.split()}


def _article(shared: Path, article: str) -> str:
    if not article.startswith("news-"):
        gold = (shared / "gold" / f"{article}.json").read_text(encoding="utf-8")
        return str(json.loads(gold)["text"])
    folder, name = article.split("/")
    return _texts(shared / "data" / folder / "articles.jsonl.gz")[name]


@cache
def _texts(path: Path) -> dict[str, str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row["id"]: row["text"] for row in map(json.loads, lines)}


def inner_score(texts: Iterable[tuple[str, Ends]], split: Splitter) -> tuple[float, float, float]:
    """Precision, recall and F1 of ends inside paragraphs, in points."""
    right = told = gold = 0
    for text, ends in texts:
        last = len(text.rstrip())
        mine, true = split(text) - {last}, ends - {last}
        right, told, gold = right + len(mine & true), told + len(mine), gold + len(true)
    return 100 * right / told, 100 * right / gold, 200 * right / (told + gold)


def shown(score: tuple[float, float, float]) -> str:
    return f"P {score[0]:.1f} R {score[1]:.1f} F1 {score[2]:.1f}"


def measure(shared: Path, splitters: dict[str, Splitter]) -> dict[str, dict[str, float]]:
    """F1 by set and splitter."""
    out: dict[str, dict[str, float]] = {}
    for school in SETS:
        sentences = treebank(shared, school)
        for kind, parted, wrong in (("as it is", False, {}), ("parted", True, {}), ("faults put right", True, faults(school))):
            texts = [(text, ends) for text, ends, _ in running(sentences, parted, wrong)]
            out[f"{school} {kind}"] = {name: round(score(texts, split)[2], 1) for name, split in splitters.items()}
    for kind, seen in (("news, gold articles", True), ("news, other articles", False)):
        paragraphs = list(news(shared, seen))
        out[kind] = {name: round(inner_score(paragraphs, split)[2], 1) for name, split in splitters.items()}
    return out


def errors(shared: Path, school: str) -> Iterator[str]:
    """Our errors by kind, faults put right."""
    for text, ends, _ in running(treebank(shared, school), True, faults(school)):
        mine = ours(text)
        for at in sorted(ends ^ mine):
            rest = text[at:].lstrip()
            kind = ("cut" if at in mine else "no mark" if bare(text[:at]) else "small letter next" if rest[:1].islower() else "joined")
            yield f"{kind}: {text[max(0, at - 50) : at]} | {rest[:40]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--errors", action="store_true", help="list ours")
    options = parser.parse_args()
    for name, found in measure(options.shared, {"ours": ours, **peers()}).items():
        print(f"{name:22} " + ", ".join(f"{splitter} {value}" for splitter, value in found.items()))
    print("published, raw text, UDPipe 2: " + ", ".join(f"{school} {value}" for school, value in UDPIPE.items()))
    if options.errors:
        for school in SETS:
            for error in errors(options.shared, school):
                print(f"{school} {error}")


if __name__ == "__main__":
    main()
