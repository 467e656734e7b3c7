"""Error responses: a page, or JSON for scripts; never a traceback. Nothing here needs the store."""

import logging
from collections.abc import Callable

from flask import Flask, Response, jsonify, make_response, render_template, request
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException

from bot.messages.errors import (
    AlreadyClaimed,
    AnsweredMeanwhile,
    ArchiveUnavailable,
    CannotChange,
    GuichetError,
    NotAllowed,
    NotFound,
    Unanswered,
    WriteConflict,
)
from bot.messages.inbound import CHANNEL_NAMES
from inbox.tickets.display_names import agent_name, status_name
from inbox.web.headers import PAGE_PREFIXES
from inbox.web.locale import gettext
from inbox.web.translation_marks import N_
from store.outage import is_outage

log = logging.getLogger(__name__)

MESSAGES = {
    400: N_("We couldn’t read that request."),
    401: N_("You’re signed out. Please sign in again."),
    403: N_("You don’t have access."),
    404: N_("There’s nothing here."),
    405: N_("That can’t be done here."),
    410: N_("This no longer exists."),
    413: N_("That’s too big."),
    415: N_("We couldn’t read that request."),
    429: N_("Too many attempts. Please wait a few minutes."),
    500: N_("Something went wrong on our side. It’s been logged."),
    503: N_("The database can’t be reached right now. Nothing is lost; please try again in a moment."),
}


ARCHIVE_AWAY = N_(
    "The archive can’t be reached right now. Live requests aren’t affected; please try again in a moment."
)


def install(app: Flask) -> None:
    """Handle errors on our own pages only; other routes of the app keep their own handlers."""
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(GuichetError, _refused)
    app.register_error_handler(RedisError, _store_error)


def _unless_store_fails(respond: Callable[[], Response]) -> Response:
    """The response, or the one for a store that fails while it's being written."""
    try:
        return respond()
    except RedisError as error:
        return _response_for_store(error)


def answer(error: HTTPException) -> Response | HTTPException:
    """The page or JSON for an HTTP error on our pages; elsewhere the error itself."""
    if not request.path.startswith(PAGE_PREFIXES):
        return error
    code = error.code or 500
    if error.response is not None or code < 400:
        return error
    return _error_response(code, str(code), gettext(MESSAGES.get(code, MESSAGES[400 if code < 500 else 500])))


def _refused(error: GuichetError) -> Response:
    return _unless_store_fails(lambda: _refusal(error))


def _refusal(error: GuichetError) -> Response:
    code, name, words = 409, "refused", gettext("That can’t be done.")
    match error:
        case AlreadyClaimed():
            name = "already-claimed"
            words = gettext("%(name)s has already claimed it.") % {"name": agent_name(error.by)}
        case AnsweredMeanwhile():
            name = "newer"
            words = gettext("%(name)s has answered in the meantime. Send yours too?")
            words = words % {"name": agent_name(error.by)}
        case Unanswered():
            name = "unanswered"
            words = gettext("Nobody has answered this request yet. The customer is told that it’s solved.")
        case CannotChange():
            name = "cannot-change"
            words = gettext("The customer has it already, and %(channel)s can’t delete a sent message.")
            words = words % {"channel": CHANNEL_NAMES.get(error.channel, error.channel)}
        case NotAllowed():
            name = "not-allowed"
            words = gettext("That can’t be done while the request is “%(status)s”.")
            words = words % {"status": status_name(error.status)}
        case NotFound():
            code, name, words = 404, "not-found", gettext("This request doesn’t exist.")
        case ArchiveUnavailable():
            code, name, words = 503, "archive-away", gettext(ARCHIVE_AWAY)
        case WriteConflict():
            code, name = 503, "busy"
            words = gettext("Somebody changed it at the same moment. Nothing was saved; please try again.")
    return _error_response(code, name, words)


def _store_error(error: RedisError) -> Response | tuple[str, int]:
    if not request.path.startswith(PAGE_PREFIXES):
        return "", 503
    return _response_for_store(error)


def _response_for_store(error: RedisError) -> Response:
    if is_outage(error):
        log.error("the store is unavailable: %s", type(error).__name__)
        return _error_response(503, "away", gettext(MESSAGES[503]))
    log.error("the store refused a command", exc_info=error)
    return _error_response(500, "500", gettext(MESSAGES[500]))


def _error_response(code: int, name: str, words: str) -> Response:
    if "/api/" in request.path:
        return make_response(jsonify(error=name, words=words), code)
    return make_response(render_template("trouble.html", code=code, words=words), code)
