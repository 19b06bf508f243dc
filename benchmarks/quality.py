"""Scores the program on the gold articles and writes the tables into docs/quality.md, each section between its two marks.

Usage: python benchmarks/quality.py          (`make quality`; the gold articles lie in $TELUSUR_SHARED, else ../shared)
       python benchmarks/quality.py --page   puts the kept figures into the page, without reading anything

Figures that take long come from other commands, which keep them under benchmarks/results: `benchmarks/breakdown.py` (of the
cross-validation's readings) and `python -m training.calibration`. Where the cross-validation's readings are at hand, the
first is run anew.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import breakdown
from sections import SECTIONS, made, put

from telusur import __version__
from telusur.analyse.encoder import load_model
from telusur.evaluate import evaluate
from telusur.export.json import dumps
from telusur.ingest.files import read_file
from telusur.pipeline import read
from telusur.scoring import Score

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "quality.md"
GATE = tomllib.loads((ROOT / "tests" / "gate.toml").read_text(encoding="utf-8"))

TITLES = {
    "dev": "Articles (30, plain text)",
    "pages-dev": "Pages copied with all that stands on them (18, plain text): blocks only",
    "html-dev": "Saved pages (18, HTML)",
}


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    if "--page" not in sys.argv[1:]:
        page = put(page, "scores", scored())
        if any((breakdown.CROSSVAL / "read").glob("*.json")):
            subprocess.run([sys.executable, breakdown.__file__], check=True)
    for name in SECTIONS:
        text = made(name)
        if text is None:
            print(f"no figures for the section {name!r}; it stays as it is")
        else:
            page = put(page, name, text)
    PAGE.write_text(page, encoding="utf-8")
    print(f"written into {PAGE.relative_to(ROOT)}")


def scored() -> str:
    """The scores of the three sets, read now."""
    shared = Path(os.environ.get("TELUSUR_SHARED") or ROOT.parent / "shared")
    if not (shared / "gold").is_dir():
        sys.exit(f"no gold articles at {shared}; set TELUSUR_SHARED to the folder that holds gold/")
    tables = [f"Program {__version__}, model {load_model().name}. Points out of 100; in brackets a 95 % interval over articles."]
    for name in ("dev", "pages-dev"):
        found = evaluate(shared / "gold" / name)
        tables.append(table(name, {key: score for key, score in found.scores.items() if name == "dev" or key.startswith("blocks.")}))
    tables.append(table("html-dev", {key: Score(value, None, None) for key, value in of_pages(shared).items()}))
    return "\n".join(tables)


def of_pages(shared: Path) -> dict[str, float | None]:
    """The scores of the HTML pages, by the scorer that lies with their labels."""
    pages = {path.name.split(".")[0]: path for path in (shared / "data").glob("html-*/*.html*")}
    labels = shared / "gold" / "html-dev"
    with tempfile.TemporaryDirectory() as folder:
        for label in labels.glob("*.json"):
            (Path(folder) / label.name).write_text(dumps(read(read_file(pages[label.stem]))), encoding="utf-8")
        command = [sys.executable, str(shared / "gold" / "score_html.py"), str(labels), folder, "--json"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    scores: dict[str, float | None] = json.loads(printed)
    return scores


def table(name: str, scores: dict[str, Score]) -> str:
    """One table: measure, score, the floor or ceiling that the gate holds."""
    gate = GATE[name]
    lines = [f"\n### {TITLES[name]}\n", "| measure | score | interval | held by the gate |", "| --- | ---: | --- | --- |"]
    for key, score in scores.items():
        least, most = gate["at_least"].get(key), gate["at_most"].get(key)
        bound = f"at least {least}" if least is not None else f"at most {most}" if most is not None else ""
        value = "-" if score.value is None else f"{100 * score.value:.1f}"
        interval = "" if score.low is None or score.high is None else f"{100 * score.low:.1f} to {100 * score.high:.1f}"
        lines.append(f"| {key} | {value} | {interval} | {bound} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
