"""On whose word: from quotations and cue words to attributions with their chains.

In come the layers of an article; out go its `Attribution`s, in the order of the text. The steps: quotations that
are speech find their cue (exact bounds, by rules); the other cue words find their content in the sentence; sources
that point back are resolved in reading order; relays and origins of the same sentence become the chain. What has
no speaker in the text is no attribution and falls away.
"""

from __future__ import annotations

from telusur.model.claim import Attribution, ChainLink
from telusur.model.document import Document
from telusur.model.layers import Entity, Mention, Quotation, Sentence, Time
from telusur.model.signals import Signals

from .chains import find_origins, find_relays, origin_in_quote
from .cues import find_cues
from .reported import find_reported
from .sayings import Saying
from .speakers import Memory, Speaker
from .speech import find_speech
from .units import Reading, read_units


def find_attributions(
    document: Document,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    entities: tuple[Entity, ...],
    times: tuple[Time, ...],
    quotations: tuple[Quotation, ...],
    signals: Signals,
) -> tuple[Attribution, ...]:
    """Who says what, as the article writes it.

    Returns:
        Attributions in the order of their cues (or contents, where there is no cue), ids ``a1``, ``a2``, ...; each
        with exactly one speaker, who stands in the text.
    """
    reading = read_units(document, sentences, mentions, times)
    cues = find_cues(reading)
    speech, spoken = find_speech(reading, quotations, cues)
    sayings = [*speech, *find_reported(reading, quotations, spoken, cues, speech)]
    sayings.sort(key=lambda d: (d.at, d.contents[0].start))
    memory = Memory(reading, mentions, tuple(spoken))
    out: list[Attribution] = []
    for saying in sayings:
        speaker = _speaker(saying, memory, sayings)
        if speaker is not None:
            out.append(_attribution(reading, saying, speaker, quotations, len(out) + 1))
    return tuple(out)


def _speaker(saying: Saying, memory: Memory, sayings: list[Saying]) -> Speaker | None:
    if saying.source is None:
        speaker = memory.going_on(saying.sentence)
    else:
        speaker = memory.resolve(saying.source, saying.sentence)
    if speaker is not None and not saying.nested:
        memory.spoke[saying.sentence] = speaker
    return speaker


def _attribution(reading: Reading, saying: Saying, speaker: Speaker, quotations: tuple[Quotation, ...], number: int) -> Attribution:
    link = ChainLink("speaker", speaker.span, speaker.entity, "written" if saying.source else "inferred", saying.evidence)
    relays: tuple[ChainLink, ...] = ()
    origins: tuple[ChainLink, ...] = ()
    if saying.frame is not None:
        low, high = saying.frame
        relays = tuple(r for r in find_relays(reading, low, high) if not r.span.overlaps(speaker.span) and r.entity != (speaker.entity or ""))
        origins = find_origins(reading, low, high, speaker.span)
    first = reading.first_at(saying.contents[0])
    if not origins and saying.style == "direct" and first is not None:
        last = reading.last_at(saying.contents[0])
        origins = origin_in_quote(reading, first, (last or first) + 1, speaker.span)
    return Attribution(f"a{number}", saying.style, saying.contents, saying.cue, (*origins, link, *relays), 0.6)


__all__ = ["find_attributions"]
