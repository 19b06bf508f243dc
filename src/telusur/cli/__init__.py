"""The command line: arguments in, exit status out.

Data goes to standard output, all else to standard error; `status` lists the exit statuses.
"""

from .commands import cli, main

__all__ = ["cli", "main"]
