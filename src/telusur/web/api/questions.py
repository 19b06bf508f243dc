"""The shapes of what is asked: the parameters of addresses, and bodies.

Parameters come as text and are read by their type, strictly: ``size=7`` is a number, ``size=7.0`` is refused; a name that an operation
does not know is refused with the nearest one that it does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct, ValidationError, field

from ...trace.stories import MOST_TOLD
from .problems import Refused

MOST = 1000
"""The most items of a page."""

MOST_RETOLD = 200
"""The most articles of a page of a story."""

Query = Annotated[str, Meta(max_length=2000, description="A query as `telusur search` takes it: words, \"phrases\", who: said: about: where: type: certainty: review: outlet: wire: from: to:")]
Size = Annotated[int, Meta(ge=1, le=MOST, description="The most items of a page.")]
After = Annotated[str, Meta(max_length=200, description="The page behind this key, which the page before gave as `next`.")]
Day = Annotated[str, Meta(pattern="^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$", description="A year, a month or a day: 2017, 2017-03, 2017-03-29.")]
MaybeDay = Annotated[str, Meta(pattern="^([1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$", description="A year, a month or a day: 2017, 2017-03, 2017-03-29; empty for none.")]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
ArticleId = Annotated[str, Meta(min_length=6, max_length=24, pattern="^[0-9a-f]+$", description="An article's id, or an unmistakable beginning of it.")]


class Nothing(Struct, frozen=True):
    """No parameters."""


class Whole(Struct, frozen=True, kw_only=True):
    """All items that answer a query."""

    q: Query = ""


class Page(Whole, frozen=True, kw_only=True):
    size: Size = 20
    after: After = ""


_SOURCES = Meta(description="Count who tells each claim. A page then holds at most 50; without it, it is made much sooner.")


class WholeClaims(Whole, frozen=True, kw_only=True):
    sources: Annotated[bool, _SOURCES] = False


class Claims(Page, frozen=True, kw_only=True):
    sources: Annotated[bool, _SOURCES] = False


class Search(Page, frozen=True, kw_only=True):
    best: Annotated[bool, Meta(description="The best first, by words, rather than the newest.")] = False
    facets: Annotated[
        str, Meta(pattern="^((outlet|type|certainty|wire|month)(,(outlet|type|certainty|wire|month)){0,4})?$", description="What to count over all that is found: outlet, type, certainty, wire, month, parted by commas.")
    ] = ""


class WholeTimeline(Whole, frozen=True, kw_only=True):
    from_: Day = field(name="from")
    to: MaybeDay = ""
    place: Annotated[str, Meta(max_length=200, description="Only what happened there.")] = ""
    sources: Annotated[bool, _SOURCES] = False


class Timeline(WholeTimeline, frozen=True, kw_only=True):
    size: Size = 20
    after: After = ""
    sources: Annotated[bool, _SOURCES] = False


class Who(Struct, frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=200, description="Of a person, a body or a place, in any spelling.")]
    about: Annotated[str, Meta(max_length=200, description="Only what was said about this.")] = ""
    from_: MaybeDay = field(name="from", default="")
    to: MaybeDay = ""
    size: Annotated[int, Meta(ge=1, le=200, description="The most sayings of a page.")] = 20
    after: After = ""


class ActorList(Struct, frozen=True, kw_only=True):
    name: Annotated[str, Meta(max_length=200, description="Only who bears this name, in any spelling, those of most articles first.")] = ""
    size: Size = 20
    after: After = ""


class ActorNames(Struct, frozen=True, kw_only=True):
    name: Annotated[str, Meta(max_length=200, description="Only who bears this name, in any spelling.")] = ""


class Plain(Struct, frozen=True, kw_only=True):
    size: Size = 20
    after: After = ""


class Story(Struct, frozen=True, kw_only=True):
    size: Annotated[int, Meta(ge=1, le=MOST_RETOLD, description="The most articles of a page: each is laid beside the one that the story is told by.")] = MOST_TOLD
    after: After = ""


class CopyList(Struct, frozen=True, kw_only=True):
    size: Annotated[int, Meta(ge=1, le=MOST_RETOLD, description="The most copies of a page: the words of each are read.")] = MOST_TOLD
    after: After = ""


class DecisionList(Plain, frozen=True, kw_only=True):
    article: Annotated[str, Meta(max_length=24, pattern="^([0-9a-f]{6,24})?$", description="Only on this article and copies of its text.")] = ""
    who: Annotated[str, Meta(max_length=200, description="Only by this person.")] = ""


class WholeDecisions(Struct, frozen=True, kw_only=True):
    article: Annotated[str, Meta(max_length=24, pattern="^([0-9a-f]{6,24})?$", description="Only on this article and copies of its text.")] = ""
    who: Annotated[str, Meta(max_length=200, description="Only by this person.")] = ""


class QueueList(Struct, frozen=True, kw_only=True):
    q: Query = ""
    size: Annotated[int, Meta(ge=1, le=100, description="The most items.")] = 20


class Diff(Struct, frozen=True, kw_only=True):
    one: ArticleId
    other: ArticleId


class Origin(Struct, frozen=True, kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=6000, description="A sentence or more: a forwarded message, a clipping, a quotation.")]


# --- bodies -----------------------------------------------------------------------------------------------------


class ToRead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article to be read: `text` or `html`, and what is known of it. Nothing of it is kept."""

    text: Annotated[str, Meta(min_length=1, description="The copied text of a page.")] | None = None
    html: Annotated[str, Meta(min_length=1, description="A page's HTML.")] | None = None
    id: Annotated[str, Meta(max_length=200, description="Your own name for the article, handed through.")] | None = None
    url: Annotated[str, Meta(max_length=2000)] | None = None
    published: Annotated[str, Meta(max_length=40, description="Publication date, where the page prints none.")] | None = None
    publisher: Annotated[str, Meta(max_length=200)] | None = None
    title: Annotated[str, Meta(max_length=1000)] | None = None


Why = Annotated[str, Meta(max_length=2000, description="Why; kept with the decision.")]
Item = Annotated[str, Meta(min_length=2, max_length=80, pattern="^[acemt][0-9-]+$", description="An item by its place (c499-511) or its id in the record (c3).")]


class Accept(Struct, frozen=True, kw_only=True, tag="accept", tag_field="action", forbid_unknown_fields=True):
    """Says that an item is right."""

    article: ArticleId
    item: Item
    why: Why | None = None


class Reject(Struct, frozen=True, kw_only=True, tag="reject", tag_field="action", forbid_unknown_fields=True):
    """Says that an item is wrong: it stays, marked, and counts no more."""

    article: ArticleId
    item: Item
    why: Why | None = None


class Correct(Struct, frozen=True, kw_only=True, tag="correct", tag_field="action", forbid_unknown_fields=True):
    """Puts a field of an item right; `value` is typed as for `telusur review correct`: in words of the article."""

    article: ArticleId
    item: Item
    field: Annotated[str, Meta(min_length=1, max_length=40)]
    value: Annotated[str, Meta(max_length=2000)]
    why: Why | None = None


class Undo(Struct, frozen=True, kw_only=True, tag="undo", tag_field="action", forbid_unknown_fields=True):
    """Undoes a decision, or an undoing; nothing is ever deleted."""

    decision: Annotated[str, Meta(min_length=4, max_length=12, pattern="^[0-9a-f]+$")]
    why: Why | None = None


Decide = Accept | Reject | Correct | Undo

_Asked = TypeVar("_Asked", bound=Struct)
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")

Form = Literal["csv", "jsonl"]
FORMS: tuple[Form, ...] = ("csv", "jsonl")


def read_parameters(kind: type[_Asked], told: Sequence[tuple[str, str]]) -> _Asked:
    """The parameters of an address, read.

    Raises:
        Refused: one is unknown, given twice, or not of its type.
    """
    types = {f.encode_name: f.type for f in msgspec.structs.fields(kind)}
    values: dict[str, Any] = {}
    for name, value in told:
        if name not in types:
            near = get_close_matches(name, types, n=1, cutoff=0.6)
            known = f"did you mean {near[0]!r}?" if near else f"it takes {', '.join(types)}" if types else "it takes none"
            raise Refused("bad-parameter", f"there is no parameter {name[:60]!r}; nothing was looked up; {known}", [(name[:60], "unknown")])
        if name in values:
            raise Refused("bad-parameter", f"the parameter {name!r} is given twice; nothing was looked up; give it once", [(name, "given twice")])
        values[name] = _typed(value, types[name])
    try:
        return msgspec.convert(values, kind)
    except ValidationError as error:
        raise wrong("bad-parameter", error) from error


def _typed(value: str, kind: Any) -> Any:
    """A number or a truth where that is wanted and written; else the text itself, which is then refused."""
    inner = getattr(kind, "__origin__", kind)
    if inner is bool and value in ("true", "false"):
        return value == "true"
    if inner is int and _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    return value


_PLACE = re.compile(r" - at `\$?\.?(?:key in )?`?([^`]*)`")


def wrong(code: str, error: ValidationError) -> Refused:
    """What does not fit a shape, as a problem that names the place."""
    told = str(error)
    found = _PLACE.search(told)
    place, what = (found[1], told[: found.start()]) if found else ("", told)
    where = f"{place}: " if place else ""
    return Refused(code, f"{where}{what}; nothing was done; /api tells what is taken", [(place, what)])


def read_body(kind: Any, data: bytes) -> Any:
    """A body of JSON, read.

    Raises:
        Refused: it is no JSON, or not of its shape.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except ValidationError as error:
        raise wrong("bad-body", error) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("bad-json", f"the body is no JSON ({error}); nothing was done; send a JSON object in UTF-8") from error
