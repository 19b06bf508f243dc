"""Articles of a few sentences, their claims marked by hand: what the tests of the tracing start from. All invented."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from telusur.trace.tellings import Report, make_report

_numbers = count(1)


@dataclass(frozen=True)
class Told:
    """A claim of an article. Words are looked up in the text; ``names`` of the article say which are names. ``by`` is the chain:
    pairs of role and words, from the fact towards the reader; ``said`` what is laid to them, the claim's sentence if not told."""

    type: str
    trigger: str
    actor: Sequence[str] = ()
    recipient: Sequence[str] = ()
    place: Sequence[str] = ()
    by: Sequence[tuple[str, str]] = ()
    cue: str | None = None
    said: str | None = None
    certainty: str = "certain"
    polarity: str = "positive"
    tense: str = "past"
    casualties: Mapping[str, int] = field(default_factory=dict)
    differs: Sequence[int] = ()
    day: str | None = None


def article(
    outlet: str, published: str | None, sentences: Sequence[str], names: Mapping[str, str], claims: Sequence[Told], *, title: str = "", wires: Sequence[str] = ()
) -> dict[str, Any]:
    """A record. ``names``: type of each name, by its words; ``Rina Wahyuni=Rina`` says that the second is the first."""
    lines = ([title] if title else []) + list(sentences)
    text = "\n".join(lines)
    spans, at = [], 0
    for line in lines:
        spans.append({"start": at, "end": at + len(line)})
        at += len(line) + 1
    full = {short: whole for whole, _, short in (name.partition("=") for name in names) if short}
    kinds = {name.partition("=")[0]: kind for name, kind in names.items()}
    entities = [{"id": f"e{n}", "type": kind, "name": name, "link": None} for n, (name, kind) in enumerate(kinds.items(), 1)]
    ids = {entity["name"]: entity["id"] for entity in entities}
    ids |= {short: ids[whole] for short, whole in full.items()}
    made: list[dict[str, Any]] = []
    sayings: list[dict[str, Any]] = []
    times: list[dict[str, Any]] = []
    for told in claims:
        trigger = _place(text, told.trigger)
        sentence = next(s for s in spans if s["start"] <= trigger["start"] < s["end"])
        parts = [(role, words) for role in ("actor", "recipient", "place") for words in getattr(told, role)]
        said = _saying(text, told, sentence, ids, f"a{len(sayings) + 1}") if told.by else None
        sayings += [said] if said else []
        time = {"id": f"t{len(times) + 1}", "start": trigger["start"], "end": trigger["end"], "text": told.trigger, "type": "DATE", "value": told.day, "mod": None}
        if told.day:
            times.append(time | {"from": told.day, "to": f"{told.day[:8]}{int(told.day[8:]) + 1:02}"})
        made.append({
            "id": f"c{len(made) + 1}", "type": told.type, "trigger": trigger,
            "participants": [{"role": role, **_near(text, words, sentence), "entity": ids.get(words)} for role, words in parts],
            "time": time["id"] if told.day else None, "certainty": told.certainty, "polarity": told.polarity, "tense": told.tense,
            "casualties": dict(told.casualties) or None, "according_to": said["id"] if said else None, "differs_from": [f"c{n + 1}" for n in told.differs],
        })  # fmt: skip
    kinds_of = ["title" if title and n == 0 else "paragraph" for n in range(len(lines))]
    mentions = [
        {"id": f"m{n}", **_place(text, name), "type": kinds[full.get(name, name)], "entity": ids[name]} for n, name in enumerate(ids, 1) if name in text
    ]
    digest = hashlib.sha256(f"{outlet}{text}".encode()).hexdigest()
    return {
        "format": "telusur/1",
        "source": {"url": f"https://{outlet.casefold()}/{next(_numbers)}", "name": None, "media_type": "text/plain", "sha256": digest, "retrieved": None},
        "text": text,
        "article": {
            "title": title or None, "lead": None, "publisher": outlet, "section": None, "language": "id", "published": published, "modified": None,
            "credits": [], "wires": list(wires), "images": [], "topics": [],
        },
        "blocks": [{"kind": kind, **span} for kind, span in zip(kinds_of, spans, strict=True)],
        "sentences": spans, "entities": entities, "mentions": mentions, "times": times, "attributions": sayings, "claims": made,
        "analysis": {"software": "telusur", "version": "0", "model": "by hand", "seconds": 0.0},
    }  # fmt: skip


def report(record: Mapping[str, Any], number: int = 1) -> Report:
    """A record opened, under an id of its own."""
    return make_report(record["source"]["sha256"][:24], number, record)


def _place(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def _near(text: str, words: str, sentence: Mapping[str, int]) -> dict[str, Any]:
    """Where words stand in a sentence, else where they first do."""
    start = text.find(words, sentence["start"], sentence["end"])
    start = start if start >= 0 else text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def _saying(text: str, told: Told, sentence: Mapping[str, int], ids: Mapping[str, str], id: str) -> dict[str, Any]:
    content = _place(text, told.said) if told.said else {**sentence}
    content.pop("text", None)
    cue = _near(text, told.cue, sentence) if told.cue else None
    chain = [{"role": role, **_near(text, words, sentence), "entity": ids.get(words), "stated": "written"} for role, words in told.by]
    return {"id": id, "style": "indirect", "content": [content], "cue": {k: cue[k] for k in ("start", "end")} if cue else None, "chain": chain}
