"""What the trained model saw in a text, before any rule has judged it.

The model marks names and *frames*. A frame is one word or phrase that calls for others: a cue calls for its
content and speaker, a trigger for its participants. The extract stages turn frames into attributions and claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from .layers import EntityType
from .span import Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FrameKind = Literal["cue", "claim"]
Tier = Literal["accurate", "fast"]
ArgumentRole = Literal["content", "speaker", "origin", "relay", "actor", "recipient", "place", "time"]


@dataclass(frozen=True, slots=True)
class Named:
    """A name as the model marked it; ``score`` in [0, 1]."""

    span: Span
    type: EntityType
    score: float


class Argument(NamedTuple):
    """A stretch that fills one role of a frame; ``score`` in [0, 1]."""

    role: ArgumentRole
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue or a trigger with what it calls for.

    ``label`` is the claim type for a claim frame and "cue" for a cue. ``marks`` are the model's probabilities for
    what is marked on a claim, by name: ``certainty`` -> {"possible": 0.7, ...}, ``polarity``, ``tense``.
    """

    kind: FrameKind
    label: str
    span: Span
    score: float
    arguments: tuple[Argument, ...] = ()
    marks: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """What the encoder made of each word that it read, for whatever judges by more than its labels.

    ``starts``: where each word begins in the text, ascending; ``rows``: its state, (words, width). ``judges``: the weights of
    the small networks that judge by them, by name; empty where the model has none. ``first_judges``: those for words that
    the accurate tier read of an article that is the fast one's.
    """

    starts: tuple[int, ...]
    rows: npt.NDArray[np.float32]
    judges: Mapping[str, npt.NDArray[np.float32]]
    first_judges: Mapping[str, npt.NDArray[np.float32]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signals:
    """All that the model saw in one article. Empty where no model ran.

    ``tier``: which of the model's tiers read it; up to ``full_to`` the accurate one did, though the others are the fast one's words.
    ``read_to`` is where it stopped reading a text too long for it, None where it read all.
    ``states`` are there where the model has judges.
    """

    names: tuple[Named, ...] = ()
    frames: tuple[Frame, ...] = ()
    model: str = ""
    read_to: int | None = None
    tier: Tier = "accurate"
    full_to: int = 0
    states: States | None = field(default=None, compare=False, repr=False)
