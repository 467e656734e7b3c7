"""Input and output of a use case: a contact's records, and the changes to write.

A use case is a pure function from `Records` to `Changes`. On a write conflict, the store runs it again on
fresh records.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.messages.errors import NotFound
from bot.messages.notice import Notice
from bot.messages.thread import OutboxEntry, ThreadEntry
from bot.model.account import NO_ACCOUNTS, KnownAccounts
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket


@dataclass(frozen=True)
class Records:
    """One contact at `version`. `find` loads a ticket that isn't in `tickets`, or None.

    `thread` loads a thread, and `delivery` an outbox entry: a unit is only written if that entry is still the same.
    """

    contact_id: str
    version: int
    conversation: Conversation | None
    tickets: Mapping[str, Ticket]
    number: str  # the next ticket number; used only if a ticket is opened
    is_repeat: bool = False
    known: KnownAccounts = NO_ACCOUNTS
    find: Callable[[str], Ticket | None] = field(default=lambda _: None, repr=False)
    thread: Callable[[str], Sequence[ThreadEntry]] = field(default=lambda _: (), repr=False)
    delivery: Callable[[str], OutboxEntry | None] = field(default=lambda _: None, repr=False)
    thread_of: Callable[[str, str], str] = field(default=lambda _, __: "", repr=False)
    """The thread of the message with that channel and id among those of their tickets, or ""."""

    def ticket(self, ticket_id: str) -> Ticket:
        """That ticket; raises NotFound."""
        ticket = self.tickets.get(ticket_id) or self.find(ticket_id)
        if ticket is None:
            raise NotFound(f"no ticket {ticket_id}")
        return ticket

    def entry_id(self, count: int) -> str:
        """A unique id for the `count`-th entry that this unit writes."""
        return f"{self.contact_id}.{self.version + 1}.{count}"


@dataclass(frozen=True)
class Changes:
    """Everything that a use case writes, in one transaction."""

    conversation: Conversation | None = None
    tickets: tuple[Ticket, ...] = ()
    entries: tuple[ThreadEntry, ...] = ()
    outbox: tuple[OutboxEntry, ...] = ()
    corrected: tuple[OutboxEntry, ...] = ()  # loaded by `Records.delivery`, and changed before they went out
    notices: tuple[Notice, ...] = ()
    answer_token: str = ""  # the Telegram button press to acknowledge
    outcome: str = ""  # returned if the same change is requested again: ids, no texts


UseCase = Callable[[Records], Changes | None]
"""A use case; None if there's nothing to write."""
