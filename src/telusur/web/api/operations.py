"""What can be asked: one row an operation. `app` makes routes of them, `openapi` the description, tests a question to each.

A list's whole comes as CSV or JSON Lines from the same address with ``.csv`` or ``.jsonl`` behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from msgspec import Struct

from ...answers import tables
from ...archive.actors import Actor, Listed
from ...trace.origin import Origin
from ...trace.stories import Comparison
from ..security import Role
from . import deciding, lists, people, questions, shapes, tracing, whole
from .asked import Asked

Who = Literal["anyone"] | Role
RECORD = "record"
"""Stands for the shape of a record, which `data/schema.json` describes."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A whole list, row after row; ``columns`` are those of its CSV."""

    parameters: type[Struct]
    every: Callable[[Asked], Iterable[Any]]
    columns: tuple[str, ...]
    shape: Any


@dataclass(frozen=True, slots=True)
class Operation:
    """``path`` is below /api/v1; ``answer`` is a shape, `RECORD`, or several of them. ``role``: who may."""

    name: str
    path: str
    group: str
    what: str
    answer: Any
    run: Callable[[Asked], Any]
    parameters: type[Struct] = questions.Nothing
    rows: Rows | None = None
    role: Who = "reader"
    parts: tuple[tuple[str, str], ...] = ()


_ID = (("id", "The id of a claim or a saying (ARTICLE#c499-511, with # written %23 or :), or of an article; its first six digits or more are enough."),)
_ARTICLE = (("id", "An article's id, or its first six digits or more."),)
_CLAIM = (("id", "The id of a claim (ARTICLE#c499-511, with # written %23 or :)."),)
_FAMILY = (("id", "The id of a story, as lists of stories print it, or of one of its articles."),)
_ACTOR = (("id", "An actor's id, or an unmistakable beginning of it."),)


def _everything(part: Callable[[Asked], lists.Part]) -> Callable[[Asked], Iterable[Any]]:
    return lambda asked: lists.everything(part(asked))


_REFERENCE = ("id", "title", "outlet", "published", "not_before", "url")
_LISTED = ("id", "type", "name", "link", "offices", "articles", "days")
_STORY = ("id", "title", "articles", "outlets", "first", "last")
_OUTLET = ("name", "articles", "first", "last")
_DECISION = ("id", "at", "who", "why", "action", "article", "item", "field", "value", "undoes", "stands")

READS: tuple[Operation, ...] = (
    Operation("room", "", "Room", "What this archive holds, and who asks.", shapes.Room, whole.show_room),
    Operation(
        "search", "/search", "Search", "Articles that answer a query, each with the sentence that shows why.", shapes.Found, lists.search, questions.Search
    ),
    Operation(
        "articles", "/articles", "Articles", "Articles that answer a query, the newest first.", shapes.Articles, lists.list_articles, questions.Page,
        Rows(questions.Whole, _everything(lists.articles_part), _REFERENCE, shapes.Reference),
    ),
    Operation("article", "/articles/{id}", "Articles", "An article's record, with what people decided laid over it.", RECORD, whole.show_article, parts=_ARTICLE),
    Operation(
        "attributions", "/attributions", "Claims", "Who said what, those of the newest article first.", shapes.Lines, lists.list_attributions, questions.Page,
        Rows(questions.Whole, _everything(lists.sayings_part), tables.COLUMNS, shapes.Line),
    ),
    Operation(
        "claims", "/claims", "Claims", "What is claimed, on whose word, those of the newest article first.", shapes.Lines, lists.list_claims, questions.Claims,
        Rows(questions.WholeClaims, _everything(lists.claims_part), tables.COLUMNS, shapes.Line),
    ),
    Operation(
        "timeline", "/timeline", "Claims", "What happened in a time, in order of time; what has no date of its own stands at the end.",
        shapes.Lines, lists.list_timeline, questions.Timeline,
        Rows(questions.WholeTimeline, _everything(lists.timeline_part), tables.COLUMNS, shapes.Line),
    ),
    Operation(
        "trace", "/claims/{id}/trace", "Claims", "A claim traced: its origins, how many are independent and why, each outlet's words, who tells it otherwise.",
        shapes.Traced, tracing.trace, parts=_CLAIM,
    ),
    Operation(
        "copies", "/articles/{id}/copies", "Articles", "Who carries the same text as an article, wholly or in part.",
        shapes.Copies, tracing.list_copies, questions.CopyList, parts=_ARTICLE,
    ),
    Operation(
        "stories", "/stories", "Stories", "Articles that are one text, whoever printed it; those that were traced last first.",
        shapes.Stories, tracing.list_stories, questions.Plain, Rows(questions.Nothing, tracing.every_story, _STORY, shapes.StoryShort),
    ),
    Operation(
        "story", "/stories/{id}", "Stories", "One story: who printed it when, what each cut and added, who dropped the credit, who has a passage of it.",
        shapes.Story, tracing.show_story, questions.Story, parts=_FAMILY,
    ),
    Operation("diff", "/diff", "Stories", "What was changed from one article to another, word by word, from the earlier to the later.", Comparison, tracing.diff, questions.Diff),
    Operation("origin", "/origin", "Stories", "Who printed these words first, in which words, and what was changed since.", Origin, tracing.origin, questions.Origin),
    Operation("record", "/records/{id}", "Claims", "Anything by its id: a claim, a saying, or an article's record.", (shapes.Line, RECORD), whole.show_record, parts=_ID),
    Operation("who", "/who", "Actors", "What the archive tells of a name: offices, who leads or controls it, what it said.", shapes.Profile, lists.who, questions.Who),
    Operation(
        "actors", "/actors", "Actors", "Who is in the archive, by name in any spelling.", shapes.Actors, people.list_actors, questions.ActorList,
        Rows(questions.ActorNames, people.every_actor, _LISTED, Listed),
    ),
    Operation("actor", "/actors/{id}", "Actors", "One actor: names, offices over time, and why it is one.", Actor, people.show_actor, parts=_ACTOR),
    Operation(
        "outlets", "/outlets", "Outlets", "Who publishes, by name.", shapes.Outlets, people.list_outlets, questions.Plain,
        Rows(questions.Nothing, people.every_outlet, _OUTLET, shapes.Outlet),
    ),
    Operation(
        "decisions", "/decisions", "Decisions", "What people decided, the latest first.", shapes.Decisions, deciding.list_decisions, questions.DecisionList,
        Rows(questions.WholeDecisions, deciding.every_decision, _DECISION, shapes.Decision),
    ),
    Operation("queue", "/queue", "Decisions", "What nobody has decided on yet, the most doubtful first.", shapes.Queue, deciding.list_queue, questions.QueueList),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Writing:
    """An operation that takes a body. ``media``: what the body may be, each with its shape or None for text as it is."""

    name: str
    path: str
    group: str
    what: str
    media: tuple[tuple[str, Any], ...]
    answer: Any
    status: int
    role: Who


WRITES: tuple[Writing, ...] = (
    Writing(
        "read", "/read", "Reading", "Reads a text: text in, record out, nothing is kept.",
        (("application/json", questions.ToRead), ("text/plain", None), ("text/html", None)), RECORD, 200, "reader",
    ),
    Writing(
        "decide", "/decisions", "Decisions", "Decides on an item, or undoes a decision: whole or not at all, in the name of whoever asks.",
        (("application/json", questions.Decide),), shapes.Decided, 201, "reviewer",
    ),
)  # fmt: skip
