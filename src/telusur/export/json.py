"""The published form of a record, `telusur/1`, as plain JSON values.

Comes in: a `Record`. Goes out: a dict with the keys in their published order, or one line of JSON text.
Keys written "key?" in the format are left out where nothing is known; all others are there, with null for unknown.
`export.restore` reads it back, `export.check` says whether a dict keeps the format's rules.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, TypeAlias

from ..model.claim import Attribution, Casualties, ChainLink, Claim
from ..model.document import Article, Document
from ..model.layers import Confidence, Entity, Mention, Review, Time
from ..model.record import FORMAT, Record
from ..model.span import Span
from .restore import from_json

__all__ = ["JsonObject", "dump_json", "dumps", "from_json", "to_json"]

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object. Its values are what JSON knows: null, numbers, strings, lists, objects."""


def to_json(record: Record) -> JsonObject:
    """The record as JSON values, keys in the published order."""
    text = record.text
    hints = record.document.hints
    out: JsonObject = {"format": FORMAT}
    if hints.id is not None:
        out["id"] = hints.id
    return out | {
        "source": _source(record.document),
        "text": text,
        "article": _article(record.document.article),
        "blocks": [{"kind": b.kind, **_span(b.span)} for b in record.document.blocks],
        "sentences": [_span(s.span) for s in record.sentences],
        "entities": [_entity(e) for e in record.entities],
        "mentions": [_mention(m, text) for m in record.mentions],
        "times": [_time(t, text) for t in record.times],
        "attributions": [_attribution(a, text) for a in record.attributions],
        "claims": [_claim(c, text) for c in record.claims],
        "analysis": {
            "software": record.analysis.software,
            "version": record.analysis.version,
            "model": record.analysis.model,
            "seconds": round(record.analysis.seconds, 3),
            **({"calibration": record.analysis.calibration} if record.analysis.calibration else {}),
            **({"left_out": asdict(record.analysis.left_out)} if record.analysis.left_out else {}),
        },
    }


def dumps(record: Record, indent: int | None = None) -> str:
    """The record as JSON text: the same record gives the same text. Without ``indent`` it is one line."""
    return dump_json(to_json(record), indent)


def dump_json(value: object, indent: int | None = None) -> str:
    """Any JSON value as text that stays one line for every reader of lines.

    The separators U+0085, U+2028 and U+2029 are escaped, since many readers end a line there; lone surrogates
    have no UTF-8 form, so a text that holds one is written in ASCII with escapes.
    """
    out = json.dumps(value, ensure_ascii=False, check_circular=False, indent=indent)
    try:
        out.encode()
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, indent=indent)
    for separator in "\x85\u2028\u2029":
        out = out.replace(separator, f"\\u{ord(separator):04x}")
    return out


# --- to JSON ----------------------------------------------------------------------------------------------------


def _span(span: Span) -> JsonObject:
    return {"start": span.start, "end": span.end}


def _quoted(span: Span, text: str) -> JsonObject:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _sure(confidence: Confidence) -> JsonObject:
    """Three decimals: more would differ between machines."""
    return {"confidence": {field: round(value, 3) for field, value in confidence.items()}} if confidence else {}


def _reviewed(review: Review) -> JsonObject:
    return {"review": review} if review else {}


def _source(document: Document) -> JsonObject:
    source = document.source
    return {
        "url": source.url or document.hints.url or None,
        "name": source.name,
        "media_type": source.media_type,
        "sha256": source.sha256,
        "retrieved": source.retrieved,
    }


def _article(article: Article) -> JsonObject:
    return {
        "title": article.title,
        "lead": article.lead,
        "publisher": article.publisher,
        "section": article.section,
        "language": article.language,
        "published": article.published,
        "modified": article.modified,
        "credits": [
            {"name": c.name, "role": c.role, **(_span(c.span) if c.span else {})} for c in article.credits
        ],
        "wires": list(article.wires),
        "images": [{"caption": i.caption, "credit": i.credit} for i in article.images],
        "topics": list(article.topics),
    }


def _entity(entity: Entity) -> JsonObject:
    out: JsonObject = {"id": entity.id, "type": entity.type, "name": entity.name}
    out["link"] = {entity.link[0]: entity.link[1]} if entity.link else None
    if entity.candidates:
        out["candidates"] = [{scheme: key} for scheme, key in entity.candidates]
    if entity.because:
        out["link_because"] = entity.because
    if entity.joins:
        out["joins"] = [{"mentions": list(j.mentions), "because": j.because} for j in entity.joins]
    if place := entity.place:
        out |= {"lat": place.lat, "lon": place.lon}
        out |= {} if place.country is None else {"country": place.country}
        out |= {} if place.precision_m is None else {"precision_m": place.precision_m}
    return out | _sure(entity.confidence) | _reviewed(entity.review)


def _mention(mention: Mention, text: str) -> JsonObject:
    return {
        "id": mention.id,
        **_quoted(mention.span, text),
        "type": mention.type,
        "entity": mention.entity,
        **_sure(mention.confidence),
        **_reviewed(mention.review),
    }


def _time(time: Time, text: str) -> JsonObject:
    return {
        "id": time.id,
        **_quoted(time.span, text),
        "type": time.type,
        "value": time.value,
        "mod": time.mod,
        "from": time.from_ and time.from_[:10],
        "to": _day_after(time.to),
        **({} if time.basis is None else {"basis": time.basis}),
        **({} if time.note is None else {"note": time.note}),
        **_sure(time.confidence),
        **_reviewed(time.review),
    }


def _day_after(end: str | None) -> str | None:
    """The end of an interval as a day: the format's intervals are of days, [from, to), a part of a day is in its day."""
    if end is None or len(end) == 10:
        return end
    day = date.fromisoformat(end[:10])
    return end[:10] if end[10:] in ("T00:00", "T00:00:00") else (day + timedelta(days=1)).isoformat()


def _attribution(attribution: Attribution, text: str) -> JsonObject:
    return {
        "id": attribution.id,
        "style": attribution.style,
        "content": [_span(s) for s in attribution.content],
        "cue": _span(attribution.cue) if attribution.cue else None,
        "chain": [_link(link, text) for link in attribution.chain],
        **_sure(attribution.confidence),
        **_reviewed(attribution.review),
    }


def _link(link: ChainLink, text: str) -> JsonObject:
    return {
        "role": link.role,
        "text": link.span.of(text),
        **_span(link.span),
        "entity": link.entity,
        "stated": link.stated,
        **({} if link.evidence is None else {"evidence": _span(link.evidence)}),
    }


def _claim(claim: Claim, text: str) -> JsonObject:
    return {
        "id": claim.id,
        "type": claim.type,
        "trigger": _quoted(claim.trigger, text),
        "participants": [
            {"role": p.role, "text": p.span.of(text), **_span(p.span), "entity": p.entity, **_sure(p.confidence)}
            for p in claim.participants
        ],
        "time": claim.time,
        "certainty": claim.certainty,
        "polarity": claim.polarity,
        "tense": claim.tense,
        "casualties": _casualties(claim.casualties),
        "according_to": claim.according_to,
        **({"differs_from": list(claim.differs_from)} if claim.differs_from else {}),
        **_sure(claim.confidence),
        **_reviewed(claim.review),
    }


def _casualties(counts: Casualties | None) -> JsonObject | None:
    if counts is None:
        return None
    every = {
        "killed": counts.killed,
        "injured": counts.injured,
        "missing": counts.missing,
        "displaced": counts.displaced,
    }
    return {name: count for name, count in every.items() if count is not None} or None
