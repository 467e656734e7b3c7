"""The OpenAPI 3.1 document, generated from the operations and their models. Public: it needs no token."""

import json
from functools import cache
from typing import Any

from flask import Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.v1 import idempotency, read_endpoints, responses, write_endpoints  # noqa: F401 (they register operations)
from api.v1.operation import OPERATIONS, Operation, v1
from api.v1.problems import DEFAULT_PROBLEMS, PREFIX
from jobs.request_context import wiring

VERSION = "1.0.0"
_REF = "#/components/schemas/{model}"
_IDEMPOTENCY_KEY = {
    "name": idempotency.HEADER,
    "in": "header",
    "required": False,
    "description": "A text that identifies this change. If you repeat the request with the same key within 40 days, "
    "it's carried out only once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": idempotency.MAX_KEY_LENGTH},
}
_CREATED_HEADERS = {
    "Location": {"description": "Where to read it.", "schema": {"type": "string"}},
    "Idempotent-Replayed": {
        "description": "“true” if an earlier request with the same key created it.",
        "schema": {"type": "string"},
    },
}
_OPENAPI_OPERATION = {
    "operationId": "openapi",
    "summary": "Read this document",
    "description": "Needs no token.",
    "security": [],
    "responses": {
        "200": {
            "description": "This document",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
    },
}


@v1.get("/openapi.json", provide_automatic_options=False)
def openapi() -> Response:
    """Return the document with the desk's address."""
    content = {**document(), "servers": [{"url": f"{wiring().settings.public_url}{PREFIX}"}]}
    return Response(json.dumps(content, ensure_ascii=False), content_type="application/json")


@cache
def document() -> dict[str, Any]:
    """Return the document without the desk's address."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    paths["/openapi.json"] = {"get": _OPENAPI_OPERATION}
    summary = "The tickets of a support desk in chat apps, for portals and apps."
    return {
        "openapi": "3.1.0",
        "info": {"title": "Guichet", "version": VERSION, "summary": summary},
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    summary, description = _documentation(operation)
    content: dict[str, Any] = {
        "operationId": operation.run.__name__,
        "summary": summary,
        "description": description,
        "parameters": _parameters(operation),
        "responses": _responses(operation),
    }
    if operation.body:
        content["requestBody"] = {"required": True, "content": _content(operation.body)}
    return content


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    path = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
    return [*path, *_query_parameters(operation), *([_IDEMPOTENCY_KEY] if operation.body else [])]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    if operation.query is None:
        return []
    schema = operation.query.model_json_schema()
    required = schema.get("required", [])
    for each in schema["properties"].values():
        each.pop("title", None)
    return [
        {"name": name, "in": "query", "required": name in required, "schema": each}
        for name, each in schema["properties"].items()
    ]


def _responses(operation: Operation) -> dict[str, Any]:
    success = {"description": _documentation(operation)[0], "content": _content(operation.response)}
    if operation.body:
        success["headers"] = _CREATED_HEADERS
    problem = _content(responses.Problem, "application/problem+json")
    return {str(operation.status): success} | {
        str(status): {"description": DEFAULT_PROBLEMS[status][1], "content": problem}
        for status in _problem_statuses(operation)
    }


def _problem_statuses(operation: Operation) -> list[int]:
    statuses = {401, 422, 429, 500, 503}
    statuses |= {400, 409, 413, 415} if operation.body else set()
    statuses |= {404} if "{number}" in operation.path else set()
    statuses |= {403} if operation.is_for_managers else set()
    return sorted(statuses)


def _content(model: type[BaseModel], media_type: str = "application/json") -> dict[str, Any]:
    return {media_type: {"schema": {"$ref": _REF.format(model=model.__name__)}}}


def _schemas() -> dict[str, Any]:
    bodies = {operation.body for operation in OPERATIONS if operation.body}
    models = bodies | {operation.response for operation in OPERATIONS} | {responses.Problem}
    ordered = sorted(models, key=lambda model: model.__name__)
    modes = [(model, "validation" if model in bodies else "serialization") for model in ordered]
    _, schemas = models_json_schema(modes, ref_template=_REF)  # type: ignore[arg-type]
    definitions: dict[str, Any] = schemas["$defs"]
    return definitions


def _documentation(operation: Operation) -> tuple[str, str]:
    """Return the summary and the description from the docstring."""
    summary, _, description = (operation.run.__doc__ or "").strip().partition("\n")
    return summary.removesuffix("."), " ".join(description.split()) or summary
