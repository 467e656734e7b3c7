"""What can go wrong, each error carrying the decision it asks for.

    GuichetError
    ├── NotAllowed        the ticket's status does not permit it; say so, change nothing
    ├── AlreadyClaimed    a colleague has it; show who
    ├── NotFound          no such ticket, agent or contact
    └── Busy              too many people changed the same thing at once; try again

`DeliveryError` and its kin (what a channel answers) are added below by the delivery rules.
"""


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


class Busy(GuichetError):
    """Too many people changed the same thing at once; nothing was written, trying again is safe."""
