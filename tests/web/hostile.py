"""Articles that mean harm: markup in every field, a text of five megabytes, thousands of marks over one another."""

from __future__ import annotations

import hashlib
from typing import Any

EVIL = "\"'><script>window.pwned=1;alert(1)</script><img src=x onerror=\"window.pwned=1\">{{7*7}}</title></textarea>&lt;\u202e"
"""Tries to be markup, a script, the end of an attribute and a template; turns what follows round."""

FROM_EVIL = ("<script>window.pwned", "<img src=x", "{{7*7}}</title>", "onerror=\"window")
"""What must stand on no page as it is."""


def record(text: str, blocks: list[dict[str, Any]], number: int, **layers: Any) -> dict[str, Any]:
    """A record with markup wherever a record holds words."""
    return {
        "format": "telusur/1",
        "source": {"url": f'https://jahat.example/{number}?"><script>alert(1)</script>', "name": EVIL, "media_type": "text/plain", "sha256": hashlib.sha256(text.encode()).hexdigest(), "retrieved": None},
        "text": text,
        "article": {
            "title": EVIL, "lead": EVIL, "publisher": f"Jahat {EVIL}", "section": EVIL, "published": "2024-05-01", "modified": None, "language": "id",
            "credits": [{"name": EVIL, "role": "reporter"}], "wires": [EVIL], "images": [{"caption": EVIL, "credit": EVIL}], "topics": [EVIL],
        },
        "blocks": blocks,
        "sentences": [{"start": b["start"], "end": b["end"]} for b in blocks if b["kind"] == "paragraph"],
        "entities": [], "mentions": [], "times": [], "attributions": [], "claims": [],
        "analysis": {"software": "telusur", "version": "0", "model": EVIL, "seconds": 0.0},
        **layers,
    }  # fmt: skip


def script_everywhere() -> dict[str, Any]:
    """An ordinary article but for its words."""
    lines = [("title", EVIL), ("chrome", f"Menu {EVIL}"), ("paragraph", f"{EVIL} kata {EVIL} menyerang {EVIL} kemarin."), ("caption", EVIL)]
    text, blocks = "", []
    for kind, line in lines:
        blocks.append({"kind": kind, "start": len(text), "end": len(text) + len(line)})
        text += line + "\n"
    start = blocks[2]["start"]
    size = len(EVIL)
    first, second = start, start + size + len(" kata ")
    verb = text.index("menyerang", start)
    third = verb + len("menyerang ")

    def span(at: int, length: int) -> dict[str, Any]:
        return {"start": at, "end": at + length, "text": text[at : at + length]}

    return record(
        text, blocks, 1,
        entities=[{"id": f"e{n}", "type": kind, "name": f"{EVIL}{n}", "link": None} for n, kind in ((1, "PER"), (2, "ORG"), (3, "LOC"))],
        mentions=[{"id": f"m{n}", **span(at, size), "type": kind, "entity": f"e{n}"} for n, at, kind in ((1, first, "PER"), (2, second, "ORG"), (3, third, "LOC"))],
        times=[{"id": "t1", **span(text.index("kemarin"), 7), "type": "DATE", "value": "2024-04-30", "mod": None, "from": "2024-04-30", "to": "2024-05-01", "note": EVIL}],
        attributions=[{
            "id": "a1", "style": "direct", "content": [{"start": second, "end": third + size}], "cue": {"start": first + size + 1, "end": first + size + 5},
            "chain": [{"role": "origin", **span(third, size), "entity": "e3"}, {"role": "speaker", **span(first, size), "entity": "e1"},
                      {"role": "relay", **span(second, size), "entity": "e2", "stated": "inferred"}],
        }],
        claims=[{
            "id": "c1", "type": "ASSAULT", "trigger": span(verb, 9), "participants": [
                {"role": "actor", **span(first, size), "entity": "e1"}, {"role": "recipient", **span(second, size), "entity": "e2"},
                {"role": "place", **span(third, size), "entity": "e3"},
            ],
            "time": "t1", "certainty": "certain", "polarity": "positive", "tense": "past", "casualties": {"killed": 3}, "according_to": "a1",
        }],
    )  # fmt: skip


def heavy() -> dict[str, Any]:
    """Five megabytes, a fifth of them in one paragraph, the rest the page's own; three thousand claims and names and two hundred statements
    over one another at the paragraph's head."""
    unit = f"{EVIL} dan polisi menyerang kapal itu kemarin malam di laut. "
    body, rest = unit * (1_000_000 // len(unit)), unit * (4_000_000 // len(unit))
    text = f"Kapal Diserang\n{body}\n{rest}"
    end = 15 + len(body)
    blocks = [{"kind": "title", "start": 0, "end": 14}, {"kind": "paragraph", "start": 15, "end": end}, {"kind": "chrome", "start": end + 1, "end": len(text)}]
    several = 3000

    def span(at: int, length: int) -> dict[str, Any]:
        return {"start": at, "end": at + length, "text": text[at : at + length]}

    return record(
        text, blocks, 2,
        sentences=[{"start": 15 + n * len(unit), "end": 15 + n * len(unit) + len(unit) - 1} for n in range(1000)],
        entities=[{"id": f"e{n}", "type": "PER", "name": f"{EVIL}{n}", "link": None} for n in range(500)],
        mentions=[{"id": f"m{n}", **span(15 + n, 400), "type": "PER", "entity": f"e{n % 500}"} for n in range(several)],
        attributions=[
            {"id": f"a{n}", "style": "indirect", "content": [{"start": 15 + n, "end": 15 + n + 2000}], "cue": None, "chain": [{"role": "speaker", **span(15 + n, 300), "entity": f"e{n % 500}"}]}
            for n in range(200)
        ],
        claims=[
            {
                "id": f"c{n}", "type": "ASSAULT", "trigger": span(15 + n, 900), "participants": [{"role": "actor", **span(15 + n, 400), "entity": f"e{n % 500}"}],
                "time": None, "certainty": "possible", "polarity": "negative", "tense": "future", "casualties": None, "according_to": f"a{n % 200}" if n % 3 else None,
            }
            for n in range(several)
        ],
    )  # fmt: skip
