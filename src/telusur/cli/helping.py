"""``--help`` in the reader's language: what the commands say of themselves in English, told in Indonesian by the table ``help``.

Comes in: the texts that click lays out. Goes out: the same texts in Indonesian, each by itself: a paragraph, a line of an example, what an
option does. What the table does not know stays English; a test holds that it knows all.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import click

from ..config import Lang

_PLACES = {"[OPTIONS]": "[OPSI]", "COMMAND": "PERINTAH", "[ARGS]": "[ARGUMEN]"}
"""What click itself names in a line of usage."""
_LIMITS = "  ["
"""What click sets between an option's text and its default, its bounds, or that it is required."""
_LIMIT_WORDS = {"default: ": "jika tidak disebut: ", "required": "wajib"}


class Indonesian(click.HelpFormatter):
    """Lays out help as click does, in Indonesian."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for english, indonesian in _PLACES.items():
            args = args.replace(english, indonesian)
        super().write_usage(prog, args, prefix or "Pemakaian: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(told(heading))

    def write_text(self, text: str) -> None:
        super().write_text("\n\n".join(_paragraph(part) for part in text.split("\n\n")))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(first, _of_option(second)) for first, second in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = Indonesian


def speak(command: click.Command, lang: Lang) -> None:
    """Has a command, and all below it, tell its help in a language."""
    command.context_class = _Context if lang == "id" else click.Context
    if isinstance(command, click.Group):
        for below in command.commands.values():
            speak(below, lang)


def told(english: str) -> str:
    """A text in Indonesian; as it is where the table does not know it."""
    return _table().get(" ".join(english.split()), english)


@cache
def _table() -> dict[str, str]:
    from ..lexicon import read_table

    return {row["en"]: row["id"] for row in read_table("help", ("en", "id"))}


def _paragraph(text: str) -> str:
    if not text.startswith("\b"):
        return told(text)
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    """A line of an example: what stands before two spaces is typed, what stands behind them tells of it."""
    typed, gap, tells = line.rpartition("  ")
    if typed.strip():
        return f"{typed}{gap}{told(tells)}"
    return line[: len(line) - len(line.lstrip())] + told(line.strip())


def _of_option(text: str) -> str:
    what, found, limits = text.rpartition(_LIMITS)
    if not found:
        return told(text)
    for english, indonesian in _LIMIT_WORDS.items():
        limits = limits.replace(english, indonesian)
    return f"{told(what)}{_LIMITS}{limits}"
