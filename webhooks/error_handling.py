"""What webhooks respond on errors: 503 if the store is unavailable or busy, so that the provider retries.

Any other failure is a bug: the request is set aside for the operator and answered with 200. An error response would
make Telegram hold back the chat's later messages for a day, and Twilio would drop the message.
"""

import logging
from collections.abc import Callable

from flask import Response, request
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from bot.messages.errors import WriteConflict
from channels.inbound_events import Unreadable
from desk.desk import Desk
from jobs.request_context import drain_body
from store.outage import is_outage

log = logging.getLogger(__name__)

RETRY_AFTER = "5"  # seconds; without it, Telegram waits up to two minutes


def error_handler(
    channel: str, desk: Desk, accepted: Callable[[], Response]
) -> Callable[[Exception], Response]:
    """Return the error handler of a channel's webhooks; `accepted` builds the channel's 200 response."""

    def handle(error: Exception) -> Response:
        if isinstance(error, RequestEntityTooLarge):
            return drain_body(_text_response(413, "too large"))
        if isinstance(error, HTTPException):
            return _text_response(error.code or 400, error.name.lower())
        if isinstance(error, Unreadable):
            log.info("webhook unreadable: %s", error)
            return _text_response(400, "unreadable")
        is_passing = is_outage(error) or isinstance(error, WriteConflict)
        return _unavailable(error) if is_passing else _set_aside(error)

    def _set_aside(error: Exception) -> Response:
        log.error("webhook set aside", exc_info=error)
        try:
            desk.set_aside(channel, request.get_data(as_text=True), type(error).__name__)
        except RedisError as away:
            return _unavailable(away)
        return accepted()

    return handle


def _unavailable(error: Exception) -> Response:
    log.error("webhook answered 503, the provider should retry: %s", type(error).__name__)
    response = _text_response(503, "try again")
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _text_response(status: int, words: str) -> Response:
    return Response(f"{words}\n", status, mimetype="text/plain")
