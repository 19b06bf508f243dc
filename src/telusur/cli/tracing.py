"""Commands that trace across articles: ``trace``, ``story``, ``diff``, ``origin``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..config import archive_place
from ..errors import BadRequest
from ..output import put, stdout
from .asking import answer_options, look_of, page_options
from .keeping import archive_option, span
from .status import DONE, INTERRUPTED, NOTHING_READ
from .telling import complain

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ..archive.engine import Archive
    from ..trace.update import Progress

MOST_ASKED_BYTES = 1_000_000


class TracingBar:
    """One line on a terminal's standard error: how far the tracing is."""

    def __init__(self, quiet: bool) -> None:
        self.live = sys.stderr.isatty() and not quiet
        self.length = 0

    def show(self, progress: Progress) -> None:
        if self.live:
            told = f"traced {progress.done:,} of {progress.total:,} articles, {progress.copies:,} copies found"
            print("\r" + told.ljust(self.length), end="", file=sys.stderr, flush=True)
            self.length = len(told)

    def clear(self) -> None:
        if self.length:
            print("\r" + " " * self.length + "\r", end="", file=sys.stderr, flush=True)
            self.length = 0


def bring_up(archive: Archive, quiet: bool) -> Progress:
    """Traces what is new in an archive, and shows how far it is."""
    from ..trace.update import update

    bar = TracingBar(quiet)
    try:
        return update(archive, bar.show)
    finally:
        bar.clear()


@click.command(short_help="Find the copies of what was added (also: telusuri).")
@archive_option
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
@click.option("--debug", is_flag=True, help="Let errors show their traceback.")
@click.pass_context
def trace(ctx: click.Context, place: str | None, as_json: bool, quiet: bool, debug: bool) -> None:
    """Compares the text of all articles that were added with all others, and brings the families of copies up to date.

    `telusur add` does it by itself; this is for what was added with --no-trace, and for an archive of an earlier version. A run
    that was stopped goes on where it was.
    """
    from ..archive import open_archive

    with open_archive(archive_place(os.environ, place)) as archive:
        try:
            done = bring_up(archive, quiet)
        except KeyboardInterrupt:
            complain(f"interrupted; what was traced is kept in {archive.place}; run the same again to go on")
            ctx.exit(INTERRUPTED)
        shown = archive.place
    if as_json:
        put(stdout(), json.dumps({"traced": done.done, "copies": done.copies, "seconds": round(done.seconds, 1)}) + "\n")
    if not quiet:
        complain(f"{done.done:,} articles traced, {done.copies:,} copies found, in {span(done.seconds)}; archive {shown}")
    ctx.exit(DONE)


@click.command(short_help="Who printed one text, when, and what each changed (also: cerita).")
@click.argument("id")
@page_options
@answer_options
def story(id: str, limit: int, after: str | None, place: str | None, form: str, **look: Any) -> None:
    """Tells the story of an article: all that carry its text, who was first, what each cut, added and reworded, and who dropped the
    credit; other articles with a passage of it; other versions of its page.

    ID is an article's, or the beginning of it, or a story's (f…). A story that many print is told page by page, in the order of publication.
    """
    from ..answers import stories
    from ..archive import open_archive
    from ..trace.stories import story_of

    with open_archive(archive_place(os.environ, place)) as archive, archive.reading() as connection:
        told = story_of(connection, _article(connection, id), size=limit, after=after)
    put(stdout(), stories.story(told, look_of(**look)) if form == "text" else stories.write(told, form))  # type: ignore[arg-type]


@click.command(short_help="What was changed from one article to another (also: beda).")
@click.argument("one")
@click.argument("other", required=False)
@answer_options
def diff(one: str, other: str | None, place: str | None, form: str, **look: Any) -> None:
    """Shows two articles' differences paragraph by paragraph and word by word, from the earlier to the later.

    With one ID alone: from the version of its page that was captured before.
    """
    from ..answers import stories
    from ..archive import open_archive
    from ..trace.stories import compare_articles

    with open_archive(archive_place(os.environ, place)) as archive, archive.reading() as connection:
        mine = _article(connection, one)
        told = compare_articles(connection, *(_version_before(connection, mine) if other is None else (mine, _article(connection, other))))
    put(stdout(), stories.difference(told, look_of(**look)) if form == "text" else stories.write(told, form))  # type: ignore[arg-type]


def _version_before(connection: Connection, article: str) -> tuple[str, str]:
    """The version of an article's page before it, or, where it is the first, the one after it."""
    from ..trace.versions import versions_of

    captured = [version.article for version in versions_of(connection, article)]
    if len(captured) < 2:
        raise BadRequest(f"the archive has one version of the page of {article[:12]}; nothing was compared; name another article")
    at = captured.index(article)
    return (captured[at - 1], article) if at else (article, captured[1])


@click.command(short_help="Who printed these words first (also: asal).")
@click.argument("text", nargs=-1, metavar="[TEXT | FILE | -]")
@answer_options
@click.pass_context
def origin(ctx: click.Context, /, text: tuple[str, ...], place: str | None, form: str, **look: Any) -> None:
    """Finds who in the archive printed a text first: a forwarded message, a clipping, a quotation.

    TEXT is the text itself, or a file with it; "-", or nothing, means standard input. Tells in which words it was printed, who is said to have
    said it, and what was changed since.

    \b
    telusur origin 'Presiden membubarkan satuan tugas itu'
    telusur origin pesan.txt
    xclip -o | telusur origin
    """
    from ..answers import stories
    from ..archive import open_archive
    from ..trace.origin import origin_of

    asked = _asked(text)
    with open_archive(archive_place(os.environ, place)) as archive, archive.reading() as connection:
        told = origin_of(connection, asked)
        texts = _texts(connection, [told.compared] if told.compared else [])
    put(stdout(), stories.origin(told, look_of(**look), texts) if form == "text" else stories.write(told, form))  # type: ignore[arg-type]
    ctx.exit(DONE if told.found else NOTHING_READ)


def _asked(given: tuple[str, ...]) -> str:
    """The text that was typed, or what a file or standard input holds."""
    typed = " ".join(given)
    path = Path(typed) if len(given) == 1 and len(typed) < 1000 and "\n" not in typed else None
    if typed in ("", "-"):
        if not typed and sys.stdin.isatty():
            raise click.UsageError("nothing is given to look for; write the text, name a file, or pipe it in")
        data = sys.stdin.buffer.read(MOST_ASKED_BYTES + 1)
    elif path is not None and _is_file(path):
        with path.open("rb") as file:
            data = file.read(MOST_ASKED_BYTES + 1)
    else:
        data = typed.encode("utf-8", "surrogateescape")
    if len(data) > MOST_ASKED_BYTES:
        raise BadRequest(f"the text has more than {MOST_ASKED_BYTES:,} bytes; nothing was looked for; give the part that matters")
    return data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _texts(connection: Connection, ids: list[str]) -> dict[str, str]:
    from ..trace.stories import text_of

    return {id: text_of(connection, id) for id in ids}


def _article(connection: Connection, id: str) -> str:
    """The article that an id means: its own, the beginning of it, or a story's."""
    from ..archive.queue import resolve_article

    try:
        return resolve_article(connection, id)
    except BadRequest:
        if id[:1] != "f":
            raise
        return resolve_article(connection, id[1:])


COMMANDS = (trace, story, diff, origin)
ALIASES = {"telusuri": "trace", "cerita": "story", "beda": "diff", "asal": "origin"}
