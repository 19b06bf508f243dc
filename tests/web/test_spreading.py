"""Pages made by other processes, and pages that are kept: the same as if made here and now, and for nobody's eyes but those that may."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive.records import NOW, entry, kept, record
from telusur.archive import Archive, open_archive
from telusur.archive.keep import keep
from telusur.web.accounts.gate import people_of
from telusur.web.settings import RoomSettings
from web.rooms import PASSWORDS, Client, Room, open_room

TOKEN = re.compile(r'name="token" value="(\w+)"')
PAGES = ("/", "/cari?q=kapal", "/cari?q=%22", "/o", "/periksa", "/waktu", "/peta", "/jejaring", "/berkas", "/atur", "/bantuan", "/media", "/api", "/api/v1/", "/cari.json?q=kapal", "/cari.atom?q=kapal", "/tidak-ada")


def wait_for(what: Callable[[], bool], seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(tmp_path_factory.mktemp("spreading") / "arsip.db", create=True) as archive:
        kept(archive, range(8))
        yield archive


def ready(room: Room) -> Room:
    """The room, once all its processes make pages."""
    wait_for(lambda: len(room.app.state.makers.makers) == 2 and all(maker.ready for maker in room.app.state.makers.makers))
    return room


@pytest.fixture(scope="module")
def spread(there: Archive) -> Iterator[Room]:
    with open_room(there, RoomSettings(by="penguji", processes=2)) as room:
        yield ready(room)


def same(text: str) -> str:
    """A page without what is another for each browser, and at each moment."""
    return re.sub(r"127\.0\.0\.1:\d+|\d\d[.:]\d\d UTC", "", TOKEN.sub("", text))


def test_pages_are_the_same_wherever_they_are_made(there: Archive, spread: Room) -> None:
    """All kinds of answers, refusals too; a page that another process makes carries the same headers."""
    with open_room(there, RoomSettings(by="penguji")) as alone:
        for page in PAGES:
            one, other = alone.client(Accept="text/html").get(page), spread.client(Accept="text/html").get(page)
            assert (one.status, one.headers.get("content-type")) == (other.status, other.headers.get("content-type")), page
            assert set(one.headers) - {"set-cookie"} == set(other.headers) - {"set-cookie"}, page
            if page not in ("/", "/media", "/cari.atom?q=kapal"):  # they say as of when they are, or at which address
                assert same(one.text) == same(other.text), page


def test_each_browser_has_its_own_token(spread: Room) -> None:
    """The page that was made once for all is completed for each; what one browser was given is good for no other; the blank goes to nobody."""
    pages = [(client, client.get("/periksa", Accept="text/html").text) for client in (spread.client(), spread.client())]
    tokens = [TOKEN.search(text)[1] for _, text in pages]  # type: ignore[index]
    assert len(set(tokens)) == 2
    assert all(spread.app.state.blank not in text for _, text in pages)
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', pages[0][1])[1] for name in ("article", "key")}  # type: ignore[index]
    body = f"verdict=accept&article={found['article']}&key={found['key']}&token={tokens[1]}".encode()
    put = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    assert pages[0][0].ask("POST", "/periksa/putus", body, **put).status == 403
    assert pages[1][0].ask("POST", "/periksa/putus", body, **put).status == 303


def test_a_browser_is_told_that_nothing_has_changed(spread: Room) -> None:
    """By its own tag, which another browser's token changes."""
    client, other = spread.client(), spread.client()
    for page in ("/periksa", "/cari?q=kapal"):
        tag = client.get(page).headers["etag"]
        again = client.get(page, If_None_Match=tag)
        assert (again.status, again.body, "content-type" in again.headers) == (304, b"", False)
        assert client.get(page, If_None_Match='"other"').status == 200
    tag = client.get("/periksa").headers["etag"]
    assert other.get("/periksa", If_None_Match=tag).status == 200


def test_what_is_written_is_seen(tmp_path: Path) -> None:
    """A decision of this room at once, in every process; an article of another program at once where the room may not be behind, else in
    a few seconds. What nobody has changed is not made again."""
    with open_archive(tmp_path / "arsip.db", create=True) as archive:
        kept(archive, range(4))
        for behind in (0.0, 1.0):
            with open_room(archive, RoomSettings(by="penguji", processes=2, behind_seconds=behind)) as opened:
                room = ready(opened)
                client, made = room.client(Accept="text/html"), room.app.state.kept.pages
                first = client.get("/cari?q=kapal").text
                assert len(made) == 1
                began = next(iter(made.values())).began
                assert client.get("/cari?q=kapal").text == first
                assert next(iter(made.values())).began == began
                number = 100 + int(behind)
                archive.write(lambda connection, number=number: keep(connection, [entry(record(number))], NOW))  # type: ignore[misc]
                wrote = time.monotonic()
                wait_for(lambda client=client, first=first: client.get("/cari?q=kapal").text != first, 30)  # type: ignore[misc]
                assert behind or time.monotonic() - wrote < 20
                for _ in range(2):
                    waiting = re.search(r'name="key" value="([^"]*)"', client.get("/periksa").text)[1]  # type: ignore[index]
                    article = re.search(r'name="article" value="([^"]*)"', client.get("/periksa").text)[1]  # type: ignore[index]
                    assert client.form("/periksa", "/periksa/putus", article=article, key=waiting, verdict="accept").status == 303
                    shown = client.get("/periksa").text
                    assert (f'value="{article}"' in shown and f'value="{waiting}"' in shown) is False


def test_a_process_that_is_killed_is_replaced(spread: Room) -> None:
    """Whoever asked meanwhile is answered; afterwards there are as many as before."""
    makers = spread.app.state.makers
    pids = [maker.process.pid for maker in ready(spread).app.state.makers.makers]

    def ask(number: int) -> int:
        return spread.client().get(f"/cari?q=kapal+{number}").status

    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(ask, number) for number in range(24)]
        time.sleep(0.05)
        os.kill(pids[0], signal.SIGKILL)
        assert {one.result() for one in asked} == {200}
    wait_for(lambda: len(makers.makers) == 2 and pids[0] not in [maker.process.pid for maker in makers.makers])
    assert ready(spread).client().get("/cari?q=warga").status == 200


def test_they_end_with_the_room(there: Archive) -> None:
    """No process stays behind."""
    with open_room(there, RoomSettings(processes=2)) as room:
        pids = [maker.process.pid for maker in ready(room).app.state.makers.makers]
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids), 30)


def test_kept_pages_are_for_those_who_may(tmp_path: Path) -> None:
    """What a reviewer has opened is not shown to a reader, nor to somebody who has not logged in; nor under another name or language."""
    with open_archive(tmp_path / "arsip.db", create=True) as archive:
        kept(archive, range(3))
        with open_room(archive, RoomSettings(accounts=True, logins_a_minute=0, processes=2)) as room:
            people = people_of(ready(room).app.state)
            for (name, password), role in zip(PASSWORDS.items(), ("admin", "reviewer", "reader"), strict=True):
                people.add(name, role, password, "penguji")
            reviewer, reader = room.client(Accept="text/html"), room.client(Accept="text/html")
            reviewer.log_in("budi")
            reader.log_in("Cici Lestari")
            seen = reviewer.get("/periksa").text
            assert "/periksa/putus" in seen
            assert ">budi<" in seen
            shown = reader.get("/periksa").text
            assert ">budi<" not in shown
            assert 'name="verdict" value="accept"' not in shown
            assert room.client(Accept="text/html").get("/periksa").status == 303
            assert 'lang="en"' in reader.get("/cari", Accept_Language="en").text
            assert '<html lang="id"' in reader.get("/cari", Accept_Language="id").text
            assert 'data-theme="dark"' in Client(room.port, {"Accept": "text/html"}, {**reader.cookies, "telusur-theme": "dark"}).get("/cari").text
            assert 'data-theme="auto"' in reader.get("/cari").text


def test_a_fault_is_a_safe_page(there: Archive) -> None:
    """What nobody foresaw is told in words, with the headers of every page, and nothing of how the program looks inside."""

    def broken(request: Request) -> Response:
        raise RuntimeError("rahasia dapur")

    with open_room(there) as room:
        room.app.router.routes.insert(0, Route("/bantuan/rusak", broken))
        answer = room.client(Accept="text/html").get("/bantuan/rusak")
        assert answer.status == 500
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "RuntimeError" in answer.text
        assert "rahasia dapur" not in answer.text
