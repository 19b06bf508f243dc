"""Texts of the reading room: gathers them from templates and code, keeps their translations, makes the catalogues that ship.

    python tools/catalogues.py          gather, keep what is translated, compile
    python tools/catalogues.py check    say what is not translated, or not compiled; nothing is written

Each part of the room has a catalogue of its own (`PARTS`), so that two people do not meet in one file. Texts stand in English in the
code; src/telusur/web/locale/id/LC_MESSAGES/*.po hold the Indonesian.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parent.parent / "src" / "telusur" / "web"
LOCALE = WEB / "locale" / "id" / "LC_MESSAGES"

PARTS: dict[str, tuple[str, ...]] = {
    "accounts": ("accounts/", "templates/accounts/", "api/", "templates/api/"),
    "pictures": (
        "pictures/", "templates/pictures/", "templates/folder/", "templates/importing/",
        *(f"pages/{name}.py" for name in ("timeline", "map", "graph", "importing", "folders")),
    ),
    "room": ("",),
}
"""Each catalogue with the beginnings of the paths whose texts it holds; the first that fits counts."""

METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.atom", "jinja2"), ("**.svg", "jinja2")]
OPTIONS = {pattern: {"newstyle_gettext": "true", "silent": "false", "trim_blocks": "true", "extensions": "jinja2.ext.i18n,jinja2.ext.loopcontrols"}
           for pattern in ("**.html", "**.atom", "**.svg")}  # fmt: skip


def part_of(path: str) -> str:
    """The catalogue that a file's texts belong to."""
    return next(part for part, begins in PARTS.items() if path.startswith(begins))


def gather() -> dict[str, Catalog]:
    """All texts by catalogue, with where they stand."""
    found = {part: Catalog(locale="id", project="telusur", charset="utf-8") for part in PARTS}
    for path, line, message, comments, context in sorted(_texts(), key=lambda told: (told[0], told[1])):
        found[part_of(path)].add(message, None, [(path, line)], auto_comments=comments, context=context)
    return found


def _texts() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    yield from extract_from_dir(str(WEB), METHODS, OPTIONS, keywords={"_": None, "gettext": None, "ngettext": (1, 2)})


def read(part: str) -> Catalog:
    """A catalogue as it stands."""
    path = LOCALE / f"{part}.po"
    if not path.exists():
        return Catalog(locale="id", project="telusur")
    with path.open("rb") as file:
        return read_po(file, locale="id")


def joined(part: str, gathered: Catalog) -> Catalog:
    """The texts that are there now, with the translations that there were."""
    was = read(part)
    made = Catalog(locale="id", project="telusur", charset="utf-8", fuzzy=False, header_comment=f"# The reading room in Indonesian: {part}.", creation_date=None)
    for message in gathered:
        if message.id:
            told = was.get(message.id, message.context)
            made.add(message.id, told.string if told else None, sorted({path for path, _ in message.locations}) and [(path, None) for path in sorted({p for p, _ in message.locations})],
                     context=message.context)  # fmt: skip
    return made


def written(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=False, width=120, sort_output=True, include_lineno=False)
    kept = [line for line in out.getvalue().split(b"\n") if not line.startswith((b'"POT-Creation', b'"PO-Revision', b'"Last-Translator', b'"Language-Team', b'"Generated-By', b'"Report-Msgid'))]
    return b"\n".join(kept)


def compiled(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Texts without a translation."""
    told = [message for message in catalogue if message.id and not (all(message.string) if isinstance(message.string, list | tuple) else message.string)]
    return [str(message.id) for message in told]


def wrong() -> list[str]:
    """What keeps the catalogues from shipping."""
    found: list[str] = []
    for part, gathered in gather().items():
        catalogue = joined(part, gathered)
        found += [f"{part}.po: no translation of {text!r}" for text in missing(catalogue)]
        mo = LOCALE / f"{part}.mo"
        if len(catalogue) and (not mo.exists() or _told(_read_mo(mo)) != _told(catalogue)):
            found.append(f"{part}.mo is older than its texts: make catalogues")
    return found


def _read_mo(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_mo(file)


def _told(catalogue: Catalog) -> dict[str, object]:
    """What a catalogue says, without when and by what it was made."""
    return {"|".join(message.id) if isinstance(message.id, list | tuple) else str(message.id): tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,) for message in catalogue if message.id and message.string}


def main() -> int:
    if sys.argv[1:] == ["check"]:
        for line in (told := wrong()):
            print(line)
        return 1 if told else 0
    LOCALE.mkdir(parents=True, exist_ok=True)
    for part, gathered in gather().items():
        catalogue = joined(part, gathered)
        if not len(catalogue):
            continue
        po = written(catalogue)
        (LOCALE / f"{part}.po").write_bytes(po)
        (LOCALE / f"{part}.mo").write_bytes(compiled(read_po(io.BytesIO(po), locale="id")))
        print(f"{part}: {len(catalogue)} texts, {len(missing(catalogue))} not translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
