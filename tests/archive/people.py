"""Records of one sentence each, about one invented person or body."""

from __future__ import annotations

import hashlib
from itertools import count
from typing import Any

_numbers = count(1)


def told_of(name: str, office: str | None, body: str | None, published: str | None, *, type: str = "PER", short: str | None = None) -> dict[str, Any]:
    """An article that says: office, body, name, and what it did. Each is another article."""
    before = f"{office} {body} " if office and body else ""
    shown = f"{name} ({short})" if short else name
    number = next(_numbers)
    text = f"Kabar nomor {number}\n{before}{shown} datang ke pasar ikan."
    start = text.index("\n") + 1
    named = start + len(before)
    mentions: list[dict[str, Any]] = [_mention("m1", text, named, name, type, "e1")]
    entities: list[dict[str, Any]] = [{"id": "e1", "type": type, "name": name, "link": None}]
    if short:
        mentions.append(_mention("m2", text, named + len(name) + 2, short, type, "e1"))
        entities[0]["joins"] = [{"mentions": ["m1", "m2"], "because": "the article gives it in brackets after the full name"}]
    claims: list[dict[str, Any]] = []
    if office and body:
        mentions.insert(0, _mention("m3", text, start + len(office) + 1, body, "LOC", "e2"))
        entities.append({"id": "e2", "type": "LOC", "name": body, "link": None})
        claims.append({
            "id": "c1", "type": "holds-office", "trigger": _quoted(text, start, office),
            "participants": [
                {"role": "actor", **_quoted(text, named, name), "entity": "e1"},
                {"role": "recipient", **_quoted(text, start + len(office) + 1, body), "entity": "e2"},
            ],
            "time": None, "certainty": "certain", "polarity": "positive", "tense": "present", "casualties": None, "according_to": None,
        })  # fmt: skip
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {
        "format": "telusur/1",
        "source": {"url": f"https://kabar.example/{number}", "name": None, "media_type": "text/plain", "sha256": digest, "retrieved": None},
        "text": text,
        "article": {
            "title": f"Kabar nomor {number}", "lead": None, "publisher": "Kabar Rawa", "section": None, "language": "id",
            "published": published, "modified": None, "credits": [], "wires": [], "images": [], "topics": [],
        },
        "blocks": [{"kind": "title", "start": 0, "end": start - 1}, {"kind": "paragraph", "start": start, "end": len(text)}],
        "sentences": [{"start": 0, "end": start - 1}, {"start": start, "end": len(text)}],
        "entities": entities, "mentions": mentions, "times": [], "attributions": [], "claims": claims,
        "analysis": {"software": "telusur", "version": "0", "model": "by hand", "seconds": 0.0},
    }  # fmt: skip


def _quoted(text: str, start: int, words: str) -> dict[str, Any]:
    assert text[start : start + len(words)] == words
    return {"start": start, "end": start + len(words), "text": words}


def _mention(id: str, text: str, start: int, words: str, type: str, entity: str) -> dict[str, Any]:
    return {"id": id, **_quoted(text, start, words), "type": type, "entity": entity}
