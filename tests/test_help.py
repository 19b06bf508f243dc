import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from telusur.cli import cli, helping
from telusur.lexicon import read_table

TELUSUR = Path(sys.executable).with_name("telusur")
TYPED = re.compile(r"(?:telusur|xclip|http)\b|\{|(?:type|span|speaker|name)(?: [a-z_]+)+$|\b$")
"""What a reader types or sets, and names of fields: the same in every language."""


def commands(command: click.Command, parent: click.Context | None = None, name: str = "telusur") -> Iterator[click.Context]:
    context = helping._Context(command, info_name=name, parent=parent)
    yield context
    if isinstance(command, click.Group):
        for below, one in command.commands.items():
            yield from commands(one, context, below)


@pytest.fixture(scope="module")
def asked_for() -> set[str]:
    """Every text of every command's help that is looked up."""
    found: set[str] = set()

    def told(english: str) -> str:
        found.add(" ".join(english.split()))
        return english

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(helping, "told", told)
        for context in commands(cli):
            context.command.get_help(context)
    return {text for text in found if text.strip("\b") and not TYPED.match(text)}


def test_everything_that_help_says_is_told_in_indonesian(asked_for: set[str]) -> None:
    known = {row["en"] for row in read_table("help", ("en", "id"))}
    assert len(asked_for) > 200
    assert not asked_for - known
    assert not known - asked_for  # nothing is kept that no command says any more


def test_no_text_stands_twice() -> None:
    rows = [row["en"] for row in read_table("help", ("en", "id"))]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("arguments", "lang", "expected", "absent"),
    [
        (["--help"], "id", ["Pemakaian: telusur [OPSI] PERINTAH [ARGUMEN]...", "Mulai dari sini:", "Perintah:", "(juga: baca)"], ["Usage", "Options", "Commands:"]),
        (["read", "-h"], "id", ["Pemakaian: telusur read [OPSI] FILE... | -", "Opsi:", "Lebar laporan", "[40<=x<=400]"], ["Options", "Show this"]),
        (["read", "--lang", "id", "--help"], "en", ["Opsi:"], ["Options:"]),
        (["read", "--help"], "en", ["Usage: telusur read [OPTIONS]", "Show this message and exit."], ["Opsi"]),
        (["baca", "--help"], "id", ["Membaca artikel berita"], ["Reads news"]),
        (["db", "check", "--help"], "id", ["Memeriksa bahwa setiap rentang", "Arsipnya:"], ["The archive:"]),
    ],
)  # fmt: skip
def test_help_speaks_the_readers_language(arguments: list[str], lang: str, expected: list[str], absent: list[str]) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LC_")} | {"TELUSUR_LANG": lang, "LANG": "C.UTF-8"}
    printed = subprocess.run([TELUSUR, *arguments], capture_output=True, text=True, check=True, env=environment).stdout
    assert all(text in printed for text in expected)
    assert not any(text in printed for text in absent)
