"""What a use case is given of one contact, and what it wants written: the two ends of a unit of work.

A use case is a pure function from `Records` to `Changes`. When somebody else wrote in between, the store
simply runs it again on fresh records.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.messages.errors import NotFound
from bot.messages.notice import Notice
from bot.messages.thread import OutboxEntry, ThreadEntry
from bot.model.account import NO_ACCOUNTS, KnownAccounts
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket


@dataclass(frozen=True)
class Records:
    """One contact as it stands at `version`. `find` loads a ticket that is not at hand, or None."""

    contact_id: str
    version: int
    conversation: Conversation | None
    tickets: Mapping[str, Ticket]
    number: str  # the next ticket number; used up only if a ticket takes it
    is_repeat: bool = False
    known: KnownAccounts = NO_ACCOUNTS
    find: Callable[[str], Ticket | None] = field(default=lambda _: None, repr=False)

    def ticket(self, ticket_id: str) -> Ticket:
        """That ticket of theirs; raises NotFound."""
        ticket = self.tickets.get(ticket_id) or self.find(ticket_id)
        if ticket is None:
            raise NotFound(f"no ticket {ticket_id}")
        return ticket

    def entry_id(self, count: int) -> str:
        """A name for the `count`-th thing written by this unit: nobody else can give the same one."""
        return f"{self.contact_id}.{self.version + 1}.{count}"


@dataclass(frozen=True)
class Changes:
    """All that one use case writes, at once or not at all."""

    conversation: Conversation | None = None
    tickets: tuple[Ticket, ...] = ()
    entries: tuple[ThreadEntry, ...] = ()
    outbox: tuple[OutboxEntry, ...] = ()
    notices: tuple[Notice, ...] = ()
    answer_token: str = ""  # the button press to acknowledge, on Telegram
    outcome: str = ""  # told to whoever asks for the very same change again: ids, never words


UseCase = Callable[[Records], Changes | None]
"""A use case; None when there is nothing to write."""
