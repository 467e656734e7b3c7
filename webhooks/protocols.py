"""What the web needs of the rest: the real things are built in `jobs.wiring`, tests pass their own."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.messages.inbound import Address, Inbound
from bot.messages.thread import DeliveryStatus
from channels.inbound_events import GroupChanged, GroupUpdate


class TakesMessages(Protocol):
    """The desk, as far as a provider's post concerns it. Every call is one short unit of work."""

    def receive(self, inbound: Inbound) -> bool:
        """Take a customer's message; False when we had it already."""

    def record_receipt(
        self,
        channel: str,
        status: DeliveryStatus,
        *,
        entry_id: str = "",
        external_id: str = "",
        reason: str = "",
        detail: str = "",
    ) -> bool:
        """The channel's later word on something of ours; False when we know nothing of it."""

    def record_reachability(self, address: Address, is_reachable: bool, at: datetime) -> None:
        """They blocked the bot, or let it in again."""

    def set_aside(self, channel: str, body: str, reason: str) -> None:
        """Keep a post that we failed to take, where the operator finds it; nothing is ever dropped."""


class TakesGroup(Protocol):
    """The agents' group, as far as updates concern it. Every call is one short write."""

    def hear(self, heard: GroupUpdate) -> None:
        """Somebody wrote, changed or pressed something in a group."""

    def change(self, changed: GroupChanged) -> None:
        """A group moved, or the bot may do more or less in it."""

    def takes(self, inbound: Inbound) -> bool:
        """Whether an agent says who they are, in their own chat with the bot; then it is taken."""


class TwilioSettings(Protocol):
    """See runtime.settings."""

    @property
    def account_sid(self) -> str: ...
    @property
    def auth_token(self) -> str: ...
    @property
    def auth_token_secondary(self) -> str: ...
    @property
    def whatsapp_number(self) -> str: ...


class TelegramSettings(Protocol):
    """See runtime.settings."""

    @property
    def webhook_secret(self) -> str: ...


class Settings(Protocol):
    """See runtime.settings."""

    @property
    def public_url(self) -> str: ...
    @property
    def secret_key(self) -> str: ...
    @property
    def twilio(self) -> TwilioSettings | None: ...
    @property
    def telegram(self) -> TelegramSettings | None: ...


class HoldsFiles(Protocol):
    """The folder of attachments."""

    def path(self, file_id: str) -> Path:
        """Where that file lies, absolute; bot.messages.errors.NotFound for what cannot be an id of ours."""


MetricSample = tuple[str, str, Mapping[str, str], float]
"""A metric's name, its help in one line, its labels, its value. A name ending in `_total` is a counter."""


class Wiring(Protocol):
    """The real objects of this process."""

    @property
    def settings(self) -> Settings: ...
    @property
    def desk(self) -> TakesMessages: ...
    @property
    def group(self) -> TakesGroup | None:
        """The agents' group, if there is one."""

    @property
    def media(self) -> HoldsFiles: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...

    def is_store_alive(self) -> bool:
        """Whether the store answers; must itself answer within 2 s and never raise."""

    def figures(self) -> Iterable[MetricSample]:
        """Figures of all processes, for /metrics."""
