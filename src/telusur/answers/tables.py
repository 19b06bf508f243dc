"""Answers for other programs: JSON, JSON Lines, CSV.

CSV has one line a row, the same columns always, and no cell that a spreadsheet would take for a formula.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from .ask import Found, Hit, Lines, Profile
from .lines import Article, Line
from .traced import Traced

Form = Literal["text", "json", "jsonl", "csv"]
FORMS: tuple[Form, ...] = ("text", "json", "jsonl", "csv")

COLUMNS = (
    "id", "kind", "type", "actor", "trigger", "recipient", "place", "time_text", "time_value", "time_mod", "time_from", "time_to", "certainty",
    "polarity", "tense", "words", "origin", "speaker", "relay", "sentence", "sentence_id", "sentence_en", "review", "title", "outlet",
    "published", "url", "outlets", "texts", "sources_least", "sources_most",
)  # fmt: skip


def write(answer: Found | Lines | Profile | Line | Article | Traced, form: Form) -> str:
    """An answer in a form that programs read, ending in a line break."""
    if isinstance(answer, Traced) and form != "csv":
        return json.dumps(answer.to_dict(), ensure_ascii=False, indent=2 if form == "json" else None) + "\n"
    if form == "csv":
        return to_csv(_lines(answer))
    if form == "jsonl":
        rows: Sequence[Any] = answer.hits if isinstance(answer, Found) else _lines(answer)
        told = [row.to_dict() for row in rows] if not isinstance(answer, Article) else [dict(answer.record)]
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in told)
    return json.dumps(_whole(answer), ensure_ascii=False, indent=2) + "\n"


def _whole(answer: Found | Lines | Profile | Line | Article | Traced) -> Any:
    if isinstance(answer, Found):
        facets = {name: [{"value": value, "count": count} for value, count in values] for name, values in answer.facets.items()}
        return {
            "count": answer.count, "count_exact": answer.count_exact, "next": answer.next, "all_ranked": answer.all_ranked, "facets": facets,
            "hits": [hit.to_dict() for hit in answer.hits],
        }  # fmt: skip
    if isinstance(answer, Lines):
        return {"next": answer.next, "lines": [line.to_dict() for line in answer.lines]}
    if isinstance(answer, Profile):
        return {
            "asked": answer.asked,
            "names": [{"name": name, "type": kind, "articles": count} for name, kind, count in answer.names],
            "holds": [line.to_dict() for line in answer.holds],
            "held": [line.to_dict() for line in answer.held],
            "said": [line.to_dict() for line in answer.said],
            "next": answer.next,
        }
    return dict(answer.record) if isinstance(answer, Article) else answer.to_dict()


def _lines(answer: Found | Lines | Profile | Line | Article | Traced) -> list[Line]:
    if isinstance(answer, Found):
        return [line for hit in answer.hits for line in (hit.lines or (_bare(hit),))]
    if isinstance(answer, Traced):
        return [answer.line]
    if isinstance(answer, Lines):
        return list(answer.lines)
    if isinstance(answer, Profile):
        return [*answer.holds, *answer.held, *answer.said]
    if isinstance(answer, Article):
        record = answer.record
        return [answer.claim(n) for n in range(len(record["claims"]))] + [answer.saying(n) for n in range(len(record["attributions"]))]
    return [answer]


def _bare(hit: Hit) -> Line:
    """A hit that words alone found, as a line: the sentence and where it stands."""
    from .telling import Told

    told = Told("", "", "", "", "", (), None, None)
    return Line(hit.article.id, "saying", hit.article, hit.sentence, (), told, "", "machine", "", "")


def to_csv(lines: Iterable[Line]) -> str:
    """RFC 4180, with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([_cell(value) for value in _row(line)])
    return out.getvalue()


def _row(line: Line) -> list[str]:
    told, time = line.told, line.told.time or {}

    def parties(role: str) -> str:
        return "; ".join(party.shown() for party in told.of(role))

    def hands(role: str) -> str:
        return "; ".join(link.name for link in line.chain if link.role == role)

    return [
        line.id, line.kind if told.type else "article", told.type if line.kind == "claim" else "", parties("actor"),
        told.trigger if line.kind == "claim" else "", parties("recipient"), parties("place"), *(str(time.get(k) or "") for k in ("text", "value", "mod", "from", "to")),
        told.certainty if line.kind == "claim" else "", told.polarity if line.kind == "claim" else "", told.tense if line.kind == "claim" else "",
        line.words, hands("origin"), hands("speaker"), hands("relay"), line.sentence.text, line.in_indonesian, line.in_english, line.review,
        line.article.title, line.article.outlet or "", line.article.published or "", line.article.url or "",
        *_counts(line),
    ]  # fmt: skip


def _counts(line: Line) -> list[str]:
    told = line.sources
    return [str(count) for count in (told.outlets, told.texts, told.least, told.most)] if told else [""] * 4


def _cell(value: str) -> str:
    """A spreadsheet would run what begins so."""
    plain = " ".join(value.replace("\0", "").split())
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@") else plain
