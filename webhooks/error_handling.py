"""When a webhook fails: the store away or busy is 503, so that the provider tells us again; else it is our
fault, and the post is set aside and answered 200.

An error answer to Telegram would hold up that chat's later messages for a day, and one to Twilio loses the
message; kept where the operator finds it, it does neither.
"""

import logging
from collections.abc import Callable

from flask import Response, request
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from bot.messages.errors import WriteConflict
from channels.inbound_events import Unreadable
from desk.desk import Desk
from webhooks.raw_request import drain_body

log = logging.getLogger(__name__)

RETRY_AFTER = "5"
"""Seconds after which Telegram tells us again, instead of after up to two minutes."""


def error_handler(
    channel: str, desk: Desk, accepted: Callable[[], Response]
) -> Callable[[Exception], Response]:
    """How a channel's webhooks answer what was raised; `accepted` makes the channel's 200."""

    def answer(error: Exception) -> Response:
        if isinstance(error, RequestEntityTooLarge):
            return drain_body(_text_response(413, "too large"))
        if isinstance(error, HTTPException):
            return _text_response(error.code or 400, error.name.lower())
        if isinstance(error, Unreadable):
            log.info("webhook unreadable: %s", error)
            return _text_response(400, "unreadable")
        return _unavailable(error) if isinstance(error, (RedisError, WriteConflict)) else _set_aside(error)

    def _set_aside(error: Exception) -> Response:
        log.error("webhook set aside", exc_info=error)
        try:
            desk.set_aside(channel, request.get_data(as_text=True), type(error).__name__)
        except RedisError as away:
            return _unavailable(away)
        return accepted()

    return answer


def _unavailable(error: Exception) -> Response:
    log.error("asked to come again: %s", type(error).__name__)
    answer = _text_response(503, "try again")
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def _text_response(status: int, words: str) -> Response:
    return Response(f"{words}\n", status, mimetype="text/plain")
