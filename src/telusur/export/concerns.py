"""What a person should check in a reading: the last part of the report, in words.

Comes in: a digest and the words of a language. Goes out: one line for each doubt, the gravest kinds first.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.claim import Claim
from ..model.layers import Time
from .digest import Digest
from .wording import Wording, clean, needs_check, shorten

UNSURE = 0.5
"""Below this confidence a field is named as doubtful."""

MOST_NAMES = 8
_LONGEST = 60


def concerns(digest: Digest, words: Wording) -> list[str]:
    """The doubts about one reading, each in one line."""
    return [
        *_differences(digest, words),
        *_figures(digest, words),
        *_chains(digest, words),
        *_times(digest, words),
        *_joins(digest, words),
        *_places(digest, words),
        *_unsure(digest, words),
        *(words.reason(warning) for warning in digest.record.document.warnings),
    ]


def anchor(digest: Digest) -> Time | None:
    """The expression that undated times are counted from: the latest full date that the text prints."""
    printed = [
        t
        for t in digest.record.times
        if t.basis in (None, "text") and len(t.value) >= 10 and t.value[:4].isdigit() and t.value[:4] in _text(digest, t)
    ]
    return max(printed, key=lambda t: t.value[:10], default=None)


def numbers(values: list[int]) -> str:
    """``#1, #3–#5``."""
    runs: list[list[int]] = []
    for value in sorted(values):
        if runs and value == runs[-1][1] + 1:
            runs[-1][1] = value
        else:
            runs.append([value, value])
    return ", ".join(f"#{a}" if a == b else f"#{a}–#{b}" if b > a + 1 else f"#{a}, #{b}" for a, b in runs)


def _text(digest: Digest, time: Time) -> str:
    return clean(time.span.of(digest.record.text))


def _differences(digest: Digest, words: Wording) -> Iterator[str]:
    """The headline against the body, competing figures, and whatever else is told twice in two ways."""
    excerpts = {told.claim.id: told for told in (*digest.events, *(t for _, rows in digest.states for t in rows))}
    claims = {c.id: c for c in digest.record.claims}
    for first, second in _pairs(digest):
        one, two = claims[first], claims[second]
        told = (excerpts.get(first), excerpts.get(second))
        texts = [
            shorten(t.excerpt if t else clean(c.trigger.of(digest.record.text)), _LONGEST)
            for t, c in zip(told, (one, two), strict=True)
        ]
        stances = [" ".join(words.stance(c)) for c in (one, two)]
        if _stance(one) == _stance(two):
            continue  # another figure: told with the others
        if told[0] is not None and told[0].headline:
            yield words.say(
                "check.headline", title=texts[0], title_stance=stances[0], body=texts[1], body_stance=stances[1]
            )
        else:
            yield words.say(
                "check.differs", first=texts[0], first_stance=stances[0], second=texts[1], second_stance=stances[1]
            )


def _figures(digest: Digest, words: Wording) -> Iterator[str]:
    """Different counts of the dead, the injured and so on, each with who gives it: only a reader can tell of what."""
    told = [t for t in digest.events if t.claim.casualties]
    for field in ("killed", "injured", "missing", "displaced"):
        counts: dict[int, str] = {}
        for row in sorted(told, key=lambda t: t.claim.trigger):
            count = getattr(row.claim.casualties, field)
            if count is None or count in counts:
                continue
            who = digest.name(row.statement.attribution.speaker) if row.statement else words.say("view.outlet")
            span = row.claim.trigger
            shown = words.say(f"count.{field}", n=words.whole(count))
            counts[count] = words.say("check.figure", count=shown, range=f"{span.start}–{span.end}", who=who)
        if len(counts) > 1:
            yield words.say("check.figures", figures=_listed(list(counts.values())))


def _pairs(digest: Digest) -> list[tuple[str, str]]:
    """Claims that tell the same thing otherwise, each pair once, in text order.

    Besides what the record marks, a headline's claim is set against the first of the body's of the same kind about
    the same parties, where none of these tells it as the headline does.
    """
    claims = {c.id: c for c in digest.record.claims}
    pairs = {(c.id, other) for c in claims.values() for other in c.differs_from if other in claims}
    told = (*digest.events, *(t for _, rows in digest.states for t in rows))
    headline = {t.claim.id for t in told if t.headline}
    marked = {key for pair in pairs for key in pair}
    body: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims.values():
        if claim.id not in headline:
            for party in _parties(claim):
                body.setdefault((claim.type, party), []).append(claim)
    for one in (claims[key] for key in sorted(headline - marked)):
        near = {c.id: c for party in sorted(_parties(one)) for c in body.get((one.type, party), ())}
        alike = sorted((c for c in near.values() if _share(one, c)), key=lambda c: c.trigger)
        if alike and all(_stance(c) != _stance(one) for c in alike):
            pairs.add((one.id, alike[0].id))
    ordered = {tuple(sorted(pair, key=lambda key: claims[key].trigger)) for pair in pairs}
    return sorted(((a, b) for a, b in ordered), key=lambda pair: claims[pair[0]].trigger)


def _parties(claim: Claim) -> set[str]:
    return {p.entity for p in claim.participants if p.entity and p.role != "place"}


def _stance(claim: Claim) -> tuple[str, ...]:
    return claim.certainty, claim.polarity, claim.tense


def _share(one: Claim, two: Claim) -> bool:
    """Whether two claims have all the named parties of the one with fewer in common."""
    a, b = _parties(one), _parties(two)
    return bool(a and b) and (a <= b or b <= a)


def _chains(digest: Digest, words: Wording) -> Iterator[str]:
    """Links that are inferred, and speakers of whose words only some are written to come from farther up."""
    inferred: dict[str, list[int]] = {}
    longer: dict[str, dict[bool, list[int]]] = {}
    through: dict[str, str] = {}
    for statement in digest.statements:
        chain = statement.attribution.chain
        for link in chain:
            if link.stated == "inferred":
                inferred.setdefault(digest.name(link), []).append(statement.number)
        who = digest.name(statement.attribution.speaker)
        others = [digest.name(x) for x in chain if x.role != "speaker" and not digest.is_page(x)]
        longer.setdefault(who, {True: [], False: []})[bool(others)].append(statement.number)
        if others:
            through[who] = ", ".join(others)
    for who, found in inferred.items():
        yield words.say("check.inferred", numbers=numbers(found), who=who)
    for who, split in longer.items():
        if split[True] and split[False]:
            yield words.say(
                "check.upstream",
                who=who,
                numbers=numbers(split[True]),
                via=through[who],
                others=numbers(split[False]),
            )


def _times(digest: Digest, words: Wording) -> Iterator[str]:
    if digest.record.document.article.published is None and any(
        t.basis == "latest date in text" for t in digest.record.times
    ):
        yield words.say("check.undated")
    for time in digest.record.times:
        if time.note:
            yield words.say("check.note", text=_text(digest, time), note=words.reason(time.note))
    if texts := [f"“{_text(digest, t)}”" for t in digest.record.times if not t.value]:
        yield words.say("check.unresolved", texts=_listed(texts))


def _joins(digest: Digest, words: Wording) -> Iterator[str]:
    """Names that were joined for a reason that may be wrong."""
    texts = {m.id: clean(m.span.of(digest.record.text)) for m in digest.record.mentions}
    seen = set()
    for entity in digest.record.entities:
        for join in entity.joins:
            first, second = (texts.get(key, key) for key in join.mentions)
            if first != second and needs_check(join.because, first, second) and (first, second) not in seen:
                seen.add((first, second))
                because = words.reason(join.because)
                yield words.say("check.joined", first=first, second=second, name=clean(entity.name), because=because)


def _places(digest: Digest, words: Wording) -> Iterator[str]:
    """Places of the claims that no table knows, or that it knows more than once."""
    used = {p.entity for c in digest.record.claims for p in c.participants}
    places = [e for e in digest.record.entities if e.type == "LOC" and e.id in used and e.place is None]
    for entity in places:
        if entity.candidates:
            yield words.say("check.ambiguous", name=clean(entity.name), n=len(entity.candidates))
    if unknown := [clean(e.name) for e in places if not e.candidates]:
        yield words.say("check.unplaced", names=_listed(unknown))


def _unsure(digest: Digest, words: Wording) -> Iterator[str]:
    low = [s.number for s in digest.statements if _is_low(s.attribution.confidence.get("speaker"))]
    if low:
        yield words.say("check.unsure.speaker", numbers=numbers(low))
    told = (*digest.events, *(t for _, rows in digest.states for t in rows))
    low_claims = sorted((t for t in told if _is_low(t.claim.confidence.get("type"))), key=lambda t: t.claim.confidence.get("type", 0.0))
    doubtful = [f"“{shorten(t.excerpt, 40)}” ({words.verb(t.claim.type)})" for t in low_claims]
    if doubtful:
        yield words.say("check.unsure.claims", texts=_listed(doubtful, 4))


def _is_low(confidence: float | None) -> bool:
    return confidence is not None and confidence < UNSURE


def _listed(names: list[str], most: int = MOST_NAMES) -> str:
    """The first few of a list, and how many more there are."""
    unique = list(dict.fromkeys(names))
    return ", ".join(unique[:most]) + (f" (+{len(unique) - most})" if len(unique) > most else "")
