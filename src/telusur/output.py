"""Where output goes: standard output, a file, a folder, the browser; and one line on standard error for what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from .config import DEFAULT_WIDTH, MIN_WIDTH, Settings
from .errors import BadRequest, TelusurError


class PipeClosed(Exception):
    """Whoever read our output has gone: there is nobody left to print for."""


class Out(Protocol):
    """What output is written to."""

    def write(self, data: bytes, /) -> object: ...
    def flush(self) -> None: ...


class LateFile:
    """A file that is made at the first write: a run that reads nothing leaves what was there before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: BinaryIO | None = None

    def write(self, data: bytes, /) -> None:
        try:
            self.file = self.file or self.path.open("wb")
            self.file.write(data)
        except OSError as error:
            raise BadRequest(
                f"{self.path} cannot be written: {error.strerror}; nothing more was done; give -o another path"
            ) from error

    def flush(self) -> None:
        if self.file:
            self.file.flush()

    def close(self) -> None:
        if self.file:
            self.file.close()


def stdout() -> Out:
    return sys.stdout.buffer


@contextmanager
def destination(path: Path | None) -> Iterator[Out]:
    """Standard output, or a file."""
    if path is None or path.is_dir():
        yield stdout()
        return
    file = LateFile(path)
    try:
        yield file
    finally:
        file.close()


def put(out: Out, text: str, replace: bool = False) -> None:
    """Writes text and sends it off: in UTF-8, but a report in what the terminal takes, ? for what it cannot show.

    Raises:
        PipeClosed: nobody reads any more.
    """
    encoding = (sys.stdout.encoding or "utf-8") if replace and out is stdout() else "utf-8"
    try:
        out.write(text.encode(encoding, "replace"))
        out.flush()
    except BrokenPipeError as error:
        raise PipeClosed from error


def complain(message: str) -> None:
    print(f"telusur: {' '.join(message.split())}", file=sys.stderr)


def fault(error: Exception) -> tuple[str, str]:
    """Code and message of an error: ours say what to do; any other is a fault of the program, and says so."""
    if isinstance(error, TelusurError):
        return error.code, str(error)
    what = f"{type(error).__name__}: {error}"
    return "internal-error", f"a fault in telusur: {what}; this was left out; --debug shows where; please report it"


def shown(file: str) -> str:
    return "standard input" if file == "-" else repr(file) if not file.isprintable() else file


def fit_width(chosen: Settings) -> int:
    """As set; else the terminal's, but no wider than reads well."""
    if chosen.width is not None:
        return chosen.width
    if not sys.stdout.isatty():
        return DEFAULT_WIDTH
    from shutil import get_terminal_size

    return max(MIN_WIDTH, min(get_terminal_size((DEFAULT_WIDTH, 24)).columns, DEFAULT_WIDTH))


def show_page(path: Path, quiet: bool) -> None:
    import webbrowser

    address = path.absolute().as_uri()
    if not webbrowser.open(address):
        complain(f"no browser was found; the page is written; open {address} yourself")
    elif not quiet:
        complain(f"opened {address}")
