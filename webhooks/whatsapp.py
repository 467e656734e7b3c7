"""The webhooks for Twilio's WhatsApp messages and receipts."""

from flask import Blueprint, Response, request

from channels.signed_links import SignedLinks
from channels.whatsapp.signature import SignatureVerifier
from channels.whatsapp.webhook import WebhookRequest, WhatsAppWebhook
from jobs.wiring import Wiring
from runtime.settings import TwilioSettings
from webhooks.error_handling import error_handler
from webhooks.handle_inbound import dispatcher
from webhooks.raw_request import limit_body, raw_target

_EMPTY = b'<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


def whatsapp(wiring: Wiring, twilio: TwilioSettings) -> Blueprint:
    """Return the routes of one Twilio account."""
    routes = Blueprint("whatsapp", __name__)
    webhook, dispatch = _build_webhook(wiring, twilio), dispatcher(wiring.desk)
    routes.before_request(limit_body)
    routes.register_error_handler(Exception, error_handler("whatsapp", wiring.desk, accepted))

    @routes.post("/webhooks/whatsapp")
    def message() -> Response:
        dispatch(webhook.message(_post(), wiring.clock()))
        return accepted()

    @routes.post("/webhooks/whatsapp/status")
    def status() -> Response:
        dispatch(webhook.receipt(_post(), wiring.clock()))
        return accepted()

    return routes


def accepted() -> Response:
    """Respond with empty TwiML: replies go through the outbox, which tracks their delivery."""
    return Response(_EMPTY, content_type="text/xml; charset=utf-8")


def _build_webhook(wiring: Wiring, twilio: TwilioSettings) -> WhatsAppWebhook:
    settings = wiring.settings
    return WhatsAppWebhook(
        account_sid=twilio.account_sid,
        number=twilio.whatsapp_number,
        signatures=SignatureVerifier(settings.public_url, (twilio.auth_token, twilio.auth_token_secondary)),
        links=SignedLinks(settings.public_url, settings.secret_key),
    )


def _post() -> WebhookRequest:
    body = request.get_data(cache=True)
    return WebhookRequest(raw_target(request), request.headers.get, request.content_type or "", body)
