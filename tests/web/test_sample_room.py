"""The README's picture: a claim of the samples as the reading room shows it. `make golden` takes it anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from telusur.answers.traced import trace
from telusur.archive import open_archive
from telusur.web.settings import RoomSettings
from web.browsing import PATIENCE, ROOT, SCREENS
from web.rooms import open_room

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURE = ROOT / "docs" / "images" / "claim.png"
ASKED = "Milisi Sadeng merundingkan kemungkinan keluar dari Pelabuhan Orun"


def test_the_claim_of_the_readme_in_the_room(browser: Browser, tmp_path: Path) -> None:
    """Six outlets print it, one of them in its own report, and all of them have it from one man."""
    place = tmp_path / "demo.db"
    samples = [ROOT / "samples" / name for name in ("pelabuhan.txt", "wire.jsonl")]
    subprocess.run([Path(sys.executable).with_name("telusur"), "add", *samples, "-q", "-a", place], check=True, timeout=300)
    with open_archive(str(place)) as archive, open_room(archive, RoomSettings(sql_seconds=60)) as room:
        address = "/k/" + trace(archive, ASKED).line.id.replace("#", "/")
        page = browser.new_page(base_url=room.at, viewport={"width": 1280, "height": 1000}, locale="en-GB", color_scheme="light", reduced_motion="reduce")
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        page.locator("h1").wait_for()
        told = " ".join(page.locator("main").inner_text().split())
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / "readme-claim.png")
        page.close()
    assert "5 outlets · 2 texts · 1 origin" in told
    assert "dua pejabat kota" in told
    assert "lensaorun.com" in told
    if os.environ.get("TELUSUR_GOLDEN") == "write":
        shutil.copy(SCREENS / "readme-claim.png", PICTURE)
