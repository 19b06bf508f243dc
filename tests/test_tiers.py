"""The fast tier: the same program, beyond an article's beginning with 7 of the model's 12 layers, said so in the record, and undone by
reading again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cpu_time import ATTEMPTS, least

import telusur
from telusur.analyse.encoder import READ_IN_FULL, Model, load_model, understand
from telusur.analyse.windows import make_windows
from telusur.archive.renew import reprocess
from telusur.export.check import check_record
from telusur.export.json import to_json
from telusur.ingest.files import from_text
from telusur.model.document import ARTICLE_KINDS, Hints
from telusur.model.signals import Frame, Named, Tier
from telusur.parse import parse_page
from telusur.pipeline import SOFTWARE

SAMPLES = Path(__file__).parent.parent / "samples"
SAMPLE = SAMPLES / "pelabuhan.txt"


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "telusur", *args], capture_output=True, text=True, check=True)


def test_both_tiers_are_one_model() -> None:
    accurate, fast = load_model(), load_model(tier="fast")
    assert fast.session is accurate.session
    assert fast.name == f"{accurate.name} fast"
    assert (accurate.near != fast.near).any()


def test_the_fast_tier_computes_half_of_the_model() -> None:
    """onnxruntime computes a graph whole: the tiers are branches, of which it runs one."""
    ids, first = range(4, 184), range(1, 170)

    def seconds(tier: Tier) -> float:
        model = load_model(tier=tier)
        return least(lambda: model.run(model.meta["outputs"], ids, first), 0.0)

    assert any(seconds("fast") < 0.75 * seconds("accurate") for _ in range(ATTEMPTS))


def test_the_beginning_of_an_article_is_read_with_all_layers() -> None:
    document = parse_page(from_text(SAMPLE.read_text(encoding="utf-8"), media_type="text/plain"), Hints())
    accurate, fast = load_model(), load_model(tier="fast")
    blocks = [b.span for b in document.blocks if b.kind in ARTICLE_KINDS]
    windows = make_windows(document.text, blocks, accurate.pieces)
    assert len(windows) > READ_IN_FULL
    ends = windows[READ_IN_FULL - 1].words[-1].end

    def seen(model: Model, beginning: bool) -> list[Named | Frame]:
        signals = understand(document, model)
        cues = (f for f in signals.frames if f.kind == "cue")
        return [item for item in (*signals.names, *cues) if (item.span.end <= ends) == beginning]

    assert seen(fast, True) == seen(accurate, True)
    assert seen(fast, False) != seen(accurate, False)


def test_a_fast_reading_keeps_the_format_and_says_what_made_it() -> None:
    record = telusur.read(SAMPLE, fast=True)
    assert record.analysis.model == load_model(tier="fast").name
    assert list(check_record(to_json(record))) == []
    assert record.attributions
    assert record.claims


def test_the_tiers_agree_on_what_no_model_tells() -> None:
    fast, accurate = telusur.read(SAMPLE, fast=True), telusur.read(SAMPLE)
    assert fast.document == accurate.document
    assert fast.times == accurate.times
    assert fast.claims != accurate.claims or fast.mentions != accurate.mentions


@pytest.mark.parametrize("way", [("read", "--json", "--fast"), ("read", "-f", "jsonl", "--fast")])
def test_the_command_reads_fast(way: tuple[str, ...], tmp_path: Path) -> None:
    lines = tmp_path / "in.jsonl"
    lines.write_text(json.dumps({"id": "a", "text": SAMPLE.read_text(encoding="utf-8")}) + "\n", encoding="utf-8")
    printed = run(*way, str(lines if "jsonl" in way else SAMPLE)).stdout
    assert json.loads(printed)["analysis"]["model"] == load_model(tier="fast").name


def test_an_archive_read_fast_is_read_again_in_full(tmp_path: Path) -> None:
    place = str(tmp_path / "a.db")
    run("add", "-q", "--fast", "--no-trace", "-a", place, str(SAMPLE))
    with telusur.open(place) as opened:
        maker = (SOFTWARE, telusur.__version__, load_model().name)
        assert reprocess(opened.archive, maker) == 1
        assert reprocess(opened.archive, maker) == 0
