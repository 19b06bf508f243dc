"""Import in the browser: what is sent is in the archive, what failed is told, in a process of its own that can be paused and stopped."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from telusur.archive import Archive, open_archive
from telusur.archive.stats import stats
from telusur.archive.tracing_tables import traced
from telusur.web.imports import Imports
from telusur.web.pages.importing import takes_folders
from telusur.web.settings import RoomSettings
from web.dispatches import EVIL, dispatch
from web.drawing_rooms import FROM_EVIL, Page
from web.rooms import Answer, Client, Room, open_room

PATIENCE = 120.0


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(str(tmp_path_factory.mktemp("impor") / "impor.db"), create=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def room(archive: Archive) -> Iterator[Room]:
    with open_room(archive, RoomSettings(by="Sari")) as opened:
        yield opened


@pytest.fixture
def client(room: Room) -> Client:
    return room.client(Accept="text/html", Accept_Language="id")


def count(archive: Archive) -> int:
    """Articles in the archive."""
    return int(stats(archive)["articles"])


def lines(*records: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def send(client: Client, files: list[tuple[str, bytes]] = (), **fields: str) -> Answer:  # type: ignore[assignment]
    """The form, as a browser sends it."""
    token = re.search(r'name="token" value="(\w+)"', client.get("/impor").text)
    assert token
    parts = [(f'name="{name}"', value.encode()) for name, value in {"token": token[1], **fields}.items()]
    parts += [(f'name="berkas"; filename="{name}"', data) for name, data in files]
    body = b"".join(b"--kuda\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + data + b"\r\n" for head, data in parts) + b"--kuda--\r\n"
    return client.ask("POST", "/impor", body, **{"Content-Type": "multipart/form-data; boundary=kuda"})


def ended(client: Client, at: str) -> dict[str, Any]:
    """How an import ended."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        told: dict[str, Any] = client.get(f"{at}.json").json
        if told["state"] in ("done", "stopped", "broken"):
            return told
        time.sleep(0.1)
    raise AssertionError(f"the import did not end in {PATIENCE} s: {told}")


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_files_go_into_the_archive_and_failures_are_told(client: Client, archive: Archive, tmp_path: Path) -> None:
    """Records are kept; what cannot be read is told by its own name and with what to do; progress comes as it is made, by events or by a
    page that renews itself. The same again, from a folder, changes nothing."""
    two, before = lines(dispatch(501), dispatch(502)), count(archive)
    answer = send(client, [("dua.jsonl", two), ("biner.txt", b"MZ\0\1\2\3" * 40), (f"{EVIL}.jsonl", b"{nonsense\n")])
    assert answer.status == 303
    at = answer.headers["location"]
    assert 'http-equiv="refresh"' in client.get(at).text
    stream = client.get(f"{at}/alir")
    assert stream.media == "text/event-stream"
    told = [json.loads(line.removeprefix("data: ")) for line in stream.text.splitlines() if line.startswith("data: ")][-1]
    assert (told["state"], told["new"], told["failed"]) == ("done", 2, 2)
    assert count(archive) - before == 2
    page = client.get(at).text
    assert 'http-equiv="refresh"' not in page
    assert "biner.txt" in Page(page).words
    assert "telusur-import-" not in page
    assert not [evil for evil in FROM_EVIL if evil in page]
    failed = client.get(f"{at}/gagal.csv")
    assert failed.media == "text/csv"
    assert failed.text.count("\r\n") == 3

    (tmp_path / "dua.jsonl").write_bytes(two)
    (tmp_path / "gambar.png").write_bytes(b"x")
    at = send(client, folder=str(tmp_path)).headers["location"]
    told = ended(client, at)
    assert (told["new"], told["there"]) == (0, 2)
    assert "1 berkas di folder itu bukan jenis yang dibaca." in Page(client.get(at).text).words


@pytest.mark.parametrize("fields", [{}, {"folder": "../x"}, {"folder": "/tidak/ada"}, {"folder": "/etc\0"}, {"teks": "kata", "terbit": "kemarin"}])
def test_what_cannot_be_done_is_told_with_what_to_do(client: Client, fields: dict[str, str]) -> None:
    """On the same page, and nothing is added."""
    answer = send(client, **fields)
    assert answer.status == 400
    assert 'role="alert"' in answer.text


def test_a_form_of_elsewhere_adds_nothing(client: Client, archive: Archive) -> None:
    """Without the room's token, or from another site's page."""
    before = count(archive)
    body = b'--k\r\nContent-Disposition: form-data; name="teks"\r\n\r\nx\r\n--k--\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=k"}
    assert client.ask("POST", "/impor", body, **kind).status == 403
    assert client.ask("POST", "/impor", body, **kind, **{"Sec-Fetch-Site": "cross-site"}).status == 403
    assert count(archive) == before


def test_too_much_at_once_is_refused_before_it_is_read(client: Client) -> None:
    """By the length that the request states."""
    answer = client.ask("POST", "/impor", b"", **{"Content-Type": "multipart/form-data; boundary=k", "Content-Length": str(600 << 20)})
    assert answer.status == 413


@pytest.mark.parametrize(
    ("settings", "host", "may"),
    [(RoomSettings(), "127.0.0.1", True), (RoomSettings(), "::1", True), (RoomSettings(), "10.0.0.7", False), (RoomSettings(accounts=True), "127.0.0.1", False),
     (RoomSettings(hosts=("127.0.0.1", "arsip.example")), "127.0.0.1", False)],
)  # fmt: skip
def test_folders_only_for_whoever_sits_at_the_machine(settings: RoomSettings, host: str, may: bool) -> None:
    """Not through a proxy, not for a team, not from elsewhere."""
    from starlette.applications import Starlette
    from starlette.requests import Request

    app = Starlette()
    app.state.settings = settings
    request = Request({"type": "http", "app": app, "client": (host, 5), "headers": [], "method": "GET", "path": "/"})
    assert takes_folders(request) is may


def test_an_import_can_be_paused_and_stopped_and_others_wait(room: Room, client: Client, archive: Archive, tmp_path: Path) -> None:
    """Paused, it goes no further; a text that is pasted meanwhile waits, with what the reader states of it; stopped, what was kept stays kept,
    the rest is not added, and nothing that was sent is left on the disk."""
    many = 400
    (tmp_path / "banyak.jsonl").write_bytes(lines(*(dispatch(1000 + n) for n in range(many))))
    before = count(archive)
    at = send(client, folder=str(tmp_path)).headers["location"]
    job = room.app.state.imports.get(at.rpartition("/")[2])
    wait_for(lambda: job.done > 0 or job.ended)
    client.form(at, at, apa="pause")
    held = -1
    while held != job.done:  # what was on its way when the word came
        held = job.done
        time.sleep(1.0)
    assert (job.state, held < many) == ("paused", True)
    waiting = send(client, teks="Warga Menolak\n\nWarga menolak dermaga.", terbit="2024-05-06", media="Kabar Rawa", alamat="https://kabar.example/rawa").headers["location"]
    other = room.app.state.imports.get(waiting.rpartition("/")[2])
    assert "menunggu" in Page(client.get(waiting).text).words
    assert (other.hints.published, other.hints.publisher, other.hints.url) == ("2024-05-06", "Kabar Rawa", "https://kabar.example/rawa")
    assert Path(other.files[0]).read_text() == "Warga Menolak\n\nWarga menolak dermaga."
    client.form(waiting, waiting, apa="stop")
    client.form(at, at, apa="stop")
    wait_for(lambda: job.ended and not Path(other.files[0]).exists())
    assert (job.state, other.state) == ("stopped", "stopped")
    assert count(archive) - before == job.new < many


def test_a_process_that_dies_is_told(archive: Archive, tmp_path: Path) -> None:
    """What was kept before stays; the reader hears what to do."""
    from telusur.model.document import Hints

    (tmp_path / "banyak.jsonl").write_bytes(lines(*(dispatch(5000 + n) for n in range(2000))))
    imports = Imports(archive)
    job = imports.start("banyak", "Sari", [str(tmp_path)], Hints())
    wait_for(lambda: job.process is not None)
    assert job.process is not None
    job.process.kill()
    wait_for(lambda: job.ended)
    assert job.state == "broken"
    assert "add the rest again" in job.message


def test_no_more_than_a_few_wait(archive: Archive) -> None:
    """A room that is asked for a hundred imports does not queue them all."""
    from telusur.errors import BadRequest
    from telusur.model.document import Hints

    imports = Imports(archive)
    started, refused = [], 0
    for n in range(30):
        try:
            started.append(imports.start(f"{n}", "Sari", ["/tidak/ada"], Hints()))
        except BadRequest:
            refused += 1
    for job in started:
        imports.tell(job, "stop")
    wait_for(lambda: all(job.ended for job in started))
    assert refused >= 20


def test_an_unknown_import_is_not_found(client: Client) -> None:
    """After the room was opened anew its jobs are forgotten, and the page says where their articles are."""
    assert client.get("/impor/nosuch").status == 404


def test_what_was_added_is_traced_and_shown(tmp_path: Path) -> None:
    """An article that another outlet prints too: after the import its story has both, though nobody traced the archive by hand; and the
    pages that were opened before show it."""
    with open_archive(tmp_path / "arsip.db", create=True) as archive, open_room(archive, RoomSettings(by="penguji", behind_seconds=60)) as room:
        client = room.client(Accept="text/html")
        at = send(client, [("satu.jsonl", lines(dispatch(1)))]).headers["location"]
        assert ended(client, at)["new"] == 1
        assert str(dispatch(1)["article"]["title"]) in Page(client.get("/cari").text).words
        copy = dispatch(1)
        copy["source"] = copy["source"] | {"url": "https://salinan.example/1"}
        copy["article"] = copy["article"] | {"outlet": "Kabar Salinan"}
        first = room.app.state.imports.get(at.rpartition("/")[2]).kept[0][0]
        alone = client.get(f"/c/{first}")
        assert alone.status == 200
        at = send(client, [("dua.jsonl", lines(copy))]).headers["location"]
        assert ended(client, at)["new"] == 1
        second = room.app.state.imports.get(at.rpartition("/")[2]).kept[0][0]
        with archive.reading() as connection:
            assert connection.execute(select(func.count()).select_from(traced)).scalar_one() == 2
        story = client.get(f"/c/{first}")
        story = client.get(story.headers["location"]) if story.status == 302 else story
        assert first in story.text
        assert second in story.text
        assert second not in alone.text
