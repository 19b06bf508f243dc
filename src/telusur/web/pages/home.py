"""The start page: what the archive holds, what is new, what is doubtful, who tells it otherwise."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...answers.lines import Article
from ...archive.keep import load_record
from ...archive.places import day_of_number, iso_day
from ...archive.queue import next_waiting, waiting
from ...archive.schema import articles
from ...archive.stats import stats
from ...export.concerns import concerns
from ...export.digest import digest
from ...export.json import from_json
from .. import hits
from ..desk import open_desk
from ..languages import language_of, wording
from ..recent import recent
from ..rendering import render
from ..snapshots import Snapshot, reading

NEWEST = 9
LOOKED_AT = 1000
MOST_APART = 4


def home(request: Request) -> Response:
    lang = language_of(request)
    figures = recent(request, "stats", stats)
    apart = recent(request, f"apart-{lang}", lambda archive: _apart(archive, wording(lang)))
    with reading(request) as archive, archive.reading() as connection:
        newest, _, _ = hits.search(archive, "", size=NEWEST)
        days = _days(connection.execute(select(articles.c.number).order_by(articles.c.number.desc()).limit(LOOKED_AT)).scalars())
        doubtful, left = next_waiting(archive), waiting(connection)
        desk = open_desk(doubtful.article, doubtful.record, doubtful.layer, doubtful.key, doubtful.item) if doubtful else None
        reference = Article(desk.article, desk.record).reference if desk else None
    return render(request, "home.html", figures=figures, newest=newest, days=days, desk=desk, reference=reference, left=left, apart=apart)


def _days(numbers: Any) -> list[tuple[str, int]]:
    """The last days that have articles, with how many of the newest ones."""
    counted = Counter(iso_day(day) for number in numbers if (day := day_of_number(number)))
    return sorted(counted.items(), reverse=True)[:14]


def _apart(archive: Snapshot, words: Any) -> list[tuple[str, str, str]]:
    """Of the newest articles those that tell one thing in two ways: id, title, and in what."""
    found = []
    with archive.reading() as connection:
        for number, id in connection.execute(select(articles.c.number, articles.c.id).order_by(articles.c.number.desc()).limit(40)).all():
            record = load_record(archive, connection, number)
            if not any(claim.get("differs_from") or claim.get("casualties") for claim in record["claims"]):
                continue
            lines = [line for line in concerns(digest(from_json(record)), words) if line.startswith(_openings(words))]
            if lines:
                found.append((id, str(record["article"]["title"] or ""), lines[0]))
            if len(found) == MOST_APART:
                break
    return found


def _openings(words: Any) -> tuple[str, ...]:
    """How lines on figures and headlines that differ begin."""
    return tuple(words.say(key, **dict.fromkeys(("figures", "title", "title_stance", "body", "body_stance"), "\0")).split("\0")[0] for key in ("check.figures", "check.headline"))


ROUTES = [Route("/", home)]
