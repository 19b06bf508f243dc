"""The documentation and the program are twins: what the one has, the other tells; its examples run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from telusur import errors
from telusur.cli import cli, commands, status

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")

COMMANDS = sorted(cli.commands)


def section(command: str) -> str:
    """The reference's words on one command."""
    found = re.search(rf"^## telusur {command}\b.*?(?=^## )", REFERENCE, re.MULTILINE | re.DOTALL)
    return found.group(0) if found else ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    """Under the command's own heading, by each of its spellings."""
    told = section(name)
    assert told, f"docs/reference.md has no heading for telusur {name}"
    for parameter in cli.commands[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            for spelling in parameter.opts:
                assert f"`{spelling}`" in told, f"telusur {name} {spelling}"


@pytest.mark.parametrize("alias", sorted(commands.ALIASES))
def test_every_alias_is_documented(alias: str) -> None:
    assert f"`telusur {alias}`" in section(commands.ALIASES[alias])


def error_kinds(kind: type[errors.TelusurError] = errors.TelusurError) -> Iterator[type[errors.TelusurError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from error_kinds(child)


@pytest.mark.parametrize("kind", sorted(set(error_kinds()), key=lambda k: k.code), ids=lambda k: k.code)
def test_every_error_is_documented(kind: type[errors.TelusurError]) -> None:
    """In the reference by code and name, and in the tree at the top of ``errors.py``."""
    assert f"| `{kind.code}` | `{kind.__name__}` |" in REFERENCE
    assert kind.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("name", [name for name in vars(status) if name.isupper()])
def test_every_exit_status_is_documented(name: str) -> None:
    assert re.search(rf"^\| {getattr(status, name)} \|", REFERENCE, re.MULTILINE)


def test_every_variable_of_the_environment_is_documented() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r"\bTELUSUR_[A-Z]+\b", code)) - {"TELUSUR_COMPLETE"}
    assert read
    assert {name for name in read if f"`{name}`" not in REFERENCE} == set()


def test_nothing_is_documented_that_is_not_there() -> None:
    """Every option in a heading's table belongs to that command; every `make` word is in the Makefile."""
    for name in COMMANDS:
        known = {s for p in cli.commands[name].params if isinstance(p, click.Option) for s in p.opts}
        for row in re.findall(r"^\| (`-.*?) \|", section(name), re.MULTILINE):
            for told in re.findall(r"`(--?[\w-]+)`", row):
                assert told in known, f"telusur {name} {told}"
    words = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        for word in re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert "".join(word) in words, f"{page.name}: make {''.join(word)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file that is there."""
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "index.md" or f"({page.name})" in index, page.name


# --- examples run -----------------------------------------------------------------------------------------------


def fenced(language: str) -> Iterator[object]:
    """The fenced examples of all pages in one language."""
    for page in PAGES:
        blocks = re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        yield from (pytest.param(block, id=f"{page.stem}-{n}") for n, block in enumerate(blocks, 1))


def shell_lines() -> Iterator[object]:
    """Each line of a shell example that runs `telusur`."""
    for example in fenced("sh"):
        for line in example.values[0].splitlines():
            if line.startswith("telusur ") and "--open" not in line:
                yield pytest.param(line, id=f"{example.id}-{line.split('#')[0].strip()}")


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the samples, as the pages have their reader make it."""
    place = tmp_path_factory.mktemp("kept") / "demo.db"
    subprocess.run([Path(sys.executable).with_name("telusur"), "add", "samples", "-q", "-a", place], cwd=ROOT, check=True, timeout=300)
    return place


@pytest.fixture
def desk(tmp_path: Path, kept: Path) -> Path:
    """A folder like the project's own with an archive of the samples, as a reader stands in it."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    for name in ("demo.db", "archive.db"):
        shutil.copy(kept, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("line", list(shell_lines()))
def test_every_telusur_command_in_the_pages_runs(line: str, desk: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    ended = subprocess.run(["bash", "-c", line], cwd=desk, capture_output=True, text=True, env=environment, timeout=120)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout or re.search(r"-o |> |^telusur add ", line)


@pytest.mark.parametrize("example", list(fenced("python")))
def test_every_python_example_in_the_pages_runs(example: str, desk: Path) -> None:
    ended = subprocess.run([sys.executable, "-W", "error", "-c", example], cwd=desk, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr


def test_the_shell_examples_were_found() -> None:
    """So that the two tests above cannot pass by finding nothing."""
    assert sum(1 for _ in shell_lines()) >= 5
    assert sum(1 for _ in fenced("python")) >= 1
    assert all(shlex.split(example.values[0].split("#")[0]) for example in shell_lines())
