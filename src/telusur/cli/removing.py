"""Commands that take things out of an archive for good: ``remove`` and its list."""

from __future__ import annotations

import json
import os
import sys

import click

from ..config import archive_place
from ..output import put, stdout
from .keeping import archive_option, traced
from .reviewing import by_option, decider
from .status import DONE
from .telling import complain


@click.command(short_help="Take an article, a name or a passage out for good (also: hapus).")
@click.argument("what", type=click.Choice(["article", "name", "passage", "list", "again"]))
@click.argument("target", required=False)
@archive_option
@by_option
@click.option("--copies", is_flag=True, help="With article: all articles of the same text, those that come later too.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_context
def remove(ctx: click.Context, what: str, target: str | None, place: str | None, who: str | None, why: str | None, copies: bool, yes: bool, as_json: bool) -> None:
    """Takes something out, so that it is in no table, index or file of the archive any more, and does not come back.

    \b
    telusur remove article f0083        the article; --copies: all of its text
    telusur remove name 'Ayad Allawi'   the name, in any spelling, in every article: blocks stand in its place
    telusur remove passage -            a passage, read from standard input
    telusur remove list                 what was removed: when, by whom, why, not what
    telusur remove again                do what was decided once more, after a backup was brought back

    Backups that were made before still hold it. This cannot be undone.
    """
    from ..archive import open_archive

    with open_archive(archive_place(os.environ, place)) as archive:
        if what == "list":
            from ..archive.removals import listed

            with archive.reading() as connection:
                rows = listed(connection)
            for row in rows:
                told = "  ".join([row["id"], row["at"].replace("T", " ").rstrip("Z"), row["who"], row["kind"], *([f"“{row['why']}”"] if row["why"] else [])])
                put(stdout(), (json.dumps(dict(row), ensure_ascii=False) if as_json else told) + "\n", replace=not as_json)
            ctx.exit(DONE)
        if what == "again":
            from ..archive.removals import obey

            complain(f"{obey(archive)} articles went or were cut; {archive.place}")
            traced(archive, quiet=True)
            ctx.exit(DONE)
        if not target:
            raise click.UsageError(f"nothing is said to remove; give the {what}")
        words = sys.stdin.read().strip() if target == "-" else target
        ctx.exit(_remove(archive, what, words, decider(who), why, copies, yes, as_json))


def _remove(archive: object, what: str, target: str, who: str, why: str | None, copies: bool, yes: bool, as_json: bool) -> int:
    from ..archive.engine import Archive
    from ..archive.queue import copies_of, resolve_article
    from ..archive.removals import TEXT, Removal, refused
    from ..archive.removals import remove as take_out
    from ..archive.review import now

    assert isinstance(archive, Archive)
    if what == "article":
        with archive.reading() as connection:
            if not refused(connection, [target]):
                target = resolve_article(connection, target)
            others = copies_of(connection, target)
        if others and not copies:
            complain(f"{len(others)} other articles have the same text and stay; --copies removes them too")
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("removing cannot be undone, and nobody can be asked here; say --yes")
        click.confirm(f"Remove this {what} from {archive.place} for good?", abort=True, err=True)
    live = sys.stderr.isatty()

    def told(done: int, total: int) -> None:
        if live:
            print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    kind = TEXT if what == "article" and copies else what
    done = take_out(archive, Removal(kind, target, who, why), at=now(), told=told)
    traced(archive, quiet=True)
    if as_json:
        put(stdout(), json.dumps({"tombstone": done.tombstone, "articles": done.articles}) + "\n")
    else:
        what_done = "removed" if what == "article" else "cut"
        complain(f"{done.articles} article{'' if done.articles == 1 else 's'} {what_done}; tombstone {done.tombstone}; the file is written anew; older backups still hold it")
    return DONE
