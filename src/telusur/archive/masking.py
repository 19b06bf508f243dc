"""Words taken out of a text and of its record, with blocks of the same length in their place, so that no span moves.

Comes in: a record, and how to find what must go. Goes out: the record without it. What stood on the words goes with them:
names, times and claims at that place; who took part stays as a stretch of blocks, without a name.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..analyse.stems import fold
from .spellings import word_key

MASK = "█"
_WORD = re.compile(r"[^\W_]+")
_KEPT = re.compile(r"\s")

Json = dict[str, Any]
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that must not be kept: only a salted hash of what their spellings share, and how many they are."""

    salt: str
    size: int
    hash: str


def hash_words(words: str, salt: str) -> Words:
    """What is kept of words that must not be kept."""
    keys = [word_key(fold(found)) for found in _WORD.findall(words)]
    return Words(salt, len(keys), _hash("".join(keys), salt))


def _hash(key: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}\n{key}".encode()).hexdigest()[:32]


class Finder:
    """Finds words that must not be kept, in any spelling, joined or parted by other signs."""

    def __init__(self, gone: Iterable[Words]) -> None:
        self.gone: dict[tuple[str, int], set[str]] = {}
        for words in gone:
            # Written in one word, as addresses do, they are one word of the same key.
            for size in {words.size, 1}:
                self.gone.setdefault((words.salt, size), set()).add(words.hash)

    def __bool__(self) -> bool:
        return bool(self.gone)

    def find(self, text: str) -> list[Stretch]:
        """Where they stand."""
        places = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        keys = [word_key(fold(text[start:end])) for start, end in places]
        found: list[Stretch] = []
        for (salt, size), hashes in self.gone.items():
            for at in range(len(keys) - size + 1):
                if _hash("".join(keys[at : at + size]), salt) in hashes:
                    found.append((places[at][0], places[at + size - 1][1]))
        return joined(found)

    def mask(self, text: str) -> str:
        """Any string without them."""
        return masked(text, self.find(text))


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same stretches in order, those that touch made one."""
    out: list[Stretch] = []
    for start, end in sorted(stretches):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def masked(text: str, stretches: Sequence[Stretch]) -> str:
    """A text with blocks in these places; line breaks and spaces stay, so that blocks of text keep their shape."""
    parts, last = [], 0
    for start, end in stretches:
        parts += [text[last:start], "".join(c if _KEPT.match(c) else MASK for c in text[start:end])]
        last = end
    return "".join([*parts, text[last:]])


def stretches_of(record: Mapping[str, Any], finder: Finder) -> list[Stretch]:
    """Where a record's text has the words, and where it names the same person or body in other words."""
    text = record["text"]
    found = finder.find(text)
    mentions = record["mentions"]
    named = {entity["id"] for entity in record["entities"] if finder.find(entity["name"])}
    named |= {m["entity"] for m in mentions if any(start <= m["start"] and m["end"] <= end for start, end in found)}
    forms = {m["text"] for m in mentions if m["entity"] in named}
    others = {m["text"] for m in mentions if m["entity"] not in named}
    for form in sorted(forms - others):
        # Also where no mention was found: in a byline, in a link to another article.
        found += [(m.start(), m.end()) for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)]
    found += [(m["start"], m["end"]) for m in mentions if m["entity"] in named]
    return joined(found)


def mask_record(record: Mapping[str, Any], stretches: Sequence[Stretch], finder: Finder) -> Json:
    """The record with these stretches of its text masked, and the words masked in all else that it says."""
    text = masked(record["text"], stretches)
    hit = _Hit(stretches)
    mentions = [m for m in record["mentions"] if not hit.touches(m)]
    living = {m["entity"] for m in mentions}
    lost = [m for m in record["mentions"] if hit.touches(m)]
    times = [t for t in record["times"] if not hit.touches(t)]
    attributions = [a for a in record["attributions"] if not all(map(hit.covers, a["content"]))]
    claims = [c for c in record["claims"] if not hit.touches(c["trigger"])]
    kept = living | {item["id"] for layer in (times, attributions, claims) for item in layer}
    out: Json = dict(record) | {
        "text": text,
        "entities": [_entity(e, mentions, lost, finder) for e in record["entities"] if e["id"] in living],
        "mentions": mentions,
        "times": times,
        "attributions": attributions,
        "claims": [_claim(c, kept) for c in claims],
    }
    out = _quoted(out, text, kept)
    for layer in ("source", "article"):
        out[layer] = _strings(out[layer], finder)
    return _credits(out, hit)


class _Hit:
    """Where the masks are."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = stretches
        self.ends = [end for _, end in stretches]

    def touches(self, span: Mapping[str, Any]) -> bool:
        at = bisect_left(self.ends, span["start"] + 1)
        return at < len(self.ends) and self.stretches[at][0] < span["end"]

    def covers(self, span: Mapping[str, Any]) -> bool:
        at = bisect_left(self.ends, span["end"])
        return at < len(self.ends) and self.stretches[at][0] <= span["start"]


def _entity(entity: Mapping[str, Any], mentions: Sequence[Json], lost: Sequence[Json], finder: Finder) -> Json:
    """An entity that is still named: without joins of what is lost, and by no name that only the lost bore."""
    out = dict(entity)
    gone = {m["id"] for m in lost}
    joins = [join for join in out.pop("joins", None) or () if gone.isdisjoint(join["mentions"])]
    if joins:
        out["joins"] = joins
    mine = [m["text"] for m in mentions if m["entity"] == entity["id"]]
    borne = {" ".join(m["text"].split()) for m in lost}
    if finder.find(entity["name"]) or (entity["name"] in borne and entity["name"] not in mine):
        out["name"] = max(mine, key=len)
    return out


def _claim(claim: Mapping[str, Any], kept: set[str]) -> Json:
    out = dict(claim)
    for field in ("time", "according_to"):
        out[field] = claim[field] if claim[field] in kept else None
    differs = [id for id in out.pop("differs_from", None) or () if id in kept]
    return out | ({"differs_from": differs} if differs else {})


def _quoted(value: Any, text: str, kept: set[str]) -> Any:
    """All spans with the words that stand there now, and without entities that are gone."""
    if isinstance(value, dict):
        out = {key: _quoted(part, text, kept) for key, part in value.items()}
        if isinstance(out.get("text"), str) and "start" in out:
            out["text"] = text[out["start"] : out["end"]]
        if out.get("entity") and out["entity"] not in kept:
            out["entity"] = None
        return out
    return [_quoted(part, text, kept) for part in value] if isinstance(value, list) else value


def _strings(value: Any, finder: Finder) -> Any:
    if isinstance(value, dict):
        return {key: _strings(part, finder) for key, part in value.items()}
    if isinstance(value, list):
        return [_strings(part, finder) for part in value]
    return finder.mask(value) if isinstance(value, str) else value


def mask_json(value: Any, finder: Finder) -> Any:
    """Any JSON value without the words."""
    return _strings(value, finder)


def _credits(record: Json, hit: _Hit) -> Json:
    """What the page says of itself where it is quoted from a masked stretch: title, lead, captions, credits."""
    article, text = dict(record["article"]), record["text"]
    article["credits"] = [
        credit | {"name": text[credit["start"] : credit["end"]]} if "start" in credit and hit.touches(credit) else credit
        for credit in article["credits"]
    ]
    for field, kind in (("title", "title"), ("lead", "lead")):
        if block := next(_masked_blocks(record, hit, kind), None):
            article[field] = " ".join(block.split()) if article[field] else article[field]
    captions = list(_masked_blocks(record, hit, "caption"))
    if captions and len(article["images"]) > 0:
        article["images"] = [image | {"caption": _mask_alike(image["caption"], captions)} for image in article["images"]]
    return record | {"article": article}


def _masked_blocks(record: Mapping[str, Any], hit: _Hit, kind: str) -> Iterator[str]:
    for block in record["blocks"]:
        if block["kind"] == kind and hit.touches(block):
            yield record["text"][block["start"] : block["end"]]


def _mask_alike(told: str | None, blocks: Sequence[str]) -> str | None:
    """A caption as its masked block has it, where it is the beginning of one."""
    for block in blocks:
        begin = block[: len(told or "")]
        if told and all(a == b or b == MASK for a, b in zip(told, begin, strict=False)):
            return begin
    return told
