"""What people decided, and what waits for them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from .lines import Count, Line
from .pages import Paged

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
