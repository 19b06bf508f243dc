"""Commands that show who is in an archive: ``actors`` and ``actor``."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ..config import archive_place, message_language
from ..export.wording import Wording
from ..output import put, stdout
from .asking import lang_option
from .keeping import archive_option
from .status import DONE, NOTHING_READ

if TYPE_CHECKING:
    from ..archive.actors import Actor, Face, Held, Listed


@click.command(short_help="Who is in the archive, by name in any spelling (also: tokoh).")
@click.argument("name", nargs=-1)
@archive_option
@click.option("-n", "--limit", type=click.IntRange(1, 500), default=20, metavar="N", help="Most lines; 20 if not said.")
@lang_option
@click.option("--json", "as_json", is_flag=True, help="As JSON Lines.")
@click.pass_context
def actors(ctx: click.Context, name: tuple[str, ...], place: str | None, limit: int, lang: str | None, as_json: bool) -> None:
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
        words = Wording(message_language(os.environ, lang))
        lines = [_line(one, words) for one in found]
        lines += [f"{'-':16}  {one.type}  {one.name}  {_articles(one.articles, words)}, {words.say('people.alone')}" for one in alone]
        put(stdout(), "".join(f"{line}\n" for line in lines), replace=True)
    ctx.exit(DONE if found or alone else NOTHING_READ)


def _articles(count: int, words: Wording) -> str:
    return words.count("answer.articles", count)


def _between(days: tuple[str | None, str | None], words: Wording) -> str:
    first, last = days
    return words.say("answer.undated") if not first else first if first == last else words.say("people.span", first=first, last=last)


def _line(one: Listed, words: Wording) -> str:
    notes = [*([one.link] if one.link else []), *one.offices]
    told = f"  ({'; '.join(notes)})" if notes else ""
    return f"{one.id}  {one.type}  {one.name}  {_articles(one.articles, words)}, {_between(one.days, words)}{told}"


@click.command(short_help="One actor: names, offices over time, why it is one (also: sosok).")
@click.argument("id")
@archive_option
@lang_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def actor(id: str, place: str | None, lang: str | None, as_json: bool) -> None:
    """Shows one actor by its id, or by the first digits of it."""
    from ..archive import open_archive
    from ..archive.actors import show_actor

    with open_archive(archive_place(os.environ, place)) as archive, archive.reading() as connection:
        found = show_actor(connection, id)
    told = json.dumps(asdict(found), ensure_ascii=False) + "\n" if as_json else _shown(found, Wording(message_language(os.environ, lang)))
    put(stdout(), told, replace=not as_json)


def _shown(actor: Actor, words: Wording) -> str:
    lines = [f"{actor.name}  ({actor.type}{f', {actor.link}' if actor.link else ''})", f"{actor.id} · {_articles(actor.articles, words)}, {_between(actor.days, words)}"]
    if actor.offices:
        lines += ["", words.say("people.offices")]
        lines += [f"  {_held(held, words)}" for held in actor.offices]
    lines += ["", words.say("people.names")]
    lines += [f"  {name}  {_articles(count, words)}" for name, count in actor.names]
    lines += ["", words.say("people.why" if len(actor.faces) > 1 else "people.face")]
    lines += [f"  {_face(face, words)}" for face in actor.faces]
    if actor.like:
        lines += ["", words.say("people.like")]
        lines += [f"  {_line(one, words)}" for one in actor.like]
    return "\n".join(lines) + "\n"


def _held(held: Held, words: Wording) -> str:
    office = f"{held.office} {held.body or ''}".strip()
    what = {"member-of": words.say("people.member"), "leads": words.say("people.leads")}.get(held.type, "")
    notes = [*([what] if what else []), *([words.say("people.formerly")] if held.past else []), *([words.say(f"review.{held.review}")] if held.review else [])]
    by = ", ".join(held.outlets[:3]) + (f" {words.say('people.more', n=len(held.outlets) - 3)}" if len(held.outlets) > 3 else "")
    told = f"{_between((held.first, held.last), words)}, {_articles(held.articles, words)}{f', {by}' if by else ''}"
    how = f" ({', '.join(notes)})" if notes else ""
    return f"{office}{how}: {told}  [{', '.join(source[:8] for source in held.sources)}]"


def _face(face: Face, words: Wording) -> str:
    from ..archive.actors import reason

    role = f", {face.role}" if face.role else ""
    why = words.reason(reason(face.because))
    return f"{face.id}  {face.name}{role}: {_articles(face.articles, words)}, {_between(face.days, words)}{f'; {why}' if why else ''}"
