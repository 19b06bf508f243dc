"""Commands that put articles into an archive, and look after it: ``add`` and ``db``."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..config import MAX_JOBS, Settings, archive_place, settings
from ..output import LateFile, put, stdout
from .status import DONE, INTERRUPTED, NOTHING_READ, SOME_FAILED
from .telling import complain

if TYPE_CHECKING:
    from ..archive.add import Progress
    from ..archive.engine import Archive
    from ..archive.prepare import Entry, Refused
    from ..model.document import Hints

_Command = TypeVar("_Command", bound=Callable[..., Any])

_MOVES_A_SECOND = 5


def archive_option(command: _Command) -> _Command:
    """``--archive``, the same for all commands that use one."""
    return click.option(
        "-a", "--archive", "place", metavar="PATH | URL",
        help="The archive: a file, or postgresql://…; TELUSUR_ARCHIVE if not said, else a file among your own data.",
    )(command)  # fmt: skip


def cores() -> int:
    """How many processes this machine can run at once, within what this one was given."""
    return max(1, min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MAX_JOBS))


@click.command(short_help="Read articles into the archive (also: tambah).")
@click.argument("inputs", nargs=-1, metavar="FILE | FOLDER... | -")
@archive_option
@click.option("--failed", "failed_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write there, as JSON Lines, what could not be read and why.")
@click.option("--published", metavar="DATE", help="Publication date, where the page prints none: YYYY-MM-DD.")
@click.option("--url", metavar="URL", help="Where the page came from; for one page.")
@click.option("--outlet", metavar="NAME", help="Who published it, where the page prints no name.")
@click.option("--jobs", type=click.IntRange(1, MAX_JOBS), metavar="N", help="Processes to read with; as many as there are cores if not said.")
@click.option("--fast", is_flag=True, help="In about three quarters of the time, what follows an article's beginning with 7 of the model's 12 layers: for many articles; `telusur reprocess` reads them again in full.")
@click.option("--no-trace", "untraced", is_flag=True, help="Do not look for copies of what is new; `telusur trace` does it later.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
@click.option("-v", "--verbose", is_flag=True, help="A line for each article, once it is on the disk.")
@click.option("--debug", is_flag=True, help="Let errors show their traceback.")
@click.pass_context
def add(
    ctx: click.Context,
    inputs: tuple[str, ...],
    place: str | None,
    failed_file: Path | None,
    published: str | None,
    url: str | None,
    outlet: str | None,
    jobs: int | None,
    fast: bool,
    untraced: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    debug: bool,
) -> None:
    """Reads articles and keeps their records, with the bytes that they were read from.

    Takes pages as plain text or HTML, folders with all pages in them, JSON Lines of articles or of records, and "-" for
    standard input. An article that is there already stays as it is: a run that was stopped can be run again.
    """
    if not inputs:
        raise click.UsageError("nothing is given to add; name files or folders, or - for standard input")
    from ..bulk import check_published, check_url
    from ..model.document import Hints

    stated = None if jobs or os.environ.get("TELUSUR_JOBS") else cores()
    chosen = settings(os.environ, jobs=jobs or stated, fast=fast, quiet=quiet, verbose=verbose, debug=debug)
    hints = Hints(url=check_url(url), published=check_published(published), publisher=(outlet or "").strip() or None)
    if hints.url and (len(inputs) > 1 or Path(inputs[0]).is_dir()):
        raise click.UsageError("--url says where one page came from; give one page, or JSON Lines with a url in each")
    ctx.exit(_add(inputs, archive_place(os.environ, place), failed_file, hints, chosen, as_json, untraced))


def _add(inputs: tuple[str, ...], place: str, failed_file: Path | None, hints: Hints, chosen: Settings, as_json: bool, untraced: bool) -> int:
    from ..archive import open_archive
    from ..archive.add import add as add_items
    from ..archive.inputs import find_inputs, read_items

    found = find_inputs(inputs)
    bar = Bar(found.size, chosen)
    failures = Failures(failed_file, bar)

    def kept(entry: Entry, outcome: str) -> None:
        if chosen.verbose:
            bar.clear()
            complain(f"{outcome} {entry.id}: {entry.label}")

    with open_archive(place, create=True) as archive:
        try:
            items = read_items(found.files, sys.stdin.buffer, hints)
            done = add_items(archive, items, jobs=chosen.jobs, fast=chosen.fast, told=bar.show, refused=failures.take, kept=kept)
        except KeyboardInterrupt:
            bar.clear()
            complain(f"interrupted; {bar.progress.new} new articles are kept in {archive.place}; run the same again to go on")
            return INTERRUPTED
        finally:
            bar.clear()
            failures.close()
        if done.new and not untraced and not traced(archive, chosen.quiet):
            return INTERRUPTED
        place = archive.place
    if found.passed_over and not chosen.quiet:
        complain(f"{found.passed_over} files in the folders are neither pages nor JSON Lines and were passed over")
    if as_json:
        put(stdout(), json.dumps(_counts(done)) + "\n")
    if not chosen.quiet:
        complain(f"{summary(done)}; archive {place}")
    if not done.failed:
        return DONE if done.articles else NOTHING_READ
    return SOME_FAILED if done.failed < done.articles else NOTHING_READ


def traced(archive: Archive, quiet: bool) -> bool:
    """Brings the tracing up to date with what was changed; whether it came to its end."""
    from .tracing import bring_up

    try:
        bring_up(archive, quiet)
    except KeyboardInterrupt:
        complain(f"interrupted while copies were looked for; all articles are kept in {archive.place}; `telusur trace` goes on")
        return False
    return True


def _counts(done: Progress) -> dict[str, object]:
    return {
        "new": done.new, "there": done.there, "removed": done.removed, "failed": done.failed, "seconds": round(done.seconds, 1),
    }  # fmt: skip


def summary(done: Progress) -> str:
    """What a run did, in a line."""
    parts = [f"{done.new} new", f"{done.there} there already"]
    parts += [f"{done.removed} removed before and left out"] if done.removed else []
    parts += [f"{done.failed} failed"] if done.failed else []
    return f"{', '.join(parts)}, in {span(done.seconds)}"


def span(seconds: float) -> str:
    """A length of time, as short as it can be told."""
    if seconds < 100:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {left:02} s"


class Bar:
    """One line on a terminal's standard error: how far, how fast, how long still."""

    def __init__(self, size: int | None, chosen: Settings) -> None:
        from ..archive.add import Progress

        self.size = size
        self.progress = Progress()
        self.live = sys.stderr.isatty() and not chosen.quiet
        self.shown_at = 0.0
        self.length = 0

    def show(self, progress: Progress) -> None:
        self.progress = progress
        now = time.monotonic()
        if self.live and now - self.shown_at >= 1 / _MOVES_A_SECOND:
            self.shown_at = now
            self._write(self.line(progress))

    def line(self, progress: Progress) -> str:
        """The line to show."""
        rate = (progress.new + progress.failed) / progress.seconds if progress.seconds else 0.0
        told = f"{progress.articles} articles, {progress.failed} failed, {rate:.1f}/s"
        if not self.size:
            return told
        share = min(1.0, progress.bytes_done / self.size)
        filled = round(share * 20)
        worked = progress.bytes_done - progress.bytes_skipped
        left = f", {span((self.size - progress.bytes_done) * progress.seconds / worked)} left" if worked > 0 else ""
        return f"{'█' * filled}{'·' * (20 - filled)} {share:4.0%}  {told}{left}"

    def clear(self) -> None:
        if self.length:
            self._write("")
            print("\r", end="", file=sys.stderr, flush=True)
            self.length = 0

    def _write(self, line: str) -> None:
        encoding = sys.stderr.encoding or "utf-8"
        line = line.encode(encoding, "replace").decode(encoding)
        print("\r" + line.ljust(self.length), end="", file=sys.stderr, flush=True)
        self.length = len(line)


class Failures:
    """Each article that could not be read: a line on standard error, and one in a file where it was asked for."""

    def __init__(self, file: Path | None, bar: Bar) -> None:
        self.file = LateFile(file) if file else None
        self.bar = bar

    def take(self, refusal: Refused) -> None:
        self.bar.clear()
        tell_refusal(refusal)
        if self.file:
            told = {"input": refusal.label, "error": {"code": refusal.code, "message": refusal.message}}
            put(self.file, json.dumps(told, ensure_ascii=False) + "\n")

    def close(self) -> None:
        if self.file:
            self.file.close()


def tell_refusal(refusal: Refused) -> None:
    """Says which article was refused and why, its name once: some messages begin with it, or with the last part of its path."""
    label, message = refusal.label, refusal.message
    short = repr(Path(label).name)
    if message.startswith(short):
        message = label + message.removeprefix(short)
    complain(message, before="" if message.startswith(label) else f"{label}: ")


# --- upkeep -----------------------------------------------------------------------------------------------------


@click.group(short_help="Look after the archive: check, backup, restore, copy, stats (also: arsip).")
def db() -> None:
    """Looks after the archive."""


@db.command(short_help="Whether it is whole.")
@archive_option
@click.option("-q", "--quiet", is_flag=True, help="No progress; findings only.")
@click.pass_context
def check(ctx: click.Context, place: str | None, quiet: bool) -> None:
    """Checks that every span quotes its text, every id resolves, every row is what its record says, and copies are traced as they are."""
    from ..archive import open_archive
    from ..archive.check import check as findings
    from ..trace.check import check as of_tracing

    live = sys.stderr.isatty() and not quiet
    looked = 0

    def told(done: int, total: int) -> None:
        nonlocal looked
        looked = done
        if live and (done % 50 == 0 or done == total):
            print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    found = 0
    with open_archive(archive_place(os.environ, place)) as archive:
        for finding in chain(findings(archive, told), of_tracing(archive)):
            found += 1
            put(stdout(), finding + "\n")
        shown = archive.place
    if not quiet:
        complain(f"{shown}: {looked} articles, {'all is whole' if not found else f'{found} findings'}")
    ctx.exit(SOME_FAILED if found else DONE)


@db.command(short_help="Write it to a file, while others go on writing.")
@click.argument("file", type=click.Path(path_type=Path))
@archive_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing.")
def backup(file: Path, place: str | None, quiet: bool) -> None:
    """Writes the archive, as it is at this moment, to FILE, an archive of its own."""
    from ..archive import open_archive
    from ..archive.copy import backup as back_up

    with open_archive(archive_place(os.environ, place)) as archive:
        back_up(archive, file)
        if not quiet:
            complain(f"{archive.place} is written to {file}")


@db.command(short_help="Bring a backup back.")
@click.argument("file", type=click.Path(path_type=Path))
@archive_option
@click.option("--replace", is_flag=True, help="Lose the articles that stand there.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing.")
def restore(file: Path, place: str | None, replace: bool, quiet: bool) -> None:
    """Makes the archive what the backup FILE holds."""
    from ..archive.copy import restore as bring_back

    target = archive_place(os.environ, place)
    bring_back(file, target, replace=replace)
    if not quiet:
        complain(f"{target} is what {file} holds")


@db.command("copy", short_help="Copy it to another place, SQLite or PostgreSQL.")
@click.argument("target", metavar="PATH | URL")
@archive_option
@click.option("--replace", is_flag=True, help="Lose the articles that stand there.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing.")
def copy_(target: str, place: str | None, replace: bool, quiet: bool) -> None:
    """Copies the whole archive to another place, and checks that both hold the same."""
    from ..archive import open_archive
    from ..archive.copy import copy, fingerprint
    from ..errors import ArchiveDamaged

    with open_archive(archive_place(os.environ, place)) as archive, open_archive(target, create=True) as other:
        count = copy(archive, other, replace=replace)
        mine, theirs = fingerprint(archive), fingerprint(other)
        if mine != theirs:
            raise ArchiveDamaged(f"{other.place} does not hold what {archive.place} does ({theirs[:12]}, {mine[:12]}); somebody wrote meanwhile, or copy again")
        if not quiet:
            complain(f"{count} articles copied to {other.place}; contents {mine[:12]} in both")


@db.command("stats", short_help="What it holds, in figures.")
@archive_option
@click.option("--json", "as_json", is_flag=True, help="Figures as JSON.")
@click.option("--fingerprint", "with_fingerprint", is_flag=True, help="Also a hash of its contents, the same on every machine.")
def stats_(place: str | None, as_json: bool, with_fingerprint: bool) -> None:
    """Prints what the archive holds, in figures."""
    from ..archive import open_archive
    from ..archive.copy import fingerprint
    from ..archive.stats import stats

    with open_archive(archive_place(os.environ, place)) as archive:
        found = stats(archive)
        if with_fingerprint:
            found["contents"] = fingerprint(archive)
    if as_json:
        put(stdout(), json.dumps(found, ensure_ascii=False) + "\n")
        return
    for name, value in found.items():
        told = "; ".join(f"{k}: {v:,}" for k, v in value.items()) if isinstance(value, dict) else _figure(value)
        put(stdout(), f"{name:13} {told}\n", replace=True)


def _figure(value: object) -> str:
    if isinstance(value, list):
        return " to ".join(str(part) for part in value) if all(value) else "-"
    return f"{value:,}" if isinstance(value, int) else str(value)


@db.command(short_help="Make the index anew.")
@archive_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing.")
@click.pass_context
def reindex(ctx: click.Context, place: str | None, quiet: bool) -> None:
    """Makes all rows and words anew from the records and the decisions on them, the newest articles first.

    In the meantime the archive answers from what is done. Stopped and run again, it goes on where it was.
    """
    from ..archive import open_archive
    from ..archive.renew import reindex as index_anew

    with open_archive(archive_place(os.environ, place)) as archive:
        try:
            count = index_anew(archive)
        except KeyboardInterrupt:
            complain(f"interrupted; {archive.place} is indexed in part; `telusur db reindex` goes on")
            ctx.exit(INTERRUPTED)
        traced(archive, quiet)
        if not quiet:
            complain(f"{archive.place}: {count} articles indexed anew")


@click.command(short_help="Read kept articles again with this program's model.")
@archive_option
@click.option("--all", "everything", is_flag=True, help="Also those that this program and model made.")
@click.option("--jobs", type=click.IntRange(1, MAX_JOBS), metavar="N", help="Processes to read with; as many as there are cores if not said.")
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@click.pass_context
def reprocess(ctx: click.Context, place: str | None, everything: bool, jobs: int | None, quiet: bool) -> None:
    """Reads the articles of the archive again, from the bytes or the text that is kept; what people decided stays.

    Without --all, those that another version or model made. Stopped and run again, it goes on where it was.
    """
    from .. import __version__
    from ..analyse.encoder import load_model
    from ..archive import open_archive
    from ..archive.renew import reprocess as read_again
    from ..pipeline import SOFTWARE

    failed = 0

    def refused(refusal: Refused) -> None:
        nonlocal failed
        failed += 1
        tell_refusal(refusal)

    maker = None if everything else (SOFTWARE, __version__, load_model().name)
    with open_archive(archive_place(os.environ, place)) as archive:
        done = read_again(archive, maker, jobs=jobs or cores(), refused=refused)
        traced(archive, quiet)
        if not quiet:
            complain(f"{archive.place}: {done} articles read again{f', {failed} stay as they were' if failed else ''}")
    ctx.exit(SOME_FAILED if failed else DONE)
