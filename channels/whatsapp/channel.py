"""The WhatsApp channel: sends each part with one call to Twilio and raises every failure as a DeliveryError."""

import json
import logging
from collections.abc import Callable, Container, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client, api  # noqa: F401 - else Twilio's client imports it with the first message

from bot.messages.errors import DeliveryError, MediaError
from bot.messages.inbound import Address, Inbound
from bot.messages.outgoing import Attachment
from channels.media.download import DownloadSource, download
from channels.outgoing import MessagePart, RenderedMessage, Sent
from channels.signed_links import SignedLinks
from channels.whatsapp.errors import from_error_response, from_no_response
from channels.whatsapp.http_client import TwilioHttpClient
from channels.whatsapp.media import may_follow_from, media_path
from channels.whatsapp.message_log import LoggedMessage, parse_logged_message, sent_at
from channels.whatsapp.split import split_message

BIGGEST_FILE = 16_000_000
_PAGE = 200
_UNSENT_STATUSES = frozenset({"failed", "undelivered", "canceled"})
_log = logging.getLogger(__name__)


class WhatsAppChannel:
    """Our WhatsApp sender at Twilio. Nothing connects before the first call."""

    name = "whatsapp"
    can_look_up = True
    has_receipts = True

    def __init__(
        self, *, account_sid: str, auth_token: str, number: str, api_url: str, links: SignedLinks
    ) -> None:
        self._account_sid, self._auth_token = account_sid, auth_token
        self._api_url = api_url.rstrip("/")
        self._from = f"whatsapp:{number.removeprefix('whatsapp:')}"
        self._links = links
        self._client = Client(account_sid, auth_token, http_client=TwilioHttpClient(api_url))

    def split(self, rendered: RenderedMessage) -> tuple[MessagePart, ...]:
        """See Channel."""
        return split_message(rendered)

    def send(self, address: Address, part: MessagePart, *, reference: str) -> Sent:
        """See Channel. The callback URL contains `reference`, so a receipt alone proves that it was sent."""
        message = _call_twilio(
            lambda: self._client.messages.create(
                to=str(address),
                from_=self._from,
                status_callback=self._links.receipt_url(reference),
                **_content(part),
            ),
            is_template=part.template is not None,
        )
        if not message.sid:
            raise from_no_response(ValueError("no id"))
        return Sent(str(message.sid))

    def look_up(
        self, address: Address, part: MessagePart, since: datetime, *, known: Container[str] = ()
    ) -> str | None:
        """See Channel. Compares recipient, text and time, because Twilio stores no reference of ours."""
        earliest = since.replace(microsecond=0) - timedelta(seconds=2)
        listed = _call_twilio(lambda: self._client.messages.list(to=str(address), limit=100))
        for message in listed:
            if message.sid not in known and _is_same_message(message, part, earliest):
                return str(message.sid)
        return None

    def is_answering(self) -> bool:
        """See Channel."""
        try:
            _call_twilio(lambda: self._client.messages.list(limit=1, page_size=1))
        except DeliveryError as error:
            return error.code != "unavailable"
        return True

    def received_since(self, since: datetime) -> Iterator[list[LoggedMessage]]:
        """What customers sent since then, page by page, newest first. Raises DeliveryError.

        Twilio's own filter is only exact to the day.
        """
        page = _call_twilio(
            lambda: self._client.messages.page(to=self._from, date_sent_after=since, page_size=_PAGE)
        )
        while page is not None:
            listed = [LoggedMessage(str(each.sid), sent_at(each), each) for each in page]
            yield [each for each in listed if each.sent_at >= since]
            if listed and listed[-1].sent_at < since:
                return
            page = _call_twilio(page.next_page)

    def received(self, listed: LoggedMessage) -> Inbound | None:
        """The message; None if it isn't a customer's. Raises DeliveryError."""
        has_files = int(listed.message.num_media or 0) > 0
        files = _call_twilio(self._client.messages(listed.message_id).media.list) if has_files else []
        return parse_logged_message(listed.message, files)

    def fetch(self, attachment: Attachment, to_file: Path) -> Attachment:
        """See Channel. Fetches only media of our Twilio account."""
        path = media_path(attachment.ref, self._account_sid)
        if path is None:
            raise MediaError("gone")
        auth = (self._account_sid, self._auth_token)
        source = DownloadSource(self._api_url + path, BIGGEST_FILE, auth, may_follow_from(self._api_url))
        return download(attachment, source, to_file)

    def typing(self, address: Address, *, answering: str = "") -> None:
        """See Channel. Shows for 25 s, and marks the message `answering` as read."""
        if not answering:
            return
        try:
            self._client.messaging.v2.typing_indicator.create(channel="whatsapp", message_id=answering)
        except (DeliveryError, TwilioException, aiohttp.ClientError, TimeoutError) as error:
            _log.debug("no typing indicator: %s", type(error).__name__)

    def acknowledge(self, answer_token: str) -> None:
        """See Channel. WhatsApp expects no confirmation."""

    def bot_username(self) -> str:
        """See Channel. Links to us have our number."""
        return ""


def _content(part: MessagePart) -> dict[str, Any]:
    """The parameters for a part: a template, or text and a file."""
    if part.template is not None:
        variables = json.dumps(dict(part.template.variables), ensure_ascii=False)
        return {"content_sid": part.template.content_sid, "content_variables": variables}
    content: dict[str, Any] = {"body": part.text} if part.text else {}
    if part.file is not None:
        content["media_url"] = [part.file.url]
    return content


def _is_same_message(message: Any, part: MessagePart, earliest: datetime) -> bool:
    return (
        str(message.direction).startswith("outbound")
        and message.status not in _UNSENT_STATUSES
        and (message.date_created is None or message.date_created >= earliest)
        and (part.template is not None or message.body == part.text)
        and (int(message.num_media or 0) > 0) == (part.file is not None)
    )


def _call_twilio(call: Callable[[], Any], *, is_template: bool = False) -> Any:
    """Make one call to Twilio. Raises every failure as a DeliveryError."""
    try:
        return call()
    except TwilioRestException as error:
        raise from_error_response(error, is_template=is_template) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise from_no_response(error) from error
    except (TwilioException, ValueError, KeyError, TypeError) as error:
        reason = f"Twilio’s response could not be read ({type(error).__name__})"
        raise DeliveryError("unavailable", reason, is_uncertain=True) from error
