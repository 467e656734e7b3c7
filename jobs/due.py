"""RQ entry point: look at what falls due on one ticket. Takes an id, may run twice."""

from jobs.wiring import wiring


def fall_due(ticket_id: str) -> None:
    """Warn, record what was missed, alert; each once."""
    wiring().reminder.look(ticket_id)
