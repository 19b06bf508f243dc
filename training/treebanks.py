"""Sentences of the Universal Dependencies treebanks as examples: parts of speech, voice, heads and relations.

Four schools of annotation: GSD as of UD 2.0 (no features, clitics not split) and as it is now, CSUI and PUD. They
disagree on small words, so the network is told which school a sentence comes from. Relations without subtypes.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from telusur.analyse.pieces import Pieces
from telusur.model.span import Span

IGNORE = -100
UPOS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X")
RELATIONS = (
    "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj", "cop", "csubj", "dep", "det",
    "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod", "nsubj", "nummod", "obj", "obl",
    "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp",
)  # fmt: skip
VOICES = ("none", "Act", "Pass")
SCHOOLS = ("gsd2", "gsd", "csui", "pud")
FILES = {
    "train": {
        "gsd2": "ud-id-gsd/v2.0-id-ud-train.conllu.gz",
        "gsd": "ud-id-gsd/latest-id_gsd-ud-dev.conllu.gz",
        "csui": "ud-id-csui-pud/id_csui-ud-train.conllu.gz",
        "pud": "ud-id-csui-pud/id_pud-ud-test.conllu.gz",
    },
    "test": {
        "gsd2": "ud-id-gsd/v2.0-id-ud-test.conllu.gz",
        "gsd": "ud-id-gsd/latest-id_gsd-ud-test.conllu.gz",
        "csui": "ud-id-csui-pud/id_csui-ud-test.conllu.gz",
    },
}
"""The newest GSD train file that is at hand is of UD 2.0; of today's GSD, dev teaches and test measures. PUD teaches."""
_LONGEST = 380


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word: where it stands in the sentence's text, and its columns. ``head`` counts from 1, 0 is the root."""

    span: Span
    form: str
    lemma: str
    upos: str
    voice: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Tree:
    """One sentence with labels by word (``heads[i]`` is 0 for the root, else 1 + the head's place)."""

    ids: tuple[int, ...]
    first: tuple[int, ...]
    school: int
    upos: tuple[int, ...]
    voices: tuple[int, ...]
    heads: tuple[int, ...]
    relations: tuple[int, ...]


def read_conllu(path: Path) -> Iterator[tuple[str, list[Token]]]:
    """Each sentence's text, set anew from its words, and its tokens. The parts of a split word share its characters:
    a clitic stands on its own letters where they end the word."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            rows = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
            if rows:
                yield _sentence(rows)


def _sentence(rows: list[list[str]]) -> tuple[str, list[Token]]:
    text, tokens = "", []
    whole: tuple[int, int, int] | None = None  # of a split word: its last part's number, where it begins and ends
    for row in rows:
        if "." in row[0]:
            continue
        gap = "" if "SpaceAfter=No" in row[9] else " "
        if "-" in row[0]:
            whole = (int(row[0].split("-")[1]), len(text), len(text) + len(row[1]))
            text += row[1] + gap
            continue
        number = int(row[0])
        if whole and number <= whole[0]:
            at, end = _part(text[whole[1] : whole[2]], row[1], number == whole[0])
            span = Span(whole[1] + at, whole[1] + end)
        else:
            span = Span(len(text), len(text) + len(row[1]))
            text += row[1] + gap
        voice = next((f[6:] for f in row[5].split("|") if f.startswith("Voice=")), "none")
        tokens.append(Token(span, row[1], row[2], row[3], voice, int(row[6]), row[7].split(":")[0]))
    return text, tokens


def _part(whole: str, form: str, last: bool) -> tuple[int, int]:
    if last and whole.casefold().endswith(form.casefold()) and len(form) < len(whole):
        return len(whole) - len(form), len(whole)
    return 0, min(len(form), len(whole))


def tree_of(text: str, tokens: list[Token], school: str, pieces: Pieces) -> Tree | None:
    """The example of one sentence; None where it is too long or cannot be told."""
    ids, first, done = [pieces.begin], [], 0
    for token in tokens:
        span = Span(max(token.span.start, done), token.span.end) if token.span.end > done else token.span
        made = pieces.of_word(text[span.start : span.end], after_space=span.start == 0 or text[span.start - 1].isspace())
        first.append(len(ids))
        ids.extend(made)
        done = max(done, token.span.end)
    if len(ids) > _LONGEST:
        return None
    featured = school != "gsd2"
    return Tree(
        ids=(*ids, pieces.stop),
        first=tuple(first),
        school=SCHOOLS.index(school),
        upos=tuple(UPOS.index(t.upos) if t.upos in UPOS else IGNORE for t in tokens),
        voices=tuple(VOICES.index(t.voice) if featured and t.voice in VOICES else IGNORE for t in tokens),
        heads=tuple(t.head for t in tokens),
        relations=tuple(RELATIONS.index(t.relation) if t.relation in RELATIONS else RELATIONS.index("dep") for t in tokens),
    )


def trees(shared: Path, pieces: Pieces, split: str = "train") -> list[Tree]:
    """All sentences of a split but those that stand in a test file."""
    tested = {text for s in FILES["test"] for text, _ in read_conllu(shared / "data" / FILES["test"][s])} if split == "train" else set()
    out: list[Tree] = []
    for school, name in FILES[split].items():
        for text, tokens in read_conllu(shared / "data" / name):
            tree = tree_of(text, tokens, school, pieces) if text not in tested else None
            if tree is not None:
                out.append(tree)
    return out
