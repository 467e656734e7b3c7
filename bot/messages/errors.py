"""What can go wrong, each error carrying the decision it asks for.

GuichetError
├── NotAllowed        the ticket's status does not permit it; say so, change nothing
├── AlreadyClaimed    a colleague has it; show who
├── NotFound          no such ticket, agent or contact
├── Wrong             details of a request are missing or not possible; each is named
├── KeyReused         one key came with two different changes; nothing was written
├── ArchiveAway       the archive does not answer; nothing moves there, live work goes on
├── Busy              too many people changed the same thing at once; try again
├── DeliveryError     a channel did not take a message: retry, give up, or look it up
│   ├── WindowClosed  WhatsApp takes no free text now: hold it, send a template
│   └── AddressMoved  the chat has another address: send there
└── MediaError        a file could not be fetched: again later, or never
"""

from collections.abc import Mapping
from datetime import timedelta

from bot.messages.inbound import Address


class GuichetError(Exception):
    """The root: whoever catches it may show its words to the person who asked."""


class NotAllowed(GuichetError):
    """The ticket's status does not permit this action."""

    def __init__(self, action: str, status: str) -> None:
        super().__init__(f"cannot {action} a ticket that is {status}")
        self.action, self.status = action, status


class AlreadyClaimed(GuichetError):
    """Somebody else has claimed it: `by` is their agent id."""

    def __init__(self, by: str) -> None:
        super().__init__(f"already claimed by {by}")
        self.by = by


class NotFound(GuichetError):
    """There is no such thing."""


class InvalidDetails(GuichetError):
    """A request cannot be taken as it is: `problems` says why, by the key of the detail."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{key}: {problem}" for key, problem in problems.items()))
        self.problems = problems


class IdempotencyKeyReused(GuichetError):
    """The key of a change that was made came again with another one."""


class WriteConflict(GuichetError):
    """Too many people changed the same thing at once; nothing was written, trying again is safe."""


class ArchiveUnavailable(GuichetError):
    """The archive does not answer, or cannot be used: `reason` is one line, free of secrets."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the archive does not answer: {reason}")
        self.reason = reason


class DeliveryError(GuichetError):
    """A channel did not, or perhaps did, take a message.

    `code` is a key of `bot.messages.phrases_delivery.REASONS`; `reason` is the provider's own words, free of secrets.
    `is_uncertain` means that the message may have gone out all the same: never send it again unasked.
    """

    def __init__(
        self,
        code: str,
        reason: str = "",
        *,
        permanent: bool = False,
        retry_after: timedelta | None = None,
        is_uncertain: bool = False,
    ) -> None:
        super().__init__(f"{code}: {reason}" if reason else code)
        self.code, self.reason = code, reason
        self.is_permanent, self.retry_after, self.is_uncertain = permanent, retry_after, is_uncertain


class WindowClosed(DeliveryError):
    """WhatsApp's 24-hour window is shut: free text waits, an approved template may go."""

    def __init__(self, reason: str = "") -> None:
        super().__init__("window_closed", reason, permanent=True)


class AddressMoved(DeliveryError):
    """A Telegram group became a supergroup: the same chat now answers at `address`."""

    def __init__(self, address: Address, reason: str = "") -> None:
        super().__init__("moved", reason, permanent=True)
        self.address = address


class MediaError(GuichetError):
    """A file could not be fetched; `problem` is what `Attachment.problem` says from then on.

    Problems: `too_big`, `type_refused`, `gone`, all permanent, and `unreachable`: try again later.
    """

    def __init__(self, problem: str, *, permanent: bool = True, retry_after: timedelta | None = None) -> None:
        super().__init__(f"the file was not fetched: {problem}")
        self.problem, self.is_permanent, self.retry_after = problem, permanent, retry_after
