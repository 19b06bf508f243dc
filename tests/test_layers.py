"""The house's floor plan: which room may import which, read from the import statements themselves."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import telusur

HOUSE = Path(telusur.__file__).parent

FLOOR = {
    "errors": 1,
    "model": 2,
    "lexicon": 2,
    "matrices": 3,
    "messages": 4,
    "config": 2,
    "ingest": 4,
    "parse": 4,
    "analyse": 4,
    "extract": 4,
    "confidence": 4,
    "pipeline": 5,
    "export": 6,
    "output": 6,
    "scoring": 6,
    "bulk": 7,
    "mistakes": 7,
    "archive": 8,
    "evaluate": 8,
    "doctor": 9,
    "search": 9,
    "trace": 9,
    "answers": 10,
    "web": 11,
    "plot": 12,
    "mcp": 11,
    "cli": 12,
    "__init__": 13,
    "__main__": 13,
}
"""A room imports rooms of lower floors, and itself. Rooms of one floor are strangers."""


HEAVY = ("onnxruntime", "lxml", "numpy", "rich", "charset_normalizer", "sqlalchemy", "psycopg", "starlette", "uvicorn", "jinja2", "msgspec", "argon2")
NO_DRAWERS = {"utils", "util", "helpers", "common", "misc", "manager", "base"}

MODULES = sorted(HOUSE.rglob("*.py"))


def room(module: str) -> str:
    """``telusur.parse.html`` is in the room ``parse``; ``telusur`` itself is ``__init__``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def module_name(path: Path) -> str:
    parts = ["telusur", *path.relative_to(HOUSE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source: str, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and full name of every module of the house that ``source`` imports, wherever in the file it does."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.split(".")[0] == "telusur")
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            if base == "telusur":
                yield from ((node.lineno, f"telusur.{alias.name}") for alias in node.names)
            elif base.startswith("telusur."):
                yield node.lineno, base


def breaches(source: str, module: str, is_package: bool = False) -> list[str]:
    """What ``source`` imports though its room may not."""
    own = room(module)
    found = []
    for line, name in imported(source, module, is_package):
        other = room(name)
        if other not in FLOOR or other == own:
            continue
        if FLOOR[other] >= FLOOR[own]:
            found.append(f"{module} line {line}: {own} (floor {FLOOR[own]}) imports {name} (floor {FLOOR[other]})")
    return found


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_room_imports_only_the_rooms_below_it(path: Path) -> None:
    """No module imports a room of its own floor or above."""
    module = module_name(path)
    assert room(module) in FLOOR, f"{module} is in a room that the floor plan does not know"
    assert breaches(path.read_text(encoding="utf-8"), module, path.name == "__init__.py") == []


@pytest.mark.parametrize(
    ("source", "module", "is_breach"),
    [
        ("from ..model.span import Span", "telusur.parse.html", False),
        ("from .plain import lines", "telusur.parse.html", False),
        ("from ..analyse.times import find_times", "telusur.parse.html", True),  # strangers on one floor
        ("from telusur.pipeline import read", "telusur.extract.claims", True),  # looks up
        ("import telusur.export.json", "telusur.pipeline", True),  # looks up, spelled whole
        ("from telusur import pipeline", "telusur.model.span", True),  # a room taken out of the front door
        ("def f():\n    from ..pipeline import read", "telusur.parse.plain", True),  # hidden in a function
        ("from .. import pipeline", "telusur.parse.plain", True),  # two dots and no name
        ("from ..errors import TooLarge", "telusur.ingest.files", False),
        ("import json", "telusur.model.record", False),
    ],
)
def test_the_plan_can_be_broken(source: str, module: str, is_breach: bool) -> None:
    """The check above sees every way to spell a forbidden import, and nothing else."""
    assert bool(breaches(source, module)) is is_breach


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_file_is_named_for_what_is_in_it(path: Path) -> None:
    """No drawer for odds and ends."""
    assert not NO_DRAWERS & set(path.relative_to(HOUSE).with_suffix("").parts)


def test_importing_the_package_loads_nothing_heavy() -> None:
    """``import telusur`` and the command line's start stay quick: libraries load on first use."""
    code = f"import sys, telusur; print([m for m in {HEAVY!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_every_room_is_on_the_plan() -> None:
    """A new room must be given a floor before anything moves in."""
    rooms = {room(module_name(path)) for path in MODULES}
    assert rooms <= set(FLOOR)
