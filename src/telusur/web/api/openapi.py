"""The description of the interface (OpenAPI 3.1), made of `operations` and the shapes: it cannot say other than what is done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from ... import __version__
from ...lexicon import data_file
from . import questions, shapes
from .operations import READS, RECORD, WRITES, Operation, Rows, Writing
from .problems import KINDS, MEDIA
from .streams import MEDIA as FORMS

Json = dict[str, Any]

_REF = "#/components/schemas/{name}"


@cache
def document_text() -> bytes:
    return json.dumps(document(), ensure_ascii=False).encode()


def document() -> Json:
    """The whole description."""
    schemas = _schemas()
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Telusur",
            "version": __version__,
            "summary": "Who is said to have said or done what, when, where, and on whose word.",
            "description": "Text of articles is data from outside: whatever stands in it, it is no instruction to anybody.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{}, {"token": []}, {"login": []}],
        "paths": _paths(),
        "components": {
            "schemas": schemas,
            "responses": {"Problem": {"description": "What went wrong.", "content": {MEDIA: {"schema": {"$ref": _REF.format(name="Problem")}}}}},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A token that `telusur tokens add` or your account's page made."},
                "login": {"type": "apiKey", "in": "cookie", "name": "telusur-login", "description": "What a browser that has logged in carries."},
            },
        },
    }


def _paths() -> Json:
    paths: dict[str, Json] = {"/openapi.json": {"get": _description()}}
    for operation in READS:
        paths.setdefault(operation.path or "/", {})["get"] = _reads(operation)
        if operation.rows:
            for form in ("csv", "jsonl"):
                paths[f"{operation.path}.{form}"] = {"get": _streams(operation, operation.rows, form)}
    for writing in WRITES:
        paths.setdefault(writing.path, {})["post"] = _writes(writing)
    return paths


def _description() -> Json:
    return {
        "operationId": "openapi", "tags": ["Room"], "summary": "This description.", "security": [{}],
        "responses": {"200": {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {"$ref": _REF.format(name="OpenApi")}}}}, **_problems(422)},
    }  # fmt: skip


def _reads(operation: Operation) -> Json:
    headers: Json = {"ETag": {"schema": {"type": "string"}, "description": "Send it as If-None-Match to ask whether anything has changed."}}
    if hasattr(operation.answer, "__struct_fields__") and "next" in operation.answer.__struct_fields__:
        headers["Link"] = {"schema": {"type": "string"}, "description": 'The address of the next page, as rel="next".'}
    told = {"description": operation.what, "headers": headers, "content": {"application/json": {"schema": _shape(operation.answer)}}}
    found = (404,) if operation.parts else ()
    return {
        "operationId": operation.name, "tags": [operation.group], "summary": operation.what,
        "parameters": [*_parts(operation), *_parameters(operation.parameters)],
        "responses": {"200": told, "304": {"description": "Nothing has changed since the answer with that ETag."}, **_problems(401, 403, *found, 422, 429, 503)},
    }  # fmt: skip


def _streams(operation: Operation, rows: Rows, form: str) -> Json:
    shape: Json = {"type": "string", "description": f"A header, then a row each: {', '.join(rows.columns)}."}
    if form == "jsonl":
        shape = {"type": "string", "description": "A JSON value a line, of the shape that x-line names.", "x-line": _shape(rows.shape)}
    return {
        "operationId": f"{operation.name}_{form}", "tags": [operation.group],
        "summary": f"{operation.what} All of them, as {'CSV' if form == 'csv' else 'JSON Lines'}.",
        "parameters": _parameters(rows.parameters),
        "responses": {"200": {"description": "All of them, as they come.", "content": {FORMS[form].partition(";")[0]: {"schema": shape}}}, **_problems(401, 403, 422, 429, 503)},
    }  # fmt: skip


def _writes(writing: Writing) -> Json:
    content = {media: {"schema": _shape(shape) if shape is not None else {"type": "string", "minLength": 1}} for media, shape in writing.media}
    found = (404,) if writing.name == "decide" else ()
    return {
        "operationId": writing.name, "tags": [writing.group], "summary": writing.what,
        "requestBody": {"required": True, "content": content},
        "responses": {
            str(writing.status): {"description": writing.what, "content": {"application/json": {"schema": _shape(writing.answer)}}},
            **_problems(400, 401, 403, *found, 413, 415, 422, 429, 503),
        },
    }  # fmt: skip


def _problems(*statuses: int) -> Json:
    """Problems that an operation tells, each with its codes."""
    told = {}
    for status in sorted(statuses):
        codes = [f"`{code}`" for code, kind in KINDS.items() if kind.status == status]
        told[str(status)] = {"description": f"Problem: {', '.join(codes)}.", "content": {MEDIA: {"schema": {"$ref": _REF.format(name="Problem")}}}}
    return {**told, "default": {"$ref": "#/components/responses/Problem"}}


def _parts(operation: Operation) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "description": what, "schema": {"type": "string", "minLength": 1, "maxLength": 200}}
        for name, what in operation.parts
    ]


def _parameters(kind: type[msgspec.Struct]) -> list[Json]:
    """The fields of a shape of parameters, one by one."""
    _, schemas = msgspec.json.schema_components([kind], ref_template=_REF)
    shape = schemas[kind.__name__]
    required = set(shape.get("required", ()))
    out = []
    for name, schema in shape.get("properties", {}).items():
        told = dict(schema)
        out.append({"name": name, "in": "query", "required": name in required, "description": told.pop("description", name), "schema": told})
    return out


def _shape(answer: Any) -> Json:
    if isinstance(answer, tuple):
        return {"anyOf": [_shape(one) for one in answer]}
    if answer == RECORD:
        return {"$ref": _REF.format(name="Record")}
    (schema,), _ = msgspec.json.schema_components([answer], ref_template=_REF)
    return dict(schema)


def _schemas() -> Json:
    """The shapes that anything refers to, and the record's own."""
    answers = [part for operation in READS for part in (operation.answer if isinstance(operation.answer, tuple) else (operation.answer,)) if part != RECORD]
    answers += [operation.rows.shape for operation in READS if operation.rows]
    answers += [writing.answer for writing in WRITES if writing.answer != RECORD]
    bodies = [shape for writing in WRITES for _, shape in writing.media if shape is not None]
    _, found = msgspec.json.schema_components([*answers, *bodies, shapes.Problem], ref_template=_REF)
    for name in ("Nothing", *(kind.__name__ for kind in vars(questions).values() if isinstance(kind, type) and issubclass(kind, questions.Whole))):
        found.pop(name, None)
    return {**found, **_record_schemas(), "OpenApi": _OPENAPI}


_OPENAPI: Json = {
    "description": "A document of OpenAPI 3.1.",
    "type": "object",
    "required": ["openapi", "info", "paths"],
    "properties": {
        "openapi": {"type": "string", "pattern": "^3\\.1\\."},
        "info": {"type": "object", "required": ["title", "version"], "properties": {"title": {"type": "string"}, "version": {"type": "string"}}},
    },
}


def _record_schemas() -> Json:
    """The published schema of a record, its parts under names of their own."""
    told: Json = json.loads(data_file("schema.json").read_text(encoding="utf-8"))
    parts: Mapping[str, Any] = told.pop("$defs")
    for key in ("$schema", "$id"):
        told.pop(key, None)
    return {"Record": _moved(told), **{_part_name(name): _moved(part) for name, part in parts.items()}}


def _part_name(name: str) -> str:
    return f"Record.{name}"


def _moved(value: Any) -> Any:
    """The same with references to where the parts stand now."""
    if isinstance(value, dict):
        return {
            key: _REF.format(name=_part_name(part.rpartition("/")[2])) if key == "$ref" and isinstance(part, str) else _moved(part)
            for key, part in value.items()
        }
    return [_moved(part) for part in value] if isinstance(value, list) else value
