"""Whether an installation works: its parts, its word lists, its model, the reading of a shipped sample, the archive.

Comes in: where the archive is. Goes out: one finding for each part, in the order in which they rest on one another.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from .analyse.stems import VERSION as STEMS
from .errors import TelusurError
from .lexicon import data_file, read_table

Finding = tuple[str, bool, str]
"""What was looked at, whether it is broken, and a note: what was found, or what to do."""


def examine(archive: str | None = None) -> Iterator[Finding]:
    """Looks at one part after another. Each finding is made when it is asked for. ``archive``: where it is."""
    yield from _parts()
    yield _terminal()
    yield _tables()
    yield _sample()
    if archive is not None:
        yield _archive(archive)


def _parts() -> Iterator[Finding]:
    """What the package itself says it needs, extras left aside."""
    needed = (line for line in metadata.requires("telusur") or () if "extra ==" not in line)
    for name in sorted(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed):
        try:
            yield name, False, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, True, f"not installed; pip install {name}"


def _terminal() -> Finding:
    """Another encoding than UTF-8 is no fault: records are UTF-8 all the same, reports lose some marks."""
    encoding = (sys.stdout.encoding or "utf-8").casefold()
    note = "reports show ? for marks it does not have" if encoding != "utf-8" else "all marks can be shown"
    return "output", False, f"{encoding}; {note}"


def _tables() -> Finding:
    count = 0
    try:
        for table in data_file("words").iterdir():
            if table.name.endswith(".tsv"):
                count += sum(1 for _ in read_table(table.name.removesuffix(".tsv"), ()))
    except (TelusurError, OSError) as error:
        return "word lists", True, str(error)
    return "word lists", count == 0, f"{count} rows"


def _sample() -> Finding:
    try:
        from .ingest.files import from_bytes
        from .pipeline import read

        record = read(from_bytes(data_file("sample.txt").read_bytes(), name="sample.txt"))
    except (TelusurError, OSError, ImportError, AttributeError) as error:
        return "sample article", True, f"{type(error).__name__}: {error}; install telusur anew from a complete package"
    found = (
        f"{len(record.entities)} names, {len(record.times)} times, {len(record.attributions)} attributions, "
        f"{len(record.claims)} claims in {record.analysis.seconds:.1f} s; model {record.analysis.model}"
    )
    return "sample article", not (record.entities and record.attributions), found


def _archive(place: str) -> Finding:
    """None yet is no fault; one that cannot be used is."""
    from .archive import open_archive
    from .archive.engine import is_url
    from .archive.stats import stats

    if not is_url(place) and not Path(place).expanduser().exists():
        return "archive", False, f"none yet; `telusur add` makes it at {place}"
    try:
        with open_archive(place) as opened:
            found = stats(opened)
    except TelusurError as error:
        return "archive", True, str(error)
    note = f"{found['archive']}; {found['articles']:,} articles, {found['bytes'] / 1e6:,.1f} MB, schema {found['schema']}"
    if found["stems"] != STEMS:
        return "archive", True, f"{note}; its words are of another stemmer; `telusur db reindex` makes them anew"
    return "archive", False, note
