"""Faces: what one article shows of somebody, in a form that is the same in every article that shows the same.

Comes in: a record with people's decisions laid over it. Goes out: for each entity its `Face`, or None where it is nobody in
particular. A face depends on its own article alone; `joining` puts faces together.

An entity has a face by one of these, the first that holds:
  said   a person put it to an actor, or took it out of one
  link   it has one id
  name   a person with a full name (two words or more), told apart by the full-time office that the article gives;
         a body with a name
Places without an id have none, nor have people of one name: a short name alone is nobody in particular.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .offices import roles_of
from .spellings import sound_key, tight_key, word_keys

ID_LENGTH = 16
"""Hex digits of an actor's id: 64 bits."""

SAID, LINK, NAME = "said", "link", "name"
"""Why an entity has its face, as `schema.entities.because` writes it; SAID is followed by the decision's id."""

MOST_KEYS = 8
"""Words of one name, and short forms of one body, by which it is found."""

_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]\w{0,10}|[A-Z]{2,12}\d{0,2}")
_DEFINED = "in brackets after the full name"


@dataclass(frozen=True, slots=True)
class Face:
    """One name in one office, or one id. ``block`` is what faces must share before a rule joins them; ``words`` are sound keys
    of the name's words, ``shorts`` tight keys of short forms that this article defines."""

    id: str
    type: str
    name: str
    link: str
    block: str
    role: str
    because: str
    words: tuple[str, ...] = ()
    shorts: tuple[str, ...] = ()


def face_id(block: str, role: str) -> str:
    """The id of a face: a hash of what it is, the same on any machine."""
    return hashlib.sha256(f"{block}\n{role}".encode("utf-8", "replace")).hexdigest()[:ID_LENGTH]


def faces_of(record: Mapping[str, Any], names: Sequence[tuple[str, str, str]]) -> tuple[Face | None, ...]:
    """The faces of a record's entities, in the order of ``names``: type, name and link of each."""
    roles = roles_of(record)
    shorts = _short_forms(record)
    found: list[Face | None] = []
    for entity, (type_, name, link) in zip(record["entities"], names, strict=False):
        role = roles.get(entity["id"])
        face = _face(type_, name, link, role.written() if role else "", entity.get("actor"))
        if face and face.type == "ORG" and (defined := shorts.get(entity["id"])):
            face = _with(face, shorts=tuple(key for key in defined if f"ORG|{key}" != face.block))
        found.append(face)
    return tuple(found)


def _face(type_: str, name: str, link: str, role: str, said: Mapping[str, str] | None) -> Face | None:
    words = tuple(dict.fromkeys(word_keys(name)))[:MOST_KEYS]
    if said:
        block, role = said.get("block") or f"said|{said['decision']}", said.get("role", "")
        told = block.removeprefix("link|") if block.startswith("link|") else ""
        return Face(face_id(block, role), type_, name, told, block, role, f"{SAID}:{said['decision']}", words)
    if link:
        block = f"link|{link}"
        return Face(face_id(block, ""), type_, name, link, block, "", LINK, words)
    if type_ == "PER" and len(words) > 1:
        block = f"PER|{sound_key(name)}"
        return Face(face_id(block, role), type_, name, "", block, role, NAME, words)
    if type_ == "ORG" and len(key := tight_key(name)) > 1:
        block = f"ORG|{key}"
        return Face(face_id(block, ""), type_, name, "", block, "", NAME, words)
    return None


def _with(face: Face, shorts: tuple[str, ...]) -> Face:
    return Face(face.id, face.type, face.name, face.link, face.block, face.role, face.because, face.words, shorts)


def _short_forms(record: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The acronyms that a record's text defines, as tight keys, by entity."""
    mentions = {mention["id"]: mention["text"] for mention in record["mentions"]}
    found: dict[str, tuple[str, ...]] = {}
    for entity in record["entities"]:
        joins = [join for join in entity.get("joins") or () if _DEFINED in join["because"]]
        texts = [mentions.get(key, "") for join in joins for key in join["mentions"]]
        keys = dict.fromkeys(tight_key(text) for text in texts if _ACRONYM.fullmatch(text))
        if keys:
            found[entity["id"]] = tuple(keys)[:MOST_KEYS]
    return found


def better_name(one: str, other: str) -> str:
    """Of two names of a face the one to show: not in capitals, then the longer; the same whichever comes first."""
    return max(one, other, key=lambda name: (not name.isupper(), len(name), name))
