"""What every channel can do, as the deliver and fetch jobs see it. Every call waits, and ends within 10 s."""

from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.messages.inbound import Address
from bot.messages.outgoing import Attachment
from channels.outgoing import MessagePart, RenderedMessage, Sent


class Channel(Protocol):
    """One way to reach people. Safe to share among threads and to use after a fork."""

    name: str
    can_look_up: bool
    """Whether `look_up` can ever prove anything."""

    has_receipts: bool
    """Whether it tells later what became of a message, which it may pass on in another order."""

    def split(self, rendered: RenderedMessage) -> tuple[MessagePart, ...]:
        """Cut a message to the channel's measure; each part is one call. None when nothing is to be sent."""

    def send(self, address: Address, part: MessagePart, *, reference: str) -> Sent:
        """Send one part; `reference` is our outbox id, for receipts. Raises DeliveryError."""

    def look_up(
        self, address: Address, part: MessagePart, since: datetime, *, known: Container[str] = ()
    ) -> str | None:
        """The provider's id of a part that may have gone out since then; None when there is no trace of it.

        `known` holds the ids that already belong to other parts and messages. Raises DeliveryError when the
        provider is away.
        """

    def fetch(self, attachment: Attachment, to_file: Path) -> Attachment:
        """Download what `attachment.ref` points at; returns it with its true type and size.

        Raises MediaError.
        """

    def typing(self, address: Address, *, answering: str = "") -> None:
        """Show that an answer is being written; never raises, as nothing depends on it."""

    def acknowledge(self, answer_token: str) -> None:
        """Tell the channel that a button press was heard (`Inbound.answer_token`); never raises."""
