"""The description of the interface: it holds, it leaves nothing open, and what it says is what is done."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from archive.records import kept
from telusur.archive import open_archive
from telusur.lexicon import read_table
from telusur.trace.update import update
from telusur.web.api import openapi, page
from telusur.web.api.operations import READS, WRITES
from telusur.web.rendering import coded
from telusur.web.settings import RoomSettings
from web.rooms import open_room

SECONDS = int(os.environ.get("TELUSUR_FUZZ") or 8)
"""How long requests are made up; `make fuzz` takes longer."""

DOCUMENT = openapi.document()


def schemas(value: Any, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of a part of the document, with its place."""
    if isinstance(value, dict):
        if "type" in value or "$ref" in value or "anyOf" in value or "enum" in value:
            yield at, value
        for key, part in value.items():
            yield from schemas(part, f"{at}/{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from schemas(part, f"{at}/{number}")


def test_no_object_is_free_of_form() -> None:
    """Every object says what it holds; every list, of what. The document that describes itself is the only one that may hold more."""
    for at, schema in schemas(DOCUMENT, ""):
        if at.startswith("/components/schemas/OpenApi"):
            continue
        kinds = schema.get("type")
        if kinds == "object" or (isinstance(kinds, list) and "object" in kinds):
            assert schema.get("properties") or schema.get("patternProperties") or schema.get("additionalProperties"), at
            assert schema.get("additionalProperties") is not True, at
        if kinds == "array":
            assert "items" in schema or "prefixItems" in schema, at


def test_every_reference_leads_somewhere() -> None:
    names = DOCUMENT["components"]["schemas"]
    found = {str(part["$ref"]).rpartition("/")[2] for _, part in schemas(DOCUMENT, "") if "$ref" in part}
    assert found - {"Problem"} <= set(names) | set(DOCUMENT["components"]["responses"])
    assert set(names) >= {"Line", "Record", "Problem", "Traced"}
    for schema in names.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_operation_is_described() -> None:
    """With what it is for, each parameter's meaning, what it gives, and which problems it tells; names are unique."""
    told = {(path, method): operation for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()}
    ids = [operation["operationId"] for operation in told.values()]
    assert len(ids) == len(set(ids))
    assert {operation.path or "/" for operation in READS} | {writing.path for writing in WRITES} <= {path for path, _ in told}
    for operation in told.values():
        assert operation["summary"].endswith(".")
        assert all(parameter["description"] for parameter in operation.get("parameters", ()))
        assert {"422", "default"} <= set(operation["responses"])


def test_made_up_requests_find_nothing(tmp_path: Path) -> None:
    """Schemathesis makes up requests by the description, good and bad ones: no fault, no answer that the description does not
    have, no good request refused, no bad one taken."""
    folder = tmp_path / "archive"
    with open_archive(folder / "archive.db", create=True) as archive:
        kept(archive, range(6))
        update(archive)
        room = RoomSettings(by="penguji", sql_seconds=60)
        with open_room(archive, room) as opened:
            assert opened.client().get("/api/v1/openapi.json").status == 200  # made at the first question: not within the client's patience
            command = [
                Path(sys.executable).with_name("schemathesis"), "--config-file", Path(__file__).with_name("schemathesis.toml"), "run", f"{opened.at}/api/v1/openapi.json",
                "--wait-for-schema", 120, "--phases", "coverage,fuzzing", "--max-time", SECONDS, "--max-examples", 3 if SECONDS < 60 else 300, "--seed", 1, "--request-timeout", 300, "--suppress-health-check", "all",
                "--warnings", "off", "--no-color",
            ]  # fmt: skip
            ended = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, cwd=tmp_path, timeout=120 + 3 * SECONDS)
    if ended.returncode:
        pytest.fail(ended.stdout[-6000:] + ended.stderr[-2000:])
    print(ended.stdout[-1500:])  # how many cases there were: `pytest -rP`
    assert "Test cases:" in ended.stdout


def test_the_page_tells_everything_in_both_languages() -> None:
    """Every operation, parameter, shape and field stands in the table of translations, and nothing else does."""
    texts = {one.what for group in page.operations().values() for one in group}
    texts |= {parameter.what for group in page.operations().values() for one in group for parameter in one.parameters}
    texts |= {words for _, words, _ in page.shapes()} | {what for _, _, fields in page.shapes() for _, _, what in fields}
    texts = {" ".join(text.split()) for text in texts} - {""}
    known = {row["en"]: row["id"] for row in read_table("api-texts", ("en", "id"))}
    assert not texts - known.keys()
    assert not known.keys() - texts
    for english, indonesian in known.items():
        assert sorted(re.findall(r"`+[^`]+`+", english)) == sorted(re.findall(r"`+[^`]+`+", indonesian)), "code is the same in both"


def test_code_is_shown_as_code_and_all_of_it_is_harmless() -> None:
    assert coded("Give it as `after`; ``[start, end)`` <b>") == "Give it as <code>after</code>; <code>[start, end)</code> &lt;b&gt;"
    assert coded("`<script>` and a ` alone") == "<code>&lt;script&gt;</code> and a ` alone"
