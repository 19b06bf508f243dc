"""Commands about people: ``users`` and ``tokens``. The first admin is made here, and nowhere else."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..config import archive_place
from ..errors import BadRequest, MissingExtra
from ..output import put, stdout
from .keeping import archive_option
from .reviewing import decider
from .status import DONE, NOTHING_READ
from .telling import complain

if TYPE_CHECKING:
    from ..web.accounts.store import People

_Command = TypeVar("_Command", bound=Callable[..., Any])

ROLES = ("reader", "reviewer", "admin")


@contextmanager
def _people(place: str | None) -> Iterator[People]:
    """The people of an archive.

    Raises:
        MissingExtra: what checks passwords is not installed.
    """
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("argon2", "starlette")):
        raise MissingExtra("accounts need the reading room's parts, not installed here; nothing was changed; pip install 'telusur[web]'")
    from ..archive import open_archive
    from ..web.accounts.store import open_people

    with open_archive(archive_place(os.environ, place)) as archive, open_people(archive) as people:
        yield people


def _password_option(command: _Command) -> _Command:
    return click.option("--password-stdin", "from_stdin", is_flag=True, help="Take the password from standard input, for scripts; else it is asked for.")(command)


def _ask_password(from_stdin: bool, name: str) -> str:
    """A password, typed twice or from standard input; never from the command line, where others could see it."""
    if from_stdin:
        told = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        told = click.prompt(f"Password for {name}", hide_input=True, confirmation_prompt=True, err=True)
    else:
        raise BadRequest("this is no terminal, so no password can be asked for; nobody was added; give it on standard input, with --password-stdin")
    return str(told)


def _by() -> str:
    return f"{decider(None)} (command line)"


# --- users ------------------------------------------------------------------------------------------------------


@click.group(short_help="Who may log in to the reading room, and what they may do (also: pengguna).")
def users() -> None:
    """Looks after the accounts of the reading room.

    \b
    telusur users add ani --role admin      the first account; its password is asked for
    telusur users add budi                  a reader
    telusur users role budi reviewer        who may decide
    Without accounts nobody logs in, and `telusur serve` serves this machine alone.
    """


@users.command(short_help="Make an account.")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True, help="What it may: read; decide too; look after accounts too.")
@_password_option
@archive_option
def add(name: str, role: str, from_stdin: bool, place: str | None) -> None:
    """Makes an account for NAME, under which its decisions will stand."""
    with _people(place) as people:
        if not people.any() and role != "admin":
            raise BadRequest(f"the first account must be an admin's, who can make others; nobody was added; telusur users add {name} --role admin")
        made = people.add(name, role, _ask_password(from_stdin, name), _by())
    complain(f"{made.name} can log in, as {made.role}")


@users.command("list", short_help="List accounts.")
@archive_option
@click.option("--json", "as_json", is_flag=True, help="As JSON Lines.")
@click.option("--all", "every", is_flag=True, help="Those that were removed, too.")
@click.pass_context
def list_(ctx: click.Context, place: str | None, as_json: bool, every: bool) -> None:
    """Lists who has an account, with role and day; passwords are shown to nobody."""
    with _people(place) as people:
        found = [one for one in people.all() if every or one.removed is None]
    for one in found:
        told = {"name": one.name, "role": one.role, "made": one.made, "removed": one.removed}
        gone = f"  removed {one.removed[:10]}" if one.removed else ""
        put(stdout(), (json.dumps(told, ensure_ascii=False) if as_json else f"{one.role:8}  {one.made[:10]}  {one.name}{gone}") + "\n", replace=not as_json)
    if not found:
        complain("nobody has an account; make the first with `telusur users add NAME --role admin`")
    ctx.exit(DONE if found else NOTHING_READ)


@users.command(short_help="Give another role.")
@click.argument("name")
@click.argument("new", metavar="ROLE", type=click.Choice(ROLES))
@archive_option
def role(name: str, new: str, place: str | None) -> None:
    """Gives NAME another ROLE: reader, reviewer or admin. It holds at once, for tokens too."""
    with _people(place) as people:
        people.set_role(name, new, _by())
    complain(f"{name} is {new} now")


@users.command(short_help="Set a new password, and end all logins.")
@click.argument("name")
@_password_option
@archive_option
def password(name: str, from_stdin: bool, place: str | None) -> None:
    """Sets a new password for NAME, who is logged out everywhere."""
    with _people(place) as people:
        people.set_password(name, _ask_password(from_stdin, name), _by())
    complain(f"{name} has a new password, and is logged out everywhere")


@users.command(short_help="Take an account away.")
@click.argument("name")
@archive_option
def remove(name: str, place: str | None) -> None:
    """Takes the account of NAME away, with its logins and tokens. Decisions made under that name stay."""
    with _people(place) as people:
        people.remove(name, _by())
    complain(f"{name} can log in no more; decisions made under that name stay")


@users.command("log", short_help="Who did what, the latest first.")
@archive_option
@click.option("--by", "who", metavar="NAME", help="Only by this person.")
@click.option("-n", "--limit", type=click.IntRange(1, 10_000), default=50, metavar="N", help="Most lines; 50 if not said.")
@click.option("--json", "as_json", is_flag=True, help="As JSON Lines.")
@click.pass_context
def log_(ctx: click.Context, place: str | None, who: str | None, limit: int, as_json: bool) -> None:
    """Lists logins and what was changed about accounts and tokens; decisions are listed by `telusur decisions`."""
    with _people(place) as people:
        found = people.log(most=limit, who=who)
    for one in found:
        told = {"at": one.at, "who": one.who, "what": one.what, "about": one.about, "address": one.address}
        line = "  ".join(filter(None, (one.at.replace("T", " ").rstrip("Z"), one.who or "-", one.what, one.about, one.address)))
        put(stdout(), (json.dumps(told, ensure_ascii=False) if as_json else line) + "\n", replace=not as_json)
    ctx.exit(DONE if found else NOTHING_READ)


# --- tokens -----------------------------------------------------------------------------------------------------


@click.group(short_help="Tokens by which programs ask in somebody's name (also: kunci).")
def tokens() -> None:
    """Looks after the tokens that programs carry to the reading room's interface."""


@tokens.command("add", short_help="Make a token, and show it once.")
@click.argument("name")
@click.option("--for", "label", required=True, metavar="TEXT", help="What it is for, such as 'spreadsheet'.")
@click.option("--role", "as_role", type=click.Choice(ROLES), help="What it may at most; what its account may, if not said.")
@click.option("--days", type=click.IntRange(1, 3660), metavar="N", help="How long it is good; until it is revoked, if not said.")
@archive_option
def add_token(name: str, label: str, as_role: str | None, days: int | None, place: str | None) -> None:
    """Makes a token of NAME's account and prints it, this once: only its hash is kept."""
    with _people(place) as people:
        made, secret = people.add_token(name, label, _by(), role=as_role, days=days)
    complain(f"token {made.id} of {made.account}, {made.role}; it is shown this once:")
    put(stdout(), secret + "\n")


@tokens.command("list", short_help="List tokens, without what they are.")
@click.argument("name", required=False)
@archive_option
@click.option("--json", "as_json", is_flag=True, help="As JSON Lines.")
@click.pass_context
def list_tokens(ctx: click.Context, name: str | None, place: str | None, as_json: bool) -> None:
    """Lists the tokens that are good, of NAME or of everybody."""
    with _people(place) as people:
        found = people.tokens(name)
    for one in found:
        told = {"id": one.id, "account": one.account, "label": one.label, "role": one.role, "made": one.made, "until": one.until, "used": one.used}
        line = f"{one.id}  {one.role:8}  {one.account}: {one.label}; used {one.used or 'never'}; {f'until {one.until[:10]}' if one.until else 'until revoked'}"
        put(stdout(), (json.dumps(told, ensure_ascii=False) if as_json else line) + "\n", replace=not as_json)
    ctx.exit(DONE if found else NOTHING_READ)


@tokens.command(short_help="Make a token good for nothing.")
@click.argument("id")
@archive_option
def revoke(id: str, place: str | None) -> None:
    """Revokes the token with this ID; it holds at once."""
    with _people(place) as people:
        people.revoke(id, _by())
    complain(f"token {id} is good for nothing now")
