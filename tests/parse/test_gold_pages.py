"""Floors on real pages: plain copies with all their chrome, and HTML. They only go up."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from telusur.ingest import from_text, read_file
from telusur.model.document import Document, Hints
from telusur.parse import parse_page

Gold = Callable[[str], Mapping[str, dict[str, Any]]]

PLAIN_FLOORS = {
    "blocks.f1 paragraph": 98,
    "blocks.f1 title": 97,
    "blocks.f1 chrome": 97,
    "blocks.f1 related": 94,
    "blocks.f1 caption": 88,
    "blocks.macro_f1": 92,
}
CLEAN_FLOORS = {
    "article.fields": 98,
    "credits.f1": 95,
    "wires.f1": 93,
    "blocks.f1 paragraph": 99,
    "blocks.f1 chrome": 96,
    "blocks.f1 title": 98,
}
HTML_FLOORS = {
    "body.f1": 98,
    "title": 98,
    "date": 98,
    "people.f1*": 95,
    "captions.f1": 93,
    "credits.f1": 90,
    "wires": 95,
}


def scorer(folder: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, folder / "gold" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_record(document: Document) -> dict[str, Any]:
    """The layers of parsing in the published form."""
    article = document.article
    return {
        "text": document.text,
        "blocks": [
            {"kind": block.kind, "start": block.span.start, "end": block.span.end}
            for block in document.blocks
        ],
        "article": {
            **{
                key: getattr(article, key)
                for key in ("title", "lead", "publisher", "section", "language", "published")
            },
            "credits": [{"name": credit.name, "role": credit.role} for credit in article.credits],
            "wires": list(article.wires),
            "images": [{"caption": image.caption, "credit": image.credit} for image in article.images],
        },
    }


def read_gold(record: dict[str, Any]) -> dict[str, Any]:
    told = record["source"]
    url = told.get("url") or None
    return as_record(
        parse_page(from_text(record["text"], url=url), Hints(url=url, published=told.get("published_hint")))
    )


@pytest.mark.parametrize(
    ("sets", "floors"),
    [(("pages-dev",), PLAIN_FLOORS), (("dev", "train"), CLEAN_FLOORS)],
    ids=["copies of pages", "clean texts"],
)
def test_plain_texts(shared: Path, gold: Gold, sets: tuple[str, ...], floors: dict[str, int]) -> None:
    score = scorer(shared, "score")
    counts = [score.score_one(record, read_gold(record)) for name in sets for record in gold(name).values()]
    scores = score.total(counts)
    assert {
        key: round(100 * scores[key], 1) for key, floor in floors.items() if 100 * scores[key] < floor
    } == {}


def test_html_pages(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in sorted(shared.glob("data/html-*/*.html*")):
        name = path.name.split(".")[0]
        (tmp_path / f"{name}.json").write_text(
            json.dumps(as_record(parse_page(read_file(path), Hints()))), encoding="utf-8"
        )
    module = scorer(shared, "score_html")
    monkeypatch.setattr(
        "sys.argv", ["score_html", str(shared / "gold" / "html-dev"), str(tmp_path), "--json"]
    )
    module.main()
    scores = json.loads(capsys.readouterr().out)
    assert {
        key: round(100 * scores[key], 1) for key, floor in HTML_FLOORS.items() if 100 * scores[key] < floor
    } == {}
    assert scores["leak.chrome"] <= 0.01
    assert scores["leak.related"] <= 0.02


def test_the_first_article(shared: Path) -> None:
    """The copy of a page of 2017, read by hand: each line its block, each field of the page."""
    seed = json.loads((shared / "seed" / "record.json").read_text(encoding="utf-8"))
    document = parse_page(read_file(shared / "seed" / "article.txt"), Hints())
    got = as_record(document)
    assert document.text == seed["text"]
    assert got["blocks"] == seed["blocks"]
    for key in ("title", "lead", "publisher", "section", "language", "published", "wires", "images"):
        assert got["article"][key] == seed["article"][key], key
    assert document.article.topics == tuple(seed["article"]["topics"])
    assert [(c.name, c.role, c.span.start if c.span else None) for c in document.article.credits] == [
        (c["name"], c["role"], c["start"]) for c in seed["article"]["credits"]
    ]
