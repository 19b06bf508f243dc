"""People: who has an account, what their role lets them do, and what was done in whose name.

  tables     where people are kept: beside a SQLite archive in a file of its own, in PostgreSQL in tables of their own
  store      accounts, logins, tokens, and the log of what was done
  passwords  how passwords are kept
  limits     how often somebody may ask
  gate       who asks, found before anything else; who has not logged in gets no further than the login page
  pages      logging in and out, one's own account, and for admins everybody's
Where nobody has an account, nobody logs in, and the room serves this machine alone.
"""

from __future__ import annotations

from ...archive.engine import Archive


def any_account(archive: Archive) -> bool:
    """Whether anybody has an account in this archive: then everybody must log in."""
    from .store import open_people

    with open_people(archive) as people:
        return people.any()
