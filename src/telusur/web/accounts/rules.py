"""Who may ask what, address by address.

Where people must log in, an address without a rule is open to readers, and to reviewers where it writes; a test demands that every address
has a rule, so that nobody forgets to think of one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from starlette.routing import compile_path

from ..api.operations import READS, WRITES, Who
from ..api.questions import FORMS

PAGES: Mapping[str, Who] = {
    "GET /static/{name:path}": "anyone",
    "GET /masuk": "anyone",
    "POST /masuk": "anyone",
    "POST /keluar": "reader",
    "GET /akun": "reader",
    "POST /akun/sandi": "reader",
    "POST /akun/kunci": "reader",
    "POST /akun/kunci/hapus": "reader",
    "GET /orang": "admin",
    "POST /orang": "admin",
    "POST /orang/peran": "admin",
    "POST /orang/hapus": "admin",
    "GET /orang/catatan": "admin",
    "GET /api": "reader",
    "GET /api/v1/openapi.json": "reader",
    "GET /": "reader",
    "GET /atur": "reader",
    "POST /atur": "reader",
    "GET /bantuan/tombol": "reader",
}
"""Pages, by method and address."""


def rules() -> dict[str, Who]:
    """All rules: those of pages, and those that operations carry themselves."""
    told: dict[str, Who] = dict(PAGES)
    for operation in READS:
        told[f"GET /api/v1{operation.path or '/'}"] = operation.role
        if operation.rows:
            told |= {f"GET /api/v1{operation.path}.{form}": operation.role for form in FORMS}
    return told | {f"POST /api/v1{writing.path}": writing.role for writing in WRITES}


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str], Who], ...]:
    out = []
    for rule, role in rules().items():
        method, _, path = rule.partition(" ")
        out.append((method, compile_path(path)[0], role))
    return tuple(out)


def rule_of(method: str, path: str) -> Who:
    """Who may ask this."""
    asked = "GET" if method == "HEAD" else method
    for wanted, pattern, role in _compiled():
        if wanted == asked and pattern.match(path):
            return role
    return "reader" if asked in ("GET", "OPTIONS") else "reviewer"
