"""The narrow rows of a record: what questions are answered from without unpacking a record.

Comes in: a record in its published form, with people's decisions laid over it. Goes out: `Rows`, which know neither the
article's number nor those of names, so that they can be made in any process; and their way into the tables and out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, tuple_

from . import words
from .doubts import least_doubt
from .faces import Face, faces_of
from .joining import number_faces, take_out_faces
from .offices import office_rows
from .parts import kinds_of, parts_of
from .places import MOST_ITEMS, day_of, inner_number
from .schema import (
    ACCEPTED,
    CORRECTED,
    DERIVED_OF_ARTICLE,
    MACHINE,
    REJECTED,
    claims,
    doubts,
    entities,
    links,
    makers,
    names,
    offices,
    outlets,
    participants,
    sayings,
    tags,
)
from .settling import settle
from .spellings import fold_key, sound_key

REVIEWS = {"accepted": ACCEPTED, "corrected": CORRECTED, "added": CORRECTED, "rejected": REJECTED}
"""The mark ``review`` that `decisions.lay_over` puts on an item, as the tables write it."""

Values = tuple[Any, ...]
Name = tuple[str, str, str]
"""Type, name, and link (``wikidata:Q...``, or empty)."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What the tables say of one article, in the order of their columns after ``article``."""

    outlet: str | None
    names: tuple[Name, ...]
    tags: tuple[Values, ...]
    sayings: tuple[Values, ...]
    links: tuple[Values, ...]
    claims: tuple[Values, ...]
    participants: tuple[Values, ...]
    offices: tuple[Values, ...]
    doubts: tuple[Values, ...]
    faces: tuple[Face | None, ...]
    parts: tuple[int, ...]
    kinds: int
    words: str
    said: tuple[str, ...]


def make_rows(record: Mapping[str, Any]) -> Rows:
    """The rows of one record. Items beyond the 65,536th of a layer stay in the record only."""
    at = {entity["id"]: n for n, entity in enumerate(record["entities"][:MOST_ITEMS])}
    attributions = record["attributions"][:MOST_ITEMS]
    said_at = {attribution["id"]: n for n, attribution in enumerate(attributions)}
    sayings_ = tuple(_saying(n, a, at) for n, a in enumerate(attributions))
    claims_ = record["claims"][:MOST_ITEMS]
    times = {time["id"]: time for time in record["times"]}
    names_ = tuple(map(_name, record["entities"][:MOST_ITEMS]))
    return Rows(
        outlet=plain(record["article"]["publisher"] or "") or None,
        names=names_,
        tags=tuple(_tags(record["article"])),
        sayings=sayings_,
        links=tuple(_links(attributions, at)),
        claims=tuple(_claim(n, c, times, said_at) for n, c in enumerate(claims_)),
        participants=tuple(
            (n, p, who["role"], at.get(who["entity"])) for n, c in enumerate(claims_) for p, who in enumerate(c["participants"])
        ),
        offices=tuple((n, who, plain(office), body) for n, who, office, body in office_rows(record, at) if n < MOST_ITEMS),
        doubts=tuple((doubt,) for doubt in least_doubt(record)),
        faces=faces_of(record, names_),
        parts=parts_of(record, at, [type_ for type_, _, _ in names_]),
        kinds=kinds_of(claims_),
        words=words.article_words(record),
        said=tuple(words.said_words(record["text"], row[1], row[2]) for row in sayings_),
    )


def _name(entity: Mapping[str, Any]) -> Name:
    link = entity.get("link") or {}
    return entity["type"], plain(entity["name"]), next((plain(f"{scheme}:{key}", 200) for scheme, key in link.items()), "")


def _tags(article: Mapping[str, Any]) -> list[Values]:
    told = [("wire", wire) for wire in article.get("wires") or ()]
    told += [("topic", topic) for topic in article.get("topics") or ()]
    told += [("section", article["section"])] if article.get("section") else []
    told += [("credit", credit["name"]) for credit in article.get("credits") or ()]
    return list(dict.fromkeys((field, plain(value)) for field, value in told if value))


LONGEST = 800
"""The most bytes of a string in an index: PostgreSQL takes 2,700 for all columns of one. Records hold it whole."""


def plain(value: str, most: int = LONGEST) -> str:
    """A string that every database takes and can index: without NUL and lone surrogates, cut where it is very long."""
    whole = value.encode("utf-8", "replace").replace(b"\0", "\ufffd".encode())
    return whole[:most].decode("utf-8", "ignore")


def _saying(number: int, attribution: Mapping[str, Any], at: Mapping[str, int]) -> Values:
    content, chain = attribution["content"], attribution["chain"]
    speaker = next((link.get("entity") for link in chain if link["role"] == "speaker"), None)
    start, end = min(span["start"] for span in content), max(span["end"] for span in content)
    return number, start, end, at.get(speaker or ""), attribution["style"], _review(attribution)


def _links(attributions: Sequence[Mapping[str, Any]], at: Mapping[str, int]) -> Iterable[Values]:
    for number, attribution in enumerate(attributions):
        for n, link in enumerate(attribution["chain"]):
            if link["role"] != "speaker":
                yield number, n, link["role"], at.get(link.get("entity") or "")


def _claim(number: int, claim: Mapping[str, Any], times: Mapping[str, Any], said_at: Mapping[str, int]) -> Values:
    time = times.get(claim.get("time") or "") or {}
    return (
        number,
        claim["trigger"]["start"],
        claim["type"],
        claim["certainty"],
        claim["polarity"],
        claim["tense"],
        day_of(time.get("from")),
        day_of(time.get("to")),
        said_at.get(claim.get("according_to") or ""),
        _review(claim),
    )


def _review(item: Mapping[str, Any]) -> int:
    return REVIEWS.get(item.get("review", ""), MACHINE)


# --- into the tables --------------------------------------------------------------------------------------------


def put_rows(connection: Connection, numbered: Sequence[tuple[int, Rows]]) -> None:
    """Adds the rows of articles that have none."""
    known = number_names(connection, (name for _, rows in numbered for name in rows.names))
    faces, touched = number_faces(connection, [(a, face) for a, rows in numbered for face in rows.faces if face])
    _insert(
        connection,
        entities,
        [
            (a, n, known[name], faces[face.id] if face else None, face.because if face else None, part)
            for a, rows in numbered
            for n, (name, face, part) in enumerate(zip(rows.names, rows.faces, rows.parts, strict=True))
        ],
    )
    for table in (tags, sayings, links, claims, participants, offices, doubts):
        _insert(connection, table, [(a, *values) for a, rows in numbered for values in getattr(rows, table.name)])
    settle(connection, touched)
    words.put(connection, "article_words", [(a, rows.words) for a, rows in numbered])
    words.put(connection, "said_words", [(inner_number(a, n), said) for a, rows in numbered for n, said in enumerate(rows.said)])


def take_out_rows(connection: Connection, article: int, rows: Rows, *, but: Collection[Table] = ()) -> None:
    """Takes the rows of an article out, those of tables named in ``but`` excepted. ``rows`` must be those that stand there:
    their words are needed."""
    for table in DERIVED_OF_ARTICLE:
        if table not in but:
            connection.execute(delete(table).where(table.c.article == article))
    take_out_faces(connection, rows.faces)
    words.take_out(connection, "article_words", [(article, rows.words)])
    words.take_out(connection, "said_words", [(inner_number(article, n), said) for n, said in enumerate(rows.said)])


def _insert(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    if rows:
        keys = table.columns.keys()
        connection.execute(insert(table), [dict(zip(keys, row, strict=True)) for row in rows])


_AT_ONCE = 200
"""Names asked for in one question: SQLite takes 999 values in it, or more."""


def number_names(connection: Connection, wanted: Iterable[Name]) -> dict[Name, int]:
    """The number of each name, given to those that have none yet."""
    unique = list(dict.fromkeys(wanted))
    known: dict[Name, int] = {}
    key = (names.c.type, names.c.name, names.c.link)
    for start in range(0, len(unique), _AT_ONCE):
        some = unique[start : start + _AT_ONCE]
        for type_, name, link, number in connection.execute(select(*key, names.c.number).where(tuple_(*key).in_(some))):
            known[(type_, name, link)] = number
    if missing := [name for name in unique if name not in known]:
        first = next_number(connection, names)
        known |= {name: first + n for n, name in enumerate(missing)}
        _insert(connection, names, [(known[name], *name, plain(fold_key(name[1])), plain(sound_key(name[1]))) for name in missing])
    return known


def number_outlet(connection: Connection, name: str) -> int:
    """The number of an outlet, given if it has none yet."""
    found: int | None = connection.execute(select(outlets.c.number).where(outlets.c.name == name)).scalar()
    if found is None:
        found = next_number(connection, outlets)
        connection.execute(insert(outlets).values(number=found, name=name))
    return found


def number_maker(connection: Connection, maker: tuple[str, str, str]) -> int:
    """The number of a software, version and model, given if they have none yet."""
    same = (makers.c.software == maker[0]) & (makers.c.version == maker[1]) & (makers.c.model == maker[2])
    found: int | None = connection.execute(select(makers.c.number).where(same)).scalar()
    if found is None:
        found = next_number(connection, makers)
        connection.execute(insert(makers).values(number=found, software=maker[0], version=maker[1], model=maker[2]))
    return found


def next_number(connection: Connection, table: Table) -> int:
    """One more than the greatest number of a table; safe because one at a time writes."""
    greatest: int = connection.execute(select(func.coalesce(func.max(table.c.number), 0))).scalar_one()
    return greatest + 1
