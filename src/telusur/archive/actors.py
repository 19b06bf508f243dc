"""Who is in the archive: actors by name, in any spelling; one actor with names, offices over time, and why it is one.

Comes in: an archive, and a name or an id. Goes out: plain values, in the order in which they are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import Connection, Select, case, func, select, union_all

from ..errors import BadRequest
from .faces import SAID, better_name
from .offices import read_role
from .parts import HOLDS
from .places import day_of_number, iso_day
from .schema import REJECTED, actors, articles, bearers, claims, decisions, entities, names, offices, outlets
from .spellings import fold_key, sound_key, tight_key, word_keys

MOST = 20
MOST_OFFICES = 1000
"""Articles that are read for the offices of one actor, the newest of those in which it holds, leads or belongs to something."""

_AT_ONCE = 200

Told = tuple[int, int | None, int | None]
"""How many articles show a face, and the numbers of the first and the last dated one."""

REASONS = {
    "": "",
    "link": "linked to one id",
    "name": "one full name, and no two offices that one person could not hold at one time",
    "office": "one full name, and the same kind of office in the same place",
    "short": "the short form that articles define for this body alone",
}
"""Why a face is part of its actor, and why an entity shows its face, in words."""


def reason(because: str | None) -> str:
    """A reason as a person reads it."""
    if because and because.startswith(f"{SAID}:"):
        return f"a person decided it (decision {because.partition(':')[2]})"
    return REASONS.get(because or "", because or "")


@dataclass(frozen=True, slots=True)
class Listed:
    """An actor in a list. ``days``: first and last day of the articles that show it, null where none is dated."""

    id: str
    type: str
    name: str
    link: str
    offices: tuple[str, ...]
    articles: int
    days: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Face:
    """One part of an actor, and why it is one. ``role``: the full-time office that tells it from namesakes."""

    id: str
    name: str
    role: str
    because: str
    articles: int
    days: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Held:
    """An office that an actor is said to hold or to have held: in how many articles, the first and the last of them."""

    type: str
    office: str
    body: str | None
    past: bool
    articles: int
    first: str | None
    last: str | None
    sources: tuple[str, ...]
    outlets: tuple[str, ...]
    review: str


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor, with all that says why it is one."""

    id: str
    type: str
    name: str
    link: str
    names: tuple[tuple[str, int], ...]
    faces: tuple[Face, ...]
    offices: tuple[Held, ...]
    articles: int
    days: tuple[str | None, str | None]
    like: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """A name that entities bear whom no rule joins to anybody."""

    type: str
    name: str
    articles: int


# --- by name ----------------------------------------------------------------------------------------------------


def find_actors(connection: Connection, name: str | None = None, most: int = MOST) -> list[Listed]:
    """Actors that bear a name, in any spelling, those of most articles first; without a name those of most articles."""
    return _list(connection, _most_told(connection, None if name is None else _wholes(name), most))


def find_alone(connection: Connection, name: str, most: int = MOST) -> list[Alone]:
    """Names that sound like this one, of entities whom no rule joins to an actor."""
    count = func.count().label("count")
    wanted = (
        select(names.c.type, names.c.name, count)
        .join(entities, entities.c.name == names.c.number)
        .where(names.c.sound == sound_key(name), entities.c.actor.is_(None))
        .group_by(names.c.type, names.c.name)
    )
    return [Alone(*row) for row in connection.execute(wanted.order_by(count.desc(), names.c.name).limit(most))]


def _wholes(name: str) -> Select[Any]:
    """The wholes of all faces that bear each word of a name, or are known by it as a short form; one may be there twice."""
    found = [select(bearers.c.actor).where(bearers.c.key == tight_key(name), bearers.c.kind == "short")]
    if words := list(dict.fromkeys(word_keys(name))):
        borne = select(bearers.c.actor).where(bearers.c.key == words[0], bearers.c.kind == "word")
        for word in words[1:]:
            also = bearers.alias()
            borne = borne.where(select(also.c.actor).where(also.c.key == word, also.c.actor == bearers.c.actor, also.c.kind == "word").exists())
        found.append(borne)
    return select(actors.c.whole).where(actors.c.number.in_(union_all(*found)))


def _most_told(connection: Connection, among: Select[Any] | None, most: int) -> list[int]:
    """The wholes of most entities, of some wholes or of all. A name may have thousands of bearers: the database counts them."""
    count = func.count().label("count")
    shown = select(entities.c.actor, count).where(entities.c.actor.is_not(None))
    if among is not None:
        shown = shown.where(entities.c.actor.in_(select(actors.c.number).where(actors.c.whole.in_(among))))
    each = shown.group_by(entities.c.actor).subquery()
    total = func.sum(each.c.count).label("total")
    wanted = select(actors.c.whole, total).join(each, each.c.actor == actors.c.number).group_by(actors.c.whole)
    return [whole for whole, _ in connection.execute(wanted.order_by(total.desc(), actors.c.whole).limit(most))]


def _list(connection: Connection, wholes: Sequence[int]) -> list[Listed]:
    """Some actors, those of most articles first."""
    faces: dict[int, list[Any]] = {}
    for some in _parts(wholes):
        for row in connection.execute(select(actors).where(actors.c.whole.in_(some))):
            faces.setdefault(row.whole, []).append(row)
    spans = _spans(connection, [row.number for rows in faces.values() for row in rows])
    told = [_listed(connection, whole, rows, spans) for whole, rows in faces.items()]
    return sorted(told, key=lambda one: (-one.articles, one.name, one.id))


def _listed(connection: Connection, whole: int, rows: Sequence[Any], spans: Mapping[int, Told]) -> Listed:
    chief = next((row for row in rows if row.number == whole), rows[0])
    told = [spans[row.number] for row in rows]
    roles = [role for row in rows if (role := read_role(row.role))]
    offices_ = tuple(dict.fromkeys(f"{role.office} {role.where}".strip() for role in roles))
    count = _articles(connection, [row.number for row in rows], told)
    return Listed(chief.id, chief.type, _best_name(rows), chief.link, offices_, count, _days(told))


def _best_name(rows: Sequence[Any]) -> str:
    """Of the names of all faces the one to show."""
    return reduce(better_name, [str(row.name) for row in rows])


def _articles(connection: Connection, numbers: Sequence[int], told: Sequence[Told]) -> int:
    """How many articles show any of these faces: one article may show several."""
    if len(numbers) == 1:
        return told[0][0]
    shown = select(entities.c.article).where(entities.c.actor.in_(numbers)).distinct().subquery()
    return connection.execute(select(func.count()).select_from(shown)).scalar_one()


def _spans(connection: Connection, faces: Sequence[int]) -> dict[int, Told]:
    """Articles that show each face: how many, the first dated one, the last."""
    dated = case((entities.c.article >= 1 << 24, entities.c.article))
    found: dict[int, Told] = dict.fromkeys(faces, (0, None, None))
    for some in _parts(faces):
        wanted = select(entities.c.actor, func.count(), func.min(dated), func.max(dated)).where(entities.c.actor.in_(some))
        found |= {actor: (count, first, last) for actor, count, first, last in connection.execute(wanted.group_by(entities.c.actor))}
    return found


def _days(told: Iterable[Told]) -> tuple[str | None, str | None]:
    firsts = [first for _, first, _ in told if first is not None]
    lasts = [last for _, _, last in told if last is not None]
    return _day(min(firsts, default=None)), _day(max(lasts, default=None))


def _day(number: int | None) -> str | None:
    day = day_of_number(number or 0)
    return iso_day(day) if day else None


# --- one --------------------------------------------------------------------------------------------------------


def show_actor(connection: Connection, id: str) -> Actor:
    """An actor by the id of any of its faces, or an unmistakable beginning of it.

    Raises:
        BadRequest: there is none, or several begin so.
    """
    faces = _faces(connection, id)
    chief = next((row for row in faces if row.number == row.whole), faces[0])
    told = _spans(connection, [row.number for row in faces])
    numbers = [row.number for row in faces]
    parts = sorted((_face(row, told[row.number]) for row in faces), key=lambda face: (face.because != "", face.id))
    return Actor(
        id=chief.id,
        type=chief.type,
        name=_best_name(faces),
        link=chief.link,
        names=_names(connection, numbers),
        faces=tuple(parts),
        offices=tuple(_held(connection, numbers)),
        articles=_articles(connection, numbers, list(told.values())),
        days=_days(list(told.values())),
        like=tuple(_like(connection, _best_name(faces), chief.whole)),
    )


def _faces(connection: Connection, id: str) -> list[Any]:
    begin = (actors.c.id >= id) & (actors.c.id < f"{id}g")  # ids are hex digits: by the index
    wholes = set(connection.execute(select(actors.c.whole).where(begin).limit(50)).scalars()) if id else set()
    if len(wholes) != 1:
        what = "there is no actor" if not wholes else f"{len(wholes)} actors have an id that begins with"
        raise BadRequest(f"{what} {id!r}; nothing was shown; `telusur actors NAME` prints ids")
    return list(connection.execute(select(actors).where(actors.c.whole == wholes.pop()).order_by(actors.c.number)).all())


def _face(row: Any, told: Told) -> Face:
    role = read_role(row.role)
    shown = f"{role.office} {role.where}".strip() if role else ""
    return Face(row.id, row.name, shown, row.because, told[0], _days([told]))


def _names(connection: Connection, numbers: Sequence[int]) -> tuple[tuple[str, int], ...]:
    count: dict[str, int] = {}
    for some in _parts(numbers):
        borne = select(entities.c.name, func.count().label("count")).where(entities.c.actor.in_(some)).group_by(entities.c.name).subquery()
        for name, found in connection.execute(select(names.c.name, borne.c.count).join(borne, borne.c.name == names.c.number)):
            count[name] = count.get(name, 0) + found
    return tuple(sorted(count.items(), key=lambda one: (-one[1], one[0])))


def _like(connection: Connection, name: str, whole: int) -> list[Listed]:
    """Other actors of the whole name in some spelling: namesakes, or the same whom no rule joins."""
    sounds = select(names.c.name).where(names.c.sound == sound_key(name))
    same = select(actors.c.number).where(actors.c.number.in_(_wholes(name)), actors.c.number != whole, actors.c.name.in_(sounds))
    return _list(connection, _most_told(connection, same, MOST))


def _office_rows(numbers: Sequence[int]) -> Select[Any]:
    holding = select(entities.c.article, entities.c.entity).where(entities.c.actor.in_(numbers), entities.c.part.bitwise_and(HOLDS) != 0)
    holder, body = holding.order_by(entities.c.article.desc()).limit(MOST_OFFICES).subquery(), entities.alias("body")
    of_body = names.alias("of_body")
    return (
        select(
            claims.c.type, offices.c.office, of_body.c.name.label("body"), claims.c.tense, claims.c.polarity, claims.c.review,
            offices.c.article, articles.c.id, outlets.c.name.label("outlet"),
        )
        .select_from(holder)
        .join(offices, (offices.c.article == holder.c.article) & (offices.c.holder == holder.c.entity))
        .join(claims, (claims.c.article == offices.c.article) & (claims.c.claim == offices.c.claim))
        .join(articles, articles.c.number == offices.c.article)
        .outerjoin(outlets, outlets.c.number == articles.c.outlet)
        .outerjoin(body, (body.c.article == offices.c.article) & (body.c.entity == offices.c.body))
        .outerjoin(of_body, of_body.c.number == body.c.name)
        .where(claims.c.review != REJECTED, claims.c.polarity == "positive")
        .order_by(offices.c.article.desc(), offices.c.claim)
    )  # fmt: skip


_REVIEWS = ("", "accepted", "corrected", "rejected")


def _held(connection: Connection, numbers: Sequence[int]) -> list[Held]:
    """Offices with the stretch of time in which they are told, the latest first."""
    grouped: dict[tuple[Any, ...], list[Any]] = {}
    for row in connection.execute(_office_rows(numbers)):
        key = (row.type, fold_key(row.office), fold_key(row.body or ""), row.tense == "past")
        grouped.setdefault(key, []).append(row)
    found = []
    for (type_, _, _, past), rows in grouped.items():
        ids = list(dict.fromkeys(row.id for row in rows))
        found.append(
            Held(
                type=type_,
                office=rows[0].office,
                body=rows[0].body,
                past=past,
                articles=len(ids),
                first=_day(rows[-1].article),
                last=_day(rows[0].article),
                sources=tuple(dict.fromkeys((ids[0], ids[-1]))),
                outlets=tuple(dict.fromkeys(row.outlet for row in rows if row.outlet)),
                review=_REVIEWS[max(row.review for row in rows)],
            )
        )
    return sorted(found, key=lambda held: (held.last or "", held.first or "", held.articles), reverse=True)


def entity_because(connection: Connection, article: int) -> dict[int, tuple[str, str]]:
    """For each entity of an article that shows somebody: the actor's id, and why."""
    whole = actors.alias("whole")
    wanted = (
        select(entities.c.entity, whole.c.id, entities.c.because, actors.c.because.label("part"))
        .join(actors, actors.c.number == entities.c.actor)
        .join(whole, whole.c.number == actors.c.whole)
        .where(entities.c.article == article)
    )
    return {row.entity: (row.id, reason(row.part or row.because)) for row in connection.execute(wanted)}


def decisions_about(connection: Connection, faces: Sequence[str]) -> list[Any]:
    """Decisions on an actor's faces as such."""
    return list(connection.execute(select(decisions).where(decisions.c.article.is_(None), decisions.c.item.in_(faces))).all())


def _parts(values: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
