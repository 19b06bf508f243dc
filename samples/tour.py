"""A tour of the sample articles from Python: reads each, prints what it holds in a line, writes its page.

Usage: python samples/tour.py FOLDER OUT
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import telusur
from telusur.export.reading import to_html

ROW = "{name:<14} {title:<44} {names:>5} {times:>5} {said:>6} {claims:>6} {links:>6}"


def main(folder: Path, out: Path) -> None:
    """Reads every sample in ``folder`` and writes one page each into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    print()
    print(ROW.format(name="sample", title="title", names="names", times="times", said="sayings", claims="claims", links="chain"))
    for name, record in readings(folder):
        page = out / f"{name}.html"
        page.write_text(to_html(record), encoding="utf-8")
        print(row(name, record))
    print(f"\nchain: the most hands that one saying passed through. Pages to look at: {out}/*.html")


def readings(folder: Path) -> Iterator[tuple[str, telusur.Record]]:
    """The name and the record of each sample: files first, then the lines of the JSON Lines file."""
    for path in sorted(folder.glob("*.txt")) + sorted(folder.glob("*.html")):
        yield path.stem, telusur.read(path)
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        known = {key: told.get(key) for key in ("url", "published", "publisher", "title")}
        yield told["id"], telusur.read(told.get("html") or told["text"], **known)


def row(name: str, record: telusur.Record) -> str:
    """One line of the table."""
    title = record.document.article.title or "-"
    return ROW.format(
        name=name,
        title=title if len(title) <= 44 else title[:43] + "…",
        names=len(record.entities),
        times=len(record.times),
        said=len(record.attributions),
        claims=len(record.claims),
        links=max((len(a.chain) for a in record.attributions), default=0),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
