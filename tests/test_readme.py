"""The README opens with its two commands, and the report that it shows is the one that the program prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- report: begin (made by `make golden`) -->", "<!-- report: end -->"
TELUSUR = Path(sys.executable).with_name("telusur")


def report() -> str:
    """The report of the README's example, as its command prints it into a pipe."""
    command = [str(TELUSUR), "read", "--lang", "en", "samples/pelabuhan.txt"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    for name in ("TELUSUR_WIDTH", "FORCE_COLOR"):
        environment.pop(name, None)
    return subprocess.run(command, cwd=ROOT, capture_output=True, env=environment, check=True).stdout.decode("utf-8")


def without_time(text: str) -> str:
    """The seconds that a reading took differ from run to run, and with them where a line breaks."""
    return " ".join(re.sub(r"\d+[.,]\d+\s+s\b", "0.0 s", text).split())


def test_the_first_example_is_the_two_commands() -> None:
    """What a visitor copies first is `make demo` and `make test`."""
    first = re.search(r"^```sh\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert first
    assert [line.split("#")[0].strip() for line in first.group(1).splitlines()] == ["make demo", "make test"]


def test_the_report_shown_is_the_report_printed(same_arithmetic: bool) -> None:
    """Word for word, on the kind of processor that it was made on; elsewhere its title and sections."""
    printed = report()
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    shown, _, after = rest.partition(END)
    if os.environ.get("TELUSUR_GOLDEN") == "write":
        README.write_text(f"{before}{BEGIN}\n```text\n{printed.rstrip()}\n```\n{END}{after}", encoding="utf-8")
        return
    body = shown.strip().removeprefix("```text").removesuffix("```")
    if not same_arithmetic:
        pytest.skip("another kind of processor than the report was made on: its model-led lines may differ")
    assert without_time(body) == without_time(printed)
