"""Archives of both kinds, as the tests of the archive make them: one PostgreSQL server for all tests of the room."""

from __future__ import annotations

from archive.conftest import archive, new_place, place, postgres
from web.browsing import browser

__all__ = ["archive", "browser", "new_place", "place", "postgres"]
