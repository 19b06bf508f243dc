"""The published form of a record, `telusur/1`, to and from plain JSON values.

Comes in: a `Record`. Goes out: a dict with the keys in their published order, or one line of JSON text.
Keys written "key?" in the format are left out where nothing is known; all others are there, with null for unknown.
`export.check` says whether a dict keeps the format's rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeAlias, TypeVar

from ..errors import BadRequest
from ..model.claim import Attribution, Casualties, ChainLink, Claim, Participant
from ..model.document import Article, Block, Credit, Document, Hints, Image, Source
from ..model.layers import TIME_BASES, TIME_MODS, Confidence, Entity, Join, Mention, Place, Sentence, Time
from ..model.record import FORMAT, Analysis, Record
from ..model.span import Span

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object. Its values are what JSON knows: null, numbers, strings, lists, objects."""

_Word = TypeVar("_Word", bound=str)


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
    out = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        out.encode()
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, indent=indent)
    for separator in "\x85\u2028\u2029":
        out = out.replace(separator, f"\\u{ord(separator):04x}")
    return out


def from_json(value: Mapping[str, Any]) -> Record:
    """The record that a published JSON object tells.

    Hand-made records are taken too: they have no sentences, no intervals and no analysis, and their ``source``
    carries what the caller knew (``published_hint``, ``publisher_hint``). The bytes of the source are not in the
    JSON, so ``source.data`` is empty.

    Raises:
        BadRequest: the object is of another format, or a needed part is missing or of the wrong type.
    """
    if value.get("format") != FORMAT:
        raise BadRequest(f"the record's format is {value.get('format')!r}; this version reads {FORMAT!r} only")
    try:
        return _record(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRequest(
            f"the record breaks its format ({type(error).__name__}: {error}); "
            "compare it with what `telusur schema` prints"
        ) from error


# --- to JSON ----------------------------------------------------------------------------------------------------


def _span(span: Span) -> JsonObject:
    return {"start": span.start, "end": span.end}


def _quoted(span: Span, text: str) -> JsonObject:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _sure(confidence: Confidence) -> JsonObject:
    """Three decimals: more would differ between machines."""
    return {"confidence": {field: round(value, 3) for field, value in confidence.items()}} if confidence else {}


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
    return out | _sure(entity.confidence)


def _mention(mention: Mention, text: str) -> JsonObject:
    return {
        "id": mention.id,
        **_quoted(mention.span, text),
        "type": mention.type,
        "entity": mention.entity,
        **_sure(mention.confidence),
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


# --- from JSON --------------------------------------------------------------------------------------------------


def _record(value: Mapping[str, Any]) -> Record:
    source = value["source"]
    made = value.get("analysis") or {}
    article = _read_article(value["article"])
    hints = Hints(
        id=value.get("id"),
        published=source.get("published_hint"),
        publisher=source.get("publisher_hint"),
    )
    document = Document(
        source=Source(
            data=b"",
            media_type=source.get("media_type") or "text/plain",
            sha256=source["sha256"],
            url=source.get("url") or None,
            name=source.get("name"),
            retrieved=source.get("retrieved"),
        ),
        hints=hints,
        text=value["text"],
        blocks=tuple(Block(b["kind"], _read_span(b)) for b in value["blocks"]),
        article=article,
        published_basis="page" if article.published else None,
    )
    return Record(
        document=document,
        sentences=tuple(Sentence(_read_span(s)) for s in value.get("sentences") or ()),
        entities=tuple(map(_read_entity, value["entities"])),
        mentions=tuple(map(_read_mention, value["mentions"])),
        times=tuple(map(_read_time, value["times"])),
        attributions=tuple(map(_read_attribution, value["attributions"])),
        claims=tuple(map(_read_claim, value["claims"])),
        analysis=Analysis(
            software=made.get("software", ""),
            version=made.get("version", ""),
            model=made.get("model", ""),
            seconds=made.get("seconds", 0.0),
            calibration=made.get("calibration", ""),
        ),
    )


def _read_span(value: Mapping[str, Any]) -> Span:
    return Span(value["start"], value["end"])


def _read_sure(value: Mapping[str, Any]) -> Confidence:
    return dict(value.get("confidence") or {})


def _known(word: object, words: Iterable[_Word]) -> _Word | None:
    """``word`` where it is one of ``words``, else None: hand-made records hold a few marks of their own."""
    return next((w for w in words if w == word), None)


def _read_article(value: Mapping[str, Any]) -> Article:
    return Article(
        title=value.get("title"),
        lead=value.get("lead"),
        publisher=value.get("publisher"),
        section=value.get("section"),
        language=value.get("language"),
        published=value.get("published"),
        modified=value.get("modified"),
        credits=tuple(
            Credit(c["name"], c["role"], _read_span(c) if "start" in c else None)
            for c in value.get("credits") or ()
        ),
        wires=tuple(value.get("wires") or ()),
        images=tuple(Image(i["caption"], i.get("credit")) for i in value.get("images") or ()),
        topics=tuple(value.get("topics") or ()),
    )


def _read_link(value: Mapping[str, str]) -> tuple[str, str]:
    ((scheme, key),) = value.items()
    return scheme, key


def _read_entity(value: Mapping[str, Any]) -> Entity:
    place = None
    if value.get("lat") is not None:
        place = Place(value["lat"], value["lon"], value.get("country"), value.get("precision_m"))
    return Entity(
        id=value["id"],
        type=value["type"],
        name=value["name"],
        link=_read_link(value["link"]) if value.get("link") else None,
        candidates=tuple(map(_read_link, value.get("candidates") or ())),
        joins=tuple(
            Join((j["mentions"][0], j["mentions"][1]), j["because"]) for j in value.get("joins") or ()
        ),
        place=place,
        confidence=_read_sure(value),
        because=value.get("link_because") or "",
    )


def _read_mention(value: Mapping[str, Any]) -> Mention:
    return Mention(value["id"], _read_span(value), value["type"], value["entity"], _read_sure(value))


def _read_time(value: Mapping[str, Any]) -> Time:
    return Time(
        id=value["id"],
        span=_read_span(value),
        type=value["type"],
        value=value["value"],
        mod=_known(value.get("mod"), TIME_MODS),
        from_=value.get("from"),
        to=value.get("to"),
        basis=_known(value.get("basis"), TIME_BASES),
        note=value.get("note"),
        confidence=_read_sure(value),
    )


def _read_attribution(value: Mapping[str, Any]) -> Attribution:
    return Attribution(
        id=value["id"],
        style=value["style"],
        content=tuple(map(_read_span, value["content"])),
        cue=_read_span(value["cue"]) if value.get("cue") else None,
        chain=tuple(
            ChainLink(
                role=link["role"],
                span=_read_span(link),
                entity=link.get("entity"),
                stated=link.get("stated") or "written",
                evidence=_read_span(link["evidence"]) if link.get("evidence") else None,
            )
            for link in value["chain"]
        ),
        confidence=_read_sure(value),
    )


def _read_claim(value: Mapping[str, Any]) -> Claim:
    counts = value.get("casualties")
    return Claim(
        id=value["id"],
        type=value["type"],
        trigger=_read_span(value["trigger"]),
        participants=tuple(
            Participant(p["role"], _read_span(p), p.get("entity"), confidence=_read_sure(p)) for p in value["participants"]
        ),
        time=value.get("time"),
        certainty=value["certainty"],
        polarity=value["polarity"],
        tense=value["tense"],
        casualties=Casualties(**counts) if counts else None,
        according_to=value.get("according_to"),
        differs_from=tuple(value.get("differs_from") or ()),
        confidence=_read_sure(value),
    )
