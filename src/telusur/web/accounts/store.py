"""Accounts, logins, tokens, and the log: what is known of people.

Comes in: the archive whose people they are. Goes out: who somebody is. Secrets are made here, shown once, and kept as hashes alone:
what is random enough not to be guessed (what browsers and tokens carry) as SHA-256, passwords as `passwords` does.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from ...archive.engine import Archive
from ...errors import BadRequest
from ..security import ROLES, Person, Role
from . import passwords, tables
from .tables import accounts, log, logins, tokens

TOKEN_MARK = "tls_"
"""What every token begins with, so that programs that look for leaked secrets know it."""

IDLE = timedelta(days=3)
LASTS = timedelta(days=14)
"""A login ends when nobody has used it for three days, and after two weeks in any case."""

_SEEN = timedelta(minutes=10)
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    role: Role
    made: str
    removed: str | None


@dataclass(frozen=True, slots=True)
class Token:
    """``used``: the day of the last use; ``role``: what it may at most."""

    id: str
    account: str
    label: str
    role: Role
    made: str
    until: str | None
    used: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log."""

    number: int
    at: str
    who: str
    what: str
    about: str | None
    address: str | None


@contextmanager
def open_people(archive: Archive) -> Iterator[People]:
    """The people of an archive."""
    people = People(tables.connect(archive))
    try:
        yield people
    finally:
        if archive.kind == "sqlite":
            people.archive.close()


def now() -> datetime:
    return datetime.now(UTC)


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def key_of(name: str) -> str:
    """A name as it is told apart from others."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def check_name(name: str) -> str:
    """A name that can stand beside decisions.

    Raises:
        BadRequest: it cannot.
    """
    told = unicodedata.normalize("NFC", " ".join(name.split()))
    if not told or len(told) > _LONGEST_NAME or not told.isprintable() or not any(ch.isalnum() for ch in told):
        raise BadRequest(f"{name[:80]!r} is no name for an account; nobody was added; give one of 1 to {_LONGEST_NAME} letters, like 'ani'")
    return told


def check_role(role: str) -> Role:
    """Raises: BadRequest: there is no such role."""
    if role not in ROLES:
        raise BadRequest(f"there is no role {role[:40]!r}; nothing was changed; the roles are {', '.join(ROLES)}")
    return role


def lesser(one: Role, other: Role) -> Role:
    return min(one, other, key=ROLES.index)


class People:
    """What is known of people. All functions work where nothing is kept yet: then nobody is known."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._there = False

    def there(self) -> bool:
        self._there = self._there or tables.there(self.archive)
        return self._there

    # --- accounts ---

    def any(self) -> bool:
        """Whether anybody has an account."""
        return any(one.removed is None for one in self.all())

    def all(self) -> list[Account]:
        """All accounts, the removed ones too, by name."""
        if not self.there():
            return []
        with self.archive.reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.key)).all()
        return [Account(row.name, row.role, row.made, row.removed) for row in rows]

    def add(self, name: str, role: str, password: str, by: str) -> Account:
        """Adds an account, or gives a removed one back.

        Raises:
            BadRequest: the name is taken or none, there is no such role, or the password is not good enough.
        """
        told, as_role = check_name(name), check_role(role)
        kept, at = passwords.hashed(passwords.check_new(password, told)), _iso(now())
        if not self.there():
            tables.make(self.archive)

        def act(connection: Connection) -> None:
            row = connection.execute(select(accounts).where(accounts.c.key == key_of(told))).first()
            if row is not None and row.removed is None:
                raise BadRequest(f"{row.name!r} has an account already; nothing was changed; `telusur users role` gives another role")
            if row is None:
                connection.execute(insert(accounts).values(key=key_of(told), name=told, role=as_role, password=kept, made=at))
            else:
                connection.execute(update(accounts).where(accounts.c.key == row.key).values(role=as_role, password=kept, removed=None))
            _note(connection, by, "account added", f"{told}: {as_role}")

        self.archive.write(act)
        return Account(told, as_role, at, None)

    def set_role(self, name: str, role: str, by: str) -> None:
        """Gives another role; logins and tokens follow at once.

        Raises:
            BadRequest: there is no such account or role, or nobody would be admin.
        """
        as_role = check_role(role)

        def act(connection: Connection) -> None:
            row = _account(connection, name)
            if row.role == "admin" and as_role != "admin":
                _keep_an_admin(connection, row.key)
            connection.execute(update(accounts).where(accounts.c.key == row.key).values(role=as_role))
            _note(connection, by, "role given", f"{row.name}: {as_role}")

        self._write(act)

    def set_password(self, name: str, password: str, by: str, *, keep: str | None = None) -> None:
        """Sets a password, and ends all logins but that of the browser that carries ``keep``.

        Raises:
            BadRequest: there is no such account, or the password is not good enough.
        """
        kept = passwords.hashed(passwords.check_new(password, name))

        def act(connection: Connection) -> None:
            row = _account(connection, name)
            connection.execute(update(accounts).where(accounts.c.key == row.key).values(password=kept))
            connection.execute(delete(logins).where(logins.c.account == row.key, logins.c.key != (_hash(keep) if keep else "")))
            _note(connection, by, "password set", row.name)

        self._write(act)

    def remove(self, name: str, by: str) -> None:
        """Takes an account, its logins and its tokens away. What was decided in its name stays. With the last account of all, the
        archive is again one where nobody logs in.

        Raises:
            BadRequest: there is no such account, or nobody would be admin.
        """

        def act(connection: Connection) -> None:
            row = _account(connection, name)
            if row.role == "admin" and not _is_alone(connection, row.key):
                _keep_an_admin(connection, row.key)
            connection.execute(update(accounts).where(accounts.c.key == row.key).values(password=None, removed=_iso(now())))
            connection.execute(delete(logins).where(logins.c.account == row.key))
            connection.execute(update(tokens).where(tokens.c.account == row.key).values(revoked=True))
            _note(connection, by, "account removed", row.name)

        self._write(act)

    # --- logging in ---

    def log_in(self, name: str, password: str, address: str) -> str | None:
        """What the browser is to carry; None where name and password do not fit, without saying which."""
        row = self._row(name)
        right = passwords.is_right(row.password if row is not None and row.removed is None else None, password)
        if not self.there():
            return None
        if not right or row is None:
            # The name as typed may be a password in the wrong field: only names that are known are written down.
            self.note("" if row is None else row.name, "login refused", None, address)
            return None
        secret, at = secrets.token_urlsafe(32), now()
        fresh = passwords.hashed(password) if passwords.is_old(row.password) else row.password

        def act(connection: Connection) -> None:
            connection.execute(delete(logins).where((logins.c.seen < _iso(at - IDLE)) | (logins.c.made < _iso(at - LASTS))))
            connection.execute(update(accounts).where(accounts.c.key == row.key).values(password=fresh))
            connection.execute(insert(logins).values(key=_hash(secret), account=row.key, made=_iso(at), seen=_iso(at)))
            _note(connection, row.name, "logged in", None, address)

        self.archive.write(act)
        return secret

    def is_password(self, name: str, password: str) -> bool:
        row = self._row(name)
        return passwords.is_right(row.password if row is not None and row.removed is None else None, password)

    def who_logged_in(self, secret: str) -> Person | None:
        """Whose browser carries this."""
        if not self.there():
            return None
        key, at = _hash(secret), now()
        with self.archive.reading() as connection:
            wanted = select(accounts.c.name, accounts.c.role, logins.c.seen).join(logins, logins.c.account == accounts.c.key)
            row = connection.execute(
                wanted.where(logins.c.key == key, accounts.c.removed.is_(None), logins.c.seen >= _iso(at - IDLE), logins.c.made >= _iso(at - LASTS))
            ).first()
        if row is None:
            return None
        if row.seen < _iso(at - _SEEN):
            self.archive.write(lambda connection: connection.execute(update(logins).where(logins.c.key == key).values(seen=_iso(at))))
        return Person(row.name, row.role)

    def log_out(self, secret: str, who: str) -> None:
        def act(connection: Connection) -> None:
            connection.execute(delete(logins).where(logins.c.key == _hash(secret)))
            _note(connection, who, "logged out", None)

        self._write(act)

    # --- tokens ---

    def add_token(self, name: str, label: str, by: str, *, role: str | None = None, days: int | None = None) -> tuple[Token, str]:
        """A new token, and what a program is to carry: shown now and never again.

        Raises:
            BadRequest: there is no such account or role, or the label is none.
        """
        told = " ".join(label.split())
        if not told or len(told) > 100 or not told.isprintable():
            raise BadRequest("the token has no label, or a very long one; nothing was made; say what it is for, like 'spreadsheet'")
        secret, id = TOKEN_MARK + secrets.token_urlsafe(32), secrets.token_hex(4)
        wanted, at = check_role(role) if role else None, now()
        until = _iso(at + timedelta(days=days)) if days else None

        def act(connection: Connection) -> Token:
            row = _account(connection, name)
            as_role = lesser(wanted or row.role, row.role)
            values = {"id": id, "key": _hash(secret), "account": row.key, "label": told, "role": as_role, "made": _iso(at), "until": until, "revoked": False}
            connection.execute(insert(tokens).values(values))
            _note(connection, by, "token made", f"{id}: {told}; {row.name}, {as_role}")
            return Token(id, row.name, told, as_role, _iso(at), until, None)

        return self._write(act), secret

    def tokens(self, name: str | None = None) -> list[Token]:
        """Tokens that are good, of one account or of all, the newest first."""
        if not self.there():
            return []
        wanted = select(tokens, accounts.c.name).join(accounts, accounts.c.key == tokens.c.account).where(~tokens.c.revoked).order_by(tokens.c.made.desc(), tokens.c.id)
        if name is not None:
            wanted = wanted.where(tokens.c.account == key_of(name))
        with self.archive.reading() as connection:
            rows = connection.execute(wanted).all()
        return [Token(row.id, row.name, row.label, row.role, row.made, row.until, row.used) for row in rows if not row.until or row.until > _iso(now())]

    def revoke(self, id: str, by: str, *, of: str | None = None) -> None:
        """Makes a token good for nothing; ``of``: only if it is this account's.

        Raises:
            BadRequest: there is no such token.
        """

        def act(connection: Connection) -> None:
            row = connection.execute(select(tokens).where(tokens.c.id == id, ~tokens.c.revoked)).first()
            if row is None or (of is not None and row.account != key_of(of)):
                raise BadRequest(f"there is no token {id[:20]!r}; nothing was revoked; `telusur tokens list` prints ids")
            connection.execute(update(tokens).where(tokens.c.id == id).values(revoked=True))
            _note(connection, by, "token revoked", f"{id}: {row.label}")

        self._write(act)

    def who_carries(self, secret: str) -> tuple[Person, str] | None:
        """Who carries this token, with the role that both token and account have, and the token's id."""
        if not secret.startswith(TOKEN_MARK) or not self.there():
            return None
        at = _iso(now())
        with self.archive.reading() as connection:
            wanted = select(tokens, accounts.c.name, accounts.c.role.label("role_of_account")).join(accounts, accounts.c.key == tokens.c.account)
            row = connection.execute(wanted.where(tokens.c.key == _hash(secret), ~tokens.c.revoked, accounts.c.removed.is_(None))).first()
        if row is None or (row.until and row.until <= at):
            return None
        if row.used != at[:10]:
            self.archive.write(lambda connection: connection.execute(update(tokens).where(tokens.c.id == row.id).values(used=at[:10])))
        return Person(row.name, lesser(row.role, row.role_of_account)), row.id

    # --- the log ---

    def note(self, who: str, what: str, about: str | None = None, address: str | None = None) -> None:
        """Writes down that somebody did something; nothing where nobody has an account."""
        if self.there():
            self.archive.write(lambda connection: _note(connection, who, what, about, address))

    def log(self, *, most: int = 100, below: int | None = None, who: str | None = None) -> list[Entry]:
        """What was done, the latest first; ``below``: the number of the last line that was shown."""
        if not self.there():
            return []
        wanted = select(log).order_by(log.c.number.desc()).limit(most)
        wanted = wanted.where(log.c.number < below) if below is not None else wanted
        wanted = wanted.where(log.c.who == who) if who else wanted
        with self.archive.reading() as connection:
            return [Entry(*row) for row in connection.execute(wanted)]

    # --- within ---

    def _row(self, name: str) -> Any:
        if not self.there():
            return None
        with self.archive.reading() as connection:
            return connection.execute(select(accounts).where(accounts.c.key == key_of(name))).first()

    def _write(self, act: Any) -> Any:
        if not self.there():
            raise BadRequest("nobody has an account here; nothing was changed; make the first with `telusur users add NAME --role admin`")
        return self.archive.write(act)


def _account(connection: Connection, name: str) -> Any:
    row = connection.execute(select(accounts).where(accounts.c.key == key_of(name), accounts.c.removed.is_(None))).first()
    if row is None:
        raise BadRequest(f"nobody is called {name[:80]!r} here; nothing was changed; `telusur users list` shows who is")
    return row


def _is_alone(connection: Connection, key: str) -> bool:
    return connection.execute(select(accounts.c.key).where(accounts.c.removed.is_(None), accounts.c.key != key).limit(1)).first() is None


def _keep_an_admin(connection: Connection, but: str) -> None:
    others = select(func.count()).select_from(accounts).where(accounts.c.role == "admin", accounts.c.removed.is_(None), accounts.c.key != but)
    if not connection.execute(others).scalar_one():
        raise BadRequest("nobody would be admin any more; nothing was changed; make somebody else admin first")


def _note(connection: Connection, who: str, what: str, about: str | None, address: str | None = None) -> None:
    connection.execute(insert(log).values(at=_iso(now()), who=who, what=what, about=about, address=address))
