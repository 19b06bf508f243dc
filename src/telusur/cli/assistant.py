"""The command that lets a language model ask an archive: ``mcp``."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..config import archive_place
from ..errors import NoArchive
from .keeping import archive_option
from .telling import complain

if TYPE_CHECKING:
    from ..archive.engine import Archive


@click.command(short_help="Let a language model ask the archive, read only.")
@archive_option
def mcp(place: str | None) -> None:
    """Answers a language model over the Model Context Protocol, on standard input and output; it reads, and never writes.

    \b
    Programs start it themselves; this goes into their settings:
      {"mcpServers": {"telusur": {"command": "telusur", "args": ["mcp", "--archive", "/path/to/archive.db"]}}}
    """
    from ..mcp.protocol import serve
    from ..mcp.tools import make_tools

    at = archive_place(os.environ, place)
    if "://" not in at and not Path(at).expanduser().exists():
        raise NoArchive(f"there is no archive at {at}; nothing can be asked; make one with `telusur add`, or give another with --archive")
    if sys.stdin.isatty():
        complain("this waits for a program that speaks the Model Context Protocol; Ctrl-D ends it; `telusur mcp --help` tells more")
    with ExitStack() as opened:

        @cache
        def archive() -> Archive:
            from ..archive import open_archive

            return opened.enter_context(open_archive(at))

        serve(sys.stdin.buffer, sys.stdout.buffer, make_tools(archive))
