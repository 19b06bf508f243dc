"""``outlets``: whose an outlet is, as far as is known, and setting it for an archive."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ..config import archive_place, message_language
from ..export.wording import Wording
from ..messages import told as in_words
from ..output import put, stdout
from .asking import lang_option
from .keeping import archive_option
from .reviewing import decider
from .status import DONE, NOTHING_READ

if TYPE_CHECKING:
    from ..trace.owners import Fact, Listed


@click.group(short_help="Whose the outlets are (also: media).")
def outlets() -> None:
    """Tells whose outlets are, and sets it: outlets of one owner are not independent of each other (docs/how-we-count.md).

    \b
    telusur outlets list
    telusur outlets set kabarselat.id --owner 'Grup Selat' --source https://kabarselat.id/tentang --as-of 2025-06
    """


@outlets.command(name="list", short_help="The outlets of an archive, each with owner, source and date.")
@click.argument("name", nargs=-1)
@archive_option
@lang_option
@click.option("--json", "as_json", is_flag=True, help="As JSON Lines.")
@click.pass_context
def list_(ctx: click.Context, name: tuple[str, ...], place: str | None, lang: str | None, as_json: bool) -> None:
    """Lists the outlets of the archive, those of most articles first, or those whose name or owner holds NAME.

    An owner is told with its source and date; "not known" where no table tells it, "none" where it is known to belong to no group.
    """
    from ..archive import open_archive
    from ..trace.owners import list_outlets

    asked, words = " ".join(name).casefold(), Wording(message_language(os.environ, lang))
    with open_archive(archive_place(os.environ, place)) as archive, archive.reading() as connection:
        found = [one for one in list_outlets(connection) if asked in f"{one.name} {one.fact.owner}".casefold()]
    for one in found:
        told = json.dumps({"outlet": one.name, "articles": one.articles, **asdict(one.fact)}, ensure_ascii=False) if as_json else _line(one, words)
        put(stdout(), f"{told}\n", replace=True)
    if not found and not as_json:
        put(stdout(), words.say("houses.nothing" if asked else "houses.empty") + "\n")
    ctx.exit(DONE if found else NOTHING_READ)


def _line(one: Listed, words: Wording) -> str:
    return f"{one.name:28}  {one.articles:>6,}  {_owner(one.fact, words)}"


def _owner(fact: Fact, words: Wording) -> str:
    if not fact.source:
        return words.say("houses.unknown")
    owner = {"": words.say("houses.unknown"), "-": words.say("houses.none")}.get(fact.owner, fact.owner)
    by = words.say("houses.set_by", who=fact.who) if fact.who else ""
    return f"{owner}  ({words.say('houses.as_of', source=in_words(fact.source, words.lang), as_of=fact.as_of)}{by})"


@outlets.command(name="set", short_help="Note whose an outlet is, with source and date.")
@click.argument("outlet")
@archive_option
@click.option("--owner", required=True, metavar="NAME", help="The group that owns it; - for none, an empty word for not known.")
@click.option("--source", required=True, metavar="TEXT", help="Where that is said: a page, a report.")
@click.option("--as-of", "as_of", required=True, metavar="DATE", help="When it was so: a year, a month or a day.")
@click.option("--by", "who", metavar="NAME", help="Who sets it; TELUSUR_BY if not said, else your login name.")
@lang_option
def set_(outlet: str, place: str | None, owner: str, source: str, as_of: str, who: str | None, lang: str | None) -> None:
    """Notes whose OUTLET is, for this archive. Nothing is overwritten; what was set last stands, over the table that ships."""
    from ..archive import open_archive
    from ..trace.owners import set_owner

    with open_archive(archive_place(os.environ, place)) as archive:
        fact = set_owner(archive, outlet, owner, source, as_of, decider(who))
    put(stdout(), f"{fact.outlet}: {_owner(fact, Wording(message_language(os.environ, lang)))}\n", replace=True)
