"""What the machine-readable part of a page states: schema.org JSON-LD, OpenGraph, meta tags, ``<time>``.

Comes in: the tree. Comes out: `Metadata`, and the article's body where JSON-LD carries it. JSON-LD as outlets write it
is often broken: trailing commas, raw line breaks in strings, HTML entities, comments around; all of it is read.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..model.document import Metadata
from .dates import normalise_date
from .people import is_name
from .tree import find_all, text_of

MAX_SCRIPT_CHARS = 500_000

_TRAILING_COMMA = re.compile(r",\s{0,200}([}\]])")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_ARTICLE_TYPES = (
    "newsarticle",
    "article",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "blogposting",
    "opinionnewsarticle",
    "liveblogposting",
)
_DATE_NAMES = (
    "article:published_time", "content_publisheddate", "publishdate", "pubdate", "published_time", "originalpublishdate", "dtk:publishdate",
    "og:published_time", "dc.date.issued", "dcterms.created", "datepublished", "date", "dc.date", "cxenseparse:recs:publishtime", "parsely-pub-date",
)  # fmt: skip
_SECTION_NAMES = (
    "article:section",
    "content_category",
    "section",
    "parsely-section",
    "dtk:kanal",
    "kanal",
    "cxenseparse:category",
)
_AUTHOR_NAMES = (
    "content_author",
    "author",
    "article:author",
    "dtk:author",
    "parsely-author",
    "cxenseparse:author",
)
_EDITOR_NAMES = ("content_editor", "editor", "dtk:editor")
_TAG_NAMES = ("article:tag", "content_tag", "news_keywords")


def read_metadata(root: Any) -> tuple[Metadata, str | None]:
    """What the page states of itself, and its body as plain text where JSON-LD holds it."""
    named = _meta_tags(root)
    stated = next(_articles(root), {})

    def first(names: Iterable[str]) -> str | None:
        return next((value for name in names for value in named.get(name, ()) if value), None)

    publisher = _name(stated.get("publisher")) or first(("og:site_name", "application-name"))
    metadata = Metadata(
        title=_string(stated.get("headline")) or first(("og:title", "twitter:title")) or _page_title(root),
        lead=_string(stated.get("description")) or first(("og:description", "description")),
        publisher=publisher,
        section=_first_string(stated.get("articleSection")) or first(_SECTION_NAMES),
        published=normalise_date(_string(stated.get("datePublished")))
        or _first_date(named)
        or _time_element(root),
        modified=normalise_date(_string(stated.get("dateModified")))
        or normalise_date(first(("article:modified_time", "og:updated_time"))),
        authors=_people(stated.get("author"), first(_AUTHOR_NAMES)),
        editors=_people(stated.get("editor"), first(_EDITOR_NAMES)),
        topics=_topics(stated, named),
        url=_link(root, "canonical") or first(("og:url",)),
        language=_string(stated.get("inLanguage")) or root.get("lang") or None,
    )
    return metadata, _string(stated.get("articleBody"), keep_lines=True)


def _meta_tags(root: Any) -> dict[str, list[str]]:
    """Contents of meta tags by their lower-cased name or property."""
    named: dict[str, list[str]] = {}
    for element in find_all(root, "meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            named.setdefault(name.strip().lower(), []).append(" ".join(html.unescape(content[:5000]).split()))
    return named


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article, those with a headline or a date first."""
    found = [
        node
        for script in find_all(root, "script")
        if "ld+json" in (script.get("type") or "").lower()
        for node in _nodes(load_json(script.text or ""))
    ]
    by_id = {str(node["@id"]): node for node in found if node.get("@id") and node.get("name")}
    articles = [_resolved(node, by_id) for node in found if _is_article(node)]
    yield from (node for node in articles if node.get("headline") or node.get("datePublished"))
    yield from articles


def _resolved(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """An article's object with its people and its publisher in place of references to other objects of the graph."""

    def follow(value: Any) -> Any:
        if isinstance(value, list):
            return [follow(item) for item in value[:50]]
        if isinstance(value, dict) and "name" not in value:
            return by_id.get(str(value.get("@id")), value)
        return value

    return node | {key: follow(node[key]) for key in ("author", "editor", "publisher") if key in node}


def load_json(text: str) -> Any:
    """JSON as outlets write it; None where nothing can be made of it.

    >>> load_json('{"headline": "Banjir Surut",}')
    {'headline': 'Banjir Surut'}
    """
    text = _WRAPPING.sub("", text[:MAX_SCRIPT_CHARS]).strip().removesuffix(";")
    for candidate in (
        text,
        _TRAILING_COMMA.sub(r"\1", text),
        html.unescape(_TRAILING_COMMA.sub(r"\1", text)),
    ):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """All objects at the top of a JSON-LD value: in arrays, in ``@graph``, and what a page is about."""
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            if isinstance(value.get(key), dict | list):
                yield from _nodes(value[key], depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.lower() in _ARTICLE_TYPES
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _string(value: Any, keep_lines: bool = False) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    value = html.unescape(value)
    return value.strip() if keep_lines else " ".join(value.split())


def _first_string(value: Any) -> str | None:
    return next(
        (found for item in (value if isinstance(value, list) else [value]) if (found := _string(item))), None
    )


def _name(value: Any) -> str | None:
    """The name of a person or organisation, given as a string, an object or a list of them."""
    if isinstance(value, list):
        value = value[0] if value else None
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _people(stated: Any, named: str | None) -> tuple[str, ...]:
    items = stated if isinstance(stated, list) else [stated]
    names = [name for item in items[:10] if (name := _name(item))] or (
        re.split(r"\s?[,;|&]\s?", named) if named else []
    )
    return tuple(dict.fromkeys(name for name in names if is_name(name) and " " in name))


def _topics(stated: dict[str, Any], named: dict[str, list[str]]) -> tuple[str, ...]:
    values = stated.get("keywords")
    found = [value for value in (values if isinstance(values, list) else [values]) if isinstance(value, str)]
    if not found:
        found = next((named[name] for name in _TAG_NAMES if name in named), [])
    parts = [part.strip(" #") for value in found[:40] for part in value.split(",")]
    # Sites add their sections and their advertising to the topics: `Tekno:Telko`, `berita terkini`.
    return tuple(
        dict.fromkeys(
            part for part in parts if part and ":" not in part and not part.casefold().startswith("berita ")
        )
    )[:40]


def _first_date(named: dict[str, list[str]]) -> str | None:
    return next(
        (date for name in _DATE_NAMES for value in named.get(name, ()) if (date := normalise_date(value))),
        None,
    )


def _time_element(root: Any) -> str | None:
    times = (element.get("datetime") for element in find_all(root, "time"))
    return next((date for value in times if value and (date := normalise_date(value))), None)


def _page_title(root: Any) -> str | None:
    return next((text for element in find_all(root, "title") if (text := text_of(element))), None)


def has_next_page(root: Any) -> bool:
    """Whether the page states a following page of the same article."""
    return _link(root, "next") is not None


def _link(root: Any, relation: str) -> str | None:
    return next(
        (
            element.get("href")
            for element in find_all(root, "link")
            if element.get("rel") == relation and element.get("href")
        ),
        None,
    )
