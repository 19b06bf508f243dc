"""Holds the intervals of independent sources against counts made by hand; prints them, writes nothing but the archive.

Usage: python -m benchmarks.independence [--archive FILE] [--set first|second|third|once] [--show]
       (the shared data lies in $TELUSUR_SHARED, else ../shared; --archive keeps the articles as read for another run)

For each labelled claim two intervals are made:
- given   the labelled sentences are the group: only paths, unions and counts are measured
- found   the group is what the program finds, from the first labelled sentence; of the claims in that sentence the one whose
          group holds most of the labelled articles stands for the claim, since a sentence tells several things; who holds what office is none of
          the claims, so that a sentence in which nothing else was read is asked for as a sentence
A label has a lowest, a best and a highest number. Printed are
- holds best: the share of claims whose interval holds the best number (the target is 95 %), with a 95 % interval by Wilson
- holds all: the share whose interval holds lowest and highest too
- width: the median and the mean of highest minus lowest (the target for the median is at most 1)
- found articles: of the labelled articles, those that the group found holds; of those found, those that are labelled
--set says which labels: the first set (two readers), the second or the third (two readers; each made after the rules were set, in two halves:
causes are looked for in the one, the other is only counted), or once (one reader, for setting thresholds).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import math
import statistics
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from telusur.archive import Archive, open_archive
from telusur.archive.add import add
from telusur.archive.inputs import Sized
from telusur.archive.prepare import page_item
from telusur.archive.schema import articles
from telusur.ingest.files import from_text
from telusur.model.claim import STATE_TYPES
from telusur.model.document import Hints
from telusur.trace.agreeing import Bond, Reason
from telusur.trace.groups import Group
from telusur.trace.independence import Counts, Independence
from telusur.trace.proof import Tracer
from telusur.trace.tellings import Report, Telling
from telusur.trace.update import update

from .linking import shared

LABELS = Path(__file__).parent / "labels" / "independence"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a labelled sentence stands."""

    dataset: str
    id: str
    sha256: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Label:
    """A claim with its numbers, and the sentences that tell it."""

    claim: str
    description: str
    lowest: int
    highest: int
    best: int
    why: str
    sentences: tuple[Sentence, ...]


ENDS = {"first": ".tsv", "second": "-second.tsv", "third": "-third.tsv", "once": "-read-once.tsv"}
"""The files of each set of labels."""


HALVED = ("second", "third")


def kept_out(label: Label) -> bool:
    """Whether a label of a later set is of the half whose causes nobody looks for: every other one."""
    return int(label.claim[1:]) % 2 == 0


def read_labels(which: str) -> list[Label]:
    """The labelled claims of a set."""
    end = ENDS[which]
    sentences: dict[str, list[Sentence]] = {}
    for row in rows(LABELS / f"sentences{end}"):
        told = Sentence(row["dataset"], row["id"], row["sha256"], int(row["start"]), int(row["end"]))
        sentences.setdefault(row["claim"], []).append(told)
    return [
        Label(r["claim"], r["description"], int(r["lowest"]), int(r["highest"]), int(r["best"]), r["why"], tuple(sentences[r["claim"]]))
        for r in rows(LABELS / f"claims{end}")
    ]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


def texts(labels: Sequence[Label]) -> dict[str, dict[str, Any]]:
    """The articles of the labelled sentences, by id, checked against the hash of their text."""
    wanted = {(s.dataset, s.id): s.sha256 for label in labels for s in label.sentences}
    found: dict[str, dict[str, Any]] = {}
    for dataset in sorted({dataset for dataset, _ in wanted}):
        with gzip.open(shared() / "data" / dataset / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                article = json.loads(line)
                if sha256 := wanted.get((dataset, article["id"])):
                    if hashlib.sha256(article["text"].encode()).hexdigest() != sha256:
                        raise SystemExit(f"{dataset} {article['id']} is not the text that was labelled; the labels do not hold for it")
                    found[article["id"]] = article
    if missing := {id for _, id in wanted} - found.keys():
        raise SystemExit(f"{len(missing)} labelled articles are not in the shared data, such as {min(missing)}")
    return found


def fill(archive: Archive, told: Mapping[str, Mapping[str, Any]]) -> None:
    """Reads the articles into the archive, where they are not yet, and traces their copies."""

    def items() -> Iterable[Sized]:
        for id, article in told.items():
            hints = Hints(id=id, url=f"urn:{id}", published=article.get("published"), publisher=article.get("outlet"), title=article.get("title"))
            yield page_item(id, from_text(article["text"], url=f"urn:{id}"), hints), len(article["text"])

    add(archive, items(), jobs=1)
    update(archive)


def telling_at(report: Report, sentence: Sentence, tracer: Tracer) -> Telling | None:
    """How the program read a labelled sentence: the claim in it that is on somebody's word, an event rather than a state."""
    inside = [t for t in report.tellings if sentence.start <= t.trigger[0] < sentence.end]
    return max(inside, key=lambda t: (t.type.isupper(), bool(t.hands), len(t.parties), -t.trigger[0]), default=None)


def given(label: Label, tracer: Tracer, reports: Mapping[str, Report]) -> Independence:
    """The sources where the labelled sentences are the group."""
    from telusur.trace.unread import sentence_telling

    tellings: list[Telling] = []
    for sentence in label.sentences:
        report = reports[sentence.id]
        told = telling_at(report, sentence, tracer)
        if told is None or not told.hands:
            whole = sentence_telling(report, (sentence.start, sentence.end))
            told = whole if told is None or whole.hands else told
        tellings.append(told)
    used = {report.id: report for report in (reports[s.id] for s in label.sentences)}
    bonds = tuple(Bond(telling, (Reason("copy", ""),)) for telling in tellings[1:])
    return tracer.weigh(Group(tellings[0], bonds, used))


def found(label: Label, tracer: Tracer, reports: Mapping[str, Report]) -> tuple[Independence, int, int] | None:
    """The sources of the group that is found from the first labelled sentence, of a claim in it or, where none was read, of the
    sentence; how many labelled articles the group holds, and how many it holds in all."""
    wanted = {reports[s.id].id for s in label.sentences}
    best: tuple[tuple[int, int], Independence] | None = None
    for sentence in label.sentences:
        report = reports[sentence.id]
        for telling in report.tellings:
            if sentence.start <= telling.trigger[0] < sentence.end and telling.claim is not None and telling.type not in STATE_TYPES:
                told = tracer.independence(report.number, telling.claim)
                holds = told.group.reports.keys()
                rank = len(wanted & holds), -len(holds - wanted)
                if best is None or rank > best[0]:
                    best = rank, told
        if best is None and (place := report.sentence_at(sentence.start)) in report.sentences:
            told = tracer.sentence(report.number, place)
            holds = told.group.reports.keys()
            best = (len(wanted & holds), -len(holds - wanted)), told
        if best:
            break
    if best is None:
        return None
    holds = best[1].group.reports.keys()
    return best[1], len(wanted & holds), len(holds)


def wilson(hits: int, n: int) -> str:
    """A share with its 95 % interval."""
    if not n:
        return "–"
    z, p = 1.96, hits / n
    middle, half = (p + z * z / (2 * n)) / (1 + z * z / n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{100 * p:.1f} % ({hits} of {n}; {100 * max(0, middle - half):.0f}–{100 * min(1, middle + half):.0f})"


def table(name: str, told: Sequence[tuple[Label, Counts]]) -> str:
    holds = sum(c.least <= label.best <= c.most for label, c in told)
    whole = sum(c.least <= label.lowest and label.highest <= c.most for label, c in told)
    widths = [c.most - c.least for _, c in told]
    return (
        f"{name:6} holds best {wilson(holds, len(told))} · holds all {wilson(whole, len(told))} · "
        f"width median {statistics.median(widths):g}, mean {statistics.mean(widths):.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Independent sources against labels.")
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--set", choices=tuple(ENDS), default="first")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    labels = read_labels(args.set)
    told = texts(labels)
    with tempfile.TemporaryDirectory() as folder:
        place = args.archive or Path(folder) / "archive.db"
        with open_archive(place, create=not place.exists()) as archive:
            fill(archive, told)
            with archive.reading() as connection:
                halves = {kept_out(label): [x for x in labels if kept_out(x) == kept_out(label)] for label in labels if args.set in HALVED}
                for out, half in sorted(halves.items()):
                    print("half that is only counted" if out else "half whose causes are looked for")
                    measure(half, Tracer(archive, connection), connection, args.show and not out)
                if not halves:
                    measure(labels, Tracer(archive, connection), connection, args.show)


def measure(labels: Sequence[Label], tracer: Tracer, connection: Any, show: bool) -> None:
    at = {row.url: row.number for row in connection.execute(select(articles.c.url, articles.c.number))}
    reports = {s.id: tracer.reports(at[f"urn:{s.id}"]) for label in labels for s in label.sentences}
    by_given: list[tuple[Label, Counts]] = []
    by_found: list[tuple[Label, Counts]] = []
    right = labelled = held = missed = 0
    for label in labels:
        one = given(label, tracer, reports)
        by_given.append((label, one.counts))
        other = found(label, tracer, reports)
        wanted = len({s.id for s in label.sentences})
        labelled += wanted
        if other is None:
            missed += 1
        else:
            by_found.append((label, other[0].counts))
            right, held = right + other[1], held + other[2]
        if show:
            tell(label, one, other[0] if other else None)
    print(f"{len(labels)} claims, {sum(len(label.sentences) for label in labels)} sentences")
    print(table("given", by_given))
    if by_found:
        print(table("found", by_found))
    print(f"found articles: {right} of {labelled} labelled ({100 * right / labelled:.0f} %), {right} of {held} found are labelled; {missed} claims not read")


def tell(label: Label, one: Independence, other: Independence | None) -> None:
    """One claim with what was counted and why."""
    counts = one.counts
    mark = "  " if counts.least <= label.best <= counts.most else "! "
    also = f"found [{other.counts.least}, {other.counts.most}]" if other else "not read"
    print(f"{mark}{label.claim} {label.lowest}/{label.best}/{label.highest}  given [{counts.least}, {counts.most}]  {also}  {label.description} ({label.why})")
    for name, told in (("given", one), ("found", other)):
        for path in told.paths if told else ():
            hands = " < ".join(f"{node.name} ({node.kind})" for node in reversed(path.nodes))
            print(f"      {name} {path.telling.key:14} {hands}  {' '.join(step.rule for step in path.steps if step.rule)}")
        for union in told.unions if told else ():
            print(f"      {name}      {told.sources[union.one].name} = {told.sources[union.other].name}: {union.rule}{'' if union.surely else ' ?'}" if told else "")


if __name__ == "__main__":
    sys.exit(main())
