"""On whose word, and what is claimed: attributions and claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from .layers import Confidence, Review, Style
from .span import Span

ChainRole = Literal["origin", "speaker", "relay"]
Stated = Literal["written", "inferred"]
ParticipantRole = Literal["actor", "recipient", "place"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Polarity = Literal["positive", "negative"]
Tense = Literal["past", "present", "future"]

EVENT_TYPES: tuple[str, ...] = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "INVESTIGATE", "OFFICE", "GROUP",
    "DISASTER", "POLICY", "ECONOMY",
)  # fmt: skip
STATE_TYPES: tuple[str, ...] = (
    "leads", "holds-office", "member-of", "part-of", "allied-with", "rival-of", "controls", "capital-of",
    "located-in", "family-of", "same-as", "plans",
)  # fmt: skip
CLAIM_TYPES: tuple[str, ...] = EVENT_TYPES + STATE_TYPES

CHAIN_ROLES: tuple[ChainRole, ...] = get_args(ChainRole)
PARTICIPANT_ROLES: tuple[ParticipantRole, ...] = get_args(ParticipantRole)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
TENSES: tuple[Tense, ...] = get_args(Tense)


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One hand through which the words passed. ``entity`` is None for the unnamed.

    ``stated`` says whether the text writes this link or we infer it; ``evidence`` are the words that show it.
    ``score``: of a speaker, how likely the model takes him for the one who speaks; None where it names nobody.
    """

    role: ChainRole
    span: Span
    entity: str | None = None
    stated: Stated = "written"
    evidence: Span | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One stretch of content laid in someone's mouth by one cue.

    ``chain`` runs from the fact towards the reader: origins, exactly one speaker, relays.
    ``score`` is how the finder rates its own find; ``confidence`` what that proved to mean. So with claims.
    """

    id: str
    style: Style
    content: tuple[Span, ...]
    cue: Span | None
    chain: tuple[ChainLink, ...]
    score: float | None = field(default=None, compare=False)
    confidence: Confidence = field(default_factory=dict, hash=False)
    review: Review = ""

    @property
    def speaker(self) -> ChainLink:
        """The one who speaks."""
        return next(link for link in self.chain if link.role == "speaker")


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part in a claim, in which role. ``entity`` is None for descriptions."""

    role: ParticipantRole
    span: Span
    entity: str | None = None
    score: float | None = field(default=None, compare=False)
    confidence: Confidence = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Casualties:
    """Counts as the text states them; None where it states none."""

    killed: int | None = None
    injured: int | None = None
    missing: int | None = None
    displaced: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One event or state with its participants, and how the text puts it."""

    id: str
    type: str
    trigger: Span
    participants: tuple[Participant, ...]
    time: str | None = None
    certainty: Certainty = "certain"
    polarity: Polarity = "positive"
    tense: Tense = "past"
    casualties: Casualties | None = None
    according_to: str | None = None
    differs_from: tuple[str, ...] = ()
    score: float | None = field(default=None, compare=False)
    confidence: Confidence = field(default_factory=dict, hash=False)
    review: Review = ""
