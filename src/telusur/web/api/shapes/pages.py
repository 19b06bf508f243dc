"""Pages of lists: each with the key of the next, how many there are, and the state of the archive that it is of."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ....archive.actors import Alone, Listed
from .lines import Count, Facets, Hit, Line, Reference


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
