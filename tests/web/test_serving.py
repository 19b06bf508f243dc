"""``telusur serve``: opens, says where, closes on Ctrl-C; refuses what would be unsafe, and says what to install."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from archive.records import NOW, entry, record
from telusur.archive import open_archive
from telusur.archive.keep import keep

SERVE = [sys.executable, "-m", "telusur", "serve"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("serve") / "arsip.db"
    with open_archive(at, create=True) as archive:
        archive.write(lambda connection: keep(connection, [entry(record(n)) for n in range(3)], NOW))
    return at


def refused(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments] if code else [*SERVE, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_it_opens_answers_and_closes(place: Path, tmp_path: Path) -> None:
    """On a free port, named on standard error; Ctrl-C is the usual way to end it; the secret of forms is the user's own."""
    environment = os.environ | {"XDG_STATE_HOME": str(tmp_path), "TELUSUR_BY": "Sari"}
    process = subprocess.Popen([*SERVE, "-a", str(place), "--port", "0"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment)
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", told)
        assert found, told
        connection = HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
        connection.request("GET", "/cari?q=kapal")
        response = connection.getresponse()
        assert response.status == 200
        assert b"arsip.db" in response.read()
        assert "server" not in {name.lower() for name, _ in response.getheaders()}
        connection.close()
        secret = tmp_path / "telusur" / "room-secret"
        assert secret.stat().st_mode & 0o077 == 0
        assert len(secret.read_bytes()) == 32
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stderr:
            process.stderr.close()


def test_it_does_not_open_beyond_this_machine_without_accounts(place: Path) -> None:
    """No address but our own, unless people log in."""
    for host in ("0.0.0.0", "::", "192.0.2.1", "example.org"):
        made = refused("-a", str(place), "--host", host, "--port", "0")
        assert made.returncode == 2
        assert "no accounts" in made.stderr


def test_what_stands_in_the_way_is_told(place: Path, tmp_path: Path) -> None:
    """A port that is taken, an archive that is not there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        made = refused("-a", str(place), "--port", str(taken.getsockname()[1]))
        assert made.returncode == 2
        assert "--port" in made.stderr
    assert refused("-a", str(tmp_path / "none.db")).returncode == 4


def test_what_is_not_installed_is_named(place: Path) -> None:
    """Without the extra: what to install, and exit status 5."""
    code = "import sys; sys.modules['starlette'] = None; sys.modules['argon2'] = None; from telusur.cli import main; main(sys.argv[1:])"
    made = refused("serve", "-a", str(place), code=code)
    assert made.returncode == 5, made.stderr
    assert "pip install 'telusur[web]'" in made.stderr
    assert "starlette, argon2-cffi" in made.stderr
