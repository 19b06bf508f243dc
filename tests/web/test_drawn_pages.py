"""Pictures and the pages that draw, in a real browser: no barrier that axe knows, no sideways scroll, letters that can be read, a file that is imported
before one's eyes. Screenshots come under out/screens/, for people to look at."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from archive.records import keep_records
from telusur.archive import folders
from web import gallery
from web.browsing import AXE, PATIENCE, SCREENS
from web.dispatches import dispatch
from web.drawing_rooms import drawing_room
from web.rooms import Room

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = (("wide", "id", "light", 1280), ("phone", "en", "dark", 360))

PATHS = {
    "timeline": "/waktu?kasar=1", "lanes": "/waktu?lihat=jalur", "sureness": "/waktu?lihat=kepastian", "map": "/peta?lihat=indonesia", "map-world": "/peta?lihat=world",
    "graph": "/jejaring", "matrix": "/jejaring?lihat=matriks", "import": "/impor", "folders": "/berkas",
}  # fmt: skip


AXED = ("map", "graph", "import", "folder")
"""Pages that axe looks at: the other views hold pictures that it sees in the gallery."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with drawing_room(tmp_path_factory.mktemp("gambar")) as (opened, ids):
        archive = opened.app.state.archive
        (id,) = keep_records(archive, [dispatch(900)])

        def fill(connection: Any) -> str:
            made = folders.open_folder(connection, "Serangan di Bandung", "Sari", "2026-01-01T00:00:00Z")
            folders.act(connection, made, "describe", "Sari", "2026-01-01T00:00:01Z", text="Siapa yang bilang?\nDan sejak kapan?")
            for n, item in enumerate((ids[0], f"{ids[1]}#r0-14", id, ids[-1])):
                folders.act(connection, made, "add", "Sari", f"2026-01-01T00:00:{2 + n:02d}Z", item=item, text="Periksa lagi." if n == 0 else "")
            return made

        opened.app.state.folder = archive.write(fill)
        yield opened


@contextmanager
def page_of(browser: Browser, at: str, lang: str, theme: str, width: int, **more: Any) -> Iterator[Page]:
    """A page in a browser of its own; at the end nothing may have gone wrong in it."""
    faults: list[str] = []
    context = browser.new_context(
        base_url=at, viewport={"width": width, "height": 1400}, locale="id-ID" if lang == "id" else "en-GB", color_scheme=theme, reduced_motion="reduce", **more
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda told: faults.append(f"{told.type}: {told.text}") if told.type in ("error", "warning") else None)
    page.on("request", lambda asked: None if asked.url.startswith((at, "data:", "blob:")) else faults.append(f"asks {asked.url}"))
    yield page
    assert not page.evaluate("window.pwned ?? 0")
    context.close()
    assert faults == []


def broken(page: Page) -> dict[str, list[str]]:
    """What axe finds."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
    return {one["id"]: [node["html"][:160] + " | " + node["failureSummary"][:300] for node in one["nodes"][:3]] for one in result["violations"]}


SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALLEST = """Math.min(...[...document.querySelectorAll('svg.chart text')].filter(t => t.getClientRects().length && getComputedStyle(t).display !== 'none')
  .map(t => parseFloat(getComputedStyle(t).fontSize) * (t.getScreenCTM()?.a ?? 1)))"""
"""The size of the smallest letters of all drawings, as they are shown."""


def look_at(page: Page, name: str, look: str, *, axe: bool) -> None:
    wide = page.evaluate(SIDEWAYS)
    assert wide <= 0, f"{name} is {wide} pixels wider than the screen"
    assert not axe or broken(page) == {}, name
    smallest = page.evaluate(SMALLEST)
    assert smallest is None or smallest >= 10.9, f"{name}: letters of {smallest} pixels"
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}-{look}.png")


@pytest.mark.parametrize(("look", "lang", "theme", "width"), LOOKS, ids=[look[0] for look in LOOKS])
def test_the_pages_that_draw_are_open_to_everybody(browser: Browser, room: Room, look: str, lang: str, theme: str, width: int) -> None:
    """Wide and in Indonesian by day, on a phone and in English by night; axe looks at the wide ones, and at every picture by night below."""
    paths = {**PATHS, "folder": f"/berkas/{room.app.state.folder}"}
    with page_of(browser, room.at, lang, theme, width) as page:
        for name, path in paths.items():
            page.goto(path)
            look_at(page, name, look, axe=False)
            if look == "wide" and name in AXED:
                page.evaluate("document.querySelectorAll('main details').forEach(folded => folded.open = true)")
                assert broken(page) == {}, name


@pytest.mark.parametrize(("look", "lang", "theme", "width"), LOOKS, ids=[look[0] for look in LOOKS])
def test_every_picture_under_the_strictest_policy(browser: Browser, tmp_path: Path, look: str, lang: Any, theme: str, width: int) -> None:
    """All of them on one page that allows no script and no inline style, with plain names by day, and by night with those that mean harm."""
    for sheet in ("room.css", "pictures.css"):
        (tmp_path / sheet).write_bytes((gallery.STATIC / sheet).read_bytes())
    (tmp_path / "fonts").symlink_to(gallery.STATIC / "fonts")
    names = gallery.plain if look == "wide" else gallery.hostile
    (tmp_path / "all.html").write_text(gallery.page(gallery.tongue_of(lang), names), encoding="utf-8")
    (tmp_path / "favicon.ico").write_bytes(b"")
    with serving(tmp_path) as at, page_of(browser, at, lang, theme, width) as page:
        page.goto("/all.html")
        look_at(page, "gallery", look, axe=True)
        page.screenshot(path=SCREENS / f"gallery-{look}.png", full_page=True)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A folder on loopback."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_import_before_ones_eyes(browser: Browser, room: Room, tmp_path: Path) -> None:
    """A file is chosen and sent; the page goes on by itself until the article stands there; it goes into a folder, which is printed as one document."""
    (tmp_path / "kabar.jsonl").write_text(json.dumps(dispatch(901, title="Kabar yang baru diimpor")) + "\n", encoding="utf-8")
    with page_of(browser, room.at, "id", "light", 1280) as page:
        page.goto("/impor")
        page.set_input_files("#berkas", tmp_path / "kabar.jsonl")
        page.get_by_role("button", name="Baca dan tambahkan").click()
        page.wait_for_selector("[data-state=done]")
        page.screenshot(path=SCREENS / "import-done-wide.png")
        page.locator(".place-list a").first.click()
        page.wait_for_load_state()
        assert "Kabar yang baru diimpor" in page.inner_text("h1")
        id = page.url.rpartition("/a/")[2].partition("/")[0].partition("?")[0].partition("#")[0]
        page.goto(f"/berkas/tambah?butir={id}")
        page.fill("[name=nama]", "Dari impor")
        page.fill("[name=catatan]", "Baru masuk.\n<script>window.pwned=1</script>")
        page.get_by_role("button", name="Tambahkan").click()
        page.wait_for_selector(".folder-items .remark")
        assert "<script>window.pwned=1</script>" in page.inner_text(".folder-items .remark")
        with page.expect_download() as told:
            page.get_by_role("link", name="HTML").click()
        document = Path(told.value.path()).read_text(encoding="utf-8")
    assert "Kabar yang baru diimpor" in document
    assert "<script>window" not in document
    (tmp_path / "berkas.html").write_text(document, encoding="utf-8")
    (tmp_path / "favicon.ico").write_bytes(b"")
    with serving(tmp_path) as at, page_of(browser, at, "id", "light", 800) as page:
        page.goto("/berkas.html")
        assert broken(page) == {}
        assert page.pdf()[:5] == b"%PDF-"


def test_a_drawing_stands_alone(browser: Browser, room: Room, tmp_path: Path) -> None:
    """The map and the graph as files: drawn, with colours, without the room."""
    client = room.client(Accept="text/html")
    (tmp_path / "favicon.ico").write_bytes(b"")
    for name, path in (("peta", "/peta.svg"), ("jejaring", "/jejaring.svg")):
        (tmp_path / f"{name}.svg").write_bytes(client.get(path).body)
    with serving(tmp_path) as at, page_of(browser, at, "id", "light", 1100) as page:
        for name, mark in (("peta", "circle.dot"), ("jejaring", "circle.per")):
            page.goto(f"/{name}.svg")
            assert page.evaluate(f"getComputedStyle(document.querySelector('{mark}')).fill").startswith("rgb")
            assert page.evaluate(f"getComputedStyle(document.querySelector('{mark}')).fill") != "rgb(0, 0, 0)"
            page.screenshot(path=SCREENS / f"alone-{name}.png")
