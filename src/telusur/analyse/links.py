"""What the names of an article are in the world: links from its people, bodies and sites to the shipped table.

Entities come in with their places linked already; the same entities go out, each with an id where one thing of the
table fits, with candidates where several fit alike, without either where none does, and always with the reason.
Namesakes are the rule, not the exception: a common name is linked only where the article says what its bearer does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..model.document import Document
from ..model.layers import Entity, EntityType, Mention
from . import names
from .actors import (
    Actor,
    LocalBody,
    Mark,
    Office,
    actors,
    bodies_of,
    byname_words,
    class_of,
    local_bodies_by_word,
    signs_in,
)
from .clubs import club_of, points_beside, tells_of_game
from .names import Words
from .places import areas_named, is_area_named, is_place_name

BEFORE, AFTER = 80, 60
"""So many characters before and after a name are read for offices."""
RIGHT_BEFORE = 3
"""A sign of somebody else counts only in this many words right before the name."""
MOST_MENTIONS = 6
MOST_TEXT = 50_000
"""Words that speak for a namesake are looked for in this many characters of an article."""
MOST_CANDIDATES = 5
EARLY_YEARS = 1
"""An article may call someone by an office up to a year before it began: as designate, nominee, winner."""

NOT_THERE = "not in the tables"
SEVERAL = "several of this name fit alike"
FULL = "the name of one known person"
SHORT = "a short name that the news uses for one person"
COMMON = "a name that many bear, without an office beside it that decides"
OTHER = "what stands before the name is said of somebody else of this name"
ABROAD = "the article is about other countries"
NO_GAME = "a short form of a club, without words of its game or beside another club of the name"
NO_WORD = "none of the words that would tell this one from its namesakes"
BODY, BODY_SHORT = (
    "the name of one body in the tables",
    "a short form or other name of one body in the tables",
)
SITE = "the name of one site in the tables"
AREA = "this kind of body with the area that it is named after"

HIGH = frozenset({"president", "vice president", "prime minister", "minister", "party"})
"""Classes of office whose holders are named by short names beside one another."""

GENERIC = frozenset({"ministry", "court", "parliament", "agency"})
"""Kinds whose bodies bear the same names in every country: written out, they are Indonesia's only at home."""

_AGE = re.compile(r"\s?\(\d\d\)|, ?\d\d tahun|\s?\(\d\d tahun\)")
"""An age behind a name: the news gives it of suspects and victims, hardly of people in office."""

Found = tuple[Mark, Actor]


@dataclass(slots=True)
class _Article:
    """What the choice between namesakes may look at."""

    document: Document
    spans: dict[str, list[Mention]]
    areas: list[Entity]
    is_home: bool
    bodies: dict[tuple[str, str], str] = field(default_factory=dict)
    """The linked bodies of the article, with their names in it."""
    people: dict[str, str] = field(default_factory=dict)
    """By country a person in high office whom the article names, linked without doubt."""
    _words: frozenset[str] = field(default_factory=frozenset)

    @property
    def day(self) -> str:
        return (self.document.article.published or self.document.hints.published or "")[:10]

    def has_one_of(self, words: Sequence[str]) -> bool:
        return bool(self.one_of(words))

    def one_of(self, words: Sequence[str]) -> str:
        """The first of some words that stands in the article; "" where none does."""
        if not self._words:
            self._words = frozenset(names.words_of(self.document.text[:MOST_TEXT] + " "))
        return next((w for w in words if w in self._words), "")

    def forms(self, entity: Entity) -> list[str]:
        """The ways in which the article writes a name, the fullest first."""
        written = dict.fromkeys(
            " ".join(m.span.of(self.document.text).split()) for m in self.spans.get(entity.id, ())
        )
        return [entity.name, *(w for w in written if w != entity.name)]

    def signs(self, entity: Entity) -> tuple[dict[str, Words], bool]:
        """The offices beside the mentions by class, and whether right before one stands what another would be called."""
        text = self.document.text
        found: dict[str, Words] = {}
        other = False
        for m in self.spans.get(entity.id, ())[:MOST_MENTIONS]:
            before = text[max(0, m.span.start - BEFORE) : m.span.start].rpartition("\n")[2]
            after = text[m.span.end : m.span.end + AFTER].partition("\n")[0]
            near = [*signs_in(names.words_of(before)), *signs_in(names.words_of(after))]
            found.update((kind, words) for kind, words in near if kind != "other")
            other = other or any(
                kind == "other" for kind, _ in signs_in(names.words_of(before)[-RIGHT_BEFORE:])
            )
            other = other or _AGE.match(after) is not None
        return found, other


def link_entities(
    document: Document, entities: tuple[Entity, ...], mentions: Iterable[Mention]
) -> tuple[Entity, ...]:
    """The entities with links to the table of actors and sites; those that have a link or candidates are kept.

    Args:
        document: the article; words beside a name and the article's day decide between namesakes.
        entities: all entities of the article, places linked.
        mentions: all mentions of the article, with their entities.
    """
    spans: dict[str, list[Mention]] = {}
    for mention in mentions:
        spans.setdefault(mention.entity, []).append(mention)
    areas = [e for e in entities if e.link and e.link[0] == "kemendagri"]
    article = _Article(document, spans, areas, _is_home(document, entities, spans))
    linked = [
        e if e.link or e.candidates or e.type == "PER" else _STAGES[e.type](article, e) for e in entities
    ]
    article.bodies = {e.link: e.name for e in linked if e.type == "ORG" and e.link}
    people = {i: _person(article, e) for i, e in enumerate(linked) if e.type == "PER" and not e.link}
    article.people = dict(_in_office(people.values()))
    # with the sure ones known, the short names are looked at again
    people |= {i: _person(article, linked[i]) for i, e in people.items() if not e.link and article.people}
    return tuple(people.get(i, e) for i, e in enumerate(linked))


def _in_office(people: Iterable[Entity]) -> Iterator[tuple[str, str]]:
    """Country and name of each linked person who has held a high office."""
    for person in people:
        if (
            person.link
            and (actor := actors().holder(person.link))
            and HIGH & {class_of(o.title) for o in actor.offices}
        ):
            yield actor.country, person.name


def _is_home(document: Document, entities: tuple[Entity, ...], spans: dict[str, list[Mention]]) -> bool:
    """Whether an article is about Indonesia: of the places named outside its datelines a third lies there, or none is abroad."""
    home = abroad = 0
    for e in entities:
        country = (
            "ID"
            if e.link and e.link[0] == "kemendagri"
            else e.place.country
            if e.place
            else e.link[1]
            if e.link
            else ""
        )
        if not country:
            continue
        told = sum(not any(line.covers(m.span) for line in document.datelines) for m in spans.get(e.id, ()))
        home += told * (country == "ID")
        abroad += told * (country != "ID")
    return not abroad or 3 * home >= home + abroad


def _bearers(entity: Entity, form: str) -> tuple[Found, ...]:
    """Who of the table bears one form of a name by its plainest reading, with or without its legal form."""
    for reading in names.readings(form):
        for words in dict.fromkeys((reading, names.drop(reading, "form"))):
            found = actors().bearers("".join(words), entity.type)
            if found := tuple((how, actor) for how, actor in found if how != "c" or form.isupper()):
                return found
    return ()


def _of_forms(article: _Article, entity: Entity) -> tuple[Found, ...]:
    """Who bears the fullest form; else another form, unless the fullest says more than that one: `KPU Jawa Barat`, `KPU`.

    An acronym of a full name that the table lacks is no evidence: it may stand for something else here.
    """
    first, *rest = article.forms(entity)
    if found := _bearers(entity, first):
        return found
    full = {w for reading in names.readings(first) for w in reading}
    for form in rest:
        if " " in first and len(names.drop(names.words_of(form), "form")) == 1:
            continue
        if not any(full > set(r) for r in names.readings(form)) and (found := _bearers(entity, form)):
            return found
    return ()


def _chosen(entity: Entity, fitting: list[tuple[float, Actor, str]], why_not: str) -> Entity:
    """The entity with the best of what fits; with all of the best as candidates where they are several."""
    if not fitting:
        return replace(entity, because=why_not)
    top = max(score for score, _, _ in fitting)
    best = [(actor, reason) for score, actor, reason in fitting if score == top]
    if len(best) > 1:
        several = tuple((a.scheme, a.id) for a, _ in best)[:MOST_CANDIDATES]
        return replace(entity, candidates=several, because=SEVERAL)
    actor, reason = best[0]
    return replace(entity, link=(actor.scheme, actor.id), place=actor.place, because=reason)


@lru_cache(maxsize=4096)
def known_type(name: str, type: EntityType) -> EntityType:
    """The type of a name that the tables know as a thing of another type alone: `Istana Negara` is no body, `Kejagung` no place."""
    bodies = _named_just_so(name, "ORG")
    if type == "ORG" and not bodies and ((" " in name and _named_just_so(name, "LOC")) or is_area_named(name)):
        return "LOC"
    # a palace is a place as well as who rules in it
    if type == "LOC" and len(bodies) == 1 and bodies[0].kind != "government" and not _named_just_so(name, "LOC") and not is_place_name(name):
        return "ORG"
    return type


def _named_just_so(name: str, type: EntityType) -> list[Actor]:
    """Who of the table bears a name as it stands."""
    found = actors().bearers("".join(names.words_of(name)), type)
    return [actor for how, actor in found if how in ("n", "a") or (how == "c" and name.isupper())]


# --- people -----------------------------------------------------------------------------------------------------


def _person(article: _Article, entity: Entity) -> Entity:
    found = _of_forms(article, entity)
    if not found:
        return replace(entity, because=NOT_THERE)
    signs, other = article.signs(entity)
    fitting: list[tuple[float, Actor, str]] = []
    why_not = COMMON
    for how, actor in found:
        office = _office_beside(actor, signs, article.day)
        if actor.near and not article.has_one_of(actor.near):
            why_not = NO_WORD
        elif office:
            fitting.append((3, actor, f"the office beside the name: {office}"))
        elif other:
            why_not = OTHER
        elif actor.known and how not in ("~", "="):
            fitting.append((2, actor, FULL if how == "n" else SHORT))
        elif actor.known and (body := _body_beside(article, actor)):
            fitting.append(
                (1, actor, f"a short name, and the article names {body}, where the person holds office")
            )
        elif actor.known and how == "~" and (peer := article.people.get(actor.country)):
            fitting.append(
                (1, actor, f"a short name, and the article names {peer}, who holds such offices too")
            )
        elif actor.known and (said := article.one_of(byname_words().get((actor.scheme, actor.id), ()))):
            fitting.append((1, actor, f"a short name, and the article speaks of {said}"))
    return _chosen(entity, fitting, why_not)


def _office_beside(actor: Actor, signs: dict[str, Words], day: str) -> Office | None:
    """The person's office that words beside the name tell of, held by the article's day; the one that says most."""
    fitting = [o for o in actor.offices if class_of(o.title) in signs and not _is_later(o, day)]
    return max(fitting, key=lambda o: (_shared(o, signs), not _is_over(o, day), o.from_), default=None)


def _body_beside(article: _Article, actor: Actor) -> str:
    """The body, as the article names it, that one of the person's offices belongs to; "" where it names none."""
    owned = (b for o in actor.offices if not _is_later(o, article.day) for b in bodies_of(o.title))
    return next((article.bodies[b] for b in owned if b in article.bodies), "")


def _shared(office: Office, signs: dict[str, Words]) -> int:
    said = signs[class_of(office.title)]
    return sum(w in said for w in names.words_of(office.title))


def _is_later(office: Office, day: str) -> bool:
    """Whether an office began more than a year after the article."""
    return bool(day and office.from_) and int(office.from_[:4]) > int(day[:4]) + EARLY_YEARS


def _is_over(office: Office, day: str) -> bool:
    return bool(day and office.to) and office.to < day[: len(office.to)]


# --- bodies -----------------------------------------------------------------------------------------------------


def _body(article: _Article, entity: Entity) -> Entity:
    found = _of_forms(article, entity)
    if not found:
        return _local(article, entity)
    spelt_out = not any(
        word.isupper() or " " not in form for form in article.forms(entity) for word in form.split()
    )
    fitting: list[tuple[float, Actor, str]] = []
    why_not = NOT_THERE
    for how, actor in found:
        near = bool(actor.near) and article.has_one_of(actor.near)
        if actor.near and how != "n" and not near:
            why_not = NO_WORD
        elif how == "~" and not _plays(article, entity, actor):
            why_not = NO_GAME
        elif actor.country == "ID" and actor.kind in GENERIC and spelt_out and not article.is_home:
            why_not = ABROAD
        else:
            at_home = (actor.country == "ID") == article.is_home
            fitting.append((2 + near + 0.5 * at_home, actor, BODY if how == "n" else BODY_SHORT))
    return _chosen(entity, fitting, why_not)


def _plays(article: _Article, entity: Entity, club: Actor) -> bool:
    """Whether words of the game stand beside a club's short name, and no other club of that name is in the article: `City`."""
    text = article.document.text
    named = [m for others in article.spans.values() for m in others]
    ends = {m.span.end + 1 for m in named}
    # right behind another name it is the rest of a longer one: `Newcastle`, `United`
    spans = [m.span for m in article.spans.get(entity.id, ())[:MOST_MENTIONS] if m.span.start not in ends]
    if not any(tells_of_game(text, span, points_beside(text, named, span, club)) for span in spans):
        return False
    tail = f" {entity.name.casefold()}"
    longer = {name for m in named if (name := m.span.of(text)).casefold().endswith(tail)}
    return all(club_of(name) == club for name in longer)


def _local(article: _Article, entity: Entity) -> Entity:
    """A body that every area has, by its kind and its area: `Polda Sulsel`, `Pemkab Pati`, `DPRD Kota Bogor`."""
    for form in article.forms(entity):
        for reading in names.readings(form):
            for body in local_bodies_by_word().get(reading[0], ()):
                size = len(body.words)
                if reading[:size] == body.words and len(reading) > size:
                    codes = _areas_of(article, body, reading[size:])
                    ids = tuple(("telusur", f"{body.key}-{code}") for code in codes)
                    if len(ids) == 1:
                        return replace(entity, link=ids[0], because=AREA)
                    if ids:
                        return replace(entity, candidates=ids[:MOST_CANDIDATES], because=SEVERAL)
    return replace(entity, because=NOT_THERE)


def _areas_of(article: _Article, body: LocalBody, rest: Words) -> list[str]:
    """Codes of the areas that a local body may belong to."""
    kinds = body.kinds
    if body.key == "polres" and rest[-1] == "kota" and len(rest) > 1:
        rest, kinds = rest[:-1], frozenset({"city"})
    if len(rest) == 1 and (spelt := [e for e in article.areas if _initials(e) == rest[0]]):
        return [e.link[1] for e in spelt if e.link]
    spots = list(areas_named(rest, kinds))
    if len(spots) > 1 and body.key == "polres":
        # the police of a regency bear its bare name, those of the city of that name add `Kota`
        spots = [s for s in spots if s.kind == "regency"] or spots
    if len(spots) > 1:
        named = {e.link[1] for e in article.areas if e.link}
        spots = [s for s in spots if s.id in named] or spots
    return [s.id for s in spots]


def _initials(area: Entity) -> str:
    words = names.behind(names.words_of(area.name), "place")
    return names.initials(words) if len(words) > 1 else ""


# --- sites ------------------------------------------------------------------------------------------------------


def _site(article: _Article, entity: Entity) -> Entity:
    found = _of_forms(article, entity)
    return _chosen(entity, [(1, actor, SITE) for _, actor in found], entity.because or NOT_THERE)


_STAGES = {"ORG": _body, "LOC": _site}
