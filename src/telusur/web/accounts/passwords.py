"""How passwords are kept: argon2id, as RFC 9106 recommends for a server without much memory.

Checking one costs 64 MiB and a twentieth of a second by intent, so only a few are checked at a time.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING

from ...errors import BadRequest

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 10
LONGEST = 1000

_COMMON = frozenset({"1234567890", "0123456789", "passwordpassword", "qwertyuiop", "katasandi1", "katasandi123", "password123", "rahasia123", "indonesia1"})
_AT_ONCE = threading.BoundedSemaphore(2)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    """A hash that no password has: who is not there is checked as long as who is."""
    return _hasher().hash("\0nobody")


def check_new(password: str, name: str) -> str:
    """A new password, if it is good enough.

    Raises:
        BadRequest: it is too short, too long, the name itself, or one that is tried first.
    """
    plain = password.casefold()
    if len(password) < SHORTEST:
        raise BadRequest(f"the password has fewer than {SHORTEST} characters; nothing was changed; some words in a row are easy to keep in mind")
    if len(password) > LONGEST or "\0" in password:
        raise BadRequest(f"the password is longer than {LONGEST} characters, or holds one that cannot be typed; nothing was changed; choose another")
    if plain in _COMMON or len(set(plain)) < 4 or plain.replace(" ", "") == name.casefold().replace(" ", ""):
        raise BadRequest("the password is easy to guess; nothing was changed; choose another")
    return password


def hashed(password: str) -> str:
    with _AT_ONCE:
        return _hasher().hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept; takes as long where none was."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    with _AT_ONCE:
        try:
            return _hasher().verify(kept or _nobodys(), password[: LONGEST + 1]) and kept is not None
        except (Argon2Error, InvalidHashError):
            return False


def is_old(kept: str) -> bool:
    """Whether it was kept with less effort than today's."""
    return _hasher().check_needs_rehash(kept)
