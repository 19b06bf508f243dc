"""Whose an outlet is: what is publicly known, and what this archive's users set.

Comes in: an outlet's name as a page prints it. Goes out: one key for all its names, and its owner with source and date. What no
table tells is not known, and two outlets whose owner is not known are never taken for one house.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache

from sqlalchemy import Connection, func, insert, select

from ..archive.engine import Archive
from ..archive.schema import outlets
from ..archive.tracing_tables import outlet_facts
from ..errors import BadRequest
from ..lexicon import read_table
from .credits import same_name

NONE = "-"
"""An owner of its own: known to belong to no group."""

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """Whose an outlet is. ``owner`` is empty where it is not known, ``-`` where it belongs to no group; ``who`` set it, empty for
    the table that ships."""

    outlet: str
    names: tuple[str, ...]
    owner: str
    source: str
    as_of: str
    who: str = ""


LOCAL = "*"
"""Ends a name that local editions of a network begin with (``Tribun*``): outlets of their own, of the network's owner."""


@cache
def shipped() -> Mapping[str, Fact]:
    """The table that ships, by every key of every name."""
    found: dict[str, Fact] = {}
    for row in read_table("outlet-owners", ("outlet", "names", "owner", "source", "as_of")):
        fact = Fact(row["outlet"], tuple(row["names"].split("|")), row["owner"], row["source"], row["as_of"])
        for name in (fact.outlet, *(name for name in fact.names if not name.endswith(LOCAL))):
            found.setdefault(same_name(name), fact)
    return found


@cache
def _networks() -> Mapping[str, Fact]:
    """Those with local editions, by how these are called."""
    return {same_name(name): fact for fact in shipped().values() for name in fact.names if name.endswith(LOCAL)}


@lru_cache(maxsize=10_000)
def medium_key(name: str) -> str:
    """One key for all names of an outlet or agency: ``KOMPAS.com``, ``Kompas``; its sub-sites are the outlet, its local editions are not."""
    key = same_name(name)
    known = shipped().get(key) or _site_of(name)
    return same_name(known.outlet) if known else key


def _site_of(name: str) -> Fact | None:
    """The outlet whose site a name is a part of: `news.detik.com`."""
    parts = name.casefold().strip().split(".")
    ends = (".".join(parts[-2:]), ".".join(parts[-3:])) if len(parts) > 2 else ()
    return next((fact for end in ends if (fact := shipped().get(same_name(end)))), None)


class Owners:
    """Outlets as one archive knows them: its own facts over those that ship."""

    def __init__(self, set_here: Mapping[str, Fact] | None = None) -> None:
        self.set_here = set_here or {}

    def key(self, name: str) -> str:
        """One key for all names of an outlet (`medium_key`)."""
        return medium_key(name)

    def fact(self, name: str) -> Fact:
        """What is known of an outlet."""
        key = self.key(name)
        return self.set_here.get(key) or shipped().get(key) or self._part_of(name) or Fact(name, (), "", "", "")

    def owner(self, name: str) -> str:
        """Whose an outlet is, as a key; empty where it is not known or belongs to nobody else."""
        owner = self.fact(name).owner
        return "" if owner in ("", NONE) else owner

    def _part_of(self, name: str) -> Fact | None:
        """Where to look for the owner: the site, or the network whose local edition a name is (`TribunJabar.id`)."""
        key = same_name(name)
        return _site_of(name) or next((fact for start, fact in _networks().items() if key.startswith(start)), None)


def read_owners(connection: Connection) -> Owners:
    """The outlets of an archive; the last that was set of an outlet stands."""
    found: dict[str, Fact] = {}
    for row in connection.execute(select(outlet_facts).order_by(outlet_facts.c.number)):
        found[medium_key(row.name)] = Fact(row.name, (), row.owner, row.source, row.as_of, row.who)
    return Owners(found)


@dataclass(frozen=True, slots=True)
class Listed:
    """An outlet of the archive, with how many articles it has there."""

    fact: Fact
    name: str
    articles: int


def list_outlets(connection: Connection) -> list[Listed]:
    """The outlets that an archive holds, those of most articles first, and what was set of others."""
    from ..archive.schema import articles

    owners = read_owners(connection)
    counted = select(outlets.c.name, func.count()).join(articles, articles.c.outlet == outlets.c.number).group_by(outlets.c.name)
    rows = [Listed(owners.fact(name), name, int(count)) for name, count in connection.execute(counted)]
    there = {owners.key(row.name) for row in rows}
    rows += [Listed(fact, fact.outlet, 0) for key, fact in owners.set_here.items() if key not in there]
    return sorted(rows, key=lambda row: (-row.articles, row.name.casefold()))


def set_owner(archive: Archive, name: str, owner: str, source: str, as_of: str, who: str) -> Fact:
    """Notes whose an outlet is. Nothing is overwritten: the last that was set stands, and the others are kept.

    Args:
        owner: the group; ``-`` for none, empty for not known.
        source: where that is said.
        as_of: a year, a month or a day.

    Raises:
        BadRequest: something is missing, too long or no date; nothing was noted.
    """
    name, owner, source, as_of, who = (" ".join(text.split()) for text in (name, owner, source, as_of, who))
    if not same_name(name):
        raise BadRequest("no outlet was named; nothing was noted; give its site or name, like telusur outlets set kompas.com --owner …")
    if not source:
        raise BadRequest("a fact about an outlet needs its source; nothing was noted; add --source, such as the page that says so")
    if not _DATE.fullmatch(as_of):
        raise BadRequest(f"{as_of!r} is no date; nothing was noted; write a year, a month or a day, like 2025-06")
    if too_long := next((text for text in (name, owner, source, who) if len(text) > LONGEST), None):
        raise BadRequest(f"{too_long[:40]!r}… has {len(too_long)} characters, and {LONGEST} is the most; nothing was noted")
    fact = Fact(name, (), owner, source, as_of, who)

    def act(connection: Connection) -> None:
        number = int(connection.execute(select(func.coalesce(func.max(outlet_facts.c.number), 0))).scalar_one()) + 1
        connection.execute(
            insert(outlet_facts).values(
                number=number, at=datetime.now(UTC).isoformat(timespec="seconds"), who=who, outlet=read_owners(connection).key(name),
                name=name, owner=owner, source=source, as_of=as_of,
            )
        )  # fmt: skip

    archive.write(act)
    return fact


def houses(owners: Owners, names: Sequence[str]) -> dict[str, list[str]]:
    """The outlets of each owner among some, where an owner has several."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        if owner := owners.owner(name):
            found.setdefault(owner, []).append(name)
    return {owner: some for owner, some in found.items() if len({owners.key(name) for name in some}) > 1}
