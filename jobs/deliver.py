"""RQ entry point: drain one outbox lane. Takes an id, may run twice."""

from jobs.wiring import wiring


def deliver(lane: str) -> None:
    """Send what waits in this lane."""
    wiring().courier.drain(lane)
