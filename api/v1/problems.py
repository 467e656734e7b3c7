"""Error responses as RFC 9457 problems: a stable code, and a sentence for people."""

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import Response, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from api.v1.responses import Problem, Wrong
from bot.messages.errors import (
    ArchiveUnavailable,
    GuichetError,
    IdempotencyKeyReused,
    InvalidDetails,
    NotAllowed,
    NotFound,
    WriteConflict,
)
from jobs.request_context import drain_body
from store.agents.login_throttle import TooManyAttempts
from store.outage import is_outage

log = logging.getLogger(__name__)

PREFIX = "/api/v1"
RETRY_AFTER = {429: "60", 503: "5"}  # seconds
MAX_FIELD_LENGTH = 100

DEFAULT_PROBLEMS = {
    400: ("bad-request", "The request can't be read."),
    401: ("no-token", "Send a valid token: Authorization: Bearer guichet_…"),
    403: ("not-open", "Only manager tokens can read this."),
    404: ("not-found", "There's nothing at this address."),
    405: ("bad-method", "This address doesn't take this method."),
    409: ("not-allowed", "The ticket's status doesn't allow it."),
    413: ("too-large", "The body is larger than 256 KB."),
    415: ("not-json", "Send JSON: Content-Type: application/json."),
    422: ("not-right", "Something in the request is invalid; see `errors`."),
    429: ("too-many-tries", "Too many wrong tokens from your address; wait a minute."),
    500: ("our-fault", "Something went wrong on our side; it's safe to retry with the same key."),
    503: ("try-again", "The desk's data is unavailable right now; nothing was changed."),
}

EXCEPTION_PROBLEMS: dict[type, tuple[int, str, str]] = {
    IdempotencyKeyReused: (422, "key-reused", "Another request used this Idempotency-Key; use a new one."),
    NotFound: (404, "not-found", "There's no such ticket or deadline."),
    ArchiveUnavailable: (503, "archive-away", "The ticket isn't live, and the archive isn't responding."),
    WriteConflict: (503, "busy", "Someone else changed it at the same time; nothing was written, try again."),
    GuichetError: (409, "refused", "That can't be done now."),
    TooManyAttempts: (429, "", ""),
}


class ApiError(Exception):
    """Respond with this status, and with these texts instead of the default ones."""

    def __init__(self, status: int, code: str = "", detail: str = "") -> None:
        super().__init__(detail or str(status))
        self.status, self.code, self.detail = status, code, detail


def problem_for_exception(error: Exception) -> Response:
    """Return the response for any exception."""
    match error:
        case ApiError():
            return problem_response(error.status, error.code, error.detail)
        case HTTPException():
            return _http_problem(error)
        case InvalidDetails(problems=found):
            return validation_problem(
                Wrong(field=_field(("details", key)), detail=detail) for key, detail in found.items()
            )
        case NotAllowed(status=status):
            return problem_response(409, detail=f"That can't be done while the ticket is {status}.")
    kind = next((each for each in type(error).__mro__ if each in EXCEPTION_PROBLEMS), None)
    if kind is not None:
        return problem_response(*EXCEPTION_PROBLEMS[kind])
    is_away = is_outage(error)
    if is_away:
        log.error("the store is unavailable: %s", type(error).__name__)
    else:
        log.error("the API failed", exc_info=error)
    return problem_response(503 if is_away else 500)


def problem_response(status: int, code: str = "", detail: str = "", errors: Iterable[Wrong] = ()) -> Response:
    """Return the response for a status, with its default code and detail unless given."""
    default_code, default_detail = DEFAULT_PROBLEMS.get(status) or DEFAULT_PROBLEMS[status // 100 * 100]
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail or default_detail,
        code=code or default_code,
        errors=list(errors),
    )
    response = Response(problem.model_dump_json(), status, content_type="application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="guichet"'
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response


def validation_problem(found: Iterable[Wrong]) -> Response:
    """Return a 422 response that lists every invalid field, the first five also in its sentence."""
    errors = list(found)
    listed = "; ".join(f"{each.field}: {each.detail}" for each in errors[:5])
    rest = f"; and {len(errors) - 5} more" if len(errors) > 5 else ""
    return problem_response(422, detail=f"{listed}{rest}.", errors=errors)


def from_validation_error(error: ValidationError) -> Response:
    """Return the response for what pydantic found: 400 if the body isn't JSON, otherwise 422."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if any(each["type"] == "json_invalid" for each in found):
        return problem_response(400, "not-json", "The body isn't JSON.")
    return validation_problem(Wrong(field=_field(each["loc"]), detail=_message(each)) for each in found)


def is_api_request() -> bool:
    """Whether this request is for the API."""
    return request.path == PREFIX or request.path.startswith(f"{PREFIX}/")


def _http_problem(error: HTTPException) -> Response:
    status = error.code or 500
    response = problem_response(status if status >= 400 else 404)  # the API never redirects
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return drain_body(response) if status == 413 else response


def _field(path: Iterable[Any]) -> str:
    return ".".join(str(part) for part in path)[:MAX_FIELD_LENGTH] or "body"


def _message(found: Any) -> str:
    """Return pydantic's message as the end of a sentence."""
    text = str(found["msg"]).removeprefix("Value error, ")
    known = {"missing": "required", "extra_forbidden": "not known here"}
    return known.get(found["type"], text[:1].lower() + text[1:])
