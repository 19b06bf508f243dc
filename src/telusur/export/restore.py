"""From the published form of a record back to the typed value.

Comes in: a JSON object as `export.json` makes it, or one made by hand. Goes out: a `Record`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from ..errors import BadRequest
from ..model.claim import Attribution, Casualties, ChainLink, Claim, Participant
from ..model.document import Article, Block, Credit, Document, Hints, Image, Source
from ..model.layers import (
    REVIEWS,
    TIME_BASES,
    TIME_MODS,
    Confidence,
    Entity,
    Join,
    Mention,
    Place,
    Sentence,
    Time,
)
from ..model.record import FORMAT, Analysis, LeftOut, Record
from ..model.span import Span

_Word = TypeVar("_Word", bound=str)


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
            left_out=LeftOut(**made["left_out"]) if made.get("left_out") else None,
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
        review=_known(value.get("review"), REVIEWS) or "",
        because=value.get("link_because") or "",
    )


def _read_mention(value: Mapping[str, Any]) -> Mention:
    return Mention(
        id=value["id"],
        span=_read_span(value),
        type=value["type"],
        entity=value["entity"],
        confidence=_read_sure(value),
        review=_known(value.get("review"), REVIEWS) or "",
    )


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
        review=_known(value.get("review"), REVIEWS) or "",
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
        review=_known(value.get("review"), REVIEWS) or "",
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
        review=_known(value.get("review"), REVIEWS) or "",
    )
