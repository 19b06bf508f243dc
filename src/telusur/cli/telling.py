"""What commands tell beside their output, on standard error, in the language of whoever runs them."""

from __future__ import annotations

import os

import click

from .. import output
from ..config import message_language


def complain(message: str, lang: str | None = None, *, before: str = "", behind: str = "") -> None:
    """One line on standard error, in Indonesian where ``--lang`` or TELUSUR_LANG asks for it or the locale names it.

    Args:
        message: in English, its parts parted by ``;``.
        lang: what ``--lang`` says, where the command that took it is over.
        before: what the message is of, such as a file's name; it stays as it is.
        behind: a part that follows, and is told in that language even where the message itself cannot be.
    """
    from ..messages import told

    running = click.get_current_context(silent=True)
    spoken = message_language(os.environ, lang or (running.params.get("lang") if running else None))
    line = before + told(" ".join(message.split()), spoken)
    output.complain(f"{line}{'' if line[-1:] in '?)' else ';'} {told(behind, spoken)}" if behind else line)
