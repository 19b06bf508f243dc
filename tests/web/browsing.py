"""The browser that tests look at pages with, and where their screenshots go."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / "out" / "screens"
"""Not kept by git; for people to look at."""

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--force-prefers-reduced-motion",
]  # fmt: skip
PATIENCE = 90_000
"""Milliseconds until the browser gives up: the machine may be busy."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium. Missing at home, its tests are skipped; missing in CI, they fail."""
    program = os.environ.get("TELUSUR_CHROMIUM") or shutil.which("chromium")
    if program is None:
        message = "chromium is not installed; on Debian: make browser"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()
