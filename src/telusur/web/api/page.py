"""The description of the interface as a page for people: every operation with its parameters and an example, every problem by its code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...config import Lang
from ...lexicon import read_table
from ..languages import language_of
from ..rendering import render
from . import openapi
from .problems import KINDS

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    where: str
    required: bool
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Told:
    """An operation as the page tells it. ``answer``: the name of its shape."""

    id: str
    method: str
    path: str
    what: str
    parameters: tuple[Parameter, ...]
    takes: tuple[str, ...]
    answer: str
    forms: tuple[str, ...]


@cache
def operations() -> dict[str, list[Told]]:
    """All operations by their group; whole lists stand with their list."""
    found: dict[str, list[Told]] = {}
    paths: Json = openapi.document()["paths"]
    for path, methods in paths.items():
        if path.rpartition(".")[2] in ("csv", "jsonl"):
            continue
        for method, told in methods.items():
            forms = tuple(form for form in ("csv", "jsonl") if f"{path}.{form}" in paths) if method == "get" else ()
            found.setdefault(told["tags"][0], []).append(_told(path, method, told, forms))
    return found


def _told(path: str, method: str, told: Json, forms: tuple[str, ...]) -> Told:
    good = next(answer for status, answer in told["responses"].items() if status.startswith("2"))
    (shape,) = [content["schema"] for content in good["content"].values()][:1]
    takes = tuple(f"{media}: {_name(content['schema'])}" for media, content in told.get("requestBody", {}).get("content", {}).items())
    parameters = tuple(Parameter(one["name"], one["in"], one["required"], _kind(one["schema"]), one["description"]) for one in told.get("parameters", ()))
    return Told(told["operationId"], method.upper(), "/api/v1" + path, told["summary"], parameters, takes, _name(shape), forms)


def _name(schema: Json) -> str:
    """What a shape is called."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(map(_name, schema["anyOf"]))
    return str(schema.get("type", "any"))


def _kind(schema: Json) -> str:
    """A parameter's type with its bounds, in short."""
    kind = str(schema.get("type", ""))
    if kind == "integer":
        return f"{schema.get('minimum', '')}–{schema.get('maximum', '')}"
    return {"boolean": "true, false", "string": ""}.get(kind, kind)


@cache
def shapes() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Name, words and fields of every shape, those of the record last."""
    found = []
    for name, schema in openapi.document()["components"]["schemas"].items():
        fields = [(field, _field(told), str(told.get("description", ""))) for field, told in schema.get("properties", {}).items()]
        if fields and name not in ("OpenApi",):
            found.append((name, str(schema.get("description", "")), fields))
    return sorted(found, key=lambda told: (told[0].startswith("Record"), told[0]))


def _field(schema: Json) -> str:
    if "$ref" in schema:
        return _name(schema)
    if "anyOf" in schema:
        return " | ".join(map(_field, schema["anyOf"]))
    if "enum" in schema:
        values = list(map(str, schema["enum"]))
        return " · ".join(values) if len(values) <= 12 else f"{' · '.join(values[:6])} · … ({len(values)})"
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        items = schema.get("items")
        return f"[{_field(items)}]" if isinstance(items, dict) else f"[{', '.join(_field(part) for part in schema.get('prefixItems', ()))}]"
    kind = schema.get("type", "")
    return " | ".join(kind) if isinstance(kind, list) else str(kind)


@cache
def _indonesian() -> dict[str, str]:
    return {row["en"]: row["id"] for row in read_table("api-texts", ("en", "id"))}


def told(text: str, lang: Lang) -> str:
    """What the description says, in the reader's language, in one line."""
    folded = " ".join(text.split())
    return _indonesian().get(folded, folded) if lang == "id" else folded


def show(request: Request) -> Response:
    at = f"{request.url.scheme}://{request.url.netloc}"
    lang = language_of(request)
    return render(request, "api/description.html", groups=operations(), shapes=shapes(), problems=KINDS, at=at, tell=lambda text: told(text, lang))


ROUTES = [Route("/api", show)]
