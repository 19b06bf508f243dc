"""Offices: who is said to hold which, and which two of them no one person holds at one time.

Comes in: a record with people's decisions laid over it. Goes out: its rows of `schema.offices`, and for each person the one
full-time office that tells namesakes apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ..analyse.names import readings, words_of
from ..analyse.places import areas_named, gazetteer
from ..lexicon import read_table

HOLDING = ("holds-office", "leads", "member-of")
"""The claims that tell what somebody is; ``leads`` and ``member-of`` tell it of bodies too."""

GRACE_DAYS = 180
"""Two offices told within so many days of each other are held at one time, unless they are one office."""

OUTER = frozenset(["wakil", "plt", "pj", "pjs", "plh", "penjabat", "pelaksana", "tugas", "harian", "sementara"])
"""Words before an office that leave its kind as it is: an acting mayor is mayor."""

COUNTRY = "ID"
_AREAS = frozenset(("province", "regency", "city"))


@dataclass(frozen=True, slots=True)
class Role:
    """A full-time office: its folded words, its kind, and where it is held (``33.18``, ``IQ``, or folded words; may be empty)."""

    office: str
    kind: str
    where: str

    def written(self) -> str:
        return json.dumps([self.office, self.where], ensure_ascii=False)


def read_role(written: str) -> Role | None:
    """The role that `schema.actors` writes; None where it writes none."""
    if not written:
        return None
    office, where = json.loads(written)
    return Role(office, kind_of(office), where)


def office_rows(record: Mapping[str, Any], at: Mapping[str, int]) -> Iterator[tuple[int, int, str, int | None]]:
    """Claim, holder, office as printed, body; ``at`` gives the places of entities."""
    for number, claim in enumerate(record["claims"]):
        if claim["type"] not in HOLDING:
            continue
        body = _body(claim)
        seen: set[int] = set()
        for who in claim["participants"]:
            holder = at.get(who["entity"] or "")
            if who["role"] == "actor" and holder is not None and holder not in seen:
                seen.add(holder)
                yield number, holder, " ".join(claim["trigger"]["text"].split()), at.get(body or "")


def roles_of(record: Mapping[str, Any]) -> dict[str, Role]:
    """For each person of a record who holds a full-time office now, by entity: that office, the fullest told."""
    entities = {entity["id"]: entity for entity in record["entities"]}
    found: dict[str, Role] = {}
    for claim in record["claims"]:
        if claim["type"] not in ("holds-office", "leads") or not _stands_now(claim):
            continue
        office = " ".join(words_of(claim["trigger"]["text"]))
        if not (kind := kind_of(office)):
            continue
        role = Role(office, kind, _where(entities.get(_body(claim) or "")))
        for who in claim["participants"]:
            entity = entities.get(who["entity"] or "")
            if who["role"] == "actor" and entity and entity["type"] == "PER":
                found[entity["id"]] = max(found.get(entity["id"], role), role, key=_fullness)
    return found


def _stands_now(claim: Mapping[str, Any]) -> bool:
    if claim.get("review") == "rejected" or claim["polarity"] != "positive":
        return False
    return bool(claim["tense"] == "present" and claim["certainty"] in ("certain", "probable"))


def _fullness(role: Role) -> tuple[bool, bool, int, str, str]:
    return role.kind != "any", bool(role.where), len(role.office), role.office, role.where


def _body(claim: Mapping[str, Any]) -> str | None:
    """The entity of what is led: the recipient, else the place."""
    for role in ("recipient", "place"):
        for who in claim["participants"]:
            if who["role"] == role and who["entity"]:
                return str(who["entity"])
    return None


def _where(entity: Mapping[str, Any] | None) -> str:
    """The area of a place or of a local body by its code, so that `Polres Pati` lies in `Pati`; else the name's words."""
    if entity is None:
        return ""
    for scheme, key in (entity.get("link") or {}).items():
        if scheme in ("kemendagri", "iso3166"):
            return str(key)
        if scheme == "telusur" and key.rpartition("-")[2][:1].isdigit():
            return str(key.rpartition("-")[2])
    return " ".join(words_of(entity["name"]))


@cache
def _kinds() -> dict[tuple[str, ...], str]:
    return {tuple(row["word"].split()): row["kind"] for row in read_table("full-time-offices", ("word", "kind"))}


@cache
def kind_of(office: str) -> str:
    """The kind of a full-time office; "" where it is none."""
    words = tuple(office.split())
    while words and words[0] in OUTER:
        words = words[1:]
    for size in range(min(4, len(words)), 0, -1):
        if kind := _kinds().get(words[:size]):
            return "" if kind == "none" else kind
    return ""


# --- comparing --------------------------------------------------------------------------------------------------


def lie_together(one: str, other: str) -> bool:
    """Whether two places may be one, or one part of the other; unknown places may."""
    if not one or not other or one == other:
        return True
    first, second = _codes(one), _codes(other)
    if first and second:
        return any(_hold(a, b) or _hold(b, a) for a in first for b in second)
    if first or second:
        return COUNTRY in (first or second)
    mine, theirs = set(one.split()), set(other.split())
    # Names of one body differ by a word (pos pengamatan gunung raung, gunungapi raung); those of two share half at most.
    return 2 * len(mine & theirs) > min(len(mine), len(theirs))


def _hold(wide: str, narrow: str) -> bool:
    """Whether an area holds another; Indonesia holds all that have an Indonesian code."""
    return wide == narrow or narrow.startswith(f"{wide}.") or (wide == COUNTRY and narrow[0].isdigit())


@lru_cache(maxsize=20_000)
def _codes(where: str) -> frozenset[str]:
    """The areas and countries that a place may be: its code, or those of the longest end of its words that names one."""
    if where[:1].isdigit() or (len(where) == 2 and where.isupper()):
        return frozenset((where,))
    for words in dict.fromkeys((*readings(where), *readings(where.upper()))):  # AS is the United States, as is an axle
        for start in range(len(words)):
            countries = (s.id for s in gazetteer().spots("".join(words[start:])) if s.scheme == "iso3166" and s.kind == "country")
            found = frozenset(countries) or frozenset(s.id for s in areas_named(words[start:], _AREAS))
            if found:
                return found
    return frozenset()


def clash(one: Role, other: Role) -> bool:
    """Whether no one person holds both at one time."""
    if not lie_together(one.where, other.where):
        return True
    return one.kind != other.kind and "any" not in (one.kind, other.kind)


def speak_for_each_other(one: Role, other: Role) -> bool:
    """Whether two roles speak for one person even where the name is known to have several bearers: the same kind of
    office in the same known place."""
    return bool(one.where and other.where) and not clash(one, other)
