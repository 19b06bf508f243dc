"""Claims and sayings as answers carry them, and the articles that were found with them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from ....model.claim import CLAIM_TYPES

ClaimType = Annotated[str, Meta(description="A type of event or state; `saying` for what somebody says.", extra_json_schema={"enum": [*CLAIM_TYPES, "saying"]})]
Count = Annotated[int, Meta(ge=0)]
Review = Annotated[
    Literal["machine", "accepted", "corrected", "added", "rejected"], Meta(description="What people decided of it; `machine` where nobody has looked at it.")
]


class Reference(Struct, frozen=True):
    """Where something stands: enough to find the article again, here and in the world."""

    id: str
    title: str
    outlet: str | None
    published: Annotated[str | None, Meta(description="ISO 8601, never more exact than the page.")]
    not_before: Annotated[str | None, Meta(description="For a page that prints no date: the latest date in its text.")]
    url: str | None


class Excerpt(Struct, frozen=True):
    """A sentence; `start` and `end` are code points in the article's text, `marks` are places in the sentence itself."""

    text: str
    start: Count
    end: Count
    marks: list[tuple[int, int]]


class Party(Struct, frozen=True):
    """Who takes part, as the article writes it; `name` is its fullest name, empty where it has none."""

    role: Literal["actor", "recipient", "place"]
    text: str
    name: str


class Time(Struct, frozen=True):
    """When, never more exactly than the text: the days meant are [from, to)."""

    text: str | None
    value: str | None
    mod: str | None
    from_: str | None = field(name="from")
    to: str | None
    basis: str | None


class Link(Struct, frozen=True):
    """One hand through which words passed."""

    role: Literal["origin", "speaker", "relay"]
    name: str
    named: bool
    stated: Literal["written", "inferred"]


class Sources(Struct, frozen=True):
    """How many tell a claim: `outlets`, distinct `texts`, and independent sources: at least `least`, at most `most`. `named`, `unnamed` and
    `own` part `most` into named origins, unnamed groups, and outlets that speak themselves."""

    outlets: Count
    texts: Count
    named: Count
    unnamed: Count
    own: Count
    least: Count
    most: Count


class Line(Struct, frozen=True):
    """A claim or a saying, with its sentence, its chain and its article."""

    id: Annotated[str, Meta(description="ARTICLE#PLACE; `GET /records/{id}` gives it again.")]
    kind: Literal["claim", "saying"]
    type: ClaimType
    certainty: Literal["certain", "probable", "possible", "unknown"]
    polarity: Literal["positive", "negative"]
    tense: Literal["past", "present", "future"]
    participants: list[Party]
    time: Time | None
    words: Annotated[str, Meta(description="What was said, in the article's words; empty where the outlet itself tells it.")]
    cue: str
    chain: Annotated[list[Link], Meta(description="On whose word, from the fact towards the reader.")]
    sentence: Excerpt
    id_sentence: Annotated[str, Meta(description="What it tells, in Indonesian.")]
    en_sentence: Annotated[str, Meta(description="What it tells, in English.")]
    headline: bool
    differs_from: list[str]
    review: Review
    sources: Annotated[Sources | None, Meta(description="How many tell the claim; null for a saying, for a rejected claim, and where that was not asked for.")]
    article: Reference


class Hit(Struct, frozen=True):
    """An article that was found: the sentence that shows why, and the claims or sayings that were asked for."""

    article: Reference
    sentence: Excerpt
    lines: list[Line]
    score: float | UnsetType = UNSET


class FacetValue(Struct, frozen=True):
    value: str
    count: Count


class Facets(Struct, frozen=True):
    """How many of the articles that answer have each value, most first; those facets that were asked for."""

    outlet: list[FacetValue] | UnsetType = UNSET
    type: list[FacetValue] | UnsetType = UNSET
    certainty: list[FacetValue] | UnsetType = UNSET
    wire: list[FacetValue] | UnsetType = UNSET
    month: list[FacetValue] | UnsetType = UNSET
