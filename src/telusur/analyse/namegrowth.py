"""Names take the words that belong to them: a head its area or body, a name the pieces that the model cut.

In: a line with its names. Out: the same line, its names changed in place; what a rule finds by itself has no score.
"""

from __future__ import annotations

from ..model.layers import EntityType
from .namecuts import LONGEST_BRACKET
from .namelines import TITLED, Draft, Head, Line, head_at, is_title
from .nametables import ROMAN, head_sizes, is_acronym_word, known_types, name_parts

MOST_GROWN = 8
"""Words that a head may take on by rule alone."""


def grow(line: Line) -> None:
    """Gives each head the words behind it that belong to its name: ``Polres | Bangka Barat`` is one name."""
    owners, low, openers = line.owners(), line.low, head_sizes()
    done = 0
    for at in [at for at, word in enumerate(low) if word in openers]:
        if at < done or not (line.is_capital(at) or (owners[at] is not None and owners[at - 1] is not owners[at])):
            continue
        head = head_at(line, at)
        if head is None:
            continue
        if head.grows in ("none", "office", "section"):
            done = _stand_aside(line, owners, at, head)
        else:
            done = _settle(line, owners, at, _grown(line, owners, at, head), head)
    line.take(owners)


def _stand_aside(line: Line, owners: list[Draft | None], at: int, head: Head) -> int:
    """Cuts an office off the name that took it in; what follows the office of an area is a place. Gives the word after the office."""
    held = owners[at + head.size - 1]
    if held is not None and held.start >= at - 1:
        for i in range(held.start, at + head.size):
            owners[i] = None
        if held.end > at + head.size:
            held.start = at + head.size
    after = at + head.size
    if head.grows == "none" or after >= len(line.words):
        return after
    named = owners[after]
    if head.grows == "section" and _is_of_the_office(line, after):
        if named is not None and named.start <= after < named.end - 1:
            named.start = after + 1
        owners[after] = None
        return after + 1
    if head.grows == "section":
        if (
            named is not None
            and named.type == "ORG"
            and named.start == after
            and head_at(line, after) is None
            and is_area_like(line, named)
        ):
            owners[after : named.end] = [None] * (named.end - after)
        return after
    if (
        named is not None
        and named.type == "ORG"
        and named.start == after
        and line.follows(after)
        and head_at(line, after) is None
        and is_area_like(line, named)
    ):
        named.type = "LOC"
    return after


def _is_of_the_office(line: Line, at: int) -> bool:
    """Whether a unit's word behind the head of a section names the office, and the body begins behind it: `Kasat` `Reskrim` `Polres Maruna`."""
    unit = head_at(line, at) if line.follows(at) else None
    return unit is not None and unit.grows == "unit" and unit.size == 1 and line.follows(at + 1) and head_at(line, at + 1) is not None


def is_area_like(line: Line, draft: Draft) -> bool:
    """Whether a name is written like a place: no acronym, no sign in it."""
    return all(w[0].isalpha() and not is_acronym_word(w) for w in line.words[draft.start : draft.end])


def _grown(line: Line, owners: list[Draft | None], at: int, head: Head) -> int:
    """Where the name that begins with a head ends."""
    own = owners[at + head.size - 1] or owners[at]
    start = max(at + head.size, own.end if own is not None and own.start <= at else 0)
    bare = all(line.low[i] in name_parts("honour") for i in range(at + head.size, start))
    end = at = start
    while at < len(line.words) and at - start < MOST_GROWN * 3:
        step = _step(line, owners, at, head, bare, end > start or not bare)
        if step is None:
            break
        at, solid = step
        if solid:
            end = at
    return max(end, start)


def _step(
    line: Line, owners: list[Draft | None], at: int, head: Head, bare: bool, taken: bool
) -> tuple[int, bool] | None:
    """How far the name goes on from word ``at``, and whether it may end there; None where it does not go on."""
    word = line.words[at]
    if word == "(" and line.low[at + 1 : at + 3] == ("persero", ")"):
        return at + 3, True
    if word == "(" and head.type == "ORG" and (closed := _closing(line, at)) and line.follows(closed + 1):
        beyond = (
            closed
            + 1
            + (line.is_capital(closed + 1) and line.low[closed + 1] in name_parts("link"))
        )
        after = owners[beyond] if beyond < len(line.words) else None
        if after is not None and (
            after.type == "LOC"
            or line.low[after.start] in name_parts("link")
            or (after.type == "ORG" and head.grows == "unit")
        ):
            return closed + 1, False
        return None
    if (
        word in (",", "dan")
        and head.grows == "name"
        and head.type == "ORG"
        and (end := _listed(line, owners, at))
    ):
        return end, True
    if not line.follows(at):
        return None
    if head.type == "LOC" and taken and head.grows != "unit":
        return None
    named = owners[at]
    if named is not None:
        return (named.end, True) if _takes(line, named, at, head, bare and not taken) else None
    if word.casefold() == "kelas":
        return at + 1, False
    if head.grows == "name" and bare and not taken and word.casefold() in name_parts("honour"):
        return at + 1 + (line.words[at + 1 : at + 2] == (".",)), False
    if not (line.is_capital(at) or word.isdigit()) or is_title(line, at):
        return None
    if word in ROMAN or word.casefold() in name_parts("link"):
        return at + 1, taken and word.casefold() in name_parts("side")
    if line.kind in TITLED:
        return None
    if head.grows == "name" and bare and head_at(line, at) is None:
        return (at + 1, True) if line.is_capital(at) else None
    return None


def _listed(line: Line, owners: list[Draft | None], at: int) -> int | None:
    """Where a list of fields ends that a body's name holds: ``Badan Meteorologi, Klimatologi, dan Geofisika``."""
    commas = fields = 0
    for i in range(at, min(len(line.words), at + MOST_GROWN)):
        word = line.words[i]
        if word == ",":
            commas += 1
            continue
        if word != "dan":
            if not _is_field(line, owners, i):
                return None
            fields += 1
            continue
        end = i + 1
        while end < len(line.words) and end < i + 4 and line.follows(end) and _is_field(line, owners, end):
            end += 1
        if (
            end < len(line.words)
            and end > i + 2
            and (held := owners[end]) is not None
            and held.type == "PER"
            and owners[end - 1] is None
        ):
            end -= 1  # `Teknologi Togar | Mangihut`: the last word begins the person's name
        return end if end > i + 1 and ((commas > 0 and fields > 0) or _same_field(owners, at, end)) else None
    return None


def _is_field(line: Line, owners: list[Draft | None], at: int) -> bool:
    """Whether a word may name a field of work: a capital, no acronym, no person, place or body of its own."""
    held = owners[at]
    if held is not None and (held.type != "ORG" or (held.start == at and head_at(line, at) is not None)):
        return False
    word = line.words[at]
    return (
        line.is_capital(at)
        and not is_acronym_word(word)
        and word not in known_types()
        and not is_title(line, at)
    )


def _same_field(owners: list[Draft | None], at: int, end: int) -> bool:
    """Whether the model took the words behind ``dan`` for part of a body."""
    held = owners[end - 1]
    return held is not None and held.type == "ORG" and held.end >= end


def _takes(line: Line, named: Draft, at: int, head: Head, empty: bool) -> bool:
    """Whether a head takes in the name that follows."""
    if named.start < at:
        return True
    inner = head_at(line, at)
    if head.type == "LOC":
        if head.grows == "unit":
            return named.type != "PER"
        return (named.type == "LOC" and inner is None) or (
            named.type == "PER" and empty and line.kind not in TITLED
        )
    if named.type == "LOC":
        return True
    if head.grows == "area":
        return line.low[at] in name_parts("link")
    if named.type == "ORG":
        return (head.grows == "unit" and not (inner is not None and inner.grows == "unit" and not empty)) or (
            empty and inner is None
        )
    return empty and head.grows == "name" and line.kind not in TITLED


def _closing(line: Line, at: int) -> int | None:
    return next(
        (i for i in range(at + 2, min(len(line.words), at + 2 + LONGEST_BRACKET)) if line.words[i] == ")"),
        None,
    )


def _settle(line: Line, owners: list[Draft | None], at: int, end: int, head: Head) -> int:
    """Makes one name of words ``at`` to ``end`` and all names that they touch; where to read on."""
    touched: list[Draft] = []
    for i in range(at, end):
        held = owners[i]
        if held is not None and (not touched or touched[-1] is not held):
            touched.append(held)
    if not touched and end == at + head.size:
        return end
    start = min([at, *(d.start for d in touched[:1] if not _is_office_front(line, d, at))])
    end = max([end, *(d.end for d in touched)])
    if not touched and not any(line.is_capital(i) for i in range(at + head.size, end)):
        return end
    scores = [d.score for d in touched if d.score is not None]
    kind: EntityType = touched[0].type if touched and touched[0].start < at and start < at else head.type  # type: ignore[assignment]
    whole = Draft(start, end, kind, max(scores) if scores else None)
    for held in touched[:1]:
        owners[held.start : at] = [None] * max(0, at - held.start)
    owners[start:end] = [whole] * (end - start)
    return end


def _is_office_front(line: Line, draft: Draft, at: int) -> bool:
    """Whether the words of a name before its head are an office: ``Katim Buser Polres Jember``."""
    return draft.start < at and (is_title(line, draft.start) or is_title(line, draft.start - 1))


def join(line: Line) -> None:
    """Puts together what the model cut: a person's name, a body and its place, a body with its acronym and place."""
    out: list[Draft] = []
    for draft in line.drafts:
        last = out[-1] if out else None
        if (
            last is not None
            and last.end == draft.start
            and line.follows(draft.start)
            and _belong(line, last, draft)
        ):
            last.end = draft.end
            last.score = _least(last.score, draft.score)
        elif len(out) > 1 and _is_bracketed(line, out[-2], out[-1], draft):
            out.pop()
            out[-1].end = draft.end
        else:
            out.append(draft)
    line.drafts = out


def _least(one: float | None, other: float | None) -> float | None:
    known = [s for s in (one, other) if s is not None]
    return min(known) if known else None


def _belong(line: Line, one: Draft, other: Draft) -> bool:
    if one.type == other.type == "PER":
        return True
    return one.type == "ORG" and other.type == "LOC" and not line.written(one).endswith((".com", ".id"))


def _is_bracketed(line: Line, long: Draft, short: Draft, rest: Draft) -> bool:
    """``Kejaksaan Tinggi`` + ``(Kejati)`` + ``Jabar``: one name."""
    return (
        long.type == short.type == "ORG"
        and rest.type == "LOC"
        and line.gap(short.start).endswith("(") is False
        and long.end + 1 == short.start
        and line.words[long.end] == "("
        and short.end + 1 == rest.start
        and line.words[short.end] == ")"
        and line.follows(rest.start)
    )
