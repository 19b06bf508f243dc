"""What was named on the command line, as one `Item` for each article.

Comes in: files, folders, ``-`` for standard input. Pages stand one in a file; JSON and JSON Lines hold requests
(``{"id", "text" or "html", ...}``) or records, told apart by ``format``. Goes out: items and refusals, in the same order on
every run, each with how many bytes of the whole it stands for.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from ..bulk import MAX_LINE_BYTES, Readable, make_source, parse_request, split_lines
from ..errors import TelusurError, TooLarge, UnreadableSource
from ..ingest.files import MAX_BYTES, from_bytes, read_file
from ..model.document import Hints
from ..model.record import FORMAT
from ..output import shown
from .prepare import Item, Refused, page_item, record_item

LINES = (".jsonl", ".ndjson")
PAGES = (".txt", ".text", ".html", ".htm", ".xhtml", ".shtml", ".html.gz", ".htm.gz", ".xhtml.gz", ".txt.gz", ".text.gz")
SUFFIXES = (*LINES, *PAGES, ".json")
"""What is taken from a folder. A file that is named by itself is always tried."""

Sized: TypeAlias = tuple[Item | Refused, int]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, in order. ``size``: bytes of them all, None where standard input is among them.
    ``passed_over``: files of folders that are of no kind that is read."""

    files: tuple[str, ...]
    size: int | None
    passed_over: int


def find_inputs(named: Sequence[str]) -> Inputs:
    """The files that these names mean, folders with all that is below them."""
    files: list[str] = []
    passed_over = 0
    for name in named:
        if name == "-" or not Path(name).is_dir():
            files.append(name)
            continue
        for path in _walk(name):
            if path.casefold().endswith(SUFFIXES):
                files.append(path)
            else:
                passed_over += 1
    size = None if "-" in files else sum(map(_size, files))
    return Inputs(tuple(files), size, passed_over)


def _walk(folder: str) -> Iterator[str]:
    """All files below a folder, in the order of their names; hidden ones left aside."""
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(at, name) for name in sorted(files) if not name.startswith("."))


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def read_items(files: Sequence[str], stdin: BinaryIO, hints: Hints) -> Iterator[Sized]:
    """The articles of all files. What cannot be read is refused, and the next is read."""
    for file in files:
        try:
            if file == "-":
                yield from _standard_input(stdin, hints)
            elif file.casefold().endswith(LINES):
                with open(file, "rb") as stream:
                    yield from _lines(stream, shown(file))
            elif file.casefold().endswith(".json"):
                yield _json(file), _size(file)
            else:
                yield page_item(shown(file), read_file(file, url=hints.url), hints), _size(file)
        except OSError as error:
            problem = UnreadableSource(f"{shown(file)} cannot be read: {error.strerror}; check the path and the file's rights")
            yield _refuse(shown(file), problem), _size(file)
        except TelusurError as problem:
            yield _refuse(shown(file), problem), _size(file)


def _standard_input(stdin: BinaryIO, hints: Hints) -> Iterator[Sized]:
    """JSON Lines where the first line begins as an object does, else one page."""
    first = stdin.readline(MAX_LINE_BYTES + 1)
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        yield from _lines(_Rejoined(first, stdin), "standard input")
        return
    data = first + stdin.read(max(0, MAX_BYTES + 1 - len(first)))
    yield page_item("standard input", from_bytes(data, url=hints.url), hints), len(data)


class _Rejoined:
    """A stream whose first line was looked at."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self.first, self.rest = io.BytesIO(first), rest

    def readline(self, limit: int = -1) -> bytes:
        return self.first.readline(limit) or self.rest.readline(limit)


def _lines(stream: Readable, name: str) -> Iterator[Sized]:
    for number, line in enumerate(split_lines(stream), 1):
        yield _line(line, f"{name}, article {number}"), len(line)


def _json(file: str) -> Item | Refused:
    """The one article of a JSON file."""
    with open(file, "rb") as stream:
        data = stream.read(MAX_LINE_BYTES + 1)
    if len(data) > MAX_LINE_BYTES:
        return _refuse(shown(file), TooLarge(f"{shown(file)} holds more than {MAX_LINE_BYTES:,} bytes; it was left out; give one article a file"))
    return _line(data, shown(file))


def _line(line: bytes, label: str) -> Item | Refused:
    try:
        value = parse_request(line)
        if isinstance(key := value.get("id"), str):
            label = f"{label} ({shown(key)})"
        if value.get("format") == FORMAT:
            return record_item(label, value)
        return page_item(label, *make_source(value))
    except TelusurError as problem:
        return _refuse(label, problem)


def _refuse(label: str, problem: TelusurError) -> Refused:
    return Refused(label, problem.code, str(problem))
