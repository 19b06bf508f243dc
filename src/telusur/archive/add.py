"""Many articles into an archive: what is there is skipped, the rest is read in many processes and kept in short steps.

An article counts as done when it is on the disk. A run that is killed at any moment has kept all that it had counted,
and the same run again goes on where it was.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from ..bulk import shared_out
from ..errors import ArchiveError, MissingExtra
from .engine import Archive
from .inputs import Sized
from .keep import Outcome, keep, there
from .prepare import Entry, Item, Refused, lost, prepare

STEP_ENTRIES, STEP_SECONDS = 64, 0.5
"""How much is read before it is kept: what a kill can cost."""


@dataclass(slots=True)
class Progress:
    """How far adding is. ``bytes_done`` and ``bytes_skipped`` count the inputs; ``seconds`` since the start."""

    new: int = 0
    there: int = 0
    removed: int = 0
    failed: int = 0
    bytes_done: int = 0
    bytes_skipped: int = 0
    seconds: float = 0.0

    @property
    def articles(self) -> int:
        return self.new + self.there + self.removed + self.failed


@dataclass(slots=True)
class _Adding:
    """One run: what is on its way, and what was done."""

    archive: Archive
    told: Callable[[Progress], None]
    refused: Callable[[Refused], None]
    kept: Callable[[Entry, Outcome], None]
    began: float = field(default_factory=time.monotonic)
    kept_at: float = field(default_factory=time.monotonic)
    progress: Progress = field(default_factory=Progress)
    asked: deque[tuple[str, int]] = field(default_factory=deque)
    pending: list[tuple[Entry, int]] = field(default_factory=list)
    twins: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """By the id of each article that is on its way: label and size of others that are the same."""

    def unread(self, items: Iterable[Sized]) -> Iterator[Item]:
        """Those items that must be read; the others are counted."""
        for item, size in items:
            if isinstance(item, Refused):
                self.refuse(item, size)
            elif item.id in self.twins:
                self.twins[item.id].append((item.label, size))
            elif outcome := self.known(item.id):
                self.progress.bytes_skipped += size
                self.count(outcome, size)
            else:
                self.twins[item.id] = []
                self.asked.append((item.id, size))
                yield item

    def known(self, id: str) -> Outcome | None:
        with self.archive.reading() as connection:
            return there(connection, [id]).get(id)

    def take(self, answer: Entry | Refused) -> None:
        """One answer of the readers."""
        id, size = self.asked.popleft()
        if isinstance(answer, Refused):
            self.refuse(answer, size)
            for label, its_size in self.twins.pop(id):
                self.refuse(replace(answer, label=label), its_size)
            return
        self.pending.append((answer, size))
        if len(self.pending) >= STEP_ENTRIES or time.monotonic() - self.kept_at >= STEP_SECONDS:
            self.keep()

    def keep(self) -> None:
        """Puts what is pending on the disk; only then is it counted."""
        if self.pending:
            entries, now = [entry for entry, _ in self.pending], datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            outcomes = self.archive.write(lambda connection: keep(connection, entries, now))
            for (entry, size), outcome in zip(self.pending, outcomes, strict=True):
                self.count(outcome, size)
                for _, its_size in self.twins.pop(entry.id):
                    self.count("removed" if outcome == "removed" else "there", its_size)
                self.kept(entry, outcome)
            self.pending.clear()
        self.kept_at = time.monotonic()

    def refuse(self, refusal: Refused, size: int) -> None:
        self.refused(refusal)
        self.progress.failed += 1
        self.advance(size)
        if refusal.code == MissingExtra.code:  # no other would fare better
            raise MissingExtra(refusal.message)

    def count(self, outcome: Outcome, size: int) -> None:
        setattr(self.progress, outcome, getattr(self.progress, outcome) + 1)
        self.advance(size)

    def advance(self, size: int) -> None:
        self.progress.bytes_done += size
        self.progress.seconds = time.monotonic() - self.began
        self.told(self.progress)


def add(
    archive: Archive,
    items: Iterable[Sized],
    *,
    jobs: int = 1,
    fast: bool = False,
    told: Callable[[Progress], None] = lambda progress: None,
    refused: Callable[[Refused], None] = lambda refusal: None,
    kept: Callable[[Entry, Outcome], None] = lambda entry, outcome: None,
) -> Progress:
    """Adds articles; what is there already stays as it is.

    Args:
        archive: where to.
        items: as `inputs.read_items` gives them.
        jobs: processes to read with; the archive is the same with any number.
        fast: read by the fast tier; `renew.reprocess` reads such articles again by the accurate one.
        told: called after each step with how far it is.
        refused: called with each item that gave no record.
        kept: called with each article that was read, once it is on the disk.

    Raises:
        ArchiveError: it cannot be written; what was counted before is kept. An interrupt, too, leaves it whole.
    """
    adding = _Adding(archive, told, refused, kept)
    try:
        for answer in shared_out(adding.unread(items), partial(prepare, fast=fast), lost, jobs):
            adding.take(answer)
    except ArchiveError:
        raise
    except BaseException:
        adding.keep()
        raise
    adding.keep()
    return adding.progress
