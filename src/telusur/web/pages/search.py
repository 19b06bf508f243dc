"""Search: hits with the sentence that shows why, facets as links, chips for the fields, every list in other forms.

A common word answers with tens of thousands of articles. What stands beside the hits is counted over the newest `COUNTED` of them and
says so; the whole count is made when a reader asks for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...answers.ask import Hit
from ...answers.lines import Line
from ...archive.places import day_of_number, iso_day
from ...archive.schema import REJECTED, articles, claims, outlets, tags
from ...errors import BadRequest
from ...model.claim import CERTAINTIES, CLAIM_TYPES
from ...search import find
from ...search.query import FIELDS, Node, parse
from .. import hits, links
from ..citing import cite, cite_excerpt
from ..languages import language_of
from ..lists import Batch, Form, forms_of, in_form
from ..rendering import render
from ..snapshots import Snapshot, reading

SIZE = 20
COUNTED = 1000
SHOWN = 8
_AT_ONCE = 500

FIELD_ORDER = ("outlet", "type", "certainty", "wire", "month")

# A field as it was typed: a sign, a name, a value that may stand in quotation marks or parentheses.
_FIELD = re.compile(r'(?P<sign>-?)(?P<name>[^\W\d_][\w-]*):(?P<value>"[^"]*"|\([^()]*\)|[^\s()"]+)')


@dataclass(frozen=True, slots=True)
class Chip:
    """A field of the query, as it stands, and the query without it."""

    sign: str
    name: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value with how many articles have it, the query that asks for it too, and whether it is asked for already."""

    value: str
    count: int
    query: str
    chosen: bool


def show(request: Request) -> Response:
    asked = asked_query(request)
    if asked != request.query_params.get("q", ""):
        return RedirectResponse(links.search(asked), 303)
    lang, best = language_of(request), request.query_params.get("urut") == "cocok"
    kind = request.query_params.get("apa", "artikel")
    try:
        with reading(request) as archive:
            articles_, lines, next_, ranked = _found(archive, asked, kind, request.query_params.get("sesudah"), best)
            context = _beside(archive, asked, request)
    except BadRequest as error:
        return render(request, "search.html", status=400, asked=asked, trouble=str(error), hits=(), lines=(), next=None, chips=chips(asked), kind=kind,
                      best=best, all_ranked=True, count=0, exact=True, facets={}, cited={}, types=CLAIM_TYPES, certainties=CERTAINTIES)  # fmt: skip
    cited = {line.id: cite(line, lang) for line in (*lines, *(line for hit in articles_ for line in hit.lines))}
    cited |= {hit.article.id: cite_excerpt(hit.article, hit.sentence, hit.article.id, lang) for hit in articles_}
    return render(request, "search.html", asked=asked, trouble="", hits=articles_, lines=lines, next=next_, chips=chips(asked), kind=kind, best=best,
                  all_ranked=ranked, cited=cited, types=CLAIM_TYPES, certainties=CERTAINTIES, **context)  # fmt: skip


def _found(
    archive: Snapshot, query: str, kind: str, after: str | None, best: bool, size: int = SIZE
) -> tuple[Sequence[Hit], Sequence[Line], str | None, bool]:
    """A page of articles, claims or sayings."""
    if kind in ("klaim", "pernyataan"):
        told = (hits.claims_of if kind == "klaim" else hits.sayings_of)(archive, query, size=size, after=after)
        return (), told.lines, told.next, True
    found, next_, whole = hits.search(archive, query, size=size, after=after, best=best)
    return found, (), next_, whole


def asked_query(request: Request) -> str:
    """The query as typed, with what the fields of the form add to it."""
    told = request.query_params.get("q", "").strip()
    for name in ("who", "about", "where", "said", "type", "certainty", "from", "to", "outlet", "wire"):
        if value := request.query_params.get(f"f-{name}", "").strip():
            told = f"{told} {name}:{links.quoted(value)}".strip()
    return told


def chips(query: str) -> list[Chip]:
    """The fields of a query, each with the query without it."""
    found = []
    for match in _FIELD.finditer(query):
        if match["name"].casefold() in FIELDS:
            rest = " ".join(f"{query[: match.start()]} {query[match.end() :]}".split())
            found.append(Chip(match["sign"], FIELDS[match["name"].casefold()], match["value"].strip('"()'), rest))
    return found


# --- beside the hits --------------------------------------------------------------------------------------------


def _beside(archive: Snapshot, query: str, request: Request) -> dict[str, Any]:
    """How many answer, and the facets, of the newest `COUNTED`; the whole count where the reader asked for it."""
    node = parse(query)
    with archive.reading() as connection:
        page = find.article_page(connection, node, COUNTED)
        numbers = [key[0] for key in page.keys]
        exact = page.next is None
        count = len(numbers)
        if not exact and request.query_params.get("hitung") == "semua":
            count, exact = find.count_articles(connection, node), True
        return {"count": count, "exact": exact, "facets": _facets(connection, node, query, numbers), "partial": page.next is not None}


def _facets(connection: Connection, node: Node | None, query: str, numbers: Sequence[int]) -> dict[str, list[FacetValue]]:
    counted: dict[str, Counter[str]] = {name: Counter() for name in FIELD_ORDER}
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        counted["outlet"].update(dict(_pairs(connection, select(outlets.c.name, func.count()).join(articles, articles.c.outlet == outlets.c.number).where(articles.c.number.in_(some)).group_by(outlets.c.name))))
        counted["wire"].update(dict(_pairs(connection, select(tags.c.value, func.count()).where(tags.c.field == "wire", tags.c.article.in_(some)).group_by(tags.c.value))))
        for name, column in (("type", claims.c.type), ("certainty", claims.c.certainty)):
            told = select(column, func.count(claims.c.article.distinct())).where(claims.c.article.in_(some), claims.c.review != REJECTED)
            counted[name].update(dict(_pairs(connection, told.group_by(column))))
        counted["month"].update(iso_day(day)[:7] for number in some if (day := day_of_number(number)))
    return {name: _values(name, counts, query) for name, counts in counted.items() if counts}


def _pairs(connection: Connection, wanted: object) -> Iterable[tuple[str, int]]:
    return ((str(value), int(count)) for value, count in connection.execute(wanted))  # type: ignore[call-overload]


def _values(name: str, counts: Mapping[str, int], query: str) -> list[FacetValue]:
    asked = {(chip.name, chip.value.casefold()): chip.without for chip in chips(query) if not chip.sign}
    order = sorted(counts.items(), reverse=True) if name == "month" else sorted(counts.items(), key=lambda told: (-told[1], told[0]))
    found = []
    for value, count in order:
        without = asked.get((name if name != "month" else "from", value.casefold()))
        added = f"from:{value} to:{value}" if name == "month" else f"{name}:{links.quoted(value)}"
        if name == "month" and without is not None:
            without = next((chip.without for chip in chips(without) if chip.name == "to" and chip.value == value), without)
        wider = f"({query}) {added}" if re.search(r"\b(OR|ATAU)\b", query) else f"{query} {added}"
        found.append(FacetValue(value, count, without if without is not None else wider.strip(), without is not None))
    return found


def facet_page(request: Request) -> Response:
    """All values of one facet, to be searched and ordered."""
    name = request.path_params["name"]
    query, by_name = request.query_params.get("q", ""), request.query_params.get("urut") == "abjad"
    if name not in FIELD_ORDER:
        raise BadRequest(f"there is no facet {name[:40]!r}; nothing was counted; there are {', '.join(FIELD_ORDER)}")
    with reading(request) as archive, archive.reading() as connection:
        counts = dict(find.facet(connection, parse(query), name))
    values = _values(name, counts, query)
    if by_name:
        values.sort(key=lambda told: told.value.casefold())
    return render(request, "facet.html", asked=query, name=name, values=values[:2000], more=len(values) > 2000, by_name=by_name)


def give(request: Request, form: Form) -> Response:
    query, kind = asked_query(request), request.query_params.get("apa", "artikel")

    def rows(archive: Snapshot, after: str | None, size: int) -> Batch:
        found, lines, next_, _ = _found(archive, query, kind, after, False, size)
        return Batch(found or lines, next_)

    return in_form(request, form, rows, f"telusur: {query}" if query else "telusur", "telusur-cari")


ROUTES = [*forms_of("/cari", give), Route("/cari", show), Route("/cari/{name}", facet_page)]
