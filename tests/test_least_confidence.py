"""`telusur read --least-confidence`: only what is sure enough, and how much was left out, in every form of output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from telusur.bulk import answers
from telusur.config import settings

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "pelabuhan.txt"


def telusur(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "telusur", *args], capture_output=True, text=True, check=False)


def test_the_record_holds_what_is_sure_and_counts_the_rest() -> None:
    found = telusur("read", "--json", "--least-confidence", "0.8", str(SAMPLE))
    assert found.returncode == 0
    record = json.loads(found.stdout)
    left = record["analysis"]["left_out"]
    assert left["below"] == 0.8
    assert left["claims"] > 0
    assert all(claim["confidence"]["type"] >= 0.8 for claim in record["claims"])
    assert all(quote["confidence"]["speaker"] >= 0.8 for quote in record["attributions"])
    assert f"{left['claims']} claims" in found.stderr


def test_the_report_says_in_its_language_that_it_is_not_whole() -> None:
    found = telusur("read", "--least-confidence", "0.8", "--lang", "id", str(SAMPLE))
    assert "kurang yakin dari 0.8" in " ".join(found.stdout.split())


@pytest.mark.parametrize("jobs", [1, 2])
def test_lines_are_thinned_alike_by_any_number_of_processes(jobs: int) -> None:
    line = json.dumps({"id": "a", "text": SAMPLE.read_text(encoding="utf-8")}).encode()
    whole, sure = (json.loads(next(iter(answers([line], jobs, least))).line) for least in (None, 0.9))
    assert "left_out" not in whole["analysis"]
    assert len(whole["mentions"]) == len(sure["mentions"]) + sure["analysis"]["left_out"]["mentions"]


@pytest.mark.parametrize("value", ["1.5", "-0.1", "sure"])
def test_what_is_no_share_is_refused(value: str) -> None:
    assert telusur("read", "--least-confidence", value, str(SAMPLE)).returncode == 2


def test_nothing_is_left_out_unasked() -> None:
    assert settings({}).least_confidence is None
