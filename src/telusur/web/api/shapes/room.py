"""The room itself, who asks, and what went wrong."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from .lines import Count


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
