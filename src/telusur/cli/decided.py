"""Commands about what people decided: ``decisions``, ``undo``, ``export gold``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from ..config import archive_place, message_language
from ..export.wording import Wording
from ..output import put, stdout
from .asking import lang_option
from .keeping import archive_option
from .reviewing import Deciding, by_option
from .status import DONE, NOTHING_READ
from .telling import complain


@click.command(short_help="List what people decided (also: keputusan).")
@click.argument("article", required=False)
@archive_option
@click.option("--by", "who", metavar="NAME", help="Only by this person.")
@click.option("-n", "--limit", type=click.IntRange(1, 1000), default=50, metavar="N", help="Most lines; 50 if not said.")
@lang_option
@click.option("--json", "as_json", is_flag=True, help="As JSON Lines.")
def decisions(article: str | None, place: str | None, who: str | None, limit: int, lang: str | None, as_json: bool) -> None:
    """Lists decisions, the latest first: who, when, what and why; those that were undone are marked."""
    from ..archive import decisions as made
    from ..archive import open_archive
    from ..archive.queue import resolve_article

    with open_archive(archive_place(os.environ, place)) as archive, archive.reading() as connection:
        id = resolve_article(connection, article) if article else None
        rows = made.listed(connection, article=id, who=who, most=limit)
        undone = made.undone_by(connection, [row["id"] for row in rows])
    words = Wording(message_language(os.environ, lang))
    for row in rows:
        told = {key: value for key, value in row.items() if key not in ("number", "text_hash")}
        told |= {"value": made.read_value(row), "stands": row["id"] not in undone}
        put(stdout(), (json.dumps(told, ensure_ascii=False) if as_json else decision_line(told, words)) + "\n", replace=not as_json)
    if not rows:
        complain("nothing was decided yet here; decide with `telusur review`" if not (article or who) else "nothing was decided yet there or by them")


def decision_line(told: dict[str, Any], words: Wording) -> str:
    """A decision in a line."""
    action = words.say(f"decided.{told['action']}")
    what = f"{action} {told['undoes']}" if told["action"] == "undo" else action
    field = f" {told['field']}" if told["field"] else ""
    to = f" = {_short(told['value']['to'])}" if told["action"] == "correct" else ""
    to = f" {words.say('decided.with', what=_short(told['value']))}" if told["action"] == "merge" and told["field"] is None else to
    where = f"{told['article']}:{told['item']}" if told["article"] else told["item"] or ""
    parts = [told["id"], told["at"].replace("T", " ").rstrip("Z"), told["who"], f"{what}{field}{to}", where]
    return "  ".join(filter(None, [*parts, f"“{told['why']}”" if told["why"] else "", "" if told["stands"] else words.say("decided.undone")]))


def _short(value: Any) -> str:
    """A value that was decided, in short: places by their numbers."""
    if isinstance(value, list):
        return " | ".join(_short(part) for part in value)
    if isinstance(value, dict) and "start" in value:
        return f"{value.get('role', '')} {value['start']}-{value['end']}".strip()
    if isinstance(value, dict):
        return " ".join(f"{key}={part}" for key, part in value.items())
    return "-" if value is None else str(value)


@click.command(short_help="Undo decisions (also: batalkan).")
@click.argument("ids", nargs=-1, required=True, metavar="DECISION...")
@archive_option
@by_option
@click.option("-q", "--quiet", is_flag=True, help="Print ids of decisions only.")
def undo(ids: tuple[str, ...], place: str | None, who: str | None, why: str | None, quiet: bool) -> None:
    """Undoes decisions by their ids; an undoing can be undone too. Nothing is ever deleted."""
    from ..archive.review import undo as undo_one

    with Deciding(place, who, why, False, quiet) as deciding:
        for id in ids:
            deciding.tell("undo", id, undo_one(deciding.archive, id, deciding.who, why))


@click.group(short_help="Write what people decided, for other programs (also: ekspor).")
def export() -> None:
    """Writes what people decided."""


@export.command("gold", short_help="Reviewed articles as gold files.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@archive_option
@click.option("--unfinished", is_flag=True, help="Also articles of which only a part is reviewed; the rest is as the machine read it.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing.")
@click.pass_context
def gold(ctx: click.Context, folder: Path, place: str | None, unfinished: bool, quiet: bool) -> None:
    """Writes a file for each article all of whose attributions and claims are reviewed, as `telusur evaluate` takes them."""
    from ..archive import open_archive
    from ..archive.gold import export_gold

    with open_archive(archive_place(os.environ, place)) as archive:
        done = export_gold(archive, folder, unfinished=unfinished)
    if not quiet:
        left = f"; {done.unfinished} articles are reviewed in part and were left out" if done.unfinished else ""
        complain(f"{done.written} articles written to {folder}{left}")
    ctx.exit(DONE if done.written else NOTHING_READ)
