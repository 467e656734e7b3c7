"""Receives Twilio's webhooks: verifies, checks the account, then parses. Knows no web framework."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from bot.messages.inbound import Inbound
from channels.inbound_events import Ignored, Receipt, Refused
from channels.signed_links import SignedLinks
from channels.whatsapp.form import find_rejection, read_form
from channels.whatsapp.parse import parse_message
from channels.whatsapp.receipts import parse_receipt
from channels.whatsapp.signature import SignatureVerifier

_ANOTHER_ALGORITHM = re.compile(r"algorithm\s*=\s*(?!HMAC_SHA1\s*(,|\Z))", re.IGNORECASE)


Header = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """One raw request; `target` is the raw path with the raw query.

    `header` returns a header's value, or the default.
    """

    target: str
    header: Header
    content_type: str
    body: bytes


class WhatsAppWebhook:
    """Accepts Twilio's requests for one account and one sender."""

    def __init__(
        self, *, account_sid: str, number: str, signatures: SignatureVerifier, links: SignedLinks
    ) -> None:
        self._account_sid, self._number = account_sid, number.removeprefix("whatsapp:")
        self._signatures, self._links = signatures, links

    def message(self, post: WebhookRequest, now: datetime) -> Inbound | Ignored | Refused:
        """A customer's message. Raises Unreadable."""
        form = self._verify(post)
        return parse_message(form, self._number, now) if isinstance(form, dict) else form

    def receipt(self, post: WebhookRequest, now: datetime) -> Receipt | Ignored | Refused:
        """The delivery status of our message. Raises Unreadable."""
        form = self._verify(post)
        if not isinstance(form, dict):
            return form
        query = dict(parse_qsl(post.target.partition("?")[2]))
        return parse_receipt(form, query, self._links, now)

    def _verify(self, post: WebhookRequest) -> dict[str, str] | Ignored | Refused:
        signature = post.header("X-Twilio-Signature", "")
        if not signature:
            return Refused("no X-Twilio-Signature")
        if _asks_for_another_algorithm(post.header("X-Twilio-Webhooks-Signature-Settings", "")):
            return Refused(
                "signed with a shared key (HMAC_SHA256); only the auth token’s HMAC-SHA1 is supported"
            )
        if not post.content_type.startswith("application/x-www-form-urlencoded"):
            return self._other_format(post, signature)
        pairs = read_form(post.body)
        if not self._signatures.is_valid(post.target, pairs, signature):
            return Refused("the signature doesn’t match; check PUBLIC_URL and TWILIO_AUTH_TOKEN")
        form = dict(pairs)
        return find_rejection(form, len(set(pairs)), self._account_sid) or form

    def _other_format(self, post: WebhookRequest, signature: str) -> Ignored | Refused:
        if self._signatures.is_valid_body(post.target, post.body, signature):
            return Ignored("not a form; only forms are supported")
        return Refused("the signature doesn’t match, and the request isn’t a form")


def _asks_for_another_algorithm(settings: str) -> bool:
    return _ANOTHER_ALGORITHM.search(settings) is not None
