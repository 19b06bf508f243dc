"""One claim traced: who stands behind it, in whose words each outlet has it, and who tells it otherwise.

Comes in: an archive and a claim, by its id or in somebody's words. Goes out: a `Traced`, for other programs as plain values, for
a terminal as a tree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rich.text import Text
from rich.tree import Tree

from ..archive.engine import Archive
from ..archive.keep import load_record
from ..errors import BadRequest
from ..export.report import Look
from ..export.wording import clean, shorten
from ..search import find
from ..search.query import parse
from ..trace.disagreement import Difference, Disagreement, disagreement, voice
from ..trace.independence import Independence
from ..trace.origins import Node, Path
from ..trace.parties import same_party
from ..trace.proof import Tracer, find_telling
from ..trace.tellings import Telling, alike, weigh
from ..trace.tree import Branch, Leaf, Origin, open_unions, origins_of, possible_report, to_dict, told_once
from .lines import Article, Line
from .report import Paper, told_by

_CLAIM_ID = re.compile(r"[0-9a-f]{6,64}#[a-z]\d{1,9}-\d{1,9}")
_FEWEST_WORDS = 5
_MOST_ARTICLES, _MOST_WORDS = 30, 12
_ALIKE = 0.5
_QUOTED, _SENTENCE, _MOST_POSSIBLE = 90, 240, 5


@dataclass(frozen=True, slots=True)
class Traced:
    """A claim with all that is behind it. ``asked`` is what was asked, where it was no id; ``likeness`` how near the claim comes to
    it, 0 to 1."""

    line: Line
    found: Independence
    apart: Disagreement
    asked: str = ""
    likeness: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        """The proof in plain values: see `docs/how-we-count.md`."""
        asked = {"asked": self.asked, "likeness": round(self.likeness, 3)} if self.asked else {}
        return {**asked, "line": self.line.to_dict(), **to_dict(self.found, self.apart)}


def names_one(typed: str) -> bool:
    """Whether what was typed means one claim: its id, or a sentence of its own, rather than a query of words and fields."""
    if _CLAIM_ID.fullmatch(typed.strip()):
        return True
    words = typed.split()
    fields = any(":" in word.strip("\"'") and not word.endswith(":") for word in words)
    return len(words) >= _FEWEST_WORDS and not fields and not any(word in ("OR", "AND") or word[0] in "-\"(" for word in words)


def trace(archive: Archive, typed: str) -> Traced:
    """A claim traced, by its id (``ARTICLE#c499-511``) or in somebody's words: the claim of the archive that comes nearest.

    Raises:
        BadRequest: there is no such claim, or none comes near.
    """
    with archive.reading() as connection:
        tracer = Tracer(archive, connection)
        asked, likeness = "", 1.0
        item: int | tuple[int, int]
        if _CLAIM_ID.fullmatch(typed.strip()):
            number, item = find_telling(tracer, typed)
        else:
            asked = typed
            number, item, likeness = _nearest(tracer, typed)
        found = tracer.independence(number, item) if isinstance(item, int) else tracer.sentence(number, item)
        article = Article(found.group.asked.article, load_record(archive, connection, number))
        line = article.claim(item) if isinstance(item, int) else article.sentence(*item)
        return Traced(replace(line, sources=found.counts), found, disagreement(found, tracer.reports), asked, likeness)


def _nearest(tracer: Tracer, text: str) -> tuple[int, int, float]:
    """The claim whose sentence comes nearest to some words."""
    words, _ = weigh(f". {text}", (0, len(text) + 2))
    if not words:
        raise BadRequest(f"{text[:80]!r} holds no word to look for; nothing was traced; give the id of a claim, or a sentence")
    typed = [word for word in dict.fromkeys(re.findall(r"[^\W_]{3,}", text)) if weigh(word, (0, len(word)))[0]]
    node = parse(" OR ".join(typed[:_MOST_WORDS]))
    ranked = find.rank(tracer.connection, node).scored[:_MOST_ARTICLES] if node is not None else ()
    best: tuple[float, int, int] | None = None
    for number, _ in ranked:
        for telling in tracer.reports(number).tellings:
            if telling.claim is None or not telling.stems & words.keys():
                continue
            near = (alike(words, telling.words) + alike(words, telling.clause)) / 2
            if best is None or near > best[0]:
                best = near, number, telling.claim
    if best is None or best[0] < _ALIKE:
        raise BadRequest(f"no claim of this archive comes near {text[:80]!r}; nothing was traced; `telusur search` finds articles by their words")
    return best[1], best[2], best[0]


# --- on a terminal ----------------------------------------------------------------------------------------------


def report(traced: Traced, look: Look) -> str:
    """The claim, its counts, the tree of its origins, each outlet's words, and who tells it otherwise."""
    paper = Paper(look)
    paper.section(paper.say("answer.one.claim"), traced.line.id)
    if traced.asked:
        paper.put(Text(paper.say("trace.nearest", asked=shorten(clean(traced.asked), 100)), style="dim"))
    told = traced.line.in_english if look.lang == "en" else traced.line.in_indonesian
    if traced.line.told.type:
        paper.put(paper.stance(traced.line).append(clean(told), style="bold").append(f"  {paper.review(traced.line)}", style="not bold dim"))
    paper.put(paper.excerpt(traced.line.sentence), 4)
    paper.put(paper.chain(traced.line), 4)
    paper.put(paper.source(traced.line.article), 4)
    paper.gap()
    paper.put(Text(told_by(paper.words, traced.found.counts), style="bold"))
    paper.put(Text(_kinds(paper, traced), style="dim"))
    origins = origins_of(traced.found)
    paper.section(paper.say("trace.origins"), paper.say("trace.origins.sub"))
    for origin in origins:
        paper.gap()
        paper.console.print(_tree(paper, origin, traced))
    _may_be_one(paper, origins, traced)
    _words(paper, origins)
    _may_tell(paper, traced)
    _apart(paper, traced.apart)
    paper.gap()
    paper.put(Text(paper.say("trace.how"), style="dim"))
    return paper.text()


def _kinds(paper: Paper, traced: Traced) -> str:
    counts = traced.found.counts
    kinds = (("count.named", counts.named), ("count.unnamed", counts.unnamed), ("count.own", counts.own))
    return " · ".join(paper.words.count(key, n) for key, n in kinds if n)


def _tree(paper: Paper, origin: Origin, traced: Traced) -> Tree:
    chief = origin.chief
    head = Text(f"{origin.number}  ").append(shorten(clean(chief.name), 70), style="bold")
    head.append(f"  {paper.say(f'trace.kind.{chief.kind}') if chief.named else paper.say('word.anonymous')}", style="dim")
    tree = Tree(head, guide_style="dim")
    for union in told_once(traced.found, origin.unions):
        one, other = (_named(traced, number) for number in (union.one, union.other))
        told = Text("= ", style="dim").append(paper.say(f"rule.{union.rule}", one=one, other=other), style="dim")
        if union.evidence and (quote := union.evidence[0].words):
            told.append(f" “{shorten(clean(quote), _QUOTED)}”", style="dim italic")
        tree.add(told)
    leaves: dict[tuple[str, ...], list[Leaf]] = {}
    for branch in origin.branches:
        leaves.setdefault(tuple(_middle(branch, origin)), []).extend(branch.leaves)
    for hands, some in sorted(leaves.items(), key=lambda item: len(item[0])):
        at = tree
        for hand in hands:
            at = at.add(Text("▸ ", style="dim").append(shorten(clean(hand), 60)))
        for leaf in some:
            at.add(_leaf(paper, leaf))
    return tree


def _middle(branch: Branch, origin: Origin) -> list[str]:
    """The hands between the one who gives the origin its name and the page."""
    def is_chief(hand: Node) -> bool:
        return any(hand.name == node.name or same_party(hand.who, node.who) for node in origin.chief.nodes)

    return [hand.name for n, hand in enumerate(branch.hands) if n or not is_chief(hand)]


def _leaf(paper: Paper, leaf: Leaf) -> Text:
    inferred = [step.rule for step in leaf.path.steps if step.basis == "inferred"]
    shown = Text("▹ " if inferred else "▸ ", style="dim").append(clean(leaf.outlet) or "–", style="not dim")
    if leaf.published:
        shown.append(f"  {paper.words.day(leaf.published[:10])}", style="dim")
    if inferred:
        shown.append(f"  {paper.say('trace.inferred')}: {paper.say(f'rule.{inferred[-1]}')}", style="dim")
        if quote := next((step.evidence[0].words for step in reversed(leaf.path.steps) if step.rule == inferred[-1] and step.evidence), ""):
            shown.append(f" “{shorten(clean(quote), _QUOTED)}”", style="dim italic")
    elif quote := _attribution(leaf.path, leaf):
        shown.append(f"  “{shorten(clean(quote), _QUOTED)}”", style="dim italic")
    elif leaf.path.seen:
        shown.append(f"  {paper.say('rule.own-eyes')} “{shorten(clean(leaf.path.seen[0].words), _QUOTED)}”", style="dim")
    elif len(leaf.path.nodes) == 1:
        shown.append(f"  {paper.say('rule.own-report')}", style="dim")
    return shown.append(f"  {leaf.telling.id}", style="dim")


def _attribution(path: Path, leaf: Leaf) -> str:
    """The words by which the page lays it to somebody: from the first to the last of the evidence, where it is one stretch."""
    quotes = [e for step in path.steps for e in step.evidence if e.article == leaf.telling.article and (e.start, e.end) != leaf.telling.sentence]
    return " … ".join(dict.fromkeys(e.words for e in sorted(quotes, key=lambda e: e.start)))


def _named(traced: Traced, number: int) -> str:
    return clean(traced.found.sources[number].name)


def _may_be_one(paper: Paper, origins: Sequence[Origin], traced: Traced) -> None:
    counts = traced.found.counts
    if counts.least == counts.most:
        return
    paper.gap()
    paper.put(Text(paper.say("trace.may", least=paper.words.whole(counts.least), most=paper.words.whole(counts.most)), style="yellow"))
    for union in open_unions(traced.found):
        one, other = (_named(traced, number) for number in (union.one, union.other))
        paper.put(Text(f"? {paper.say(f'rule.{union.rule}', one=one, other=other)}", style="dim"), 2)
    if counts.most > len(origins):
        paper.put(Text(f"? {paper.say('rule.may-tell')}", style="dim"), 2)
    soft = [origin for origin in origins if not any(source.solid for source in origin.sources)] if len(origins) > 1 else []
    for origin in soft:
        rule = "may-be-anybody" if not origin.chief.named else "may-have-it-from"
        paper.put(Text(f"? {paper.say(f'rule.{rule}', one=clean(origin.chief.name))}", style="dim"), 2)


def _words(paper: Paper, origins: Sequence[Origin]) -> None:
    """What each outlet writes, and why it is held to tell the same."""
    paper.section(paper.say("trace.words"))
    leaves = [leaf for origin in origins for branch in origin.branches for leaf in branch.leaves]
    seen: set[str] = set()
    for leaf in sorted(leaves, key=lambda leaf: (leaf.published or "~", leaf.telling.id)):
        if leaf.telling.id in seen:
            continue
        seen.add(leaf.telling.id)
        head = Text(clean(leaf.outlet) or "–", style="bold")
        head.append(f"  {paper.words.day(leaf.published[:10]) if leaf.published else paper.say('answer.undated')} · {leaf.telling.id}", style="not bold dim")
        paper.put(head)
        paper.put(Text(shorten(clean(leaf.sentence.words), _SENTENCE)), 4)
        why = paper.say("trace.asked") if not leaf.reasons else ", ".join(_reason(paper, leaf))
        paper.put(Text(why, style="dim"), 4)


def _may_tell(paper: Paper, traced: Traced) -> None:
    """What other articles of the story may tell of it: what is not surely told raises the most alone."""
    if not traced.found.group.possible:
        return
    paper.section(paper.say("trace.may.tell"), paper.say("trace.may.tell.sub"))
    for bond in traced.found.group.possible[:_MOST_POSSIBLE]:
        report = possible_report(bond, traced.found)
        day = paper.words.day(report.published[:10]) if report.published else paper.say("answer.undated")
        paper.put(Text(clean(report.outlet) or "–", style="bold").append(f"  {day} · {bond.telling.id}", style="not bold dim"))
        paper.put(Text(shorten(clean(report.words(bond.telling.sentence)), _SENTENCE)), 4)
    if (more := len(traced.found.group.possible) - _MOST_POSSIBLE) > 0:
        paper.put(Text(paper.say("trace.more", n=paper.words.whole(more)), style="dim"))


def _reason(paper: Paper, leaf: Leaf) -> list[str]:
    told = []
    for reason in leaf.reasons:
        what = "" if reason.kind in ("copy", "type") else f" {shorten(clean(reason.what), 40)}"
        what = f" {paper.words.decimal(float(reason.what), 2)}" if reason.kind == "words" else what
        told.append(f"{paper.say(f'reason.{reason.kind}')}{what}")
    return told


# --- who tells it otherwise -------------------------------------------------------------------------------------


def _apart(paper: Paper, apart: Disagreement) -> None:
    if not apart:
        return
    paper.section(paper.say("answer.apart"), paper.say("answer.apart.sub"))
    for figure in apart.figures:
        first = figure.tellings[0]
        head = Text(f"{paper.words.whole(figure.count)} {paper.say(f'apart.{figure.counted}')}", style="bold")
        paper.put(head.append(f"  {_by(paper, first, apart)}", style="not bold dim"), 2)
        paper.put(_quote(first, apart), 6)
    for difference in apart.differences:
        paper.put(Text(f"⇄ {paper.say(f'apart.{difference.kind}')}", style="yellow").append(f"  {_why(paper, difference)}", style="dim"), 2)
        for telling in (difference.one, difference.other):
            paper.put(Text(_by(paper, telling, apart), style="dim"), 6)
            paper.put(_quote(telling, apart), 8)


def _why(paper: Paper, difference: Difference) -> str:
    """Certainties in the reader's language; other words as they are."""
    if difference.kind in ("headline", "hardened"):
        marks = difference.why.split(" → ")
        return " → ".join(paper.say(f"mark.{mark}") for mark in marks)
    return difference.why if difference.kind == "rival" else ""


def _by(paper: Paper, telling: Telling, apart: Disagreement) -> str:
    report = apart.reports[telling.article]
    speaker = voice(telling, report)
    day = paper.words.day(report.published[:10]) if report.published else paper.say("answer.undated")
    who = f"{clean(speaker)}, " if speaker != report.outlet else ""
    return f"{who}{clean(report.outlet)} · {day} · {telling.id}"


def _quote(telling: Telling, apart: Disagreement) -> Text:
    report = apart.reports[telling.article]
    return Text(shorten(clean(report.words(telling.sentence)), _SENTENCE))

