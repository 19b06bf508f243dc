"""A question for a page, cut down to what its answer depends on: so that another process can make it, and one answer serves all who ask the same.

`asked_of` takes a request apart; `make` asks an application as if that request had come; `frame` and `unframe` bring both through a
pipe. What an `Asked` does not carry, no page can show: neither who the browser is (its login, its token) nor headers that no page reads.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import msgspec
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Scope

from ..config import Lang
from .languages import accepted
from .security import Person, Role

__all__ = ["Asked", "Made", "asked_of", "frame", "make", "unframe"]

_log = logging.getLogger("telusur.web")

_OWN = re.compile(r"telusur-(lang|theme|keys|layers)")
"""Cookies that say how a reader wants pages to look: the only ones that pages read. (`rendering` and `pages.preferences` name them.)"""

_PARTS = ("hx-request", "hx-history-restore-request")


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """All that a page depends on, besides the archive."""

    path: str
    raw_path: bytes
    query: bytes
    scheme: str
    headers: tuple[tuple[bytes, bytes], ...]
    person: tuple[str, Role, bool] | None


class Made(msgspec.Struct, frozen=True, array_like=True):
    """The answer: a status, headers and the body, in which the form's token is still blank."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def header(self, name: bytes) -> bytes | None:
        return next((value for key, value in self.headers if key == name), None)


def asked_of(scope: Scope, default: Lang) -> Asked:
    """What a request asks, whoever asks it; languages and kinds that mean the same are written alike."""
    told = Headers(scope=scope)
    accept = told.get("accept", "")
    kind = "text/html" if "text/html" in accept or not accept else accept[:200]
    cookies = cookie_parser(told.get("cookie", ""))
    chosen = "; ".join(f"{name}={value}" for name, value in sorted(cookies.items()) if _OWN.fullmatch(name))
    headers = [(b"host", told.get("host", "").encode("latin-1")), (b"accept", kind.encode("latin-1")), (b"accept-language", accepted(told.get("accept-language", ""), default).encode())]
    headers += [(b"cookie", chosen.encode("latin-1", "replace"))] if chosen else []
    headers += [(name.encode(), b"true") for name in _PARTS if told.get(name) == "true"]
    person: Person | None = scope.get("state", {}).get("person")
    who = (person.name, person.role, person.known) if person else None
    return Asked(scope["path"], scope.get("raw_path") or b"", scope["query_string"], scope["scheme"], tuple(headers), who)


async def make(app: ASGIApp, asked: Asked, blank: str, /, **scope: Any) -> Made:
    """Asks an application. ``blank`` stands where a form's token belongs; ``scope`` is what the application needs besides."""
    state = {"blank": blank, **({"person": Person(*asked.person)} if asked.person else {})}
    told: Scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": asked.scheme, "path": asked.path, "raw_path": asked.raw_path,
        "query_string": asked.query, "root_path": "", "headers": list(asked.headers), "server": None, "client": None, "state": state, **scope,
    }  # fmt: skip
    status, headers, body = 500, [], bytearray()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    try:
        await app(told, receive, send)
    except Exception:
        if not headers:
            raise
        _log.exception("a fault while making %s", asked.path)  # a page has been made of it already
    return Made(status, tuple((bytes(name).lower(), bytes(value)) for name, value in headers), bytes(body))


# --- through a pipe ---------------------------------------------------------------------------------------------

HEAD = 12
"""Bytes before each frame: its length in four, its number in eight."""


def frame(number: int, told: Any) -> bytes:
    data = msgspec.msgpack.encode(told)
    return len(data).to_bytes(4, "big") + number.to_bytes(8, "big") + data


def unframe(head: bytes) -> tuple[int, int]:
    """Length and number, of a frame's head."""
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:HEAD], "big")
