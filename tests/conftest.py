"""What several tests share: where the gold articles lie, and each of them read once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent

MADE_ON = ROOT / "tests" / "golden" / "made-on.txt"
"""What kind of arithmetic the golden files were made with."""

KINDS_OF_ARITHMETIC = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8")

Gold = Mapping[str, dict[str, Any]]
"""Gold records by the name of their file."""


def shared_folder() -> Path:
    """The folder of gold articles and pages, which are not part of the project: their words are the outlets'.

    It is `TELUSUR_SHARED`, or `shared` beside the repository. Where it is missing, a test that needs it is
    skipped at home and fails in CI, so that a gate is never passed by not being there.
    """
    folder = Path(os.environ.get("TELUSUR_SHARED") or ROOT.parent / "shared")
    if (folder / "gold").is_dir():
        return folder
    message = f"no gold articles at {folder}; set TELUSUR_SHARED to the folder that holds gold/"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def shared() -> Path:
    return shared_folder()


@cache
def _gold(folder: Path) -> dict[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


@pytest.fixture(scope="session")
def gold(shared: Path) -> Callable[[str], Gold]:
    """``gold("dev")``: the gold records of one set."""
    return lambda name: _gold(shared / "gold" / name)


@cache
def _readings(folder: Path, fast: bool) -> dict[str, Any]:
    from telusur.ingest.files import from_text
    from telusur.model.document import Hints
    from telusur.pipeline import read

    out = {}
    for name, record in _gold(folder).items():
        told = record.get("source") or {}
        url = told.get("url") or None
        out[name] = read(from_text(record["text"], url=url), Hints(id=name, url=url, published=told.get("published_hint")), fast=fast)
    return out


@pytest.fixture(scope="session")
def readings(shared: Path) -> Callable[[str], Mapping[str, Any]]:
    """``readings("dev")``: the records we make of the texts of one gold set, each read once in a run.

    A text goes in as evaluation feeds it: with its URL and the date that the caller knows, and nothing else.
    """
    return lambda name: _readings(shared / "gold" / name, fast=False)


@pytest.fixture(scope="session")
def fast_readings(shared: Path) -> Callable[[str], Mapping[str, Any]]:
    """`readings` of the fast tier."""
    return lambda name: _readings(shared / "gold" / name, fast=True)


def arithmetic() -> str:
    """What decides how sums of 8-bit numbers are rounded here: the processor's vector instructions."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("flags", 1)[1].split("\n", 1)[0].split()
    except (OSError, IndexError):
        return "unknown"
    return " ".join(kind for kind in KINDS_OF_ARITHMETIC if kind in flags) or "plain"


@pytest.fixture(scope="session")
def same_arithmetic() -> bool:
    """Whether this machine rounds the model's sums as the one did that the golden files were made on."""
    if os.environ.get("TELUSUR_GOLDEN") == "write":
        MADE_ON.parent.mkdir(exist_ok=True)
        MADE_ON.write_text(arithmetic() + "\n", encoding="utf-8")
    return MADE_ON.read_text(encoding="utf-8").strip() == arithmetic()
