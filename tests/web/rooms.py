"""A real room: uvicorn on loopback, in a thread, and a plain client that says what it sent and got."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

import uvicorn

from telusur.archive import Archive
from telusur.web.api.reader import Reader
from telusur.web.app import create_app
from telusur.web.settings import RoomSettings

PASSWORDS = {"ani": "kuda laut hijau", "budi": "kuda laut biru", "Cici Lestari": "kuda laut ungu"}
"""Of the people of `team`: an admin, a reviewer, a reader."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(slots=True)
class Client:
    """One browser or program: what it carries goes along with each request."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    host: str = ""

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        told = {"Host": self.host or f"127.0.0.1:{self.port}", **self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, told)
            response = connection.getresponse()
            found = Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
            for name, value in response.getheaders():
                if name.lower() == "set-cookie":
                    self._keep(value)
        finally:
            connection.close()
        return found

    def _keep(self, told: str) -> None:
        name, _, value = told.partition(";")[0].partition("=")
        if "max-age=0" in told.lower():
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def send(self, path: str, value: Any, **headers: str) -> Answer:
        """JSON to an address."""
        return self.ask("POST", path, json.dumps(value).encode(), **{"Content-Type": "application/json", **headers})

    def form(self, page: str, action: str, **fields: str) -> Answer:
        """A form of a page, filled in and sent with the page's token."""
        shown = self.get(page, Accept="text/html")
        token = re.search(r'name="token" value="(\w+)"', shown.text)
        body = urlencode({"token": token[1] if token else "", **fields}).encode()
        return self.ask("POST", action, body, **{"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"})

    def log_in(self, name: str, password: str | None = None) -> Answer:
        return self.form("/masuk", "/masuk", name=name, password=password or PASSWORDS[name])


@dataclass(frozen=True, slots=True)
class Room:
    port: int
    app: Any

    def client(self, **headers: str) -> Client:
        return Client(self.port, {name.replace("_", "-"): value for name, value in headers.items()})

    @property
    def at(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def open_room(archive: Archive, settings: RoomSettings | None = None) -> Iterator[Room]:
    """A room for as long as it is needed."""
    app = create_app(archive, settings or RoomSettings(by="penguji"))
    app.state.reader = Reader(seconds=300, patience=300)  # for a machine that does much else meanwhile
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + 30
        while not server.started:
            assert thread.is_alive()
            assert time.monotonic() < until, "the room does not open"
            time.sleep(0.01)
        try:
            yield Room(listening.getsockname()[1], app)
        finally:
            server.should_exit = True
            thread.join(30)
            if reader := getattr(app.state, "reader", None):
                reader.close()
