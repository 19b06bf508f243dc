"""Reviewed records as gold files: what people made of an article, for `telusur evaluate` and for training.

Comes in: an archive. Goes out: a file for each article all of whose attributions and claims somebody has decided on, in the
format of the files that are made by hand: rejected items left out, nothing of the machine's own opinion of itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from ..errors import BadRequest
from .doubts import open_items
from .engine import Archive
from .keep import load_record
from .overlay import REJECTED
from .schema import articles

_OWN = ("confidence", "review", "actor", "link_because")
"""What the machine or the archive says of an item, not the text."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How many articles were written, and how many were left out because some of their items are not reviewed."""

    written: int
    unfinished: int


def export_gold(archive: Archive, folder: Path, *, unfinished: bool = False) -> Exported:
    """Writes ``ID.json`` for each reviewed article; with ``unfinished`` also for those of which only a part is reviewed.

    Raises:
        BadRequest: the folder cannot be written.
    """
    written = left = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with archive.reading() as connection:
            for id, number in _reviewed(connection):
                record = load_record(archive, connection, number)
                if open_items(record) and not unfinished:
                    left += 1
                    continue
                told = json.dumps(gold_record(record), ensure_ascii=False, indent=1) + "\n"
                (folder / f"{id}.json").write_text(told, encoding="utf-8", errors="surrogatepass")
                written += 1
    except OSError as error:
        raise BadRequest(f"{folder} cannot be written: {error.strerror}; {written} files are there; give another folder") from error
    return Exported(written, left)


def _reviewed(connection: Connection) -> list[tuple[str, int]]:
    wanted = select(articles.c.id, articles.c.number).where(articles.c.reviewed > 0).order_by(articles.c.id)
    return [(id, number) for id, number in connection.execute(wanted)]


def gold_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as a gold file has it."""
    kept = {layer: [item for item in record[layer] if item.get("review") != REJECTED] for layer in ("mentions", "times", "attributions", "claims")}
    living = {mention["entity"] for mention in kept["mentions"]}
    entities = [e for e in record["entities"] if e["id"] in living and e.get("review") != REJECTED]
    ids = {item["id"] for items in (*kept.values(), entities) for item in items}
    out = {key: value for key, value in record.items() if key not in ("sentences", "analysis", "id")}
    out |= {"entities": entities, **kept}
    out = dict(_without(out, ids))
    out["source"] = dict(record["source"]) | {"published_hint": record["article"]["published"]}
    for time in out["times"]:
        for field in ("from", "to", "basis", "note"):
            time.pop(field, None)
    return out


def _without(value: Any, ids: set[str]) -> Any:
    """Without what points at items that are gone, and without the machine's own opinion."""
    if isinstance(value, dict):
        out = {key: _without(part, ids) for key, part in value.items() if key not in _OWN}
        for field in ("entity", "time", "according_to"):
            if out.get(field) and out[field] not in ids:
                out[field] = None
        if "differs_from" in out:
            out["differs_from"] = [id for id in out["differs_from"] if id in ids]
        if "joins" in out:
            out["joins"] = [join for join in out["joins"] if ids.issuperset(join["mentions"])]
        return out
    return [_without(part, ids) for part in value] if isinstance(value, list) else value
