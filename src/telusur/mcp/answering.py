"""What each tool answers, asked of an archive.

Comes in: arguments that fit. Goes out: plain values. Lines are those of `answers.lines`, as the command line prints them; `cite` puts
a line's source into words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..answers import ask
from ..answers.lines import Article, Line
from ..answers.traced import trace
from ..archive.engine import Archive
from ..archive.keep import find_number, load_record
from ..archive.queue import resolve_article
from ..model.document import ARTICLE_KINDS
from ..trace.copies import copies_of
from ..trace.origin import origin_of
from .tools import MOST

Json = dict[str, Any]


def line(told: Line) -> Json:
    """A line with its citation."""
    return {**told.to_dict(), "cite": cite(told)}


def cite(told: Line) -> str:
    """Where a line stands, in words: outlet, day, range, link."""
    article, sentence = told.article, told.sentence
    where = ", ".join(filter(None, (article.outlet or "outlet not known", article.published[:10] if article.published else "undated")))
    return f"{where}, characters {sentence.start}-{sentence.start + len(sentence.text)}, {article.url or f'article {article.id}'}"


def _lines(found: Sequence[Line]) -> list[Json]:
    return [line(one) for one in found]


def _search(archive: Archive, told: Json) -> Json:
    found = ask.search(archive, told["query"], size=told["limit"], after=told["after"], best=told["best"])
    hits = [{"article": hit.article.to_dict(), "sentence": hit.sentence.to_dict(), "lines": _lines(hit.lines)} for hit in found.hits]
    return {"count": found.count, "count_is_exact": found.count_exact, "hits": hits, "next": found.next}


def _get_record(archive: Archive, told: Json) -> Json:
    found = ask.show(archive, told["id"])
    return {"line": line(found)} if isinstance(found, Line) else {"record": dict(found.record)}


def _article(archive: Archive, told: Json) -> Json:
    found = ask.show(archive, told["id"].partition("#")[0])
    assert isinstance(found, Article)
    record = found.record
    blocks = [{"kind": b["kind"], "start": b["start"], "end": b["end"], "text": found.text[b["start"] : b["end"]]} for b in record["blocks"] if b["kind"] in ARTICLE_KINDS]
    said = [found.saying(n) for n in range(len(record["attributions"]))]
    claimed = [found.claim(n) for n in range(len(record["claims"]))]
    wires = list(record["article"]["wires"])
    return {"article": found.reference.to_dict(), "wires": wires, "blocks": blocks, "said": [_short(one) for one in said], "claims": [_short(one) for one in claimed]}


def _short(told: Line) -> Json:
    """A line without what its article says already."""
    full = told.to_dict()
    return {name: full[name] for name in ("id", "type", "en_sentence", "certainty", "polarity", "tense", "chain", "words", "review")} | {
        "sentence": {"start": told.sentence.start, "end": told.sentence.start + len(told.sentence.text), "text": told.sentence.text}
    }


def _who_said(archive: Archive, told: Json) -> Json:
    found = ask.who(archive, told["name"], about=told["about"], from_=told["from"], to=told["to"], size=told["limit"], after=told["after"])
    names = [{"name": name, "type": kind, "articles": count} for name, kind, count in found.names[:20]]
    return {"names": names, "holds": _lines(found.holds[:20]), "said": _lines(found.said), "next": found.next}


def _trace_claim(archive: Archive, told: Json) -> Json:
    found = trace(archive, told["claim"])
    return {**found.to_dict(), "line": line(found.line)}


def _timeline(archive: Archive, told: Json) -> Json:
    found = ask.timeline(archive, told["place"] or None, told["from"], told["to"] or None, query=told["query"], size=told["limit"], after=told["after"])
    return {"lines": _lines(found.lines), "next": found.next}


def _compare_copies(archive: Archive, told: Json) -> Json:
    with archive.reading() as connection:
        id = resolve_article(connection, told["article"])
        found = copies_of(connection, id)
        opened: dict[str, Article] = {}
        for one in (id, *(copy.other for copy in found[: told["limit"]])):
            opened[one] = Article(one, load_record(archive, connection, find_number(connection, one) or 0))
    text = opened[id].text
    copies = [
        {
            "article": opened[copy.other].reference.to_dict(), "kind": copy.kind, "share": copy.share, "other_share": copy.other_share,
            "passages": [
                {
                    "words": part.words,
                    "here": {"start": part.a.start, "end": part.a.end, "text": text[part.a.start : part.a.end]},
                    "there": {"start": part.b.start, "end": part.b.end, "text": opened[copy.other].text[part.b.start : part.b.end]},
                }
                for part in copy.passages
            ],
        }
        for copy in found[: told["limit"]]
    ]  # fmt: skip
    return {"article": opened[id].reference.to_dict(), "count": len(found), "copies": copies}


def _find_origin(archive: Archive, told: Json) -> Json:
    with archive.reading() as connection:
        found = origin_of(connection, told["text"])
    printed = [
        {
            "article": {"id": one.article, "title": one.title, "outlet": one.outlet, "published": one.published, "url": one.url},
            "share": one.share, "said_by": list(one.said_by), "first": one.article == found.first,
            "passages": [{"asked": [part.a.start, part.a.end], "start": part.b.start, "end": part.b.end, "words": part.words} for part in one.passages],
        }
        for one in found.found[:MOST]
    ]  # fmt: skip
    return {"how": found.how, "printed": printed}


ANSWERS: Mapping[str, Callable[[Archive, Json], Json]] = {
    "search": _search,
    "get_record": _get_record,
    "article": _article,
    "who_said": _who_said,
    "trace_claim": _trace_claim,
    "timeline": _timeline,
    "compare_copies": _compare_copies,
    "find_origin": _find_origin,
}
