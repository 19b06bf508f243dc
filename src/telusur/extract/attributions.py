"""On whose word: from quotations and cue words to attributions with their chains.

In come the layers of an article; out go its `Attribution`s, in the order of the text. The steps: quotations that
are speech find their cue (exact bounds, by rules); the other cue words find their content in the sentence; sources
that point back are resolved in reading order; relays and origins of the same sentence become the chain. What has
no speaker in the text is no attribution and falls away.
"""

from __future__ import annotations

from collections.abc import Iterator

from telusur.model.claim import Attribution, ChainLink, Stated
from telusur.model.document import Document
from telusur.model.layers import Entity, Mention, Quotation, Sentence, Time
from telusur.model.signals import Signals
from telusur.model.span import Span, trim

from .carriers import carrier_kind
from .chains import find_origins, find_relays, heard_relays, origin_in_quote, points_back
from .cues import find_cues
from .heard import merge_frames
from .reported import find_reported
from .sayings import Saying
from .speakers import Memory, Speaker
from .speech import find_speech
from .units import Reading, read_units

Chain = tuple[ChainLink, ...]

_NEAR = 2
"""How many sentences back a word like `itu` reaches for what was said."""


def find_attributions(
    document: Document,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    entities: tuple[Entity, ...],
    times: tuple[Time, ...],
    quotations: tuple[Quotation, ...],
    signals: Signals,
    reading: Reading | None = None,
) -> tuple[Attribution, ...]:
    """Who says what, as the article writes it.

    Args:
        reading: the article in units, where the caller has it already.

    Returns:
        Attributions in the order of their cues (or contents, where there is no cue), ids ``a1``, ``a2``, ...; each
        with exactly one speaker, who stands in the text.
    """
    reading = reading or read_units(document, sentences, mentions, times)
    sayings, spoken = written_sayings(reading, quotations)
    sayings = merge_frames(reading, quotations, sayings, signals)
    sayings.sort(key=lambda d: (d.at, d.contents[0].start))
    memory = Memory(reading, mentions, tuple(spoken))
    heard: list[tuple[Saying, Speaker]] = []
    for saying in sayings:
        speaker = _speaker(saying, memory)
        if speaker is not None and saying.told:
            heard.append((saying, speaker))
    chains = _pass_back(reading, heard, [_chain(reading, *one, heard[max(at - 3, 0) : at]) for at, one in enumerate(heard)])
    return tuple(
        Attribution(f"a{number}", saying.style, _past_dateline(document, saying.contents), saying.cue, chain, saying.score)
        for number, ((saying, _), chain) in enumerate(zip(heard, chains, strict=True), 1)
    )


def written_sayings(reading: Reading, quotations: tuple[Quotation, ...]) -> tuple[list[Saying], list[Quotation]]:
    """What the rules find, and the quotations that are speech."""
    cues = find_cues(reading)
    speech, spoken = find_speech(reading, quotations, cues)
    return [*speech, *find_reported(reading, quotations, spoken, cues, speech)], spoken


def _past_dateline(document: Document, contents: tuple[Span, ...]) -> tuple[Span, ...]:
    """`JAKARTA, KABAR.id - Rini akan pulang, kata Budi`: the dateline is the outlet's, not Budi's."""
    out: list[Span] = []
    for content in contents:
        inside = next((d for d in document.datelines if d.start <= content.start < d.end), None)
        said = trim(document.text, inside.end, content.end) if inside is not None else content
        out += [said] if said is not None else []
    return tuple(out) or contents


def _speaker(saying: Saying, memory: Memory) -> Speaker | None:
    if saying.source is None:
        speaker = memory.going_on(saying.sentence)
    else:
        # `Rencana Budi, menurut dia, keliru`: who is named in the words that are told is not who tells them.
        tag = saying.cue is not None and saying.contents[0].start < saying.cue.start
        direct = saying.style == "direct"
        told = tuple(c for c in saying.contents if direct or saying.cue is None or c.start > saying.cue.start)
        speaker = memory.resolve(saying.source, saying.sentence, tags_quote=tag or direct, contents=told)
    if speaker is not None and not saying.nested:
        memory.spoke[saying.sentence] = speaker
    return speaker


def _chain(reading: Reading, saying: Saying, speaker: Speaker, before: list[tuple[Saying, Speaker]]) -> Chain:
    """Origins, speaker and relays that the sentence of a saying writes."""
    stated: Stated = "written" if saying.source is not None else "inferred"
    link = ChainLink("speaker", speaker.span, speaker.entity, stated, saying.cue, _likely(saying, speaker))
    relays: tuple[ChainLink, ...] = ()
    origins: tuple[ChainLink, ...] = ()
    if saying.frame is not None:
        relays = find_relays(reading, *saying.frame, saying.passed) or heard_relays(reading, saying.passed or ())
        origins = find_origins(reading, *saying.frame, speaker.span)
    if not origins and saying.style == "direct":
        first, last = reading.first_at(saying.contents[0]), reading.last_at(saying.contents[0])
        if first is not None and last is not None:
            origins = origin_in_quote(reading, first, last + 1, speaker.span)
    relays += tuple(_outlets_around(reading, saying, before))
    apart = [r for r in relays if not r.span.overlaps(speaker.span) and (r.entity is None or r.entity != speaker.entity)]
    return (*origins, link, *apart)


def _likely(saying: Saying, speaker: Speaker) -> float | None:
    """How likely the model takes the speaker for who speaks."""
    if saying.heard is None:
        return None
    source, score = saying.heard
    entity = source.name.entity if source.name is not None else None
    same = source.span.overlaps(speaker.span) or (entity and entity == speaker.entity)
    return round(score if same else 1 - score, 4)


def _outlets_around(reading: Reading, saying: Saying, before: list[tuple[Saying, Speaker]]) -> Iterator[ChainLink]:
    """An outlet that itself speaks around this saying carried it: `Antara melaporkan Rini mengatakan ...`."""
    if saying.cue is None:
        return
    for outer, speaker in before:
        around = outer.sentence == saying.sentence and any(c.covers(saying.cue) for c in outer.contents)
        if around and not speaker.person and carrier_kind(speaker.span.of(reading.text)) in ("agency", "outlet"):
            yield ChainLink("relay", speaker.span, speaker.entity, "written", outer.cue)


def _pass_back(reading: Reading, heard: list[tuple[Saying, Speaker]], chains: list[Chain]) -> list[Chain]:
    """`Rini mengaku mendapat informasi soal itu dari warga, dikutip dari Antara`: the links are also those of what `itu` means."""
    out = list(chains)
    for at in range(1, len(heard)):
        (saying, speaker), (earlier, same) = heard[at], heard[at - 1]
        if len(chains[at]) == 1 or len(chains[at - 1]) > 1 or not 0 < saying.sentence - earlier.sentence <= _NEAR:
            continue
        if speaker.entity and speaker.entity == same.entity and points_back(reading, saying.contents[0]):
            own = chains[at - 1][0]
            out[at - 1] = tuple(own if link.role == "speaker" else link for link in chains[at])
    return out


__all__ = ["find_attributions", "written_sayings"]
