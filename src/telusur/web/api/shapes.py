"""The shapes of answers: what `openapi` describes is what is sent, since both are made of these.

Fields are named as `answers.lines`, ``telusur … --format json`` and the record name them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from ...archive.actors import Alone, Listed
from ...model.claim import CLAIM_TYPES
from ...trace.copies import Copy

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


# --- pages ------------------------------------------------------------------------------------------------------


class Paged(Struct, frozen=True, kw_only=True):
    next: Annotated[str | None, Meta(description="Give it as `after` for the next page; null on the last one.")]
    count: Annotated[int, Meta(ge=0, description="How many there are on all pages; a least number where `count_is_exact` is false.")]
    count_is_exact: bool
    snapshot: Annotated[str, Meta(description="Names the state of the archive: pages that carry the same one are of the same state.")]


class Lines(Paged, frozen=True):
    """A page of claims or sayings."""

    items: list[Line]


class Articles(Paged, frozen=True):
    """A page of articles, the newest first."""

    items: list[Reference]


class Found(Paged, frozen=True):
    """A page of hits. `all_ranked` is false where there were too many to rank, and only the newest are."""

    items: list[Hit]
    facets: Facets
    all_ranked: bool


class Actors(Paged, frozen=True):
    """A page of actors. `alone`: names like the one that was asked for, of whom no rule joins anybody."""

    items: list[Listed]
    alone: list[Alone]


class Outlet(Struct, frozen=True):
    """Who publishes; `first` and `last`: days of its earliest and latest dated article."""

    name: str
    articles: Count
    first: str | None
    last: str | None


class Outlets(Paged, frozen=True):
    items: list[Outlet]


class Name(Struct, frozen=True):
    name: str
    type: Literal["PER", "ORG", "LOC"]
    articles: Count


class Profile(Struct, frozen=True):
    """What the archive tells of a name: offices held and bodies led by it, who leads or controls it, what it said."""

    asked: str
    names: list[Name]
    holds: list[Line]
    held: list[Line]
    said: list[Line]
    next: str | None
    snapshot: str


# --- traced -----------------------------------------------------------------------------------------------------

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


class Copies(Struct, frozen=True):
    """Who carries the same text as an article, wholly or in part, with the characters of both."""

    article: str
    items: list[Copy]


# --- decisions --------------------------------------------------------------------------------------------------

Action = Literal["accept", "reject", "correct", "add", "merge", "split", "undo"]


class Decision(Struct, frozen=True):
    """What somebody decided. `stands` is false where it was undone."""

    id: str
    at: Annotated[str, Meta(description="UTC, ISO 8601.")]
    who: str
    why: str | None
    action: Action
    article: str | None
    item: str | None
    field: str | None
    value: Annotated[str | None, Meta(description="What was decided, as JSON text: of a correction the value before and after, in places of the text.")]
    undoes: str | None
    stands: bool


class Decisions(Paged, frozen=True):
    items: list[Decision]


class Decided(Struct, frozen=True):
    """A decision that was made: its id, by whom, and the articles that it lies over, the one that was named first."""

    id: str
    who: str
    articles: list[str]


class Waiting(Struct, frozen=True):
    """What nobody has decided on yet, the most doubtful first."""

    line: Line
    layer: Literal["claims", "attributions"]
    confidence: Annotated[float, Meta(ge=0, le=1)]
    copies: Annotated[int, Meta(ge=0, description="How many other articles have the same text: a decision holds for them too.")]
    left: Annotated[int, Meta(ge=0, description="How many items of this article wait, this one among them.")]


class Queue(Struct, frozen=True):
    """The items that wait, and in how many articles something waits."""

    items: list[Waiting]
    articles: Count


# --- the room itself --------------------------------------------------------------------------------------------


class Whoever(Struct, frozen=True):
    """Who asks. `known` is false for a visitor who has not logged in."""

    name: str
    role: Literal["reader", "reviewer", "admin"]
    known: bool


class Room(Struct, frozen=True):
    """The archive that answers here."""

    version: str
    format: Literal["telusur/1"]
    articles: Count
    claims: Count
    attributions: Count
    decisions: Count
    first: Annotated[str | None, Meta(description="Day of the earliest dated article.")]
    last: Annotated[str | None, Meta(description="Day of the latest dated article.")]
    snapshot: str
    you: Whoever


class Fault(Struct, frozen=True):
    """One thing that is wrong in what was sent: where, and what."""

    at: str
    what: str


class Problem(Struct, frozen=True, omit_defaults=True):
    """What went wrong (RFC 9457), in the language that `Accept-Language` asks for; `detail` may be English."""

    type: Annotated[str, Meta(description="Where this kind of problem is explained.")]
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    code: str
    errors: list[Fault] = []
