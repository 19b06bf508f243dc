"""Single things: the room itself, an article's record, a claim or a saying by its id."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, func, select

from ... import __version__
from ...answers import ask as answers
from ...answers.lines import Article
from ...archive.schema import articles, claims, decisions, sayings
from ...errors import BadRequest
from . import shapes
from .asked import Asked
from .lists import line
from .people import day
from .problems import Refused

_DATED = 1 << 24


def show_room(asked: Asked) -> shapes.Room:
    def count(table: Table) -> int:
        return asked.connection.execute(select(func.count()).select_from(table)).scalar_one()

    number = articles.c.number
    first, last = asked.connection.execute(select(func.min(number).filter(number >= _DATED), func.max(number))).one()
    return shapes.Room(
        version=__version__, format="telusur/1", articles=count(articles), claims=count(claims), attributions=count(sayings),
        decisions=count(decisions), first=day(first), last=day(last), snapshot=asked.state, you=whoever(asked),
    )  # fmt: skip


def whoever(asked: Asked) -> shapes.Whoever:
    return shapes.Whoever(asked.person.name, asked.person.role, asked.person.known)


def show_record(asked: Asked) -> Any:
    """A record of an article as people left it, or one line of it."""
    found = _shown(asked, asked.path["id"].replace(":", "#", 1))
    return dict(found.record) if isinstance(found, Article) else line(found)


def show_article(asked: Asked) -> dict[str, Any]:
    found = _shown(asked, asked.path["id"].partition("#")[0])
    assert isinstance(found, Article)
    return dict(found.record)


def _shown(asked: Asked, id: str) -> Any:
    try:
        return answers.show(asked.archive, id)
    except BadRequest as error:
        raise Refused("not-found", str(error)) from error
