"""One operation of the API: its route, the models of what it takes and gives, and how it is carried out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel, ValidationError

from api.v1 import problems
from api.v1.auth import authenticate
from api.v1.problems import ApiError

v1 = Blueprint("v1", __name__, url_prefix=problems.PREFIX)
v1.register_error_handler(
    Exception, problems.problem_for_exception
)  # an app gets a problem, whatever happens

MAX_BODY_SIZE = 256 * 1024  # bytes
_MOST_DRAINED = 16 * 1024 * 1024


@dataclass(frozen=True)
class Operation:
    """What the route does and what the document tells of it; `name` is its operationId."""

    name: str
    method: str
    path: str  # behind the prefix, with {names}
    summary: str
    description: str
    do: Callable[..., "Created | BaseModel"]
    answer: type[BaseModel]
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    is_for_managers: bool = False

    @property
    def status(self) -> int:
        """Of an answer when all went well."""
        return 201 if self.method == "POST" else 200


@dataclass(frozen=True)
class Created:
    """The answer to a change: what was made, where it is, and whether the same key had made it before."""

    answer: BaseModel
    location: str
    is_repeat: bool


def operation(method: str, path: str, **of: Any) -> Callable[[Callable[..., Any]], Operation]:
    """Make a function the operation of this route; its docstring's first line is the summary."""

    def make(do: Callable[..., Any]) -> Operation:
        summary, _, rest = (do.__doc__ or "").strip().partition("\n")
        words = " ".join(rest.split())
        made = Operation(do.__name__, method, path, summary.rstrip("."), words, do, **of)
        rule = path.replace("{", "<").replace("}", ">")
        v1.add_url_rule(
            rule, made.name, partial(_run_operation, made), methods=[method], provide_automatic_options=False
        )
        return made

    return make


def _run_operation(made: Operation, **path: str) -> Response:
    token = authenticate()
    if made.is_for_managers and not token.is_manager:
        raise ApiError(403)
    try:
        given = _parse_request(made)
    except ValidationError as error:
        return problems.from_validation_error(error)
    done = made.do(**path, **given)
    if not isinstance(done, Created):
        return _json(done, made.status)
    response = _json(done.answer, made.status)
    response.headers["Location"] = done.location
    if done.is_repeat:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def _parse_request(made: Operation) -> Mapping[str, BaseModel]:
    query, given = request.args.to_dict(), dict[str, BaseModel]()
    if made.query:
        given["query"] = made.query.model_validate(query)
    elif query:
        raise ApiError(422, "not-right", "This address takes no parameters.")
    if made.body:
        given["body"] = made.body.model_validate_json(_body())
    return given


def _body() -> bytes:
    """The bytes of a JSON body of limited size."""
    request.max_content_length = (
        MAX_BODY_SIZE + 1
    )  # so that one more than allowed is seen where no length was told
    body = b"" if (request.content_length or 0) > MAX_BODY_SIZE else request.get_data()
    if len(body) > MAX_BODY_SIZE or (request.content_length or 0) > MAX_BODY_SIZE:
        _drain()
        raise ApiError(413)
    if request.mimetype != "application/json":
        raise ApiError(415)
    return body


def _drain() -> None:
    """Read the rest, or the sender sees only a broken connection."""
    is_ended = bool(request.environ.get("wsgi.input_terminated"))  # by the server, where no length was told
    left = min(request.content_length or (_MOST_DRAINED if is_ended else 0), _MOST_DRAINED)
    stream = request.environ["wsgi.input"]
    while left > 0 and (chunk := stream.read(min(left, 64 * 1024))):
        left -= len(chunk)


def _json(answer: BaseModel, status: int) -> Response:
    return Response(answer.model_dump_json(), status, content_type="application/json")
