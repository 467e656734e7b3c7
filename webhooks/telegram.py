"""The webhook for Telegram updates."""

from flask import Blueprint, Response, request

from channels.telegram.webhook import SECRET_HEADER, TelegramWebhook
from jobs.wiring import Wiring
from runtime.settings import TelegramSettings
from webhooks.error_handling import error_handler
from webhooks.handle_inbound import dispatcher
from webhooks.raw_request import limit_body


def telegram(wiring: Wiring, settings: TelegramSettings) -> Blueprint:
    """Return the route of one bot."""
    routes = Blueprint("telegram", __name__)
    webhook, dispatch = TelegramWebhook(settings.webhook_secret), dispatcher(wiring.desk, wiring.group)
    routes.before_request(limit_body)
    routes.register_error_handler(Exception, error_handler("telegram", wiring.desk, accepted))

    @routes.post("/webhooks/telegram")
    def update() -> Response:
        secret = request.headers.get(SECRET_HEADER, "")
        dispatch(webhook.update(request.get_data(cache=True), secret, wiring.clock()))
        return accepted()

    return routes


def accepted() -> Response:
    """Respond with an empty body: Telegram never reports what became of a method sent in a response."""
    return Response(b"", content_type="text/plain")
