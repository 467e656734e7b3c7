"""Errors in the Bot API's format: {ok: false, error_code, description, parameters}."""

from typing import Any

from aiohttp import web


class TelegramError(Exception):
    """A call that fails in the Bot API; `parameters` as in ResponseParameters."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad_request(description: str, **parameters: Any) -> TelegramError:
    return TelegramError(400, f"Bad Request: {description}", **parameters)


def forbidden(description: str) -> TelegramError:
    return TelegramError(403, f"Forbidden: {description}")


def telegram_error(code: int, description: str, **parameters: Any) -> web.Response:
    """The HTTP response; Telegram repeats `retry_after` as a header."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    headers = {}
    if parameters:
        body["parameters"] = parameters
    if "retry_after" in parameters:
        headers["Retry-After"] = str(parameters["retry_after"])
    return web.json_response(body, status=code, headers=headers)
