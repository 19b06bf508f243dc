"""Opens one room after another over an archive, and kills each while it decides. Run as a program: ``killed_rooms.py ARCHIVE TIMES``.

Each room is a process of its own, forked before anything runs in it, and killed by SIGKILL at a moment drawn by chance, up to somewhat
later than the first one took, which is left to answer. Prints a line a room: what the client was told (a status, or nothing), and how
many milliseconds the room had.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import uvicorn
import uvicorn.lifespan.off
import uvicorn.loops.asyncio
import uvicorn.protocols.http.h11_impl

from telusur.answers import ask
from telusur.archive import open_archive
from telusur.web.app import create_app
from telusur.web.settings import RoomSettings


def serve(place: str, listening: socket.socket) -> None:
    with open_archive(place) as archive:
        config = uvicorn.Config(create_app(archive, RoomSettings(by="penguji")), log_level="critical", loop="asyncio", http="h11", lifespan="off")
        uvicorn.Server(config).run(sockets=[listening])


def decide(port: int, body: bytes, told: list[int]) -> None:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("POST", "/api/v1/decisions", body, {"Content-Type": "application/json"})
        told.append(connection.getresponse().status)
    except (OSError, HTTPException):
        pass


def one(place: str, article: str, number: int, seconds: float | None) -> float:
    """Opens a room, has it decide, kills it after so many seconds, or when it has answered. Gives how long the client waited."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(8)
    port = listening.getsockname()[1]
    child = os.fork()
    if child == 0:
        serve(place, listening)
        os._exit(0)
    listening.close()
    try:
        warm = HTTPConnection("127.0.0.1", port, timeout=60)
        warm.request("GET", "/api/v1/")
        assert warm.getresponse().status == 200
        told: list[int] = []
        value = ("certain", "probable", "possible", "unknown")[number % 4]
        body = json.dumps({"action": "correct", "article": article, "item": "c1", "field": "certainty", "value": value, "why": f"putusan {number}"}).encode()
        asking = threading.Thread(target=decide, args=(port, body, told))
        began = time.monotonic()
        asking.start()
        asking.join(seconds)
        waited = time.monotonic() - began
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    asking.join()
    print(json.dumps({"number": number, "told": told[0] if told else None, "ms": round(waited * 1000)}), flush=True)
    return waited


def main(place: str, times: int) -> None:
    with open_archive(place) as archive:
        article = ask.search(archive, "").hits[0].article.id
        create_app(archive)  # loads what rooms are made of, once for all
    moment = random.Random(7)
    took = one(place, article, 0, None)
    for number in range(1, times):
        one(place, article, number, moment.uniform(0, 1.6 * took))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
