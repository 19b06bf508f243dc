"""What is behind a claim: origins, paths, disagreement; and texts that are one."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ....trace.copies import Copy
from ....trace.families import Family
from ....trace.stories import Heading, Retelling
from ....trace.versions import Version
from .lines import Count, Line, Sources
from .pages import Paged

SourceKind = Literal["person", "body", "group", "document", "agency", "outlet"]


class Evidence(Struct, frozen=True):
    """A stretch of an article: its words, and where they stand."""

    article: str
    start: Count
    end: Count
    words: str


class Hand(Struct, frozen=True):
    """One who passed the words on."""

    name: str
    kind: SourceKind
    role: str
    named: bool


class Step(Struct, frozen=True):
    """How words came from one hand to the next: written, with the words that say so, or inferred, by which rule."""

    basis: Literal["written", "inferred"]
    rule: str | None
    evidence: list[Evidence]


class Reason(Struct, frozen=True):
    """Why a telling is held to tell the same."""

    kind: str
    what: str


class Telling(Struct, frozen=True):
    """One article's telling of the claim: its sentence, and the path from the origin to the page."""

    id: str
    article: str
    outlet: str
    published: str | None
    url: str | None
    claim: bool
    certainty: str | None
    sentence: Evidence
    path: list[Hand]
    steps: list[Step]
    reasons: list[Reason]


class Source(Struct, frozen=True):
    name: str
    kind: SourceKind
    named: bool


class Union(Struct, frozen=True):
    """Two sources that are one, or may be; by which rule, and the words that show it."""

    one: str
    other: str
    rule: str
    evidence: list[Evidence]


class Root(Struct, frozen=True):
    """Sources that are one for sure, and all that goes back to them."""

    number: int
    name: str
    kind: SourceKind
    named: bool
    sources: list[Source]
    one_because: list[Union]
    tellings: list[Telling]


class Side(Struct, frozen=True):
    id: str
    article: str
    outlet: str
    published: str | None
    voice: str
    sentence: Evidence


class Figure(Struct, frozen=True):
    """One count, with all who give it."""

    counted: str
    count: int
    told_by: list[Side]


class Difference(Struct, frozen=True):
    """Two who tell it otherwise, and in what they differ."""

    kind: str
    why: str
    one: Side
    other: Side


class Disagreement(Struct, frozen=True):
    figures: list[Figure]
    differences: list[Difference]


class Traced(Struct, frozen=True):
    """A claim with all that is behind it: its origins, who has it from them, what may be one, who tells it otherwise."""

    line: Line
    claim: str
    counts: Sources
    origins: list[Root]
    may_be_one: list[Union]
    disagreement: Disagreement


class StoryShort(Struct, frozen=True):
    """Articles that are one text, in short; the title is that of the earliest dated one."""

    id: str
    title: str
    articles: Count
    outlets: Count
    first: str | None
    last: str | None


class Stories(Paged, frozen=True):
    """A page of stories, those that were traced last first."""

    items: list[StoryShort]


class Story(Paged, frozen=True):
    """A page of one story: `family` and `retellings` hold those of its articles that stand on the page, in the order of publication, and `count`
    is how many there are. `base`: the article that the others are laid beside; `elsewhere`: who has a passage of it in a text of their own."""

    asked: str
    family: Family | None
    base: str
    retellings: list[Retelling]
    elsewhere: list[tuple[Heading, Copy]]
    versions: list[Version]


class Copies(Paged, frozen=True):
    """A page of who carries the same text as an article, wholly or in part, with the characters of both; the greatest share first."""

    article: str
    items: list[Copy]
