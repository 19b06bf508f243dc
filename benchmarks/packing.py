"""Makes the dictionaries that records and texts are packed with, from the samples, and prints what they save.

Usage: python benchmarks/packing.py [--write]

A dictionary that archives were made with is never changed: unpacking needs it as it was.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from telusur.archive import packing

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "src" / "telusur" / "data" / "packing"
LONGEST = 32_768


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write 1.txt and 2.txt")
    if parser.parse_args().write:
        records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "tests" / "golden").glob("*.json"))]
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / "1.txt").write_bytes(b"\n".join(packing.bare_json(record) for record in records)[-LONGEST:])
        (FOLDER / "2.txt").write_bytes("\n".join(record["text"] for record in records).encode()[-LONGEST:])
    for number, dictionary in packing.shipped().items():
        print(f"{number}: {len(dictionary):,} bytes, {len(packing.pack(dictionary)):,} packed")


if __name__ == "__main__":
    main()
