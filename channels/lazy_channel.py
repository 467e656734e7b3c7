"""Stands for a channel whose library is large, and loads it with the first call: few processes make one."""

from collections.abc import Callable, Container
from datetime import datetime
from functools import cached_property
from pathlib import Path

from bot.messages.inbound import Address
from bot.messages.outgoing import Attachment
from channels.channel import Channel
from channels.outgoing import MessagePart, RenderedMessage, Sent


class LazyChannel:
    """See Channel for its methods."""

    def __init__(
        self, name: str, load: Callable[[], Channel], *, can_look_up: bool, has_receipts: bool
    ) -> None:
        self.name, self.can_look_up, self.has_receipts = name, can_look_up, has_receipts
        self._load = load

    @cached_property
    def loaded(self) -> Channel:
        """The channel itself."""
        return self._load()

    def split(self, rendered: RenderedMessage) -> tuple[MessagePart, ...]:
        return self.loaded.split(rendered)

    def send(self, address: Address, part: MessagePart, *, reference: str) -> Sent:
        return self.loaded.send(address, part, reference=reference)

    def look_up(
        self, address: Address, part: MessagePart, since: datetime, *, known: Container[str] = ()
    ) -> str | None:
        return self.loaded.look_up(address, part, since, known=known)

    def is_answering(self) -> bool:
        return self.loaded.is_answering()

    def fetch(self, attachment: Attachment, to_file: Path) -> Attachment:
        return self.loaded.fetch(attachment, to_file)

    def typing(self, address: Address, *, answering: str = "") -> None:
        self.loaded.typing(address, answering=answering)

    def acknowledge(self, answer_token: str) -> None:
        self.loaded.acknowledge(answer_token)

    def bot_username(self) -> str:
        return self.loaded.bot_username()
