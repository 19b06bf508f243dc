"""What an actor says and what is said of it, page by page: by who it is, not by what it is called.

Comes in: an actor's faces. Goes out: keys of sayings and claims, the newest first. Each face is asked for by its own index and the
answers are merged, so that a page costs the same however many articles show the actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import merge
from itertools import islice
from typing import Any, Literal

from sqlalchemy import Connection, and_, or_, select

from ..answers.lines import Line
from ..archive.schema import REJECTED, actors, claims, entities, participants, sayings
from ..search.paging import read_key, write_key
from .hits import Opened
from .snapshots import Snapshot

Kind = Literal["said", "about", "states"]

RELATIONS = ("leads", "holds-office", "member-of", "part-of", "allied-with", "rival-of", "controls", "capital-of", "located-in", "family-of")

MOST_FACES = 40

Key = tuple[int, int]


def faces_of(connection: Connection, ids: Iterable[str]) -> list[int]:
    """The numbers of faces by their ids."""
    wanted = select(actors.c.number).where(actors.c.id.in_(list(ids)[:MOST_FACES])).order_by(actors.c.number)
    return [int(number) for number in connection.execute(wanted).scalars()]


def page(connection: Connection, faces: Sequence[int], kind: Kind, size: int, after: str | None) -> tuple[list[Key], str | None]:
    """Article and place of what these faces say (``said``), of claims in which they take part (``about``) or of states alone (``states``).

    Raises:
        BadRequest: ``after`` is no key of a page.
    """
    key = read_key(after, 2)
    found = [_of_face(connection, face, kind, size + 1, key) for face in faces]
    keys = list(islice(_once(merge(*found, key=lambda one: (-one[0], one[1]))), size + 1))
    return keys[:size], write_key(keys[size - 1]) if len(keys) > size else None


def _of_face(connection: Connection, face: int, kind: Kind, size: int, key: Sequence[int] | None) -> list[Key]:
    if kind == "said":
        item: Any = sayings.c.saying
        wanted = select(entities.c.article, item).select_from(
            entities.join(sayings, and_(sayings.c.article == entities.c.article, sayings.c.speaker == entities.c.entity))
        )
        wanted = wanted.where(sayings.c.review != REJECTED)
    else:
        item = claims.c.claim
        part = and_(participants.c.article == entities.c.article, participants.c.entity == entities.c.entity)
        told = and_(claims.c.article == participants.c.article, claims.c.claim == participants.c.claim)
        wanted = select(entities.c.article, item).select_from(entities.join(participants, part).join(claims, told)).distinct()
        wanted = wanted.where(claims.c.review != REJECTED, claims.c.type.in_(RELATIONS) if kind == "states" else claims.c.type.not_in(RELATIONS))
    if key:
        wanted = wanted.where(entities.c.article <= key[0], or_(entities.c.article < key[0], item > key[1]))
    wanted = wanted.where(entities.c.actor == face).order_by(entities.c.article.desc(), item).limit(size)
    return [(int(article), int(place)) for article, place in connection.execute(wanted)]


def _once(keys: Iterable[Key]) -> Iterable[Key]:
    last: Key | None = None
    for key in keys:
        if key != last:
            yield key
        last = key


def lines(archive: Snapshot, keys: Sequence[Key], kind: Kind) -> list[Line]:
    """Keys as lines, each article opened once."""
    opened = Opened(archive)
    opened.open(number for number, _ in keys)
    return [opened(number).saying(place) if kind == "said" else opened(number).claim(place) for number, place in keys]
