"""Operations of the API: what each one takes and returns, and how a request runs it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel, ValidationError

from api.v1 import problems
from api.v1.auth import authenticate
from api.v1.problems import ApiError

v1 = Blueprint("v1", __name__, url_prefix=problems.PREFIX)
v1.register_error_handler(Exception, problems.problem_for_exception)

MAX_BODY_SIZE = 256 * 1024  # bytes


@dataclass(frozen=True)
class Operation:
    """A route and its models; the name and docstring of `run` are the operationId and the documentation."""

    method: str
    path: str  # after the prefix, with {parameters}
    run: Callable[..., "Created | BaseModel"]
    response: type[BaseModel]
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    is_for_managers: bool = False

    @property
    def status(self) -> int:
        """The status of a successful response."""
        return 201 if self.method == "POST" else 200


@dataclass(frozen=True)
class Created:
    """The response to a change: what was created, its path, and whether its key had been used before."""

    response: BaseModel
    location: str
    is_repeat: bool


OPERATIONS: list[Operation] = []


def operation(method: str, path: str, **options: Any) -> Callable[[Callable[..., Any]], Operation]:
    """Register a function as the operation of this route."""

    def register(run: Callable[..., Any]) -> Operation:
        made = Operation(method, path, run, **options)
        OPERATIONS.append(made)
        rule = path.replace("{", "<").replace("}", ">")
        view = partial(_respond, made)
        v1.add_url_rule(rule, run.__name__, view, methods=[method], provide_automatic_options=False)
        return made

    return register


def _respond(operation: Operation, **path: str) -> Response:
    token = authenticate()
    if operation.is_for_managers and not token.is_manager:
        raise ApiError(403)
    try:
        arguments = _parse_request(operation)
    except ValidationError as error:
        return problems.from_validation_error(error)
    result = operation.run(**path, **arguments)
    if not isinstance(result, Created):
        return _json_response(result, operation.status)
    response = _json_response(result.response, operation.status)
    response.headers["Location"] = result.location
    if result.is_repeat:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def _parse_request(operation: Operation) -> dict[str, BaseModel]:
    query, arguments = request.args.to_dict(), dict[str, BaseModel]()
    if operation.query:
        arguments["query"] = operation.query.model_validate(query)
    elif query:
        raise ApiError(422, "not-right", "This address takes no parameters.")
    if operation.body:
        arguments["body"] = operation.body.model_validate_json(_read_body())
    return arguments


def _read_body() -> bytes:
    # One byte more than allowed: Werkzeug also refuses a chunked body that has exactly the maximum.
    request.max_content_length = MAX_BODY_SIZE + 1
    body = request.get_data()
    if len(body) > MAX_BODY_SIZE:
        raise ApiError(413)
    if request.mimetype != "application/json":
        raise ApiError(415)
    return body


def _json_response(model: BaseModel, status: int) -> Response:
    return Response(model.model_dump_json(), status, content_type="application/json")
