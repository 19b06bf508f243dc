"""Commands that show who is in an archive: ``actors`` and ``actor``."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ..config import archive_place
from ..output import put, stdout
from .keeping import archive_option
from .status import DONE, NOTHING_READ

if TYPE_CHECKING:
    from ..archive.actors import Actor, Face, Held, Listed


@click.command(short_help="Who is in the archive, by name in any spelling (also: tokoh).")
@click.argument("name", nargs=-1)
@archive_option
@click.option("-n", "--limit", type=click.IntRange(1, 500), default=20, metavar="N", help="Most lines; 20 if not said.")
@click.option("--json", "as_json", is_flag=True, help="As JSON Lines.")
@click.pass_context
def actors(ctx: click.Context, name: tuple[str, ...], place: str | None, limit: int, as_json: bool) -> None:
    """Lists actors that bear NAME, in any spelling, those of most articles first; without NAME those of most articles.

    \b
    telusur actors allawi          finds Ayad Allawi and Iyad Allawi
    telusur actors 'al qaidah'     finds Al-Qaeda and Alqaeda
    """
    from ..archive import open_archive
    from ..archive.actors import find_actors, find_alone

    asked = " ".join(name) or None
    with open_archive(archive_place(os.environ, place)) as archive, archive.reading() as connection:
        found = find_actors(connection, asked, limit)
        alone = find_alone(connection, asked, limit) if asked else []
    if as_json:
        for one in found:
            put(stdout(), json.dumps(asdict(one), ensure_ascii=False) + "\n")
    else:
        lines = [_line(one) for one in found]
        lines += [f"{'-':16}  {one.type}  {one.name}  {_articles(one.articles)}, joined to nobody" for one in alone]
        put(stdout(), "".join(f"{line}\n" for line in lines), replace=True)
    ctx.exit(DONE if found or alone else NOTHING_READ)


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"


def _between(days: tuple[str | None, str | None]) -> str:
    first, last = days
    return "undated" if not first else first if first == last else f"{first} to {last}"


def _line(one: Listed) -> str:
    notes = [*([one.link] if one.link else []), *one.offices]
    told = f"  ({'; '.join(notes)})" if notes else ""
    return f"{one.id}  {one.type}  {one.name}  {_articles(one.articles)}, {_between(one.days)}{told}"


@click.command(short_help="One actor: names, offices over time, why it is one (also: sosok).")
@click.argument("id")
@archive_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def actor(id: str, place: str | None, as_json: bool) -> None:
    """Shows one actor by its id, or by the first digits of it."""
    from ..archive import open_archive
    from ..archive.actors import show_actor

    with open_archive(archive_place(os.environ, place)) as archive, archive.reading() as connection:
        found = show_actor(connection, id)
    put(stdout(), json.dumps(asdict(found), ensure_ascii=False) + "\n" if as_json else _shown(found), replace=not as_json)


def _shown(actor: Actor) -> str:
    lines = [f"{actor.name}  ({actor.type}{f', {actor.link}' if actor.link else ''})", f"{actor.id} · {_articles(actor.articles)}, {_between(actor.days)}"]
    if actor.offices:
        lines += ["", "Offices, as the articles tell them"]
        lines += [f"  {_held(held)}" for held in actor.offices]
    lines += ["", "Names"]
    lines += [f"  {name}  {_articles(count)}" for name, count in actor.names]
    lines += ["", "Why this is one actor"] if len(actor.faces) > 1 else ["", "One face"]
    lines += [f"  {_face(face)}" for face in actor.faces]
    if actor.like:
        lines += ["", "Others of this name, not joined (telusur review merge ID ID joins)"]
        lines += [f"  {_line(one)}" for one in actor.like]
    return "\n".join(lines) + "\n"


def _held(held: Held) -> str:
    office = f"{held.office} {held.body or ''}".strip()
    what = {"member-of": "member", "leads": "leads"}.get(held.type, "")
    notes = [*([what] if what else []), *(["formerly"] if held.past else []), *([held.review] if held.review else [])]
    by = ", ".join(held.outlets[:3]) + (f" and {len(held.outlets) - 3} more" if len(held.outlets) > 3 else "")
    told = f"{_between((held.first, held.last))}, {_articles(held.articles)}{f', {by}' if by else ''}"
    how = f" ({', '.join(notes)})" if notes else ""
    return f"{office}{how}: {told}  [{', '.join(source[:8] for source in held.sources)}]"


def _face(face: Face) -> str:
    from ..archive.actors import reason

    role = f", {face.role}" if face.role else ""
    why = reason(face.because)
    return f"{face.id}  {face.name}{role}: {_articles(face.articles)}, {_between(face.days)}{f'; {why}' if why else ''}"
