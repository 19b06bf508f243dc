"""What whoever starts the reading room may set."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from ..config import Lang

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""Names under which only this machine itself can call."""


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """What holds while the room is open.

    ``hosts``: names that a request may call it by, besides any port. ``by``: who decides where nobody logs in. ``secret`` makes
    tokens that no other page can know; whoever runs several processes gives them the same. ``lang``: for readers who
    state none. ``accounts``: whether people must log in. ``sql_seconds``: how long one question may take.
    ``threads`` and ``writers``: how many pages are made, and how many forms taken, at one time.
    ``processes``: how many make pages beside the one that listens; 0 makes them there. ``behind_seconds``: how much older than the archive a
    page may be when another program has written to it (what the room itself writes is seen at once).
    ``logins_a_minute``: tries to log in from one address; ``asks_a_minute``: requests of one token or login to /api; 0 sets no limit.
    """

    hosts: tuple[str, ...] = LOOPBACK
    by: str = ""
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    lang: Lang = "id"
    accounts: bool = False
    https: bool = False
    logins_a_minute: int = 5
    asks_a_minute: int = 60
    sql_seconds: float = 2.0
    threads: int = 4
    writers: int = 4
    processes: int = 0
    behind_seconds: float = 0.0
