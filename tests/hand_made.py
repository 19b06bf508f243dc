"""Hand-made records, completed: with sentences, intervals of times, and an analysis, as the reader makes them."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from telusur.analyse.sentences import find_sentences
from telusur.analyse.times import find_times
from telusur.export.json import from_json, to_json
from telusur.model.record import Analysis


def seed() -> Path:
    """The first article's record, made by hand. Missing at home, tests that need it are skipped; missing in CI, they fail."""
    folder = Path(os.environ.get("TELUSUR_SHARED") or Path(__file__).parents[2] / "shared")
    path = folder / "seed" / "record.json"
    if not path.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no record at {path}; set TELUSUR_SHARED to the folder that holds seed/")
    return path


def completed(path: Path, *, published: str | None = None, url: str | None = None) -> dict[str, Any]:
    """The record of a file made by hand, with all that a published record holds."""
    told = json.loads(path.read_text(encoding="utf-8"))
    told.pop("id", None)
    source = told["source"]
    source["url"] = url or source.get("url")
    if published:
        told["article"]["published"] = published
    elif not told["article"].get("published"):
        told["article"]["published"] = source.get("published_hint")
    record = from_json(told)
    found = {time.span: time for time in find_times(record.document)}
    times = tuple(
        replace(time, from_=near.from_, to=near.to) if (near := found.get(time.span)) and near.value == time.value else time
        for time in record.times
    )
    made = Analysis("by hand", "1", "none", 0.0)
    return to_json(replace(record, sentences=find_sentences(record.document), times=times, analysis=made))
