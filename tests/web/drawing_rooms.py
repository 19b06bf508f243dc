"""A room over the dispatches, for tests of the pages that draw them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

from archive.records import keep_records
from telusur.archive import open_archive
from telusur.web.settings import RoomSettings
from web.dispatches import several
from web.rooms import Room, open_room

FROM_EVIL = ("<script>window.pwned", "<img src=x", "onerror=\"window")
"""What must stand on no page as it is."""


@contextmanager
def drawing_room(folder: Path) -> Iterator[tuple[Room, list[str]]]:
    """The room, and the ids of its articles."""
    with open_archive(str(folder / "gambar.db"), create=True) as archive:
        ids = keep_records(archive, several())
        with open_room(archive, RoomSettings(by="Sari")) as room:
            yield room, ids


class Page(HTMLParser):
    """A page, read: its words, its links."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.markup, self.parts, self.links, self._quiet = markup, [], [], 0  # type: ignore[var-annotated]
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and told.get("href"):
            self.links.append(told["href"])
        self._quiet += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.parts.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.parts).split())
