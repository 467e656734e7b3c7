"""What an app reads when something is wrong: RFC 9457, one clear sentence, never a traceback."""

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import Response, request
from pydantic import ValidationError
from redis.exceptions import RedisError
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
from store.agents.login_throttle import TooManyAttempts

log = logging.getLogger(__name__)

PREFIX = "/api/v1"
RETRY_AFTER = {429: "60", 503: "5"}  # seconds
_LONGEST_FIELD = 100

DEFAULT_PROBLEMS = {
    400: ("bad-request", "The request could not be read."),
    401: ("no-token", "Send a token that works: Authorization: Bearer guichet_…"),
    403: ("not-open", "This is open to manager tokens only."),
    404: ("not-found", "There is nothing at this address."),
    405: ("bad-method", "This address does not take that method."),
    413: ("too-large", "The body is larger than 256 KB."),
    415: ("not-json", "Send JSON: Content-Type: application/json."),
    429: ("too-many-tries", "Too many wrong tokens came from your address; wait a minute."),
    500: (
        "our-fault",
        "Something went wrong on our side; it was noted, and trying again is safe with the same key.",
    ),
    503: ("try-again", "The desk's records cannot be reached just now; nothing was changed."),
}


class ApiError(Exception):
    """Answered with this status, and these words where the usual ones do not say enough."""

    def __init__(self, status: int, code: str = "", detail: str = "") -> None:
        super().__init__(detail or str(status))
        self.status, self.code, self.detail = status, code, detail


def problem_for_exception(error: Exception) -> Response:
    """The problem as an answer, whatever was raised."""
    match error:
        case ApiError():
            return problem_response(error.status, error.code, error.detail)
        case HTTPException():
            return _http(error)
        case GuichetError():
            return _domain_problem(error)
        case TooManyAttempts():
            return problem_response(429)
    if isinstance(error, RedisError):
        log.error("the store is away: %s", type(error).__name__)
    else:
        log.error("the API failed", exc_info=error)
    return problem_response(503 if isinstance(error, RedisError) else 500)


def problem_response(status: int, code: str = "", detail: str = "", errors: Iterable[Wrong] = ()) -> Response:
    """The answer for this status; `code` and `detail` where the usual words do not say enough."""
    usual_code, usual_detail = DEFAULT_PROBLEMS.get(status, DEFAULT_PROBLEMS[400 if status < 500 else 500])
    told = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail or usual_detail,
        code=code or usual_code,
        errors=list(errors),
    )
    response = Response(told.model_dump_json(), status, content_type="application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="guichet"'
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response


def validation_problem(found: Iterable[Wrong]) -> Response:
    """Each thing that is not right, and all of them in one sentence."""
    errors = list(found)
    told = "; ".join(f"{each.field}: {each.detail}" for each in errors[:5])
    rest = f"; and {len(errors) - 5} more" if len(errors) > 5 else ""
    return problem_response(422, "not-right", f"{told}{rest}.", errors)


def from_validation_error(error: ValidationError) -> Response:
    """What a model found; JSON that is none is another thing."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if any(each["type"] == "json_invalid" for each in found):
        return problem_response(400, "not-json", "The body is not JSON.")
    return validation_problem(Wrong(field=_field(each["loc"]), detail=_error_message(each)) for each in found)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    response = problem_response(status if status >= 400 else 404)  # we send nobody elsewhere
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _domain_problem(error: GuichetError) -> Response:
    match error:
        case InvalidDetails():
            fields = error.problems.items()
            return validation_problem(
                Wrong(field=_field(("details", key)), detail=words) for key, words in fields
            )
        case IdempotencyKeyReused():
            words = "This Idempotency-Key came before with another request; use a new key for a new request."
            return problem_response(422, "key-reused", words)
        case NotAllowed():
            words = f"That cannot be done while the ticket is {error.status}."
            return problem_response(409, "not-allowed", words)
        case NotFound():
            return problem_response(404, "not-found", "There is no such ticket or promise.")
        case ArchiveUnavailable() | WriteConflict():
            return _unavailable_problem(error)
    return problem_response(409, "refused", "That cannot be done now.")


def _unavailable_problem(error: ArchiveUnavailable | WriteConflict) -> Response:
    if isinstance(error, WriteConflict):
        return problem_response(
            503, "busy", "Somebody changed it at the same moment; nothing was written, try again."
        )
    words = "That ticket is not live, and the archive does not answer just now."
    return problem_response(503, "archive-away", words)


def _field(path: Iterable[Any]) -> str:
    """`details.priority`; what the sender made up is shortened."""
    return ".".join(str(part) for part in path)[:_LONGEST_FIELD] or "body"


def _error_message(found: Any) -> str:
    """pydantic's own words, as the end of a sentence."""
    words = str(found["msg"]).removeprefix("Value error, ")
    return {"missing": "required", "extra_forbidden": "not known here"}.get(
        found["type"], words[:1].lower() + words[1:]
    )


def is_api_request() -> bool:
    """Whether this request is the API's to answer."""
    return request.path == PREFIX or request.path.startswith(f"{PREFIX}/")
