"""The pages of accounts and of the interface in a real browser: open to everybody, on a small screen, also without script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from archive.records import kept
from telusur.archive import open_archive
from telusur.web.accounts.store import open_people
from telusur.web.settings import RoomSettings
from web.browsing import AXE, PATIENCE, SCREENS
from web.rooms import PASSWORDS, Room, open_room

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

PAGES = {"account": "/akun", "people": "/orang", "log": "/orang/catatan", "programs": "/api"}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_archive(tmp_path_factory.mktemp("accounts") / "arsip.db", create=True) as archive:
        kept(archive, range(2))
        with open_people(archive) as people:
            people.add("ani", "admin", PASSWORDS["ani"], "test")
            people.add("<b>Mangkus</b>", "reader", PASSWORDS["budi"], "test")
            people.add_token("ani", "lembar kerja", "ani", days=30)
        with open_room(archive, RoomSettings(accounts=True, sql_seconds=60, logins_a_minute=0)) as opened:
            yield opened


@pytest.mark.parametrize(("lang", "script"), [("en", True), ("id", False)])
def test_somebody_logs_in_and_finds_no_barrier(browser: Browser, room: Room, lang: str, script: bool) -> None:
    """From a page that is not open, by keys alone, through a wrong password, to it; axe finds nothing, nothing is wider than the screen."""
    context = browser.new_context(
        base_url=room.at, viewport={"width": 360, "height": 900}, locale="id-ID" if lang == "id" else "en-GB", color_scheme="dark",
        java_script_enabled=script, reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("console", lambda told: faults.append(f"{told.type}: {told.text}") if told.type in ("error", "warning") else None)
    page.on("request", lambda asked: None if asked.url.startswith((room.at, "data:", "blob:")) else faults.append(f"asks {asked.url}"))
    axe = AXE.read_text(encoding="utf-8") if script else ""
    found: dict[str, list[str]] = {}

    def examine(name: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels wider than the screen"
        if axe:
            page.evaluate(axe)
            for broken in page.evaluate(f"axe.run(document, {json.dumps(RULES)})")["violations"]:
                found[f"{name}: {broken['id']}"] = [node["html"][:160] + " | " + node["failureSummary"][:300] for node in broken["nodes"][:3]]
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{name}-{lang}.png")

    page.goto("/orang")
    assert page.url.endswith("/masuk?ke=%2Forang")
    examine("login")
    for password in ("kuda laut salah", PASSWORDS["ani"]):
        if page.locator("#name").input_value() == "":
            page.locator("#name").fill("ani")
        page.locator("#password").focus()
        page.keyboard.type(password)
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        if password != PASSWORDS["ani"]:
            page.locator("[role=alert]").wait_for()
            examine("login-wrong")
            faults[:] = [fault for fault in faults if "401" not in fault]
    page.wait_for_url("**/orang")
    assert page.locator("th", has_text="<b>Mangkus</b>").count() == 1
    for name, path in PAGES.items():
        page.goto(path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip", name
        examine(name)
    page.goto("/akun")
    page.locator("#label").fill("dari peramban")
    page.locator("form[action='/akun/kunci'] button").click()
    page.locator("code.secret").wait_for()
    examine("token")
    page.goto("/akun")
    page.locator("form[action='/keluar'] button").click()
    page.wait_for_url("**/masuk")
    context.close()
    assert found == {}
    assert faults == []
