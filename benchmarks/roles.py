"""Whether trees help to tell who does what: participants of gold claims, with and without the parser.

    python benchmarks/roles.py [--shared ../shared] [--readers training/cache]

The triggers and types of events are gold's, so are names and speakers: only the casting is measured. Each article is read
by the fold's model that never saw its outlet (``training.crossval`` makes them). The trees come from the model that ships,
whose encoder has learnt from the train articles' claims, which may favour the castings with trees; and the weights of the signs are fitted on the other folds. Three castings:

- ``as it is``: what rules and model propose, by the signs of `extract.casting`;
- ``with relations``: as well, how each candidate hangs on the trigger in the tree (subject, object, agent, ...);
- ``with candidates``: as well, subjects, objects and agents of the tree that nobody else proposed.

Prints F1 of parties (``claims.actors_f1`` wants all of a claim right, ``claims.participants_f1`` counts each) by the scorer
of the gold articles, by the trigger's form.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
from breakdown import voice_of
from training.data import FOLDS, fold_of, read_gold
from training.trigger_tables import fit, reading_of

from telusur.analyse.encoder import load_model, understand
from telusur.analyse.syntax import ROOT, Word, parse_sentence
from telusur.extract.casting import ROLES, Candidate, Casting, _candidates, _kind, _signs, laid
from telusur.extract.drafts import Draft
from telusur.extract.participants import form_of
from telusur.extract.setting import Holders, setting_of
from telusur.extract.units import Reading
from telusur.ingest.files import from_text
from telusur.model.claim import STATE_TYPES, Participant, ParticipantRole
from telusur.model.document import Hints
from telusur.model.span import Span
from telusur.parse import parse_page
from telusur.scoring import compare, parties_of

Json = dict[str, Any]
RESULTS = Path(__file__).parent / "results"
LEAST = 0.4
_NOBODY = -6.0
CORE = frozenset({"flat", "compound", "amod", "nummod", "det", "clf", "nmod", "fixed", "punct", "appos"})
"""Relations that belong to a noun phrase's own words."""
SHARING = frozenset({"conj", "xcomp", "advcl", "parataxis", "ccomp"})
"""Relations over which a verb without a subject borrows its head's."""


@dataclass(frozen=True, slots=True)
class Case:
    """One claim of gold: what the caster sees, the tree of its sentence, and where its claim stands in the record."""

    casting: Casting
    tree: tuple[Word, ...]
    claim: int


@dataclass(slots=True)
class Article:
    gold: Json
    fold: int
    cases: list[Case] = field(default_factory=list)


# --- reading ------------------------------------------------------------------------------------------------------


def read_article(gold: Json, fold: int, readers: Path) -> Article:
    """The article's claims as cases, with frames from the fold's model and trees from the one that ships."""
    given = gold["source"]
    hints = Hints(url=given.get("url"), published=given.get("published_hint"))
    document = parse_page(from_text(gold["text"], url=given.get("url"), media_type="text/plain"), hints)
    frames = understand(document, load_model(str(readers / f"reader{fold}"))).frames
    reading, mentions, said = reading_of(gold)
    setting = setting_of(reading, mentions, Holders(said))
    out, trees = Article(gold, fold), dict[int, tuple[Word, ...]]()
    drafts = {n: d for n, claim in enumerate(gold["claims"]) if (d := draft_of(reading, claim)) is not None}
    at = {id(d): n for n, d in drafts.items()}
    for casting, draft in setting.castings(drafts.values(), [f for f in frames if f.kind == "claim"]):
        sentence = reading.units[draft.first].sentence
        if sentence not in trees:
            start, stop = reading.bounds[sentence]
            trees[sentence] = parse_sentence(gold["text"], reading.span(start, stop))
        out.cases.append(Case(casting, trees[sentence], at[id(draft)]))
    return out


def draft_of(reading: Reading, claim: Json) -> Draft | None:
    """An event of gold as a draft without participants."""
    span = Span(claim["trigger"]["start"], claim["trigger"]["end"])
    first, last = reading.first_at(span), reading.last_at(span)
    if claim["type"] in STATE_TYPES or first is None or last is None:
        return None
    return Draft(claim["type"], span, first, last)


# --- trees --------------------------------------------------------------------------------------------------------


def word_at(tree: Sequence[Word], span: Span) -> int | None:
    """The word of a stretch that hangs outside it: its head."""
    inside = {n for n, word in enumerate(tree) if word.span.overlaps(span)}
    return next((n for n in sorted(inside) if tree[n].head not in inside), None)


def relation(tree: Sequence[Word], trigger: int, other: int) -> str:
    """How a word hangs on the trigger: ``nsubj``, ``obl oleh``, ``shared nsubj``, ``its noun``, or ``far``."""
    if other == trigger:
        return "itself"
    seen = _own(tree, trigger, other)
    if seen is None and tree[other].relation in {"conj", "appos", "flat"} and tree[other].head != ROOT:
        joined = _own(tree, trigger, tree[other].head)
        seen = f"joined to {joined}" if joined else None
    if seen is not None:
        return seen
    if tree[trigger].relation == "acl" and tree[trigger].head == other:
        return "its noun"
    if tree[trigger].relation in SHARING and not any(w.head == trigger and w.relation == "nsubj" for w in tree):
        above = tree[trigger].head
        if above != ROOT and (theirs := _own(tree, above, other)) is not None:
            return f"shared {theirs}"
        if above != ROOT and tree[above].relation == "acl" and tree[above].head == other:
            return "shared noun"
    return "head" if tree[trigger].head == other else "far"


def _own(tree: Sequence[Word], trigger: int, other: int) -> str | None:
    word = tree[other]
    if word.head != trigger:
        return None
    if word.relation not in {"obl", "nmod"}:
        return word.relation
    case = next((w.lemma for w in tree if w.head == other and w.relation == "case"), "bare")
    return f"{word.relation} {case if case in {'oleh', 'bare', 'terhadap', 'kepada', 'dengan', 'dari', 'di', 'ke'} else 'other'}"


def phrase(tree: Sequence[Word], head: int) -> Span:
    """The words of a noun phrase: its head with what stands next to it and belongs to it."""
    mine = {head}
    for _ in range(4):
        mine |= {n for n, w in enumerate(tree) if w.head in mine and w.relation in CORE}
    first = last = head
    while first - 1 in mine and tree[first - 1].upos != "PUNCT":
        first -= 1
    while last + 1 in mine and tree[last + 1].upos != "PUNCT":
        last += 1
    return Span(tree[first].span.start, tree[last].span.end)


def tree_candidates(case: Case) -> Iterator[Participant]:
    """Subject, object and agent of the trigger as the tree has them; the role is a guess that the signs judge."""
    trigger = word_at(case.tree, trigger_span(case.casting))
    if trigger is None:
        return
    passive = case.tree[trigger].voice == "Pass"
    for n in range(len(case.tree)):
        hangs = relation(case.tree, trigger, n)
        role: ParticipantRole | None = None
        if hangs in {"nsubj", "its noun", "shared nsubj", "joined to nsubj"}:
            role = "recipient" if passive else "actor"
        elif hangs in {"obj", "joined to obj", "iobj"}:
            role = "recipient"
        elif hangs in {"obl oleh", "nmod oleh"} or (passive and hangs == "obl bare"):
            role = "actor"
        if role is not None and case.tree[n].upos in {"NOUN", "PROPN", "NUM"}:
            yield laid(case.casting.reading, role, phrase(case.tree, n))


def trigger_span(casting: Casting) -> Span:
    return casting.reading.span(casting.first, casting.last + 1)


# --- casting ------------------------------------------------------------------------------------------------------

KINDS = ("as it is", "with relations", "with candidates")


def signs_of(case: Case, kind: str) -> Iterator[tuple[Candidate, ParticipantRole, dict[str, float]]]:
    """The signs of `casting.signs_of`, with those of the tree where they are asked for."""
    casting = case.casting
    found = _candidates(replace(casting, bystanders=()))
    treed: set[int] = set()
    if kind == "with candidates":
        for one in tree_candidates(case):
            if not any(c.span.overlaps(one.span) or (one.entity is not None and one.entity == c.entity) for c in found):
                made = Candidate(one.span, one.entity, _kind(casting.reading, one))
                treed.add(id(made))
                found.append(made)
    form = form_of(casting.reading.low(casting.first))
    trigger = word_at(case.tree, trigger_span(casting)) if case.tree else None
    for role in ROLES:
        best = max((c.heard.get(role, _NOBODY) for c in found), default=_NOBODY)
        stranger = max((c.heard.get(role, _NOBODY) for c in found if c.ruled != role), default=_NOBODY)
        filled = [c for c in found if c.ruled == role]
        for one in found:
            if role not in one.heard and one.ruled is None and id(one) not in treed:
                continue
            signs = _signs(casting, one, role, form, stranger if one.ruled == role else best, filled)
            if kind != "as it is":
                signs |= _tree_signs(case, one, role, trigger, id(one) in treed)
            yield one, role, signs


def _tree_signs(case: Case, one: Candidate, role: str, trigger: int | None, alone: bool) -> dict[str, float]:
    other = word_at(case.tree, one.span)
    if trigger is None or other is None:
        return {f"{role} no tree": 1.0}
    hangs = relation(case.tree, trigger, other)
    voice, upos = case.tree[trigger].voice, case.tree[trigger].upos
    out = {f"{role} tree {hangs}": 1.0, f"{role} tree {hangs} {voice} {upos}": 1.0}
    if alone:
        out[f"{role} tree alone {voice}"] = 1.0
    return out


def rows(articles: Sequence[Article], kind: str) -> tuple[list[dict[str, float]], list[bool]]:
    signs, right = [], []
    for article in articles:
        for case in article.cases:
            claim = article.gold["claims"][case.claim]
            for one, role, found in signs_of(case, kind):
                signs.append(found)
                right.append(any(p["role"] == role and same(p, one) for p in claim["participants"]))
    return signs, right


def same(gold: Json, one: Candidate) -> bool:
    both = min(gold["end"], one.span.end) - max(gold["start"], one.span.start)
    whole = max(gold["end"], one.span.end) - min(gold["start"], one.span.start)
    return 2 * both >= whole or (one.entity is not None and gold.get("entity") == one.entity)


def cast(case: Case, kind: str, weights: Mapping[str, float], least: float) -> list[Json]:
    """Participants with the likeliest role each, as a record holds them."""
    judged = []
    for one, role, signs in signs_of(case, kind):
        total = weights["always"] + sum(v * weights.get(s, 0.0) for s, v in signs.items())
        judged.append((1 / (1 + np.exp(-total)), one, role))
    joined = {role for chance, one, role in judged if one.ruled == role and chance >= least}
    kept: list[tuple[Candidate, ParticipantRole]] = []
    for chance, one, role in sorted(judged, key=lambda item: -item[0]):
        enough = chance >= least - (0.2 if one.ruled == role and role in joined else 0.0)
        if enough and not any(one.span.overlaps(k.span) or (one.entity is not None and one.entity == k.entity) for k, _ in kept):
            kept.append((one, role))
    return [{"role": role, "start": one.span.start, "end": one.span.end, "entity": one.entity} for one, role in kept]


# --- scores -------------------------------------------------------------------------------------------------------


Counts = dict[str, Counter[str]]


def count(article: Article, told: Mapping[int, list[Json]]) -> Counts:
    """By the trigger's form: claims, parties in gold, told and right, claims with all parties right."""
    gold = article.gold
    mine = json.loads(json.dumps(gold))
    for case in article.cases:
        mine["claims"][case.claim]["participants"] = told[case.claim]
    found, out = compare(gold, mine), defaultdict(Counter)
    for case in article.cases:
        one, two = (parties_of(side["claims"][case.claim]) for side in (gold, mine))
        for voice in (voice_of(gold["claims"][case.claim], gold["text"]), "all"):
            out[voice] += Counter({
                "claims": 1, "all right": found.all_match(one, two), "right": found.match(one, two), "gold": len(one), "told": len(two),
            })  # fmt: skip
    return out


def f1(counts: Sequence[Counts], voice: str) -> float:
    total: Counter[str] = sum((c[voice] for c in counts if voice in c), Counter())
    return 200 * total["right"] / max(total["gold"] + total["told"], 1)


def shown(counts: Sequence[Counts], base: Sequence[Counts]) -> dict[str, Json]:
    """Figures by the trigger's form, with the difference to ``base`` and its 95 % interval over articles."""
    out: dict[str, Json] = {}
    for voice in sorted({v for c in counts for v in c}):
        total: Counter[str] = sum((c[voice] for c in counts if voice in c), Counter())
        rng, differences = random.Random(1), []
        for _ in range(500):
            drawn = rng.choices(range(len(counts)), k=len(counts))
            differences.append(f1([counts[n] for n in drawn], voice) - f1([base[n] for n in drawn], voice))
        differences.sort()
        out[voice] = {
            "claims": total["claims"],
            "F1": round(f1(counts, voice), 1),
            "all right": round(100 * total["all right"] / total["claims"], 1),
            "gain": [round(x, 1) for x in (f1(counts, voice) - f1(base, voice), differences[12], differences[487])],
        }
    return out


def measure(articles: Sequence[Article]) -> dict[str, Json]:
    """Figures by casting. The weights of each fold's claims come from the other folds."""
    out: dict[str, Json] = {}
    base: list[Counts] = []
    for kind in KINDS:
        counts: dict[int, Counts] = {}
        for fold in range(len(FOLDS)):
            weights = fit(*rows([a for a in articles if a.fold != fold], kind))
            for n, article in enumerate(articles):
                if article.fold == fold:
                    counts[n] = count(article, {case.claim: cast(case, kind, weights, LEAST) for case in article.cases})
        ordered = [counts[n] for n in range(len(articles))]
        base = base or ordered
        out[kind] = shown(ordered, base)
    return out


def cost(articles: Sequence[Article]) -> float:
    """CPU-seconds an article for the trees of the sentences with triggers."""
    some = articles[::10]
    began = time.process_time()
    for article in some:
        reading = article.cases[0].casting.reading if article.cases else None
        for sentence in {case.casting.reading.units[case.casting.first].sentence for case in article.cases}:
            if reading is not None:
                parse_sentence(article.gold["text"], reading.span(*reading.bounds[sentence]))
    return (time.process_time() - began) / len(some)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--readers", type=Path, default=Path("training/cache"))
    parser.add_argument("--kept", type=Path, help="a file that keeps what was read, for a second run")
    options = parser.parse_args()
    if options.kept and options.kept.exists():
        articles = pickle.loads(options.kept.read_bytes())
    else:
        golds = {k: r for part in ("dev", "train") for k, r in read_gold(options.shared / "gold" / part).items()}
        articles = [read_article(gold, fold_of(gold), options.readers) for gold in golds.values()]
        if options.kept:
            options.kept.write_bytes(pickle.dumps(articles))
    found = measure(articles)
    for kind, voices in found.items():
        print(kind)
        for voice, v in voices.items():
            print(f"  {voice:8} {v['claims']:5} claims, F1 {v['F1']}, all right {v['all right']}, gain {v['gain'][0]} ({v['gain'][1]} to {v['gain'][2]})")
    seconds = round(cost(articles), 3)
    print(f"trees: {seconds} CPU-seconds an article")
    (RESULTS / "roles.json").write_text(json.dumps({"articles": len(articles), "seconds": seconds, "castings": found}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
