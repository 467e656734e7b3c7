"""What Twilio posts: messages and receipts."""

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
    """The routes for one Twilio account."""
    pages, door, take = (
        Blueprint("whatsapp", __name__),
        _build_webhook(wiring, twilio),
        dispatcher(wiring.desk),
    )
    pages.before_request(limit_body)
    pages.register_error_handler(Exception, error_handler("whatsapp", wiring.desk, accepted))

    @pages.post("/webhooks/whatsapp")
    def message() -> Response:
        take(door.message(_post(), wiring.clock()))
        return accepted()

    @pages.post("/webhooks/whatsapp/status")
    def status() -> Response:
        take(door.receipt(_post(), wiring.clock()))
        return accepted()

    return pages


def accepted() -> Response:
    """Nothing is said in the answer: replies go their own way, where their fate can be known."""
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
