"""What ``telusur read`` does: files one by one, or JSON Lines in bulk, each result where it was asked for.

Comes in: names of files, what was asked for. Goes out: the exit status; failures are told and counted on the way.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..config import Settings
from ..errors import MissingExtra, UnreadableSource
from ..output import Out, destination, fault, fit_width, put, show_page, shown
from .status import DONE, NOT_INSTALLED, NOTHING_READ, SOME_FAILED
from .telling import complain

if TYPE_CHECKING:
    from ..bulk import Answer
    from ..model.document import Hints
    from ..model.record import Record

FORMATS = {".html": "html", ".htm": "html", ".json": "json", ".jsonl": "json", ".ndjson": "json", ".txt": "text"}


def choose_format(
    files: Sequence[str], form: str | None, flag: str | None, output: Path | None, show: bool
) -> str:
    """The one format asked for, or a usage error where two are."""
    if form and flag and form != flag:
        raise click.UsageError(f"--{flag} and --format {form} ask for two things; give one")
    named = FORMATS.get(output.suffix.casefold()) if output else None
    wish = form or flag or ("html" if show else named) or "text"
    if show and wish != "html":
        raise click.UsageError(f"--open shows the page, --{wish} prints something else; give one")
    if output and not output.is_dir() and not output.absolute().parent.is_dir():
        raise click.UsageError(f"{output} cannot be written: there is no folder {output.absolute().parent}; make it first")
    if output and any(file != "-" and output.resolve() == Path(file).resolve() for file in files):
        raise click.UsageError(f"{output} is also read: it would be lost; give -o another name")
    if wish == "html" and output and not output.is_dir() and len(files) > 1:
        raise click.UsageError(f"{len(files)} pages do not fit in the one file {output}; give -o a folder")
    if wish == "html" and not output and not show and len(files) > 1:
        raise click.UsageError("several pages cannot be printed one after another; give -o a folder")
    if wish == "jsonl" and output and output.is_dir():
        raise click.UsageError(f"{output} is a folder; the lines of a bulk run go into one file; give its name")
    if wish != "jsonl" and (lines := [f for f in files if f.casefold().endswith((".jsonl", ".ndjson"))]):
        raise click.UsageError(f"{lines[0]} holds JSON Lines, not one article; add --jsonl")
    return wish


@dataclass(slots=True)
class Reading:
    """One run over files: each read and printed in turn, failures told and counted."""

    wish: str
    output: Path | None
    show: bool
    settings: Settings
    hints: Hints
    files: int
    written: set[Path] = field(default_factory=set)

    def run(self, files: Iterable[str]) -> int:
        failed = 0
        with destination(None if self._one_each else self.output) as out:
            for number, file in enumerate(files):
                try:
                    record = self._read(file)
                except Exception as error:  # also a fault of ours costs one file, not the run
                    if self.settings.debug:
                        raise
                    failed += 1
                    self._fail(out, file, error)
                    if isinstance(error, MissingExtra):
                        return NOT_INSTALLED
                    continue
                self._tell(file, record)
                self._print(out, number, file, record)
                self._progress(number + 1, failed)
        return DONE if not failed else SOME_FAILED if failed < self.files else NOTHING_READ

    def _progress(self, done: int, failed: int) -> None:
        """A count on the terminal, where the results themselves go elsewhere."""
        elsewhere = self.output is not None or not sys.stdout.isatty()
        if self.files > 1 and elsewhere and sys.stderr.isatty() and not (self.settings.quiet or self.settings.verbose):
            end = "\n" if done == self.files else ""
            print(f"\r{done}/{self.files}, {failed} failed", end=end, file=sys.stderr, flush=True)

    def _fail(self, out: Out, file: str, error: Exception) -> None:
        """Says why a file gave nothing; among several records, in its place too."""
        code, message = fault(error)
        named = Path(file).name in message
        complain(message, before="" if named else f"{shown(file)}: ")
        if self.wish == "json" and self.files > 1 and not self._one_each:
            from ..bulk import failure

            put(out, failure(file, code, message).line + "\n")

    @property
    def _one_each(self) -> bool:
        """Whether every file gets an output of its own."""
        return (self.wish == "html" and self.show) or (self.output is not None and self.output.is_dir())

    def _read(self, file: str) -> Record:
        from ..confidence.asked import keep_sure
        from ..ingest.files import MAX_BYTES, from_bytes, read_file
        from ..pipeline import read as read_page

        if file == "-":
            source = from_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), url=self.hints.url)
        else:
            source = read_file(file, url=self.hints.url)
        record = read_page(source, self.hints, fast=self.settings.fast)
        least = self.settings.least_confidence
        return record if least is None else keep_sure(record, least)

    def _tell(self, file: str, record: Record) -> None:
        if self.wish != "text" and not self.settings.quiet:
            for warning in record.document.warnings:
                complain(warning, before=f"{shown(file)}: ")
        if self.settings.verbose:
            found = f"{len(record.attributions)} attributions, {len(record.claims)} claims"
            complain(f"{shown(file)}: {len(record.text)} characters, {found}, {record.analysis.seconds:.2f} s")

    def _print(self, out: Out, number: int, file: str, record: Record) -> None:
        text = self._form(file, record, separate=bool(number))
        if not self._one_each:
            put(out, text, replace=self.wish == "text")
            return
        path = self._own_path(file)
        with destination(path) as own:
            put(own, text)
        if self.show:
            show_page(path, quiet=self.settings.quiet)

    def _form(self, file: str, record: Record, separate: bool) -> str:
        if self.wish == "json":
            from ..export.json import dumps

            lines = self.output is not None and self.output.suffix.casefold() in (".jsonl", ".ndjson")
            several = self.files > 1 and not self._one_each
            return dumps(record, indent=None if lines or several else 1) + "\n"
        if self.wish == "html":
            from ..export.reading import to_html

            return to_html(record, self.settings.lang)
        from ..export.report import Look, to_text

        color = self.settings.color
        if color is None:
            color = self.output is None and sys.stdout.isatty()
        look = Look(
            self.settings.lang, fit_width(self.settings), color, self.settings.verbose, None if file == "-" else file
        )
        width = look.width
        return ("\n" + "═" * width + "\n\n" if separate and not self._one_each else "") + to_text(record, look)

    def _own_path(self, file: str) -> Path:
        stem = "article" if file == "-" else Path(file).name.split(".")[0] or "article"
        suffix = {"html": ".html", "json": ".json", "text": ".txt"}[self.wish]
        if self.output is not None and not self.output.is_dir():
            return self.output
        if self.output is None:
            from tempfile import mkdtemp

            return Path(mkdtemp(prefix="telusur-")) / f"{stem}{suffix}"
        path, number = self.output / f"{stem}{suffix}", 1
        while path in self.written:  # files of one name from several folders
            number += 1
            path = self.output / f"{stem}-{number}{suffix}"
        self.written.add(path)
        return path


def read_lines(files: Sequence[str], output: Path | None, chosen: Settings) -> int:
    """Bulk: every line of every file, in order. Answers are printed as they come."""
    from ..bulk import answers

    done = failed = 0
    progress = sys.stderr.isatty() and not chosen.quiet
    with destination(output) as out:
        for answer in answers(_lines(files), chosen.jobs, chosen.least_confidence, chosen.fast):
            put(out, answer.line + "\n")
            done, failed = done + 1, failed + answer.failed
            if progress:
                print(f"\r{done} articles, {failed} failed", end="", file=sys.stderr, flush=True)
            if answer.code == MissingExtra.code:  # no other line would fare better
                raise MissingExtra(_message(answer))
            if answer.failed and chosen.verbose:
                complain(_message(answer), before=f"{done}: ")
    if progress and done:
        print(file=sys.stderr)
    if not done:
        raise UnreadableSource("no line was given; nothing was read; give JSON Lines, one article a line")
    if failed and not chosen.quiet:
        complain(f"{failed} of {done} lines could not be read; each has a line with its error in its place")
    return SOME_FAILED if failed else DONE


def _message(answer: Answer) -> str:
    import json

    return str(json.loads(answer.line)["error"]["message"])


def _lines(files: Sequence[str]) -> Iterator[bytes]:
    from ..bulk import split_lines

    for file in files:
        if file == "-":
            yield from split_lines(sys.stdin.buffer)
            continue
        try:
            with open(file, "rb") as stream:
                yield from split_lines(stream)
        except OSError as error:
            raise UnreadableSource(
                f"{shown(file)} cannot be read: {error.strerror}; the run ends here; check the path and the file's rights"
            ) from error
