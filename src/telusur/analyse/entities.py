"""Who is who: joins the names of one article into entities, each join with its reason.

Mentions come in; entities and the same mentions, each with its entity, go out. `joins` decides which names are one
thing, `clubs` which towns are clubs, `places` where the places are, `links` which known people and bodies these are; here the entities are numbered, named and written down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from ..model.document import Document
from ..model.layers import Entity, Join, Mention
from .clubs import type_clubs
from .joins import join_forms
from .links import known_type, link_entities
from .nameforms import NEAREST, SAME, WRITTEN, find_forms, fullness
from .places import link_places


@dataclass(frozen=True, slots=True)
class _Names:
    """The mentions of one article in the order of its text, with the form of each and the joins between forms."""

    text: str
    mentions: list[Mention]
    form_of: list[int]
    nearest: dict[int, tuple[int, int]]

    def written(self, at: int) -> str:
        return self.mentions[at].span.of(self.text)


def resolve_entities(
    document: Document, mentions: tuple[Mention, ...]
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """The things that an article names, and its mentions with the entity of each filled in.

    Args:
        document: the article; its text says what stands between two names, its datelines where it was written.
        mentions: the names, in any order.

    Returns:
        Entities ``e1, e2, ...`` in the order of their first mention, each with a join for every mention but one, so
        that the joins connect all its mentions; and the mentions in the order in which they came.
    """
    mentions = type_clubs(document, tuple(map(partial(_typed, document.text), mentions)))
    ordered = sorted(mentions, key=lambda m: m.span)
    forms, form_of = find_forms(document.text, ordered)
    joined = join_forms(document.text, ordered, forms, form_of)
    article = _Names(document.text, ordered, form_of, joined.nearest)
    members: dict[int, list[int]] = {}
    for i, form in enumerate(form_of):
        members.setdefault(
            joined.groups.top(joined.nearest[i][0] if i in joined.nearest else form), []
        ).append(i)
    reasons: dict[int, list[tuple[int, int, str]]] = {}
    for one, other, because in joined.groups.reasons:
        reasons.setdefault(joined.groups.top(one), []).append((one, other, because))
    entities = tuple(
        _entity(article, f"e{number}", inside, reasons.get(top, ()))
        for number, (top, inside) in enumerate(members.items(), 1)
    )
    entity_of = {
        id(ordered[i]): e.id for e, inside in zip(entities, members.values(), strict=True) for i in inside
    }
    type_of = {e.id: e.type for e in entities}  # one thing is of one type, whatever the model made of one mention
    filled = tuple(
        Mention(m.id, m.span, type_of[e := entity_of[id(m)]], e, m.confidence, m.score, m.review) for m in mentions
    )
    written = {
        e.id: tuple(dict.fromkeys(map(article.written, inside)))
        for e, inside in zip(entities, members.values(), strict=True)
    }
    dated = frozenset(m.entity for m in filled if any(line.covers(m.span) for line in document.datelines))
    return link_entities(document, link_places(document.text, entities, written, dated), filled), filled


def _typed(text: str, mention: Mention) -> Mention:
    """A mention with the type that the tables know of its name alone."""
    if mention.type == "PER":
        return mention
    kind = known_type(mention.span.of(text), mention.type)
    return mention if kind == mention.type else replace(mention, type=kind)


def _entity(article: _Names, id: str, inside: list[int], reasons: Iterable[tuple[int, int, str]]) -> Entity:
    """The entity of some mentions: named by its fullest form, typed by most of its mentions."""
    if len(inside) == 1:
        return Entity(id, article.mentions[inside[0]].type, " ".join(article.written(inside[0]).split()), joins=tuple(_joins(article, inside, reasons)))
    spellings = Counter(map(article.written, inside))
    name = max(spellings, key=lambda t: (fullness(t), spellings[t])) if len(spellings) > 1 else next(iter(spellings))
    kind = Counter(article.mentions[i].type for i in inside).most_common(1)[0][0]
    return Entity(id, kind, " ".join(name.split()), joins=tuple(_joins(article, inside, reasons)))


def _joins(article: _Names, inside: list[int], reasons: Iterable[tuple[int, int, str]]) -> Iterator[Join]:
    """One join for every mention but one: between forms, then of each repeated mention with the first of its form."""
    first: dict[int, int] = {}
    for i in inside:
        if i not in article.nearest:
            first.setdefault(article.form_of[i], i)

    def join(a: int, b: int, because: str) -> Join:
        return Join((article.mentions[a].id, article.mentions[b].id), because)

    for one, other, because in reasons:
        if one in first and other in first:
            yield join(first[one], first[other], because)
    for i in inside:
        if i in article.nearest:
            yield join(i, article.nearest[i][1], NEAREST)
        elif i != (start := first[article.form_of[i]]):
            yield join(i, start, SAME if article.written(i) == article.written(start) else WRITTEN)
