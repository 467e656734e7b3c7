"""The OpenAPI 3.1 document: made from the operations and from the models that validate and answer. For anybody."""

import json
from functools import cache
from typing import Any

from flask import Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.v1 import idempotency, responses
from api.v1.operation import Operation, v1
from api.v1.problems import DEFAULT_PROBLEMS, PREFIX
from api.v1.routes import OPERATIONS
from jobs.request_context import wiring

VERSION = "1.0.0"
_REF = "#/components/schemas/{model}"
_COMMON_STATUSES = (401, 429, 503)
_IDEMPOTENCY_PARAMETER = {
    "name": idempotency.HEADER,
    "in": "header",
    "required": False,
    "description": "A text of your own for this very change: however often it is sent with it, it is made once. "
    "Remembered for 40 days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": idempotency.MAX_KEY_LENGTH},
}
_CREATED_HEADERS = {
    "Location": {"description": "Where it is.", "schema": {"type": "string"}},
    "Idempotent-Replayed": {
        "description": "“true” when the same key had made it before.",
        "schema": {"type": "string"},
    },
}


@v1.get("/openapi.json", provide_automatic_options=False)
def openapi() -> Response:
    """The document; it tells nothing of any desk but its address."""
    told = {**document(), "servers": [{"url": f"{wiring().settings.public_url}{PREFIX}"}]}
    return Response(json.dumps(told, ensure_ascii=False), content_type="application/json")


@cache
def document() -> dict[str, Any]:
    """Everything but where the desk is."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation_json(operation)
    paths["/openapi.json"] = {"get": _openapi_operation()}
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


def _operation_json(operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.description or f"{operation.summary}.",
        "parameters": [
            *_path_parameters(operation),
            *_query_parameters(operation),
            *([_IDEMPOTENCY_PARAMETER] if operation.body else []),
        ],
        "responses": _responses(operation),
    }
    if operation.body:
        told["requestBody"] = {"required": True, "content": _content(operation.body)}
    return told


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    if operation.query is None:
        return []
    schema = operation.query.model_json_schema(mode="validation")
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _without_title(each)}
        for name, each in schema["properties"].items()
    ]


def _responses(operation: Operation) -> dict[str, Any]:
    made: dict[str, Any] = {"description": operation.summary, "content": _content(operation.answer)}
    if operation.body:
        made["headers"] = _CREATED_HEADERS
    return {str(operation.status): made} | {
        str(status): _problem(status) for status in _problem_statuses(operation)
    }


def _problem_statuses(operation: Operation) -> list[int]:
    """Every status with which it may be refused."""
    statuses = {*_COMMON_STATUSES, 422}
    statuses |= {400, 409, 413, 415} if operation.body else set()
    statuses |= {404} if "{number}" in operation.path else set()
    statuses |= {403} if operation.is_for_managers else set()
    return sorted(statuses)


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model=responses.Problem.__name__)}
    words = DEFAULT_PROBLEMS[status][1] if status in DEFAULT_PROBLEMS else _PROBLEM_DESCRIPTIONS[status]
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


_PROBLEM_DESCRIPTIONS = {
    409: "The ticket's status does not permit it.",
    422: "Something in it is not right; each thing is named.",
}


def _content(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=model.__name__)}}}


def _schemas() -> dict[str, Any]:
    given = {operation.body for operation in OPERATIONS if operation.body}
    answered = {operation.answer for operation in OPERATIONS} | {responses.Problem}
    ordered = sorted(given | answered, key=lambda model: model.__name__)
    modes = [(model, "validation" if model in given else "serialization") for model in ordered]
    _, schemas = models_json_schema(modes, ref_template=_REF)  # type: ignore[arg-type]
    found: dict[str, Any] = schemas["$defs"]
    return found


def _without_title(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "title"}


def _openapi_operation() -> dict[str, Any]:
    return {
        "operationId": "openapi",
        "summary": "Read this document",
        "description": "For anybody, without a token.",
        "security": [],
        "responses": {
            "200": {
                "description": "This document",
                "content": {"application/json": {"schema": {"type": "object"}}},
            }
        },
    }
