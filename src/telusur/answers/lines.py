"""One line of an answer: a claim or a saying, with the sentence that shows it, its chain, and where it can be read.

Comes in: an article's record with people's decisions laid over it. Goes out: `Line`s, in the article's own words and in
sentences of both languages, ready to be printed in any form.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..archive.places import item_key
from ..export.wording import clean
from ..trace.independence import Counts
from ..trace.owners import medium_key
from . import english, indonesian
from .expressions import whole
from .telling import Told, Who

JsonObject = dict[str, Any]
Span = tuple[int, int]

LONGEST_SENTENCE = 1000
_FULL = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a line stands: enough to find the article again, here and in the world."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    url: str | None
    not_before: str | None = None
    """The latest full date in the text of a page that prints none: it cannot be older."""

    @property
    def as_of(self) -> str:
        """The day of which the article speaks as now: ``2017-04-17``, or ``>= 2017-04-17`` where only that is known."""
        if self.published:
            return self.published[:10]
        return f">= {self.not_before}" if self.not_before else ""

    def to_dict(self) -> JsonObject:
        return {
            "id": self.id, "title": self.title, "outlet": self.outlet, "published": self.published, "not_before": self.not_before, "url": self.url,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """One hand through which words passed. ``stated``: written in the text, or inferred."""

    role: str
    name: str
    named: bool
    stated: str

    def to_dict(self) -> JsonObject:
        return {"role": self.role, "name": self.name, "named": self.named, "stated": self.stated}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence of an article, with the places in it to mark; ``start`` is where it stands in the article's text."""

    text: str
    start: int
    marks: tuple[Span, ...] = ()

    def to_dict(self) -> JsonObject:
        return {"text": self.text, "start": self.start, "end": self.start + len(self.text), "marks": [list(mark) for mark in self.marks]}


@dataclass(frozen=True, slots=True)
class Line:
    """One claim or saying of one article. ``id`` names it for `telusur show`; ``told`` are its parts; ``review`` is
    ``machine`` where nobody has looked at it."""

    id: str
    kind: Literal["claim", "saying"]
    article: Reference
    sentence: Excerpt
    chain: tuple[Link, ...]
    told: Told
    words: str
    review: str
    in_indonesian: str
    in_english: str
    cue: str = ""
    headline: bool = False
    differs: tuple[str, ...] = field(default=())
    sources: Counts | None = None
    """How many outlets, texts and independent sources tell the claim; None for a saying, and for a claim that was rejected."""

    @property
    def hands(self) -> tuple[Link, ...]:
        """The chain without the outlet that prints the page, by whatever name: `dikutip dari Okezone.com` on a page of
        economy.okezone.com passes nothing on."""
        own = medium_key(self.article.outlet or "")
        return tuple(link for link in self.chain if not own or link.role == "origin" or medium_key(link.name) != own)

    def to_dict(self) -> JsonObject:
        """The line as other programs take it."""
        told = self.told
        return {
            "id": self.id,
            "kind": self.kind,
            "type": told.type,
            "certainty": told.certainty,
            "polarity": told.polarity,
            "tense": told.tense,
            "participants": [{"role": p.role, "text": p.text, "name": p.name} for p in told.parties],
            "time": told.time,
            "words": self.words,
            "cue": self.cue,
            "chain": [link.to_dict() for link in self.chain],
            "sentence": self.sentence.to_dict(),
            "id_sentence": self.in_indonesian,
            "en_sentence": self.in_english,
            "headline": self.headline,
            "differs_from": list(self.differs),
            "review": self.review,
            "sources": self.sources.to_dict() if self.sources else None,
            "article": self.article.to_dict(),
        }


class Article:
    """One record opened for reading: its items by place, its sentences by offset."""

    def __init__(self, id: str, record: Mapping[str, Any]) -> None:
        self.id, self.record, self.text = id, record, str(record["text"])
        article = record["article"]
        full = [time["value"] for time in record["times"] if _FULL.fullmatch(time.get("value") or "")]
        self.reference = Reference(
            id, clean(article["title"] or ""), article["publisher"], article["published"], record["source"]["url"],
            max(full, default=None) if not article["published"] else None,
        )  # fmt: skip
        self.names = {entity["id"]: clean(entity["name"]) for entity in record["entities"]}
        self.types = {entity["id"]: entity["type"] for entity in record["entities"]}
        self.times = {time["id"]: time for time in record["times"]}
        self.sayings = {a["id"]: a for a in record["attributions"]}
        spans = sorted((s["start"], s["end"]) for s in record["sentences"]) or [(b["start"], b["end"]) for b in record["blocks"]]
        self._starts, self._ends = [s for s, _ in spans], [e for _, e in spans]
        self._titles = [(b["start"], b["end"]) for b in record["blocks"] if b["kind"] == "title"]

    def excerpt(self, start: int, end: int, marks: Iterable[Span] = ()) -> Excerpt:
        """The sentence or sentences from one place to another, with marks."""
        low, high = self.sentence_at(start)[0], max(self.sentence_at(max(start, end - 1))[1], end)
        if high - low > LONGEST_SENTENCE:
            low, high = max(low, start - LONGEST_SENTENCE // 4), min(high, start + LONGEST_SENTENCE)
        inside = ((max(a, low) - low, min(b, high) - low) for a, b in marks if a < high and b > low)
        return Excerpt(self.text[low:high], low, tuple(sorted(set(inside))))

    def sentence_at(self, place: int) -> Span:
        """The sentence that holds a place; the place alone where none does."""
        at = bisect_right(self._starts, place) - 1
        if at >= 0 and place < self._ends[at]:
            return self._starts[at], self._ends[at]
        return place, place

    def claim(self, ordinal: int) -> Line:
        """A claim as a line."""
        claim = self.record["claims"][ordinal]
        said = self.sayings.get(claim.get("according_to") or "")
        trigger = claim["trigger"]
        parties = tuple(self._party(p) for p in claim["participants"])
        start, end = whole(self.text, trigger["start"], trigger["end"])
        told = Told(
            claim["type"], clean(self.text[start:end]), claim["certainty"], claim["polarity"], claim["tense"], parties,
            self._time(claim.get("time")), claim.get("casualties"),
        )  # fmt: skip
        chain, cue = self._chain(said), self._cue(said)
        marks = [(trigger["start"], trigger["end"]), *((p["start"], p["end"]) for p in claim["participants"])]
        return Line(
            id=f"{self.id}#{item_key('claims', claim)}",
            kind="claim",
            article=self.reference,
            sentence=self.excerpt(trigger["start"], trigger["end"], marks),
            chain=chain,
            told=told,
            words=self._content(said) if said else "",
            review=claim.get("review", "machine"),
            in_indonesian=indonesian.sentence(told, self._whose(chain), cue),
            in_english=english.sentence(told, self._whose(chain), cue),
            cue=cue,
            headline=any(a <= trigger["start"] < b for a, b in self._titles),
            differs=self._differing(claim),
        )

    def sentence(self, start: int, end: int) -> Line:
        """A sentence in which no claim was read, as a line; it has no type."""
        said = next((a for a in self.record["attributions"] if a["content"][0]["start"] < end and a["content"][-1]["end"] > start), None)
        told = Told("", "", "", "", "", (), None, None)
        words = clean(self.text[start:end])
        return Line(
            f"{self.id}#s{start}-{end}", "claim", self.reference, self.excerpt(start, end), self._chain(said), told, words, "machine", words, words,
            cue=self._cue(said),
        )  # fmt: skip

    def saying(self, ordinal: int) -> Line:
        """What somebody says, as a line."""
        said = self.record["attributions"][ordinal]
        spans = [(c["start"], c["end"]) for c in said["content"]]
        chain, cue, words = self._chain(said), self._cue(said), self._content(said)
        told = Told("saying", words, "certain", "positive", "present", (), None, None, direct=said["style"] == "direct")
        return Line(
            id=f"{self.id}#{item_key('attributions', said)}",
            kind="saying",
            article=self.reference,
            sentence=self.excerpt(spans[0][0], spans[-1][1], spans),
            chain=chain,
            told=told,
            words=words,
            review=said.get("review", "machine"),
            in_indonesian=indonesian.saying(told, self._whose(chain), cue),
            in_english=english.saying(told, self._whose(chain), cue),
            cue=cue,
        )

    def _differing(self, claim: Mapping[str, Any]) -> tuple[str, ...]:
        by_id = {c["id"]: c for c in self.record["claims"]}
        return tuple(f"{self.id}#{item_key('claims', by_id[other])}" for other in claim.get("differs_from") or () if other in by_id)

    def _party(self, participant: Mapping[str, Any]) -> Who:
        entity = participant.get("entity")
        text = clean(participant["text"])
        return Who(participant["role"], text, self.names.get(entity or "", ""), self.types.get(entity or "", ""))

    def _time(self, key: str | None) -> JsonObject | None:
        time = self.times.get(key or "")
        if time is None:
            return None
        return {name: time.get(name) for name in ("text", "value", "mod", "from", "to", "basis")}

    def _chain(self, said: Mapping[str, Any] | None) -> tuple[Link, ...]:
        if said is None:
            return ()
        found = []
        for link in said["chain"]:
            name = self.names.get(link.get("entity") or "")
            found.append(Link(link["role"], name or clean(link["text"]), bool(name), link.get("stated") or "written"))
        return tuple(found)

    @staticmethod
    def _whose(chain: Sequence[Link]) -> dict[str, list[Who]]:
        told: dict[str, list[Who]] = {"origin": [], "speaker": [], "relay": []}
        for link in chain:
            told[link.role].append(Who(link.role, link.name, link.name if link.named else "", "PER"))
        return told

    def _cue(self, said: Mapping[str, Any] | None) -> str:
        cue = said.get("cue") if said else None
        return clean(self.text[cue["start"] : cue["end"]]) if cue else ""

    def _content(self, said: Mapping[str, Any]) -> str:
        return " … ".join(clean(self.text[c["start"] : c["end"]]) for c in said["content"]).rstrip(",")
