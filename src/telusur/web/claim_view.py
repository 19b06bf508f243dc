"""A claim for its page: the tree of who says so, the words of each outlet, and who tells it otherwise.

Comes in: a `Traced`. Goes out: plain values for the template, in the reader's language; every step has its words or its rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ..answers.traced import Traced
from ..export.wording import Wording, clean, shorten
from ..trace.disagreement import voice
from ..trace.independence import Counts, Union
from ..trace.origins import Evidence
from ..trace.tellings import Telling
from ..trace.tree import Branch, Leaf, Origin, open_unions, origins_of, told_once
from . import links

MOST_ORIGINS, MOST_LEAVES, MOST_WORDS, MOST_APART = 30, 40, 60, 20
_QUOTED, _SENTENCE = 110, 420


@dataclass(frozen=True, slots=True)
class Because:
    """Why two sources are one, or may be: in words, with the text's own where there are any."""

    rule: str
    told: str
    quote: str
    href: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """One telling at the end of a branch. ``basis``: ``written``, ``inferred`` or ``own``; ``how`` are its words or its rule."""

    name: str
    published: str
    basis: str
    how: str
    href: str
    trace: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Hands:
    """The hands between an origin and some outlets."""

    names: tuple[str, ...]
    outlets: tuple[Outlet, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Root:
    """One origin."""

    number: int
    name: str
    kind: str
    named: bool
    because: tuple[Because, ...]
    branches: tuple[Hands, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one outlet writes, and why it is held to tell the same."""

    outlet: str
    published: str
    text: str
    start: int
    end: int
    certainty: str
    reasons: tuple[str, ...]
    href: str
    trace: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Side:
    """Who tells it so: voice, outlet, day, words, and where to read them."""

    voice: str
    outlet: str
    published: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Apart:
    """A point on which tellings differ."""

    kind: str
    why: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What the template shows."""

    counts: Counts
    roots: tuple[Root, ...]
    more_roots: int
    open: tuple[Because, ...]
    words: tuple[Told, ...]
    more_words: int
    certainties: tuple[tuple[str, int], ...]
    apart: tuple[Apart, ...]


def view_claim(traced: Traced, words: Wording) -> ClaimView:
    """A traced claim, ready to be shown."""
    origins = origins_of(traced.found)
    told = _words(origins, words)
    asked = Counter(one.certainty for one in told if one.certainty)
    return ClaimView(
        traced.found.counts,
        tuple(_root(origin, traced, words) for origin in origins[:MOST_ORIGINS]),
        max(0, len(origins) - MOST_ORIGINS),
        tuple(_open(traced, origins, words)),
        tuple(told[:MOST_WORDS]),
        max(0, len(told) - MOST_WORDS),
        tuple((name, asked[name]) for name in ("certain", "probable", "possible", "unknown") if asked[name]),
        tuple(_apart(traced, words)),
    )


def _root(origin: Origin, traced: Traced, words: Wording) -> Root:
    because = tuple(_because(union, traced, words) for union in islice(told_once(traced.found, origin.unions), 8))
    chief = origin.chief
    kind = words.say(f"trace.kind.{chief.kind}") if chief.named else words.say("word.anonymous")
    branches = tuple(_hands(branch, origin, traced, words) for branch in origin.branches[:12])
    return Root(origin.number, shorten(clean(chief.name), 90), kind, chief.named, because, branches)


def _because(union: Union, traced: Traced, words: Wording) -> Because:
    one, other = (shorten(clean(traced.found.sources[n].name), 60) for n in (union.one, union.other))
    quote = union.evidence[0] if union.evidence else None
    return Because(
        union.rule, words.say(f"rule.{union.rule}", one=one, other=other), shorten(clean(quote.words), _QUOTED) if quote else "", _place(quote) if quote else ""
    )


def _place(evidence: Evidence) -> str:
    return links.article(evidence.article, range=f"{evidence.start}-{evidence.end}")


def _hands(branch: Branch, origin: Origin, traced: Traced, words: Wording) -> Hands:
    chief = {node.name for node in origin.chief.nodes}
    names = [node.name for node in branch.hands]
    kept = [shorten(clean(name), 70) for n, name in enumerate(names) if not (n == 0 and name in chief)]
    asked = traced.found.group.asked
    outlets = tuple(_outlet(leaf, asked, words) for leaf in branch.leaves[:MOST_LEAVES])
    return Hands(tuple(kept), outlets, max(0, len(branch.leaves) - MOST_LEAVES))


def _outlet(leaf: Leaf, asked: Telling, words: Wording) -> Outlet:
    inferred = [step.rule for step in leaf.path.steps if step.basis == "inferred"]
    if inferred:
        basis, how = "inferred", words.say(f"rule.{inferred[-1]}")
    elif len(leaf.path.nodes) == 1:
        basis, how = "own", words.say("rule.own-report")
    else:
        basis, how = "written", _attribution(leaf)
    telling = leaf.telling
    return Outlet(clean(leaf.outlet) or "–", leaf.published or "", basis, how, _at(telling), _trace(telling), telling.id == asked.id)


def _attribution(leaf: Leaf) -> str:
    """The words by which the page lays it to somebody."""
    quotes = [e for step in leaf.path.steps for e in step.evidence if e.article == leaf.telling.article and (e.start, e.end) != leaf.telling.sentence]
    return shorten(clean(" … ".join(dict.fromkeys(e.words for e in sorted(quotes, key=lambda e: e.start)))), _QUOTED)


def _at(telling: Telling) -> str:
    """Where a telling is read: at its claim, or at its sentence where no claim was read."""
    if telling.claim is None:
        return links.article(telling.article, range=f"{telling.sentence[0]}-{telling.sentence[1]}")
    return links.article(telling.article, telling.key)


def _trace(telling: Telling) -> str:
    return links.claim(telling.id) if telling.claim is not None else ""


def _open(traced: Traced, origins: Sequence[Origin], words: Wording) -> list[Because]:
    """What keeps the least from the most."""
    counts = traced.found.counts
    if counts.least == counts.most:
        return []
    found = [_because(union, traced, words) for union in open_unions(traced.found)]
    for origin in origins:
        if not any(source.solid for source in origin.sources):
            rule = "may-have-it-from" if origin.chief.named else "may-be-anybody"
            found.append(Because(rule, words.say(f"rule.{rule}", one=shorten(clean(origin.chief.name), 60)), "", ""))
    return found[:30]


def _words(origins: Sequence[Origin], words: Wording) -> list[Told]:
    seen: dict[str, Leaf] = {}
    for origin in origins:
        for branch in origin.branches:
            for leaf in branch.leaves:
                seen.setdefault(leaf.telling.id, leaf)
    told = []
    for leaf in sorted(seen.values(), key=lambda leaf: (leaf.published or "~", leaf.telling.id)):
        telling, sentence = leaf.telling, leaf.sentence
        told.append(Told(
            clean(leaf.outlet) or "–", leaf.published or "", shorten(clean(sentence.words), _SENTENCE), sentence.start, sentence.end, telling.certainty or "",
            tuple(_reasons(leaf, words)), _at(telling), _trace(telling), not leaf.reasons,
        ))  # fmt: skip
    return told


def _reasons(leaf: Leaf, words: Wording) -> list[str]:
    told = []
    for reason in leaf.reasons:
        what = "" if reason.kind in ("copy", "type") else f" {shorten(clean(reason.what), 50)}"
        what = f" {words.decimal(float(reason.what), 2)}" if reason.kind == "words" else what
        told.append(f"{words.say(f'reason.{reason.kind}')}{what}")
    return told


def _apart(traced: Traced, words: Wording) -> list[Apart]:
    apart = traced.apart
    found = []
    for figure in apart.figures[:MOST_APART]:
        head = f"{words.whole(figure.count)} {words.say(f'apart.{figure.counted}')}"
        found.append(Apart("figure", head, tuple(_side(telling, traced) for telling in figure.tellings[:4])))
    for difference in apart.differences[:MOST_APART]:
        why = ""
        if difference.kind in ("headline", "hardened"):
            why = " → ".join(words.say(f"mark.{mark}") for mark in difference.why.split(" → "))
        elif difference.kind == "rival":
            why = clean(difference.why)
        head = words.say(f"apart.{difference.kind}") + (f": {why}" if why else "")
        found.append(Apart(difference.kind, head, (_side(difference.one, traced), _side(difference.other, traced))))
    return found


def _side(telling: Telling, traced: Traced) -> Side:
    report = traced.apart.reports[telling.article]
    who = voice(telling, report)
    text = shorten(clean(report.words(telling.sentence)), 300)
    return Side(clean(who) if who != report.outlet else "", clean(report.outlet) or "–", report.published or "", text, _at(telling))
