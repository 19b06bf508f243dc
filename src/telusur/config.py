"""What a user may set, in one frozen object: built once at the edge and passed on.

Each value comes from the arguments, else the environment (``TELUSUR_LANG``, ``TELUSUR_WIDTH``, ``TELUSUR_JOBS``,
``TELUSUR_DEBUG``, ``TELUSUR_ARCHIVE``), else the default. Nothing reads the environment at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from .errors import BadRequest

Lang = Literal["id", "en"]

DEFAULT_WIDTH = 92
MIN_WIDTH, MAX_WIDTH = 40, 400
MAX_JOBS = 256


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one run.

    ``width`` is None where the terminal decides. ``color`` is None where it depends on whether the output is a
    terminal, False where the user wants none, True where it is forced. ``least_confidence`` is None where nothing is left
    out.
    """

    lang: Lang = "id"
    width: int | None = None
    color: bool | None = None
    jobs: int = 1
    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    least_confidence: float | None = None
    fast: bool = False


def settings(
    environ: Mapping[str, str],
    *,
    lang: str | None = None,
    width: int | None = None,
    no_color: bool = False,
    jobs: int | None = None,
    quiet: bool = False,
    verbose: bool = False,
    debug: bool = False,
    least_confidence: float | None = None,
    fast: bool = False,
) -> Settings:
    """The settings of one run: arguments over environment over defaults.

    Raises:
        BadRequest: a variable of the environment holds a value that its setting cannot take.
    """
    return Settings(
        lang=_language(environ, lang),
        width=width if width is not None else _number(environ, "TELUSUR_WIDTH", MIN_WIDTH, MAX_WIDTH),
        color=_color(environ, no_color),
        jobs=jobs or _number(environ, "TELUSUR_JOBS", 1, MAX_JOBS) or 1,
        quiet=quiet,
        verbose=verbose,
        least_confidence=least_confidence,
        fast=fast,
        debug=debug or environ.get("TELUSUR_DEBUG", "") not in ("", "0"),
    )


def archive_place(environ: Mapping[str, str], stated: str | None = None) -> str:
    """Where the archive is: as stated, else ``TELUSUR_ARCHIVE``, else a file among the user's own data."""
    if chosen := stated or environ.get("TELUSUR_ARCHIVE"):
        return chosen
    data = environ.get("XDG_DATA_HOME") or str(Path(environ.get("HOME") or "~").expanduser() / ".local" / "share")
    return str(Path(data) / "telusur" / "archive.db")


def message_language(environ: Mapping[str, str], stated: str | None = None) -> Lang:
    """What messages are told in: Indonesian where it is asked for, or the locale names it; else English, as other programs' are."""
    chosen = stated or environ.get("TELUSUR_LANG") or _spoken(environ)
    return "id" if chosen in ("id", "in", "ms") else "en"


def _language(environ: Mapping[str, str], stated: str | None) -> Lang:
    """As stated, else by the locale. A locale that names no language (``C``, ``POSIX``) means Indonesian."""
    if chosen := stated or environ.get("TELUSUR_LANG"):
        if chosen not in ("id", "en"):
            raise BadRequest(f"TELUSUR_LANG is {chosen!r}; the report speaks id and en only; set one of them")
        return cast(Lang, chosen)
    return "id" if _spoken(environ) in ("", "c", "posix", "id", "in", "ms") else "en"


def _spoken(environ: Mapping[str, str]) -> str:
    """The language that the locale names, like ``id``; "" for none."""
    spoken = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environ.get(k))), "")
    return spoken.split(".")[0].split("_")[0].casefold()


def _number(environ: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    if not (value := environ.get(name, "")):
        return None
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise BadRequest(f"{name} is {value!r}; it must be a whole number from {least} to {most}; set it so, or unset it")
    return int(value)


def _color(environ: Mapping[str, str], no_color: bool) -> bool | None:
    """By ``--no-color``, then ``NO_COLOR`` (any value but none), ``TERM=dumb``, ``FORCE_COLOR``."""
    if no_color or environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return True if environ.get("FORCE_COLOR") else None
