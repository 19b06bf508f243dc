"""What an archive costs as it grows: seconds to add, bytes on disk, seconds to check, back up and open.

Usage: python benchmarks/archive.py grow [--sizes 1000,10000,100000] [--jobs 2] [--archive PATH|URL]
       python benchmarks/archive.py kills [--kills 200] [--articles 2000]

`grow` adds records that `newsroom.py` makes to one archive and prints a line whenever it has reached a size. The cost of
reading is that of the articles that the records are made of, in CPU-seconds, by the model; the cost of adding is
reading, and all that is done to keep it. `kills` ends an adding program at random moments and starts it again, and
compares the archive in the end with that of an undisturbed run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from newsroom import generate, read_base

from telusur.archive import open_archive
from telusur.archive.add import add
from telusur.archive.check import check
from telusur.archive.copy import backup, fingerprint
from telusur.archive.prepare import Item, record_item
from telusur.archive.stats import stats


def cpu_seconds() -> float:
    """Of this process and of those that it has waited for."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


@dataclass
class Tally:
    """What was given to add, and what making it took: that is no part of adding."""

    bytes: int = 0
    chars: int = 0
    making: float = 0.0


def feed(records: Iterator[dict[str, Any]], wanted: int, tally: Tally) -> Iterator[tuple[Item, int]]:
    """So many of the records, as items."""
    began = cpu_seconds()
    for number, record in enumerate(islice(records, wanted)):
        tally.bytes += len(record["text"].encode())
        tally.chars += len(record["text"])
        tally.making += cpu_seconds() - began
        yield record_item(f"record {number}", record), 1
        began = cpu_seconds()


def grow(sizes: list[int], jobs: int, place: str) -> None:
    base = read_base()
    reading = sum(record["analysis"]["seconds"] for record in base) / sum(len(record["text"]) for record in base)
    print(f"{len(base)} articles read once, {reading * 1000 * 2000:.0f} CPU-ms for one of 2,000 characters")
    print(f"{'articles':>9} {'CPU-ms':>7} {'wall ms':>8} {'of reading':>10} {'MB':>8} {'of text':>8} {'open ms':>8} {'backup s':>9}")
    records = generate(base, sizes[-1])
    done, text_bytes = 0, 0
    for size in sizes:
        tally = Tally()
        wall, cpu = time.monotonic(), cpu_seconds()
        with open_archive(place, create=True) as archive:
            add(archive, feed(records, size - done, tally), jobs=jobs, refused=lambda refusal: print(refusal.message, file=sys.stderr))
        each = (cpu_seconds() - cpu - tally.making) / (size - done)
        wall_each = (time.monotonic() - wall) / (size - done)
        ratio = 1 + each / (reading * tally.chars / (size - done))
        text_bytes += tally.bytes
        done = size
        open_ms, backup_s, figures = upkeep(place)
        print(
            f"{figures['articles']:>9,} {each * 1000:>7.1f} {wall_each * 1000:>8.1f} {ratio:>10.2f}"
            f" {figures['bytes'] / 1e6:>8.1f} {figures['bytes'] / text_bytes:>8.2f} {open_ms:>8.1f} {backup_s:>9.2f}",
            flush=True,
        )


def upkeep(place: str) -> tuple[float, float, dict[str, Any]]:
    """Milliseconds to open it, seconds to back it up, its figures."""
    began = time.monotonic()
    with open_archive(place) as archive, tempfile.TemporaryDirectory() as folder:
        opened = time.monotonic()
        figures = stats(archive)
        saving = time.monotonic()
        backup(archive, Path(folder) / "backup.db")
        return (opened - began) * 1000, time.monotonic() - saving, figures


def kills(count: int, articles: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        file, whole, place = Path(folder) / "records.jsonl", Path(folder) / "whole.db", Path(folder) / "killed.db"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(record) + "\n" for record in generate(read_base(), articles))
        program = [sys.executable, "-m", "telusur", "add", str(file), "--jobs", "2", "-v", "--no-trace", "--archive"]
        began = time.monotonic()
        subprocess.run([*program, str(whole)], check=True, capture_output=True)
        seconds = time.monotonic() - began
        chance, told, lost = random.Random(1), set(), 0
        for _ in range(count):
            log = Path(folder) / "log"
            with log.open("wb") as out:
                process = subprocess.Popen([*program, str(place)], stdout=out, stderr=out, start_new_session=True)
                time.sleep(chance.uniform(0, 1.5 + seconds * 2 / count))
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            told |= {line.split()[2].rstrip(":") for line in log.read_text().splitlines() if line.startswith("telusur: new ")}
            lost += len(told - ids(place))
        subprocess.run([*program, str(place)], check=True, capture_output=True)
        with open_archive(whole) as one, open_archive(place) as other:
            same, findings = fingerprint(one) == fingerprint(other), list(check(other))
    print(f"{count} kills while adding {articles} articles: {lost} lost of those that were told; the archive in the end is {'the same' if same else 'ANOTHER'}; check: {len(findings)} findings")
    return 0 if same and not lost and not findings else 1


def ids(place: Path) -> set[str]:
    from sqlalchemy import select

    from telusur.archive.schema import articles
    from telusur.errors import NoArchive

    try:
        with open_archive(place) as archive, archive.reading() as connection:
            return set(connection.execute(select(articles.c.id)).scalars())
    except NoArchive:
        return set()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    growing = commands.add_parser("grow")
    growing.add_argument("--sizes", default="1000,10000,100000")
    growing.add_argument("--jobs", type=int, default=2)
    growing.add_argument("--archive", default=None)
    killing = commands.add_parser("kills")
    killing.add_argument("--kills", type=int, default=200)
    killing.add_argument("--articles", type=int, default=2000)
    chosen = parser.parse_args()
    if chosen.command == "kills":
        return kills(chosen.kills, chosen.articles)
    with tempfile.TemporaryDirectory() as folder:
        grow(sorted(map(int, chosen.sizes.split(","))), chosen.jobs, chosen.archive or f"{folder}/archive.db")
    return 0


if __name__ == "__main__":
    sys.exit(main())
