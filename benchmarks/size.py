"""What an installation of Telusur takes on disk, package by package, in a fresh virtual environment.

Usage: python benchmarks/size.py    (the project must be installable from its folder; takes a minute)

Prints MB of each installed distribution, by the files that it owns, largest first, and the sum. The compiled byte code
is counted where it stands. The interpreter, pip and setuptools are not counted: they are there before.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

LIMIT_MB = 250

LIST_SIZES = """
import json
from importlib.metadata import distributions
sizes = {}
for found in distributions():
    files = [found.locate_file(f) for f in found.files or ()]
    sizes[found.metadata["Name"]] = sum(f.stat().st_size for f in files if f.is_file())
print(json.dumps(sizes))
"""

THERE_BEFORE = {"pip", "setuptools"}


def main() -> int:
    project = Path(__file__).parent.parent
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(project)], check=True)
        listed = subprocess.run([python, "-c", LIST_SIZES], check=True, capture_output=True, text=True, cwd=folder)
    megabytes = {name: size / 1e6 for name, size in json.loads(listed.stdout).items() if name not in THERE_BEFORE}
    for name, size in sorted(megabytes.items(), key=lambda item: -item[1]):
        print(f"{name:28}{size:8.1f} MB")
    total = sum(megabytes.values())
    print(f"{'together':28}{total:8.1f} MB   (limit {LIMIT_MB})")
    return 0 if total < LIMIT_MB else 1


if __name__ == "__main__":
    sys.exit(main())
