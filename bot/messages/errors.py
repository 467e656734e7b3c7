"""What can go wrong; each error says what to do next.

GuichetError
├── NotAllowed            the ticket's status doesn't permit it; say so, change nothing
├── AlreadyClaimed        a colleague has it; show who
├── AnsweredMeanwhile     a colleague replied first; ask whether to send this one too
├── CannotChange          the customer has it, and their channel can't change or delete it
├── Unanswered            nobody has answered the customer; ask before it's solved
├── NotFound              no such ticket, agent or contact
├── InvalidDetails        details of a request are missing or invalid; each one is named
├── IdempotencyKeyReused  one key came with two different changes; nothing was written
├── WriteConflict         too many people changed the same thing at once; try again
├── ArchiveUnavailable    the archive doesn't answer; nothing moves there, live work goes on
├── DeliveryError         a channel didn't accept a message: retry, give up, or look it up
│   ├── WindowClosed      WhatsApp accepts no free text now: hold it, send a template
│   └── AddressMoved      the chat has a new address: send there
└── MediaError            a file couldn't be fetched: retry later, or never
"""

from collections.abc import Mapping
from datetime import timedelta

from bot.messages.inbound import Address


class GuichetError(Exception):
    """The base class; its message is fit to show to the person who asked."""


class NotAllowed(GuichetError):
    """The ticket's status doesn't permit this action."""

    def __init__(self, action: str, status: str) -> None:
        super().__init__(f"cannot {action} a ticket that is {status}")
        self.action, self.status = action, status


class AlreadyClaimed(GuichetError):
    """Another agent has claimed it: `by` is their id."""

    def __init__(self, by: str) -> None:
        super().__init__(f"already claimed by {by}")
        self.by = by


class AnsweredMeanwhile(GuichetError):
    """A colleague replied before this was written: `by` is their id."""

    def __init__(self, by: str) -> None:
        super().__init__(f"answered meanwhile by {by}")
        self.by = by


class CannotChange(GuichetError):
    """The message is out on `channel`, which can't change or delete it; `is_file`: only not a file's caption."""

    def __init__(self, channel: str, *, is_file: bool = False) -> None:
        super().__init__(f"{channel} cannot change a sent message")
        self.channel, self.is_file = channel, is_file


class Unanswered(GuichetError):
    """Nobody has answered the customer of this request yet."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} has no answer yet")
        self.number = number


class NotFound(GuichetError):
    """It doesn't exist."""


class InvalidDetails(GuichetError):
    """A request is invalid: `problems` says why, by the key of the detail."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{key}: {problem}" for key, problem in problems.items()))
        self.problems = problems


class IdempotencyKeyReused(GuichetError):
    """An idempotency key was used again with a different change."""


class WriteConflict(GuichetError):
    """Too many people changed the same thing at once; nothing was written, so it is safe to retry."""


class ArchiveUnavailable(GuichetError):
    """The archive doesn't answer or can't be used: `reason` is one line without secrets."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the archive does not answer: {reason}")
        self.reason = reason


class DeliveryError(GuichetError):
    """A channel did not, or perhaps did, accept a message.

    `code` is a key of `bot.messages.phrases_delivery.REASONS`; `reason` is the provider's own text, without
    secrets. `is_uncertain` means that the message may have gone out anyway: never send it again unasked.
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
    """WhatsApp's 24-hour window is closed: free text waits, an approved template may go."""

    def __init__(self, reason: str = "") -> None:
        super().__init__("window_closed", reason, permanent=True)


class AddressMoved(DeliveryError):
    """A Telegram group became a supergroup: the same chat is now at `address`."""

    def __init__(self, address: Address, reason: str = "") -> None:
        super().__init__("moved", reason, permanent=True)
        self.address = address


class MediaError(GuichetError):
    """A file couldn't be fetched; `Attachment.problem` is set to `problem`.

    Problems: `too_big`, `type_refused`, `gone`, all permanent, and `unreachable`: retry later.
    """

    def __init__(self, problem: str, *, permanent: bool = True, retry_after: timedelta | None = None) -> None:
        super().__init__(f"the file was not fetched: {problem}")
        self.problem, self.is_permanent, self.retry_after = problem, permanent, retry_after
