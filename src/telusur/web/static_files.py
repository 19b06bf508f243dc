"""What pages load: styles, scripts, fonts, from the package itself.

All addresses carry the hash of all files (``/static/1f3a…/room.css``): a browser may keep each for ever, and a script finds the others
that it imports beside itself.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

MEDIA = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png",
    ".webmanifest": "application/manifest+json", ".json": "application/json",
}  # fmt: skip


@cache
def _files() -> dict[str, bytes]:
    """All files by name, read once."""
    return {name: file.read_bytes() for name, file in _walk(resources.files(__package__) / "static", "")}


def _walk(folder: Traversable, before: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        name = f"{before}{file.name}"
        if file.is_dir():
            found += _walk(file, f"{name}/")
        elif _suffix(name) in MEDIA:
            found.append((name, file))
    return found


def _suffix(name: str) -> str:
    return name[name.rfind(".") :]


@cache
def version() -> str:
    """A hash of all files."""
    told = hashlib.sha256()
    for name, data in _files().items():
        told.update(f"{name}\n{len(data)}\n".encode() + data)
    return told.hexdigest()[:12]


def static_url(name: str) -> str:
    """Where a file is to be had."""
    if name not in _files():
        raise LookupError(f"there is no static file {name!r}")
    return f"/static/{version()}/{name}"


async def give(request: Request) -> Response:
    name = request.path_params["name"]
    data = _files().get(name)
    if data is None:
        raise HTTPException(404, "there is no such file")
    keeps = request.path_params["version"] == version()
    headers = {"cache-control": "public, max-age=31536000, immutable" if keeps else "no-cache"}
    return Response(data, headers=headers, media_type=MEDIA[_suffix(name)])


async def icon(_: Request) -> Response:
    return Response(_files()["mark.svg"], media_type="image/svg+xml", headers={"cache-control": "public, max-age=86400"})


ROUTES = [Route("/static/{version}/{name:path}", give), Route("/favicon.ico", icon)]
