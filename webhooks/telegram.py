"""What Telegram posts: updates."""

from flask import Blueprint, Response, request

from channels.telegram.webhook import SECRET_HEADER, TelegramWebhook
from jobs.wiring import Wiring
from runtime.settings import TelegramSettings
from webhooks.error_handling import error_handler
from webhooks.handle_inbound import dispatcher
from webhooks.raw_request import limit_body


def telegram(wiring: Wiring, settings: TelegramSettings) -> Blueprint:
    """The route for one bot."""
    pages, door, take = (
        Blueprint("telegram", __name__),
        TelegramWebhook(settings.webhook_secret),
        dispatcher(wiring.desk, wiring.group),
    )
    pages.before_request(limit_body)
    pages.register_error_handler(Exception, error_handler("telegram", wiring.desk, accepted))

    @pages.post("/webhooks/telegram")
    def update() -> Response:
        secret = request.headers.get(SECRET_HEADER, "")
        take(door.update(request.get_data(cache=True), secret, wiring.clock()))
        return accepted()

    return pages


def accepted() -> Response:
    """An empty body: a method in the answer would go out without our ever hearing what became of it."""
    return Response(b"", content_type="text/plain")
