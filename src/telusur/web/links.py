"""Addresses of the pages. Every link is made here, so that an address is known in one place.

Paths are short and Indonesian; items are named by article and place (``/k/ARTICLE/c499-511``), so that they hold on any machine
that has the same article.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode


def with_query(path: str, **parameters: object) -> str:
    """A path with those parameters that say something."""
    told = [(name.rstrip("_"), str(value)) for name, value in parameters.items() if value not in (None, "", False)]
    return f"{path}?{urlencode(told)}" if told else path


def article(id: str, key: str = "", *, range: str = "") -> str:
    """The reading view, at an item (``c499-511``) or at a stretch of the text (``499-511``)."""
    if range:
        return f"/a/{quote(id)}?range={quote(range)}#range"
    return f"/a/{quote(id)}" + (f"/{quote(key)}" if key else "")


def item(line_id: str) -> str:
    """An item in its text, by the id of a line (``ARTICLE#c499-511``)."""
    id, _, key = line_id.partition("#")
    return article(id, key)


def claim(line_id: str) -> str:
    """The page of a claim or a saying, by the id of a line."""
    id, _, key = line_id.partition("#")
    return f"/k/{quote(id)}/{quote(key)}"


def actor(id: str) -> str:
    return f"/o/{quote(id)}"


def name(told: str) -> str:
    """Whoever bears a name."""
    return with_query("/o", nama=told)


def story(id: str) -> str:
    return f"/c/{quote(id)}"


def search(query: str = "", **parameters: object) -> str:
    return with_query("/cari", q=query, **parameters)


def quoted(value: str) -> str:
    """A value of a query's field: in quotation marks where it holds more than a word."""
    plain = value.replace('"', " ").strip()
    return plain if plain and all(ch.isalnum() or ch in "-._" for ch in plain) else f'"{plain}"'
