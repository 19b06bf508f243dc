"""Who may ask what: by the part of the room that an address begins with, by whether it reads or writes, and for single addresses.

Where people must log in, a part without a rule is open to readers, and to reviewers where it writes; a test demands that every part has
a rule, so that nobody forgets to think of one. What an operation of `/api/v1` needs stands with it (`api.operations`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from starlette.routing import compile_path

from ..api.operations import READS, WRITES, Who

PARTS: Mapping[str, tuple[Who, Who | None]] = {
    "": ("reader", None),
    "static": ("anyone", None),
    "favicon": ("anyone", None),
    "masuk": ("anyone", "anyone"),
    "keluar": ("reader", "reader"),
    "akun": ("reader", "reader"),
    "orang": ("admin", "admin"),
    "api": ("reader", None),
    "atur": ("reader", "reader"),
    "bantuan": ("reader", None),
    "cari": ("reader", None),
    "a": ("reader", None),
    "k": ("reader", None),
    "o": ("reader", "reviewer"),
    "c": ("reader", "reviewer"),
    "r": ("reader", None),
    "waktu": ("reader", None),
    "peta": ("reader", None),
    "jejaring": ("reader", None),
    "periksa": ("reader", "reviewer"),
    "media": ("reader", "reviewer"),
    "berkas": ("reader", "reviewer"),
    "impor": ("reviewer", "reviewer"),
}
"""Who reads and who writes in a part of the room; None where nothing is written."""


@cache
def _single() -> tuple[tuple[str, re.Pattern[str], Who], ...]:
    """Operations for programs, each with its own rule."""
    found = [("GET", f"/api/v1{operation.path or '/'}", operation.role) for operation in READS]
    found += [("POST", f"/api/v1{writing.path}", writing.role) for writing in WRITES]
    return tuple((method, compile_path(path)[0], role) for method, path, role in found)


def part_of(path: str) -> str:
    """The part of the room that an address begins with: ``/o/ab.csv`` and ``/o.csv`` are of ``o``."""
    return re.split(r"[/.]", path.removeprefix("/"), maxsplit=1)[0]


def stated_rule(method: str, path: str) -> Who | None:
    """The rule of an address; None where nobody thought of one."""
    reads = method in ("GET", "HEAD")
    for wanted, pattern, role in _single():
        if wanted == ("GET" if reads else method) and pattern.match(path):
            return role
    read, write = PARTS.get(part_of(path), (None, None))
    return read if reads else write


def rule_of(method: str, path: str) -> Who:
    """Who may ask this; where nothing is said, readers may read, and reviewers write."""
    return stated_rule(method, path) or ("reader" if method in ("GET", "HEAD", "OPTIONS") else "reviewer")
