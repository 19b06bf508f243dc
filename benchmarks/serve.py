"""How quick the reading room is: every page at the server, then many readers at once.

    python benchmarks/serve.py ARCHIVE                     median and largest of every page, wall and CPU milliseconds, kB
    python benchmarks/serve.py ARCHIVE --readers 50 --reviewers 2 --import 2000 --seconds 60
                                                           readers who take a page every two seconds, beside people who decide, while
                                                           articles are read and added
    python benchmarks/serve.py ARCHIVE --readers 50 --datasette PROGRAM
                                                           the same readers at Datasette (installed elsewhere) over the same file: pages of
                                                           its tables and rows, since it knows no articles
    python benchmarks/serve.py ARCHIVE --paint             when a browser first paints each page (Chromium, through Playwright)

The archive is opened as `telusur serve` opens it, on a free port of this machine. With reviewers or an import it is changed: give it a copy.
Page by page each is made anew, in one process; the readers find what `telusur serve` keeps. CPU milliseconds are those of the server's
processes, told by /proc, so that a busy machine does not blur them; those of the import stand by themselves.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import resource
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import count, pairwise
from pathlib import Path
from urllib.parse import quote, urlencode

EVERY = 2.0
"""Seconds between two pages of one reader."""

KINDS = 400
"""Addresses of each kind of page that readers choose among, where there are so many."""


class Browser:
    """One connection that is kept, and a cookie: as little as a browser needs, so that the readers cost the machine nothing."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie = port, ""
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> tuple[int, bytes]:
        """Status and body; goes where it is sent."""
        status, headers, body = await self.ask("GET", path)
        if status in (302, 303):
            return await self.get(headers["location"])
        return status, body

    async def post(self, path: str, **fields: str) -> tuple[int, dict[str, str]]:
        status, headers, _ = await self.ask("POST", path, urlencode(fields).encode())
        return status, headers

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
        if self.streams is None or self.streams[1].is_closing():
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        reader, writer = self.streams
        told = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: text/html\r\n"
        told += f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        told += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if method == "POST" else ""
        writer.write(told.encode() + b"\r\n" + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        if "content-length" in headers:
            found = await reader.readexactly(int(headers["content-length"]))
        else:
            found = b""
            while size := int(await reader.readline(), 16):
                found += await reader.readexactly(size)
                await reader.readline()
            await reader.readline()
        if made := headers.get("set-cookie", "").partition(";")[0]:
            self.cookie = made
        if headers.get("connection") == "close":
            writer.close()
        return int(head[0].split()[1]), headers, found


class Room:
    """A running room."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def browser(self) -> Browser:
        return Browser(self.port)

    def cpu(self) -> tuple[float, float]:
        """CPU milliseconds so far: of the processes that make pages and take forms, and of the import."""
        serving, importing = _cpu(self.pid), 0.0
        for pid in _children(self.pid):
            if b"telusur.web.importer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                importing += _cpu(pid)
            else:
                serving += _cpu(pid)
        return serving, importing

    def memory(self) -> float:
        """Megabytes that the processes of the room hold, without what they share and without the import."""
        found = 0
        for pid in (self.pid, *_children(self.pid)):
            if b"telusur.web.importer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                continue
            told = Path(f"/proc/{pid}/smaps_rollup").read_text()
            found += sum(int(match[1]) for match in re.finditer(r"Private_\w+:\s+(\d+) kB", told))
        return found / 1000


def _cpu(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


@contextmanager
def served(archive: str, *options: str) -> Iterator[Room]:
    command = [sys.executable, "-m", "telusur", "serve", "-a", archive, "--port", "0", "--by", "benchmark", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if found is None:
            raise SystemExit(f"the room does not open: {line}")
        threading.Thread(target=shutil.copyfileobj, args=(process.stderr, sys.stderr), daemon=True).start()  # a pipe that nobody reads holds the room up
        yield Room(int(found[1]), process.pid)
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def datasette(program: str, archive: str) -> Iterator[Room]:
    """Datasette over the same file, at its own settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([program, "serve", archive, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.2)
        yield Room(port, process.pid)
    finally:
        process.terminate()
        process.wait(60)


def pages_of_tables(archive: str) -> dict[str, list[str]]:
    """What Datasette has instead: tables, some filtered by a column, and rows."""
    name, chance = Path(archive).stem, random.Random(1)
    with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as there:
        numbers = [number for (number,) in there.execute("SELECT number FROM articles")]
        outlets = [number for (number,) in there.execute("SELECT number FROM outlets")]
        actors = [number for (number,) in there.execute("SELECT number FROM actors LIMIT 400")]
    some = chance.sample(numbers, min(KINDS, len(numbers)))
    return {
        "start": ["/"], "archive": [f"/{name}"], "articles": [f"/{name}/articles"], "article": [f"/{name}/articles/{number}" for number in some],
        "of an outlet": [f"/{name}/articles?outlet={number}" for number in outlets], "claims": [f"/{name}/claims"],
        "claims of an article": [f"/{name}/claims?article={number}" for number in some], "statements of an article": [f"/{name}/sayings?article={number}" for number in some],
        "actor": [f"/{name}/actors/{number}" for number in actors], "of an actor": [f"/{name}/entities?actor={number}" for number in actors],
    }  # fmt: skip


async def pages(room: Room, most: int) -> dict[str, list[str]]:
    """Addresses of every page; of articles, claims, actors and words as many as ``most``, drawn by chance, the same each time."""
    chance, browser = random.Random(1), room.browser()

    async def asked(path: str) -> list[dict[str, object]]:
        return list(json.loads((await browser.get(path))[1])["items"])

    months = [f"{year}-{month:02}" for year in range(2015, 2026) for month in range(1, 13)]
    chance.shuffle(months)
    articles: list[str] = []
    claims: list[str] = []
    words: list[str] = []
    for month in months[: max(3, most // 20)]:
        found = [str(item["article"]["id"]) for item in await asked(f"/cari.json?q=from:{month}")]  # type: ignore[index]
        articles += chance.sample(found, min(20, len(found)))
    for id in chance.sample(articles, min(len(articles), most)):
        if found_claims := json.loads((await browser.get(f"/a/{id}.json"))[1])["claims"]:
            trigger = chance.choice(found_claims)["trigger"]
            claims.append(f"{id}/c{trigger['start']}-{trigger['end']}")
    for id in chance.sample(articles, min(len(articles), max(8, most // 10))):
        text = (await browser.get(f"/a/{id}.txt"))[1].decode()
        words += chance.sample(sorted(set(re.findall(r"\b[a-z]{5,}\b", text))), 10)
    actors = re.findall(r'href="/o/([0-9a-f]{16})"', (await browser.get("/o"))[1].decode())
    actors += [str(row["id"]) for row in await asked("/o.json")]
    actors = list(dict.fromkeys(actors))
    for some in (articles, claims, words, actors):
        chance.shuffle(some)
    types, certainties = ("ASSAULT", "DISASTER", "INVESTIGATE", "OFFICE", "holds-office"), ("possible", "probable", "certain")
    found = {
        "start": ["/"], "search, all": ["/cari"], "search, a word": [f"/cari?q={word}" for word in words], "search, best first": [f"/cari?q={a}+{b}&urut=cocok" for a, b in pairwise(words)],
        "search, a field": [f"/cari?q={word}+{quote(field)}" for word in words for field in (f"type:{chance.choice(types)}", f"certainty:{chance.choice(certainties)}")],
        "search, claims": [f"/cari?apa=klaim&q={word}" for word in words], "search, statements": [f"/cari?apa=pernyataan&q={word}" for word in words],
        "article": [f"/a/{id}" for id in articles], "claim": [f"/k/{id}" for id in claims], "story": [f"/c/{id}" for id in articles],
        "actors": ["/o"], "actor": [f"/o/{id}" for id in actors], "actor, told about": [f"/o/{id}?apa=tentang" for id in actors], "review": ["/periksa"], "outlets": ["/media"],
        "timeline": ["/waktu", *(f"/waktu?q={word}" for word in words)], "map": ["/peta", *(f"/peta?q={word}" for word in words)], "graph": ["/jejaring", *(f"/jejaring?o={id}" for id in actors)],
        "case folders": ["/berkas"], "help": ["/bantuan/hitung"], "settings": ["/atur"], "for programs": ["/api"], "import": ["/impor"],
    }  # fmt: skip
    return {name: paths[:most] for name, paths in found.items()}


async def each_page(room: Room) -> None:
    told, browser, fresh = await pages(room, 10), room.browser(), count()
    print(f"{'page':20}{'median ms':>10}{'largest':>9}{'CPU ms':>8}{'largest kB':>12}")
    for name, paths in told.items():
        walls, sizes = [], []
        for path in paths[:2]:
            await browser.get(path)
        before = room.cpu()[0]
        for path in paths * max(1, 10 // len(paths)):
            began = time.perf_counter()
            # a parameter that no page reads: nothing that was kept answers it
            status, body = await browser.get(f"{path}{'&' if '?' in path else '?'}ukur={next(fresh)}")
            walls.append((time.perf_counter() - began) * 1000)
            sizes.append(len(body))
            if status != 200:
                print(f"{path}: {status}")
        cpu = (room.cpu()[0] - before) / len(walls)
        print(f"{name:20}{statistics.median(walls):10.0f}{max(walls):9.0f}{cpu:8.0f}{max(sizes) / 1000:12.1f}", flush=True)


async def many(room: Room, told: Mapping[str, list[str]], readers: int, reviewers: int, seconds: float, adding: Path | None) -> None:
    """Readers at random pages, reviewers who accept what waits, an import."""
    print(f"{sum(map(len, told.values())):,} addresses of {len(told)} kinds", flush=True)
    until = time.monotonic() + seconds
    waits: dict[str, list[float]] = defaultdict(list)
    failed: dict[str, int] = defaultdict(int)

    def note(kind: str, began: float, path: str, status: int) -> None:
        waits[kind].append((time.perf_counter() - began) * 1000)
        if status != 200:
            failed[f"{path.partition('?')[0]}: {status}"] += 1

    async def read(seed: int) -> None:
        chance, browser = random.Random(seed), room.browser()
        await asyncio.sleep(chance.uniform(0, EVERY))
        while time.monotonic() < until:
            path = chance.choice(told[chance.choice(list(told))])
            began = time.perf_counter()
            note("pages", began, path, (await browser.get(path))[0])
            await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - began)))

    async def review(seed: int) -> None:
        browser, chance = room.browser(), random.Random(seed)
        while time.monotonic() < until:
            began = time.perf_counter()
            status, body = await browser.get("/periksa")
            note("pages", began, "/periksa", status)
            found = {name: re.search(rf'name="{name}" value="([^"]*)"', body.decode()) for name in ("token", "article", "key")}
            fields = {name: match[1] for name, match in found.items() if match}
            if len(fields) == 3:
                decided = time.perf_counter()
                made, _ = await browser.post("/periksa/putus", verdict=chance.choice(("accept", "reject")), **fields)
                note("decisions", decided, "/periksa/putus", 200 if made == 303 else made)
            await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - began)))

    job = ""
    if adding is not None:
        browser = room.browser()
        token = re.search(r'name="token" value="([^"]*)"', (await browser.get("/impor"))[1].decode())
        status, headers = await browser.post("/impor", folder=str(adding), token=token[1] if token else "")
        job = headers.get("location", "")
        if status != 303:
            raise SystemExit(f"the import does not begin: {status}")
    before, own, began = room.cpu(), sum(resource.getrusage(resource.RUSAGE_SELF)[:2]), time.monotonic()
    await asyncio.gather(*(read(n) for n in range(readers)), *(review(n) for n in range(reviewers)))
    took = time.monotonic() - began
    serving, importing = (one - other for one, other in zip(room.cpu(), before, strict=True))
    own = sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) - own
    for kind, some in waits.items():
        print(f"{len(some)} {kind}: median {statistics.median(some):.0f} ms, 95% {_at(some, 0.95):.0f} ms, largest {max(some):.0f} ms")
    print(f"{readers} readers, {reviewers} reviewers, {took:.0f} s; failed: {dict(failed) or 'none'}; {serving / len(waits['pages']):.0f} CPU ms a page;"
          f" the processors of the room were busy for {serving / took / 10:.0f}% of one, the import for {importing / took / 10:.0f}%, the readers for {own / took * 100:.0f}%; {room.memory():.0f} MB")  # fmt: skip
    if job:
        state = json.loads((await room.browser().ask("GET", f"{job}.json"))[2])
        print(f"the import meanwhile: {state['state']}, {state['new']} new, {state['failed']} failed")
    print(f"load of the machine in the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def _at(waits: Sequence[float], share: float) -> float:
    return sorted(waits)[min(len(waits) - 1, int(share * len(waits)))]


@contextmanager
def to_import(articles: int) -> Iterator[Path | None]:
    """A folder with so many articles to be read, as JSON Lines."""
    if not articles:
        yield None
        return
    from newsroom import generate, read_base

    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "baru.jsonl").open("w", encoding="utf-8") as out:
            for number, record in enumerate(generate(read_base(), articles, seed=99)):
                out.write(json.dumps({"id": str(number), "text": record["text"], "url": f"https://kabar.example/{time.time():.0f}/{number}", "publisher": "Kabar Ukur", "published": "2026-01-01"}) + "\n")
        yield Path(folder)


def paint(room: Room) -> None:
    """First paint of every page in a browser, as the browser tells it: milliseconds since it was asked for."""
    from playwright.sync_api import sync_playwright

    told = asyncio.run(pages(room, 3))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=next(iter(Path("/usr/bin").glob("chromium")), None))
        page = browser.new_page()
        print(f"{'page':20}{'first paint ms':>15}{'largest':>9}{'HTML ms':>9}")
        for name, paths in told.items():
            painted, html = [], []
            for path in paths:
                page.goto(f"http://127.0.0.1:{room.port}{path}", wait_until="load")
                while page.evaluate("performance.getEntriesByType('paint').length") == 0:
                    time.sleep(0.02)
                painted.append(page.evaluate("performance.getEntriesByName('first-paint')[0].startTime"))
                html.append(page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd"))
            print(f"{name:20}{statistics.median(painted):15.0f}{max(painted):9.0f}{statistics.median(html):9.0f}", flush=True)
        browser.close()


async def _read_by_many(room: Room, asked: argparse.Namespace, folder: Path | None) -> None:
    await many(room, await pages(room, KINDS), asked.readers, asked.reviewers, asked.seconds, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive")
    parser.add_argument("--readers", type=int, default=0)
    parser.add_argument("--reviewers", type=int, default=0)
    parser.add_argument("--import", type=int, default=0, dest="adding", metavar="ARTICLES")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--processes", type=int, default=None)
    parser.add_argument("--datasette", metavar="PROGRAM")
    parser.add_argument("--paint", action="store_true")
    asked = parser.parse_args()
    alone = not (asked.readers or asked.paint)
    processes = 0 if alone and asked.processes is None else asked.processes
    if asked.datasette:
        with datasette(asked.datasette, asked.archive) as room:
            asyncio.run(many(room, pages_of_tables(asked.archive), asked.readers, 0, asked.seconds, None))
        return
    with served(asked.archive, *(() if processes is None else ("--processes", str(processes)))) as room, to_import(asked.adding) as folder:
        if asked.readers:
            asyncio.run(_read_by_many(room, asked, folder))
        elif asked.paint:
            paint(room)
        else:
            asyncio.run(each_page(room))


if __name__ == "__main__":
    main()
