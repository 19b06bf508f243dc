"""Our own readings: attributions and claims of further articles, read by hand, kept without the articles' words.

``training/readings.jsonl.gz`` holds, for each article, its id in the shared corpora, the hash of its text, and the
readings as offsets; ``beside_gold`` where the reader had gold readings of other articles beside him; ``since`` the number of the first model that could have learnt from it, where that is not the first that has such
readings; no ``attributions`` where claims alone were read. The text is the outlet's and stays where it is; ``build`` puts the two together:

    python -m training.readings build --shared ../shared      # records in training/cache/readings

Names, times and blocks in those records are the program's own, not read by hand: they teach nothing.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from telusur.export.json import to_json
from telusur.ingest.files import from_text
from telusur.model.document import Hints
from telusur.model.record import Failure
from telusur.pipeline import read_or_fail

Json = dict[str, Any]
READINGS = Path(__file__).parent / "readings.jsonl.gz"
CACHE = Path(__file__).parent / "cache"
NOT_BY_HAND = "names"
"""Key in a record whose names, times and blocks were not read by hand; its value is False."""
FORM = 2
"""Of the records that `build` makes; raised when they change."""
CLAIMS_ALONE = "claims alone"
"""Key in a record whose attributions are the program's too; its value is True."""
LOOSE = "loose"
"""Key in a record whose reader had no gold readings beside him, and told more than they do; its value is True."""


def article_text(row: Json) -> str:
    """The text that was read: the title and the body of a corpus row, as one plain page."""
    title = str(row.get("title") or "").strip()
    body = str(row["text"]).strip()
    return (f"{title}\n\n{body}\n" if title else f"{body}\n").replace("\r", "")


def corpus_rows(shared: Path, wanted: set[str]) -> Iterator[Json]:
    for path in sorted((shared / "data").glob("news-*/articles.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["id"] in wanted:
                    yield row


def read_readings(path: Path = READINGS) -> dict[str, Json]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


def write_readings(readings: Iterable[Json], path: Path = READINGS) -> None:
    """One reading a line, sorted by id; the same bytes for the same readings."""
    body = "".join(json.dumps(r, separators=(",", ":")) + "\n" for r in sorted(readings, key=lambda r: str(r["id"])))
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        file.write(body.encode())


def record_of(row: Json, reading: Json) -> Json | None:
    """The article as a gold record; None where its text is not the text that was read, or cannot be read."""
    text = article_text(row)
    if hashlib.sha256(text.encode()).hexdigest() != reading["sha256"]:
        return None
    published = None if row.get("published") in (None, "None") else str(row["published"])[:10]
    url = row.get("url") or None
    read = read_or_fail(from_text(text, url=url, media_type="text/plain"), Hints(id=row["id"], url=url, published=published))
    if isinstance(read, Failure):
        return None
    record: Json = json.loads(json.dumps(to_json(read)))
    record["source"] = {"url": url, "published_hint": published, "publisher_hint": row["outlet"]}
    record[NOT_BY_HAND] = False
    record[LOOSE] = not reading.get("beside_gold", False)
    _lay_over(record, reading)
    return record


def _lay_over(record: Json, reading: Json) -> None:
    """Puts what was read by hand in the place of what the program read."""
    text = record["text"]
    entity_at = {(m["start"], m["end"]): m["entity"] for m in record["mentions"]}

    def part(item: list[Any]) -> Json:
        role, start, end = item
        return {"role": role, "start": start, "end": end, "text": text[start:end], "entity": entity_at.get((start, end))}

    times = list(record["times"])

    def time_at(span: list[int] | None) -> str | None:
        if span is None:
            return None
        found = next((t["id"] for t in times if t["start"] < span[1] and t["end"] > span[0]), None)
        if found is None:
            found = f"h{len(times)}"
            times.append({"id": found, "start": span[0], "end": span[1], "text": text[span[0] : span[1]], "type": "DATE", "value": "", "mod": None})
        return found

    def spans(pairs: list[list[int]]) -> list[Json]:
        return [{"start": a, "end": b} for a, b in pairs]

    record[CLAIMS_ALONE] = "attributions" not in reading
    if not record[CLAIMS_ALONE]:
        record["attributions"] = [
            {"id": f"a{n}", "style": a["style"], "content": spans(a["content"]), "cue": spans([a["cue"]])[0] if a["cue"] else None, "chain": [part(x) for x in a["chain"]]}
            for n, a in enumerate(reading["attributions"])
        ]
    record["claims"] = [
        {
            "id": f"c{n}", "type": c["type"], "trigger": {**spans([c["trigger"]])[0], "text": text[slice(*c["trigger"])]},
            "participants": [part(x) for x in c["participants"]], "time": time_at(c["time"]), "certainty": c["certainty"],
            "polarity": c["polarity"], "tense": c["tense"], "casualties": c["casualties"],
            "according_to": None if c["according_to"] is None else f"a{c['according_to']}",
        }
        for n, c in enumerate(reading["claims"])
    ]  # fmt: skip
    record["times"] = sorted(times, key=lambda t: t["start"])


def _mark(reading: Json) -> str:
    """Names a reading, and what records are made of it: one that an earlier form made is made anew."""
    return hashlib.sha256(json.dumps([FORM, reading], sort_keys=True).encode()).hexdigest()[:16]


def build(shared: Path, out: Path, processes: int = 1) -> int:
    """Writes one record an article; how many. Articles that are not at hand, or have changed, are named and left out;
    what an earlier call made of the same reading stays."""
    readings = read_readings()
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.json"):
        if old.stem not in readings:
            old.unlink()
    rows = corpus_rows(shared, set(readings))
    with ProcessPoolExecutor(processes) as pool:
        return sum(pool.map(partial(_built, out=out), ((row, readings[row["id"]]) for row in rows), chunksize=16))


def _built(article: tuple[Json, Json], out: Path) -> bool:
    """Whether the record of a corpus row and its reading is there now."""
    row, reading = article
    target, mark = out / f"{row['id']}.json", _mark(reading)
    if target.exists() and json.loads(target.read_text(encoding="utf-8")).get("reading") == mark:
        return True
    record = record_of(row, reading)
    if record is None:
        print(f"{row['id']}: not the text that was read; left out", flush=True)
        return False
    record["reading"] = mark
    target.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("step", choices=("build",))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=CACHE / "readings")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    print(f"{build(options.shared, options.out, options.processes)} records in {options.out}")


if __name__ == "__main__":
    main()
