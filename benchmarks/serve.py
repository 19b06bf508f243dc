"""How quick the reading room is: every page at the server, then many readers at once.

    python benchmarks/serve.py ARCHIVE                     median and largest of every page, wall and CPU milliseconds, kB
    python benchmarks/serve.py ARCHIVE --readers 50 --seconds 60 --reviewers 2
                                                           readers who take a page every two seconds, beside people who decide

The archive is opened as `telusur serve` opens it, on a free port of this machine. With reviewers, decisions are made in it: give it a
copy. CPU milliseconds are those of the server's process, told by /proc, so that a busy machine does not blur them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode

EVERY = 2.0
"""Seconds between two pages of one reader."""


class Room:
    """A running room, asked over one connection a time."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes, str]:
        """Status, body and cookie; goes where it is sent."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("GET", path, headers={"Accept": "text/html", **({"Cookie": cookie} if cookie else {})})
            response = connection.getresponse()
            body = response.read()
            if response.status in (302, 303):
                return self.get(response.getheader("location") or "/", cookie)
            made = (response.getheader("set-cookie") or "").partition(";")[0]
            return response.status, body, made or cookie
        finally:
            connection.close()

    def post(self, path: str, cookie: str, **fields: str) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie})
            response = connection.getresponse()
            response.read()
            return response.status
        finally:
            connection.close()

    def cpu(self) -> float:
        """CPU milliseconds of the server so far."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:
            told = file.read().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) * 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(archive: str) -> Iterator[Room]:
    process = subprocess.Popen([sys.executable, "-m", "telusur", "serve", "-a", archive, "--port", "0", "--by", "benchmark"], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if found is None:
            raise SystemExit(f"the room does not open: {line}")
        yield Room(int(found[1]), process.pid)
    finally:
        process.terminate()
        process.wait(30)


def pages(room: Room) -> dict[str, list[str]]:
    """Addresses of every page, of several articles, claims and actors each."""
    articles = [item["article"]["id"] for item in json.loads(room.get("/cari.json?q=kata")[1])["items"]]
    claims = [item["id"].replace("#", "/") for item in json.loads(room.get("/cari.json?apa=klaim")[1])["items"]]
    actors = re.findall(r'href="/o/([0-9a-f]{16})"', room.get("/o")[1].decode())
    random.Random(1).shuffle(articles)
    return {
        "start": ["/"], "search, all": ["/cari"], "search, a word": [f"/cari?q={word}" for word in ("polisi", "korban", "warga", "pemerintah")],
        "search, a field": ["/cari?q=type%3AASSAULT", "/cari?q=certainty%3Apossible"], "search, claims": ["/cari?apa=klaim&q=polisi"], "search, best first": ["/cari?q=polisi+korban&urut=cocok"],
        "article": [f"/a/{id}" for id in articles[:12]], "claim": [f"/k/{id}" for id in claims[:12]], "story": [f"/c/{id}" for id in articles[:12]],
        "actors": ["/o"], "actor": [f"/o/{id}" for id in actors[:8]], "actor, told about": [f"/o/{id}?apa=tentang" for id in actors[:8]], "review": ["/periksa"], "outlets": ["/media"],
        "timeline": ["/waktu"], "map": ["/peta"], "graph": ["/jejaring"], "help": ["/bantuan/hitung"],
    }  # fmt: skip


def each_page(room: Room) -> None:
    print(f"{'page':20}{'median ms':>10}{'largest':>9}{'CPU ms':>8}{'kB':>7}")
    for name, paths in pages(room).items():
        walls, sizes = [], []
        for path in paths:
            room.get(path)
        before = room.cpu()
        times = max(1, 6 // len(paths))
        for path in paths * times:
            began = time.perf_counter()
            status, body, _ = room.get(path)
            walls.append((time.perf_counter() - began) * 1000)
            sizes.append(len(body))
            if status != 200:
                print(f"{path}: {status}")
        cpu = (room.cpu() - before) / len(walls)
        print(f"{name:20}{statistics.median(walls):10.0f}{max(walls):9.0f}{cpu:8.0f}{max(sizes) / 1000:7.1f}")


def many(room: Room, readers: int, reviewers: int, seconds: float) -> None:
    """Readers at random pages, reviewers who accept what waits."""
    told, until = pages(room), time.monotonic() + seconds
    waits: list[float] = []
    failed: dict[str, int] = defaultdict(int)
    lock = threading.Lock()

    def note(began: float, path: str, status: int) -> None:
        with lock:
            waits.append(time.perf_counter() - began)
            if status != 200:
                failed[f"{path.partition('?')[0]}: {status}"] += 1

    def read(seed: int) -> None:
        chance = random.Random(seed)
        time.sleep(chance.uniform(0, EVERY))
        while time.monotonic() < until:
            path = chance.choice(chance.choice(list(told.values())))
            began = time.perf_counter()
            try:
                status = room.get(path)[0]
            except OSError:
                status = 0
            note(began, path, status)
            time.sleep(max(0.0, EVERY - (time.perf_counter() - began)))

    def review(seed: int) -> None:
        cookie = ""
        while time.monotonic() < until:
            began = time.perf_counter()
            status, body, cookie = room.get("/periksa", cookie)
            found = {name: re.search(rf'name="{name}" value="([^"]*)"', body.decode()) for name in ("token", "article", "key")}
            fields = {name: match[1] for name, match in found.items() if match}
            made = room.post("/periksa/putus", cookie, verdict="accept", **fields) if len(fields) == 3 else 303
            note(began, "/periksa", 200 if status == 200 and made == 303 else made)
            time.sleep(max(0.0, EVERY - (time.perf_counter() - began)))

    threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)] + [threading.Thread(target=review, args=(n,)) for n in range(reviewers)]
    before = room.cpu()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waits.sort()
    at = lambda share: waits[min(len(waits) - 1, int(share * len(waits)))] * 1000  # noqa: E731
    print(f"{len(waits)} pages by {readers} readers and {reviewers} reviewers in {seconds:.0f} s: median {at(0.5):.0f} ms, 95% {at(0.95):.0f} ms, largest {waits[-1] * 1000:.0f} ms;"
          f" {(room.cpu() - before) / len(waits):.0f} CPU ms a page; failed: {dict(failed) or 'none'}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive")
    parser.add_argument("--readers", type=int, default=0)
    parser.add_argument("--reviewers", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    with served(asked.archive) as room:
        if asked.readers:
            many(room, asked.readers, asked.reviewers, asked.seconds)
        else:
            each_page(room)


if __name__ == "__main__":
    main()
