"""One name has one type all through the article: what the tables know, else what most places say."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from ..model.layers import EntityType
from .namelines import Draft, Line, head_at, is_title
from .names import plain
from .nametables import (
    is_acronym_word,
    is_big_city,
    is_capital_city,
    is_country,
    is_plain_area,
    is_short_form,
    known_types,
    rank_words,
)

Form = tuple[str, ...]

_HOUSES = frozenset({"rs", "rsu", "rsud", "rsup", "rsd", "rsj", "puskesmas"})
_HOUSES_OF_TWO = frozenset({("rumah", "sakit"), ("gedung", "putih")})


def settle_types(lines: list[Line], initials: frozenset[str] = frozenset()) -> None:
    """Gives a name one type all through the article: what the tables know of it, else what most places say."""
    votes: dict[Form, dict[EntityType, float]] = {}
    written = list(_all(lines))
    for _, draft, form in written:
        cast = votes.setdefault(form, {})
        cast[draft.type] = cast.get(draft.type, 0) + (draft.score or 0)
    best = {form: max(v.items(), key=itemgetter(1)) for form, v in votes.items()}
    told = _bracketed_types(lines)
    people = {word for form, v in votes.items() if len(form) > 1 and v.get("PER", 0) > 0 for word in form}
    speaking = {form for line, draft, form in written if _is_quoted(line, draft)}
    for line, draft, form in written:
        known = "PER" if line.written(draft) in initials else _known_type(line, draft)
        if (
            known is None
            and draft.type == "PER"
            and form[0] not in people
            and _is_area_by_itself(line, draft)
        ):
            known = "LOC"
        if (known is None and len(form) == 1 and form[0] in people) or (form in speaking and _may_be_a_surname(line, draft)):
            known = "PER"
        if _is_where(line, draft, form):
            known = "LOC"
        kind, weight = best[form]
        draft.type = known or told.get(form) or (kind if weight > 0 else draft.type)


_QUOTED_BEHIND = frozenset({"kata", "ujar", "tutur", "ucap", "jelas", "ungkap", "terang", "imbuh", "tambah", "lanjut", "papar", "pungkas", "tegas", "sambung"})


def _is_quoted(line: Line, draft: Draft) -> bool:
    """Whether a name stands right behind `kata`, `ujar`: towns and regencies do not speak so, people named like one do."""
    alone = draft.end == draft.start + 1 and not (line.follows(draft.end) and line.is_capital(draft.end))
    return alone and line.follows(draft.start) and line.low[draft.start - 1] in _QUOTED_BEHIND


def _may_be_a_surname(line: Line, draft: Draft) -> bool:
    """Whether a name taken for a place is but that of a town or regency, not of a country or its capital, for which its government stands."""
    name = line.written(draft)
    town = draft.type != "ORG" and (is_plain_area(name) or is_big_city(name))
    return town and not is_country(name) and not is_capital_city(name) and line.low[draft.start - 1] not in _PLACED_BEHIND


_PLACED_BEHIND = frozenset({"di", "ke", "dari", "kota", "kabupaten", "kecamatan", "desa", "pulau", "teluk", "selat", "wilayah", "daerah"})


def _is_where(line: Line, draft: Draft, form: Form) -> bool:
    """Whether a house that acts elsewhere is where something is here: `dibawa ke RSUD Maruna`, `di Gedung Putih`. Of 11 such in the
    articles read by hand ten are places; universities and police stations stay bodies."""
    house = form[0] in _HOUSES or form[:2] in _HOUSES_OF_TWO
    return house and line.follows(draft.start) and line.low[draft.start - 1] in {"di", "ke"}


def _is_area_by_itself(line: Line, draft: Draft) -> bool:
    """Whether a name that the model took for a person's is a city's or a regency's, and no title stands before it."""
    name = line.written(draft)
    if is_title(line, draft.start - 1):
        return False
    return is_big_city(name) or is_plain_area(name)


def _bracketed_types(lines: list[Line]) -> dict[Form, EntityType]:
    """Types of the short forms that stand in brackets behind their long forms: ``Gibran Rakabuming Raka (GR)``."""
    out: dict[Form, EntityType] = {}
    for line in lines:
        for one, other in zip(line.drafts, line.drafts[1:], strict=False):
            inside = (
                other.end - other.start == 1
                and one.end + 1 == other.start
                and line.words[one.end] == "("
                and line.words[other.end : other.end + 1] == (")",)
            )
            if not inside or _known_type(line, other) is not None:
                continue
            short = line.words[other.start]
            initials = one.type == "PER" and short.isupper() and short[0] == line.words[one.start][0]
            if initials or is_short_form(short, line.written(one)):
                out[(plain(short),)] = _known_type(line, one) or one.type
    return out


def _all(lines: list[Line]) -> Iterator[tuple[Line, Draft, Form]]:
    for line in lines:
        for draft in line.drafts:
            yield line, draft, tuple(map(plain, line.words[draft.start : draft.end]))


def _may_be_person(line: Line, draft: Draft) -> bool:
    """Whether a name behind a rank is written like a person's."""
    return head_at(line, draft.start) is None and not any(
        is_acronym_word(w) for w in line.words[draft.start : draft.end]
    )


def _known_type(line: Line, draft: Draft) -> EntityType | None:
    name = line.written(draft)
    known = known_types().get(name)
    if known is not None:
        return known
    if (
        line.follows(draft.start)
        and line.is_capital(draft.start - 1)
        and line.low[draft.start - 1] in rank_words()
        and _may_be_person(line, draft)
    ):
        return "PER"
    if is_country(name) or (draft.type == "ORG" and (is_capital_city(name) or is_plain_area(name))):
        return "LOC"
    head = head_at(line, draft.start)
    if head is not None and head.size < draft.end - draft.start and head.grows in ("area", "unit", "name"):
        return head.type if head.type in ("ORG", "LOC") else None  # type: ignore[return-value]
    return None
