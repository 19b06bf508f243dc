"""The command that opens the reading room: ``serve``."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..config import archive_place, settings
from ..errors import BadRequest, MissingExtra
from .keeping import archive_option
from .status import DONE
from .telling import complain

if TYPE_CHECKING:
    from ..archive.engine import Archive
    from ..web.settings import RoomSettings

PORT = 8642

BEHIND_SECONDS = 5.0
"""How much older than the archive a page may be while an import, or another program, writes."""

MOST_PROCESSES = 8


@click.command(short_help="Open the archive in the browser (also: sajikan).")
@archive_option
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, metavar="N", show_default=True, help="Where to listen; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", show_default=True, help="On which address; beyond this machine only with accounts.")
@click.option("--host-name", "names", multiple=True, metavar="NAME", help="A name by which readers may call it, where a proxy stands before it.")
@click.option("--by", "who", metavar="NAME", help="Who decides, where nobody logs in; TELUSUR_BY, else the user's name.")
@click.option("--lang", type=click.Choice(["id", "en"]), help="For readers who state none; by the locale if not said.")
@click.option("--https", is_flag=True, help="A proxy before it speaks HTTPS: cookies go over nothing else.")
@click.option("--api-rate", type=click.IntRange(0, 100_000), default=60, metavar="N", show_default=True, help="Requests a minute that a token or login may make to /api; 0 sets no limit.")
@click.option("--processes", type=click.IntRange(0, 64), metavar="N", help="How many processes make pages; by the processors if not said, 0 makes them in one with all else.")
@click.option("--open", "show", is_flag=True, help="Show it in the browser.")
@click.option("-v", "--verbose", is_flag=True, help="A line for each request.")
@click.option("--debug", is_flag=True, help="Let errors show their traceback.")
@click.pass_context
def serve(
    ctx: click.Context, place: str | None, port: int, host: str, names: tuple[str, ...], who: str | None, lang: str | None, https: bool, api_rate: int,
    processes: int | None, show: bool, verbose: bool, debug: bool,
) -> None:  # fmt: skip
    """Opens the archive as a reading room in the browser: on this machine alone, unless people log in.

    \b
    telusur serve                       http://127.0.0.1:8642
    telusur serve -a archive.db --open  and shows it
    Ctrl-C closes it; what was decided is kept at once, always.
    """
    check_installed()
    from ..archive import open_archive
    from ..web.settings import LOOPBACK, RoomSettings

    chosen = settings(os.environ, lang=lang, verbose=verbose, debug=debug)
    with open_archive(archive_place(os.environ, place)) as archive:
        accounts = has_accounts(archive)
        if not accounts and not is_loopback(host):
            raise BadRequest(
                f"{host} lets others reach this machine, and the archive has no accounts; nothing was opened; "
                "make one with `telusur users add NAME --role admin`, or leave --host out to serve this machine alone"
            )
        hosts = (*LOOPBACK, *(name.casefold() for name in names), *([host.casefold()] if host not in ("0.0.0.0", "::") else []))
        room = RoomSettings(
            hosts=hosts, by=decider(who), secret=room_secret(), lang=chosen.lang, accounts=accounts, https=https, asks_a_minute=api_rate,
            processes=page_makers() if processes is None else processes, behind_seconds=BEHIND_SECONDS,
        )  # fmt: skip
        listen(archive, room, host, port, show=show, verbose=verbose)
    ctx.exit(DONE)


def page_makers() -> int:
    """One process for each processor; none beside the one that listens where there is but one."""
    from ..web.makers import usable_processors

    return min(found, MOST_PROCESSES) if (found := usable_processors()) > 1 else 0


def check_installed() -> None:
    """Refuses where a part is missing, and says what to install.

    Raises:
        MissingExtra: by its name.
    """
    from importlib.util import find_spec

    needed = {"starlette": "starlette", "uvicorn": "uvicorn", "jinja2": "jinja2", "python_multipart": "python-multipart", "argon2": "argon2-cffi", "msgspec": "msgspec"}
    missing = [name for module, name in needed.items() if find_spec(module) is None]
    if missing:
        raise MissingExtra(f"the reading room needs {', '.join(missing)}, not installed here; nothing was opened; pip install 'telusur[web]'")


def has_accounts(archive: Archive) -> bool:
    """Whether anybody has an account in this archive: then everybody must log in."""
    from importlib.util import find_spec

    if find_spec("telusur.web.accounts") is None:
        return False
    from importlib import import_module

    return bool(import_module("telusur.web.accounts").any_account(archive))


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own, which no other can reach."""
    import ipaddress

    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def decider(stated: str | None) -> str:
    """Who decides where nobody logs in."""
    if chosen := (stated or os.environ.get("TELUSUR_BY") or "").strip():
        return chosen
    try:
        return getuser()
    except (OSError, KeyError):
        return "web"


def room_secret() -> bytes:
    """What signs the tokens of forms: kept among the user's own state, so that a form outlives a restart; else made anew."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path(os.environ.get("HOME") or "~").expanduser() / ".local" / "state")
    path = Path(state) / "telusur" / "room-secret"
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
        told = path.read_bytes()
    except OSError:
        told = b""
    return told if len(told) >= 32 else secrets.token_bytes(32)


def listen(archive: Archive, room: RoomSettings, host: str, port: int, *, show: bool, verbose: bool) -> None:
    """Listens until it is interrupted; says where, once it does."""
    import uvicorn

    from ..web.app import create_app

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, so that what is accepted sends at once (TCP_NODELAY is set where the protocol is known): else a reader waits 40 ms for nothing.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError as error:
            raise BadRequest(f"cannot listen on {host} port {port}: {error.strerror}; nothing was opened; give another with --port") from error
        at = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(archive, room), log_level="info" if verbose else "warning", access_log=verbose, server_header=False, timeout_graceful_shutdown=5,
                h11_max_incomplete_event_size=64 * 1024,
            )
        )  # fmt: skip
        listening.listen(128)
        complain(f"reading room of {archive.place} at {at} (Ctrl-C closes it)")
        if show:
            click.launch(at)
        with suppress(KeyboardInterrupt):  # the usual way to close it
            server.run(sockets=[listening])
