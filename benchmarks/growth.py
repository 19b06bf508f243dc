"""Texts to trace: real ones of the shared sets, and invented ones without end; and what tracing costs as an archive grows.

`copies.py grow` prints it. Invented texts tell nothing: each word follows those that it follows in real news, so that set phrases are as
frequent as there, and more: six thousand articles lend all that they have to any number of texts, so that the more there are the more
runs of words stand in others, far more than in real news.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from multiprocessing import Pipe, get_context
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from telusur.archive import Archive, open_archive, packing
from telusur.archive.places import article_id, number_base, text_hash
from telusur.archive.schema import articles, readings
from telusur.archive.tracing_tables import print_pages, traced_texts
from telusur.trace.update import update

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("TELUSUR_SHARED") or ROOT.parent / "shared") / "data"

# --- texts ------------------------------------------------------------------------------------------------------


def real_texts() -> Iterator[dict[str, Any]]:
    """The articles of the shared data."""
    for folder in sorted(SHARED.glob("news-*")):
        if (file := folder / "articles.jsonl.gz").exists():
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                yield from map(json.loads, lines)


class Babbler:
    """Writes texts that tell nothing: each word follows those that it follows in real news, so that set phrases are as frequent as there."""

    def __init__(self, texts: Iterable[str], seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.next: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.openings: list[tuple[str, str]] = []
        for text in texts:
            words = text.split()
            for one, two, three in zip(words, words[1:], words[2:], strict=False):
                self.next[one, two].append(three)
                if one[:1].isupper() and two[:1].islower():
                    self.openings.append((one, two))

    def paragraph(self, words: int) -> str:
        """A paragraph. Now and then it leaves the beaten path, as names and figures do."""
        one, two = self.chance.choice(self.openings)
        told = [one, two]
        while len(told) < words:
            after = self.next.get((one, two)) if self.chance.random() < 0.9 else None
            three = after[int(self.chance.random() * len(after))] if after else self.chance.choice(self.openings)[self.chance.randrange(2)]
            told.append(three)
            one, two = two, three
        return " ".join(told).rstrip(".,;:") + "."

    def article(self) -> list[str]:
        return [self.paragraph(self.chance.randint(18, 45)) for _ in range(self.chance.randint(5, 12))]


COPYING = ("verbatim", "abridged", "extended", "spliced", "reworded")


def generated(babbler: Babbler) -> Iterator[list[str]]:
    """Texts as lists of paragraphs, one in ten a copy of an earlier one: whole, cut, with more, a paragraph of it, or with words changed."""
    chance, earlier = babbler.chance, [babbler.article()]
    while True:
        if chance.random() >= 0.1:
            text = babbler.article()
            if len(earlier) < 5000:
                earlier.append(text)
            else:
                earlier[chance.randrange(5000)] = text
            yield text
            continue
        source, how = chance.choice(earlier), chance.choice(COPYING)
        yield copied(source, how, babbler)


def copied(source: Sequence[str], how: str, babbler: Babbler) -> list[str]:
    """A copy of a text, made so."""
    chance = babbler.chance
    if how == "abridged":
        return list(source[: max(2, len(source) // 2)])
    if how == "extended":
        return [*source, *(babbler.paragraph(30) for _ in range(3))]
    if how == "spliced":
        own = babbler.article()
        own.insert(chance.randrange(len(own)), max(source, key=len))
        return own
    if how == "reworded":
        return [reworded(paragraph, chance) for paragraph in source]
    return list(source)


def reworded(paragraph: str, chance: random.Random, share: float = 0.12) -> str:
    """The paragraph with some of its words changed."""
    words = paragraph.split()
    return " ".join(word if chance.random() > share else word[::-1] for word in words)


def put(archive: Archive, texts: Iterable[Sequence[str]], first: int) -> int:
    """Keeps texts with nothing but their blocks: what is measured is tracing. Gives their characters."""
    rows, packed, chars = [], [], 0
    base = number_base("2020-01-01")
    for number, paragraphs in enumerate(texts, first):
        text = "\n\n".join(paragraphs)
        at, blocks = 0, []
        for paragraph in paragraphs:
            blocks.append({"kind": "paragraph", "start": at, "end": at + len(paragraph)})
            at += len(paragraph) + 2
        url = f"https://kabar.example/{number}"
        record = {"text": text, "blocks": blocks, "article": {"title": None, "publisher": None, "wires": []}}
        rows.append({
            "number": base + number, "id": article_id(hashlib.sha256(text.encode()).hexdigest(), url), "text_hash": text_hash(text), "url": url,
            "published": "2020-01-01", "added": "2020-01-01T00:00:00Z", "maker": 1, "original": "none", "chars": len(text), "reviewed": 0,
        })  # fmt: skip
        packed.append({"article": base + number, "text": packing.pack_text(text), "record": packing.pack_record(record)})
        chars += len(text)
    archive.write(lambda connection: (connection.execute(insert(articles), rows), connection.execute(insert(readings), packed)))
    return chars


# --- what it costs ----------------------------------------------------------------------------------------------


def cpu_seconds() -> float:
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])


def invented(seed: int = 1) -> Iterator[list[str]]:
    """Texts of the generator, without end; other ones by another seed."""
    return generated(Babbler(islice((article["text"] for article in real_texts()), 6000), seed))


def shuffled() -> Iterator[list[str]]:
    """The real articles of the shared sets, in an order of their own."""
    told = [[part for part in article["text"].split("\n\n") if part] for article in real_texts()]
    random.Random(1).shuffle(told)
    return iter(told)


def made_elsewhere(make: Callable[[], Iterator[list[str]]]) -> Iterator[list[str]]:
    """The texts that ``make`` gives, made in a process of their own."""
    ours, theirs = Pipe(duplex=False)

    def send() -> None:
        texts = make()
        while some := list(islice(texts, 500)):
            theirs.send(some)
        theirs.send([])

    get_context("fork").Process(target=send, daemon=True).start()
    while some := ours.recv():
        yield from some


def size_of(place: str) -> int:
    """How many articles an archive has; it is made where there is none."""
    with open_archive(place, create=True) as archive, archive.reading() as connection:
        found: int = connection.execute(select(func.count()).select_from(articles)).scalar_one()
    return found


def grow(sizes: Sequence[int], place: str, texts: Iterator[list[str]]) -> None:
    """Prints a line for each size: what tracing took since the one before. An archive that was grown before is grown further."""
    print("CPU-ms, wall ms, pairs compared and links found: an article since the line before; one more: CPU-ms where an article is added by itself")
    print(f"{'articles':>9} {'CPU-ms':>7} {'wall ms':>8} {'pairs':>6} {'links':>6} {'one more':>9} {'families':>9} {'index MB':>9} {'of text':>8} {'memory MB':>9}")
    done = size_of(place)
    with open_archive(place) as archive:
        with archive.reading() as connection:
            chars: int = connection.execute(select(func.coalesce(func.sum(articles.c.chars), 0))).scalar_one()
        for size in sizes:
            cpu = wall = 0.0
            pairs = links = 0
            begun = done
            while done < size:
                some = list(islice(texts, min(8000, size - done)))
                if not some:
                    break
                chars += put(archive, some, done)
                done += len(some)
                cpu_began, began = cpu_seconds(), time.monotonic()
                traced = update(archive)
                pairs, links = pairs + traced.compared, links + traced.copies
                cpu += cpu_seconds() - cpu_began
                wall += time.monotonic() - began
            if done == begun:
                return
            added = done - begun
            one = one_more(archive, texts, done)
            chars += one[1]
            done += one[2]
            with archive.reading() as connection:
                families = connection.execute(select(func.count(func.distinct(traced_texts.c.family)))).scalar_one()
                index = connection.execute(select(func.coalesce(func.sum(func.length(print_pages.c.data)), 0))).scalar_one()
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
            print(
                f"{done:>9,} {cpu / added * 1000:>7.2f} {wall / added * 1000:>8.2f} {pairs / added:>6.2f} {links / added:>6.2f} {one[0]:>9.0f} {families:>9,}"
                f" {index / 1e6:>9.1f} {index / chars:>8.3f} {memory:>9.0f}",
                flush=True,
            )


def one_more(archive: Archive, texts: Iterator[list[str]], done: int) -> tuple[float, int, int]:
    """CPU-milliseconds to trace one article by itself, the mean of five; their characters; and how many there were."""
    took, chars = 0.0, 0
    some = list(islice(texts, 5))
    for number, text in enumerate(some):
        chars += put(archive, [text], done + number)
        began = cpu_seconds()
        update(archive)
        took += cpu_seconds() - began
    return took / max(1, len(some)) * 1000, chars, len(some)
