"""Versions of one page: the same address, with another text.

Comes in: an archive. Goes out: for an article, all that were captured at its address, in the order in which they were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from sqlalchemy import Connection, or_, select

from ..archive.schema import articles

_TRACKERS = re.compile(r"(?:utm_\w+|fbclid|gclid|igshid|ref|source|page|single|lang)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Version:
    """An article that was captured at an address. Times as ISO 8601; None where not known."""

    article: str
    url: str
    published: str | None
    retrieved: str | None
    added: str


def plain_url(url: str) -> str:
    """What all addresses of one page share: without scheme, ``www.``, ``amp.``, trackers and a closing slash."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").casefold()
    except ValueError:
        return url.strip().casefold()
    while host.startswith(("www.", "amp.", "m.")):
        host = host.split(".", 1)[1]
    path = re.sub(r"/amp/?$", "", parts.path).rstrip("/")
    query = [(key, value) for key, value in parse_qsl(parts.query) if not _TRACKERS.match(key)]
    return host + path + (f"?{urlencode(sorted(query))}" if query else "")


def versions_of(connection: Connection, article_id: str) -> tuple[Version, ...]:
    """All captures of an article's page, itself among them, the first captured first; one alone where there are no others, and
    none where the article is not there or has no address."""
    url = connection.execute(select(articles.c.url).where(articles.c.id == article_id)).scalar()
    if not url:
        return ()
    wanted = select(articles.c.id, articles.c.url, articles.c.published, articles.c.retrieved, articles.c.added)
    rows = connection.execute(wanted.where(or_(*(articles.c.url == form for form in _forms(url)))))
    found = [Version(row.id, row.url, row.published, row.retrieved, row.added) for row in rows if plain_url(row.url) == plain_url(url)]
    return tuple(sorted(found, key=lambda version: (version.retrieved or version.added, version.article)))


def _forms(url: str) -> list[str]:
    """Addresses that the same page may have: an index finds each without reading the others."""
    bare = plain_url(url)
    host, slash, rest = bare.partition("/")
    path = slash + rest
    forms = {url, url.split("?")[0].split("#")[0]}
    for scheme in ("https://", "http://"):
        for prefix in ("", "www.", "m.", "amp."):
            for end in ("", "/", "?page=all", "/amp"):
                forms.add(f"{scheme}{prefix}{host}{path}{end}")
    return sorted(forms)
