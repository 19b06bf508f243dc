"""Brings the tracing of an archive up to date: what was added is traced, what went leaves its families.

Comes in: an archive. Goes out: the tables of the tracing. A run that is killed at any moment goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..archive.engine import Archive


@dataclass(slots=True)
class Progress:
    """How far the tracing is: articles traced of those that there were to trace, links to copies found, seconds."""

    done: int = 0
    total: int = 0
    copies: int = 0
    seconds: float = 0.0


def update(archive: Archive, told: Callable[[Progress], None] = lambda progress: None) -> Progress:
    """Traces what is new, and takes out what is gone."""
    raise NotImplementedError
