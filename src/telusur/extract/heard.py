"""What the trained model heard, laid beside what the rules found.

In come the sayings of the rules and the model's cue frames; out goes one list. Where both see the same cue, the
rules keep the bounds (quotation marks, `bahwa`, the final stop are exact), the model may say who speaks instead of
a description, and the score tells how sure both are. A frame that no rule saw becomes a saying of its own where
its content and its source can be read off the text: a passive without a doer, a cue that no table holds.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from telusur.model.layers import Quotation
from telusur.model.signals import Argument, Frame, Signals
from telusur.model.span import Span

from .contents import clean, content_after
from .phrases import Source
from .sayings import Saying, style_of
from .sources import source_after, source_before
from .tags import is_unsaid
from .unheard import chance_unheard
from .units import Reading
from .wordkinds import clause_words, first_persons, ranks

_FLOOR = 0.8
"""A frame below this is no evidence by itself."""
_RULE_ONLY = 0.5
_DOUBTFUL = 0.45
"""Below this a saying that the rules alone found is not told: F1 of contents is highest where what is told last is half as
likely as F1 is high."""
_BOTH = 0.75
_SOONER_THAN_WORDS, _SOONER_THAN_A_NAME = 0.5, 0.8
"""From where on the model's speaker is taken, where the rules have a description, or another name. On 2,800 sayings of
readings that it had not learnt from, this changes 46: 11 were right before, 37 are."""
_LONGEST_DESCRIPTION = 80
_NEAR_LETTERS = 12
_MOST_NEAR = 20
_FURTHEST = 200
_NOT_WHO = frozenset({"ada", "adanya", "dimana", "di mana"})

_REFERRING = frozenset({"merujuk", "mengacu"})
"""`kata Rini merujuk Budi`: who is meant, not what is said."""


def merge_frames(reading: Reading, quotations: tuple[Quotation, ...], sayings: list[Saying], signals: Signals) -> list[Saying]:
    """The sayings of the rules and of the model, each cue once, in no particular order."""
    frames = [f for f in signals.frames if f.kind == "cue"]
    if not frames:
        return sayings
    cues = _cues_of(sayings)
    out, heard, alone = list(sayings), set[int](), list[Frame]()
    for frame in frames:
        known = _around(cues, frame.span)
        heard.update(known)
        for i in known:
            out[i] = _agree(reading, out[i], frame)
        if not known and frame.score >= _FLOOR:
            alone.append(frame)
    out = [s if i in heard else _doubted(reading, s) for i, s in enumerate(out)]
    near: dict[int, list[Saying]] = {}
    for saying in out:
        if saying.told:
            near.setdefault(saying.sentence, []).append(saying)
    for frame in alone:
        fresh = _from_frame(reading, quotations, frame)
        if fresh is None:
            continue
        others = [s for number in range(fresh.sentence - 1, fresh.sentence + 2) for s in near.get(number, [])[-_MOST_NEAR:]]
        if any(_same_words(fresh, other) for other in others):
            continue
        inside = any(c.covers(frame.span) for other in others for c in other.contents)
        out.append(replace(fresh, nested=inside))
        near.setdefault(fresh.sentence, []).append(fresh)
    return out


def unheard(sayings: list[Saying], signals: Signals) -> list[Saying]:
    """The sayings of the rules that are doubted, because the model heard something in the article, but not these."""
    frames = [f for f in signals.frames if f.kind == "cue"]
    cues = _cues_of(sayings)
    heard = {i for f in frames for i in _around(cues, f.span)}
    return [s for i, s in enumerate(sayings) if i not in heard and _may_be_doubted(s)] if frames else []


def _may_be_doubted(saying: Saying) -> bool:
    """What is quoted was said, heard or not."""
    return saying.cue is not None and saying.style != "direct"


def _doubted(reading: Reading, saying: Saying) -> Saying:
    """A saying that the model did not hear; not told where it is hardly one."""
    if not _may_be_doubted(saying):
        return replace(saying, score=_RULE_ONLY)
    chance = chance_unheard(reading, saying)
    return replace(saying, score=round(chance, 4), told=chance >= _DOUBTFUL)


def _cues_of(sayings: list[Saying]) -> list[tuple[Span, int]]:
    """Their cues in order, each with the number of its saying."""
    return sorted((s.cue, i) for i, s in enumerate(sayings) if s.cue is not None)


def _around(cues: list[tuple[Span, int]], span: Span) -> list[int]:
    at = bisect_left(cues, span.start - _NEAR_LETTERS, key=lambda c: c[0].start)
    found: list[int] = []
    while at < len(cues) and cues[at][0].start < span.end:
        if cues[at][0].overlaps(span):
            found.append(cues[at][1])
        at += 1
    return found


def _agree(reading: Reading, saying: Saying, frame: Frame) -> Saying:
    """A saying that the model saw too is surer. It keeps the rules' bounds: on outlets that the model had not seen,
    taking the ends that it proposed cost 2.7 points of content."""
    score = round(_BOTH + (1 - _BOTH) * frame.score, 4)
    heard = _heard_source(reading, frame)
    return replace(saying, score=score, heard=heard, source=_sooner(saying.source, heard), passed=_passed(frame))


def _passed(frame: Frame) -> tuple[Argument, ...]:
    return tuple(a for a in frame.arguments if a.role == "relay")


def _sooner(written: Source | None, heard: tuple[Source, float] | None) -> Source | None:
    """Whom to believe about who speaks: what is written beside the cue, unless that is but a description, or the model is
    sure of another name."""
    if written is None or heard is None or (written.points not in (None, "people") and not written.bound):
        return written
    source, score = heard
    if written.name is not None or written.bound:
        return source if source.name is not None and score >= _SOONER_THAN_A_NAME else written
    shorter = source.name is None and source.span.start == written.span.start and written.span.covers(source.span)
    return source if score >= _SOONER_THAN_WORDS and not shorter else written


def _from_frame(reading: Reading, quotations: tuple[Quotation, ...], frame: Frame) -> Saying | None:
    """A saying as the model heard it; None where its content or its source cannot be told."""
    at, last = reading.first_at(frame.span), reading.last_at(frame.span)
    if at is None or last is None:
        return None
    sentence = reading.units[at].sentence
    low, high = reading.bounds[sentence]
    if is_unsaid(reading, at, low) or reading.low(at) in _REFERRING:
        return None
    low, high = max(low, at - _FURTHEST), min(high, at + _FURTHEST)
    heard = _heard_source(reading, frame)
    source = heard[0] if heard is not None else _written_source(reading, low, at, last + 1, high)
    if source is None:
        return None
    contents = _heard_contents(reading, quotations, frame) or _plain_content(reading, last + 1, high)
    # What begins with the source right behind the cue is no content: `tulis Rini di akunnya`.
    beside = 0 <= source.span.start - frame.span.end <= _NEAR_LETTERS
    contents = tuple(c for c in contents if not c.overlaps(frame.span) and not (beside and c.overlaps(source.span)))
    if not contents:
        return None
    style = style_of(contents, quotations)
    return Saying(at, sentence, style, contents, frame.span, source, (low, high), score=round(frame.score, 4), heard=heard, passed=_passed(frame))


def _heard_contents(reading: Reading, quotations: tuple[Quotation, ...], frame: Frame) -> tuple[Span, ...]:
    out: list[Span] = []
    cue = reading.first_at(frame.span)
    for argument in frame.arguments:
        if argument.role != "content":
            continue
        first, last = reading.first_at(argument.span), reading.last_at(argument.span)
        if first is None or cue is None or abs(_block(reading, cue) - _block(reading, first)) > 1:
            continue
        span = clean(reading, first, last + 1) if first is not None and last is not None else None
        if span is not None:
            out.append(_quote_around(quotations, span) or span)
    return tuple(dict.fromkeys(out))


def _block(reading: Reading, at: int) -> int:
    return reading.blocks[reading.units[at].sentence]


def _quote_around(quotations: tuple[Quotation, ...], span: Span) -> Span | None:
    """The quotation that a content means, where the two are nearly one."""
    at = max(bisect_left(quotations, span.start, key=lambda q: q.span.start) - 1, 0)
    for quotation in quotations[at : at + 2]:
        both = min(quotation.span.end, span.end) - max(quotation.span.start, span.start)
        if both * 10 >= 8 * max(len(quotation.span), len(span)):
            return quotation.span
    return None


def _plain_content(reading: Reading, at: int, high: int) -> tuple[Span, ...]:
    content = content_after(reading, at, high)
    return (content,) if content is not None else ()


def _heard_source(reading: Reading, frame: Frame) -> tuple[Source, float] | None:
    """The model's speaker, and how likely: a name, a word that points back, or a short description."""
    speakers = [a for a in frame.arguments if a.role == "speaker"]
    best: Argument | None = max(speakers, key=lambda a: a.score, default=None)
    if best is None or best.span.overlaps(frame.span):
        return None
    first, last = reading.first_at(best.span), reading.last_at(best.span)
    if first is None or last is None:
        return None
    units = reading.units[first : last + 1]
    if (name := next((u.name for u in units if u.name is not None and (u.name.type == "PER" or len(units) == 1)), None)) is not None:
        return Source(name.span, last + 1, name), best.score
    if units[0].low in clause_words("pronoun") or units[0].low.endswith("nya"):
        return Source(units[0].span, last + 1, points="people" if units[0].low == "mereka" else "person"), best.score
    while first < last and reading.low(first) in _NOT_WHO:
        first += 1
    units = reading.units[first : last + 1]
    only_counts = all(u.kind in ("number", "time", "mark") or u.low in clause_words("quantifier") for u in units)
    only_ranks = all(u.kind == "mark" or u.low in ranks() for u in units)
    if len(best.span) > _LONGEST_DESCRIPTION or only_counts or only_ranks or units[0].low in first_persons():
        return None
    return Source(reading.span(first, last + 1), last + 1), best.score


def _written_source(reading: Reading, low: int, at: int, after: int, high: int) -> Source | None:
    """The rules' reading of who stands beside the cue, where the model names nobody."""
    source = source_before(reading, low, at)
    if source is None or not source.solid:
        source = source_after(reading, after, high)
    return source if source is not None and (source.name is not None or source.points is not None or source.solid) else None


def _same_words(one: Saying, other: Saying) -> bool:
    """Whether two sayings are mostly the same stretch of content."""
    for a in one.contents:
        for b in other.contents:
            both = min(a.end, b.end) - max(a.start, b.start)
            if both * 2 > max(len(a), len(b)):
                return True
    return False
