"""The command that lets a language model ask an archive: ``mcp``."""

from __future__ import annotations

import os
import sys

import click

from ..config import archive_place
from ..output import complain
from .keeping import archive_option


@click.command(short_help="Let a language model ask the archive, read only.")
@archive_option
def mcp(place: str | None) -> None:
    """Answers a language model over the Model Context Protocol, on standard input and output; it reads, and never writes.

    \b
    Programs start it themselves; this goes into their settings:
      {"mcpServers": {"telusur": {"command": "telusur", "args": ["mcp", "--archive", "/path/to/archive.db"]}}}
    """
    from ..archive import open_archive
    from ..mcp.protocol import serve
    from ..mcp.tools import make_tools

    with open_archive(archive_place(os.environ, place)) as archive:
        if sys.stdin.isatty():
            complain("this waits for a program that speaks the Model Context Protocol; Ctrl-D ends it; `telusur mcp --help` tells more")
        serve(sys.stdin.buffer, sys.stdout.buffer, make_tools(archive))
