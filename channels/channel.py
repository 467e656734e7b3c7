"""The interface of every channel, as the delivery and download jobs use it. Calls block for at most 10 s."""

from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.messages.inbound import Address
from bot.messages.outgoing import Attachment
from channels.outgoing import MessagePart, RenderedMessage, Sent


class Channel(Protocol):
    """One way to reach people. Thread-safe, and usable after a fork."""

    name: str
    can_look_up: bool
    """Whether `look_up` can find a sent message."""

    has_receipts: bool
    """Whether the provider reports delivery later, possibly out of order."""

    def split(self, rendered: RenderedMessage) -> tuple[MessagePart, ...]:
        """Split a message to the channel's limits; each part is one call. Empty when there's nothing to send."""

    def send(self, address: Address, part: MessagePart, *, reference: str) -> Sent:
        """Send one part; `reference` is our outbox id, for receipts. Raises DeliveryError."""

    def look_up(
        self, address: Address, part: MessagePart, since: datetime, *, known: Container[str] = ()
    ) -> str | None:
        """The provider's id of a part that may have been sent since then; None when it isn't found.

        `known` holds the ids that belong to other parts and messages. Raises DeliveryError when the provider
        is down.
        """

    def is_answering(self) -> bool:
        """Whether the provider answers a harmless call; never raises."""

    def fetch(self, attachment: Attachment, to_file: Path) -> Attachment:
        """Download what `attachment.ref` points to, and return it with its real type and size.

        Raises MediaError.
        """

    def typing(self, address: Address, *, answering: str = "") -> None:
        """Show that somebody is typing an answer; never raises, because nothing depends on it."""

    def acknowledge(self, answer_token: str) -> None:
        """Confirm a button press to the channel (`Inbound.answer_token`); never raises."""

    def bot_username(self) -> str:
        """Our name for links to us, as in t.me/name; "" if the channel has none, or doesn't answer."""
