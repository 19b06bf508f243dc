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

from sqlalchemy import ColumnElement, Connection, literal_column, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ... import messages
from ...answers.ask import Hit
from ...answers.lines import Line
from ...archive.columns import CLAIM_WORDS
from ...archive.parts import CERTAINTY_WORDS, certainty_bit, type_bit
from ...archive.places import day_of_number, iso_day
from ...archive.schema import articles, outlets, tags
from ...errors import BadRequest
from ...model.claim import CERTAINTIES, CLAIM_TYPES
from ...search import counting, paging
from ...search.query import FIELDS, meant, parse
from .. import hits, links
from ..citing import cite, cite_excerpt
from ..languages import language_of
from ..lists import Batch, Form, forms_of, in_form
from ..rendering import render
from ..snapshots import Snapshot, reading

SIZE = 20
COUNTED = 1000
SHOWN = 8

FIELD_ORDER = ("outlet", "type", "certainty", "wire", "month")

# A field as it was typed: a sign, a name, a value that may stand in quotation marks or parentheses.
_FIELD = re.compile(r'(?P<sign>-?)(?P<name>\b[^\W\d_][\w-]{0,30}):(?P<value>"[^"]*"|\([^()]*\)|[^\s()"]+)')


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
        return render(request, "search.html", status=400, asked=asked, trouble=messages.told(str(error), lang), hits=(), lines=(), next=None, chips=chips(asked), kind=kind,
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
            name = FIELDS[match["name"].casefold()]
            found.append(Chip(match["sign"], name, meant(name, match["value"].strip('"()')), rest))
    return found


# --- beside the hits --------------------------------------------------------------------------------------------


def _beside(archive: Snapshot, query: str, request: Request) -> dict[str, Any]:
    """How many answer, and the facets, of the newest `COUNTED`; the whole count where the reader asked for it."""
    node = parse(query)
    with archive.reading() as connection:
        page = paging.article_page(connection, node, COUNTED)
        numbers = [key[0] for key in page.keys]
        exact = page.next is None
        count = len(numbers)
        if not exact and request.query_params.get("hitung") == "semua":
            count, exact = counting.count_articles(connection, node), True
        return {"count": count, "exact": exact, "facets": _facets(connection, query, numbers), "partial": page.next is not None}


def _facets(connection: Connection, query: str, numbers: Sequence[int]) -> dict[str, list[FacetValue]]:
    """Counted over these articles: their outlets, kinds of claims and certainties stand in their own rows."""
    rows = connection.execute(select(articles.c.outlet, articles.c.kinds).where(among(articles.c.number, numbers))).all() if numbers else []
    names = dict(connection.execute(select(outlets.c.number, outlets.c.name).where(among(outlets.c.number, {row.outlet or 0 for row in rows}))).tuples().all()) if rows else {}
    wires = connection.execute(select(tags.c.value).where(tags.c.field == "wire", among(tags.c.article, numbers))).scalars() if numbers else ()
    counted = {
        "outlet": _one_spelling(Counter(names[row.outlet] for row in rows if row.outlet)),
        "type": _by_bits([row.kinds for row in rows], {word: type_bit(word) for word in CLAIM_WORDS}),
        "certainty": _by_bits([row.kinds for row in rows], {word: certainty_bit(word) for word in CERTAINTY_WORDS}),
        "wire": _one_spelling(Counter(wires)),
        "month": Counter(iso_day(day)[:7] for number in numbers if (day := day_of_number(number))),
    }
    return {name: _values(name, counts, query) for name, counts in counted.items() if counts}


def among(column: ColumnElement[Any], numbers: Iterable[int]) -> ColumnElement[bool]:
    """Whether a number is among many: written out, since a thousand parameters cost more than the question."""
    return column.op("IN", is_comparison=True)(literal_column(f"({','.join(str(int(number)) for number in numbers)})"))


def _by_bits(kinds: Sequence[int], bits: Mapping[str, int]) -> Counter[str]:
    return Counter({word: count for word, bit in bits.items() if (count := sum(1 for held in kinds if held & bit))})


def _one_spelling(counts: Mapping[str, int]) -> Counter[str]:
    """Names that differ in capitals only as one, as fields find them, in the spelling of most articles."""
    told: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        told[spelling.setdefault(name.lower(), name)] += count
    return told


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
        counts = dict(counting.facet(connection, parse(query), name))
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
