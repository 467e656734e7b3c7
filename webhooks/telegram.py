"""What Telegram posts: updates."""

from flask import Blueprint, Response, request

from channels.telegram.webhook import SECRET_HEADER, TelegramDoor
from webhooks.failures import failing
from webhooks.intake import intake
from webhooks.ports import TelegramSettings, Wiring
from webhooks.post import limit_body


def telegram(wiring: Wiring, settings: TelegramSettings) -> Blueprint:
    """The route for one bot."""
    pages, door, take = (
        Blueprint("telegram", __name__),
        TelegramDoor(settings.webhook_secret),
        intake(wiring.desk, wiring.group),
    )
    pages.before_request(limit_body)
    pages.register_error_handler(Exception, failing("telegram", wiring.desk, accepted))

    @pages.post("/webhooks/telegram")
    def update() -> Response:
        secret = request.headers.get(SECRET_HEADER, "")
        take(door.update(request.get_data(cache=True), secret, wiring.clock()))
        return accepted()

    return pages


def accepted() -> Response:
    """An empty body: a method in the answer would go out without our ever hearing what became of it."""
    return Response(b"", content_type="text/plain")
