"""RQ entry points towards customers: drain a lane, acknowledge a button, show typing. Each may run twice."""

from jobs.wiring import wiring


def deliver(lane: str) -> None:
    """Send what waits in this lane."""
    wiring().courier.drain(lane)


def acknowledge(answer_token: str) -> None:
    """Stop the little clock on the button that a customer pressed."""
    wiring().channels["telegram"].acknowledge(answer_token)


def typing(ticket_id: str) -> None:
    """Show the customer that an agent writes to them."""
    wiring().typist.show(ticket_id)
