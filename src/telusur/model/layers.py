"""The layers of one article's text: sentences, names, entities, times, quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from .span import Span

EntityType = Literal["PER", "ORG", "LOC"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
TimeMod = Literal["START", "MID", "END", "APPROX", "BEFORE", "AFTER"]
TimeBasis = Literal["text", "page date", "latest date in text"]
Style = Literal["direct", "indirect", "mixed"]

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
TIME_TYPES: tuple[TimeType, ...] = get_args(TimeType)
TIME_MODS: tuple[TimeMod, ...] = get_args(TimeMod)
TIME_BASES: tuple[TimeBasis, ...] = get_args(TimeBasis)
STYLES: tuple[Style, ...] = get_args(Style)

Confidence: TypeAlias = Mapping[str, float]
"""How likely a field of an item is right, by the field's name; a field that is not there was not measured."""


Review = Literal["", "accepted", "corrected", "added", "rejected"]
"""What a person decided of an item; "" as the machine made it."""

REVIEWS: tuple[Review, ...] = get_args(Review)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a title, lead, heading, caption or paragraph. Never crosses a block."""

    span: Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. ``entity`` is "" until the names are joined.

    ``score`` is how the finder rates its own find, None where it does not; ``confidence`` what that proved to mean.
    """

    id: str
    span: Span
    type: EntityType
    entity: str = ""
    confidence: Confidence = field(default_factory=dict, hash=False)
    score: float | None = field(default=None, compare=False)
    review: Review = ""


@dataclass(frozen=True, slots=True)
class Join:
    """Why two mentions are one entity: their ids and the reason in words."""

    mentions: tuple[str, str]
    because: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a place is: degrees (WGS 84), ISO 3166-1 alpha-2 country, and how far the point may be off."""

    lat: float
    lon: float
    country: str | None = None
    precision_m: int | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that the article names. ``name`` is its fullest form here.

    ``link`` is one identifier ``(scheme, id)``; where several fit equally, ``link`` is None and ``candidates``
    lists them. ``because`` says in words why there is this link or none. ``joins`` give the reason for every merge.
    """

    id: str
    type: EntityType
    name: str
    link: tuple[str, str] | None = None
    candidates: tuple[tuple[str, str], ...] = ()
    joins: tuple[Join, ...] = ()
    place: Place | None = None
    confidence: Confidence = field(default_factory=dict, hash=False)
    because: str = ""
    review: Review = ""


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression with its TIMEX3 value and the interval ``[from_, to)`` it means (ISO 8601 dates).

    ``value`` is "" where the text does not let it be resolved. ``from_`` and ``to`` are None where open or unknown.
    """

    id: str
    span: Span
    type: TimeType
    value: str
    mod: TimeMod | None = None
    from_: str | None = None
    to: str | None = None
    basis: TimeBasis | None = None
    note: str | None = None
    confidence: Confidence = field(default_factory=dict, hash=False)
    review: Review = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch inside a pair of quotation marks; ``span`` is without the marks. ``closed`` is False where the
    closing mark is missing and the block's end was taken."""

    span: Span
    closed: bool = True
