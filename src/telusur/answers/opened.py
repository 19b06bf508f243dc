"""An archive as a Python program holds it: opened, added to, and asked.

    import telusur

    with telusur.open("archive.db") as archive:
        archive.add("pages/")
        for line in archive.claim("type:controls about:Raqqa").lines:
            print(line.in_english, line.sentence.text, line.article.url)

Comes in: pages and questions. Goes out: the frozen objects of `ask`; each line and hit has ``to_dict()``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..archive.add import Progress, add
from ..archive.engine import Archive
from ..archive.inputs import find_inputs, read_items
from ..archive.prepare import Refused
from ..errors import BadRequest
from ..model.document import Hints
from ..search.counting import Facet
from ..trace.update import update
from . import ask
from .ask import Found, Lines, Profile
from .lines import Article, Line


@dataclass(frozen=True, slots=True)
class OpenArchive:
    """An open archive. Close it, or open it in a ``with`` statement. Threads may ask at once; one at a time adds."""

    archive: Archive

    def add(
        self,
        *pages: str | Path,
        url: str | None = None,
        published: str | None = None,
        outlet: str | None = None,
        jobs: int = 1,
        fast: bool = False,
        trace: bool = True,
        failed: Callable[[Refused], None] = lambda refusal: None,
    ) -> Progress:
        """Adds pages: files, folders with all pages in them, JSON Lines of articles or records. What is there stays as it is.

        Args:
            pages: where they are.
            url: where the page came from, for one page.
            published: its date, ISO 8601, where the page prints none.
            outlet: who published it, where the page prints no name.
            jobs: processes to read with. With more than one, the calling script must guard its own start
                (``if __name__ == "__main__"``), as always where Python starts processes.
            fast: read in about three quarters of the time, what follows an article's beginning with 7 of the model's 12 layers.
            trace: look for copies of what is new.
            failed: hears of each article that gave no record, with its reason; it does not stop the rest.

        Returns:
            How many were ``new``, ``there`` already, ``removed`` before, and ``failed``.

        Raises:
            ArchiveError: it cannot be written; what was counted before is kept.
        """
        found = find_inputs([str(page) for page in pages])
        if url is not None and len(found.files) > 1:
            raise BadRequest(f"one address is given for {len(found.files)} files; nothing was added; add each with its own")
        hints = Hints(url=url, published=published, publisher=outlet)
        done = add(self.archive, read_items(found.files, sys.stdin.buffer, hints), jobs=jobs, fast=fast, refused=failed)
        if done.new and trace:
            update(self.archive)
        return done

    def search(self, query: str = "", *, size: int = 20, after: str | None = None, best: bool = False, facets: Sequence[Facet] = (), sources: bool = True) -> Found:
        """Articles that answer a query: see `ask.search`."""
        return ask.search(self.archive, query, size=size, after=after, best=best, facets=facets, sources=sources)

    def claim(self, query: str = "", *, sayings: bool = False, size: int = 20, after: str | None = None, sources: bool = True) -> Lines:
        """Claims that answer a query, or what was said: see `ask.claims_of` and `ask.sayings_of`."""
        if sayings:
            return ask.sayings_of(self.archive, query, size=size, after=after)
        return ask.claims_of(self.archive, query, size=size, after=after, sources=sources)

    def who(
        self, name: str, *, about: str | None = None, from_: str | None = None, to: str | None = None, size: int = 20, after: str | None = None, sources: bool = True
    ) -> Profile:
        """What somebody or something said, holds and leads, and who holds it: see `ask.who`."""
        return ask.who(self.archive, name, about=about, from_=from_, to=to, size=size, after=after, sources=sources)

    def timeline(
        self, when: str, where: str | None = None, *, to: str | None = None, query: str = "", size: int = 50, after: str | None = None, sources: bool = True
    ) -> Lines:
        """What happened in a year, month or day, in a place, in the order of time: see `ask.timeline`."""
        return ask.timeline(self.archive, where, when, to, query=query, size=size, after=after, sources=sources)

    def show(self, id: str) -> Line | Article:
        """One claim or saying by the id of its line, or an article by its id or how it begins."""
        return ask.show(self.archive, id)

    def close(self) -> None:
        """Gives all connections back."""
        self.archive.close()

    def __enter__(self) -> OpenArchive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
