"""Articles of one sentence, told where and when: for pages that draw places, times and ties.

``Harun menyerang Bandung pada Senin (6/5/2024), kata Lina.`` with its entities, its place linked, its time resolved.
"""

from __future__ import annotations

import hashlib
from typing import Any

PLACES: dict[str, dict[str, str] | None] = {
    "Bandung": {"kemendagri": "32.73"}, "Surabaya": {"kemendagri": "35.78"}, "Papua": {"kemendagri": "91"}, "Rawa Indah": None, "Sukamaju": None,
}  # fmt: skip
"""Places with their links; those without one are nowhere for sure."""


def dispatch(
    number: int, *, who: str = "Harun Tesfari", place: str = "Bandung", speaker: str | None = "Lina Okaro", when: str | None = "2024-05-06", until: str | None = None,
    published: str = "2024-05-07", outlet: str = "Kabar Rawa", type: str = "ASSAULT", whom: str | None = None, certainty: str = "certain",
    polarity: str = "positive", tense: str = "past", title: str = "", more: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A record. ``until``: the day after the time's last; a day after ``when`` if not said. ``more``: sentences behind the first. ``type``: of the claim; ``whom``: its recipient."""
    title = title or f"Kabar nomor {number}"
    parts: dict[str, tuple[int, int]] = {}
    text = title + "\n"

    def add(words: str, name: str = "") -> None:
        nonlocal text
        parts[name] = (len(text), len(text) + len(words))
        text += words

    add(who, "who")
    add(" ")
    add("menyerang", "verb")
    if whom:
        add(" ")
        add(whom, "whom")
    add(" di ")
    add(place, "place")
    if when:
        add(" pada ")
        add(when, "when")
    if speaker:
        add(", ")
        add("kata", "cue")
        add(" ")
        add(speaker, "speaker")
    add(".")
    if more:
        add(" " + more)

    def span(name: str) -> dict[str, Any]:
        start, end = parts[name]
        return {"start": start, "end": end, "text": text[start:end]}

    entities = [{"id": "e1", "type": "PER", "name": who, "link": None}, {"id": "e2", "type": "LOC", "name": place, "link": PLACES.get(place)}]
    mentions = [{"id": "m1", **span("who"), "type": "PER", "entity": "e1"}, {"id": "m2", **span("place"), "type": "LOC", "entity": "e2"}]
    participants = [{"role": "actor", **span("who"), "entity": "e1"}, {"role": "place", **span("place"), "entity": "e2"}]
    if whom:
        entities.append({"id": "e4", "type": "ORG", "name": whom, "link": None})
        mentions.append({"id": "m4", **span("whom"), "type": "ORG", "entity": "e4"})
        participants.append({"role": "recipient", **span("whom"), "entity": "e4"})
    attributions = []
    if speaker:
        entities.append({"id": "e3", "type": "PER", "name": speaker, "link": None})
        mentions.append({"id": "m3", **span("speaker"), "type": "PER", "entity": "e3"})
        content = {"start": parts["who"][0], "end": parts["when" if when else "place"][1]}
        attributions.append({
            "id": "a1", "style": "indirect", "content": [content], "cue": {"start": parts["cue"][0], "end": parts["cue"][1]},
            "chain": [{"role": "speaker", **span("speaker"), "entity": "e3"}],
        })  # fmt: skip
    times = []
    if when:
        times.append({
            "id": "t1", **span("when"), "type": "DATE", "value": when, "mod": None, "from": _day(when), "to": until or _after(when), "basis": "written",
        })  # fmt: skip
    claim = {
        "id": "c1", "type": type, "trigger": span("verb"), "participants": participants, "time": "t1" if when else None, "certainty": certainty,
        "polarity": polarity, "tense": tense, "casualties": None, "according_to": "a1" if speaker else None,
    }  # fmt: skip
    start = len(title) + 1
    return {
        "format": "telusur/1",
        "source": {
            "url": f"https://kabar.example/{number}", "name": None, "media_type": "text/plain", "retrieved": None,
            "sha256": hashlib.sha256(f"{number} {text}".encode()).hexdigest(),
        },
        "text": text,
        "article": {
            "title": title, "lead": None, "publisher": outlet, "section": None, "language": "id", "published": published, "modified": None, "credits": [],
            "wires": [], "images": [], "topics": [],
        },
        "blocks": [{"kind": "title", "start": 0, "end": len(title)}, {"kind": "paragraph", "start": start, "end": len(text)}],
        "sentences": [{"start": 0, "end": len(title)}, {"start": start, "end": len(text)}],
        "entities": entities, "mentions": mentions, "times": times, "attributions": attributions, "claims": [claim],
        "analysis": {"software": "telusur", "version": "0", "model": "by hand", "seconds": 0.0},
    }  # fmt: skip


def _day(when: str) -> str:
    """The first day of a year, a month or a day."""
    return {4: f"{when}-01-01", 7: f"{when}-01"}.get(len(when), when)


def _after(when: str) -> str:
    """The day after the last."""
    from datetime import date, timedelta

    if len(when) == 4:
        return f"{int(when) + 1}-01-01"
    if len(when) == 7:
        year, month = int(when[:4]), int(when[5:])
        return f"{year + month // 12}-{month % 12 + 1:02d}-01"
    return (date.fromisoformat(when) + timedelta(days=1)).isoformat()


EVIL = "\"'><script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\">{{7*7}}</title></textarea>"
"""Tries to be markup, a script, the end of an attribute, a template."""


def several() -> list[dict[str, Any]]:
    """Two dozen: days, a month, a year, an open end, undated ones; places known, doubtful, unknown; ties; one that means harm."""
    told = [dispatch(n, place=("Bandung", "Surabaya", "Papua")[n % 3], when=f"2024-05-{1 + n:02d}", published=f"2024-05-{2 + n:02d}") for n in range(12)]
    told += [
        dispatch(20, when="2024-05", place="Rawa Indah"), dispatch(21, when="2024", place="Sukamaju"), dispatch(22, when=None, place="Bandung"),
        dispatch(23, certainty="unknown", who="Samuel Tabor", when="2024-05-09"), dispatch(24, polarity="negative", who="Samuel Tabor", when="2024-05-10"),
        dispatch(25, tense="future", who="Samuel Tabor", when="2024-05-30"),
        dispatch(30, type="leads", who="Marek Adunye", whom="Milisi Sadeng", tense="present", when=None), dispatch(31, type="leads", who="Marek Adunye", whom="Milisi Sadeng", tense="present", when=None, published="2024-04-01", outlet="Suara Tepian"),
        dispatch(32, type="rival-of", who="Front Tepi", whom="Milisi Sadeng", when=None), dispatch(33, type="leads", who="Harun Tesfari", whom="Front Tepi", polarity="negative", when=None),
        dispatch(40, who=f"Harun {EVIL}", place=f"Bandung {EVIL}", speaker=f"Lina {EVIL}", whom=f"Milisi {EVIL}", outlet=f"Kabar {EVIL}", title=f"Kabar {EVIL}", type="leads", when="2024-05-11"),
        dispatch(41, who=f"Harun {EVIL}", place=f"Bandung {EVIL}", speaker=f"Lina {EVIL}", outlet=f"Kabar {EVIL}", title=f"Kabar {EVIL}", when="2024-05-12"),
    ]  # fmt: skip
    return told
