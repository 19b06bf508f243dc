"""Claims of an article (first version: offices only)."""

from __future__ import annotations

from telusur.model.claim import Attribution, Claim
from telusur.model.document import Document
from telusur.model.layers import Entity, Mention, Sentence, Time
from telusur.model.signals import Signals

from .states import find_states
from .units import read_units


def find_claims(
    document: Document,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    entities: tuple[Entity, ...],
    times: tuple[Time, ...],
    attributions: tuple[Attribution, ...],
    signals: Signals,
) -> tuple[Claim, ...]:
    """The article's claims, in order of the text."""
    reading = read_units(document, sentences, mentions, times)
    return tuple(
        Claim(f"c{n}", d.type, d.trigger, d.participants, tense=d.tense or "past")
        for n, d in enumerate(find_states(reading), 1)
    )
