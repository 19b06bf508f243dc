"""The pages in a real browser: no barrier that axe knows, no sideways scroll, no request elsewhere, all by keys, also without script.

One browser, one room. Screenshots of all pages come under out/screens/ (not kept by git), for people to look at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from telusur.archive import Archive
from telusur.web.settings import RoomSettings
from web.browsing import AXE, PATIENCE, SCREENS
from web.reading_rooms import fill
from web.rooms import Room, open_room

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ALL = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ALIKE = {"nothing", "wrong", "facet", "range", "saying", "relations", "outlet", "lost", "fields", "actors"}
"""Pages that are made of what others are made of: looked at in one look and without script."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a reader looks at pages."""

    name: str
    lang: str
    theme: str
    width: int
    script: bool = True
    rules: tuple[str, ...] = ()
    """What axe looks for: all of it once, then what theme, width and language can change."""


LOOKS = (
    Look("wide", "id", "light", 1280, rules=ALL),
    Look("dark", "en", "dark", 1280, rules=("color-contrast", "valid-lang", "link-in-text-block")),
    Look("phone", "en", "light", 360, rules=("target-size", "color-contrast", "scrollable-region-focusable")),
    Look("bare", "id", "dark", 360, script=False),
)
"""Both languages, both themes, both widths, with and without script, each with each other at least once."""


@dataclass(slots=True)
class Seen:
    """What happened while a page was looked at."""

    room: str
    faults: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda told: self.faults.append(f"{told.type}: {told.text}") if told.type in ("error", "warning") else None)
        page.on("request", lambda asked: None if asked.url.startswith((self.room, "data:", "blob:")) else self.faults.append(f"asks {asked.url}"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with fill(str(tmp_path_factory.mktemp("browser") / "ruang.db")) as filled:
        yield filled


@pytest.fixture(scope="module")
def room(archive: Archive) -> Iterator[Room]:
    with open_room(archive, RoomSettings(by="Sari", sql_seconds=60)) as opened:
        yield opened


Open = Callable[..., "tuple[Page, Seen]"]


@pytest.fixture
def open_page(browser: Browser, room: Room) -> Iterator[Open]:
    """Gives pages of a room, each in a browser of its own; at the end nothing may have gone wrong in any."""
    opened: list[tuple[Any, Seen]] = []

    def give(look: Look = LOOKS[0], **more: Any) -> tuple[Page, Seen]:
        context = browser.new_context(
            base_url=more.pop("base_url", room.at), viewport={"width": look.width, "height": 900}, locale="id-ID" if look.lang == "id" else "en-GB", color_scheme=look.theme,  # type: ignore[arg-type]
            java_script_enabled=look.script, reduced_motion="reduce", **more,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        page, seen = context.new_page(), Seen(room.at)
        seen.watch(page)
        opened.append((context, seen))
        return page, seen

    yield give
    for context, _ in opened:
        context.close()
    faults = [fault for _, seen in opened for fault in seen.faults]
    assert faults == []


def items(room: Room, query: str, **more: str) -> list[dict[str, Any]]:
    told = "&".join([f"q={query.replace(' ', '+')}", *(f"{name}={value}" for name, value in more.items())])
    found: list[dict[str, Any]] = room.client().get(f"/cari.json?{told}").json["items"]
    return found


@pytest.fixture(scope="module")
def places(room: Room) -> dict[str, str]:
    """One address of each page, by its name."""
    sadeng = items(room, "Sadeng")[0]["article"]["id"]
    feri = items(room, "feri who:Surya type:ASSAULT", apa="klaim")[0]["id"]
    said = items(room, "Sadeng", apa="pernyataan")[0]["id"]
    evil = next(item["article"]["id"] for item in items(room, "menyerang") if item["article"]["title"].startswith("\"'>"))
    actor = next(one["id"] for one in room.client().get("/o.json?nama=Meutia").json["items"])
    return {
        "home": "/", "search": "/cari?q=korban", "fields": "/cari?q=who%3ASurya+type%3AASSAULT&apa=klaim", "nothing": "/cari?q=xyzzy", "wrong": "/cari?q=type%3AQ", "facet": "/cari/type?q=korban",
        "article": f"/a/{sadeng}", "range": f"/a/{sadeng}?range=500-560", "evil": f"/a/{evil}", "claim": f"/k/{feri.replace('#', '/')}", "saying": f"/k/{said.replace('#', '/')}",
        "story": f"/c/{feri.partition('#')[0]}", "actors": "/o", "actor": f"/o/{actor}", "relations": f"/o/{actor}?apa=hubungan", "outlets": "/media", "outlet": "/media?ubah=Cakra",
        "review": "/periksa", "correct": "/periksa?bidang=type", "preferences": "/atur", "help": "/bantuan/hitung", "keys": "/bantuan/tombol", "lost": "/apa",
    }  # fmt: skip


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_page_is_open_to_everybody(open_page: Open, places: dict[str, str], look: Look) -> None:
    """In every look: axe finds nothing, the page is no wider than the screen, the first Tab is the link past the bar."""
    page, seen = open_page(look)
    axe = AXE.read_text(encoding="utf-8") if look.rules else ""
    options = json.dumps({"runOnly": look.rules, "resultTypes": ["violations"]})
    found: dict[str, Any] = {}
    SCREENS.mkdir(parents=True, exist_ok=True)
    for name, path in places.items():
        if name in ALIKE and look.rules not in (ALL, ()):
            continue
        page.goto(path)
        if name in ("wrong", "lost"):  # their status is told to the console
            seen.faults[:] = [fault for fault in seen.faults if "Failed to load resource" not in fault]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels wider than the screen"
        if look.script:
            page.screenshot(path=SCREENS / f"{name}-{look.name}.png")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip" or name == "correct", name
        if axe:
            page.evaluate(axe)
            result = page.evaluate(f"axe.run(document, {options})")
            for broken in result["violations"]:
                found[f"{name}: {broken['id']}"] = [node["html"][:160] + " | " + node["failureSummary"][:300] for node in broken["nodes"][:3]]
    assert not found, json.dumps(found, indent=1)


def test_a_reading_by_hand_and_eye(open_page: Open, places: dict[str, str]) -> None:
    """Over a number in the text the chain stands beside it and stays under the pointer; Escape lets it go; card and words light each other."""
    page, _ = open_page()
    page.goto(places["article"])
    page.wait_for_function("() => document.documentElement.classList.contains('js')")
    number = page.locator(".body sup a").first
    number.hover()
    chain = page.locator("#hover")
    chain.wait_for()
    assert "→" in chain.inner_text()
    chain.hover()
    page.wait_for_timeout(400)
    assert chain.count() == 1
    name = number.get_attribute("data-n")
    page.keyboard.press("Escape")
    assert chain.count() == 0
    page.locator(f".card[data-n={name}]").hover()
    assert page.locator(f".body mark.{name}.lit").count() > 0
    number.focus()
    page.locator("#hover").wait_for()
    page.keyboard.press("m")
    assert "no-marks" in (page.locator(".reading").get_attribute("class") or "")
    page.keyboard.press("m")
    page.keyboard.press("1")
    assert "no-per" in (page.locator(".reading").get_attribute("class") or "")


def test_links_lead_to_the_very_words(open_page: Open, places: dict[str, str], room: Room) -> None:
    """By anchor, by path and by range: the words are in sight and ringed, the card beside them; also without script."""
    claim = items(room, "Sadeng", apa="klaim")[-1]["id"]
    id, key = claim.split("#")
    for path in (f"/a/{id}#{key}", f"/a/{id}/{key}"):
        page, _ = open_page()
        page.goto(path)
        page.wait_for_function("() => document.querySelector('.card.lit, .inner .lit') !== null")
        assert in_sight(page, f"[id='{key}'], #range")
        assert in_sight(page, f"[id='k-{key}']")
    for look in (LOOKS[0], LOOKS[3]):
        page, _ = open_page(look)
        page.goto(f"/a/{id}?range=1771-1801#range")
        assert page.locator("#range").inner_text().startswith("menewaskan")
        page.wait_for_timeout(200)
        assert in_sight(page, "#range")


def in_sight(page: Page, selector: str) -> bool:
    """Whether the first of these stands within the window, below the bar."""
    return bool(page.evaluate("selector => { const box = document.querySelector(selector)?.getBoundingClientRect(); return !!box && box.top >= 40 && box.top < innerHeight }", selector))


def test_everything_by_keys(open_page: Open, places: dict[str, str], room: Room) -> None:
    """Search, walk the hits, open one, walk its records, copy its citation, the list of keys, go somewhere by two keys."""
    page, _ = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/media")
    page.wait_for_function("() => document.documentElement.classList.contains('js')")
    page.keyboard.press("/")
    page.keyboard.type("korban jj?")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("korban")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cari\?q=korban$"))
    page.wait_for_function("() => document.documentElement.classList.contains('js')")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("[...document.querySelectorAll('#hits > li')].findIndex(li => li.classList.contains('chosen'))") == 0
    page.keyboard.press("c")
    page.wait_for_selector(".toast")
    assert "telusur" in page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/a/"))
    page.wait_for_function("() => document.documentElement.classList.contains('js')")
    page.keyboard.press("j")
    assert page.locator(".card.chosen").count() == 1
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog#keys").is_visible()
    page.keyboard.press("n")
    page.wait_for_url(lambda url: "/a/" in url and "korban" not in url)
    page.wait_for_function("() => document.documentElement.classList.contains('js')")
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url(re.compile(r"/periksa"))
    page.goto(places["story"])
    page.wait_for_function("() => document.documentElement.classList.contains('js')")
    page.keyboard.press("n")
    assert page.locator("del.lit, ins.lit").count() == 1


def test_keys_can_be_changed_and_switched_off(open_page: Open) -> None:
    """A reader who walks with the arrows does; one who wants no single keys has none."""
    page, _ = open_page()
    page.goto("/atur")
    page.fill("#key-next", "ArrowDown")
    page.locator("button.main").first.click()
    page.wait_for_selector("[role=status]")
    page.goto("/cari?q=korban")
    page.wait_for_function("() => document.documentElement.classList.contains('js')")
    page.keyboard.press("j")
    assert page.locator(".chosen").count() == 0
    page.keyboard.press("ArrowDown")
    assert page.locator(".chosen").count() == 1
    page.goto("/atur")
    page.check("[name=keys-off]")
    page.locator("button.main").first.click()
    page.wait_for_selector("[role=status]")
    page.goto("/cari?q=korban")
    page.wait_for_function("() => document.documentElement.classList.contains('js')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("?")
    assert page.locator(".chosen").count() == 0
    assert not page.locator("dialog#keys").is_visible()


def test_ten_reviews_by_keys(open_page: Open, tmp_path: Path) -> None:
    """Accept, reject, later, correct by a digit, undo: ten decisions without a mouse, each shown as kept. In a room of its own:
    what it rejects, others look for."""
    with fill(str(tmp_path / "periksa.db")) as archive, open_room(archive, RoomSettings(by="Sari", sql_seconds=60)) as room:
        _review(open_page, room)


def _review(open_page: Open, room: Room) -> None:
    page, seen = open_page(base_url=room.at)
    seen.room = room.at
    page.goto("/periksa?q=Sadeng")

    def press(key: str) -> None:
        page.wait_for_function("() => document.documentElement.classList.contains('js') && document.querySelector('.desk') !== null")
        before = page.locator(".verdict [name=key]").get_attribute("value"), page.url
        with page.expect_navigation():
            page.keyboard.press(key)
        assert (page.locator(".verdict [name=key]").get_attribute("value"), page.url) != before

    for key in ("a", "x", "a", " ", "a", "x"):
        press(key)
    with page.expect_navigation():
        page.keyboard.press("e")
    page.wait_for_selector("#koreksi")
    page.wait_for_function("() => document.documentElement.classList.contains('js')")
    if page.locator("#koreksi input[type=text]").count():
        page.fill("#value", "-")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        with page.expect_navigation():
            page.keyboard.press("3")
    press("a")
    for _ in range(2):
        press("Backspace")
    made = room.client(Accept="text/html").get("/periksa").text
    assert made.count('class="by accepted"') + made.count('class="by rejected"') >= 4
    assert page.locator("[role=status]").count() == 1


def test_words_are_grown_and_shrunk_by_keys_and_kinds_accepted_together(open_page: Open, tmp_path: Path) -> None:
    """A trigger grows and shrinks by a word at either end, is shown so, and is kept so; then all of a kind is accepted, but for
    what is unticked, and taken back by one key. In a room of its own, as it decides."""
    with fill(str(tmp_path / "bersama.db")) as archive, open_room(archive, RoomSettings(by="Sari", sql_seconds=60)) as room:
        page, seen = open_page(base_url=room.at)
        seen.room = room.at
        _stretch(page)
        _together(page, room)


def _ready(page: Page) -> None:
    page.wait_for_function("() => document.documentElement.classList.contains('js')")


def _stretch(page: Page) -> None:
    page.goto("/cari?q=type:ASSAULT&apa=klaim")
    place = page.locator("#hits .says a, .lines .says a").first.get_attribute("href") or ""
    article, key = place.split("/")[2:4]
    page.goto(f"/periksa/{article}/{key}?bidang=span")
    _ready(page)
    shown = page.locator(".stretch .shown mark")
    was, (start, end) = shown.inner_text(), map(int, key.removeprefix("c").split("-"))
    for pressed in ("[", "}", "}", "{"):
        page.keyboard.press(pressed)
    grown = shown.inner_text()
    assert len(grown.split()) == len(was.split()) + 2
    assert was in grown
    low, high = map(int, page.input_value("#value").split("-"))
    assert low < start
    assert high > end
    for pressed in ("]", "{"):
        page.keyboard.press(pressed)
    assert shown.inner_text() == was
    assert page.input_value("#value") == f"{start}-{end}"
    page.keyboard.press("[")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(f"/a/{article}.json")
    record = json.loads(page.locator("body").inner_text())
    made = next(claim for claim in record["claims"] if claim.get("review") == "corrected")
    assert record["text"][made["trigger"]["start"] : made["trigger"]["end"]].endswith(was)
    assert made["trigger"]["end"] == end
    assert made["trigger"]["start"] == low


def _together(page: Page, room: Room) -> None:
    page.goto("/periksa")
    for _ in range(40):
        _ready(page)
        if page.locator("[data-key=together]").count():
            break
        with page.expect_navigation():
            page.keyboard.press(" ")
    with page.expect_navigation():
        page.keyboard.press("t")
    _ready(page)
    boxes = page.locator(".ticked input")
    many = boxes.count()
    assert many > 1
    page.keyboard.press("j")
    page.keyboard.press(" ")
    assert page.locator(".ticked input:checked").count() == many - 1
    article = page.locator("[name=article]").get_attribute("value")

    def accepted() -> int:
        record = room.client().get(f"/a/{article}.json").json
        return sum(item.get("review") == "accepted" for layer in ("claims", "attributions") for item in record[layer])

    before = accepted()
    with page.expect_navigation():
        page.keyboard.press("a")
    _ready(page)
    assert page.locator("[role=status] [data-key=undo]").count() == (many > 2)
    assert accepted() == before + many - 1
    with page.expect_navigation():
        page.keyboard.press("Backspace")
    assert accepted() == before


def test_without_script_everything_still_works(open_page: Open, room: Room, places: dict[str, str]) -> None:
    """Search by fields, page on, read, decide and take back, change the theme: by links and forms alone."""
    page, _ = open_page(Look("bare", "id", "light", 1280, script=False))
    page.goto("/cari?q=kata&apa=pernyataan")
    page.locator("a[rel=next]").click()
    assert "sesudah=" in page.url
    page.goto("/cari")
    page.locator(".fields summary").click() if not page.locator("[name=f-who]").is_visible() else None
    page.fill("[name=f-who]", "Surya Wirawan")
    page.select_option("[name=f-type]", "ASSAULT")
    page.locator(".field-form button").click()
    assert 'who%3A%22Surya+Wirawan%22' in page.url
    assert page.locator("#hits > li").count() == len(items(room, 'who:"Surya Wirawan" type:ASSAULT')) > 1
    page.locator("#hits h3 a").first.click()
    page.locator(".body sup a").first.click()
    page.wait_for_selector(".card:target")
    page.goto(places["claim"].replace("/k/", "/periksa/"))
    page.locator("[value=accept]").click()
    page.wait_for_selector(".by.accepted")
    page.goto("/periksa")
    page.locator(".recent form button").first.click()
    page.wait_for_selector("[role=status]")
    page.goto("/atur")
    page.check("[name=theme][value=dark]")
    page.locator("button.main").first.click()
    page.wait_for_selector("html[data-theme=dark]")


def test_counts_come_when_a_line_comes_into_sight(open_page: Open) -> None:
    """Lists ask for the counts of the claims that are seen, and of no others."""
    page, _ = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/hitung") else None)
    page.goto("/cari?q=feri&apa=klaim")
    page.wait_for_function("() => document.querySelectorAll('.lazy-counts .counts').length >= 2")
    assert 2 <= len(asked) < page.locator(".lazy-counts").count()


def test_an_article_prints(open_page: Open, places: dict[str, str]) -> None:
    """On paper: no bars, no buttons, the records after the text."""
    page, _ = open_page()
    page.goto(places["article"])
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert not page.locator(".tools").first.is_visible()
    assert page.evaluate("document.querySelector('.records').getBoundingClientRect().top >= document.querySelector('.body').getBoundingClientRect().bottom")
    assert len(page.pdf()) > 20_000
