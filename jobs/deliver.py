"""RQ entry points of the outbox: drain a lane, acknowledge a button. Each takes an id and may run twice."""

from jobs.wiring import wiring


def deliver(lane: str) -> None:
    """Send what waits in this lane."""
    wiring().courier.drain(lane)


def acknowledge(answer_token: str) -> None:
    """Stop the little clock on the button that a customer pressed."""
    wiring().channels["telegram"].acknowledge(answer_token)
