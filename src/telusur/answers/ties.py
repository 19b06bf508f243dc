"""Who is bound to whom: ties between those who take part in the same claims, and who speaks about whom.

Comes in: a query, perhaps a centre. Goes out: parties and ties, counted. Only the newest articles that answer are looked at, and how
many is told. Parties are actors where the archive joined names across articles, else names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape as _escape
from xml.sax.saxutils import quoteattr

from sqlalchemy import Connection, and_, select, tuple_

from ..archive.engine import Archive
from ..archive.schema import REJECTED, actors, claims, entities, names, participants, sayings
from ..export.marks import escape as _printable
from ..export.wording import clean
from ..model.claim import STATE_TYPES
from ..search.find import BEYOND
from ..search.names import bearing
from ..search.query import And, Field, Node, parse
from .places import Newest, newest_articles, of_newest

MOST_TIES = 20_000
"""Pairs of parties that are read."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody or something. ``id``: of the actor, or ``name:N`` of a name that stands alone; ``articles`` that bind it here."""

    id: str
    name: str
    type: str
    articles: int


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie from one party to another: ``claims`` of a type, in so many ``articles``; ``denied`` of them say that it is not so."""

    a: str
    b: str
    type: str
    claims: int
    articles: int
    denied: int


@dataclass(frozen=True, slots=True)
class Ties:
    """All of them; ``counted`` articles were looked at, ``more``: older ones answer too, and are not in it."""

    parties: tuple[Party, ...]
    ties: tuple[Tie, ...]
    counted: int
    more: bool
    centre: frozenset[str] = frozenset()


def ties(archive: Archive, query: str = "", *, centre: str = "", types: Sequence[str] = STATE_TYPES) -> Ties:
    """Who is told to be bound to whom.

    Args:
        query: what chooses articles and claims.
        centre: only ties in whose claims somebody of this name takes part, with what else their articles tell between the same parties.
        types: kinds of claims; states, if not said.

    Raises:
        BadRequest: the query cannot be understood.
    """
    node = parse(query)
    with archive.reading() as connection:
        asked = _with_centre(node, centre)
        newest = newest_articles(connection, asked)
        rows = _pairs(connection, asked, newest, types)
        found = _told(connection, rows)
        central = _central(connection, found, newest, centre) if centre else frozenset()
        return _bound(found, newest, central)


def _with_centre(node: Node | None, centre: str) -> Node | None:
    """The query, of articles whose claims somebody of this name takes part in."""
    if not centre:
        return node
    told = Field("about", (centre,))
    return And((told,)) if node is None else And((And((told,)), node))


_Row = tuple[int, int, str, str, int, int]


def _pairs(connection: Connection, node: Node | None, newest: Newest, types: Sequence[str]) -> list[_Row]:
    """Article, claim, its type and polarity, and the entities of an actor and of a recipient."""
    one, other, c = participants.alias("one"), participants.alias("other"), claims.c
    joined = claims.join(one, and_(one.c.article == c.article, one.c.claim == c.claim, one.c.role == "actor", one.c.entity.is_not(None))).join(
        other, and_(other.c.article == c.article, other.c.claim == c.claim, other.c.role == "recipient", other.c.entity.is_not(None))
    )
    rows = (
        select(c.article, c.claim, c.type, c.polarity, one.c.entity, other.c.entity.label("to"))
        .select_from(joined)
        .where(c.type.in_(types), c.review != REJECTED, *of_newest(connection, node, newest, c.article), one.c.entity != other.c.entity)
        .distinct()
        .order_by(c.article.desc(), c.claim)
        .limit(MOST_TIES)
    )
    return [(int(a), int(n), str(t), str(p), int(x), int(y)) for a, n, t, p, x, y in connection.execute(rows)]


@dataclass(slots=True)
class _Found:
    rows: list[_Row]
    who: dict[tuple[int, int], tuple[str, str, str]]
    """By article and entity: id, name, type."""


def _told(connection: Connection, rows: list[_Row]) -> _Found:
    keys = sorted({(row[0], entity) for row in rows for entity in row[4:6]})
    return _Found(rows, _parties(connection, keys))


def _parties(connection: Connection, keys: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[str, str, str]]:
    """Who the entities of some articles are."""
    face, whole = actors.alias("face"), actors.alias("whole_")
    wanted = select(entities.c.article, entities.c.entity, names.c.number, names.c.name, names.c.type, whole.c.id, whole.c.name, whole.c.type).select_from(
        entities.join(names, names.c.number == entities.c.name)
        .outerjoin(face, face.c.number == entities.c.actor)
        .outerjoin(whole, whole.c.number == face.c.whole)
    )
    found: dict[tuple[int, int], tuple[str, str, str]] = {}
    for at in range(0, len(keys), _AT_ONCE):
        some = keys[at : at + _AT_ONCE]
        key = tuple_(entities.c.article, entities.c.entity)
        low, high = some[0][0], some[-1][0]
        for article, entity, number, name, type_, id, actor, kind in connection.execute(wanted.where(entities.c.article.between(low, high), key.in_(some))):
            found[(article, entity)] = (id, actor, kind) if id else (f"name:{number}", name, type_)
    return found


def _bound(found: _Found, newest: Newest, central: frozenset[str]) -> Ties:
    counted: dict[tuple[str, str, str], tuple[set[tuple[int, int]], set[int], set[tuple[int, int]]]] = defaultdict(lambda: (set(), set(), set()))
    seen: dict[str, set[int]] = defaultdict(set)
    told: dict[str, tuple[str, str]] = {}
    for article, claim, type_, polarity, one, other in found.rows:
        a, b = found.who.get((article, one)), found.who.get((article, other))
        if a is None or b is None or a[0] == b[0]:
            continue
        all_, in_, denied = counted[(a[0], type_, b[0])]
        all_.add((article, claim))
        in_.add(article)
        if polarity == "negative":
            denied.add((article, claim))
        for id, name, kind in (a, b):
            told.setdefault(id, (name, kind))
            seen[id].add(article)
    made = [Tie(a, b, type_, len(all_), len(in_), len(denied)) for (a, type_, b), (all_, in_, denied) in counted.items()]
    parties = [Party(id, name, kind, len(seen[id])) for id, (name, kind) in told.items()]
    made.sort(key=lambda tie: (-tie.articles, -tie.claims, tie.a, tie.b, tie.type))
    parties.sort(key=lambda party: (-party.articles, party.name, party.id))
    return Ties(tuple(parties), tuple(made), newest.count, newest.more, central)


def _central(connection: Connection, found: _Found, newest: Newest, centre: str) -> frozenset[str]:
    """Those parties that bear the name of the centre."""
    borne = bearing((centre,), newest.low, BEYOND)
    keys = {(int(a), int(e)) for a, e in connection.execute(select(borne.c.article, borne.c.entity).limit(MOST_TIES))}
    return frozenset(who[0] for key, who in found.who.items() if key in keys)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks about whom: so many sayings."""

    speaker: str
    subject: str
    sayings: int


def spoken(archive: Archive, query: str = "") -> tuple[tuple[Spoken, ...], int, bool]:
    """Speakers and those who take part in what they tell, counted over the newest articles; how many, and whether there are more.

    Raises:
        BadRequest: the query cannot be understood.
    """
    node = parse(query)
    s, c, p = sayings.c, claims.c, participants.c
    with archive.reading() as connection:
        newest = newest_articles(connection, node)
        joined = sayings.join(claims, and_(c.article == s.article, c.saying == s.saying)).join(participants, and_(p.article == c.article, p.claim == c.claim))
        rows = (
            select(s.article, s.saying, s.speaker, p.entity)
            .select_from(joined)
            .where(
                s.speaker.is_not(None), p.entity.is_not(None), p.entity != s.speaker, s.review != REJECTED, c.review != REJECTED,
                *of_newest(connection, node, newest, c.article),
            )
            .distinct()
            .limit(MOST_TIES)
        )  # fmt: skip
        told = [(int(a), int(n), int(x), int(y)) for a, n, x, y in connection.execute(rows)]
        who = _parties(connection, sorted({(a, e) for a, _, x, y in told for e in (x, y)}))
    counts: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    for article, saying, speaker, subject in told:
        one, other = who.get((article, speaker)), who.get((article, subject))
        if one and other and one[0] != other[0]:
            counts[(one[1], other[1])].add((article, saying))
    made = [Spoken(one, other, len(said)) for (one, other), said in counts.items()]
    return tuple(sorted(made, key=lambda cell: (-cell.sayings, cell.speaker, cell.subject))), newest.count, newest.more


# --- for other programs -----------------------------------------------------------------------------------------


def to_gexf(bound: Ties) -> str:
    """GEXF 1.3, as Gephi reads it: the weight of a tie is the number of its articles."""
    nodes = "".join(
        f"<node id={_xml(p.id)} label={_xml(p.name)}><attvalues><attvalue for=\"type\" value={_xml(p.type)}/>"
        f"<attvalue for=\"articles\" value=\"{p.articles}\"/></attvalues></node>"
        for p in bound.parties
    )
    edges = "".join(
        f'<edge id="{n}" source={_xml(t.a)} target={_xml(t.b)} label={_xml(t.type)} weight="{t.articles}"><attvalues>'
        f'<attvalue for="claims" value="{t.claims}"/><attvalue for="denied" value="{t.denied}"/></attvalues></edge>'
        for n, t in enumerate(bound.ties)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3"><meta><creator>telusur</creator></meta>'
        '<graph defaultedgetype="directed"><attributes class="node"><attribute id="type" title="type" type="string"/>'
        '<attribute id="articles" title="articles" type="integer"/></attributes><attributes class="edge">'
        '<attribute id="claims" title="claims" type="integer"/><attribute id="denied" title="denied" type="integer"/></attributes>'
        f"<nodes>{nodes}</nodes><edges>{edges}</edges></graph></gexf>\n"
    )


def to_graphml(bound: Ties) -> str:
    """GraphML, as yEd, igraph and networkx read it."""
    keys = "".join(
        f'<key id="{name}" for="{side}" attr.name="{name}" attr.type="{kind}"/>'
        for side, name, kind in (
            ("node", "label", "string"), ("node", "type", "string"), ("node", "articles", "int"),
            ("edge", "kind", "string"), ("edge", "weight", "int"), ("edge", "claims", "int"), ("edge", "denied", "int"),
        )
    )  # fmt: skip
    nodes = "".join(
        f"<node id={_xml(p.id)}>{_data('label', p.name)}{_data('type', p.type)}{_data('articles', p.articles)}</node>" for p in bound.parties
    )
    edges = "".join(
        f"<edge source={_xml(t.a)} target={_xml(t.b)}>{_data('kind', t.type)}{_data('weight', t.articles)}{_data('claims', t.claims)}{_data('denied', t.denied)}</edge>"
        for t in bound.ties
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        f'{keys}<graph edgedefault="directed">{nodes}{edges}</graph></graphml>\n'
    )


def _data(key: str, value: Any) -> str:
    return f'<data key="{key}">{_escape(_plain(str(value)))}</data>'


def _xml(value: str) -> str:
    return quoteattr(_plain(value))


def _plain(value: str) -> str:
    """What XML can hold."""
    import html

    return html.unescape(_printable(clean(value)))
