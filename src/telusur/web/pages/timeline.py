"""The timeline: what happened when, each date as exact as the text makes it; who held what; how sure it was told.

Without a time it shows the last days that have something to show: no reader of a great archive waits for all of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from markupsafe import Markup
from sqlalchemy import func, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ... import messages
from ...answers import uncounted
from ...answers.ask import Lines
from ...answers.printing import MOST_ARTICLES, Printing, printing
from ...archive.places import day_of_number
from ...archive.schema import articles
from ...errors import BadRequest
from ...search.query import month_of
from .. import links
from ..drawn import show, tongue_of
from ..languages import language_of
from ..lists import Batch, Form, forms_of, in_form
from ..pictures import Picture, Tongue, attention, from_lines, heat, lanes, moments, sureness
from ..rendering import render
from ..snapshots import Snapshot, reading

SIZE = 40
LONGEST = 62
"""In a time of less than two years, what is dated only to more days than this is left out until it is asked for."""
MOST_STATES, MOST_JUDGED = 80, 5000
STATES = "type:(leads controls holds-office capital-of)"
VIEWS = ("daftar", "jalur", "kepastian", "salinan")

_STRETCHES = (7, 31, 366)
"""Days that are tried, one after another, where no time is asked for."""
_ENOUGH = 15


def _(text: str) -> str:
    return text


TABS = (("daftar", _("list")), ("jalur", _("who held what")), ("kepastian", _("how sure")), ("salinan", _("copies and originals")))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for. ``from_`` and ``to``: a year, a month or a day each, empty where not said."""

    query: str
    place: str
    from_: str
    to: str
    view: str
    after: str | None
    coarse: bool

    @property
    def all_fields(self) -> str:
        """As one query, for the views that take articles by their day."""
        parts = [self.query, f"where:{links.quoted(self.place)}" if self.place else "", f"from:{self.from_}" if self.from_ else "", f"to:{self.to}" if self.to else ""]
        return " ".join(filter(None, parts))


def asked_of(request: Request) -> Asked:
    told = request.query_params
    view = told.get("lihat", "")
    return Asked(
        told.get("q", "").strip(), told.get("tempat", "").strip(), told.get("dari", "").strip(), told.get("sampai", "").strip(),
        view if view in VIEWS else "daftar", told.get("sesudah") or None, "kasar" in told,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timed:
    """Events, with the time that they are of, and whether coarsely dated ones are left out."""

    lines: Lines
    from_: str = ""
    to: str = ""
    fine: bool = False


def timed(archive: Snapshot, asked: Asked, size: int) -> Timed:
    """Events of the time asked for, or of the last days that have some."""

    def look(from_: str, to: str, fine: bool) -> Timed:
        longest = LONGEST if fine and not asked.coarse else None
        found = uncounted.timeline(archive, asked.place or None, from_, to, query=asked.query, size=size, after=asked.after, longest=longest)
        return Timed(found, from_, to, longest is not None)

    if asked.from_ or asked.to:
        from_, to = asked.from_ or "0001", asked.to or "9999"
        return look(from_, to, is_short(from_, to))
    newest = newest_day(archive)
    if newest is None:
        return Timed(Lines((), None))
    for days in _STRETCHES:
        from_, to = (newest - timedelta(days=days)).isoformat(), newest.isoformat()
        found = look(from_, to, True)
        if asked.after or len(found.lines.lines) >= _ENOUGH:
            return found
    return replace(look("0001", "9999", False), from_="", to="")


def is_short(from_: str, to: str) -> bool:
    """Whether a time is of less than two years, where what is dated to a year says little."""
    first, last = month_of(from_)[0], month_of(to)[1]
    return last - first < 730 and (len(from_) > 4 or len(to) > 4)


def newest_day(archive: Snapshot) -> date | None:
    """The day of the newest dated article; None where there is none."""
    with archive.reading() as connection:
        number = connection.execute(select(func.max(articles.c.number))).scalar()
    day = day_of_number(number) if number else None
    return date.fromordinal(day) if day else None


def drawn(archive: Snapshot, asked: Asked, tongue: Tongue) -> tuple[list[Picture], Timed]:
    """The pictures of the view asked for, with the events that it shows where it shows events."""
    if asked.view == "jalur":
        lines = uncounted.claims_of(archive, f"{STATES} {asked.all_fields}", size=MOST_STATES).lines
        return [lanes.lanes(from_lines.lanes(lines, tongue), tongue)], Timed(Lines((), None))
    if asked.view == "kepastian":
        told, _more = uncounted.judged(archive, asked.all_fields, MOST_JUDGED)
        return [sureness.certainty_strip(from_lines.months(told), tongue)], Timed(Lines((), None))
    if asked.view == "salinan":
        return copied(printing(archive, asked.all_fields), tongue), Timed(Lines((), None))
    found = timed(archive, asked, SIZE)
    return [moments.timeline(from_lines.events(found.lines.lines, tongue), tongue)], found


def copied(told: Printing, tongue: Tongue) -> list[Picture]:
    """Copies against originals over time, and which outlets carry whose copy."""
    unit, periods = attention.by_period(attention.Printed(date.fromordinal(day), copy) for day, copy in told.days)
    cells = [heat.Cell(outlet, wire, count, links.search(f"outlet:{links.quoted(outlet)} wire:{links.quoted(wire)}")) for (outlet, wire), count in told.wires.items()]
    return [attention.attention(unit, periods, tongue), heat.dependence(cells, told.outlets, tongue)]


def page(request: Request) -> Response:
    asked, tongue = asked_of(request), tongue_of(request)
    try:
        with reading(request) as archive:
            pictures, found = drawn(archive, asked, tongue)
    except BadRequest as error:
        return render(request, "pictures/timeline.html", status=400, told=asked, trouble=messages.told(str(error), language_of(request)), figure="", next=None, from_="", to="", tabs=TABS, most=MOST_JUDGED, coarse=False, longest=LONGEST, printed=MOST_ARTICLES)
    return render(
        request, "pictures/timeline.html", told=asked, trouble="", figure=Markup().join(show(picture, tongue) for picture in pictures), next=found.lines.next, from_=found.from_, to=found.to, tabs=TABS,
        most=MOST_JUDGED, coarse=found.fine, longest=LONGEST, printed=MOST_ARTICLES,
    )  # fmt: skip


def give(request: Request, form: Form) -> Response:
    """The events of the list, in other forms."""
    asked = asked_of(request)

    def rows(archive: Snapshot, after: str | None, size: int) -> Batch:
        found = timed(archive, replace(asked, after=after), size).lines
        return Batch(found.lines, found.next)

    return in_form(request, form, rows, f"telusur: {asked.all_fields}", "telusur-waktu")


ROUTES = [*forms_of("/waktu", give), Route("/waktu", page)]
