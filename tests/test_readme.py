"""The README opens with its two commands, and the report that it shows is the one that the program prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
REST_OF_CLAIM = "EACH OUTLET'S WORDS"
"""Where the claim's report is broken off: what follows are the sentences of each outlet."""
TELUSUR = Path(sys.executable).with_name("telusur")


def printed_by(*arguments: str) -> str:
    """What the program prints into a pipe."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "OMP_NUM_THREADS": "1"}
    for name in ("TELUSUR_WIDTH", "TELUSUR_ARCHIVE", "FORCE_COLOR"):
        environment.pop(name, None)
    return subprocess.run([str(TELUSUR), *arguments], cwd=ROOT, capture_output=True, env=environment, check=True).stdout.decode("utf-8")


def report(_: Path) -> str:
    return printed_by("read", "--lang", "en", "samples/pelabuhan.txt")


def claim(folder: Path) -> str:
    """The claim's report on the sample articles, up to the words of each outlet."""
    archive = str(folder / "demo.db")
    printed_by("add", "samples", "-q", "-a", archive)
    printed = printed_by("claim", "--lang", "en", "-a", archive, "Milisi Sadeng merundingkan kemungkinan keluar dari Pelabuhan Orun")
    assert REST_OF_CLAIM in printed
    return printed.partition(REST_OF_CLAIM)[0]


def without_time(text: str) -> str:
    """The seconds that a reading took differ from run to run, and with them where a line breaks."""
    return " ".join(re.sub(r"\d+[.,]\d+\s+s\b", "0.0 s", text).split())


def test_the_first_example_is_the_two_commands() -> None:
    """What a visitor copies first is `make demo` and `make test`."""
    first = re.search(r"^```sh\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert first
    assert [line.split("#")[0].strip() for line in first.group(1).splitlines()] == ["make demo", "make test"]


@pytest.mark.parametrize("example", [report, claim], ids=["report", "claim"])
def test_the_report_shown_is_the_report_printed(example: Callable[[Path], str], same_arithmetic: bool, tmp_path: Path) -> None:
    """Word for word, on the kind of processor that it was made on; elsewhere it is there."""
    printed = example(tmp_path)
    begin, end = f"<!-- {example.__name__}: begin (made by `make golden`) -->", f"<!-- {example.__name__}: end -->"
    before, found, rest = README.read_text(encoding="utf-8").partition(begin)
    shown, closed, after = rest.partition(end)
    assert found, f"the README lacks {begin}"
    assert closed, f"the README lacks {end}"
    if os.environ.get("TELUSUR_GOLDEN") == "write":
        README.write_text(f"{before}{begin}\n```text\n{printed.rstrip()}\n```\n{end}{after}", encoding="utf-8")
        return
    body = shown.strip().removeprefix("```text").removesuffix("```")
    if not same_arithmetic:
        pytest.skip("another kind of processor than the report was made on: its model-led lines may differ")
    assert without_time(body) == without_time(printed)
