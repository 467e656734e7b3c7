"""Sends alerts by e-mail through any SMTP server, as plain text and HTML, one call per message.

`SMTP_URL` is `smtp://user:password@host:587` (STARTTLS if the server offers it) or `smtps://…:465`; add
`?from=desk@example.org` to set the sender.
"""

import re
import smtplib
import ssl
from collections.abc import Container, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import formatdate
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from bot.messages.errors import DeliveryError, MediaError
from bot.messages.inbound import Address
from bot.messages.outgoing import Attachment
from channels.event_loop import CALL_TIMEOUT
from channels.outgoing import File, MessagePart, RenderedMessage, Sent
from channels.text_limits import clean_text, safe_file_name

_LONGEST_SUBJECT = 120
_MANY_FILES = 10
_PAGE = re.compile(r"https?://[^\s<>\"]+")


class EmailChannel:
    """The e-mail channel."""

    name = "mailto"
    can_look_up = False
    has_receipts = False

    def __init__(self, smtp_url: str, public_url: str) -> None:
        self._server = urlsplit(smtp_url)
        self._domain = urlsplit(public_url).hostname or "localhost"
        self._from = parse_qs(self._server.query).get("from", [f"guichet@{self._domain}"])[0]

    def split(self, rendered: RenderedMessage) -> tuple[MessagePart, ...]:
        """See Channel. One message of any length; choices are left out because an e-mail has no buttons."""
        text = clean_text(rendered.text)
        first = MessagePart(text=text, file=rendered.files[0] if rendered.files else None)
        more = tuple(MessagePart(text=text, file=file) for file in rendered.files[1:_MANY_FILES])
        return (first, *more) if text or rendered.files else ()

    def send(self, address: Address, part: MessagePart, *, reference: str) -> Sent:
        """See Channel. A repeat has the same Message-ID, so that mail programs recognise it."""
        try:
            message = self._message(address, part, reference)
        except ValueError as error:
            raise DeliveryError("not_found", "not an e-mail address", permanent=True) from error
        with _wrap_smtp_errors(is_connected=False):
            server = self._connect()
        with _wrap_smtp_errors(is_connected=True), closing(server):
            server.send_message(message)
        return Sent(str(message["Message-ID"]))

    def look_up(
        self, address: Address, part: MessagePart, since: datetime, *, known: Container[str] = ()
    ) -> str | None:
        """See Channel. A mail server can't be asked what it sent."""
        return None

    def is_answering(self) -> bool:
        """See Channel."""
        try:
            with _wrap_smtp_errors(is_connected=False), closing(self._connect()) as server:
                server.noop()
        except DeliveryError as error:
            return error.code != "unavailable"
        return True

    def fetch(self, attachment: Attachment, to_file: Path) -> Attachment:
        """See Channel. We don't receive e-mail."""
        raise MediaError("gone")

    def typing(self, address: Address, *, answering: str = "") -> None:
        """See Channel. E-mail has no typing indicator."""

    def acknowledge(self, answer_token: str) -> None:
        """See Channel. E-mail has no buttons."""

    def bot_username(self) -> str:
        """See Channel. Nobody writes to us by e-mail."""
        return ""

    def _connect(self) -> smtplib.SMTP:
        """Connect, with encryption if possible, and log in; closes the connection if that fails."""
        server = self._open(ssl.create_default_context())
        try:
            if self._server.username:
                server.login(unquote(self._server.username), unquote(self._server.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _open(self, secure: ssl.SSLContext) -> smtplib.SMTP:
        host, port = self._server.hostname or "localhost", self._server.port
        if self._server.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port or 465, timeout=CALL_TIMEOUT, context=secure)
        server = smtplib.SMTP(host, port or 587, timeout=CALL_TIMEOUT)
        try:
            server.ehlo_or_helo_if_needed()
            if server.has_extn("starttls"):
                server.starttls(context=secure)
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, address: Address, part: MessagePart, reference: str) -> EmailMessage:
        message = EmailMessage()
        first, _, _ = part.text.strip().partition("\n")
        message["Subject"] = (first or "Guichet")[:_LONGEST_SUBJECT].strip()
        message["From"], message["To"] = self._from, address.name
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{_mark(reference, part)}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(part.text)
        message.add_alternative(_html(part.text), subtype="html")
        if part.file is not None:
            _attach(message, part.file)
        return message


def _html(text: str) -> str:
    paragraphs = "".join(f"<p>{_linked(escape(block))}</p>" for block in text.split("\n\n"))
    return f"<html><body>{paragraphs}</body></html>".replace("\n", "<br>\n")


def _linked(escaped: str) -> str:
    """URLs as links; the text is already escaped."""
    return _PAGE.sub(r'<a href="\g<0>">\g<0></a>', escaped)


def _mark(reference: str, part: MessagePart) -> str:
    words = f"{reference}\n{part.text}\n{part.file.name if part.file else ''}"
    return sha256(words.encode()).hexdigest()[:32]


def _attach(message: EmailMessage, file: File) -> None:
    kind, _, subtype = (file.media_type or "application/octet-stream").partition("/")
    message.add_attachment(
        file.path.read_bytes(), kind, subtype or "octet-stream", filename=safe_file_name(file.name) or "file"
    )


@contextmanager
def _wrap_smtp_errors(*, is_connected: bool) -> Iterator[None]:
    """Raise a DeliveryError for any SMTP failure; without an answer after connecting, delivery is uncertain."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise DeliveryError("credentials", f"SMTP {error.smtp_code}") from error
    except smtplib.SMTPRecipientsRefused as error:
        code = max(status for status, _ in error.recipients.values())
        raise DeliveryError("not_found", f"SMTP {code}", permanent=code >= 500) from error
    except smtplib.SMTPResponseException as error:
        is_final = error.smtp_code >= 500
        code_word = "refused" if is_final else "paced"
        raise DeliveryError(code_word, f"SMTP {error.smtp_code}", permanent=is_final) from error
    except OSError as error:
        reason = f"the mail server did not answer ({type(error).__name__})"
        raise DeliveryError("unavailable", reason, is_uncertain=is_connected) from error
