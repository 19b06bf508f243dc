"""A story: one text, whoever printed it: who when, who dropped the credit, who added what, and two of them word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...answers.lines import Article, Reference
from ...archive.keep import load_record
from ...archive.places import ID_LENGTH
from ...archive.schema import articles
from ...export.wording import clean
from ...model.document import ARTICLE_KINDS
from ...trace.copies import Copy, Kind, copies_of
from ...trace.families import Family, family_of, members_of
from .. import links
from ..article_view import readable
from ..drawn import show as drawn
from ..drawn import tongue_of
from ..lists import Batch, Form, in_form
from ..pictures import strips
from ..rendering import render
from ..snapshots import Snapshot, reading
from ..word_diff import Pair, Piece, pieces, shared
from .article import LONGEST_TRACED, chars_of, find_article

MOST_MEMBERS = 100
MOST_TOLD = 500
"""Articles of a story that are read for its page: of one that has more, those are shown that are copies of the article asked for."""

MOST_CHARS = 24_000
_LOOKED_AT = 6


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts that are held against each other, in blocks."""

    reference: Reference
    blocks: tuple[tuple[str, tuple[Piece, ...]], ...]
    own: int
    cut: bool


def show(request: Request) -> Response:
    asked = article_of(request.path_params["id"])
    with reading(request) as archive, archive.reading() as connection:
        id, number = find_article(connection, asked)
        if chars_of(connection, number) > LONGEST_TRACED:
            here = Article(id, _record(archive, connection, id)).reference
            return _bare(request, id, here, too_long=True)
        family, too_many = _family(connection, id)
        copies = copies_of(connection, id)
        if family and request.path_params["id"] != family.id:
            return RedirectResponse(links.story(family.id) + (f"?{request.url.query}" if request.url.query else ""), 302)
        members = family.articles if family else ()
        base = _chosen(request.query_params.get("a", ""), members, _first(connection, family) if family else id)
        if base != id:
            copies = copies_of(connection, base)
        by_other = {copy.other: copy for copy in copies}
        others = [member for member in members if member != base] if family else [copy.other for copy in copies]
        other = _chosen(request.query_params.get("b", ""), others, others[0] if others else "")
        records = {one: _record(archive, connection, one) for one in dict.fromkeys(filter(None, (base, other)))}
        sides = _sides(records, base, other, by_other.get(other)) if other else None
        picture = _strips(archive, connection, family, base, by_other, request) if family else None
        references = {copy.other: Article(copy.other, _record(archive, connection, copy.other)).reference for copy in copies[:12]} if not family else {}
        here = Article(base, records[base]).reference
    names = {member.article: member.outlet for member in family.members} if family else {one: reference.outlet for one, reference in references.items()}
    return render(request, "story.html", id=id, family=family, copies=copies, by_other=by_other, base=base, other=other, sides=sides, others=others[:MOST_MEMBERS],
                  picture=picture, references=references, here=here, most=MOST_MEMBERS, turned=turned, names={base: here.outlet, **dict.fromkeys(others), **names}, too_long=False, too_many=too_many)  # fmt: skip


def _family(connection: Connection, id: str) -> tuple[Family | None, int]:
    """The story of an article where it is not too long to be read at once, else how many articles it has."""
    count = len(members_of(connection, id))
    return (None, count) if count > MOST_TOLD else (family_of(connection, id), 0)


def _bare(request: Request, id: str, here: Reference, *, too_long: bool) -> Response:
    """An article that is held against no other."""
    return render(request, "story.html", id=id, family=None, copies=(), by_other={}, base=id, other="", sides=None, others=[], picture=None, references={}, here=here,
                  most=MOST_MEMBERS, names={}, turned=turned, too_long=too_long, too_many=0)  # fmt: skip


def article_of(id: str) -> str:
    """The article that a story's address names: a family is called after one of its own, with an ``f`` before it."""
    return id[1:] if id.startswith("f") and len(id) == ID_LENGTH + 1 else id


def turned(kind: Kind) -> Kind:
    """How the other stands to an article, of how that stands to the other."""
    return {"abridged": "extended", "extended": "abridged"}.get(kind, kind)  # type: ignore[return-value]


def _first(connection: Connection, family: Family) -> str:
    """The article that the others are held against: the earliest; where none is surely that, an agency's own that others credit, else
    the one of the first few that has most in common with the others."""
    if family.earliest:
        return family.earliest
    wires = {wire.casefold() for wire in family.wires}
    own = [member.article for member in family.members if (member.outlet or "").casefold() in wires]
    among = own or list(family.articles[:_LOOKED_AT])
    return max(among, key=lambda one: (sum(copy.other_share for copy in copies_of(connection, one)), one)) if len(among) > 1 else among[0]


def _chosen(told: str, among: Sequence[str], otherwise: str) -> str:
    return next((one for one in among if len(told) >= 6 and one.startswith(told)), otherwise)


def _record(archive: Snapshot, connection: Connection, id: str) -> dict[str, Any]:
    number = connection.execute(select(articles.c.number).where(articles.c.id == id)).scalar_one()
    return load_record(archive, connection, number)


# --- word by word -----------------------------------------------------------------------------------------------


def _sides(records: Mapping[str, dict[str, Any]], base: str, other: str, copy: Copy | None) -> tuple[Side, Side]:
    one, two = str(records[base]["text"]), str(records[other]["text"])
    if copy and copy.passages:
        known = [Pair((p.a.start, p.a.end), (p.b.start, p.b.end)) for p in copy.passages]
    else:
        known = [Pair((0, len(one)), (0, len(two)))]
    if (a := _title(records[base])) and (b := _title(records[other])):
        known = [Pair(a, b), *known]
    mine, theirs = shared(one, two, known)
    return _side(base, records[base], mine), _side(other, records[other], theirs)


def _title(record: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where the title stands: copies are found by bodies alone."""
    return next(((int(b["start"]), int(b["end"])) for b in record["blocks"] if b["kind"] == "title"), None)


def _side(id: str, record: dict[str, Any], same: Sequence[tuple[int, int]]) -> Side:
    text, shown, own = str(record["text"]), 0, 0
    blocks: list[tuple[str, tuple[Piece, ...]]] = []
    for block in sorted(record["blocks"], key=lambda block: block["start"]):
        if block["kind"] not in ARTICLE_KINDS:
            continue
        if shown > MOST_CHARS:
            return Side(Article(id, record).reference, tuple(blocks), own, True)
        span = block["start"], min(block["end"], block["start"] + MOST_CHARS)
        cut = tuple(Piece(readable(p.text), p.shared) for p in pieces(text, span, same))
        own += sum(len(p.text.split()) for p in cut if not p.shared)
        blocks.append((str(block["kind"]), cut))
        shown += span[1] - span[0]
    return Side(Article(id, record).reference, tuple(blocks), own, False)


# --- strips -----------------------------------------------------------------------------------------------------


def _strips(archive: Snapshot, connection: Connection, family: Family, base: str, copies: Mapping[str, Copy], request: Request) -> Any:
    """Each text as a bar: what it shares with the one that the others are held against, and what is its own."""
    tongue = tongue_of(request)
    rows = []
    for member in family.members[:24]:
        record = _record(archive, connection, member.article)
        copied: list[tuple[int, int]] = []
        if member.article != base and (copy := copies.get(member.article)):
            copied = [(p.b.start, p.b.end) for p in copy.passages]
        note = tongue.wording.day(member.published) if member.published else ""
        warning = tongue.gettext("does not credit {names}").format(names=", ".join(member.dropped[:3])) if member.dropped else ""
        rows.append(strips.Strip(clean(member.outlet or member.article[:8]), len(record["text"]), tuple(_stretches(record, copied)), note, warning, links.article(member.article)))
    return drawn(strips.copy_strips(rows, tongue), tongue)


def _stretches(record: Mapping[str, Any], copied: Sequence[tuple[int, int]]) -> list[strips.Piece]:
    found = []
    for block in sorted(record["blocks"], key=lambda block: block["start"]):
        start, end = block["start"], block["end"]
        if block["kind"] not in ARTICLE_KINDS:
            found.append(strips.Piece(start, end, "skipped"))
            continue
        at = start
        for a, b in sorted((max(a, start), min(b, end)) for a, b in copied if a < end and b > start):
            if a > at:
                found.append(strips.Piece(at, a, "own"))
            if b > max(a, at):
                found.append(strips.Piece(max(a, at), b, "copied"))
            at = max(at, b)
        if at < end:
            found.append(strips.Piece(at, end, "own"))
    return found


def _give(form: Form) -> Any:
    def endpoint(request: Request) -> Response:
        def rows(archive: Snapshot, after: str | None, size: int) -> Batch:
            with archive.reading() as connection:
                id, _ = find_article(connection, article_of(request.path_params["id"]))
                family, copies = _family(connection, id)[0], {copy.other: copy for copy in copies_of(connection, id)}
            members: list[dict[str, Any]] = [
                {
                    "article": member.article, "outlet": member.outlet, "published": member.published, "title": member.title, "url": member.url,
                    "credits": [credit.name for credit in member.credits], "dropped": list(member.dropped),
                    "kind": turned(copies[member.article].kind) if member.article in copies else None,
                    "share": round(copies[member.article].other_share, 3) if member.article in copies else None,
                }
                for member in (family.members if family else ())
            ]  # fmt: skip
            return Batch(members or [asdict(copy) | {"passages": len(copy.passages)} for copy in copies.values()], None)

        return in_form(request, form, rows, "telusur", f"telusur-{request.path_params['id'][:13]}")

    return endpoint


FORMS: tuple[Form, ...] = ("csv", "json", "jsonl")

ROUTES = [*(Route(f"/c/{{id}}.{form}", _give(form)) for form in FORMS), Route("/c/{id}", show)]
