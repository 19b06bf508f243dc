"""How long answers take: ``python benchmarks/search.py ARCHIVE [--rounds 5]``.

Takes an archive that `benchmarks/archive.py grow` made, draws questions of each kind from what is in it (names, words from
very common to rare, places, months), asks each some times, and prints for each kind the median and the 95th percentile
of the milliseconds, all in one process after one question of each kind to warm it. CPU milliseconds stand beside those of the
clock: with SQLite all the work is this process's own, so they hold on a busy machine too.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, func, select

from telusur.answers import ask
from telusur.archive import Archive, open_archive
from telusur.archive.actors import find_actors, show_actor
from telusur.archive.keep import load_records
from telusur.archive.places import iso_day, item_key
from telusur.archive.schema import articles, claims, entities, names
from telusur.search.find import FACETS

WORDS = ("mengatakan", "polisi", "pemerintah", "serangan", "penangkapan", "korban", "gempa", "pelabuhan", "pengungsian", "beraliansi", "reboisasi")
PHRASES = ('"gencatan senjata"', '"rumah sakit"', '"warga sipil"')
CLAIMS = 20
TYPES = ("ASSAULT", "COERCE", "INVESTIGATE", "holds-office", "controls", "DISASTER")


def draw(connection: Connection, chance: random.Random) -> dict[str, list[str]]:
    """Names of each kind, some borne by many articles and some by few, and months with articles."""
    found: dict[str, list[str]] = {}
    for kind in ("PER", "ORG", "LOC"):
        count = func.count()
        rows = connection.execute(
            select(names.c.name).join(entities, entities.c.name == names.c.number).where(names.c.type == kind).group_by(names.c.name).order_by(count.desc())
        ).scalars().all()
        found[kind] = [*rows[:4], *chance.sample(list(rows), min(6, len(rows)))]
    low, high = connection.execute(select(func.min(articles.c.number), func.max(articles.c.number)).where(articles.c.number >= 1 << 24)).one()
    told = connection.execute(select(claims.c.from_day).where(claims.c.from_day.is_not(None)).group_by(claims.c.from_day).order_by(func.count().desc()).limit(1)).scalar_one()
    days = [told, told - 40, *(chance.randint(low >> 24, high >> 24) for _ in range(4))]
    found["month"] = [iso_day(day)[:7] for day in days]
    return found


def questions(archive: Archive, drawn: dict[str, list[str]], chance: random.Random) -> dict[str, list[Callable[[], Any]]]:
    """Every kind of answer, with questions from cheap to dear."""

    def search(query: str, sources: bool = False, **how: Any) -> Callable[[], Any]:
        return lambda: ask.search(archive, query, sources=sources, **how)

    pairs = [f"{a} {b}" for a, b in pairwise(WORDS)]
    return {
        "word": [search(word) for word in WORDS],
        "two words": [search(pair) for pair in pairs],
        "phrase": [search(phrase) for phrase in PHRASES],
        "prefix": [search(f"{word[:4]}*") for word in WORDS],
        "not": [search(f"{a} -{b}") for a, b in pairwise(WORDS)],
        "ranked": [search(pair, best=True) for pair in pairs],
        "who": [search(f'who:"{name}"') for name in drawn["PER"]],
        "who said": [search(f'who:"{name}" said:{word}') for name, word in zip(drawn["PER"], WORDS, strict=False)],
        "about": [search(f'about:"{name}"') for name in drawn["ORG"]],
        "type where": [search(f'type:{kind} where:"{name}"') for kind, name in zip(TYPES, drawn["LOC"], strict=False)],
        "type certainty": [search(f"type:{kind} certainty:possible") for kind in TYPES],
        "month": [search(f"from:{month} to:{month} {word}") for month, word in zip(drawn["month"], WORDS, strict=False)],
        "facets": [search(word, facets=FACETS) for word in WORDS],
        "claims": [lambda k=kind: ask.claims_of(archive, f"type:{k}", sources=False) for kind in TYPES],
        "profile": [lambda n=name: ask.who(archive, n, sources=False) for name in (*drawn["PER"], *drawn["ORG"][:3])],
        "timeline": [lambda n=name, m=month: ask.timeline(archive, n, m, sources=False) for name, month in zip(drawn["LOC"], drawn["month"], strict=False)],
        "actors": [lambda n=name: _actors(archive, n) for name in (*drawn["PER"], *drawn["ORG"])],
        "one claim": [lambda k=key: ask.show(archive, k) for key in _keys(archive, chance)],
    }


def _actors(archive: Archive, name: str) -> Any:
    """Who bears a name, and the first of them whole."""
    with archive.reading() as connection:
        found = find_actors(connection, name)
        return show_actor(connection, found[0].id) if found else None


def _keys(archive: Archive, chance: random.Random) -> list[str]:
    """Ids of claims from anywhere in the archive."""
    found = []
    with archive.reading() as connection:
        rows = connection.execute(select(claims.c.article, claims.c.claim)).all()
        for row in chance.sample(rows, min(CLAIMS, len(rows))):
            id, record = load_records(archive, connection, (row.article,))[row.article]
            found.append(f"{id}#{item_key('claims', record['claims'][row.claim])}")
    return found


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("archive")
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    everything: list[tuple[float, float]] = []
    chance = random.Random(1)
    with open_archive(chosen.archive) as archive:
        with archive.reading() as connection:
            total = connection.execute(select(func.count()).select_from(articles)).scalar_one()
            drawn = draw(connection, chance)
        print(f"{total:,} articles\n\n| answers | median ms | 95th percentile ms | median CPU-ms | 95th percentile CPU-ms |\n| --- | --- | --- | --- | --- |")
        for kind, asked in questions(archive, drawn, chance).items():
            asked[0]()
            told = []
            for _ in range(chosen.rounds):
                for question in asked:
                    start, cpu = time.perf_counter(), time.process_time()
                    question()
                    told.append(((time.perf_counter() - start) * 1000, (time.process_time() - cpu) * 1000))
            everything += told
            print(row(kind, told), flush=True)
    print(row("all", everything))


def row(kind: str, told: list[tuple[float, float]]) -> str:
    """A line of the table."""
    columns = [[time[n] for time in told] for n in (0, 1)]
    return f"| {kind} | " + " | ".join(f"{statistics.median(values):.1f} | {percentile(values):.1f}" for values in columns) + " |"


def percentile(values: list[float], share: float = 0.95) -> float:
    """The value below which so many lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


if __name__ == "__main__":
    main()
