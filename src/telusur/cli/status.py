"""Exit statuses, as shells and scripts see them."""

from __future__ import annotations

DONE = 0
SOME_FAILED = 1
"""Some inputs failed, the rest is done."""

USAGE = 2
NOTHING_READ = 3
ARCHIVE = 4
"""The archive cannot be opened, read or written; the message says why."""

NOT_INSTALLED = 5
"""An optional part is not installed; the message names it."""

INTERRUPTED = 130
"""By Ctrl-C; what was printed so far stands."""

PIPE_CLOSED = 141
"""As the shell reports a program that a closed pipe ends (128 + SIGPIPE)."""
