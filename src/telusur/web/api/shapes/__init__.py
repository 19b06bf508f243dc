"""The shapes of answers: what `openapi` describes is what is sent, since both are made of these.

Fields are named as `answers.lines`, ``telusur … --format json`` and the record name them. A file each for claims and articles (`lines`), pages
of lists (`pages`), what is behind a claim (`traced`), decisions (`decisions`), and the room itself (`room`).
"""

from __future__ import annotations

from .decisions import Action, Decided, Decision, Decisions, Queue, Waiting
from .lines import (
    ClaimType,
    Count,
    Excerpt,
    Facets,
    FacetValue,
    Hit,
    Line,
    Link,
    Party,
    Reference,
    Review,
    Sources,
    Time,
)
from .pages import Actors, Articles, Found, Lines, Name, Outlet, Outlets, Paged, Profile
from .room import Fault, Problem, Room, Whoever
from .traced import (
    Copies,
    Difference,
    Disagreement,
    Evidence,
    Figure,
    Hand,
    Reason,
    Root,
    Side,
    Source,
    SourceKind,
    Step,
    Stories,
    Story,
    StoryShort,
    Telling,
    Traced,
    Union,
)

__all__ = [
    "Action", "Actors", "Articles", "ClaimType", "Copies", "Count", "Decided", "Decision", "Decisions", "Difference", "Disagreement", "Evidence",
    "Excerpt", "FacetValue", "Facets", "Fault", "Figure", "Found", "Hand", "Hit", "Line", "Lines", "Link", "Name", "Outlet", "Outlets", "Paged",
    "Party", "Problem", "Profile", "Queue", "Reason", "Reference", "Review", "Room", "Root", "Side", "Source", "SourceKind", "Sources", "Step",
    "Stories", "Story", "StoryShort", "Telling", "Time", "Traced", "Union", "Waiting", "Whoever",
]  # fmt: skip
